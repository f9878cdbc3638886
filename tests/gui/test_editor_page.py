"""The editor page: its header, its panels, and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from editor_cases import (
    HIPS,
    KINDS,
    FakeDesk,
    PlainInspector,
    PlainLibrary,
    block_id,
    editor_model,
    editor_page,
    key,
    long_routine,
    numbered,
    step_id,
    step_names,
    write,
)
from make import block, hold, routine, step
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.domain.editing import document_of
from app.domain.exercise import Equipment
from app.domain.glance import length_ms
from app.domain.routine import TimeDose
from app.domain.settings import Settings, ThemeChoice
from app.domain.when import When
from app.ui.pages.editor.model import SaveState
from app.ui.pages.editor.words import long_clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QLocale
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.domain.routine import Routine
    from app.ui.pages.editor.page import EditorPage
    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RAIL = 96
LONG_NAME = "Dehnung der Hüftbeuger und der Oberschenkelrückseite nach dem langen Lauf am Sonntag"


@pytest.fixture
def show(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> Callable[..., EditorPage]:
    def make(
        made: Routine = HIPS, *, width: int = 1280, height: int = 800, **keys: object
    ) -> EditorPage:
        page = editor_page(editor_model(made, **keys), themes, english)
        qtbot.addWidget(page)
        page.resize(width - RAIL, height)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.focus_start()
        return page

    return make


@pytest.fixture
def page(show: Callable[..., EditorPage]) -> EditorPage:
    return show()


def spoil(page: EditorPage, at: tuple[int, int] = (1, 1)) -> int:
    """Make a step too short; return its id."""
    part = step_id(page.model, *at)
    page.model.set_steps([part], "Change seconds", dose=TimeDose(200))
    page.model.check()
    return part


def inspector(page: EditorPage) -> PlainInspector:
    found = page.findChild(PlainInspector)
    assert isinstance(found, PlainInspector)
    return found


def choose(page: EditorPage, text: str) -> None:
    menu = page.header.menu
    assert menu is not None
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, LEFT, pos=widget.rect().center())


# The name


def test_the_name_is_edited_where_it_stands(page: EditorPage, qtbot: QtBot) -> None:
    click(qtbot, page.header.name.pencil)
    write("Hips")
    assert page.model.document.head.name == "Hips"
    key(Qt.Key.Key_Return)
    assert page.header.name.pencil.hasFocus()
    key(Qt.Key.Key_Z, CTRL)
    assert page.model.document.head.name == "Hips and hamstrings"


def test_a_press_on_the_name_edits_it_and_esc_reverts_it(page: EditorPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.header.name, LEFT, pos=QPoint(40, 20))
    write("Other")
    key(Qt.Key.Key_Escape)
    assert page.model.document.head.name == "Hips and hamstrings"
    assert page.model.undo_label is None
    assert not page.header.name.edit.isVisible()


def test_two_renamings_are_two_steps_of_undo(page: EditorPage, qtbot: QtBot) -> None:
    for text in ("One", "Two"):
        click(qtbot, page.header.name.pencil)
        write(text)
        key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Z, CTRL)
    assert page.model.document.head.name == "One"


def test_a_name_that_is_empty_is_a_problem_and_still_has_a_place(
    page: EditorPage, qtbot: QtBot
) -> None:
    click(qtbot, page.header.name.pencil)
    key(Qt.Key.Key_Backspace)
    key(Qt.Key.Key_Return)
    page.model.check()
    assert page.header.status.text() == "1 problem to fix"
    assert page.header.name.accessibleName() == "Routine without a name"


# Moment and equipment


def test_the_moment_is_chosen_from_a_menu(page: EditorPage, qtbot: QtBot) -> None:
    assert page.header.moment.text() == "After run"
    click(qtbot, page.header.moment)
    choose(page, "Morning")
    assert page.model.document.head.when is When.MORNING
    assert page.header.moment.text() == "Morning"
    assert page.header.undo.toolTip() == "Undo: Change moment"


def test_equipment_is_what_the_exercises_need_until_it_is_chosen(
    page: EditorPage, qtbot: QtBot
) -> None:
    assert page.header.equipment.text() == "Wall, mat +1"
    click(qtbot, page.header.equipment)
    menu = page.header.menu
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    assert actions["From its exercises: Wall, mat +1"].isChecked()
    assert actions["Towel"].isChecked()
    for name in ("Towel", "Dumbbells"):
        rect = menu.actionGeometry(actions[name])
        qtbot.mouseClick(menu, LEFT, pos=rect.center())
        # Several can be ticked in one go.
        assert menu.isVisible()
    assert page.model.document.head.equipment == (
        Equipment.MAT,
        Equipment.WALL,
        Equipment.DUMBBELLS,
    )
    assert not actions["From its exercises: Wall, mat +1"].isChecked()
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    click(qtbot, page.header.equipment)
    choose(page, "From its exercises: Wall, mat +1")
    assert page.model.document.head.equipment is None


# Whether it is saved


def test_a_change_is_saved_without_a_word_about_saving(page: EditorPage) -> None:
    assert page.header.status.text() == "Saved"
    page.model.set_head("x", name="Other")
    page.model.check()
    assert page.model.state is SaveState.WAITING
    assert page.header.status.text() == "Saved"
    page.model.save_now()
    assert page.header.status.text() == "Saved"


def test_what_takes_long_says_so(page: EditorPage) -> None:
    page.model.set_head("x", name="Other")
    page.model.check()
    page.header.status._show_slow()
    assert page.header.status.text() == "Saving"
    page.model.save_now()
    assert page.header.status.text() == "Saved"


def test_a_problem_is_counted_and_a_press_goes_to_it(page: EditorPage, qtbot: QtBot) -> None:
    part = spoil(page)
    told: list[object] = []
    page.problem_shown.connect(told.append)
    status = page.header.status
    assert status.text() == "1 problem to fix"
    click(qtbot, status)
    assert page.model.selection == (part,)
    assert inspector(page).field.hasFocus()
    assert told == list(page.model.problems) == inspector(page).problems


def test_presses_go_from_problem_to_problem(page: EditorPage, qtbot: QtBot) -> None:
    first, second = spoil(page, (0, 0)), spoil(page, (2, 0))
    assert page.header.status.text() == "2 problems to fix"
    seen = []
    for _ in range(3):
        click(qtbot, page.header.status)
        seen.append(page.model.current)
    assert seen == [first, second, first]


def test_a_problem_in_a_folded_block_is_unfolded(page: EditorPage, qtbot: QtBot) -> None:
    part = spoil(page)
    page.steps.set_folded(block_id(page.model, 1), folded=True)
    click(qtbot, page.header.status)
    assert page.steps.rows[part].isVisible()


def test_start_waits_until_the_problem_is_mended(page: EditorPage) -> None:
    asked: list[str] = []
    page.start_requested.connect(lambda: asked.append("start"))
    part = spoil(page)
    start = page.header.start
    assert not start.isEnabled()
    assert start.toolTip() == "1 problem to fix: A step lasts at least 1 second."
    assert start.accessibleDescription() == start.toolTip()
    key(Qt.Key.Key_Return, CTRL)
    assert asked == []
    page.model.set_steps([part], "x", dose=TimeDose(20_000))
    page.model.check()
    assert start.isEnabled()
    assert start.toolTip() == ""
    key(Qt.Key.Key_Return, CTRL)
    assert asked == ["start"]


def test_trouble_and_conflict_say_so_and_can_be_pressed(
    show: Callable[..., EditorPage], qtbot: QtBot
) -> None:
    desk = FakeDesk()
    page = show(desk=desk)
    desk.trouble = "The disk is full."
    page.model.set_head("x", name="Other")
    page.model.save_now()
    status = page.header.status
    assert status.text() == "Not saved"
    assert status.toolTip() == "The disk is full. Press to try again."
    desk.trouble = ""
    click(qtbot, status)
    assert status.text() == "Saved"
    desk.files[page.model.opened.file] = document_of(replace(HIPS, name="Theirs"))
    page.model.set_head("x", name="Ours")
    page.model.save_now()
    assert status.text() == "Changed outside"
    asked: list[str] = []
    page.conflict_requested.connect(lambda: asked.append("conflict"))
    click(qtbot, status)
    assert asked == ["conflict"]


# Undo and redo


def test_undo_and_redo_say_what_they_would_do(page: EditorPage, qtbot: QtBot) -> None:
    header = page.header
    assert not header.undo.isEnabled()
    assert not header.redo.isEnabled()
    page.model.select([step_id(page.model, 0, 0)])
    key(Qt.Key.Key_Delete)
    assert header.undo.toolTip() == "Undo: Remove step"
    click(qtbot, header.undo)
    assert header.redo.toolTip() == "Redo: Remove step"
    assert step_names(page.model)[0][0] == "Easy march"
    click(qtbot, header.redo)
    assert step_names(page.model)[0][0] == "Leg swings"


# Length and timeline


def test_the_total_is_that_of_the_expanded_timeline(page: EditorPage) -> None:
    timeline = page.model.timeline
    assert timeline is not None
    assert page.header.total.text() == long_clock(length_ms(timeline))
    assert page.header.facts.text() == "20 steps, with changeovers"
    page.model.set_block(block_id(page.model, 0), "x", rounds=2)
    page.model.check()
    assert page.header.facts.text() == "24 steps, with changeovers"


def test_optional_parts_are_told_apart_from_the_total(show: Callable[..., EditorPage]) -> None:
    page = show(KINDS)
    assert page.header.facts.text().startswith("8 steps, with changeovers · optional parts add 0:")


def test_an_empty_routine_has_no_length(show: Callable[..., EditorPage]) -> None:
    page = show(replace(HIPS, blocks=()))
    assert page.header.total.text() == "0:00"
    assert page.header.facts.text() == "No steps yet"
    assert not page.header.start.isEnabled()
    assert page.steps.empty.add.hasFocus()


def test_a_length_that_cannot_be_known_says_so(show: Callable[..., EditorPage]) -> None:
    page = show(routine(block(step("nowhere"))))
    assert page.header.facts.text() == "Length not known yet"
    assert not page.header.start.isEnabled()


def test_the_selected_step_is_outlined_in_every_round(page: EditorPage) -> None:
    timeline = page.header.timeline
    assert timeline.outlines() == []
    page.model.select([step_id(page.model, 1, 1)])
    boxes = timeline.outlines()
    assert len(boxes) == 2
    spans = [span for span in timeline.spans() if span.part == step_id(page.model, 1, 1)]
    # Two rounds of two sides.
    assert len(spans) == 4
    assert all(any(box.left() < s.left and s.right < box.right() for box in boxes) for s in spans)


def test_a_press_on_a_segment_selects_its_step(page: EditorPage, qtbot: QtBot) -> None:
    timeline = page.header.timeline
    part = step_id(page.model, 2, 2)
    span = next(span for span in timeline.spans() if span.part == part)
    at = QPoint(round((span.left + span.right) / 2), timeline.height() // 2)
    qtbot.mouseClick(timeline, LEFT, pos=at)
    assert page.model.selection == (part,)
    scroll = page._scroll
    row = page.steps.rows[part]
    assert scroll.rect().contains(row.mapTo(scroll, QPoint(5, 5)))


def test_more_than_48_steps_are_merged_and_still_found(
    show: Callable[..., EditorPage], qtbot: QtBot
) -> None:
    page = show(routine(*(block(*(hold(10, f"{b}.{n}") for n in range(10))) for b in range(6))))
    timeline = page.header.timeline
    assert len(timeline._boxes()) == 1
    assert len(timeline.spans()) == 60
    part = step_id(page.model, 3, 4)
    span = next(span for span in timeline.spans() if span.part == part)
    qtbot.mouseClick(timeline, LEFT, pos=QPoint(round((span.left + span.right) / 2), 10))
    assert page.model.selection == (part,)
    assert len(timeline.outlines()) == 1


# Panels


def test_a_opens_the_library_and_picks_go_after_the_current_step(page: EditorPage) -> None:
    page.model.select([step_id(page.model, 0, 0)])
    key(Qt.Key.Key_A)
    library = page.library
    assert isinstance(library, PlainLibrary)
    assert library.field.hasFocus()
    library.picked.emit("walk")
    library.picked.emit("bridge")
    assert step_names(page.model)[0][:3] == ["Easy march", "Walk", "Bridge"]
    assert page.is_library_open
    write("a")
    assert library.field.text() == "a"
    key(Qt.Key.Key_Escape)
    assert not page.is_library_open
    assert page.steps.rows[step_id(page.model, 0, 2)].hasFocus()


def test_the_library_pushes_the_list_aside_or_lies_over_it(
    show: Callable[..., EditorPage],
) -> None:
    page = show(width=1280)
    page.open_library()
    assert page._scroll.x() == 312
    assert page.steps.column()[0] == 24
    page.resize(1200 - RAIL, 800)
    assert page._scroll.x() == 0
    page.close_library()
    assert page.library is not None
    assert not page.library.isVisible()


def test_enter_goes_to_the_inspector_and_esc_comes_back(page: EditorPage) -> None:
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert inspector(page).field.hasFocus()
    key(Qt.Key.Key_Escape)
    assert page.steps.rows[step_id(page.model, 0, 0)].hasFocus()


def test_in_a_narrow_window_the_inspector_is_a_drawer(
    show: Callable[..., EditorPage], qtbot: QtBot
) -> None:
    page = show(width=1000, height=700)
    assert not inspector(page).isVisible()
    assert page.header.drawer.isVisible()
    row = page.steps.rows[step_id(page.model, 0, 1)]
    click(qtbot, row)
    assert inspector(page).isVisible()
    assert row.hasFocus()
    key(Qt.Key.Key_Escape)
    assert not inspector(page).isVisible()
    key(Qt.Key.Key_Return)
    assert inspector(page).field.hasFocus()
    key(Qt.Key.Key_Escape)
    assert not inspector(page).isVisible()
    assert row.hasFocus()
    click(qtbot, page.header.drawer)
    assert inspector(page).field.hasFocus()
    click(qtbot, page._drawer.cross)
    assert not inspector(page).isVisible()
    page.resize(1280 - RAIL, 800)
    assert inspector(page).isVisible()
    assert not page._drawer.cross.isVisible()


def test_a_drag_in_a_narrow_window_opens_no_drawer(show: Callable[..., EditorPage]) -> None:
    page = show(width=1000, height=700)
    key(Qt.Key.Key_Down)
    assert not inspector(page).isVisible()


# What it asks for


def test_the_rest_is_asked_of_others(page: EditorPage, qtbot: QtBot) -> None:
    asked: list[str] = []
    names = (
        "back",
        "share",
        "save_as",
        "show_file",
        "copy",
        "delete",
        "new_exercise",
        "paste_list",
    )
    for name in names:
        getattr(page, f"{name}_requested").connect(lambda name=name: asked.append(name))
    click(qtbot, page.header.back)
    for text in (
        "Copy as text",
        "Save as file",
        "Show file",
        "Make a copy",
        "Delete routine",
        "New exercise",
        "Paste a list",
    ):
        click(qtbot, page.header.more)
        choose(page, text)
    assert asked == list(names)


def test_a_built_in_routine_offers_a_copy(show: Callable[..., EditorPage], qtbot: QtBot) -> None:
    page = show(read_only=True)
    asked: list[str] = []
    page.copy_requested.connect(lambda: asked.append("copy"))
    header = page.header
    assert header.status.text() == "Built-in"
    assert not header.undo.isVisible()
    assert not header.name.pencil.isVisible()
    assert header.start.isEnabled()
    click(qtbot, header.copy)
    assert asked == ["copy"]
    qtbot.mouseClick(header.name, LEFT, pos=QPoint(40, 20))
    assert not header.name.edit.isVisible()


# Looks


@pytest.mark.parametrize(
    "size", [(900, 600), (1000, 700), (1280, 800), (1920, 1080)], ids=lambda size: str(size[0])
)
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("name", ["Hips and hamstrings", LONG_NAME[:80]])
@pytest.mark.parametrize("state", ["saved", "invalid", "read-only"])
def test_nothing_in_the_header_overlaps_at_any_size(
    show: Callable[..., EditorPage],
    themes: ThemeManager,
    size: tuple[int, int],
    scale: float,
    *,
    name: str,
    state: str,
) -> None:
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=scale))
    made = replace(HIPS, name=name, equipment=(Equipment.FOAM_ROLLER, Equipment.TENNIS_BALL))
    page = show(made, width=size[0], height=size[1], read_only=state == "read-only")
    if state == "invalid":
        spoil(page)
    QApplication.processEvents()
    header = page.header
    parts = [
        part
        for part in (
            header.back,
            header.name,
            header.moment,
            header.equipment,
            header.status,
            header.copy,
            header.undo,
            header.redo,
            header.more,
            header.drawer,
            header.start,
            header.total,
            header.facts,
        )
        if part.isVisible()
    ]
    for part in parts:
        assert header.rect().contains(part.geometry()), part
        assert part.width() > 0
    rows: dict[bool, list[QWidget]] = {}
    for part in parts:
        rows.setdefault(part.geometry().center().y() < 60, []).append(part)
    for row in rows.values():
        for left, right in pairwise(sorted(row, key=lambda part: part.x())):
            assert left.geometry().right() < right.x(), (left, right)
    assert page._scroll.y() == header.height()
    assert header.timeline.geometry().bottom() < header.height()


def test_the_header_is_160_high_in_the_usual_window(page: EditorPage) -> None:
    assert page.header.height() == 160
    assert page.steps.column() == (72, 1184 - 344 - 24)


def test_a_change_of_theme_repaints_in_place(page: EditorPage, themes: ThemeManager) -> None:
    light = page.grab().toImage()
    themes.apply(Settings(theme=ThemeChoice.DARK))
    dark = page.grab().toImage()
    assert light.size() == dark.size()
    row = page.steps.rows[step_id(page.model, 0, 0)]
    at = row.mapTo(page, QPoint(row.width() // 2, 6))
    assert dark.pixelColor(at).lightness() < light.pixelColor(at).lightness()


def test_right_to_left_mirrors_the_page(show: Callable[..., EditorPage]) -> None:
    page = show()
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    header = page.header
    assert header.start.x() < header.more.x() < header.name.x() < header.back.x()
    assert inspector(page).mapTo(page, QPoint(0, 0)).x() < 10
    row = page.steps.rows[step_id(page.model, 0, 0)]
    assert row.zones()["menu"].center().x() < row.width() / 2
    page.grab()


def test_long_routines_open_and_select(show: Callable[..., EditorPage]) -> None:
    page = show(long_routine(500))
    assert len(page.steps.rows) == 500
    key(Qt.Key.Key_End)
    row = page.steps.rows[step_id(page.model, 49, 9)]
    assert row.hasFocus()
    assert page._scroll.rect().contains(row.mapTo(page._scroll, QPoint(5, 5)))


def test_numbers_follow_the_order(show: Callable[..., EditorPage]) -> None:
    page = show(numbered(2, 2))
    page.model.select([step_id(page.model, 0, 0)])
    key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert ", 2 of 4," in page.steps.rows[step_id(page.model, 0, 1)].spoken()
