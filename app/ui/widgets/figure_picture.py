"""One drawn moment of a figure: shapes with colours by name, to be painted again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from app.domain.figure.camera import Frame
    from app.ui.widgets.figure_colors import FigureColors, Ink

FILLS: Final = 0.86
"""How much of the box the figure's frame takes at most."""
LEAST_CM: Final = 150.0
"""A figure is never drawn larger than if it were this long."""
_TALL_CM, _TALL_SHIFT = 120.0, 4.0
_GLOW, _GLOW_MORE = 60, 70


class Shape:
    """A filled path; with a width it is stroked instead, with a clip it ends there."""

    __slots__ = ("alpha", "clip", "glows", "ink", "path", "width")

    def __init__(
        self,
        path: QPainterPath,
        ink: Ink,
        *,
        width: float = 0.0,
        clip: QPainterPath | None = None,
        alpha: int = 255,
        glows: bool = False,
    ) -> None:
        """`glows`: how opaque it is follows the pulse."""
        self.path, self.ink, self.width, self.clip = path, ink, width, clip
        self.alpha, self.glows = alpha, glows


class FigurePicture:
    """Shapes from back to front, in the camera's centimetres."""

    __slots__ = ("shapes",)

    def __init__(self) -> None:
        self.shapes: list[Shape] = []

    def add(self, shape: Shape) -> None:
        self.shapes.append(shape)


def paint_picture(
    painter: QPainter,
    box: QRectF,
    picture: FigurePicture,
    frame: Frame,
    colors: FigureColors,
    *,
    mirrored: bool = False,
    pulse: float = 0.5,
) -> None:
    """Paint a picture in the middle of a box; `pulse` 0.0 to 1.0 is how strong the glow is."""
    zoom = FILLS * min(
        box.width() / frame.width,
        box.height() / frame.height,
        min(box.width(), box.height()) / LEAST_CM,
    )
    x, y = frame.centre
    place = QTransform.fromTranslate(box.center().x(), box.center().y())
    place.scale(-zoom if mirrored else zoom, zoom)
    # A tall figure stands a little lower than the middle, to have room over its head.
    place.translate(-x, -y - (_TALL_SHIFT if frame.height > _TALL_CM else 0.0))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for shape in picture.shapes:
        color = colors.color(shape.ink)
        alpha = _GLOW + int(_GLOW_MORE * pulse) if shape.glows else shape.alpha
        if alpha < 255:  # noqa: PLR2004  (opaque)
            color = QColor(color)
            color.setAlpha(alpha)
        # Mapped rather than painted under the transform: Qt would keep, beside each path that it
        # paints, a flattened copy that takes more memory than the path, as long as that lives.
        path = place.map(shape.path)
        if shape.clip is not None:
            painter.save()
            painter.setClipPath(place.map(shape.clip), Qt.ClipOperation.IntersectClip)
            painter.fillPath(path, color)
            painter.restore()
        elif shape.width:
            painter.strokePath(path, _pen(color, shape.width * zoom))
        else:
            painter.fillPath(path, color)
    painter.restore()


def _pen(color: QColor, width: float) -> QPen:
    return QPen(
        color,
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
