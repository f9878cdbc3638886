"""Reads the poses of a figure file: what each says, laid over the pose that it is based on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from app.domain.figure.model import JOINTS, PARTS, PINS, SCALARS, TRIPLES, Pin, Pose
from app.domain.figure.space import ZERO
from app.storage.figure_fields import (
    Broken,
    FieldError,
    as_written,
    by_name,
    flag,
    found,
    misnamed,
    number,
    numbers,
    one_of,
    pair,
    point,
    rows,
    table,
    vector,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.figure.space import Vec
    from app.storage.figure_fields import Reader

ANGLE_MAX: Final = 360.0
FAR_MAX: Final = 500.0
"""Nothing is further from the world's origin, in centimetres."""
DEPTH_MAX: Final = 1_000.0
_LIFT_MAX, _SWELL_MAX = 200.0, 20.0
_AXES: Final = 3

SOLES: Final = ("toes_n", "toes_f")
"""A foot without its heel; it touches, but is not drawn by itself."""
TOUCHING: Final = frozenset((*PARTS, *SOLES))
_GROUPS: Final = ("arm_n", "arm_f", "leg_n", "leg_f")
_CIRCLE_SHOWN: Final = 5

REST: Final = Pose(
    triples=dict.fromkeys(TRIPLES, ZERO),
    scalars=dict.fromkeys(SCALARS, 0.0) | {"elbow_n": 8.0, "elbow_f": 8.0},
)
"""What a pose without a base begins with: upright, the elbows a little bent."""


def read_poses(raw: Mapping[str, object]) -> dict[str, Pose | Broken]:
    """Read all poses, in the order of the file."""
    read: dict[str, Pose | Broken] = {}
    for name in raw:
        if name not in read:
            _read_with_bases(name, raw, read)
    return {name: read[name] for name in raw}


def _read_with_bases(name: str, raw: Mapping[str, object], read: dict[str, Pose | Broken]) -> None:
    # Not by recursion: a file may have a longer chain of bases than Python has stack.
    chain = {name: None}
    base: Pose | Broken = REST
    at = name
    while isinstance(pose := raw[at], dict) and "base" in pose:
        following = pose["base"]
        if type(following) is not str or following not in raw:
            fault = misnamed("unknown-pose", "a pose of this file", following, raw.keys())
        elif following in chain:
            fault = _circle([*chain, following], following)
        elif following in read:
            base = read[following]
            break
        else:
            at = following
            chain[at] = None
            continue
        fault.within("base")
        base = Broken(("pose", at), fault)
        break
    for link in reversed(chain):
        if isinstance(base, Pose):
            base = _pose_or_broken(link, raw[link], base)
        read[link] = base


def _circle(chain: list[str], first: str) -> FieldError:
    names = chain[chain.index(first) :]
    more = ["..."] if len(names) > _CIRCLE_SHOWN else []
    said = " > ".join([*map(as_written, names[:_CIRCLE_SHOWN]), *more])
    return FieldError("base-in-circle", f"leads back to itself: {said}")


def _pose_or_broken(name: str, raw: object, base: Pose) -> Pose | Broken:
    try:
        return _pose(table(raw, _POSE), base)
    except FieldError as fault:
        return Broken(("pose", name), fault)


def _pose(values: dict[str, Any], base: Pose) -> Pose:
    triples, scalars, pins = dict(base.triples), dict(base.scalars), base.pins
    for key, value in values.items():
        if key in triples:
            triples[key] = value
        elif key in scalars:
            scalars[key] = value
    if "pin" in values:
        pins = {name: pin for name, pin in {**pins, **values["pin"]}.items() if pin is not None}
    get = values.get
    return Pose(
        triples=triples,
        scalars=scalars,
        pins=pins,
        root=get("root", base.root),
        contact=get("contact", base.contact),
        anchor=get("anchor", base.anchor),
        at=get("at", base.at),
        level=get("level", base.level),
        order=get("order", base.order),
    )


_angle = number(-ANGLE_MAX, ANGLE_MAX)
_far = number(-FAR_MAX, FAR_MAX)
_touching = one_of("a part of the body", TOUCHING)
_touching_all = rows(_touching, 1, len(TOUCHING))
_heights = by_name("a part of the body", TOUCHING, _far)


def _triple(value: object) -> Vec:
    """Read one number, the flexion, or a list of up to three."""
    if type(value) is list:
        if not 1 <= len(value) <= _AXES:
            need = "must be a number, or a list of flexion, abduction and rotation"
            raise found("bad-list", need, value)
        first, second, third = (
            *numbers(value, len(value), ANGLE_MAX),
            *(0.0,) * (_AXES - len(value)),
        )
        return first, second, third
    return _angle(value), 0.0, 0.0


def _root(value: object) -> Vec:
    if type(value) is list and len(value) == _AXES - 1:
        x, y = numbers(value, 2, FAR_MAX)
        return x, y, 0.0
    x, y, z = numbers(value, 3, FAR_MAX)
    return x, y, z


def _contact(value: object) -> dict[str, float] | None:
    if type(value) is list:
        return dict.fromkeys(_touching_all(value), 0.0)
    if type(value) is dict and value:
        return _heights(value)
    if value == "auto":
        return None
    raise found("bad-contact", 'must be "auto", a list of parts, or {part = height}', value)


def _level(value: object) -> tuple[str, str]:
    parts = _touching_all(value)
    if len(parts) == 2 and parts[0] != parts[1]:  # noqa: PLR2004  (two parts are level)
        return parts[0], parts[1]
    raise FieldError("bad-list", "must name two different parts")


_HAND: Final[Mapping[str, Reader]] = {
    "to": point,
    "off": vector(FAR_MAX),
    "pole": vector(FAR_MAX),
    "dir": vector(FAR_MAX),
}
_FOOT: Final[Mapping[str, Reader]] = {
    "to": point,
    "off": vector(FAR_MAX),
    "pole": vector(FAR_MAX),
    "pitch": _angle,
    "turn": _angle,
    "free": flag,
}


def _pin(fields: Mapping[str, Reader]) -> Callable[[object], Pin | None]:
    def read(value: object) -> Pin | None:
        # An empty one takes away what the base has.
        return Pin(**table(value, fields)) if value != {} else None

    return read


_PINS: Final = {name: _pin(_FOOT if name.startswith("foot") else _HAND) for name in PINS}


def _pins(value: object) -> dict[str, Pin | None]:
    return cast("dict[str, Pin | None]", table(value, _PINS))


_POSE: Final[Mapping[str, Reader]] = {
    "base": str,  # followed before the rest is read
    **dict.fromkeys(TRIPLES, _triple),
    **dict.fromkeys(SCALARS, _angle),
    "lift": number(-_LIFT_MAX, _LIFT_MAX),
    "belly": number(-_SWELL_MAX, _SWELL_MAX),
    "shrug": number(-_SWELL_MAX, _SWELL_MAX),
    "pin": _pins,
    "root": _root,
    "contact": _contact,
    "anchor": one_of("a joint", frozenset(JOINTS)),
    "at": pair(FAR_MAX),
    "level": _level,
    "order": by_name(
        "a part of the body, or arm_n, arm_f, leg_n or leg_f",
        frozenset((*PARTS, *_GROUPS)),
        number(-DEPTH_MAX, DEPTH_MAX),
    ),
}
