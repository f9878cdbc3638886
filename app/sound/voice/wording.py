"""Spells out, before a voice reads it, what people write short: "3x10", "1:30", "10s", "90/90"."""

import re
from collections.abc import Callable

from app.domain.phrases import duration_words, number_words

_UNITS = {
    "s": ("second", "seconds"),
    "min": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "kg": ("kilogram", "kilograms"),
    "cm": ("centimetre", "centimetres"),
    "km": ("kilometre", "kilometres"),
}
_SPELLINGS = {
    "sec": "s",
    "secs": "s",
    "second": "s",
    "seconds": "s",
    "mins": "min",
    "minute": "min",
    "minutes": "min",
    "hr": "h",
    "hrs": "h",
}
_FRACTIONS = {
    "1/2": "half",
    "1/3": "a third",
    "2/3": "two thirds",
    "1/4": "a quarter",
    "3/4": "three quarters",
}
_TOP_SCORE = 10
_PHONEMES = re.compile(r"\[([^\[\]]+)\]\(/([^/()]*)/\)")
_ALONE = r"(?<![\w.,:/])"
_NUMBER = _ALONE + r"(\d{1,4})"
_UNIT = rf"({'|'.join(sorted({*_UNITS, *_SPELLINGS}, key=len, reverse=True))})"
_END = r"(?![\w:/]|[.,]\d)"
_DASH = r"\s?[-\N{EN DASH}]\s?"
_TIMES = r"\s?[x\N{MULTIPLICATION SIGN}]\s?"


def wording(text: str) -> str:
    """Return a sentence as an English voice should read it; what it reads well stays as it is.

    So do pronunciations, "[Pec](/pɛk/)": see `without_phonemes`.
    """
    parts = _PHONEMES.split(text)
    # Every third part begins a stretch of text; the two after it are a word and its phonemes.
    for at in range(0, len(parts), 3):
        for pattern, said in _RULES:
            parts[at] = pattern.sub(said, parts[at])
    for at in range(1, len(parts), 3):
        parts[at : at + 2] = f"[{parts[at]}]", f"(/{parts[at + 1]}/)"
    return " ".join("".join(parts).split())


def without_phonemes(text: str) -> str:
    """Return a sentence for a voice that cannot read "[Pec](/pɛk/)": the word in its spelling."""
    return _PHONEMES.sub(r"\1", text)


def _clock(match: re.Match[str]) -> str:
    parts = [int(part) for part in match[0].split(":")]
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return duration_words(seconds * 1_000)


def _amount(match: re.Match[str]) -> str:
    one, many = _UNITS[_SPELLINGS.get(unit := match[3].lower(), unit)]
    joined = match[2] or " "
    # "30-second hold", but "30 seconds".
    one_of_them = int(match[1]) == 1 or joined == "-"
    return f"{number_words(int(match[1]))}{joined}{one if one_of_them else many}"


def _sets(match: re.Match[str]) -> str:
    sets, reps = int(match[1]), match[2]
    return f"{number_words(sets)} {'set' if sets == 1 else 'sets'} of {reps}"


def _range(match: re.Match[str]) -> str:
    return f"{number_words(int(match[1]))} to {match[2]}"


def _pair(match: re.Match[str]) -> str:
    if match[0] in _FRACTIONS:
        return _FRACTIONS[match[0]]
    one, other = int(match[1]), int(match[2])
    joined = " out of " if one < other == _TOP_SCORE else " "
    return f"{number_words(one)}{joined}{number_words(other)}"


def _chain(match: re.Match[str]) -> str:
    return " ".join(number_words(int(number)) for number in match[0].split("-"))


def _number(match: re.Match[str]) -> str:
    return number_words(int(match[1]))


_RULES: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(r"(?<![\d:.,])\d{1,2}(?::[0-5]\d){1,2}(?![\d:])"), _clock),
    (re.compile(r"\bL\s?/\s?R\b"), "left and right"),
    (re.compile(_NUMBER + r"/(\d{1,4})" + _END), _pair),
    (re.compile(_NUMBER + _TIMES + r"(?=\d)(\d+)", re.IGNORECASE), _sets),
    (re.compile(_ALONE + r"\d{1,3}(?:-\d{1,3}){2,}" + _END), _chain),
    (re.compile(_NUMBER + _DASH + r"(\d{1,4})(?=\D|$)(?![:/]|[.,]\d)"), _range),
    (re.compile(r"(?<![\w.,:/-])(\d{1,4})([\s-]?)" + _UNIT + r"\b", re.IGNORECASE), _amount),
    (re.compile(_NUMBER + r"\s?[x\N{MULTIPLICATION SIGN}](?!\w)", re.IGNORECASE), r"\1 times"),
    (re.compile(_ALONE + r"(\d{1,3})" + _END), _number),
    (re.compile(r"(?<=\w)\s?/\s?(?=\w)"), " "),
    (re.compile(r"\s?&\s?"), " and "),
    (re.compile(r"\s?\+\s?"), " plus "),
    (re.compile(r"\s?\N{DEGREE SIGN}"), " degrees"),
    (re.compile(r"[*_~#<>|=\[\]{}\\^`]"), " "),
]
"""In this order: what joins two numbers comes before what stands at one."""
