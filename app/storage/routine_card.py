"""Makes a routine's card: what a list shows of it, computed from its timeline."""

from app.domain.catalogue import Origin, RoutineCard
from app.domain.choices import Choices
from app.domain.exercise import ExerciseLibrary
from app.domain.expand import expand
from app.domain.glance import equipment_of, length_ms, strip_of
from app.domain.routine import Routine
from app.domain.timeline import Timeline


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
    names = dict.fromkeys(s.name for s in timeline.segments if s.is_work)
    return RoutineCard(
        id=routine.id,
        name=routine.name,
        summary=routine.summary,
        when=routine.when,
        origin=origin,
        duration_ms=length_ms(timeline),
        steps=timeline.steps,
        equipment=equipment_of(routine, timeline, exercises),
        strip=strip_of(timeline),
        exercises=tuple(names),
        exercise_ids=tuple(
            dict.fromkeys(
                step.exercise
                for block in routine.blocks
                for step in block.steps
                if step.exercise is not None
            )
        ),
        figure=_figure(timeline, exercises),
        file=file,
    )


def _figure(timeline: Timeline, exercises: ExerciseLibrary) -> str | None:
    """Return the figure of the first exercise that may have one."""
    first = next((s.exercise for s in timeline.segments if s.exercise in exercises), None)
    return None if first is None else exercises[first].figure or first
