"""Changes for today on the preview page: left out, swapped, fitted to a time; and what is started."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from fake_sound import FakeSound, FakeVoice
from make import block, hold, routine, step
from preview_cases import LIBRARY, card_for, no_figures
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.choices import Choices
from app.domain.routine import RepsDose, SideChoice, TimeDose
from app.domain.settings import Settings, ThemeChoice
from app.domain.snapshot import read_snapshot
from app.domain.today import AS_WRITTEN, Day, swap_step
from app.storage.history_db import HistoryDb
from app.storage.library import Library
from app.storage.paths import user_folders
from app.storage.routine_writer import write_routine
from app.ui.main_window import MainWindow
from app.ui.pages.preview.page import PreviewPage
from app.ui.preferences import Preferences
from app.ui.previews import Previews
from app.ui.rail import Page
from app.ui.session_flow import SessionFlow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.domain.routine import Routine
    from app.ui.pages.preview.steps import StepRow
    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
RAIL = 96
NOW = datetime(2023, 11, 23, 9, 40, tzinfo=UTC)

EXERCISES = {
    **LIBRARY,
    "bridge": replace(LIBRARY["bridge"], easier=("dead-bug",), harder=("twist", "gone")),
    "dead-bug": replace(LIBRARY["dead-bug"], harder=("bridge",)),
}
MADE = routine(
    block(step("bridge", dose=RepsDose(8), note="Slowly"), hold(120), rounds=2),
    block(step("wall-calf", dose=TimeDose(60_000)), step("walk", optional=True)),
    block(hold(60, "Rest"), optional=True),
)
"""8:05 min as written, without its optional parts."""


def show(page: PreviewPage, made: Routine = MADE) -> None:
    card = card_for(made)
    page.show_routine(card, made, EXERCISES, Choices(), pinned=False, now=NOW)


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> PreviewPage:
    made = PreviewPage(themes, english, no_figures())
    qtbot.addWidget(made)
    made.resize(1280 - RAIL, 800)
    show(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def started(page: PreviewPage) -> list[Day]:
    """What was started, in order."""
    log: list[Day] = []
    page.start_requested.connect(lambda _, day: log.append(day))
    return log


def row(page: PreviewPage, block_index: int, step_index: int) -> StepRow:
    places = {found.step.place: found for found in page.content.rows}
    return places[block_index, step_index]


def offered(found: StepRow) -> list[str]:
    """Open a step's menu and return what it offers."""
    found.change.click()
    assert found.menu is not None
    return [action.text() for action in found.menu.actions() if action.text()]


def choose(found: StepRow, text: str) -> None:
    if found.menu is None:
        found.change.click()
    assert found.menu is not None
    next(action for action in found.menu.actions() if action.text() == text).trigger()
    if found.menu is not None:
        found.menu.close()


def length(page: PreviewPage) -> int:
    assert page.preview is not None
    return page.preview.duration_ms


def outcome(page: PreviewPage) -> str:
    return page.content.today.accessibleName()


# Leaving out


def test_a_step_is_left_out_and_put_back(page: PreviewPage, started: list[Day]) -> None:
    before = length(page)
    found = row(page, 0, 1)
    assert offered(found) == ["Leave out today"]
    choose(found, "Leave out today")
    assert not found.step.is_on
    assert length(page) < before
    assert "Left out today" in found.accessibleName()
    assert "Changed for today" in page.header.accessibleName()
    assert found.change.accessibleName() == "Put Hold back"
    page.header.start.click()
    assert started == [Day(switched_off=frozenset({(0, 1)}))]
    found.change.click()
    assert found.step.is_on
    assert length(page) == before
    assert "Changed for today" not in page.header.accessibleName()
    page.header.start.click()
    assert started[-1] == AS_WRITTEN


def test_with_every_step_left_out_start_says_why_it_waits(page: PreviewPage) -> None:
    for place in ((0, 0), (0, 1), (1, 0)):
        choose(row(page, *place), "Leave out today")
    assert not page.header.start.isEnabled()
    assert not page.content.today.stepper.isEnabled()
    page.content.today.as_written.click()
    assert page.header.start.isEnabled()


def test_an_optional_step_has_a_switch_instead(page: PreviewPage) -> None:
    found = row(page, 1, 1)
    assert not found.change.isVisible()
    assert found.toggle is not None
    assert found.toggle.isVisible()


def test_steps_of_a_block_that_is_out_cannot_be_changed(page: PreviewPage) -> None:
    assert not row(page, 2, 0).change.isVisible()
    page.content._switch_block(2, True)
    assert row(page, 2, 0).change.isVisible()


# Swapping


def test_a_step_is_swapped_for_an_easier_or_harder_one(
    page: PreviewPage, started: list[Day]
) -> None:
    found = row(page, 0, 0)
    assert offered(found) == ["Easier: Dead bug", "Harder: Seated twist", "Leave out today"]
    choose(found, "Easier: Dead bug")
    assert found.step.segment.name == "Dead bug"
    assert "Instead of Bridge" in found.opener.accessibleName()  # type: ignore[union-attr]
    assert offered(found) == ["As written: Bridge", "Leave out today"]
    page.header.start.click()
    changed = started[0].routine
    assert changed is not None
    assert changed.id == MADE.id
    # Sides take turns in it, so that the typed repetitions mean something else.
    assert changed.blocks[0].steps[0] == step("dead-bug", note="Slowly")
    choose(found, "As written: Bridge")
    page.header.start.click()
    assert started[1] == AS_WRITTEN


