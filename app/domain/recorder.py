"""Turns a session's events into its record, and keeps each part as soon as it is done."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import assert_never

from app.domain.history import Mark, SessionRecord, Status, StepRecord
from app.domain.ports import HistoryStore
from app.domain.session import (
    Event,
    LeadInStarted,
    Outcome,
    SegmentExtended,
    SegmentFinished,
    SegmentStarted,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    Waiting,
)
from app.domain.timeline import Segment, SegmentKind, Timeline


def planned_record(
    timeline: Timeline, *, session_id: str, started: datetime, local_date: date, snapshot: str = ""
) -> SessionRecord:
    """Return the record of a session of which nothing is done yet.

    `started` is the beginning of get-ready, with its offset. Get-ready counts nowhere.
    """
    timed = [s for s in timeline.segments if s.kind is not SegmentKind.GET_READY]
    work = [s for s in timed if s.is_work]
    return SessionRecord(
        id=session_id,
        routine=timeline.routine_id,
        name=timeline.routine_name,
        started=_whole_ms(started),
        local_date=local_date,
        status=Status.RUNNING,
        planned_ms=sum(s.duration_ms for s in timed),
        planned_work_ms=sum(s.duration_ms for s in work),
        steps=tuple(
            StepRecord(
                index=segment.step - 1,
                exercise=segment.exercise,
                name=segment.name,
                side=segment.side,
                round=segment.round,
                phase=segment.phase,
                planned_ms=segment.duration_ms,
            )
            for segment in work
        ),
        snapshot=snapshot,
    )


def can_continue(record: SessionRecord, timeline: Timeline) -> bool:
    """Whether `timeline` still has the steps that the session was planned with."""
    planned = [(s.exercise, s.name, s.side, s.round) for s in record.steps]
    return planned == [
        (s.exercise, s.name, s.side, s.round) for s in timeline.segments if s.is_work
    ]


class Recorder:
    """Follows one session. Every event goes through `handle`, in order.

    A session of which too little was done leaves no trace. The record of an interrupted session
    that goes on (on a new `Session` over the same timeline) counts on from what it holds.
    """

    def __init__(self, store: HistoryStore, record: SessionRecord) -> None:
        self._store = store
        self._done: dict[int, int] = {}
        """Milliseconds spent in each segment since, by its index."""
        self._steps_before = record.steps
        self._apart_before_ms = record.active_ms - record.done_work_ms
        """Changeovers and rests of the session that was interrupted."""
        self._apart_ms: dict[int, int] = {}
        """Changeovers and rests since, by the segment's index."""
        self._current: Segment | None = None
        self._entered_at_ms = 0
        """The place in the current segment at which it was entered."""
        if record.status is Status.RUNNING:
            self._record = record
            store.begin(record)
        else:
            self._record = replace(record, status=Status.RUNNING, ended=None)
            store.resume(record.id)

    @property
    def record(self) -> SessionRecord:
        """All that is known so far."""
        return self._record

    def handle(self, event: Event, now: datetime) -> None:
        """Take in what happened; `now` is the time of day, with its offset."""
        match event:
            case SegmentStarted(segment=segment, elapsed_ms=elapsed_ms):
                self._enter(segment, elapsed_ms)
            case SegmentFinished(segment=segment, done_ms=done_ms, complete=complete):
                self._current = None
                self._done[segment.index] = done_ms
                self._save(segment, done_ms, complete=complete)
            case SessionPaused(elapsed_ms=elapsed_ms):
                self.checkpoint(elapsed_ms)
            case Waiting(segment=segment):
                self.checkpoint(segment.duration_ms)
            case SessionEnded(outcome=outcome, late_ms=late_ms):
                self._end(outcome, now - timedelta(milliseconds=late_ms))
            case LeadInStarted() | SessionResumed() | SegmentExtended():
                pass  # nothing was done by these
            case _:
                assert_never(event)

    def checkpoint(self, elapsed_ms: int) -> None:
        """Keep what is done of the running segment, up to this place in it, while it goes on."""
        segment = self._current
        if segment is not None:
            spent_ms = max(0, elapsed_ms - self._entered_at_ms)
            done_ms = self._done.get(segment.index, 0) + spent_ms
            self._save(segment, done_ms, complete=False)

    def mark(self, segment: Segment, elapsed_ms: int, now: datetime) -> None:
        """Keep "that hurts", at a place in a segment."""
        mark = Mark(
            at=_whole_ms(now),
            exercise=segment.exercise or segment.name,
            side=segment.side,
            at_ms=segment.start_ms + elapsed_ms,
        )
        self._record = replace(self._record, marks=(*self._record.marks, mark))
        self._store.add_mark(self._record.id, mark)

    def _enter(self, segment: Segment, elapsed_ms: int) -> None:
        self._current = segment
        self._entered_at_ms = elapsed_ms
        if segment.step != self._record.at_step:
            self._record = replace(self._record, at_step=segment.step)
            self._store.save_place(self._record.id, segment.step)

    def _save(self, segment: Segment, done_ms: int, *, complete: bool) -> None:
        """Put the segment's time into the record and the store; get-ready counts nowhere."""
        if segment.kind is SegmentKind.GET_READY:
            return
        steps = self._record.steps
        index = segment.step - 1
        if segment.is_work:
            before = self._steps_before[index]
            step = replace(
                steps[index],
                done_ms=before.done_ms + done_ms,
                complete=steps[index].complete or complete,
            )
            steps = (*steps[:index], step, *steps[index + 1 :])
        else:
            self._apart_ms[segment.index] = done_ms
        work_ms = sum(step.done_ms for step in steps)
        active_ms = work_ms + self._apart_before_ms + sum(self._apart_ms.values())
        self._record = replace(self._record, steps=steps, active_ms=active_ms, done_work_ms=work_ms)
        if segment.is_work:
            self._store.save_step(
                self._record.id, steps[index], active_ms=active_ms, done_work_ms=work_ms
            )
        else:
            self._store.save_progress(self._record.id, active_ms=active_ms, done_work_ms=work_ms)

    def _end(self, outcome: Outcome, ended: datetime) -> None:
        if not self._record.is_worth_keeping:
            self._store.discard(self._record.id)
            return
        status = Status.COMPLETED if outcome is Outcome.COMPLETED else Status.STOPPED
        self._record = replace(self._record, status=status, ended=_whole_ms(ended))
        self._store.end(self._record)


def _whole_ms(moment: datetime) -> datetime:
    """Return the moment as it can be stored, so that a record equals what is read back."""
    return moment.replace(microsecond=moment.microsecond // 1_000 * 1_000)
