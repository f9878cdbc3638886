"""Every statement that changes the history's rows; each runs inside the caller's transaction."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from app.domain.history import (
    CheckIn,
    Goal,
    Mark,
    Pause,
    Run,
    SessionRecord,
    Status,
    StepRecord,
    main_phase,
)
from app.storage.history_rows import STEP_COLUMNS, offset_s, to_ms


def insert_session(
    db: sqlite3.Connection, record: SessionRecord, *, owner: int | None, saved: datetime
) -> None:
    """Add a session with all that belongs to it; raises IntegrityError if its id is known."""
    key = db.execute(
        "INSERT INTO session (id, routine, name, phase, status, started_ms, offset_s, local_date,"
        " ended_ms, saved_ms, planned_ms, active_ms, planned_work_ms, done_work_ms, at_step, owner,"
        " note, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            record.routine,
            record.name,
            main_phase(record.steps).value,
            record.status.value,
            to_ms(record.started),
            offset_s(record.started),
            record.local_date.isoformat(),
            None if record.ended is None else to_ms(record.ended),
            to_ms(saved),
            record.planned_ms,
            record.active_ms,
            record.planned_work_ms,
            record.done_work_ms,
            record.at_step,
            owner,
            record.note,
            _snapshot_key(db, record.snapshot),
        ),
    ).lastrowid
    db.executemany(
        f"INSERT INTO session_step ({STEP_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [
            (
                key,
                step.index,
                step.exercise,
                step.name,
                step.side.value,
                step.round,
                step.phase.value,
                step.planned_ms,
                step.done_ms,
                int(step.complete),
            )
            for step in record.steps
        ],
    )
    for check_in in record.check_ins:
        _insert_check_in(db, check_in, session=key, run=None)
    for mark in record.marks:
        _insert_mark(db, key, mark)


def _snapshot_key(db: sqlite3.Connection, text: str) -> int | None:
    if not text:
        return None
    from hashlib import sha256  # noqa: PLC0415  (not needed for the first picture)

    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    db.execute("INSERT OR IGNORE INTO snapshot (digest, text) VALUES (?, ?)", (digest, text))
    row = db.execute("SELECT key FROM snapshot WHERE digest = ?", (digest,)).fetchone()
    return int(row[0])


def _insert_check_in(
    db: sqlite3.Connection, check_in: CheckIn, *, session: int | None, run: int | None
) -> None:
    db.execute(
        "INSERT OR REPLACE INTO check_in (session, run, moment, score, at_ms, offset_s)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            session,
            run,
            check_in.moment.value,
            check_in.score,
            to_ms(check_in.at),
            offset_s(check_in.at),
        ),
    )


def _insert_mark(db: sqlite3.Connection, session: int | None, mark: Mark) -> None:
    db.execute(
        "INSERT INTO mark (session, at_ms, offset_s, exercise, side, place_ms)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (session, to_ms(mark.at), offset_s(mark.at), mark.exercise, mark.side.value, mark.at_ms),
    )


def _key_of(db: sqlite3.Connection, table: str, row_id: str) -> int | None:
    row = db.execute(f"SELECT key FROM {table} WHERE id = ?", (row_id,)).fetchone()  # noqa: S608
    return None if row is None else int(row[0])


def save_step(
    db: sqlite3.Connection,
    session_id: str,
    step: StepRecord,
    *,
    active_ms: int,
    done_work_ms: int,
    saved: datetime,
) -> None:
    """Keep a step's totals and the session's; nothing happens where the session is gone."""
    key = _key_of(db, "session", session_id)
    db.execute(
        "UPDATE session_step SET done_ms = ?, complete = ? WHERE session = ? AND idx = ?",
        (step.done_ms, int(step.complete), key, step.index),
    )
    db.execute(
        "UPDATE session SET phase = coalesce((SELECT phase FROM session_step WHERE session = key"
        " GROUP BY phase ORDER BY sum(done_ms) DESC, sum(planned_ms) DESC, min(idx) LIMIT 1),"
        " phase) WHERE key = ?",
        (key,),
    )
    save_progress(db, session_id, active_ms=active_ms, done_work_ms=done_work_ms, saved=saved)


def save_progress(
    db: sqlite3.Connection, session_id: str, *, active_ms: int, done_work_ms: int, saved: datetime
) -> None:
    db.execute(
        "UPDATE session SET active_ms = ?, done_work_ms = ?, saved_ms = ? WHERE id = ?",
        (active_ms, done_work_ms, to_ms(saved), session_id),
    )


def save_place(db: sqlite3.Connection, session_id: str, step: int) -> None:
    db.execute("UPDATE session SET at_step = ? WHERE id = ?", (step, session_id))


def end_session(db: sqlite3.Connection, record: SessionRecord, *, saved: datetime) -> None:
    """Write the record's totals; a session that is not there (its file was lost) is added whole."""
    key = _key_of(db, "session", record.id)
    if key is None:
        insert_session(db, record, owner=None, saved=saved)
        return
    db.execute(
        "UPDATE session SET status = ?, phase = ?, ended_ms = ?, saved_ms = ?, active_ms = ?,"
        " done_work_ms = ?, at_step = ?, owner = NULL WHERE key = ?",
        (
            record.status.value,
            main_phase(record.steps).value,
            None if record.ended is None else to_ms(record.ended),
            to_ms(saved),
            record.active_ms,
            record.done_work_ms,
            record.at_step,
            key,
        ),
    )
    db.executemany(
        "UPDATE session_step SET done_ms = ?, complete = ? WHERE session = ? AND idx = ?",
        [(step.done_ms, int(step.complete), key, step.index) for step in record.steps],
    )


