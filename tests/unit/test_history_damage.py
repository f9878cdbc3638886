"""A history that is no database, damaged or newer: kept aside, never overwritten, and gone on."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from history_cases import STARTED, check_in, record, running, step_record

from app.domain.errors import HistoryError
from app.domain.history import Goal, SessionRecord
from app.storage.history_db import HistoryDb
from app.storage.history_reader import visit
from app.storage.migrations import APPLICATION_ID, SCHEMA_VERSION

FLUSH_S = 20.0
NOW = datetime(2026, 11, 24, 7, 5, 9, tzinfo=UTC)


class Heard:
    def __init__(self) -> None:
        self.troubles: list[HistoryError | None] = []
        self.notices: list[str] = []


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.fixture
def open_db(file: Path, heard: Heard) -> Iterator[Callable[[], HistoryDb]]:
    opened: list[HistoryDb] = []

    def open_db() -> HistoryDb:
        db = HistoryDb(
            file,
            trouble=heard.troubles.append,
            notice=heard.notices.append,
            now=lambda: NOW,
            busy_s=0.1,
        )
        opened.append(db)
        return db

    yield open_db
    for db in opened:
        db.close(0.5)


def aside(file: Path) -> Path:
    return file.with_name("history.damaged-20261124-070509.db")


def past(count: int) -> list[SessionRecord]:
    """Sessions of so many days, newest first."""
    return [
        record(
            f"s{day}",
            started=STARTED + timedelta(days=day),
            ended=STARTED + timedelta(days=day, minutes=15),
            local_date=(STARTED + timedelta(days=day)).date(),
            note=f"note {day}",
            check_ins=(check_in(day % 11, session_id=f"s{day}"),),
        )
        for day in reversed(range(count))
    ]


def fill(open_db: Callable[[], HistoryDb], sessions: list[SessionRecord]) -> None:
    db = open_db()
    for session in reversed(sessions):
        db.put_session(session)
    db.set_goals([Goal(since=STARTED.date(), days=4)])
    assert db.close(FLUSH_S)


@pytest.mark.parametrize(
    "content",
    [
        b"this is not a database, it is a note to myself\n" * 100,
        b"\x7fELF" + bytes(range(256)) * 40,
        b"SQLite format 3\x00" + b"\xff" * 5_000,
        b"x",
    ],
    ids=["text", "binary", "header-alone", "one-byte"],
)
def test_a_file_that_is_no_database_is_kept_aside_as_it_is(
    open_db: Callable[[], HistoryDb], file: Path, heard: Heard, content: bytes
) -> None:
    file.write_bytes(content)
    db = open_db()
    assert db.summaries() == []
    db.put_session(record())
    assert db.sessions() == [record()]
    assert aside(file).read_bytes() == content
    assert heard.notices == [
        f"{file} is no history. It is kept as {aside(file).name}, and a new history was begun."
    ]
    assert heard.troubles == []


def test_a_database_of_another_program_is_kept_aside_as_it_is(
    open_db: Callable[[], HistoryDb], file: Path, heard: Heard
) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
        other.execute("INSERT INTO recipe VALUES ('bread')")
        other.commit()
    content = file.read_bytes()
    assert open_db().summaries() == []
    assert aside(file).read_bytes() == content
    assert len(heard.notices) == 1


def test_an_empty_file_becomes_a_history(
    open_db: Callable[[], HistoryDb], file: Path, heard: Heard
) -> None:
    file.touch()
    db = open_db()
    db.put_session(record())
    assert db.sessions() == [record()]
    assert heard.notices == []


def test_a_file_kept_aside_before_is_not_overwritten(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    aside(file).write_text("the first one")
    file.write_text("the second one")
    assert open_db().summaries() == []
    assert aside(file).read_text() == "the first one"
    second = file.with_name("history.damaged-20261124-070509-2.db")
    assert second.read_text() == "the second one"


def test_what_can_be_read_of_a_damaged_history_goes_on_in_the_new_one(
    open_db: Callable[[], HistoryDb], file: Path, heard: Heard
) -> None:
    sessions = past(300)
    fill(open_db, sessions)
    with closing(sqlite3.connect(file)) as db:
        page_size, pages = (
            db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count")
        )
        root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'session'").fetchone()[0]
    # One page in the middle that is not among the first ones, where the tables are described.
    broken = pages // 2
    assert broken > root
    with file.open("r+b") as raw:
        raw.seek((broken - 1) * page_size)
        raw.write(b"\xa5" * page_size)
    db = open_db()
    found = db.sessions()
    known = {session.id: session for session in sessions}
    assert len(found) > 200
    for session in found:
        whole = known[session.id]
        parts = {"steps": whole.steps, "check_ins": whole.check_ins}
        assert replace(session, **parts) == whole  # type: ignore[arg-type]
    assert db.goals() == [Goal(since=STARTED.date(), days=4)]
    assert aside(file).exists()
    assert f"{len(found)} sessions could be read from it" in heard.notices[0]
    db.put_session(record("new"))
    assert db.session("new") == record("new")


def test_damage_found_in_the_middle_of_a_session_does_not_end_it(
    open_db: Callable[[], HistoryDb], file: Path, heard: Heard
) -> None:
    fill(open_db, past(50))
    db = open_db()
    db.begin(running("now"))
    assert db.flush(FLUSH_S)
    with file.open("r+b") as raw:
        raw.truncate(5_000)
    step = step_record(0, done_ms=30_000, complete=True)
    db.save_step("now", step, active_ms=30_000, done_work_ms=30_000)
    db.end(record("now"))
    assert db.flush(FLUSH_S)
    assert db.session("now") == record("now")
    assert heard.troubles == []


def test_a_log_without_its_database_is_kept_aside_with_it(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    db = open_db()
    db.put_session(record())
    assert db.flush(FLUSH_S)
    for part in ("history.db", "history.db-wal"):
        shutil.copy(file.with_name(part), file.with_name(f"copy-{part}"))
    assert db.close(FLUSH_S)
    file.write_bytes(b"")
    file.with_name("copy-history.db-wal").rename(file.with_name("history.db-wal"))
    assert open_db().summaries() == []
    assert aside(file).exists()
    assert Path(f"{aside(file)}-wal").stat().st_size > 0


@pytest.mark.parametrize("seed", range(60))
def test_flipped_and_missing_bytes_never_stop_the_app(
    open_db: Callable[[], HistoryDb], file: Path, heard: Heard, seed: int
) -> None:
    fill(open_db, past(30))
    chance = random.Random(seed)  # noqa: S311  (the same damage in every run)
    content = bytearray(file.read_bytes())
    if seed % 4 == 0:
        del content[chance.randrange(1, len(content)) :]
    else:
        for _ in range(chance.choice([1, 4, 64])):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)
    db = open_db()
    db.summaries()
    db.interrupted()
    db.goals()
    db.sessions()
    db.begin(running("new"))
    db.end(record("new"))
    assert db.flush(FLUSH_S)
    assert db.session("new") == record("new")
    assert db.close(FLUSH_S)
    assert heard.troubles == []
    again = open_db()
    assert again.session("new") == record("new")


def test_no_bit_of_the_first_bytes_is_worth_the_history(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    sessions = past(3)
    fill(open_db, sessions)
    content = file.read_bytes()
    for position in range(100):
        if 60 <= position < 64:
            continue  # the version: a newer one is left alone, see below
        broken = bytearray(content)
        broken[position] ^= 0x20
        for old in file.parent.glob("history*"):
            old.unlink()
        file.write_bytes(broken)
        db = open_db()
        assert db.sessions() == sessions, f"byte {position}"
        assert db.close(FLUSH_S)


def test_text_that_is_no_utf_8_is_shown_as_well_as_can_be(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    fill(open_db, [record(note="lower back")])
    content = file.read_bytes()
    assert content.count(b"lower back") == 1
    file.write_bytes(content.replace(b"lower back", b"lower \xff\xfeck"))
    kept = open_db().session("s1")
    assert kept is not None
    assert kept.note == "lower \ufffd\ufffdck"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("status", "'finished'"),
        ("phase", "'yoga'"),
        ("local_date", "'2026-13-45'"),
        ("started_ms", str(2**62)),
        ("offset_s", "90000"),
    ],
)
def test_one_senseless_row_never_hides_the_others(
    open_db: Callable[[], HistoryDb], file: Path, column: str, value: str
) -> None:
    fill(open_db, past(3))
    with closing(sqlite3.connect(file)) as other:
        other.execute(f"UPDATE session SET {column} = {value} WHERE id = 's1'")  # noqa: S608
        other.commit()
    db = open_db()
    assert {s.id for s in db.summaries()} == {"s0", "s2"}
    expected = {"s0", "s2"} | ({"s1"} if column == "phase" else set())
    assert {s.id for s in db.sessions()} == expected


# Newer than the app.


def make_newer(file: Path) -> bytes:
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE from_the_future (x TEXT)")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 3}")
        db.execute("DROP TABLE goal")
        db.commit()
    return file.read_bytes()


def test_a_newer_history_stays_untouched_and_sessions_are_kept_beside_it(
    open_db: Callable[[], HistoryDb], file: Path, heard: Heard
) -> None:
    fill(open_db, past(3))
    content = make_newer(file)
    db = open_db()
    assert db.sessions() == []
    db.put_session(record("beside"))
    assert db.close(FLUSH_S)
    assert open_db().sessions() == [record("beside")]
    assert file.read_bytes() == content
    sentence = (
        f"{file} was written by a newer Warmdown and is left as it is. Until Warmdown is updated,"
        f" sessions are kept in history-v{SCHEMA_VERSION}.db beside it."
    )
    assert heard.notices == [sentence, sentence]
    assert heard.troubles == []


def test_what_was_kept_beside_a_newer_history_joins_it_after_the_update(
    open_db: Callable[[], HistoryDb], file: Path, heard: Heard
) -> None:
    fill(open_db, past(3))
    file.rename(file.with_name("meanwhile.db"))
    fill(open_db, [record("beside"), record("s1")])
    file.rename(file.with_name(f"history-v{SCHEMA_VERSION}.db"))
    file.with_name("meanwhile.db").rename(file)
    db = open_db()
    assert {s.id for s in db.sessions()} == {"s0", "s1", "s2", "beside"}
    assert db.session("s1") == past(3)[1]
    beside = f"history-v{SCHEMA_VERSION}"
    sentence = (
        f"1 session that was kept in {beside}.db is part of the history again."
        f" The file is kept as {beside}.merged-20261124-070509.db."
    )
    assert heard.notices == [sentence]
    assert db.close(FLUSH_S)
    assert {s.id for s in open_db().summaries()} == {"s0", "s1", "s2", "beside"}
    assert len(heard.notices) == 1


# The command line only says it.


def test_a_visit_says_what_is_wrong_and_moves_nothing(file: Path) -> None:
    file.write_text("not a database at all, but long enough to look like one")
    queries = visit(file, notice=pytest.fail)
    assert queries is not None
    with pytest.raises(HistoryError, match="is no Warmdown history, or a damaged one"):
        queries.sessions()
    assert list(file.parent.iterdir()) == [file]


def test_a_visit_reads_what_is_kept_beside_a_newer_history(
    open_db: Callable[[], HistoryDb], file: Path
) -> None:
    fill(open_db, past(1))
    make_newer(file)
    queries = visit(file, notice=pytest.fail)
    assert queries is not None
    with pytest.raises(HistoryError, match="written by a newer Warmdown"):
        queries.sessions()
    db = open_db()
    db.put_session(record("beside"))
    assert db.close(FLUSH_S)
    said: list[str] = []
    queries = visit(file, notice=said.append)
    assert queries is not None
    assert queries.sessions() == [record("beside")]
    assert len(said) == 1
    queries.close()


def test_the_file_is_marked_as_ours(open_db: Callable[[], HistoryDb], file: Path) -> None:
    fill(open_db, [])
    assert file.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")
