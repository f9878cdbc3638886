"""A routine laid flat: segments in integer milliseconds, the same for the same input."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.choices import Side
from app.domain.exercise import Phase, Position, Tempo
from app.domain.routine import Dose, OpenDose


class SegmentKind(StrEnum):
    GET_READY = "get-ready"
    CHANGEOVER = "changeover"
    WORK = "work"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One stretch of the timeline. Get-ready, changeover and rest describe the coming step."""

    index: int
    kind: SegmentKind
    start_ms: int
    duration_ms: int
    """For an open-ended segment its estimate."""
    step: int
    """The work segment this is or leads to, counted from 1 ("Step 11 of 20")."""
    exercise: str | None
    """None for a free-name step."""
    name: str
    spoken: str
    """The name as a voice should say it."""
    side: Side
    phase: Phase
    """The step's phase, also in the segments that lead to it."""
    position: Position
    round: int = 1
    rounds: int = 1
    block: int = 0
    block_step: int = 0
    """Where the step stands in its block, counted from 0."""
    dose: Dose
    """The coming or running step's dose, per side."""
    work_ms: int
    """The length of the work segment this is or leads to."""
    tempo: Tempo | None = None
    alternating: bool = False
    """Repetitions take turns between the sides, `first_side` first."""
    first_side: Side = Side.LEFT
    breath_ms: int | None = None
    """Set for breath-paced work: the length of one breath, in then out, half each."""
    cadence: tuple[int, int] | None = None
    """Steps per minute from start to end of the work, linearly."""
    rpe: int | None = None
    cues: tuple[str, ...] = ()
    note: str | None = None
    switch: bool = False
    """A changeover between the two sides of one step."""
    new_position: bool = False
    """This segment leads to a position other than the one before."""

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.duration_ms

    @property
    def is_work(self) -> bool:
        return self.kind is SegmentKind.WORK

    @property
    def is_open(self) -> bool:
        """Work that waits for the person at its end."""
        return self.is_work and isinstance(self.dose, OpenDose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Segments that tile the time from 0 to `duration_ms` without gap or overlap."""

    routine_id: str
    routine_name: str
    segments: tuple[Segment, ...]
    steps: int
    """Work segments in all."""

    @property
    def duration_ms(self) -> int:
        return self.segments[-1].end_ms

    def work(self, step: int) -> Segment:
        """Return the work segment of that step, counted from 1."""
        return next(s for s in self.segments if s.is_work and s.step == step)

    def entry(self, step: int) -> Segment:
        """Where one comes in to do that step: its get-ready or changeover, else the work itself."""
        return next(s for s in self.segments if s.step == step and s.kind is not SegmentKind.REST)

    def lengthened(self, index: int, by_ms: int) -> "Timeline":
        """Return the same timeline with one segment longer and all after it later."""
        grown = self.segments[index]
        grown = replace(
            grown,
            duration_ms=grown.duration_ms + by_ms,
            work_ms=grown.work_ms + (by_ms if grown.is_work else 0),
        )
        later = (
            replace(segment, start_ms=segment.start_ms + by_ms)
            for segment in self.segments[index + 1 :]
        )
        return replace(self, segments=(*self.segments[:index], grown, *later))
