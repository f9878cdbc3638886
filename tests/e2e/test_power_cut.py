"""Killing the app in the middle of a session, as a power cut would."""

from __future__ import annotations

import contextlib
import json
import operator
import random
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from heard import RATE, first_place, read_recording
from listening import expected, recorded_frames, wait_for_more, wait_for_sound

from app.domain.choices import Choices
from app.domain.cues import plan
from app.domain.expand import expand
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stage import Stage

    from app.domain.timeline import Timeline

SAVED_WITHIN_MS = 250
ROUTINE = """\
schema = 1
name = "Thirty short steps"
[[blocks]]
name = "Reach"
rounds = 30
steps = [
  { name = "Reach up", seconds = 1, changeover = 0 },
]
"""


@pytest.fixture
def timeline(warmdown_home: Path) -> Timeline:
    """Return what the routine `short-steps`, put into the home, comes to."""
    folder = warmdown_home / "data/routines"
    folder.mkdir(parents=True)
    (folder / "short-steps.toml").write_text(ROUTINE, "utf-8")
    config = warmdown_home / "config"
    config.mkdir()
    (config / "settings.toml").write_text("get_ready = 3\n", "utf-8")
    read = RoutineReader({}).parse(ROUTINE, file="short-steps.toml", routine_id="short-steps")
    assert read.routine is not None
    return expand(read.routine, {}, Choices(get_ready_ms=3_000))


def kill_after_hearing(
    stage: Stage, home: Path, timeline: Timeline, *, place_ms: float
) -> tuple[float, float]:
    """Kill the app at about that place of its session; return two places between which it was.

    A place is what had been heard by then, so that the app's own clock has no say in it.
    """
    recording = stage.folder / "session.raw"
    with stage.sound.record(recording):
        app = stage.launch("start", "short-steps", home=home)
        wait_for_sound(recording)
        wait_for_more(recording, place_ms / 1000)
        before = recorded_frames(recording)
        app.kill()
        # The recorder may be behind.
        wait_for_more(recording, 0.1)
        after = recorded_frames(recording)
    began = first_place(read_recording(recording), expected(plan(timeline)[:1])[0].sound)
    return (before - began) / RATE * 1000, (after - began) / RATE * 1000


def newest_session(home: Path) -> tuple[str, set[int]]:
    """Return a sound database's newest session: its status, and which steps are complete."""
    path = home / "data/history.db"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        key, status = db.execute(
            "SELECT key, status FROM session ORDER BY started_ms DESC LIMIT 1"
        ).fetchone()
        steps = db.execute(
            "SELECT idx FROM session_step WHERE session = ? AND complete", (key,)
        ).fetchall()
    return status, {index for (index,) in steps}


def test_a_power_cut_loses_no_step_that_was_finished(
    stage: Stage, warmdown_home: Path, timeline: Timeline, scaled: Callable[[int, int], int]
) -> None:
    chance = random.Random(7)
    work = [segment for segment in timeline.segments if segment.is_work]
    for _ in range(scaled(3, 50)):
        place_ms = chance.uniform(work[0].start_ms, work[0].start_ms + scaled(5_000, 8_000))
        earliest_ms, latest_ms = kill_after_hearing(
            stage, warmdown_home, timeline, place_ms=place_ms
        )
        finished = {
            number
            for number, segment in enumerate(work)
            if segment.end_ms <= earliest_ms - SAVED_WITHIN_MS
        }
        status, saved = newest_session(warmdown_home)
        assert status == "running"
        assert saved >= finished
        # Nothing is saved ahead of its time either.
        assert len(saved) <= sum(segment.end_ms <= latest_ms for segment in work)


def test_the_next_start_finds_the_session_that_was_cut(
    stage: Stage, warmdown_home: Path, timeline: Timeline
) -> None:
    work = [segment for segment in timeline.segments if segment.is_work]
    earliest_ms, latest_ms = kill_after_hearing(
        stage, warmdown_home, timeline, place_ms=work[0].start_ms + 2_600
    )
    surely = [segment.end_ms <= earliest_ms - SAVED_WITHIN_MS for segment in work]
    perhaps = [segment.end_ms <= latest_ms for segment in work]
    listed = subprocess.run(
        [sys.executable, "-m", "app", "history", "--json"],
        check=True,
        capture_output=True,
        text=True,
        env={**stage.env, "WARMDOWN_HOME": str(warmdown_home)},
    )
    (session,) = json.loads(listed.stdout)
    assert session["status"] == "interrupted"
    assert session["done_work_ms"] >= sum(surely) * 1_000 >= 2_000
    done = [step["done_ms"] >= 1_000 for step in session["steps"]]
    assert all(map(operator.le, surely, done))
    assert all(map(operator.le, done, perhaps))
