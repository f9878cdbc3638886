"""A routine being edited: parts that keep their identity, edits that make new documents."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.routine import Block, Routine, Step

PartId = int
"""Names a block or a step of a document for as long as it is edited; never given twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPart:
    id: PartId
    step: Step
    notes: object = None
    """What its file has around it; who reads and writes files knows what that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPart:
    id: PartId
    name: str
    steps: tuple[StepPart, ...] = ()
    rounds: int = 1
    rest_ms: int = 0
    optional: bool = False
    notes: object = None

    @property
    def block(self) -> Block:
        return Block(
            name=self.name,
            steps=tuple(part.step for part in self.steps),
            rounds=self.rounds,
            rest_ms=self.rest_ms,
            optional=self.optional,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A routine as it is edited. It may hold what no valid file may: nothing is lost meanwhile."""

    head: Routine
    """Everything but the blocks, of which it has none."""
    blocks: tuple[BlockPart, ...] = ()
    notes: object = None
    next_id: PartId = field(default=1, compare=False)

    @property
    def routine(self) -> Routine:
        return replace(self.head, blocks=tuple(part.block for part in self.blocks))

    def block_of(self, part: PartId) -> BlockPart | None:
        """Return the block with that id, or the one that has the step with that id."""
        return next(
            (
                block
                for block in self.blocks
                if block.id == part or any(step.id == part for step in block.steps)
            ),
            None,
        )

    def step(self, part: PartId) -> StepPart | None:
        return next((step for step in self.steps() if step.id == part), None)

    def steps(self) -> tuple[StepPart, ...]:
        """Return all steps in order."""
        return tuple(step for block in self.blocks for step in block.steps)

    def place(self, part: PartId) -> tuple[int, int] | None:
        """Return block and step, counted from 0, of the step with that id."""
        for at, block in enumerate(self.blocks):
            for number, step in enumerate(block.steps):
                if step.id == part:
                    return at, number
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartProblem:
    """What has to be mended in a document, and where."""

    rule: str
    message: str
    """One sentence: what is needed."""
    block: PartId | None = None
    step: PartId | None = None
    key: str = ""
    """The key of the routine, block or step, as files name it; empty where it is none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """Steps or whole blocks, cut or copied."""

    steps: tuple[StepPart, ...] = ()
    blocks: tuple[BlockPart, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps or self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRoutine:
    """A file that is open in the editor, as it was when it was last read or written."""

    file: str
    document: Document
    text: str = ""
    """What stands in the file; empty for one that is not there yet."""
    read_only: bool = False
    """Shipped: it has to be copied to be changed."""


# Edits: each returns a new document. Unknown ids are passed over.


def document_of(
    routine: Routine,
    notes: object = None,
    *,
    block_notes: Sequence[object] = (),
    step_notes: Sequence[Sequence[object]] = (),
) -> Document:
    """Return a routine as a document; notes lie side by side with blocks and steps."""
    document = Document(head=replace(routine, blocks=()), notes=notes)
    blocks = []
    for at, block in enumerate(routine.blocks):
        around = step_notes[at] if at < len(step_notes) else ()
        steps = tuple(
            StepPart(id=0, step=step, notes=around[number] if number < len(around) else None)
            for number, step in enumerate(block.steps)
        )
        blocks.append(
            BlockPart(
                id=0,
                name=block.name,
                steps=steps,
                rounds=block.rounds,
                rest_ms=block.rest_ms,
                optional=block.optional,
                notes=block_notes[at] if at < len(block_notes) else None,
            )
        )
    return insert_blocks(document, 0, blocks)[0]


def renumbered(document: Document, after: Document) -> Document:
    """Return a document whose parts have ids that no part of the other one ever had."""
    empty = replace(document, blocks=(), next_id=max(document.next_id, after.next_id))
    return insert_blocks(empty, 0, document.blocks)[0]


def set_head(document: Document, **changes: Any) -> Document:  # noqa: ANN401  (Routine's fields)
    return replace(document, head=replace(document.head, **changes))


def set_block(document: Document, block: PartId, **changes: Any) -> Document:  # noqa: ANN401
    """Change `name`, `rounds`, `rest_ms` or `optional` of a block."""
    return _with_blocks(
        document,
        (replace(one, **changes) if one.id == block else one for one in document.blocks),
    )


def set_steps(
    document: Document,
    steps: Collection[PartId],
    **changes: Any,  # noqa: ANN401  (Step's fields)
) -> Document:
    """Change fields of steps, the same for all of them."""
    wanted = set(steps)
    return _each_step(
        document,
        lambda part: (
            replace(part, step=replace(part.step, **changes)) if part.id in wanted else part
        ),
    )


def insert_steps(
    document: Document, block: PartId, at: int, steps: Iterable[Step | StepPart]
) -> tuple[Document, tuple[PartId, ...]]:
    """Put steps into a block before its step `at` (counted from 0); return their new ids."""
    made: list[StepPart] = []
    next_id = document.next_id
    for one in steps:
        part = one if isinstance(one, StepPart) else StepPart(id=0, step=one)
        made.append(replace(part, id=next_id))
        next_id += 1
    blocks = [
        replace(one, steps=(*one.steps[:at], *made, *one.steps[at:])) if one.id == block else one
        for one in document.blocks
    ]
    changed = replace(document, blocks=tuple(blocks), next_id=next_id)
    return changed, tuple(part.id for part in made)


def insert_blocks(
    document: Document, at: int, blocks: Iterable[BlockPart]
) -> tuple[Document, tuple[PartId, ...]]:
    """Put blocks before block `at` (counted from 0); return their new ids. Steps get new ones too."""
    next_id = document.next_id
    made: list[BlockPart] = []
    for one in blocks:
        steps = tuple(
            replace(step, id=next_id + 1 + number) for number, step in enumerate(one.steps)
        )
        made.append(replace(one, id=next_id, steps=steps))
        next_id += 1 + len(steps)
    changed = replace(
        document,
        blocks=(*document.blocks[:at], *made, *document.blocks[at:]),
        next_id=next_id,
    )
    return changed, tuple(block.id for block in made)


def remove(document: Document, parts: Collection[PartId]) -> Document:
    """Take steps and blocks away. A block stays when its last step goes."""
    gone = set(parts)
    return _with_blocks(
        document,
        (
            replace(block, steps=tuple(step for step in block.steps if step.id not in gone))
            for block in document.blocks
            if block.id not in gone
        ),
    )


def move_steps(document: Document, steps: Collection[PartId], block: PartId, at: int) -> Document:
    """Put steps, in the order they have, before step `at` of a block, counted as it is now."""
    wanted = set(steps)
    moved = [part for part in document.steps() if part.id in wanted]
    if not any(one.id == block for one in document.blocks):
        return document
    blocks = []
    for one in document.blocks:
        before = [part for part in one.steps[:at] if part.id not in wanted]
        after = [part for part in one.steps[at:] if part.id not in wanted]
        kept = (*before, *moved, *after) if one.id == block else (*before, *after)
        blocks.append(replace(one, steps=tuple(kept)))
    return _with_blocks(document, blocks)


def nudge_steps(document: Document, steps: Collection[PartId], by: int) -> Document:
    """Move steps one place up (-1) or down (1), at a block's end into the next block."""
    wanted = set(steps)
    flat: list[tuple[PartId, StepPart | None]] = []
    for block in document.blocks:
        flat.append((block.id, None))
        flat += [(block.id, part) for part in block.steps]
    marks = [at for at, (_, part) in enumerate(flat) if part is not None and part.id in wanted]
    if not marks:
        return document
    entries = [part for _, part in flat]
    headers = {at: block for at, (block, part) in enumerate(flat) if part is None}
    # A header is an entry like any other: who passes it is in the next block.
    order: list[StepPart | PartId] = [
        headers[at] if part is None else part for at, part in enumerate(entries)
    ]
    walk = marks if by < 0 else list(reversed(marks))
    for at in walk:
        to = at + (1 if by > 0 else -1)
        if to < 1 or to >= len(order):
            continue
        other = order[to]
        if isinstance(other, StepPart) and other.id in wanted:
            continue
        order[at], order[to] = order[to], order[at]
    return _from_order(document, order)


