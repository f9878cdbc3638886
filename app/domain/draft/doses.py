"""Takes the dose out of a written line: numbers with units, sets, holds, rests and sides."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.draft.dose_patterns import (
    BARE,
    BARE_RANGE,
    BOTH_AFTER,
    BOTH_SIDES,
    CLOCK,
    CLOSE,
    CUT,
    DIGIT,
    DISTANCE,
    EACH_AFTER,
    EACH_SIDE,
    FIRST_SIDE,
    FREQUENCIES,
    HOLD_FIRST,
    HOLD_HINT,
    HOLD_LAST,
    KEPT,
    LEFT_RIGHT,
    LETTER_SIDE,
    MIN_SEC,
    MS,
    NOT_THAT_SIDE,
    ON,
    ONE,
    ONE_SIDE,
    OPEN,
    OPEN_ENDED,
    OTHER_SIDE,
    PAIR,
    PERIOD_HINT,
    RANGE,
    REST_FIRST,
    REST_HINT,
    REST_LAST,
    SHORT_MINUTE,
    SIDE_HINT,
    SIDED_PAIR,
    SORE_SIDE,
    TAKEN,
    TAKING_TURNS,
    TEMPO,
    TOTAL,
    UNITS,
    WAYS,
)
from app.domain.draft.model import Doubt
from app.domain.routine import SideChoice

Range = tuple[int, int | None]
"""Lower end, and the upper end where there is one; times in ms."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One number with what it counts: T ms, R reps, B breaths, S sets, K times, N open."""

    kind: str
    low: int
    high: int | None
    text: str
    crossed: bool = False
    """An x stands before or after it."""

    @property
    def range(self) -> Range:
        return self.low, self.high


@dataclass(slots=True)
class Found:
    """What a line says beside its name; built up while it is read."""

    atoms: list[Atom] = field(default_factory=list)
    """In the order of the line."""
    hold: Atom | None = None
    says_hold: bool = False
    rest: Atom | None = None
    open: bool = False
    sides: SideChoice | None = None
    both: str = ""
    """ "sides" or "limbs" where it says both of them."""
    pair: bool = False
    """The dose stands twice with a stroke between: for each side, or work and rest."""
    total: bool = False
    """It says that its number is that of both sides together, or of all sets."""
    doubts: list[Doubt] = field(default_factory=list)
    frequency: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    text: str = ""
    """What is left, with cuts."""

    @property
    def has_dose(self) -> bool:
        return bool(self.atoms or self.hold or self.open)

    def doubt(self, doubt: Doubt) -> None:
        if doubt not in self.doubts:
            self.doubts.append(doubt)


