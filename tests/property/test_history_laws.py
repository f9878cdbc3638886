"""Laws of the history: what goes in comes out, and what the recorder says adds up."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from history_cases import records
from hypothesis import assume, given
from hypothesis import strategies as st
from make import EXERCISES, choices, routines

from app.domain.choices import Choices
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.history import SessionRecord, summary_of
from app.domain.recorder import Recorder, planned_record
from app.domain.routine import Routine
from app.domain.session import Event, Session
from app.domain.snapshot import Snapshot, read_snapshot, write_snapshot
from app.domain.timeline import SegmentKind, Timeline
from app.storage.history_db import HistoryDb

STARTED = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
COMMANDS = ["tick", "pause", "resume", "next", "back", "repeat", "ten_more", "done"]
MOVES = st.lists(
    st.tuples(st.sampled_from([*COMMANDS, "tick", "tick"]), st.integers(1, 60_000)), max_size=25
)


def laid_flat(routine: Routine, chosen: Choices) -> Timeline:
    try:
        return expand(routine, EXERCISES, chosen)
    except RoutineError:
        assume(False)  # too long, or nothing left of it
        raise


@given(st.lists(records(), max_size=4, unique_by=lambda record: record.id))
def test_what_is_put_in_comes_out(written: list[SessionRecord]) -> None:
    with TemporaryDirectory() as folder:
        db = HistoryDb(Path(folder) / "history.db")
        for record in written:
            db.put_session(record)
        for record in written:
            assert db.session(record.id) == record
        by_start = sorted(written, key=lambda record: record.started)
        summaries = db.summaries()
        assert [s.started for s in summaries] == [record.started for record in by_start]
        assert {s.id: s for s in summaries} == {r.id: summary_of(r) for r in written}
        for record in written:
            assert db.delete_session(record.id) == record
        assert db.sessions() == []
        assert db.close()


@given(routines(), choices, MOVES)
def test_the_store_has_what_the_recorder_says(
    routine: Routine, chosen: Choices, moves: list[tuple[str, int]]
) -> None:
    timeline = laid_flat(routine, chosen)
    session = Session(timeline)
    with TemporaryDirectory() as folder:
        db = HistoryDb(Path(folder) / "history.db")
        planned = planned_record(
            timeline, session_id="s", started=STARTED, local_date=STARTED.date()
        )
        recorder = Recorder(db, planned)
        now_ms = 0

        def take(events: list[Event]) -> None:
            for event in events:
                recorder.handle(event, STARTED + timedelta(milliseconds=now_ms))

        take(session.start(0))
        for command, gap_ms in moves:
            now_ms += gap_ms
            take(getattr(session, command)(now_ms))
        take(session.stop(now_ms))
        kept = db.session("s")
        assert kept == (recorder.record if recorder.record.is_worth_keeping else None)
        assert db.close()


@given(routines(), choices, MOVES)
def test_done_time_is_the_time_that_the_session_spent(
    routine: Routine, chosen: Choices, moves: list[tuple[str, int]]
) -> None:
    timeline = laid_flat(routine, chosen)
    session = Session(timeline)
    with TemporaryDirectory() as folder:
        db = HistoryDb(Path(folder) / "history.db")
        recorder = Recorder(
            db,
            planned_record(timeline, session_id="s", started=STARTED, local_date=STARTED.date()),
        )
        now_ms = 0
        events = session.start(0)
        for command, gap_ms in moves:
            now_ms += gap_ms
            events += getattr(session, command)(now_ms)
        events += session.stop(now_ms)
        for event in events:
            recorder.handle(event, STARTED)
        record = recorder.record
        spent = {
            segment.index: session.done_ms(segment.index, now_ms) for segment in timeline.segments
        }
        work = [spent[s.index] for s in timeline.segments if s.is_work]
        assert [step.done_ms for step in record.steps] == work
        assert record.done_work_ms == sum(work)
        assert record.active_ms == sum(
            spent[s.index] for s in timeline.segments if s.kind is not SegmentKind.GET_READY
        )
        db.close()


parts = st.frozensets(st.tuples(st.integers(0, 99), st.none() | st.integers(0, 499)), max_size=4)


@given(
    st.text(),
    st.builds(
        Choices,
        language=st.sampled_from(["en", "de"]),
        get_ready_ms=st.integers(0, 120_000),
        goal_cadence=st.none() | st.integers(40, 240),
        with_optional=st.booleans(),
        switched_on=parts,
        switched_off=parts,
    ),
)
def test_a_snapshot_is_read_as_it_was_written(text: str, chosen: Choices) -> None:
    snapshot = Snapshot(routine="post-run", text=text, choices=chosen)
    assert read_snapshot(write_snapshot(snapshot)) == snapshot


@given(
    st.text() | st.sampled_from(["{}", "[]", "null", '{"format": 2}', '{"format": 1}', "[" * 9_999])
)
def test_any_other_text_is_no_snapshot(text: str) -> None:
    assert read_snapshot(text) is None
