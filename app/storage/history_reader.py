"""Reads the history: every question that the app asks of it."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from app.domain.errors import HistoryError
from app.domain.history import (
    Goal,
    Pause,
    Run,
    SessionRecord,
    SessionSummary,
    Status,
    status_when_left,
    summary_of,
)
from app.storage import history_rows as rows
from app.storage.history_faults import garbled_errors, is_damage
from app.storage.history_file import HistoryFile, Opened
from app.storage.history_rows import Row

Answer = TypeVar("Answer")

_ATTEMPTS = 3


class HistoryQueries:
    """Answers from a connection of its own; any thread may ask. Raises HistoryError.

    A session that counts as running though its app has died is given as what it will become.
    """

    def __init__(self, file: HistoryFile) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    @property
    def problem(self) -> HistoryError | None:
        """Why the file can only be read; None where it can be written too."""
        return None if self._opened is None else self._opened.problem

    def sessions(self, *, limit: int | None = None) -> list[SessionRecord]:
        # Some more, for those that turn out to be nothing.
        newest = "" if limit is None else f"ORDER BY started_ms DESC, key DESC LIMIT {limit + 10:d}"
        return self._ask(lambda db: self._sessions(db, newest))[:limit]

    def session(self, session_id: str) -> SessionRecord | None:
        found = self._ask(lambda db: self._sessions(db, "WHERE id = ?", [session_id]))
        return found[0] if found else None

    def interrupted(self) -> SessionRecord | None:
        unfinished = "WHERE status IN ('running', 'interrupted')"
        found = self._ask(lambda db: self._sessions(db, unfinished))
        return next((record for record in found if record.status is Status.INTERRUPTED), None)

    def summaries(self) -> list[SessionSummary]:
        query = f"SELECT {rows.SUMMARY_COLUMNS} FROM session ORDER BY started_ms, key"  # noqa: S608

        def answer(db: sqlite3.Connection) -> list[SessionSummary]:
            found = db.execute(query).fetchall()
            dead = {row[0] for row in found if row[6] == Status.RUNNING and self._is_dead(row[13])}
            if dead:
                found = [row for row in found if row[0] not in dead]
            summaries = list(rows.readable(found, rows.read_summary))
            if dead:
                left = self._sessions(db, "WHERE status = ?", [Status.RUNNING.value])
                summaries += [summary_of(record) for record in left if record.id in dead]
                summaries.sort(key=lambda summary: summary.started)
            return summaries

        return self._ask(answer)

    def pauses(self) -> list[Pause]:
        query = f"SELECT {rows.PAUSE_COLUMNS} FROM pause ORDER BY first, key"  # noqa: S608
        return self._ask(lambda db: list(rows.readable(db.execute(query), rows.read_pause)))

    def runs(self) -> list[Run]:
        query = f"SELECT {rows.RUN_COLUMNS} FROM run ORDER BY ended_ms, key"  # noqa: S608
        return self._ask(lambda db: list(rows.readable(db.execute(query), rows.read_run)))

    def goals(self) -> list[Goal]:
        query = f"SELECT {rows.GOAL_COLUMNS} FROM goal ORDER BY since"  # noqa: S608
        return self._ask(lambda db: list(rows.readable(db.execute(query), rows.read_goal)))

    def close(self) -> None:
        with self._lock:
            self._disconnect()

    def _sessions(
        self, db: sqlite3.Connection, condition: str, values: Sequence[object] = ()
    ) -> list[SessionRecord]:
        found = rows.sessions_where(db, condition, values)
        standing = [self._as_it_stands(record, row) for record, row in found]
        return [record for record in standing if record is not None]

    def _as_it_stands(self, record: SessionRecord, row: Row) -> SessionRecord | None:
        if record.status is not Status.RUNNING or not self._is_dead(row[15]):
            return record
        status = status_when_left(record)
        if status is None:
            return None
        return replace(record, status=status, ended=rows.from_ms(row[17], row[5]))

    def _is_dead(self, owner: int | None) -> bool:
        return not self._file.slots.is_alive(owner)

    def _ask(self, query: Callable[[sqlite3.Connection], Answer]) -> Answer:
        with self._lock:
            for _ in range(_ATTEMPTS):
                opened = self._connection()
                try:
                    with garbled_errors():
                        return query(opened.db)
                except sqlite3.Error as error:
                    self._disconnect()
                    if not is_damage(error):
                        raise HistoryError(
                            f"The history in {self._file.path} cannot be read ({error})."
                        ) from error
                    self._file.mend(opened, error)
        raise HistoryError(f"The history in {self._file.path} cannot be read: it is damaged.")

    def _connection(self) -> Opened:
        is_stale = self._opened is not None and (
            # A file that could only be read may have become writable.
            self._opened.problem is not None or not self._file.is_in_place(self._opened)
        )
        if is_stale:
            self._disconnect()
        if self._opened is None:
            self._opened = self._file.connect_to_read()
        return self._opened

    def _disconnect(self) -> None:
        if self._opened is not None:
            with suppress(sqlite3.Error):
                self._opened.db.close()
            self._opened = None


def visit(path: Path, *, notice: Callable[[str], None]) -> HistoryQueries | None:
    """Return the history as the command line reads it; None where there is no file.

    Nothing is made, moved or mended. `notice` hears that a file beside the newer one is read.
    """
    if not path.exists():
        return None
    return HistoryQueries(
        HistoryFile(path, now=lambda: datetime.now().astimezone(), notice=notice, only_looks=True)
    )
