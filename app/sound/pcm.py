"""The one sample format that everything sounds in, and the arithmetic on it."""

import warnings
from array import array

with warnings.catch_warnings():
    # Python 3.13 drops the module; there the audioop-lts package stands in for it.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import audioop

RATE = 48_000
"""Frames in a second."""
CHANNELS = 2
SAMPLE_BYTES = 2
FRAME_BYTES = CHANNELS * SAMPLE_BYTES
FULL_SCALE = 32_767


def frames(ms: int) -> int:
    """Return how many frames `ms` milliseconds are: always a whole number of them."""
    return ms * RATE // 1000


def milliseconds(count: float) -> float:
    return count * 1000 / RATE


def amplitude(volume: float) -> float:
    """Return the factor for a volume from 0.0 to 1.0 as a person sets it.

    Half the way sounds about half as loud, which is a quarter of the amplitude.
    """
    return min(1.0, max(0.0, volume)) ** 2


def peak(pcm: bytes | bytearray) -> int:
    return audioop.max(pcm, SAMPLE_BYTES)


def louder(pcm: bytes, factor: float) -> bytes:
    """Return PCM with every sample times `factor`; what would clip is cut off."""
    return audioop.mul(pcm, SAMPLE_BYTES, factor)


def mixed(length: int, parts: list[tuple[int, bytes]]) -> bytes:
    """Return `length` frames in which each (start frame, PCM) part sounds.

    Where they would clip together, all of it is made as much softer as is needed.
    """
    if len(parts) == 1 and parts[0][0] == 0 and len(parts[0][1]) == length * FRAME_BYTES:
        return parts[0][1]
    if sum(peak(pcm) for _, pcm in parts) <= FULL_SCALE:
        return bytes(_sum(length, parts, SAMPLE_BYTES))
    # A quarter of the range of 32 bits is enough for any number of sounds that a plan can stack.
    wide = [(at, audioop.lin2lin(pcm, SAMPLE_BYTES, 4)) for at, pcm in parts]
    room = bytes(_sum(length, [(at, audioop.mul(pcm, 4, 1 / 64)) for at, pcm in wide], 4))
    top = audioop.max(room, 4) * 64 / 2**16
    return audioop.lin2lin(audioop.mul(room, 4, 64 * min(1.0, FULL_SCALE / top)), 4, SAMPLE_BYTES)


def _sum(length: int, parts: list[tuple[int, bytes]], width: int) -> bytearray:
    frame = CHANNELS * width
    total = bytearray(length * frame)
    for at, pcm in parts:
        begin, end = at * frame, at * frame + len(pcm)
        total[begin:end] = audioop.add(bytes(total[begin:end]), pcm, width)
    return total


def crossfaded(before: bytes, after: bytes) -> bytes:
    """Return PCM that goes from `before` to `after`, of the same length, in even steps."""
    old, new = _samples(before), _samples(after)
    count = len(old) // CHANNELS
    out = array("h", bytes(len(before)))
    for at in range(len(out)):
        way = (at // CHANNELS + 1) / count
        out[at] = round(old[at] * (1 - way) + new[at] * way)
    return _bytes(out)


def _samples(pcm: bytes) -> "array[int]":
    samples = array("h")
    samples.frombytes(pcm)
    if _BIG_ENDIAN:
        samples.byteswap()
    return samples


def _bytes(samples: "array[int]") -> bytes:
    if _BIG_ENDIAN:
        samples.byteswap()
    return samples.tobytes()


_BIG_ENDIAN = array("h", b"\x01\x00")[0] != 1
