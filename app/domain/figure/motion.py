"""A figure in time: its keys as one cycle, the pose between two of them, and the still picture.

A moment is a place between two keys in whole parts, so that a cycle has few enough different
pictures to keep each of them once it was drawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, pi
from typing import Final

from app.domain.figure.model import SCALARS, TRIPLES, Ease, Figure, Key, Loop, Pose
from app.domain.figure.space import Vec, mix

PART_MS: Final = 1_000 / 30
"""How long a part is: moves are drawn 30 times a second."""
PARTS_MAX: Final = 240
"""About so many parts a cycle has at most; a slow one moves in longer parts."""
BREATH_PERIOD_MS: Final = 4_000.0

_EASES: Final[Mapping[Ease, Callable[[float], float]]] = {
    Ease.LINEAR: lambda t: t,
    Ease.IN: lambda t: t * t,
    Ease.OUT: lambda t: 1 - (1 - t) ** 2,
    Ease.INOUT: lambda t: t * t * (3 - 2 * t),
    Ease.SINE: lambda t: 0.5 - 0.5 * cos(pi * t),
}
_EVEN: Final = frozenset((Ease.LINEAR, Ease.INOUT, Ease.SINE))
"""Eases that look the same backwards."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in a cycle: so many parts on the way from a key to the next one."""

    key: int
    part: int
    """0 is the key's own pose."""


@dataclass(frozen=True, slots=True)
class Between:
    """Two poses and how far it is from the first to the second, 0.0 to 1.0."""

    first: Pose
    second: Pose
    u: float

    def pose(self) -> Pose:
        """Return the blended angles; pins are blended where they are reached."""
        a, b, u = self.first, self.second, self.u
        if u == 0.0 or a is b:
            return a
        return replace(
            a,
            triples={name: mix(a.triples[name], b.triples[name], u) for name in TRIPLES},
            scalars={
                name: a.scalars[name] + (b.scalars[name] - a.scalars[name]) * u for name in SCALARS
            },
            root=mix(a.root, b.root, u) if a.root is not None and b.root is not None else a.root,
            at=(
                (a.at[0] + (b.at[0] - a.at[0]) * u, a.at[1] + (b.at[1] - a.at[1]) * u)
                if a.anchor is not None and b.anchor is not None
                else a.at
            ),
        )


def _unrolled(figure: Figure) -> tuple[Key, ...]:
    """Return the keys of one period; the way back of a ping-pong is there and back."""
    keys = figure.keys
    if figure.loop is not Loop.PINGPONG or len(keys) < 2:  # noqa: PLR2004  (there and back)
        return keys
    back = [
        replace(keys[i], move_ms=keys[i - 1].move_ms, ease=keys[i - 1].ease)
        for i in range(len(keys) - 1, 0, -1)
    ]
    return (*keys[:-1], *back)


