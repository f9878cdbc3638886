"""Draws the things beside a figure: mat, wall, chair, balls, roller, strap, dumbbells."""

from __future__ import annotations

from functools import partial
from math import cos, sin
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from app.domain.figure.camera import MAT_HALF, MAT_X, WALL_HIGH, prop_place
from app.domain.figure.model import PropKind
from app.domain.figure.space import NEAR, Vec, add, axis, mix, scale, sub, unit
from app.ui.widgets.figure_colors import Ink
from app.ui.widgets.figure_outline import (
    balls_outline,
    disc,
    ellipsoids_outline,
    line,
    polygon,
)
from app.ui.widgets.figure_picture import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.domain.figure.camera import Camera
    from app.domain.figure.model import Figure, Prop
    from app.domain.figure.skeleton import Skeleton

PROP, PROP_DARK, BG = Ink("prop"), Ink("prop2"), Ink("bg")
_MAT_DEEP, _MAT_TOP, _MAT_ROUND = -2.6, -0.4, 5.0
_STRAP_HALO, _STRAP = 4.6, 2.6
_BAR, _BAR_HALF, _PLATE, _PLATE_FROM, _PLATE_TO = 2.4, 9.0, 8.5, 7.5, 10.0
_SHINES_FROM: Final = 12.0
"""A ball of this radius, in centimetres, has a gleam."""
_FACES: Final = (
    ((1.0, 0.0, 0.0), ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)), 0.55),
    ((-1.0, 0.0, 0.0), ((0, 0, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1)), 0.55),
    ((0.0, 1.0, 0.0), ((0, 1, 0), (1, 1, 0), (1, 1, 1), (0, 1, 1)), -0.35),
    ((0.0, 0.0, 1.0), ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)), 0.0),
    ((0.0, 0.0, -1.0), ((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)), 0.0),
)
"""Each face's direction, its corners, and how far it goes to the dark prop colour (or the mat's)."""
_EDGE_ON: Final = 0.02
_DOME: Final = (0.0, 0.35, 0.7, 1.05, 1.35, 1.57)


class Job(NamedTuple):
    """Something to draw, and how near the viewer it is."""

    depth: float
    draw: Callable[[], Iterable[Shape]]


def mat_shapes(camera: Camera, figure: Figure) -> list[Shape]:
    """Return the mat, which everything else lies on."""
    mat = next((prop for prop in figure.props if prop.kind is PropKind.MAT), None)
    if mat is None:
        return []
    (left, right), z = mat.x or MAT_X, mat.z or 0.0
    half = MAT_HALF if mat.w is None else mat.w
    found = []
    for y, ink in ((_MAT_DEEP, Ink("mat", "prop2", 0.35)), (_MAT_TOP, Ink("mat"))):
        corners = ((left, y, z - half), (right, y, z - half), (right, y, z + half))
        path = polygon(camera, (*corners, (left, y, z + half)))
        found += [Shape(path, ink), Shape(path, ink, width=_MAT_ROUND)]
    return found


def prop_jobs(camera: Camera, figure: Figure, skeleton: Skeleton) -> list[Job]:
    """Return everything but the mat, to be drawn between the parts of the body."""
    jobs: list[Job] = []
    for prop in figure.props:
        match prop.kind:
            case PropKind.MAT:
                continue
            case PropKind.STRAP:
                points = [skeleton.point(name) for name in prop.through]
                depth = max(camera.depth(point) for point in points) + prop.bias
                jobs.append(Job(depth, partial(_strap, camera, points)))
            case PropKind.DUMBBELL:
                jobs += [_dumbbell(camera, skeleton, prop, hand) for hand in prop.hands]
            case _:
                at = prop_place(skeleton, prop)
                depth = camera.depth(at) + prop.bias if prop.depth is None else prop.depth
                jobs.append(Job(depth, partial(_standing, camera, at, prop)))
    return jobs


def _dumbbell(camera: Camera, skeleton: Skeleton, prop: Prop, hand: str) -> Job:
    centre = mix(skeleton.joints[f"wrist_{hand}"], skeleton.joints[f"hand_{hand}"], 0.6)
    way = unit(prop.axis) if prop.axis is not None else axis(skeleton.frames[f"hand_{hand}"], NEAR)
    # In front of the hand that holds it, unless the data says otherwise.
    depth = camera.depth(centre) + (prop.bias or 6.0)
    return Job(depth, partial(_bar_and_plates, camera, centre, way))


def _bar_and_plates(camera: Camera, centre: Vec, way: Vec) -> list[Shape]:
    ends = [add(centre, scale(way, sign * _BAR_HALF)) for sign in (-1, 1)]
    found = [Shape(line(camera, ends), PROP_DARK, width=_BAR)]
    for sign in (1, -1):
        plate = [add(centre, scale(way, sign * far)) for far in (_PLATE_FROM, _PLATE_TO)]
        found.append(Shape(line(camera, plate), PROP, width=_PLATE))
    return found


def _strap(camera: Camera, points: list[Vec]) -> list[Shape]:
    path = line(camera, points)
    return [Shape(path, BG, width=_STRAP_HALO), Shape(path, PROP_DARK, width=_STRAP)]


