"""Turns sound files of any usual kind into PCM, in worker threads and without a sound device."""

import ctypes
import io
import os
import stat
import time
import warnings
import wave
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEventLoop,
    QIODevice,
    QLoggingCategory,
    QObject,
    QTimer,
    QUrl,
    Slot,
)

from app.domain.errors import SoundError
from app.sound.pcm import CHANNELS, RATE, SAMPLE_BYTES

with warnings.catch_warnings():
    # Python 3.13 drops the module; there the audioop-lts package stands in for it.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import audioop

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioFormat

SPEECH_RATE = 24_000
MOST_BYTES = 64 * 1024 * 1024
_SUFFIXES = "wav, mp3, ogg, opus, flac and m4a"
_WAV = b"RIFF"
_QUIET = -8
"""FFmpeg's level for no messages at all."""
_BLOCK = 4_096
"""Padding goes up to a multiple of this many frames: FFmpeg hands WAV on in powers of two, and a
short last piece might come out of its resampler as nothing, on which Qt's decoder hangs."""
_TAIL = 256
"""The resampler keeps its last frames to itself; this much silence pushes them out."""


class DecodingError(SoundError):
    """A file that holds no sound that can be used."""

    def __init__(self, name: str, rule: str, reason: str) -> None:
        super().__init__(f"{name} {reason}" if name else f"The sound {reason}")
        self.rule = rule
        """What is wrong, as the id of a problem."""
        self.reason = reason
        """The sentence without its subject."""


def decode(
    source: Path | bytes, *, timeout_s: float = 10.0, longest_ms: int | None = None
) -> bytes:
    """Return a sound as 48 kHz, 16 bit, stereo PCM; mono comes out of both sides at full level.

    Runs an event loop of its own: call it in a worker thread, or where there is no window. Needs a
    QCoreApplication that stays until it is through. DecodingError says why there is no sound, also where it is longer than
    `longest_ms` or takes longer than `timeout_s` to decode.
    """
    return _decode(source, timeout_s, longest_ms).at(RATE).stereo()


def decode_mono24(
    source: Path | bytes, *, timeout_s: float = 10.0, longest_ms: int | None = None
) -> bytes:
    """Return a sound as 24 kHz, 16 bit, mono PCM, and else do as `decode` does.

    It has exactly as many samples as the sound lasts: one for two of a 48 kHz sound.
    """
    return _decode(source, timeout_s, longest_ms).mono().at(SPEECH_RATE).pcm


