"""One session: a pure state machine over a timeline and a clock that is passed in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from app.domain.timeline import Segment, SegmentKind, Timeline

LEAD_IN_MS = 3_000
MEDIA_PREVIOUS_MS = 2_000
TEN_MORE_MS = 10_000


class Outcome(StrEnum):
    COMPLETED = "completed"
    STOPPED = "stopped"


# States: one type each; fields exist only where they mean something.


@dataclass(frozen=True, slots=True)
class Ready:
    """Not started."""


@dataclass(frozen=True, slots=True)
class Running:
    index: int
    origin_ms: int
    """The moment at which the running segment's elapsed time was 0."""


@dataclass(frozen=True, slots=True)
class LeadIn:
    """Resuming: the rest of the segment starts at `until_ms`."""

    index: int
    elapsed_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class Paused:
    index: int
    elapsed_ms: int
    since_ms: int


@dataclass(frozen=True, slots=True)
class Finished:
    """Every segment is over."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Ended early, at this segment and place."""

    index: int
    elapsed_ms: int


State = Ready | Running | LeadIn | Paused | Finished | Stopped


# Events: what happened, in order. `at_ms` is when it happened, `late_ms` how much later it was seen.


@dataclass(frozen=True, slots=True)
class SegmentStarted:
    segment: Segment
    at_ms: int
    elapsed_ms: int = 0
    late_ms: int = 0


@dataclass(frozen=True, slots=True)
class SegmentFinished:
    """A segment was left: run to its end (`complete`), or cut by a command."""

    segment: Segment
    at_ms: int
    done_ms: int
    """All the time spent in it so far, repeats included."""
    complete: bool
    late_ms: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open-ended segment passed its estimate and goes on until "done"."""

    segment: Segment
    at_ms: int
    late_ms: int = 0


@dataclass(frozen=True, slots=True)
class SessionPaused:
    segment: Segment
    at_ms: int
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class LeadInStarted:
    segment: Segment
    at_ms: int
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class SessionResumed:
    segment: Segment
    at_ms: int
    elapsed_ms: int
    late_ms: int = 0


@dataclass(frozen=True, slots=True)
class SegmentExtended:
    """The running segment got longer; the timeline after it moved."""

    segment: Segment
    at_ms: int
    by_ms: int
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class SessionEnded:
    outcome: Outcome
    at_ms: int
    late_ms: int = 0


Event = (
    SegmentStarted
    | SegmentFinished
    | Waiting
    | SessionPaused
    | LeadInStarted
    | SessionResumed
    | SegmentExtended
    | SessionEnded
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a session stands; what a screen shows of it follows from this. Times are ms."""

    segment: Segment
    spent_ms: int
    """Since the segment began; more than its length only where it is open-ended."""
    lead_in_ms: int | None = None
    """How long until work goes on, while the session is resuming."""

    @property
    def elapsed_ms(self) -> int:
        """Into the segment; at most its length."""
        return min(self.spent_ms, self.segment.duration_ms)

    @property
    def left_ms(self) -> int:
        return self.segment.duration_ms - self.elapsed_ms

    @property
    def overtime_ms(self) -> int:
        """Beyond the estimate of an open-ended segment."""
        return self.spent_ms - self.elapsed_ms

    @property
    def timeline_ms(self) -> int:
        return self.segment.start_ms + self.elapsed_ms


