"""What the engine needs of the world, as protocols; `bootstrap` fills them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.advice import Rule, Silence
    from app.domain.catalogue import Listing
    from app.domain.cues import Cue
    from app.domain.editing import Clip, Document, OpenRoutine, PartId, PartProblem
    from app.domain.exercise import ExerciseLibrary
    from app.domain.history import (
        CheckIn,
        Goal,
        Mark,
        Pause,
        Run,
        SessionRecord,
        SessionSummary,
        StepRecord,
    )
    from app.domain.routine import Routine
    from app.domain.speech import VoiceInfo


class SessionSound(Protocol):
    """Plays planned cues and is the session's clock.

    `now_ms` runs on while nothing plays, never goes backwards, and, while a take plays, advances
    exactly with the frames that are heard. All calls come from the thread that made the object.
    """

    def now_ms(self) -> int:
        """Return the session clock in milliseconds, from an arbitrary zero."""
        ...

    def play(
        self,
        cues: Sequence[Cue],
        *,
        from_ms: int,
        lead_in: Sequence[Cue] = (),
        lead_in_ms: int = 0,
    ) -> None:
        """Replace what sounds by `cues` from timeline position `from_ms` on.

        `lead_in` cues (on an axis of their own from 0) sound first and push the rest back by
        `lead_in_ms`. The clock stands still from this call until the take's first frame is heard,
        so that now + x is the moment at which the take's millisecond x is heard. What sounded
        before ends in a 10 ms fade. Once the take is over the stream stays open on silence.
        """
        ...

    def replace(self, cues: Sequence[Cue]) -> None:
        """Re-render the running take with other cues, without moving the position.

        For volume balance, muted tones or voice: heard within 700 ms, with a gap of 10 ms at most.
        """
        ...

    def pause(self) -> None:
        """Fade out and hold; the clock goes on by itself."""
        ...

    def ring_out(self) -> None:
        """Let all that is planned sound to its end, then close the stream."""
        ...

    def stop(self) -> None:
        """Fade out and close the stream."""
        ...

    def set_volume(self, volume: float) -> None:
        """0.0 to 1.0, heard within 100 ms."""
        ...

    def set_levels(self, *, tones: float, voice: float) -> None:
        """0.0 to 1.0 each, beside the volume; heard with the next `play` or `replace`."""
        ...

    def set_listener(self, changed: Callable[[bool], None]) -> None:
        """`changed(False)` when the output is lost, `changed(True)` when it is back."""
        ...

    def set_hole_listener(self, slept: Callable[[int], None]) -> None:
        """`slept(at)` when the machine slept, or the process was stopped, for more than 2 s.

        `at` is the session clock in milliseconds when it began; the clock leaves it out. Only
        while a take plays.
        """
        ...


class Voice(Protocol):
    """Speaks sentences that are made ready before they are due."""

    def prepare(self, sentences: Sequence[str]) -> None:
        """Make a session's sentences ready in the background, those needed first first.

        One engine speaks all of them that no clip has. What an earlier call asked for and this one
        does not is not waited for any more.
        """
        ...

    def length_ms(self, sentence: str) -> int | None:
        """Return how long a sentence takes; None while it is not ready, 0 where it stays unsaid."""
        ...

    def info(self) -> VoiceInfo:
        """Return which voice speaks, and why that one."""
        ...

    def set_listener(self, changed: Callable[[], None]) -> None:
        """Have `changed()` called when more sentences are ready, or another voice speaks.

        It is called in the thread that made the object, not more than a few times a second.
        """
        ...


class HistoryStore(Protocol):
    """Keeps sessions. Writes come back at once and are on disk within 250 ms, in order."""

    def begin(self, record: SessionRecord) -> None:
        """Keep a session that starts: `record` has its planned steps, all with 0 ms done."""
        ...

    def save_step(
        self, session_id: str, step: StepRecord, *, active_ms: int, done_work_ms: int
    ) -> None:
        """Keep a work segment that was left; `step.done_ms` and the sums are totals so far."""
        ...

    def save_progress(self, session_id: str, *, active_ms: int, done_work_ms: int) -> None:
        """Keep the sums after a changeover or rest; they are totals so far."""
        ...

    def save_place(self, session_id: str, step: int) -> None:
        """Keep the step that the session is at now, counted from 1: "Continue" goes on there."""
        ...

    def add_mark(self, session_id: str, mark: Mark) -> None:
        """Keep that something hurt."""
        ...

    def end(self, record: SessionRecord) -> None:
        """Close a session: `record` says all that was done.

        Check-ins, marks and the note that were kept apart from it stay.
        """
        ...

    def discard(self, session_id: str) -> None:
        """Leave no trace of a session: too little was done to keep."""
        ...

    def resume(self, session_id: str) -> None:
        """Let an interrupted session go on."""
        ...

    def keep_as_stopped(self, session_id: str) -> None:
        """Let an interrupted session stand as it is, stopped early."""
        ...

    def add_check_in(self, check_in: CheckIn) -> None:
        """Keep a score; one of the same moment of the same session or run is replaced."""
        ...

    def remove_check_in(self, check_in: CheckIn) -> None: ...

    def set_note(self, session_id: str, note: str) -> None: ...

    def put_session(self, record: SessionRecord) -> None:
        """Keep a whole session: one that was deleted, added or edited (same id: replaced)."""
        ...

    def set_goals(self, goals: Sequence[Goal]) -> None:
        """Replace the goals and their dates."""
        ...


class Catalogue(Protocol):
    """Routines and exercises on disk, the user's own laid over the shipped ones."""

    def listing(self) -> Listing:
        """Cards for every routine, from the index where files did not change."""
        ...

    def routine(self, routine_id: str) -> Routine:
        """Return the routine with that id; RoutineError says what is wrong with its file."""
        ...

    def routine_text(self, routine_id: str) -> str:
        """Return the file as it stands, for a session's snapshot."""
        ...

    def load(self, reference: str) -> tuple[Routine, str]:
        """Return the routine that an id or a file's path names, and its text."""
        ...

    def parse(self, text: str, routine_id: str) -> Routine:
        """Return the routine that a kept text says; RoutineError where it says none."""
        ...

    def exercises(self) -> ExerciseLibrary: ...


