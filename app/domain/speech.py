"""Which sentence is said when: planned into gaps, never overlapping, never over a boundary.

Onsets come from the estimate of a line's length, so that a plan is the same for every voice; the
real length, once it is known, decides only whether a line is said, in its short form, or not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from app.domain import phrases
from app.domain.choices import Side
from app.domain.cues import COUNT_FROM_MS, HALF_MIN_MS, TONE_MS, Cue, CueKind, counts
from app.domain.pacing import tempo_marks
from app.domain.phrases import speech_ms
from app.domain.routine import BreathsDose, TimeDose
from app.domain.timeline import Segment, SegmentKind, Timeline

BETWEEN_SENTENCES_MS = 250
AFTER_SIDE_MS = 150
BREATHER_MS = 100
"""Least silence between two lines."""
AFTER_TONE_MS = 50
TEN_SECONDS_MIN_MS = 45_000
TEN_SECONDS_MS = 10_000
_SIDES = frozenset(
    {phrases.side_sentence(Side.LEFT), phrases.side_sentence(Side.RIGHT)},
)

_COUNTS = tuple((word,) for word in phrases.COUNTS.values())

Lengths = Callable[[str], int | None]
"""How long a voice takes for a sentence, in milliseconds: None while that is not known, 0 for what
it never says."""


def unknown(_sentence: str) -> int | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How the voice is used, and what is known of its lengths."""

    lengths: Lengths = unknown
    counts: bool = False
    """Words for 3-2-1 instead of tones."""
    tempo: bool = False
    """Words for the phases of a repetition instead of tones."""

    def in_words(self, cue: Cue, timeline: Timeline) -> tuple[str, ...]:
        """Return what a tone gives way to where it is said; nothing for one that always sounds."""
        if self.counts and cue.kind is CueKind.COUNT:
            return (phrases.COUNTS[cue.variant],)
        tempo = timeline.segments[cue.segment].tempo
        if self.tempo and cue.kind is CueKind.TEMPO and tempo is not None:
            return (_label(tempo.labels[cue.variant]),)
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceInfo:
    """The voice in use."""

    id: str
    """`clips`, `hibari`, `espeak-ng`, `say`, `sapi`; empty where none speaks."""
    name: str
    """As people call it: "Heart (recorded)", "eSpeak NG"; empty where none speaks."""
    reason: str
    """One sentence: why this voice, or why none."""
    trouble: str = ""
    """One sentence about an engine that failed; empty where all is well."""
    lack: str = ""
    """One sentence: what this routine goes without; empty where nothing, or where so chosen."""


def gap_after_ms(sentence: str) -> int:
    """Return the silence between a sentence and the next one of its line."""
    return AFTER_SIDE_MS if sentence in _SIDES else BETWEEN_SENTENCES_MS


def line_ms(sentences: Sequence[str], lengths: Lengths) -> int | None:
    """Return how long a line takes; None while one of its sentences' lengths is not known."""
    total = 0
    for sentence in sentences:
        length = lengths(sentence)
        if length is None:
            return None
        total += length
    return total + sum(gap_after_ms(sentence) for sentence in sentences[:-1])


def estimate_ms(sentences: Sequence[str]) -> int:
    return speech_ms(" ".join(sentences))


@dataclass(frozen=True, slots=True)
class _Line:
    """Something to say, in forms that are tried in order; the earlier ones say more."""

    rank: int
    """1 side and position, 2 name, 3 next, 4 half-way, 5 numbers, 6 ticks."""
    forms: tuple[tuple[str, ...], ...]
    onsets: Callable[[int], Sequence[int]]
    """Where a line of that length may begin, in milliseconds, the best place first."""
    until_ms: int
    """It has to be over by then."""


def said(timeline: Timeline, speech: Speech) -> Iterator[Cue]:
    """Plan every spoken line of a timeline. No two overlap, and none leaves its segment."""
    for segment in timeline.segments:
        lines = sorted(_lines(timeline, segment, speech), key=lambda line: line.rank)
        taken: list[tuple[int, int]] = []
        placed: list[Cue] = []
        for line in lines:
            cue = _placed(line, segment, speech, taken)
            if cue is not None:
                taken.append((cue.at_ms, _end_ms(cue, speech)))
                placed.append(cue)
        # Three, two, one: in words or in tones, never in some of each.
        counted = [cue for cue in placed if cue.sentences in _COUNTS]
        yield from (
            cue for cue in placed if len(counted) == len(_COUNTS) or cue.sentences not in _COUNTS
        )
    last = timeline.segments[-1]
    after_ms = last.end_ms + TONE_MS[CueKind.ROUTINE_DONE] + AFTER_TONE_MS
    for form in _sayable((phrases.DONE,), speech.lengths):
        yield _cue(after_ms, form, last)


