"""Takes over what can still be read of another history file, damaged ones included."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from app.storage import history_writes as writes
from app.storage.history_faults import garbled_errors
from app.storage.history_rows import (
    TABLES,
    Row,
    assembled,
    from_ms,
    lenient_text,
    read_check_in,
    read_goal,
    read_pause,
    read_run,
    readable,
)
from app.storage.migrations import migrate
from app.storage.transaction import transaction

_HEADER_BYTES = 100
_PAGE_BYTES = 4_096  # SQLite's default
_UNREADABLE_KEYS = 10_000
"""So many keys in a row that cannot be read end the search in a table."""


def take_over(db: sqlite3.Connection, source: Path) -> int:
    """Add to `db` (in autocommit mode) what `source` has and `db` does not; count the sessions.

    `source` itself is only read. Raises sqlite3.Error where `db` cannot be written and OSError
    where `source` cannot be copied, and then adds nothing.
    """
    # A copy, because SQLite writes to a file that it opens: it brings it up to date by its log.
    with TemporaryDirectory(prefix="warmdown-") as folder:
        copy = Path(folder) / "history.db"
        shutil.copyfile(source, copy)
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{source}-wal", f"{copy}-wal")
        _mend_header(copy)
        with closing(sqlite3.connect(copy, isolation_level=None)) as other:
            other.text_factory = lenient_text
            with suppress(sqlite3.Error), garbled_errors():
                # Read on where the description of some table is broken.
                other.execute("PRAGMA writable_schema = ON")
                migrate(other)
            tables = {table: list(_rows(other, table)) for table in TABLES}
    with transaction(db):
        return _add_missing(db, tables)


def _mend_header(copy: Path) -> None:
    """Put back what stands in the first bytes of every file of ours, so that one bit costs nothing."""
    with copy.open("r+b") as file:
        header = bytearray(file.read(_HEADER_BYTES))
        if len(header) < _HEADER_BYTES:
            return
        pages = copy.stat().st_size // _PAGE_BYTES
        for offset, value in (
            (0, b"SQLite format 3\0"),
            (16, _PAGE_BYTES.to_bytes(2, "big")),
            (18, b"\2\2"),  # read and written with a log
            (20, b"\0\x40\x20\x20"),  # no reserved bytes; three constants
            (28, pages.to_bytes(4, "big")),
            (44, (4).to_bytes(4, "big")),  # the schema's format
            (56, (1).to_bytes(4, "big")),  # UTF-8
            (92, header[24:28]),  # makes the number of pages count
        ):
            header[offset : offset + len(value)] = value
        file.seek(0)
        file.write(header)


def _rows(db: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Yield a table's rows, going on behind each part that cannot be read."""
    columns = TABLES[table]
    key = columns.split(",", 1)[0]
    query = f"SELECT {columns} FROM {table} WHERE {key} > ? ORDER BY {key}"  # noqa: S608
    last, misses = -1, 0
    try:
        with garbled_errors():
            db.execute(f"{query} LIMIT 0", (last,))
    except sqlite3.DatabaseError:
        return  # no such table any more: other keys would not help
    while misses < _UNREADABLE_KEYS:
        try:
            with garbled_errors():
                for row in db.execute(query, (last,)):
                    # Pages that point at each other would go round for ever.
                    if type(row[0]) is not int or row[0] < last:
                        return
                    last, misses = row[0], 0
                    yield row
        except sqlite3.DatabaseError:
            last, misses = last + 1, misses + 1
        else:
            return


def _add_missing(db: sqlite3.Connection, tables: dict[str, list[Row]]) -> int:
    before = _session_count(db)
    for record, row in assembled(
        tables["session"],
        steps=tables["session_step"],
        check_ins=tables["check_in"],
        marks=tables["mark"],
        snapshots={row[0]: row[1] for row in tables["snapshot"] if type(row[1]) is str},
    ):
        owner = row[15] if type(row[15]) is int else None
        saved = from_ms(row[17], row[5]) if type(row[17]) is int else record.started
        with _if_possible(db):
            writes.insert_session(db, record, owner=owner, saved=saved)
    for run in readable(tables["run"], read_run):
        with _if_possible(db):
            writes.insert_run(db, run)
    run_ids = {row[0]: row[1] for row in tables["run"]}
    for row in tables["check_in"]:
        if row[1] is None and (row[2] is None or row[2] in run_ids):
            read = partial(read_check_in, run_id=run_ids.get(row[2]))
            for check_in in readable([row], read):
                with _if_possible(db):
                    writes.add_check_in(db, check_in)
    for pause in readable(tables["pause"], read_pause):
        with _if_possible(db):
            writes.insert_pause(db, pause)
    if not db.execute("SELECT 1 FROM goal").fetchone():
        goals = {goal.since: goal for goal in readable(tables["goal"], read_goal)}
        writes.set_goals(db, goals.values())
    return _session_count(db) - before


def _session_count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM session").fetchone()[0])


@contextmanager
def _if_possible(db: sqlite3.Connection) -> Iterator[None]:
    """Undo what the block did where a rule of the tables forbids it: known ids, senseless values."""
    db.execute("SAVEPOINT part")
    try:
        yield
    except sqlite3.IntegrityError:
        db.execute("ROLLBACK TO part")
    db.execute("RELEASE part")