def resume_session(
    db: sqlite3.Connection, session_id: str, *, owner: int | None, saved: datetime
) -> None:
    db.execute(
        "UPDATE session SET status = ?, ended_ms = NULL, owner = ?, saved_ms = ? WHERE id = ?",
        (Status.RUNNING.value, owner, to_ms(saved), session_id),
    )


def set_status_at_last_save(db: sqlite3.Connection, session_id: str, status: Status) -> None:
    """Close a session that nobody plays: it ended when its last part was kept."""
    db.execute(
        "UPDATE session SET status = ?, ended_ms = saved_ms, owner = NULL WHERE id = ?",
        (status.value, session_id),
    )


def delete_session(db: sqlite3.Connection, session_id: str) -> None:
    row = db.execute("SELECT snapshot FROM session WHERE id = ?", (session_id,)).fetchone()
    if row is None:
        return
    db.execute("DELETE FROM session WHERE id = ?", (session_id,))
    db.execute(
        "DELETE FROM snapshot WHERE key = ? AND NOT EXISTS"
        " (SELECT 1 FROM session WHERE snapshot = ?)",
        (row[0], row[0]),
    )


def put_session(db: sqlite3.Connection, record: SessionRecord, *, saved: datetime) -> None:
    delete_session(db, record.id)
    insert_session(db, record, owner=None, saved=saved)


def set_note(db: sqlite3.Connection, session_id: str, note: str) -> None:
    db.execute("UPDATE session SET note = ? WHERE id = ?", (note, session_id))


def add_mark(db: sqlite3.Connection, session_id: str, mark: Mark) -> None:
    key = _key_of(db, "session", session_id)
    if key is not None:
        _insert_mark(db, key, mark)


def add_check_in(db: sqlite3.Connection, check_in: CheckIn) -> None:
    """Keep a score; nothing happens where the session or run that it belongs to is gone."""
    session = run = None
    if check_in.session_id is not None:
        session = _key_of(db, "session", check_in.session_id)
    elif check_in.run_id is not None:
        run = _key_of(db, "run", check_in.run_id)
    if (session is None) == (check_in.session_id is None) and (run is None) == (
        check_in.session_id is not None or check_in.run_id is None
    ):
        _insert_check_in(db, check_in, session=session, run=run)


def remove_check_in(db: sqlite3.Connection, check_in: CheckIn) -> None:
    moment = check_in.moment.value
    if check_in.session_id is not None:
        db.execute(
            "DELETE FROM check_in WHERE moment = ?"
            " AND session = (SELECT key FROM session WHERE id = ?)",
            (moment, check_in.session_id),
        )
    elif check_in.run_id is not None:
        db.execute(
            "DELETE FROM check_in WHERE moment = ? AND run = (SELECT key FROM run WHERE id = ?)",
            (moment, check_in.run_id),
        )
    else:
        db.execute(
            "DELETE FROM check_in WHERE moment = ? AND at_ms = ?"
            " AND session IS NULL AND run IS NULL",
            (moment, to_ms(check_in.at)),
        )


def insert_run(db: sqlite3.Connection, run: Run) -> None:
    db.execute(
        "INSERT INTO run (id, ended_ms, offset_s, duration_ms) VALUES (?, ?, ?, ?)",
        (run.id, to_ms(run.ended), offset_s(run.ended), run.duration_ms),
    )


def insert_pause(db: sqlite3.Connection, pause: Pause) -> None:
    last = None if pause.last is None else pause.last.isoformat()
    db.execute(
        "INSERT INTO pause (id, first, last, reason) VALUES (?, ?, ?, ?)",
        (pause.id, pause.first.isoformat(), last, pause.reason.value),
    )


def set_goals(db: sqlite3.Connection, goals: Iterable[Goal]) -> None:
    db.execute("DELETE FROM goal")
    db.executemany(
        "INSERT INTO goal (since, days) VALUES (?, ?)",
        [(goal.since.isoformat(), goal.days) for goal in goals],
    )
