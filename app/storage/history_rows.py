"""Rows of the history's tables to records; a row with values that cannot be is left out."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, TypeVar

from app.domain.choices import Side
from app.domain.exercise import Phase
from app.domain.history import (
    CheckIn,
    Goal,
    Mark,
    Moment,
    Pause,
    PauseReason,
    Run,
    SessionRecord,
    SessionSummary,
    Status,
    StepRecord,
)

Row = tuple[Any, ...]
Record = TypeVar("Record")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

SESSION_COLUMNS = (
    "key, id, routine, name, started_ms, offset_s, local_date, status, planned_ms,"
    " planned_work_ms, active_ms, done_work_ms, ended_ms, note, at_step, owner, snapshot, saved_ms"
)
STEP_COLUMNS = "session, idx, exercise, name, side, round, phase, planned_ms, done_ms, complete"
CHECK_IN_COLUMNS = "key, session, run, moment, score, at_ms, offset_s"
MARK_COLUMNS = "key, session, at_ms, offset_s, exercise, side, place_ms"
RUN_COLUMNS = "key, id, ended_ms, offset_s, duration_ms"
PAUSE_COLUMNS = "key, id, first, last, reason"
GOAL_COLUMNS = "rowid, since, days"
SNAPSHOT_COLUMNS = "key, text"
SUMMARY_COLUMNS = (
    "id, routine, name, started_ms, offset_s, local_date, status, active_ms, planned_work_ms,"
    " done_work_ms, phase, planned_ms, ended_ms, owner"
)

TABLES = {
    "snapshot": SNAPSHOT_COLUMNS,
    "session": SESSION_COLUMNS,
    "session_step": STEP_COLUMNS,
    "run": RUN_COLUMNS,
    "check_in": CHECK_IN_COLUMNS,
    "mark": MARK_COLUMNS,
    "pause": PAUSE_COLUMNS,
    "goal": GOAL_COLUMNS,
}
"""Each table with the columns that are read from it; the first one is what rows are found by."""

_STATUS = {status.value: status for status in Status}
_PHASE = {phase.value: phase for phase in Phase}
_ZONES: dict[int, timezone] = {}


def lenient_text(text: bytes) -> str:
    """Decode a text of the database, also one that a damaged disk left senseless."""
    return text.decode("utf-8", "replace")


def to_ms(moment: datetime) -> int:
    """Return whole milliseconds of UTC since 1970."""
    return (moment - _EPOCH) // _MILLISECOND


def offset_s(moment: datetime) -> int:
    """Return the offset of the clock on the wall from UTC, in seconds."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(moment)
    return round(offset.total_seconds())


def from_ms(moment_ms: int, offset: int) -> datetime:
    """Return the moment as the clock on the wall had it."""
    zone = _ZONES.get(offset)
    if zone is None:
        zone = _ZONES[offset] = timezone(timedelta(seconds=offset))
    return (_EPOCH + timedelta(milliseconds=moment_ms)).astimezone(zone)


def readable(rows: Iterable[Row], read: Callable[[Row], Record]) -> Iterator[Record]:
    """Yield what `read` makes of each row, without those that a damaged disk made senseless."""
    for row in rows:
        try:
            record = read(row)
        except (ValueError, KeyError, TypeError, OverflowError):
            continue
        yield record


def _whole(*values: object) -> None:
    for value in values:
        if type(value) is not int:
            raise TypeError(value)


def _texts(*values: object) -> None:
    for value in values:
        if type(value) is not str:
            raise TypeError(value)


def read_summary(row: Row) -> SessionSummary:
    """Read a row of SUMMARY_COLUMNS."""
    _texts(row[0], row[1], row[2])
    _whole(row[7], row[8], row[9], row[11])
    return SessionSummary(
        id=row[0],
        routine=row[1],
        name=row[2],
        started=from_ms(row[3], row[4]),
        local_date=date.fromisoformat(row[5]),
        status=_STATUS[row[6]],
        active_ms=row[7],
        planned_work_ms=row[8],
        done_work_ms=row[9],
        phase=_PHASE[row[10]],
        planned_ms=row[11],
        ended=None if row[12] is None else from_ms(row[12], row[4]),
    )


def read_session(
    row: Row,
    *,
    steps: Sequence[StepRecord] = (),
    check_ins: Sequence[CheckIn] = (),
    marks: Sequence[Mark] = (),
    snapshot: str = "",
) -> SessionRecord:
    """Read a row of SESSION_COLUMNS and put together what belongs to it."""
    _texts(row[1], row[2], row[3], row[13])
    _whole(row[8], row[9], row[10], row[11], row[14])
    return SessionRecord(
        id=row[1],
        routine=row[2],
        name=row[3],
        started=from_ms(row[4], row[5]),
        local_date=date.fromisoformat(row[6]),
        status=_STATUS[row[7]],
        planned_ms=row[8],
        planned_work_ms=row[9],
        active_ms=row[10],
        done_work_ms=row[11],
        ended=None if row[12] is None else from_ms(row[12], row[5]),
        steps=tuple(steps),
        check_ins=tuple(check_ins),
        marks=tuple(marks),
        note=row[13],
        snapshot=snapshot,
        at_step=row[14],
    )


