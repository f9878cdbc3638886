"""Advice: what is remarked, where, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from make import EXERCISES, block, hold, routine, step

from app.domain.advice import GROUNDS, Advice, Rule, Silence, advise, grouped
from app.domain.advice_words import minutes_said
from app.domain.choices import Choices
from app.domain.exercise import Category, Phase, Position
from app.domain.routine import (
    Block,
    BreathsDose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.domain.when import When
from app.storage.library import Library
from app.storage.paths import user_folders

LIBRARY = {
    **EXERCISES,
    "calf": replace(EXERCISES["wall-calf"], id="calf", category=Category.STATIC),
    "press": replace(EXERCISES["bridge"], id="press", name="Press", category=Category.STRENGTH),
    "rocks": replace(EXERCISES["bridge"], id="rocks", category=Category.MOBILITY),
    "stand": replace(EXERCISES["walk"], id="stand", position=Position.STANDING),
    "lie": replace(EXERCISES["walk"], id="lie", position=Position.SUPINE),
    "prone": replace(EXERCISES["walk"], id="prone", position=Position.PRONE),
    "kneel": replace(EXERCISES["walk"], id="kneel", position=Position.KNEELING),
}


def said(made: Routine, *silenced: Silence) -> list[Advice]:
    return list(advise(made, LIBRARY, Choices(), frozenset(silenced)))


def found(rule: Rule, *parts: Step | Block, **keys: object) -> list[tuple[int | None, int | None]]:
    """Return the places of one rule's remarks on these blocks, or on one block of these steps."""
    blocks = [part for part in parts if isinstance(part, Block)]
    steps = [part for part in parts if isinstance(part, Step)]
    made = routine(*(blocks or [block(*steps)]), **keys)
    return [(a.block, a.step) for a in said(made) if a.id is rule]


def test_every_rule_has_a_reason_with_its_source() -> None:
    assert set(GROUNDS) == set(Rule)
    assert all(ground.reason and ground.source for ground in GROUNDS.values())


def test_what_is_shipped_draws_no_remark() -> None:
    library = Library(user_folders())
    exercises = library.exercises()
    cards = library.listing().cards
    assert len(cards) == 20
    for card in cards:
        assert advise(library.routine(card.id), exercises, Choices()) == (), card.id


# Holds


@pytest.mark.parametrize(
    ("made", "remarked"),
    [
        (step("calf", dose=TimeDose(60_000)), True),
        (step("calf", dose=TimeDose(59_000)), False),
        (step("calf", dose=BreathsDose(6)), True),
        (step("calf", dose=OpenDose(90_000)), False),
        (step("twist", dose=TimeDose(90_000)), False),
        (step("walk", dose=TimeDose(90_000)), False),
        (hold(60), True),
        (hold(60, phase=Phase.WARMUP), False),
    ],
)
def test_long_static_holds_are_remarked_before_a_run(made: Step, remarked: bool) -> None:  # noqa: FBT001
    assert bool(found(Rule.LONG_HOLD, made, when=When.BEFORE_RUN)) is remarked
    assert not found(Rule.LONG_HOLD, made, when=When.AFTER_RUN)


@pytest.mark.parametrize(
    ("made", "remarked"),
    [
        (step("calf", dose=TimeDose(9_000)), True),
        (step("calf", dose=TimeDose(10_000)), False),
        (step("calf", dose=BreathsDose(1)), False),
        (step("walk", dose=TimeDose(5_000)), False),
        (step("bridge", dose=TimeDose(5_000)), False),
        (step("bridge", dose=RepsDose(1)), False),
        (hold(9.5), True),
        (hold(5, phase=Phase.DYNAMIC), False),
    ],
)
def test_holds_under_ten_seconds_are_remarked(made: Step, remarked: bool) -> None:  # noqa: FBT001
    assert bool(found(Rule.SHORT_HOLD, made)) is remarked


# Sides


def test_a_side_that_is_missing_is_remarked_where_it_is() -> None:
    left = step("calf", side=SideChoice.LEFT)
    assert found(Rule.ONE_SIDE, step("walk"), left) == [(0, 1)]
    assert found(Rule.ONE_SIDE, hold(20, side=SideChoice.RIGHT)) == [(0, 0)]


