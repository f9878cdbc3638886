"""Makes a routine's card: what a list shows of it, computed from its timeline."""

from app.domain.catalogue import Origin, RoutineCard
from app.domain.exercise import Equipment, ExerciseLibrary, Phase
from app.domain.expand import expand
from app.domain.routine import Routine
from app.domain.timeline import Choices, SegmentKind, Timeline


def card_of(
    routine: Routine,
    exercises: ExerciseLibrary,
    choices: Choices,
    file: str,
    origin: Origin,
) -> RoutineCard:
    """Return the card; RoutineError where the routine cannot be laid flat.

    Its length is without get-ready and without optional parts.
    """
    timeline = expand(routine, exercises, choices)
    timed = [s for s in timeline.segments if s.kind is not SegmentKind.GET_READY]
    names = dict.fromkeys(s.name for s in timed if s.is_work)
    return RoutineCard(
        id=routine.id,
        name=routine.name,
        summary=routine.summary,
        when=routine.when,
        origin=origin,
        duration_ms=sum(s.duration_ms for s in timed),
        steps=timeline.steps,
        equipment=equipment_of(routine, timeline, exercises),
        strip=tuple(
            (s.phase if s.is_work else Phase.REST, s.duration_ms)
            for s in timed
            if s.kind is not SegmentKind.CHANGEOVER
        ),
        exercises=tuple(names),
        first_exercise=next((s.exercise for s in timed if s.exercise), None),
        file=file,
    )


def equipment_of(
    routine: Routine, timeline: Timeline, exercises: ExerciseLibrary
) -> tuple[Equipment, ...]:
    """Return what the routine says it needs, else what the exercises of the timeline need."""
    if routine.equipment is not None:
        return routine.equipment
    used = dict.fromkeys(s.exercise for s in timeline.segments if s.exercise)
    return tuple(dict.fromkeys(item for name in used for item in exercises[name].equipment))
