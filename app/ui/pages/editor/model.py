"""The routine that is edited: document, selection, undo, what is wrong with it, whether it is saved."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain import editing
from app.domain.editing import Clip, Document, OpenRoutine, PartId, PartProblem, UndoHistory
from app.domain.errors import ChangedOutsideError, RoutineError
from app.domain.expand import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from app.domain.choices import Choices
    from app.domain.exercise import ExerciseLibrary
    from app.domain.ports import RoutineDesk
    from app.domain.routine import Routine, Step
    from app.domain.timeline import Timeline
    from app.ui.signals import TypedSignal

SAVE_MS: Final = 500
"""A change is saved when nothing else was changed for so long."""
DRAFT_MS: Final = 250
"""What was changed is kept beside the file at the latest after this, valid or not."""


class SaveState(Enum):
    """What stands on disk."""

    SAVED = "saved"
    WAITING = "waiting"
    """Valid, and about to be saved."""
    INVALID = "invalid"
    """The last valid file stays."""
    CONFLICT = "conflict"
    """The file was changed outside, and so was the document."""
    TROUBLE = "trouble"
    """It cannot be written; `EditorModel.trouble` says why."""
    READ_ONLY = "read-only"


class Clipboard(Protocol):
    """Where cut and copied text goes; the system's in the app."""

    def text(self) -> str: ...

    def set_text(self, text: str) -> None: ...


