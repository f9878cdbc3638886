"""Three dots that fill as three beeps are heard."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import paint_icon
from app.ui.theme import ThemeManager

SIZE, GAP, COUNT, ICON = 36, 16, 3, 20


class BeepDots(QWidget):
    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._filled = 0
        self._confirmed = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    @property
    def filled(self) -> int:
        return self._filled

    def show_beeps(self, filled: int, *, confirmed: bool = False) -> None:
        """Fill the first dots; `confirmed` ticks them."""
        if (filled, confirmed) != (self._filled, self._confirmed):
            self._filled, self._confirmed = filled, confirmed
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(COUNT * SIZE + (COUNT - 1) * GAP, SIZE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - SIZE) / 2
        for index in range(COUNT):
            box = QRectF(index * (SIZE + GAP), top, SIZE, SIZE)
            if index >= self._filled:
                painter.setPen(QPen(theme.line_strong, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(box.adjusted(1, 1, -1, -1))
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.ink)
            painter.drawEllipse(box)
            if self._confirmed:
                tick = QRectF(0, 0, ICON, ICON)
                tick.moveCenter(box.center())
                paint_icon(painter, "check", tick, theme.on_ink, stroke=2.5)
