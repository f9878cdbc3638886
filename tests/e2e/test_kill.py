"""Killing whatever writes the history, at any moment: while it starts, plays, saves and mends."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.history import Status
from app.storage.history_db import HistoryDb

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = Path(__file__).parents[1] / "support" / "session_program.py"
SAVED_WITHIN = 100
"""Looks of the program at its clock, 5 ms or more apart: a stall of the machine adds none."""


@dataclass
class Story:
    """What a program said until it was killed."""

    session: str | None = None
    finished: dict[int, int] = field(default_factory=dict)
    """At which of its looks each step was seen to be over."""
    looks: int = 0
    other: list[str] = field(default_factory=list)


def killed(file: Path, how: str, *, after_s: float = 0.0, after_steps: int | None = None) -> Story:
    """Run the program for so long, or so many steps and as long again, and kill it."""
    said: list[str] = []
    with subprocess.Popen(
        [sys.executable, PROGRAM, file, how],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{PROGRAM.parent}{os.pathsep}{PROGRAM.parents[2]}"},
    ) as process:
        assert process.stdout is not None
        steps = 0
        while after_steps is not None and steps < after_steps:
            said.append(process.stdout.readline())
            assert said[-1], "it ended too soon"
            steps += said[-1].startswith("finished")
        end = threading.Timer(after_s, process.kill)
        end.start()
        said += process.stdout.readlines()
        process.wait()
        end.cancel()
    story = Story()
    for line in said:
        match line.split():
            case ["session", session, _]:
                story.session = session
            case ["finished", step, looks]:
                story.finished[int(step)] = int(looks)
            case ["look", looks]:
                story.looks = int(looks)
            case _:
                story.other.append(line.rstrip())
    assert process.returncode in {-signal.SIGKILL, 0}
    return story


def steps_on_disk(file: Path, session: str) -> set[int]:
    """Return which steps of a session are complete in a database that is sound."""
    if not file.exists() or file.stat().st_size == 0:
        return set()
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'session_step'")
        if tables.fetchone() == (0,):
            return set()
        rows = db.execute(
            "SELECT idx FROM session_step JOIN session ON session = key WHERE id = ? AND complete",
            [session],
        )
        return {index for (index,) in rows}


def test_no_step_is_lost_however_and_whenever_it_is_killed(
    tmp_path: Path, scaled: Callable[[int, int], int]
) -> None:
    chance = random.Random(11)  # the same moments in every run
    file = tmp_path / "history.db"
    finished: dict[str, set[int]] = {}
    for round_ in range(scaled(6, 200)):
        if chance.random() < 0.15:
            # A first start: the tables are being made when it is killed.
            for part in tmp_path.iterdir():
                part.unlink()
            finished.clear()
        how = chance.choice(["begin", "go-on", "go-on"])
        # Two thirds in the middle of the session, the others while it is still starting.
        after_s = chance.uniform(0.3, 1.4) if chance.random() < 0.67 else chance.uniform(0, 0.3)
        story = killed(file, how, after_s=after_s)
        assert story.other in ([], ["over"]), f"round {round_}"
        if story.session is None:
            continue
        due = finished.setdefault(story.session, set())
        due |= {step for step, seen in story.finished.items() if seen <= story.looks - SAVED_WITHIN}
        saved = steps_on_disk(file, story.session)
        assert saved >= due, f"round {round_}: lost {sorted(due - saved)}"
        # Nothing is said to be done ahead of its time either.
        assert saved <= due | story.finished.keys()
        finished[story.session] = saved


def test_the_next_start_offers_the_session_at_the_step_it_was_at(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    story = killed(file, "begin", after_steps=5, after_s=0.5)
    assert story.session is not None
    saved = steps_on_disk(file, story.session)
    db = HistoryDb(file)
    left = db.interrupted()
    assert left is not None
    assert (left.id, left.status) == (story.session, Status.INTERRUPTED)
    assert left.at_step in {max(saved) + 1, max(saved) + 2}
    assert {step.index for step in left.steps if step.complete} == saved
    assert left.done_work_ms == sum(step.done_ms for step in left.steps)
    db.close()

    second = killed(file, "go-on", after_steps=5, after_s=0.5)
    assert second.session == story.session
    assert min(second.finished) == left.at_step - 1
    assert steps_on_disk(file, story.session) > saved


def test_a_session_that_ends_after_it_was_killed_is_one_completed_session(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    for how in ("begin", "go-on"):
        killed(file, how, after_steps=5)
    over = killed(file, "go-on", after_s=60)
    assert over.other == ["over"]
    db = HistoryDb(file)
    assert [session.status for session in db.summaries()] == [Status.COMPLETED]
    assert db.interrupted() is None
    db.close()
