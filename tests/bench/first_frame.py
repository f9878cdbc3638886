"""From Start to the first frame in the device's queue, for a routine of six hours."""

from __future__ import annotations

import subprocess
import sys
import tempfile

from budget import Row, Sample, amount, finish
from stage import ROOT, Stage

RUNS = 5
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
from app.domain.timeline import Choices
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
    long = [result for result, _ in pairs]
    short = [result for _, result in pairs]
    _, hours, cues = long[0]
    return [
        amount(
            f"Start to the first queued frame, {hours:.1f} hours with {cues:.0f} cues",
            Sample(values=[took for took, _, _ in long]),
            250,
            floor=Sample(values=[took for took, _, _ in short], unit="ms for 40 s"),
        )
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


if __name__ == "__main__":
    finish(measure())
