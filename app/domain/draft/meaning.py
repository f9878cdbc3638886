"""Decides what the numbers of one line mean together, for the exercise that they belong to."""

from dataclasses import dataclass, field

from app.domain.draft.doses import Atom, Found, Range
from app.domain.draft.model import Doubt
from app.domain.exercise import Exercise, Mode, Sides
from app.domain.expand import FREE_TEMPO
from app.domain.routine import (
    BREATHS_MAX,
    REPS_MAX,
    ROUNDS_MAX,
    STEP_MAX_MS,
    STEP_MIN_MS,
    BreathsDose,
    Dose,
    OpenDose,
    RepsDose,
    SideChoice,
    TimeDose,
)

REST_MAX_MS = 600_000
HOLD_MAX_MS = 60_000

_REP_HOLD_MS = 12_000
"""In an exercise of repetitions, up to here a hold belongs to each of them."""
_LONG_HOLD_MS = 20_000
"""From here on it is a hold of its own."""
_SHORT_FREE_MS, _LONG_FREE_MS = 10_000, 15_000
_MANY, _FEW = 5, 6
_SETS_USUAL = 6
_SECONDS_LEAST, _SECONDS_MOST = 15, 120


@dataclass(slots=True)
class Amounts:
    """Sets and dose as read; None is unsaid."""

    sets: Range | None = None
    reps: Range | None = None
    time_ms: Range | None = None
    breaths: Range | None = None
    hold_ms: int | None = None
    rest_ms: int | None = None
    open: bool = False
    sides: SideChoice | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, doubt: Doubt) -> None:
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    @property
    def has_dose(self) -> bool:
        return bool(self.reps or self.time_ms or self.breaths or self.open)

    def doses(self) -> tuple[Dose | None, Dose | None]:
        """Return the dose, and the upper end of its range."""
        if self.time_ms is not None:
            low, high = self.time_ms
            return TimeDose(low), None if high is None else TimeDose(high)
        if self.breaths is not None:
            low, high = self.breaths
            return BreathsDose(low), None if high is None else BreathsDose(high)
        if self.reps is not None:
            low, high = self.reps
            return RepsDose(low), None if high is None else RepsDose(high)
        return (OpenDose(), None) if self.open else (None, None)


def amounts(found: Found, exercise: Exercise | None) -> Amounts:
    """Return what a line's numbers mean; doubts where that is not sure."""
    made = Amounts(doubts=list(found.doubts), open=found.open)
    _by_unit(found, made)
    _counts(found, exercise, made)
    _hold(found, exercise, made)
    _rest_of_pair(found, exercise, made)
    if found.rest is not None:
        made.rest_ms = found.rest.low
    kinds = [made.reps is not None, made.time_ms is not None, made.breaths is not None]
    if sum(kinds) > 1 or (found.open and made.has_dose and any(kinds)):
        made.doubt(Doubt.TWO_DOSES)
    _sides(found, exercise, made)
    _limits(exercise, made)
    return made


def _by_unit(found: Found, made: Amounts) -> None:
    for atom in found.atoms:
        match atom.kind:
            case "S" if made.sets is None:
                made.sets = atom.range
            case "R" if made.reps is None:
                made.reps = atom.range
            case "T" if made.time_ms is None:
                made.time_ms = atom.range
            case "B" if made.breaths is None:
                made.breaths = atom.range
            case "S" | "R" | "T" | "B":
                made.doubt(Doubt.TWO_DOSES)
            case _:
                pass


def _counts(found: Found, exercise: Exercise | None, made: Amounts) -> None:
    """Give the numbers without a unit, and the "times", their meaning."""
    open_ones = [atom for atom in found.atoms if atom.kind in "NK"]
    if not open_ones:
        return
    if len(open_ones) == 1:
        _one_count(open_ones[0], found, exercise, made)
    elif len(open_ones) == 2:  # noqa: PLR2004
        _two_counts(open_ones, found, exercise, made)
    else:
        made.doubt(Doubt.ORDER)
        made.sets = made.sets or open_ones[0].range
        made.reps = made.reps or open_ones[1].range


