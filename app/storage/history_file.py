"""The history's file: found or made, checked, brought up to date, kept aside where it is broken."""

import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.errors import HistoryError
from app.domain.history import Status, status_when_left
from app.storage import history_writes as writes
from app.storage.history_faults import (
    explained,
    garbled_errors,
    is_damage,
    is_wrong_statement,
)
from app.storage.history_rows import TABLES, lenient_text, sessions_where
from app.storage.migrations import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    migrate,
    schema_version,
)
from app.storage.owner_slot import OwnerSlots
from app.storage.transaction import transaction

BUSY_S = 2.0
"""How long a statement waits for another process before it gives up."""

_OLDEST_SQLITE = (3, 37)  # the first one with STRICT tables
_ATTEMPTS = 4
_MAGIC = b"SQLite format 3\0"


class _DamagedError(Exception):
    """The file is no history, or no sound one."""


class _NewerError(Exception):
    """The file was written by a newer app."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One connection, in autocommit mode, and the file that it was made to."""

    db: sqlite3.Connection
    file: tuple[int, int] | None
    """The file's device and number."""
    problem: HistoryError | None = None
    """Why nothing can be written through it; None where it can be."""


class HistoryFile:
    """Opens the history for any thread, as often as needed; the first time puts it in order.

    A file that is no history, or a damaged one, is renamed and kept; what can be read of it is
    taken over into a new one. A file of a newer app stays untouched, and a file beside it is used
    until the app is updated, when that one is taken over. A visitor (the command line) only looks:
    it makes, moves and mends nothing.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        notice: Callable[[str], None],
        only_looks: bool = False,
        busy_s: float = BUSY_S,
    ) -> None:
        self._wanted = path
        self._path = path
        self._now = now
        self._notice = notice
        self._only_looks = only_looks
        self._busy_s = busy_s
        self._lock = threading.RLock()
        self._in_order: tuple[int, int] | None = None
        """The file that was last put in order, by device and number."""
        self._aside: Path | None = None
        """A file that was kept aside and is not taken over yet."""
        self.slots = OwnerSlots(path.with_name("history.lock"))

    @property
    def path(self) -> Path:
        """The file in use."""
        return self._path

    def connect(self) -> Opened:
        """Open the file, made or mended if need be; raises HistoryError where it cannot be."""
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            needed = ".".join(map(str, _OLDEST_SQLITE))
            raise HistoryError(
                f"Sessions are not being kept: SQLite {needed} or newer is needed,"
                f" and this Python has {sqlite3.sqlite_version}."
            )
        with self._lock:
            try:
                if self._in_order is None or self._in_order != self._number():
                    self._put_in_order()
                try:
                    with garbled_errors():
                        db = _open(self._path, self._busy_s)
                except sqlite3.Error as error:
                    if self._only_looks or not is_damage(error):
                        raise
                    self._put_in_order(broken=self._in_order)
                    db = _open(self._path, self._busy_s)
                return Opened(db, self._in_order)
            except (sqlite3.Error, OSError) as error:
                raise explained(self._path, error) from error

    def connect_to_read(self) -> Opened:
        """Open the file, if need be just as it lies there; raises HistoryError where it cannot be."""
        try:
            return self.connect()
        except HistoryError as problem:
            for mode in ("mode=ro", "immutable=1"):
                with suppress(sqlite3.Error, OSError):
                    return Opened(
                        _open_as_it_is(self._path, mode, self._busy_s), self._number(), problem
                    )
            raise

    def is_in_place(self, opened: Opened) -> bool:
        """Whether the connection still leads to the file that stands there."""
        return opened.file is not None and opened.file == self._number()

    def mend(self, opened: Opened, error: sqlite3.Error) -> None:
        """Keep a file aside that proved damaged in use; the next connection is to a new one.

        Raises HistoryError where that is not possible.
        """
        if self._only_looks or opened.problem is not None:
            raise self._damaged() from error
        with self._lock:
            try:
                self._put_in_order(broken=opened.file)
            except (sqlite3.Error, OSError) as reason:
                raise explained(self._path, reason) from error

    def _number(self) -> tuple[int, int] | None:
        with suppress(OSError):
            status = self._path.stat()
            return status.st_dev, status.st_ino
        return None

    def _damaged(self) -> HistoryError:
        return HistoryError(
            f"{self._path} is no Warmdown history, or a damaged one."
            " Open Warmdown: it keeps the file aside and goes on with what can be read of it."
        )

    def _put_in_order(self, broken: tuple[int, int] | None = None) -> None:
        if not self._only_looks:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(_ATTEMPTS):
            number = self._number()
            if broken is not None and broken == number:
                self._aside = self._keep_aside(number) or self._aside
                continue
            try:
                self._prepare()
            except _NewerError:
                self._use_another()
            except _DamagedError:
                if self._only_looks:
                    raise self._damaged() from None
                self._aside = self._keep_aside(number) or self._aside
            else:
                return
        raise HistoryError(
            f"Sessions are not being kept: {self._path} is damaged, and another program keeps it"
            " from being moved away. Close it."
        )

    def _prepare(self) -> None:
        """Check the file and bring it up to date; a missing one is made."""
        _look_at_bytes(self._path)
        try:
            with garbled_errors(), closing(self._checked()) as db:
                if not self._only_looks:
                    self._bring_up_to_date(db)
        except sqlite3.Error as error:
            if is_damage(error):
                raise _DamagedError from error
            raise
        self._in_order = self._number()

    def _checked(self) -> sqlite3.Connection:
        """Open the file and make sure that it is a history with the tables of this app."""
        db: sqlite3.Connection | None = None
        try:
            db = _open(self._path, self._busy_s)
            _check_kind(db)
            db.execute("PRAGMA journal_mode = WAL")
            # In this mode nothing can break while the tables are made; waiting for the disk once,
            # by the first session, is enough.
            db.execute("PRAGMA synchronous = NORMAL")
            migrate(db)
            db.execute("PRAGMA synchronous = FULL")
            for table, columns in TABLES.items():
                db.execute(f"SELECT {columns} FROM {table} LIMIT 0")  # noqa: S608  (our own text)
        except BaseException as error:
            if db is not None:
                db.close()
            if isinstance(error, sqlite3.Error) and is_wrong_statement(error):
                raise _DamagedError from error
            raise
        return db

    def _bring_up_to_date(self, db: sqlite3.Connection) -> None:
        if self._aside is not None:
            self._say_what_was_kept(self._aside, _taken_over(db, self._aside))
            self._aside = None
        if self._path == self._wanted:
            self._take_over_others(db)
        self._close_what_nobody_plays(db)

    def _use_another(self) -> None:
        other = self._wanted.with_stem(f"{self._wanted.stem}-v{SCHEMA_VERSION}")
        if self._path == other or (self._only_looks and not other.exists()):
            raise HistoryError(
                f"{self._wanted} was written by a newer Warmdown. Update Warmdown to read it."
            )
        self._path = other
        self._notice(
            f"{self._wanted} was written by a newer Warmdown and is left as it is. Until Warmdown is"
            f" updated, sessions are kept in {other.name} beside it."
        )

    def _keep_aside(self, number: tuple[int, int] | None) -> Path | None:
        """Rename the damaged file and its log; None if another process was quicker."""
        self.slots.begin_mending()
        try:
            if self._number() != number:
                return None
            return _renamed(self._path, f"damaged-{self._now():%Y%m%d-%H%M%S}")
        finally:
            self.slots.end_mending()

    def _say_what_was_kept(self, aside: Path, count: int) -> None:
        sessions = "1 session" if count == 1 else f"{count} sessions"
        self._notice(
            f"{self._path} is no sound history. It is kept as {aside.name};"
            f" {sessions} could be read from it and are in the new history."
            if count
            else f"{self._path} is no history. It is kept as {aside.name},"
            " and a new history was begun."
        )

    def _take_over_others(self, db: sqlite3.Connection) -> None:
        """Take over what this app kept beside a newer file before it was updated."""
        pattern = re.compile(re.escape(self._wanted.stem) + r"-v(\d{1,9})")
        for other in sorted(self._wanted.parent.glob(f"*{self._wanted.suffix}")):
            match = pattern.fullmatch(other.stem)
            if match and int(match[1]) <= SCHEMA_VERSION:
                count = _taken_over(db, other)
                kept = _renamed(other, f"merged-{self._now():%Y%m%d-%H%M%S}")
                what = "1 session that was" if count == 1 else f"{count} sessions that were"
                is_part = "is" if count == 1 else "are"
                self._notice(
                    f"{what} kept in {other.name} {is_part} part of the history again."
                    f" The file is kept as {kept.name}."
                )

    def _close_what_nobody_plays(self, db: sqlite3.Connection) -> None:
        """Find out what became of sessions whose app is gone."""
        running = sessions_where(db, "WHERE status = ?", [Status.RUNNING.value])
        gone = [record for record, row in running if not self.slots.is_alive(row[15])]
        if not gone:
            return
        with transaction(db):
            for record in gone:
                status = status_when_left(record)
                if status is None:
                    writes.delete_session(db, record.id)
                else:
                    writes.set_status_at_last_save(db, record.id, status)


def _look_at_bytes(path: Path) -> None:
    """Find what SQLite would take for an empty database and write over."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    log = path.with_name(f"{path.name}-wal")
    is_new = not start and not (log.exists() and log.stat().st_size)
    if not is_new and start != _MAGIC:
        raise _DamagedError