@pytest.mark.parametrize(
    "other",
    [
        step("calf", side=SideChoice.RIGHT, dose=TimeDose(20_000)),
        step("calf", side=SideChoice.EACH),
    ],
)
def test_a_side_that_comes_elsewhere_is_not_missing(other: Step) -> None:
    left = step("calf", side=SideChoice.LEFT)
    assert not found(Rule.ONE_SIDE, block(left), block(other))


def test_the_affected_side_is_meant() -> None:
    assert not found(Rule.ONE_SIDE, step("calf", side=SideChoice.AFFECTED))


# Up and down


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["lie", "stand", "lie"], [(0, 1)]),
        (["lie", "kneel", "stand", "kneel", "prone"], [(0, 2)]),
        (["lie", "stand", "stand", "lie", "stand", "lie"], [(0, 1)]),
        (["stand", "lie", "stand"], []),
        (["lie", "kneel", "lie"], []),
        (["stand", "lie", "prone", "kneel"], []),
    ],
)
def test_standing_up_between_steps_on_the_floor_is_remarked_once_a_block(
    names: list[str], places: list[tuple[int, int]]
) -> None:
    assert found(Rule.ZIGZAG, *map(step, names)) == places


def test_going_up_and_down_is_seen_across_blocks() -> None:
    assert found(Rule.ZIGZAG, *(block(step(name)) for name in ("lie", "stand", "lie"))) == [(1, 0)]


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["lie", "stand", "prone", "kneel", "lie"], (0, 4, 2, 3, 1)),
        (["stand", "lie", "stand", "kneel"], (0, 2, 3, 1)),
        (["kneel", "lie", "stand", "kneel"], (0, 3, 1, 2)),
        (["stand", "kneel", "lie"], (0, 1, 2)),
    ],
)
def test_a_block_is_grouped_by_position_and_begins_as_it_did(
    names: list[str], order: tuple[int, ...]
) -> None:
    made = routine(block(*map(step, names)))
    assert grouped(made, 0, LIBRARY) == order
    steps = made.blocks[0].steps
    again = routine(block(*(steps[number] for number in order)))
    assert not [a for a in said(again) if a.id is Rule.ZIGZAG]
    assert grouped(again, 0, LIBRARY) == tuple(range(len(names)))


def test_a_free_name_goes_with_the_position_it_has() -> None:
    made = routine(block(step("lie"), hold(20), step("stand"), hold(20), step("lie")))
    assert grouped(made, 0, LIBRARY) == (0, 1, 4, 2, 3)


# Warm-up


@pytest.mark.parametrize(
    ("before", "remarked"),
    [
        ([], True),
        ([step("walk", dose=TimeDose(20_000))], True),
        ([step("walk", dose=TimeDose(30_000))], False),
        ([step("rocks", dose=RepsDose(6))], False),
        ([step("calf", dose=TimeDose(60_000))], True),
        ([step("walk", optional=True)], True),
        ([hold(30, phase=Phase.WARMUP)], False),
    ],
)
def test_a_hard_step_without_a_warm_up_is_remarked(before: list[Step], remarked: bool) -> None:  # noqa: FBT001
    steps = [*before, step("press")]
    assert found(Rule.NO_WARM_UP, *steps) == ([(0, len(before))] if remarked else [])
    assert not found(Rule.NO_WARM_UP, *steps, when=When.AFTER_RUN)


def test_effort_says_what_is_hard() -> None:
    assert found(Rule.NO_WARM_UP, step("walk", rpe=6)) == [(0, 0)]
    assert not found(Rule.NO_WARM_UP, step("press", rpe=3))
    assert not found(Rule.NO_WARM_UP, step("dead-bug"))


# Time to get there


def test_a_typed_changeover_too_short_for_its_lines_is_remarked() -> None:
    first = step("walk")
    assert found(Rule.CHANGEOVER, first, step("twist", changeover_ms=2_000)) == [(0, 1)]
    assert not found(Rule.CHANGEOVER, first, step("twist", changeover_ms=5_000))
    assert not found(Rule.CHANGEOVER, first, step("twist", changeover_ms=0))
    assert not found(Rule.CHANGEOVER, first, step("twist"))


