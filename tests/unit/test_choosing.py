"""Settings become choices."""

import pytest

from app.domain.choices import Side
from app.domain.choosing import choices_for
from app.domain.settings import AffectedSide, FirstSide, Settings


@pytest.mark.parametrize(
    ("setting", "affected", "sessions", "first"),
    [
        (FirstSide.LEFT, AffectedSide.RIGHT, 1, Side.LEFT),
        (FirstSide.RIGHT, AffectedSide.NONE, 0, Side.RIGHT),
        (FirstSide.ALTERNATE, AffectedSide.NONE, 0, Side.LEFT),
        (FirstSide.ALTERNATE, AffectedSide.NONE, 7, Side.RIGHT),
        (FirstSide.TIGHTER, AffectedSide.RIGHT, 0, Side.RIGHT),
        (FirstSide.TIGHTER, AffectedSide.NONE, 3, Side.LEFT),
    ],
)
def test_the_first_side_is_resolved_before_expanding(
    setting: FirstSide, affected: AffectedSide, sessions: int, first: Side
) -> None:
    settings = Settings(first_side=setting, affected=affected)
    assert choices_for(settings, sessions_so_far=sessions).first_side is first


def test_lengths_and_goal_are_passed_on() -> None:
    settings = Settings(get_ready_ms=20_000, breath_ms=12_000, goal_cadence=176)
    choices = choices_for(settings, with_optional=True, switched_off={(1, None)})
    assert (choices.get_ready_ms, choices.breath_ms, choices.goal_cadence) == (20_000, 12_000, 176)
    assert choices.with_optional
    assert choices.switched_off == {(1, None)}
