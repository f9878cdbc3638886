"""From a session's events to its record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from make import EXERCISES, block, hold, routine, step, timeline

from app.domain.choices import Choices
from app.domain.expand import expand
from app.domain.history import SessionRecord, Status, StepRecord, status_when_left, summary_of
from app.domain.ports import HistoryStore
from app.domain.recorder import Recorder, can_continue, planned_record
from app.domain.routine import OpenDose, SideChoice
from app.domain.session import Event, Session
from app.domain.timeline import Timeline

STARTED = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


class Remembered:
    """A store that remembers what it was told about the session, in order."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        assert name in dir(HistoryStore)
        return partial(self._remember, name)

    def _remember(self, name: str, *said: object, **sums: int) -> None:
        told: list[object] = []
        for part in said:
            if isinstance(part, StepRecord):
                told += [part.index, part.done_ms, part.complete]
            elif part != "s":
                told.append(part)
        self.calls.append((name, *told, *sums.values()))


class Played:
    """A session with its recorder, on one clock that starts at 0."""

    def __init__(self, timeline: Timeline, record: SessionRecord | None = None) -> None:
        self.store = Remembered()
        self.session = Session(timeline)
        self.recorder = Recorder(
            self.store,  # type: ignore[arg-type]
            record
            or planned_record(timeline, session_id="s", started=STARTED, local_date=STARTED.date()),
        )

    def take(self, events: list[Event], now_ms: int) -> None:
        for event in events:
            self.recorder.handle(event, STARTED + timedelta(milliseconds=now_ms))

    def do(self, command: str, now_ms: int, **keys: int) -> None:
        self.take(getattr(self.session, command)(now_ms, **keys), now_ms)

    @property
    def record(self) -> SessionRecord:
        return self.recorder.record


@pytest.fixture
def three() -> Timeline:
    """Get ready 10 s, then three holds of 20 s with changeovers of 5 s."""
    return timeline(
        hold(20, "One"),
        replace(hold(20, "Two"), changeover_ms=5_000),
        replace(hold(20, "Three"), changeover_ms=5_000),
    )


def played(timeline: Timeline, *commands: tuple[str, int]) -> Played:
    it = Played(timeline)
    for command, now_ms in commands:
        it.do(command, now_ms)
    return it


def done_of(record: SessionRecord) -> list[int]:
    return [step.done_ms for step in record.steps]


def test_get_ready_counts_nowhere(three: Timeline) -> None:
    it = played(three, ("start", 0))
    assert it.record.planned_ms == 70_000
    assert it.record.planned_work_ms == 60_000
    it.do("tick", 10_000)
    assert it.record.active_ms == 0


def test_every_planned_side_and_round_has_its_step() -> None:
    it = Played(expand(routine(block(step("wall-calf"), rounds=2)), EXERCISES, Choices()))
    assert [(s.name, s.side.value, s.round, s.planned_ms, s.done_ms) for s in it.record.steps] == [
        ("Wall calf stretch", "left", 1, 30_000, 0),
        ("Wall calf stretch", "right", 1, 30_000, 0),
        ("Wall calf stretch", "left", 2, 30_000, 0),
        ("Wall calf stretch", "right", 2, 30_000, 0),
    ]


def test_a_whole_session_is_all_that_was_planned(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 80_000))
    record = it.record
    assert record.status is Status.COMPLETED
    assert (record.active_ms, record.done_work_ms) == (record.planned_ms, record.planned_work_ms)
    assert done_of(record) == [20_000, 20_000, 20_000]
    assert all(step.complete for step in record.steps)
    assert record.ended == STARTED + timedelta(seconds=80)
    assert it.store.calls[-1] == ("end", record)


def test_each_part_is_kept_when_it_is_left(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 30_000), ("tick", 35_000))
    assert it.store.calls[1:] == [
        ("save_step", 0, 20_000, True, 20_000, 20_000),
        ("save_place", 2),
        ("save_progress", 25_000, 20_000),
    ]


def test_a_late_look_ends_the_session_when_it_was_over(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 95_250))
    assert it.record.ended == STARTED + timedelta(seconds=80)


def test_a_pause_counts_nothing_and_keeps_what_was_done(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 10_000), ("pause", 17_000))
    assert it.store.calls[-1] == ("save_step", 0, 7_000, False, 7_000, 7_000)
    it.do("resume", 600_000)
    it.do("tick", 603_000 + 13_000)
    assert it.store.calls[-2] == ("save_step", 0, 20_000, True, 20_000, 20_000)


def test_a_repeat_adds_to_the_step(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 10_000), ("repeat", 25_000), ("pause", 30_000))
    assert done_of(it.record) == [20_000, 0, 0]
    assert not it.record.steps[0].complete
    it.do("resume", 40_000)
    it.do("tick", 43_000 + 15_000)
    assert done_of(it.record) == [35_000, 0, 0]
    assert it.record.steps[0].complete


def test_ten_more_seconds_are_done_and_not_planned(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 10_000), ("ten_more", 15_000), ("tick", 40_000))
    assert done_of(it.record) == [30_000, 0, 0]
    assert it.record.steps[0].planned_ms == 20_000
    assert it.record.planned_ms == 70_000


