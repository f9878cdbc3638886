"""Makes a tone of a user's file: trimmed, in its place, as loud as the one that it stands in for."""

import math
import warnings
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.choices import Side
from app.domain.cues import TONE_MS, CueKind
from app.sound.decoding import DecodingError
from app.sound.pcm import CHANNELS, FRAME_BYTES, FULL_SCALE, RATE, SAMPLE_BYTES, frames, peak

with warnings.catch_warnings():
    # Python 3.13 drops the module; there the audioop-lts package stands in for it.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import audioop

EDITION = 1
"""Goes up with every change that makes the same file come out differently."""
LONGEST_MS = 10_000
"""What is longer is no tone, but music."""
RINGING_MS = 1_000
"""How much longer than planned a tone may sound."""
ASIDE = 0.85
"""The part of a sided sound's power that is on its own side."""

_SILENCE_DB = -50.0
"""Below the loudest sample: what is softer at the beginning and the end is silence."""
_NOTHING = 33
"""A file whose loudest sample is below this (-60 dB) holds no sound."""
_FADE = frames(20)
_CUT_FADE = frames(150)
_LIMITING_DB = 6.0
"""The most that peaks are pressed down for the sake of loudness."""
_EVERY = 2
"""Loudness is measured on every second sample, which has the same power and takes half the time."""
_LOUD = frames(100) // _EVERY
_CORNERS_HZ = (107.7, 737.9)
"""The corners of A-weighting that matter here; small loudspeakers lose the same."""
_BLOCK = 48
_ATTACK, _RECOVERY = (math.pow(10, _LIMITING_DB / 20 / blocks) for blocks in (2, 60))
"""How much the limiter's gain moves from block to block, before a peak and after it."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a sound is."""

    loudness: float
    """Of its loudest 100 ms, in dB, weighted as the ear weighs soft sounds."""
    peak: int
    """Of its highest sample."""


