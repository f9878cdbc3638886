"""Outlines of a figure's parts: unions of the convex hulls of consecutive rounds."""

from __future__ import annotations

from math import acos, atan2, cos, degrees, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.figure.camera import Camera, Disc2, Ellipse2
    from app.domain.figure.skeleton import Ball, Ellipsoid
    from app.domain.figure.space import Vec

_CORNERS: Final = 40
_TINY: Final = 1e-9
_DIRECTIONS: Final = tuple(
    (cos(2 * pi * i / _CORNERS), sin(2 * pi * i / _CORNERS)) for i in range(_CORNERS)
)


def balls_outline(camera: Camera, balls: Sequence[Ball]) -> QPainterPath:
    """Return a tapered, rounded limb through balls, in order."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    discs = [camera.disc(ball) for ball in balls]
    for first, second in zip(discs, discs[1:] or discs, strict=False):
        _capsule(path, first, second)
    return path


def floor_outline(camera: Camera, parts: Iterable[Sequence[Ball]]) -> QPainterPath:
    """Return the union of limbs that lie flat on the floor; their balls' heights do not count."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for balls in parts:
        discs = [(x, z, radius) for (x, _, z), radius in balls]
        for first, second in zip(discs, discs[1:] or discs, strict=False):
            _capsule(path, first, second)
    # Every circle of the floor is seen as the same ellipse: one transform turns all of them.
    (ax, ay), (bx, by) = camera.xy((1.0, 0.0, 0.0)), camera.xy((0.0, 0.0, 1.0))
    return QTransform(ax, ay, bx, by, 0.0, 0.0).map(path)


def ellipsoids_outline(camera: Camera, shapes: Sequence[Ellipsoid]) -> QPainterPath:
    """Return a body through ellipsoids, in order."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    rims = [_rim(camera.ellipse(shape)) for shape in shapes]
    for first, second in zip(rims, rims[1:] or rims, strict=False):
        path.addPolygon(
            QPolygonF(
                [
                    QPointF(a[1], a[2]) if a[0] >= b[0] else QPointF(b[1], b[2])
                    for a, b in zip(first, second, strict=True)
                ]
            )
        )
        path.closeSubpath()
    return path


def as_ellipsoid(ball: Ball) -> Ellipsoid:
    centre, radius = ball
    return centre, ((radius, 0.0, 0.0), (0.0, radius, 0.0), (0.0, 0.0, radius))


def polygon(camera: Camera, points: Iterable[Vec]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*camera.xy(point)) for point in points]))
    path.closeSubpath()
    return path


def line(camera: Camera, points: Sequence[Vec]) -> QPainterPath:
    path = QPainterPath(QPointF(*camera.xy(points[0])))
    for point in points[1:]:
        path.lineTo(QPointF(*camera.xy(point)))
    return path


def disc(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _rim(shape: Ellipse2) -> list[tuple[float, float, float]]:
    """Return the reach in every direction, and the point of the rim that reaches so far."""
    x, y, a, b, c = shape
    return [
        (
            x * dx + y * dy + (reach := sqrt(a * dx * dx + 2 * b * dx * dy + c * dy * dy + _TINY)),
            x + (a * dx + b * dy) / reach,
            y + (b * dx + c * dy) / reach,
        )
        for dx, dy in _DIRECTIONS
    ]


def _capsule(path: QPainterPath, first: Disc2, second: Disc2) -> None:
    """Add the convex hull of two discs, clockwise: two arcs and their common tangents."""
    (xa, ya, ra), (xb, yb, rb) = first, second
    apart = hypot(xb - xa, yb - ya)
    if apart <= abs(ra - rb) + 1e-6:
        x, y, radius = first if ra >= rb else second
        path.addEllipse(QPointF(x, y), radius, radius)
        return
    heading = degrees(atan2(ya - yb, xb - xa))
    half = degrees(acos((ra - rb) / apart))
    box_a = QRectF(xa - ra, ya - ra, 2 * ra, 2 * ra)
    box_b = QRectF(xb - rb, yb - rb, 2 * rb, 2 * rb)
    path.arcMoveTo(box_b, heading + half)
    path.arcTo(box_b, heading + half, -2 * half)
    path.arcTo(box_a, heading - half, 2 * half - 360)
    path.closeSubpath()
