"""Memory that rendering a 60-minute soundtrack takes, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from budget import Row, Sample, amount, finish

RUNS = 3
# A metronome through half of it and a tempo through the rest: far more cues than any real routine.
RENDER = """
import resource, sys, time
from pathlib import Path
from app.domain.cues import plan
from app.domain.expand import expand
from app.domain.choices import Choices
from app.sound.earcons import Earcons
from app.sound.soundtrack import render
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader

TEXT = '''
schema = 1
name = "An hour"
[[blocks]]
name = "On foot"
steps = [
  { name = "Walk", seconds = 1800, cadence = [100, 130], changeover = 0 },
]
[[blocks]]
name = "Strength"
rounds = 15
steps = [
  { name = "Bridge", reps = 30, tempo = [1, 1, 1, 1], side = "left", changeover = 0 },
]
'''

def used_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

read = RoutineReader({}).parse(TEXT, file="hour.toml", routine_id="hour")
assert read.routine is not None, read.problems
before = used_mb()
began = time.perf_counter()
timeline = expand(read.routine, {}, Choices())
cues = plan(timeline)
frames = render(cues, Path(sys.argv[1]), Earcons(bundled("sounds")))
took = time.perf_counter() - began
assert frames >= 3_600 * 48_000, frames
print(used_mb() - before, took, len(cues), frames * 4 / 2**20)
"""


def measure() -> list[Row]:
    results = [_render() for _ in range(RUNS)]
    memory, took, cues, size = zip(*results, strict=True)
    return [
        amount(
            "more memory for rendering 60 minutes",
            Sample(values=memory, unit="MB", digits=1),
            60,
            floor=Sample(values=size, unit="MB of PCM"),
        ),
        amount(
            f"time for rendering them, {cues[0]:.0f} cues",
            Sample(values=[seconds * 1000 for seconds in took]),
        ),
    ]


def _render() -> tuple[float, ...]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", RENDER, str(Path(folder, "track.pcm"))]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return tuple(float(word) for word in output.split())


if __name__ == "__main__":
    finish(measure())
