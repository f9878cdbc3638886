"""A plain figure for each position, where an exercise has no figure of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.domain.exercise import Position

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

Point = tuple[float, float]
Chain = tuple[Point, ...]

HEAD, TRUNK, ARM, LEG, FOOT = 8.5, 17.0, 7.5, 10.5, 7.0
"""The head's radius and the widths of limbs, in centimetres of a person 105 high."""
SPAN = 122.0
"""What a square is wide, so that every position is drawn at one scale."""
GROUND_DROP = 3.0


@dataclass(frozen=True, slots=True)
class Pose:
    """Joints in centimetres, y up from the floor; the person faces right, the near side is RIGHT.

    An arm is shoulder, elbow, hand; a leg is hip, knee, ankle, toes.
    """

    head: Point
    shoulder: Point
    hip: Point
    near_arm: Chain
    far_arm: Chain
    near_leg: Chain
    far_leg: Chain

    def limbs(self) -> tuple[Chain, Chain, Chain, Chain]:
        """Return near arm, near leg, far arm, far leg, each from its joint on the trunk."""
        return (
            (self.shoulder, *self.near_arm),
            (self.hip, *self.near_leg),
            (self.shoulder, *self.far_arm),
            (self.hip, *self.far_leg),
        )

    def bounds(self) -> QRectF:
        """Return what the figure covers, y down, floor at 0."""
        points = [p for limb in self.limbs() for p in limb]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        left = min(*xs, self.head[0] - HEAD)
        right = max(*xs, self.head[0] + HEAD)
        top = max(*ys, self.head[1] + HEAD)
        return QRectF(left - FOOT / 2, -top, right - left + FOOT, top)


_STANDING = Pose(
    head=(2, 96),
    shoulder=(1, 78),
    hip=(0, 51),
    near_arm=((-3, 62), (1, 47)),
    far_arm=((7, 63), (12, 49)),
    near_leg=((0, 28), (-2, 5), (8, 3.5)),
    far_leg=((5, 28), (6, 5), (15, 3.5)),
)
_POSES = {
    Position.STANDING: _STANDING,
    Position.WALKING: Pose(
        head=(3, 96),
        shoulder=(2, 78),
        hip=(0, 51),
        near_arm=((-6, 64), (-9, 49)),
        far_arm=((9, 64), (18, 53)),
        near_leg=((9, 29), (15, 6), (24, 6.5)),
        far_leg=((-3, 28), (-17, 10), (-10, 3.5)),
    ),
    Position.RUNNING: Pose(
        head=(13, 95),
        shoulder=(8, 79),
        hip=(0, 53),
        near_arm=((-7, 68), (3, 57)),
        far_arm=((16, 66), (27, 75)),
        near_leg=((18, 41), (13, 18), (22, 14)),
        far_leg=((-6, 30), (-28, 24), (-31, 15)),
    ),
    Position.SEATED: Pose(
        head=(-4, 55),
        shoulder=(-5, 37),
        hip=(0, 9),
        near_arm=((-15, 24), (-20, 6)),
        far_arm=((7, 27), (19, 26)),
        near_leg=((24, 10), (47, 6), (50, 16)),
        far_leg=((20, 28), (34, 6), (44, 3.5)),
    ),
    Position.KNEELING: Pose(
        head=(4, 77),
        shoulder=(3, 59),
        hip=(0, 31),
        near_arm=((-1, 43), (4, 29)),
        far_arm=((9, 44), (14, 31)),
        near_leg=((3, 6), (-20, 6), (-29, 3.5)),
        far_leg=((9, 6), (-13, 6), (-22, 3.5)),
    ),
    Position.HALF_KNEELING: Pose(
        head=(3, 78),
        shoulder=(2, 60),
        hip=(0, 33),
        near_arm=((8, 46), (21, 36)),
        far_arm=((11, 47), (24, 38)),
        near_leg=((-9, 7), (-31, 6), (-40, 3.5)),
        far_leg=((23, 30), (24, 6), (34, 3.5)),
    ),
    Position.QUADRUPED: Pose(
        head=(37, 41),
        shoulder=(20, 36),
        hip=(-12, 34),
        near_arm=((18, 20), (19, 4)),
        far_arm=((26, 20), (27, 4)),
        near_leg=((-14, 6), (-36, 6), (-44, 3.5)),
        far_leg=((-6, 6), (-28, 6), (-36, 3.5)),
    ),
    Position.SUPINE: Pose(
        head=(-43, 10),
        shoulder=(-25, 9),
        hip=(4, 9),
        near_arm=((-12, 5), (4, 4)),
        far_arm=((-12, 7), (4, 6)),
        near_leg=((21, 27), (30, 6), (40, 4)),
        far_leg=((28, 27), (39, 6), (49, 4)),
    ),
    Position.PRONE: Pose(
        head=(39, 29),
        shoulder=(26, 19),
        hip=(-4, 9),
        near_arm=((25, 4), (40, 4)),
        far_arm=((31, 4), (46, 4)),
        near_leg=((-27, 7), (-49, 6), (-57, 3.5)),
        far_leg=((-27, 7), (-46, 6), (-54, 3.5)),
    ),
    Position.SIDE_LYING: Pose(
        head=(-41, 18),
        shoulder=(-24, 11),
        hip=(5, 10),
        near_arm=((-10, 20), (3, 16)),
        far_arm=((-38, 5), (-53, 5)),
        near_leg=((27, 19), (48, 27), (57, 26)),
        far_leg=((28, 6), (51, 5), (60, 5)),
    ),
    Position.PLANK: Pose(
        head=(43, 38),
        shoulder=(27, 31),
        hip=(-3, 24),
        near_arm=((26, 6), (42, 4)),
        far_arm=((31, 6), (48, 4)),
        near_leg=((-26, 17), (-48, 9), (-50, 3)),
        far_leg=((-24, 17), (-43, 9), (-45, 3)),
    ),
}