def _one_count(atom: Atom, found: Found, exercise: Exercise | None, made: Amounts) -> None:
    if made.has_dose and made.sets is None:
        made.sets = atom.range
        if not atom.crossed and atom.kind == "N" and not made.open:
            made.doubt(Doubt.NUMBER)
    elif made.has_dose:
        made.doubt(Doubt.TWO_DOSES)
    elif found.hold is not None and made.sets is None:
        _held_count(atom, found.hold, exercise, made)
    elif made.sets is not None:
        _dose_without_unit(atom, exercise, made)
    else:
        _lone_count(atom, found, exercise, made)


def _held_count(atom: Atom, hold: Atom, exercise: Exercise | None, made: Amounts) -> None:
    """Read "hold 5 s, 10 times": repetitions with a hold, or so many long holds."""
    mode = exercise.mode if exercise else None
    if mode in (Mode.HOLD, Mode.MOVE):
        as_sets = True
    elif mode is Mode.REPS:
        as_sets = hold.low > _REP_HOLD_MS
        if _REP_HOLD_MS < hold.low < _LONG_HOLD_MS:
            made.doubt(Doubt.HOLD)
    else:
        as_sets = hold.low >= _LONG_FREE_MS
        if (as_sets and atom.low > _FEW) or (
            not as_sets and (hold.low > _SHORT_FREE_MS or atom.low < _MANY)
        ):
            made.doubt(Doubt.HOLD)
    if as_sets:
        made.sets = atom.range
        made.time_ms = hold.range
    else:
        made.reps = atom.range


def _dose_without_unit(atom: Atom, exercise: Exercise | None, made: Amounts) -> None:
    """Read the second number of "3 sets of 10"."""
    if exercise is None or exercise.mode is Mode.REPS or atom.kind == "K":
        made.reps = atom.range
        if exercise is None and atom.low > _SECONDS_LEAST + 5 and atom.kind != "K":
            made.doubt(Doubt.UNIT)
    elif exercise.mode is Mode.HOLD:
        made.time_ms = _in_ms(atom)
        if not _SECONDS_LEAST <= atom.low <= _SECONDS_MOST:
            made.doubt(Doubt.UNIT)
    else:
        made.reps = atom.range
        made.doubt(Doubt.UNIT)


def _in_ms(atom: Atom) -> Range:
    return atom.low * 1_000, None if atom.high is None else atom.high * 1_000


def _lone_count(atom: Atom, found: Found, exercise: Exercise | None, made: Amounts) -> None:
    """Read the number of "squats x 10", "plank x 3", "10 squats"."""
    if found.pair or found.open:
        if found.open:
            made.sets = atom.range
        else:
            _dose_without_unit(atom, exercise, made)
        return
    if exercise is not None and exercise.mode is Mode.REPS:
        made.reps = atom.range
        if atom.low < _MANY and atom.low != exercise.reps:
            made.doubt(Doubt.COUNT)
    elif exercise is None:
        made.reps = atom.range
        if atom.low < _MANY or atom.low > 2 * _SECONDS_LEAST:
            made.doubt(Doubt.COUNT)
    elif atom.low <= _SETS_USUAL and (atom.crossed or atom.kind == "K"):
        made.sets = atom.range
    elif exercise.mode is Mode.HOLD:
        made.time_ms = _in_ms(atom)
        made.doubt(Doubt.UNIT)
    else:
        made.reps = atom.range
        if not atom.crossed and atom.kind == "N":
            made.doubt(Doubt.UNIT)


def _two_counts(pair: list[Atom], found: Found, exercise: Exercise | None, made: Amounts) -> None:
    first, second = pair
    if made.has_dose or made.sets is not None:
        made.doubt(Doubt.ORDER)
        made.sets = made.sets or first.range
        if not made.has_dose:
            made.reps = second.range
        return
    if first.kind == "K" and second.kind == "K":
        made.doubt(Doubt.ORDER)
    if first.kind == "N" and second.kind == "K":
        first, second = second, first  # "10, three times"
    elif (
        (first.kind == "K" and second.kind == "N")
        or first.low > second.low
        or not (first.crossed or second.crossed)
    ):
        made.doubt(Doubt.ORDER)
    if first.low > _SETS_USUAL:
        made.doubt(Doubt.ORDER)
    made.sets = first.range
    if found.hold is not None:
        made.reps = second.range
    else:
        _dose_without_unit(second, exercise, made)
        if exercise is None:
            made.reps = second.range


