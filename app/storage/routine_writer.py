"""Writes routine files in their canonical form, with the comments that stand in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import RoutineError
from app.domain.routine import Block, BreathsDose, Dose, OpenDose, RepsDose, Routine, Step, TimeDose
from app.storage.fields import BLOCK, ROUTINE, SCHEMA, STEP, Table
from app.storage.line_finder import Comment, Mark, Places, find_places
from app.storage.routine_file import RoutineReader
from app.storage.toml_source import TomlTable, parse_toml

_PART_DEPTH = 4
"""A step is `("blocks", 0, "steps", 0)`; what lies deeper stands on its line."""


@dataclass(frozen=True, slots=True)
class Comments:
    """What is written above a line, and beside it; each with its #."""

    above: tuple[str, ...] = ()
    beside: str = ""


_NONE = Comments()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNotes:
    keys: tuple[str, ...] = ()
    """The step's keys in the order of the file."""
    comments: Comments = _NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockNotes:
    keys: tuple[str, ...] = ()
    header: Comments = _NONE
    of_key: Mapping[str, Comments] = field(default_factory=dict)
    steps: tuple[StepNotes, ...] = ()
    tail: tuple[str, ...] = ()
    """Below the last step, still inside the list."""
    close: str = ""
    """Beside the list's closing bracket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineDocument:
    """A routine, and everything that people wrote around it.

    Notes go with their block and step: whoever moves one moves its notes with it.
    """

    routine: Routine
    keys: tuple[str, ...] = ()
    of_key: Mapping[str, Comments] = field(default_factory=dict)
    blocks: tuple[BlockNotes, ...] = ()
    end: tuple[str, ...] = ()


def read_document(text: str, reader: RoutineReader, *, routine_id: str) -> RoutineDocument:
    """Return a routine's text as a document; RoutineError has its problems, a line each."""
    read = reader.parse(text, file=f"{routine_id}.toml", routine_id=routine_id)
    if read.routine is None:
        raise RoutineError("\n".join(str(problem) for problem in read.problems))
    raw = parse_toml(text)
    comments = _Binder(find_places(text)).bind()
    blocks: list[TomlTable] = raw["blocks"]
    return RoutineDocument(
        routine=read.routine,
        keys=tuple(raw),
        of_key={key: comments.at((key,)) for key in raw if key != "blocks"},
        blocks=tuple(
            BlockNotes(
                keys=tuple(block),
                header=comments.at(("blocks", index)),
                of_key={key: comments.at(("blocks", index, key)) for key in block},
                steps=tuple(
                    StepNotes(
                        keys=tuple(step), comments=comments.at(("blocks", index, "steps", number))
                    )
                    for number, step in enumerate(block["steps"])
                ),
                tail=tuple(comments.tails.get(index, ())),
                close=comments.closes.get(index, ""),
            )
            for index, block in enumerate(blocks)
        ),
        end=tuple(comments.end),
    )


def write_routine(routine: Routine) -> str:
    """Return a routine's text without any comments."""
    return write_document(RoutineDocument(routine=routine))


def write_document(document: RoutineDocument) -> str:
    """Return the canonical text: one line a step, keys in the order they had, comments kept."""
    routine = document.routine
    lines: list[str] = []
    values = {"schema": str(SCHEMA), **_written(routine, ROUTINE, document.keys)}
    for key in _order(ROUTINE, document.keys, values):
        comments = document.of_key.get(key, _NONE)
        lines += [*comments.above, _beside(f"{key} = {values[key]}", comments.beside)]
    for index, block in enumerate(routine.blocks):
        notes = document.blocks[index] if index < len(document.blocks) else BlockNotes()
        lines += ["", *_block_lines(block, notes)]
    if document.end:
        lines += ["", *document.end]
    return "\n".join(lines) + "\n"


def save_document(path: Path, document: RoutineDocument) -> None:
    """Write the file whole or not at all; RoutineError where it cannot be written."""
    from app.storage.atomic import write_atomically  # noqa: PLC0415  (only when something is saved)

    try:
        write_atomically(path, write_document(document).encode())
    except OSError as error:
        raise RoutineError(f"Cannot save {path}: {error.strerror}; check the folder") from error


