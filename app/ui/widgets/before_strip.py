"""The quiet question before a session: how the lower back feels, answered with a number key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF

from app.ui.theme import line_baseline
from app.ui.widgets.stage_widget import StageWidget, text_font
from app.ui.widgets.text_fit import wrap

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QPainter
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

SIZE, GAP = 17, 8
LINE = 1.32


class BeforeStrip(StageWidget):
    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(colors, parent=parent)
        self._question = ""
        self._safety = ""

    @property
    def question(self) -> str:
        return self._question

    def set_words(self, question: str, safety: str) -> None:
        self._question, self._safety = question, safety
        self.setAccessibleName(f"{question} {safety}")
        self.update()

    def high(self, width: float) -> float:
        """Return how high it is at a width, in pixels."""
        return sum(
            len(lines) * font.pixelSize() * LINE for font, _color, lines in self._paragraphs(width)
        ) + (GAP * self.u)

    def _paragraphs(self, width: float) -> list[tuple[QFont, QColor, list[str]]]:
        bold = text_font(SIZE, self.u, 600, tabular=True)
        plain = text_font(SIZE - 2, self.u, 500)
        return [
            (font, color, wrap(text, width, QFontMetricsF(font).horizontalAdvance))
            for font, color, text in (
                (bold, self.colors.text, self._question),
                (plain, self.colors.text_2, self._safety),
            )
        ]

    def paint_stage(self, painter: QPainter) -> None:
        top = 0.0
        for font, color, lines in self._paragraphs(self.width()):
            painter.setFont(font)
            painter.setPen(color)
            for text in lines:
                height = font.pixelSize() * LINE
                painter.drawText(QPointF(0, line_baseline(font, top, height)), text)
                top += height
            top += GAP * self.u
