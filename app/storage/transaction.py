"""All or nothing: one SQLite transaction around a block."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one transaction of `db` (in autocommit mode), with the write lock held."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite itself undo it all; then there is nothing left to roll back.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
