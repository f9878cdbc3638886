"""Draws a solved figure: shadow, limbs, trunk, head, clothes, and the worked regions."""

from __future__ import annotations

from functools import partial
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from app.domain.figure.model import PARTS
from app.domain.figure.skeleton import outward
from app.domain.figure.space import (
    FORWARD,
    NEAR,
    UP,
    ZERO,
    Matrix,
    Vec,
    add,
    apply,
    axis,
    cross,
    dot,
    length,
    mix,
    scale,
    sub,
    unit,
)
from app.ui.widgets.figure_colors import Ink
from app.ui.widgets.figure_outline import (
    as_ellipsoid,
    balls_outline,
    ellipsoids_outline,
    floor_outline,
    polygon,
)
from app.ui.widgets.figure_picture import FigurePicture, Shape
from app.ui.widgets.figure_props import Job, mat_shapes, prop_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.domain.figure.camera import Camera
    from app.domain.figure.model import Figure, FigureBook, MuscleBlob
    from app.domain.figure.skeleton import Ball, Ellipsoid, Skeleton

BG, LIMB, HAIR = Ink("bg"), Ink("limb"), Ink("hair")
HALO: Final = 1.5
"""How far, in centimetres, the gap around a part reaches; it separates limbs that overlap."""
RIM: Final = 1.6
"""How far, in centimetres, the glow of a worked region reaches over its part."""
_TRUNK_BACK, _ARM_FRONT = -5.0, 3.0
_SHADOW_LEAST: Final = 0.15
_FROM_ABOVE: Final = 0.35
_CAP_POINTS: Final = 40
_GROUP: Final = {
    "thigh": "leg",
    "shank": "leg",
    "foot": "leg",
    "upper": "arm",
    "fore": "arm",
    "hand": "arm",
}


def draw_figure(
    book: FigureBook, figure: Figure, camera: Camera, skeleton: Skeleton
) -> FigurePicture:
    """Return the picture of one pose, from the floor to what is nearest."""
    picture = FigurePicture()
    for shape in mat_shapes(camera, figure):
        picture.add(shape)
    body = _Body(book, figure, camera, skeleton)
    picture.add(body.shadow())
    jobs = [*body.jobs(), *prop_jobs(camera, figure, skeleton)]
    for job in sorted(jobs, key=lambda job: job.depth):
        for shape in job.draw():
            picture.add(shape)
    return picture


