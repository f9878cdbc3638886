"""Builds an ID3v2.4 tag with a title and chapters.

Frames and sizes are laid out as https://id3.org/id3v2.4.0-structure says, chapters (CHAP) and their
table (CTOC) as the addendum https://id3.org/id3v2-chapters-1.0 says.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from app.interchange.track import ARTIST, milliseconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.interchange.track import Chapter, Track

UTF_8: Final = b"\x03"
NO_OFFSET: Final = 0xFFFF_FFFF
"""A chapter's place in bytes, where its place in time is what counts."""
TOP_LEVEL, ORDERED = 0x02, 0x01
MOST_ENTRIES: Final = 255
"""A table counts its entries in one byte; more chapters get tables below the first one."""
_SYNCHSAFE_BYTES: Final = 4


def tag(track: Track) -> bytes:
    """Return the tag to begin a file with."""
    frames = [
        _text(b"TIT2", track.title),
        _text(b"TPE1", ARTIST),
        _text(b"TLEN", str(milliseconds(track.frames))),
    ]
    names = [f"chp{number}" for number, _ in enumerate(track.chapters, 1)]
    frames += _tables(names)
    frames += [_chapter(name, chapter) for name, chapter in zip(names, track.chapters, strict=True)]
    content = b"".join(frames)
    return b"ID3\x04\x00\x00" + synchsafe(len(content)) + content


def synchsafe(size: int) -> bytes:
    """Return a size as four bytes of seven bits, the highest first."""
    return bytes(size >> shift & 0x7F for shift in range(7 * (_SYNCHSAFE_BYTES - 1), -1, -7))


def _frame(name: bytes, content: bytes) -> bytes:
    return name + synchsafe(len(content)) + b"\0\0" + content


def _text(name: bytes, text: str) -> bytes:
    return _frame(name, UTF_8 + text.encode())


def _tables(names: Sequence[str]) -> list[bytes]:
    if not names:
        return []
    if len(names) <= MOST_ENTRIES:
        return [_table("toc", names, top=True)]
    parts = [names[at : at + MOST_ENTRIES] for at in range(0, len(names), MOST_ENTRIES)]
    tables = [f"toc{number}" for number, _ in enumerate(parts, 1)]
    below = [_table(name, part, top=False) for name, part in zip(tables, parts, strict=True)]
    return [_table("toc", tables, top=True), *below]


def _table(name: str, entries: Sequence[str], *, top: bool) -> bytes:
    flags = ORDERED | (TOP_LEVEL if top else 0)
    listed = b"".join(entry.encode("ascii") + b"\0" for entry in entries)
    return _frame(
        b"CTOC", name.encode("ascii") + b"\0" + struct.pack("BB", flags, len(entries)) + listed
    )


def _chapter(name: str, chapter: Chapter) -> bytes:
    start, end = milliseconds(chapter.start), milliseconds(chapter.end)
    times = struct.pack(">IIII", start, end, NO_OFFSET, NO_OFFSET)
    title = _text(b"TIT2", chapter.title)
    return _frame(b"CHAP", name.encode("ascii") + b"\0" + times + title)
