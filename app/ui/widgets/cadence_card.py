"""The card of a walk to pace: steps a minute now, the ramp, and where on it one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPen, QPolygonF

from app.ui.theme import CAP_HEIGHT, alpha, baseline, sized_font
from app.ui.widgets.stage_widget import StageWidget, text_font
from app.ui.widgets.text_fit import wrap

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

RADIUS, PADDING = 28, 28
NUMBER, UNIT, LABEL = 88, 24, 20
LINE, DOT = 4, 8
CHART_MIN = 90
MARGIN_SHARE = 0.16
"""How far over and under the ramp the chart reaches, of its height."""
MOVE_PX = 0.5


class CadenceCard(StageWidget):
    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(colors, role=QAccessible.Role.Indicator, parent=parent)
        self._ramp = (0, 0)
        self._now = 0
        self._part = 0.0
        self._unit = ""

    @property
    def now(self) -> int:
        """Steps a minute, as shown."""
        return self._now

    def set_ramp(self, start_spm: int, end_spm: int, unit: str) -> None:
        self._ramp, self._unit = (start_spm, end_spm), unit
        self.update()

    def set_place(self, spm: float, part: float) -> None:
        """Stand at so many steps a minute, `part` (0.0 to 1.0) of the way."""
        now = round(spm)
        if now != self._now or abs(part - self._part) * self.width() > MOVE_PX:
            self._now, self._part = now, part
            self.setAccessibleName(f"{now} {self._unit}")
            self.update()

    def paint_stage(self, painter: QPainter) -> None:
        u, colors = self.u, self.colors
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(box, RADIUS * u, RADIUS * u)
        inner = box.adjusted(*(value * PADDING * u for value in (1, 1, -1, -1)))
        size = min(NUMBER * u, inner.width() * 0.28, inner.height() * 0.5)
        number = sized_font(size, 700, tracking=-2.0, tabular=True)
        middle = inner.top() + size * CAP_HEIGHT / 2 + 4 * u
        painter.setFont(number)
        painter.setPen(colors.text)
        painter.drawText(QPointF(inner.left(), baseline(number, middle)), str(self._now))
        left = inner.left() + QFontMetricsF(number).horizontalAdvance(str(self._now)) + 14 * u
        self._paint_unit(painter, left, middle, inner.right() - left)
        top = inner.top() + size * CAP_HEIGHT + 36 * u
        chart = QRectF(inner.left(), top, inner.width(), inner.bottom() - top)
        if chart.height() >= CHART_MIN * u * 0.8:
            self._paint_chart(painter, chart)

    def _paint_unit(self, painter: QPainter, left: float, middle: float, room: float) -> None:
        font = text_font(UNIT, self.u, 600)
        measure = QFontMetricsF(font).horizontalAdvance
        lines = wrap(self._unit, room, measure)[:2]
        painter.setFont(font)
        painter.setPen(self.colors.text_2)
        line = font.pixelSize() * 1.22
        y = middle - line * (len(lines) - 1) / 2
        for text in lines:
            painter.drawText(QPointF(left, baseline(font, y)), text)
            y += line

    def _paint_chart(self, painter: QPainter, chart: QRectF) -> None:
        u, colors = self.u, self.colors
        start, end = self._ramp
        font = text_font(LABEL, u, 600, tabular=True)
        measure = QFontMetricsF(font).horizontalAdvance
        label = max(measure(str(start)), measure(str(end))) + 12 * u
        field = chart.adjusted(0, DOT * u, -label, -2 * u)
        low, high = min(start, end), max(start, end)
        margin = field.height() * MARGIN_SHARE
        rise = field.height() - 2 * margin

        def y_of(spm: float) -> float:
            share = (spm - low) / (high - low) if high > low else 0.5
            return field.bottom() - margin - share * rise

        first = QPointF(field.left(), y_of(start))
        last = QPointF(field.right(), y_of(end))
        here = first + (last - first) * self._part
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(alpha(colors.accent, 0.12))
        floor = field.bottom()
        painter.drawPolygon(
            QPolygonF([first, last, QPointF(last.x(), floor), QPointF(first.x(), floor)])
        )
        painter.setBrush(alpha(colors.accent, 0.32))
        painter.drawPolygon(
            QPolygonF([first, here, QPointF(here.x(), floor), QPointF(first.x(), floor)])
        )
        pen = QPen(colors.accent, LINE * u)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(first, last)
        painter.setPen(QPen(colors.panel, 3 * u))
        painter.setBrush(colors.ink)
        painter.drawEllipse(here, (DOT + 2) * u, (DOT + 2) * u)
        left = field.right() + 12 * u
        painter.setFont(font)
        painter.setPen(colors.text)
        painter.drawText(QPointF(left, baseline(font, last.y())), str(end))
        if abs(first.y() - last.y()) > font.pixelSize():
            painter.setPen(colors.text_2)
            painter.drawText(QPointF(left, baseline(font, first.y())), str(start))
