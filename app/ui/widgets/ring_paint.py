"""Draws the parts of the countdown ring; positions are turns clockwise from the top."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from app.ui import _tokens as tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from app.ui.widgets.dial import DialShape

PART_GAP = 4.5 / 360
"""Between two parts of a ring of repetitions, as a part of a turn."""
TICK_INSET, TICK_LENGTH = 0.0625, 0.0234
"""Of the diameter: from the ring's outer edge, and along the radius."""
SWELL_LOW = 0.78
"""The emptied ring's size, of the full one's."""


@dataclass(frozen=True, slots=True)
class RingGeometry:
    """A ring in a square widget of `diameter` pixels."""

    diameter: float

    @property
    def stroke(self) -> float:
        return tokens.STROKE["ring_ratio"] * self.diameter

    @property
    def radius(self) -> float:
        """Return the radius of the stroke's middle."""
        return (self.diameter - self.stroke) / 2

    @property
    def centre(self) -> QPointF:
        return QPointF(self.diameter / 2, self.diameter / 2)

    def point(self, turn: float) -> QPointF:
        angle = 2 * pi * turn
        return self.centre + QPointF(sin(angle) * self.radius, -cos(angle) * self.radius)

    def tip_rect(self, first: float, last: float) -> QRect:
        """Return what a moving round end covers between two places that lie close together."""
        reach = self.stroke / 2 + 2
        a, b, c = self.point(first), self.point((first + last) / 2), self.point(last)
        xs, ys = (a.x(), b.x(), c.x()), (a.y(), b.y(), c.y())
        return (
            QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
            .adjusted(-reach, -reach, reach, reach)
            .toAlignedRect()
        )

    def inner_rect(self) -> QRect:
        """Return the square inside the ticks: digits and words stay in it."""
        half = (self.diameter / 2 - (TICK_INSET + TICK_LENGTH) * self.diameter) / 2**0.5
        return QRectF(
            self.diameter / 2 - half, self.diameter / 2 - half, 2 * half, 2 * half
        ).toRect()

    def pixels(self, turns: float) -> float:
        """Return how far the moving end gets in so much of a turn."""
        return abs(turns) * 2 * pi * self.radius


def pen(color: QColor, width: float, cap: Qt.PenCapStyle) -> QPen:
    found = QPen(color, width)
    found.setCapStyle(cap)
    return found


def paint_arc(
    painter: QPainter,
    geometry: RingGeometry,
    color: QColor,
    start: float,
    end: float,
    *,
    size: float = 1.0,
    flat: bool = False,
) -> None:
    """Draw clockwise from one turn to another. `size` scales the radius, not the stroke."""
    if end <= start:
        return
    radius = geometry.radius * size
    box = QRectF(geometry.centre.x() - radius, geometry.centre.y() - radius, 2 * radius, 2 * radius)
    cap = Qt.PenCapStyle.FlatCap if flat else Qt.PenCapStyle.RoundCap
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(color, geometry.stroke, cap))
    if end - start >= 1.0:
        painter.drawEllipse(box)
        return
    path = QPainterPath()
    path.arcMoveTo(box, 90 - 360 * start)
    path.arcTo(box, 90 - 360 * start, -360 * (end - start))
    painter.drawPath(path)


def part_span(parts: int, index: int) -> tuple[float, float]:
    """Return where one part of a divided ring begins and ends."""
    gap = min(PART_GAP, 0.4 / parts) if parts > 1 else 0.0
    return index / parts + gap / 2, (index + 1) / parts - gap / 2


def part_tip(parts: int, turn: float) -> float:
    """Return where the moving end of a divided ring stands when `turn` of the whole is over."""
    place = min(turn * parts, parts - 1e-9)
    start, end = part_span(parts, int(place))
    return start + (place - int(place)) * (end - start)


def paint_parts(
    painter: QPainter,
    geometry: RingGeometry,
    color: QColor,
    parts: int,
    turn: float,
    *,
    size: float = 1.0,
) -> None:
    """Draw the parts of a divided ring up to `turn` of the whole."""
    done = min(turn, 1.0) * parts
    for index in range(parts):
        if index >= done:
            return
        start, end = part_span(parts, index)
        paint_arc(
            painter,
            geometry,
            color,
            start,
            start + (end - start) * min(1.0, done - index),
            size=size,
            flat=True,
        )


def paint_ticks(
    painter: QPainter, geometry: RingGeometry, color: QColor, shape: DialShape, width: float
) -> None:
    painter.setPen(pen(color, width, Qt.PenCapStyle.FlatCap))
    outer = geometry.diameter * (0.5 - TICK_INSET)
    inner = outer - geometry.diameter * TICK_LENGTH
    for turn in shape.ticks:
        angle = radians(360 * turn)
        across = QPointF(sin(angle), -cos(angle))
        painter.drawLine(QLineF(geometry.centre + across * inner, geometry.centre + across * outer))
