"""Vectors and rotations of the figure's world.

x is the way the figure faces, y is up, z points at the viewer of a side view. Lengths are
centimetres, angles degrees. A matrix is three rows; its columns are a bone's own axes: forward,
up, and towards the near side.
"""

from math import cos, radians, sin, sqrt
from typing import Final

Vec = tuple[float, float, float]
Matrix = tuple[Vec, Vec, Vec]

ZERO: Final[Vec] = (0.0, 0.0, 0.0)
IDENTITY: Final[Matrix] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
FORWARD, UP, NEAR = 0, 1, 2
"""Which axis of a matrix `axis` returns."""
_TINY: Final = 1e-6


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, k: float) -> Vec:
    return (a[0] * k, a[1] * k, a[2] * k)


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def length(a: Vec) -> float:
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def unit(a: Vec, fallback: Vec = (1.0, 0.0, 0.0)) -> Vec:
    """Return the vector at length 1; `fallback` where it has no direction."""
    size = length(a)
    return scale(a, 1 / size) if size > _TINY else fallback


def mix(a: Vec, b: Vec, t: float) -> Vec:
    """Return the point on the way from `a` to `b`, t from 0.0 to 1.0."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def multiply(a: Matrix, b: Matrix) -> Matrix:
    (a00, a01, a02), (a10, a11, a12), (a20, a21, a22) = a
    (b00, b01, b02), (b10, b11, b12), (b20, b21, b22) = b
    return (
        (
            a00 * b00 + a01 * b10 + a02 * b20,
            a00 * b01 + a01 * b11 + a02 * b21,
            a00 * b02 + a01 * b12 + a02 * b22,
        ),
        (
            a10 * b00 + a11 * b10 + a12 * b20,
            a10 * b01 + a11 * b11 + a12 * b21,
            a10 * b02 + a11 * b12 + a12 * b22,
        ),
        (
            a20 * b00 + a21 * b10 + a22 * b20,
            a20 * b01 + a21 * b11 + a22 * b21,
            a20 * b02 + a21 * b12 + a22 * b22,
        ),
    )


def apply(m: Matrix, v: Vec) -> Vec:
    return (dot(m[0], v), dot(m[1], v), dot(m[2], v))


def axis(m: Matrix, index: int) -> Vec:
    """Return one column: FORWARD, UP or NEAR."""
    return (m[0][index], m[1][index], m[2][index])


def from_axes(forward: Vec, up: Vec, near: Vec) -> Matrix:
    return (
        (forward[0], up[0], near[0]),
        (forward[1], up[1], near[1]),
        (forward[2], up[2], near[2]),
    )


def rotation_x(degrees: float) -> Matrix:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c))


def rotation_y(degrees: float) -> Matrix:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c))


def rotation_z(degrees: float) -> Matrix:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0))


def rotation_about(direction: Vec, degrees: float) -> Matrix:
    """Return the rotation about any axis of length 1 (Rodrigues' formula)."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    x, y, z = direction
    k = 1 - c
    return (
        (c + x * x * k, x * y * k - z * s, x * z * k + y * s),
        (y * x * k + z * s, c + y * y * k, y * z * k - x * s),
        (z * x * k - y * s, z * y * k + x * s, c + z * z * k),
    )


def joint_rotation(angles: Vec, *, flexes: int, outward: int = 1) -> Matrix:
    """Return a joint's rotation from flexion, abduction and external rotation.

    `flexes` is 1 where flexion swings forward and up (limbs), -1 where it bends forward and down
    (trunk, neck). `outward` is 1 on the near side and -1 on the far one.
    """
    found = rotation_z(flexes * angles[0])
    if angles[1]:
        found = multiply(found, rotation_x(-outward * angles[1]))
    if angles[2]:
        found = multiply(found, rotation_y(-outward * angles[2]))
    return found


def orthonormal(forward: Vec, up: Vec) -> Matrix:
    """Return a rotation whose forward axis is kept and whose up axis is as near as it can be."""
    f = unit(forward)
    u = unit(sub(up, scale(f, dot(up, f))), (0.0, 1.0, 0.0))
    return from_axes(f, u, cross(f, u))
