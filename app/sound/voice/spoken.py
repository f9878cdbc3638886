"""A sentence as PCM, and what joins sentences to one sound in the format of everything else."""

import math
import warnings
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.speech import gap_after_ms
from app.sound.pcm import frames
from app.sound.soundtrack import LONGEST_LEAD, Sound
from app.sound.voice.mastering import RATE

with warnings.catch_warnings():
    # Python 3.13 drops the module; there the audioop-lts package stands in for it.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import audioop

SAMPLE_BYTES = 2
_UP = 2
"""The device's rate over that of speech."""
_TAPS = 12
_WINDOW = 6.0
"""Kaiser's beta: what is mirrored above the band of speech is 60 dB softer."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence, mono, 16 bit, at the rate of mastered speech."""

    pcm: bytes
    onset: int
    """The sample at which the speech begins."""

    def __post_init__(self) -> None:
        if not self.pcm or len(self.pcm) % SAMPLE_BYTES:
            raise ValueError("a sentence is a whole number of samples, and not silence")
        if not 0 <= self.onset < self.samples:
            raise ValueError("a sentence begins within its samples")

    @property
    def samples(self) -> int:
        return len(self.pcm) // SAMPLE_BYTES

    @property
    def length_ms(self) -> int:
        """All of it, rounded up."""
        return samples_ms(self.samples)


def samples_ms(samples: int) -> int:
    """Return how many milliseconds samples of speech last, rounded up."""
    return -(-samples * 1000 // RATE)


@dataclass(frozen=True, slots=True)
class Playable:
    """A sentence at the device's rate, still mono: what takes time to make is done."""

    pcm: bytes
    onset: int
    """The frame at which the speech begins."""
    length_ms: int


def playable(spoken: Spoken) -> Playable:
    """Return a sentence for the device. Takes some milliseconds: for worker threads."""
    return Playable(_doubled(spoken.pcm), spoken.onset * _UP, spoken.length_ms)


def joined(line: Sequence[tuple[str, Playable]]) -> Sound:
    """Return the sound of a line, sentence by sentence with a breath between, in the centre."""
    first = line[0][1]
    # What stands before the onset is silence, so a long lead can be cut.
    cut = max(0, first.onset - LONGEST_LEAD)
    mono = bytearray(first.pcm[cut * SAMPLE_BYTES :])
    for (before, _), (_, sentence) in pairwise(line):
        mono += bytes(frames(gap_after_ms(before)) * SAMPLE_BYTES)
        mono += sentence.pcm
    return Sound(audioop.tostereo(mono, SAMPLE_BYTES, 1, 1), first.onset - cut)


def as_mono(pcm: bytes, *, channels: int, width: int) -> bytes:
    """Return the PCM of a WAV file, `width` bytes a sample, as one channel of 16 bit.

    ValueError: it has more than two channels.
    """
    if width == 1:  # from 0 to 255
        pcm = audioop.bias(pcm, 1, 128)
    if width != SAMPLE_BYTES:
        pcm = audioop.lin2lin(pcm, width, SAMPLE_BYTES)
    match channels:
        case 1:
            return pcm
        case 2:
            return audioop.tomono(pcm, SAMPLE_BYTES, 0.5, 0.5)
        case _:
            raise ValueError(f"{channels} channels")


def _doubled(mono: bytes) -> bytes:
    """Return speech at twice its rate."""
    doubled = array("h", bytes(len(mono) * _UP))
    doubled[0::_UP] = array("h", mono)
    doubled[1::_UP] = array("h", _between(mono))
    return doubled.tobytes()


def _between(mono: bytes) -> bytes:
    """Return the value half-way after every sample, by a windowed sinc.

    The products are summed a tap at a time over the whole sentence, which is in C.
    """
    # Room above: a sinc goes beyond the samples that it joins.
    wide = audioop.mul(audioop.lin2lin(mono, SAMPLE_BYTES, 4), 4, 0.25)
    silence = bytes(4 * _TAPS)
    padded = silence + wide + silence
    total = bytes(len(wide))
    for tap, factor in enumerate(_FACTORS):
        left = 4 * (_TAPS - tap)
        right = 4 * (_TAPS + 1 + tap)
        pair = audioop.add(padded[left : left + len(wide)], _filled(padded[right:], len(wide)), 4)
        total = audioop.add(total, audioop.mul(pair, 4, factor), 4)
    # Half a step up, because what follows rounds down.
    return audioop.lin2lin(audioop.mul(audioop.bias(total, 4, 1 << 13), 4, 4.0), 4, SAMPLE_BYTES)


def _filled(pcm: bytes, length: int) -> bytes:
    return pcm[:length] + bytes(max(0, length - len(pcm)))


def _bessel(x: float) -> float:
    """Return the modified Bessel function of the first kind of order zero."""
    total = term = 1.0
    for step in range(1, 30):
        term *= (x / (2 * step)) ** 2
        total += term
    return total


def _factors() -> tuple[float, ...]:
    raw = []
    for tap in range(_TAPS):
        at = tap + 0.5
        window = _bessel(_WINDOW * math.sqrt(1 - (at / _TAPS) ** 2)) / _bessel(_WINDOW)
        raw.append(window * math.sin(math.pi * at) / (math.pi * at))
    total = 2 * sum(raw)
    return tuple(factor / total for factor in raw)


_FACTORS = _factors()