class _Body:
    def __init__(
        self, book: FigureBook, figure: Figure, camera: Camera, skeleton: Skeleton
    ) -> None:
        self._book, self._figure = book, figure
        self._camera, self._skeleton = camera, skeleton
        self._marks = self._find_marks()

    def jobs(self) -> Iterator[Job]:
        skeleton, camera, order = self._skeleton, self._camera, self._skeleton.pose.order
        joints = skeleton.joints
        hips = camera.depth(joints["hip_n"]) - camera.depth(joints["hip_f"])
        apart = hips / (2 * skeleton.body.hip_half)
        for side in "nf":
            # The far side pales as much as the view tells the sides apart.
            fade = max(0.0, min(1.0, -1.6 * apart * outward(side)))
            for kind, group in _GROUP.items():
                part = f"{kind}_{side}"
                balls = skeleton.balls(part)
                depth = camera.depth(mix(balls[0][0], balls[-1][0], 0.5))
                depth += _ARM_FRONT if group == "arm" else 0.0
                depth += order.get(part, order.get(f"{group}_{side}", 0.0))
                draw: Callable[[], Iterator[Shape]] = (
                    partial(self._foot, part, balls, fade)
                    if kind == "foot"
                    else partial(self._limb, part, balls, fade)
                )
                yield Job(depth, draw)
        middle = camera.depth(mix(joints["pelvis"], joints["chest"], 0.5))
        yield Job(middle + order.get("trunk", 0.0) + _TRUNK_BACK, self._trunk)
        yield Job(camera.depth(joints["head"]) + order.get("head", 0.0), self._head)

    def shadow(self) -> Shape:
        """Return what the parts near the floor throw on it, paler the higher they are."""
        skeleton, top = self._skeleton, self._figure.shadow
        thrown: list[list[Ball]] = []
        for part in PARTS:
            if part == "trunk":
                balls = [(centre, _high(axes) + 3) for centre, axes in skeleton.trunk()]
            elif part == "head":
                centre, axes = skeleton.head()
                balls = [(centre, _high(axes) + 3)]
            else:
                balls = skeleton.balls(part)
            flat = [
                (centre, radius * 1.15 * share)
                for centre, radius in balls
                if (share := 1 - max(0.0, centre[1] - radius) / top) > _SHADOW_LEAST
            ]
            if flat:
                thrown.append(flat)
        return Shape(floor_outline(self._camera, thrown), Ink("shadow"))

    # Limbs

    def _limb(self, part: str, balls: list[Ball], fade: float) -> Iterator[Shape]:
        yield Shape(self._halo(balls, at_end=not part.startswith("hand")), BG)
        path = balls_outline(self._camera, balls)
        yield Shape(path, Ink("limb", "haze", fade))
        kind = part[:-2]
        cloth = self._skeleton.body.clothes.get(kind)
        if cloth is not None:
            covered = self._covered(part, kind, balls)
            yield Shape(covered, Ink(cloth.color, "haze", fade))
            path = QPainterPath(path)
            path.addPath(covered)
        yield from self._mark(part, path, balls, fade)

    def _halo(self, balls: list[Ball], *, at_end: bool) -> QPainterPath:
        """Return the gap around a part, which tapers to nothing at its joints."""
        halo = [(centre, radius + HALO) for centre, radius in balls]
        (start, start_r), (end, end_r) = balls[0], balls[-1]
        halo[0] = (mix(start, balls[1][0], 0.55), start_r + HALO * 0.2)
        if at_end:
            halo[-1] = (mix(end, balls[-2][0], 0.35), end_r + HALO * 0.2)
        return balls_outline(self._camera, halo)

    def _covered(self, part: str, kind: str, balls: list[Ball]) -> QPainterPath:
        """Return a sleeve or trouser leg, down to a flat hem."""
        body = self._skeleton.body
        cloth, discs = body.clothes[kind], body.shape[kind]
        over = [
            (centre, radius + cloth.extra)
            for (centre, radius), disc in zip(balls, discs, strict=True)
            if disc.along < cloth.covers
        ]
        below = len(over)
        (above_at, above_r), (below_at, below_r) = balls[below - 1], balls[below]
        along, end = discs[below - 1].along, discs[below].along
        t = (cloth.covers - along) / (end - along)
        radius = above_r + (below_r - above_r) * t + cloth.extra
        turn = self._skeleton.frames[part]
        hem: Ellipsoid = (
            mix(above_at, below_at, t),
            (scale(axis(turn, FORWARD), radius), ZERO, scale(axis(turn, NEAR), radius)),
        )
        return ellipsoids_outline(self._camera, [*map(as_ellipsoid, over), hem])

    def _foot(self, part: str, balls: list[Ball], fade: float) -> Iterator[Shape]:
        skeleton, camera = self._skeleton, self._camera
        turn = skeleton.frames[part]
        forward, up, near = (axis(turn, index) for index in (FORWARD, UP, NEAR))

        def shoe_part(at: Vec, radius: float, wide: float) -> Ellipsoid:
            return at, (scale(forward, radius), scale(up, radius), scale(near, wide))

        ankle: Ball = (
            skeleton.joints[f"ankle_{part[-1]}"],
            skeleton.body.shape["shank"][-1].radius,
        )
        (heel, heel_r), (ball, ball_r), (toe, toe_r) = balls
        instep = mix(heel, add(ball, apply(turn, (0.0, 3.2, 0.0))), 0.5)
        shoe = [
            shoe_part(heel, heel_r, 4.0),
            shoe_part(instep, 4.0, 4.4),
            shoe_part(ball, ball_r, 5.0),
            shoe_part(toe, toe_r, 3.9),
        ]
        limb = Ink("limb", "haze", fade)
        yield Shape(balls_outline(camera, [ankle, (heel, heel_r)]), limb)
        yield Shape(ellipsoids_outline(camera, [_grown(one, HALO) for one in shoe[1:]]), BG)
        yield Shape(balls_outline(camera, [ankle, (instep, 4.0)]), limb)
        path = ellipsoids_outline(camera, shoe)
        yield Shape(path, Ink("shoe", "haze", fade))
        yield from self._mark(part, path, balls, fade)

    # Trunk and head

    def _trunk(self) -> Iterator[Shape]:
        skeleton, camera = self._skeleton, self._camera
        body, joints = skeleton.body, skeleton.joints
        rounds = skeleton.trunk()
        wide = ellipsoids_outline(camera, [_grown(one, 1.4, least=6.0) for one in rounds])
        yield Shape(wide, BG)
        chest, neck_at, radius = joints["chest"], joints["neck"], body.neck_r
        neck = balls_outline(
            camera,
            [
                (mix(chest, neck_at, -0.2), radius * 1.12),
                (neck_at, radius),
                (mix(neck_at, joints["head"], 0.6), radius),
            ],
        )
        low = ellipsoids_outline(camera, rounds[: body.hem + 1])
        high = ellipsoids_outline(camera, rounds[body.hem :])
        # Seen from above the neck stands on the shoulders, else the collar hides its foot.
        on_top = dot(axis(skeleton.frames["chest"], UP), camera.toward) > _FROM_ABOVE
        yield Shape(low, Ink("shorts"))
        if not on_top:
            yield Shape(neck, LIMB)
        yield Shape(high, Ink("top"))
        if on_top:
            yield Shape(neck, LIMB)
        whole = QPainterPath(low)
        whole.setFillRule(Qt.FillRule.WindingFill)
        whole.addPath(high)
        yield from self._mark_in("trunk", whole, wide, 0.0)
        yield from self._mark_in("neck", neck, neck, 0.0)

    def _head(self) -> Iterator[Shape]:
        skeleton, camera = self._skeleton, self._camera
        body, joints, turn = skeleton.body, skeleton.joints, skeleton.frames["head"]
        centre, axes = skeleton.head()
        depth, high, _ = body.head
        grown = (scale(axes[0], 1.17), scale(axes[1], 1.17), scale(axes[2], 1.17))
        yield Shape(ellipsoids_outline(camera, [(centre, grown)]), BG)
        if "neck" not in self._marks:
            neck = [
                (mix(joints["chest"], joints["neck"], 0.55), body.neck_r),
                (mix(joints["neck"], centre, 0.6), body.neck_r),
            ]
            yield Shape(balls_outline(camera, neck), LIMB)
        nose = [
            (add(centre, apply(turn, (depth * 0.97, -high * 0.12, 0.0))), 1.9),
            (add(centre, apply(turn, (depth * 0.7, high * 0.25, 0.0))), 2.2),
        ]
        yield Shape(balls_outline(camera, nose), LIMB)
        hair = (
            add(centre, apply(turn, (-0.5, 0.6, 0.0))),
            (scale(axes[0], 1.05), scale(axes[1], 1.05), scale(axes[2], 1.05)),
        )
        yield Shape(ellipsoids_outline(camera, [hair]), HAIR)
        face = self._face(axes)
        if len(face) > 2:  # noqa: PLR2004  (an area)
            points = [
                add(centre, add(scale(axes[0], x), add(scale(axes[1], y), scale(axes[2], z))))
                for x, y, z in face
            ]
            yield Shape(polygon(camera, points), LIMB)

    def _face(self, axes: tuple[Vec, Vec, Vec]) -> list[Vec]:
        """Return the outline of the part of the face that is seen, on a sphere of radius 1.

        The face is a cap of the sphere. Its outline is the hairline where that faces the viewer
        and the head's own edge where the cap reaches round it.
        """
        toward = self._camera.toward
        view = unit(
            (
                dot(axes[0], toward) / length(axes[0]) ** 2,
                dot(axes[1], toward) / length(axes[1]) ** 2,
                dot(axes[2], toward) / length(axes[2]) ** 2,
            )
        )
        front, k = unit((1.0, -0.5, 0.0)), self._skeleton.body.hairline
        hairline = _circle(front, unit(cross(front, (0.0, 0.0, 1.0))), k)
        edge_from = unit(cross(view, front), unit(cross(view, (0.0, 0.0, 1.0)), (0.0, 1.0, 0.0)))
        edge = _circle(view, edge_from, 0.0)
        seen = _arc(hairline, [dot(point, view) >= 0 for point in hairline])
        if len(seen) == len(hairline):
            return seen
        rest = _arc(edge, [dot(point, front) >= k for point in edge])
        if seen and rest:
            straight = length(sub(seen[-1], rest[0])) <= length(sub(seen[-1], rest[-1]))
            rest = rest if straight else rest[::-1]
        return seen + rest

    # Worked regions

    def _find_marks(self) -> dict[str, list[list[Ball]]]:
        found: dict[str, list[list[Ball]]] = {}
        for highlight in self._figure.highlights:
            for side in highlight.sides:
                for part in self._book.muscles[highlight.muscle]:
                    blobs = [self._blob(blob, side) for blob in part.blobs]
                    found.setdefault(part.host.replace("*", side), []).append(blobs)
        return found

    def _blob(self, blob: MuscleBlob, side: str) -> Ball:
        skeleton = self._skeleton
        point, frame = blob.point.replace("*", side), blob.frame.replace("*", side)
        turn: Matrix = (
            skeleton.stations[int(frame)][1] if frame.isdigit() else skeleton.frames[frame]
        )
        at = skeleton.stations[int(point)][0] if point.isdigit() else skeleton.point(point)
        offset = (blob.forward, blob.up, blob.outward * outward(side))
        return add(at, apply(turn, offset)), blob.radius

    def _mark(
        self, part: str, path: QPainterPath, balls: Sequence[Ball], fade: float
    ) -> Iterator[Shape]:
        if part in self._marks:
            wide = balls_outline(self._camera, [(at, radius + RIM) for at, radius in balls])
            yield from self._mark_in(part, path, wide, fade)

    def _mark_in(
        self, host: str, path: QPainterPath, wide: QPainterPath, fade: float
    ) -> Iterator[Shape]:
        """Yield the region inside its part, with a soft edge, and a glow just outside of it."""
        ink = Ink("accent", "haze", fade * 0.7)
        for blobs in self._marks.get(host, ()):
            for clip, grown, alpha, glows in (
                (wide, 1.5, 0, True),
                (path, 1.3, 110, False),
                (path, 0.0, 255, False),
            ):
                region = balls_outline(self._camera, [(at, r + grown) for at, r in blobs])
                yield Shape(region, ink, clip=clip, alpha=alpha, glows=glows)


