"""Words that advice reads and writes: names, lengths, and the minutes that a summary speaks of."""

import re

from app.domain.phrases import number_words

_MOST_IN_WORDS = 120
_NUMBERS = {number_words(value): value for value in range(1, _MOST_IN_WORDS + 1)}
_NUMBER = r"\d{1,3}(?:[.,]\d)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
# "8 minutes", "about eleven minutes", "8 to 10 min"; not "a minute each", "ten minutes before".
_MINUTES = re.compile(
    rf"\b(?:(?P<low>{_NUMBER})\s*(?:to|or|bis|\u2013|(?<=[\d\s])-)\s*)?(?P<high>{_NUMBER})[\s-]*"
    r"(?:minutes?|minuten?|mins?)\b(?!\s*(?:a|an|after|apart|before|each|later|per|nach|pro|vor)\b)",
    re.IGNORECASE,
)


def minutes_said(text: str) -> tuple[float, float] | None:
    """Return the first length that a text speaks of, from and to in minutes; None where it does not.

    Numbers may be digits, or English words up to a hundred and twenty.
    """
    found = _MINUTES.search(text)
    if found is None:
        return None
    high = _value(found["high"])
    low = _value(found["low"]) if found["low"] else high
    return min(low, high), max(low, high)


def _value(number: str) -> float:
    worded = _NUMBERS.get(number.casefold())
    return worded if worded is not None else float(number.replace(",", "."))


def quoted_name(name: str) -> str:
    return f"“{name}”"


def seconds_words(duration_ms: int) -> str:
    """Write a length as files do: "45 s", "7.5 s"."""
    whole, rest_ms = divmod(duration_ms, 1_000)
    return f"{whole}.{rest_ms // 100} s" if rest_ms else f"{whole} s"
