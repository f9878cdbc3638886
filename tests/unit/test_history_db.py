"""The history's file: what is written can be read, whatever becomes of the app."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from history_cases import STARTED, check_in, record, running, step_record

from app.domain.choices import Side
from app.domain.history import (
    CheckIn,
    Goal,
    Mark,
    Moment,
    Status,
    summary_of,
)
from app.storage.history_db import HistoryDb
from app.storage.history_reader import visit
from app.storage.history_rows import TABLES
from app.storage.migrations import MIGRATIONS, SCHEMA_VERSION, migrate

if TYPE_CHECKING:
    from app.domain.errors import HistoryError

FLUSH_S = 20.0


class Said:
    """What the history told the app."""

    def __init__(self) -> None:
        self.troubles: list[HistoryError | None] = []
        self.notices: list[str] = []


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def open_db(tmp_path: Path, said: Said) -> Iterator[Callable[[], HistoryDb]]:
    opened: list[HistoryDb] = []

    def open_db() -> HistoryDb:
        db = HistoryDb(
            tmp_path / "data" / "history.db",
            trouble=said.troubles.append,
            notice=said.notices.append,
            busy_s=0.1,
        )
        opened.append(db)
        return db

    yield open_db
    for db in opened:
        db.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.db"


def program(file: Path, body: str) -> list[str]:
    """A command that runs `body` with a history `db` over the same file."""
    support = str(Path(__file__).parents[1] / "support")
    head = f"""
import os, sys
sys.path[:0] = [{support!r}, {str(Path(__file__).parents[2])!r}]
from pathlib import Path
from history_cases import *
from app.storage.history_db import HistoryDb
db = HistoryDb(Path({str(file)!r}), trouble=lambda problem: sys.exit(str(problem)))
"""
    return [sys.executable, "-c", head + body]


def left_by_a_dead_app(file: Path, **done_ms: int) -> None:
    """Begin sessions, each with so much work done, in a process that then dies without a word."""
    body = f"""
for name, done_ms in {done_ms!r}.items():
    db.begin(running(name))
    step = step_record(0, done_ms=done_ms, complete=done_ms >= 30_000)
    db.save_step(name, step, active_ms=done_ms, done_work_ms=done_ms)
