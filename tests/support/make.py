"""Small exercises, routines and timelines for tests, and strategies for random ones."""

from hypothesis import strategies as st

from app.domain.choices import Choices, Side
from app.domain.exercise import Category, Exercise, Mode, Position, Sides, Tempo
from app.domain.expand import expand
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
from app.domain.timeline import Timeline

EXERCISES = {
    exercise.id: exercise
    for exercise in (
        Exercise(
            id="wall-calf",
            name="Wall calf stretch",
            category=Category.STATIC,
            position=Position.STANDING,
            sides=Sides.EACH,
            mode=Mode.HOLD,
            seconds_ms=30_000,
        ),
        Exercise(
            id="bridge",
            name="Bridge",
            category=Category.STRENGTH,
            position=Position.SUPINE,
            sides=Sides.BOTH,
            mode=Mode.REPS,
            reps=8,
            tempo=Tempo(phases_ms=(2_000, 1_000, 2_000, 0), labels=("up", "hold", "down", "")),
        ),
        Exercise(
            id="dead-bug",
            name="Dead bug",
            category=Category.CORE,
            position=Position.SUPINE,
            sides=Sides.BOTH,
            mode=Mode.REPS,
            reps=6,
            tempo=Tempo(phases_ms=(1_000, 0, 1_000, 0), labels=("out", "", "in", "")),
            alternating=True,
        ),
        Exercise(
            id="walk",
            name="Walk",
            category=Category.WARM_UP,
            position=Position.WALKING,
            sides=Sides.BOTH,
            mode=Mode.MOVE,
            seconds_ms=60_000,
        ),
        Exercise(
            id="twist",
            name="Seated twist",
            category=Category.MOBILITY,
            position=Position.SEATED,
            sides=Sides.EACH,
            mode=Mode.HOLD,
            seconds_ms=20_000,
        ),
    )
}


def routine(*blocks: Block, **keys: object) -> Routine:
    return Routine(id="test", name="Test", blocks=blocks, **keys)  # type: ignore[arg-type]


def block(*steps: Step, **keys: object) -> Block:
    return Block(name="Block", steps=steps, **keys)  # type: ignore[arg-type]


def step(exercise: str | None = None, **keys: object) -> Step:
    return Step(exercise=exercise, **keys)  # type: ignore[arg-type]


def timeline(*steps: Step, choices: Choices | None = None, **keys: object) -> Timeline:
    """Lay one block of steps flat."""
    return expand(routine(block(*steps), **keys), EXERCISES, choices or Choices())


def hold(seconds: float, name: str = "Hold", **keys: object) -> Step:
    """A free-name hold with neither side nor changeover."""
    return Step(name=name, dose=TimeDose(round(seconds * 1_000)), changeover_ms=0, **keys)  # type: ignore[arg-type]


_lengths = st.none() | st.integers(0, 120).map(lambda seconds: seconds * 1_000)
_doses = st.one_of(
    st.none(),
    st.integers(1, 90).map(lambda seconds: TimeDose(seconds * 1_000)),
    st.integers(1, 6).map(BreathsDose),
    st.just(OpenDose()),
    st.integers(1, 12).map(RepsDose),
)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Any step over the exercises above, with everything a file may say of it."""
    exercise = draw(st.sampled_from(sorted(EXERCISES)))
    dose = draw(_doses)
    paced = EXERCISES[exercise].mode is Mode.REPS
    if isinstance(dose, RepsDose) and not paced:
        dose = None
    return Step(
        exercise=exercise,
        dose=dose,
        side=draw(st.none() | st.sampled_from(SideChoice)),
        changeover_ms=draw(_lengths),
        rest_ms=draw(st.none() | st.integers(0, 30).map(lambda seconds: seconds * 1_000)),
        side_change_ms=draw(_lengths),
        cadence=(
            draw(
                st.none() | st.tuples(st.integers(40, 240), st.integers(40, 240) | st.just("goal"))
            )
            if isinstance(dose, TimeDose)
            else None
        ),
        optional=draw(st.booleans()),
    )


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """Any routine over the exercises above whose first step is never optional."""
    blocks = draw(
        st.lists(
            st.builds(
                lambda steps, rounds, rest, optional: Block(
                    name="Block",
                    steps=tuple(steps),
                    rounds=rounds,
                    rest_ms=rest * 1_000,
                    optional=optional,
                ),
                st.lists(steps(), min_size=1, max_size=4),
                st.integers(1, 3),
                st.integers(0, 60),
                st.booleans(),
            ),
            max_size=3,
        )
    )
    first = Block(name="First", steps=(draw(steps().filter(lambda made: not made.optional)),))
    return Routine(
        id="random",
        name="Random",
        blocks=(first, *blocks),
        changeover_ms=draw(_lengths),
        side_change_ms=draw(_lengths),
    )


choices = st.builds(
    Choices,
    get_ready_ms=st.integers(3, 30).map(lambda seconds: seconds * 1_000),
    side_change_ms=st.integers(0, 20).map(lambda seconds: seconds * 1_000),
    first_side=st.sampled_from([Side.LEFT, Side.RIGHT]),
    affected=st.sampled_from([None, Side.LEFT, Side.RIGHT]),
    breath_ms=st.integers(6, 16).map(lambda seconds: seconds * 1_000),
    with_optional=st.booleans(),
)
