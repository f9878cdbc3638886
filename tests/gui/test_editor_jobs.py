"""The three jobs of the editor, each by keyboard alone and by mouse alone, on real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dialogs import settle
from editor_mouse import Drag
from editor_world import World, focus
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from app.domain.routine import TimeDose
from app.ui.pages.editor.dialogs.new_routine import NewRoutineDialog
from app.ui.pages.editor.dialogs.pasted_list import PastedListDialog
from app.ui.pages.editor.library_row import LibraryRow
from app.ui.pages.editor.model import SaveState
from app.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier

LIST = """\
Hamstring stretch with towel 3 x 30 s each side
Plank 45 sec x2 rest 20
12-15 glute bridges
Cat cow 10 reps
Half kneeling hip flexor stretch 40s each side
Figure four stretch lying 2 x 30 sec per side
Bird dog 8 each side
Dead bug x 10
Child's pose 1 min
Wall calf stretch 30s / side
"""


@pytest.fixture
def world(
    qtbot: QtBot, themes: ThemeManager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> World:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return World(qtbot, themes, tmp_path / "home")


def key(wanted: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focus(), wanted, modifiers)
    settle()


def write(text: str) -> None:
    QTest.keyClicks(focus(), text)
    settle()


def tab_to(is_it: Callable[[QWidget], bool], most: int = 80) -> None:
    """Go on with Tab until the focus is where it is wanted."""
    for _ in range(most):
        if is_it(focus()):
            return
        key(KEY.Key_Tab)
    raise AssertionError("Tab does not lead there")


def named(text: str) -> Callable[[QWidget], bool]:
    def is_it(widget: QWidget) -> bool:
        label = getattr(widget, "text", None)
        return text in {widget.accessibleName(), label() if callable(label) else label}

    return is_it


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, LEFT, NONE, at or widget.rect().center())
    settle()


def dialog(world: World) -> Dialog:
    return next(one for one in world.window.findChildren(Dialog) if one.isVisible())


def choose(text: str) -> None:
    """Choose from the menu that is open with the mouse."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == text)
    click(menu, menu.actionGeometry(action).center())


def saved(world: World) -> str:
    """Wait for no timer: save, and return what stands in the file."""
    model = world.page.model
    model.save_now()
    assert model.state is SaveState.SAVED, model.problems
    from pathlib import Path  # noqa: PLC0415  (a type above)

    return Path(model.opened.file).read_text()


# A routine of twelve steps in three blocks, from nothing


def test_twelve_steps_in_three_blocks_by_keyboard(world: World) -> None:
    world.window.setFocus()
    key(KEY.Key_N, CTRL)
    assert isinstance(dialog(world), NewRoutineDialog)
    write("Hips by hand")
    key(KEY.Key_Return)
    for number in range(3):
        if number:
            tab_to(named("Add block"))
            key(KEY.Key_Return)
            write(f"Part {number + 1}")
            key(KEY.Key_Return)
        key(KEY.Key_A)
        for name in ("march", "glute bridge", "bird dog", "dead bug"):
            write(name)
            key(KEY.Key_Return)
        key(KEY.Key_Escape)
        if world.page.is_library_open:
            key(KEY.Key_Escape)
    model = world.page.model
    assert [len(block.steps) for block in model.document.blocks] == [4, 4, 4]
    # The last one a place up, a copy of it, and the copy away again.
    key(KEY.Key_Up, ALT)
    key(KEY.Key_D, CTRL)
    assert len(model.document.steps()) == 13
    key(KEY.Key_Delete)
    assert len(model.document.steps()) == 12
    # Ninety seconds for the first of all.
    key(KEY.Key_Home)
    key(KEY.Key_Down)
    key(KEY.Key_Return)
    tab_to(
        lambda widget: (
            "econds" in widget.accessibleName()
            or "Length" in widget.accessibleName()
            or "Time" in widget.accessibleName()
        )
    )
    key(KEY.Key_A, CTRL)
    write("90")
    key(KEY.Key_Return)
    key(KEY.Key_Escape)
    assert model.document.steps()[0].step.dose == TimeDose(90_000)
    key(KEY.Key_Z, CTRL)
    assert model.document.steps()[0].step.dose != TimeDose(90_000)
    key(KEY.Key_Z, CTRL | SHIFT)
    text = saved(world)
    assert 'name = "Hips by hand"' in text
    assert text.count("[[blocks]]") == 3
    assert "seconds = 90" in text
    key(KEY.Key_Return, CTRL)
    assert world.started == ["hips-by-hand"]