def test_a_skipped_step_is_not_complete_and_its_place_is_behind_it(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 10_000), ("next", 13_000))
    assert (done_of(it.record), it.record.steps[0].complete) == ([3_000, 0, 0], False)
    assert it.record.at_step == 2
    it.do("back", 14_000)
    assert it.record.at_step == 1
    assert it.store.calls[-1] == ("save_place", 1)


def test_an_open_step_counts_until_done() -> None:
    it = played(
        timeline(step("walk", dose=OpenDose(30_000), side=SideChoice.BOTH)),
        ("start", 0),
        ("tick", 10_000),
        ("tick", 40_000),
    )
    assert it.store.calls[-1] == ("save_step", 0, 30_000, False, 30_000, 30_000)
    it.do("done", 90_000)
    assert done_of(it.record) == [80_000]
    assert it.record.status is Status.COMPLETED


def test_five_seconds_of_work_are_worth_keeping(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 10_000), ("stop", 15_000))
    assert it.record.status is Status.STOPPED
    assert it.store.calls[-1] == ("end", it.record)


def test_less_than_five_seconds_leave_no_trace(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 10_000), ("stop", 14_999))
    assert it.store.calls[-1] == ("discard",)


def test_a_finished_step_is_worth_keeping_however_short() -> None:
    it = played(
        timeline(hold(1), replace(hold(20), changeover_ms=5_000)),
        ("start", 0),
        ("tick", 11_000),
        ("stop", 12_000),
    )
    assert it.store.calls[-1] == ("end", it.record)


def test_a_session_that_was_skipped_through_leaves_no_trace(three: Timeline) -> None:
    it = played(three, ("start", 0), *(("next", now) for now in range(1, 8)))
    assert it.store.calls[-1] == ("discard",)


def test_a_checkpoint_keeps_the_running_step_so_far(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 18_000))
    it.recorder.checkpoint(it.session.position(18_000).elapsed_ms)
    assert it.store.calls[-1] == ("save_step", 0, 8_000, False, 8_000, 8_000)
    it.do("tick", 30_000)
    assert done_of(it.record) == [20_000, 0, 0]


def test_a_checkpoint_before_and_after_the_session_keeps_nothing(three: Timeline) -> None:
    it = Played(three)
    it.recorder.checkpoint(5_000)
    it.do("start", 0)
    it.do("tick", 80_000)
    told = len(it.store.calls)
    it.recorder.checkpoint(5_000)
    assert len(it.store.calls) == told


def test_what_hurt_is_marked_with_its_place_in_the_session(three: Timeline) -> None:
    it = played(three, ("start", 0), ("tick", 42_000))
    position = it.session.position(42_000)
    it.recorder.mark(position.segment, position.elapsed_ms, STARTED + timedelta(seconds=42))
    (mark,) = it.record.marks
    assert (mark.exercise, mark.at_ms) == ("Two", 42_000)
    assert it.store.calls[-1] == ("add_mark", mark)


# Going on after the app died.


def interrupted(three: Timeline) -> SessionRecord:
    it = played(three, ("start", 0), ("tick", 38_000), ("pause", 40_000))
    return replace(it.record, status=Status.INTERRUPTED, ended=STARTED)


def test_a_session_that_goes_on_counts_on(three: Timeline) -> None:
    left = interrupted(three)
    assert (done_of(left), left.active_ms, left.at_step) == ([20_000, 5_000, 0], 30_000, 2)
    it = Played(three, left)
    assert it.store.calls == [("resume",)]
    assert it.record.status is Status.RUNNING
    it.do("start", 0, step=2, lead_in_ms=3_000)
    it.do("tick", 23_000)
    assert done_of(it.record) == [20_000, 25_000, 0]
    assert it.record.active_ms == 50_000
    it.do("tick", 48_000)
    assert it.record.status is Status.COMPLETED
    assert it.record.active_ms == 75_000
    assert it.record.started == STARTED


def test_a_session_that_goes_on_and_is_stopped_at_once_is_still_kept(three: Timeline) -> None:
    it = Played(three, interrupted(three))
    it.do("start", 0, step=2, lead_in_ms=3_000)
    it.do("stop", 1_000)
    assert it.store.calls[-1] == ("end", it.record)
    assert it.record.status is Status.STOPPED
    assert it.record.active_ms == 30_000


def test_only_the_same_steps_can_go_on(three: Timeline) -> None:
    left = interrupted(three)
    assert can_continue(left, three)
    assert not can_continue(left, timeline(hold(20, "One"), hold(20, "Two")))
    assert not can_continue(left, timeline(*(hold(20, name) for name in ("One", "Two", "Four"))))


def test_what_a_dead_app_left_behind_is_judged_by_what_was_done(three: Timeline) -> None:
    begun = played(three, ("start", 0), ("tick", 12_000)).record
    assert status_when_left(begun) is None
    one_step = played(three, ("start", 0), ("tick", 31_000)).record
    assert status_when_left(one_step) is Status.INTERRUPTED
    all_steps = replace(played(three, ("start", 0), ("tick", 80_000)).record, status=Status.RUNNING)
    assert status_when_left(all_steps) is Status.COMPLETED


def test_a_record_can_be_seen_as_its_summary(three: Timeline) -> None:
    record = played(three, ("start", 0), ("tick", 80_000)).record
    summary = summary_of(record)
    assert summary.counts
    assert summary.phase.value == "static"
    assert (summary.active_ms, summary.planned_ms) == (70_000, 70_000)
