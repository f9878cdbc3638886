"""The kinds of value in a figure file: each reader takes what TOML gave and checks it.

The readers are plain functions, because the file is read while somebody waits for a picture. One
raises FieldError at the first thing that is wrong; whoever reads a whole figure catches it, so
that the other figures are still drawn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.domain.figure.model import JOINTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from app.domain.figure.space import Vec
    from app.storage.line_finder import Path

    Reader = Callable[[object], Any]

T = TypeVar("T")
Values = dict[str, Any]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
_COUNTS: Final = {1: "one", 2: "two", 3: "three", 4: "four", 6: "six"}
_NUMERIC: Final = frozenset((int, float))
"""Types of a number; true and false are none."""
_SINGULAR: Final = {"keys": "key", "props": "prop", "blobs": "blob"}
WORLD: Final = frozenset(("world", "floor"))
POINTS: Final = frozenset((*WORLD, *JOINTS))
_JOINTS: Final = frozenset(JOINTS)


class FieldError(Exception):
    """Why a value cannot be used, and where in its table it stands."""

    def __init__(
        self, rule: str, need: str, path: Path = (), *, word: str = "", known: Collection[str] = ()
    ) -> None:
        """`need` follows the value's name in a sentence; `known` are the words instead of `word`."""
        super().__init__(need)
        self.rule = rule
        self.need = need
        self.path = path
        self.word = word
        self.known = known

    def within(self, *outer: str | int) -> None:
        """Say what the value stands in."""
        self.path = (*outer, *self.path)

    @property
    def place(self) -> str:
        """Where it stands, in an author's words: `key 2: pose`, `pin.hand_n.off`; may be empty."""
        places: list[str] = []
        follows_key = False
        for step in self.path:
            if type(step) is int:
                name = places.pop() if follows_key else "item"
                places.append(f"{_SINGULAR.get(name, name)} {step + 1}")
                follows_key = False
                continue
            key = str(step)
            name = key if _BARE_KEY.fullmatch(key) else as_written(key)
            places.append(f"{places.pop()}.{name}" if follows_key else name)
            follows_key = True
        return ": ".join(places)


@dataclass(slots=True)
class Broken:
    """A pose, view or muscle that cannot be used, and the figures that are missing for it."""

    path: tuple[str, ...]
    """Its table and its name."""
    fault: FieldError
    figures: list[str] = field(default_factory=list)


class BrokenPartError(Exception):
    """A figure names something that is broken, which is said once, where that stands."""

    def __init__(self, part: Broken) -> None:
        super().__init__(part.path)
        self.part = part


def as_written(value: object) -> str:
    """Return a value as an author would recognise it, short."""
    # Imported late: good files never need it.
    from app.storage.values import shown  # noqa: PLC0415

    return shown(value)


def _either(items: Sequence[str]) -> str:
    from app.storage.values import in_words as joined  # noqa: PLC0415  (as above)

    return joined(items)


def found(rule: str, need: str, value: object) -> FieldError:
    """Return the error of a value that is not what is needed."""
    return FieldError(rule, f"{need}, found {as_written(value)}")


def table(raw: object, readers: Mapping[str, Reader], needed: Collection[str] = ()) -> Values:
    """Read every key of a table; raises FieldError for an unknown or a missing one."""
    if type(raw) is not dict:
        raise found("bad-table", "must be a table", raw)
    values: Values = {}
    for key, value in raw.items():
        read = readers.get(key)
        if read is None:
            rule, need = "unknown-key", "is an unknown key"
            raise FieldError(rule, need, (key,), word=key, known=readers.keys())
        try:
            values[key] = read(value)
        except FieldError as fault:
            fault.within(key)
            raise
    for key in needed:
        if key not in values:
            raise FieldError("missing-key", f"needs {key}")
    return values


def rows(read: Callable[[object], T], least: int, most: int) -> Callable[[object], tuple[T, ...]]:
    """Return a reader of a list, each of whose items `read` reads."""

    def read_rows(value: object) -> tuple[T, ...]:
        if type(value) is not list:
            raise found("bad-list", "must be a list in [ ]", value)
        if not least <= len(value) <= most:
            raise FieldError("bad-list", f"must have {least} to {most} items, found {len(value)}")
        items: list[T] = []
        for item in value:
            try:
                items.append(read(item))
            except FieldError as fault:
                fault.within(len(items))
                raise
        return tuple(items)

    return read_rows