def _hold(found: Found, exercise: Exercise | None, made: Amounts) -> None:
    hold = found.hold
    if hold is None or made.time_ms == hold.range:
        return
    if made.reps is not None:
        made.hold_ms = hold.low
        stretched = exercise is not None and exercise.mode is Mode.HOLD
        if hold.high is not None or (stretched and hold.low >= _LONG_FREE_MS):
            made.doubt(Doubt.HOLD)
        return
    if made.has_dose:
        made.doubt(Doubt.HOLD)
        return
    if exercise is not None and exercise.mode is Mode.REPS and hold.low <= _REP_HOLD_MS:
        made.hold_ms = hold.low
        made.doubt(Doubt.HOLD)
        return
    made.time_ms = hold.range
    if exercise is None and hold.low < _SHORT_FREE_MS:
        made.doubt(Doubt.HOLD)
    if exercise is not None and exercise.mode is Mode.REPS and hold.low < _LONG_HOLD_MS:
        made.doubt(Doubt.HOLD)


def _rest_of_pair(found: Found, exercise: Exercise | None, made: Amounts) -> None:
    """Read "30s/30s": each side; for what has no sides it may be work and rest."""
    if not found.pair or found.sides is not None:
        return
    one_sided = exercise is not None and (exercise.sides is Sides.EACH or exercise.alternating)
    if made.time_ms is not None and not one_sided:
        made.doubt(Doubt.REST)


def _sides(found: Found, exercise: Exercise | None, made: Amounts) -> None:
    per_side = exercise is not None and exercise.sides is Sides.EACH
    made.sides = found.sides
    if found.both:
        as_each = (
            found.both == "sides" or per_side or (exercise is not None and exercise.alternating)
        )
        sides = SideChoice.EACH if as_each else SideChoice.BOTH
        if made.sides not in (None, sides) or (exercise is None and found.both == "limbs"):
            made.doubt(Doubt.SIDES)
        made.sides = sides
    if found.pair and made.sides is None:
        made.sides = SideChoice.EACH
    if per_side and any(note.casefold().startswith("alt") for note in found.notes):
        made.doubt(Doubt.SIDES)
    if found.total and (per_side or made.sides is SideChoice.EACH):
        made.doubt(Doubt.SIDES)
    elif found.total and made.sets is not None:
        made.doubt(Doubt.COUNT)
    if exercise is None or per_side or exercise.alternating:
        return
    if made.sides in (SideChoice.LEFT, SideChoice.RIGHT, SideChoice.EACH):
        made.doubt(Doubt.SIDES)


def _limits(exercise: Exercise | None, made: Amounts) -> None:
    made.sets = _within(made, made.sets, 1, ROUNDS_MAX)
    made.reps = _within(made, made.reps, 1, REPS_MAX)
    made.breaths = _within(made, made.breaths, 1, BREATHS_MAX)
    made.time_ms = _within(made, made.time_ms, STEP_MIN_MS, STEP_MAX_MS)
    if made.rest_ms is not None and not 0 <= made.rest_ms <= REST_MAX_MS:
        made.rest_ms = None
        made.doubt(Doubt.LIMIT)
    if made.hold_ms is not None and not 0 < made.hold_ms <= HOLD_MAX_MS:
        made.hold_ms = None
        made.doubt(Doubt.LIMIT)
    if made.reps is None:
        return
    reps = made.reps[0]
    if reps * (made.hold_ms or 0) > STEP_MAX_MS // 2:
        made.doubt(Doubt.LIMIT)
    if exercise is None:
        if reps * FREE_TEMPO.rep_ms > STEP_MAX_MS:
            made.doubt(Doubt.LIMIT)
        return
    if exercise.tempo is not None and reps * exercise.tempo.rep_ms > STEP_MAX_MS:
        made.doubt(Doubt.LIMIT)
    if exercise.alternating and reps % 2 and made.sides is not SideChoice.EACH:
        made.doubt(Doubt.ODD)


def _within(made: Amounts, value: Range | None, least: int, most: int) -> Range | None:
    if value is None:
        return None
    low, high = value
    if not least <= low <= most or (high is not None and not least <= high <= most):
        made.doubt(Doubt.LIMIT)
        return None
    if high is not None and high <= low:
        made.doubt(Doubt.NUMBER)
        high = None
    return low, high
