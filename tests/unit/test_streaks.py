"""Streaks, goals, consistency, week marks and post-run rate, day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from history_cases import summary

from app.domain.exercise import Phase
from app.domain.history import Goal, Pause, PauseReason, Run, SessionSummary, Status, local_day
from app.domain.streaks import (
    DayState,
    PostRun,
    Row,
    WeekSoFar,
    consistency,
    counting_days,
    days_in_a_row,
    goal_on,
    goals_with_setting,
    post_run,
    streaks,
    this_week,
    week_marks,
    week_start,
    weeks_in_a_row,
)

# 23 November 2026 is a Monday.
MONDAY = date(2026, 11, 23)
THREE = [Goal(since=date.min, days=3)]


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def days(*offsets: int) -> list[date]:
    return [day(offset) for offset in offsets]


def pause(first: int, last: int | None) -> Pause:
    return Pause(
        id="p",
        first=day(first),
        last=None if last is None else day(last),
        reason=PauseReason.ILL,
    )


# Counting days.


def test_a_day_counts_from_half_of_the_planned_work_on() -> None:
    just = summary(day(0), planned_work_ms=100_001, done_work_ms=50_001)
    short = summary(day(1), planned_work_ms=100_001, done_work_ms=50_000)
    assert counting_days([just, short], today=day(5)) == {day(0)}


def test_a_session_stopped_early_counts_when_half_was_done() -> None:
    stopped = summary(day(0), status=Status.STOPPED, done_work_ms=300_000)
    assert counting_days([stopped], today=day(0)) == {day(0)}


def test_one_session_must_reach_half_by_itself() -> None:
    halves = [replace(summary(day(0)), done_work_ms=200_000) for _ in range(2)]
    assert counting_days(halves, today=day(0)) == frozenset()


def test_a_session_without_work_columns_counts_by_its_whole_time() -> None:
    imported = summary(day(0), planned_work_ms=0, done_work_ms=0, planned_ms=100, active_ms=50)
    assert imported.counts
    assert not replace(imported, active_ms=49).counts
    assert not replace(imported, planned_ms=0, active_ms=0).counts


def test_sessions_after_today_are_left_out() -> None:
    assert counting_days([summary(day(0)), summary(day(1))], today=day(0)) == {day(0)}


@pytest.mark.parametrize(
    ("hour", "minute", "expected"), [(0, 30, -1), (2, 59, -1), (3, 0, 0), (23, 59, 0)]
)
def test_a_day_ends_at_the_hour_that_is_set(hour: int, minute: int, expected: int) -> None:
    zone = timezone(timedelta(hours=13))
    moment = datetime(2026, 11, 23, hour, minute, tzinfo=zone)
    assert local_day(moment, 3) == day(expected)


# Days in a row.


@pytest.mark.parametrize(
    ("done", "today", "row"),
    [
        ([], 0, Row(0, 0)),
        ([0], 0, Row(1, 1)),
        ([0], 1, Row(1, 1)),
        ([0], 2, Row(0, 1)),
        ([0, 1, 2], 2, Row(3, 3)),
        ([0, 1, 2], 3, Row(3, 3)),
        ([0, 1, 2], 4, Row(0, 3)),
        ([0, 1, 2, 4], 4, Row(1, 3)),
        ([0, 2, 3, 4, 5], 5, Row(4, 4)),
        ([0, 1], -1, Row(0, 0)),
    ],
)
def test_days_in_a_row_end_today_or_yesterday(done: list[int], today: int, row: Row) -> None:
    assert days_in_a_row(days(*done), [], today=day(today)) == row


def test_a_paused_day_neither_counts_nor_breaks() -> None:
    assert days_in_a_row(days(0, 1, 5), [pause(2, 4)], today=day(5)) == Row(3, 3)


def test_a_pause_that_goes_on_keeps_the_row() -> None:
    assert days_in_a_row(days(0, 1), [pause(2, None)], today=day(90)) == Row(2, 2)


def test_a_counting_day_counts_also_when_it_is_paused() -> None:
    assert days_in_a_row(days(0, 1, 2), [pause(1, 1)], today=day(2)) == Row(3, 3)


def test_the_day_after_a_pause_breaks_like_any_other() -> None:
    assert days_in_a_row(days(0), [pause(1, 2)], today=day(4)) == Row(0, 1)
    assert days_in_a_row(days(0), [pause(1, 2)], today=day(3)) == Row(1, 1)


# Weeks in a row.


def test_a_week_that_met_its_goal_counts_and_the_running_one_adds_itself() -> None:
    two_weeks = days(0, 1, 2, 7, 9, 11)
    assert weeks_in_a_row(two_weeks, THREE, [], today=day(8)) == Row(1, 1)
    assert weeks_in_a_row(two_weeks, THREE, [], today=day(11)) == Row(2, 2)


def test_the_running_week_never_breaks_the_row_before_it_ends() -> None:
    done = days(0, 1, 2)
    assert weeks_in_a_row(done, THREE, [], today=day(13)) == Row(1, 1)
    assert weeks_in_a_row(done, THREE, [], today=day(14)) == Row(0, 1)


def test_a_week_with_a_paused_day_that_missed_the_goal_is_skipped() -> None:
    done = days(0, 1, 2, 7, 14, 15, 16)
    assert weeks_in_a_row(done, THREE, [pause(10, 10)], today=day(16)) == Row(2, 2)
    assert weeks_in_a_row(done, THREE, [], today=day(16)) == Row(1, 1)


def test_a_week_with_a_paused_day_that_met_the_goal_counts() -> None:
    assert weeks_in_a_row(days(0, 1, 2), THREE, [pause(3, 3)], today=day(3)) == Row(1, 1)


def test_a_week_is_judged_by_the_goal_in_force_on_its_last_day() -> None:
    done = days(0, 1, 2, 7, 8, 9)
    raised_on_sunday = [Goal(since=date.min, days=3), Goal(since=day(6), days=4)]
    assert weeks_in_a_row(done, raised_on_sunday, [], today=day(9)) == Row(0, 0)
    raised_next_monday = [Goal(since=date.min, days=3), Goal(since=day(7), days=4)]
    assert weeks_in_a_row(done, raised_next_monday, [], today=day(9)) == Row(1, 1)


def test_weeks_may_start_on_sunday() -> None:
    assert week_start(day(-1), starts_on_sunday=True) == day(-1)
    assert week_start(day(5), starts_on_sunday=True) == day(-1)
    assert week_start(day(-1)) == day(-7)
    # Sunday, Monday and Tuesday are one week then, and two otherwise.
    done = days(-1, 0, 1)
    assert weeks_in_a_row(done, THREE, [], today=day(1), starts_on_sunday=True) == Row(1, 1)
    assert weeks_in_a_row(done, THREE, [], today=day(1)) == Row(0, 0)


def test_this_week_counts_days_and_not_sessions() -> None:
    sessions = [summary(day(0)), replace(summary(day(0)), id="again"), summary(day(2))]
    counting = counting_days(sessions, today=day(3))
    assert this_week(counting, THREE, today=day(3)) == WeekSoFar(2, 3)
    assert this_week(counting, THREE, today=day(7)) == WeekSoFar(0, 3)


# Goals.


def test_the_goal_before_the_oldest_one_is_that_one() -> None:
    goals = [Goal(since=day(0), days=4), Goal(since=day(7), days=2)]
    assert [goal_on(goals, day(n)) for n in (-500, 0, 6, 7, 90)] == [4, 4, 4, 2, 2]
    assert goal_on([], day(0)) == 3


def test_a_setting_that_was_never_changed_holds_for_ever() -> None:
    goals = goals_with_setting([], 5, today=day(0))
    assert goal_on(goals, day(-900)) == goal_on(goals, day(0)) == 5


def test_a_changed_setting_holds_from_today_on() -> None:
    before = goals_with_setting([], 3, today=day(0))
    changed = goals_with_setting(before, 5, today=day(0))
    assert [goal_on(changed, day(n)) for n in (-1, 0)] == [3, 5]
    again = goals_with_setting(changed, 2, today=day(0))
    assert [goal_on(again, day(n)) for n in (-1, 0)] == [3, 2]
    assert goals_with_setting(again, 2, today=day(3)) == again


# Consistency.


def test_consistency_is_0_without_a_counting_day() -> None:
    assert consistency([], THREE, [], today=day(0)) == 0


def test_consistency_follows_its_formula_day_by_day() -> None:
    done = days(0, 2, 4, 7)
    keep = 0.5 ** ((3 / 7) ** 0.5 / 13)
    score = 0.0
    for counted in (1, 1, 2, 2, 3, 3, 3, 4, 4):
        score = score * keep + min(1, counted / 6) * (1 - keep)
    assert consistency(done, THREE, [], today=day(8)) == round(100 * score)


def test_consistency_rises_to_100_while_the_goal_is_kept_and_falls_slowly() -> None:
    kept = [day(n) for n in range(0, 400, 2)]
    assert consistency(kept, THREE, [], today=day(398)) == 100
    week_later = consistency(kept, THREE, [], today=day(398 + 7))
    assert 85 < week_later < 100
    assert consistency(kept, THREE, [], today=day(398 + 120)) < 20


def test_consistency_waits_while_paused() -> None:
    kept = [day(n) for n in range(0, 100, 2)]
    before = consistency(kept, THREE, [], today=day(98))
    assert consistency(kept, THREE, [pause(99, 160)], today=day(160)) == before
    # And the two weeks before the pause still stand behind the first day after it.
    after = [*kept, day(161)]
    assert consistency(after, THREE, [pause(99, 160)], today=day(161)) >= before


def test_consistency_uses_the_goal_in_force_on_each_day() -> None:
    kept = [day(n) for n in range(0, 200, 3)]
    lower_later = [Goal(since=date.min, days=7), Goal(since=day(100), days=2)]
    constant = [Goal(since=date.min, days=7)]
    assert consistency(kept, lower_later, [], today=day(198)) > consistency(
        kept, constant, [], today=day(198)
    )


# Runs.


def run(offset: int, hour: int = 12) -> Run:
    ended = datetime(2026, 11, 23, hour, tzinfo=UTC) + timedelta(days=offset)
    return Run(id=f"run {offset}", ended=ended)


def after(run: Run, minutes: float, **keys: object) -> SessionSummary:
    started = run.ended + timedelta(minutes=minutes)
    return summary(started.date(), started=started, **keys)


def test_a_run_is_followed_by_a_counting_session_within_90_minutes() -> None:
    runs = [run(n) for n in range(5)]
    sessions = [
        after(runs[0], 0),
        after(runs[1], 90),
        after(runs[2], 90.1),
        after(runs[3], 10, done_work_ms=1),
        after(runs[4], -5),
    ]
    assert post_run(runs, sessions, today=day(5)) == PostRun(2, 5)


def test_only_the_newest_12_runs_of_12_weeks_matter() -> None:
    many = [run(-n) for n in range(20)]
    assert post_run(many, [after(many[12], 5)], today=day(0)) == PostRun(0, 12)
    assert post_run(many, [after(many[11], 5)], today=day(0)) == PostRun(1, 12)
    old = [run(-84), run(-83)]
    assert post_run(old, [], today=day(0)) == PostRun(0, 1)


def test_runs_after_today_are_left_out() -> None:
    assert post_run([run(0), run(1)], [], today=day(0)) == PostRun(0, 1)


# All of it.


def test_the_whole_counts_every_kept_session_up_to_today() -> None:
    sessions = [
        summary(day(0)),
        replace(summary(day(1)), status=Status.STOPPED, active_ms=10_000, done_work_ms=10_000),
        replace(summary(day(2)), status=Status.RUNNING, active_ms=0, done_work_ms=0),
        summary(day(3)),
    ]
    whole = streaks(sessions, goals=THREE, pauses=[], runs=[], today=day(2))
    assert (whole.sessions, whole.active_ms) == (2, 910_000)
    assert whole.days_in_a_row == Row(0, 1)
    assert whole.this_week == WeekSoFar(1, 3)
    assert whole.post_run == PostRun(0, 0)


# The week's marks.


def test_a_week_shows_done_cut_short_and_empty_days() -> None:
    sessions = [
        summary(day(0), phase=Phase.DYNAMIC),
        replace(summary(day(1)), status=Status.STOPPED, done_work_ms=400_000),
        replace(summary(day(2)), status=Status.COMPLETED, done_work_ms=1),
    ]
    marks = week_marks(sessions, today=day(3))
    assert [mark.state for mark in marks] == [
        DayState.DONE,
        DayState.CUT_SHORT,
        DayState.CUT_SHORT,
        *[DayState.NONE] * 4,
    ]
    assert [mark.day for mark in marks] == days(*range(7))
    assert [mark.is_today for mark in marks] == [n == 3 for n in range(7)]
    assert marks[0].phase is Phase.DYNAMIC
    assert marks[3].phase is None


def test_a_day_has_the_colour_of_the_phase_with_the_most_minutes() -> None:
    sessions = [
        summary(day(0), phase=Phase.CORE, active_ms=500, name="Core"),
        summary(day(0), phase=Phase.STATIC, active_ms=400, name="Holds"),
        summary(day(0), phase=Phase.STATIC, active_ms=400, name="Holds"),
    ]
    mark = week_marks(sessions, today=day(0))[0]
    assert mark.phase is Phase.STATIC
    assert mark.names == ("Core", "Holds")


def test_one_finished_session_makes_a_day_done() -> None:
    sessions = [
        replace(summary(day(0)), status=Status.STOPPED, done_work_ms=1),
        summary(day(0)),
    ]
    assert week_marks(sessions, today=day(0))[0].state is DayState.DONE


def test_a_session_that_just_began_is_no_mark_yet() -> None:
    begun = replace(summary(day(0)), status=Status.RUNNING, active_ms=0, done_work_ms=0)
    assert week_marks([begun], today=day(0))[0].state is DayState.NONE
