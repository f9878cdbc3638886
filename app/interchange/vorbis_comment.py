"""Builds the comments that FLAC and Ogg Vorbis share: `NAME=value` pairs, chapters among them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from app.interchange.track import ARTIST, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.interchange.track import Track

MOST_CHAPTERS: Final = 999
"""Their numbers have three digits."""


def comments(track: Track) -> list[str]:
    """Return a track's comments; chapters as https://wiki.xiph.org/Chapter_Extension has them."""
    made = [f"TITLE={track.title}", f"ARTIST={ARTIST}"]
    for number, chapter in enumerate(track.chapters[:MOST_CHAPTERS], 1):
        made.append(f"CHAPTER{number:03}={_clock(milliseconds(chapter.start))}")
        made.append(f"CHAPTER{number:03}NAME={chapter.title}")
    return made


def packed(vendor: bytes, entries: Iterable[str]) -> bytes:
    """Return comments as both formats keep them, without what is around them there."""
    texts = [entry.encode() for entry in entries]
    parts = [struct.pack("<I", len(vendor)), vendor, struct.pack("<I", len(texts))]
    for text in texts:
        parts += [struct.pack("<I", len(text)), text]
    return b"".join(parts)


def vendor_of(comment: bytes) -> bytes:
    """Return which encoder wrote packed comments."""
    (length,) = struct.unpack_from("<I", comment)
    return comment[4 : 4 + length]


def _clock(ms: int) -> str:
    minutes, ms = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{ms // 1000:02}.{ms % 1000:03}"
