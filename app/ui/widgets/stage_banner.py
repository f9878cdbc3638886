"""A quiet line over the player's stage: no sound, why it paused, which voice is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPen

from app.ui.icons import paint_icon
from app.ui.theme import baseline
from app.ui.widgets.stage_widget import StageWidget, text_font
from app.ui.widgets.text_fit import balance, clip

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

SIZE, ICON, GAP, PADDING, HIGH = 17, 20, 10, 18, 44
HIGH_FLOOR = 36
LINES_MAX = 2
_LINE, _LINES_PADDING = 1.28, 7
"""A line's height over the font's size, and what is free over and under two lines."""


class StageBanner(StageWidget):
    """One sentence, on two lines where it needs them; what is left out stands in the tooltip."""

    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(colors, role=QAccessible.Role.Notification, parent=parent)
        self._icon = "info"
        self._text = ""
        self.hide()

    @property
    def text(self) -> str:
        return self._text

    def say(self, icon: str, text: str) -> None:
        """Show a sentence; empty hides the banner."""
        self._icon, self._text = icon, text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setVisible(bool(text))
        self.update()

    def wanted_size(self, room: float) -> tuple[float, float]:
        """Return width and height in pixels, where there is `room` for the width."""
        metrics = QFontMetricsF(self._font())
        aside = self._aside()
        lines = self._lines(room - aside)
        wide = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
        high = max(HIGH_FLOOR, HIGH * self.u)
        if len(lines) > 1:
            high = max(high, len(lines) * self._line_height() + 2 * _LINES_PADDING * self.u)
        return min(room, wide + aside + 2), high

    def lines(self) -> list[str]:
        """Return the sentence as it is shown."""
        return self._lines(self.width() - self._aside())

    def _lines(self, room: float) -> list[str]:
        measure = QFontMetricsF(self._font()).horizontalAdvance
        return clip(balance(self._text, room, measure), LINES_MAX, room, measure)

    def _font(self) -> QFont:
        return text_font(SIZE, self.u, 500)

    def _line_height(self) -> float:
        return self._font().pixelSize() * _LINE

    def _icon_px(self) -> float:
        return max(18.0, ICON * self.u)

    def _aside(self) -> float:
        """Return how much of the width is not the text's."""
        return self._icon_px() + (GAP + 2 * PADDING) * self.u

    def paint_stage(self, painter: QPainter) -> None:
        u, colors = self.u, self.colors
        box = QRectF(self.rect())
        radius = min(box.height(), max(HIGH_FLOOR, HIGH * u)) / 2
        painter.setBrush(colors.panel)
        painter.setPen(QPen(colors.line, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        icon = QRectF(PADDING * u, 0, self._icon_px(), self._icon_px())
        icon.moveTop(box.center().y() - icon.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        paint_icon(painter, self._icon, icon, colors.text_2)
        font, lines = self._font(), self.lines()
        painter.setFont(font)
        painter.setPen(colors.steady)
        high = self._line_height()
        middle = box.center().y() - (len(lines) - 1) * high / 2
        for line in lines:
            painter.drawText(QPointF(icon.right() + GAP * u, baseline(font, middle)), line)
            middle += high
