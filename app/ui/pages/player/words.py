"""Every sentence of the player, translated; numbers and names go in, text comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication

from app.domain.choices import Side
from app.domain.exercise import Mode, Phase, Position
from app.domain.routine import BreathsDose, OpenDose, RepsDose, TimeDose

if TYPE_CHECKING:
    from app.domain.timeline import Segment

translate = QCoreApplication.translate

MINUS = "−"  # noqa: RUF001  (the true minus sign of the design)
DIGITS_MAX_S = 100
"""From this many seconds on a length is shown as minutes and seconds."""


def clock(seconds: int) -> str:
    """Write a length as on a clock: 0:07, 7:21, 1:02:30."""
    minutes, seconds = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def amount(seconds: int) -> str:
    """Write a length in few characters: 45 s, 2 min, 1:30 min."""
    if seconds < DIGITS_MAX_S:
        return translate("Player", "{seconds} s").format(seconds=seconds)
    if seconds % 60 == 0:
        return translate("Player", "{minutes} min").format(minutes=seconds // 60)
    return translate("Player", "{time} min").format(time=clock(seconds))


def seconds_up(ms: int) -> int:
    """Whole seconds, the begun one counted."""
    return -(-ms // 1000)


def phase_word(phase: Phase) -> str:
    match phase:
        case Phase.WARMUP:
            return translate("Player", "Warm-up")
        case Phase.DYNAMIC:
            return translate("Player", "Dynamic")
        case Phase.STATIC:
            return translate("Player", "Hold")
        case Phase.CORE:
            return translate("Player", "Core")
        case Phase.REST:
            return translate("Player", "Rest")
        case _:
            assert_never(phase)


PHASE_ICONS = {
    Phase.WARMUP: "sunrise",
    Phase.DYNAMIC: "zap",
    Phase.STATIC: "timer",
    Phase.CORE: "target",
    Phase.REST: "wind",
}


def position_word(position: Position) -> str:  # noqa: PLR0911  (one word for each position)
    match position:
        case Position.STANDING | Position.WALKING | Position.RUNNING:
            return translate("Player", "On your feet")
        case Position.SEATED:
            return translate("Player", "Sit down")
        case Position.HALF_KNEELING:
            return translate("Player", "Kneel on one knee")
        case Position.KNEELING:
            return translate("Player", "Kneel")
        case Position.QUADRUPED:
            return translate("Player", "On all fours")
        case Position.SUPINE:
            return translate("Player", "On your back")
        case Position.PRONE:
            return translate("Player", "On your front")
        case Position.SIDE_LYING:
            return translate("Player", "On your side")
        case Position.PLANK:
            return translate("Player", "Plank position")
        case _:
            assert_never(position)


def side_word(side: Side) -> str:
    """Return "Left", "Right", or nothing."""
    match side:
        case Side.LEFT:
            return translate("Player", "Left")
        case Side.RIGHT:
            return translate("Player", "Right")
        case Side.BOTH:
            return ""
        case _:
            assert_never(side)


def side_name(side: Side) -> str:
    """Return the badge's accessible name."""
    match side:
        case Side.LEFT:
            return translate("Player", "Left side")
        case Side.RIGHT:
            return translate("Player", "Right side")
        case Side.BOTH:
            return ""
        case _:
            assert_never(side)


def switch_title(side: Side) -> str:
    return (
        translate("Player", "Switch to left side")
        if side is Side.LEFT
        else translate("Player", "Switch to right side")
    )


def dose_amount(segment: Segment) -> str:
    """Write the dose in few characters: "45 s", "12 reps", "6 breaths", "open"."""
    match segment.dose:
        case TimeDose():
            return amount(seconds_up(segment.work_ms))
        case RepsDose(reps=1):
            return translate("Player", "1 rep")
        case RepsDose(reps=reps):
            return translate("Player", "{reps} reps").format(reps=reps)
        case BreathsDose(breaths=1):
            return translate("Player", "1 breath")
        case BreathsDose(breaths=breaths):
            return translate("Player", "{breaths} breaths").format(breaths=breaths)
        case OpenDose():
            return translate("Player", "as long as you need")
        case _:
            assert_never(segment.dose)


def detail(segment: Segment) -> str:
    """Write the line under a name: "Right · 45 s"."""
    side = side_word(segment.side)
    dose = dose_amount(segment)
    return f"{side} · {dose}" if side else dose


def piece_tip(segment: Segment) -> str:
    """Name a piece of the timeline and its length."""
    length = amount(seconds_up(segment.duration_ms))
    if not segment.is_work:
        return translate("Player", "Rest, {length}").format(length=length)
    side = side_word(segment.side)
    name = f"{segment.name} · {side}" if side else segment.name
    return f"{segment.step}. {name} · {length}"


def then(segment: Segment, mode: Mode | None) -> str:
    """Say what follows a countdown into work: "then hold 45 s", "then 12 reps"."""
    dose = dose_amount(segment)
    holds = mode is Mode.HOLD and segment.cadence is None and segment.tempo is None
    if holds and isinstance(segment.dose, TimeDose):
        return translate("Player", "then hold {amount}").format(amount=dose)
    return translate("Player", "then {amount}").format(amount=dose)


def of_total(seconds: int) -> str:
    """Write the line under the countdown."""
    if seconds >= DIGITS_MAX_S:
        return translate("Player", "of {time}").format(time=clock(seconds))
    if seconds == 1:
        return translate("Player", "of 1 second")
    return translate("Player", "of {seconds} seconds").format(seconds=seconds)


def about(seconds: int) -> str:
    """Write the line under a count that waits for the person."""
    return translate("Player", "about {amount}").format(amount=amount(seconds))


def of_reps(reps: int) -> str:
    return (
        translate("Player", "of 1 rep")
        if reps == 1
        else translate("Player", "of {reps} reps").format(reps=reps)
    )


def of_breaths(breath: int, breaths: int) -> str:
    if breaths == 1:
        return translate("Player", "1 breath")
    return translate("Player", "{breath} of {breaths} breaths").format(
        breath=breath, breaths=breaths
    )


def breath_word(*, out: bool) -> str:
    return translate("Player", "Breathe out") if out else translate("Player", "Breathe in")


def tempo_word(label: str) -> str:
    """Begin the word that the exercise gives a tempo phase with a capital."""
    return label[:1].upper() + label[1:]


def step_of(step: int, steps: int) -> str:
    return translate("Player", "Step {step} of {steps}").format(step=step, steps=steps)


def round_of(number: int, rounds: int) -> str:
    return translate("Player", "Round {round} of {rounds}").format(round=number, rounds=rounds)


def time_left(seconds: int) -> str:
    """Say a length for a screen reader: "7 minutes 39 seconds"."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(
            translate("Player", "1 hour")
            if hours == 1
            else translate("Player", "{n} hours").format(n=hours)
        )
    if minutes:
        parts.append(
            translate("Player", "1 minute")
            if minutes == 1
            else translate("Player", "{n} minutes").format(n=minutes)
        )
    if rest or not parts:
        parts.append(
            translate("Player", "1 second")
            if rest == 1
            else translate("Player", "{n} seconds").format(n=rest)
        )
    return " ".join(parts)
