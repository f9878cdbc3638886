"""Shows a segment of a session: which moment of its figure belongs to a time on the session clock.

Repetitions follow the tempo that is heard, a gait the metronome's beats, breathing the tones of a
breath-paced hold. Everything here is a function of the time, so that a paused session stands still.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from app.domain.choices import Side
from app.domain.exercise import Tempo
from app.domain.figure.motion import BREATH_PERIOD_MS, Cycle, Moment
from app.domain.pacing import rep_at, steps_before, steps_taken
from app.domain.timeline import Segment, Timeline

BREATH_LEVELS: Final = 12
"""Chest and belly have so many sizes over the middle one, and as many under it."""
HOLD_PICTURE_MS: Final = 1_000 / 15
"""A hold is drawn this often."""
GLOW_MS: Final = 2_400
"""How long the worked region takes to glow and pale again."""
_STEPS_IN_STRIDE: Final = 2


@dataclass(frozen=True, slots=True)
class Showing:
    """What a figure looks like; equal where the picture is the same."""

    moment: Moment
    breath: int = 0
    """-12 (out) to 12 (in)."""

    @property
    def breath_part(self) -> float:
        """-1.0 to 1.0."""
        return self.breath / BREATH_LEVELS


def glow(time_ms: float) -> float:
    """Return how strongly the worked region glows, 0.0 to 1.0, at a time since it began."""
    at = time_ms // HOLD_PICTURE_MS * HOLD_PICTURE_MS
    return 0.5 + 0.5 * sin(2 * pi * at / GLOW_MS)


def still(cycle: Cycle) -> Showing:
    """Return the picture that stands for the exercise."""
    return Showing(cycle.still())


def free(
    cycle: Cycle, time_ms: float, *, tempo: Tempo | None = None, own: Tempo | None = None
) -> Showing:
    """Return the picture of a figure that moves with nobody to lead.

    It moves at the exercise's `tempo`; `own` is the tempo that the figure is drawn to.
    """
    if not cycle.moves:
        return Showing(cycle.still(), _breath(cycle.figure.breath, time_ms, BREATH_PERIOD_MS))
    if tempo is not None and own is not None and tempo != own:
        rep, into = divmod(time_ms, tempo.rep_ms)
        time_ms = rep * own.rep_ms + phase_ms(tempo, own, into)
    return Showing(cycle.moment(time_ms))


def phase_ms(tempo: Tempo, own: Tempo, into_ms: float) -> float:
    """Return when in a repetition at its own tempo a figure is, so far into one at `tempo`.

    Both stand at the same part of the same phase.
    """
    at = 0.0
    for length, own_length in zip(tempo.phases_ms, own.phases_ms, strict=True):
        if into_ms < length:
            return at + own_length * into_ms / length
        into_ms -= length
        at += own_length
    return at


def _breath(depth: float, time_ms: float, period_ms: float) -> int:
    """Return how full a breath is that begins empty at 0 and is full in the middle."""
    if not depth:
        return 0
    at = time_ms // HOLD_PICTURE_MS * HOLD_PICTURE_MS
    return round(BREATH_LEVELS * min(1.0, depth) * -cos(2 * pi * (at % period_ms) / period_ms))


class Playback:
    """One segment's figure in time.

    `own` is the tempo that the figure is drawn to: its exercise's in the shipped library.
    `held` is set where the exercise is held still, though its figure may move. `landing_ms` is when
    in the period of a gait the near foot comes down.
    """

    def __init__(
        self,
        cycle: Cycle,
        timeline: Timeline,
        segment: Segment,
        own: Tempo | None,
        *,
        held: bool = False,
        landing_ms: float = 0.0,
    ) -> None:
        self.cycle = cycle
        self._held = held
        self._segment = segment
        self._own = own if own is not None and self._fits(own) else None
        self._landing_ms = landing_ms
        self._steps_before = steps_before(timeline.segments, segment.index)

    @property
    def is_work(self) -> bool:
        return self._segment.is_work

    def _fits(self, own: Tempo) -> bool:
        period = self.cycle.period_ms
        return abs(period - own.rep_ms) < 1 or abs(period - 2 * own.rep_ms) < 1

    @property
    def _reps_in_period(self) -> int:
        if self._own is None:
            # A stride has both legs already: one after the other, a repetition each.
            return 2 if self.cycle.strides and self._segment.alternating else 1
        return round(self.cycle.period_ms / self._own.rep_ms)

    def showing(self, elapsed_ms: float) -> Showing:
        """Return the picture at a time since the segment began; before work it is the still one."""
        segment, cycle = self._segment, self.cycle
        if not segment.is_work:
            return still(cycle)
        if not cycle.moves or self._held:
            period = segment.breath_ms or BREATH_PERIOD_MS
            depth = cycle.figure.breath if not cycle.moves else 1.0
            return Showing(cycle.still(), _breath(depth, elapsed_ms, period))
        return Showing(cycle.moment(self._figure_ms(elapsed_ms)))

    def mirrored(self, elapsed_ms: float, *, still: bool = False) -> bool:
        """Whether the picture is turned: it is authored for RIGHT, and LEFT is its mirror.

        A `still` picture shows one side only, and has to be turned where the sides take turns.
        """
        segment = self._segment
        if not segment.alternating or segment.side is not Side.BOTH:
            return segment.side is Side.LEFT
        side = segment.first_side
        # A figure that takes turns by itself begins on its near side; another one is turned.
        turns = still or self._reps_in_period == 1
        if segment.is_work and segment.tempo is not None and turns:
            odd = rep_at(segment.tempo, int(elapsed_ms)).rep % 2
            side = side.opposite if odd else side
        return side is Side.LEFT

    def _figure_ms(self, elapsed_ms: float) -> float:
        """Return the figure's own time."""
        segment, cycle = self._segment, self.cycle
        if segment.tempo is not None:
            return self._rep_ms(segment.tempo, elapsed_ms)
        if segment.cadence is not None and cycle.strides:
            start, end = segment.cadence
            taken = self._steps_before
            taken += steps_taken(start, end, segment.duration_ms, elapsed_ms)
            # A stride is two steps: on each beat a foot comes down, near and far in turn.
            return self._landing_ms + taken / _STEPS_IN_STRIDE * cycle.period_ms
        if segment.breath_ms is not None:
            return self._breath_paced_ms(segment.breath_ms, elapsed_ms)
        return elapsed_ms

    def _rep_ms(self, tempo: Tempo, elapsed_ms: float) -> float:
        rep, into = divmod(elapsed_ms, tempo.rep_ms)
        own = self._own
        if own is None:
            return elapsed_ms / tempo.rep_ms * self.cycle.period_ms / self._reps_in_period
        if self._reps_in_period > 1 and not self._segment.alternating:
            rep = 0  # one side only, though the figure knows both
        return rep * own.rep_ms + phase_ms(tempo, own, into)

    def _breath_paced_ms(self, breath_ms: int, elapsed_ms: float) -> float:
        """Move in with the first half of each breath, out with the second."""
        keys, cycle = self.cycle.keys, self.cycle
        breath, into = divmod(elapsed_ms, breath_ms)
        if len(keys) != 2:  # noqa: PLR2004  (in and out)
            return elapsed_ms / breath_ms * cycle.period_ms
        filling = keys[0].hold_ms + keys[0].move_ms
        half = breath_ms // 2
        if into < half:
            return breath * cycle.period_ms + filling * into / half
        rest = (into - half) / (breath_ms - half)
        return breath * cycle.period_ms + filling + (cycle.period_ms - filling) * rest


FigureTempos = Mapping[str, Tempo]
"""The tempo that each figure is drawn to, by its id; only of exercises with repetitions."""
