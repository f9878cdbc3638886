"""Fitting a routine to a time: what goes first, how far, and what is said of it."""

from __future__ import annotations

import pytest
from make import EXERCISES, block, hold, routine, step

from app.domain.choices import Choices
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.fitting import FewerRounds, Fitted, PartLeftOut, Shorter, fit
from app.domain.glance import length_ms
from app.domain.routine import BreathsDose, OpenDose, RepsDose, Routine, SideChoice, Step, TimeDose
from app.storage.library import Library
from app.storage.paths import user_folders

EVERYTHING = Choices(with_optional=True)


def fitted(made: Routine, seconds: float, chosen: Choices = EVERYTHING, **keys: object) -> Fitted:
    return fit(made, EXERCISES, chosen, round(seconds * 1_000), **keys)  # type: ignore[arg-type]


def doses(made: Fitted) -> list[object]:
    return [found.dose for part in made.routine.blocks for found in part.steps]


LAYERS = routine(
    block(hold(40), hold(30, "Extra", optional=True), rounds=2),
    block(hold(20, "More"), optional=True),
)
"""40 and 30 s twice, then 20 s: 160 s with everything."""


def test_optional_parts_go_first_from_the_end_and_no_more_than_needed() -> None:
    made = fitted(LAYERS, 140)
    assert made.left_out == (PartLeftOut(part=(1, None), name="Block"),)
    assert (made.duration_ms, made.fits) == (140_000, True)
    assert made.routine == LAYERS
    both = fitted(LAYERS, 139)
    assert [change.name for change in both.left_out if isinstance(change, PartLeftOut)] == [
        "Extra",
        "Block",
    ]
    assert both.duration_ms == 80_000


def test_parts_that_are_to_stay_stay() -> None:
    made = fitted(LAYERS, 130, keep=frozenset({(1, None)}))
    assert made.left_out == (PartLeftOut(part=(0, 1), name="Extra"),)


def test_parts_that_are_out_anyway_are_no_loss() -> None:
    made = fitted(LAYERS, 80, Choices())
    assert (made.left_out, made.fits) == ((), True)


def test_then_rounds_go_from_the_block_that_has_most() -> None:
    two = routine(block(hold(20), rounds=2), block(hold(20), rounds=3))
    assert fitted(two, 80).left_out == (FewerRounds(block=1, name="Block", before=3, after=2),)
    assert [part.rounds for part in fitted(two, 60).routine.blocks] == [2, 1]
    assert [part.rounds for part in fitted(two, 40).routine.blocks] == [1, 1]


def test_then_doses_get_shorter_in_proportion() -> None:
    made = fitted(routine(block(hold(120), hold(60))), 90)
    assert doses(made) == [TimeDose(60_000), TimeDose(30_000)]
    assert made.left_out[0] == Shorter(
        place=(0, 0), name="Hold", before=TimeDose(120_000), after=TimeDose(60_000)
    )


def test_of_the_last_bit_only_the_last_steps_get_shorter() -> None:
    made = fitted(routine(block(hold(30), hold(30), hold(30))), 85)
    assert doses(made) == [TimeDose(30_000), TimeDose(30_000), TimeDose(25_000)]
    assert made.duration_ms == 85_000


def test_no_hold_gets_shorter_than_15_s_and_a_short_one_stays() -> None:
    made = fitted(routine(block(hold(30), hold(12), hold(20))), 1)
    assert doses(made) == [TimeDose(15_000), TimeDose(12_000), TimeDose(15_000)]
    assert not made.fits


def test_breaths_are_holds_too() -> None:
    chosen = Choices(breath_ms=6_000)
    made = fitted(routine(block(step("twist", dose=BreathsDose(10)))), 1, chosen)
    assert doses(made) == [BreathsDose(3)]


def test_an_exercises_own_length_gets_shorter_repetitions_and_open_steps_do_not() -> None:
    made = routine(
        block(step("wall-calf"), step("bridge"), step("bridge", dose=RepsDose(4)), step("twist"))
    )
    assert doses(fitted(made, 1)) == [TimeDose(15_000), None, RepsDose(4), TimeDose(15_000)]
    opened = routine(block(step("twist", dose=OpenDose(90_000))))
    assert doses(fitted(opened, 1)) == [OpenDose(90_000)]


def test_both_sides_stay_and_stay_alike() -> None:
    made = fitted(routine(block(step("wall-calf", side=SideChoice.EACH))), 50)
    works = [s for s in expand(made.routine, EXERCISES, made.choices).segments if s.is_work]
    assert [s.side for s in works] == ["left", "right"]
    assert len({s.duration_ms for s in works}) == 1


