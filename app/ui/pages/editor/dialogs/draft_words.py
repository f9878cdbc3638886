"""What the pasted list's dialog says of a line: how it was read, and why it is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.draft.model import About, Doubt, LineKind
from app.domain.routine import BreathsDose, OpenDose, RepsDose, SideChoice, TimeDose
from app.ui import exercise_words

if TYPE_CHECKING:
    from app.domain.draft.model import DraftLine
    from app.domain.routine import Dose

SEPARATOR: Final = " · "


def tr(text: str) -> str:
    """Translate in the pasted list's context; `text` is always literal where it is called."""
    return QCoreApplication.translate("PastedList", text)


_DOUBTS: Final = {
    Doubt.EXERCISE: QT_TRANSLATE_NOOP("PastedList", "More than one exercise may be meant."),
    Doubt.SPELLING: QT_TRANSLATE_NOOP("PastedList", "The name is close, but not the same."),
    Doubt.NO_EXERCISE: QT_TRANSLATE_NOOP("PastedList", "Which exercise is meant is not clear."),
    Doubt.SECOND_EXERCISE: QT_TRANSLATE_NOOP("PastedList", "A second exercise seems to be named."),
    Doubt.EITHER_OR: QT_TRANSLATE_NOOP("PastedList", "It may mean either exercise, or both."),
    Doubt.UNIT: QT_TRANSLATE_NOOP("PastedList", "Seconds or repetitions?"),
    Doubt.COUNT: QT_TRANSLATE_NOOP("PastedList", "Sets or repetitions?"),
    Doubt.ORDER: QT_TRANSLATE_NOOP("PastedList", "Which number is sets, and which repetitions?"),
    Doubt.HOLD: QT_TRANSLATE_NOOP("PastedList", "One long hold, or one in each repetition?"),
    Doubt.TWO_DOSES: QT_TRANSLATE_NOOP("PastedList", "It says more than one dose."),
    Doubt.NUMBER: QT_TRANSLATE_NOOP("PastedList", "A number, or a word for a dose, is left over."),
    Doubt.LIMIT: QT_TRANSLATE_NOOP("PastedList", "A number is outside the limits."),
    Doubt.ODD: QT_TRANSLATE_NOOP(
        "PastedList", "The sides take turns, so the repetitions have to be even."
    ),
    Doubt.SIDES: QT_TRANSLATE_NOOP("PastedList", "Which sides?"),
    Doubt.REST: QT_TRANSLATE_NOOP("PastedList", "Where does the rest belong?"),
    Doubt.ALL: QT_TRANSLATE_NOOP("PastedList", "It speaks of several exercises."),
    Doubt.NO_DOSE: QT_TRANSLATE_NOOP("PastedList", "How long, or how often, is not said."),
    Doubt.HEADING: QT_TRANSLATE_NOOP("PastedList", "A heading, or an exercise?"),
    Doubt.PROSE: QT_TRANSLATE_NOOP("PastedList", "It was not understood."),
}
_NOTES: Final = {
    About.FREQUENCY: QT_TRANSLATE_NOOP("PastedList", "How often. Kept with the routine."),
    About.PROGRESSION: QT_TRANSLATE_NOOP("PastedList", "How to go on. Kept with the routine."),
    About.REMARK: QT_TRANSLATE_NOOP(
        "PastedList", "A remark. Kept as a note of the exercise above."
    ),
    About.DOSE: QT_TRANSLATE_NOOP("PastedList", "The dose of the exercise above."),
}


def reason(line: DraftLine) -> str:
    """Say why a line is asked about, in one line; empty where it was understood."""
    return " ".join(tr(str(_DOUBTS[doubt])) for doubt in line.doubts)


def dose(value: Dose, most: Dose | None = None) -> str:
    """Return a dose, or a range of two of one kind: "30 s", "12 to 15 reps"."""
    match value:
        case TimeDose(duration_ms=duration_ms):
            text = exercise_words.length(duration_ms)
            if isinstance(most, TimeDose):
                text = tr("{low} to {high}").format(
                    low=text, high=exercise_words.length(most.duration_ms)
                )
            return text
        case RepsDose(reps=count):
            if isinstance(most, RepsDose):
                return tr("{low} to {high} reps").format(low=count, high=most.reps)
            return tr("1 rep") if count == 1 else tr("{count} reps").format(count=count)
        case BreathsDose(breaths=count):
            if isinstance(most, BreathsDose):
                return tr("{low} to {high} breaths").format(low=count, high=most.breaths)
            return tr("1 breath") if count == 1 else tr("{count} breaths").format(count=count)
        case OpenDose():
            return tr("until you are done")
        case _:
            assert_never(value)


def side(value: SideChoice) -> str:
    """Return the words for the sides after a dose; empty for both at once."""
    match value:
        case SideChoice.EACH:
            return tr("each side")
        case SideChoice.LEFT:
            return tr("left side")
        case SideChoice.RIGHT:
            return tr("right side")
        case SideChoice.AFFECTED:
            return tr("sore side")
        case SideChoice.BOTH:
            return ""
        case _:
            assert_never(value)


def amount(line: DraftLine) -> str:
    """Return sets, dose, sides and rest in words."""
    first = dose(line.dose, line.dose_max) if line.dose is not None else tr("usual dose")
    if line.sets is not None and line.sets > 1:
        first = tr("{sets} × {dose}").format(sets=line.sets, dose=first)  # noqa: RUF001
    sides = side(line.sides) if line.sides is not None else ""
    parts = [", ".join(part for part in (first, sides) if part)]
    if line.hold_ms:
        parts.append(tr("hold {length}").format(length=exercise_words.length(line.hold_ms)))
    if line.rest_ms:
        parts.append(tr("{length} rest").format(length=exercise_words.length(line.rest_ms)))
    if line.note:
        parts.append(line.note)
    return SEPARATOR.join(parts)


def title(line: DraftLine) -> str:
    """Return what a line is taken for, in bold: the exercise, the heading, or what it is."""
    match line.kind:
        case LineKind.STEP | LineKind.HEADING:
            return line.name or line.text
        case LineKind.NOTE:
            return tr("Note")
        case LineKind.UNKNOWN:
            return tr("Not understood")
        case _:
            assert_never(line.kind)


def detail(line: DraftLine) -> str:
    """Return the line under the title."""
    match line.kind:
        case LineKind.STEP:
            text = amount(line)
            if line.exercise is None:
                return SEPARATOR.join([text, tr("free name")])
            return text
        case LineKind.HEADING:
            if line.sets is not None and line.sets > 1:
                return tr("Block, {count} rounds").format(count=line.sets)
            return tr("Block")
        case LineKind.NOTE:
            return tr(str(_NOTES[line.about or About.REMARK]))
        case LineKind.UNKNOWN:
            return tr("Kept as a note, unless you choose an exercise.")
        case _:
            assert_never(line.kind)
