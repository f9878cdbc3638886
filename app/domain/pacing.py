"""Beat times inside one work segment: cadence ramps, repetition tempo, breaths."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, sqrt
from typing import TYPE_CHECKING

from app.domain.exercise import Tempo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.timeline import Segment

_MINUTE_MS = 60_000


def cadence_at(start_spm: int, end_spm: int, duration_ms: int, elapsed_ms: float) -> float:
    """Return steps per minute at a moment of a linear ramp."""
    part = min(1.0, max(0.0, elapsed_ms / duration_ms))
    return start_spm + (end_spm - start_spm) * part


def steps_taken(start_spm: int, end_spm: int, duration_ms: int, elapsed_ms: float) -> float:
    """Count steps since the ramp began: the integral of the cadence over time."""
    slope = (end_spm - start_spm) / duration_ms
    return (start_spm * elapsed_ms + slope * elapsed_ms * elapsed_ms / 2) / _MINUTE_MS


def beats(
    start_spm: int, end_spm: int, duration_ms: int, *, carried: float = 0.0
) -> Iterator[tuple[int, int]]:
    """Yield (offset in ms, number) of each step of a linear ramp, in order.

    The ramp is integrated and each beat rounded once, so no error adds up. `carried` is the part
    of a step (0 to 1) already taken when the ramp begins, so that ramps that follow one another
    keep their rhythm. Numbers count from 0; offsets lie in [0, duration).
    """
    slope = (end_spm - start_spm) / duration_ms
    first = 0 if carried <= 0 else 1
    number = 0
    while True:
        target = (first + number - carried) * _MINUTE_MS
        if abs(slope) * duration_ms < 1e-9:  # noqa: PLR2004  (a level ramp has no quadratic)
            offset = target / start_spm
        else:
            root = start_spm * start_spm + 2 * slope * target
            if root < 0:
                return
            offset = (sqrt(root) - start_spm) / slope
        at_ms = floor(offset + 0.5)
        if at_ms >= duration_ms:
            return
        yield at_ms, number
        number += 1


def steps_before(segments: "Sequence[Segment]", index: int) -> float:
    """Return the steps taken on the ramps that lead without a break to a segment with a cadence.

    Such ramps keep their rhythm: the part of a step left over at the end of one is carried on.
    """
    first = index
    while first and segments[first - 1].is_work and segments[first - 1].cadence is not None:
        first -= 1
    taken = 0.0
    for segment in segments[first:index]:
        if segment.cadence is not None:
            taken += steps_taken(*segment.cadence, segment.duration_ms, segment.duration_ms)
    return taken


@dataclass(frozen=True, slots=True)
class TempoMark:
    """The beginning of one phase of a repetition."""

    offset_ms: int
    rep: int
    """Counted from 0."""
    phase: int
    """0 to 3."""


def tempo_marks(tempo: Tempo, duration_ms: int) -> Iterator[TempoMark]:
    """Every phase that begins inside the segment, in order; phases of 0 ms are passed over."""
    offset, rep = 0, 0
    while offset < duration_ms:
        for phase, length in enumerate(tempo.phases_ms):
            if length and offset < duration_ms:
                yield TempoMark(offset, rep, phase)
            offset += length
        rep += 1


@dataclass(frozen=True, slots=True)
class RepPlace:
    """Where in its repetitions a segment stands."""

    rep: int
    """Counted from 0."""
    phase: int
    phase_elapsed_ms: int
    rep_elapsed_ms: int


def rep_at(tempo: Tempo, elapsed_ms: int) -> RepPlace:
    """Return the repetition and phase at a moment of a segment paced by `tempo`."""
    rep, within = divmod(max(0, elapsed_ms), tempo.rep_ms)
    left = within
    for phase, length in enumerate(tempo.phases_ms):
        if left < length:
            return RepPlace(rep, phase, left, within)
        left -= length
    raise AssertionError(elapsed_ms)


@dataclass(frozen=True, slots=True)
class BreathMark:
    offset_ms: int
    breath: int
    """Counted from 0."""
    out: bool


def breath_marks(breath_ms: int, duration_ms: int) -> Iterator[BreathMark]:
    """Each in-breath and out-breath that begins inside the segment, in order."""
    offset, number = 0, 0
    while offset < duration_ms:
        yield BreathMark(offset, number, out=False)
        half = offset + breath_ms // 2
        if half < duration_ms:
            yield BreathMark(half, number, out=True)
        offset += breath_ms
        number += 1
