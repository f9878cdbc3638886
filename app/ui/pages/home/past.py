"""What Home knows of earlier sessions: when a routine was last done, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.history import SessionSummary, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """A session that the app could not finish, and where it goes on."""

    routine: str
    name: str
    started: datetime
    day: date
    next_step: int
    """The step to go on with, counted from 1."""
    steps: int


def last_done(summaries: Iterable[SessionSummary]) -> dict[str, tuple[datetime, date]]:
    """Return each routine's last session that is over: when it began, and its day."""
    found: dict[str, tuple[datetime, date]] = {}
    for session in summaries:
        if session.status is Status.RUNNING:
            continue
        known = found.get(session.routine)
        if known is None or session.started >= known[0]:
            found[session.routine] = (session.started, session.local_date)
    return found
