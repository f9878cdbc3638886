"""From the start of the process to the Home page with its cards, beside a bare window."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import processes
from budget import Row, Sample, finish, ratio
from programs import FLOOR, HOME, start
from stage import Stage, wait_until

if TYPE_CHECKING:
    from programs import Program
    from x11 import Geometry

RUNS = 9
SETTLED_S = 2.5
SAME = 0.995
PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Picture:
    """What a program's window looks like once nothing changes any more."""

    geometry: Geometry
    pixels: np.ndarray

    @classmethod
    def of(cls, stage: Stage, geometry: Geometry) -> Picture:
        return cls(geometry, _look(stage, geometry))

    def is_there(self, stage: Stage) -> bool:
        now = _look(stage, self.geometry)
        return bool(np.mean(now == self.pixels) >= SAME)


def measure() -> list[Row]:
    """Run both programs in turn, so that what else the machine does falls on both."""
    samples: dict[tuple[str, str], list[float]] = defaultdict(list)
    with Stage() as stage:
        # The first runs fill the page cache and the bytecode caches, and show the final picture.
        pictures = {program: _final_picture(stage, program) for program in (FLOOR, HOME)}
        for _ in range(RUNS):
            for program, picture in pictures.items():
                for what, value in _run(stage, program, picture).items():
                    samples[program.name, what].append(value)
    return [
        ratio(
            f"start to the painted window, {what}",
            Sample(values=samples[HOME.name, what]),
            Sample(values=samples[FLOOR.name, what]),
            limit,
        )
        for what, limit in (("by the clock", 1.9), ("CPU time", None))
    ]


def _final_picture(stage: Stage, program: Program) -> Picture:
    with start(stage, program):
        window = wait_until(stage.x.windows, within_s=PATIENCE_S, what=program.name)[0]
        time.sleep(SETTLED_S)
        return Picture.of(stage, window.geometry)


def _run(stage: Stage, program: Program, picture: Picture) -> dict[str, float]:
    stage.x.forget_events()
    began = time.perf_counter()
    with start(stage, program) as process:
        if stage.x.wait_for_map(began + PATIENCE_S) is None:
            raise RuntimeError(f"{program.name} showed no window")
        while not picture.is_there(stage):
            if time.perf_counter() - began > PATIENCE_S:
                raise RuntimeError(f"{program.name} never looked as it did before")
            time.sleep(0.004)
        shown = time.perf_counter() - began
        cpu = processes.cpu_seconds(process.pid)
    return {"by the clock": shown * 1000, "CPU time": cpu * 1000}


def _look(stage: Stage, geometry: Geometry) -> np.ndarray:
    return np.frombuffer(stage.x.sample(geometry), np.uint32)


if __name__ == "__main__":
    finish(measure())
