"""Writes FLAC, with title and chapters as comments that libsndfile alone would not write."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO, Final

from app.interchange.sndfile import encode
from app.interchange.vorbis_comment import comments, packed, vendor_of

if TYPE_CHECKING:
    from app.interchange.track import Blocks, Track

MARK: Final = b"fLaC"
STREAMINFO: Final = 0
VORBIS_COMMENT: Final = 4
LAST: Final = 0x80


def write_flac(file: BinaryIO, blocks: Blocks, track: Track) -> None:
    """Write a whole file."""
    tagger = FlacTagger(file, comments(track))
    encode(tagger, blocks, form="FLAC", subtype="PCM_16")
    tagger.finish()


class FlacTagger:
    """A sink that puts metadata of ours in place of what the encoder writes ahead of the sound.

    The encoder comes back to its metadata at the end, to put in lengths and a checksum, and so
    that stays in memory until `finish`. The sound goes straight to the file, behind a gap that is
    as large as the metadata will be.
    """

    def __init__(self, file: BinaryIO, entries: list[str]) -> None:
        self._file = file
        self._entries = entries
        self._begin = file.tell()
        self._head = bytearray()
        self._is_whole = False
        self._shift = 0
        """How much further the sound lies in the file than the encoder thinks."""
        self._at = 0
        self._end = 0

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        if not self._is_whole or self._at < len(self._head):
            rest = self._to_head(rest)
        if rest:
            self._file.seek(self._begin + self._shift + self._at)
            self._file.write(rest)
            self._at += len(rest)
        self._end = max(self._end, self._at)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._end}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def finish(self) -> None:
        """Write the metadata; the encoder is done."""
        head = self._tagged()
        self._file.seek(self._begin)
        self._file.write(head)
        self._file.seek(0, os.SEEK_END)

    def _to_head(self, data: memoryview) -> memoryview:
        """Take in what belongs to the metadata and return what lies behind it."""
        if self._is_whole:
            own = data[: len(self._head) - self._at]
            self._head[self._at : self._at + len(own)] = own
            self._at += len(own)
            return data[len(own) :]
        self._head[self._at : self._at + len(data)] = data
        self._at += len(data)
        length = _metadata_length(self._head)
        if length is None:
            return data[:0]
        self._is_whole = True
        behind = bytes(self._head[length:])
        del self._head[length:]
        self._at = length
        self._shift = len(self._tagged()) - length
        return memoryview(behind)

    def _tagged(self) -> bytes:
        blocks = _blocks(self._head)
        vendor = next((vendor_of(body) for kind, body in blocks if kind == VORBIS_COMMENT), b"")
        kept = [(kind, body) for kind, body in blocks if kind != VORBIS_COMMENT]
        # The block with lengths and checksum has to come first.
        kept.insert(1, (VORBIS_COMMENT, packed(vendor, self._entries)))
        last = len(kept) - 1
        return MARK + b"".join(
            bytes([kind | (LAST if number == last else 0)]) + len(body).to_bytes(3, "big") + body
            for number, (kind, body) in enumerate(kept)
        )


def _metadata_length(head: bytes | bytearray) -> int | None:
    """Return how long the metadata at the beginning is; None where it is not complete."""
    at = len(MARK)
    while at + 4 <= len(head):
        kind = head[at]
        at += 4 + int.from_bytes(head[at + 1 : at + 4], "big")
        if kind & LAST:
            return at if at <= len(head) else None
    return None


def _blocks(head: bytes | bytearray) -> list[tuple[int, bytes]]:
    """Return kind and content of each block of complete metadata."""
    found: list[tuple[int, bytes]] = []
    at = len(MARK)
    while at < len(head):
        length = int.from_bytes(head[at + 1 : at + 4], "big")
        found.append((head[at] & ~LAST, bytes(head[at + 4 : at + 4 + length])))
        at += 4 + length
    return found
