"""Speaks with one engine in a process of its own: starts it, times it, kills it when it hangs."""

import base64
import binascii
import json
import logging
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from app.sound.voice.engines import NO_WINDOW, Engine
from app.sound.voice.mastering import RATE
from app.sound.voice.spoken import SAMPLE_BYTES, Spoken

_LONGEST_BYTES = 120 * RATE * SAMPLE_BYTES
"""No sentence takes two minutes."""
_LONGEST_LINE = 2 * _LONGEST_BYTES
_UNREAD_LINES = 8
_SLICE_S = 0.25
"""While this process is stopped, time is not charged to the engine."""
_REAP_S = 1.0
_RESTARTS = 1
_PACKAGE_ROOT = Path(__file__).parents[3]

_log = logging.getLogger(__name__)


class Fault(StrEnum):
    HUNG = "hung"
    CRASHED = "crashed"
    NONSENSE = "nonsense"
    """It answered, but not with a sound."""
    MISSING = "missing"
    """It could not be started."""
    CLOSED = "closed"
    """It was ended by `close`: not its fault."""


class EngineFailedError(Exception):
    """The engine cannot be used any more."""

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault


class EngineProcess:
    """One engine. `render` and `rest` are for one thread, the rest for any.

    The process runs only while it is needed.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = threading.Lock()
        self._worker: _Worker | None = None
        self._closed = False
        self._restarts = _RESTARTS
        self._number = 0

    @property
    def runs(self) -> bool:
        return self._worker is not None

    @property
    def is_closed(self) -> bool:
        return self._closed

    def render(self, text: str) -> Spoken | None:
        """Return a sentence; None where the engine has nothing to say for it.

        An engine that ends is started once more in its life. EngineFailedError: it hangs, ended
        again, or cannot be started.
        """
        while True:
            try:
                return self._ask(text)
            except EngineFailedError as failure:
                _log.info("The voice %s: %s", self.engine.id, failure)
                self.rest()
                if self._closed:
                    raise EngineFailedError(Fault.CLOSED, "closed") from failure
                again = failure.fault in {Fault.CRASHED, Fault.NONSENSE} and self._restarts
                if not again:
                    raise
                self._restarts -= 1

    def rest(self) -> None:
        """End the process until the next sentence."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()

    def abort(self) -> None:
        """End the process for good, also in mid-sentence, and do not wait for its end."""
        with self._lock:
            self._closed = True
            worker = self._worker
        if worker is not None:
            worker.kill(reap=False)

    def close(self) -> None:
        """End the process for good, also in mid-sentence, and wait for its end."""
        with self._lock:
            self._closed = True
        self.rest()

    def _ask(self, text: str) -> Spoken | None:
        worker = self._started()
        self._number += 1
        worker.send({"id": self._number, "text": text})
        reply = worker.reply(self.engine.sentence_s)
        if reply.get("id") != self._number:
            raise EngineFailedError(Fault.NONSENSE, "an answer to nothing that was asked")
        if "failed" in reply:
            raise EngineFailedError(Fault.CRASHED, str(reply["failed"]))
        if "silent" in reply:
            _log.info("The voice %s says nothing for %r", self.engine.id, text)
            return None
        return _spoken(reply)

    def _started(self) -> "_Worker":
        with self._lock:
            if self._worker is not None:
                return self._worker
            if self._closed:
                raise EngineFailedError(Fault.CLOSED, "closed")
            worker = self._worker = _Worker(self.engine)
        if worker.reply(self.engine.start_s) != {"ready": True}:
            raise EngineFailedError(Fault.NONSENSE, "no greeting")
        return worker


class _Worker:
    """The process, and the thread that reads what it says."""

    def __init__(self, engine: Engine) -> None:
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="warmdown-voice-"))
        except OSError as error:
            raise EngineFailedError(Fault.MISSING, str(error)) from error
        path = os.pathsep.join(filter(None, (str(_PACKAGE_ROOT), os.environ.get("PYTHONPATH"))))
        try:
            self._process = subprocess.Popen(  # noqa: S603  (one of our own commands)
                [*engine.command, str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,  # so that what it starts can be killed with it
                creationflags=NO_WINDOW,
            )
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise EngineFailedError(Fault.MISSING, str(error)) from error
        self._killed = threading.Lock()
        self._lines: queue.Queue[bytes] = queue.Queue(_UNREAD_LINES)
        self._reader = threading.Thread(target=self._read, name="voice reader", daemon=True)
        self._reader.start()

    def send(self, request: dict[str, object]) -> None:
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101  (asked for above)
        try:
            stdin.write(json.dumps(request).encode("ascii") + b"\n")
            stdin.flush()
        except (OSError, ValueError) as error:  # it has ended, or was killed
            raise EngineFailedError(Fault.CRASHED, "it does not listen") from error

    def reply(self, limit_s: float) -> dict[str, object]:
        line = self._line(limit_s)
        if not line:
            raise EngineFailedError(Fault.CRASHED, "it ended")
        try:
            reply = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise EngineFailedError(Fault.NONSENSE, "no JSON") from error
        if not isinstance(reply, dict):
            raise EngineFailedError(Fault.NONSENSE, "no answer")
        return reply

    def kill(self, *, reap: bool = True) -> None:
        """End the process and all that it started, and wait for its end. From any thread."""
        with self._killed:
            if self._process.returncode is None:
                _kill_tree(self._process)
            if not reap:
                return
            if self._process.returncode is None:
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(_REAP_S)
            with suppress(OSError):
                if self._process.stdin is not None:
                    self._process.stdin.close()
            self._reader.join(_REAP_S)
            shutil.rmtree(self._folder, ignore_errors=True)

    def _line(self, limit_s: float) -> bytes:
        left_s = limit_s
        while left_s > 0:
            began_s = time.monotonic()
            with suppress(queue.Empty):
                return self._lines.get(timeout=min(left_s, _SLICE_S))
            left_s -= min(time.monotonic() - began_s, 2 * _SLICE_S)
        raise EngineFailedError(Fault.HUNG, f"no answer within {limit_s:g} s")

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101  (asked for above)
        with stdout, suppress(OSError, queue.Full):
            while line := stdout.readline(_LONGEST_LINE):
                # Full: it talks without being asked, so there is no need to hear more.
                self._lines.put_nowait(line)
            self._lines.put_nowait(b"")


def _kill_tree(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        # Windows has no groups to kill; /T takes those along that it started.
        with suppress(OSError):
            subprocess.Popen(  # noqa: S603  (one of our own commands)
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607  (of Windows)
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=NO_WINDOW,
            )


def _spoken(reply: dict[str, object]) -> Spoken:
    pcm, onset = reply.get("pcm"), reply.get("onset")
    if isinstance(pcm, str) and isinstance(onset, int):
        with suppress(binascii.Error, ValueError):
            samples = base64.b64decode(pcm, validate=True)
            if len(samples) <= _LONGEST_BYTES:
                return Spoken(samples, onset)
    raise EngineFailedError(Fault.NONSENSE, "no PCM")
