"""Which sound sounds when: cues planned from a timeline, in milliseconds of that timeline."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from app.domain.choices import Side
from app.domain.pacing import beats, breath_marks, steps_before, tempo_marks
from app.domain.routine import TimeDose
from app.domain.timeline import Segment, SegmentKind, Timeline

if TYPE_CHECKING:
    from app.domain.speech import Speech


class CueKind(StrEnum):
    GET_READY = "get-ready"
    COUNT = "count"
    START = "start"
    HALF = "half"
    SWITCH = "switch"
    REST = "rest"
    STEP_DONE = "step-done"
    ROUTINE_DONE = "routine-done"
    TEMPO = "tempo"
    BEAT = "beat"
    BREATH_IN = "breath-in"
    BREATH_OUT = "breath-out"
    VOICE = "voice"


TONE_MS: dict[CueKind, int] = {
    CueKind.GET_READY: 900,
    CueKind.COUNT: 140,
    CueKind.START: 600,
    CueKind.HALF: 420,
    CueKind.SWITCH: 700,
    CueKind.REST: 800,
    CueKind.STEP_DONE: 450,
    CueKind.ROUTINE_DONE: 2_400,
    CueKind.TEMPO: 150,
    CueKind.BEAT: 60,
    CueKind.BREATH_IN: 1_800,
    CueKind.BREATH_OUT: 1_800,
}
"""How long each tone lasts, tail included; the synthesised ones are exactly as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One sound. Cues are planned in order of `at_ms`."""

    at_ms: int
    """The first sample of a tone, or the speech onset of a voice line."""
    duration_ms: int
    kind: CueKind
    segment: int
    """The index of the segment it belongs to."""
    side: Side | None = None
    """LEFT or RIGHT where the sound comes from a side; never BOTH."""
    variant: int = 0
    """Count: 3, 2, 1. Tempo: the phase, 0 to 3. Beat: 0 and 1, step by step. Else 0."""
    sentences: tuple[str, ...] = ()
    """What is said, sentence by sentence; none for tones."""

    @property
    def end_ms(self) -> int:
        return self.at_ms + self.duration_ms

    @property
    def text(self) -> str | None:
        """What is said; None for tones."""
        return " ".join(self.sentences) or None


_ORDER = {kind: place for place, kind in enumerate(CueKind)}

COUNT_FROM_MS = 3_000
LEAD_MIN_MS = 4_000
COUNT_OUT_MIN_MS = 10_000
HALF_MIN_MS = 20_000


def plan(
    timeline: Timeline, *, beat_every: int = 1, tones: bool = True, speech: "Speech | None" = None
) -> tuple[Cue, ...]:
    """Plan every sound of a timeline, in order of `at_ms`.

    `beat_every` 2 ticks the metronome on every second step only. Without `tones` only speech
    sounds, without `speech` only tones. Each boundary between segments has one tone: the most
    telling one.
    """
    cues = _tones(timeline, beat_every) if tones else []
    if speech is not None:
        from app.domain.speech import said  # noqa: PLC0415  (it needs this module's cues)

        lines = tuple(said(timeline, speech))
        spoken = {(line.segment, line.at_ms, line.sentences) for line in lines}
        cues = [
            cue
            for cue in cues
            if (cue.segment, cue.at_ms, speech.in_words(cue, timeline)) not in spoken
        ]
        cues.extend(lines)
    cues.sort(key=lambda cue: (cue.at_ms, _ORDER[cue.kind]))
    return tuple(cues)


def _tones(timeline: Timeline, beat_every: int) -> list[Cue]:
    cues: list[Cue] = []
    segments = timeline.segments
    for segment in segments:
        cues.extend(_opening(segment, segments[segment.index - 1] if segment.index else None))
        if segment.is_work:
            cues.extend(_inside(segment))
            if segment.cadence is not None:
                # Rounded: a whole step short of a millionth is a whole step.
                carried = round(steps_before(segments, segment.index), 6) % 1.0
                cues.extend(_beats(segment, segment.cadence, carried, beat_every))
        if counts(timeline, segment):
            cues.extend(_count(segment, segment.end_ms, segment.side))
    last = segments[-1]
    cues.append(_cue(CueKind.ROUTINE_DONE, last, last.end_ms, Side.BOTH))
    return cues


def counts(timeline: Timeline, segment: Segment) -> bool:
    """Whether 3-2-1 leads into the work after a segment, or out of timed work."""
    if segment.is_work:
        return isinstance(segment.dose, TimeDose) and segment.duration_ms >= COUNT_OUT_MIN_MS
    following = segment.index + 1
    leads = following < len(timeline.segments) and timeline.segments[following].is_work
    return leads and segment.duration_ms >= LEAD_MIN_MS


def plan_lead_in(segment: Segment, length_ms: int) -> tuple[Cue, ...]:
    """Plan the 3-2-1 and the start of work that goes on, on an axis of its own from 0."""
    count = [cue for cue in _count(segment, length_ms, segment.side) if cue.at_ms >= 0]
    if segment.is_work:
        count.append(_cue(CueKind.START, segment, length_ms, segment.side))
    return tuple(count)


def _cue(kind: CueKind, segment: Segment, at_ms: int, side: Side, *, variant: int = 0) -> Cue:
    return Cue(
        at_ms=at_ms,
        duration_ms=TONE_MS[kind],
        kind=kind,
        segment=segment.index,
        side=None if side is Side.BOTH else side,
        variant=variant,
    )


def _count(segment: Segment, end_ms: int, side: Side) -> Iterator[Cue]:
    for number in (3, 2, 1):
        yield _cue(CueKind.COUNT, segment, end_ms - number * 1_000, side, variant=number)


def _opening(segment: Segment, before: Segment | None) -> Iterator[Cue]:
    """Yield the one tone of the boundary at which a segment begins."""
    at_ms = segment.start_ms
    match segment.kind:
        case SegmentKind.GET_READY:
            yield _cue(CueKind.GET_READY, segment, at_ms, Side.BOTH)
        case SegmentKind.WORK:
            yield _cue(CueKind.START, segment, at_ms, segment.side)
        case SegmentKind.REST:
            yield _cue(CueKind.REST, segment, at_ms, Side.BOTH)
        case SegmentKind.CHANGEOVER if segment.switch:
            yield _cue(CueKind.SWITCH, segment, at_ms, segment.side)
        case SegmentKind.CHANGEOVER:
            if before is not None and before.is_work:
                yield _cue(CueKind.STEP_DONE, before, at_ms, before.side)
        case _:
            assert_never(segment.kind)


def _inside(segment: Segment) -> Iterator[Cue]:
    """Yield what sounds while one works: half-way, counting out, tempo, breaths."""
    start_ms, length_ms, side = segment.start_ms, segment.duration_ms, segment.side
    busy: list[tuple[int, int]] = [(start_ms, start_ms + TONE_MS[CueKind.TEMPO])]
    if isinstance(segment.dose, TimeDose):
        if length_ms >= HALF_MIN_MS:
            half = _cue(CueKind.HALF, segment, start_ms + length_ms // 2, side)
            busy.append((half.at_ms, half.end_ms))
            yield half
        if length_ms >= COUNT_OUT_MIN_MS:
            busy.append((segment.end_ms - COUNT_FROM_MS, segment.end_ms))
    if segment.tempo is not None:
        for mark in tempo_marks(segment.tempo, length_ms):
            at_ms = start_ms + mark.offset_ms
            if any(begin - TONE_MS[CueKind.TEMPO] < at_ms < end for begin, end in busy):
                continue
            turn = segment.first_side if mark.rep % 2 == 0 else segment.first_side.opposite
            yield _cue(
                CueKind.TEMPO,
                segment,
                at_ms,
                turn if segment.alternating else side,
                variant=mark.phase,
            )
    if segment.breath_ms is not None:
        for breath in breath_marks(segment.breath_ms, length_ms):
            kind = CueKind.BREATH_OUT if breath.out else CueKind.BREATH_IN
            yield _cue(kind, segment, start_ms + breath.offset_ms, side)


def _beats(
    segment: Segment, cadence: tuple[int, int], carried: float, beat_every: int
) -> Iterator[Cue]:
    """Yield the metronome of a work segment that begins with a part of a step taken."""
    for offset, number in beats(*cadence, segment.duration_ms, carried=carried):
        if number % beat_every == 0:
            yield _cue(
                CueKind.BEAT,
                segment,
                segment.start_ms + offset,
                Side.BOTH,
                variant=(number // beat_every) % 2,
            )
