"""Finds planned sounds in a recording with a matched filter, to the sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RATE = 48_000
SEARCH_MS = 100
"""How far from its place a sound is looked for; less than half the gap between two beats."""
ONSET_MS = 120
"""How much of a sound is compared: enough to know it by, and not yet overlaid by the next."""
FIRST_WITHIN_S = 90
ALIKE = 0.9
FAINTEST = 0.4
"""The part of the usual level below which a sound counts as lost."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A sound that was planned: where, and what it sounds like (frames x 2, any scale)."""

    at_ms: float
    sound: np.ndarray
    compare_ms: int = ONSET_MS
    """How much of it is compared: more of a word than of a tone, which has a beginning."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of the planned sounds. Errors are against the recording's own frames.

    One offset for all, the device's latency, is taken out.
    """

    errors_ms: tuple[float, ...]
    """Of those that were found, in order; positive is late."""
    lost: tuple[int, ...]
    """Indices of those that were not found."""

    @property
    def median(self) -> float:
        return float(np.median(np.abs(self.errors_ms)))

    @property
    def p99(self) -> float:
        return float(np.percentile(np.abs(self.errors_ms), 99))

    @property
    def worst(self) -> float:
        return float(np.max(np.abs(self.errors_ms)))


def read_recording(path: Path) -> np.ndarray:
    """Return a raw 16-bit stereo file as frames x 2, from -1 to 1."""
    raw = path.read_bytes()
    frames = np.frombuffer(raw[: len(raw) & ~3], np.int16).reshape(-1, 2)
    return frames.astype(np.float32) / 32_768


def find(recording: np.ndarray, expected: Sequence[Expected]) -> Heard:
    """Look for every expected sound, the first one anywhere in the recording's beginning."""
    places = np.array([sound.at_ms for sound in expected])
    first = expected[0]
    origin = first_place(recording, first.sound, first.compare_ms) / RATE * 1000 - places[0]
    reach = SEARCH_MS * RATE // 1000
    found = []
    for place, sound in zip(places, expected, strict=True):
        middle = round((origin + place) * RATE / 1000)
        begin = max(0, middle - reach)
        window = recording[begin : middle + reach + sound.compare_ms * RATE // 1000]
        offset, level = _best_place(window, sound.sound, sound.compare_ms)
        found.append(((begin + offset) / RATE * 1000 - origin - place, level))
    errors = np.array([error for error, _ in found])
    levels = np.array([level for _, level in found])
    is_lost = levels < FAINTEST * np.median(levels)
    kept = errors[~is_lost]
    if kept.size:
        kept = kept - np.median(kept)
    return Heard(tuple(kept.tolist()), tuple(np.flatnonzero(is_lost).tolist()))


def first_place(recording: np.ndarray, sound: np.ndarray, compare_ms: int = ONSET_MS) -> int:
    """Return the frame at which a sound is first heard in the recording's beginning."""
    # The earliest place that fits as well as any: the sound may come again later.
    likeness = _likeness(recording[: FIRST_WITHIN_S * RATE], sound, compare_ms)
    good = int(np.argmax(likeness > ALIKE * likeness.max()))
    return good + int(np.argmax(likeness[good : good + RATE // 100]))


def _best_place(window: np.ndarray, sound: np.ndarray, compare_ms: int) -> tuple[int, float]:
    """Return where in the window the sound begins, in frames, and how loud it is there."""
    likeness = _likeness(window, sound, compare_ms)
    best = int(np.argmax(likeness))
    return best, float(likeness[best])


def _likeness(window: np.ndarray, sound: np.ndarray, compare_ms: int) -> np.ndarray:
    """Return, for each frame at which the sound could begin, how loud it does.

    The level is a multiple of the sound's own; 0 where the window is too short for it.
    """
    onset = sound[: compare_ms * RATE // 1000].astype(np.float64)
    if len(window) < len(onset):
        return np.zeros(1)
    size = 1 << (len(window) + len(onset) - 1).bit_length()
    spectrum = np.fft.rfft(window, size, axis=0) * np.conj(np.fft.rfft(onset, size, axis=0))
    likeness = np.fft.irfft(spectrum.sum(axis=1), size)[: len(window) - len(onset) + 1]
    return likeness / np.sum(onset**2)
