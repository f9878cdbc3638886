"""What the preview says of a routine, its blocks and its steps, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.catalogue import Origin
from app.domain.choices import Side
from app.domain.fitting import FewerRounds, PartLeftOut, Shorter
from app.domain.routine import OpenDose, TimeDose
from app.ui import words
from app.ui.dates import clock_time
from app.ui.pages.player.words import amount, dose_amount, seconds_up
from app.ui.pages.preview.data import one_side

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtCore import QLocale

    from app.domain.catalogue import RoutineCard
    from app.domain.routine import Dose
    from app.ui.pages.preview.data import BlockLine, Preview, StepLine

translate = QCoreApplication.translate

SEPARATOR = " · "


def kind(card: RoutineCard, *, is_changed: bool = False) -> str:
    """Return moment and origin: "After run · Built-in", and whether it is changed for today."""
    if card.origin is Origin.YOURS:
        origin = translate("Preview", "Yours")
        if card.hides_built_in:
            origin = translate("Preview", "Yours, in place of the built-in one")
    else:
        origin = translate("Preview", "Built-in")
    parts = [words.moment(card.when), origin]
    if is_changed:
        parts.append(translate("Preview", "Changed for today"))
    return SEPARATOR.join(parts)


def ends_about(locale: QLocale, end: datetime) -> str:
    return translate("Preview", "ends about {time}").format(time=clock_time(locale, end))


def summary(preview: Preview) -> str:
    """Say length and steps, as when a part was switched."""
    if preview.problem:
        return preview.problem
    return f"{words.length(preview.duration_ms)}, {words.steps(preview.steps)}"


# Today


def outcome(preview: Preview) -> str:
    """Say what the time that there is takes away; without a limit, what one would do."""
    if preview.problem:
        return ""
    fitted = preview.fitted
    if fitted is None:
        return translate(
            "Preview",
            "With less time it is made to fit: optional parts go first, then rounds, then length.",
        )
    parts = [change.name for change in fitted.left_out if isinstance(change, PartLeftOut)]
    sentences = []
    if parts:
        names = words.joined([_quoted(name) for name in parts])
        sentences.append(translate("Preview", "Without {parts}.").format(parts=names))
    sentences += [
        translate("Preview", "{block}: {rounds}.").format(
            block=_quoted(change.name), rounds=rounds_of(change.after, change.before)
        )
        for change in fitted.left_out
        if isinstance(change, FewerRounds)
    ]
    shorter = sum(isinstance(change, Shorter) for change in fitted.left_out)
    if shorter == 1:
        sentences.append(translate("Preview", "1 step is shorter."))
    elif shorter:
        sentences.append(translate("Preview", "{count} steps are shorter.").format(count=shorter))
    if not fitted.fits:
        length = words.length(fitted.duration_ms)
        sentences.append(
            translate("Preview", "This is as short as it gets: {length}.").format(length=length)
        )
    return " ".join(sentences)


def _quoted(name: str) -> str:
    return translate("Preview", "“{name}”").format(name=name)


def rounds_of(count: int, written: int) -> str:
    """Return "1 of 2 rounds"."""
    return translate("Preview", "{count} of {all} rounds").format(count=count, all=written)


def change_name(step: StepLine) -> str:
    """Return what the button of a step's changes for today is called."""
    if step.is_left_out:
        return translate("Preview", "Put {name} back").format(name=step.segment.name)
    return translate("Preview", "Change {name} for today").format(name=step.segment.name)


# Blocks


def block_details(block: BlockLine) -> str:
    """Return "2 rounds · 30 s rest between rounds"; empty for a block that is done once."""
    if block.written_rounds == 1:
        return ""
    if block.rounds < block.written_rounds:
        parts = [rounds_of(block.rounds, block.written_rounds)]
    else:
        parts = [translate("Preview", "{count} rounds").format(count=block.rounds)]
    if block.rest_ms:
        rest = amount(seconds_up(block.rest_ms))
        parts.append(translate("Preview", "{time} rest between rounds").format(time=rest))
    return SEPARATOR.join(parts)