def read_step(row: Row) -> StepRecord:
    """Read a row of STEP_COLUMNS."""
    _texts(row[3])
    _whole(row[1], row[5], row[7], row[8], row[9])
    if row[2] is not None:
        _texts(row[2])
    return StepRecord(
        index=row[1],
        exercise=row[2],
        name=row[3],
        side=Side(row[4]),
        round=row[5],
        phase=_PHASE[row[6]],
        planned_ms=row[7],
        done_ms=row[8],
        complete=bool(row[9]),
    )


def read_check_in(row: Row, *, session_id: str | None = None, run_id: str | None = None) -> CheckIn:
    """Read a row of CHECK_IN_COLUMNS."""
    return CheckIn(
        moment=Moment(row[3]),
        score=row[4],
        at=from_ms(row[5], row[6]),
        session_id=session_id,
        run_id=run_id,
    )


def read_mark(row: Row) -> Mark:
    """Read a row of MARK_COLUMNS."""
    _texts(row[4])
    _whole(row[6])
    return Mark(at=from_ms(row[2], row[3]), exercise=row[4], side=Side(row[5]), at_ms=row[6])


def read_run(row: Row) -> Run:
    """Read a row of RUN_COLUMNS."""
    _texts(row[1])
    if row[4] is not None:
        _whole(row[4])
    return Run(id=row[1], ended=from_ms(row[2], row[3]), duration_ms=row[4])


def read_pause(row: Row) -> Pause:
    """Read a row of PAUSE_COLUMNS."""
    _texts(row[1])
    last = None if row[3] is None else date.fromisoformat(row[3])
    return Pause(id=row[1], first=date.fromisoformat(row[2]), last=last, reason=PauseReason(row[4]))


def read_goal(row: Row) -> Goal:
    """Read a row of GOAL_COLUMNS."""
    _whole(row[2])
    return Goal(since=date.fromisoformat(row[1]), days=row[2])


def assembled(
    sessions: Iterable[Row],
    *,
    steps: Iterable[Row],
    check_ins: Iterable[Row],
    marks: Iterable[Row],
    snapshots: Mapping[int, str],
) -> Iterator[tuple[SessionRecord, Row]]:
    """Yield each session that can be read, put together, with its row; parts in their order."""
    steps_of = _by_session(steps, 0)
    check_ins_of = _by_session(check_ins, 1)
    marks_of = _by_session(marks, 1)

    def put_together(row: Row) -> tuple[SessionRecord, Row]:
        key, session_id = row[0], row[1]
        check_ins = readable(
            check_ins_of.get(key, ()), lambda part: read_check_in(part, session_id=session_id)
        )
        record = read_session(
            row,
            steps=tuple(readable(steps_of.get(key, ()), read_step)),
            check_ins=tuple(check_ins),
            marks=tuple(readable(marks_of.get(key, ()), read_mark)),
            snapshot=snapshots.get(row[16], ""),
        )
        return record, row

    return readable(sessions, put_together)


def _by_session(rows: Iterable[Row], column: int) -> dict[int, list[Row]]:
    parts: dict[int, list[Row]] = {}
    for row in rows:
        parts.setdefault(row[column], []).append(row)
    return parts


def sessions_where(
    db: sqlite3.Connection, condition: str = "", values: Sequence[object] = ()
) -> list[tuple[SessionRecord, Row]]:
    """Return sessions, newest first, each with its row of SESSION_COLUMNS.

    `condition` follows FROM session and may use `values`.
    """
    chosen = f"SELECT key FROM session {condition}"  # noqa: S608  (our own text)

    def parts(table: str, order: str) -> list[Row]:
        columns = TABLES[table]
        return db.execute(
            f"SELECT {columns} FROM {table} WHERE session IN ({chosen}) ORDER BY {order}",  # noqa: S608
            values,
        ).fetchall()

    sessions = db.execute(
        f"SELECT {SESSION_COLUMNS} FROM session WHERE key IN ({chosen})"  # noqa: S608
        " ORDER BY started_ms DESC, key DESC",
        values,
    ).fetchall()
    snapshots = db.execute(
        f"SELECT {SNAPSHOT_COLUMNS} FROM snapshot WHERE key IN"  # noqa: S608
        f" (SELECT snapshot FROM session WHERE key IN ({chosen}))",
        values,
    ).fetchall()
    return list(
        assembled(
            sessions,
            steps=parts("session_step", "session, idx"),
            check_ins=parts("check_in", "session, at_ms, key"),
            marks=parts("mark", "session, at_ms, key"),
            snapshots={row[0]: row[1] for row in snapshots if type(row[1]) is str},
        )
    )
