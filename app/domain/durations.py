"""Reads lengths as people type them: 90, 1:30, "90 s", "1 min 30 s"."""

import re
from typing import Final

_LONGEST: Final = 40
_CLOCK: Final = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,4}):([0-5][0-9])(?:[.,]([0-9]))?")
_UNITS: Final = re.compile(
    r"(?:([0-9]{1,4}(?:[.,][0-9])?)\s*(?:min|m)\.?)?"
    r"\s*(?:([0-9]{1,6}(?:[.,][0-9])?)\s*(?:sec|sek|s)?\.?)?",
    re.IGNORECASE,
)


def typed_ms(text: str) -> int | None:
    """Return a typed length in ms, a bare number being seconds; None where it is none (yet).

    More generous than files are: a comma may stand for the point, a unit may be missing.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        hours, minutes, seconds, tenths = (int(part or 0) for part in clock.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + tenths * 100
    units = _UNITS.fullmatch(text)
    if units is None or units.groups() == (None, None):
        return None
    minutes_ms, seconds_ms = (_tenths(part) * 100 for part in units.groups())
    return minutes_ms * 60 + seconds_ms


def _tenths(text: str | None) -> int:
    if text is None:
        return 0
    whole, _, rest = text.replace(",", ".").partition(".")
    return int(whole) * 10 + int(rest or 0)
