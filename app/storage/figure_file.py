"""Reads the figure file: text to figures, and every problem of the file at once, with its line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from app.domain.figure.model import (
    Ease,
    Figure,
    FigureBook,
    Highlight,
    Key,
    Loop,
    Pose,
    Prop,
    PropKind,
)
from app.storage.figure_body import NO_BODY, read_body, read_muscles, read_views, view
from app.storage.figure_fields import (
    Broken,
    BrokenPartError,
    FieldError,
    as_written,
    choice,
    flag,
    found,
    number,
    pair,
    point,
    rows,
    table,
    usable,
    vector,
)
from app.storage.figure_poses import DEPTH_MAX, FAR_MAX, read_poses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.domain.errors import Problem
    from app.domain.figure.model import Body, MusclePart
    from app.storage.figure_fields import Reader
    from app.storage.problems import Findings
    from app.storage.toml_source import TomlTable

_TABLES: Final = ("body", "view", "muscle", "pose", "exercise")
_NEEDED_TABLES: Final = tuple(name for name in _TABLES if name != "view")
_SIDE_VIEW: Final = "side"
_KEYS_MAX, _PROPS_MAX, _HIGHLIGHTS_MAX, _POINTS_MAX = 64, 12, 12, 12
_KEY_SECONDS_MAX: Final = 60.0
_PERIOD_MIN_MS: Final = 100.0
_BREATH_MAX: Final = 3.0
_SIZE_MIN, _SIZE_MAX = 0.5, 400.0
_LEFT_OUT_SHOWN: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRead:
    """What came of reading a file: its good figures, and its problems by line."""

    book: FigureBook
    """Without figures where the file, its body or a whole table of it cannot be used."""
    problems: tuple[Problem, ...]


def read_figures(path: Path, *, file: str | None = None) -> FiguresRead:
    """Read the file at `path`; problems name it `file`. Never raises for what is in it."""
    # Imported late: most starts of the app end before a figure is read.
    from app.storage.toml_source import SourceError, read_text  # noqa: PLC0415

    file = os.fspath(path) if file is None else file
    try:
        text = read_text(path)
    except SourceError as error:
        return _nothing(error.problem(file))
    return parse_figures(text, file=file)


def parse_figures(text: str, *, file: str) -> FiguresRead:
    """Read a figure file's text; problems name it `file`."""
    from app.storage.problems import Findings  # noqa: PLC0415  (as above)
    from app.storage.toml_source import SourceError, parse_toml  # noqa: PLC0415

    try:
        raw = parse_toml(text)
    except SourceError as error:
        return _nothing(error.problem(file))
    findings = Findings(file)
    book = _book(raw, findings)
    return FiguresRead(book=book, problems=findings.located(text))


def _nothing(problem: Problem) -> FiguresRead:
    book = FigureBook(body=NO_BODY, muscles={}, figures={})
    return FiguresRead(book=book, problems=(problem,))


def _book(raw: TomlTable, findings: Findings) -> FigureBook:
    shared = _tables(raw, findings)
    body: Body | None = None
    try:
        body = read_body(raw["body"]) if "body" in shared else None
    except FieldError as fault:
        _note(findings, ("body",), fault, "; no figure can be drawn without it")
    reader = _FigureReader(shared, _no_views(raw))
    # All of them are read even where none can be drawn: every problem is told at once.
    figures = reader.figures(shared, findings)
    if body is None or not shared.keys() >= set(_NEEDED_TABLES):
        body, figures = NO_BODY, {}
    muscles = {name: muscle for name, muscle in reader.muscles.items() if type(muscle) is tuple}
    return FigureBook(body=body, muscles=muscles, figures=figures)


