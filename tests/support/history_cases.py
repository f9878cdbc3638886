"""Sessions of the past for tests: records, summaries, and a store that only remembers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from app.domain.choices import Side
from app.domain.exercise import Phase
from app.domain.history import (
    CheckIn,
    Mark,
    Moment,
    SessionRecord,
    SessionSummary,
    Status,
    StepRecord,
)

STARTED = datetime(2026, 11, 23, 18, 30, 0, 250_000, tzinfo=timezone(timedelta(hours=1)))


def step_record(index: int = 0, **keys: object) -> StepRecord:
    base = StepRecord(
        index=index,
        exercise="wall-calf",
        name="Wall calf stretch",
        side=(Side.LEFT, Side.RIGHT)[index % 2],
        round=1,
        phase=Phase.STATIC,
        planned_ms=30_000,
    )
    return replace(base, **keys)  # type: ignore[arg-type]


def record(session_id: str = "s1", **keys: object) -> SessionRecord:
    """A completed session of four steps with a changeover between them, all of it done."""
    steps = tuple(step_record(i, done_ms=30_000, complete=True) for i in range(4))
    base = SessionRecord(
        id=session_id,
        routine="post-run-holds-full",
        name="Post-run holds, full",
        started=STARTED,
        local_date=STARTED.date(),
        status=Status.COMPLETED,
        planned_ms=135_000,
        planned_work_ms=120_000,
        active_ms=135_000,
        done_work_ms=120_000,
        ended=STARTED + timedelta(seconds=145),
        steps=steps,
        snapshot='{"format": 1}',
        at_step=4,
    )
    return replace(base, **keys)  # type: ignore[arg-type]


def running(session_id: str = "s1", **keys: object) -> SessionRecord:
    """The same session at its start."""
    return record(
        session_id,
        **{
            "status": Status.RUNNING,
            "active_ms": 0,
            "done_work_ms": 0,
            "ended": None,
            "steps": tuple(step_record(i) for i in range(4)),
            "at_step": 1,
            **keys,
        },
    )


def check_in(score: int = 4, **keys: object) -> CheckIn:
    base = CheckIn(moment=Moment.AFTER, score=score, at=STARTED, session_id="s1")
    return replace(base, **keys)  # type: ignore[arg-type]


def summary(day: date, **keys: object) -> SessionSummary:
    """A session on that day at noon of which all was done."""
    base = SessionSummary(
        id=f"on-{day}",
        routine="post-run-holds-full",
        name="Post-run holds, full",
        started=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        local_date=day,
        status=Status.COMPLETED,
        active_ms=900_000,
        planned_work_ms=600_000,
        done_work_ms=600_000,
        phase=Phase.STATIC,
        planned_ms=900_000,
    )
    return replace(base, **keys)  # type: ignore[arg-type]


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_lengths = st.integers(0, 6 * 3_600_000)
_zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_moments = st.builds(
    lambda ms, zone: (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).astimezone(
        zone
    ),
    st.integers(0, 4_000_000_000_000),
    _zones,
)
_steps = st.builds(
    StepRecord,
    index=st.just(0),
    exercise=st.none() | _texts,
    name=_texts,
    side=st.sampled_from(Side),
    round=st.integers(1, 50),
    phase=st.sampled_from(Phase),
    planned_ms=_lengths,
    done_ms=_lengths,
    complete=st.booleans(),
)
_marks = st.builds(Mark, at=_moments, exercise=_texts, side=st.sampled_from(Side), at_ms=_lengths)


@st.composite
def records(draw: st.DrawFn) -> SessionRecord:
    """Any session that is over."""
    session_id = draw(st.uuids().map(str))
    started = draw(_moments)
    steps = draw(st.lists(_steps, min_size=1, max_size=5))
    moments = draw(st.lists(st.sampled_from(Moment), unique=True, max_size=5))
    check_ins = [
        CheckIn(moment=moment, score=draw(st.integers(0, 10)), at=at, session_id=session_id)
        for moment, at in zip(moments, sorted(draw(_moments) for _ in moments), strict=True)
    ]
    return SessionRecord(
        id=session_id,
        routine=draw(_texts),
        name=draw(_texts),
        started=started,
        local_date=draw(st.dates()),
        status=draw(st.sampled_from([Status.COMPLETED, Status.STOPPED, Status.INTERRUPTED])),
        planned_ms=draw(_lengths),
        planned_work_ms=draw(_lengths),
        active_ms=draw(_lengths),
        done_work_ms=draw(_lengths),
        ended=draw(st.none() | _moments),
        steps=tuple(replace(step, index=i) for i, step in enumerate(steps)),
        check_ins=tuple(check_ins),
        marks=tuple(sorted(draw(st.lists(_marks, max_size=3)), key=lambda mark: mark.at)),
        note=draw(_texts),
        snapshot=draw(_texts),
        at_step=draw(st.integers(1, 500)),
    )