def library_row(world: World, name: str) -> LibraryRow:
    panel = world.page.library
    assert panel is not None
    return next(
        row
        for row in panel.findChildren(LibraryRow)
        if row.isVisible() and row.entry.exercise.name == name
    )


def test_twelve_steps_in_three_blocks_by_mouse(world: World) -> None:
    world.keeper.maker.new()
    click(dialog(world).make)  # type: ignore[attr-defined]
    page = world.page
    click(next(b for b in buttons(page, "Add exercise")))
    for number in range(3):
        if number:
            click(buttons(page, "Add block")[0])
            click(page.header, QPoint(4, 4))
        for at in range(4):
            row = panel_rows(world)[at]
            click(row, row.plus().center().toPoint())
    model = page.model
    assert [len(block.steps) for block in model.document.blocks] == [4, 4, 4]
    click(page.library.cross)  # type: ignore[union-attr]
    assert not page.is_library_open
    before = [part.step.exercise for part in model.document.blocks[0].steps]
    drag = Drag(page)
    page.steps.reveal(model.document.blocks[0].id)
    settle()
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(0, 2), below=True)
    drag.release()
    settle()
    after = [part.step.exercise for part in model.document.blocks[0].steps]
    assert after == [before[1], before[2], before[0], before[3]]
    assert saved(world).count("{ exercise") == 12
    click(page.header.start)
    assert world.started == ["new-routine"]


def panel_rows(world: World) -> list[LibraryRow]:
    panel = world.page.library
    assert panel is not None
    rows = [row for row in panel.findChildren(LibraryRow) if row.isVisible()]
    return sorted(rows, key=lambda row: row.y())


def buttons(inside: QWidget, text: str) -> list[QWidget]:
    return [
        widget
        for widget in inside.findChildren(QWidget)
        if widget.isVisible() and named(text)(widget) and hasattr(widget, "clicked")
    ]


# A pasted list of ten lines


def test_a_pasted_list_by_keyboard(world: World) -> None:
    QApplication.clipboard().setText(LIST)
    world.window.setFocus()
    key(KEY.Key_N, CTRL)
    write("From the physio")
    key(KEY.Key_Tab)
    key(KEY.Key_Right)
    key(KEY.Key_Right)
    key(KEY.Key_Return)
    pasted = dialog(world)
    assert isinstance(pasted, PastedListDialog)
    assert len(pasted.rows) == 10
    answer_all(pasted, by_key=True)
    tab_to(lambda widget: widget is pasted.make, most=200)
    key(KEY.Key_Return)
    assert_list(world)


def test_a_pasted_list_by_mouse(world: World) -> None:
    QApplication.clipboard().setText(LIST)
    world.keeper.maker.paste("From the physio")
    pasted = dialog(world)
    assert isinstance(pasted, PastedListDialog)
    answer_all(pasted, by_key=False)
    click(pasted.make)
    assert_list(world)


def answer_all(pasted: PastedListDialog, *, by_key: bool) -> None:
    """Say yes to every reading that is in doubt."""
    for row in pasted.rows:
        if not row.is_open:
            continue
        if by_key:
            tab_to(lambda widget, row=row: widget is row, most=200)
            key(KEY.Key_Space)
        else:
            pasted.reveal(row)
            settle()
            click(row, row.tick_zone().center().toPoint())
    assert pasted.make.isEnabled()


