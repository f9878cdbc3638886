"""The shipped figures: each shows what its exercise says, at the exercise's own tempo."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from app.domain.exercise import Category, Equipment, Mode, Sides
from app.domain.figure.camera import Camera
from app.domain.figure.model import Loop, Prop, PropKind
from app.domain.figure.motion import Cycle
from app.storage.exercise_file import ExerciseReader
from app.storage.figure_file import read_figures
from app.storage.paths import bundled

if TYPE_CHECKING:
    from app.domain.exercise import Exercise
    from app.domain.figure.model import Figure

EXERCISES = ExerciseReader().read(bundled("exercises.toml")).exercises
READ = read_figures(bundled("figures.toml"))
FIGURES = READ.book.figures

SWISS_BALL_MIN_CM = 12
EQUIPMENT_OF = {
    PropKind.MAT: Equipment.MAT,
    PropKind.WALL: Equipment.WALL,
    PropKind.CHAIR: Equipment.CHAIR,
    PropKind.STEP: Equipment.STEP,
    PropKind.ROLLER: Equipment.FOAM_ROLLER,
    PropKind.BOSU: Equipment.BOSU,
    PropKind.STRAP: Equipment.TOWEL,
    PropKind.DUMBBELL: Equipment.DUMBBELLS,
}
MAY_SHOW = {
    # a target of the exercise library: the figure's muscles that show it
    "hamstrings": {"hamstrings"},
    "quadriceps": {"quads"},
    "rectus-femoris": {"quads"},
    "gluteus-maximus": {"glutes"},
    "gluteus-medius": {"hips", "itband"},
    "piriformis": {"glutes"},
    "iliopsoas": {"hip-flexors"},
    "hip-adductors": {"adductors"},
    "hip-joint": {"hips", "hip-flexors"},
    "gastrocnemius": {"calves"},
    "soleus": {"soleus", "calves"},
    "ankle-stabilisers": {"ankles"},
    "erector-spinae": {"lower-back", "upper-back"},
    "multifidus": {"lower-back"},
    "quadratus-lumborum": {"lower-back"},
    "latissimus-dorsi": {"lats"},
    "lumbar-spine": {"lower-back"},
    "thoracic-spine": {"upper-back"},
    "transversus-abdominis": {"core", "abs"},
    "rectus-abdominis": {"abs", "core"},
    "obliques": {"obliques", "core"},
    "diaphragm": {"abs"},
    "pectoralis-major": {"chest"},
    "deltoids": {"shoulders"},
    "rhomboids": {"upper-back"},
    "cardiovascular": set(),
}

each_exercise = pytest.mark.parametrize("exercise_id", EXERCISES)


def pair(exercise_id: str) -> tuple[Exercise, Figure]:
    return EXERCISES[exercise_id], FIGURES[exercise_id]


def equipment(prop: Prop) -> Equipment:
    if prop.kind is PropKind.BALL:
        assert prop.r is not None
        return Equipment.SWISS_BALL if prop.r > SWISS_BALL_MIN_CM else Equipment.TENNIS_BALL
    return EQUIPMENT_OF[prop.kind]


def test_the_shipped_figures_have_no_problem() -> None:
    assert READ.problems == ()


def test_every_exercise_has_its_own_figure_and_every_figure_an_exercise() -> None:
    assert set(FIGURES) == set(EXERCISES)
    assert len(FIGURES) == 92
    # None borrows another one's.
    assert all(exercise.figure is None for exercise in EXERCISES.values())


@each_exercise
def test_a_figure_shows_the_equipment_that_is_needed_and_no_other(exercise_id: str) -> None:
    exercise, figure = pair(exercise_id)
    assert {equipment(prop) for prop in figure.props} == set(exercise.equipment)


@each_exercise
def test_a_figure_highlights_what_the_exercise_is_for(exercise_id: str) -> None:
    exercise, figure = pair(exercise_id)
    shown = {highlight.muscle for highlight in figure.highlights}
    assert shown <= set().union(*(MAY_SHOW[target] for target in exercise.targets))
    has_no_region = "cardiovascular" in exercise.targets
    assert shown or has_no_region or exercise.category is Category.BREATHING


@each_exercise
def test_a_figure_holds_still_exactly_where_the_exercise_does(exercise_id: str) -> None:
    exercise, figure = pair(exercise_id)
    assert (figure.loop is Loop.HOLD) == (exercise.mode is Mode.HOLD)


FAR_TOO = {
    # The stretch is in the trunk, the far hip or both.
    "supine-spinal-twist",
    "seated-chair-rotation",
    "worlds-greatest-stretch",
}


@pytest.mark.parametrize(
    "exercise_id",
    [exercise.id for exercise in EXERCISES.values() if exercise.mode is Mode.REPS],
)
def test_a_figure_repeats_at_the_exercises_own_tempo(exercise_id: str) -> None:
    exercise, figure = pair(exercise_id)
    assert exercise.tempo is not None
    # Where the sides take turns, near comes first and then far.
    reps = 2 if exercise.alternating else 1
    period_ms = sum(exercise.tempo.phases_ms) * reps
    assert Cycle(figure).period_ms == pytest.approx(period_ms, abs=0.9)


@pytest.mark.parametrize(
    "exercise_id",
    [
        exercise.id
        for exercise in EXERCISES.values()
        if exercise.sides is Sides.EACH and not exercise.alternating
    ],
)
def test_the_worked_side_is_the_near_one(exercise_id: str) -> None:
    figure = FIGURES[exercise_id]
    one_sided = [highlight.sides for highlight in figure.highlights if len(highlight.sides) == 1]
    assert all(sides == ("n",) for sides in one_sided) or exercise_id in FAR_TOO
    assert one_sided or exercise_id in FAR_TOO
    # Near is what the name says: on the viewer's side.
    assert Camera(*figure.view).toward[2] > 0


@pytest.mark.parametrize("exercise_id", [e.id for e in EXERCISES.values() if e.alternating])
def test_where_the_sides_take_turns_both_are_marked(exercise_id: str) -> None:
    assert {highlight.sides for highlight in FIGURES[exercise_id].highlights} == {("n", "f")}


def test_every_pose_is_used() -> None:
    raw = tomllib.loads(bundled("figures.toml").read_text("utf-8"))
    used: set[str] = set()
    todo = [key["pose"] for exercise in raw["exercise"].values() for key in exercise["keys"]]
    while todo:
        name = todo.pop()
        if name not in used:
            used.add(name)
            todo += [base] if (base := raw["pose"][name].get("base")) else []
    assert set(raw["pose"]) == used
