"""Writes routine files in their canonical form, with the comments that stand in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.errors import RoutineError
from app.domain.routine import Block, BreathsDose, Dose, OpenDose, RepsDose, Routine, Step, TimeDose
from app.storage.fields import BLOCK, ROUTINE, SCHEMA, STEP, Table
from app.storage.lengths import Seconds
from app.storage.line_finder import Path, find_places
from app.storage.routine_comments import (
    CLOSE,
    END,
    NO_COMMENTS,
    OPEN,
    CommentFinder,
    Comments,
)
from app.storage.routine_file import RoutineRead, RoutineReader
from app.storage.toml_source import TomlTable, parse_toml

Spelled = Mapping[str, tuple[object, str]]
"""By key: a value that the author wrote in a way of their own, and that way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNotes:
    """What stands around a step, beside what it says."""

    keys: tuple[str, ...] = ()
    """The step's keys in the order of the file."""
    comments: Comments = NO_COMMENTS
    spelled: Spelled = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockNotes:
    """What stands around a block and its lines, beside what it says."""

    keys: tuple[str, ...] = ()
    header: Comments = NO_COMMENTS
    of_key: Mapping[str, Comments] = field(default_factory=dict)
    spelled: Spelled = field(default_factory=dict)
    steps: tuple[StepNotes, ...] = ()
    close: Comments = NO_COMMENTS
    """Around the bracket that closes the list of steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineDocument:
    """A routine, and everything that people wrote around it.

    Notes lie side by side with blocks and steps: whoever moves one moves its notes with it.
    """

    routine: Routine
    keys: tuple[str, ...] = ()
    of_key: Mapping[str, Comments] = field(default_factory=dict)
    spelled: Spelled = field(default_factory=dict)
    blocks: tuple[BlockNotes, ...] = ()
    end: tuple[str, ...] = ()


NEW_FILE = {"schema": Comments(("#:schema ./routine.schema.json",))}
"""The comments of a file that the app makes: editors find the schema by it."""


def read_document(text: str, reader: RoutineReader, *, routine_id: str) -> RoutineDocument:
    """Return a routine's text as a document; RoutineError has its problems, a line each."""
    return document_of_read(reader.parse(text, file=f"{routine_id}.toml", routine_id=routine_id))


def document_of_read(read: RoutineRead) -> RoutineDocument:
    """Return a file that was read as a document; RoutineError has its problems, a line each."""
    if read.routine is None:
        raise RoutineError("\n".join(str(problem) for problem in read.problems))
    text = read.text
    raw = parse_toml(text)
    # Line ends of Windows are read, and written back as those of everywhere else.
    comments = CommentFinder(find_places(text.replace("\r\n", "\n")))
    return RoutineDocument(
        routine=read.routine,
        keys=tuple(raw),
        of_key={key: comments.at((key,)) for key in raw if key != "blocks"},
        spelled=_spelled(raw, read.routine, ROUTINE),
        blocks=tuple(
            replace(
                block_notes_at(raw_block, block, ("blocks", index), comments),
                steps=tuple(
                    step_notes_at(raw_step, step, ("blocks", index, "steps", number), comments)
                    for number, (raw_step, step) in enumerate(
                        zip(raw_block["steps"], block.steps, strict=True)
                    )
                ),
            )
            for index, (raw_block, block) in enumerate(
                zip(raw["blocks"], read.routine.blocks, strict=True)
            )
        ),
        end=comments.at(END).above,
    )


def block_notes_at(raw: TomlTable, block: Block, path: Path, comments: CommentFinder) -> BlockNotes:
    """Return what stands around the block at `path`, without its steps."""
    opening = comments.at((*path, "steps", OPEN))
    return BlockNotes(
        keys=tuple(raw),
        header=comments.at(path),
        of_key={key: comments.at((*path, key)) for key in raw} | {"steps": opening},
        spelled=_spelled(raw, block, BLOCK),
        close=comments.at((*path, "steps", CLOSE)),
    )