def reordered(document: Document, block: PartId, order: Sequence[int]) -> Document:
    """Put a block's steps in another order; `order` has their numbers, counted from 0."""
    return _with_blocks(
        document,
        (
            replace(one, steps=tuple(one.steps[number] for number in order))
            if one.id == block
            else one
            for one in document.blocks
        ),
    )


def move_block(document: Document, block: PartId, at: int) -> Document:
    """Put a block before block `at`, counted as it is now."""
    moved = [one for one in document.blocks if one.id == block]
    before = [one for one in document.blocks[:at] if one.id != block]
    after = [one for one in document.blocks[at:] if one.id != block]
    return _with_blocks(document, (*before, *moved, *after))


def duplicate(document: Document, parts: Collection[PartId]) -> tuple[Document, tuple[PartId, ...]]:
    """Put a copy after each step, or after the last of each run; return the copies' ids."""
    wanted = set(parts)
    made: list[PartId] = []
    for block in document.blocks:
        # What people wrote beside a step is about that one, not about its copy.
        chosen = [replace(step, notes=None) for step in block.steps if step.id in wanted]
        if chosen:
            last = max(at for at, step in enumerate(block.steps) if step.id in wanted)
            document, ids = insert_steps(document, block.id, last + 1, chosen)
            made += ids
    for block in document.blocks:
        if block.id in wanted:
            at = next(at for at, one in enumerate(document.blocks) if one.id == block.id)
            bare = tuple(replace(step, notes=None) for step in block.steps)
            copy = replace(block, steps=bare, notes=None)
            document, ids = insert_blocks(document, at + 1, [copy])
            made += ids
    return document, tuple(made)


