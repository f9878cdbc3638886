"""Brings a pasted line into one spelling: numbers, signs, units glued to numbers, number words."""

import re
import unicodedata
from functools import lru_cache

_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16,
    "eighteen": 18, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "forty-five": 45,
    "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)).replace("-", "[- ]?")
_COUNTED = (
    r"(?:s|secs?|seconds?|mins?|minutes?|hours?|reps?|repetitions?|sets?|rounds?|times?|breaths?"
    r"|deep|slow|full|big|x|more|or|to|-|counts?|each|per|(?:in )?total|altogether|on (?:each|both|the))\b"
)

_REPLACED = (
    (re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"), "-"),
    (re.compile(r"[\u00d7\u2715\u2716\u2a2f\u2a09]"), "x"),
    (re.compile(r"[\u2033\u201c\u201d\u201f\u301d\u301e]|''|\u2032\u2032"), '"'),
    (re.compile(r"[\u2032\u2018\u2019\u201b\u00b4`]"), "'"),
    (re.compile(r"(?<=[0-9])\s?[\u00bd]|(?<=[0-9])\s1\u20442\b|(?<=[0-9]) 1/2\b"), ".5"),
    (
        re.compile(r"\u00bd|(?<![0-9/.])1[\u2044/]2(?=\s*(?:a\s)?(?:min|hour))", re.IGNORECASE),
        "0.5",
    ),
    (
        re.compile(
            r"[\u2022\u00b7\u25aa\u25cf\u25e6\u2023\u2043\u2219\u25a0\u25a1\u25fb\u2610-\u2612\u2713\u2714]"
        ),
        "\u2022",
    ),
)
_PLAIN = (
    (r"\bhalf an? (min(?:ute)?)\b", r"0.5 \1"),
    (r"\bhalf[- ](min(?:ute)?)\b", r"0.5 \1"),
    (r"\b(?:a|one|1) min(?:ute)? and a half\b", "1.5 min"),
    (r"\b(?:one|1) and a half (min(?:ute)?s?)\b", r"1.5 \1"),
    (r"\b(?:a couple of|a couple) (?=sets|rounds|times)", "2 "),
    (r"\ba dozen\b", "12"),
    (r"\b(for|of|hold|holding|about|to|-|:|,)(\s*)a (min(?:ute)?)\b", r"\1\2 1 \3"),
    (r"\bonce\b(?! you| the| pain| it)", "1 times"),
    (r"\btwice\b", "2 times"),
    (r"\bthrice\b", "3 times"),
    (r"(?<=[0-9])\s*[x*]\s*(?=[0-9])", " x "),
    (r"(?<![a-z0-9])[x*]\s*(?=[0-9])", " x "),
    (r"(?<=[0-9])\s*[x*](?![a-z0-9*]|\s?/)", " x "),
    (r"(?<=[0-9])\s*x(?=[a-z]{3})", " x "),
    (r"\b([0-9]+(?:-[0-9]+)?)\s*(s|sec|secs|seconds?|mins?|reps?)x(?=\s*[0-9])", r"\1 \2 x "),
    (r"(?<![0-9])([0-9]),([0-9])(?=\s*(?:min|sec|s\b|h))", r"\1.\2"),
    (r"\br(?:ep)?\(s\)", "reps"),
    (r"\b(rep|set|time|second|sec|min|minute|breath)\(s\)", r"\1s"),
)  # fmt: skip
_RULES = tuple((re.compile(pattern, re.IGNORECASE), into) for pattern, into in _PLAIN)
_WORDED = re.compile(rf"\b({_WORD})(?=[\s-]*{_COUNTED})", re.IGNORECASE)
_LEADING = re.compile(
    r"^(ten|twelve|fifteen|twenty|thirty)(?=\s+[a-z]{4})|(?<=x )(" + _WORD + r")\b", re.IGNORECASE
)
_X_WORD = re.compile(r"(?<![a-z])x\s*(?=(?:two|three|four|five|six|ten)\b)", re.IGNORECASE)
_MARKS = re.compile(r"[\ue000-\ue0ff\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_IN_NAMES = re.compile(
    r"\bfig(?:ure)?\.?[ -]?(?:of[ -]?)?(?:4|8|four|eight)\b|\b90\s?[/-]\s?90\b|\b4[ -]?(?:point|pt|way)\b|\bknee[ -]to[ -]5\b|\b[CLTS][1-5]\b",
    re.IGNORECASE,
)
_DIGITS = {ord(str(digit)): 0xE010 + digit for digit in range(10)}
_DIGITS_BACK = {sign: chr(digit) for digit, sign in _DIGITS.items()}
_BLANK = re.compile(r"[^\S\t]+")


@lru_cache(maxsize=2048)
def spelled(text: str) -> str:
    """Return a text with one sign for each meaning; tabs are kept, other blanks become one."""
    text = _MARKS.sub(" ", text)
    if not text.isascii() or "1/2" in text or "''" in text or "`" in text:
        for pattern, into in _REPLACED:
            text = pattern.sub(into, text)
        text = unicodedata.normalize("NFKC", text)
    text = _IN_NAMES.sub(lambda hit: hit.group(0).translate(_DIGITS), text)
    text = _X_WORD.sub("x ", text)
    for pattern, into in _RULES:
        text = pattern.sub(into, text)
    text = _WORDED.sub(_number, text)
    text = _LEADING.sub(_number, text)
    return _BLANK.sub(" ", text).strip()


def shown(text: str) -> str:
    """Return a text of `spelled` with the digits that belong to names, as people read them."""
    return text.translate(_DIGITS_BACK)


def _number(found: re.Match[str]) -> str:
    word = found.group(0).casefold().replace(" ", "-")
    number = _NUMBER_WORDS.get(word) or _NUMBER_WORDS.get(word.replace("five", "-five"))
    return str(number) if number is not None else found.group(0)
