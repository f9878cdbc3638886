"""What SQLite's and the system's errors mean for the history, and how they are said."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.errors import HistoryError

_PRIMARY_CODE = 0xFF


@contextmanager
def garbled_errors() -> Iterator[None]:
    """Turn an error whose text is garbled into the one that it is.

    SQLite puts parts of a damaged file into its messages, and the module cannot decode them.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        damage = sqlite3.DatabaseError("the file is damaged")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, or no database."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_wrong_statement(error: sqlite3.Error) -> bool:
    """Whether statement and tables do not fit, so that trying again would change nothing."""
    wrong = {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_RANGE,
        sqlite3.SQLITE_TOOBIG,
    }
    return _code(error) in wrong


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether tables and indices fit together; reads all of the file."""
    try:
        with garbled_errors():
            return db.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
    except sqlite3.Error as error:
        return not is_damage(error)


def _code(error: sqlite3.Error) -> int:
    # Errors that the module itself raises, as for text that is no UTF-8, have no code.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & _PRIMARY_CODE


def explained(path: Path, error: sqlite3.Error | OSError) -> HistoryError:
    """Say in one sentence why nothing can be saved for now, and what helps."""
    if isinstance(error, OSError):
        return _unwritable(path, error.strerror or str(error))
    match _code(error):
        case sqlite3.SQLITE_FULL:
            why = f"the disk with {path} is full. Free some space, and all that was done is saved."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return _unwritable(path, "read-only")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            why = f"another program is using {path}. Close it, and all that was done is saved."
        case _:
            why = f"{path} cannot be written ({error}). All that was done is saved once it can be."
    return HistoryError(f"Sessions are not being kept: {why}")


def _unwritable(path: Path, reason: str) -> HistoryError:
    return HistoryError(
        f"Sessions are not being kept: {path.parent} cannot be written ({reason})."
        " Make it writable, or set WARMDOWN_HOME to another folder."
    )
