"""The preview page: what it shows, switches, starts and asks for; and how previews are opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pages
import pytest
from fake_sound import FakeSound, FakeVoice
from make import block, routine, step
from preview_cases import HIPS, LIBRARY, card_for, long_routine, no_figures
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.catalogue import Origin
from app.domain.choices import Choices
from app.domain.errors import RoutineError
from app.domain.settings import Settings, ThemeChoice
from app.domain.snapshot import read_snapshot
from app.domain.today import AS_WRITTEN, Day
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

    from app.domain.catalogue import RoutineCard
    from app.domain.choosing import Part
    from app.domain.routine import Routine
    from app.ui.pages.preview.steps import StepRow
    from app.ui.theme import ThemeManager
    from app.ui.widgets.toggle import Toggle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
RAIL = 96
NOW = datetime(2023, 11, 23, 9, 40, tzinfo=UTC)
SIZES = [(900, 600), (1280, 800), (1920, 1080)]


def show(page: PreviewPage, made: Routine = HIPS, *, pinned: bool = False, **keys: object) -> None:
    card = card_for(made, **keys)
    page.show_routine(card, made, LIBRARY, Choices(), pinned=pinned, now=NOW)


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
def told(page: PreviewPage) -> list[tuple[object, ...]]:
    """What the page asked for, in order."""
    log: list[tuple[object, ...]] = []
    page.start_requested.connect(lambda name, on: log.append(("start", name, on)))
    page.exercise_requested.connect(lambda name: log.append(("exercise", name)))
    page.back_requested.connect(lambda: log.append(("back",)))
    page.pin_changed.connect(lambda name, on: log.append(("pin", name, on)))
    page.show_file_requested.connect(lambda path: log.append(("file", path)))
    page.export_requested.connect(lambda card, on: log.append(("export", card.id, on)))
    return log


def row(page: PreviewPage, block: int, step: int) -> StepRow:
    return next(found for found in page.content.rows if found.step.place == (block, step))


def opener(page: PreviewPage, block: int, step: int) -> QWidget:
    found = row(page, block, step).opener
    assert found is not None
    return found


def switch(page: PreviewPage, block: int, step: int | None) -> Toggle:
    found = page.content.headings[block].toggle if step is None else row(page, block, step).toggle
    assert found is not None
    return found


# What it shows


def test_the_header_says_what_the_routine_is(page: PreviewPage) -> None:
    assert page.header.accessibleName() == (
        "Test, After run, Built-in. 5 min, 9 steps, ends about 9:45, Just space"
    )


def test_ones_own_routine_says_so(page: PreviewPage) -> None:
    show(page, origin=Origin.YOURS, hides_built_in=True)
    assert "After run, Yours, in place of the built-in one." in page.header.accessibleName()


def test_without_a_moment_no_end_is_told(page: PreviewPage) -> None:
    page.show_routine(card_for(HIPS), HIPS, LIBRARY, Choices(), pinned=False, now=None)
    assert "ends" not in page.header.accessibleName()
    page.show_now(NOW)
    assert "ends about 9:45" in page.header.accessibleName()


def test_blocks_and_steps_stand_in_their_order(page: PreviewPage) -> None:
    content = page.content
    names = [heading.accessibleName() for heading in content.headings]
    assert names[1].startswith("Block, 2 rounds, ")
    assert names[2].startswith("Block, Optional, adds ")
    assert [found.step.segment.name for found in content.rows] == [
        "Walk",
        "Bridge",
        "Wall calf stretch",
        "Seated twist",
        "Rock gently",
        "Dead bug",
    ]
    tops = [(found.y(), found.step.place) for found in content.rows]
    assert tops == sorted(tops)
    assert content.headings[1].y() < row(page, 1, 0).y()
    assert row(page, 0, 1).geometry().bottom() < content.headings[1].y()


def test_all_there_is_to_know_before_the_start_stands_on_one_card(page: PreviewPage) -> None:
    assert page.content._needs.accessibleName() == (
        "Before you start. Just space. Seated twist. Caution: Skip it if it hurts."
    )
    assert page.content._plan.accessibleName() == (
        "Over time. How often: After every run. How to go on: A third round."
    )
    assert page.content._sources.accessibleName() == "Sources. A physio's list"


def test_what_the_author_did_not_say_takes_no_room(page: PreviewPage) -> None:
    plain = routine(block(step("walk")))
    show(page, plain)
    content = page.content
    for part in (content._summary, content._plan, content._sources):
        assert not part.isVisible()


def test_in_a_wide_window_the_notes_stand_beside_the_steps(page: PreviewPage) -> None:
    content = page.content
    assert content._needs.x() > row(page, 0, 0).geometry().right()
    page.resize(900 - RAIL, 600)
    QApplication.processEvents()
    assert content._needs.x() == row(page, 0, 0).x()
    assert content._needs.geometry().bottom() < row(page, 0, 0).y()


# Optional parts


def test_a_switch_changes_length_steps_and_what_start_starts(
    qtbot: QtBot, page: PreviewPage, told: list[tuple[object, ...]]
) -> None:
    before = page.header.accessibleName()
    strip = page.preview.strip if page.preview is not None else ()
    qtbot.mouseClick(switch(page, 2, None), LEFT)
    assert page.preview is not None
    assert page.preview.steps == 10
    assert "10 steps" in page.header.accessibleName()
    assert page.header.accessibleName() != before
    assert len(page.preview.strip) == len(strip) + 1
    qtbot.mouseClick(page.header.start, LEFT)
    assert told == [("start", "test", Day(switched_on=frozenset({(2, None)})))]
    qtbot.mouseClick(switch(page, 2, None), LEFT)
    assert page.header.accessibleName() == before
    qtbot.mouseClick(page.header.start, LEFT)
    assert told[-1] == ("start", "test", AS_WRITTEN)


def test_a_steps_switch_takes_that_step_in(qtbot: QtBot, page: PreviewPage) -> None:
    assert row(page, 0, 1).opener is not None
    assert "Not part of it now" in opener(page, 0, 1).accessibleName()
    toggle = switch(page, 0, 1)
    assert toggle.accessibleName() == "Bridge, off"
    toggle.setFocus()
    qtbot.keyClick(toggle, Qt.Key.Key_Space)
    assert page.today.switched_on == {(0, 1)}
    assert toggle.accessibleName() == "Bridge, on"
    assert "Not part of it now" not in opener(page, 0, 1).accessibleName()
    assert page.focusWidget() is toggle


def test_a_switch_in_a_block_that_is_out_waits_for_its_block(
    qtbot: QtBot, page: PreviewPage
) -> None:
    made = routine(
        block(step("walk")), block(step("twist"), step("bridge", optional=True), optional=True)
    )
    show(page, replace(made, id="other"))
    assert not switch(page, 1, 1).isVisible()
    qtbot.mouseClick(switch(page, 1, None), LEFT)
    assert switch(page, 1, 1).isVisible()


def test_what_is_chosen_with_all_optional_parts_begins_with_them(page: PreviewPage) -> None:
    made = replace(HIPS, id="all")
    all_in = Choices(with_optional=True)
    page.show_routine(card_for(made), made, LIBRARY, all_in, pinned=False, now=NOW)
    assert page.today.switched_on == {(0, 1), (2, None)}
    assert switch(page, 2, None).isChecked()


def test_with_every_part_off_start_says_why_it_waits(qtbot: QtBot, page: PreviewPage) -> None:
    made = replace(routine(block(step("walk", optional=True))), id="empty")
    show(page, made)
    start = page.header.start
    assert not start.isEnabled()
    assert "switch a part on" in start.accessibleDescription()
    qtbot.mouseClick(switch(page, 0, 0), LEFT)
    assert start.isEnabled()
    assert start.accessibleDescription() == ""


# Starting, and where steps lead


def test_the_page_begins_on_start_and_enter_starts(
    qtbot: QtBot, page: PreviewPage, told: list[tuple[object, ...]]
) -> None:
    page.focus_start()
    assert page.focusWidget() is page.header.start
    qtbot.keyClick(page.header.start, Qt.Key.Key_Return)
    assert told == [("start", "test", AS_WRITTEN)]


def test_enter_starts_from_where_it_means_nothing_else_and_with_ctrl_from_everywhere(
    qtbot: QtBot, page: PreviewPage, told: list[tuple[object, ...]]
) -> None:
    toggle = switch(page, 2, None)
    toggle.setFocus()
    qtbot.keyClick(toggle, Qt.Key.Key_Enter)
    assert told == [("start", "test", AS_WRITTEN)]
    told.clear()
    target = opener(page, 1, 0)
    target.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(target, key, CTRL)
    assert told == [("start", "test", AS_WRITTEN)] * 2


def test_a_step_leads_to_its_exercise(
    qtbot: QtBot, page: PreviewPage, told: list[tuple[object, ...]]
) -> None:
    qtbot.mouseClick(opener(page, 1, 0), LEFT)
    qtbot.keyClick(opener(page, 1, 1), Qt.Key.Key_Return)
    assert told == [("exercise", "wall-calf"), ("exercise", "twist")]


def test_a_step_with_a_free_name_leads_nowhere(
    qtbot: QtBot, page: PreviewPage, told: list[tuple[object, ...]]
) -> None:
    free = row(page, 1, 2)
    assert free.opener is None
    assert free.accessibleName() == "Rock gently, 20 s."
    assert free.focusPolicy() == Qt.FocusPolicy.NoFocus
    qtbot.mouseClick(free, LEFT)
    assert told == []


def test_the_header_goes_back_pins_exports_and_shows_the_file(
    qtbot: QtBot, page: PreviewPage, told: list[tuple[object, ...]]
) -> None:
    header = page.header
    assert header.pin.accessibleName() == "Pin to the top"
    for button in (header.back, header.pin, header.export, header.file, header.pin):
        qtbot.mouseClick(button, LEFT)
    assert told == [
        ("back",),
        ("pin", "test", True),
        ("export", "test", AS_WRITTEN),
        ("file", "/routines/test.toml"),
        ("pin", "test", False),
    ]
    page.show_pinned(pinned=True)
    assert header.pin.accessibleName() == "Unpin"


# Keys


def test_up_and_down_go_from_step_to_step(qtbot: QtBot, page: PreviewPage) -> None:
    opener(page, 1, 1).setFocus()
    qtbot.keyClick(opener(page, 1, 1), Qt.Key.Key_Down)
    # The step with a free name between them leads nowhere.
    assert page.focusWidget() is opener(page, 2, 0)
    qtbot.keyClick(opener(page, 2, 0), Qt.Key.Key_Up)
    assert page.focusWidget() is opener(page, 1, 1)


def test_on_start_the_arrows_scroll_the_steps(qtbot: QtBot, page: PreviewPage) -> None:
    page.resize(900 - RAIL, 600)
    QApplication.processEvents()
    page.focus_start()
    qtbot.keyClick(page.header.start, Qt.Key.Key_Down)
    offset = page._scroll.offset
    assert offset > 0
    qtbot.keyClick(page.header.start, Qt.Key.Key_End)
    assert page._scroll.offset == page._scroll.range
    assert page.focusWidget() is page.header.start


def test_tab_goes_through_the_header_then_the_steps(qtbot: QtBot, page: PreviewPage) -> None:
    header = page.header
    header.back.setFocus()
    seen = [page.focusWidget()]
    for _ in range(7):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    assert seen[:6] == [
        *(header.back, header.edit, header.pin),
        *(header.export, header.file, header.start),
    ]
    assert opener(page, 0, 0) in seen


# Shown again


def test_shown_again_the_switches_stay_as_far_as_the_parts_do(
    qtbot: QtBot, page: PreviewPage
) -> None:
    qtbot.mouseClick(switch(page, 2, None), LEFT)
    qtbot.mouseClick(switch(page, 0, 1), LEFT)
    shorter = replace(HIPS, blocks=HIPS.blocks[:2])
    show(page, shorter)
    assert page.today.switched_on == {(0, 1)}
    assert switch(page, 0, 1).isChecked()
    assert len(page.content.headings) == 2


def test_another_routine_begins_with_its_own_switches(qtbot: QtBot, page: PreviewPage) -> None:
    qtbot.mouseClick(switch(page, 2, None), LEFT)
    show(page, replace(HIPS, id="other"))
    assert page.today.switched_on == set()


def test_a_routine_that_cannot_be_laid_flat_changes_nothing(page: PreviewPage) -> None:
    with pytest.raises(RoutineError):
        show(page, routine(block(step("gone"))))
    assert page.routine is HIPS
    assert len(page.content.rows) == 6


def test_focus_that_was_on_a_step_goes_to_start_when_the_steps_are_new(page: PreviewPage) -> None:
    opener(page, 1, 0).setFocus()
    show(page, replace(HIPS, blocks=HIPS.blocks[:1]))
    QApplication.processEvents()
    assert page.focusWidget() is page.header.start


# Looks


LONG = replace(
    routine(
        replace(
            block(
                step(
                    "walk",
                    cadence=(116, 172),
                    changeover_ms=30_000,
                    rest_ms=30_000,
                    rpe=3,
                    note="Links ist es deutlich fester; dort darf es etwas länger dauern.",
                    cues=("Oberschenkelrückseitendehnungsübung langsam steigern.",) * 2,
                ),
                step("twist", optional=True),
                rounds=3,
                rest_ms=30_000,
                optional=True,
            ),
            name="Ausgedehntes Einlaufen und Auflockern der gesamten Waden",
        ),
        block(step("bridge")),
        summary="Langsames Dehnen nach dem Dauerlauf, wenn der untere Rücken zieht. " * 3,
        sources=("Physiotherapiepraxis Musterstraße, Übungsblatt 2023",),
    ),
    name="Ausführliches Nachlauf-Dehnprogramm für Hüftbeuger, Gesäß und Oberschenkelrücken",
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
def test_nothing_overlaps_or_leaves_the_page_at_any_size(
    page: PreviewPage, themes: ThemeManager, size: tuple[int, int], scale: float
) -> None:
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=scale))
    page.resize(size[0] - RAIL, size[1])
    show(page, LONG)
    QApplication.processEvents()
    content = page.content
    assert content.width() == page.width()
    parts = [*content.headings, *content.rows]
    parts += [p for p in (content._summary, content._needs, content._sources) if p.isVisible()]
    for part in parts:
        assert content.rect().contains(part.geometry())
        assert part.height() > 0
    column = sorted([*content.headings, *content.rows], key=QWidget.y)
    for above, below in pairwise(column):
        assert above.geometry().bottom() < below.y()
    for found in content.rows:
        assert found.height() >= found.needed_height(found.width())
        if found.toggle is not None:
            assert found.rect().contains(found.toggle.geometry())
    header = page.header
    buttons = [header.back, header.pin, header.export, header.file, header.start]
    for left, right in pairwise(buttons):
        assert left.geometry().right() < right.x()
        assert header.rect().contains(right.geometry())
    assert page._scroll.y() == header.height()


def test_a_long_name_has_two_lines_and_then_a_tooltip(
    page: PreviewPage, themes: ThemeManager
) -> None:
    height = page.header.height()
    show(page, replace(HIPS, name="Hips and hamstrings after the long run on a Sunday, easy"))
    page.resize(900 - RAIL, 600)
    QApplication.processEvents()
    assert page.header.height() > height
    assert page.header.toolTip() == ""
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=1.3))
    show(page, LONG)
    assert page.header.toolTip() == LONG.name


def test_what_has_no_room_among_the_facts_is_counted(page: PreviewPage) -> None:
    """It must not run into the margin; the card of what is needed has all of it."""
    gear = tuple(pages.Equipment)
    made = replace(HIPS, equipment=gear)
    page.resize(900 - RAIL, 600)
    show(page, made)
    QApplication.processEvents()
    picture = page.header.grab().toImage()
    ground = picture.pixelColor(2, 2)
    margin = range(page.header.width() - 38, page.header.width() - 2)
    facts = range(page.header.height() - 70, page.header.height() - 45)
    assert all(picture.pixelColor(x, y) == ground for x in margin for y in facts)
    assert page.content._needs.accessibleName().count(",") >= len(gear) - 1


def test_a_change_of_theme_repaints_in_place(page: PreviewPage, themes: ThemeManager) -> None:
    light = page.grab().toImage()
    themes.apply(Settings(theme=ThemeChoice.DARK))
    dark = page.grab().toImage()
    assert light.size() == dark.size()
    assert (
        dark.pixelColor(row_middle(page)).lightness()
        < light.pixelColor(row_middle(page)).lightness()
    )


def row_middle(page: PreviewPage) -> QPoint:
    found = row(page, 0, 0)
    return found.mapTo(page, QPoint(found.width() // 2, 6))


def test_a_long_routine_is_laid_out_once_it_is_seen(page: PreviewPage) -> None:
    made = replace(long_routine(60), id="long")
    show(page, made)
    QApplication.processEvents()
    assert len(page.content.rows) == 60
    last = page.content.rows[-1]
    page._scroll.scroll_to(page._scroll.range)
    assert page._scroll.rect().contains(last.mapTo(page._scroll, QPoint(5, 5)))


# Opening previews


FILE = """\
schema = 1
name = "Mine"
when = "after-run"
[[blocks]]
name = "Walk"
steps = [{ exercise = "easy-walk", seconds = 60 }]
[[blocks]]
name = "If there is time"
optional = true
steps = [{ exercise = "childs-pose", seconds = 30, cues = ["Let go."] }]
"""
LONGER = FILE.replace("seconds = 60", "seconds = 600")


class World:
    """A window, previews over it, and the user's own routine in a file."""

    def __init__(self, themes: ThemeManager, locale: QLocale) -> None:
        folders = user_folders()
        folders.routines.mkdir(parents=True)
        self.file = folders.routines / "mine.toml"
        self.file.write_text(FILE, encoding="utf-8")
        self.library = Library(folders)
        self.preferences = Preferences(Settings(), lambda _: None)
        self.window = MainWindow(themes, dict.fromkeys(Page, QWidget))
        self.now = NOW
        self.previews = Previews(
            self.window,
            themes,
            self.preferences,
            catalogue=self.library,
            figures=no_figures(),
            wall_clock=lambda: self.now,
            locale=locale,
        )

    def card(self) -> RoutineCard:
        return next(card for card in self.library.listing().cards if card.id == "mine")

    def page(self) -> PreviewPage:
        (found,) = self.window.sub_pages()
        assert isinstance(found, PreviewPage)
        return found

    def said(self) -> str:
        toast = self.window.toast
        return toast.text if toast is not None and toast.isVisible() else ""