def test_a_swapped_step_leads_to_what_it_is_today(page: PreviewPage) -> None:
    asked: list[str] = []
    page.exercise_requested.connect(asked.append)
    found = row(page, 0, 0)
    choose(found, "Harder: Seated twist")
    assert found.opener is not None
    found.opener.click()
    assert asked == ["twist"]


# Time


def test_less_time_takes_rounds_then_length_and_says_so(
    page: PreviewPage, started: list[Day]
) -> None:
    card = page.content.today
    assert card.stepper.value() == 8
    assert outcome(page).startswith("With less time it is made to fit")
    card.stepper.setValue(5)
    assert length(page) <= 300_000
    assert outcome(page) == "“Block”: 1 of 2 rounds."
    assert "1 of 2 rounds" in page.content.headings[0].accessibleName()
    card.stepper.setValue(3)
    assert length(page) <= 180_000
    assert outcome(page) == "“Block”: 1 of 2 rounds. 2 steps are shorter."
    assert "2 min as written" in row(page, 0, 1).accessibleName()
    page.header.start.click()
    changed = started[0].routine
    assert changed is not None
    assert changed.blocks[0].rounds == 1


def test_too_little_time_says_how_short_it_gets(page: PreviewPage) -> None:
    page.content.today.stepper.setValue(1)
    assert outcome(page).endswith("This is as short as it gets: 2 min.")
    assert length(page) > 60_000


def test_optional_parts_go_first_but_one_that_is_wanted_stays(page: PreviewPage) -> None:
    page.content._switch_block(2, True)
    card = page.content.today
    whole = card.stepper.value()
    card.stepper.setValue(whole - 1)
    assert outcome(page) == "Without “Block”."
    toggle = page.content.headings[2].toggle
    assert toggle is not None
    assert not toggle.isChecked()
    toggle.click()
    assert toggle.isChecked()
    assert page.content.headings[2]._block.is_on
    assert outcome(page) == "“Block”: 1 of 2 rounds."


def test_all_the_time_it_takes_is_no_change(page: PreviewPage, started: list[Day]) -> None:
    card = page.content.today
    card.stepper.setValue(5)
    card.stepper.stepUp()
    card.stepper.setValue(card.stepper.maximum())
    assert card.stepper.value() == 8
    assert not card.as_written.isVisible()
    page.header.start.click()
    assert started == [AS_WRITTEN]


# The way back


def test_as_written_takes_everything_back(page: PreviewPage, started: list[Day]) -> None:
    card = page.content.today
    assert not card.as_written.isVisible()
    choose(row(page, 0, 1), "Leave out today")
    choose(row(page, 0, 0), "Easier: Dead bug")
    card.stepper.setValue(1)
    assert card.as_written.isVisible()
    card.as_written.setFocus()
    card.as_written.click()
    assert page.focusWidget() is card.stepper
    assert not card.as_written.isVisible()
    page.header.start.click()
    assert started == [AS_WRITTEN]


def test_each_change_is_undone_and_redone_by_keys(qtbot: QtBot, page: PreviewPage) -> None:
    before = page.today
    choose(row(page, 0, 1), "Leave out today")
    choose(row(page, 0, 0), "Easier: Dead bug")
    page.focus_start()
    qtbot.keyClick(page.header.start, Qt.Key.Key_Z, CTRL)
    assert row(page, 0, 0).step.segment.name == "Bridge"
    assert row(page, 0, 1).step.is_left_out
    qtbot.keyClick(page.header.start, Qt.Key.Key_Z, CTRL)
    assert page.today == before
    qtbot.keyClick(page.header.start, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(page.header.start, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.header.start, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert row(page, 0, 0).step.segment.name == "Dead bug"


def test_everything_is_reached_by_tab(qtbot: QtBot, page: PreviewPage) -> None:
    page.content.today.stepper.setValue(5)
    page.header.start.setFocus()
    stops: list[QWidget] = []
    for _ in range(9):
        focus = page.focusWidget()
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        stops.append(page.focusWidget())
    card, first = page.content.today, row(page, 0, 0)
    expected = [card.stepper, card.as_written, first.opener, first.change, row(page, 0, 1).change]
    assert stops[: len(expected)] == expected


def test_enter_in_a_steps_menu_leaves_it_out(qtbot: QtBot, page: PreviewPage) -> None:
    found = row(page, 0, 1)
    found.change.setFocus()
    qtbot.keyClick(found.change, Qt.Key.Key_Return)
    assert found.menu is not None
    qtbot.keyClick(found.menu, Qt.Key.Key_Down)
    qtbot.keyClick(found.menu, Qt.Key.Key_Return)
    assert found.step.is_left_out


# A file that changes


def test_changes_stay_with_the_steps_that_stayed(page: PreviewPage) -> None:
    choose(row(page, 0, 1), "Leave out today")
    choose(row(page, 0, 0), "Easier: Dead bug")
    first, *others = MADE.blocks
    show(page, replace(MADE, blocks=(replace(first, steps=(first.steps[0], hold(90))), *others)))
    assert not row(page, 0, 1).step.is_left_out
    assert row(page, 0, 0).step.segment.name == "Dead bug"
    QApplication.processEvents()


# Looks


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
def test_the_changes_have_room_at_any_size(
    page: PreviewPage, themes: ThemeManager, size: tuple[int, int], scale: float
) -> None:
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=scale))
    page.resize(size[0] - RAIL, size[1])
    long = "Ausgedehntes Einlaufen und Auflockern der gesamten Waden und Schienbeine"
    named = tuple(replace(part, name=long) for part in MADE.blocks)
    show(page, replace(MADE, blocks=named))
    page.content.today.stepper.setValue(2)
    choose(row(page, 0, 0), "Easier: Dead bug")
    QApplication.processEvents()
    card = page.content.today
    assert page.content.rect().contains(card.geometry())
    assert card.height() >= card.needed_height(card.width())
    assert card.rect().contains(card.stepper.geometry())
    assert card.rect().contains(card.as_written.geometry())
    assert card.stepper.geometry().right() < card.as_written.x()
    assert card.geometry().bottom() < page.content.headings[0].y()
    for found in page.content.rows:
        if found.change.isVisible():
            assert found.rect().contains(found.change.geometry())
        if found.toggle is not None and found.change.isVisible():
            assert found.toggle.geometry().right() < found.change.x()


