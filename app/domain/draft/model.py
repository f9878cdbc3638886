"""What the reading of one pasted line comes to, and why it may be in doubt."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.exercise import Exercise, Sides
from app.domain.routine import Dose, SideChoice


class LineKind(StrEnum):
    STEP = "step"
    HEADING = "heading"
    NOTE = "note"
    """How often, how to go on, and remarks."""
    UNKNOWN = "unknown"


class About(StrEnum):
    """What a note is about; decides where in the routine it is kept."""

    FREQUENCY = "frequency"
    PROGRESSION = "progression"
    REMARK = "remark"
    DOSE = "dose"
    """A dose that stood on a line of its own; it has been read into the step before it."""


class Doubt(StrEnum):
    """Why a person has to look at a reading."""

    EXERCISE = "exercise"
    SPELLING = "spelling"
    NO_EXERCISE = "no-exercise"
    SECOND_EXERCISE = "second-exercise"
    EITHER_OR = "either-or"
    UNIT = "unit"
    COUNT = "count"
    ORDER = "order"
    HOLD = "hold"
    TWO_DOSES = "two-doses"
    NUMBER = "number"
    LIMIT = "limit"
    ODD = "odd"
    SIDES = "sides"
    REST = "rest"
    ALL = "all"
    NO_DOSE = "no-dose"
    HEADING = "heading"
    PROSE = "prose"


_SENTENCES = {
    Doubt.EXERCISE: "More than one exercise may be meant.",
    Doubt.SPELLING: "The name is close to an exercise, but not the same.",
    Doubt.NO_EXERCISE: "It does not say which exercise.",
    Doubt.SECOND_EXERCISE: "A second exercise seems to be named.",
    Doubt.EITHER_OR: "It may mean either exercise, or both.",
    Doubt.UNIT: "It does not say seconds or repetitions.",
    Doubt.COUNT: "The number may mean sets or repetitions.",
    Doubt.ORDER: "Which number is sets and which is repetitions is open.",
    Doubt.HOLD: "The hold may be one long hold or belong to each repetition.",
    Doubt.TWO_DOSES: "It says more than one dose.",
    Doubt.NUMBER: "A number or a word for a dose is left over.",
    Doubt.LIMIT: "A number is outside the limits.",
    Doubt.ODD: "The sides take turns, so the repetitions have to be even.",
    Doubt.SIDES: "Which sides are meant is open.",
    Doubt.REST: "Where the rest belongs is open.",
    Doubt.ALL: "It speaks of several exercises.",
    Doubt.NO_DOSE: "It does not say how long or how often.",
    Doubt.HEADING: "It may be a heading or an exercise.",
    Doubt.PROSE: "It was not understood.",
}


def describe(doubt: Doubt) -> str:
    """Return a doubt as an English sentence."""
    return _SENTENCES[doubt]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One entry of a pasted list: what was written, and how it was read."""

    line: int
    """Counted from 1; entries of one line share it."""
    text: str
    """The line, or the part of it, as it was written."""
    kind: LineKind
    doubts: tuple[Doubt, ...] = ()
    exercise: str | None = None
    """An id of the library; None in a step is a free name."""
    name: str | None = None
    """The exercise's name, the free name, or the heading's."""
    written: str | None = None
    """The name as it was written."""
    score: float = 0.0
    """How well the written name fits the exercise: 0 to 1."""
    candidates: tuple[str, ...] = ()
    """Other ids that may be meant, best first."""
    sets: int | None = None
    """In a heading: rounds of everything under it."""
    sets_max: int | None = None
    dose: Dose | None = None
    """The lower end of a range; None where none was written."""
    dose_max: Dose | None = None
    """The upper end of a range, of the same type."""
    sides: SideChoice | None = None
    """As written, else the exercise's own; None for a free name without any."""
    sides_written: bool = False
    rest_ms: int | None = None
    """Between sets."""
    hold_ms: int | None = None
    """In each repetition."""
    note: str | None = None
    about: About | None = None
    skip: bool = False
    """Left out by the person."""

    @property
    def understood(self) -> bool:
        return not self.doubts and self.kind is not LineKind.UNKNOWN

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(describe(doubt) for doubt in self.doubts)

    def resolved(
        self,
        *,
        exercise: Exercise | None = None,
        name: str | None = None,
        skip: bool = False,
        sets: int | None = None,
        dose: Dose | None = None,
    ) -> "DraftLine":
        """Return the line as a person answered it: no doubts are left.

        Without an argument it says yes to the reading. `exercise` makes it a step of that exercise,
        `name` a step with that free name; `sets` and `dose` replace what was read.
        """
        answered = replace(self, doubts=(), skip=skip)
        if exercise is not None:
            own = SideChoice.EACH if exercise.sides is Sides.EACH else SideChoice.BOTH
            answered = replace(
                answered,
                kind=LineKind.STEP,
                exercise=exercise.id,
                name=exercise.name,
                sides=self.sides if self.sides_written else own,
            )
        elif name is not None:
            sides = self.sides if self.sides_written else None
            answered = replace(
                answered, kind=LineKind.STEP, exercise=None, name=name.strip(), sides=sides
            )
        if sets is not None:
            answered = replace(answered, sets=sets, sets_max=None)
        if dose is not None:
            answered = replace(answered, dose=dose, dose_max=None)
        return answered
