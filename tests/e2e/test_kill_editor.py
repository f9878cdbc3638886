"""Killing the editor while one types: what was typed half a second ago comes back."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desk_cases import desk, write

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = Path(__file__).parents[1] / "support" / "editing_program.py"
KEPT_WITHIN = 55
"""Beats of the program's event loop, 10 ms or more apart: a stall of the machine adds none."""
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
    """Let the program type for so long and kill it.

    Return at which of its beats each change was made, and how many beats there were.
    """
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
        process.kill()
        lines = [first, *process.stdout.read().splitlines()]
        process.wait()
    typed, beats = {}, 0
    for line in lines:
        match line.split():
            case [number, beat]:
                typed[int(number)] = int(beat)
            case [beat]:
                beats = int(beat)
    return typed, beats


def test_what_was_typed_half_a_second_before_a_kill_comes_back(
    tmp_path: Path, scaled: Callable[[int, int], int]
) -> None:
    chance = random.Random(7)
    from_draft, owed_once = 0, 0
    times = scaled(15, 200)
    for seed in range(times):
        home = tmp_path / str(seed)
        path = write(home, "law.toml", BEGIN)
        typed, beats = killed(home, seed, chance.uniform(0.05, 1.5))
        assert typed
        bench = desk(home)
        saved = bench.open(str(path)).document
        assert "# kept" in bench.text(saved)
        drafts = bench.drafts()
        assert len(drafts) <= 1
        found = drafts[0].document if drafts else saved
        from_draft += bool(drafts)
        owed = [number for number, beat in typed.items() if beat <= beats - KEPT_WITHIN]
        owed_once += bool(owed)
        assert int(found.head.summary) >= max(owed, default=0)
        assert "# slowly" in bench.text(found)
    assert owed_once > times // 4
    assert from_draft > times // 8