def block_length(block: BlockLine) -> str:
    """Return "4 min", or "Optional, adds 4 min" for a block that is out."""
    length = words.length(block.duration_ms)
    if not block.optional:
        return length
    if block.is_on:
        return translate("Preview", "Optional, {length}").format(length=length)
    return translate("Preview", "Optional, adds {length}").format(length=length)


def block_name(block: BlockLine) -> str:
    """Return what is read out of a block's heading."""
    parts = [block.name, block_details(block).replace(SEPARATOR, ", "), block_length(block)]
    return ", ".join(part for part in parts if part)


# Steps


def step_amount(step: StepLine) -> str:
    """Return the dose: "30 s each side", "12 reps", "6 breaths", "until you are done"."""
    dose = dose_amount(step.segment)
    if isinstance(step.segment.dose, OpenDose):
        if step.per_side:
            return translate("Preview", "until you are done, each side")
        dose = translate("Preview", "until you are done")
    if step.per_side:
        return translate("Preview", "{dose} each side").format(dose=dose)
    match one_side(step):
        case Side.LEFT:
            return translate("Preview", "{dose}, left side").format(dose=dose)
        case Side.RIGHT:
            return translate("Preview", "{dose}, right side").format(dose=dose)
        case Side.BOTH:
            return dose


def step_details(step: StepLine) -> str:
    """Return what there is beside the dose: cadence, effort, rest, long changeovers."""
    segment = step.segment
    if step.is_left_out:
        return translate("Preview", "Left out today")
    parts = [translate("Preview", "optional")] if step.optional else []
    if step.instead_of:
        parts.append(translate("Preview", "instead of {name}").format(name=step.instead_of))
    if step.written_dose is not None:
        written = replace(segment, dose=step.written_dose, work_ms=_ms(step.written_dose))
        parts.append(translate("Preview", "{dose} as written").format(dose=dose_amount(written)))
    if segment.cadence is not None:
        start, end = segment.cadence
        parts.append(
            translate("Preview", "{cadence} steps per minute").format(cadence=start)
            if start == end
            else translate("Preview", "{start} to {end} steps per minute").format(
                start=start, end=end
            )
        )
    if segment.alternating:
        parts.append(translate("Preview", "sides take turns"))
    if segment.rpe is not None:
        parts.append(translate("Preview", "effort {rpe} of 10").format(rpe=segment.rpe))
    if step.changeover_ms:
        time = amount(seconds_up(step.changeover_ms))
        parts.append(translate("Preview", "{time} to get into position").format(time=time))
    if step.switch_ms:
        time = amount(seconds_up(step.switch_ms))
        parts.append(translate("Preview", "{time} to switch sides").format(time=time))
    if step.rest_ms:
        time = amount(seconds_up(step.rest_ms))
        parts.append(translate("Preview", "then {time} rest").format(time=time))
    joined = SEPARATOR.join(parts)
    return f"{joined[:1].upper()}{joined[1:]}"


def _ms(dose: Dose) -> int:
    """Return the length of a dose that is timed; other ones are not written by their length."""
    return dose.duration_ms if isinstance(dose, TimeDose) else 0


def step_name(step: StepLine) -> str:
    """Return what is read out of a step, the state of its switch aside."""
    segment = step.segment
    parts = [
        f"{segment.name}, {step_amount(step)}",
        step_details(step).replace(SEPARATOR, ", "),
        *step.cues,
        segment.note or "",
    ]
    if step.exercise is not None and step.exercise.caution:
        parts.append(caution(step.exercise.caution))
    if not step.is_on and not step.is_left_out:
        parts.append(translate("Preview", "Not part of it now"))
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def caution(text: str) -> str:
    return translate("Preview", "Caution: {text}").format(text=text)