def needed(timeline: Timeline, speech: Speech, *, first: int = 0) -> tuple[str, ...]:
    """Return every sentence that any plan of a timeline may use, in the order of need.

    The segment `first` is where the session begins, or goes on.
    """
    found: dict[str, None] = {}
    for segment in (*timeline.segments[first:], *timeline.segments[:first]):
        for line in _lines(timeline, segment, speech):
            for form in line.forms:
                found.update(dict.fromkeys(form))
    found.update(dict.fromkeys(phrases.DONE))
    return tuple(found)


def _cue(at_ms: int, sentences: tuple[str, ...], segment: Segment) -> Cue:
    return Cue(
        at_ms=at_ms,
        duration_ms=estimate_ms(sentences),
        kind=CueKind.VOICE,
        segment=segment.index,
        sentences=sentences,
    )


def _end_ms(cue: Cue, speech: Speech) -> int:
    """Return when a line is over, by the longer of its estimate and what it really takes."""
    return cue.at_ms + max(cue.duration_ms, line_ms(cue.sentences, speech.lengths) or 0)


def _placed(
    line: _Line, segment: Segment, speech: Speech, taken: Sequence[tuple[int, int]]
) -> Cue | None:
    for form in _sayable(line.forms, speech.lengths):
        planned_ms = estimate_ms(form)
        real_ms = max(planned_ms, line_ms(form, speech.lengths) or 0)
        for at_ms in line.onsets(planned_ms):
            end_ms = at_ms + real_ms
            free = all(
                end_ms + BREATHER_MS <= begin or at_ms >= end + BREATHER_MS for begin, end in taken
            )
            if at_ms >= segment.start_ms and end_ms <= line.until_ms and free:
                return _cue(at_ms, form, segment)
    return None


def _sayable(forms: Sequence[tuple[str, ...]], lengths: Lengths) -> Iterator[tuple[str, ...]]:
    """Leave out of each form what the voice never says."""
    said = (tuple(one for one in form if lengths(one) != 0) for form in forms)
    return (form for form in dict.fromkeys(said) if form)


def _lines(timeline: Timeline, segment: Segment, speech: Speech) -> Iterator[_Line]:
    match segment.kind:
        case SegmentKind.GET_READY:
            full = phrases.get_ready_sentences(timeline.routine_name, segment)
            yield _leading(segment, CueKind.GET_READY, (full, full[1:], full[2:], full[1:2]))
        case SegmentKind.CHANGEOVER:
            tone = CueKind.SWITCH if segment.switch else CueKind.STEP_DONE
            yield _leading(segment, tone, _changeover_forms(segment))
        case SegmentKind.REST:
            coming = phrases.next_sentence(segment)
            yield _leading(segment, CueKind.REST, (("Rest.", coming), (coming,), ("Rest.",)))
        case SegmentKind.WORK:
            yield from _in_work(timeline, segment, speech)
        case _:
            assert_never(segment.kind)
    if speech.counts:
        yield from _counts(timeline, segment)


def _changeover_forms(segment: Segment) -> tuple[tuple[str, ...], ...]:
    full = phrases.changeover_sentences(segment)
    if segment.switch:
        return full, (phrases.side_sentence(segment.side),)
    side = () if segment.side is Side.BOTH else (phrases.side_sentence(segment.side),)
    place = (f"{phrases.position_words(segment.position)}.",) if segment.new_position else ()
    forms = (full, (*side, f"{segment.spoken}."), (*place, *side), side or place)
    return tuple(form for form in dict.fromkeys(forms) if form)


def _leading(segment: Segment, tone: CueKind, forms: tuple[tuple[str, ...], ...]) -> _Line:
    """Say what comes: after the tone that opens the segment, or under it where time is short."""
    after_ms = segment.start_ms + TONE_MS[tone] + AFTER_TONE_MS
    onsets = (after_ms, segment.start_ms)
    return _Line(1, forms, lambda _length: onsets, segment.end_ms)


