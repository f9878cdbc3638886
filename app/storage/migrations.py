"""The history's tables, and how a database of any earlier version comes up to date."""

import sqlite3

from app.storage.transaction import transaction

APPLICATION_ID = 0x57524D44
"""Marks a SQLite file as a history of this app."""

MIGRATIONS: tuple[str, ...] = (
    # Append only: what has landed is never changed. The version of a database is the number of
    # statements that were run on it. Moments are milliseconds of UTC since 1970 with the offset
    # that the clock on the wall had, in seconds; lengths are milliseconds; days are ISO dates.
    f"PRAGMA application_id = {APPLICATION_ID}",
    # The same routine with the same choices is kept once, however often it is done.
    """
    CREATE TABLE snapshot (
      key INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      text TEXT NOT NULL
    ) STRICT
    """,
    # `owner` names the process that plays a running session (owner_slot.py). `phase` stands here
    # because imported sessions have no steps to compute it from.
    """
    CREATE TABLE session (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      routine TEXT NOT NULL,
      name TEXT NOT NULL,
      phase TEXT NOT NULL,
      status TEXT NOT NULL,
      started_ms INTEGER NOT NULL,
      offset_s INTEGER NOT NULL,
      local_date TEXT NOT NULL,
      ended_ms INTEGER,
      saved_ms INTEGER NOT NULL,
      planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
      active_ms INTEGER NOT NULL CHECK (active_ms >= 0),
      planned_work_ms INTEGER NOT NULL CHECK (planned_work_ms >= 0),
      done_work_ms INTEGER NOT NULL CHECK (done_work_ms >= 0),
      at_step INTEGER NOT NULL CHECK (at_step >= 1),
      owner INTEGER,
      note TEXT NOT NULL,
      snapshot INTEGER REFERENCES snapshot (key)
    ) STRICT
    """,
    "CREATE INDEX session_started ON session (started_ms)",
    """
    CREATE INDEX session_unfinished ON session (started_ms)
    WHERE status IN ('running', 'interrupted')
    """,
    """
    CREATE TABLE session_step (
      session INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
      idx INTEGER NOT NULL CHECK (idx >= 0),
      exercise TEXT,
      name TEXT NOT NULL,
      side TEXT NOT NULL,
      round INTEGER NOT NULL,
      phase TEXT NOT NULL,
      planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
      done_ms INTEGER NOT NULL CHECK (done_ms >= 0),
      complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
      PRIMARY KEY (session, idx)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE run (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      ended_ms INTEGER NOT NULL,
      offset_s INTEGER NOT NULL,
      duration_ms INTEGER CHECK (duration_ms >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE check_in (
      key INTEGER PRIMARY KEY,
      session INTEGER REFERENCES session (key) ON DELETE CASCADE,
      run INTEGER REFERENCES run (key) ON DELETE CASCADE,
      moment TEXT NOT NULL,
      score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
      at_ms INTEGER NOT NULL,
      offset_s INTEGER NOT NULL,
      CHECK (session IS NULL OR run IS NULL)
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX check_in_of_session ON check_in (session, moment)
    WHERE session IS NOT NULL
    """,
    "CREATE UNIQUE INDEX check_in_of_run ON check_in (run, moment) WHERE run IS NOT NULL",
    """
    CREATE UNIQUE INDEX check_in_alone ON check_in (at_ms, moment)
    WHERE session IS NULL AND run IS NULL
    """,
    """
    CREATE TABLE mark (
      key INTEGER PRIMARY KEY,
      session INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
      at_ms INTEGER NOT NULL,
      offset_s INTEGER NOT NULL,
      exercise TEXT NOT NULL,
      side TEXT NOT NULL,
      place_ms INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX mark_of_session ON mark (session)",
    """
    CREATE TABLE pause (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      first TEXT NOT NULL,
      last TEXT,
      reason TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE goal (
      since TEXT PRIMARY KEY NOT NULL,
      days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 7)
    ) STRICT
    """,
)

SCHEMA_VERSION = len(MIGRATIONS)


def schema_version(db: sqlite3.Connection) -> int:
    """Return the number of migrations that were run on `db`."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring `db` (in autocommit mode) up to date: one statement and its number at a time.

    Raises sqlite3.Error and leaves the database at the last number that was reached. Another
    process may migrate at the same time.
    """
    for number, statement in enumerate(migrations, start=1):
        if schema_version(db) >= number:
            continue
        with transaction(db):
            # Asked again: now that the lock is ours nobody else can move it.
            if schema_version(db) < number:
                db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")
