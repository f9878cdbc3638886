"""From the end of a step until it is on disk, beside a bare commit of the same row."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from budget import Row, Sample, amount, finish
from history_cases import running

from app.storage.history_db import HistoryDb

if TYPE_CHECKING:
    from app.domain.history import StepRecord

RUNS = 60
LIMIT_MS = 250
BETWEEN_S = 0.02
"""Steps are apart: each is a commit of its own."""


def ours(folder: Path) -> list[float]:
    file = folder / "history.db"
    db = HistoryDb(file)
    record = running("s1")
    db.begin(record)
    if not db.flush(10):
        raise TimeoutError
    step = record.steps[0]
    took = []
    # Whoever reads on a connection of his own sees what was committed, and nothing else.
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        for done_ms in range(1, RUNS + 1):
            time.sleep(BETWEEN_S)
            begun = time.perf_counter()
            save(db, replace(step, done_ms=done_ms))
            while reader.execute("SELECT max(done_ms) FROM session_step").fetchone()[0] != done_ms:
                time.sleep(0)
            took.append((time.perf_counter() - begun) * 1000)
    db.close()
    return took


def save(db: HistoryDb, step: StepRecord) -> None:
    db.save_step("s1", step, active_ms=step.done_ms, done_work_ms=step.done_ms)


def floor(folder: Path) -> list[float]:
    took = []
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE step (done_ms INTEGER)")
        db.execute("INSERT INTO step VALUES (0)")
        for done_ms in range(1, RUNS + 1):
            time.sleep(BETWEEN_S)
            begun = time.perf_counter()
            db.execute("UPDATE step SET done_ms = ?", (done_ms,))
            took.append((time.perf_counter() - begun) * 1000)
    return took


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="warmdown-") as name:
        folder = Path(name)
        bare, saved = floor(folder), ours(folder)
    step, slowest = Sample(values=saved, digits=1), Sample(values=[max(saved)], digits=1)
    return [
        amount("a step, until it is on disk", step, LIMIT_MS, Sample(values=bare, digits=1)),
        amount("the slowest of them", slowest, LIMIT_MS),
    ]


if __name__ == "__main__":
    finish(measure())
