"""Qt's connection to the sound server, kept from ending the process when the server dies."""

import os
import socket
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QThread, QTimer, Signal

from app.sound.pcm import CHANNELS, RATE

_RECONNECT_MS = 3_500
"""Qt connects anew 3 s after it has let go of a connection that failed."""
_ANSWER_S = 5.0


class ServerConnection(QThread):
    """The thread that Qt's connections to PulseAudio belong to; it runs no event loop.

    Qt connects when it is first asked for a device, and where no server is there, never again. When
    the server dies, Qt drops its connection in an event of the thread that made it, and tries once
    to connect anew; opening a stream in between, or after that one try failed, aborts the process.
    So nothing is asked before a server is there, and that event is held back until one is again.
    Elsewhere than on Linux nothing of this is needed.
    """

    connected_anew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sound server")
        self._asked = threading.Event()
        self._answered = threading.Event()
        self._ending = False
        self._has_devices = False
        self._has_streams = False
        self._failed = False
        self._usable = True

    def connect_now(self) -> bool:
        """Have Qt connected, waiting for it; False where that is not possible now.

        Called from the thread that opens streams.
        """
        if self._asked.is_set() or not self._usable:
            return False
        if not self._has_devices and not _server_is_there():
            return False
        if not self._has_streams:
            self._answered.clear()
            self._asked.set()
            return self._answered.wait(_ANSWER_S) and self._has_devices
        return True

    def note_failure(self) -> None:
        """Connect anew in the background, if the server can be reached: it died."""
        if sys.platform == "linux" and self._usable and _server_is_there():
            self._failed = True
            self._asked.set()

    def end(self) -> None:
        self._ending = True
        self._asked.set()

    def run(self) -> None:
        """Do what was asked, one after the other."""
        while self._asked.wait() and not self._ending:
            if self._failed:
                self._failed = False
                self._connect_anew()
            else:
                self._connect()
            self._asked.clear()
            self._answered.set()

    def _connect(self) -> None:
        """Have Qt make its connections here: the one for devices, and the one for streams."""
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices  # noqa: PLC0415

        device = QMediaDevices.defaultAudioOutput()
        self._has_devices = True
        if device.isNull():
            return
        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(CHANNELS)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        sink = QAudioSink(device, form)
        nothing = QBuffer()
        nothing.open(QIODevice.OpenModeFlag.ReadOnly)
        sink.start(nothing)
        sink.reset()
        self._has_streams = True

    def _connect_anew(self) -> None:
        """Let Qt's events happen here for as long as it takes to let go and connect anew."""
        QTimer.singleShot(_RECONNECT_MS, self.quit)
        self.exec()
        # Where it is gone again, Qt may have given up, and nothing tells.
        self._usable = _server_is_there()
        self.connected_anew.emit()


def _server_is_there() -> bool:
    """Whether a sound server accepts connections; True where it is not known where it listens."""
    if sys.platform != "linux":
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    place = os.environ.get("PULSE_SERVER", "")
    if place and not place.startswith(("unix:", "/")):
        return True
    folder = os.environ.get("PULSE_RUNTIME_PATH") or f"{runtime}/pulse"
    return _accepts(place.removeprefix("unix:") or f"{folder}/native") or _accepts(
        str(Path(runtime) / (os.environ.get("PIPEWIRE_REMOTE") or "pipewire-0"))
    )


def _accepts(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        try:
            probe.connect(path)
        except OSError:
            return False
    return True
