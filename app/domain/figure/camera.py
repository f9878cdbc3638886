"""Projects the world onto the picture: an orthographic camera, and the frame that fits a figure.

The picture's x goes right and its y goes down, in the world's centimetres.
"""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from app.domain.figure.model import PARTS, FigureBook, Prop, PropKind
from app.domain.figure.motion import Cycle
from app.domain.figure.skeleton import Ball, Ellipsoid, Skeleton
from app.domain.figure.space import Vec, add, dot

Point = tuple[float, float]
Disc2 = tuple[float, float, float]
"""x, y and radius."""
Ellipse2 = tuple[float, float, float, float, float]
"""x, y, and a, b, c of the form that gives its reach: sqrt(a dx^2 + 2 b dx dy + c dy^2)."""

MAT_X: Final = (-92.0, 98.0)
MAT_HALF: Final = 30.0
WALL_HIGH: Final = 165.0
"""Usual sizes of props, in centimetres."""
_SAMPLES: Final = 8
_ROUND_PROPS: Final = frozenset(
    (PropKind.BALL, PropKind.STEP, PropKind.CHAIR, PropKind.BOSU, PropKind.ROLLER)
)


class Camera:
    """Yaw 0 is a side view, 90 the front, -90 the back; pitch looks down. Degrees."""

    def __init__(self, yaw: float, pitch: float) -> None:
        a, t = radians(yaw), radians(pitch)
        self.right: Vec = (cos(a), 0.0, -sin(a))
        self.up: Vec = (-sin(a) * sin(t), cos(t), -cos(a) * sin(t))
        self.toward: Vec = (sin(a) * cos(t), sin(t), cos(a) * cos(t))
        """Points at the viewer."""

    def xy(self, point: Vec) -> Point:
        return dot(point, self.right), -dot(point, self.up)

    def depth(self, point: Vec) -> float:
        """Return how near the viewer a point is."""
        return dot(point, self.toward)

    def disc(self, ball: Ball) -> Disc2:
        centre, radius = ball
        return dot(centre, self.right), -dot(centre, self.up), radius

    def ellipse(self, shape: Ellipsoid) -> Ellipse2:
        centre, axes = shape
        a = b = c = 0.0
        for half in axes:
            x, y = dot(half, self.right), -dot(half, self.up)
            a += x * x
            b += x * y
            c += y * y
        return dot(centre, self.right), -dot(centre, self.up), a, b, c


@dataclass(frozen=True, slots=True)
class Frame:
    """What a figure covers in all of its period: the picture never jumps."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def prop_place(skeleton: Skeleton, prop: Prop) -> Vec:
    """Return where a prop stands, which may follow a joint."""
    at = add(skeleton.point(prop.to), prop.at)
    return at if prop.y is None else (at[0], prop.y, at[2])


def fit(book: FigureBook, cycle: Cycle) -> Frame:
    """Return the frame around a figure's body and props through its whole period."""
    figure = cycle.figure
    camera = Camera(*figure.view)
    times = [0.0]
    if cycle.moves:
        starts = cycle.key_starts_ms()
        times = [cycle.period_ms * index / _SAMPLES for index in range(_SAMPLES)]
        times += [start + key.hold_ms / 2 for start, key in zip(starts, cycle.keys, strict=True)]
    discs: list[Disc2] = []
    for moment in dict.fromkeys(cycle.moment(time) for time in times):
        skeleton = Skeleton(book.body, cycle.between(moment))
        discs += _reach(camera, skeleton)
        for prop in figure.props:
            discs += _prop_reach(camera, skeleton, prop)
    return Frame(
        left=min(x - r for x, _, r in discs),
        top=min(y - r for _, y, r in discs),
        right=max(x + r for x, _, r in discs),
        bottom=max(y + r for _, y, r in discs),
    )


def _reach(camera: Camera, skeleton: Skeleton) -> list[Disc2]:
    """Return discs that cover a body, a little generously at head and trunk."""
    limbs = [part for part in PARTS if part not in {"trunk", "head"}]
    found = [camera.disc(ball) for part in limbs for ball in skeleton.balls(part)]
    found.append((*camera.xy(skeleton.head()[0]), 12.0))
    found += [(*camera.xy(centre), 10.0) for centre, _ in skeleton.trunk()]
    return found


def _prop_reach(camera: Camera, skeleton: Skeleton, prop: Prop) -> list[Disc2]:
    if prop.kind is PropKind.MAT:
        middle, half = prop.z or 0.0, MAT_HALF if prop.w is None else prop.w
        return [
            (*camera.xy((x, 0.0, z)), 3.0)
            for x in prop.x or MAT_X
            for z in (middle - half, middle + half)
        ]
    if prop.kind is PropKind.WALL:
        high = WALL_HIGH if prop.h is None else prop.h
        return [(*camera.xy((prop.at[0] + 5, y, 0.0)), 6.0) for y in (0.0, high)]
    if prop.kind in _ROUND_PROPS:
        centre = add(prop_place(skeleton, prop), (0.0, (prop.h or 0.0) / 2, 0.0))
        radius = prop.r if prop.r is not None else (20.0 if prop.w is None else prop.w) / 2
        return [(*camera.xy(centre), radius)]
    return []
