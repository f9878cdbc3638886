"""Keeps the history in one SQLite file: writes in the background, reads at once."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.domain.errors import HistoryError
from app.domain.history import (
    CheckIn,
    Goal,
    Mark,
    Pause,
    Run,
    SessionRecord,
    SessionSummary,
    Status,
    StepRecord,
)
from app.storage import history_writes as writes
from app.storage.history_file import BUSY_S, HistoryFile
from app.storage.history_reader import HistoryQueries
from app.storage.history_writer import HistoryWriter

Answer = TypeVar("Answer")

_READ_YOUR_WRITES_S = 1.0
_CLOSE_S = 3.0


def _local_now() -> datetime:
    return datetime.now().astimezone()


def _ignore(_: object) -> None:
    pass


class HistoryDb:
    """The history of one folder, for the app (`HistoryStore` and `HistoryReader`).

    Every method returns without waiting for the disk, but for reads that follow a write. Nothing
    here raises because of the disk: `trouble` hears, on any thread, why sessions are not kept for
    now, once each time (None: all is saved after all), and `notice` what was done about a file that
    is damaged or newer than the app. What had to wait is saved as soon as it can be; reading then
    gives what is there.
    """

    def __init__(
        self,
        path: Path,
        *,
        trouble: Callable[[HistoryError | None], None] = _ignore,
        notice: Callable[[str], None] = _ignore,
        now: Callable[[], datetime] = _local_now,
        busy_s: float = BUSY_S,
    ) -> None:
        self._now = now
        self._file = HistoryFile(path, now=now, notice=notice, busy_s=busy_s)
        self._troubles = _Troubles(trouble)
        self._writer = HistoryWriter(self._file, trouble=partial(self._troubles.tell, "writing"))
        self._queries = HistoryQueries(self._file)

    # The store.

    def begin(self, record: SessionRecord) -> None:
        saved = self._now()

        def insert(db: sqlite3.Connection) -> None:
            writes.insert_session(db, record, owner=self._file.slots.claim(), saved=saved)

        self._writer.submit(insert)

    def save_step(
        self, session_id: str, step: StepRecord, *, active_ms: int, done_work_ms: int
    ) -> None:
        self._writer.submit(
            partial(
                writes.save_step,
                session_id=session_id,
                step=step,
                active_ms=active_ms,
                done_work_ms=done_work_ms,
                saved=self._now(),
            )
        )

    def save_progress(self, session_id: str, *, active_ms: int, done_work_ms: int) -> None:
        self._writer.submit(
            partial(
                writes.save_progress,
                session_id=session_id,
                active_ms=active_ms,
                done_work_ms=done_work_ms,
                saved=self._now(),
            )
        )

    def save_place(self, session_id: str, step: int) -> None:
        self._writer.submit(partial(writes.save_place, session_id=session_id, step=step))

    def add_mark(self, session_id: str, mark: Mark) -> None:
        self._writer.submit(partial(writes.add_mark, session_id=session_id, mark=mark))

    def end(self, record: SessionRecord) -> None:
        self._writer.submit(partial(writes.end_session, record=record, saved=self._now()))

    def discard(self, session_id: str) -> None:
        self._writer.submit(partial(writes.delete_session, session_id=session_id))

    def resume(self, session_id: str) -> None:
        saved = self._now()

        def go_on(db: sqlite3.Connection) -> None:
            writes.resume_session(db, session_id, owner=self._file.slots.claim(), saved=saved)

        self._writer.submit(go_on)

    def keep_as_stopped(self, session_id: str) -> None:
        self._writer.submit(
            partial(writes.set_status_at_last_save, session_id=session_id, status=Status.STOPPED)
        )

    def add_check_in(self, check_in: CheckIn) -> None:
        self._writer.submit(partial(writes.add_check_in, check_in=check_in))

    def remove_check_in(self, check_in: CheckIn) -> None:
        self._writer.submit(partial(writes.remove_check_in, check_in=check_in))

    def set_note(self, session_id: str, note: str) -> None:
        self._writer.submit(partial(writes.set_note, session_id=session_id, note=note))

    def put_session(self, record: SessionRecord) -> None:
        self._writer.submit(partial(writes.put_session, record=record, saved=self._now()))

    def delete_session(self, session_id: str) -> SessionRecord | None:
        """Delete a session; what is returned goes to `put_session` to undo it."""
        record = self.session(session_id)
        self._writer.submit(partial(writes.delete_session, session_id=session_id))
        return record

    def set_goals(self, goals: Sequence[Goal]) -> None:
        self._writer.submit(partial(writes.set_goals, goals=tuple(goals)))

    def flush(self, timeout_s: float) -> bool:
        """Wait until all is on disk; False if that took too long."""
        return self._writer.flush(timeout_s)

    def close(self, timeout_s: float = _CLOSE_S) -> bool:
        """Save what is left and close the file; False if something could not be saved."""
        is_saved = self._writer.close(timeout_s)
        self._queries.close()
        self._file.slots.close()
        return is_saved

    # The reader.

    def sessions(self, *, limit: int | None = None) -> list[SessionRecord]:
        return self._answer(lambda: self._queries.sessions(limit=limit), [])

    def session(self, session_id: str) -> SessionRecord | None:
        return self._answer(lambda: self._queries.session(session_id), None)

    def summaries(self) -> list[SessionSummary]:
        return self._answer(self._queries.summaries, [])

    def interrupted(self) -> SessionRecord | None:
        return self._answer(self._queries.interrupted, None)

    def pauses(self) -> list[Pause]:
        return self._answer(self._queries.pauses, [])

    def runs(self) -> list[Run]:
        return self._answer(self._queries.runs, [])

    def goals(self) -> list[Goal]:
        return self._answer(self._queries.goals, [])

    def _answer(self, query: Callable[[], Answer], nothing: Answer) -> Answer:
        if not self._writer.is_idle and not self._writer.is_in_trouble:
            self._writer.flush(_READ_YOUR_WRITES_S)
        try:
            answer = query()
        except HistoryError as problem:
            self._troubles.tell("reading", problem)
            return nothing
        self._troubles.tell("reading", self._queries.problem)
        return answer


class _Troubles:
    """Joins what the writer and the reader say, so that one reason is told once."""

    def __init__(self, listener: Callable[[HistoryError | None], None]) -> None:
        self._listener = listener
        self._lock = threading.Lock()
        self._of: dict[str, HistoryError] = {}
        self._told = ""

    def tell(self, source: str, problem: HistoryError | None) -> None:
        with self._lock:
            if problem is None:
                self._of.pop(source, None)
            else:
                self._of[source] = problem
            current = next(iter(self._of.values()), None)
            text = "" if current is None else str(current)
            if text == self._told:
                return
            self._told = text
        self._listener(current)
