"""Dragging in the editor's list, by real presses, moves and releases of the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from editor_cases import block_id, editor_model, editor_page, key, numbered, step_id
from editor_mouse import Drag
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
NOTHING = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def drag(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> Drag:
    made = editor_page(editor_model(numbered(3, 3)), themes, english)
    qtbot.addWidget(made)
    made.resize(1184, 1100)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return Drag(made)


def test_six_pixels_make_a_press_a_drag(drag: Drag) -> None:
    row = drag.row(0, 0)
    drag.press(row)
    drag.move(row, row.rect().center() + QPoint(0, 5))
    assert not drag.is_lifted
    drag.move(row, row.rect().center() + QPoint(0, 6))
    assert drag.is_lifted
    assert drag.page.steps.dragging.lifted.isVisible()
    drag.release()
    assert not drag.is_lifted
    assert not drag.page.steps.dragging.lifted.isVisible()


def test_a_row_drops_where_the_line_is(drag: Drag) -> None:
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(0, 1), below=True)
    line = drag.page.steps.dragging.line
    two = (drag.row(0, 1), drag.row(0, 2))
    assert line.isVisible()
    above, below = (row.mapTo(drag.page._scroll, QPoint(0, 0)).y() for row in two)
    assert above + two[0].height() < line.geometry().center().y() < below
    drag.release()
    assert not line.isVisible()
    assert drag.names()[0] == ["1.2", "1.1", "1.3"]
    assert drag.model.undo_label == "Move step"


def test_a_row_goes_into_another_block(drag: Drag) -> None:
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(1, 1), below=False)
    drag.release()
    assert drag.names()[:2] == [["1.2", "1.3"], ["2.1", "1.1", "2.2", "2.3"]]
    drag.press(drag.row(2, 2))
    drag.onto(drag.row(0, 0), below=False)
    drag.release()
    assert drag.names()[0] == ["3.3", "1.2", "1.3"]


def test_where_it_was_nothing_changes(drag: Drag) -> None:
    before = drag.model.document
    drag.press(drag.row(1, 1))
    drag.onto(drag.row(1, 0), below=True)
    drag.release()
    assert drag.model.document is before
    assert drag.model.undo_label is None


def test_all_that_is_selected_goes_together_in_its_order(drag: Drag) -> None:
    drag.model.select([step_id(drag.model, 0, 0), step_id(drag.model, 1, 2)])
    drag.press(drag.row(1, 2))
    drag.onto(drag.row(2, 0), below=True)
    assert drag.row(0, 0).is_lifted
    drag.release()
    assert drag.names() == [["1.2", "1.3"], ["2.1", "2.2"], ["3.1", "1.1", "2.3", "3.2", "3.3"]]
    assert drag.model.undo_label == "Move steps"
    drag.model.undo()
    assert drag.names()[0] == ["1.1", "1.2", "1.3"]


def test_a_click_on_one_of_several_leaves_only_it(drag: Drag) -> None:
    drag.model.select([step_id(drag.model, 0, 0), step_id(drag.model, 1, 2)])
    drag.press(drag.row(0, 0))
    assert len(drag.model.selection) == 2
    drag.release()
    assert drag.model.selection == (step_id(drag.model, 0, 0),)


def test_a_row_that_is_not_selected_goes_alone(drag: Drag) -> None:
    drag.model.select([step_id(drag.model, 1, 2)])
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(0, 2), below=True)
    drag.release()
    assert drag.names()[0] == ["1.2", "1.3", "1.1"]
    assert drag.names()[1] == ["2.1", "2.2", "2.3"]


def test_esc_puts_it_back(drag: Drag) -> None:
    before = drag.model.document
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(2, 1), below=True)
    key(Qt.Key.Key_Escape)
    assert not drag.is_lifted
    assert not drag.row(0, 0).is_lifted
    drag.onto(drag.row(2, 1), below=True)
    drag.release()
    assert drag.model.document is before


def test_no_other_key_disturbs_a_drag(drag: Drag) -> None:
    before = drag.model.document
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(2, 1), below=True)
    key(Qt.Key.Key_Delete)
    assert drag.is_lifted
    assert drag.model.document is before


def test_a_block_without_steps_takes_a_row(drag: Drag) -> None:
    drag.model.select([step_id(drag.model, 1, at) for at in range(3)])
    drag.model.remove_selected("x")
    drag.press(drag.row(0, 0))
    drag.onto(drag.header(1), below=True)
    drag.release()
    assert drag.names()[:2] == [["1.2", "1.3"], ["1.1"]]


def test_a_folded_block_takes_a_row_at_its_end(drag: Drag) -> None:
    drag.page.steps.set_folded(block_id(drag.model, 1), folded=True)
    drag.press(drag.row(0, 0))
    drag.onto(drag.header(1), below=True)
    drag.release()
    assert drag.names()[:2] == [["1.2", "1.3"], ["2.1", "2.2", "2.3", "1.1"]]


def test_a_heading_drags_its_block(drag: Drag) -> None:
    drag.press(drag.header(2), QPoint(60, 20))
    drag.onto(drag.header(0), below=False)
    drag.release()
    assert [part.name for part in drag.model.document.blocks] == ["Block 3", "Block 1", "Block 2"]
    drag.press(drag.header(0), QPoint(60, 20))
    drag.move(drag.page.steps.add_block, QPoint(20, 20))
    drag.release()
    assert [part.name for part in drag.model.document.blocks] == ["Block 1", "Block 2", "Block 3"]
    assert drag.model.undo_label == "Move block"


def test_the_buttons_of_a_row_drag_nothing(drag: Drag) -> None:
    header = drag.header(0)
    drag.press(header, header.zones()["plus"].center().toPoint())
    drag.onto(drag.row(2, 1), below=True)
    assert not drag.is_lifted
    drag.release()


def test_the_list_scrolls_while_the_mouse_is_at_its_edge(drag: Drag) -> None:
    drag.page.resize(1184, 600)
    QApplication.processEvents()
    scroll = drag.page._scroll
    assert scroll.range > 100
    dragging = drag.page.steps.dragging
    drag.press(drag.row(0, 0))
    drag.move(scroll, QPoint(300, scroll.height() - 5))
    before = dragging.place
    for _ in range(400):
        dragging.tick()
    assert scroll.offset == scroll.range
    assert dragging.place is not None
    assert before is not None
    assert dragging.place.y > before.y
    drag.move(scroll, QPoint(300, scroll.height() // 2))
    at = scroll.offset
    dragging.tick()
    assert scroll.offset == at
    drag.move(scroll, QPoint(300, 5))
    for _ in range(400):
        dragging.tick()
    assert scroll.offset == 0
    drag.release()
    assert drag.names()[0][0] == "1.1"


def test_a_drag_ends_when_the_routine_changes_under_it(drag: Drag) -> None:
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(2, 1), below=True)
    drag.model.set_head("x", name="Other")
    assert not drag.is_lifted
    drag.release()
    assert drag.names()[0][0] == "1.1"


def test_what_cannot_be_changed_cannot_be_dragged(
    qtbot: QtBot, themes: ThemeManager, english: QLocale
) -> None:
    made = editor_page(editor_model(numbered(2, 2), read_only=True), themes, english)
    qtbot.addWidget(made)
    made.show()
    drag = Drag(made)
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(1, 1), below=True)
    assert not drag.is_lifted


def test_the_lifted_rows_and_the_line_are_painted(drag: Drag) -> None:
    drag.model.select([step_id(drag.model, 0, 0), step_id(drag.model, 0, 1)])
    drag.press(drag.row(0, 0))
    drag.onto(drag.row(1, 1), below=True)
    picture = drag.page.steps.dragging.line.grab().toImage()
    ink = drag.page.steps._themes.theme.ink
    assert picture.pixelColor(picture.width() // 2, picture.height() // 2) == ink
    drag.release()
