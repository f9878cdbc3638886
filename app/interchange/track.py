"""What every audio format is given: the form of the samples, a title and chapters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

RATE: Final = 48_000
"""Frames in a second."""
CHANNELS: Final = 2
SAMPLE_BYTES: Final = 2
FRAME_BYTES: Final = CHANNELS * SAMPLE_BYTES
ARTIST: Final = "Warmdown"

Blocks = Iterable[bytes]
"""The samples in order, cut between frames: signed 16 bit, little-endian, left before right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of a track, in frames from its beginning."""

    start: int
    end: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A recording, but for its samples."""

    title: str
    frames: int
    chapters: tuple[Chapter, ...] = ()


def milliseconds(frame: int) -> int:
    """Return a place in whole milliseconds, the nearest."""
    return (frame * 1000 + RATE // 2) // RATE