assert db.flush(20)
os._exit(9)
"""
    assert subprocess.run(program(file, body), check=False).returncode == 9


def test_a_new_history_is_empty_and_made_with_its_folder(
    open_db: Callable[[], HistoryDb], file: Path, said: Said
) -> None:
    db = open_db()
    assert db.summaries() == []
    assert db.sessions() == []
    assert db.interrupted() is None
    assert (db.pauses(), db.runs(), db.goals()) == ([], [], [])
    assert file.exists()
    assert said.troubles == []
    assert said.notices == []


def test_a_session_is_read_as_it_was_written(open_db: Callable[[], HistoryDb]) -> None:
    whole = record(
        check_ins=(check_in(2, moment=Moment.BEFORE), check_in(5)),
        marks=(Mark(at=STARTED, exercise="wall-calf", side=Side.LEFT, at_ms=12_000),),
        note="Tight today, “really”.",
    )
    db = open_db()
    db.put_session(whole)
    assert db.session("s1") == whole
    db.close()
    assert open_db().sessions() == [whole]


def test_a_session_keeps_the_offset_and_day_it_started_with(
    open_db: Callable[[], HistoryDb],
) -> None:
    db = open_db()
    db.put_session(record())
    kept = db.session("s1")
    assert kept is not None
    assert kept.started.isoformat() == "2026-11-23T18:30:00.250000+01:00"
    assert kept.local_date == date(2026, 11, 23)


def test_each_step_is_kept_as_soon_as_it_is_left(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    db = open_db()
    db.begin(running())
    db.save_step(
        "s1", step_record(0, done_ms=30_000, complete=True), active_ms=30_000, done_work_ms=30_000
    )
    db.save_progress("s1", active_ms=35_000, done_work_ms=30_000)
    db.save_place("s1", 2)
    assert db.flush(FLUSH_S)
    with closing(sqlite3.connect(file)) as other:
        kept = other.execute(
            "SELECT status, active_ms, done_work_ms, at_step FROM session"
        ).fetchall()
        steps = other.execute("SELECT done_ms, complete FROM session_step ORDER BY idx").fetchall()
    assert kept == [("running", 35_000, 30_000, 2)]
    assert steps == [(30_000, 1), (0, 0), (0, 0), (0, 0)]


def test_a_write_does_not_wait_for_another_program(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    db = open_db()
    db.begin(running())
    db.flush(FLUSH_S)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        db.set_note("s1", "written while another program holds the file")
        assert not db.flush(0.01)
        other.execute("ROLLBACK")
    assert db.flush(FLUSH_S)
    kept = db.session("s1")
    assert kept is not None
    assert kept.note.startswith("written while")


def test_a_commit_waits_for_the_disk(open_db: Callable[[], HistoryDb]) -> None:
    db = open_db()
    db.put_session(record())
    db.flush(FLUSH_S)
    opened = db._writer._opened
    assert opened is not None
    full = 2
    assert opened.db.execute("PRAGMA synchronous").fetchone() == (full,)
    assert opened.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_end_of_a_session_keeps_check_ins_marks_and_note(
    open_db: Callable[[], HistoryDb],
) -> None:
    db = open_db()
    mark = Mark(at=STARTED, exercise="wall-calf", side=Side.LEFT, at_ms=12_000)
    db.begin(running())
    db.add_check_in(check_in(3, moment=Moment.BEFORE))
    db.add_mark("s1", mark)
    db.set_note("s1", "windy")
    db.end(record(note="", check_ins=(), marks=()))
    assert db.session("s1") == record(
        note="windy", check_ins=(check_in(3, moment=Moment.BEFORE),), marks=(mark,)
    )


def test_the_end_of_a_session_that_is_not_there_writes_it_whole(
    open_db: Callable[[], HistoryDb],
) -> None:
    db = open_db()
    db.end(record())
    assert db.session("s1") == record()


def test_a_discarded_session_leaves_no_trace(open_db: Callable[[], HistoryDb], file: Path) -> None:
    db = open_db()
    db.begin(running())
    db.add_check_in(check_in())
    db.discard("s1")
    assert db.session("s1") is None
    with closing(sqlite3.connect(file)) as other:
        for table in TABLES:
            rows = other.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            assert rows.fetchone() == (0,), table


def test_a_deleted_session_can_be_put_back(open_db: Callable[[], HistoryDb]) -> None:
    db = open_db()
    whole = record(check_ins=(check_in(),), note="n")
    db.put_session(whole)
    deleted = db.delete_session("s1")
    assert deleted == whole
    assert db.sessions() == []
    db.put_session(whole)
    assert db.sessions() == [whole]
    assert db.delete_session("unknown") is None


def test_a_second_score_of_one_moment_replaces_the_first(
    open_db: Callable[[], HistoryDb],
) -> None:
    db = open_db()
    db.put_session(record())
    db.add_check_in(check_in(7))
    db.add_check_in(check_in(2))
    assert db.session("s1") == record(check_ins=(check_in(2),))
    db.remove_check_in(check_in(2))
    assert db.session("s1") == record()


def test_a_score_may_belong_to_no_session(open_db: Callable[[], HistoryDb], file: Path) -> None:
    db = open_db()
    alone = CheckIn(moment=Moment.NEXT_MORNING, score=6, at=STARTED)
    db.add_check_in(alone)
    db.add_check_in(replace(alone, session_id="never-was"))
    db.flush(FLUSH_S)
    with closing(sqlite3.connect(file)) as other:
        rows = other.execute("SELECT session, run, moment, score FROM check_in").fetchall()
    assert rows == [(None, None, "next-morning", 6)]
    db.remove_check_in(alone)
    db.flush(FLUSH_S)
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT count(*) FROM check_in").fetchone() == (0,)


def test_summaries_come_oldest_first_and_sessions_newest_first(
    open_db: Callable[[], HistoryDb],
) -> None:
    db = open_db()
    made = [record(f"s{days}", started=STARTED + timedelta(days=days)) for days in (2, 0, 3, 1)]
    for session in made:
        db.put_session(session)
    assert [s.id for s in db.summaries()] == ["s0", "s1", "s2", "s3"]
    assert [s.id for s in db.sessions()] == ["s3", "s2", "s1", "s0"]
    assert [s.id for s in db.sessions(limit=2)] == ["s3", "s2"]


def test_a_summary_says_the_same_as_the_record(open_db: Callable[[], HistoryDb]) -> None:
    db = open_db()
    db.put_session(record())
    assert db.summaries() == [summary_of(record())]


def test_the_same_snapshot_is_kept_once(open_db: Callable[[], HistoryDb], file: Path) -> None:
    db = open_db()
    db.put_session(record("a", snapshot="same"))
    db.put_session(record("b", snapshot="same"))
    db.delete_session("a")
    assert db.session("b") == record("b", snapshot="same")
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT count(*) FROM snapshot").fetchone() == (1,)


def test_goals_are_replaced_as_a_whole(open_db: Callable[[], HistoryDb]) -> None:
    db = open_db()
    goals = [Goal(since=date.min, days=3), Goal(since=date(2026, 11, 1), days=4)]
    db.set_goals(goals)
    assert db.goals() == goals
    db.set_goals(goals[:1])
    assert db.goals() == goals[:1]


# After the app has died.


def test_a_session_whose_app_died_is_interrupted_and_can_go_on(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    left_by_a_dead_app(file, died=30_000)
    db = open_db()
    left = db.interrupted()
    assert left is not None
    assert (left.id, left.status, left.done_work_ms) == ("died", Status.INTERRUPTED, 30_000)
    assert left.ended is not None
    db.resume("died")
    assert db.interrupted() is None
    gone_on = db.session("died")
    assert gone_on is not None
    assert gone_on.status is Status.RUNNING
    assert gone_on.ended is None


def test_an_interrupted_session_can_be_kept_as_stopped(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    left_by_a_dead_app(file, died=30_000)
    db = open_db()
    left = db.interrupted()
    assert left is not None
    db.keep_as_stopped("died")
    assert db.interrupted() is None
    assert db.session("died") == replace(left, status=Status.STOPPED)


def test_a_session_of_which_nothing_was_done_is_gone_after_a_crash(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    left_by_a_dead_app(file, begun=0, short=4_900)
    db = open_db()
    assert db.interrupted() is None
    assert db.summaries() == []
    assert db.sessions() == []


def test_a_session_that_only_missed_its_end_is_completed(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    body = """
db.begin(running())
for i in range(4):
    done = 30_000 * (i + 1)
    db.save_place("s1", i + 1)
    step = step_record(i, done_ms=30_000, complete=True)
    db.save_step("s1", step, active_ms=done, done_work_ms=done)
