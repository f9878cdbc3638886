"""Writes Ogg Vorbis, with title and chapters as comments that libsndfile alone would not write."""

from __future__ import annotations

import os
import struct
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, Final

from app.interchange.sndfile import encode
from app.interchange.vorbis_comment import comments, packed, vendor_of

if TYPE_CHECKING:
    from app.interchange.track import Blocks, Track

_HEAD: Final = struct.Struct("<4sBBqIIIB")
"""Mark, version, flags, position, stream, page number, checksum, number of segments."""
_CHECKSUM_AT: Final = 22
MARK: Final = b"OggS"
CONTINUED: Final = 1
MOST_SEGMENTS: Final = 255
FULL_SEGMENT: Final = 255
NO_PACKET_ENDS: Final = -1
COMMENT_HEAD: Final = b"\x03vorbis"
FRAMING: Final = b"\x01"
HEADER_PACKETS: Final = 2
"""Comments and codebooks; the packet that identifies the stream has a page of its own."""

_REVERSED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def write_ogg(file: BinaryIO, blocks: Blocks, track: Track) -> None:
    """Write a whole file."""
    encode(OggTagger(file, comments(track)), blocks, form="OGG", subtype="VORBIS")


def checksum(page: bytes) -> int:
    """Return Ogg's CRC of a page whose checksum field is zero.

    It is the CRC that zlib knows, with the bits of every byte the other way round, beginning and
    ending at zero.
    """
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFF_FFFF) ^ 0xFFFF_FFFF
    return int.from_bytes(mirrored.to_bytes(4, "little").translate(_REVERSED), "big")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One page; `packed` puts mark and checksum to it."""

    flags: int
    position: int
    stream: int
    number: int
    lacing: bytes
    body: bytes

    def packed(self) -> bytes:
        head = _HEAD.pack(
            MARK, 0, self.flags, self.position, self.stream, self.number, 0, len(self.lacing)
        )
        page = bytearray(head + self.lacing + self.body)
        page[_CHECKSUM_AT : _CHECKSUM_AT + 4] = struct.pack("<I", checksum(bytes(page)))
        return bytes(page)


def _read_page(page: bytes) -> _Page:
    _, _, flags, position, stream, number, _, segments = _HEAD.unpack_from(page)
    body = _HEAD.size + segments
    return _Page(
        flags=flags,
        position=position,
        stream=stream,
        number=number,
        lacing=page[_HEAD.size : body],
        body=page[body:],
    )


class OggTagger:
    """A sink that passes a stream on, page by page, with comments of ours in place of its own."""

    def __init__(self, file: BinaryIO, entries: list[str]) -> None:
        self._file = file
        self._entries = entries
        self._taken = 0
        self._rest = bytearray()
        self._packets: list[bytearray] = [bytearray()]
        self._more_pages: int | None = None
        """How many more pages the headers take than the encoder's; None before they were there."""

    def write(self, data: bytes) -> int:
        self._rest += data
        self._taken += len(data)
        while (page := self._next_page()) is not None:
            self._pass_on(page)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Say where the encoder is: it looks, but always goes on at the end."""
        base = 0 if whence == os.SEEK_SET else self._taken
        return base + offset

    def tell(self) -> int:
        return self._taken

    def _next_page(self) -> bytes | None:
        rest = self._rest
        if len(rest) < _HEAD.size or len(rest) < _HEAD.size + rest[_HEAD.size - 1]:
            return None
        body = _HEAD.size + rest[_HEAD.size - 1]
        length = body + sum(rest[_HEAD.size : body])
        if len(rest) < length:
            return None
        page = bytes(rest[:length])
        del rest[:length]
        return page

    def _pass_on(self, data: bytes) -> None:
        page = _read_page(data)
        if page.number == 0:
            self._file.write(data)
        elif self._more_pages is not None:
            self._file.write(replace(page, number=page.number + self._more_pages).packed())
        elif self._collect(page):
            self._more_pages = self._write_headers(page.stream) - page.number

    def _collect(self, page: _Page) -> bool:
        """Take in a page of the headers; return whether it was their last."""
        at = 0
        for length in page.lacing:
            self._packets[-1] += page.body[at : at + length]
            at += length
            if length < FULL_SEGMENT:
                self._packets.append(bytearray())
        return len(self._packets) > HEADER_PACKETS

    def _write_headers(self, stream: int) -> int:
        """Write comments and codebooks; return the number of the last page."""
        vendor = vendor_of(bytes(self._packets[0][len(COMMENT_HEAD) :]))
        comment = COMMENT_HEAD + packed(vendor, self._entries) + FRAMING
        packets = (comment, bytes(self._packets[1]))
        lacing = b"".join(_lacing(packet) for packet in packets)
        body = b"".join(packets)
        number = 0
        is_continued = False
        while lacing:
            number += 1
            segments, lacing = lacing[:MOST_SEGMENTS], lacing[MOST_SEGMENTS:]
            length = sum(segments)
            page = _Page(
                flags=CONTINUED if is_continued else 0,
                position=0 if min(segments) < FULL_SEGMENT else NO_PACKET_ENDS,
                stream=stream,
                number=number,
                lacing=segments,
                body=body[:length],
            )
            self._file.write(page.packed())
            body = body[length:]
            is_continued = segments[-1] == FULL_SEGMENT
        return number


def _lacing(packet: bytes) -> bytes:
    full, last = divmod(len(packet), FULL_SEGMENT)
    return bytes([FULL_SEGMENT] * full + [last])
