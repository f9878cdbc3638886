"""Laws of the session, over random routines, ticks and commands."""

import itertools

from hypothesis import assume, given
from hypothesis import strategies as st
from make import EXERCISES, choices, routines

from app.domain.choices import Choices
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.routine import Routine
from app.domain.session import (
    Event,
    Finished,
    SegmentFinished,
    SegmentStarted,
    Session,
    SessionEnded,
    Stopped,
    Waiting,
)
from app.domain.timeline import Timeline

COMMANDS = ["pause", "resume", "next", "back", "repeat", "media_previous", "ten_more", "done"]
GAPS = st.lists(st.integers(1, 90_000), max_size=30)


def laid_flat(routine: Routine, chosen: Choices) -> Timeline:
    try:
        return expand(routine, EXERCISES, chosen)
    except RoutineError:
        assume(False)  # too long, or nothing left of it
        raise


def on_time(events: list[Event]) -> list[tuple[object, ...]]:
    """What happened and when, without how late it was seen."""
    told: list[tuple[object, ...]] = []
    for event in events:
        match event:
            case SegmentStarted(segment=segment, at_ms=at_ms):
                told.append(("started", segment.index, at_ms))
            case SegmentFinished(segment=segment, at_ms=at_ms, done_ms=done, complete=complete):
                told.append(("finished", segment.index, at_ms, done, complete))
            case Waiting(segment=segment, at_ms=at_ms):
                told.append(("waiting", segment.index, at_ms))
            case SessionEnded(outcome=outcome, at_ms=at_ms):
                told.append(("ended", outcome, at_ms))
            case _:
                told.append((type(event).__name__, event.at_ms))
    return told


@given(routines(), choices, GAPS)
def test_how_often_we_tick_does_not_change_what_happens(
    routine: Routine, chosen: Choices, gaps: list[int]
) -> None:
    made = laid_flat(routine, chosen)
    often, once = Session(made), Session(made)
    events = often.start(0)
    now = 0
    for gap in gaps:
        now += gap
        events += often.tick(now)
    assert on_time(events) == on_time(once.start(0) + once.tick(now))
    assert often.state == once.state


@given(routines(), choices, st.integers(0, 600_000), st.integers(0, 10_000_000))
def test_a_pause_costs_nothing(
    routine: Routine, chosen: Choices, until: int, pause_ms: int
) -> None:
    made = laid_flat(routine, chosen)
    paused, straight = Session(made), Session(made)
    for session in (paused, straight):
        session.start(0)
        session.tick(until)
    paused.pause(until)
    paused.resume(until + pause_ms, lead_in_ms=0)
    assert paused.position(until + pause_ms) == straight.position(until)


@given(
    routines(),
    choices,
    st.lists(st.tuples(st.sampled_from(COMMANDS), st.integers(0, 60_000)), max_size=25),
)
def test_whatever_is_pressed_the_story_stays_whole(
    routine: Routine, chosen: Choices, presses: list[tuple[str, int]]
) -> None:
    """Every start has its end, done time is the time that was spent, and it ends once."""
    session = Session(laid_flat(routine, chosen))
    events = session.start(0)
    now = 0
    for name, gap in presses:
        now += gap
        events += getattr(session, name)(now)
    events += session.stop(now)
    assert isinstance(session.state, Finished | Stopped)
    assert sum(isinstance(event, SessionEnded) for event in events) == 1
    assert isinstance(events[-1], SessionEnded)
    running: int | None = None
    for event in events:
        if isinstance(event, SegmentStarted):
            assert running is None
            running = event.segment.index
        elif isinstance(event, SegmentFinished):
            assert running == event.segment.index
            running = None
            assert 0 <= event.done_ms <= now
    assert running is None
    assert sum(session.done_ms(i, now) for i in range(len(session.timeline.segments))) <= now
    assert all(a.at_ms <= b.at_ms for a, b in itertools.pairwise(events))
