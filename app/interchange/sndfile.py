"""Encodes with libsndfile, through the package soundfile, into a file of ours."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.domain.errors import ExportError
from app.interchange.track import CHANNELS, FRAME_BYTES, RATE

if TYPE_CHECKING:
    from app.interchange.track import Blocks

_PORTION: Final = RATE // 4 * FRAME_BYTES
"""So many bytes at once: long ones overflow the stack in the Vorbis of some libsndfile versions."""


class Sink(Protocol):
    """Takes what the encoder writes; positions are the encoder's own."""

    def write(self, data: bytes, /) -> int: ...
    def seek(self, offset: int, whence: int = 0, /) -> int: ...
    def tell(self) -> int: ...


class _Guard:
    """Keeps the first failure of a sink: an error raised into the encoder's C code gets lost."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        if self.failure is None:
            try:
                self._sink.write(data)
            except OSError as error:
                self.failure = error
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._sink.seek(offset, whence)

    def tell(self) -> int:
        return self._sink.tell()

    def check(self) -> None:
        if self.failure is not None:
            raise self.failure


def encode(sink: Sink, blocks: Blocks, *, form: str, subtype: str) -> None:
    """Encode samples; `form` and `subtype` are libsndfile's names.

    OSError where the sink cannot be written to, ImportError where the package or its library is
    missing, ExportError where the library lacks the format.
    """
    soundfile = _soundfile()
    guard = _Guard(sink)
    try:
        with soundfile.SoundFile(
            guard,
            "w",
            samplerate=RATE,
            channels=CHANNELS,
            format=form,
            subtype=subtype,
        ) as encoder:
            for block in blocks:
                for begin in range(0, len(block), _PORTION):
                    encoder.buffer_write(block[begin : begin + _PORTION], dtype="int16")
                guard.check()
    except soundfile.LibsndfileError as error:
        raise ExportError(f"The sound library here cannot make {form}: {error}") from error
    guard.check()


def _soundfile() -> Any:  # noqa: ANN401  (the package is optional, and so found by name)
    try:
        return importlib.import_module("soundfile")
    except OSError as error:  # the package is there, the library that it needs is not
        raise ImportError(str(error)) from error
