"""Memory on the Home page after five seconds, beside a bare window."""

from __future__ import annotations

import time

import processes
from budget import Row, Sample, finish, ratio
from programs import FLOOR, HOME, Program, start
from stage import Stage

RUNS = 3
AFTER_S = 5.0


def measure() -> list[Row]:
    """Run one program at a time: shared pages would count half if both ran."""
    with Stage() as stage:
        for program in (FLOOR, HOME):
            _run(stage, program)
        pairs = [(_run(stage, HOME), _run(stage, FLOOR)) for _ in range(RUNS)]
    ours, floor = zip(*pairs, strict=True)
    return [
        ratio(
            "memory (PSS) on Home after 5 s",
            Sample(values=ours, unit="MB"),
            Sample(values=floor, unit="MB"),
            1.8,
        )
    ]


def _run(stage: Stage, program: Program) -> float:
    with start(stage, program) as process:
        time.sleep(AFTER_S)
        return processes.memory_mb(process.pid)


if __name__ == "__main__":
    finish(measure())
