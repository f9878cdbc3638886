"""Two cues of an exercise, as large as the column allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible, QFontMetricsF

from app.ui.theme import line_baseline
from app.ui.widgets.stage_widget import StageWidget, role_font
from app.ui.widgets.text_fit import balance, clip

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

SIZES = (28, 26, 24, 22, 20)
LINES_MAX = 3
LINE_RATIO = 36 / 28
GAP = 16


class CueList(StageWidget):
    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(colors, role=QAccessible.Role.StaticText, parent=parent)
        self._cues: tuple[str, ...] = ()
        self._font: QFont | None = None
        self._lines: list[list[str]] = []

    @property
    def lines(self) -> list[list[str]]:
        """What is shown, cue by cue."""
        if self._font is None:
            self._fit()
        return self._lines

    def set_cues(self, cues: tuple[str, ...]) -> None:
        if cues != self._cues:
            self._cues = cues
            self.setAccessibleName(". ".join(cues))
            self._font = None
            self.update()

    def set_scale(self, u: float) -> None:
        self._font = None
        super().set_scale(u)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._font = None

    def _fit(self) -> None:
        """Take the largest size at which all cues have room, else leave the last ones out."""
        if not self._cues:
            self._font, self._lines = role_font("player.cue", self.u), []
            return
        for count in range(len(self._cues), 0, -1):
            for size in SIZES:
                font = role_font("player.cue", self.u, size=size)
                lines = self._broken(font, self._cues[:count])
                if max(map(len, lines)) <= LINES_MAX and self._high(font, lines) <= self.height():
                    self._font, self._lines = font, lines
                    return
        font = role_font("player.cue", self.u, size=SIZES[-1])
        measure = QFontMetricsF(font).horizontalAdvance
        room = max(0, min(LINES_MAX, int(self.height() / self._line(font))))
        first = self._broken(font, self._cues[:1])[0]
        self._font = font
        self._lines = [clip(first, room, self.width(), measure)] if room else []

    def _broken(self, font: QFont, cues: tuple[str, ...]) -> list[list[str]]:
        measure = QFontMetricsF(font).horizontalAdvance
        return [balance(cue, self.width(), measure) for cue in cues]

    def _line(self, font: QFont) -> float:
        return font.pixelSize() * LINE_RATIO

    def _high(self, font: QFont, lines: list[list[str]]) -> float:
        return sum(map(len, lines)) * self._line(font) + (len(lines) - 1) * GAP * self.u

    def paint_stage(self, painter: QPainter) -> None:
        lines = self.lines
        if self._font is None:
            return
        painter.setFont(self._font)
        painter.setPen(self.colors.text)
        line, top = self._line(self._font), 0.0
        for cue in lines:
            for text in cue:
                painter.drawText(QPointF(0, line_baseline(self._font, top, line)), text)
                top += line
            top += GAP * self.u
