"""The panel of the player that shows the exercise: for now the position, as picture and word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF

from app.domain.exercise import Position
from app.ui.theme import baseline
from app.ui.widgets.pictogram import paint_pictogram
from app.ui.widgets.stage_widget import StageWidget, text_font
from app.ui.widgets.text_fit import elide

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

RADIUS = 28
WORD_SIZE, WORD_HIGH = 22, 60
WORD_MIN = 220
"""In a lower panel the picture stands alone."""
SHARE = 0.94


class FigureSlot(StageWidget):
    """Decorative: name, side and cues say all of it in words."""

    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(colors, role=QAccessible.Role.Graphic, parent=parent)
        self._position = Position.STANDING
        self._word = ""
        self._mirrored = False

    @property
    def word(self) -> str:
        return self._word

    @property
    def mirrored(self) -> bool:
        return self._mirrored

    def set_position(self, position: Position, word: str, *, mirrored: bool) -> None:
        """Show a position; LEFT is the mirrored picture."""
        if (position, word, mirrored) != (self._position, self._word, self._mirrored):
            self._position, self._word, self._mirrored = position, word, mirrored
            self.update()

    def paint_stage(self, painter: QPainter) -> None:
        u, colors = self.u, self.colors
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(box, RADIUS * u, RADIUS * u)
        with_word = box.height() >= WORD_MIN * u and bool(self._word)
        room = box.adjusted(0, 0, 0, -WORD_HIGH * u * 0.7 if with_word else 0)
        side = min(room.width(), room.height()) * SHARE
        picture = QRectF(0, 0, side, side)
        picture.moveCenter(room.center())
        paint_pictogram(
            painter,
            self._position,
            picture,
            near=colors.fig_near,
            far=colors.fig_far,
            ground=colors.mat,
            mirrored=self._mirrored,
        )
        if with_word:
            font = text_font(WORD_SIZE, u, 500)
            measure = QFontMetricsF(font).horizontalAdvance
            text = elide(self._word, box.width() - 32 * u, measure)
            painter.setFont(font)
            painter.setPen(colors.text_2)
            y = baseline(font, box.bottom() - WORD_HIGH * u / 2)
            painter.drawText(QPointF(box.center().x() - measure(text) / 2, y), text)
