"""What the preview says of a routine: the same as its card, and as what Start starts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from make import EXERCISES, block, choices, hold, routine, routines, step

from app.domain.choices import Choices, Side
from app.domain.errors import RoutineError
from app.domain.exercise import Equipment, Phase, Position
from app.domain.expand import expand
from app.domain.glance import length_ms, strip_of
from app.domain.routine import (
    BreathsDose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.domain.today import Today, optional_parts
from app.storage.library import Library
from app.storage.paths import user_folders
from app.ui.pages.preview import phrases
from app.ui.pages.preview.data import (
    Preview,
    StepLine,
    one_side,
    parts_at_first,
    preview_of,
    steps_of,
)

CHOICES = Choices()


def shown(made: Routine, on: frozenset[tuple[int, int | None]] = frozenset()) -> Preview:
    return preview_of(made, EXERCISES, CHOICES, Today(switched_on=on))


def only(*steps: Step, **keys: object) -> StepLine:
    """Return the first of these steps as the preview shows it."""
    return next(steps_of(shown(routine(block(*steps, **keys)))))


WITH_EXTRAS = routine(
    block(step("bridge"), step("wall-calf", optional=True)),
    block(step("twist"), step("walk", optional=True), optional=True),
)


# The same as the card says, and as the player plays


def test_every_shipped_routine_is_as_its_card_says() -> None:
    library = Library(user_folders())
    cards = library.listing().cards
    assert cards
    for card in cards:
        preview = preview_of(library.routine(card.id), library.exercises(), CHOICES)
        said = (preview.duration_ms, preview.steps, preview.strip, preview.equipment)
        assert said == (card.duration_ms, card.steps, card.strip, card.equipment), card.id


@settings(max_examples=50)
@given(routines(), choices)
def test_what_is_shown_is_what_is_played(made: Routine, chosen: Choices) -> None:
    on = frozenset(list(optional_parts(made))[::2])
    preview = preview_of(made, EXERCISES, chosen, Today(switched_on=on))
    played = expand(made, EXERCISES, replace(chosen, with_optional=False, switched_on=on))
    assert preview.get_ready_ms + preview.duration_ms == played.duration_ms
    assert preview.duration_ms == length_ms(played)
    assert preview.steps == played.steps
    assert preview.strip == strip_of(played)
    places = {(s.block, s.block_step) for s in played.segments}
    assert {line.place for line in steps_of(preview) if line.is_on} == places
    assert preview.duration_ms == sum(
        found.duration_ms for found in preview.blocks if any(line.is_on for line in found.steps)
    )


def test_every_step_has_a_row_also_where_it_is_out() -> None:
    rows = list(steps_of(shown(WITH_EXTRAS)))
    assert [row.place for row in rows] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [row.is_on for row in rows] == [True, False, False, False]


# Optional parts


def test_optional_parts_are_off_at_first_unless_they_were_chosen() -> None:
    everything = {(0, 1), (1, None), (1, 1)}
    assert optional_parts(WITH_EXTRAS) == everything
    assert parts_at_first(WITH_EXTRAS, CHOICES) == set()
    assert parts_at_first(WITH_EXTRAS, Choices(with_optional=True)) == everything
    some = Choices(switched_on=frozenset({(0, 1), (7, None)}))
    assert parts_at_first(WITH_EXTRAS, some) == {(0, 1)}


def test_a_part_that_is_switched_on_adds_its_time_and_its_steps() -> None:
    before, after = shown(WITH_EXTRAS), shown(WITH_EXTRAS, frozenset({(1, None)}))
    assert not before.blocks[1].is_on
    assert after.blocks[1].is_on
    assert after.steps == before.steps + 2
    assert after.duration_ms == before.duration_ms + after.blocks[1].duration_ms


def test_a_step_is_switched_only_in_a_block_that_is_on() -> None:
    inner = shown(WITH_EXTRAS, frozenset({(1, 1)})).blocks[1].steps[1]
    assert (inner.can_switch, inner.is_on) == (False, False)
    both = shown(WITH_EXTRAS, frozenset({(1, None), (1, 1)})).blocks[1].steps[1]
    assert (both.can_switch, both.is_on) == (True, True)


def test_a_block_of_optional_steps_stays_switched_on_without_any_of_them() -> None:
    made = routine(block(step("bridge")), block(step("walk", optional=True), optional=True))
    found = shown(made, frozenset({(1, None)})).blocks[1]
    assert found.is_on
    assert found.steps[0].can_switch


def test_parts_that_are_left_out_today_stay_in_the_list() -> None:
    left_out = Choices(switched_off=frozenset({(0, 0)}))
    preview = preview_of(routine(block(step("bridge"), step("walk"))), EXERCISES, left_out)
    assert [line.is_on for line in steps_of(preview)] == [False, True]
    assert preview.steps == 1


def test_with_everything_off_the_preview_says_why_it_cannot_start() -> None:
    preview = shown(routine(block(step("bridge", optional=True))))
    assert "switch a part on" in preview.problem
    assert preview.steps == 0
    assert [line.can_switch for line in steps_of(preview)] == [True]


def test_a_routine_that_cannot_be_laid_flat_is_an_error() -> None:
    with pytest.raises(RoutineError, match="not in the library"):
        shown(routine(block(step("gone"))))


# Blocks


def test_a_block_counts_all_its_rounds_and_the_rests_after_its_steps() -> None:
    rounds = block(hold(10, rest_ms=5_000), rounds=2, rest_ms=20_000)
    preview = shown(routine(rounds, block(hold(30))))
    # 10 + rest between rounds 20 + 10 + rest 5.
    assert [found.duration_ms for found in preview.blocks] == [45_000, 30_000]
    assert phrases.block_details(preview.blocks[0]) == "2 rounds · 20 s rest between rounds"
    assert phrases.block_details(preview.blocks[1]) == ""
    assert phrases.block_length(preview.blocks[0]) == "45 s"


def test_an_optional_block_says_what_it_would_add() -> None:
    made = routine(block(hold(30)), block(hold(40), optional=True))
    assert phrases.block_length(shown(made).blocks[1]) == "Optional, adds 40 s"
    on = shown(made, frozenset({(1, None)})).blocks[1]
    assert phrases.block_length(on) == "Optional, 40 s"
    assert phrases.block_name(on) == "Block, Optional, 40 s"


# Steps


@pytest.mark.parametrize(
    ("made", "amount"),
    [
        (step("wall-calf", dose=TimeDose(30_000)), "30 s each side"),
        (step("wall-calf", side=SideChoice.LEFT), "30 s, left side"),
        (step("wall-calf", side=SideChoice.RIGHT), "30 s, right side"),
        (step("walk", dose=TimeDose(120_000)), "2 min"),
        (step("bridge", dose=RepsDose(12)), "12 reps"),
        (step("bridge", dose=RepsDose(1)), "1 rep"),
        (step("bridge", dose=RepsDose(12), side=SideChoice.EACH), "12 reps each side"),
        (step("twist", dose=BreathsDose(6), side=SideChoice.BOTH), "6 breaths"),
        (step("twist", dose=OpenDose(), side=SideChoice.BOTH), "until you are done"),
        (step("twist", dose=OpenDose()), "until you are done, each side"),
    ],
)
def test_a_step_says_its_dose(made: Step, amount: str) -> None:
    assert phrases.step_amount(only(made)) == amount


@pytest.mark.parametrize(
    ("made", "details"),
    [
        (step("walk", cadence=(116, 172)), "116 to 172 steps per minute"),
        (
            step("walk", cadence=(160, "goal"), rpe=6),
            "160 to 170 steps per minute · effort 6 of 10",
        ),
        (step("walk", cadence=(170, "goal")), "170 steps per minute"),
        (step("dead-bug"), "Sides take turns"),
        (step("walk", optional=True, rpe=3), "Optional · effort 3 of 10"),
        (step("walk"), ""),
    ],
)
def test_a_step_says_what_there_is_beside_its_dose(made: Step, details: str) -> None:
    assert phrases.step_details(only(made)) == details


def test_changeovers_are_named_only_where_they_are_long() -> None:
    usual, long = (
        shown(
            routine(block(hold(10), step("twist", changeover_ms=12_000))),
        ),
        shown(routine(block(hold(10), step("twist", changeover_ms=20_000)))),
    )
    assert list(steps_of(usual))[1].changeover_ms == 0
    line = list(steps_of(long))[1]
    assert phrases.step_details(line) == "20 s to get into position"


def test_switches_of_sides_are_named_only_where_they_are_longer_than_usual() -> None:
    made = routine(block(step("twist", side_change_ms=15_000)))
    line = next(steps_of(shown(made)))
    assert phrases.step_details(line) == "15 s to switch sides"
    slow = replace(CHOICES, side_change_ms=15_000)
    assert next(steps_of(preview_of(made, EXERCISES, slow))).switch_ms == 0
    assert only(step("twist")).switch_ms == 0


def test_a_rest_is_named_where_one_follows() -> None:
    preview = shown(routine(block(step("bridge", rest_ms=20_000), step("walk", rest_ms=10_000))))
    first, last = steps_of(preview)
    assert phrases.step_details(first) == "Then 20 s rest"
    assert last.rest_ms == 0


def test_two_cues_at_most_are_shown() -> None:
    line = only(step("walk", cues=("One.", "Two.", "Three.")))
    assert line.cues == ("One.", "Two.")


def test_a_free_name_has_no_exercise_and_the_position_before_it() -> None:
    preview = shown(routine(block(step("bridge"), hold(20, "Rock gently"))))
    line = list(steps_of(preview))[1]
    assert line.exercise is None
    assert (line.segment.name, line.segment.position) == ("Rock gently", Position.SUPINE)
    assert line.segment.phase is Phase.STATIC


def test_the_side_to_show_is_the_only_one_there_is() -> None:
    assert one_side(only(step("wall-calf"))) is Side.BOTH
    assert one_side(only(step("wall-calf", side=SideChoice.LEFT))) is Side.LEFT


def test_a_step_is_read_out_with_all_that_it_shows() -> None:
    careful = replace(EXERCISES["twist"], caution="Skip it if it hurts.")
    made = routine(
        block(
            step("bridge"), step("twist", cues=("Sit tall.",), rpe=2, note="Slowly", optional=True)
        )
    )
    preview = preview_of(made, {**EXERCISES, "twist": careful}, CHOICES)
    assert phrases.step_name(list(steps_of(preview))[1]) == (
        "Seated twist, 20 s each side. Optional, effort 2 of 10. Sit tall. Slowly."
        " Caution: Skip it if it hurts. Not part of it now."
    )


# What to fetch and to heed


def test_cautions_are_told_once_with_all_their_exercises_and_only_for_what_is_in() -> None:
    careful = {
        name: replace(EXERCISES[name], caution=text)
        for name, text in (("bridge", "Slowly."), ("walk", "Slowly."), ("twist", "No pain."))
    }
    made = routine(
        block(step("bridge"), step("walk"), step("bridge"), step("twist", optional=True))
    )
    library = {**EXERCISES, **careful}
    off = preview_of(made, library, CHOICES)
    assert [(c.text, c.names) for c in off.cautions] == [("Slowly.", ("Bridge", "Walk"))]
    on = preview_of(made, library, CHOICES, Today(switched_on=frozenset({(0, 3)})))
    assert [c.text for c in on.cautions] == ["Slowly.", "No pain."]


def test_equipment_is_what_the_parts_need_that_are_in() -> None:
    library = {**EXERCISES, "walk": replace(EXERCISES["walk"], equipment=(Equipment.STEP,))}
    made = routine(block(step("bridge"), step("walk", optional=True)))
    assert preview_of(made, library, CHOICES).equipment == ()
    on = preview_of(made, library, CHOICES, Today(switched_on=frozenset({(0, 1)})))
    assert on.equipment == (Equipment.STEP,)
    named = replace(made, equipment=(Equipment.MAT,))
    assert preview_of(named, library, CHOICES).equipment == (Equipment.MAT,)


def test_an_optional_block_says_what_switching_it_on_adds() -> None:
    """Its own optional steps stay out until they are switched on themselves."""
    off = shown(WITH_EXTRAS)
    on = shown(WITH_EXTRAS, frozenset({(1, None)}))
    both = shown(WITH_EXTRAS, frozenset({(1, None), (1, 1)}))
    assert off.blocks[1].duration_ms == on.blocks[1].duration_ms
    assert on.duration_ms - off.duration_ms == pytest.approx(off.blocks[1].duration_ms, abs=9_000)
    assert both.blocks[1].duration_ms > on.blocks[1].duration_ms


def test_a_block_with_all_its_steps_out_takes_no_time() -> None:
    made = routine(block(step("bridge")), block(step("walk", optional=True)))
    assert [line.duration_ms for line in shown(made).blocks][1] == 0
    assert sum(line.duration_ms for line in shown(made).blocks) == shown(made).duration_ms