class Cycle:
    """One period of a figure, cut into moments. It is the same for the same figure."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.keys = _unrolled(figure)
        moves = figure.loop is not Loop.HOLD and len(self.keys) > 1
        if not moves:
            self.keys = self.keys[:1]
        self.moves = moves
        """False: it is one pose, which may breathe."""
        self.period_ms = (
            sum(key.move_ms + key.hold_ms for key in self.keys) if moves else BREATH_PERIOD_MS
        )
        moving_ms = sum(key.move_ms for key in self.keys)
        part_ms = max(PART_MS, moving_ms / PARTS_MAX)
        self.parts = tuple(max(1, round(key.move_ms / part_ms)) for key in self.keys)
        """How many parts the way from each key to the next one has."""

    @cached_property
    def strides(self) -> bool:
        """Whether its second half is the first with near and far exchanged: a gait."""
        half, odd = divmod(len(self.keys), 2)
        return (
            self.moves
            and not odd
            and all(
                first.pose.swapped() == second.pose
                and (first.move_ms, first.hold_ms) == (second.move_ms, second.hold_ms)
                for first, second in zip(self.keys[:half], self.keys[half:], strict=True)
            )
        )

    def key_starts_ms(self) -> tuple[float, ...]:
        """Return when each key begins, counted from the period's start."""
        starts, at = [], 0.0
        for key in self.keys:
            starts.append(at)
            at += key.hold_ms + key.move_ms
        return tuple(starts)

    def moment(self, time_ms: float) -> Moment:
        """Return the moment nearest to a time since the figure began; it goes round."""
        if not self.moves:
            return Moment(0, 0)
        left = time_ms % self.period_ms
        for index, key in enumerate(self.keys):
            if left < key.hold_ms:
                return Moment(index, 0)
            left -= key.hold_ms
            if left < key.move_ms:
                part = round(left / key.move_ms * self.parts[index])
                if part < self.parts[index]:
                    return Moment(index, part)
                return Moment((index + 1) % len(self.keys), 0)
            left -= key.move_ms
        return Moment(0, 0)  # what rounding left over at the very end

    def time_ms(self, moment: Moment) -> float:
        """Return when a moment is passed, the end of its key's hold."""
        key = self.keys[moment.key]
        return (
            self.key_starts_ms()[moment.key]
            + key.hold_ms
            + key.move_ms * moment.part / self.parts[moment.key]
        )

    def still(self) -> Moment:
        """Return the moment that shows the exercise best."""
        if not self.moves:
            return Moment(0, 0)
        if self.figure.show is not None:
            return self.moment(self.figure.show * self.period_ms)
        return Moment(1, 0)

    def between(self, moment: Moment) -> Between:
        """Return the poses at a moment."""
        count = len(self.keys)
        key = self.keys[moment.key]
        if moment.part == 0:
            return Between(key.pose, key.pose, 0.0)
        u = moment.part / self.parts[moment.key]
        if key.ease is Ease.SPLINE:
            near = [self.keys[(moment.key + step) % count].pose for step in (-1, 0, 1, 2)]
            pose = _spline((near[0], near[1], near[2], near[3]), u)
            return Between(pose, pose, 0.0)
        return Between(key.pose, self.keys[(moment.key + 1) % count].pose, _EASES[key.ease](u))

    def shared(self, moment: Moment) -> Moment:
        """Return a moment with the same picture that comes earlier in the cycle, or this one.

        The way back is often the way there backwards.
        """
        return self._shared.get(moment, moment)

    @cached_property
    def _shared(self) -> Mapping[Moment, Moment]:
        found: dict[Moment, Moment] = {}
        count = len(self.keys)
        if not self.moves:
            return found
        for later, key in enumerate(self.keys):
            following = self.keys[(later + 1) % count]
            for earlier in range(later):
                if self.keys[earlier].pose == key.pose:
                    found.setdefault(Moment(later, 0), Moment(earlier, 0))
                if not self._mirrors(earlier, later, following):
                    continue
                parts = self.parts[later]
                for part in range(1, parts):
                    found.setdefault(Moment(later, part), Moment(earlier, parts - part))
        return found

    def _mirrors(self, earlier: int, later: int, following: Key) -> bool:
        """Whether the way from `later` on is the way from `earlier` on backwards."""
        first, second = self.keys[earlier], self.keys[earlier + 1]
        key = self.keys[later]
        return (
            first.ease in _EVEN
            and first.ease is key.ease
            and self.parts[earlier] == self.parts[later]
            and first.pose == following.pose
            and second.pose == key.pose
            and all(
                getattr(first.pose, name) == getattr(key.pose, name)
                for name in ("contact", "anchor", "level", "order")
            )
            # A root that only one pose has is taken from the first of the two.
            and (first.pose.root is None) == (key.pose.root is None)
        )


def _spline(poses: tuple[Pose, Pose, Pose, Pose], u: float) -> Pose:
    """Return a point of the Catmull-Rom curve between the middle two poses."""
    w = (
        -0.5 * u**3 + u * u - 0.5 * u,
        1.5 * u**3 - 2.5 * u * u + 1,
        -1.5 * u**3 + 2 * u * u + 0.5 * u,
        0.5 * u**3 - 0.5 * u * u,
    )

    def blend(values: tuple[Vec, ...]) -> Vec:
        pairs = tuple(zip(w, values, strict=True))
        return (
            sum(k * v[0] for k, v in pairs),
            sum(k * v[1] for k, v in pairs),
            sum(k * v[2] for k, v in pairs),
        )

    roots = tuple(pose.root for pose in poses if pose.root is not None)
    return replace(
        poses[1],
        triples={name: blend(tuple(pose.triples[name] for pose in poses)) for name in TRIPLES},
        scalars={
            name: sum(k * pose.scalars[name] for k, pose in zip(w, poses, strict=True))
            for name in SCALARS
        },
        root=blend(roots) if len(roots) == len(poses) else poses[1].root,
    )