def pose_of(position: Position) -> Pose:
    return _POSES[position]


def paint_pictogram(
    painter: QPainter,
    position: Position,
    rect: QRectF,
    *,
    near: QColor,
    far: QColor,
    ground: QColor | None = None,
    mirrored: bool = False,
) -> None:
    """Draw a position in the middle of a rectangle; `ground` adds the line of the floor."""
    pose = _POSES[position]
    scale = min(rect.width(), rect.height()) / SPAN
    bounds = pose.bounds()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(-scale if mirrored else scale, scale)
    painter.translate(-bounds.center())
    near_arm, near_leg, far_arm, far_leg = pose.limbs()
    _paint_leg(painter, far_leg, far)
    _paint_chain(painter, far_arm, far, ARM)
    _paint_leg(painter, near_leg, near)
    _paint_trunk(painter, pose, near)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(near)
    painter.drawEllipse(_at(pose.head), HEAD, HEAD)
    _paint_chain(painter, near_arm, near, ARM)
    if ground is not None:
        reach = max(24.0, bounds.width() / 2 + 6)
        x = bounds.center().x()
        painter.setPen(_pen(ground, 1.8))
        painter.drawLine(QLineF(x - reach, GROUND_DROP - 1, x + reach, GROUND_DROP - 1))
    painter.restore()


def _at(point: Point) -> QPointF:
    return QPointF(point[0], -point[1])


def _pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _paint_chain(painter: QPainter, chain: Chain, color: QColor, width: float) -> None:
    painter.setPen(_pen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([_at(point) for point in chain]))


def _paint_leg(painter: QPainter, leg: Chain, color: QColor) -> None:
    hip, knee, ankle, toes = leg
    _paint_chain(painter, (hip, knee), color, LEG + 2)
    _paint_chain(painter, (knee, ankle), color, LEG - 1)
    _paint_chain(painter, (ankle, toes), color, FOOT)


def _paint_trunk(painter: QPainter, pose: Pose, color: QColor) -> None:
    """Draw from shoulder to hip; the round ends reach no further than the joints' own width."""
    (sx, sy), (hx, hy) = pose.shoulder, pose.hip
    length = ((sx - hx) ** 2 + (sy - hy) ** 2) ** 0.5
    pull = (TRUNK / 2 - 4) / length
    start = (sx + (hx - sx) * pull, sy + (hy - sy) * pull)
    end = (hx + (sx - hx) * pull * 0.6, hy + (sy - hy) * pull * 0.6)
    _paint_chain(painter, (start, end), color, TRUNK)
