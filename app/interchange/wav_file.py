"""Writes WAV: plain PCM, with the title as RIFF INFO and chapters as cue points with labels."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO, Final

from app.domain.errors import ExportError
from app.interchange.track import ARTIST, CHANNELS, FRAME_BYTES, RATE, SAMPLE_BYTES

if TYPE_CHECKING:
    from app.interchange.track import Blocks, Chapter, Track

PCM_FORMAT: Final = 1
MOST_BYTES: Final = 0xFFFF_FFFF
"""Sizes are 32 bit numbers."""
HEAD_BYTES: Final = 44


def write_wav(file: BinaryIO, blocks: Blocks, track: Track) -> None:
    """Write a whole file; ExportError where the format cannot hold as much.

    What describes the sound follows it, so that the sound begins where simple players expect it.
    """
    size = track.frames * FRAME_BYTES
    described = _info(track) + _cue_points(track.chapters)
    riff_size = HEAD_BYTES - 8 + size + len(described)
    if riff_size > MOST_BYTES:
        raise ExportError("WAV holds six hours at most; FLAC, OGG and MP3 hold more.")
    form = struct.pack(
        "<HHIIHH",
        PCM_FORMAT,
        CHANNELS,
        RATE,
        RATE * FRAME_BYTES,
        FRAME_BYTES,
        SAMPLE_BYTES * 8,
    )
    file.write(b"RIFF" + struct.pack("<I", riff_size) + b"WAVE" + _chunk(b"fmt ", form))
    file.write(b"data" + struct.pack("<I", size))
    file.writelines(blocks)
    file.write(described)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _text(text: str) -> bytes:
    return text.encode() + b"\0"


def _info(track: Track) -> bytes:
    entries = _chunk(b"INAM", _text(track.title)) + _chunk(b"IART", _text(ARTIST))
    return _chunk(b"LIST", b"INFO" + entries)


def _cue_points(chapters: tuple[Chapter, ...]) -> bytes:
    if not chapters:
        return b""
    points = [
        # Without a playlist a point's place is its frame in the one data chunk, said twice.
        struct.pack("<II4sIII", number, chapter.start, b"data", 0, 0, chapter.start)
        for number, chapter in enumerate(chapters, 1)
    ]
    labels = [
        _chunk(b"labl", struct.pack("<I", number) + _text(chapter.title))
        for number, chapter in enumerate(chapters, 1)
    ]
    cue = _chunk(b"cue ", struct.pack("<I", len(points)) + b"".join(points))
    return cue + _chunk(b"LIST", b"adtl" + b"".join(labels))
