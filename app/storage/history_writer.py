"""Writes to the history on a thread of its own, in order, and again until it succeeds."""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from app.domain.errors import HistoryError
from app.storage.history_faults import (
    explained,
    garbled_errors,
    is_damage,
    is_sound,
    is_wrong_statement,
)
from app.storage.history_file import HistoryFile, Opened
from app.storage.transaction import transaction

Operation = Callable[[sqlite3.Connection], None]

_RETRY_S = (0.25, 0.5, 1.0, 2.0, 4.0)


class HistoryWriter:
    """A queue of operations, each on disk as soon as the disk allows.

    `trouble` hears, on the writer's thread, once why nothing can be saved, and None when all that
    had to wait is saved.
    """

    def __init__(
        self, file: HistoryFile, *, trouble: Callable[[HistoryError | None], None]
    ) -> None:
        self._file = file
        self._trouble = trouble
        self._queue: deque[Operation] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closing = False
        self._opened: Opened | None = None
        self._problem: HistoryError | None = None
        self._failures = 0
        self._running: Operation | None = None

    @property
    def is_in_trouble(self) -> bool:
        return self._problem is not None

    @property
    def is_idle(self) -> bool:
        """Whether all that was submitted is on disk."""
        return not self._queue

    def submit(self, operation: Operation) -> None:
        """Do this after all that was submitted before; returns at once."""
        with self._changed:
            self._queue.append(operation)
            if self._thread is None:
                self._start()
            self._changed.notify_all()

    def flush(self, timeout_s: float) -> bool:
        """Wait until all that was submitted is on disk; False if that took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._queue, timeout_s)

    def close(self, timeout_s: float) -> bool:
        """Save what is left and end the thread; False if something could not be saved."""
        end = monotonic() + timeout_s
        is_saved = self.is_idle or (not self.is_in_trouble and self.flush(timeout_s))
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(max(0.1, end - monotonic()))
        return is_saved

    def _start(self) -> None:
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            while batch := self._next_batch():
                self._attempt(batch)
        finally:
            self._disconnect()
            with self._changed:
                self._thread = None
                if self._running is not None:
                    # A bug of ours, which the thread's exception reports: it must not come again,
                    # and what was submitted after it is not lost.
                    self._queue.remove(self._running)
                    self._running = None
                    if self._queue:
                        self._start()
                self._changed.notify_all()

    def _next_batch(self) -> list[Operation]:
        """Wait for work; nothing means that the thread is to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._is_closing)
            is_over = self._is_closing and (self.is_in_trouble or not self._queue)
            return [] if is_over else list(self._queue)

    def _attempt(self, batch: list[Operation]) -> None:
        try:
            opened = self._connection()
            try:
                with garbled_errors(), transaction(opened.db):
                    for operation in batch:
                        self._running = operation
                        operation(opened.db)
                    self._running = None
            except sqlite3.Error as error:
                is_suspect = is_wrong_statement(error) and self._running is not None
                if is_damage(error) or (is_suspect and not is_sound(opened.db)):
                    self._disconnect()
                    self._file.mend(opened, error)
                elif is_suspect:
                    raise
                else:
                    raise explained(self._file.path, error) from error
                self._running = None
                return
        except HistoryError as problem:
            self._running = None
            self._wait_out(problem)
            return
        self._note_success(len(batch))

    def _note_success(self, count: int) -> None:
        with self._changed:
            for _ in range(count):
                self._queue.popleft()
            is_well_again = self._problem is not None and not self._queue
            if is_well_again:
                self._problem = None
            self._failures = 0
            self._changed.notify_all()
        if is_well_again:
            self._trouble(None)

    def _wait_out(self, problem: HistoryError) -> None:
        self._disconnect()
        is_news = str(problem) != str(self._problem)
        self._problem = problem
        if is_news:
            self._trouble(problem)
        delay_s = _RETRY_S[min(self._failures, len(_RETRY_S) - 1)]
        self._failures += 1
        with self._changed:
            self._changed.wait_for(lambda: self._is_closing, delay_s)

    def _connection(self) -> Opened:
        if self._opened is not None and not self._file.is_in_place(self._opened):
            # Someone moved the file away; going on would write to where nobody looks.
            self._disconnect()
        if self._opened is None:
            self._opened = self._file.connect()
        return self._opened

    def _disconnect(self) -> None:
        if self._opened is not None:
            with suppress(sqlite3.Error):
                self._opened.db.close()
            self._opened = None