def _tables(raw: TomlTable, findings: Findings) -> dict[str, TomlTable]:
    """Return the file's tables, without those that are none."""
    for key in raw:
        if key not in _TABLES:
            need = "is an unknown key"
            _note(findings, (), FieldError("unknown-key", need, (key,), word=key, known=_TABLES))
    for key in _NEEDED_TABLES:
        if key not in raw:
            under = f"[{key}]" if key in {"body", "muscle"} else f"[{key}.ID]"
            findings.add((), "missing-key", f"needs {under}; no figure can be drawn without it")
    tables = {}
    for key in _TABLES:
        if key in _NEEDED_TABLES and key in raw and type(raw[key]) is not dict:
            fault = found("bad-table", "must be a table", raw[key])
            _note(findings, (key,), fault, "; no figure can be drawn without it")
        elif type(raw.get(key)) is dict:
            tables[key] = raw[key]
    return tables


def _no_views(raw: TomlTable) -> Broken | None:
    """Return what is wrong with the table of views; figures can do without a named one."""
    if "view" not in raw:
        return Broken((), FieldError("missing-key", "needs [view]"))
    if type(raw["view"]) is not dict:
        return Broken(("view",), found("bad-table", "must be a table", raw["view"]))
    return None


def _note(findings: Findings, path: tuple[str, ...], fault: FieldError, outcome: str = "") -> None:
    """Note a fault of what stands at `path`, and say what comes of it."""
    match path:
        case (kind, name):
            label = f"{'figure' if kind == 'exercise' else kind} {as_written(name)}"
        case _:
            label = "".join(path)
    subject = ": ".join(filter(None, (label, fault.place)))
    near = None
    if fault.word:
        # The same word has another neighbour in another table.
        near = findings.nearest(" ".join(fault.known), fault.word.casefold(), fault.known)
    hint = f"; the nearest known one is {as_written(near)}" if near else ""
    sentence = " ".join(filter(None, (subject, fault.need)))
    findings.add((*path, *fault.path), fault.rule, f"{sentence}{hint}{outcome}")


def _left_out(figures: Sequence[str]) -> str:
    """Say which figures are missing for a broken part; nothing where none needs it."""
    if not figures:
        return ""
    named = [as_written(figure) for figure in figures[:_LEFT_OUT_SHOWN]]
    more = len(figures) - len(named)
    listed = ", ".join(named) + (f" and {more} more" if more else "")
    return f"; left out for it: {listed}"


_SIDES: Final[tuple[list[str], ...]] = ([], ["n"], ["f"], ["n", "f"])
_UNKNOWN_PARTS: Final = frozenset(("unknown-pose", "unknown-muscle"))
_key_seconds = number(0.0, _KEY_SECONDS_MAX)


def _milliseconds(value: object) -> float:
    # Rounded, so that keys add up to a whole repetition.
    return round(_key_seconds(value) * 1_000, 3)