class Scanner:
    """Reads one part of a line; use once."""

    def __init__(self, text: str) -> None:
        """`text` in the one spelling of `spelled`."""
        self.found = Found()
        self._text = text
        self._atoms: list[Atom] = []

    def scan(self) -> Found:
        found = self.found
        if PERIOD_HINT.search(self._text):
            for pattern in FREQUENCIES:
                self._take(pattern, self._on_frequency)
        if DIGIT.search(self._text):
            self._keep_aside()
            self._number_atoms()
            self._holds_and_rests()
            self._take(TOTAL, self._on_total)
        found.says_hold = found.says_hold or HOLD_HINT.search(self._text) is not None
        if SIDE_HINT.search(self._text):
            self._both_and_each()
            self._single_sides()
        self._take(OPEN_ENDED, self._on_open)
        if self._atoms:
            self._amounts()
        found.text = self._text
        return found

    def _take(self, pattern: re.Pattern[str], do: Callable[[re.Match[str]], bool]) -> None:
        """Cut out each hit of a pattern for which `do` returns True."""
        self._text = pattern.sub(lambda hit: f" {CUT} " if do(hit) else hit.group(0), self._text)

    def _keep_aside(self) -> None:
        self._take(KEPT, self._on_kept)
        self._take(TEMPO, self._on_tempo)
        self._take(DISTANCE, self._on_distance)

    def _on_frequency(self, hit: re.Match[str]) -> bool:
        self.found.frequency.append(hit.group(0).strip())
        return True

    def _on_kept(self, hit: re.Match[str]) -> bool:
        self.found.notes.append(hit.group(0).strip(" ,"))
        if hit.group(0).lstrip()[:1].isdigit() and re.search("x", hit.group(0), re.IGNORECASE):
            self.found.doubt(Doubt.NUMBER)  # "3 x 10 kg" may be three sets of something
        return True

    def _on_tempo(self, hit: re.Match[str]) -> bool:
        self.found.notes.append(hit.group(0).strip(" ("))
        self.found.doubt(Doubt.NUMBER)
        return True

    def _on_distance(self, hit: re.Match[str]) -> bool:
        if SHORT_MINUTE.fullmatch(hit.group(0)) and int(hit.group(0)[:-1]) <= 3:  # noqa: PLR2004
            self.found.doubt(Doubt.UNIT)  # minutes or metres
        else:
            self.found.doubt(Doubt.NUMBER)
        self.found.notes.append(hit.group(0))
        return True

    # numbers

    def _number_atoms(self) -> None:
        self._text = CLOCK.sub(self._clock, self._text)
        self._text = MIN_SEC.sub(self._min_sec, self._text)
        for pattern in (RANGE, ONE):
            self._text = pattern.sub(self._with_unit, self._text)
        self._text = BARE_RANGE.sub(self._bare, self._text)
        self._text = BARE.sub(self._bare, self._text)

    def _mark(self, kind: str, low: int, high: int | None, text: str) -> str:
        self._atoms.append(Atom(kind, low, high, text))
        return f" {OPEN}{kind}{len(self._atoms) - 1}{CLOSE} "

    def _clock(self, hit: re.Match[str]) -> str:
        first, second, third = (int(part) if part else None for part in hit.groups())
        parts = [part for part in (first, second, third) if part is not None]
        seconds = 0
        for part in parts:
            seconds = seconds * 60 + part
        return self._mark("T", seconds * 1_000, None, hit.group(0))

    def _min_sec(self, hit: re.Match[str]) -> str:
        ms = round(float(hit.group(1)) * 60_000) + int(hit.group(2)) * 1_000
        return self._mark("T", ms, None, hit.group(0))

    def _with_unit(self, hit: re.Match[str]) -> str:
        parts = hit.groupdict()
        kind = next((kind for kind in UNITS if parts.get(kind)), None)
        low_unit = parts.get("low_unit")
        if kind is None:
            if low_unit is None:
                return hit.group(0)
            kind = {"r": "R", "s": "S" if low_unit.casefold().startswith("set") else "T"}.get(
                low_unit[0].casefold(), "T"
            )
        unit = parts[kind] or low_unit or ""
        if kind == "R" and "total" in unit.casefold():
            self._say_total("total")
        low = _amount(parts["low"], kind, low_unit or unit)
        high = _amount(parts["high"], kind, unit) if parts.get("high") else None
        if low is None or (parts.get("high") and high is None):
            return hit.group(0)
        return self._mark(kind, low, high, hit.group(0))

    def _bare(self, hit: re.Match[str]) -> str:
        parts = hit.groupdict()
        low = _amount(parts["low"], "N", "")
        high = _amount(parts["high"], "N", "") if parts.get("high") else None
        if low is None or (parts.get("high") and high is None):
            return hit.group(0)
        return self._mark("N", low, high, hit.group(0))

    def _atom(self, hit: re.Match[str], group: int) -> Atom:
        return self._atoms[int(hit.group(group))]

    # what belongs to no dose of its own

    def _holds_and_rests(self) -> None:
        if HOLD_HINT.search(self._text):
            self._text = HOLD_FIRST.sub(self._on_hold_first, self._text)
            self._take(HOLD_LAST, lambda hit: self._on_hold(hit, 2))
        if REST_HINT.search(self._text):
            self._take(REST_FIRST, self._on_rest)
            self._take(REST_LAST, self._on_rest)
            self._text = ON.sub(self._on_work, self._text)

    def _on_work(self, hit: re.Match[str]) -> str:
        atom = self._atom(hit, 3)
        if atom.kind == "T":
            return hit.group(1)
        return self._mark("T", atom.low * 1_000, None, atom.text)

    def _on_hold_first(self, hit: re.Match[str]) -> str:
        """Leave the word "hold" to a name that ends in it, as in "Hollow hold 20 s"."""
        self._on_hold(hit, 2)
        before = self._text[: hit.start()].rstrip()
        of_name = hit.group(0)[:1].casefold() == "h" and before[-1:].isalpha()
        return f" hold {CUT} " if of_name else f" {CUT} "

    def _on_hold(self, hit: re.Match[str], group: int) -> bool:
        atom = self._atom(hit, group)
        before = self._text[: hit.start()].rstrip()
        crossed = before.endswith((" x", "x")) or bool(
            re.match(r"\s*x\b", self._text[hit.end() :], re.IGNORECASE)
        )
        self.found.says_hold = True
        if atom.kind == "B":
            self.found.atoms.append(atom)
        elif self.found.hold is not None:
            self.found.doubt(Doubt.TWO_DOSES)
        else:
            ms = (1_000 if atom.kind == "N" else 1) * atom.low
            high = None if atom.high is None else (1_000 if atom.kind == "N" else 1) * atom.high
            self.found.hold = Atom("T", ms, high, atom.text, crossed)
        return True

    def _on_rest(self, hit: re.Match[str]) -> bool:
        atom = self._atom(hit, 2)
        if self.found.rest is not None:
            self.found.doubt(Doubt.REST)
            return True
        if re.search(r"exercise|stretch|side|rep\b|reps\b|leg", hit.group(0), re.IGNORECASE):
            self.found.doubt(Doubt.REST)
        low, high = atom.range
        if atom.kind == "N":
            if low < 5:  # noqa: PLR2004  (2 may well be minutes)
                self.found.doubt(Doubt.REST)
            low, high = low * 1_000, None if high is None else high * 1_000
        self.found.rest = Atom("T", low, high, atom.text)
        return True

    # sides

    def _both_and_each(self) -> None:
        self._take(WAYS, self._on_ways)
        self._take(SORE_SIDE, self._on_sore_side)
        self._take(SIDED_PAIR, self._on_sided_pair)
        for pattern in (EACH_SIDE, LEFT_RIGHT, OTHER_SIDE):
            self._take(pattern, self._on_each)
        self._take(BOTH_SIDES, self._on_both)
        self._text = EACH_AFTER.sub(self._on_each_after, self._text)
        self._text = BOTH_AFTER.sub(self._on_both_after, self._text)
        self._text = PAIR.sub(self._on_pair, self._text)

    def _on_ways(self, hit: re.Match[str]) -> bool:
        self.found.notes.append(hit.group(0).strip())
        self.found.doubt(Doubt.SIDES)
        return True

    def _on_total(self, hit: re.Match[str]) -> bool:
        self._say_total(hit.group(0))
        return True

    def _say_total(self, written: str) -> None:
        self.found.notes.append(written)
        self.found.total = True

    def _on_sore_side(self, hit: re.Match[str]) -> bool:
        self.found.notes.append(hit.group(0).strip())
        self.found.doubt(Doubt.SIDES)
        return True

    def _on_sided_pair(self, hit: re.Match[str]) -> bool:
        sides = [part for part in hit.group(1, 6, 7, 12) if part]
        numbers = [int(part) for part in hit.group(3, 5, 9, 11) if part]
        if len(sides) != 2 or len(numbers) != 2 or sides[0][0].casefold() == sides[1][0].casefold():  # noqa: PLR2004
            return False
        first, second = (self._atoms[number] for number in numbers)
        if first.range != second.range or first.kind != second.kind:
            self.found.doubt(Doubt.TWO_DOSES)
        self.found.atoms.append(first)
        self._say(SideChoice.EACH)
        return True

    def _say(self, sides: SideChoice) -> None:
        if self.found.sides not in (None, sides):
            self.found.doubt(Doubt.SIDES)
        self.found.sides = sides

    def _on_each(self, hit: re.Match[str]) -> bool:
        del hit
        self._say(SideChoice.EACH)
        return True

    def _on_both(self, hit: re.Match[str]) -> bool:
        self.found.both = "sides" if hit.group(1).casefold() == "sides" else "limbs"
        return True

    def _on_each_after(self, hit: re.Match[str]) -> str:
        self._say(SideChoice.EACH)
        return f"{hit.group(1)} "

    def _on_both_after(self, hit: re.Match[str]) -> str:
        self.found.both = "sides"
        return f"{hit.group(1)} "

    def _on_pair(self, hit: re.Match[str]) -> str:
        first, second = self._atom(hit, 2), self._atom(hit, 4)
        same_kind = first.kind == second.kind or "N" in (first.kind, second.kind)
        kind = first.kind if first.kind != "N" else second.kind
        if not same_kind or self.found.pair:
            self.found.doubt(Doubt.TWO_DOSES)
            return f" {CUT} "
        scale = 1_000 if kind == "T" else 1
        low = first.low * (scale if first.kind == "N" else 1)
        other = second.low * (scale if second.kind == "N" else 1)
        self.found.pair = True
        if low != other or first.high is not None or second.high is not None:
            self.found.doubt(Doubt.SIDES)
        return self._mark(kind, low, None, f"{first.text}/{second.text}")

    def _single_sides(self) -> None:
        self._take(TAKING_TURNS, self._on_turns)
        self._take(FIRST_SIDE, self._on_turns)
        sides: list[SideChoice] = []

        def one(hit: re.Match[str]) -> bool:
            letter = next(part for part in hit.groups() if part)
            left = letter[0].casefold() == "l"
            sides.append(SideChoice.LEFT if left else SideChoice.RIGHT)
            return True

        self._take(ONE_SIDE, one)
        self._take(LETTER_SIDE, one)
        if len(sides) > 1 or (sides and NOT_THAT_SIDE.search(self._text)):
            self.found.doubt(Doubt.SIDES)
        if sides:
            self._say(sides[0])

    def _on_turns(self, hit: re.Match[str]) -> bool:
        self.found.notes.append(hit.group(0).strip())
        return True

    def _on_open(self, hit: re.Match[str]) -> bool:
        del hit
        self.found.open = True
        return True

    # the dose itself

    def _amounts(self) -> None:
        text = self._text
        self._take(TAKEN, lambda hit: self._on_amount(hit, text))

    def _on_amount(self, hit: re.Match[str], text: str) -> bool:
        atom = self._atom(hit, 2)
        before, after = text[hit.start() : hit.start(1)], text[hit.end(2) : hit.end() + 3]
        crossed = bool(
            re.search(r"(?:^|[\s(])x\s*\(?\s*.?$", before, re.IGNORECASE)
            or re.match(r".?\s*x(?![a-z])", after, re.IGNORECASE)
            or text[: hit.start()].rstrip().casefold().endswith(" x")
        )
        self.found.atoms.append(Atom(atom.kind, atom.low, atom.high, atom.text, crossed))
        return True


def _amount(number: str | None, kind: str, unit: str) -> int | None:
    """Return a number in its kind's unit; None where it has decimals that the kind cannot have."""
    if number is None:
        return None
    if kind == "T":
        return round(float(number) * MS[unit[0].casefold()])
    value = float(number)
    return int(value) if value.is_integer() else None


def unmarked(text: str) -> str:
    """Return a text without the signs of this module."""
    return re.sub(rf"{OPEN}[A-Z][0-9]+{CLOSE}|{CUT}", " ", text)
