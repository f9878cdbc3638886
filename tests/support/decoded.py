"""Decodes an exported file with libsndfile and says where each planned tone is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soundfile

from app.domain.cues import CueKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from app.domain.cues import Cue
    from app.sound.soundtrack import SoundSource

RATE = 48_000
REACH = RATE // 20
"""How far from its place a tone is looked for: less than half the gap between two beats."""
FAINTEST = 0.5


def decoded(path: Path) -> np.ndarray:
    """Return a file's samples as frames x 2 from -32768 to 32767."""
    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    assert rate == RATE
    return samples


def offsets(
    samples: np.ndarray,
    cues: Iterable[Cue],
    source: SoundSource,
    *,
    factor: float = 1.0,
    spoken: bool = False,
) -> list[int]:
    """Return for each tone how many frames behind its place it is; a missing one fails.

    `factor` is how much softer they are than the source's. With `spoken` lines count as well.
    """
    found = []
    for cue in cues:
        if cue.kind is CueKind.VOICE and not spoken:
            continue
        sound = source.sound(cue)
        assert sound is not None, cue
        wanted = np.frombuffer(sound.pcm, "<i2").reshape(-1, 2).astype(np.float64) * factor
        planned = cue.at_ms * RATE // 1000 - sound.onset
        begin = max(0, planned - REACH)
        window = samples[begin : planned + REACH + len(wanted)].astype(np.float64)
        size = 1 << (len(window) + len(wanted)).bit_length()
        spectrum = np.fft.rfft(window, size, axis=0) * np.conj(np.fft.rfft(wanted, size, axis=0))
        likeness = np.fft.irfft(spectrum.sum(axis=1), size) / np.sum(wanted**2)
        likeness = likeness[: max(1, len(window) - len(wanted) + 1)]
        best = int(np.argmax(likeness))
        assert likeness[best] > FAINTEST, f"{cue} is not there: {likeness[best]:.2f}"
        found.append(begin + best - planned)
    return found
