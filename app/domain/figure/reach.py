"""Two-bone inverse kinematics: where knee and elbow are when a foot or a hand is where it should be.

The middle joint follows from the law of cosines and a direction that it should point in.
"""

from math import sqrt
from typing import Final

from app.domain.figure.space import (
    FORWARD,
    UP,
    Matrix,
    Vec,
    add,
    axis,
    cross,
    dot,
    from_axes,
    length,
    mix,
    multiply,
    orthonormal,
    scale,
    sub,
    unit,
)

_SLACK: Final = 0.05
"""A straight limb ends this many centimetres short of its whole length, so that it keeps a bend."""


class Goal:
    """Where a limb's end should be, where its middle should point, and how its end is turned."""

    __slots__ = ("direction", "foot", "pole", "target")

    def __init__(
        self,
        target: Vec,
        pole: Vec,
        direction: Vec | None = None,
        foot: tuple[Matrix, float] | None = None,
    ) -> None:
        self.target, self.pole, self.direction, self.foot = target, pole, direction, foot


def bend_limb(
    root: Vec, goal: tuple[Vec, Vec], bones: tuple[float, float], fallback: Vec
) -> tuple[Vec, Vec, Vec]:
    """Return middle joint, end joint, and the pole square to the way between root and end.

    `goal` is where the end should be and where the middle should point; `bones` are the lengths of
    both bones. `fallback` is the pole where the goal's lies along the limb.
    """
    target, pole = goal
    first, second = bones
    way = sub(target, root)
    far = max(abs(first - second) + 0.5, min(length(way), first + second - _SLACK))
    way = unit(way, (0.0, -1.0, 0.0))
    pole = unit(sub(pole, scale(way, dot(pole, way))), fallback)
    cosine = (first * first + far * far - second * second) / (2 * first * far)
    sideways = first * sqrt(max(0.0, 1 - cosine * cosine))
    middle = add(root, add(scale(way, first * cosine), scale(pole, sideways)))
    return middle, add(root, scale(way, far)), pole


class Sole:
    """A pinned foot's turn: planted at both keys, at one of them, or at none."""

    def __init__(
        self,
        first: tuple[Matrix, float] | None,
        second: tuple[Matrix, float] | None,
        u: float,
        ankle: Matrix,
    ) -> None:
        self._first, self._second, self._u, self._ankle = first, second, u, ankle

    def turned(self, shank: Matrix) -> tuple[Matrix, float] | None:
        """Return the foot's axes and the toes' bend; None where the pose's own angles hold."""
        if self._first is not None and self._second is not None:
            (a, toe_a), (b, toe_b), u = self._first, self._second, self._u
            return _between(a, b, u), toe_a + (toe_b - toe_a) * u
        planted, weight = (
            (self._first, 1 - self._u) if self._first is not None else (self._second, self._u)
        )
        if planted is None:
            return None
        own = multiply(shank, self._ankle)
        return _between(own, planted[0], weight), planted[1] * weight


def _between(a: Matrix, b: Matrix, u: float) -> Matrix:
    return orthonormal(mix(axis(a, FORWARD), axis(b, FORWARD), u), mix(axis(a, UP), axis(b, UP), u))


def bone_axes(start: Vec, end: Vec, forward: Vec) -> Matrix:
    """Return a bone's axes: up is from its end to its start."""
    up = unit(sub(start, end))
    forward = unit(sub(forward, scale(up, dot(forward, up))))
    return from_axes(forward, up, cross(forward, up))