# What is started


FILE = """\
schema = 1
name = "Mine"
when = "after-run"
[[blocks]]
name = "Hold"
rounds = 3
steps = [
  { exercise = "forearm-plank", seconds = 120 },
  { exercise = "standing-quad-stretch", seconds = 30, side = "each" },
]
"""


@pytest.fixture
def history(warmdown_home: object) -> Iterator[HistoryDb]:  # noqa: ARG001  (its folder is used)
    db = HistoryDb(user_folders().history)
    yield db
    db.close()


def test_a_session_is_done_as_shown_and_can_be_continued_so(
    qtbot: QtBot, themes: ThemeManager, english: QLocale, history: HistoryDb
) -> None:
    folders = user_folders()
    folders.routines.mkdir(parents=True)
    file = folders.routines / "mine.toml"
    file.write_text(FILE, encoding="utf-8")
    library = Library(folders)
    preferences = Preferences(Settings(), lambda _: None)
    window = MainWindow(themes, dict.fromkeys(Page, QWidget))
    qtbot.addWidget(window)
    window.show()
    previews = Previews(
        window,
        themes,
        preferences,
        catalogue=library,
        figures=no_figures(),
        wall_clock=lambda: NOW,
        locale=english,
    )
    flow = SessionFlow(
        window,
        themes,
        no_figures(),
        preferences,
        catalogue=library,
        write_routine=write_routine,
        store=history,
        reader=history,
        make_sound=FakeSound,
        make_voice=FakeVoice,
        wall_clock=lambda: NOW,
        locale=english,
    )
    previews.start_requested.connect(flow.start)
    previews.open(next(card for card in library.listing().cards if card.id == "mine"))
    (page,) = window.sub_pages()
    assert isinstance(page, PreviewPage)
    page._swap((0, 0), "forearm-plank-knees")
    page.content.today.stepper.setValue(2)
    shown = page.preview
    assert shown is not None
    page.header.start.click()
    assert flow.player is not None
    timeline = flow.player.timeline
    assert timeline.duration_ms == shown.get_ready_ms + shown.duration_ms
    assert [s.exercise for s in timeline.segments if s.is_work] == [
        "forearm-plank-knees",
        "standing-quad-stretch",
        "standing-quad-stretch",
    ]
    assert file.read_text(encoding="utf-8") == FILE
    recorder = flow._recorder
    assert recorder is not None
    assert recorder.record.routine == "mine"
    snapshot = read_snapshot(recorder.record.snapshot)
    assert snapshot is not None
    assert "forearm-plank-knees" in snapshot.text
    again, _ = flow._planned_again(recorder.record)
    assert again == timeline
    flow.player.stop()
    # Opened anew it is as written.
    previews.open(next(card for card in library.listing().cards if card.id == "mine"))
    (page,) = window.sub_pages()
    assert isinstance(page, PreviewPage)
    assert page.preview is not None
    assert page.preview.day == AS_WRITTEN


def test_a_typed_side_and_the_way_into_position_stay_where_they_fit() -> None:
    calf = step("wall-calf", side=SideChoice.LEFT, changeover_ms=9_000, cues=("Mine.",))
    twisted = swap_step(calf, "twist", EXERCISES)
    assert (twisted.side, twisted.changeover_ms, twisted.cues) == (SideChoice.LEFT, None, None)
    assert swap_step(calf, "bridge", EXERCISES).side is None
