"""What the player shows at a moment: words, digits, ring, clocks."""

from __future__ import annotations

import pytest
from fake_player import LIBRARY, STEP, every_face
from hypothesis import given
from hypothesis import strategies as st
from make import EXERCISES, hold, routines, step, timeline

from app.domain.choices import Choices, Side
from app.domain.exercise import Phase
from app.domain.expand import expand
from app.domain.routine import BreathsDose, OpenDose, RepsDose, Routine, TimeDose
from app.domain.session import Position as Place
from app.domain.timeline import Segment, SegmentKind
from app.ui.pages.player import view, words
from app.ui.pages.player.announcer import Announcer, on_start
from app.ui.widgets.dial import PARTS_MAX, Face, ticks

FACES = every_face()


def work(name: str) -> Segment:
    return FACES.work(STEP[name])


def before(name: str) -> Segment:
    return FACES.segments[work(name).index - 1]


def frame_at(segment: Segment, ms: int, **keys: bool) -> view.DialFrame:
    return view.dial_frame(Place(segment, ms), LIBRARY, **keys)


# Scenes


def test_get_ready_names_what_comes_first() -> None:
    scene = view.scene(FACES, FACES.segments[0])
    assert scene.name == "Get ready"
    assert scene.eyebrow == "First: Standing quad stretch"
    assert (scene.flood, scene.accent) == (Phase.REST, Phase.STATIC)
    assert scene.side is Side.LEFT
    assert scene.upcoming.label == "Then"
    assert scene.upcoming.name == "Standing quad stretch"
    assert scene.upcoming.detail == "Right · 30 s"


def test_a_side_change_says_switch() -> None:
    scene = view.scene(FACES, before("hamstring right"))
    assert scene.name == "Switch to right side"
    assert scene.eyebrow == "Supine hamstring stretch"
    assert scene.upcoming.name == "Half-kneeling hip flexor stretch"


def test_another_changeover_says_the_exercise_and_the_new_position() -> None:
    scene = view.scene(FACES, before("hip flexor left"))
    assert scene.name == "Half-kneeling hip flexor stretch"
    assert scene.eyebrow == "Next: Kneel on one knee"


def test_a_changeover_without_a_new_position_says_the_phase() -> None:
    scene = view.scene(FACES, before("many reps"))
    assert scene.eyebrow == "Next: Core"


def test_work_floods_the_room_with_its_phase() -> None:
    scene = view.scene(FACES, work("bridge"))
    assert (scene.flood, scene.eyebrow, scene.icon) == (Phase.CORE, "Core", "target")
    assert scene.round_label == "Round 1 of 2"
    assert scene.step_label == "Step 7 of 16"
    assert scene.upcoming.label == "Next"


def test_a_rest_says_what_comes_next() -> None:
    rest = next(s for s in FACES.segments if s.kind is SegmentKind.REST)
    scene = view.scene(FACES, rest)
    assert (scene.name, scene.eyebrow, scene.flood) == ("Rest", "Next: Glute bridge", Phase.REST)


def test_the_last_step_leads_to_the_finish() -> None:
    coming = view.upcoming(FACES, work("last"))
    assert (coming.name, coming.detail, coming.position) == ("Finish", "Last step", None)


def test_cues_lose_their_full_stop_but_keep_two_sentences() -> None:
    assert view.scene(FACES, work("quad left")).cues[0] == "Knees side by side"
    assert view._plain("Breathe. Let go.") == "Breathe. Let go."


def test_only_open_ended_work_waits() -> None:
    waiting = [s.step for s in FACES.segments if view.scene(FACES, s).waits]
    assert waiting == [STEP["open"]]


def test_alternating_repetitions_change_the_side() -> None:
    segment = work("dead bug")
    assert view.scene(FACES, segment).side is Side.LEFT
    assert view.side_now(segment, 0) is Side.LEFT
    assert view.side_now(segment, 4_000) is Side.RIGHT
    assert view.side_now(segment, 8_000) is Side.LEFT


# The dial


def test_a_hold_counts_down_and_is_eaten_from_the_top() -> None:
    segment = work("hamstring left")
    assert view.dial_shape(segment).face is Face.COUNT_DOWN
    frame = frame_at(segment, 21_000)
    assert (frame.digits, frame.caption) == ("24", "of 45 seconds")
    assert frame.turn == pytest.approx(21 / 45)
    assert frame_at(segment, 20_001).digits == "25"
    assert frame_at(segment, 44_999).digits == "1"


def test_ticks_stand_every_five_seconds() -> None:
    assert len(view.dial_shape(work("hamstring left")).ticks) == 9
    assert len(view.dial_shape(work("walk")).ticks) == 8
    assert len(ticks(1_200_000, from_end=True)) == 20
    assert ticks(0, from_end=True) == ()
    # They mark what is left, so that the end of the ring is always on one.
    assert ticks(12_000, from_end=True) == pytest.approx((0, 7 / 12, 2 / 12))


