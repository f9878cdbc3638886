"""Laws of expanding and planning, over random routines and choices."""

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from make import EXERCISES, choices, routines

from app.domain.choices import Choices
from app.domain.cues import CueKind, plan
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.routine import Routine
from app.domain.timeline import SegmentKind, Timeline


def laid_flat(routine: Routine, chosen: Choices) -> Timeline:
    try:
        return expand(routine, EXERCISES, chosen)
    except RoutineError:
        assume(False)  # too long, or nothing left of it
        raise


@given(routines(), choices)
def test_segments_tile_the_timeline(routine: Routine, chosen: Choices) -> None:
    made = laid_flat(routine, chosen)
    assert made.segments[0].start_ms == 0
    assert all(a.end_ms == b.start_ms for a, b in pairwise(made.segments))
    assert all(s.duration_ms > 0 for s in made.segments)
    assert [s.index for s in made.segments] == list(range(len(made.segments)))


@given(routines(), choices)
def test_same_input_same_output(routine: Routine, chosen: Choices) -> None:
    made = laid_flat(routine, chosen)
    assert laid_flat(routine, chosen) == made
    assert plan(made) == plan(made)


@given(routines(), choices)
def test_rests_and_changeovers_only_stand_between_work(routine: Routine, chosen: Choices) -> None:
    made = laid_flat(routine, chosen)
    kinds = [s.kind for s in made.segments]
    assert kinds[0] is SegmentKind.GET_READY
    assert kinds.count(SegmentKind.GET_READY) == 1
    assert kinds[-1] is SegmentKind.WORK
    for before, after in pairwise(kinds):
        if before is SegmentKind.REST:
            assert after in (SegmentKind.CHANGEOVER, SegmentKind.WORK)
        if before is SegmentKind.CHANGEOVER:
            assert after is SegmentKind.WORK


@given(routines(), choices)
def test_steps_are_numbered_as_they_come(routine: Routine, chosen: Choices) -> None:
    made = laid_flat(routine, chosen)
    numbers = [s.step for s in made.segments if s.is_work]
    assert numbers == list(range(1, made.steps + 1))
    assert all(made.entry(n).step == n and made.work(n).step == n for n in numbers)


@given(routines(), choices, st.sampled_from([1, 2]))
def test_cues_stay_inside_and_in_order(routine: Routine, chosen: Choices, every: int) -> None:
    made = laid_flat(routine, chosen)
    cues = plan(made, beat_every=every)
    assert all(a.at_ms <= b.at_ms for a, b in pairwise(cues))
    assert all(0 <= cue.at_ms <= made.duration_ms for cue in cues)
    assert cues[-1].kind is CueKind.ROUTINE_DONE
    starts = [cue.at_ms for cue in cues if cue.kind is CueKind.START]
    assert starts == [s.start_ms for s in made.segments if s.is_work]


@given(routines(), choices)
def test_no_two_tones_but_a_beat_begin_at_once(routine: Routine, chosen: Choices) -> None:
    made = laid_flat(routine, chosen)
    moments = [cue.at_ms for cue in plan(made) if cue.kind not in (CueKind.BEAT, CueKind.BREATH_IN)]
    assert len(moments) == len(set(moments))
