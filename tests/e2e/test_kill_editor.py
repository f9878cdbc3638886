"""Killing the editor while one types: what was typed half a second ago comes back."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from desk_cases import desk, write

PROGRAM = Path(__file__).parents[1] / "support" / "editing_program.py"
KEPT_WITHIN_NS = 500_000_000
TIMES = 50
BEGIN = """\
schema = 1
name = "Law"
summary = "0"

# kept
[[blocks]]
name = "One"
steps = [
  { exercise = "walk", seconds = 60 },  # slowly
]
"""


def killed(home: Path, seed: int, after_s: float) -> tuple[dict[int, int], int]:
    """Let the program type for so long and kill it; return when each change was made, and that."""
    with subprocess.Popen(
        [sys.executable, PROGRAM, home, str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": f"{PROGRAM.parent}{os.pathsep}{PROGRAM.parents[2]}",
        },
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            process.wait(after_s)
        at_ns = time.monotonic_ns()
        process.kill()
        lines = [first, *process.stdout.read().splitlines()]
        process.wait()
    typed = {}
    for line in lines:
        number, made_ns = line.split()
        typed[int(number)] = int(made_ns)
    return typed, at_ns


def test_what_was_typed_half_a_second_before_a_kill_comes_back(tmp_path: Path) -> None:
    chance = random.Random(7)
    from_draft = 0
    for seed in range(TIMES):
        home = tmp_path / str(seed)
        path = write(home, "law.toml", BEGIN)
        typed, at_ns = killed(home, seed, chance.uniform(0.05, 1.0))
        assert typed
        bench = desk(home)
        saved = bench.open(str(path)).document
        assert "# kept" in bench.text(saved)
        drafts = bench.drafts()
        assert len(drafts) <= 1
        found = drafts[0].document if drafts else saved
        from_draft += bool(drafts)
        owed = [number for number, made_ns in typed.items() if made_ns <= at_ns - KEPT_WITHIN_NS]
        assert int(found.head.summary) >= max(owed, default=0)
        assert "# slowly" in bench.text(found)
    assert from_draft > TIMES // 4
