"""What Home suggests, and why."""

from dataclasses import replace
from datetime import datetime, time, timedelta, timezone

import pytest
from history_cases import summary

from app.domain.catalogue import Origin, RoutineCard
from app.domain.history import SessionSummary, local_day
from app.domain.suggestion import (
    Reason,
    Suggestion,
    follow_up,
    for_moment,
    suggest,
    usual_start,
)
from app.domain.when import When

ZONE = timezone(timedelta(hours=1))
# A Monday.
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)


def card(routine: str, when: When) -> RoutineCard:
    return RoutineCard(
        id=routine,
        name=routine.title(),
        summary="",
        when=when,
        origin=Origin.BUILT_IN,
        duration_ms=600_000,
        steps=8,
        equipment=(),
        strip=(),
        exercises=(),
        exercise_ids=(),
        figure=None,
        file=f"{routine}.toml",
    )


CARDS = [
    card("core-beginner", When.REST_DAY),
    card("desk-break", When.ANY),
    card("dynamic-warm-up-full", When.BEFORE_RUN),
    card("dynamic-warm-up-short", When.BEFORE_RUN),
    card("morning-loosener", When.MORNING),
    card("pilates-core", When.REST_DAY),
    card("post-run-holds-express", When.AFTER_RUN),
    card("post-run-holds-full", When.AFTER_RUN),
    card("warm-down-walk", When.AFTER_RUN),
]


def did(routine: str, started: datetime, **keys: object) -> SessionSummary:
    return summary(
        local_day(started, 3),
        **{
            "id": f"{routine} {started}",
            "routine": routine,
            "started": started,
            "ended": started + timedelta(minutes=8),
            **keys,
        },
    )


def ago(**parts: float) -> datetime:
    return NOON - timedelta(**parts)


def test_without_a_history_it_offers_a_short_warm_up() -> None:
    assert suggest(CARDS, [], now=NOON) == Suggestion(
        routine="dynamic-warm-up-short", when=When.BEFORE_RUN, reason=Reason.OPENING
    )


def test_without_a_routine_there_is_nothing_to_offer() -> None:
    assert suggest([], [], now=NOON) is None


def test_after_a_warm_up_it_asks_about_the_run() -> None:
    warm_up = did("dynamic-warm-up-full", ago(hours=2))
    assert suggest(CARDS, [warm_up], now=NOON) == Suggestion(
        routine="post-run-holds-express",
        when=When.AFTER_RUN,
        reason=Reason.WARMED_UP,
        at=warm_up.started,
    )


@pytest.mark.parametrize(
    ("ended_before", "reason"),
    [(timedelta(hours=4), Reason.WARMED_UP), (timedelta(hours=4, minutes=1), Reason.WEEKDAY)],
)
def test_a_warm_up_matters_for_four_hours(ended_before: timedelta, reason: Reason) -> None:
    ended = NOON - ended_before
    warm_up = did("dynamic-warm-up-full", ended - timedelta(minutes=8), ended=ended)
    suggestion = suggest(CARDS, [warm_up], now=NOON)
    assert suggestion is not None
    assert suggestion.reason is reason


def test_an_after_run_session_since_the_warm_up_closes_it() -> None:
    sessions = [
        did("dynamic-warm-up-full", ago(hours=3)),
        did("warm-down-walk", ago(hours=1)),
    ]
    suggestion = suggest(CARDS, sessions, now=NOON)
    assert suggestion is not None
    assert suggestion.reason is not Reason.WARMED_UP
    before = [did("warm-down-walk", ago(hours=3, minutes=30)), sessions[0]]
    suggestion = suggest(CARDS, before, now=NOON)
    assert suggestion is not None
    assert suggestion.reason is Reason.WARMED_UP


def test_a_warm_up_that_was_cut_short_says_nothing_about_a_run() -> None:
    sessions = [did("dynamic-warm-up-full", ago(hours=1), done_work_ms=10_000)]
    suggestion = suggest(CARDS, sessions, now=NOON)
    assert suggestion is not None
    assert suggestion.reason is not Reason.WARMED_UP


def test_before_ten_with_nothing_done_it_is_the_morning() -> None:
    early = NOON.replace(hour=9, minute=59)
    assert suggest(CARDS, [], now=early) == Suggestion(
        routine="morning-loosener", when=When.MORNING, reason=Reason.MORNING
    )
    late = suggest(CARDS, [], now=NOON.replace(hour=10))
    assert late is not None
    assert late.reason is not Reason.MORNING


def test_a_morning_on_which_something_was_done_is_no_morning_any_more() -> None:
    early = NOON.replace(hour=9)
    sessions = [did("core-beginner", NOON.replace(hour=6))]
    suggestion = suggest(CARDS, sessions, now=early)
    assert suggestion is not None
    assert suggestion.reason is Reason.WEEKDAY
    yesterday_late = [did("core-beginner", NOON.replace(hour=2))]
    suggestion = suggest(CARDS, yesterday_late, now=early)
    assert suggestion is not None
    assert suggestion.reason is Reason.MORNING


