"""A quiet line over the player's stage: no sound, or why it paused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPen

from app.ui.icons import paint_icon
from app.ui.theme import baseline
from app.ui.widgets.stage_widget import StageWidget, text_font
from app.ui.widgets.text_fit import elide

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

SIZE, ICON, GAP, PADDING, HIGH = 17, 20, 10, 18, 44


class StageBanner(StageWidget):
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

    def wanted_width(self) -> float:
        u = self.u
        text = QFontMetricsF(text_font(SIZE, u, 500)).horizontalAdvance(self._text)
        return text + self._icon_px() + (GAP + 2 * PADDING) * u + 2

    def _icon_px(self) -> float:
        return max(18.0, ICON * self.u)

    def paint_stage(self, painter: QPainter) -> None:
        u, colors = self.u, self.colors
        box = QRectF(self.rect())
        radius = box.height() / 2
        painter.setBrush(colors.panel)
        painter.setPen(QPen(colors.line, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        icon = QRectF(PADDING * u, 0, self._icon_px(), self._icon_px())
        icon.moveTop(box.center().y() - icon.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        paint_icon(painter, self._icon, icon, colors.text_2)
        font = text_font(SIZE, u, 500)
        left = icon.right() + GAP * u
        text = elide(
            self._text, box.right() - PADDING * u - left, QFontMetricsF(font).horizontalAdvance
        )
        painter.setFont(font)
        painter.setPen(colors.steady)
        painter.drawText(QPointF(left, baseline(font, box.center().y())), text)
