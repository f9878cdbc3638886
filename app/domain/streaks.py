"""Streaks, goals and consistency: computed from sessions, runs and pauses each time."""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.exercise import Phase
from app.domain.history import Goal, Pause, Run, SessionSummary, Status, local_day

DEFAULT_GOAL = 3
POST_RUN_WINDOW = timedelta(minutes=90)
POST_RUN_SPAN = timedelta(weeks=12)
POST_RUN_RUNS = 12
_WEEK = 7
_CONSISTENCY_DAYS = 14
_CONSISTENCY_HALF_LIFE = 13


@dataclass(frozen=True, slots=True)
class Row:
    """How many in a row: now, and the longest ever (the current one included)."""

    current: int
    best: int


@dataclass(frozen=True, slots=True)
class WeekSoFar:
    """Counting days of the running week, and how many the goal asks for."""

    days: int
    goal: int


@dataclass(frozen=True, slots=True)
class PostRun:
    """Of the recent runs, how many were followed by a session that counts."""

    followed: int
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Streaks:
    sessions: int
    active_ms: int
    weeks_in_a_row: Row
    days_in_a_row: Row
    this_week: WeekSoFar
    consistency: int
    """0 to 100."""
    post_run: PostRun


class DayState(StrEnum):
    DONE = "done"
    CUT_SHORT = "cut-short"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """One day of a week, as its mark shows it."""

    day: date
    state: DayState
    is_today: bool
    phase: Phase | None = None
    """The phase with the most minutes; None where there was no session."""
    names: tuple[str, ...] = ()
    """The day's routines, in the order in which they were done."""


def counting_days(sessions: Iterable[SessionSummary], *, today: date) -> frozenset[date]:
    """Return the days up to `today` on which a session reached half of its planned work."""
    return frozenset(s.local_date for s in sessions if s.local_date <= today and s.counts)


def goal_on(goals: Sequence[Goal], day: date) -> int:
    """Return the goal in force on `day`; before the oldest one (they come first) that one holds."""
    days = goals[0].days if goals else DEFAULT_GOAL
    for goal in goals:
        if goal.since > day:
            break
        days = goal.days
    return days


def goals_with_setting(kept: Sequence[Goal], setting: int, *, today: date) -> list[Goal]:
    """Return the goals to judge by: those kept, and from today on the one that is set.

    They differ where the setting was changed while no window was open, or never in the app.
    """
    if not kept:
        return [Goal(since=date.min, days=setting)]
    if goal_on(kept, today) == setting:
        return list(kept)
    return [*(goal for goal in kept if goal.since < today), Goal(since=today, days=setting)]


def goals_after_change(kept: Sequence[Goal], before: int, after: int, *, today: date) -> list[Goal]:
    """Return the goals to keep when the setting changes: the past stays judged as it was."""
    return goals_with_setting(goals_with_setting(kept, before, today=today), after, today=today)


def days_in_a_row(days: Collection[date], pauses: Iterable[Pause], *, today: date) -> Row:
    """Return the row of counting days that ends today or, while today has none yet, yesterday."""
    counting = _ordinals(days, today)
    paused = _paused_ordinals(pauses, counting, today)
    current = best = 0
    for day in _days_to(today, counting):
        if day in counting:
            current += 1
            best = max(best, current)
        elif day != today.toordinal() and day not in paused:
            current = 0
    return Row(current, best)


def weeks_in_a_row(
    days: Collection[date],
    goals: Sequence[Goal],
    pauses: Iterable[Pause],
    *,
    today: date,
    starts_on_sunday: bool = False,
) -> Row:
    """Return the row of weeks that met the goal in force on their last day.

    The running week adds to the row once it met the goal, and never breaks it.
    """
    counting = _ordinals(days, today)
    if not counting:
        return Row(0, 0)
    paused = _paused_ordinals(pauses, counting, today)
    current = best = 0
    first = week_start(date.fromordinal(min(counting)), starts_on_sunday=starts_on_sunday)
    for start in range(first.toordinal(), today.toordinal() + 1, _WEEK):
        week = range(start, start + _WEEK)
        met = sum(day in counting for day in week) >= goal_on(goals, date.fromordinal(week[-1]))
        if met:
            current += 1
            best = max(best, current)
        elif today.toordinal() not in week and not any(day in paused for day in week):
            current = 0
    return Row(current, best)


def this_week(
    days: Collection[date], goals: Sequence[Goal], *, today: date, starts_on_sunday: bool = False
) -> WeekSoFar:
    start = week_start(today, starts_on_sunday=starts_on_sunday)
    end = start + timedelta(days=_WEEK - 1)
    return WeekSoFar(sum(start <= day <= today for day in set(days)), goal_on(goals, end))


