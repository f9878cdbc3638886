"""Writes MP3 with LAME, through the package lameenc."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from app.interchange import id3
from app.interchange.mp3_stream import FrameIndex, describing_frame, describing_frame_bytes
from app.interchange.track import CHANNELS, RATE

if TYPE_CHECKING:
    from app.interchange.track import Blocks, Track

VBR_QUALITY: Final = 2
"""About 190 kbit/s where there is sound, and next to nothing where there is none."""
_ALGORITHM: Final = 2


def write_mp3(file: BinaryIO, blocks: Blocks, track: Track, *, kbps: int | None = None) -> None:
    """Write a whole file at a constant bit rate, or at one that follows the sound (None)."""
    encoder = new_encoder(kbps=kbps)
    file.write(id3.tag(track))
    begin = file.tell()
    index = FrameIndex()
    file.write(bytes(describing_frame_bytes(kbps=kbps)))
    for block in blocks:
        _pass_on(file, index, encoder.encode(block))
    _pass_on(file, index, encoder.flush())
    file.seek(begin)
    file.write(describing_frame(index, samples=track.frames, kbps=kbps))


def new_encoder(*, kbps: int | None = None) -> Any:  # noqa: ANN401  (lameenc has no types)
    """Return a lameenc encoder for our form of samples."""
    # By name, because the package is optional.
    lameenc: Any = importlib.import_module("lameenc")
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(CHANNELS)
    encoder.set_in_sample_rate(RATE)
    # Or LAME would take a lower rate for a low bit rate.
    encoder.set_out_sample_rate(RATE)
    encoder.set_quality(_ALGORITHM)
    if kbps is None:
        encoder.set_vbr(lameenc.VBR_MTRH)
        encoder.set_vbr_quality(VBR_QUALITY)
    else:
        encoder.set_bit_rate(kbps)
    return encoder


def _pass_on(file: BinaryIO, index: FrameIndex, data: bytes | bytearray) -> None:
    part = bytes(data)
    index.add(part)
    file.write(part)