def _block_lines(block: Block, notes: BlockNotes) -> Iterable[str]:
    yield from notes.header.above
    yield _beside("[[blocks]]", notes.header.beside)
    values = _written(block, BLOCK, notes.keys)
    for key in _order(BLOCK, notes.keys, {**values, "steps": ""}):
        comments = notes.of_key.get(key, _NONE)
        yield from comments.above
        if key != "steps":
            yield _beside(f"{key} = {values[key]}", comments.beside)
            continue
        yield _beside("steps = [", comments.beside)
        for number, step in enumerate(block.steps):
            known = notes.steps[number] if number < len(notes.steps) else StepNotes()
            yield from (f"  {line}" for line in known.comments.above)
            yield _beside(f"  {_step_line(step, known.keys)}", known.comments.beside)
        yield from (f"  {line}" for line in notes.tail)
        yield _beside("]", notes.close)


def _step_line(step: Step, keys: Sequence[str]) -> str:
    values = _written(step, STEP, keys)
    inner = ", ".join(f"{key} = {values[key]}" for key in _order(STEP, keys, values))
    return f"{{ {inner} }},"


def _beside(line: str, comment: str) -> str:
    return f"{line}  {comment}" if comment else line


def _written(part: object, table: Table, keys: Sequence[str]) -> dict[str, str]:
    """Return the text of each value that is typed: not missing, and not an unwritten default."""
    written: dict[str, str] = {}
    for known in table.fields:
        if known.key in ("schema", "blocks", "steps"):
            continue
        value = getattr(part, known.name)
        if known.attr == "dose" and known.key != _dose_key(value):
            continue
        if value is None or (value == known.default and known.key not in keys):
            continue
        written[known.key] = known.kind.write(value)
    return written


def _dose_key(dose: Dose | None) -> str:
    match dose:
        case None:
            return ""
        case TimeDose():
            return "seconds"
        case RepsDose():
            return "reps"
        case BreathsDose():
            return "breaths"
        case OpenDose():
            return "open"


def _order(table: Table, keys: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Return the keys to write: known ones in their order, then new ones in the table's."""
    first = [key for key in keys if key in values]
    return [*first, *(key for key in table.keys if key in values and key not in first)]


class _Binder:
    """Finds the part of the file that each comment belongs to."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._parts = [mark for mark in places.marks if len(mark.path) <= _PART_DEPTH]
        self._lists = {
            mark.path[1]: mark
            for mark in self._parts
            if len(mark.path) == _PART_DEPTH - 1 and mark.path[2] == "steps"
        }
        self._above: dict[tuple[object, ...], list[str]] = {}
        self._beside: dict[tuple[object, ...], str] = {}
        self.tails: dict[object, list[str]] = {}
        self.closes: dict[object, str] = {}
        self.end: list[str] = []

    def bind(self) -> "_Binder":
        for comment in self._places.comments:
            if comment.own_line:
                self._bind_above(comment)
            else:
                self._bind_beside(comment)
        return self

    def at(self, path: tuple[object, ...]) -> Comments:
        return Comments(tuple(self._above.get(path, ())), self._beside.get(path, ""))

    def _bind_above(self, comment: Comment) -> None:
        around = self._list_around(comment.start)
        following = self._part_after(comment.start)
        if around is not None and (following is None or following.start > around.end):
            self.tails.setdefault(around.path[1], []).append(comment.text)
        elif following is None:
            self.end.append(comment.text)
        else:
            self._above.setdefault(following.path, []).append(comment.text)

    def _bind_beside(self, comment: Comment) -> None:
        before = [mark for mark in self._parts if mark.start < comment.start]
        if not before:
            self.end.append(comment.text)
            return
        block = before[-1].path[1] if len(before[-1].path) > 1 else None
        steps = None if block is None else self._lists.get(block)
        if steps is not None and comment.start >= steps.end and before[-1].start < steps.end:
            self.closes[block] = comment.text
        elif before[-1].path in self._beside:
            # A second one on the lines of one part, such as inside a list: it moves above.
            self._above.setdefault(before[-1].path, []).append(comment.text)
        else:
            self._beside[before[-1].path] = comment.text

    def _part_after(self, offset: int) -> Mark | None:
        """Return the next part; of those that begin at one place the innermost: a header's own."""
        later = [mark for mark in self._parts if mark.start > offset]
        if not later:
            return None
        return max(
            (mark for mark in later if mark.start == later[0].start), key=lambda m: len(m.path)
        )

    def _list_around(self, offset: int) -> Mark | None:
        return next((mark for mark in self._lists.values() if mark.value < offset < mark.end), None)