def _high(axes: tuple[Vec, Vec, Vec]) -> float:
    """Return how far the steepest half axis goes up or down."""
    return max(abs(half[1]) for half in axes)


def _grown(shape: Ellipsoid, by: float, *, least: float = 0.0) -> Ellipsoid:
    """Return an ellipsoid whose half axes are longer; short ones less so, from `least` down."""
    centre, (a, b, c) = shape

    def longer(half: Vec) -> Vec:
        size = max(least, length(half))
        return scale(half, 1 + by / size) if size else half

    return centre, (longer(a), longer(b), longer(c))


def _circle(pole: Vec, first: Vec, high: float) -> list[Vec]:
    """Return a circle on the sphere of radius 1: around `pole`, so far up it."""
    second, radius = cross(pole, first), sqrt(1 - high * high)
    base = scale(pole, high)
    found = []
    for index in range(_CAP_POINTS):
        angle = 2 * pi * index / _CAP_POINTS
        x, y = radius * cos(angle), radius * sin(angle)
        found.append(add(base, add(scale(first, x), scale(second, y))))
    return found


def _arc(points: list[Vec], on: list[bool]) -> list[Vec]:
    """Return the points that are on, from where they begin; all of them as they are."""
    if all(on):
        return points
    start = next((i for i in range(len(points)) if on[i] and not on[i - 1]), None)
    if start is None:
        return []
    turned = [(start + step) % len(points) for step in range(len(points))]
    return [points[i] for i in turned if on[i]]
