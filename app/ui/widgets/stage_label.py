"""One line of player text: a clock, or the title in the top bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF

from app.ui.theme import baseline
from app.ui.widgets.stage_widget import StageWidget, role_font, text_font
from app.ui.widgets.text_fit import Measure, elide

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

TITLE_SIZE, TITLE_GAP = 20, 16
NAME_MIN = 120


class StageClock(StageWidget):
    """A time, left or right in its box."""

    def __init__(
        self, colors: StageColors, align: Qt.AlignmentFlag, parent: QWidget | None = None
    ) -> None:
        super().__init__(colors, parent=parent)
        self._right = align is Qt.AlignmentFlag.AlignRight
        self._text = ""

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.update()

    def paint_stage(self, painter: QPainter) -> None:
        font = role_font("player.clock", self.u, tabular=True)
        room = float(self.width())
        width = QFontMetricsF(font).horizontalAdvance(self._text)
        if width > room:
            font = text_font(font.pixelSize() * room / width, 1.0, 600, tabular=True)
            width = QFontMetricsF(font).horizontalAdvance(self._text)
        painter.setFont(font)
        painter.setPen(self.colors.steady)
        left = room - width if self._right else 0.0
        painter.drawText(QPointF(left, baseline(font, self.height() / 2)), self._text)


class StageTitle(StageWidget):
    """The routine's name, then quieter facts; the name gives way, then the last facts do."""

    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(colors, parent=parent)
        self._name = ""
        self._facts: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        return self._facts

    def set_words(self, name: str, facts: tuple[str, ...]) -> None:
        if (name, facts) != (self._name, self._facts):
            self._name, self._facts = name, facts
            self.setAccessibleName(", ".join((name, *facts)))
            self.update()

    def paint_stage(self, painter: QPainter) -> None:
        gap = TITLE_GAP * self.u
        bold = text_font(TITLE_SIZE, self.u, 600)
        plain = text_font(TITLE_SIZE, self.u, 500, tabular=True)
        measure, measure_fact = (
            QFontMetricsF(bold).horizontalAdvance,
            QFontMetricsF(plain).horizontalAdvance,
        )
        facts = list(self._facts)
        wanted = min(measure(self._name), NAME_MIN * self.u)
        while len(facts) > 1 and wanted + _wide(facts, gap, measure_fact) > self.width():
            facts.pop()
        name = elide(self._name, self.width() - _wide(facts, gap, measure_fact), measure)
        left = measure(name) + gap
        painter.setFont(bold)
        painter.setPen(self.colors.steady)
        painter.drawText(QPointF(0, baseline(bold, self.height() / 2)), name)
        painter.setFont(plain)
        painter.setPen(self.colors.text_2)
        for fact in facts:
            painter.drawText(QPointF(left, baseline(plain, self.height() / 2)), fact)
            left += measure_fact(fact) + gap


def _wide(facts: list[str], gap: float, measure: Measure) -> float:
    return sum(gap + measure(fact) for fact in facts)
