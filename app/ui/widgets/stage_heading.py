"""The player's name of the moment: a line with the phase's icon, and the exercise's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAccessible, QFontMetricsF

from app.ui.icons import paint_icon
from app.ui.theme import baseline, line_baseline
from app.ui.widgets.stage_widget import ICON_STROKE, StageWidget, role_font
from app.ui.widgets.text_fit import clip, elide, wrap

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

SIZES = (60, 50)
LINES_MAX = 2
LINE_RATIO = 64 / 60
EYEBROW, GAP = 32, 8
ICON, ICON_GAP = 24, 10


class StageHeading(StageWidget):
    """`fit` decides how high the name is; the page then places everything under it."""

    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(colors, role=QAccessible.Role.Heading, parent=parent)
        self._icon = "timer"
        self._eyebrow = ""
        self._name = ""
        self._font = role_font("player.name", 1.0)
        self._lines: list[str] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def eyebrow(self) -> str:
        return self._eyebrow

    @property
    def lines(self) -> list[str]:
        return self._lines

    def set_words(self, icon: str, eyebrow: str, name: str) -> None:
        self._icon, self._eyebrow, self._name = icon, eyebrow, name
        self.setAccessibleName(f"{name}. {eyebrow}")
        self.update()

    def fit(self, width: float, u: float) -> float:
        """Break the name for that width; return its height. Both in pixels."""
        self.u = u
        for size in SIZES:
            self._font = role_font("player.name", u, size=size)
            measure = QFontMetricsF(self._font).horizontalAdvance
            self._lines = wrap(self._name, width, measure)
            whole = all("-" not in line or line in self._name for line in self._lines)
            if len(self._lines) <= LINES_MAX and whole:
                break
        else:
            measure = QFontMetricsF(self._font).horizontalAdvance
            self._lines = clip(self._lines, LINES_MAX, width, measure)
        cut = any(line.endswith("…") for line in self._lines)
        self.setToolTip(self._name if cut else "")
        self.update()
        return len(self._lines) * self._line()

    def _line(self) -> float:
        return self._font.pixelSize() * LINE_RATIO

    def paint_stage(self, painter: QPainter) -> None:
        u = self.u
        icon = max(18.0, ICON * u)
        middle = EYEBROW * u / 2
        box = QRectF(0, middle - icon / 2, icon, icon)
        paint_icon(painter, self._icon, box, self.colors.eyebrow, stroke=ICON_STROKE)
        font = role_font("player.eyebrow", u)
        left = icon + ICON_GAP * u
        measure = QFontMetricsF(font).horizontalAdvance
        painter.setFont(font)
        painter.setPen(self.colors.eyebrow)
        painter.drawText(
            QPointF(left, baseline(font, middle)),
            elide(self._eyebrow, self.width() - left, measure),
        )
        painter.setFont(self._font)
        painter.setPen(self.colors.text)
        top, line = (EYEBROW + GAP) * u, self._line()
        # Capitals of a large size have room on their left; without it they stand on the line.
        nudge = -0.03 * self._font.pixelSize()
        for text in self._lines:
            painter.drawText(QPointF(nudge, line_baseline(self._font, top, line)), text)
            top += line
