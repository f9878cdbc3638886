"""The inside of a page that scrolls: it places its parts itself, and knows how high it gets."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class PlacedContent(QWidget):
    """A subclass places its parts in `lay_out`; that is exact, and quick at the first start."""

    def __init__(self) -> None:
        super().__init__()
        self._needed = 0
        self._is_placing = False

    def sizeHint(self) -> QSize:
        return QSize(800, self._needed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.place()

    def can_place(self) -> bool:
        """Whether there is something to lay out yet."""
        return True

    def lay_out(self) -> int:
        """Give every part its place for the width there is; return the height, in pixels."""
        raise NotImplementedError

    @Slot()
    def place(self) -> None:
        """Lay everything out for the width there is."""
        # Parts that change their height while they are placed ask for it again.
        if self._is_placing or not self.can_place():
            return
        self._is_placing = True
        needed = self.lay_out()
        if needed != self._needed:
            self._needed = needed
            self.updateGeometry()
        self.setMinimumHeight(needed)
        self.update()
        self._is_placing = False