USUAL = Level(-17.5, FULL_SCALE // 2)
"""For a tone that stands in for none."""


def level(pcm: bytes) -> Level:
    """Measure stereo PCM; both sides' power together, wherever the sound is."""
    left, right = _sides(pcm)
    powers = [_weighted_squares(left)]
    powers *= CHANNELS
    if right != left:
        powers[1] = _weighted_squares(right)
    energy = best = 0.0
    total = [a + b for a, b in zip(*powers, strict=True)]
    for at, power in enumerate(total):
        energy += power
        if at >= _LOUD:
            energy -= total[at - _LOUD]
        best = max(best, energy)
    # A shorter sound counts as if silence followed: the ear adds up over about as long.
    return Level(10 * math.log10(max(best, 1e-12) / _LOUD), peak(pcm))


def trimmed(pcm: bytes, kind: CueKind, name: str) -> bytes:
    """Return stereo PCM without the silence around it, and not too long for its kind.

    DecodingError where there is nothing but silence.
    """
    loudest = peak(pcm)
    if loudest < _NOTHING:
        raise DecodingError(name, "silent", "is silent")
    floor = max(1, round(loudest * 10 ** (_SILENCE_DB / 20)))
    first, last = _extent(pcm, floor)
    longest = frames(TONE_MS[kind] + RINGING_MS)
    if last - first > longest:
        return _faded(pcm[first * FRAME_BYTES : (first + longest) * FRAME_BYTES], _CUT_FADE)
    end = min(last + _FADE, first + longest)
    return _faded(pcm[first * FRAME_BYTES : end * FRAME_BYTES], _FADE)


@dataclass(frozen=True, slots=True)
class Tone:
    """A trimmed file and how loud it is."""

    pcm: bytes
    level: Level

    def like(self, wanted: Level, side: Side | None, *, sided: bool) -> bytes:
        """Return the tone as loud as `wanted` and nowhere above its peak, at a side or between.

        A tone `sided` by its file that differs from left to right already is where it should be.
        """
        left, right = _sides(self.pcm)
        if side in {None, Side.BOTH} or (sided and left != right):
            source, shares = self.pcm, (1.0, 1.0)
        else:
            mono = audioop.tomono(self.pcm, SAMPLE_BYTES, 0.5, 0.5)
            source = audioop.tostereo(mono, SAMPLE_BYTES, 1, 1)
            share = ASIDE if side is Side.RIGHT else 1 - ASIDE
            # Of the power of both, which is twice that of one.
            shares = (math.sqrt(2 * (1 - share)), math.sqrt(2 * share))
        now = self.level if source is self.pcm else level(source)
        highest = max(now.peak, 1) * max(shares)
        ceiling = wanted.peak - 1  # scaling rounds down
        gain = math.pow(10, (wanted.loudness - now.loudness) / 20)
        gain = min(gain, ceiling / highest * math.pow(10, _LIMITING_DB / 20))
        if gain * highest > ceiling:
            source = _limited(source, ceiling / (gain * max(shares)))
        return _scaled(source, gain * shares[0], gain * shares[1])


def tone(pcm: bytes, kind: CueKind, name: str) -> Tone:
    """Make a tone of decoded PCM; DecodingError where it is silent."""
    cut = trimmed(pcm, kind, name)
    return Tone(cut, level(cut))


def _sides(pcm: bytes) -> tuple[bytes, bytes]:
    return audioop.tomono(pcm, SAMPLE_BYTES, 1, 0), audioop.tomono(pcm, SAMPLE_BYTES, 0, 1)


def _scaled(pcm: bytes, left: float, right: float) -> bytes:
    sides = zip(_sides(pcm), ((left, 0.0), (0.0, right)), strict=True)
    one, other = (audioop.tostereo(side, SAMPLE_BYTES, *factors) for side, factors in sides)
    return audioop.add(one, other, SAMPLE_BYTES)


def _weighted_squares(mono: bytes) -> list[float]:
    """Return the squares of a channel that went through the weighting's two high-passes."""
    (gain, feedback), (gain2, feedback2) = (_high_pass(corner) for corner in _CORNERS_HZ)
    before = y = z = 0.0
    squares = []
    for sample in array("h", mono)[::_EVERY]:
        x = sample / (FULL_SCALE + 1)
        passed = gain * (x - before) + feedback * y
        z = gain2 * (passed - y) + feedback2 * z
        before, y = x, passed
        squares.append(z * z)
    return squares


def _high_pass(hertz: float) -> tuple[float, float]:
    corner = math.tau * hertz
    twice = 2 * RATE / _EVERY
    return twice / (twice + corner), (twice - corner) / (twice + corner)


def _extent(pcm: bytes, floor: int) -> tuple[int, int]:
    """Return the first frame that is louder, and the one behind the last; there is one."""
    starts = range(0, len(pcm), _BLOCK * FRAME_BYTES)
    first = next(filter(None, (_loud(pcm, floor, start) for start in starts)))
    last = next(filter(None, (_loud(pcm, floor, start) for start in reversed(starts))))
    return first[0], last[-1] + 1


def _loud(pcm: bytes, floor: int, start: int) -> list[int]:
    """Return the frames of one block that are louder."""
    block = pcm[start : start + _BLOCK * FRAME_BYTES]
    if peak(block) <= floor:
        return []
    first = start // FRAME_BYTES
    return [
        first + at // CHANNELS for at, value in enumerate(array("h", block)) if abs(value) > floor
    ]


def _limited(pcm: bytes, ceiling: float) -> bytes:
    """Return PCM with no sample above `ceiling`, pressed down around its peaks.

    The gain moves in straight lines between the borders of blocks; at each border it is low enough
    for the blocks on both sides.
    """
    size = _BLOCK * FRAME_BYTES
    blocks = [pcm[at : at + size] for at in range(0, len(pcm), size)]
    needed = [min(1.0, ceiling / max(1, peak(block))) for block in blocks]
    gains = [1.0] * (len(blocks) + 1)
    for at, gain in enumerate(needed):
        gains[at], gains[at + 1] = min(gains[at], gain), min(gains[at + 1], gain)
    for at in range(1, len(gains)):
        gains[at] = min(gains[at], gains[at - 1] * _RECOVERY)
    for at in range(len(gains) - 2, -1, -1):
        gains[at] = min(gains[at], gains[at + 1] * _ATTACK)
    return b"".join(_ramped(block, gains[at : at + 2]) for at, block in enumerate(blocks))


def _ramped(pcm: bytes, gains: Sequence[float]) -> bytes:
    """Return PCM whose gain goes from the first to the second."""
    begin, end = gains
    if begin == end == 1.0:
        return pcm
    samples = array("h", pcm)
    step = (end - begin) * CHANNELS / len(samples)
    for at, sample in enumerate(samples):
        # Towards zero, so that rounding lifts nothing over the ceiling.
        samples[at] = int(sample * (begin + step * (at // CHANNELS)))
    return samples.tobytes()


def _faded(pcm: bytes, length: int) -> bytes:
    """Return PCM whose end goes to silence in a curve."""
    length = min(length, len(pcm) // FRAME_BYTES // 2)
    if not length:
        return pcm
    samples = array("h", pcm)
    for back in range(length * CHANNELS):
        samples[-1 - back] = int(
            samples[-1 - back] * math.sin(math.pi / 2 * (back // CHANNELS) / length) ** 2
        )
    return samples.tobytes()