class _FigureReader:
    """Reads the figures of one file, which name its poses, views and muscles."""

    def __init__(self, tables: Mapping[str, TomlTable], no_views: Broken | None) -> None:
        self.muscles: Mapping[str, tuple[MusclePart, ...] | Broken] = read_muscles(
            tables.get("muscle", {})
        )
        self._poses = read_poses(tables.get("pose", {}))
        self._views = read_views(tables.get("view", {}))
        self._no_views = no_views
        self._swapped: dict[object, Pose] = {}
        self._fields: dict[str, Reader] = {
            "loop": choice({loop.value: loop for loop in Loop}),
            "keys": rows(self._key, 1, _KEYS_MAX),
            "view": self._view,
            "props": rows(_prop, 0, _PROPS_MAX),
            "highlight": rows(self._highlight, 0, _HIGHLIGHTS_MAX),
            "breath": number(0.0, _BREATH_MAX),
            "shadow": number(1.0, FAR_MAX),
            "show": number(0.0, 1.0),
        }
        self._key_fields: dict[str, Reader] = {
            "pose": self._pose,
            "move": _milliseconds,
            "hold": _milliseconds,
            "ease": choice({ease.value: ease for ease in Ease}),
            "swap": flag,
        }

    def figures(self, tables: Mapping[str, TomlTable], findings: Findings) -> dict[str, Figure]:
        """Return the good figures in the order of the file; note what is wrong with the others."""
        figures: dict[str, Figure] = {}
        shared_missing = not tables.keys() >= set(_NEEDED_TABLES)
        for figure_id, raw in tables.get("exercise", {}).items():
            try:
                figures[figure_id] = self._figure(figure_id, raw)
            except BrokenPartError as error:
                error.part.figures.append(figure_id)
            except FieldError as fault:
                # Without the poses, say, every figure would name an unknown one.
                if not (shared_missing and fault.rule in _UNKNOWN_PARTS):
                    _note(findings, ("exercise", figure_id), fault)
        for part in self._broken():
            _note(findings, part.path, part.fault, _left_out(part.figures))
        return figures

    def _broken(self) -> list[Broken]:
        """Return what is broken, each once: poses with a broken base share what is wrong."""
        parts = (*self._views.values(), *self.muscles.values(), *self._poses.values())
        broken = {id(part): part for part in parts if isinstance(part, Broken)}
        no_views = self._no_views
        # Views that nobody asks for may be missing.
        told = [no_views] if no_views and (no_views.path or no_views.figures) else []
        return [*told, *broken.values()]

    def _figure(self, figure_id: str, raw: object) -> Figure:
        values = table(raw, self._fields, ("loop", "keys"))
        loop: Loop = values["loop"]
        _check_keys(loop, values["keys"], cast("TomlTable", raw)["keys"])
        _check_props(values.get("props", ()))
        values["highlights"] = values.pop("highlight", ())
        values.setdefault("breath", 1.0 if loop is Loop.HOLD else 0.0)
        if "view" not in values and _SIDE_VIEW in self._views:
            values["view"] = usable("view", _SIDE_VIEW, self._views)
        return Figure(id=figure_id, **values)

    def _view(self, value: object) -> tuple[float, float]:
        if type(value) is str:
            if self._no_views is not None:
                raise BrokenPartError(self._no_views)
            return usable("view", value, self._views)
        if type(value) is list:
            return view(value)
        raise found("bad-view", "must name a view of this file or be [yaw, pitch]", value)

    def _pose(self, value: object) -> tuple[object, Pose]:
        return value, usable("pose", value, self._poses)

    def _key(self, value: object) -> Key:
        values = table(value, self._key_fields, ("pose",))
        name, pose = values["pose"]
        if values.get("swap"):
            swapped = self._swapped.get(name)
            if swapped is None:
                swapped = self._swapped[name] = pose.swapped()
            pose = swapped
        return Key(
            pose=pose,
            move_ms=values.get("move", 1_000.0),
            hold_ms=values.get("hold", 0.0),
            ease=values.get("ease", Ease.INOUT),
        )

    def _highlight(self, value: object) -> Highlight:
        if type(value) is not str:
            raise found("bad-text", 'must name a muscle, such as "glutes.n"', value)
        muscle, *sides = value.split(".")
        usable("muscle", muscle, self.muscles)
        if sides not in _SIDES:
            raise found("bad-sides", "must end in .n, .f, .n.f or in none of them", value)
        return Highlight(muscle=muscle, sides=tuple(sides)) if sides else Highlight(muscle=muscle)


