"""Keeps where the window stood, in window.json beside the settings."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_NAMES = ("x", "y", "width", "height")
_FAR = 100_000


def load_place(path: Path) -> dict[str, int] | None:
    """Return x, y, width, height and maximized (0 or 1); None where the file says nothing usable."""
    try:
        kept = json.loads(path.read_bytes())
        place = {name: int(kept[name]) for name in (*_NAMES, "maximized")}
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    if any(abs(value) > _FAR for value in place.values()):
        return None
    return place


def save_place(path: Path, place: Mapping[str, int]) -> None:
    """Keep the place; where the folder cannot be written it is forgotten."""
    from app.storage.atomic import write_atomically  # noqa: PLC0415  (only at the end)

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(dict(place)).encode(), durable=False)
