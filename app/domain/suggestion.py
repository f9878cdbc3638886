"""What Home suggests to start now, and what usually follows a session: from cards and history."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from app.domain.catalogue import RoutineCard
from app.domain.history import SessionSummary, local_day
from app.domain.when import When

AFTER_WARM_UP = timedelta(hours=4)
MORNING_ENDS_AT_HOUR = 10
WEEKDAY_SPAN = timedelta(weeks=8)
FOLLOWS_WITHIN = timedelta(minutes=90)
USUAL_TIME_SESSIONS = 10

FIRST_CHOICE = {
    When.BEFORE_RUN: "dynamic-warm-up-short",
    When.AFTER_RUN: "post-run-holds-express",
    When.MORNING: "morning-loosener",
    When.REST_DAY: "core-beginner",
}
"""The routine of each moment that is suggested before any of them was used."""

_WARM_DOWN = "warm-down-walk"


class Reason(StrEnum):
    """What is known and what is asked, one sentence each, for the window to say."""

    WARMED_UP = "warmed-up"
    """ "Warmed up at 7:10. Back from your run?", with the time in `at`."""
    MORNING = "morning"
    """Before ten, and nothing was done today."""
    WEEKDAY = "weekday"
    """What was done most on this weekday, lately."""
    OPENING = "opening"
    """Nothing is known: "Going for a run?"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    routine: str
    when: When
    """The moment it was chosen for."""
    reason: Reason
    at: datetime | None = None
    """When the warm-up of `Reason.WARMED_UP` began."""
    weekday: int | None = None
    """The weekday of `Reason.WEEKDAY`, counted from Monday as 0."""


def suggest(
    cards: Sequence[RoutineCard],
    sessions: Iterable[SessionSummary],
    *,
    now: datetime,
    day_ends_at_hour: int = 3,
) -> Suggestion | None:
    """Return the routine to offer at `now` (with its offset); None where there is no routine."""
    moment_of = {card.id: card.when for card in cards}
    past = [s for s in sessions if s.started <= now]
    today = local_day(now, day_ends_at_hour)

    warm_up = _open_warm_up(past, moment_of, now)
    if warm_up is not None:
        routine = _routine_for(When.AFTER_RUN, cards, past)
        if routine is not None:
            return Suggestion(
                routine=routine, when=When.AFTER_RUN, reason=Reason.WARMED_UP, at=warm_up.started
            )

    if now.hour < MORNING_ENDS_AT_HOUR and all(s.local_date != today for s in past):
        routine = _routine_for(When.MORNING, cards, past)
        if routine is not None:
            return Suggestion(routine=routine, when=When.MORNING, reason=Reason.MORNING)

    usual = _weekday_moment(past, moment_of, today)
    if usual is not None:
        routine = _routine_for(usual, cards, past)
        if routine is not None:
            return Suggestion(
                routine=routine, when=usual, reason=Reason.WEEKDAY, weekday=today.weekday()
            )

    for when in (When.BEFORE_RUN, *When):
        routine = _routine_for(when, cards, past)
        if routine is not None:
            return Suggestion(routine=routine, when=when, reason=Reason.OPENING)
    return None


def for_moment(
    when: When, cards: Sequence[RoutineCard], sessions: Iterable[SessionSummary]
) -> str | None:
    """Return the routine to offer for one moment ("Something else"): the one used last."""
    return _routine_for(when, cards, list(sessions))


def follow_up(
    routine: str, cards: Sequence[RoutineCard], sessions: Iterable[SessionSummary]
) -> str | None:
    """Return the routine that usually followed this one within 90 minutes; None if none did.

    After the warm-down it is the holds, as long as history knows nothing else.
    """
    known = {card.id for card in cards}
    ordered = sorted(sessions, key=lambda s: s.started)
    followers: Counter[str] = Counter()
    for session, following in pairwise(ordered):
        gap = following.started - (session.ended or session.started)
        if session.routine == routine and following.routine in known and gap <= FOLLOWS_WITHIN:
            followers[following.routine] += 1
    followers.pop(routine, None)
    if followers:
        return followers.most_common(1)[0][0]
    if routine == _WARM_DOWN:
        others = [card for card in cards if card.id != routine]
        return _routine_for(When.AFTER_RUN, others, ordered)
    return None


def usual_start(
    when: When, cards: Iterable[RoutineCard], sessions: Iterable[SessionSummary]
) -> time | None:
    """Return the median time of day at which the moment's last ten sessions began."""
    ids = {card.id for card in cards if card.when is when}
    used = sorted((s for s in sessions if s.routine in ids), key=lambda s: s.started)
    minutes = sorted(s.started.hour * 60 + s.started.minute for s in used[-USUAL_TIME_SESSIONS:])
    if not minutes:
        return None
    middle = len(minutes) // 2
    median = minutes[middle] if len(minutes) % 2 else sum(minutes[middle - 1 : middle + 1]) // 2
    return time(*divmod(median, 60))


def _open_warm_up(
    past: list[SessionSummary], moment_of: dict[str, When], now: datetime
) -> SessionSummary | None:
    """Return the last warm-up done within four hours that no after-run session followed."""
    warm_ups = [
        s
        for s in past
        if s.counts
        and moment_of.get(s.routine) is When.BEFORE_RUN
        and now - (s.ended or s.started) <= AFTER_WARM_UP
    ]
    if not warm_ups:
        return None
    latest = max(warm_ups, key=lambda s: s.started)
    closed = any(
        moment_of.get(s.routine) is When.AFTER_RUN and s.started > latest.started for s in past
    )
    return None if closed else latest


def _weekday_moment(
    past: list[SessionSummary], moment_of: dict[str, When], today: date
) -> When | None:
    """Return the moment used most on today's weekday in eight weeks; of equals, the latest."""
    used: Counter[When] = Counter()
    last: dict[When, datetime] = {}
    for session in past:
        moment = moment_of.get(session.routine)
        is_recent = today - WEEKDAY_SPAN <= session.local_date <= today
        if moment is None or not is_recent or session.local_date.weekday() != today.weekday():
            continue
        used[moment] += 1
        last[moment] = max(session.started, last.get(moment, session.started))
    return max(used, key=lambda moment: (used[moment], last[moment]), default=None)


def _routine_for(
    when: When, cards: Sequence[RoutineCard], past: list[SessionSummary]
) -> str | None:
    """Return the moment's routine used last, else the usual first one, else any of them."""
    ids = [card.id for card in cards if card.when is when]
    used = [s for s in past if s.routine in ids]
    if used:
        return max(used, key=lambda s: s.started).routine
    first = FIRST_CHOICE.get(when)
    return first if first in ids else next(iter(ids), None)
