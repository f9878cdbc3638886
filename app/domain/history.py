"""What happened: sessions, steps, check-ins, marks, runs and pauses, as facts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.choices import Side
from app.domain.exercise import Phase

KEEP_WORK_MS = 5_000
"""With so much work done a session is kept, even if no step was finished."""


def local_day(moment: datetime, day_ends_at_hour: int) -> date:
    """Return the day that `moment` belongs to by its own clock, where days end at that hour."""
    return (moment.replace(tzinfo=None) - timedelta(hours=day_ends_at_hour)).date()


class Status(StrEnum):
    COMPLETED = "completed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    RUNNING = "running"


class Moment(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    HOUR_AFTER = "hour-after"
    NEXT_MORNING = "next-morning"
    DAY_LATER = "day-later"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """How tight the lower back is, 0 loose to 10 very tight (numeric rating scale)."""

    moment: Moment
    score: int
    at: datetime
    """With its UTC offset."""
    session_id: str | None = None
    run_id: str | None = None
    """The session or the run it belongs to; neither for one given by itself."""

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 10:  # noqa: PLR2004  (the scale's ends)
            raise ValueError(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place of a session at which the person said: that hurts."""

    at: datetime
    exercise: str
    side: Side
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """One planned work segment: a side and round of a step, and how much of it was done."""

    index: int
    """Its place among the session's work segments, counted from 0."""
    exercise: str | None
    name: str
    side: Side
    round: int
    phase: Phase
    planned_ms: int
    done_ms: int = 0
    complete: bool = False
    """It ran to its end at least once."""


def main_phase(steps: Iterable[StepRecord]) -> Phase:
    """Return the phase with most done time, by planned time where nothing was done.

    A session without steps (an imported one) counts as holds.
    """
    done: dict[Phase, int] = {}
    planned: dict[Phase, int] = {}
    for step in steps:
        done[step.phase] = done.get(step.phase, 0) + step.done_ms
        planned[step.phase] = planned.get(step.phase, 0) + step.planned_ms
    return max(planned, key=lambda phase: (done[phase], planned[phase]), default=Phase.STATIC)


def _is_half_done(*, planned_ms: int, active_ms: int, planned_work_ms: int, work_ms: int) -> bool:
    # Imported sessions may know no work apart from the rest; then all of their time stands for it.
    if planned_work_ms == 0:
        return planned_ms > 0 and 2 * active_ms >= planned_ms
    return 2 * work_ms >= planned_work_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One run through a routine. All moments carry their UTC offset."""

    id: str
    routine: str
    name: str
    started: datetime
    local_date: date
    """Decided when the session starts, by the user's end of day; never recomputed."""
    status: Status
    planned_ms: int
    planned_work_ms: int
    active_ms: int = 0
    done_work_ms: int = 0
    ended: datetime | None = None
    steps: tuple[StepRecord, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    marks: tuple[Mark, ...] = ()
    note: str = ""
    snapshot: str = ""
    """The routine's file as it stood, and what was chosen for the day (`snapshot.py`)."""
    at_step: int = 1
    """The step it is or was at, counted from 1: where "Continue" goes on."""

    @property
    def counts(self) -> bool:
        """Whether half of the planned work was done, so that its day counts."""
        return _is_half_done(
            planned_ms=self.planned_ms,
            active_ms=self.active_ms,
            planned_work_ms=self.planned_work_ms,
            work_ms=self.done_work_ms,
        )

    @property
    def is_worth_keeping(self) -> bool:
        """Whether a step was finished or enough work done; else it leaves no trace."""
        return self.done_work_ms >= KEEP_WORK_MS or any(step.complete for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run the user logged."""

    id: str
    ended: datetime
    duration_ms: int | None = None


class PauseReason(StrEnum):
    ILL = "ill"
    INJURED = "injured"
    AWAY = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days that neither count nor break a streak; open-ended while `last` is None."""

    id: str
    first: date
    last: date | None = None
    reason: PauseReason = PauseReason.AWAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Days a week, in force from `since` on."""

    since: date
    days: int = field(default=3)

    def __post_init__(self) -> None:
        if not 1 <= self.days <= 7:  # noqa: PLR2004  (days of a week)
            raise ValueError(self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One session in the few figures that streaks, Home and suggestions need."""

    id: str
    routine: str
    name: str
    started: datetime
    local_date: date
    status: Status
    active_ms: int
    planned_work_ms: int
    done_work_ms: int
    phase: Phase
    """The phase with most done time (planned where nothing was done)."""
    planned_ms: int = 0
    ended: datetime | None = None

    @property
    def counts(self) -> bool:
        """See `SessionRecord.counts`."""
        return _is_half_done(
            planned_ms=self.planned_ms,
            active_ms=self.active_ms,
            planned_work_ms=self.planned_work_ms,
            work_ms=self.done_work_ms,
        )


def status_when_left(record: SessionRecord) -> Status | None:
    """Return what a running session is whose app has died; None where it leaves no trace."""
    if not record.is_worth_keeping:
        return None
    last = record.steps[-1:]
    is_over = record.at_step >= len(record.steps) and all(step.complete for step in last)
    return Status.COMPLETED if is_over else Status.INTERRUPTED


def summary_of(record: SessionRecord) -> SessionSummary:
    """Return the same session in few figures, as a store would."""
    return SessionSummary(
        id=record.id,
        routine=record.routine,
        name=record.name,
        started=record.started,
        local_date=record.local_date,
        status=record.status,
        active_ms=record.active_ms,
        planned_work_ms=record.planned_work_ms,
        done_work_ms=record.done_work_ms,
        phase=main_phase(record.steps),
        planned_ms=record.planned_ms,
        ended=record.ended,
    )
