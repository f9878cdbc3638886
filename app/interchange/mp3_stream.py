"""Knows the frames of an MP3 stream, and the one ahead of the sound that describes them.

That frame (Xing's, with LAME's extension) tells how much the encoder put before and after the
samples it was given, so that a player can leave it out and every sample comes at its very time;
and it lets players find a place in a stream whose bit rate changes.
"""

from __future__ import annotations

import struct
from array import array
from typing import Final

from app.interchange.track import RATE

SAMPLES: Final = 1152
"""Frames of sound in a frame of MPEG-1 layer III."""
ENCODER_DELAY: Final = 576
"""Frames of silence that LAME puts before the first one it was given.

Decoders add 529 of their own. Those that know the describing frame leave both out; to those that do
not, everything comes 1105 frames, which is 23 ms, later.
"""
KBPS: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""Bit rates of layer III by their index."""
DESCRIBING_KBPS: Final = 128
_HEAD_BYTES: Final = 4
_SIDE_INFO_BYTES: Final = 32
_SYNC: Final = 0xFFE0
_PADDING: Final = 0x02
_FRAMES, _BYTES, _TABLE, _QUALITY = 1, 2, 4, 8
_TABLE_SIZE: Final = 100
ENCODER: Final = b"LAME3.100"
_VBR_METHOD, _CBR_METHOD = 4, 1
_VBR_QUALITY, _CBR_QUALITY = 78, 0
"""As LAME counts it: 100 less ten times the quality of the rate, less that of the algorithm."""
_MOST_PADDING: Final = 0xFFF


class StreamError(ValueError):
    """These bytes are no MP3 stream at one sample rate."""


def frame_bytes(head: bytes) -> int:
    """Return the length of the frame that begins with these four bytes."""
    if int.from_bytes(head[:2], "big") & _SYNC != _SYNC or not 0 < head[2] >> 4 < len(KBPS):
        raise StreamError(f"no frame begins with {head.hex()}")
    return SAMPLES // 8 * 1000 * KBPS[head[2] >> 4] // RATE + bool(head[2] & _PADDING)


class FrameIndex:
    """Finds where each frame of a stream begins; the stream may come cut anywhere."""

    def __init__(self) -> None:
        self.places = array("Q")
        self.total = 0
        """Bytes so far."""
        self.first_head = b""
        self._rest = b""
        self._next = 0

    def add(self, data: bytes) -> None:
        """Take the next part of the stream."""
        begin = self.total - len(self._rest)
        known = self._rest + data
        self.total += len(data)
        while self._next + _HEAD_BYTES <= self.total:
            at = self._next - begin
            head = known[at : at + _HEAD_BYTES]
            self.first_head = self.first_head or head
            self.places.append(self._next)
            self._next += frame_bytes(head)
        self._rest = known[max(0, self._next - begin) :]


def describing_frame_bytes(*, kbps: int | None) -> int:
    """Return how long the describing frame of a stream is."""
    return SAMPLES // 8 * 1000 * (kbps or DESCRIBING_KBPS) // RATE


def describing_frame(index: FrameIndex, *, samples: int, kbps: int | None) -> bytes:
    """Return the frame to stand ahead of a stream that holds so many frames of sound.

    `kbps` is the stream's constant bit rate, None where it changes.
    """
    length = describing_frame_bytes(kbps=kbps)
    count = len(index.places)
    padding = count * SAMPLES - ENCODER_DELAY - samples
    if not 0 <= padding <= _MOST_PADDING:
        raise StreamError(f"{count} frames do not hold {samples} samples")
    head = bytearray(index.first_head)
    head[2] = KBPS.index(kbps or DESCRIBING_KBPS) << 4 | head[2] & 0x0C
    total = length + index.total
    described = struct.pack(
        ">4sIII100sI",
        b"Xing" if kbps is None else b"Info",
        _FRAMES | _BYTES | _TABLE | _QUALITY,
        count,
        total,
        _seek_table(index, length),
        _VBR_QUALITY if kbps is None else _CBR_QUALITY,
    )
    extension = struct.pack(
        ">9sBBIHHBB3sBBHIH",
        ENCODER,
        _VBR_METHOD if kbps is None else _CBR_METHOD,
        0,  # the low-pass filter, unknown
        0,
        0,
        0,  # no peak and no gain measured
        0,
        min(255, kbps or KBPS[1]),
        (ENCODER_DELAY << 12 | padding).to_bytes(3, "big"),
        0,
        0,
        0,
        min(total, 0xFFFF_FFFF),
        0,  # the sound's own checksum, which no player asks for
    )
    frame = bytes(head) + bytes(_SIDE_INFO_BYTES) + described + extension
    return (frame + struct.pack(">H", crc_16(frame))).ljust(length, b"\0")


def _seek_table(index: FrameIndex, length: int) -> bytes:
    """Return for each hundredth of the time how many 256ths of the bytes lie before it."""
    count, total = len(index.places), length + index.total
    return bytes(
        min(
            255, (length + index.places[min(count - 1, part * count // _TABLE_SIZE)]) * 256 // total
        )
        for part in range(_TABLE_SIZE)
    )


def crc_16(data: bytes) -> int:
    """Return the CRC-16 with polynomial 0x8005, bits reversed, from 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