def one_side(side: SideChoice, seconds: float = 60, **keys: object) -> Step:
    return hold(seconds, "Calf", side=side, **keys)


LEFT, RIGHT = SideChoice.LEFT, SideChoice.RIGHT


def test_a_left_and_a_right_step_are_left_out_together() -> None:
    pair = one_side(LEFT, optional=True), one_side(RIGHT, optional=True)
    made = fitted(routine(block(hold(60), *pair)), 150)
    assert made.choices.switched_off == {(0, 1), (0, 2)}
    assert made.left_out == (
        PartLeftOut(part=(0, 1), name="Calf"),
        PartLeftOut(part=(0, 2), name="Calf"),
    )
    assert made.duration_ms == 60_000
    exercises = (step("wall-calf", side=side, optional=True) for side in (RIGHT, LEFT))
    assert fitted(routine(block(hold(30), *exercises)), 80).choices.switched_off == {(0, 1), (0, 2)}


def test_a_side_stays_where_the_other_one_has_to() -> None:
    pair = one_side(LEFT, optional=True), one_side(RIGHT, optional=True)
    kept = fitted(routine(block(hold(60), *pair)), 150, keep=frozenset({(0, 1)}))
    assert kept.choices.switched_off == frozenset()
    half = fitted(routine(block(one_side(LEFT), one_side(RIGHT, optional=True))), 100)
    assert half.choices.switched_off == frozenset()
    assert doses(half) == [TimeDose(50_000), TimeDose(50_000)]


def test_an_extra_step_for_one_side_goes_alone() -> None:
    extra = one_side(LEFT, optional=True)
    made = fitted(routine(block(extra, one_side(LEFT), one_side(RIGHT))), 120)
    assert made.choices.switched_off == {(0, 0)}


def test_a_left_and_a_right_step_get_shorter_together() -> None:
    made = fitted(routine(block(one_side(LEFT), one_side(RIGHT))), 95)
    assert doses(made) == [TimeDose(45_000), TimeDose(45_000)]
    between = routine(block(one_side(RIGHT), hold(60), one_side(LEFT)))
    assert doses(fitted(between, 175)) == [TimeDose(55_000), TimeDose(60_000), TimeDose(55_000)]


def test_of_several_steps_for_a_side_those_that_are_alike_belong_together() -> None:
    lengths = (LEFT, 60), (LEFT, 30), (RIGHT, 30), (RIGHT, 60)
    made = fitted(routine(block(*(one_side(side, seconds) for side, seconds in lengths))), 175)
    first, second, third, fourth = doses(made)
    assert (first, second) == (fourth, third)


def test_sides_of_other_exercises_and_other_blocks_are_no_pair() -> None:
    apart = one_side(LEFT, optional=True), hold(60, "Quad", side=RIGHT, optional=True)
    assert fitted(routine(block(hold(60), *apart)), 150).choices.switched_off == {(0, 2)}
    blocks = routine(
        block(one_side(LEFT), one_side(LEFT, optional=True)), block(one_side(RIGHT, optional=True))
    )
    assert fitted(blocks, 150).choices.switched_off == {(1, 0)}


def test_a_routine_of_optional_parts_alone_is_never_emptied() -> None:
    made = fitted(routine(block(hold(60, optional=True), hold(60, optional=True))), 10)
    assert made.left_out[0] == PartLeftOut(part=(0, 1), name="Hold")
    assert doses(made)[0] == TimeDose(15_000)
    assert not made.fits


def test_what_is_left_out_today_is_not_put_back() -> None:
    chosen = Choices(switched_off=frozenset({(0, 0)}))
    made = fitted(routine(block(hold(60), hold(60))), 30, chosen)
    assert made.choices.switched_off == {(0, 0)}
    assert doses(made) == [TimeDose(60_000), TimeDose(30_000)]


def test_a_routine_that_cannot_be_laid_flat_is_an_error() -> None:
    with pytest.raises(RoutineError, match="not in the library"):
        fitted(routine(block(step("gone"))), 60)


def test_every_shipped_routine_fits_two_thirds_of_its_time_or_says_that_it_cannot() -> None:
    library = Library(user_folders())
    exercises = library.exercises()
    for card in library.listing().cards:
        made = library.routine(card.id)
        target_ms = card.duration_ms * 2 // 3
        found = fit(made, exercises, Choices(), target_ms)
        timeline = expand(found.routine, exercises, found.choices)
        assert found.duration_ms == length_ms(timeline), card.id
        assert found.fits == (found.duration_ms <= target_ms), card.id
        assert found.duration_ms < card.duration_ms or not found.left_out, card.id
