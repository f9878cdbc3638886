"""What is said of an exercise, in people's words."""

import exercise_cases as cases
import pytest
from figures import shipped_exercises

from app.domain.exercise import Category, Exercise, Position, Tempo
from app.domain.muscles import Region
from app.ui import exercise_words


def test_every_kind_position_and_region_has_a_word_of_its_own() -> None:
    kinds = [exercise_words.category(kind) for kind in Category]
    positions = [exercise_words.position(position) for position in Position]
    regions = [exercise_words.region(region) for region in Region]
    for found in (kinds, positions, regions):
        assert all(found)
        assert len(set(found)) == len(found)
    assert set(exercise_words.CATEGORIES) == set(Category)


def test_no_shipped_muscle_is_said_in_latin() -> None:
    for exercise in shipped_exercises().values():
        said = exercise_words.muscles(exercise)
        assert said
        assert len(set(said)) == len(said)
        assert not any("-" in word for word in said)
        assert not any(word.lower() in {"erector spinae", "gluteus maximus"} for word in said)


def test_ones_own_muscles_are_said_as_they_are_written() -> None:
    mine = cases.exercise("Mine", targets=("my-left hip", "Gluteus Maximus"))
    assert exercise_words.muscles(mine) == ("My left hip", "Glutes")


def test_the_kind_line_reads_as_a_phrase() -> None:
    assert exercise_words.kind_line(cases.GLUTE_BRIDGE) == "Strength, on your back"
    assert exercise_words.kind_line(cases.HIP_FLEXOR) == "Hold, on one knee"


@pytest.mark.parametrize(
    ("exercise", "sides", "dose", "note"),
    [
        (cases.EASY_WALK, "", "2 min", ""),
        (cases.HIP_FLEXOR, "One side at a time", "30 s each side", "About 1 min in all"),
        (cases.GLUTE_BRIDGE, "", "10 reps", "About 1:10 min in all"),
        (
            cases.SINGLE_LEG_BRIDGE,
            "One side at a time",
            "8 reps each side",
            "About 1:52 min in all",
        ),
        (
            cases.DEAD_BUG,
            "Left and right in turn",
            "10 reps",
            "Left and right together, about 50 s",
        ),
        (cases.exercise("Long", seconds_ms=150_000), "", "2:30 min", ""),
        (
            cases.exercise("One", seconds_ms=None, reps=1, tempo=Tempo(phases_ms=(2_000, 0, 0, 0))),
            "",
            "1 rep",
            "About 2 s in all",
        ),
    ],
)
def test_dose_and_sides(exercise: Exercise, sides: str, dose: str, note: str) -> None:
    assert exercise_words.sides(exercise) == sides
    assert exercise_words.dose(exercise) == dose
    assert exercise_words.dose_note(exercise) == note


def test_the_tempo_leaves_out_what_takes_no_time() -> None:
    assert exercise_words.tempo(cases.BRIDGE_TEMPO) == "Lift 2 s, hold 3 s, lower 2 s"
    half = Tempo(phases_ms=(1_500, 0, 2_000, 500), labels=("up", "", "down", ""))
    assert exercise_words.tempo(half) == "Up 1.5 s, down 2 s, hold 0.5 s"
