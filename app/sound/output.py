"""The sound device: one QAudioSink in a thread of its own that reads a take without Python."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QFile,
    QIODevice,
    QLoggingCategory,
    QObject,
    Qt,
    QThread,
    Signal,
    Slot,
)

from app.sound.pcm import CHANNELS, FRAME_BYTES, RATE, frames
from app.sound.server import ServerConnection

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink, QMediaDevices

SERVER_MS = 120
"""What the sound server holds, at the most. Qt asks for 16 ms, which a busy machine misses."""
LATENCY_MS = 88 if os.name == "posix" and os.uname().sysname == "Linux" else 25
"""How long after the device took a frame it is heard, its buffer being full; as measured."""
BUFFER = frames(100)
"""What the sink reads ahead: enough for its thread to be late by, and little enough that a fade
written behind it is soon heard."""
_CLOSE_MS = 2_000


@dataclass(frozen=True, slots=True)
class Stream:
    """One opening of the device: what to play, and at what amplitude."""

    number: int
    take: Path | bytes
    amplitude: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the device is with a stream."""

    stream: int
    taken: int
    """Frames that the device took."""
    read: int
    """The frame of the take up to which the sink has read."""
    failed: bool


class Output(QObject):
    """Opens, switches and closes the stream from any thread.

    Commands run one after the other in the sink's thread. That thread runs no Python between them:
    one that waits for the interpreter would let the device run dry.
    """

    devices_changed = Signal()

    _wanted = Signal(object)
    _unwanted = Signal()
    _end = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._thread = QThread()
        self._thread.setObjectName("sound")
        self._server = ServerConnection()
        self._sink: QAudioSink | None = None
        self._file: QIODevice | None = None
        self._bytes = QByteArray()
        self._devices: QMediaDevices | None = None
        self._device_id: bytes | None = None
        self._stream: Stream | None = None
        self._failed = False
        self._wanted.connect(self._open, Qt.ConnectionType.QueuedConnection)
        self._unwanted.connect(self._close, Qt.ConnectionType.QueuedConnection)
        self._end.connect(self._leave, Qt.ConnectionType.QueuedConnection)
        self._server.connected_anew.connect(self.devices_changed)
        self.moveToThread(self._thread)

    def start(self) -> None:
        """Start the thread; the first stream takes a while to open without it."""
        # Read when a stream is opened. A user's own value stands.
        os.environ.setdefault("PULSE_LATENCY_MSEC", str(SERVER_MS))
        # Which media libraries there are is of no interest to who reads the log.
        QLoggingCategory.setFilterRules(
            "qt.multimedia.symbolsresolver=false\nqt.multimedia.ffmpeg*=false"
        )
        self._server.start()
        self._thread.start(QThread.Priority.TimeCriticalPriority)

    def open(self, stream: Stream) -> None:
        """Stop what plays and play this, in the sink's thread, soon."""
        self._wanted.emit(stream)

    def close(self) -> None:
        """Stop what plays, in the sink's thread, soon."""
        self._unwanted.emit()

    def end(self) -> None:
        """Close the stream and end the thread. Nothing may be asked of it afterwards."""
        if self._thread.isRunning():
            self._end.emit()
            self._server.end()
            if not (self._thread.wait(_CLOSE_MS) and self._server.wait(_CLOSE_MS)):
                # A sound server that hangs holds them; a running QThread must not be destroyed.
                _hanging.append(self)

    def read(self) -> Reading | None:
        """Return how far the device is; None while it is being switched, or closed."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            stream, sink, file = self._stream, self._sink, self._file
            if stream is None:
                return None
            if self._failed or sink is None or file is None or _error(sink) != "NoError":
                return Reading(stream.number, 0, 0, failed=True)
            taken = sink.processedUSecs() * RATE // 1_000_000
            return Reading(stream.number, taken, file.pos() // FRAME_BYTES, failed=False)
        finally:
            self._lock.release()

    def set_amplitude(self, amplitude: float) -> bool:
        """Set how loud the running stream is; False when it is being switched: try again."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if self._sink is not None:
                self._sink.setVolume(amplitude)
            return True
        finally:
            self._lock.release()

    def default_device(self) -> tuple[str, str]:
        """Return the id and the name of the device that sound goes to; empty while none is known.

        Nothing is asked before the sink's thread has a connection: see `server`.
        """
        if self._devices is None:
            return "", ""
        from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415

        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return "", ""
        return bytes(device.id().data()).decode("utf-8", "replace"), device.description()

    def is_on_default_device(self) -> bool:
        """Whether the running stream plays where the system now wants sound to be."""
        from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415

        return bytes(QMediaDevices.defaultAudioOutput().id().data()) == self._device_id

    @Slot()
    def prepare(self) -> bool:
        """Load what a stream needs; False where there is no sound. Runs in the sink's thread."""
        if not self._server.connect_now():
            return False
        if self._devices is None:
            from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415

            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self.devices_changed)
            self.devices_changed.emit()
        return True

    @Slot(object)
    def _open(self, stream: Stream) -> None:
        is_ready = self.prepare()
        with self._lock:
            self._halt()
            self._stream = stream
            self._failed = not (is_ready and self._start(stream))

    @Slot()
    def _close(self) -> None:
        with self._lock:
            self._halt()
            self._stream = None

    @Slot()
    def _leave(self) -> None:
        with self._lock:
            self._halt()
            self._stream = None
            self._drop_sink()
            if self._devices is not None:
                self._devices.deleteLater()
                self._devices = None
        self._thread.quit()

    def _start(self, stream: Stream) -> bool:
        from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415

        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return False
        device_id = bytes(device.id().data())
        if self._sink is None or device_id != self._device_id:
            self._drop_sink()
            self._sink, self._device_id = self._new_sink(), device_id
        file = self._source(stream.take)
        if not file.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered):
            return False
        self._file = file
        self._sink.setVolume(stream.amplitude)
        self._sink.start(file)
        if _error(self._sink) == "FatalError":
            self._server.note_failure()
        return _error(self._sink) == "NoError"

    def _source(self, take: Path | bytes) -> QIODevice:
        if isinstance(take, Path):
            return QFile(str(take), self)
        self._bytes = QByteArray(take)
        return QBuffer(self._bytes, self)

    def _new_sink(self) -> "QAudioSink":
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices  # noqa: PLC0415

        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(CHANNELS)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        sink = QAudioSink(QMediaDevices.defaultAudioOutput(), form, self)
        sink.setBufferSize(BUFFER * FRAME_BYTES)
        return sink

    def _halt(self) -> None:
        if self._sink is not None:
            # Not stop(): that lets the device play what it holds.
            self._sink.reset()
        if self._file is not None:
            self._file.close()
            self._file.deleteLater()
            self._file = None

    def _drop_sink(self) -> None:
        if self._sink is not None:
            self._sink.deleteLater()
            self._sink = None


def _error(sink: "QAudioSink") -> str:
    """Return the error's name: Qt moved the enumeration from one class to another."""
    return sink.error().name


_hanging: list[Output] = []
