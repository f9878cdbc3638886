"""Rising check-ins are noticed at the third one."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.check_ins import rise_after
from app.domain.history import CheckIn, Moment

START = datetime(2026, 3, 1, tzinfo=UTC)


def scored(*scores: int, moment: Moment = Moment.AFTER) -> list[CheckIn]:
    return [
        CheckIn(moment=moment, score=score, at=START + timedelta(days=day))
        for day, score in enumerate(scores)
    ]


@pytest.mark.parametrize(
    ("scores", "above"),
    [((), None), ((3,), None), ((3, 3), None), ((4, 3), None), ((3, 4), 4), ((5, 2, 3), 3)],
)
def test_a_third_rise_is_one_above_the_last_of_two_that_rose(
    scores: tuple[int, ...], above: int | None
) -> None:
    assert rise_after(scored(*scores), Moment.AFTER) == above


def test_each_moment_is_a_row_of_its_own() -> None:
    mixed = [*scored(3, 4), *scored(9, 1, moment=Moment.BEFORE)]
    assert rise_after(mixed, Moment.AFTER) == 4
    assert rise_after(mixed, Moment.BEFORE) is None


def test_order_is_by_time_not_as_given() -> None:
    assert rise_after(reversed(scored(3, 4)), Moment.AFTER) == 4