class HistoryReader(Protocol):
    """Reads what was kept. Newest sessions first."""

    def sessions(self, *, limit: int | None = None) -> list[SessionRecord]:
        """With steps, check-ins and marks."""
        ...

    def summaries(self) -> list[SessionSummary]:
        """Every session in few columns, oldest first: what Home and streaks need."""
        ...

    def interrupted(self) -> SessionRecord | None:
        """Return the session that an earlier run of the app left unfinished, if any."""
        ...

    def session(self, session_id: str) -> SessionRecord | None:
        """One session with everything that belongs to it; None where there is none."""
        ...

    def pauses(self) -> list[Pause]:
        """Oldest first."""
        ...

    def runs(self) -> list[Run]:
        """Oldest first."""
        ...

    def goals(self) -> list[Goal]:
        """Oldest first; empty until the goal was changed (`streaks.goals_with_setting`)."""
        ...


class RoutineDesk(Protocol):
    """Opens, checks and saves routines that are edited. Raises RoutineError, in one sentence."""

    def open(self, file: str) -> OpenRoutine:
        """Read a routine's file, shipped or own."""
        ...

    def blank(self, routine: Routine) -> OpenRoutine:
        """Return a new routine that has no file yet: `save` makes it, named after the routine."""
        ...

    def problems(self, document: Document) -> tuple[PartProblem, ...]:
        """Return what keeps a document from being saved; nothing where it is valid."""
        ...

    def text(self, document: Document) -> str:
        """Return a document in the form of a file, valid or not."""
        ...

    def clip_text(self, clip: Clip) -> str:
        """Return cut or copied parts as text that `pasted` reads, and people too."""
        ...

    def pasted(self, text: str) -> Clip:
        """Return the steps or blocks that a text in the form of a file says; none where it is not."""
        ...

    def save(self, opened: OpenRoutine, document: Document) -> OpenRoutine:
        """Write a valid document, whole or not at all; ChangedOutsideError where the file is another by now."""
        ...

    def is_changed(self, opened: OpenRoutine) -> bool:
        """Whether the file is another than when it was opened or saved; also when it is gone."""
        ...

    def text_outside(self, opened: OpenRoutine) -> str:
        """Return what stands in the file now; empty where it is gone or cannot be read."""
        ...

    def export(self, file: str, document: Document) -> None:
        """Write a document as a file for elsewhere."""
        ...

    def silenced(self, document: Document) -> frozenset[Silence]:
        """Return what `advice.advise` is not to remark, by the comments of a document."""
        ...

    def silence(self, document: Document, rule: Rule, part: PartId | None = None) -> Document:
        """Return a document with a comment that silences a rule for a part, or all of it."""
        ...

    def list_text(self, file: str) -> str:
        """Return the text of a file with a list that a person wrote."""
        ...

    def accepting(self, opened: OpenRoutine) -> OpenRoutine:
        """Return it as if the file had been read as it is now, to be written over."""
        ...

    def create(self, document: Document) -> OpenRoutine:
        """Make a new file of the user's, named after the routine; a taken name gets a number."""
        ...

    def keep_draft(self, opened: OpenRoutine, document: Document) -> None:
        """Keep what is not saved yet, so that it survives the app; any thread's time is short."""
        ...

    def forget_draft(self, opened: OpenRoutine) -> None: ...

    def draft(self, file: str) -> OpenRoutine | None:
        """Return what was kept of a file and is not in it, with the text that it had then."""
        ...

    def drafts(self) -> tuple[OpenRoutine, ...]:
        """Return what an earlier run kept and did not save, its `document` as it was."""
        ...
