"""What the editor says of a routine, its blocks and its steps, in words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.choices import Side
from app.domain.errors import RoutineError
from app.domain.exercise import Equipment, Phase
from app.domain.expand import expand, free_phase, own_dose, sides_of
from app.domain.glance import length_ms
from app.domain.routine import BreathsDose, OpenDose, RepsDose, SideChoice, TimeDose
from app.domain.timeline import SegmentKind
from app.ui.pages.player.words import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.choices import Choices
    from app.domain.editing import BlockPart, Document
    from app.domain.exercise import ExerciseLibrary
    from app.domain.routine import Dose, Step
    from app.domain.timeline import Timeline
    from app.ui.pages.editor.model import EditorModel

TIMES: Final = "\N{MULTIPLICATION SIGN}"
_MINUTE_MS: Final = 60_000
_CHIP_NAMES: Final = 2
"""More pieces of equipment than these are counted."""


def tr(text: str) -> str:
    """Translate in the editor's context; `text` is always literal where it is called."""
    return QCoreApplication.translate("Editor", text)


# Lengths


def long_clock(duration_ms: int) -> str:
    """Return "21:10", rounded to whole seconds."""
    return clock((duration_ms + 500) // 1000)


def amount_of_time(duration_ms: int) -> str:
    """Return "45 s", "12.5 s" or "1:00"."""
    if duration_ms < _MINUTE_MS:
        return tr("{seconds} s").format(seconds=f"{duration_ms / 1000:g}")
    tenths = duration_ms % 1000 // 100
    text = clock(duration_ms // 1000)
    return f"{text}.{tenths}" if tenths else text


def spoken_time(duration_ms: int) -> str:
    """Return "45 seconds" or "1 minute 30 seconds"."""
    minutes, rest_ms = divmod(duration_ms, _MINUTE_MS)
    parts = []
    if minutes:
        parts.append(
            tr("1 minute") if minutes == 1 else tr("{count} minutes").format(count=minutes)
        )
    if rest_ms or not minutes:
        count = f"{rest_ms / 1000:g}"
        parts.append(tr("1 second") if count == "1" else tr("{count} seconds").format(count=count))
    return " ".join(parts)


# Steps


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What a row shows of a step."""

    name: str
    phase: Phase
    amount: str
    """ "2 x 40 s"; empty where the step says nothing that has a length."""
    side: str
    """ "Left, then right", and what else is not as usual; empty where all is."""
    spoken_amount: str


def step_facts(step: Step, exercises: ExerciseLibrary, choices: Choices) -> StepFacts:
    exercise = exercises.get(step.exercise) if step.exercise is not None else None
    name = exercise.name if exercise is not None else step.name or step.exercise or ""
    dose = step.dose
    if dose is None:
        with suppress(RoutineError):
            dose = own_dose(exercise, name)
    sides = sides_of(step, exercise, choices)
    phase = step.phase or Phase.STATIC
    if exercise is not None:
        phase = exercise.phase
    elif dose is not None:
        phase = free_phase(step, dose)
    parts = [_side_text(step, sides)]
    if exercise is not None and exercise.alternating and sides == (Side.BOTH,):
        parts.append(tr("Sides take turns"))
    if step.optional:
        parts.append(tr("Optional"))
    if step.rest_ms:
        parts.append(tr("Then {time} rest").format(time=amount_of_time(step.rest_ms)))
    return StepFacts(
        name=name,
        phase=phase,
        amount=_amount(dose, len(sides)),
        side=" · ".join(part for part in parts if part),
        spoken_amount=_spoken_amount(dose, len(sides)),
    )


def _side_text(step: Step, sides: tuple[Side, ...]) -> str:
    if step.side is SideChoice.AFFECTED:
        return tr("Sore side")
    match sides:
        case (Side.LEFT, Side.RIGHT):
            return tr("Left, then right")
        case (Side.RIGHT, Side.LEFT):
            return tr("Right, then left")
        case (Side.LEFT,):
            return tr("Left side")
        case (Side.RIGHT,):
            return tr("Right side")
        case _:
            return ""


def _amount(dose: Dose | None, sides: int) -> str:
    match dose:
        case None:
            return ""
        case TimeDose(duration_ms=duration_ms):
            text = amount_of_time(duration_ms)
        case RepsDose(reps=1):
            text = tr("1 rep")
        case RepsDose(reps=reps):
            text = tr("{count} reps").format(count=reps)
        case BreathsDose(breaths=1):
            text = tr("1 breath")
        case BreathsDose(breaths=breaths):
            text = tr("{count} breaths").format(count=breaths)
        case OpenDose():
            text = tr("open") if sides > 1 else tr("Open")
        case _:
            assert_never(dose)
    return f"{sides} {TIMES} {text}" if sides > 1 else text


def _spoken_amount(dose: Dose | None, sides: int) -> str:
    match dose:
        case None:
            return tr("no amount")
        case TimeDose(duration_ms=duration_ms):
            text = spoken_time(duration_ms)
        case OpenDose():
            text = tr("until you are done")
        case _:
            return _amount(dose, sides)
    return f"{sides} {TIMES} {text}" if sides > 1 else text


# Blocks


def rounds(count: int) -> str:
    return tr("1 round") if count == 1 else tr("{count} rounds").format(count=count)


def block_name(block: BlockPart) -> str:
    return block.name.strip() or tr("Block without a name")


def block_side_text(block: BlockPart) -> str:
    """Return "Optional · 15 s rest"; empty for a plain block."""
    parts = [tr("Optional")] if block.optional else []
    if block.rest_ms and block.rounds > 1:
        parts.append(tr("{time} rest").format(time=amount_of_time(block.rest_ms)))
    return " · ".join(parts)


def block_lengths(timeline: Timeline) -> dict[int, int]:
    """Return each block's length in ms, by its index; a rest belongs to the step before it."""
    lengths: dict[int, int] = {}
    block = 0
    for segment in timeline.segments:
        if segment.kind is SegmentKind.GET_READY:
            continue
        if segment.kind is not SegmentKind.REST:
            block = segment.block
        lengths[block] = lengths.get(block, 0) + segment.duration_ms
    return lengths


# The routine


@dataclass(frozen=True, slots=True)
class Totals:
    """How long a routine lasts, as its card says it: without get-ready and optional parts."""

    duration_ms: int
    steps: int
    optional_ms: int = 0
    """What the optional parts add."""


def totals(model: EditorModel) -> Totals | None:
    """Return None where the routine cannot be laid flat."""
    if not any(block.steps for block in model.document.blocks):
        return Totals(0, 0)
    choices = model.choices
    is_whole = choices.with_optional or not _has_optional(model.document)
    timeline = model.timeline if is_whole else _expanded(model, with_optional=True)
    if timeline is None:
        return None
    whole = Totals(length_ms(timeline), timeline.steps)
    if not _has_optional(model.document):
        return whole
    needed = _expanded(model, with_optional=False)
    if needed is None:
        # All of it is optional.
        return Totals(0, 0, whole.duration_ms)
    return Totals(length_ms(needed), needed.steps, whole.duration_ms - length_ms(needed))


def _has_optional(document: Document) -> bool:
    return any(
        block.optional or any(part.step.optional for part in block.steps)
        for block in document.blocks
    )


def _expanded(model: EditorModel, *, with_optional: bool) -> Timeline | None:
    choices = replace(model.choices, with_optional=with_optional)
    with suppress(RoutineError):
        return expand(model.document.routine, model.exercises, choices)
    return None


def steps_line(found: Totals | None) -> str:
    """Return "24 steps, with changeovers", and what the optional parts add."""
    if found is None:
        return tr("Length not known yet")
    if not found.steps and not found.optional_ms:
        return tr("No steps yet")
    text = (
        tr("1 step, with changeovers")
        if found.steps == 1
        else tr("{count} steps, with changeovers").format(count=found.steps)
    )
    if found.optional_ms:
        more = tr("optional parts add {time}").format(time=long_clock(found.optional_ms))
        text = f"{text} · {more}"
    return text


def problems_to_fix(count: int) -> str:
    return (
        tr("1 problem to fix") if count == 1 else tr("{count} problems to fix").format(count=count)
    )


_LATER_EQUIPMENT: Final = {
    Equipment.MAT: QT_TRANSLATE_NOOP("Editor", "mat"),
    Equipment.WALL: QT_TRANSLATE_NOOP("Editor", "wall"),
    Equipment.CHAIR: QT_TRANSLATE_NOOP("Editor", "chair"),
    Equipment.TOWEL: QT_TRANSLATE_NOOP("Editor", "towel"),
    Equipment.STEP: QT_TRANSLATE_NOOP("Editor", "step"),
    Equipment.SWISS_BALL: QT_TRANSLATE_NOOP("Editor", "Swiss ball"),
    Equipment.BOSU: QT_TRANSLATE_NOOP("Editor", "bosu"),
    Equipment.FOAM_ROLLER: QT_TRANSLATE_NOOP("Editor", "foam roller"),
    Equipment.TENNIS_BALL: QT_TRANSLATE_NOOP("Editor", "tennis ball"),
    Equipment.DUMBBELLS: QT_TRANSLATE_NOOP("Editor", "dumbbells"),
}


def needed_equipment(document: Document, exercises: ExerciseLibrary) -> tuple[Equipment, ...]:
    """Return what the exercises of a routine need, in the order in which they come."""
    ids = dict.fromkeys(part.step.exercise for part in document.steps() if part.step.exercise)
    known = [exercises[name] for name in ids if name in exercises]
    return tuple(dict.fromkeys(item for exercise in known for item in exercise.equipment))


def equipment_line(items: Iterable[Equipment]) -> str:
    """Return "Mat, wall" or "Mat, wall +2"; "No equipment" where nothing is needed."""
    names = [tr(str(_LATER_EQUIPMENT[item])) for item in items]
    if not names:
        return tr("No equipment")
    text = ", ".join(names[:_CHIP_NAMES])
    text = f"{text[0].upper()}{text[1:]}"
    more = len(names) - _CHIP_NAMES
    return f"{text} +{more}" if more > 0 else text