def test_long_work_shows_minutes_to_its_end() -> None:
    segment = work("walk")
    assert frame_at(segment, 55_000).digits == "1:05"
    assert frame_at(segment, 55_000).caption == "of 2:00"
    assert frame_at(segment, 115_000).digits == "0:05"


def test_a_changeover_says_what_follows() -> None:
    assert frame_at(before("hamstring right"), 3_000).caption == "then hold 45 s"
    assert frame_at(before("bridge"), 0).caption == "then 12 reps"
    assert frame_at(before("walk"), 0).caption == "then 2 min"
    assert frame_at(before("breathing"), 0).caption == "then 6 breaths"
    assert frame_at(before("open"), 0).caption == "then as long as you need"


def test_a_movement_is_not_called_a_hold() -> None:
    line = timeline(step("twist"), step("walk"))
    walk = line.segments[line.work(3).index - 1]
    assert view.dial_frame(Place(walk, 0), LIBRARY).caption == "then 60 s"


def test_repetitions_fill_one_part_each() -> None:
    segment = work("bridge")
    assert view.dial_shape(segment).parts == 12
    frame = frame_at(segment, 38_400)
    assert (frame.digits, frame.caption) == ("7", "of 12 reps")
    assert frame.turn == pytest.approx(38.4 / 72)
    assert (frame.tempo_index, frame.tempo_part) == (1, pytest.approx(0.4))
    assert frame_at(segment, 72_000).digits == "12"


def test_the_tempo_bar_leaves_out_phases_of_no_length() -> None:
    assert view.dial_shape(work("dead bug")).tempo == (("Out", 2_000), ("In", 2_000))
    assert frame_at(work("dead bug"), 3_000).tempo_index == 1


def test_very_many_repetitions_have_a_plain_ring() -> None:
    segment = work("many reps")
    shape = view.dial_shape(segment)
    assert isinstance(segment.dose, RepsDose)
    assert segment.dose.reps > PARTS_MAX
    assert (shape.face, shape.parts) == (Face.REPS, 0)


def test_ten_more_seconds_add_repetitions() -> None:
    line = FACES.lengthened(work("bridge").index, 10_000)
    segment = line.work(STEP["bridge"])
    assert view.dial_shape(segment).parts == 14
    assert frame_at(segment, 80_000).caption == "of 14 reps"


def test_timed_repetitions_count_down_with_their_tempo() -> None:
    segment = work("timed bridge")
    shape = view.dial_shape(segment)
    assert shape.face is Face.COUNT_DOWN
    assert [word for word, _ in shape.tempo] == ["Up", "Hold", "Down"]
    assert frame_at(segment, 10_500).digits == "30"
    assert frame_at(segment, 10_500).tempo_index == 2


def test_breaths_swell_and_sink_without_digits() -> None:
    segment = work("breathing")
    middle = frame_at(segment, 25_000)
    assert (middle.digits, middle.word, middle.caption) == ("", "Breathe out", "3 of 6 breaths")
    assert middle.swell == pytest.approx(1.0)
    assert frame_at(segment, 20_000).swell == pytest.approx(0.0)
    assert frame_at(segment, 24_000).word == "Breathe in"


def test_open_ended_work_counts_up_and_fills_once_per_estimate() -> None:
    segment = work("open")
    assert view.dial_shape(segment).face is Face.COUNT_UP
    assert frame_at(segment, 83_000).digits == "83"
    assert frame_at(segment, 83_000).turn == pytest.approx(23 / 60)
    assert frame_at(segment, 130_000).digits == "2:10"
    assert frame_at(segment, 130_000).caption == "about 60 s"


def test_a_lead_in_counts_three_two_one_over_the_standing_ring() -> None:
    segment = work("hamstring left")
    digits = [
        view.dial_frame(Place(segment, 21_000, left), LIBRARY).digits
        for left in (3_000, 1_999, 1, 0)
    ]
    assert digits == ["3", "2", "1", "1"]
    assert view.dial_frame(Place(segment, 21_000, 500), LIBRARY).turn == pytest.approx(21 / 45)


def test_the_last_three_seconds_swell_as_each_begins() -> None:
    assert view.pulse(3_080) == 1.0
    assert view.pulse(3_000) == 1.0
    assert view.pulse(2_920) == pytest.approx(1.03)
    assert view.pulse(2_840) == 1.0
    assert view.pulse(920) == pytest.approx(1.03)
    assert view.pulse(0) == 1.0


def test_reduced_motion_steps_once_a_second() -> None:
    segment = work("hamstring left")
    turns = {frame_at(segment, ms, still=True).turn for ms in range(21_000, 22_000, 33)}
    assert turns == {21 / 45}
    assert frame_at(segment, 42_080, still=True).digit_scale == 1.0
    assert frame_at(work("breathing"), 22_000, still=True).swell == 1.0


