"""From a command to the session's sound until it is heard, beside a bare QAudioSink."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

from budget import Row, Sample, amount, finish
from sound_run import SOUNDS, Run, recorded
from stage import Stage

RUNS = 5
FLOOR = Path(__file__).parent / "floor_sound.py"
TICKS = [[500 * place, "count", 3] for place in range(60)]
OPENED_MS = 700
"""Silence of 300 ms among it, with which a stream opens."""
BUDGETS = {
    "play, from nothing": OPENED_MS,
    "play, where it is silent": None,
    "pause, in a tone": None,
    "play after a pause": None,
    "replace": None,
    "until the longest command returned": 20,
    "until a lost device was noticed": 500,
}


def measure() -> list[Row]:
    took: dict[str, list[float]] = defaultdict(list)
    floor = []
    with Stage() as stage:
        for number in range(RUNS):
            floor.append(_floor(stage))
            for what, ms in _commands(stage, stage.folder / f"takes-{number}").items():
                took[what].append(ms)
            took["until a lost device was noticed"].append(_lost(stage))
    return [
        amount(f"sound, {what}", Sample(values=took[what]), limit, floor=Sample(values=floor))
        for what, limit in BUDGETS.items()
    ]


def _commands(stage: Stage, takes: Path) -> dict[str, float]:
    with recorded(stage, stage.folder / "commands.raw") as recording, Run(stage, takes) as run:
        run.do("prepare")
        time.sleep(0.5)
        play = run.do("play", TICKS, {"from_ms": 0})
        run.wait_until_ms(play["now_ms"] + 1_300)
        skip = run.do("play", [[5_000, "start"], [6_000, "breath-in"]], {"from_ms": 5_000})
        run.wait_until_ms(skip["now_ms"] + 1_700)
        pause = run.do("pause")
        time.sleep(1.0)
        lead_in = {"from_ms": 9_000, "lead_in": [[0, "half"]], "lead_in_ms": 1_000}
        resume = run.do("play", [[9_000, "routine-done"]], lead_in)
        run.wait_until_ms(resume["now_ms"] + 1_300)
        new = [[9_000, "routine-done"], *[[9_000 + 50 * n, "count", 1] for n in range(100)]]
        replace = run.do("replace", new)
        time.sleep(1.5)
    longest = max(event["took_ms"] for event in run.events if event["name"] == "done")

    def until(name: str, event: dict[str, float]) -> float:
        onsets = recording.onsets(name)
        return (next(at for at in onsets if at > event["mono_s"]) - event["mono_s"]) * 1000

    return {
        "play, from nothing": until("count-3.wav", play),
        "play, where it is silent": until("start.wav", skip),
        "pause, in a tone": recording.sounding_s(pause["mono_s"], resume["mono_s"]) * 1000,
        "play after a pause": until("half.wav", resume),
        "replace": until("count-1.wav", replace),
        "until the longest command returned": longest,
    }


def _lost(stage: Stage) -> float:
    with Run(stage, stage.folder / "lost") as run:
        play = run.do("play", TICKS, {"from_ms": 0})
        run.wait_until_ms(play["now_ms"] + 500)
        stage.sound.unplug()
        gone_s = time.monotonic()
        lost = run.wait_for("silent")
    stage.sound.plug_in()
    return (lost["mono_s"] - gone_s) * 1000


def _floor(stage: Stage) -> float:
    with recorded(stage, stage.folder / "floor.raw") as recording:
        began = subprocess.run(
            [sys.executable, str(FLOOR), str(SOUNDS / "count-3.wav")],
            env=stage.env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
    return (recording.onsets("count-3.wav")[0] - float(began)) * 1000


if __name__ == "__main__":
    finish(measure())
