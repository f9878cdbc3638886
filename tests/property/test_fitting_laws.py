"""Laws of fitting a routine to a time, over random routines, choices and times."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from make import EXERCISES, choices, routines

from app.domain.choices import Choices, Side
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.fitting import FLOOR_MS, Fitted, fit
from app.domain.glance import length_ms
from app.domain.routine import Block, BreathsDose, Routine, SideChoice, TimeDose
from app.domain.timeline import Segment, Timeline

targets = st.integers(0, 40 * 60).map(lambda seconds: seconds * 1_000)
Place = tuple[int, int]
OPPOSITE = {SideChoice.LEFT: SideChoice.RIGHT, SideChoice.RIGHT: SideChoice.LEFT}


def laid_flat(routine: Routine, chosen: Choices) -> Timeline:
    try:
        return expand(routine, EXERCISES, chosen)
    except RoutineError:
        assume(False)  # too long, or nothing of it is in
        raise


def fitted(routine: Routine, chosen: Choices, target_ms: int) -> Fitted:
    laid_flat(routine, chosen)
    return fit(routine, EXERCISES, chosen, target_ms)


def played(made: Fitted) -> Timeline:
    return expand(made.routine, EXERCISES, made.choices)


def sides(timeline: Timeline) -> dict[Place, list[Side]]:
    found: dict[Place, list[Side]] = {}
    for segment in timeline.segments:
        if segment.is_work and segment.round == 1:
            found.setdefault((segment.block, segment.block_step), []).append(segment.side)
    return found


def works(timeline: Timeline) -> dict[Place, Segment]:
    return {(s.block, s.block_step): s for s in timeline.segments if s.is_work}


@given(routines(), choices, targets)
def test_what_fits_is_no_longer_than_the_time_there_is(
    routine: Routine, chosen: Choices, target_ms: int
) -> None:
    made = fitted(routine, chosen, target_ms)
    assert made.duration_ms == length_ms(played(made))
    assert made.fits == (made.duration_ms <= target_ms)


@given(routines(), choices, targets)
def test_what_fits_already_stays_as_it_is(
    routine: Routine, chosen: Choices, target_ms: int
) -> None:
    made = fitted(routine, chosen, target_ms)
    if length_ms(laid_flat(routine, chosen)) <= target_ms:
        assert (made.routine, made.choices, made.left_out) == (routine, chosen, ())
    else:
        assert not made.fits or made.left_out


@given(routines(), choices, targets)
def test_fitting_again_changes_nothing(routine: Routine, chosen: Choices, target_ms: int) -> None:
    once = fitted(routine, chosen, target_ms)
    again = fit(once.routine, EXERCISES, once.choices, target_ms)
    assert (again.routine, again.choices) == (once.routine, once.choices)
    assert again.left_out == ()


@given(routines(), choices, targets)
def test_no_side_and_no_step_is_lost_that_is_not_optional(
    routine: Routine, chosen: Choices, target_ms: int
) -> None:
    before = sides(laid_flat(routine, chosen))
    made = fitted(routine, chosen, target_ms)
    after = sides(played(made))
    for place, both in after.items():
        assert both == before[place]
    for at, number in before.keys() - after.keys():
        block = routine.blocks[at]
        assert block.optional or block.steps[number].optional
    by_step: dict[tuple[int, int, int], set[int]] = {}
    for segment in played(made).segments:
        if segment.is_work:
            key = (segment.block, segment.block_step, segment.round)
            by_step.setdefault(key, set()).add(segment.duration_ms)
    assert all(len(lengths) == 1 for lengths in by_step.values())


@given(routines(), choices, targets)
def test_nothing_gets_shorter_than_the_floor_or_longer_than_it_was(
    routine: Routine, chosen: Choices, target_ms: int
) -> None:
    before = works(laid_flat(routine, chosen))
    for place, segment in works(played(fitted(routine, chosen, target_ms))).items():
        own = before[place]
        assert min(own.work_ms, FLOOR_MS) <= segment.work_ms <= own.work_ms
        if not isinstance(own.dose, TimeDose | BreathsDose):
            assert segment.dose == own.dose


@given(routines(), choices, targets)
def test_the_order_is_parts_then_rounds_then_doses(
    routine: Routine, chosen: Choices, target_ms: int
) -> None:
    made = fitted(routine, chosen, target_ms)
    before, after = works(laid_flat(routine, chosen)), works(played(made))
    for block, new in zip(routine.blocks, made.routine.blocks, strict=True):
        assert 1 <= new.rounds <= block.rounds
        assert without_doses(new) == without_doses(block)
    if made.routine != routine:
        assert not any(
            routine.blocks[at].optional
            or (
                routine.blocks[at].steps[number].optional
                and not other_side_of(routine, (at, number))
            )
            for at, number in after
        )
    if any(segment.work_ms < before[place].work_ms for place, segment in after.items()):
        assert all(made.routine.blocks[at].rounds == 1 for at, _ in after)


def other_side_of(routine: Routine, place: Place) -> list[int]:
    """Return the steps that do on the other side what the one at `place` does on one."""
    at, number = place
    own = routine.blocks[at].steps[number]
    other = OPPOSITE.get(own.side) if own.side else None
    return [
        index
        for index, step in enumerate(routine.blocks[at].steps)
        if other is not None
        and (step.side, step.exercise, step.name) == (other, own.exercise, own.name)
    ]


@st.composite
def in_two_steps(draw: st.DrawFn) -> Routine:
    """A routine with one step for the left and one for the right, some way apart."""
    routine = draw(routines())
    blocks = []
    for block in routine.blocks:
        left = replace(block.steps[0], side=SideChoice.LEFT)
        right = replace(left, side=SideChoice.RIGHT)
        rest = [step for step in block.steps[1:] if step.exercise != left.exercise]
        rest.insert(draw(st.integers(0, len(rest))), right)
        blocks.append(replace(block, steps=(left, *rest)))
    return replace(routine, blocks=tuple(blocks))


@settings(max_examples=300)
@given(in_two_steps(), choices, st.integers(0, 99))
def test_a_left_and_a_right_step_stay_alike(
    routine: Routine, chosen: Choices, percent: int
) -> None:
    before = laid_flat(routine, chosen)
    made = fitted(routine, chosen, length_ms(before) * percent // 100)
    after = works(played(made))
    for at, block in enumerate(made.routine.blocks):
        (right,) = other_side_of(routine, (at, 0))
        assert block.steps[0].dose == block.steps[right].dose
        assert ((at, 0) in after) == ((at, right) in after)
        if (at, 0) in after:
            assert after[at, 0].work_ms == after[at, right].work_ms


@given(in_two_steps(), choices, targets)
def test_fitting_steps_of_one_side_again_changes_nothing(
    routine: Routine, chosen: Choices, target_ms: int
) -> None:
    once = fitted(routine, chosen, target_ms)
    again = fit(once.routine, EXERCISES, once.choices, target_ms)
    assert (again.routine, again.choices, again.left_out) == (once.routine, once.choices, ())


def without_doses(block: Block) -> Block:
    return replace(block, rounds=1, steps=tuple(replace(s, dose=None) for s in block.steps))


@settings(max_examples=60)
@given(routines(), choices, targets, targets)
def test_more_time_never_gives_less(
    routine: Routine, chosen: Choices, one_ms: int, other_ms: int
) -> None:
    less, more = (fitted(routine, chosen, ms) for ms in sorted((one_ms, other_ms)))
    assert less.choices.switched_off >= more.choices.switched_off
    short, long = works(played(less)), works(played(more))
    assert short.keys() <= long.keys()
    assert all(segment.work_ms <= long[place].work_ms for place, segment in short.items())
    pairs = zip(less.routine.blocks, more.routine.blocks, strict=True)
    assert all(a.rounds <= b.rounds for a, b in pairs)
