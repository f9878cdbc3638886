"""Splits a pasted text into lines and parts, and tells headings and notes from steps."""

import re

from app.domain.draft.model import About

PARTS_MAX = 16
"""A line of more parts is no list of exercises, and is read as one."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(
    r"^\s*(?:>+\s*)?(?:(?:[-*+\u2022\u2013\u2014o~>]|\u2192|->|=>)\s+|\u2022\s*|[-*](?=[A-Za-z])|\[[ xX]?\]\s*|\([ xX]?\)\s+"
    r"|\(?[0-9]{1,2}[.)](?![0-9])\s*|#?[0-9]{1,2}\s?[:\]](?![0-9])\s*|(?i:ex(?:ercise)?|no)\.?\s?#?[0-9]{1,2}\s?[:.)-]\s*"
    r"|\(?[a-hA-H][.)]\s+|\(?[ivx]{1,4}[.)]\s+|[A-H][0-9][.):]?\s+|[0-9]{1,2}\s-\s)",
)
_BULLETS_MAX = 4
_LONE_NUMBER = re.compile(r"^\s*([0-9]{1,2})\s+(?=[A-Za-z])")

_MARKDOWN = re.compile(
    r"^\s*(?:#{1,6}\s+(.+?)\s*#*|\*\*(.+?)\*\*:?|__(.+?)__:?|=+\s*(.+?)\s*=+|-{2,}\s*(.+?)\s*-{2,})\s*$"
)

_HEADING_WORD = (
    r"(?:warm(?:ing)?[ -]?ups?|cool(?:ing)?[ -]?downs?|warm[ -]?downs?|core|strength(?:ening)?|stretch(?:es|ing)?|mobility|mobilisation"
    r"|mobilization|flexibility|stability|balance|activation|main(?: set| part| block| work)?|circuit|exercises?|conditioning"
    r"|finisher|prehab|rehab|release|foam rolling|rolling|cardio|static|dynamic|hips?|legs?|glutes?|back|lower back|upper back"
    r"|upper body|lower body|low back|ankles?|knees?|feet|foot|shoulders?|calves|trunk|abs|lower limb|upper limb|full body"
    r"|morning|evening|pre[- ]?run|post[- ]?run|before(?: the| your| a)? runs?|after(?: the| your| a)? runs?|before running|after running|gym|home|floor|standing"
    r"|home exercise program(?:me)?|hep|program(?:me)?|routine|plan|session|workout|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|optional|extras?|essentials?|superset|part|block|section|phase|stage|level|drills|runs?|running|physio|work)"
)
_HEADING = re.compile(
    rf"(?:(?:your|my|the|a|for|and|&|/|\+|-|of|on|in|with|to)\b\s*|[&/+,-]\s*|{_HEADING_WORD}\b\s*)+",
    re.IGNORECASE,
)
_NUMBERED_HEADING = re.compile(
    r"(?:day|week|wk|phase|part|stage|block|section|set|session|level|circuit|workout|superset|group)s?\s*"
    r"(?:[0-9]{1,2}(?:\s?(?:-|to|&|and)\s?[0-9]{1,2})?|[a-f]|one|two|three|four|i{1,3}|iv)\b(?:\s*[-:,(]\s*[a-z &/-]{0,40}\)?)?:?",
    re.IGNORECASE,
)
ROUNDS = re.compile(
    r"(?:(?:circuit|superset|block|repeat|do|complete|perform|all|the|these|for|main set|giant set)\b[\s:(,-]*)*"
    r"(?:x\s*)?([0-9]{1,3})\s*(?:-\s*[0-9]{1,3}\s*)?(?:x\b\s*)?(?:rounds?|circuits?|times through|laps of circuit)\b(?:\s*(?:of|each|through|the circuit|total))*[\s):.]*",
    re.IGNORECASE,
)
CIRCUIT = re.compile(
    r"(?:circuit|superset|giant set|block)\s*[:(,-]?\s*(?:x\s*([0-9]{1,3})|([0-9]{1,3})\s*x|([0-9]{1,3})\s*times)[\s):.]*",
    re.IGNORECASE,
)

_SPAN = re.compile(r"\((?:weeks?|wks?|days?|optional|daily)\b[^()]*\)", re.IGNORECASE)

_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|regards|kind regards|best wishes|best|cheers|thanks|thank you|many thanks|sent from|from:|to:|subject:|date:|re:|fwd:|tel|phone|email"
    r"|physio(?:therapist)?:|patient|name:|dob|nhs no|see you|good luck|any questions|yours|please see|as discussed|here (?:are|is)|these are|great to)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:stop\b|avoid|keep (?:your|the|it|them|breathing|going|good)|don'?t|do not|never|remember|make sure|ensure|be careful|take care|try (?:to|not|and)|you (?:should|may|can|will|might|are)|it (?:is|should|may)|if\b|when\b|only (?:do|go|stretch|if)"
    r"|no pain|no bounc|pain\b|some (?:pain|discomfort|soreness)|mild|breathe (?:in|out|norm|through|deep|slow|easily)|please|review|call|contact|ring|book|aim (?:to|for)|focus on|notes?\b\s*:?|nb\b|n\.b|tips?\b|caution|important|warning|equipment|you need|needed:|rest as|ice\b|apply"
    r"|heat\b|feel\b|should (?:feel|be)|move slowly|go (?:slow|gently|easy)|work within|within pain|next (?:appointment|session|review|visit)|follow[- ]up|appointment|wear|use (?:a|the|your|an)|start (?:with|gently|slow|off)|all (?:exercises|stretches)|these (?:exercises|stretches|should)|listen|consult"
    r"|source|www\.|https?:|copyright|\u00a9|page [0-9]|goal|aims?:|why:|purpose|reps and sets|quality|form|relax\b(?! \w+ \w+ [0-9]))",
    re.IGNORECASE,
)
_PROGRESS = re.compile(
    r"\b(?:progress(?:ing|ion|ions)?|increase|build(?:ing)? up|work(?:ing)? up to|build to|add (?:[0-9]|a|an|one|more|weight|another)|once (?:easy|comfortable|this|you|pain|it)|when (?:this|these|it|they|you can|easy|comfortable|able)|if (?:easy|too easy|this is easy|it gets easy)|gradually|aim to (?:reach|increase|build)|up by|reduce to|over (?:the )?(?:next )?[0-9]+ weeks)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"https?://|www\.|[\w.]+@[\w.]+|\b0[0-9]{3,4}[ -]?[0-9]{3}|\+[0-9]{2}[ 0-9]{8}|\b[0-9]{1,2}[/.][0-9]{1,2}[/.](?:20)?[0-9]{2}\b|\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b"
)
ALL_OF_THEM = re.compile(
    r"\b(?:each|every|all|per|between|both)\s+(?:of\s)?(?:the\s|these\s)?(?:stretch(?:es)?|exercises?|holds?|moves?|position|movements?|of them|one)\b|\bfor all\b|^\s*(?:repeat|do|perform|complete)\s+(?:all|everything|these|the (?:circuit|whole|above|lot|following|list|sequence|exercises)|circuit|above)\b|^\s*all\b|\bof each\b",
    re.IGNORECASE,
)
_ALONE = frozenset([
    "do", "these", "exercises", "exercise", "perform", "complete", "all", "the", "this",
    "routine", "programme", "program", "repeat", "please", "them", "stretches", "stretch", "for",
    "to", "of", "and", "at", "least", "should", "be", "done", "your", "on", "a", "it", "times",
    "frequency", "how", "often", "in", "or", "total", "minimum", "min", "max", "ideally", "every",
    "day", "week", "days", "weekly", "home", "aim", "once",
])  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
_SPLIT = re.compile(r"(\s+/\s+|\s*;\s*|\s+\|\|?\s+)")
_COMMA = re.compile(r"(\s*,\s+|\s+\+\s+|\s+(?:and then|then|and|&)\s+)", re.IGNORECASE)


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines that are not empty with their numbers, counted from 1."""
    lines = enumerate(_LINE_END.split(text), start=1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


def unbulleted(line: str) -> str:
    """Return a line without bullets, numbering and check boxes."""
    for _ in range(_BULLETS_MAX):
        shorter = _BULLET.sub("", line, count=1)
        if shorter == line or not _LETTERS.search(shorter):
            break
        line = shorter
    return line.strip()


def counting_lines(lines: list[tuple[int, str]]) -> frozenset[int]:
    """Return the numbers of lines that are counted "1 Plank", "2 Squats" without a sign."""
    expected, run = 1, []
    longest: list[int] = []
    for number, line in lines:
        found = _LONE_NUMBER.match(line)
        if found and int(found.group(1)) == expected:
            run.append(number)
            expected += 1
            longest = max(longest, run, key=len)
        elif found and int(found.group(1)) == 1:
            expected, run = 2, [number]
    return frozenset(longest) if len(longest) > 2 else frozenset()  # noqa: PLR2004


def without_count(line: str) -> str:
    return _LONE_NUMBER.sub("", line, count=1)


def strokes(line: str) -> list[str]:
    """Return a line's parts and, between them, the signs that part them."""
    parts = _SPLIT.split(line)
    return parts if len(parts) <= 2 * PARTS_MAX else [line]


def commas(line: str) -> list[str]:
    """Return the parts between commas and joining words."""
    parts = [part for part in _COMMA.split(line)[::2] if part.strip()]
    return parts if len(parts) <= PARTS_MAX else [line]


def marked_heading(line: str) -> str | None:
    """Return the heading that a line's signs make it: `# Core`, `**Core**`, `== Core ==`."""
    found = _MARKDOWN.match(line)
    return next((part.strip() for part in found.groups() if part), None) if found else None


def worded_heading(line: str) -> bool:
    """Tell whether a line has the words of a heading and no others."""
    bare = _SPAN.sub("", line.rstrip(" :.-")).strip()
    if _NUMBERED_HEADING.fullmatch(bare):
        return True
    bare = re.sub(
        r"\([^()]*\)|[-,:]\s*(?:daily|after (?:a |your |the )?run|before (?:a |your |the )?run)$",
        "",
        bare,
    ).strip()
    return bool(bare) and _HEADING.fullmatch(bare) is not None


def rounds_of(line: str) -> int | None:
    """Return the rounds that a heading such as "Circuit x 3" or "3 rounds of:" asks for."""
    found = ROUNDS.fullmatch(line) or CIRCUIT.fullmatch(line)
    if not found:
        return None
    return int(next(part for part in found.groups() if part))


def is_capitals(line: str) -> bool:
    letters = [mark for mark in line if mark.isalpha()]
    return len(letters) > 3 and all(mark.isupper() for mark in letters)  # noqa: PLR2004


def note_about(line: str, left: str, *, frequency: bool) -> About | None:
    """Return what a line that is a note is about; None where it is none.

    `left` is the line without its frequency, which `frequency` says it has.
    """
    if not _LETTERS.search(line):
        return About.REMARK
    if frequency and not {word.casefold() for word in _LETTERS.findall(left)} - _ALONE:
        return About.FREQUENCY
    if _PROGRESS.search(line) and not _LEADING_DOSE.search(line):
        return About.PROGRESSION
    if _CONTACT.search(line) or _GREETING.match(line):
        return About.REMARK
    if _REMARK.match(line):
        return About.FREQUENCY if frequency else About.REMARK
    return None


_LEADING_DOSE = re.compile(
    r"^\s*(?!add|increase|progress|build|once|when|if|gradually|over|up|reduce|aim)[^0-9]{3,40}[0-9]+\s*(?:x|s\b|sec|rep|min|set)",
    re.IGNORECASE,
)
