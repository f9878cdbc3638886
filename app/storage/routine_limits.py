"""Holds a routine against the limits of the whole, by arithmetic before anything is expanded."""

from app.domain.choices import Choices
from app.domain.errors import RoutineError
from app.domain.exercise import ExerciseLibrary, Sides
from app.domain.expand import expand
from app.domain.routine import DURATION_MAX_MS, SEGMENTS_MAX, Block, Routine, SideChoice, Step
from app.storage.line_finder import Path

SEGMENTS_PER_STEP = 5
"""At most: changeover, work, switch of sides, work, rest."""
UNTYPED_MS = 30_000
"""More than an untyped changeover and an untyped switch of sides ever take together."""

Excess = tuple[Path, str, str]
"""Where, rule, message."""


def excess(routine: Routine, exercises: ExerciseLibrary, *, is_long: bool) -> Excess | None:
    """Return the limit that a routine breaks with all its optional parts in, or None.

    `is_long` says that it may last longer than a routine may.
    Rounds are multiplied, never gone through: a bomb of rounds costs as much as any routine.
    """
    counts = [_segments(routine, block, exercises) for block in routine.blocks]
    segments = sum(counts) + 1
    if segments > SEGMENTS_MAX:
        return (
            _largest(counts),
            "too-many-segments",
            (
                f"a routine may have at most {SEGMENTS_MAX:,} segments (work, changeovers and rests,"
                f" each round counted), found {segments:,}"
            ),
        )
    if not is_long:
        return None
    try:
        expand(routine, exercises, Choices(with_optional=True))
    except RoutineError:
        return (
            _largest(counts),
            "too-long",
            (
                f"a routine may last at most {DURATION_MAX_MS // 3_600_000} hours, all rounds counted;"
                " fewer rounds or shorter steps are needed"
            ),
        )
    return None


def _largest(counts: list[int]) -> Path:
    """Point at the block that adds most."""
    return ("blocks", counts.index(max(counts)), "rounds")


def _segments(routine: Routine, block: Block, exercises: ExerciseLibrary) -> int:
    """Count a block's segments, with a changeover before and a rest after every step that has one."""
    one_round = sum(_step_segments(routine, step, exercises) for step in block.steps)
    rests_between = 0 if block.steps[-1].rest_ms else (block.rounds - 1) * bool(block.rest_ms)
    return block.rounds * one_round + rests_between


def _step_segments(routine: Routine, step: Step, exercises: ExerciseLibrary) -> int:
    exercise = exercises.get(step.exercise) if step.exercise is not None else None
    per_side = exercise is not None and exercise.sides is Sides.EACH
    side = step.side or (SideChoice.EACH if per_side else SideChoice.BOTH)
    both_in_turn = side is SideChoice.EACH or (side is SideChoice.AFFECTED and per_side)
    changeover = _first_typed(step.changeover_ms, routine.changeover_ms) != 0
    switch = both_in_turn and _first_typed(step.side_change_ms, routine.side_change_ms) != 0
    return 1 + both_in_turn + switch + changeover + bool(step.rest_ms)


def _first_typed(*lengths: int | None) -> int | None:
    return next((length for length in lengths if length is not None), None)