def test_the_routines_own_changeovers_are_looked_at_too() -> None:
    two = [step("walk"), step("bridge")]
    assert found(Rule.CHANGEOVER, *two, changeover_ms=1_000) == [(0, 1)]
    made = routine(block(step("calf"), rounds=3), side_change_ms=1_000)
    (advice,) = said(made)
    assert (advice.id, advice.key) == (Rule.CHANGEOVER, "side_change")


def test_a_rest_that_is_never_taken_is_remarked() -> None:
    rested = step("walk", rest_ms=20_000)
    assert found(Rule.TRAILING_REST, step("walk"), rested) == [(0, 1)]
    assert not found(Rule.TRAILING_REST, rested, step("walk"))
    assert not found(Rule.TRAILING_REST, block(rested, rounds=2))
    assert not found(Rule.TRAILING_REST, block(rested), block(step("walk"), optional=True))


# The summary


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Eight minutes for the hips.", (8, 8)),
        ("Under ten minutes for the back.", (10, 10)),
        ("About 12-min flow", (12, 12)),
        ("8 to 10 minutes", (8, 10)),
        ("8\N{EN DASH}10 min", (8, 10)),
        ("Twenty-five minutes of strength", (25, 25)),
        ("7.5 min", (7.5, 7.5)),
        ("8 Minuten für die Hüfte", (8, 8)),
        ("A slow minute a muscle", None),
        ("One minute each", None),
        ("Ten minutes after your run", None),
        ("Sets of 12", None),
        ("", None),
    ],
)
def test_the_minutes_of_a_summary_are_read(text: str, minutes: tuple[float, float] | None) -> None:
    assert minutes_said(text) == minutes


@pytest.mark.parametrize(
    ("seconds", "summary", "remarked"),
    [
        (480, "Eight minutes.", False),
        (560, "Eight minutes.", False),
        (720, "Eight minutes.", True),
        (240, "Eight minutes.", True),
        (130, "One minute.", False),
        (540, "8 to 10 minutes.", False),
        (900, "Easy holds.", False),
    ],
)
def test_a_total_far_from_its_summary_is_remarked(
    seconds: int,
    summary: str,
    remarked: bool,  # noqa: FBT001
) -> None:
    made = found(Rule.SUMMARY, hold(seconds), summary=summary)
    assert made == ([(None, None)] if remarked else [])


def test_optional_parts_do_not_count_for_the_summary() -> None:
    parts = [block(hold(480)), block(hold(900), optional=True)]
    assert not found(Rule.SUMMARY, *parts, summary="Eight minutes.")


# Silence, order, faults


BAD = routine(
    block(step("walk"), step("calf", side=SideChoice.LEFT, dose=TimeDose(5_000))),
    block(step("calf", side=SideChoice.LEFT, rest_ms=5_000)),
    summary="Twenty minutes.",
)


def test_remarks_stand_in_the_order_of_the_file() -> None:
    assert [(a.id, a.block, a.step) for a in said(BAD)] == [
        (Rule.SUMMARY, None, None),
        (Rule.ONE_SIDE, 0, 1),
        (Rule.SHORT_HOLD, 0, 1),
        (Rule.ONE_SIDE, 1, 0),
        (Rule.TRAILING_REST, 1, 0),
    ]


def test_a_rule_is_silenced_everywhere_in_a_block_or_in_a_step() -> None:
    def places(*silenced: Silence) -> list[int | None]:
        return [a.block for a in said(BAD, *silenced) if a.id is Rule.ONE_SIDE]

    assert places(Silence(Rule.ONE_SIDE)) == []
    assert places(Silence(Rule.ONE_SIDE, 0)) == [1]
    assert places(Silence(Rule.ONE_SIDE, 0, 1)) == [1]
    assert places(Silence(Rule.ONE_SIDE, 0, 0)) == [0, 1]
    assert places(Silence(Rule.SUMMARY)) == [0, 1]


def test_what_cannot_be_laid_flat_still_gets_the_remarks_that_need_no_timeline() -> None:
    broken = routine(block(step("calf", side=SideChoice.LEFT), Step(name="No dose")))
    assert [a.id for a in said(broken)] == [Rule.ONE_SIDE]
    assert said(routine()) == []
