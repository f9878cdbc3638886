"""Reads a pasted list: each line's kind, its parts, and doses that stand on lines of their own."""

import re
from dataclasses import replace

from app.domain.draft import lines
from app.domain.draft.doses import Found, unmarked
from app.domain.draft.model import About, Doubt, DraftLine, LineKind
from app.domain.draft.names import Names
from app.domain.draft.reading import PartReader, Reading
from app.domain.draft.spelling import spelled
from app.domain.exercise import ExerciseLibrary
from app.domain.routine import ROUNDS_MAX

LINE_MAX = 600
"""Characters of a line that are read; a longer one is no line of a list."""

_HEADING_WORDS_MAX = 6
_PROSE_WORDS = 5
_TABLE_WORDS = frozenset([
    "exercise", "exercises", "sets", "set", "reps", "rep", "repetitions", "time", "times", "rest",
    "hold", "side", "sides", "notes", "note", "name", "duration", "frequency", "dose", "seconds",
    "secs", "description", "no", "tempo", "load", "weight", "done", "comments", "rounds",
])  # fmt: skip
_DOSE_TALK = re.compile(r"\b(?:hold|sets?|reps?|repetitions?|repeat|rounds?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(?<=[.;!])\s+")
_RULE_OFF = re.compile(r"^[#*_]+|[*_]+$")
_REPEATS = re.compile(r"\s*(?:repeat|do|complete|perform)\b", re.IGNORECASE)


def draft(text: str, exercises: ExerciseLibrary) -> tuple[DraftLine, ...]:
    """Return what each line of a pasted list says, in order; no line is lost.

    A line that names several exercises gives several entries with its number. Readings that are
    not sure have doubts. Never raises, whatever the text.
    """
    return _ListReader(exercises).read(text)


