"""Turns routine files into documents to edit and back: notes go along with the part they stand at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.editing import BlockPart, Clip, Document, PartId, StepPart, document_of
from app.domain.routine import FILE_MAX_BYTES, Step
from app.storage.fields import BLOCK, STEP
from app.storage.line_finder import Path, find_places
from app.storage.routine_comments import NO_COMMENTS, CommentFinder, Comments
from app.storage.routine_raw import LooseReader
from app.storage.routine_writer import (
    NEW_FILE,
    BlockNotes,
    RoutineDocument,
    Spelled,
    StepNotes,
    block_notes_at,
    block_text,
    step_notes_at,
    step_text,
    write_document,
)
from app.storage.toml_source import SourceError, parse_toml

_SCHEMA_COMMENT = "#:schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadNotes:
    """What a file has around a routine's own keys, beside what they say."""

    keys: tuple[str, ...] = ()
    of_key: Mapping[str, Comments] = field(default_factory=dict)
    spelled: Spelled = field(default_factory=dict)
    end: tuple[str, ...] = ()


def to_document(read: RoutineDocument) -> Document:
    """Return a file's routine as a document."""
    return document_of(
        read.routine,
        HeadNotes(keys=read.keys, of_key=read.of_key, spelled=read.spelled, end=read.end),
        block_notes=[replace(notes, steps=()) for notes in read.blocks],
        step_notes=[notes.steps for notes in read.blocks],
    )


def from_document(document: Document) -> RoutineDocument:
    """Return a document as its writer takes it."""
    head = document.notes if isinstance(document.notes, HeadNotes) else _NEW_HEAD
    return RoutineDocument(
        routine=document.routine,
        keys=head.keys,
        of_key=head.of_key,
        spelled=head.spelled,
        blocks=tuple(map(_block_notes, document.blocks)),
        end=head.end,
    )


def _block_notes(block: BlockPart) -> BlockNotes:
    notes = block.notes if isinstance(block.notes, BlockNotes) else BlockNotes()
    return replace(notes, steps=tuple(map(_step_notes, block.steps)))


def _step_notes(part: StepPart) -> StepNotes:
    return part.notes if isinstance(part.notes, StepNotes) else StepNotes()


_NEW_HEAD = HeadNotes(of_key=NEW_FILE)


def as_new_file(document: Document, routine_id: str) -> Document:
    """Return a document for a file of that id, with the comment by which editors find the schema."""
    notes = document.notes if isinstance(document.notes, HeadNotes) else _NEW_HEAD
    around = notes.of_key.get("schema", NO_COMMENTS)
    if not any(line.startswith(_SCHEMA_COMMENT) for line in around.above):
        above = (*NEW_FILE["schema"].above, *around.above)
        notes = replace(notes, of_key={**notes.of_key, "schema": replace(around, above=above)})
    head = replace(document.head, id=routine_id)
    return replace(document, head=head, notes=notes)


def text_of(document: Document) -> str:
    """Return a document as the text of its file, valid or not."""
    return write_document(from_document(document))


def with_comments(
    document: Document, part: PartId | None, change: Callable[[Comments], Comments]
) -> Document:
    """Return a document with other comments at a step, a block or, with None, its first line."""
    if part is None:
        head = document.notes if isinstance(document.notes, HeadNotes) else _NEW_HEAD
        of_key = {**head.of_key, "schema": change(head.of_key.get("schema", NO_COMMENTS))}
        return replace(document, notes=replace(head, of_key=of_key))
    return replace(
        document, blocks=tuple(_block_commented(block, part, change) for block in document.blocks)
    )


def _block_commented(
    block: BlockPart, part: PartId, change: Callable[[Comments], Comments]
) -> BlockPart:
    if block.id == part:
        notes = block.notes if isinstance(block.notes, BlockNotes) else BlockNotes()
        return replace(block, notes=replace(notes, header=change(notes.header)))
    return replace(
        block,
        steps=tuple(
            _step_commented(step, change) if step.id == part else step for step in block.steps
        ),
    )


def _step_commented(step: StepPart, change: Callable[[Comments], Comments]) -> StepPart:
    notes = _step_notes(step)
    return replace(step, notes=replace(notes, comments=change(notes.comments)))


def clip_text(clip: Clip) -> str:
    """Return parts as they stand in a file: whole blocks, or steps one a line."""
    if clip.blocks:
        texts = (block_text(part.block, _block_notes(part)) for part in clip.blocks)
        return "\n".join(texts)
    return "".join(step_text(part.step, _step_notes(part)) for part in clip.steps)


_LIST_START = '[[blocks]]\nname = ""\n'
_FORMS = ("{}", _LIST_START + "{}", _LIST_START + "steps = [\n{}\n]\n")
"""What a copied text may be a piece of: blocks, a block's list of steps, the list's lines."""


def pasted(text: str) -> Clip:
    """Return the parts that a text in the form of a file says; none where it is of another form.

    What breaks a limit is kept, to be mended where it is seen.
    """
    if len(text) > FILE_MAX_BYTES or ("{" not in text and "[[" not in text):
        return Clip()
    # Line ends of Windows and what mail programs make of blanks.
    text = text.replace("\r\n", "\n").replace("\u00a0", " ").removeprefix("\ufeff")
    for form in _FORMS:
        whole = form.format(text)
        try:
            raw = parse_toml(whole)
        except SourceError:
            continue
        blocks = raw.get("blocks")
        if isinstance(blocks, list):
            return _clip(whole, blocks, is_steps=form is not _FORMS[0])
    return Clip()


def _clip(text: str, raw_blocks: list[object], *, is_steps: bool) -> Clip:
    comments = CommentFinder(find_places(text))
    blocks = []
    for at, raw in enumerate(raw_blocks):
        block = _block(raw, ("blocks", at), comments)
        if block is None:
            return Clip()
        blocks.append(block)
    if not is_steps:
        return Clip(blocks=tuple(blocks))
    return Clip(steps=tuple(step for block in blocks for step in block.steps))


_BLOCK_READER, _STEP_READER = LooseReader(BLOCK), LooseReader(STEP)


def _block(raw: object, path: Path, comments: CommentFinder) -> BlockPart | None:
    if not isinstance(raw, dict) or "name" not in raw:
        return None
    raw_steps = raw.get("steps", [])
    values = _BLOCK_READER.read({key: raw[key] for key in raw if key != "steps"})
    if values is None or not isinstance(raw_steps, list):
        return None
    steps = []
    for at, raw_step in enumerate(raw_steps):
        step = _step(raw_step)
        if step is None:
            return None
        notes = step_notes_at(raw_step, step, (*path, "steps", at), comments)
        steps.append(StepPart(id=0, step=step, notes=notes))
    part = BlockPart(id=0, steps=tuple(steps), **values)
    return replace(part, notes=block_notes_at(raw, part.block, path, comments))


def _step(raw: object) -> Step | None:
    if not isinstance(raw, dict) or not ("exercise" in raw or "name" in raw):
        return None
    values = _STEP_READER.read(raw)
    return None if values is None else Step(**values)
