"""Reading 500 routine files of 40 steps, beside what `tomllib` alone takes for their text."""

from __future__ import annotations

import time
import tomllib
from itertools import cycle, islice
from typing import TYPE_CHECKING

from budget import Row, Sample, finish, ratio

from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = 500
STEPS = 40
RUNS = 7
HEAD = """\
schema = 1
name = "Routine number {number}"
summary = "Forty steps, as a long list of a physio's would be."
when = "after-run"
equipment = ["mat", "wall", "towel"]
side_change = 5

"""
BLOCK = """\
[[blocks]]
name = "Part {number}"
rounds = 2
rest = 15
steps = [
{steps}]

"""
STEP_LINES = (
    '  {{ exercise = "standing-quad-stretch", seconds = {n}, side = "each" }},\n',
    '  {{ exercise = "towel-hamstring-stretch", seconds = {n}, side = "each", changeover = 10 }},\n',
    '  {{ exercise = "glute-bridge", reps = 12, rest = 10 }},\n',
    '  {{ name = "Balance, eyes closed", seconds = {n}, side = "each", cues = ["Near a wall."] }},\n',
    '  {{ exercise = "easy-walk", seconds = {n}, cadence = [100, 118], rpe = 3 }},\n',
)


def text_of(number: int) -> str:
    lines = [line.format(n=20 + n % 30) for n, line in enumerate(islice(cycle(STEP_LINES), STEPS))]
    blocks = (
        BLOCK.format(number=part + 1, steps="".join(lines[part * 10 : part * 10 + 10]))
        for part in range(STEPS // 10)
    )
    return HEAD.format(number=number) + "".join(blocks)


def measure() -> list[Row]:
    texts = [text_of(number) for number in range(FILES)]
    library = ExerciseReader().read(bundled("exercises.toml")).exercises
    reader = RoutineReader(library)
    problems = reader.parse(texts[0], file="routine.toml", routine_id="routine").problems
    if problems:
        raise RuntimeError(f"the routines of this bench are wrong: {problems[0]}")

    def ours() -> None:
        for text in texts:
            reader.parse(text, file="routine.toml", routine_id="routine")

    def floor() -> None:
        for text in texts:
            tomllib.loads(text)

    pairs = [(_milliseconds(ours), _milliseconds(floor)) for _ in range(RUNS)]
    mine, toml = zip(*pairs, strict=True)
    return [
        ratio(f"parse and check {FILES} routines", Sample(values=mine), Sample(values=toml), 1.5)
    ]


def _milliseconds(work: Callable[[], None]) -> float:
    """Return the CPU time of the work: what else the machine does must not count."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    finish(measure())
