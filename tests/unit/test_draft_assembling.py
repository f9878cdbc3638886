"""What a pasted list's lines come to as a routine."""

from __future__ import annotations

import pytest

from app.domain.choices import Choices
from app.domain.draft import assemble, draft
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.routine import OpenDose, RepsDose, Routine, SideChoice, TimeDose
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader
from app.storage.routine_writer import write_routine

LIBRARY = ExerciseReader().read(bundled("exercises.toml")).exercises


def made(text: str) -> Routine:
    routine = assemble(draft(text, LIBRARY), LIBRARY, "From paper", routine_id="from-paper")
    written = write_routine(routine)
    read = RoutineReader(LIBRARY).parse(written, file="x.toml", routine_id="from-paper")
    assert read.problems == ()
    assert read.routine == routine
    return routine


def test_headings_become_blocks() -> None:
    routine = made("Warm up:\nEasy jog 5 min\nCore\nPlank 30 s\nDead bug x 10")
    assert [block.name for block in routine.blocks] == ["Warm up", "Core"]
    assert [len(block.steps) for block in routine.blocks] == [1, 2]


def test_sets_of_a_lone_step_become_rounds() -> None:
    (block,) = made("Plank 3 x 30 s, rest 20").blocks
    assert (block.rounds, block.rest_ms, len(block.steps)) == (3, 20_000, 1)
    assert block.steps[0].rest_ms is None


def test_equal_sets_become_rounds() -> None:
    (block,) = made("Plank 2 x 30 s\nDead bug 2 x 10").blocks
    assert (block.rounds, len(block.steps)) == (2, 2)


def test_unequal_sets_are_repeated_with_the_rest_between_them() -> None:
    (block,) = made("Plank 3 x 30 s, rest 20\nDead bug 2 x 10\nCat camel x 8").blocks
    assert block.rounds == 1
    assert [step.exercise for step in block.steps] == [
        *["forearm-plank"] * 3,
        *["dead-bug"] * 2,
        "cat-camel",
    ]
    assert [step.rest_ms for step in block.steps] == [20_000, 20_000, None, None, None, None]


def test_a_circuits_rounds_are_the_blocks() -> None:
    (block,) = made("Circuit x 3\nSquats x 10\nPlank 30 s").blocks
    assert (block.name, block.rounds, len(block.steps)) == ("Circuit x 3", 3, 2)


def test_a_hold_goes_into_the_tempo() -> None:
    (block,) = made("Glute bridge 10 reps, hold 5 s").blocks
    (step,) = block.steps
    assert (step.dose, step.tempo_ms) == (RepsDose(10), (2_000, 5_000, 2_000, 0))


def test_reps_of_what_is_held_get_a_tempo() -> None:
    (block,) = made("Arm circles 10 reps").blocks
    assert block.steps[0].tempo_ms == (1_000, 0, 1_000, 0)


def test_reps_for_each_side_are_counted_together_where_the_sides_take_turns() -> None:
    (block,) = made("Dead bug 5 each side").blocks
    (step,) = block.steps
    assert (step.dose, step.side) == (RepsDose(10), None)


def test_only_sides_that_differ_from_the_exercises_own_are_written() -> None:
    (block,) = made("Calf stretch 30 s each side\nQuad stretch left 30 s").blocks
    assert [step.side for step in block.steps] == [None, SideChoice.LEFT]


def test_notes_go_where_they_are_read() -> None:
    routine = made(
        "No pain\nPlank 30 s\nKeep your back flat\n3x/week\nIncrease to 60 s over 4 weeks"
    )
    assert routine.summary == "No pain"
    assert routine.frequency == "3x/week"
    assert routine.progression == "Increase to 60 s over 4 weeks"
    assert routine.blocks[0].steps[0].note == "Keep your back flat"


def test_a_range_is_kept_in_the_steps_note() -> None:
    (block,) = made("12-15 back extensions").blocks
    assert (block.steps[0].dose, block.steps[0].note) == (RepsDose(12), "12-15 back extensions")


def test_what_was_not_understood_is_kept() -> None:
    (block,) = made("Plank 30 s\nblue band with the red handles please ask at the desk").blocks
    assert block.steps[0].note == "blue band with the red handles please ask at the desk"


def test_text_without_room_goes_to_the_sources() -> None:
    remark = "Keep " + "very " * 90 + "still"
    routine = made("Plank 30 s\n" + "\n".join([remark] * 2))
    kept = " ".join([routine.blocks[0].steps[0].note or "", *routine.sources])
    assert kept.count("still") == 2


def test_a_heading_without_steps_is_kept() -> None:
    assert made("Exercises\nCore\nPlank 30 s").summary == "Exercises"


def test_what_was_left_out_is_not_there() -> None:
    plank, squats = draft("Plank 30 s\nSquats x 10", LIBRARY)
    routine = assemble([plank.resolved(skip=True), squats], LIBRARY, "One")
    assert [step.exercise for step in routine.blocks[0].steps] == ["bodyweight-squat"]


def test_a_free_name_without_a_dose_is_open_ended() -> None:
    (entry,) = draft("Wall sit", LIBRARY)
    routine = assemble([entry.resolved(name="Wall sit")], LIBRARY, "One")
    assert routine.blocks[0].steps[0].dose == OpenDose()


def test_a_list_without_an_exercise_makes_no_routine() -> None:
    with pytest.raises(RoutineError, match="at least one"):
        assemble(draft("Core\n3x/week", LIBRARY), LIBRARY, "None")


def test_a_list_that_is_too_long_says_so() -> None:
    with pytest.raises(RoutineError, match="500"):
        assemble(draft("Plank 30 s\n" * 501, LIBRARY), LIBRARY, "Long")
    with pytest.raises(RoutineError, match="hours"):
        assemble(draft("Plank 30 min x 50", LIBRARY), LIBRARY, "Long")


def test_total_sets_are_right_in_what_is_played() -> None:
    routine = made("Plank 3 x 30 s\nCalf stretch 2 x 30 s\nCore\nDead bug 4 x 10")
    work = [s.exercise for s in expand(routine, LIBRARY, Choices()).segments if s.is_work]
    assert work.count("forearm-plank") == 3
    assert work.count("gastrocnemius-wall-stretch") == 4
    assert work.count("dead-bug") == 4
    assert routine.blocks[0].steps[0].dose == TimeDose(30_000)