assert db.flush(20)
os._exit(9)
"""
    assert subprocess.run(program(file, body), check=False).returncode == 9
    db = open_db()
    assert db.interrupted() is None
    assert [s.status for s in db.summaries()] == [Status.COMPLETED]


def test_a_session_that_another_window_plays_is_left_alone(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    body = """
db.begin(running("theirs"))
step = step_record(0, done_ms=30_000, complete=True)
db.save_step("theirs", step, active_ms=30_000, done_work_ms=30_000)
assert db.flush(20)
print("playing", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        program(file, body), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"playing\n"
        db = open_db()
        assert db.interrupted() is None
        assert [s.status for s in db.summaries()] == [Status.RUNNING]
        other.kill()
        other.wait()
        # The lock died with its process, so that the same question has another answer now.
        left = db.interrupted()
        assert left is not None
        assert left.id == "theirs"
        assert [s.status for s in db.summaries()] == [Status.INTERRUPTED]


def test_the_newest_of_several_interrupted_sessions_is_offered_first(
    open_db: Callable[[], HistoryDb],
) -> None:
    db = open_db()
    for days in (1, 3, 2):
        db.put_session(
            record(
                f"s{days}",
                started=STARTED + timedelta(days=days),
                status=Status.INTERRUPTED,
            )
        )
    offered = db.interrupted()
    assert offered is not None
    assert offered.id == "s3"
    db.keep_as_stopped("s3")
    offered = db.interrupted()
    assert offered is not None
    assert offered.id == "s2"


# The command line only looks.


def test_a_visit_to_a_missing_history_makes_nothing(file: Path) -> None:
    assert visit(file, notice=pytest.fail) is None
    assert not file.parent.exists()


def test_a_visit_sees_a_dead_session_without_closing_it(file: Path) -> None:
    left_by_a_dead_app(file, died=30_000, begun=0)
    queries = visit(file, notice=pytest.fail)
    assert queries is not None
    assert [(s.id, s.status) for s in queries.sessions()] == [("died", Status.INTERRUPTED)]
    queries.close()
    with closing(sqlite3.connect(file)) as other:
        rows = other.execute("SELECT id, status FROM session ORDER BY id").fetchall()
    assert rows == [("begun", "running"), ("died", "running")]


# Two at once.


def test_two_processes_write_at_once_and_nothing_is_missing(
    open_db: Callable[[], HistoryDb], file: Path, said: Said
) -> None:
    body = """
for number in range(40):
    db.put_session(record(sys.argv[1] + str(number)))
    db.flush(20)
assert db.close(20)
"""
    others = [subprocess.Popen([*program(file, body), name]) for name in "ab"]
    db = open_db()
    for number in range(40):
        db.put_session(record(f"c{number}"))
        db.flush(FLUSH_S)
    assert [other.wait() for other in others] == [0, 0]
    assert {s.id for s in db.summaries()} == {f"{n}{i}" for n in "abc" for i in range(40)}
    assert [trouble for trouble in said.troubles if trouble is not None] == []


def test_many_threads_may_ask_and_tell(open_db: Callable[[], HistoryDb]) -> None:
    db = open_db()
    seen: list[int] = []

    def work(name: str) -> None:
        for number in range(15):
            db.put_session(record(f"{name}{number}"))
            seen.append(len(db.summaries()))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(seen) == 60


# Versions.


def test_a_database_comes_up_to_date_one_statement_at_a_time(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "h.db", isolation_level=None)) as db:
        migrate(db, MIGRATIONS[:5])
        assert db.execute("PRAGMA user_version").fetchone() == (5,)
        with pytest.raises(sqlite3.OperationalError):
            migrate(db, (*MIGRATIONS[:7], "CREATE NONSENSE"))
        assert db.execute("PRAGMA user_version").fetchone() == (7,)
        migrate(db)
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_failed_migration_leaves_its_table_unmade(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "h.db", isolation_level=None)) as db:
        two_in_one = "CREATE TABLE a (x) STRICT"
        with pytest.raises(sqlite3.OperationalError):
            migrate(db, (two_in_one,))
        assert db.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        assert db.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_history_of_every_schema_that_landed_opens_with_its_sessions(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    landed = sorted((Path(__file__).parent / "schemas").glob("history-*.sql"))
    assert landed
    for dump in landed:
        file.parent.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as db:
            db.executescript(dump.read_text(encoding="utf-8"))
        opened = open_db()
        assert [s.id for s in opened.sessions()] == ["s2", "s1"]
        assert opened.session("s1") == record(
            check_ins=(check_in(2, moment=Moment.BEFORE), check_in(5)),
            marks=(Mark(at=STARTED, exercise="wall-calf", side=Side.LEFT, at_ms=12_000),),
            note="windy",
        )
        assert opened.goals() == [Goal(since=date.min, days=3)]
        opened.close()


def test_the_newest_schema_is_among_those_that_landed() -> None:
    newest = Path(__file__).parent / "schemas" / f"history-{SCHEMA_VERSION}.sql"
    assert newest.exists(), "a new migration needs a dump of a database made with it"
