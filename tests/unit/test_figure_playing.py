"""The figure moves with what is heard: tempo cues, metronome beats, breaths, sides."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from figures import shipped_book, shipped_exercises, shipped_tempos
from make import block, routine, step

from app.domain.choices import Choices, Side
from app.domain.cues import CueKind, plan
from app.domain.exercise import Exercise, Mode, Position, Sides, Tempo
from app.domain.expand import expand
from app.domain.figure.gait import landing_ms
from app.domain.figure.motion import Cycle, Moment
from app.domain.figure.playing import BREATH_LEVELS, Playback, Showing, free, glow, still
from app.domain.pacing import tempo_marks
from app.domain.routine import BreathsDose, RepsDose, Step, TimeDose
from app.domain.timeline import Segment, SegmentKind, Timeline

BOOK = shipped_book()
EXERCISES = shipped_exercises()
REPS = sorted(name for name, exercise in EXERCISES.items() if exercise.mode is Mode.REPS)
GAITS = sorted(
    name
    for name, exercise in EXERCISES.items()
    if exercise.mode is Mode.MOVE and exercise.position in {Position.WALKING, Position.RUNNING}
)


def laid(*steps: Step, choices: Choices | None = None) -> Timeline:
    return expand(routine(block(*steps)), EXERCISES, choices or Choices())


def works(timeline: Timeline) -> list[Segment]:
    return [segment for segment in timeline.segments if segment.is_work]


def playback(timeline: Timeline, segment: Segment, figure: str = "") -> Playback:
    name = figure or segment.exercise or ""
    cycle = Cycle(BOOK.figures[name])
    landing = landing_ms(BOOK.body, cycle)
    return Playback(cycle, timeline, segment, shipped_tempos().get(name), landing_ms=landing)


@pytest.mark.parametrize("name", REPS)
def test_at_each_tempo_cue_stands_the_key_pose_of_its_phase(name: str) -> None:
    """The pose is the key that the figure has where that phase begins at its own tempo."""
    timeline = laid(step(name))
    segment = works(timeline)[0]
    show = playback(timeline, segment)
    own = EXERCISES[name].tempo
    assert own is not None
    marks = list(tempo_marks(own, segment.duration_ms))
    assert len(marks) > 3
    for mark in marks:
        moment = show.showing(mark.offset_ms).moment
        phase_start = mark.rep * own.rep_ms + sum(own.phases_ms[: mark.phase])
        assert moment == Cycle(BOOK.figures[name]).moment(phase_start)
        assert moment.part == 0, (mark, moment)


@pytest.mark.parametrize("name", REPS)
def test_a_step_with_a_tempo_of_its_own_turns_at_the_same_poses(name: str) -> None:
    own = EXERCISES[name].tempo
    assert own is not None
    slower = Tempo(
        phases_ms=tuple(length * 3 // 2 for length in own.phases_ms),  # type: ignore[arg-type]
        labels=own.labels,
    )
    timeline = laid(step(name, dose=RepsDose(4), tempo_ms=slower.phases_ms))
    segment = works(timeline)[0]
    assert segment.tempo is not None
    assert segment.tempo.phases_ms == slower.phases_ms
    show, usual = playback(timeline, segment), Cycle(BOOK.figures[name])
    for mark in tempo_marks(slower, segment.duration_ms):
        at = mark.rep * own.rep_ms + sum(own.phases_ms[: mark.phase])
        assert show.showing(mark.offset_ms).moment == usual.moment(at)


def test_heard_tempo_cues_and_key_poses_fall_together() -> None:
    """What the plan of sounds says, not what the tempo says."""
    timeline = laid(step("glute-bridge", dose=RepsDose(6)))
    show = playback(timeline, works(timeline)[0])
    start = works(timeline)[0].start_ms
    heard = [cue for cue in plan(timeline) if cue.kind is CueKind.TEMPO]
    assert len(heard) > 10
    for cue in heard:
        assert show.showing(cue.at_ms - start).moment.part == 0
    assert {show.showing(cue.at_ms - start).moment.key for cue in heard if cue.variant} == {1}


@pytest.mark.parametrize("name", GAITS)
def test_a_foot_comes_down_on_each_beat_of_the_metronome(name: str) -> None:
    """Also where one ramp follows another, in the middle of a step."""
    timeline = laid(
        step(name, dose=TimeDose(41_300), cadence=(106, 172), changeover_ms=0),
        step(name, dose=TimeDose(30_000), cadence=(172, 140), changeover_ms=0),
    )
    cycle = Cycle(BOOK.figures[name])
    near = landing_ms(BOOK.body, cycle)
    landing = [cycle.moment(near), cycle.moment(near + cycle.period_ms / 2)]
    beats = [cue for cue in plan(timeline) if cue.kind is CueKind.BEAT]
    assert len(beats) > 150
    feet = []
    for segment in works(timeline):
        show = playback(timeline, segment)
        own = [beat for beat in beats if beat.segment == segment.index]
        assert own
        for beat in own:
            feet.append(show.showing(beat.at_ms - segment.start_ms).moment)
            assert feet[-1] in landing
    assert feet == list(itertools.islice(itertools.cycle(landing), len(feet)))


def test_between_two_beats_the_foot_is_in_the_air() -> None:
    timeline = laid(step("brisk-walk", dose=TimeDose(30_000), cadence=(120, 120)))
    show = playback(timeline, works(timeline)[0])
    assert show.showing(250).moment.key in {1, 2, 3}
    assert show.showing(250) != show.showing(0)


def test_a_walk_without_cadence_keeps_its_own_pace() -> None:
    timeline = laid(step("easy-walk", dose=TimeDose(30_000)))
    segment = works(timeline)[0]
    assert segment.cadence is None
    cycle = Cycle(BOOK.figures["easy-walk"])
    assert playback(timeline, segment).showing(5_000).moment == cycle.moment(5_000)


def test_a_breath_paced_hold_breathes_with_its_tones() -> None:
    timeline = laid(step("childs-pose", dose=BreathsDose(3)), choices=Choices(breath_ms=8_000))
    segment = works(timeline)[0]
    show = playback(timeline, segment)
    tones = [
        (cue.at_ms - segment.start_ms, cue.kind)
        for cue in plan(timeline)
        if cue.kind in {CueKind.BREATH_IN, CueKind.BREATH_OUT}
    ]
    assert [at for at, _ in tones] == [0, 4_000, 8_000, 12_000, 16_000, 20_000]
    for at, kind in tones:
        full = BREATH_LEVELS if kind is CueKind.BREATH_OUT else -BREATH_LEVELS
        assert show.showing(at + 20).breath == full


def test_breathing_with_the_belly_goes_in_and_out_with_its_tones() -> None:
    timeline = laid(step("diaphragmatic-breathing", dose=BreathsDose(4)))
    segment = works(timeline)[0]
    assert segment.breath_ms
    show = playback(timeline, segment)
    assert show.showing(0).moment.key == 0
    assert show.showing(segment.breath_ms // 2).moment == Moment(1, 0)
    assert show.showing(segment.breath_ms).moment == show.showing(0).moment


def test_a_hold_breathes_quietly_by_itself() -> None:
    timeline = laid(step("forearm-plank", dose=TimeDose(30_000)))
    show = playback(timeline, works(timeline)[0])
    seen = {show.showing(at).breath for at in range(0, 4_000, 100)}
    assert min(seen) == -BREATH_LEVELS
    assert max(seen) == BREATH_LEVELS
    assert {show.showing(at).moment for at in range(0, 4_000, 100)} == {Moment(0, 0)}


def test_before_work_stands_the_still_picture_of_what_comes_turned_to_its_side() -> None:
    timeline = laid(step("towel-hamstring-stretch"), step("bodyweight-squat"))
    before = [segment for segment in timeline.segments if not segment.is_work]
    assert [segment.kind for segment in before[:2]] == [
        SegmentKind.GET_READY,
        SegmentKind.CHANGEOVER,
    ]
    for segment in before:
        show = playback(timeline, segment)
        expected = still(Cycle(BOOK.figures[segment.exercise or ""]))
        assert {show.showing(at) for at in (0, 900, 3_000)} == {expected}
        assert show.mirrored(0) is (segment.side is Side.LEFT)
    assert {segment.side for segment in before} == {Side.LEFT, Side.RIGHT, Side.BOTH}


def test_right_is_drawn_as_authored_and_left_mirrored() -> None:
    timeline = laid(step("towel-hamstring-stretch"))
    left, right = works(timeline)
    assert (left.side, right.side) == (Side.LEFT, Side.RIGHT)
    assert playback(timeline, left).mirrored(0) is True
    assert playback(timeline, right).mirrored(0) is False


@pytest.mark.parametrize("first", [Side.LEFT, Side.RIGHT])
def test_turns_between_the_sides_begin_on_the_first_one(first: Side) -> None:
    """The figure takes turns by itself, near side first; the picture is never turned meanwhile."""
    timeline = laid(step("dead-bug"), choices=Choices(first_side=first))
    segment = works(timeline)[0]
    assert segment.alternating
    assert segment.tempo is not None
    show = playback(timeline, segment)
    turned = {show.mirrored(at) for at in range(0, segment.duration_ms, 500)}
    assert turned == {first is Side.LEFT}
    rep = segment.tempo.rep_ms
    cycle = Cycle(BOOK.figures["dead-bug"])
    half = len(cycle.keys) // 2
    for number in range(4):
        key = show.showing(number * rep).moment.key
        assert key == (0 if number % 2 == 0 else half)


def test_a_figure_of_one_side_is_turned_where_an_exercise_takes_turns() -> None:
    mine = EXERCISES["dead-bug"]
    timeline = expand(routine(block(step("dead-bug"))), {"dead-bug": mine}, Choices())
    segment = works(timeline)[0]
    assert segment.tempo is not None
    show = playback(timeline, segment, figure="glute-bridge")
    seen = [show.mirrored(rep * segment.tempo.rep_ms + 10) for rep in range(4)]
    assert seen == [True, False, True, False]


def test_a_borrowed_figure_keeps_the_tempo_that_is_heard() -> None:
    tempo = Tempo(phases_ms=(1_000, 0, 1_000, 0), labels=("up", "", "down", ""))
    mine = Exercise(
        id="mine",
        name="My walk",
        category=EXERCISES["glute-bridge"].category,
        position=Position.SUPINE,
        sides=Sides.BOTH,
        mode=Mode.REPS,
        reps=6,
        tempo=tempo,
        figure="easy-walk",
    )
    timeline = expand(routine(block(step("mine"))), {"mine": mine}, Choices())
    segment = works(timeline)[0]
    show = playback(timeline, segment, figure="easy-walk")
    assert show.showing(0) == show.showing(2_000) == show.showing(4_000)
    assert show.showing(0) != show.showing(1_000)


def test_the_time_alone_decides_so_that_a_pause_freezes_the_pose() -> None:
    timeline = laid(step("bodyweight-squat"))
    show = playback(timeline, works(timeline)[0])
    assert show.showing(1_234) == show.showing(1_234)
    assert show.showing(1_234) != show.showing(1_634)


def test_a_figure_alone_moves_at_its_own_tempo() -> None:
    squat = Cycle(BOOK.figures["bodyweight-squat"])
    assert free(squat, 0) == Showing(Moment(0, 0))
    assert free(squat, 2_000).moment == Moment(1, 0)
    plank = Cycle(BOOK.figures["forearm-plank"])
    assert free(plank, 0).breath == -BREATH_LEVELS
    assert free(plank, 2_000).breath == BREATH_LEVELS


def test_the_glow_comes_and_goes_in_steps_of_a_hold_picture() -> None:
    assert glow(0) == glow(60) == 0.5
    assert max(glow(at) for at in range(0, 2_400, 10)) > 0.99
    assert min(glow(at) for at in range(0, 2_400, 10)) < 0.01


def test_an_alternating_exercise_that_borrows_a_gait_takes_one_leg_a_repetition() -> None:
    mine = replace(EXERCISES["dead-bug"], id="mine", figure="easy-walk")
    timeline = expand(routine(block(step("mine"))), {"mine": mine}, Choices())
    segment = works(timeline)[0]
    assert segment.tempo is not None
    rep = segment.tempo.rep_ms
    show = playback(timeline, segment, figure="easy-walk")
    assert {show.mirrored(number * rep + 10) for number in range(4)} == {True}
    half = len(Cycle(BOOK.figures["easy-walk"]).keys) // 2
    assert [show.showing(number * rep).moment.key for number in range(4)] == [0, half, 0, half]


def test_ramps_that_meet_on_a_whole_step_lose_no_beat() -> None:
    for first in range(100, 180):
        timeline = laid(
            step("easy-walk", dose=TimeDose(60_000), cadence=(first, first), changeover_ms=0),
            step("easy-walk", dose=TimeDose(30_000), cadence=(120, 120), changeover_ms=0),
        )
        second = works(timeline)[1]
        beats = [cue for cue in plan(timeline) if cue.kind is CueKind.BEAT]
        assert any(beat.at_ms == second.start_ms for beat in beats), first


def test_a_hold_that_borrows_a_moving_figure_holds_its_pose_and_breathes() -> None:
    mine = replace(EXERCISES["forearm-plank"], id="mine", figure="dead-bug")
    timeline = expand(routine(block(step("mine"))), {"mine": mine}, Choices())
    segment = works(timeline)[0]
    cycle = Cycle(BOOK.figures["dead-bug"])
    show = Playback(cycle, timeline, segment, shipped_tempos()["dead-bug"], held=True)
    shown = [show.showing(at) for at in range(0, 12_000, 100)]
    assert {one.moment for one in shown} == {cycle.still()}
    assert len({one.breath for one in shown}) > 10
