"""The badge that says the side, or the round of a block with several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from app.domain.choices import Side
from app.ui.icons import paint_icon
from app.ui.theme import CAP_HEIGHT, sized_font
from app.ui.widgets.stage_widget import StageWidget, role_font, text_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

RADIUS = 20
ICON, GAP, PADDING = 44, 10, 20
ROUND_SIZE = 27
STROKE = 2.6
"""Of the arrow on its 24 grid: as heavy as the letters beside it."""


class SideBadge(StageWidget):
    """LEFT has its arrow before the word, RIGHT after it, in every language."""

    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(colors, parent=parent)
        self._side = Side.BOTH
        self._word = ""

    @property
    def word(self) -> str:
        return self._word

    def show_side(self, side: Side, word: str, name: str) -> None:
        """Say a side; `name` is read out."""
        self._say(side, word.upper(), name)

    def show_round(self, text: str) -> None:
        self._say(Side.BOTH, text, text)

    def _say(self, side: Side, word: str, name: str) -> None:
        if (side, word) != (self._side, self._word):
            self._side, self._word = side, word
            self.setAccessibleName(name)
            self.update()

    def paint_stage(self, painter: QPainter) -> None:
        colors, box = self.colors, QRectF(self.rect())
        radius = min(RADIUS * self.u, box.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.tint if self._side is Side.BOTH else colors.badge)
        painter.drawRoundedRect(box, radius, radius)
        if self._side is Side.BOTH:
            self._paint_round(painter, box)
        else:
            self._paint_side(painter, box)

    def _paint_round(self, painter: QPainter, box: QRectF) -> None:
        font = text_font(ROUND_SIZE, self.u, 700, tabular=True)
        width = QFontMetricsF(font).horizontalAdvance(self._word)
        room = box.width() - PADDING * self.u
        if width > room:
            font = sized_font(font.pixelSize() * room / width, 700, display=False, tabular=True)
            width = QFontMetricsF(font).horizontalAdvance(self._word)
        painter.setFont(font)
        painter.setPen(self.colors.on_tint)
        y = box.center().y() + font.pixelSize() * CAP_HEIGHT / 2
        painter.drawText(QPointF(box.center().x() - width / 2, y), self._word)

    def _paint_side(self, painter: QPainter, box: QRectF) -> None:
        """Draw arrow and word; where the word is too long both shrink, their order never changes."""
        icon, gap = ICON * self.u, GAP * self.u
        font = role_font("player.side", self.u)
        width = QFontMetricsF(font).horizontalAdvance(self._word)
        room = box.width() - PADDING * self.u
        share = min(1.0, room / (icon + gap + width))
        if share < 1:
            font = sized_font(font.pixelSize() * share, 700, tracking=-0.5)
            width = QFontMetricsF(font).horizontalAdvance(self._word)
            icon, gap = icon * share, gap * share
        left = box.center().x() - (icon + gap + width) / 2
        before = self._side is Side.LEFT
        arrow = QRectF(left if before else left + width + gap, 0, icon, icon)
        arrow.moveTop(box.center().y() - icon / 2)
        name = "arrow-left" if before else "arrow-right"
        paint_icon(painter, name, arrow, self.colors.on_badge, stroke=STROKE)
        painter.setFont(font)
        painter.setPen(self.colors.on_badge)
        y = box.center().y() + font.pixelSize() * CAP_HEIGHT / 2
        painter.drawText(QPointF(left + icon + gap if before else left, y), self._word)
