"""An exercise is dragged from the library's panel into the editor's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from editor_cases import (
    HIPS,
    PlainInspector,
    block_id,
    editor_model,
    key,
    long_routine,
    step_id,
    step_names,
)
from preview_cases import no_figures
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.routine import Routine
from app.ui.pages.editor.library_drag import LibraryDrag
from app.ui.pages.editor.library_panel import LibraryPanel
from app.ui.pages.editor.page import EditorPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QLocale
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.ui.pages.editor.library_row import LibraryRow
    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
NOTHING = Qt.KeyboardModifier.NoModifier


class Carrying:
    """A page with its library open, and a mouse that is pressed on a row of that."""

    def __init__(self, page: EditorPage) -> None:
        self.page, self.model = page, page.model
        page.open_library()
        panel = page.library
        assert isinstance(panel, LibraryPanel)
        self.panel = panel
        self.held: LibraryRow | None = None

    @property
    def drag(self) -> LibraryDrag:
        (found,) = self.page.findChildren(LibraryDrag)
        return found

    def press(self, name: str) -> None:
        rows = self.panel.rows.shown_rows()
        self.held = next(row for row in rows if row.entry.exercise.name == name)
        QTest.mousePress(self.held, LEFT, NOTHING, QPoint(80, 30))

    def move(self, target: QWidget, at: QPoint) -> None:
        assert self.held is not None
        there = self.held.mapFromGlobal(target.mapToGlobal(at))
        # QTest moves the mouse without a button held.
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(there),
            QPointF(self.held.mapToGlobal(there)),
            Qt.MouseButton.NoButton,
            LEFT,
            NOTHING,
        )
        QApplication.sendEvent(self.held, event)

    def move_below(self, block: int, step: int) -> None:
        row = self.page.steps.rows[step_id(self.model, block, step)]
        self.move(row, QPoint(row.width() // 2, row.height() - 4))

    def release(self) -> None:
        assert self.held is not None
        QTest.mouseRelease(self.held, LEFT, NOTHING, QPoint(80, 30))


@pytest.fixture
def show(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> Callable[..., Carrying]:
    def make(made: Routine = HIPS, *, width: int = 1184) -> Carrying:
        model = editor_model(made)
        page = EditorPage(
            model,
            themes,
            english,
            no_figures(),
            inspector=PlainInspector(),
            library=lambda: LibraryPanel(model, themes, no_figures(), english),
        )
        qtbot.addWidget(page)
        page.resize(width, 800)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return Carrying(page)

    return make


@pytest.fixture
def carrying(show: Callable[..., Carrying]) -> Carrying:
    return show()


def test_it_drops_where_the_line_is(carrying: Carrying) -> None:
    carrying.press("Leg swings")
    carrying.move_below(1, 0)
    assert carrying.drag.line.isVisible()
    assert carrying.drag.lifted.isVisible()
    carrying.release()
    assert step_names(carrying.model)[1][:2] == ["Half-kneeling hip flexor stretch", "Leg swings"]
    assert carrying.model.selection == (step_id(carrying.model, 1, 1),)
    assert not carrying.drag.line.isVisible()
    assert not carrying.drag.lifted.isVisible()
    assert carrying.page.is_library_open
    assert carrying.model.undo_label == "Add exercise"


def test_a_few_pixels_are_no_drag(carrying: Carrying) -> None:
    before = carrying.model.document
    carrying.press("Leg swings")
    assert carrying.held is not None
    carrying.move(carrying.held, QPoint(83, 31))
    assert not carrying.drag.lifted.isVisible()
    carrying.release()
    assert carrying.model.document is before


def test_let_go_beside_the_list_it_goes_nowhere(carrying: Carrying) -> None:
    before = carrying.model.document
    carrying.press("Leg swings")
    carrying.move_below(1, 0)
    carrying.move(carrying.page, QPoint(600, 40))
    assert carrying.drag.place is None
    assert not carrying.drag.line.isVisible()
    assert carrying.drag.lifted.isVisible()
    carrying.release()
    assert carrying.model.document is before


def test_a_panel_over_the_list_covers_it(show: Callable[..., Carrying]) -> None:
    carrying = show(width=900)
    assert carrying.held is None
    carrying.press("Leg swings")
    carrying.move(carrying.panel, QPoint(150, 500))
    assert carrying.drag.place is None
    carrying.move(carrying.page, QPoint(700, 500))
    assert carrying.drag.place is not None


def test_esc_puts_it_back_and_leaves_the_panel_open(carrying: Carrying) -> None:
    before = carrying.model.document
    carrying.press("Leg swings")
    carrying.move_below(1, 0)
    key(Qt.Key.Key_Escape)
    assert not carrying.drag.lifted.isVisible()
    carrying.move_below(1, 1)
    assert not carrying.drag.lifted.isVisible()
    carrying.release()
    assert carrying.model.document is before
    assert carrying.page.is_library_open


def test_a_routine_without_blocks_gets_one(show: Callable[..., Carrying]) -> None:
    carrying = show(Routine(id="new", name="New", blocks=()))
    carrying.press("Leg swings")
    carrying.move(carrying.page, QPoint(700, 500))
    carrying.release()
    assert step_names(carrying.model) == [["Leg swings"]]


def test_the_list_scrolls_while_it_is_carried_at_its_edge(show: Callable[..., Carrying]) -> None:
    carrying = show(long_routine(60))
    last = carrying.page.steps.headers[block_id(carrying.model, 5)]
    carrying.press("Leg swings")
    carrying.move(carrying.page, QPoint(600, 790))
    top = last.mapTo(carrying.page, QPoint(0, 0)).y()
    carrying.drag.tick()
    assert last.mapTo(carrying.page, QPoint(0, 0)).y() < top
    assert carrying.drag.place is not None
    carrying.release()
