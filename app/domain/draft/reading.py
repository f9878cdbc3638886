"""Reads one part of a line as one step: which exercise, and how much of it."""

import re
from dataclasses import dataclass, field, replace

from app.domain.draft.dose_patterns import CUT
from app.domain.draft.doses import Found, Scanner, unmarked
from app.domain.draft.lines import worded_heading
from app.domain.draft.meaning import Amounts, amounts
from app.domain.draft.model import Doubt, DraftLine, LineKind
from app.domain.draft.names import NEAR, NO_MATCH, Match, Names, changes, words_of
from app.domain.draft.spelling import shown, spelled
from app.domain.exercise import Exercise, Sides
from app.domain.routine import SideChoice, TimeDose

NAME_MAX, NAME_WORDS_MAX = 80, 7
NOTE_MAX = 400
_MODIFIER_WORDS_MAX = 4

_CLAUSE = re.compile(
    r"(?:^|(?<=[,;.(])|(?<= - ))\s*(?:and\s|then\s|but\s)?(?:progress(?:ing|ion)?\b|increas\w+|build(?:ing)? up|work(?:ing)? up to|add(?:ing)? (?:[0-9]|a |more|weight|another)"
    r"|once\b(?! (?:a|per|each|every|daily|weekly))|when\b|if\b|stop\b|don'?t\b|do not\b|avoid\b|keep(?:ing)?\b|make sure\b|ensure\b|remember\b|no more than\b|try to\b|you should\b|should\b|gradually\b|only if\b|as long as pain)[^,;.()]*(?:[.,;)]|$)",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(
    rf"[{CUT}:;|\t()\[\]{{}}]+|,(?![0-9])|\s-+(?=\s|$)|(?<=\s)-+\s|\.(?=\s|$)|\s[~=>]+\s|->|!|\?"
)
_EDGE = r"(?:of|for|x|with|and|then|do|doing|perform|repeat|repeated|on|at|to|the|a|an|your|each|by|in|is|are|or|as|up|go|per|it|them|this|total|about|approx|approx\.|times|from|now|next|first|finally|also|plus|sets?|reps?|rest|some|side)"
_LEFT_EDGE = re.compile(
    r"^(?:[\s.,/+&*=~'\"_#\u2022-]+|(?:of|for|x|with|and|then|do|doing|perform|repeat|repeated|on|at|to|the|a|an|your|hold|holding|by|in|or|now|next|first|finally|also|plus|some|complete|start with|finish with|lots of|is|as)\b(?!['-])\s*)+",
    re.IGNORECASE,
)
_RIGHT_EDGE = re.compile(rf"(?:[\s.,/+&*=~'\"_#\u2022-]+|(?<![\w'-]){_EDGE}$)+$", re.IGNORECASE)
_RIGHT_SIGNS = re.compile(r"[\s.,/+&*=~\"_#\u2022-]+$")
_DOSE_WORDS = frozenset([
    "x", "set", "sets", "rep", "reps", "repetition", "repetitions", "sec", "secs", "second",
    "seconds", "min", "mins", "minute", "minutes", "each", "ea", "per", "every", "hold", "held",
    "rest", "repeat", "times", "time", "breath", "breaths", "round", "rounds", "side", "sides",
    "between", "of", "for", "and", "the", "on", "to", "do", "it", "with", "then", "both", "a",
    "in", "go", "leg", "legs", "at", "total", "approx", "about", "or", "up", "work", "off",
    "perform", "as",
])  # fmt: skip
_LOOSE = {"each": Doubt.SIDES, "ea": Doubt.SIDES, "per": Doubt.SIDES, "every": Doubt.SIDES,
          "side": Doubt.SIDES, "sides": Doubt.SIDES, "rest": Doubt.REST, "x": Doubt.NUMBER,
          "sets": Doubt.NUMBER, "set": Doubt.NUMBER, "rounds": Doubt.NUMBER,
          "reps": Doubt.NUMBER, "rep": Doubt.NUMBER, "secs": Doubt.NUMBER, "seconds": Doubt.NUMBER,
          "sec": Doubt.NUMBER, "minutes": Doubt.NUMBER, "both": Doubt.SIDES}  # fmt: skip
_LABELS = frozenset(["exercise", "ex", "stretch", "name", "then", "optional", "station"])
_JOINS = re.compile(r"\s*(?:,|\+|&|/|\band\b|\bor\b|\bthen\b|\binto\b)\s*", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:with|w/|using|on|against|over|in)(?=\s|$)", re.IGNORECASE)
_OR = re.compile(r"\bor\b|/", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One part of a line, read; becomes an entry when its line is known."""

    entry: DraftLine
    match: Match = NO_MATCH
    named: bool = False
    """It says what to do, not only how much."""
    dosed: bool = False
    frequency: tuple[str, ...] = ()
    rest_only: bool = False


@dataclass(slots=True)
class _Subject:
    """What a part is about: its name, and the words that are not."""

    name: str = ""
    match: Match = NO_MATCH
    notes: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


class PartReader:
    """Reads parts of lines against one library."""

    def __init__(self, names: Names) -> None:
        self._names = names
        # Parts of one list are read more than once, as a whole and in pieces.
        self._known: dict[str, Reading] = {}
        self._scanned: dict[str, Found] = {}

    def read(self, text: str, *, line: int = 1) -> Reading:
        """Return the reading of one part; it is always one, however odd the text."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text, line)
        elif known.entry.line != line:
            return replace(known, entry=replace(known.entry, line=line))
        return known

    def scan(self, plain: str) -> Found:
        """Return what a text in the one spelling says beside its name; nobody may change it."""
        found = self._scanned.get(plain)
        if found is None:
            found = self._scanned[plain] = Scanner(plain).scan()
        return found

    def _read(self, text: str, line: int) -> Reading:
        clauses: list[str] = []

        def aside(hit: re.Match[str]) -> str:
            clauses.append(hit.group(0).strip(" ,;.()"))
            return ", "

        plain = spelled(text)
        kept = _CLAUSE.sub(aside, plain)
        if not _WORD.search(kept):
            kept, clauses = plain, []
        found = self.scan(kept)
        subject = self._subject(found)
        if not subject.name and found.rest is not None and not found.atoms:
            return self._rest_alone(text, line, found)
        return self._made(text, line, found, subject, clauses)

    def _rest_alone(self, text: str, line: int, found: Found) -> Reading:
        """Read "Rest 60 s" as a step of its own; a rest between something belongs elsewhere."""
        rest = found.rest
        match = self._names.find("rest")
        between = re.search(r"between|after|sets?\b|reps?\b", text, re.IGNORECASE)
        entry = DraftLine(line=line, text=text, kind=LineKind.UNKNOWN, doubts=(Doubt.REST,))
        if rest is not None and not between and match.sure and match.exercise and not found.doubts:
            entry = replace(
                entry, kind=LineKind.STEP, doubts=(), exercise=match.exercise.id,
                name=match.exercise.name, written="Rest", score=match.score,
                dose=TimeDose(rest.low), sides=_own_sides(match.exercise),
                dose_max=None if rest.high is None else TimeDose(rest.high),
            )  # fmt: skip
            if not 1_000 <= rest.low <= 3_600_000:  # noqa: PLR2004
                entry = replace(entry, dose=None, dose_max=None, doubts=(Doubt.LIMIT,))
            return Reading(entry, match, named=True, dosed=True, rest_only=True)
        return Reading(replace(entry, rest_ms=rest.low if rest else None), rest_only=True)

    # which exercise

    def _subject(self, found: Found) -> _Subject:
        subject = _Subject()
        segments = self._segments(found, subject)
        if not segments:
            return subject
        at, count, match = self._best(segments)
        if match.sure and any(re.search(r"[0-9]", part) for part in segments[at : at + count]):
            # A number that belongs to the exercise's name, such as "5 5 breathing".
            subject.doubts = [doubt for doubt in subject.doubts if doubt is not Doubt.NUMBER]
        subject.name = ", ".join(segments[at : at + count])
        subject.match = match
        subject.notes = segments[:at] + segments[at + count :]
        if at and not match.sure:
            subject.doubts.append(Doubt.PROSE)
        elif any(not _is_label(segment) for segment in segments[:at]):
            subject.doubts.append(Doubt.EXERCISE)
        self._look_at_rest(subject)
        self._look_at_joins(subject)
        return subject

    def _segments(self, found: Found, subject: _Subject) -> list[str]:
        segments: list[str] = []
        for piece in _PUNCTUATION.split(found.text):
            segment = self._trimmed(piece)
            words = [word.casefold() for word in _WORD.findall(segment)]
            if not words:
                loose = _WORD.findall(unmarked(piece))
            elif all(word in _DOSE_WORDS for word in words):
                loose = words
            else:
                segments.append(segment)
                if re.search(r"[0-9]", segment):
                    subject.doubts.append(Doubt.NUMBER)
                continue
            for word in loose:
                doubt = _LOOSE.get(word.casefold())
                if doubt is not None and doubt not in subject.doubts:
                    subject.doubts.append(doubt)
        return segments

    def _trimmed(self, piece: str) -> str:
        segment = shown(_LEFT_EDGE.sub("", unmarked(piece).strip()))
        segment = _RIGHT_SIGNS.sub("", segment)
        if self._names.find(segment).sure:
            return segment
        return _RIGHT_EDGE.sub("", segment).strip()

    def _best(self, segments: list[str]) -> tuple[int, int, Match]:
        """Return where the name starts, how many segments it takes, and what it means."""
        first = self._names.find(segments[0])
        best = (0, 1, first)
        for count in range(2, min(3, len(segments)) + 1):
            joined = self._names.find(" ".join(segments[:count]))
            if joined.sure and (not first.sure or joined.exercise is not first.exercise):
                best = (0, count, joined)
        if best[2].sure:
            return best
        for at in range(1, len(segments)):
            alone = self._names.find(segments[at])
            if alone.sure:
                return at, 1, alone
        if _is_label(segments[0]) and len(segments) > 1:
            return 1, 1, self._names.find(segments[1])
        return best

    def _look_at_rest(self, subject: _Subject) -> None:
        """Doubt where the words beside the name change the exercise or name another one."""
        for note in subject.notes:
            other = self._names.find(note)
            words = words_of(note)
            if other.sure and other.exercise is not subject.match.exercise and words:
                subject.doubts.append(Doubt.SECOND_EXERCISE)
                return
            if len(words) <= _MODIFIER_WORDS_MAX:
                joined = self._names.find(f"{subject.name} {note}")
                if joined.sure and joined.exercise is not subject.match.exercise:
                    subject.match = joined
                    subject.doubts.append(Doubt.EXERCISE)
                    return
                if changes(subject.match, words):
                    subject.doubts.append(Doubt.EXERCISE)
                    return

    def _look_at_joins(self, subject: _Subject) -> None:
        if subject.match.sure:
            return
        base = _WITH.split(subject.name, maxsplit=1)[0]
        if base != subject.name and self._names.find(base).sure:
            subject.doubts.append(Doubt.SPELLING)
        pieces = [piece for piece in _JOINS.split(subject.name) if piece]
        if len(pieces) < 2:  # noqa: PLR2004
            return
        sure = {
            match.exercise.id
            for match in map(self._names.find, pieces)
            if match.sure and match.exercise
        }
        if len(sure) > 1 or (sure and len(pieces) > len(sure)):
            either = len(sure) > 1 and _OR.search(subject.name)
            subject.doubts.append(Doubt.EITHER_OR if either else Doubt.SECOND_EXERCISE)

    # the entry

    def _made(
        self, text: str, line: int, found: Found, subject: _Subject, clauses: list[str]
    ) -> Reading:
        exercise, doubts = _decided(subject)
        made = amounts(found, exercise)
        dose, dose_max = made.doses()
        dosed = found.has_dose
        named = bool(subject.name) and Doubt.PROSE not in subject.doubts
        if exercise is None:
            _check_free(subject, made, doubts, dosed=dosed)
        if worded_heading(subject.name) and exercise is None:
            doubts.append(Doubt.HEADING)
        notes = [*subject.notes, *found.notes, *found.frequency, *clauses]
        is_step = named and (exercise is not None or dosed) and Doubt.PROSE not in doubts
        own = _own_sides(exercise) if exercise else None
        match = subject.match
        others = match.others
        if exercise is None and match.exercise is not None:
            others = (match.exercise.id, *others)
        all_doubts = dict.fromkeys([*subject.doubts, *doubts, *made.doubts])
        entry = DraftLine(
            line=line,
            text=text,
            kind=LineKind.STEP if is_step else LineKind.UNKNOWN,
            doubts=tuple(all_doubts),
            exercise=exercise.id if exercise else None,
            name=exercise.name if exercise else (subject.name[:NAME_MAX] or None),
            written=subject.name or None,
            score=match.score,
            candidates=others[:5],
            sets=made.sets[0] if made.sets else None,
            sets_max=made.sets[1] if made.sets else None,
            dose=dose,
            dose_max=dose_max,
            sides=made.sides or own,
            sides_written=made.sides is not None,
            rest_ms=made.rest_ms,
            hold_ms=made.hold_ms,
            note=shown(", ".join(note for note in notes if note))[:NOTE_MAX] or None,
        )
        return Reading(entry, match, named=named, dosed=dosed, frequency=tuple(found.frequency))


def _is_label(segment: str) -> bool:
    """Tell whether a segment only says where in the list the exercise stands."""
    return worded_heading(segment) or all(
        word.casefold() in _LABELS for word in _WORD.findall(segment)
    )


def _decided(subject: _Subject) -> tuple[Exercise | None, list[Doubt]]:
    """Return the exercise to take, and the doubts about taking it."""
    match = subject.match
    if match.exercise is None:
        return None, []
    if match.sure:
        return match.exercise, []
    if match.tied and match.score >= NEAR:
        return match.exercise, [Doubt.EXERCISE]
    if match.score < NEAR:
        return None, []
    return (None, [Doubt.SPELLING]) if match.extra else (match.exercise, [Doubt.EXERCISE])


def _check_free(subject: _Subject, made: Amounts, doubts: list[Doubt], *, dosed: bool) -> None:
    if not subject.name:
        doubts.append(Doubt.NO_EXERCISE)
    elif (
        not dosed
        or len(_WORD.findall(subject.name)) > NAME_WORDS_MAX
        or len(subject.name) > NAME_MAX
        or not re.search(r"[^\W\d_]{3}", subject.name)
    ):
        doubts.append(Doubt.PROSE)
    elif not made.has_dose:
        doubts.append(Doubt.NO_DOSE)


def _own_sides(exercise: Exercise) -> SideChoice:
    return SideChoice.EACH if exercise.sides is Sides.EACH else SideChoice.BOTH