def copied(document: Document, parts: Collection[PartId]) -> Clip:
    """Return blocks where any is among the parts, else steps, in the document's order."""
    wanted = set(parts)
    blocks = tuple(block for block in document.blocks if block.id in wanted)
    if blocks:
        return Clip(blocks=blocks)
    return Clip(steps=tuple(step for step in document.steps() if step.id in wanted))


def _with_blocks(document: Document, blocks: Iterable[BlockPart]) -> Document:
    return replace(document, blocks=tuple(blocks))


def _each_step(document: Document, change: Any) -> Document:  # noqa: ANN401  (a plain function)
    return _with_blocks(
        document,
        (replace(block, steps=tuple(map(change, block.steps))) for block in document.blocks),
    )


def _from_order(document: Document, order: Sequence[StepPart | PartId]) -> Document:
    """Return the document with its steps dealt out to the headers that they follow."""
    dealt: dict[PartId, list[StepPart]] = {}
    block: PartId | None = None
    for entry in order:
        if isinstance(entry, StepPart):
            if block is not None:
                dealt[block].append(entry)
        else:
            block = entry
            dealt[entry] = []
    return _with_blocks(
        document, (replace(one, steps=tuple(dealt[one.id])) for one in document.blocks)
    )


@dataclass(slots=True)
class UndoHistory:
    """Documents as they were; nothing is forgotten as long as the editor is open."""

    document: Document
    _undo: list[tuple[str, Document]] = field(default_factory=list)
    _redo: list[tuple[str, Document]] = field(default_factory=list)
    _merge: object = None

    def do(self, document: Document, label: str, *, merge: object = None) -> bool:
        """Take a changed document; return whether anything changed.

        `label` says what undo takes back. Changes in a row with the same `merge` (not None) are
        one: typing a name is undone as a whole.
        """
        if document == self.document:
            return False
        if merge is None or merge != self._merge or not self._undo:
            self._undo.append((label, self.document))
        self._merge = merge
        self._redo.clear()
        self.document = document
        return True

    def settle(self) -> None:
        """Let the next change be one of its own."""
        self._merge = None

    @property
    def undo_label(self) -> str | None:
        """What undo would take back; None where nothing is left."""
        return self._undo[-1][0] if self._undo else None

    @property
    def redo_label(self) -> str | None:
        return self._redo[-1][0] if self._redo else None

    def undo(self) -> bool:
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        return self._step(self._redo, self._undo)

    def _step(self, back: list[tuple[str, Document]], forth: list[tuple[str, Document]]) -> bool:
        if not back:
            return False
        label, document = back.pop()
        forth.append((label, self.document))
        # Ids that were given stay given: a part that comes back must not meet another of its id.
        self.document = replace(document, next_id=max(document.next_id, self.document.next_id))
        self._merge = None
        return True