def assert_list(world: World) -> None:
    text = saved(world)
    assert 'name = "From the physio"' in text
    assert len({part.step.exercise for part in world.page.model.document.steps()}) == 10
    assert None not in {part.step.exercise for part in world.page.model.document.steps()}
    assert "seconds = 40" in text
    assert "breaths" not in text


# A copy of a built-in routine, reordered and shortened


def test_a_copy_is_reordered_and_shortened_by_keyboard(world: World) -> None:
    world.keeper.open(world.shipped("post-run-holds-express"))
    assert world.page.model.read_only
    tab_to(named("Make a copy to edit"))
    key(KEY.Key_Return)
    model = world.page.model
    assert not model.read_only
    before = [part.step.exercise for part in model.document.steps()]
    key(KEY.Key_Home)
    key(KEY.Key_Down)
    key(KEY.Key_Down, ALT)
    key(KEY.Key_End)
    key(KEY.Key_Up, SHIFT)
    key(KEY.Key_Delete)
    after = [part.step.exercise for part in model.document.steps()]
    assert after == [before[1], before[0], *before[2:-2]]
    assert not model.opened.file.endswith("/post-run-holds-express.toml")
    saved(world)
    shipped = world.shipped("post-run-holds-express")
    world.keeper.open(shipped)
    assert [part.step.exercise for part in world.page.model.document.steps()] == before


def test_a_copy_is_reordered_and_shortened_by_mouse(world: World) -> None:
    world.keeper.open(world.shipped("post-run-holds-express"))
    click(world.page.header.copy)
    page = world.page
    model = page.model
    before = [part.step.exercise for part in model.document.steps()]
    drag = Drag(page)
    page.steps.reveal(model.document.blocks[0].id)
    settle()
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(0, 1), below=True)
    drag.release()
    settle()
    last = model.document.steps()[-1].id
    page.steps.reveal(last)
    settle()
    click(page.steps.rows[last])
    click(buttons(page, "Remove")[0])
    after = [part.step.exercise for part in model.document.steps()]
    assert len(after) == len(before) - 1
    assert sorted(after) == sorted(before[:-1])
    assert after != before[:-1]
    saved(world)


# The way through the page


def test_tab_leads_from_the_list_through_the_fields_to_their_buttons(world: World) -> None:
    world.keeper.maker.copy_file(world.shipped("post-run-holds-express"), "Mine")
    page = world.page
    key(KEY.Key_Home)
    key(KEY.Key_Down)
    seen: list[QWidget] = []
    for _ in range(60):
        key(KEY.Key_Tab)
        seen.append(focus())
        if named("Remove")(focus()):
            break
    inside = [widget for widget in seen if page._inspector.isAncestorOf(widget)]
    assert named("Duplicate")(inside[-2])
    assert named("Remove")(inside[-1])
    assert len(inside) > 6
    assert not any(named("Duplicate")(widget) for widget in inside[:-2])


def test_delete_twice_takes_two_steps_and_no_block(world: World) -> None:
    world.keeper.maker.copy_file(world.shipped("post-run-holds-express"), "Mine")
    model = world.page.model
    before = [len(block.steps) for block in model.document.blocks]
    model.select([model.document.blocks[0].steps[-1].id])
    world.page.steps.focus_current()
    key(KEY.Key_Delete)
    key(KEY.Key_Delete)
    assert [len(block.steps) for block in model.document.blocks] == [before[0] - 2, before[1]]


def test_undo_leaves_selection_and_focus_in_the_list(world: World) -> None:
    world.keeper.maker.copy_file(world.shipped("post-run-holds-express"), "Mine")
    page, model = world.page, world.page.model
    step = model.document.blocks[0].steps[1].id
    model.select([step])
    page.steps.focus_current()
    settle()
    click(buttons(page, "Duplicate")[0])
    key(KEY.Key_Z, CTRL)
    assert len(model.selection) == 1
    assert model.selection[0] in {part.id for part in model.document.blocks[0].steps}
    assert not isinstance(focus(), QLineEdit)
