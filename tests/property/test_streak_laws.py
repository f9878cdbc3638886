"""Laws of the streaks, over random histories."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.history import Goal, Pause
from app.domain.streaks import consistency, days_in_a_row, this_week, weeks_in_a_row

START = date(2026, 1, 1)
TODAY = START + timedelta(days=120)

_day = st.integers(0, 120).map(lambda offset: START + timedelta(days=offset))
_days = st.frozensets(_day, max_size=90)
_pauses = st.lists(
    st.builds(
        lambda first, length: Pause(
            id="p",
            first=first,
            last=None if length is None else first + timedelta(days=length),
        ),
        _day,
        st.none() | st.integers(-2, 30),
    ),
    max_size=3,
)
_goals = st.lists(
    st.builds(Goal, since=_day, days=st.integers(1, 7)), max_size=4, unique_by=lambda g: g.since
).map(lambda goals: sorted(goals, key=lambda goal: goal.since))


@given(_days, _pauses, _day)
def test_one_more_counting_day_never_shortens_the_longest_row_of_days(
    days: frozenset[date], pauses: list[Pause], more: date
) -> None:
    before = days_in_a_row(days, pauses, today=TODAY)
    after = days_in_a_row(days | {more}, pauses, today=TODAY)
    assert after.best >= before.best
    assert after.current >= before.current


@given(_days, _goals, _pauses, _day, st.sampled_from(["monday", "sunday"]))
def test_one_more_counting_day_never_shortens_the_longest_row_of_weeks(
    days: frozenset[date], goals: list[Goal], pauses: list[Pause], more: date, first: str
) -> None:
    before = weeks_in_a_row(days, goals, pauses, today=TODAY, starts_on_sunday=first == "sunday")
    after = weeks_in_a_row(
        days | {more}, goals, pauses, today=TODAY, starts_on_sunday=first == "sunday"
    )
    assert after.best >= before.best
    assert after.current >= before.current


@given(_days, _goals, _pauses, _day, st.sampled_from(["monday", "sunday"]))
def test_the_best_row_is_never_shorter_than_the_current_one(
    days: frozenset[date], goals: list[Goal], pauses: list[Pause], today: date, first: str
) -> None:
    by_day = days_in_a_row(days, pauses, today=today)
    by_week = weeks_in_a_row(days, goals, pauses, today=today, starts_on_sunday=first == "sunday")
    assert 0 <= by_day.current <= by_day.best <= len(days)
    assert 0 <= by_week.current <= by_week.best


@given(_days, _goals, _pauses, _day)
def test_what_comes_after_today_changes_nothing(
    days: frozenset[date], goals: list[Goal], pauses: list[Pause], today: date
) -> None:
    past = frozenset(day for day in days if day <= today)
    assert days_in_a_row(days, pauses, today=today) == days_in_a_row(past, pauses, today=today)
    assert weeks_in_a_row(days, goals, pauses, today=today) == weeks_in_a_row(
        past, goals, pauses, today=today
    )
    assert this_week(days, goals, today=today) == this_week(past, goals, today=today)
    assert consistency(days, goals, pauses, today=today) == consistency(
        past, goals, pauses, today=today
    )


@given(_days, _pauses, _day)
def test_one_more_pause_never_breaks_a_row(
    days: frozenset[date], pauses: list[Pause], first: date
) -> None:
    more = Pause(id="more", first=first, last=first + timedelta(days=5))
    before = days_in_a_row(days, pauses, today=TODAY)
    after = days_in_a_row(days, [*pauses, more], today=TODAY)
    assert after.current >= before.current
    assert after.best >= before.best


@given(_days, _pauses)
def test_a_row_counted_backwards_is_as_long(days: frozenset[date], pauses: list[Pause]) -> None:
    """The same figure by its definition: from today back, one day after the other."""

    def is_paused(day: date) -> bool:
        return any(p.first <= day and (p.last is None or day <= p.last) for p in pauses)

    day = TODAY if TODAY in days else TODAY - timedelta(days=1)
    row = 0
    while day >= START and (day in days or is_paused(day)):
        row += day in days
        day -= timedelta(days=1)
    assert days_in_a_row(days, pauses, today=TODAY).current == row


@given(_days, _goals, _pauses, _day)
def test_consistency_stays_between_0_and_100(
    days: frozenset[date], goals: list[Goal], pauses: list[Pause], today: date
) -> None:
    assert 0 <= consistency(days, goals, pauses, today=today) <= 100


@given(_days, _goals, st.integers(1, 40))
def test_a_pause_with_nothing_done_leaves_consistency_as_it_is(
    days: frozenset[date], goals: list[Goal], length: int
) -> None:
    pause = Pause(id="p", first=TODAY + timedelta(days=1))
    before = consistency(days, goals, [], today=TODAY)
    assert consistency(days, goals, [pause], today=TODAY + timedelta(days=length)) == before


@given(_days, st.integers(1, 6))
def test_a_lower_goal_never_shortens_a_row_of_weeks(days: frozenset[date], goal: int) -> None:
    higher = weeks_in_a_row(days, [Goal(since=date.min, days=goal + 1)], [], today=TODAY)
    lower = weeks_in_a_row(days, [Goal(since=date.min, days=goal)], [], today=TODAY)
    assert lower.best >= higher.best
    assert lower.current >= higher.current
