"""Names files after routines, and finds names that are not taken."""

import re
import unicodedata
from collections.abc import Callable

_MOST_CHARACTERS = 60
# Letters that are no plain letter with something added to it.
_SPELLED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}  # noqa: RUF001  (meant)
)


def slug(name: str, *, spare: str = "routine") -> str:
    """Return a legal id that resembles a name; `spare` where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_SPELLED))
    ascii_only = plain.encode("ascii", "ignore").decode("ascii")
    stem = re.sub("[^a-z0-9]+", "-", ascii_only).strip("-")
    return _shortened(stem, _MOST_CHARACTERS) or spare


def free_id(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """Return a legal id, with the first number from -2 on that makes it one that is not taken."""
    number, proposed = 1, wanted
    while is_taken(proposed):
        number += 1
        proposed = f"{_shortened(wanted, _MOST_CHARACTERS - len(str(number)) - 1)}-{number}"
    return proposed


def _shortened(stem: str, most: int) -> str:
    return stem[:most].rstrip("-")