def _in_work(timeline: Timeline, segment: Segment, speech: Speech) -> Iterator[_Line]:
    yield from _opening(timeline, segment)
    yield from _coming(timeline, segment)
    start_ms, length_ms, end_ms = segment.start_ms, segment.duration_ms, segment.end_ms
    if isinstance(segment.dose, TimeDose):
        if length_ms >= HALF_MIN_MS:
            half_ms = start_ms + length_ms // 2 + TONE_MS[CueKind.HALF] + AFTER_TONE_MS
            yield _at(4, (phrases.HALF,), half_ms, end_ms)
        if length_ms >= TEN_SECONDS_MIN_MS:
            yield _at(5, (phrases.TEN_SECONDS,), end_ms - TEN_SECONDS_MS, end_ms)
    if isinstance(segment.dose, BreathsDose) and segment.breath_ms and segment.dose.breaths > 1:
        last_ms = start_ms + (segment.dose.breaths - 1) * segment.breath_ms
        yield _at(5, (phrases.LAST_BREATH,), last_ms, end_ms)
    if speech.tempo and segment.tempo is not None:
        for mark in tempo_marks(segment.tempo, length_ms):
            word = segment.tempo.labels[mark.phase]
            until_ms = start_ms + mark.offset_ms + segment.tempo.phases_ms[mark.phase]
            if word:
                yield _at(6, (_label(word),), start_ms + mark.offset_ms, min(end_ms, until_ms))


def _label(word: str) -> str:
    return f"{phrases.sentence(word)}."


def _at(rank: int, sentences: tuple[str, ...], at_ms: int, until_ms: int) -> _Line:
    return _Line(rank, (sentences,), lambda _length: (at_ms,), until_ms)


def _opening(timeline: Timeline, segment: Segment) -> Iterator[_Line]:
    """Say, after the start tone, what no changeover could: the dose, and the cadence to reach."""
    before = timeline.segments[segment.index - 1] if segment.index else None
    parts: list[str] = []
    if before is not None and before.kind is SegmentKind.REST and segment.side is not Side.BOTH:
        parts.append(phrases.side_sentence(segment.side))
    told = before is not None and before.kind is SegmentKind.CHANGEOVER
    if not told and not (before is not None and before.is_work and _same_step(before, segment)):
        parts.append(phrases.dose_sentence(segment))
    if segment.cadence is not None:
        parts.append(phrases.target_sentence(segment.cadence[1]))
    if parts:
        at_ms = segment.start_ms + TONE_MS[CueKind.START] + AFTER_TONE_MS
        forms = tuple(tuple(parts[:count]) for count in range(len(parts), 0, -1))
        yield _Line(2, forms, lambda _length: (at_ms,), segment.end_ms)


def _coming(timeline: Timeline, segment: Segment) -> Iterator[_Line]:
    """Say what comes before the end of work that another one follows without a break."""
    following = segment.index + 1
    if segment.is_open or following >= len(timeline.segments):
        return
    coming = timeline.segments[following]
    if not coming.is_work:
        return
    side = () if coming.side is Side.BOTH else (phrases.side_sentence(coming.side),)
    if _same_step(segment, coming) and side:
        forms: tuple[tuple[str, ...], ...] = ((phrases.switch_sentence(coming.side),), side)
    else:
        name = (phrases.next_sentence(coming),)
        forms = ((*name, *side), name) if side else (name,)
    end_ms = segment.end_ms

    def onsets(length_ms: int) -> Sequence[int]:
        # Before the tones that count to the end, else under them.
        return end_ms - COUNT_FROM_MS - BREATHER_MS - length_ms, end_ms - BREATHER_MS - length_ms

    yield _Line(3, forms, onsets, end_ms)


def _same_step(one: Segment, other: Segment) -> bool:
    """Whether both are sides of one step in one round."""
    return (one.block, one.block_step, one.round) == (other.block, other.block_step, other.round)


def _counts(timeline: Timeline, segment: Segment) -> Iterator[_Line]:
    if counts(timeline, segment):
        for number, word in phrases.COUNTS.items():
            yield _at(5, (word,), segment.end_ms - number * 1_000, segment.end_ms)
