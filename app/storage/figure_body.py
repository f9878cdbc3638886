"""Reads what all figures of a file share: the measures of the body, its muscles, and the views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.figure.model import (
    LIMB_PARTS,
    PARTS,
    Body,
    Clothing,
    Disc,
    MuscleBlob,
    MusclePart,
    Station,
)
from app.domain.figure.space import ZERO
from app.storage.figure_fields import (
    WORLD,
    Broken,
    FieldError,
    by_name,
    choice,
    found,
    number,
    numbers,
    one_of,
    pair,
    point,
    rows,
    table,
    vector,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.storage.figure_fields import T

_SIZE_MAX: Final = 100.0
_OFFSET_MAX: Final = 50.0
_PITCH_MAX, _YAW_MAX = 90.0, 360.0
_ROUND_PARTS: Final = tuple(part for part in LIMB_PARTS if part != "foot")
"""Parts that are drawn as discs along a bone."""
_STATIONS: Final = frozenset("012345")
"""Segments of the back."""
_FRAMES: Final = frozenset(
    (
        *("pelvis", "spine", "chest", "neck", "head"),
        *(f"{part}_{side}" for part in LIMB_PARTS for side in "nf"),
    )
)
_HOSTS: Final = frozenset((*PARTS, *(f"{part}_*" for part in LIMB_PARTS)))

NO_BODY: Final = Body(
    pelvis_len=0.0,
    spine_len=0.0,
    chest_len=0.0,
    neck_len=0.0,
    neck_r=0.0,
    head=ZERO,
    head_forward=0.0,
    hairline=0.0,
    hip_half=0.0,
    shoulder_half=0.0,
    shoulder_drop=0.0,
    shoulder_follow=0.0,
    upper_arm=0.0,
    forearm=0.0,
    hand=0.0,
    thigh=0.0,
    shank=0.0,
    heel=ZERO,
    ball=ZERO,
    toe_len=0.0,
    toe_r=0.0,
    hem=0,
    trunk=(),
    shape={},
    clothes={},
)
"""The body of a book without figures: nothing is ever drawn with it."""


def read_body(raw: object) -> Body:
    """Read [body]; raises FieldError at the first thing that is wrong."""
    values = table(raw, _BODY, _NEEDED)
    values.pop("contact_r", None)
    body = Body(**values)
    if body.hem >= len(body.trunk):
        fault = f"must be the number of a cross-section, 0 to {len(body.trunk) - 1}"
        raise FieldError("bad-number", f"{fault}, found {body.hem}", ("hem",))
    return body


def read_muscles(raw: Mapping[str, object]) -> dict[str, tuple[MusclePart, ...] | Broken]:
    return _each("muscle", raw, rows(_muscle_part, 1, 8))


def read_views(raw: Mapping[str, object]) -> dict[str, tuple[float, float] | Broken]:
    return _each("view", raw, view)


def _each(
    kind: str, raw: Mapping[str, object], read: Callable[[object], T]
) -> dict[str, T | Broken]:
    """Read every entry of a table by itself, so that a broken one spoils no other."""
    entries: dict[str, T | Broken] = {}
    for name, value in raw.items():
        try:
            entries[name] = read(value)
        except FieldError as fault:
            entries[name] = Broken((kind, name), fault)
    return entries


def view(value: object) -> tuple[float, float]:
    """Read yaw and pitch."""
    yaw, pitch = pair(_YAW_MAX)(value)
    if abs(pitch) > _PITCH_MAX:
        raise found("bad-number", "must be [yaw, pitch] with a pitch from -90 to 90", pitch)
    return yaw, pitch


def _station(value: object) -> Station:
    segment, y, depth, width, height, forward = numbers(value, 6, _SIZE_MAX)
    if segment not in {0, 1, 2, 3, 4, 5}:
        raise found("bad-number", "must begin with a segment of the back, 0 to 5", segment)
    if min(depth, width, height) <= 0:
        need = "must have a depth, width and height above 0"
        raise found("bad-number", need, min(depth, width, height))
    return Station(
        segment=int(segment), y=y, depth=depth, width=width, height=height, forward=forward
    )


def _disc(value: object) -> Disc:
    along, radius, forward = numbers(value, 3, _SIZE_MAX)
    if radius <= 0:
        raise found("bad-number", "must have a radius above 0", radius)
    return Disc(along=along, radius=radius, forward=forward)


_discs = rows(_disc, 2, 12)


def _bone(value: object) -> tuple[Disc, ...]:
    """Read the discs along a bone, from one end to the other."""
    discs = _discs(value)
    places = [disc.along for disc in discs]
    if places[0] != 0 or places[-1] != 1 or places != sorted(set(places)):
        raise FieldError("bad-list", "must go along the bone from 0 to 1, each disc further on")
    return discs


_covers = number(0.01, 1.0)
_extra = number(0.0, _SIZE_MAX)
_color = choice({"shorts": "shorts", "top": "top"})


def _clothing(value: object) -> Clothing:
    if type(value) is not list or len(value) != 3:  # noqa: PLR2004  (three values)
        raise found("bad-list", "must be [covered part, extra radius, colour]", value)
    return Clothing(covers=_covers(value[0]), extra=_extra(value[1]), color=_color(value[2]))


def _blob(value: object) -> MuscleBlob:
    if type(value) is not list or len(value) != 5:  # noqa: PLR2004  (five values)
        raise found("bad-list", "must be [point@frame, forward, up, outward, radius]", value)
    where, *rest = value
    forward, up, outward, radius = numbers(rest, 4, _OFFSET_MAX)
    if radius <= 0:
        raise found("bad-number", "must have a radius above 0", radius)
    at, frame = _place(where)
    return MuscleBlob(point=at, frame=frame, forward=forward, up=up, outward=outward, radius=radius)


def _place(value: object) -> tuple[str, str]:
    """Read a point and the bone whose axes it is offset along."""
    if type(value) is str:
        at, _, frame = value.partition("@")
        near = at.replace("*", "n")
        if frame.replace("*", "n") not in _FRAMES | _STATIONS:
            need = 'must begin with a point and a bone such as "hip_*@pelvis" or "3@3"'
            raise found("unknown-point", need, value)
        if near not in _STATIONS:
            point(near)
            if near in WORLD:
                raise found("unknown-point", "must begin with a point of the body", value)
        return at, frame
    raise found("bad-text", "must begin with a point and a bone in quotes", value)


_PART: Final = {"host": one_of("a part of the body", _HOSTS), "blobs": rows(_blob, 1, 24)}


def _muscle_part(value: object) -> MusclePart:
    return MusclePart(**table(value, _PART, _PART))


_length = number(1.0, _SIZE_MAX)
_radius = number(0.1, _SIZE_MAX)
_offset = number(-_OFFSET_MAX, _OFFSET_MAX)
_round_parts = by_name("a limb's part", _ROUND_PARTS, _bone)


def _shape(value: object) -> dict[str, tuple[Disc, ...]]:
    shape = _round_parts(value)
    for part in _ROUND_PARTS:
        if part not in shape:
            raise FieldError("missing-key", f"needs {part}")
    return shape


def _half_sizes(value: object) -> tuple[float, float, float]:
    sizes = vector(_SIZE_MAX)(value)
    if min(sizes) <= 0:
        raise found("bad-number", "must be three sizes above 0", min(sizes))
    return sizes


def _sole(value: object) -> tuple[float, float, float]:
    x, y, radius = numbers(value, 3, _OFFSET_MAX)
    if radius <= 0:
        raise found("bad-number", "must be x, y and a radius above 0", radius)
    return x, y, radius


_BODY: Final = {
    "pelvis_len": _length,
    "spine_len": _length,
    "chest_len": _length,
    "neck_len": _length,
    "neck_r": _radius,
    "head": _half_sizes,
    "head_forward": _offset,
    "hairline": number(-0.9, 0.9),
    "hip_half": _length,
    "shoulder_half": _length,
    "shoulder_drop": _offset,
    "shoulder_follow": _offset,
    "upper_arm": _length,
    "forearm": _length,
    "hand": _length,
    "thigh": _length,
    "shank": _length,
    "heel": _sole,
    "ball": _sole,
    "toe_len": _length,
    "toe_r": _radius,
    "hem": whole(0, 100),
    "trunk": rows(_station, 2, 16),
    "shape": _shape,
    "clothes": by_name("a limb's part", _ROUND_PARTS, _clothing),
    # Of no use to this body, each part of which has a shape to touch the floor with.
    "contact_r": by_name("a joint", frozenset(("pelvis",)), _radius),
}
_NEEDED: Final = tuple(key for key in _BODY if key != "contact_r")
