"""The session's state machine, told as short stories."""

from make import hold, step, timeline

from app.domain.routine import OpenDose, TimeDose
from app.domain.session import (
    Event,
    Finished,
    LeadIn,
    LeadInStarted,
    Outcome,
    Paused,
    Ready,
    Running,
    SegmentExtended,
    SegmentFinished,
    SegmentStarted,
    Session,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    Stopped,
    Waiting,
)

# Get-ready 10 s, hold 5 s, changeover 6 s, hold 20 s, rest 8 s, changeover 6 s, hold 10 s.
PLAN = timeline(
    hold(5, name="One"),
    step(name="Two", dose=TimeDose(20_000), changeover_ms=6_000, rest_ms=8_000),
    step(name="Three", dose=TimeDose(10_000), changeover_ms=6_000),
)
ZERO = 1_000_000
ONE, TO_TWO, TWO, REST, TO_THREE, THREE = 1, 2, 3, 4, 5, 6


def started() -> Session:
    session = Session(PLAN)
    session.start(ZERO)
    return session


def at(session: Session, index: int, elapsed_ms: int = 0) -> int:
    """Run a fresh session up to a place and return the moment."""
    now = ZERO + PLAN.segments[index].start_ms + elapsed_ms
    session.tick(now)
    return now


def kinds(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_it_is_ready_until_it_starts() -> None:
    session = Session(PLAN)
    assert session.state == Ready()
    assert session.start(ZERO) == [SegmentStarted(PLAN.segments[0], ZERO)]
    assert session.position(ZERO + 4_000).left_ms == 6_000


def test_starting_twice_does_nothing() -> None:
    session = started()
    assert session.start(ZERO + 5_000) == []
    assert session.position(ZERO + 5_000).elapsed_ms == 5_000


def test_every_boundary_is_reported_in_order_with_its_lateness() -> None:
    session = started()
    events = session.tick(ZERO + 16_000)
    assert events == [
        SegmentFinished(PLAN.segments[0], ZERO + 10_000, 10_000, complete=True, late_ms=6_000),
        SegmentStarted(PLAN.segments[1], ZERO + 10_000, 0, 6_000),
        SegmentFinished(PLAN.segments[1], ZERO + 15_000, 5_000, complete=True, late_ms=1_000),
        SegmentStarted(PLAN.segments[2], ZERO + 15_000, 0, 1_000),
    ]


def test_the_end_completes_it() -> None:
    session = started()
    end = ZERO + PLAN.duration_ms
    assert session.tick(end + 40)[-1] == SessionEnded(Outcome.COMPLETED, end, 40)
    assert session.state == Finished()
    assert session.steps_done == 3


def test_a_pause_costs_nothing() -> None:
    session = started()
    now = at(session, TWO, 7_000)
    assert session.pause(now) == [SessionPaused(PLAN.segments[TWO], now, 7_000)]
    assert session.position(now + 600_000).elapsed_ms == 7_000
    assert session.tick(now + 600_000) == []


def test_resume_leads_in_for_three_seconds_then_goes_on_where_it_was() -> None:
    session = started()
    now = at(session, TWO, 7_000)
    session.pause(now)
    later = now + 60_000
    assert session.resume(later) == [LeadInStarted(PLAN.segments[TWO], later, 7_000)]
    assert session.position(later + 1_000).lead_in_ms == 2_000
    assert session.tick(later + 3_100) == [
        SessionResumed(PLAN.segments[TWO], later + 3_000, 7_000, 100)
    ]
    assert session.position(later + 3_100).elapsed_ms == 7_100


def test_what_is_no_work_resumes_at_once() -> None:
    session = started()
    now = at(session, REST, 1_000)
    session.pause(now)
    assert kinds(session.resume(now + 500)) == ["SessionResumed"]
    assert isinstance(session.state, Running)


def test_a_pause_in_the_lead_in_keeps_the_place() -> None:
    session = started()
    now = at(session, TWO, 7_000)
    session.pause(now)
    session.resume(now + 1_000)
    session.pause(now + 2_000)
    assert session.state == Paused(TWO, 7_000, now + 2_000)


def test_a_pause_at_a_past_moment_counts_nothing_after_it() -> None:
    session = started()
    now = at(session, TWO, 7_000)
    session.pause(now)
    assert session.done_ms(TWO, now + 99_000) == 7_000


def test_next_skips_the_rest_but_not_the_changeover() -> None:
    session = started()
    now = at(session, TWO, 4_000)
    events = session.next(now)
    assert events == [
        SegmentFinished(PLAN.segments[TWO], now, 4_000, complete=False),
        SegmentStarted(PLAN.segments[TO_THREE], now),
    ]


def test_next_in_a_changeover_starts_the_work() -> None:
    session = started()
    now = at(session, TO_TWO, 1_000)
    assert session.next(now)[-1] == SegmentStarted(PLAN.segments[TWO], now)


def test_next_at_the_end_completes_it() -> None:
    session = started()
    now = at(session, THREE, 1_000)
    assert session.next(now)[-1] == SessionEnded(Outcome.COMPLETED, now)
    assert session.steps_done == 2


def test_back_goes_to_where_one_comes_in_to_the_previous_step() -> None:
    session = started()
    now = at(session, THREE, 5_000)
    assert session.back(now)[-1] == SegmentStarted(PLAN.segments[TO_TWO], now)
    assert session.back(now + 10)[-1] == SegmentStarted(PLAN.segments[0], now + 10)


def test_back_in_a_rest_does_the_step_before_it_again() -> None:
    session = started()
    now = at(session, REST, 1_000)
    assert session.back(now)[-1] == SegmentStarted(PLAN.segments[TO_TWO], now)


def test_repeat_restarts_and_adds_to_what_was_done() -> None:
    session = started()
    now = at(session, TWO, 12_000)
    session.repeat(now)
    assert session.position(now).elapsed_ms == 0
    finished = session.tick(now + 20_000)[0]
    assert isinstance(finished, SegmentFinished)
    assert finished.done_ms == 32_000


def test_media_previous_restarts_later_and_goes_back_within_two_seconds() -> None:
    session = started()
    now = at(session, THREE, 2_000)
    session.media_previous(now)
    assert session.position(now).segment.index == THREE
    session.media_previous(now + 1_999)
    assert session.position(now + 1_999).segment.index == TO_TWO


def test_ten_more_seconds_move_all_that_follows() -> None:
    session = started()
    now = at(session, TWO, 5_000)
    event = session.ten_more(now)[0]
    assert isinstance(event, SegmentExtended)
    assert session.position(now).left_ms == 25_000
    assert session.timeline.duration_ms == PLAN.duration_ms + 10_000
    finished = session.tick(now + 25_000)[0]
    assert isinstance(finished, SegmentFinished)
    assert finished.done_ms == 30_000


def test_go_to_step_enters_by_its_changeover() -> None:
    session = started()
    assert session.go_to_step(3, ZERO + 50)[-1] == SegmentStarted(
        PLAN.segments[TO_THREE], ZERO + 50
    )


def test_a_jump_while_paused_stays_paused() -> None:
    session = started()
    now = at(session, TWO, 5_000)
    session.pause(now)
    session.next(now + 1_000)
    assert session.state == Paused(TO_THREE, 0, now + 1_000)


def test_open_ended_work_waits_and_counts_up_until_done() -> None:
    plan = timeline(step("bridge", dose=OpenDose(30_000)), hold(5))
    session = Session(plan)
    session.start(ZERO)
    work = ZERO + plan.segments[1].start_ms
    assert kinds(session.tick(work + 50_000)) == ["SegmentFinished", "SegmentStarted", "Waiting"]
    assert session.tick(work + 60_000) == []
    position = session.position(work + 60_000)
    assert (position.elapsed_ms, position.overtime_ms) == (30_000, 30_000)
    events = session.done(work + 70_000)
    assert events[0] == SegmentFinished(plan.segments[1], work + 70_000, 70_000, complete=True)
    assert kinds(events) == ["SegmentFinished", "SegmentStarted"]


def test_waiting_says_when_the_estimate_passed() -> None:
    plan = timeline(step("bridge", dose=OpenDose(30_000)))
    session = Session(plan)
    session.start(ZERO)
    end = ZERO + plan.duration_ms
    assert session.tick(end + 20)[-1] == Waiting(plan.segments[1], end, 20)


def test_done_means_nothing_in_timed_work_and_open_work_needs_no_ten_more() -> None:
    session = started()
    now = at(session, TWO, 5_000)
    assert session.done(now) == []
    plan = timeline(step("bridge", dose=OpenDose()))
    session = Session(plan)
    session.start(ZERO)
    now = ZERO + plan.segments[1].start_ms
    session.tick(now)
    assert session.ten_more(now + 5) == []


def test_stop_reports_how_far_it_got() -> None:
    session = started()
    now = at(session, TWO, 1_200)
    assert session.stop(now) == [
        SegmentFinished(PLAN.segments[TWO], now, 1_200, complete=False),
        SessionEnded(Outcome.STOPPED, now),
    ]
    assert session.state == Stopped(TWO, 1_200)
    assert session.next(now + 1) == []


def test_it_can_start_at_a_later_step_after_a_lead_in() -> None:
    session = Session(PLAN)
    session.start(ZERO, step=3, lead_in_ms=10_000)
    assert session.state == LeadIn(THREE, 0, ZERO + 10_000)
    assert session.tick(ZERO + 20_000)[-1] == SessionEnded(Outcome.COMPLETED, ZERO + 20_000)


def test_leaving_and_coming_back_adds_up() -> None:
    session = started()
    now = at(session, TWO, 5_000)
    session.next(now)
    session.back(now + 100)
    now += 100 + 6_000
    session.tick(now)
    assert session.done_ms(TWO, now + 3_000) == 8_000