@pytest.fixture
def world(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> World:
    made = World(themes, english)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    return made


def test_a_preview_opens_over_the_page_and_says_what_the_card_says(world: World) -> None:
    card = world.card()
    world.previews.open(card)
    page = world.page()
    assert page.isVisible()
    assert world.window.page is Page.ROUTINES
    assert world.window.focusWidget() is page.header.start
    assert page.preview is not None
    assert page.preview.duration_ms == card.duration_ms
    page.header.back.click()
    assert world.window.sub_pages() == ()


def test_a_preview_hands_on_what_it_is_asked_for(world: World) -> None:
    log: list[tuple[object, ...]] = []
    previews = world.previews
    previews.start_requested.connect(lambda name, on: log.append((name, on)))
    previews.exercise_requested.connect(lambda name: log.append((name,)))
    previews.pin_changed.connect(lambda name, on: log.append((name, on)))
    previews.show_file_requested.connect(lambda path: log.append((path,)))
    previews.open(world.card())
    page = world.page()
    switch(page, 1, None).click()
    page.header.start.click()
    page.header.pin.click()
    page.header.file.click()
    first = page.content.rows[0].opener
    assert first is not None
    first.click()
    assert log == [
        ("mine", Day(switched_on=frozenset({(1, None)}))),
        ("mine", True),
        (str(world.file),),
        ("easy-walk",),
    ]


@pytest.mark.parametrize("spoil", ["broken", "gone"])
def test_a_file_that_went_bad_is_told_in_one_sentence_and_opens_nothing(
    world: World, spoil: str
) -> None:
    card = world.card()
    told: list[bool] = []
    world.previews.went_bad.connect(lambda: told.append(True))
    if spoil == "gone":
        world.file.unlink()
    else:
        world.file.write_text(FILE.replace("seconds = 60", "second = 60"), encoding="utf-8")
    world.previews.open(card)
    assert world.window.sub_pages() == ()
    assert world.said().startswith("mine.toml")
    assert "\n" not in world.said()
    assert told == [True]


def test_an_own_routine_that_went_bad_does_not_show_the_built_in_one(world: World) -> None:
    own = world.file.with_name("desk-break.toml")
    own.write_text(FILE, encoding="utf-8")
    card = next(card for card in world.library.listing().cards if card.id == "desk-break")
    own.write_text("schema = 1", encoding="utf-8")
    world.previews.open(card)
    assert world.window.sub_pages() == ()
    assert world.said().startswith("desk-break.toml")


def test_a_file_that_changed_is_shown_anew_with_its_switches(world: World) -> None:
    world.previews.open(world.card())
    page = world.page()
    switch(page, 1, None).click()
    row_before = page.content.rows[0]
    data = pages.home_data(listing=world.library.listing())
    world.previews.refresh(data)
    # Nothing changed, and nothing is made anew.
    assert page.content.rows[0] is row_before
    world.file.write_text(LONGER, encoding="utf-8")
    world.previews.refresh(pages.home_data(listing=world.library.listing()))
    assert page.today.switched_on == {(1, None)}
    assert page.content.rows[0].step.segment.work_ms == 600_000
    world.file.unlink()
    world.previews.refresh(data)
    assert page.content.rows[0].step.segment.work_ms == 600_000


def test_a_routine_that_was_pinned_elsewhere_shows_it(world: World) -> None:
    world.previews.open(world.card())
    world.preferences.set(replace(world.preferences.settings, pinned=("mine",)))
    world.previews.refresh(pages.home_data(listing=world.library.listing()))
    assert world.page().header.pin.accessibleName() == "Unpin"


def test_the_end_moves_on_with_the_clock(world: World) -> None:
    world.previews.open(world.card())
    assert "ends about 9:41" in world.page().header.accessibleName()
    world.now = NOW.replace(hour=10)
    world.previews._show_now()
    assert "ends about 10:41" in world.page().header.accessibleName()
    assert world.previews._minutes.isActive()
    world.window.back()
    world.previews._show_now()
    assert not world.previews._minutes.isActive()


# What is started


@pytest.fixture
def history(warmdown_home: object) -> Iterator[HistoryDb]:  # noqa: ARG001  (its folder is used)
    db = HistoryDb(user_folders().history)
    yield db
    db.close()


@pytest.fixture
def flow(world: World, themes: ThemeManager, english: QLocale, history: HistoryDb) -> SessionFlow:
    return SessionFlow(
        world.window,
        themes,
        no_figures(),
        world.preferences,
        catalogue=world.library,
        write_routine=write_routine,
        store=history,
        reader=history,
        make_sound=FakeSound,
        make_voice=FakeVoice,
        wall_clock=lambda: NOW,
        locale=english,
    )


@pytest.mark.parametrize(("on", "steps"), [(frozenset(), 1), (frozenset({(1, None)}), 2)])
def test_a_session_has_the_parts_that_were_switched_on_also_when_it_is_continued(
    world: World, flow: SessionFlow, on: frozenset[Part], steps: int
) -> None:
    world.previews.start_requested.connect(flow.start)
    world.previews.open(world.card())
    for block_index, _ in on:
        switch(world.page(), block_index, None).click()
    world.page().header.start.click()
    assert flow.player is not None
    assert flow.player.timeline.steps == steps
    assert world.window.is_taken_over
    recorder = flow._recorder
    assert recorder is not None
    snapshot = read_snapshot(recorder.record.snapshot)
    assert snapshot is not None
    assert snapshot.choices.switched_on == on
    again, _ = flow._planned_again(recorder.record)
    assert again.steps == steps
    flow.player.stop()
    assert world.window.sub_pages() == ()
    assert world.window.page is Page.ROUTINES


def test_a_preview_whose_file_is_gone_closes_and_says_so(world: World) -> None:
    world.previews.open(world.card())
    world.file.unlink()
    world.previews.refresh(pages.home_data(listing=world.library.listing()))
    assert world.window.sub_pages() == ()
    assert world.said() == "The file of “Mine” is gone."


def test_a_preview_whose_file_went_bad_closes_with_place_and_remedy(world: World) -> None:
    world.previews.open(world.card())
    world.file.write_text(FILE.replace("schema = 1", "schema = 99"), encoding="utf-8")
    world.previews.refresh(pages.home_data(listing=world.library.listing()))
    assert world.window.sub_pages() == ()
    assert world.said().startswith("mine.toml:1: ")


def test_the_same_routine_again_goes_back_to_its_page_with_its_switches(world: World) -> None:
    card = world.card()
    world.previews.open(card)
    page = world.page()
    world.window.push(QWidget())
    world.previews.open(card)
    assert world.page() is page
