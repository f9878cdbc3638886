"""The history on a disk that is full, read-only, locked or pulled away: said once, nothing lost."""

import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from history_cases import record, running, step_record

from app.domain.history import Status
from app.storage.history_db import HistoryDb

if TYPE_CHECKING:
    from app.domain.errors import HistoryError

FLUSH_S = 20.0
NOBODY = 65_534


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + FLUSH_S
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def cannot_be_written(folder: Path, reason: str) -> str:
    return (
        f"Sessions are not being kept: {folder} cannot be written ({reason})."
        " Make it writable, or set WARMDOWN_HOME to another folder."
    )


class Told(list["HistoryError | None"]):
    """What the app heard about troubles."""

    @property
    def sentences(self) -> list[str]:
        return ["well again" if problem is None else str(problem) for problem in self]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user can reach, which pytest's own are not."""
    made = Path(tempfile.mkdtemp(prefix="warmdown-test-"))
    made.chmod(0o777)
    yield made
    made.chmod(0o777)
    shutil.rmtree(made)


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "history.db"


@pytest.fixture
def open_db(file: Path, told: Told) -> Iterator[Callable[[], HistoryDb]]:
    opened: list[HistoryDb] = []

    def open_db() -> HistoryDb:
        opened.append(HistoryDb(file, trouble=told.append, notice=pytest.fail, busy_s=0.05))
        return opened[-1]

    yield open_db
    for db in opened:
        db.close(0.5)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Forbid writing in the folder; root, whom nothing is forbidden, becomes nobody meanwhile."""
    is_root = os.geteuid() == 0
    for path in (folder, *folder.iterdir()):
        path.chmod(path.stat().st_mode & ~0o222 | 0o444)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path in (folder, *folder.iterdir()):
            path.chmod(path.stat().st_mode | 0o666)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Whatever is imported meanwhile would leave a cut-off bytecode file behind.
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        sys.dont_write_bytecode = written


def test_a_full_disk_is_said_once_and_all_is_saved_in_order_when_there_is_room(
    open_db: Callable[[], HistoryDb], told: Told
) -> None:
    db = open_db()
    db.begin(running())
    assert db.flush(FLUSH_S)
    with largest_file(1):
        db.save_step(
            "s1",
            step_record(0, done_ms=30_000, complete=True),
            active_ms=30_000,
            done_work_ms=30_000,
        )
        db.set_note("s1", "first")
        db.set_note("s1", "second")
        until(lambda: bool(told))
        db.end(record())
        assert not db.flush(0.6)
        assert len(told) == 1
        assert told.sentences[0].startswith("Sessions are not being kept: ")
    assert db.flush(FLUSH_S)
    until(lambda: len(told) > 1)
    assert told.sentences[1:] == ["well again"]
    assert db.session("s1") == record(note="second")


def test_a_file_that_may_not_grow_says_that_the_disk_is_full(
    open_db: Callable[[], HistoryDb], told: Told, file: Path
) -> None:
    db = open_db()
    db.put_session(record("kept"))
    assert db.flush(FLUSH_S)
    opened = db._writer._opened
    assert opened is not None
    pages = opened.db.execute("PRAGMA page_count").fetchone()[0]
    opened.db.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(100):
        db.put_session(record(f"s{number}", note="long " * 200))
    until(lambda: bool(told))
    assert told.sentences[0] == (
        f"Sessions are not being kept: the disk with {file} is full."
        " Free some space, and all that was done is saved."
    )
    # The next try is on a new connection, which may let the file grow again.
    assert db.flush(FLUSH_S)
    assert len(db.summaries()) == 101


def test_a_read_only_folder_is_said_and_its_sessions_can_still_be_seen(
    open_db: Callable[[], HistoryDb], told: Told, folder: Path
) -> None:
    first = open_db()
    first.put_session(record("kept"))
    first.close()
    with read_only(folder):
        db = open_db()
        assert [s.id for s in db.summaries()] == ["kept"]
        assert told.sentences == [cannot_be_written(folder, "read-only")]
        db.begin(running("new"))
        db.end(record("new"))
        assert not db.flush(0.5)
        assert [s.id for s in db.summaries()] == ["kept"]
        assert len(told) == 1
    assert db.flush(FLUSH_S)
    assert {s.id for s in db.summaries()} == {"kept", "new"}
    assert told.sentences[1:] == ["well again"]


def test_a_read_only_folder_without_a_history_is_said_and_gives_an_empty_one(
    open_db: Callable[[], HistoryDb], told: Told, folder: Path
) -> None:
    with read_only(folder):
        db = open_db()
        assert db.summaries() == []
        assert db.interrupted() is None
        db.begin(running())
        assert not db.flush(0.3)
        assert len(told) == 1
        assert not db.close(0.3)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_with_the_reason(told: Told, folder: Path) -> None:
    (folder / "data").write_text("a file where the folder should be")
    db = HistoryDb(folder / "data" / "history.db", trouble=told.append)
    assert db.sessions() == []
    assert told.sentences == [cannot_be_written(folder / "data", "File exists")]
    db.close(0.1)


def test_a_file_that_another_program_holds_is_said_and_written_when_it_lets_go(
    open_db: Callable[[], HistoryDb], told: Told, file: Path
) -> None:
    db = open_db()
    db.put_session(record("kept"))
    assert db.flush(FLUSH_S)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        db.put_session(record("new"))
        until(lambda: bool(told))
        assert "another program is using" in told.sentences[0]
        assert [s.id for s in db.summaries()] == ["kept"]
        other.execute("ROLLBACK")
    assert db.flush(FLUSH_S)
    until(lambda: len(told) > 1)
    assert {s.id for s in db.summaries()} == {"kept", "new"}
    assert told.sentences[1:] == ["well again"]


def test_a_file_that_is_taken_away_in_a_session_is_made_again_with_the_whole_session(
    open_db: Callable[[], HistoryDb], told: Told, file: Path
) -> None:
    db = open_db()
    db.begin(running())
    assert db.flush(FLUSH_S)
    for part in file.parent.glob("history.db*"):
        part.unlink()
    db.save_progress("s1", active_ms=1, done_work_ms=0)
    db.end(record())
    assert db.flush(FLUSH_S)
    assert db.sessions() == [record()]
    assert told == []


def test_an_operation_that_cannot_be_done_is_left_out_and_reported_as_our_bug(
    open_db: Callable[[], HistoryDb], told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", reported.append)
    db = open_db()
    db.put_session(record("before"))
    assert db.flush(FLUSH_S)
    db.begin(running("before"))
    db.put_session(record("after"))
    assert db.flush(FLUSH_S)
    assert {s.id for s in db.summaries()} == {"before", "after"}
    assert [args.exc_type for args in reported] == [sqlite3.IntegrityError]
    assert told == []


def test_nothing_waits_for_ever_at_the_end(open_db: Callable[[], HistoryDb], folder: Path) -> None:
    with read_only(folder):
        db = open_db()
        db.put_session(record())
        began = time.monotonic()
        assert not db.close(0.5)
        assert time.monotonic() - began < FLUSH_S


def test_a_closed_history_can_still_be_asked(open_db: Callable[[], HistoryDb]) -> None:
    db = open_db()
    db.put_session(record())
    assert db.close()
    assert [s.status for s in db.summaries()] == [Status.COMPLETED]
    db.close()
