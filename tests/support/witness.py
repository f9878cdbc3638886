"""A process that tells when the machine stood still, as a shared one does now and then.

It has a thread for each core that does nothing but sleep; a stall is a time in which such a thread
was not run. It knows nothing of the app: what that or its sound server loses by itself is none.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import processes

HEARD = ("test_heard_cues.py", "test_heard_voice.py", "test_power_cut.py", "test_sound_output.py")
"""The files of the tests that compare what is heard, in real time, to the sample."""
LOOK_S = 0.01
STALL_S = 0.06
"""Longer than busy programs keep a core from a thread that sleeps, on a machine that runs."""


class Witness:
    """The process, from the first question on; it ends with this one."""

    def __init__(self) -> None:
        self._told = tempfile.TemporaryFile()  # noqa: SIM115  (as long as the process writes)
        self._process = processes.start(
            [sys.executable, __file__],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
            output=self._told,
        )

    def stalls_ms(self, since_s: float) -> list[int]:
        """Return how long each stall was that ended after a moment of the monotonic clock."""
        if self._process.poll() is not None:
            raise AssertionError(f"the witness ended with {self._process.returncode}")
        text = os.pread(self._told.fileno(), 1 << 24, 0).decode()
        stalls = [tuple(map(float, line.split())) for line in text.splitlines()]
        return [round((end - begin) * 1000) for begin, end in stalls if end > since_s]

    def end(self) -> None:
        processes.end(self._process)
        self._told.close()


def _watch(core: int) -> None:
    os.sched_setaffinity(threading.get_native_id(), {core})
    last_s = time.monotonic()
    while True:
        time.sleep(LOOK_S)
        now_s = time.monotonic()
        if now_s - last_s > STALL_S:
            os.write(1, f"{last_s:.3f} {now_s:.3f}\n".encode())
        last_s = now_s


if __name__ == "__main__":
    for one in os.sched_getaffinity(0):
        threading.Thread(target=_watch, args=[one]).start()