def consistency(
    days: Collection[date], goals: Sequence[Goal], pauses: Iterable[Pause], *, today: date
) -> int:
    """Return 0 to 100: rises while the goal is kept, falls slowly, waits while paused."""
    counting = _ordinals(days, today)
    paused = _paused_ordinals(pauses, counting, today)
    recent: deque[bool] = deque(maxlen=_CONSISTENCY_DAYS)
    score = 0.0
    for day in _days_to(today, counting):
        if day in paused and day not in counting:
            continue
        recent.append(day in counting)
        goal = goal_on(goals, date.fromordinal(day))
        keep: float = 0.5 ** ((goal / _WEEK) ** 0.5 / _CONSISTENCY_HALF_LIFE)
        score = score * keep + min(1.0, sum(recent) / (2 * goal)) * (1 - keep)
    return int(100 * score + 0.5)


def post_run(
    runs: Iterable[Run],
    sessions: Iterable[SessionSummary],
    *,
    today: date,
    day_ends_at_hour: int = 3,
) -> PostRun:
    """Return how many of the last 12 weeks' runs (the newest 12) a counting session followed."""
    recent = sorted(
        (
            run.ended
            for run in runs
            if today - POST_RUN_SPAN < local_day(run.ended, day_ends_at_hour) <= today
        ),
        reverse=True,
    )[:POST_RUN_RUNS]
    starts = [s.started for s in sessions if s.local_date <= today and s.counts]
    followed = sum(
        any(ended <= start <= ended + POST_RUN_WINDOW for start in starts) for ended in recent
    )
    return PostRun(followed, len(recent))


def streaks(
    sessions: Sequence[SessionSummary],
    *,
    goals: Sequence[Goal],
    pauses: Sequence[Pause],
    runs: Sequence[Run],
    today: date,
    starts_on_sunday: bool = False,
    day_ends_at_hour: int = 3,
) -> Streaks:
    """Compute everything that `history --stats` and the history page say about the whole.

    Sessions after `today` are left out, and so are running ones of which nothing is done yet.
    """
    kept = [s for s in sessions if s.local_date <= today and not _is_barely_begun(s)]
    days = counting_days(kept, today=today)
    return Streaks(
        sessions=len(kept),
        active_ms=sum(s.active_ms for s in kept),
        weeks_in_a_row=weeks_in_a_row(
            days, goals, pauses, today=today, starts_on_sunday=starts_on_sunday
        ),
        days_in_a_row=days_in_a_row(days, pauses, today=today),
        this_week=this_week(days, goals, today=today, starts_on_sunday=starts_on_sunday),
        consistency=consistency(days, goals, pauses, today=today),
        post_run=post_run(runs, kept, today=today, day_ends_at_hour=day_ends_at_hour),
    )


def week_start(day: date, *, starts_on_sunday: bool = False) -> date:
    """Return the first day of the week that `day` is in."""
    return day - timedelta(days=(day.weekday() + starts_on_sunday) % _WEEK)


def week_marks(
    sessions: Iterable[SessionSummary], *, today: date, starts_on_sunday: bool = False
) -> tuple[DayMark, ...]:
    """Return the seven days of the running week, in order.

    A day is done when one of its sessions ran to its end and counts; a day with other sessions
    alone was cut short.
    """
    start = week_start(today, starts_on_sunday=starts_on_sunday)
    days = [start + timedelta(days=n) for n in range(_WEEK)]
    of_day: dict[date, list[SessionSummary]] = {day: [] for day in days}
    for session in sessions:
        if session.local_date in of_day and not _is_barely_begun(session):
            of_day[session.local_date].append(session)
    return tuple(_day_mark(day, of_day[day], is_today=day == today) for day in days)


def _day_mark(day: date, sessions: list[SessionSummary], *, is_today: bool) -> DayMark:
    if not sessions:
        return DayMark(day=day, state=DayState.NONE, is_today=is_today)
    active: dict[Phase, int] = {}
    for session in sessions:
        active[session.phase] = active.get(session.phase, 0) + session.active_ms
    is_done = any(s.status is Status.COMPLETED and s.counts for s in sessions)
    names = [s.name for s in sorted(sessions, key=lambda s: s.started)]
    return DayMark(
        day=day,
        state=DayState.DONE if is_done else DayState.CUT_SHORT,
        is_today=is_today,
        phase=max(active, key=lambda phase: active[phase]),
        names=tuple(dict.fromkeys(names)),
    )


def _is_barely_begun(session: SessionSummary) -> bool:
    return session.status is Status.RUNNING and session.done_work_ms == 0


# Days as ordinals: adding 1 to a number is what makes ten years of days cheap.


def _ordinals(days: Iterable[date], today: date) -> set[int]:
    return {day.toordinal() for day in days if day <= today}


def _days_to(today: date, counting: set[int]) -> range:
    """Return every day from the first counting one to today."""
    return range(min(counting), today.toordinal() + 1) if counting else range(0)


def _paused_ordinals(pauses: Iterable[Pause], counting: set[int], today: date) -> set[int]:
    """Return the paused days that can matter: those of the weeks between the two ends."""
    if not counting:
        return set()
    first, last = min(counting) - _WEEK, today.toordinal() + _WEEK
    paused: set[int] = set()
    for pause in pauses:
        end = last if pause.last is None else min(last, pause.last.toordinal())
        paused.update(range(max(first, pause.first.toordinal()), end + 1))
    return paused
