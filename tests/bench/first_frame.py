"""From Start to the first frame in the device's queue: in the window, and for six hours."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time

import processes
from budget import Row, Sample, amount, finish
from programs import HOME, start
from stage import ROOT, Stage, wait_until

RUNS = 5
PATIENCE_S = 10.0
BUDGET_MS = 250
START_BUTTON = (250, 276)
"""Its middle on Home, in a window of 1280 x 800."""
# What Start does, from the file's text on: nothing of it is loaded or prepared before.
START = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader

SHORT = '''
schema = 1
name = "Short"
[[blocks]]
name = "Hold"
steps = [{ name = "Hold", seconds = 30, changeover = 0 }]
'''
LONG = '''
schema = 1
name = "Six hours"
[[blocks]]
name = "Strength"
rounds = 35
steps = [
  { name = "Bridge", reps = 150, tempo = [1, 1, 1, 1], changeover = 0 },
]
'''
text = LONG if sys.argv[2] == "long" else SHORT
app = QCoreApplication([])
began = time.perf_counter()

from app.domain.cues import plan
from app.domain.expand import expand
from app.domain.choices import Choices
from app.sound.earcons import Earcons
from app.sound.session_sound import QtSessionSound

read = RoutineReader({}).parse(text, file="r.toml", routine_id="r")
assert read.routine is not None, read.problems
timeline = expand(read.routine, {}, Choices())
cues = plan(timeline)
sound = QtSessionSound(Earcons(bundled("sounds")), Path(sys.argv[1]))
sound.play(cues, from_ms=0)

def look():
    reading = sound._output.read()
    if reading is None or reading.failed or not reading.read:
        return
    print((time.perf_counter() - began) * 1000, timeline.duration_ms / 3_600_000, len(cues))
    timer.stop()
    sound.close()
    app.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(1)
app.exec()
"""


def measure() -> list[Row]:
    with Stage() as stage:
        pairs = [(_start(stage, "long"), _start(stage, "short")) for _ in range(RUNS + 1)][1:]
        clicks = [_click(stage) for _ in range(RUNS + 1)][1:]
    long = [result for result, _ in pairs]
    short = [result for _, result in pairs]
    _, hours, cues = long[0]
    return [
        amount(
            f"Start to the first queued frame, {hours:.1f} hours with {cues:.0f} cues",
            Sample(values=[took for took, _, _ in long]),
            BUDGET_MS,
            floor=Sample(values=[took for took, _, _ in short], unit="ms for 40 s"),
        ),
        amount(
            "click on Start to the stream at the sound server", Sample(values=clicks), BUDGET_MS
        ),
    ]


def _start(stage: Stage, length: str) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as takes:
        output = subprocess.run(
            [sys.executable, "-c", START, takes, length],
            env=stage.env,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=60,
        ).stdout
    took, hours, cues = (float(word) for word in output.split())
    return took, hours, cues


def _click(stage: Stage) -> float:
    """Return how long after a click on Home's Start the sound server has the app's stream."""
    with start(stage, HOME):
        window = wait_until(stage.x.windows, within_s=30, what="Home")[0]
        stage.x.focus(window)
        time.sleep(2.0)
        listener = processes.start(
            ["pactl", "subscribe"], env=stage.env, output=stage.log, stdout=subprocess.PIPE
        )
        try:
            if listener.stdout is None:
                raise RuntimeError("pactl has no output")
            pointer = ["xdotool", "mousemove", *map(str, START_BUTTON)]
            subprocess.run(pointer, env=stage.env, check=True)
            time.sleep(0.5)
            began = time.perf_counter()
            button = processes.start(["xdotool", "click", "1"], env=stage.env, output=stage.log)
            # A start that fails must end the bench, not stall it.
            watch = threading.Timer(PATIENCE_S, listener.kill)
            watch.start()
            for line in listener.stdout:
                if b"'new' on sink-input" in line:
                    break
            else:
                raise RuntimeError(f"Start opened no stream within {PATIENCE_S:g} s")
            watch.cancel()
            took = time.perf_counter() - began
            processes.end(button)
        finally:
            processes.end(listener)
    return took * 1000


if __name__ == "__main__":
    finish(measure())