class Session:
    """Runs through a timeline.

    Every command takes the moment (ms of one clock that never goes backwards) and returns what
    happened, in order, boundaries that were passed since the last call first. A command that
    means nothing in the present state returns only those.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._state: State = Ready()
        self._spent_ms = [0] * len(timeline.segments)
        self._entered_ms = 0
        self._completed: set[int] = set()
        self._waiting: set[int] = set()

    @property
    def timeline(self) -> Timeline:
        """With the lengths as they are now, extensions included."""
        return self._timeline

    @property
    def state(self) -> State:
        return self._state

    @property
    def steps_done(self) -> int:
        """Work segments that ran to their end."""
        return sum(self._timeline.segments[index].is_work for index in self._completed)

    def position(self, now_ms: int) -> Position:
        """Where the session stands, without moving it."""
        segments = self._timeline.segments
        match self._state:
            case Ready():
                return Position(segments[0], 0)
            case Running(index=index, origin_ms=origin_ms):
                elapsed = max(0, now_ms - origin_ms)
                segment = segments[index]
                return Position(
                    segment, elapsed if segment.is_open else min(elapsed, segment.duration_ms)
                )
            case LeadIn(index=index, elapsed_ms=elapsed, until_ms=until_ms):
                return Position(segments[index], elapsed, max(0, until_ms - now_ms))
            case Paused(index=index, elapsed_ms=elapsed) | Stopped(index=index, elapsed_ms=elapsed):
                return Position(segments[index], elapsed)
            case Finished():
                return Position(segments[-1], segments[-1].duration_ms)
            case _:
                assert_never(self._state)

    def done_ms(self, index: int, now_ms: int) -> int:
        """All the time spent in a segment so far, repeats included."""
        place = self._place(now_ms)
        here = place[1] - self._entered_ms if place and place[0] == index else 0
        return self._spent_ms[index] + here

    def start(self, now_ms: int, *, step: int = 1, lead_in_ms: int = 0) -> list[Event]:
        """Begin with get-ready, or with a later step's work after `lead_in_ms`."""
        if not isinstance(self._state, Ready):
            return []
        if step == 1:
            return self._enter(0, now_ms)
        segment = self._timeline.work(step)
        self._entered_ms = 0
        self._state = LeadIn(segment.index, 0, now_ms + lead_in_ms)
        return [SegmentStarted(segment, now_ms), LeadInStarted(segment, now_ms, 0)]

    def tick(self, now_ms: int) -> list[Event]:
        """Report every boundary that was passed, with how late it was seen."""
        events: list[Event] = []
        if isinstance(self._state, LeadIn) and now_ms >= self._state.until_ms:
            index, elapsed, until_ms = (
                self._state.index,
                self._state.elapsed_ms,
                self._state.until_ms,
            )
            self._state = Running(index, until_ms - elapsed)
            segment = self._timeline.segments[index]
            events.append(SessionResumed(segment, until_ms, elapsed, now_ms - until_ms))
        while isinstance(self._state, Running):
            segment = self._timeline.segments[self._state.index]
            end_ms = self._state.origin_ms + segment.duration_ms
            if now_ms < end_ms:
                break
            if segment.is_open:
                if segment.index not in self._waiting:
                    self._waiting.add(segment.index)
                    events.append(Waiting(segment, end_ms, now_ms - end_ms))
                break
            late_ms = now_ms - end_ms
            events.append(self._leave(end_ms, complete=True, late_ms=late_ms))
            events.extend(self._go_on(segment.index + 1, end_ms, late_ms=late_ms))
        return events

    def pause(self, now_ms: int) -> list[Event]:
        """Stand still; also at a past moment, as long as it was not ticked beyond."""
        events = self.tick(now_ms)
        match self._state:
            case Running(index=index) | LeadIn(index=index):
                place = self._place(now_ms)
                elapsed = place[1] if place else 0
                self._state = Paused(index, elapsed, now_ms)
                segment = self._timeline.segments[index]
                events.append(SessionPaused(segment, now_ms, elapsed))
            case Ready() | Paused() | Finished() | Stopped():
                pass
            case _:
                assert_never(self._state)
        return events

    def resume(self, now_ms: int, *, lead_in_ms: int = LEAD_IN_MS) -> list[Event]:
        """Go on: work after a lead-in, everything else at once."""
        if not isinstance(self._state, Paused):
            return self.tick(now_ms)
        index, elapsed = self._state.index, self._state.elapsed_ms
        segment = self._timeline.segments[index]
        if segment.is_work and lead_in_ms:
            self._state = LeadIn(index, elapsed, now_ms + lead_in_ms)
            return [LeadInStarted(segment, now_ms, elapsed)]
        self._state = Running(index, now_ms - elapsed)
        return [SessionResumed(segment, now_ms, elapsed)]

    def next(self, now_ms: int) -> list[Event]:
        """Skip: from work past its rest to what leads to the next step, else one segment on."""
        events = self.tick(now_ms)
        place = self._place(now_ms)
        if place is None:
            return events
        segments = self._timeline.segments
        target = place[0] + 1
        if segments[place[0]].is_work:
            while target < len(segments) and segments[target].kind is SegmentKind.REST:
                target += 1
        return events + self._jump(target, now_ms)

    def back(self, now_ms: int) -> list[Event]:
        """Go to the previous step, where one comes in to it."""
        events = self.tick(now_ms)
        place = self._place(now_ms)
        if place is None:
            return events
        step = max(1, self._timeline.segments[place[0]].step - 1)
        return events + self._jump(self._timeline.entry(step).index, now_ms)

    def repeat(self, now_ms: int) -> list[Event]:
        """Restart the running segment."""
        events = self.tick(now_ms)
        place = self._place(now_ms)
        return events if place is None else events + self._jump(place[0], now_ms)

    def media_previous(self, now_ms: int) -> list[Event]:
        """Do as music players do: the previous step within the first 2 s, later a restart."""
        events = self.tick(now_ms)
        place = self._place(now_ms)
        early = place is not None and place[1] < MEDIA_PREVIOUS_MS
        return events + (self.back(now_ms) if early else self.repeat(now_ms))

    def go_to_step(self, step: int, now_ms: int) -> list[Event]:
        """Go to a step, counted from 1, where one comes in to it."""
        events = self.tick(now_ms)
        if self._place(now_ms) is None:
            return events
        return events + self._jump(self._timeline.entry(step).index, now_ms)

    def ten_more(self, now_ms: int) -> list[Event]:
        """Lengthen the running segment by 10 s; an open-ended one needs no more time."""
        events = self.tick(now_ms)
        place = self._place(now_ms)
        if place is None or self._timeline.segments[place[0]].is_open:
            return events
        self._timeline = self._timeline.lengthened(place[0], TEN_MORE_MS)
        grown = self._timeline.segments[place[0]]
        return [*events, SegmentExtended(grown, now_ms, TEN_MORE_MS, self._timeline)]

    def done(self, now_ms: int) -> list[Event]:
        """End an open-ended segment; elsewhere it means nothing."""
        events = self.tick(now_ms)
        if not isinstance(self._state, Running):
            return events
        segment = self._timeline.segments[self._state.index]
        if not segment.is_open:
            return events
        events.append(self._leave(now_ms, complete=True))
        return events + self._go_on(segment.index + 1, now_ms)

    def stop(self, now_ms: int) -> list[Event]:
        """End early; what was done so far is reported first."""
        events = self.tick(now_ms)
        place = self._place(now_ms)
        if place is None:
            return events
        events.append(self._leave(now_ms, complete=False))
        self._state = Stopped(*place)
        return [*events, SessionEnded(Outcome.STOPPED, now_ms)]

    def _place(self, now_ms: int) -> tuple[int, int] | None:
        """Return the segment that the session is in and the time elapsed there."""
        match self._state:
            case Running(index=index):
                return index, self.position(now_ms).spent_ms
            case LeadIn(index=index, elapsed_ms=elapsed) | Paused(index=index, elapsed_ms=elapsed):
                return index, elapsed
            case Ready() | Finished() | Stopped():
                return None
            case _:
                assert_never(self._state)

    def _leave(self, at_ms: int, *, complete: bool, late_ms: int = 0) -> Event:
        place = self._place(at_ms)
        assert place is not None  # noqa: S101  (every caller has just looked)
        index, elapsed = place
        self._spent_ms[index] += elapsed - self._entered_ms
        self._entered_ms = elapsed
        if complete:
            self._completed.add(index)
        segment = self._timeline.segments[index]
        return SegmentFinished(segment, at_ms, self._spent_ms[index], complete, late_ms)

    def _enter(self, index: int, at_ms: int, *, late_ms: int = 0) -> list[Event]:
        self._entered_ms = 0
        self._waiting.discard(index)
        self._state = Running(index, at_ms)
        return [SegmentStarted(self._timeline.segments[index], at_ms, 0, late_ms)]

    def _go_on(self, index: int, at_ms: int, *, late_ms: int = 0) -> list[Event]:
        if index < len(self._timeline.segments):
            return self._enter(index, at_ms, late_ms=late_ms)
        self._state = Finished()
        return [SessionEnded(Outcome.COMPLETED, at_ms, late_ms)]

    def _jump(self, target: int, now_ms: int) -> list[Event]:
        """Leave the present segment for another; a paused session stays paused there."""
        paused = isinstance(self._state, Paused)
        events = [self._leave(now_ms, complete=False)]
        events.extend(self._go_on(target, now_ms))
        if paused and isinstance(self._state, Running):
            self._state = Paused(target, 0, now_ms)
        return events