def _check_kind(db: sqlite3.Connection) -> None:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = schema_version(db)
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application == APPLICATION_ID and version > SCHEMA_VERSION:
        raise _NewerError
    is_empty = (application, version, tables) == (0, 0, 0)
    if not is_empty and not (application == APPLICATION_ID and version > 0):
        raise _DamagedError


def _taken_over(db: sqlite3.Connection, source: Path) -> int:
    """Return the number of sessions; a source that cannot even be copied stands for none."""
    from app.storage.history_takeover import take_over  # noqa: PLC0415  (hardly ever needed)

    with suppress(OSError):
        return take_over(db, source)
    return 0


def _open(path: Path, busy_s: float) -> sqlite3.Connection:
    # Each connection is used by one thread at a time; which one may change.
    db = sqlite3.connect(path, timeout=busy_s, isolation_level=None, check_same_thread=False)
    db.text_factory = lenient_text
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
    except BaseException:
        db.close()
        raise
    return db


def _open_as_it_is(path: Path, mode: str, busy_s: float) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=busy_s,
        isolation_level=None,
        check_same_thread=False,
    )
    db.text_factory = lenient_text
    try:
        _check_kind(db)
        for table, columns in TABLES.items():
            db.execute(f"SELECT {columns} FROM {table} LIMIT 0")  # noqa: S608  (our own text)
    except (_DamagedError, _NewerError):
        db.close()
        raise sqlite3.DatabaseError from None
    except BaseException:
        db.close()
        raise
    return db


def _renamed(path: Path, addition: str) -> Path:
    """Rename a database and its log to a name that is free; return the new one."""
    new = path.with_stem(f"{path.stem}.{addition}")
    number = 1
    while new.exists():
        number += 1
        new = path.with_stem(f"{path.stem}.{addition}-{number}")
    # The log first: beside a new database it would be taken for that one's.
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}-wal").rename(new.with_name(f"{new.name}-wal"))
    path.rename(new)
    with suppress(OSError):
        path.with_name(f"{path.name}-shm").unlink()
    return new
