"""What the history page shows, as plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.exercise import Phase
from app.domain.history import CheckIn, Moment, SessionRecord, SessionSummary, Status
from app.domain.streaks import Streaks

FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryData:
    """All that the page needs for one picture of itself."""

    today: date
    sessions: Sequence[SessionRecord]
    """Newest first."""
    streaks: Streaks
    active_ms_in_4_weeks: int
    has_more: bool = False
    """There are older sessions than these."""


def active_in_4_weeks(summaries: Iterable[SessionSummary], *, today: date) -> int:
    """Return the milliseconds of the last 28 days, today included."""
    return sum(s.active_ms for s in summaries if today - FOUR_WEEKS < s.local_date <= today)


def main_phase(session: SessionRecord) -> Phase:
    """Return the phase with the most time done; the planned where nothing was."""
    for amount in ("done_ms", "planned_ms"):
        totals: dict[Phase, int] = {}
        for step in session.steps:
            totals[step.phase] = totals.get(step.phase, 0) + getattr(step, amount)
        if any(totals.values()):
            return max(totals, key=lambda phase: totals[phase])
    return Phase.REST


def is_whole(session: SessionRecord) -> bool:
    return session.status is Status.COMPLETED


def score(session: SessionRecord, moment: Moment) -> CheckIn | None:
    """Return the last check-in of a moment."""
    found = [check for check in session.check_ins if check.moment is moment]
    return max(found, key=lambda check: check.at) if found else None


def by_day(sessions: Sequence[SessionRecord]) -> list[tuple[date, list[SessionRecord]]]:
    """Group sessions by the day they belong to, in their order."""
    days: list[tuple[date, list[SessionRecord]]] = []
    for session in sessions:
        if not days or days[-1][0] != session.local_date:
            days.append((session.local_date, []))
        days[-1][1].append(session)
    return days
