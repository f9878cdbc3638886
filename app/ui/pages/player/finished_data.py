"""What the finished screen says about a session that ended, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.check_ins import rise_after
from app.domain.history import Moment, Status, local_day, main_phase
from app.domain.streaks import goals_with_setting, streaks, week_marks
from app.domain.suggestion import follow_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from app.domain.catalogue import RoutineCard
    from app.domain.exercise import Phase
    from app.domain.history import CheckIn, Goal, Pause, SessionRecord, SessionSummary
    from app.domain.settings import Settings
    from app.domain.streaks import DayMark, Row, WeekSoFar


@dataclass(frozen=True, slots=True)
class StripPiece:
    """One step of the session."""

    phase: Phase
    length_ms: int
    done: bool


@dataclass(frozen=True, slots=True)
class Following:
    """The routine that usually comes after this one."""

    id: str
    name: str
    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedData:
    routine: str
    """Its name."""
    phase: Phase
    """The one with most minutes."""
    completed: bool
    steps_done: int
    steps: int
    active_ms: int
    strip: tuple[StripPiece, ...]
    weeks: Row
    """Weeks in a row."""
    days: Row
    """Days in a row."""
    this_week: WeekSoFar
    week: tuple[DayMark, ...]
    """Seven days, from the first of the week."""
    before: int | None = None
    """The check-in of get-ready."""
    rises_above: int | None = None
    """A higher score would be the third check-in in a row that rose; None where none can be."""
    following: Following | None = None


def finished_data(
    record: SessionRecord,
    *,
    cards: Sequence[RoutineCard],
    sessions: Sequence[SessionSummary],
    check_ins: Iterable[CheckIn],
    goals: Sequence[Goal],
    pauses: Sequence[Pause],
    settings: Settings,
    now: datetime,
) -> FinishedData:
    """Return what is said of a session that just ended; `sessions` has it already."""
    today = local_day(now, settings.day_ends_at_hour)
    found = streaks(
        sessions,
        goals=goals_with_setting(goals, settings.goal_days, today=today),
        pauses=pauses,
        runs=(),
        today=today,
        starts_on_sunday=settings.week_starts_on_sunday,
        day_ends_at_hour=settings.day_ends_at_hour,
    )
    all_check_ins = [*check_ins, *record.check_ins]
    own = [c for c in all_check_ins if c.session_id == record.id and c.moment is Moment.BEFORE]
    earlier = [c for c in all_check_ins if c.session_id != record.id]
    follower = follow_up(record.routine, cards, sessions)
    card = next((card for card in cards if card.id == follower), None)
    return FinishedData(
        routine=record.name,
        phase=main_phase(record.steps),
        completed=record.status is Status.COMPLETED,
        steps_done=sum(step.complete for step in record.steps),
        steps=len(record.steps),
        active_ms=record.active_ms,
        strip=tuple(
            StripPiece(step.phase, step.planned_ms, step.complete) for step in record.steps
        ),
        weeks=found.weeks_in_a_row,
        days=found.days_in_a_row,
        this_week=found.this_week,
        week=week_marks(sessions, today=today, starts_on_sunday=settings.week_starts_on_sunday),
        before=max(own, key=lambda c: c.at).score if own else None,
        rises_above=rise_after(earlier, Moment.AFTER),
        following=None if card is None else Following(card.id, card.name, card.duration_ms),
    )
