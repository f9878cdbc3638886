"""What a session on screen costs: the ring and the figure move, the sound thread plays."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING

import processes
from budget import Row, Sample, amount, finish
from programs import COUNTING_FLOOR, HOLD, SQUATS, WALK, Program, start
from stage import Stage, wait_until

if TYPE_CHECKING:
    from x11 import Window

RUNS = 3
WINDOW_S = 10.0
PROBE_S = 3.0
PROBES_PER_S = 120
# Past get-ready and the start of the hold.
SETTLED_S = 14.0


# Of one core, in percent.
BUDGETS = ((HOLD, "a hold", 10), (SQUATS, "repetitions", 20), (WALK, "a walk", 20))


def measure() -> list[Row]:
    rows = []
    with Stage() as stage:
        for program, what, limit in BUDGETS:
            results = [(_run(stage, program), _run(stage, COUNTING_FLOOR)) for _ in range(RUNS)]
            rows += _rows(results, what, limit)
    return rows


def _rows(
    results: list[tuple[tuple[float, float], tuple[float, float]]], what: str, limit: float
) -> list[Row]:
    ours, floor = zip(*results, strict=True)
    return [
        amount(
            f"{what} on screen, of one core",
            Sample(values=[load for load, _ in ours], unit="%", digits=1),
            limit,
            floor=Sample(values=[load for load, _ in floor], unit="%", digits=1),
        ),
        amount(
            f"pictures of {what} that the screen showed",
            Sample(values=[pictures for _, pictures in ours], unit="a second", digits=1),
            floor=Sample(values=[pictures for _, pictures in floor], unit="a second", digits=1),
        ),
    ]


def _run(stage: Stage, program: Program) -> tuple[float, float]:
    """Return CPU load in percent of one core, and pictures a second."""
    with start(stage, program) as process:
        window = wait_until(stage.x.windows, within_s=30, what=program.name)[0]
        time.sleep(SETTLED_S)
        began, before = time.perf_counter(), processes.cpu_seconds(process.pid)
        time.sleep(WINDOW_S)
        used = processes.cpu_seconds(process.pid) - before
        load = used / (time.perf_counter() - began) * 100
        # Looking costs the program nothing but the X server a lot, so it comes afterwards.
        return load, _pictures(stage, window)


def _pictures(stage: Stage, window: Window) -> float:
    seen, last, probes = 0, None, 0
    began = time.perf_counter()
    while (now := time.perf_counter() - began) < PROBE_S:
        look = zlib.crc32(stage.x.sample(window.geometry, rows=60))
        seen += last is not None and look != last
        last = look
        probes += 1
        time.sleep(max(0.0, probes / PROBES_PER_S - now))
    return seen / PROBE_S


if __name__ == "__main__":
    finish(measure())