def test_else_it_is_what_was_done_most_on_this_weekday_lately() -> None:
    sessions = [
        did("core-beginner", ago(weeks=1)),
        did("core-beginner", ago(weeks=2)),
        did("post-run-holds-full", ago(weeks=3)),
        *(did("post-run-holds-full", ago(days=n)) for n in (2, 3, 4, 5)),
        *(did("warm-down-walk", ago(weeks=n)) for n in (9, 10, 11)),
    ]
    assert suggest(CARDS, sessions, now=NOON) == Suggestion(
        routine="core-beginner", when=When.REST_DAY, reason=Reason.WEEKDAY, weekday=0
    )


def test_of_equally_used_moments_the_latest_wins() -> None:
    sessions = [did("core-beginner", ago(weeks=2)), did("warm-down-walk", ago(weeks=1))]
    suggestion = suggest(CARDS, sessions, now=NOON)
    assert suggestion is not None
    assert suggestion.when is When.AFTER_RUN


def test_within_a_moment_it_is_the_routine_used_last() -> None:
    sessions = [
        did("post-run-holds-full", ago(days=30)),
        did("post-run-holds-express", ago(days=31)),
        did("dynamic-warm-up-short", ago(hours=1)),
    ]
    suggestion = suggest(CARDS, sessions, now=NOON)
    assert suggestion is not None
    assert suggestion.routine == "post-run-holds-full"


def test_a_routine_that_is_gone_is_never_suggested() -> None:
    sessions = [
        did("my-old-holds", ago(days=1)),
        did("my-old-holds", ago(weeks=1)),
        did("dynamic-warm-up-short", ago(hours=1)),
    ]
    suggestion = suggest(CARDS, sessions, now=NOON)
    assert suggestion is not None
    assert suggestion.routine == "post-run-holds-express"


def test_own_routines_stand_in_where_the_usual_first_one_is_missing() -> None:
    mine = [card("mine", When.BEFORE_RUN), card("yours", When.REST_DAY)]
    suggestion = suggest(mine, [], now=NOON)
    assert suggestion is not None
    assert suggestion.routine == "mine"
    suggestion = suggest(mine[1:], [], now=NOON)
    assert suggestion is not None
    assert suggestion.routine == "yours"


def test_sessions_of_the_future_are_not_known() -> None:
    ahead = did("dynamic-warm-up-full", NOON + timedelta(minutes=1))
    suggestion = suggest(CARDS, [ahead], now=NOON)
    assert suggestion is not None
    assert suggestion.reason is Reason.OPENING


def test_something_else_offers_the_last_used_of_each_moment() -> None:
    sessions = [did("pilates-core", ago(days=3))]
    assert for_moment(When.REST_DAY, CARDS, sessions) == "pilates-core"
    assert for_moment(When.MORNING, CARDS, sessions) == "morning-loosener"


def test_the_usual_time_is_the_median_of_the_last_ten_starts() -> None:
    def at(hour: int, minute: int, days: int) -> SessionSummary:
        started = NOON.replace(hour=hour, minute=minute) - timedelta(days=days)
        return did("post-run-holds-full", started)

    assert usual_start(When.AFTER_RUN, CARDS, []) is None
    odd = [at(18, 0, 1), at(7, 30, 2), at(18, 20, 3)]
    assert usual_start(When.AFTER_RUN, CARDS, odd) == time(18, 0)
    even = [at(18, 0, 1), at(19, 1, 2)]
    assert usual_start(When.AFTER_RUN, CARDS, even) == time(18, 30)
    ten = [*(at(8, 0, n) for n in range(1, 11)), *(at(20, 0, n) for n in range(11, 40))]
    assert usual_start(When.AFTER_RUN, CARDS, ten) == time(8, 0)


def test_after_a_session_it_offers_what_usually_follows() -> None:
    sessions = []
    for week, follower in enumerate(["post-run-holds-full", "core-beginner", "core-beginner"]):
        started = ago(weeks=week + 1)
        sessions += [
            did("warm-down-walk", started),
            did(follower, started + timedelta(minutes=20)),
        ]
    assert follow_up("warm-down-walk", CARDS, sessions) == "core-beginner"


def test_what_came_hours_later_did_not_follow() -> None:
    sessions = [did("pilates-core", ago(days=1)), did("core-beginner", ago(days=1, hours=-2))]
    assert follow_up("pilates-core", CARDS, sessions) is None


def test_the_holds_follow_the_warm_down_as_long_as_nothing_else_is_known() -> None:
    assert follow_up("warm-down-walk", CARDS, []) == "post-run-holds-express"
    assert follow_up("core-beginner", CARDS, []) is None


def test_a_session_cut_off_mid_day_still_leads_to_a_suggestion() -> None:
    sessions = [replace(did("dynamic-warm-up-short", ago(hours=1)), ended=None)]
    suggestion = suggest(CARDS, sessions, now=NOON)
    assert suggestion is not None
    assert suggestion.reason is Reason.WARMED_UP
