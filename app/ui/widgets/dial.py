"""What the countdown ring shows, as plain values without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

PARTS_MAX = 24
"""With more repetitions than this the ring is plain."""


# Longest segment, and what stands between two ticks in it.
_TICK_EVERY_MS = ((90_000, 5_000), (900_000, 15_000))


class Face(Enum):
    COUNT_DOWN = auto()
    """The remaining part is solid; time is eaten clockwise from the top."""
    COUNT_UP = auto()
    """Fills clockwise from the top, once per estimate."""
    REPS = auto()
    """One part for each repetition."""
    BREATHS = auto()
    """One part for each breath; the ring swells and sinks."""


@dataclass(frozen=True, slots=True)
class DialShape:
    """What stays the same through a segment."""

    face: Face
    parts: int = 0
    """0 for a plain ring."""
    ticks: tuple[float, ...] = ()
    """Where the inner ticks stand, as parts of a turn clockwise from the top."""
    tempo: tuple[tuple[str, int], ...] = ()
    """The phases of a repetition that take time: word and milliseconds, in playing order."""


@dataclass(frozen=True, slots=True)
class DialFrame:
    """What moves."""

    turn: float = 0.0
    """Where the moving end stands, as a part of a turn clockwise from the top, 0.0 to 1.0."""
    digits: str = ""
    """Empty where no number is shown."""
    digit_scale: float = 1.0
    word: str = ""
    """Stands in the middle where there are no digits."""
    caption: str = ""
    swell: float = 1.0
    """The size of the ring, 0.0 emptied to 1.0 full."""
    tempo_index: int = 0
    tempo_part: float = 0.0
    """How much of that phase is over, 0.0 to 1.0."""


def ticks(total_ms: int, *, from_end: bool) -> tuple[float, ...]:
    """Place a tick every 5 s, every 15 s over 90 s and every minute over 15 minutes."""
    if total_ms <= 0:
        return ()
    every = next((every for longest, every in _TICK_EVERY_MS if total_ms <= longest), 60_000)
    turns = [at / total_ms for at in range(0, total_ms, every)]
    return tuple((1.0 - turn) % 1.0 for turn in turns) if from_end else tuple(turns)
