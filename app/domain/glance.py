"""A timeline at a glance, the same in a list and in a preview: its length, its strip, its needs."""

from app.domain.exercise import Equipment, ExerciseLibrary, Phase
from app.domain.routine import Routine
from app.domain.timeline import SegmentKind, Timeline


def length_ms(timeline: Timeline) -> int:
    """Return how long it lasts without get-ready."""
    return sum(s.duration_ms for s in timeline.segments if s.kind is not SegmentKind.GET_READY)


def strip_of(timeline: Timeline) -> tuple[tuple[Phase, int], ...]:
    """Return phase and milliseconds of each work segment and rest, in order."""
    return tuple(
        (s.phase if s.is_work else Phase.REST, s.duration_ms)
        for s in timeline.segments
        if s.kind in {SegmentKind.WORK, SegmentKind.REST}
    )


def equipment_of(
    routine: Routine, timeline: Timeline, exercises: ExerciseLibrary
) -> tuple[Equipment, ...]:
    """Return what the routine says it needs, else what the exercises of the timeline need."""
    if routine.equipment is not None:
        return routine.equipment
    used = dict.fromkeys(s.exercise for s in timeline.segments if s.exercise)
    return tuple(dict.fromkeys(item for name in used for item in exercises[name].equipment))