@dataclass(frozen=True, slots=True)
class _Sound:
    """Interleaved 16 bit PCM with one or two channels, at the rate it was made with."""

    pcm: bytes
    channels: int
    rate: int
    deadline: float
    name: str

    @property
    def frames(self) -> int:
        return len(self.pcm) // (SAMPLE_BYTES * self.channels)

    def stereo(self) -> bytes:
        if self.channels == CHANNELS:
            return self.pcm
        return audioop.tostereo(self.pcm, SAMPLE_BYTES, 1, 1)

    def mono(self) -> "_Sound":
        if self.channels == 1:
            return self
        pcm = audioop.tomono(self.pcm, SAMPLE_BYTES, 0.5, 0.5)
        return _Sound(pcm, 1, self.rate, self.deadline, self.name)

    def at(self, rate: int) -> "_Sound":
        """Return the same at another rate, to the frame as long."""
        if rate == self.rate:
            return self
        count = (self.frames * rate + self.rate // 2) // self.rate
        padding = _TAIL + -(self.frames + _TAIL) % _BLOCK
        padded = self.pcm + bytes(padding * SAMPLE_BYTES * self.channels)
        pcm, _ = _run(
            _wav(padded, self.channels, self.rate),
            _format(rate, self.channels),
            self.deadline,
            self.name,
        )
        pcm = pcm[: count * SAMPLE_BYTES * self.channels]
        return _Sound(pcm, self.channels, rate, self.deadline, self.name)


def _decode(source: Path | bytes, timeout_s: float, longest_ms: int | None) -> _Sound:
    deadline = time.monotonic() + timeout_s
    name = "" if isinstance(source, bytes) else source.name
    sound = _from_wav(_opened(source, name), name, deadline, longest_ms)
    if sound is None:
        # What is asked for must be what is there but for the sample's form: where Qt resamples, it
        # loses the end, and it mixes mono into stereo at 0.7 of the level.
        _, found = _run(source, None, deadline, name)
        wanted = _format(found.sampleRate(), min(found.channelCount(), CHANNELS))
        pcm, _ = _run(source, wanted, deadline, name, longest_ms)
        sound = _Sound(pcm, wanted.channelCount(), wanted.sampleRate(), deadline, name)
    if not sound.frames:
        raise DecodingError(name, "empty", "has no sound in it")
    return sound


def _opened(source: Path | bytes, name: str) -> bytes:
    """Return the content where it may be a WAV file, else its beginning."""
    if isinstance(source, bytes):
        size, content = len(source), source
    else:
        try:
            status = source.stat()
            # Opening a pipe would wait for a writer.
            if not stat.S_ISREG(status.st_mode):
                raise DecodingError(name, "not-a-file", "is no file")
            size = status.st_size
            with source.open("rb") as file:
                content = file.read(len(_WAV))
                if content == _WAV and size <= MOST_BYTES:
                    content += file.read()
        except OSError as error:
            reason = f"cannot be read: {error.strerror or error}"
            raise DecodingError(name, "cannot-read", reason) from error
    if not size:
        raise DecodingError(name, "empty", "is empty")
    if size > MOST_BYTES:
        raise DecodingError(name, "too-large", f"is larger than {MOST_BYTES >> 20} MiB")
    return content


def _from_wav(data: bytes, name: str, deadline: float, longest_ms: int | None) -> _Sound | None:
    """Read what most files of short sounds are without a decoder; None for all else."""
    if not data.startswith(_WAV):
        return None
    try:
        with wave.open(io.BytesIO(data)) as file:
            channels, width, rate = file.getparams()[:3]
            most = file.getnframes() if longest_ms is None else longest_ms * rate // 1000 + 1
            pcm = file.readframes(min(most, file.getnframes()))
    except (wave.Error, EOFError):
        return None
    if channels > CHANNELS or rate <= 0:
        return None
    pcm = pcm[: len(pcm) // (width * channels) * width * channels]
    if width == 1:  # the only one without a sign
        pcm = audioop.bias(pcm, 1, 128)
    if width != SAMPLE_BYTES:
        pcm = audioop.lin2lin(pcm, width, SAMPLE_BYTES)
    sound = _Sound(pcm, channels, rate, deadline, name)
    _check_length(sound.frames, rate, name, longest_ms)
    return sound


def _wav(pcm: bytes, channels: int, rate: int) -> bytes:
    """Return a WAV file in memory; with 32 bits, as FFmpeg searches 16 bits for hidden formats."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(4)
        file.setframerate(rate)
        file.writeframes(audioop.lin2lin(pcm, SAMPLE_BYTES, 4))
    return made.getvalue()


def _check_length(frames: int, rate: int, name: str, longest_ms: int | None) -> None:
    if longest_ms is not None and frames * 1000 > longest_ms * rate:
        reason = f"is longer than {longest_ms / 1000:g} s"
        raise DecodingError(name, "too-long", reason)


def _format(rate: int, channels: int) -> "QAudioFormat":
    from PySide6.QtMultimedia import QAudioFormat  # noqa: PLC0415  (loads much)

    wanted = QAudioFormat()
    wanted.setSampleRate(rate)
    wanted.setChannelCount(channels)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


def _run(
    source: Path | bytes,
    wanted: "QAudioFormat | None",
    deadline: float,
    name: str,
    longest_ms: int | None = None,
) -> "tuple[bytes, QAudioFormat]":
    """Return what Qt's decoder makes of a file and its format; without `wanted` the format only."""
    run = _Run(source, wanted, name, longest_ms)
    return run.result(deadline)


class _Run(QObject):
    """One file on its way through a QAudioDecoder, in the thread that makes it."""

    def __init__(
        self,
        source: Path | bytes,
        wanted: "QAudioFormat | None",
        name: str,
        longest_ms: int | None,
    ) -> None:
        _hush_qt()
        from PySide6.QtMultimedia import QAudioDecoder  # noqa: PLC0415  (loads much)

        super().__init__()
        self._name = name
        self._longest_ms = longest_ms
        self._wanted = wanted
        self._found: QAudioFormat | None = None
        self._pcm = bytearray()
        self._error: DecodingError | None = None
        self._over = False
        # The loop first: it gives a thread that Qt did not start what timers need. Nothing here is
        # another one's child: such a ring would be taken apart some time in some other thread.
        self._loop = QEventLoop()
        self._limit = QTimer()
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._time_out)
        self._decoder = QAudioDecoder()
        _hush_ffmpeg()
        if wanted is not None:
            self._decoder.setAudioFormat(wanted)
        self._decoder.bufferReady.connect(self._take)
        self._decoder.finished.connect(self._end)
        self._decoder.error.connect(self._fail)
        self._buffer = QBuffer()
        if isinstance(source, bytes):
            self._buffer.setData(QByteArray(source))
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._decoder.setSourceDevice(self._buffer)
        else:
            # Not through the buffer: Qt leaks 32 KiB for every device that it reads from.
            self._decoder.setSource(QUrl.fromLocalFile(str(source.absolute())))

    def result(self, deadline: float) -> "tuple[bytes, QAudioFormat]":
        self._limit.start(max(0, round((deadline - time.monotonic()) * 1000)))
        self._decoder.start()
        if not self._over:  # a file that cannot be opened is known at once
            self._loop.exec()
        self._limit.stop()
        self._decoder.stop()
        if self._error is not None:
            raise self._error
        if self._found is None:
            raise DecodingError(self._name, "empty", "has no sound in it")
        return bytes(self._pcm), self._found

    @Slot()
    def _take(self) -> None:
        if self._over:
            return
        buffer = self._decoder.read()
        if not buffer.isValid():
            # Qt made nothing of a piece, and will not go on.
            self._give_up("damaged", "cannot be decoded")
            return
        self._found = buffer.format()
        if self._wanted is None:
            self._end()
            return
        self._pcm += bytes(buffer.constData())
        try:
            frames = len(self._pcm) // (SAMPLE_BYTES * self._wanted.channelCount())
            _check_length(frames, self._wanted.sampleRate(), self._name, self._longest_ms)
        except DecodingError as error:
            self._error = error
            self._end()

    @Slot()
    def _fail(self) -> None:
        if self._found is None:
            self._give_up("not-sound", f"is no sound that can be read; {_SUFFIXES} files can")
        else:
            self._give_up("damaged", "is damaged and cannot be decoded")

    @Slot()
    def _time_out(self) -> None:
        self._give_up("too-slow", "took too long to decode")

    def _give_up(self, rule: str, reason: str) -> None:
        self._error = self._error or DecodingError(self._name, rule, reason)
        self._end()

    @Slot()
    def _end(self) -> None:
        self._over = True
        self._loop.quit()


@cache
def _hush_qt() -> None:
    """Keep what Qt says of its libraries, and of files that we name ourselves, out of the log."""
    QLoggingCategory.setFilterRules(
        "qt.multimedia.symbolsresolver=false\nqt.multimedia.ffmpeg*=false"
    )


@cache
def _hush_ffmpeg() -> None:
    """Keep FFmpeg's remarks about every file off the terminal; Qt has no switch for them."""
    package = Path(PySide6.__file__).parent
    # Only the library that is in use already: the packages hold it under several names.
    mode = getattr(os, "RTLD_NOLOAD", 0) | getattr(os, "RTLD_NOW", 0)
    for library in (*package.glob("avutil-*.dll"), *(package / "Qt/lib").glob("libavutil.*")):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(str(library), mode=mode).av_log_set_level(_QUIET)