def number(least: float, most: float) -> Callable[[object], float]:
    """Return a reader of a number, whole or not. Infinity and NaN are none."""

    def read(value: object) -> float:
        if (type(value) is int or type(value) is float) and least <= value <= most:
            return float(value)
        raise found("bad-number", f"must be a number from {least:g} to {most:g}", value)

    return read


def whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if type(value) is int and least <= value <= most:
            return value
        raise found("bad-number", f"must be a whole number from {least} to {most}", value)

    return read


def numbers(value: object, count: int, most: float) -> tuple[float, ...]:
    """Read a list of so many numbers from -most to most."""
    if type(value) is list and len(value) == count:
        for item in value:
            if not (type(item) in _NUMERIC and -most <= item <= most):
                value = item
                break
        else:
            return tuple(map(float, value))
    plural = "" if count == 1 else "s"
    need = f"must be {_COUNTS[count]} number{plural} from {-most:g} to {most:g}"
    raise found("bad-number", need, value)


def vector(most: float) -> Callable[[object], Vec]:
    """Return a reader of three numbers from -most to most."""

    def read(value: object) -> Vec:
        if type(value) is list and len(value) == 3:  # noqa: PLR2004  (x, y and z)
            # Spelt out, because a file has a thousand of them.
            x, y, z = value
            if (
                type(x) in _NUMERIC
                and type(y) in _NUMERIC
                and type(z) in _NUMERIC
                and -most <= x <= most
                and -most <= y <= most
                and -most <= z <= most
            ):
                return float(x), float(y), float(z)
        x, y, z = numbers(value, 3, most)
        return x, y, z

    return read


def pair(most: float) -> Callable[[object], tuple[float, float]]:
    """Return a reader of two numbers from -most to most."""

    def read(value: object) -> tuple[float, float]:
        first, second = numbers(value, 2, most)
        return first, second

    return read


def flag(value: object) -> bool:
    if type(value) is bool:
        return value
    raise found("bad-flag", "must be true or false", value)


def choice(members: Mapping[str, T]) -> Callable[[object], T]:
    """Return a reader of one word of a few, which gives what the word stands for."""

    def read(value: object) -> T:
        if type(value) is str and value in members:
            return members[value]
        raise found("bad-choice", f"must be {_either(list(members))}", value)

    return read


def one_of(what: str, known: Collection[str]) -> Callable[[object], str]:
    """Return a reader of one name of many; `what` is its kind with the article."""

    def read(value: object) -> str:
        if type(value) is str and value in known:
            return value
        raise misnamed("bad-name", what, value, known)

    return read


def by_name(
    what: str, known: Collection[str], read: Callable[[object], T]
) -> Callable[[object], dict[str, T]]:
    """Return a reader of a table whose keys are names of `what`."""

    def read_table(value: object) -> dict[str, T]:
        if type(value) is not dict:
            raise found("bad-table", "must be a table", value)
        for key in value:
            if key not in known:
                rule, need = "unknown-key", f"must be {what}"
                raise FieldError(rule, need, (key,), word=key, known=known)
        return table(value, dict.fromkeys(value, read))

    return read_table


def usable(what: str, value: object, known: Mapping[str, T | Broken]) -> T:
    """Return what a name stands for; `what` is a pose, a view, a muscle.

    Raises FieldError where there is none, BrokenPartError where it cannot be used.
    """
    if type(value) is str:
        part = known.get(value)
        if isinstance(part, Broken):
            raise BrokenPartError(part)
        if part is not None:
            return part
    raise misnamed(f"unknown-{what}", f"a {what} of this file", value, known)


def misnamed(rule: str, what: str, value: object, known: Collection[str]) -> FieldError:
    fault = found(rule, f"must name {what}", value)
    if type(value) is str:
        fault.word, fault.known = value, known
    return fault


def point(value: object) -> str:
    """Read the world, a joint, or a point along a bone: `knee_n:ankle_n:0.2`."""
    if type(value) is str and (value in POINTS or is_on_bone(value)):
        return value
    need = 'must be "world", "floor", a joint, or a point on a bone such as "knee_n:ankle_n:0.2"'
    fault = found("unknown-point", need, value)
    if type(value) is str and ":" not in value:
        fault.word, fault.known = value, POINTS
    raise fault


def is_on_bone(text: str) -> bool:
    start, _, rest = text.partition(":")
    end, _, along = rest.partition(":")
    if start not in _JOINTS or end not in _JOINTS:
        return False
    try:
        return 0.0 <= float(along) <= 1.0
    except ValueError:
        return False