def _check_keys(loop: Loop, keys: tuple[Key, ...], raw: list[TomlTable]) -> None:
    """Check that keys go together; raises FieldError with the one that does not."""
    if loop is Loop.HOLD:
        if len(keys) > 1:
            need = f'must be one key, because the loop is "hold", found {len(keys)}'
            raise FieldError("bad-keys", need, ("keys",))
        return
    if len(keys) == 1:
        need = f'must be two keys or more, because the loop is "{loop}", found one'
        raise FieldError("bad-keys", need, ("keys",))
    first = keys[0]
    is_spline, is_rooted = first.ease is Ease.SPLINE, first.pose.root is not None
    for index, key in enumerate(keys):
        if (key.ease is Ease.SPLINE) is not is_spline:
            need = 'must be "spline" in every key or in none'
            raise FieldError("mixed-spline", need, ("keys", index, "ease"))
        if (key.pose.root is not None) is not is_rooted:
            name, other = as_written(raw[index]["pose"]), as_written(raw[0]["pose"])
            without, having = (name, other) if is_rooted else (other, name)
            need = f"needs a root in all poses or in none: {having} has one, {without} has none"
            raise FieldError("mixed-root", need, ("keys", index))
    # The last key of a ping-pong turns back at once.
    moves = keys[:-1] if loop is Loop.PINGPONG else keys
    total_ms = sum(key.move_ms for key in moves) + sum(key.hold_ms for key in keys)
    if total_ms < _PERIOD_MIN_MS:
        need = f"must take 0.1 s or more in all, found {total_ms / 1_000:g} s"
        raise FieldError("too-short", need, ("keys",))


_size = number(_SIZE_MIN, _SIZE_MAX)
_place = number(-FAR_MAX, FAR_MAX)
_depth = number(-DEPTH_MAX, DEPTH_MAX)


def _ends(value: object) -> tuple[float, float]:
    start, end = pair(FAR_MAX)(value)
    if start >= end:
        raise FieldError("bad-number", f"must be [from, to] with from below to, found {start:g}")
    return start, end


def _face(value: object) -> int:
    if type(value) is int and value in {1, -1}:
        return value
    raise found("bad-number", "must be 1 or -1", value)


_KINDS: Final = {kind.value: kind for kind in PropKind}
_kind = choice(_KINDS)
_ANY_PROP: Final[Mapping[str, Reader]] = {
    "kind": _kind,
    "at": vector(FAR_MAX),
    "to": point,
    "y": _place,
    "depth": _depth,
    "bias": _depth,
}
_WIDE_HIGH_DEEP: Final[Mapping[str, Reader]] = {"w": _size, "h": _size, "d": _size}
_OWN: Final[Mapping[PropKind, tuple[Mapping[str, Reader], tuple[str, ...]]]] = {
    # The keys that a kind of prop has beside those of every one, and those that it needs.
    PropKind.MAT: ({"x": _ends, "w": _size, "z": _place}, ()),
    PropKind.WALL: (_WIDE_HIGH_DEEP, ("at",)),
    PropKind.CHAIR: ({**_WIDE_HIGH_DEEP, "face": _face}, ("at",)),
    PropKind.STEP: (_WIDE_HIGH_DEEP, ("at",)),
    PropKind.BALL: ({"r": _size}, ("r",)),
    PropKind.ROLLER: ({"r": _size, "w": _size}, ()),
    PropKind.BOSU: ({"r": _size, "h": _size}, ()),
    PropKind.STRAP: ({"through": rows(point, 2, _POINTS_MAX)}, ("through",)),
    PropKind.DUMBBELL: (
        {
            "hands": rows(choice({"n": "n", "f": "f"}), 1, 2),
            "axis": vector(FAR_MAX),
        },
        ("hands",),
    ),
}
_PROPS: Final = {kind: ({**_ANY_PROP, **own}, needed) for kind, (own, needed) in _OWN.items()}


def _prop(value: object) -> Prop:
    if type(value) is not dict:
        raise found("bad-table", "must be a table", value)
    if "kind" not in value:
        raise FieldError("missing-key", "needs kind")
    try:
        kind = _kind(value["kind"])
    except FieldError as fault:
        fault.within("kind")
        raise
    fields, needed = _PROPS[kind]
    return Prop(**table(value, fields, needed))


def _check_props(props: tuple[Prop, ...]) -> None:
    mats = [index for index, prop in enumerate(props) if prop.kind is PropKind.MAT]
    if len(mats) > 1:
        raise FieldError("second-mat", "is a second mat; one is drawn", ("props", mats[1]))
