"""Laws of what is said, over random routines, voices of any pace, and all settings."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st
from make import EXERCISES, choices, routines

from app.domain import phrases
from app.domain.cues import Cue, CueKind, plan
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.speech import Speech, estimate_ms, line_ms, needed, said
from app.domain.timeline import SegmentKind

if TYPE_CHECKING:
    from app.domain.choices import Choices
    from app.domain.routine import Routine
    from app.domain.speech import Lengths
    from app.domain.timeline import Timeline


@st.composite
def voices(draw: st.DrawFn) -> Speech:
    """A voice of any pace, which may not know some of its lengths, and never say some sentences."""
    pace = draw(st.integers(20, 200))
    unknown, never = draw(st.integers(0, 7)), draw(st.integers(0, 5))

    def lengths(sentence: str) -> int | None:
        if never and len(sentence) % 5 == never - 1:
            return 0
        return None if unknown and len(sentence) % 7 == unknown - 1 else pace * len(sentence)

    return Speech(lengths=lengths, counts=draw(st.booleans()), tempo=draw(st.booleans()))


def laid_flat(routine: Routine, chosen: Choices) -> Timeline:
    try:
        return expand(routine, EXERCISES, chosen)
    except RoutineError:
        assume(False)
        raise


def really_ends(cue: Cue, lengths: Lengths) -> int:
    return cue.at_ms + (line_ms(cue.sentences, lengths) or estimate_ms(cue.sentences))


@given(routines(), choices, voices())
def test_no_two_lines_overlap(routine: Routine, chosen: Choices, speech: Speech) -> None:
    lines = sorted(said(laid_flat(routine, chosen), speech), key=lambda cue: cue.at_ms)
    for one, other in pairwise(lines):
        # From one segment to the next they may touch.
        assert really_ends(one, speech.lengths) <= other.at_ms
        assert one.end_ms <= other.at_ms


@given(routines(), choices, voices())
def test_every_line_ends_before_its_segment_does(
    routine: Routine, chosen: Choices, speech: Speech
) -> None:
    timeline = laid_flat(routine, chosen)
    for cue in said(timeline, speech):
        segment = timeline.segments[cue.segment]
        if set(cue.sentences) <= set(phrases.DONE):
            assert cue.at_ms > timeline.duration_ms
            continue
        assert segment.start_ms <= cue.at_ms
        assert really_ends(cue, speech.lengths) <= segment.end_ms


@given(routines(), choices, voices())
def test_the_voice_changes_neither_the_timeline_nor_other_sounds(
    routine: Routine, chosen: Choices, speech: Speech
) -> None:
    timeline = laid_flat(routine, chosen)
    with_voice = plan(timeline, speech=speech)
    assert laid_flat(routine, chosen) == timeline
    replaced = {CueKind.COUNT} if speech.counts else set()
    replaced |= {CueKind.TEMPO} if speech.tempo else set()
    tones = [cue for cue in with_voice if cue.kind is not CueKind.VOICE]
    usual = plan(timeline)
    assert [cue for cue in tones if cue.kind not in replaced] == [
        cue for cue in usual if cue.kind not in replaced
    ]
    said_at = {(cue.segment, cue.at_ms) for cue in with_voice if cue.kind is CueKind.VOICE}
    gone = [cue for cue in usual if cue not in tones]
    assert all((cue.segment, cue.at_ms) in said_at for cue in gone)


@given(routines(), choices, voices())
def test_a_countdown_is_said_or_sounds_but_not_some_of_each(
    routine: Routine, chosen: Choices, speech: Speech
) -> None:
    timeline = laid_flat(routine, chosen)
    with_voice = plan(timeline, speech=speech)
    counted = {CueKind.COUNT}
    heard = Counter(cue.segment for cue in with_voice if cue.kind in counted)
    planned = Counter(cue.segment for cue in plan(timeline) if cue.kind in counted)
    words = Counter(cue.segment for cue in with_voice if cue.text in set(phrases.COUNTS.values()))
    for segment, number in planned.items():
        assert (heard[segment], words[segment]) in {(number, 0), (0, number)}


@given(routines(), choices, voices())
def test_everything_that_is_said_was_asked_for_before(
    routine: Routine, chosen: Choices, speech: Speech
) -> None:
    timeline = laid_flat(routine, chosen)
    asked = set(needed(timeline, speech))
    for cue in said(timeline, speech):
        assert asked.issuperset(cue.sentences)


@given(routines(), choices, voices())
def test_a_line_begins_where_it_was_planned_whatever_the_voice(
    routine: Routine, chosen: Choices, speech: Speech
) -> None:
    """A voice that is slower may shorten a line or drop it, never move it."""
    timeline = laid_flat(routine, chosen)
    usual = Speech(counts=speech.counts, tempo=speech.tempo)
    planned = {cue.at_ms: cue.sentences for cue in said(timeline, usual)}
    for cue in said(timeline, speech):
        if planned.get(cue.at_ms) == cue.sentences:
            continue
        # Another form of the same line: it says less, from the same segment.
        segment = timeline.segments[cue.segment]
        longer = [
            sentences
            for at, sentences in planned.items()
            if segment.start_ms <= at <= segment.end_ms and len(sentences) > 0
        ]
        assert longer, cue


@given(routines(), choices)
def test_a_changeover_of_untyped_length_says_all_of_its_line(
    routine: Routine, chosen: Choices
) -> None:
    timeline = laid_flat(routine, chosen)
    heard = {cue.segment: cue.sentences for cue in said(timeline, Speech()) if cue.segment >= 0}
    first = {}
    for cue in said(timeline, Speech()):
        first.setdefault(cue.segment, cue.sentences)
    for segment in timeline.segments:
        if segment.kind is not SegmentKind.CHANGEOVER:
            continue
        full = phrases.changeover_sentences(segment)
        if estimate_ms(full) <= segment.duration_ms:
            assert first[segment.index] == full
        elif segment.index in first:
            assert len(first[segment.index]) < len(full) or first[segment.index] != full
    assert heard


@given(routines(), choices, voices())
def test_what_the_voice_never_says_is_in_no_line(
    routine: Routine, chosen: Choices, speech: Speech
) -> None:
    for cue in said(laid_flat(routine, chosen), speech):
        assert cue.sentences
        assert 0 not in map(speech.lengths, cue.sentences)