def _standing(camera: Camera, at: Vec, prop: Prop) -> list[Shape]:
    match prop.kind:
        case PropKind.BALL:
            return _ball(camera, at, prop.r or 30.0)
        case PropKind.ROLLER:
            return _roller(camera, at, prop)
        case PropKind.STEP:
            wide, high, deep = _sizes(prop, 40.0, 20.0, 44.0)
            return _cuboid(
                camera,
                sub(at, (wide / 2 - 1, -1, deep / 2)),
                add(at, (wide / 2 - 1, high - 1, deep / 2)),
            )
        case PropKind.WALL:
            wide, high, deep = _sizes(prop, 4.0, WALL_HIGH, 34.0)
            return _cuboid(
                camera, (at[0], 0.0, at[2] - deep), (at[0] + wide, high, at[2] + deep), edge=1.0
            )
        case PropKind.CHAIR:
            return _chair(camera, at, prop)
        case PropKind.BOSU:
            return _bosu(camera, at, prop)
        case PropKind.MAT | PropKind.STRAP | PropKind.DUMBBELL:
            raise ValueError(prop.kind)
        case _:
            assert_never(prop.kind)


def _sizes(prop: Prop, wide: float, high: float, deep: float) -> tuple[float, float, float]:
    return (
        wide if prop.w is None else prop.w,
        high if prop.h is None else prop.h,
        deep if prop.d is None else prop.d,
    )


def _ball(camera: Camera, at: Vec, radius: float) -> list[Shape]:
    x, y = camera.xy(at)
    round_ = disc(x, y, radius)
    lit = disc(x - radius * 0.16, y - radius * 0.18, radius * 0.98)
    found = [Shape(round_, PROP), Shape(round_.subtracted(lit), PROP_DARK, clip=round_)]
    if radius > _SHINES_FROM:
        gleam = balls_outline(
            camera,
            [
                (add(at, (-radius * 0.35, radius * 0.5, radius * 0.5)), radius * 0.09),
                (add(at, (-radius * 0.12, radius * 0.62, radius * 0.5)), radius * 0.09),
            ],
        )
        found.append(Shape(gleam, Ink("prop", "white", 0.5), clip=round_))
    return found


def _roller(camera: Camera, at: Vec, prop: Prop) -> list[Shape]:
    radius = 7.5 if prop.r is None else prop.r
    half = (44.0 if prop.w is None else prop.w) / 2

    def section(z: float, r: float) -> tuple[Vec, tuple[Vec, Vec, Vec]]:
        return add(at, (0.0, 0.0, z)), ((r, 0.0, 0.0), (0.0, r, 0.0), (0.0, 0.0, 0.0))

    front = half if camera.toward[2] >= 0 else -half
    return [
        Shape(
            ellipsoids_outline(camera, [section(-half, radius), section(half, radius)]), PROP_DARK
        ),
        Shape(ellipsoids_outline(camera, [section(front, radius)]), PROP),
        Shape(ellipsoids_outline(camera, [section(front, radius * 0.42)]), PROP_DARK),
    ]


def _cuboid(camera: Camera, low: Vec, high: Vec, *, edge: float = 2.0) -> list[Shape]:
    """Return the faces that can be seen; `edge` rounds them."""
    ends = (low, high)
    found = []
    for direction, corners, shade in _FACES:
        facing = sum(a * b for a, b in zip(direction, camera.toward, strict=True))
        if facing <= _EDGE_ON:
            continue
        ink = Ink("prop", "prop2" if shade > 0 else "mat", abs(shade))
        path = polygon(camera, [(ends[i][0], ends[j][1], ends[k][2]) for i, j, k in corners])
        found += [Shape(path, ink), Shape(path, ink, width=edge)]
    return found


def _chair(camera: Camera, at: Vec, prop: Prop) -> list[Shape]:
    wide, high, deep = _sizes(prop, 40.0, 44.0, 20.0)
    half = wide / 2
    x, _, z = at
    back = x - prop.face * (half - 2)
    found: list[Shape] = []
    for side in (-1, 1):
        for end in (-1, 1):
            leg = (x + end * (half - 3), 0.0, z + side * (deep - 3))
            found += _cuboid(
                camera,
                (leg[0] - 1.2, 0.0, leg[2] - 1.2),
                (leg[0] + 1.2, high - 3, leg[2] + 1.2),
                edge=1.0,
            )
    found += _cuboid(camera, (back - 1.5, high, z - deep), (back + 1.5, high + 44, z + deep))
    found += _cuboid(camera, (x - half, high - 4, z - deep), (x + half, high - 1, z + deep))
    return found


def _bosu(camera: Camera, at: Vec, prop: Prop) -> list[Shape]:
    radius = 31.0 if prop.r is None else prop.r
    high = 20.0 if prop.h is None else prop.h

    def flat(y: float, r: float) -> tuple[Vec, tuple[Vec, Vec, Vec]]:
        return add(at, (0.0, y, 0.0)), ((r, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0, r))

    dome = [flat(3 + high * sin(angle), radius * cos(angle)) for angle in _DOME]
    return [
        Shape(
            ellipsoids_outline(camera, [flat(0.0, radius + 2), flat(3.0, radius + 2)]), PROP_DARK
        ),
        Shape(ellipsoids_outline(camera, dome), PROP),
    ]