def test_a_paused_ring_does_not_swell() -> None:
    segment = work("hamstring left")
    assert frame_at(segment, 42_080).digit_scale > 1.0
    assert frame_at(segment, 42_080, paused=True).digit_scale == 1.0


# Clocks


def test_the_clocks_leave_get_ready_out_and_add_up() -> None:
    total_s = words.seconds_up(FACES.duration_ms - FACES.segments[0].duration_ms)
    assert view.clocks(FACES, Place(FACES.segments[0], 4_000)) == view.Clocks(0, total_s)
    segment = work("quad left")
    assert view.clocks(FACES, Place(segment, 1_999)) == view.Clocks(1, total_s - 1)


def test_the_end_comes_after_get_ready_and_lead_in() -> None:
    assert view.left_ms(FACES, Place(FACES.segments[0], 0)) == FACES.duration_ms
    last = work("last")
    assert view.left_ms(FACES, Place(last, 15_000, 2_000)) == 5_000 + 2_000


@given(routines(), st.data())
def test_any_moment_of_any_routine_can_be_shown(routine: Routine, data: st.DataObject) -> None:
    line = expand(routine, EXERCISES, Choices())
    segment = data.draw(st.sampled_from(line.segments))
    spent = data.draw(st.integers(0, segment.duration_ms + (90_000 if segment.is_open else 0)))
    place = Place(segment, spent)
    assert view.scene(line, segment).name
    frame = view.dial_frame(place, EXERCISES)
    assert 0.0 <= frame.turn <= 1.0
    assert 0.0 <= frame.tempo_part <= 1.0
    assert frame.digits or frame.word
    assert frame.caption
    assert view.spoken(place)
    clocks = view.clocks(line, place)
    assert clocks.elapsed_s >= 0
    assert clocks.left_s >= 0
    shape = view.dial_shape(segment)
    assert 0 <= shape.parts <= PARTS_MAX
    assert not shape.tempo or 0 <= frame.tempo_index < len(shape.tempo)


# Words


def test_what_the_ring_says_to_a_screen_reader() -> None:
    assert view.spoken(Place(work("hamstring left"), 21_000)) == "24 seconds left of 45"
    assert view.spoken(Place(work("bridge"), 38_400)) == "7 of 12 reps"
    assert view.spoken(Place(work("breathing"), 25_000)) == "3 of 6 breaths"
    assert view.spoken(Place(work("walk"), 55_000)) == "1 minute 5 seconds left of 2 minutes"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (59, "0:59"), (441, "7:21"), (3_750, "1:02:30"), (-3, "0:00")],
)
def test_clock(seconds: int, text: str) -> None:
    assert words.clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(45, "45 s"), (99, "99 s"), (120, "2 min"), (130, "2:10 min")]
)
def test_amount(seconds: int, text: str) -> None:
    assert words.amount(seconds) == text


def test_one_of_anything_is_singular() -> None:
    line = timeline(hold(1), step("bridge", dose=RepsDose(1)), step("walk", dose=BreathsDose(1)))
    assert frame_at(line.work(1), 0).caption == "of 1 second"
    assert frame_at(line.work(2), 0).caption == "of 1 rep"
    assert frame_at(line.work(3), 0).caption == "1 breath"


def test_a_piece_of_the_timeline_is_named() -> None:
    assert words.piece_tip(work("quad left")) == "1. Standing quad stretch · Left · 30 s"
    rest = next(s for s in FACES.segments if s.kind is SegmentKind.REST)
    assert words.piece_tip(rest) == "Rest, 20 s"


# Announcements


def test_each_start_is_announced_with_side_and_dose() -> None:
    assert on_start(work("hamstring left")) == "Left side. Supine hamstring stretch. 45 s"
    assert on_start(before("hamstring right")) == "Switch to right side"


def said(segment: Segment) -> list[str]:
    announcer = Announcer()
    found = [announcer.due(Place(segment, ms)) for ms in range(0, segment.duration_ms, 250)]
    return [text for text in found if text]


def test_halfway_and_ten_seconds_are_announced_once() -> None:
    assert said(work("hamstring left")) == ["Halfway", "10 seconds"]
    assert said(work("quad left")) == ["Halfway"]
    assert said(before("hamstring right")) == []


def test_short_work_is_announced_at_its_start_only() -> None:
    line = timeline(hold(19), hold(20), step("walk", dose=OpenDose(60_000)))
    assert said(line.work(1)) == []
    assert said(line.work(2)) == ["Halfway"]
    assert said(line.work(3)) == []


def test_dose_texts() -> None:
    line = timeline(step("walk", dose=TimeDose(90_000)), step("bridge", dose=RepsDose(8)))
    assert words.detail(line.work(1)) == "90 s"
    assert words.detail(line.work(2)) == "8 reps"