class _ListReader:
    def __init__(self, exercises: ExerciseLibrary) -> None:
        self._names = Names(exercises)
        self._parts = PartReader(self._names)
        self._entries: list[DraftLine] = []
        self._open: int | None = None
        """The entry that a dose on the next line would belong to."""
        self._open_text = ""
        self._open_dosed = False
        self._open_lines = False
        """A dose on a line of its own has been read into it."""

    def read(self, text: str) -> tuple[DraftLine, ...]:
        rows = lines.numbered_lines(text)
        counted = lines.counting_lines(rows)
        for number, line in rows:
            bare = lines.without_count(line) if number in counted else line
            self._line(number, line, bare)
        self._check_rounds()
        return tuple(self._entries)

    def _add(self, entry: DraftLine) -> None:
        self._entries.append(entry)

    def _close(self) -> None:
        self._open = None

    def _line(self, number: int, line: str, bare: str) -> None:
        if len(line) > LINE_MAX:
            self._close()
            self._add(_unknown(number, line))
            return
        bare = lines.unbulleted(bare)
        marked = lines.marked_heading(bare)
        inner = marked if marked is not None else _RULE_OFF.sub("", bare).strip() or bare
        plain = spelled(inner)
        found = self._parts.scan(plain)
        if (
            self._as_heading(number, line, inner, plain, found, marked=marked is not None)
            or self._as_note(number, line, plain, found)
            or self._as_dose(number, line, inner)
        ):
            return
        self._as_steps(number, line, inner)

    # headings

    def _as_heading(
        self, number: int, line: str, inner: str, plain: str, found: Found, *, marked: bool
    ) -> bool:
        if self._as_rounds(number, line, inner, plain):
            return True
        named = self._names.find(plain.rstrip(" :")).sure
        worded = lines.worded_heading(plain)
        colon = plain.endswith(":")
        titled = marked or colon or (lines.is_capitals(inner) and not named)
        if found.frequency:
            left = unmarked(found.text).strip()
            return bool(
                titled and lines.worded_heading(left) and self._plain_heading(number, line, inner)
            )
        few = len(_WORD.findall(plain)) <= _HEADING_WORDS_MAX
        if not few or not (worded or titled) or found.rest or (found.has_dose and not worded):
            return False
        is_note = not worded and lines.note_about(plain, plain, frequency=False) is not None
        if is_note or (named and not (colon or marked)):
            return False
        if not named:
            return self._plain_heading(number, line, inner, may_be_name=not worded)
        self._plain_heading(number, line, inner, may_be_name=True)
        self._entries[-1] = replace(self._entries[-1], doubts=(Doubt.HEADING,))
        return True

    def _as_rounds(self, number: int, line: str, inner: str, plain: str) -> bool:
        rounds = lines.rounds_of(plain)
        if rounds is None:
            return False
        self._close()
        in_limit = 1 <= rounds <= ROUNDS_MAX
        doubts = () if in_limit else (Doubt.LIMIT,)
        self._add(
            DraftLine(
                line=number, text=line, kind=LineKind.HEADING, name=_title(inner),
                sets=rounds if in_limit else None, doubts=doubts,
            )
        )  # fmt: skip
        return True

    def _plain_heading(
        self, number: int, line: str, inner: str, *, may_be_name: bool = False
    ) -> bool:
        self._close()
        self._add(DraftLine(line=number, text=line, kind=LineKind.HEADING, name=_title(inner)))
        if may_be_name:
            self._keep_open(inner.rstrip(" :"), dosed=False)
        return True

    # notes

    def _as_note(self, number: int, line: str, plain: str, found: Found) -> bool:
        words = [word.casefold() for word in _WORD.findall(plain)]
        if words and len(words) > 1 and all(word in _TABLE_WORDS for word in words):
            about: About | None = None if found.has_dose else About.REMARK
        else:
            left = unmarked(found.text)
            for note in found.notes:
                left += f" {note}"
            about = lines.note_about(plain, left, frequency=bool(found.frequency))
        everything = found.has_dose or found.rest is not None
        if everything and lines.ALL_OF_THEM.search(plain) and not self._names_one(plain):
            self._note(number, line, About.REMARK, Doubt.ALL)
            return True
        if about is None and found.frequency and not found.has_dose:
            is_step = self._parts.read(plain).entry.kind is LineKind.STEP
            about = None if is_step else About.FREQUENCY
        if about is None or (about is About.REMARK and self._names_one(plain)):
            return False
        if about is About.FREQUENCY and found.has_dose:
            self._note(number, line, about, Doubt.ALL)
            return True
        if about is not About.FREQUENCY and found.has_dose and self._names_one(plain):
            return False
        doubtful = about is About.REMARK and found.has_dose and _DOSE_TALK.search(plain)
        if doubtful and self._as_dose(number, line, plain):
            return True
        self._note(number, line, about, Doubt.ALL if doubtful else None)
        return True

    def _names_one(self, plain: str) -> bool:
        reading = self._parts.read(plain)
        return reading.dosed and reading.match.sure

    def _note(self, number: int, line: str, about: About, doubt: Doubt | None = None) -> None:
        self._add(
            DraftLine(
                line=number, text=line, kind=LineKind.NOTE, about=about, note=line,
                doubts=() if doubt is None else (doubt,),
            )
        )  # fmt: skip

    # doses on a line of their own

    def _as_dose(self, number: int, line: str, inner: str) -> bool:
        """Read a line without a name into the step before it, where that makes sense."""
        dose = inner
        reading = self._parts.read(inner, line=number)
        if reading.named and reading.entry.kind is LineKind.UNKNOWN and reading.dosed:
            dose = self._dose_sentences(inner)
            if not dose or self._open_dosed:
                return False
        elif (
            (reading.rest_only and not self._open_lines)
            or reading.named
            or not (reading.dosed or reading.rest_only or reading.entry.sides)
        ):
            return False
        if self._open is None:
            return False
        before = self._entries[self._open]
        merged = self._parts.read(f"{self._open_text}, {dose}", line=before.line)
        good = merged.named and merged.dosed and merged.entry.kind is LineKind.STEP
        if not good or (merged.entry.doubts and self._open_dosed):
            return False
        self._entries[self._open] = replace(merged.entry, text=before.text)
        self._open_text = f"{self._open_text}, {dose}"
        self._open_dosed = self._open_lines = True
        self._note(number, line, About.DOSE)
        return True

    def _dose_sentences(self, text: str) -> str:
        """Return the sentences of some prose that say only how much; "" where others do too."""
        doses: list[str] = []
        for sentence in _SENTENCE.split(text):
            reading = self._parts.read(sentence)
            if not reading.named and (reading.dosed or reading.entry.sides):
                doses.append(sentence.rstrip(" .;!"))
            elif reading.dosed or re.search(r"[0-9]", spelled(sentence)):
                return ""
        return ", ".join(doses)

    def _keep_open(self, text: str, *, dosed: bool) -> None:
        self._open = len(self._entries) - 1
        self._open_text = text
        self._open_dosed = dosed
        self._open_lines = False

    # steps

    def _as_steps(self, number: int, line: str, inner: str) -> None:
        readings = self._split(number, inner)
        if len(readings) > 1:
            self._close()
            for reading in readings:
                self._add(reading.entry)
            return
        reading = readings[0]
        entry = replace(reading.entry, text=line)
        if not entry.doubts and entry.kind is LineKind.UNKNOWN:
            entry = replace(entry, doubts=(Doubt.PROSE,))
        if lines.worded_heading(spelled(inner)) and not reading.dosed:
            entry = replace(entry, doubts=(*entry.doubts, Doubt.HEADING))
        if entry.kind is LineKind.UNKNOWN:
            entry = replace(entry, note=None)
        is_prose = entry.kind is LineKind.UNKNOWN and len(_WORD.findall(inner)) >= _PROSE_WORDS
        if is_prose and self._open is not None and not reading.dosed:
            # How to do the step above.
            self._note(number, line, About.REMARK)
            return
        self._add(entry)
        if reading.named and not is_prose:
            self._keep_open(inner, dosed=reading.dosed)
        elif not reading.named and reading.dosed:
            self._close()

    def _split(self, number: int, inner: str) -> list[Reading]:
        """Read a line's parts on their own where each of them is an exercise, else all as one."""
        pieces = lines.strokes(inner)
        parts: list[str] = [pieces[0]]
        signs: list[str] = []
        for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            alone = self._stands_alone(parts[-1]) and self._stands_alone(piece)
            if alone and not (";" in sign and self._parts.read(piece).rest_only):
                parts.append(piece)
                signs.append(sign.strip())
            else:
                parts[-1] += sign + piece
        if len(parts) > 1:
            return self._marked_either(
                [self._parts.read(part.strip(), line=number) for part in parts], signs
            )
        return self._split_commas(number, inner) or [self._parts.read(inner, line=number)]

    def _stands_alone(self, part: str) -> bool:
        reading = self._parts.read(part)
        if not reading.named:
            return False
        return reading.match.sure or (reading.dosed and reading.entry.kind is LineKind.STEP)

    def _marked_either(self, readings: list[Reading], signs: list[str]) -> list[Reading]:
        """Doubt "Plank / side plank 30 s": it may mean one of them."""
        doses = [reading.dosed for reading in readings]
        if "/" not in signs or all(doses) or not any(doses):
            return readings
        return [
            replace(
                reading,
                entry=replace(reading.entry, doubts=(*reading.entry.doubts, Doubt.EITHER_OR)),
            )
            for reading in readings
        ]

    def _split_commas(self, number: int, inner: str) -> list[Reading]:
        parts = lines.commas(inner)
        if len(parts) < 2:  # noqa: PLR2004
            return []
        readings = [self._parts.read(part.strip(), line=number) for part in parts]
        if not all(r.match.sure and r.named and not r.rest_only for r in readings):
            return []
        if len({reading.dosed for reading in readings}) > 1:
            return []
        if len({reading.entry.exercise for reading in readings}) < len(readings):
            return []
        return readings

    def _check_rounds(self) -> None:
        """Doubt rounds that no step stands under: they may be meant for what is above."""
        pending: int | None = None
        for index, entry in enumerate(self._entries):
            if entry.kind is LineKind.STEP:
                pending = None
            elif entry.kind is LineKind.HEADING:
                self._doubt_rounds(pending)
                pending = index if entry.sets is not None else None
                if pending is not None and _REPEATS.match(entry.text) and index:
                    steps_above = any(e.kind is LineKind.STEP for e in self._entries[:index])
                    if steps_above and not entry.text.rstrip().endswith(":"):
                        self._doubt_rounds(pending)
                        pending = None
        self._doubt_rounds(pending)

    def _doubt_rounds(self, index: int | None) -> None:
        if index is not None:
            entry = self._entries[index]
            self._entries[index] = replace(entry, doubts=(*entry.doubts, Doubt.ALL))


def _unknown(number: int, line: str) -> DraftLine:
    return DraftLine(line=number, text=line, kind=LineKind.UNKNOWN, doubts=(Doubt.PROSE,))


def _title(text: str) -> str:
    return text.strip().rstrip(" :-").strip("*_#= ").strip() or text.strip()