def step_notes_at(raw: TomlTable, step: Step, path: Path, comments: CommentFinder) -> StepNotes:
    """Return what stands around the step at `path`."""
    return StepNotes(keys=tuple(raw), comments=comments.at(path), spelled=_spelled(raw, step, STEP))


def _spelled(raw: TomlTable, part: object, table: Table) -> Spelled:
    """Find the lengths that are written as text, such as "1:30", or as the usual estimate."""
    spelled: dict[str, tuple[object, str]] = {}
    for known in table.fields:
        typed = raw.get(known.key)
        if isinstance(known.kind, Seconds):
            text = known.kind.spell(typed)
            if text is not None:
                spelled[known.key] = (getattr(part, known.name), text)
    return spelled


def write_routine(routine: Routine) -> str:
    """Return the text of a new file."""
    return write_document(RoutineDocument(routine=routine, of_key=NEW_FILE))


def write_document(document: RoutineDocument) -> str:
    """Return the canonical text: one line a step, keys in the order they had, comments kept."""
    routine = document.routine
    lines: list[str] = []
    values = {"schema": str(SCHEMA), **_written(routine, ROUTINE, document.keys, document.spelled)}
    for key in _order(ROUTINE, document.keys, values):
        comments = document.of_key.get(key, NO_COMMENTS)
        lines += [*comments.above, _beside(f"{key} = {values[key]}", comments)]
    for index, block in enumerate(routine.blocks):
        notes = document.blocks[index] if index < len(document.blocks) else BlockNotes()
        lines += ["", *_block_lines(block, notes)]
    if document.end:
        lines += ["", *document.end]
    return "\n".join(_without_double_blanks(lines)) + "\n"


def _without_double_blanks(lines: Iterable[str]) -> Iterable[str]:
    """Pass on lines without blank ones that follow another, begin the file or begin a list."""
    before = ""
    for line in lines:
        if line or (before and not before.startswith(("steps = [", "[[blocks]]"))):
            yield line
        before = line


def _block_lines(block: Block, notes: BlockNotes) -> Iterable[str]:
    yield from notes.header.above
    yield _beside("[[blocks]]", notes.header)
    values = {**_written(block, BLOCK, notes.keys, notes.spelled), "steps": ""}
    for key in _order(BLOCK, notes.keys, values):
        comments = notes.of_key.get(key, NO_COMMENTS)
        yield from comments.above
        if key != "steps":
            yield _beside(f"{key} = {values[key]}", comments)
            continue
        yield _beside("steps = [", comments)
        for number, step in enumerate(block.steps):
            known = notes.steps[number] if number < len(notes.steps) else StepNotes()
            yield from _step_lines(step, known)
        yield from map(_indented, notes.close.above)
        yield _beside("]", notes.close)


def _step_lines(step: Step, notes: StepNotes) -> Iterable[str]:
    yield from map(_indented, notes.comments.above)
    yield _beside(_indented(_step_line(step, notes)), notes.comments)


def block_text(block: Block, notes: BlockNotes) -> str:
    """Return a block as it stands in a file."""
    return "\n".join(_without_double_blanks(_block_lines(block, notes))) + "\n"


def step_text(step: Step, notes: StepNotes) -> str:
    """Return a step as it stands in a block: its line, with the comments around it."""
    return "\n".join(_without_double_blanks(_step_lines(step, notes))) + "\n"


def _indented(line: str) -> str:
    return f"  {line}" if line else ""


def _step_line(step: Step, notes: StepNotes) -> str:
    values = _written(step, STEP, notes.keys, notes.spelled)
    inner = ", ".join(f"{key} = {values[key]}" for key in _order(STEP, notes.keys, values))
    return f"{{ {inner} }},"


def _beside(line: str, comments: Comments) -> str:
    if not comments.beside:
        return line
    return f"{line}  ".ljust(comments.column) + comments.beside


def _written(part: object, table: Table, keys: Sequence[str], spelled: Spelled) -> dict[str, str]:
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
        typed_value, typed_text = spelled.get(known.key, (None, ""))
        written[known.key] = typed_text if typed_value == value else known.kind.write(value)
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
