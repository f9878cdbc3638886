"""Draws the bundled icons: outlines on a 24 grid, with the stroke that the design asks for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from app.ui._icon_paths import PATHS, SOLID

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

GRID: Final = 24.0
STROKE: Final = 1.75
STROKE_SMALL: Final = 2.0
SMALL_PX: Final = 20.0
"""Up to this size the stroke is the heavier one."""


@cache
def icon_path(name: str) -> QPainterPath:
    """Return the outline of an icon on the 24 grid. Treat it as read-only."""
    path = QPainterPath()
    words = iter(PATHS[name].split())

    def point() -> QPointF:
        return QPointF(float(next(words)), float(next(words)))

    for command in words:
        match command:
            case "M":
                path.moveTo(point())
            case "L":
                path.lineTo(point())
            case "C":
                path.cubicTo(point(), point(), point())
            case "Z":
                path.closeSubpath()
            case _:
                raise ValueError(command)
    return path


def paint_icon(
    painter: QPainter, name: str, rect: QRectF, color: QColor, *, stroke: float | None = None
) -> None:
    """Draw an icon into a square, in one colour.

    `stroke` is the line's width on the 24 grid; by default the design's for this size. Play and
    pause are solid.
    """
    scale = rect.width() / GRID
    width = stroke or (STROKE_SMALL if rect.width() <= SMALL_PX else STROKE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if name in SOLID:
        # A thin line of the same colour rounds the corners off and keeps the outer size.
        pen.setWidthF(STROKE)
        painter.setBrush(color)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(icon_path(name))
    painter.restore()


@cache
def _pixmap(name: str, size: int, rgba: int, dpr: float) -> QPixmap:
    pixmap = QPixmap(QSize(size, size) * dpr)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0, 0, size, size), QColor.fromRgba(rgba))
    painter.end()
    return pixmap


def icon_pixmap(name: str, size: int, color: QColor, dpr: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels. It is shared: do not paint on it."""
    return _pixmap(name, size, color.rgba(), dpr)


def icon(name: str, size: int, color: QColor, dpr: float = 1.0) -> QIcon:
    """Return an icon for the few places where Qt wants a QIcon, such as menus."""
    from PySide6.QtGui import QIcon  # noqa: PLC0415  (slow to import, rarely needed)

    return QIcon(icon_pixmap(name, size, color, dpr))
