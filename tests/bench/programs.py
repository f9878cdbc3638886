"""The programs that are measured, and a home in the state that a budget speaks of."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import processes
from stage import ROOT, START_APP

from app.domain.choices import Side
from app.domain.exercise import Phase
from app.domain.history import SessionRecord, Status, StepRecord
from app.storage.history_db import HistoryDb

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from stage import Stage

HERE = Path(__file__).parent
LONG_HOLD = """\
schema = 1
name = "Long hold"
[[blocks]]
name = "Hold"
steps = [
  { exercise = "standing-quad-stretch", seconds = 300, side = "each", changeover = 0 },
]
"""
MANY_SQUATS = """\
schema = 1
name = "Many squats"
[[blocks]]
name = "Squats"
steps = [{ exercise = "bodyweight-squat", reps = 100, changeover = 0 }]
"""
LONG_WALK = """\
schema = 1
name = "Long walk"
[[blocks]]
name = "Walk"
steps = [{ exercise = "brisk-walk", seconds = 600, cadence = [120, 150], changeover = 0 }]
"""
ROUTINES = {"long-hold": LONG_HOLD, "many-squats": MANY_SQUATS, "long-walk": LONG_WALK}


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    command: tuple[str, ...]


FLOOR = Program("floor", (sys.executable, str(HERE / "floor.py")))
COUNTING_FLOOR = Program("counting floor", (sys.executable, str(HERE / "floor_counting.py")))
HOME = Program("Warmdown", (sys.executable, "-c", START_APP))
HOLD = Program("Warmdown, a hold", (*HOME.command, "start", "long-hold"))
SQUATS = Program("Warmdown, repetitions", (*HOME.command, "start", "many-squats"))
WALK = Program("Warmdown, a walk", (*HOME.command, "start", "long-walk"))


@contextlib.contextmanager
def start(stage: Stage, program: Program) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program on the stage while the block lasts; one that ends by itself is an error."""
    home = stage.folder / f"home of {program.name}"
    if not home.exists():
        fill(home)
    written = stage.folder / f"{program.name}.log"
    with written.open("wb") as log:
        process = processes.start(
            program.command,
            env={**stage.env, "WARMDOWN_HOME": str(home)},
            output=log,
            cwd=ROOT,
        )
    try:
        yield process
    finally:
        ended = process.poll()
        processes.end(process)
        if ended is not None:
            raise RuntimeError(f"{program.name} ended, {ended}: {written.read_text('utf-8')}")


def fill(home: Path) -> None:
    """Make a home as a person has it after some weeks: sessions, and a routine of their own."""
    folders = home / "data"
    (folders / "routines").mkdir(parents=True)
    for name, text in ROUTINES.items():
        (folders / f"routines/{name}.toml").write_text(text, "utf-8")
    history = HistoryDb(folders / "history.db")
    now = datetime.now().astimezone()
    for day in range(40):
        history.put_session(_session(now - timedelta(days=day + 1)))
    if not history.close(timeout_s=10):
        raise RuntimeError("the history of the bench could not be written")


def _session(started: datetime) -> SessionRecord:
    steps = tuple(
        StepRecord(
            index=index,
            exercise="standing-quad-stretch",
            name="Standing quad stretch",
            side=side,
            round=1,
            phase=Phase.STATIC,
            planned_ms=45_000,
            done_ms=45_000,
            complete=True,
        )
        for index, side in enumerate([Side.LEFT, Side.RIGHT] * 10)
    )
    work_ms = sum(step.done_ms for step in steps)
    return SessionRecord(
        id=f"bench-{started:%Y%m%d}",
        routine="post-run-holds-full",
        name="Post-run holds, full",
        started=started,
        ended=started + timedelta(milliseconds=work_ms),
        local_date=started.date(),
        status=Status.COMPLETED,
        planned_ms=work_ms,
        planned_work_ms=work_ms,
        active_ms=work_ms,
        done_work_ms=work_ms,
        steps=steps,
    )
