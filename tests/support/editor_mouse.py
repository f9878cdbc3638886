"""A mouse that is pressed on a row of the editor's list, moved and let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor_cases import block_id, step_id, step_names
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.pages.editor.block_header import BlockHeader
    from app.ui.pages.editor.page import EditorPage
    from app.ui.pages.editor.row_base import PartRow
    from app.ui.pages.editor.step_row import StepRow

LEFT = Qt.MouseButton.LeftButton
NOTHING = Qt.KeyboardModifier.NoModifier


class Drag:
    """A page, and a mouse that is pressed on one of its rows."""

    def __init__(self, page: EditorPage) -> None:
        self.page = page
        self.model = page.model
        self.held: PartRow | None = None

    def row(self, block: int, step: int) -> StepRow:
        return self.page.steps.rows[step_id(self.model, block, step)]

    def header(self, block: int) -> BlockHeader:
        return self.page.steps.headers[block_id(self.model, block)]

    def press(self, row: PartRow, at: QPoint | None = None) -> None:
        self.held = row
        QTest.mousePress(row, LEFT, NOTHING, at or row.rect().center())

    def move(self, target: QWidget, at: QPoint) -> None:
        """Move to a point of another widget; the pressed row hears of it, as with a real mouse."""
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

    def release(self) -> None:
        assert self.held is not None
        QTest.mouseRelease(self.held, LEFT, NOTHING, self.held.rect().center())

    def onto(self, row: PartRow, *, below: bool) -> None:
        """Move to just inside a row's upper or lower edge."""
        y = row.height() - 4 if below else 4
        self.move(row, QPoint(row.width() // 2, y))

    def names(self) -> list[list[str]]:
        return step_names(self.model)

    @property
    def is_lifted(self) -> bool:
        return self.page.steps.dragging.is_active