class EditorModel(QObject):
    """Every change goes through here and can be undone. Pages show it and ask for changes.

    A change shows at once; what is wrong, how long it lasts (`checked`) follows in the same turn of
    the event loop or the next one.
    """

    changed = cast("TypedSignal[()]", Signal())
    """The document is another; the selection may be, too."""
    selection_changed = cast("TypedSignal[()]", Signal())
    checked = cast("TypedSignal[()]", Signal())
    """`problems`, `timeline` are those of the document as it is now."""
    state_changed = cast("TypedSignal[()]", Signal())
    history_changed = cast("TypedSignal[()]", Signal())
    """Undo and redo would do something else now."""
    saved = cast("TypedSignal[()]", Signal())
    """The file was written."""
    reloaded = cast("TypedSignal[()]", Signal())
    """The file was changed outside and nothing was unsaved: the document is the file's."""

    def __init__(
        self,
        opened: OpenRoutine,
        desk: RoutineDesk,
        clipboard: Clipboard,
        *,
        exercises: Callable[[], ExerciseLibrary],
        choices: Callable[[], Choices],
        unsaved: Document | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`unsaved` is what an earlier run of the app could not save."""
        super().__init__(parent)
        self._opened = opened
        self._desk = desk
        self._clipboard = clipboard
        self._exercises = exercises
        self._choices = choices
        self._history = UndoHistory(opened.document)
        self._saved_document = opened.document
        self._selection: tuple[PartId, ...] = ()
        self._current: PartId | None = None
        self._problems: tuple[PartProblem, ...] = ()
        self._timeline: Timeline | None = None
        self._state = SaveState.READ_ONLY if opened.read_only else SaveState.SAVED
        self._trouble = ""
        self._check = self._timer(0, self.check)
        self._save = self._timer(SAVE_MS, self.save_now)
        self._draft = self._timer(DRAFT_MS, self._keep_draft)
        if unsaved is not None:
            self._history.do(unsaved, self.tr("what was not saved"))
            self._note_change()
        self.check()

    def _timer(self, interval_ms: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    # What is there

    @property
    def opened(self) -> OpenRoutine:
        return self._opened

    @property
    def document(self) -> Document:
        return self._history.document

    @property
    def exercises(self) -> ExerciseLibrary:
        return self._exercises()

    @property
    def choices(self) -> Choices:
        return self._choices()

    @property
    def read_only(self) -> bool:
        return self._opened.read_only

    @property
    def problems(self) -> tuple[PartProblem, ...]:
        return self._problems

    @property
    def timeline(self) -> Timeline | None:
        """The routine laid flat with its optional parts; None where it cannot be."""
        return self._timeline

    @property
    def state(self) -> SaveState:
        return self._state

    @property
    def trouble(self) -> str:
        """One sentence: why it cannot be saved; empty where it can."""
        return self._trouble

    def problems_of(self, part: PartId | None, key: str | None = None) -> tuple[PartProblem, ...]:
        """Return what is wrong with a step or block (None: the routine itself), or one of its keys."""
        return tuple(
            problem
            for problem in self._problems
            if (problem.step if problem.step is not None else problem.block) == part
            and key in {None, problem.key}
        )

    # The selection

    @property
    def selection(self) -> tuple[PartId, ...]:
        """The selected steps and blocks, in the document's order."""
        return self._selection

    @property
    def current(self) -> PartId | None:
        """The step or block that the keyboard is at."""
        return self._current

    def select(self, parts: Iterable[PartId], current: PartId | None = None) -> None:
        wanted = set(parts)
        order = [
            part
            for block in self.document.blocks
            for part in (block.id, *(step.id for step in block.steps))
        ]
        selection = tuple(part for part in order if part in wanted)
        if current not in order:
            current = selection[-1] if selection else None
        if (selection, current) != (self._selection, self._current):
            self._selection, self._current = selection, current
            self._history.settle()
            self.selection_changed.emit()

    @property
    def selected_steps(self) -> tuple[PartId, ...]:
        """The selected steps; those of a selected block too."""
        return tuple(
            step.id
            for block in self.document.blocks
            for step in block.steps
            if step.id in self._selection or block.id in self._selection
        )

    # Changes

    def do(
        self,
        document: Document,
        label: str,
        *,
        merge: object = None,
        select: Iterable[PartId] | None = None,
    ) -> bool:
        """Take a changed document; see `UndoHistory.do`. Return whether anything changed."""
        if self.read_only or not self._history.do(document, label, merge=merge):
            return False
        self._after_change(select)
        return True

    def set_head(self, label: str, **changes: Any) -> None:  # noqa: ANN401  (Routine's fields)
        self.do(editing.set_head(self.document, **changes), label, merge=("head", *sorted(changes)))

    def set_block(self, block: PartId, label: str, **changes: Any) -> None:  # noqa: ANN401
        self.do(
            editing.set_block(self.document, block, **changes),
            label,
            merge=("block", block, *sorted(changes)),
        )

    def set_steps(self, steps: Iterable[PartId], label: str, **changes: Any) -> None:  # noqa: ANN401
        steps = tuple(steps)
        self.do(
            editing.set_steps(self.document, steps, **changes),
            label,
            merge=("steps", steps, *sorted(changes)),
        )

    def settle(self) -> None:
        """Let the next change be undone apart from the ones before, as when a field is left."""
        self._history.settle()

    def add_steps(self, steps: Iterable[Step], label: str) -> tuple[PartId, ...]:
        """Put steps after the current one, or at the end; they are selected."""
        document, block, at = self._place_to_add()
        document, made = editing.insert_steps(document, block, at, steps)
        self.do(document, label, select=made)
        return made

    def add_blocks_of(self, routine: Routine, label: str) -> None:
        """Put another routine's blocks behind those that are there; they are selected."""
        document, made = editing.insert_blocks(
            self.document, len(self.document.blocks), editing.document_of(routine).blocks
        )
        self.do(document, label, select=made)

    def add_block(self, name: str, label: str) -> PartId:
        """Put an empty block after the current one, or at the end; it is selected."""
        block = self.document.block_of(self._current) if self._current is not None else None
        at = len(self.document.blocks)
        if block is not None:
            at = [one.id for one in self.document.blocks].index(block.id) + 1
        document, (made,) = editing.insert_blocks(
            self.document, at, [editing.BlockPart(id=0, name=name)]
        )
        self.do(document, label, select=[made])
        return made

    def remove_selected(self, label: str) -> None:
        before = self.document
        if not self._selection:
            return
        follower = self._follower()
        self.do(
            editing.remove(before, self._selection),
            label,
            select=() if follower is None else [follower],
        )

    def duplicate_selected(self, label: str) -> None:
        document, made = editing.duplicate(self.document, self._selection)
        self.do(document, label, select=made)

    def move_selected(self, by: int, label: str) -> None:
        """Move the selected steps one place up (-1) or down (1); a selected block as a whole."""
        blocks = [one.id for one in self.document.blocks]
        chosen = [block for block in blocks if block in self._selection]
        if not chosen:
            self.do(editing.nudge_steps(self.document, self._selection, by), label)
            return
        document = self.document
        for block in chosen if by < 0 else reversed(chosen):
            order = [one.id for one in document.blocks]
            to = order.index(block) + by
            if 0 <= to < len(order) and order[to] not in chosen:
                document = editing.move_block(document, block, to if by < 0 else to + 1)
        self.do(document, label)

    def drop_steps(self, steps: Iterable[PartId], block: PartId, at: int, label: str) -> None:
        """Put dragged steps before step `at` of a block."""
        self.do(editing.move_steps(self.document, tuple(steps), block, at), label)

    # Clipboard

    def copy(self) -> bool:
        clip = editing.copied(self.document, self._selection)
        if clip:
            self._clipboard.set_text(self._desk.clip_text(clip))
        return bool(clip)

    def cut(self, label: str) -> None:
        if not self.read_only and self.copy():
            self.remove_selected(label)

    def pasted(self) -> Clip:
        """Return what a paste would put in; nothing where the clipboard has no steps."""
        return self._desk.pasted(self._clipboard.text())

    def paste(self, label: str) -> bool:
        """Put in what was cut or copied, here or in another routine; return whether it was that."""
        clip = self.pasted()
        if clip.blocks:
            block = self.document.block_of(self._current) if self._current is not None else None
            order = [one.id for one in self.document.blocks]
            at = len(order) if block is None else order.index(block.id) + 1
            document, made = editing.insert_blocks(self.document, at, clip.blocks)
            return self.do(document, label, select=made)
        if clip.steps:
            document, block_id, at = self._place_to_add()
            document, made = editing.insert_steps(document, block_id, at, clip.steps)
            return self.do(document, label, select=made)
        return False

    # Undo

    @property
    def undo_label(self) -> str | None:
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        return self._history.redo_label

    @Slot()
    def undo(self) -> None:
        self._travel(self._history.undo)

    @Slot()
    def redo(self) -> None:
        self._travel(self._history.redo)

    def _travel(self, step: Callable[[], bool]) -> None:
        """Undo or redo; where that takes away what was selected, select what stood beside it."""
        before, selection = self.document.steps(), self._selection
        if not step():
            return
        there = {part.id for part in self.document.steps()}
        there |= {block.id for block in self.document.blocks}
        if not selection or there.intersection(selection):
            self._after_change(None)
            return
        order = [part.id for part in before]
        first = order.index(selection[0]) if selection[0] in order else 0
        beside = _nearest(order, first, set(order) - there)
        self._after_change(() if beside is None else [beside])

    # Checking and saving

    @Slot()
    def check(self) -> None:
        """Find out what is wrong, and how long it lasts."""
        self._check.stop()
        self._problems = () if self.read_only else self._desk.problems(self.document)
        self._timeline = self._laid_flat()
        self.checked.emit()
        self._settle_state()

    @Slot()
    def save_now(self) -> None:
        """Save what can be saved; wait for nothing."""
        self._save.stop()
        self.check()
        if self._state not in {SaveState.WAITING, SaveState.TROUBLE} or self._problems:
            return
        try:
            self._opened = self._desk.save(self._opened, self.document)
        except ChangedOutsideError:
            self._show_state(SaveState.CONFLICT)
            return
        except RoutineError as error:
            self._trouble = str(error)
            self._show_state(SaveState.TROUBLE)
            return
        self._trouble = ""
        self._saved_document = self.document
        self._draft.stop()
        self._desk.forget_draft(self._opened)
        self._show_state(SaveState.SAVED)
        self.saved.emit()

    @Slot()
    def look_outside(self) -> None:
        """See whether another program changed the file: take it, or tell that both changed."""
        if not self._desk.is_changed(self._opened):
            return
        if self.is_unsaved:
            self._show_state(SaveState.CONFLICT)
        else:
            self.take_theirs()

    def take_theirs(self) -> bool:
        """Go on with the file as it stands now; what was here can be undone to.

        False where the file is gone or has a mistake: then nothing changes here, and `trouble`
        says why.
        """
        if not self._desk.text_outside(self._opened):
            return self._stay(self.tr("The file is gone."))
        try:
            opened = self._desk.open(self._opened.file)
        except RoutineError as error:
            return self._stay(str(error).splitlines()[0])
        self._opened = opened
        self._trouble = ""
        # Ids go on from here, so that no part of the file is taken for one that was here.
        document = editing.renumbered(opened.document, self.document)
        self._saved_document = document
        self._history.do(document, self.tr("changes from outside"))
        self._desk.forget_draft(opened)
        self._show_state(SaveState.SAVED)
        self._after_change(None)
        self.reloaded.emit()
        return True

    def _stay(self, trouble: str) -> bool:
        """Go on with what is here, and say what is wrong with the file."""
        self._trouble = trouble
        if self._state is not SaveState.CONFLICT:
            self._show_state(SaveState.TROUBLE)
        return False

    def keep_ours(self) -> None:
        """Write over what another program wrote."""
        self._opened = self._desk.accepting(self._opened)
        self._show_state(SaveState.WAITING)
        self.save_now()

    @property
    def is_unsaved(self) -> bool:
        """Whether there is something here that no file has: also one that was never saved."""
        is_new = not self._opened.text and bool(self.document.blocks)
        return self.document != self._saved_document or is_new

    def discard(self) -> None:
        """Let go of what is not saved: the routine is to be deleted."""
        self._stop()
        self._desk.forget_draft(self._opened)

    def _stop(self) -> None:
        for timer in (self._check, self._save, self._draft):
            timer.stop()

    def close(self) -> None:
        """Save or keep what is left, at once."""
        if self.is_unsaved:
            self.save_now()
        if self.is_unsaved:
            self._keep_draft()
        self._stop()

    # Inside

    def _after_change(self, select: Iterable[PartId] | None) -> None:
        known = {part.id for part in self.document.steps()}
        known |= {block.id for block in self.document.blocks}
        before = (self._selection, self._current)
        if select is not None:
            chosen = tuple(select)
            self._selection = chosen
            self._current = chosen[-1] if chosen else None
        self._selection = tuple(part for part in self._selection if part in known)
        if self._current not in known:
            self._current = self._selection[-1] if self._selection else None
        self._note_change()
        self.changed.emit()
        if (self._selection, self._current) != before:
            self.selection_changed.emit()
        self.history_changed.emit()

    def _note_change(self) -> None:
        self._check.start()
        self._save.start()
        if not self._draft.isActive():
            self._draft.start()

    def _settle_state(self) -> None:
        """Say where the document stands, after it was checked."""
        if self.read_only or self._state is SaveState.CONFLICT:
            return
        # What keeps it from being written stays said until it is written.
        if self._state is SaveState.TROUBLE and self._trouble and not self._problems:
            return
        if self._problems:
            self._show_state(SaveState.INVALID)
        elif self.is_unsaved:
            self._show_state(SaveState.WAITING)
        else:
            self._show_state(SaveState.SAVED)

    def _show_state(self, state: SaveState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit()

    @Slot()
    def _keep_draft(self) -> None:
        if not self.is_unsaved:
            self._desk.forget_draft(self._opened)
            return
        try:
            self._desk.keep_draft(self._opened, self.document)
        except RoutineError as error:
            self._trouble = str(error)
            self._show_state(SaveState.TROUBLE)

    def _laid_flat(self) -> Timeline | None:
        try:
            return expand(self.document.routine, self.exercises, self.choices)
        except RoutineError:
            return None

    def _place_to_add(self) -> tuple[Document, PartId, int]:
        """Return where a new step goes, in a document that has a block for it."""
        document, current = self.document, self._current
        block = document.block_of(current) if current is not None else None
        if block is None:
            if not document.blocks:
                document, _ = editing.insert_blocks(
                    document, 0, [editing.BlockPart(id=0, name=self.tr("Exercises"))]
                )
            block = document.blocks[-1]
            return document, block.id, len(block.steps)
        place = document.place(current) if current is not None else None
        return document, block.id, len(block.steps) if place is None else place[1] + 1

    def _follower(self) -> PartId | None:
        """Return what is selected once the selection is gone: the next step, else the one before.

        It stays in the block as long as that has steps: who presses Delete again means a step.
        """
        gone = set(self._selection)
        last = self._selection[-1]
        block = self.document.block_of(last)
        if block is not None and block.id not in gone:
            steps = [step.id for step in block.steps]
            return _nearest(steps, steps.index(last), gone) or block.id
        blocks = [one.id for one in self.document.blocks]
        return _nearest(blocks, blocks.index(last), gone) if last in blocks else None


def _nearest(order: Sequence[PartId], at: int, gone: Collection[PartId]) -> PartId | None:
    """Return the next of a row that is not gone, else the one before; None where all are."""
    after = [part for part in order[at:] if part not in gone]
    before = [part for part in order[:at] if part not in gone]
    return after[0] if after else (before[-1] if before else None)
