"""What the fields of steps show and set: the step's own values, else those of its exercise."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import RoutineError
from app.domain.expand import FREE_TEMPO, own_dose
from app.domain.routine import BreathsDose, OpenDose, RepsDose, TimeDose
from app.domain.timeline import SegmentKind
from app.ui.pages.editor.inspector_fields import MIXED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.editing import StepPart
    from app.domain.exercise import Exercise
    from app.domain.routine import Dose, Step
    from app.domain.timeline import Timeline

USUAL_MS: Final = 30_000
_USUAL_REPS, _USUAL_BREATHS = 10, 6


def common(values: Iterable[Any]) -> Any:  # noqa: ANN401  (whatever the values are)
    """Return what all are, else MIXED."""
    known = iter(values)
    first = next(known)
    return first if all(value == first for value in known) else MIXED


def dose_of(step: Step, exercise: Exercise | None) -> Dose | None:
    """Return what a step says, else what its exercise does; None where neither does."""
    return step.dose if step.dose is not None else usual_dose(exercise)


def usual_dose(exercise: Exercise | None) -> Dose | None:
    with suppress(RoutineError):
        return own_dose(exercise, "")
    return None


def tempo_of(step: Step, exercise: Exercise | None) -> tuple[int, int, int, int] | None:
    """Return the lengths of the four phases in ms, None where there are none to be had."""
    if step.tempo_ms is not None:
        return step.tempo_ms
    base = FREE_TEMPO if exercise is None else exercise.tempo
    return base.phases_ms if base is not None else None


def dosed(dose: Dose, _part: StepPart, exercise: Exercise | None) -> dict[str, Any]:
    return {"dose": None if dose == usual_dose(exercise) else dose}


def paced(number: int, length_ms: int, part: StepPart, exercise: Exercise | None) -> dict[str, Any]:
    phases = list(tempo_of(part.step, exercise) or FREE_TEMPO.phases_ms)
    phases[number] = length_ms
    tempo_ms = tuple(phases)
    base = FREE_TEMPO if exercise is None else exercise.tempo
    is_usual = base is not None and base.phases_ms == tempo_ms
    return {"tempo_ms": None if is_usual else tempo_ms}


def newly_measured(kind: type[Dose], exercise: Exercise | None) -> dict[str, Any]:
    """Return what a step has that is newly measured like this."""
    usual: dict[type[Dose], Dose] = {
        TimeDose: TimeDose((exercise.seconds_ms if exercise else None) or USUAL_MS),
        RepsDose: RepsDose((exercise.reps if exercise else None) or _USUAL_REPS),
        BreathsDose: BreathsDose(_USUAL_BREATHS),
        OpenDose: OpenDose(),
    }
    dose = usual[kind]
    needs_tempo = kind is RepsDose and exercise is not None and exercise.tempo is None
    return {
        "dose": None if dose == usual_dose(exercise) else dose,
        "tempo_ms": FREE_TEMPO.phases_ms if needs_tempo else None,
        "cadence": None,
    }


def times_between(
    timeline: Timeline | None, place: tuple[int, int] | None
) -> tuple[int | None, int | None]:
    """Return how long in ms the first changeover and side change of a step at a place last.

    None where there is none, as at the start of the routine, which has get-ready.
    """
    found: dict[bool, int] = {}
    for segment in timeline.segments if timeline is not None and place is not None else ():
        if segment.kind is SegmentKind.CHANGEOVER and (segment.block, segment.block_step) == place:
            found.setdefault(segment.switch, segment.duration_ms)
    return found.get(False), found.get(True)
