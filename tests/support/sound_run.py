"""Runs `sound_program` on the stage, tells it what to do, and hears what comes of it."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from heard import RATE, read_recording
from stage import ROOT, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from stage import Stage

PROGRAM = Path(__file__).parent / "sound_program.py"
SOUNDS = ROOT / "resources/sounds"
# A null sink that was idle plays silence ahead, for up to this long, before it turns to a stream.
IDLE_S = 2.1
FIT = 0.5
SILENT = 0.001
PATIENCE_S = 40.0


class Recording:
    """What the device played; `times` says when each frame was posted, on the monotonic clock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._origins: list[float] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        self.samples = np.zeros((0, 2), np.float32)

    def _watch(self) -> None:
        while not self._done.wait(0.003):
            with contextlib.suppress(OSError):
                frames = self._path.stat().st_size // 4
                self._origins.append(time.monotonic() - frames / RATE)

    def finish(self) -> None:
        self._done.set()
        self._thread.join()
        self.samples = read_recording(self._path)
        # Whatever delays the look at the file makes the origin seem later than it is.
        self._origin = float(np.percentile(self._origins[len(self._origins) // 4 :], 1))

    def time_of(self, frame: float) -> float:
        return self._origin + frame / RATE

    def frame_at(self, mono_s: float) -> int:
        return round((mono_s - self._origin) * RATE)

    def level(self, begin_s: float, end_s: float) -> float:
        """Return the loudest sample between two times, from 0 to 1."""
        part = self.samples[self.frame_at(begin_s) : self.frame_at(end_s)]
        return float(np.abs(part).max()) if part.size else 0.0

    def sounding_s(self, begin_s: float, end_s: float) -> float:
        """Return how long it is from the first to the last sample between two times that sounds."""
        part = self.samples[self.frame_at(begin_s) : self.frame_at(end_s)]
        loud = np.flatnonzero(np.abs(part).max(axis=1) > SILENT)
        return float(loud[-1] - loud[0]) / RATE if loud.size else 0.0

    def onsets(self, name: str) -> list[float]:
        """Return when a tone began, each time, on the monotonic clock."""
        sound = tone(name).mean(axis=1)
        heard = self.samples.mean(axis=1)
        size = 1 << (len(heard) + len(sound)).bit_length()
        fit = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sound, size)), size)
        fit = fit[: len(heard)] / (sound**2).sum()
        places = np.flatnonzero(fit > FIT)
        groups = np.split(places, np.flatnonzero(np.diff(places) > RATE // 50) + 1)
        return [self.time_of(group[np.argmax(fit[group])]) for group in groups if group.size]


class Run:
    """The program as it runs; a context manager that ends it."""

    def __init__(self, stage: Stage, folder: Path, *options: str) -> None:
        self.folder = folder
        self.events: list[dict[str, Any]] = []
        self._log = (stage.folder / "sound.log").open("wb+")
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(folder), *options],
            env={**stage.env, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        wait_until(lambda: self.events, within_s=PATIENCE_S, what="the sound program")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(PATIENCE_S)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._log.seek(0)
        self.errors = self._log.read().decode()
        self._log.close()

    def _read(self) -> None:
        if self.process.stdout is not None:
            for line in self.process.stdout:
                self.events.append(json.loads(line))

    def do(self, *command: Any) -> dict[str, Any]:  # noqa: ANN401  (what JSON can say)
        """Have it do something; return the event of having begun to."""
        before = len(self.events)
        if self.process.stdin is None:
            raise AssertionError("the program has no input")
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        return self.wait_for(command[0], since=before)

    def wait_for(self, name: str, *, since: int = 0) -> dict[str, Any]:
        """Return the first event of that name from event number `since` on."""

        return self._first(lambda event: event["name"] == name, since, f"{name!r}")

    def wait_until_ms(self, at_ms: float) -> dict[str, Any]:
        """Return the first event from now on at which the session clock shows so much."""
        since = len(self.events)
        return self._first(lambda event: event["now_ms"] >= at_ms, since, f"{at_ms:g} ms")

    def _first(
        self, is_it: Callable[[dict[str, Any]], bool], since: int, what: str
    ) -> dict[str, Any]:
        def found() -> dict[str, Any] | None:
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode}")
            return next((event for event in self.events[since:] if is_it(event)), None)

        return wait_until(found, within_s=PATIENCE_S, what=what)

    def times(self) -> np.ndarray:
        """Return every (monotonic s, session ms) that was shown."""
        return np.array([(event["mono_s"], event["now_ms"]) for event in self.events])


@contextlib.contextmanager
def recorded(stage: Stage, path: Path) -> Iterator[Recording]:
    """Record the device from before anything plays; the recording is finished at the end."""
    with stage.sound.record(path):
        recording = Recording(path)
        time.sleep(IDLE_S)
        yield recording
        time.sleep(0.2)
    recording.finish()


def tone(name: str) -> np.ndarray:
    """Return a shipped tone as frames x 2, from -1 to 1."""
    with wave.open(str(SOUNDS / name)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return samples.reshape(-1, 2) / np.float32(32_768)
