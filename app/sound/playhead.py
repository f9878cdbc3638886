"""Knows which frame of which stream is heard, from any thread."""

import threading
import time

from app.sound.device_clock import HeardFrames
from app.sound.output import LATENCY_MS, Output, Reading


class Playhead:
    """Watches how far the output is, and tells what is heard between two looks."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._lock = threading.Lock()
        self._heard = HeardFrames(LATENCY_MS)
        self._stream = 0

    @property
    def stream(self) -> int:
        """The stream that was seen last; 0 before the first."""
        return self._stream

    @property
    def runs(self) -> bool:
        """Whether the device consumes that stream."""
        return self._heard.started

    def look(self) -> Reading | None:
        """Return how far the output is now; None while it is being switched, or closed."""
        with self._lock:
            reading = self._output.read()
            if reading is not None and not reading.failed:
                if reading.stream != self._stream:
                    self._heard, self._stream = HeardFrames(LATENCY_MS), reading.stream
                self._heard.sample(time.monotonic(), reading.taken)
            return reading

    def heard(self, stream: int) -> float | None:
        """Return how many frames of a stream have been heard by now; None where none are known."""
        self.look()
        with self._lock:
            return self._heard.at(time.monotonic()) if stream == self._stream else None
