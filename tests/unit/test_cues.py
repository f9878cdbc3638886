"""Which tone sounds when."""

import itertools

from make import EXERCISES, block, hold, routine, step, timeline

from app.domain.choices import Choices, Side
from app.domain.cues import TONE_MS, Cue, CueKind, plan, plan_lead_in
from app.domain.expand import expand
from app.domain.routine import BreathsDose, OpenDose, RepsDose, TimeDose
from app.domain.timeline import Timeline


def at(cues: tuple[Cue, ...], kind: CueKind) -> list[int]:
    return [cue.at_ms for cue in cues if cue.kind is kind]


def planned(made: Timeline) -> list[tuple[int, str]]:
    return [(cue.at_ms, cue.kind.value) for cue in plan(made)]


def test_a_hold_has_a_count_in_start_half_way_count_out_and_end() -> None:
    assert planned(timeline(hold(30))) == [
        (0, "get-ready"),
        (7_000, "count"), (8_000, "count"), (9_000, "count"),
        (10_000, "start"),
        (25_000, "half"),
        (37_000, "count"), (38_000, "count"), (39_000, "count"),
        (40_000, "routine-done"),
    ]  # fmt: skip


def test_the_count_goes_three_two_one() -> None:
    counts = [cue.variant for cue in plan(timeline(hold(30))) if cue.kind is CueKind.COUNT]
    assert counts == [3, 2, 1, 3, 2, 1]


def test_short_work_has_no_half_way_and_very_short_no_count_out() -> None:
    assert not at(plan(timeline(hold(19))), CueKind.HALF)
    assert len(at(plan(timeline(hold(10))), CueKind.COUNT)) == 6
    assert len(at(plan(timeline(hold(9))), CueKind.COUNT)) == 3


def test_a_lead_in_under_four_seconds_is_not_counted() -> None:
    made = timeline(hold(5), step("bridge", changeover_ms=3_900))
    assert len(at(plan(made), CueKind.COUNT)) == 3
    made = timeline(hold(5), step("bridge", changeover_ms=4_000))
    assert len(at(plan(made), CueKind.COUNT)) == 6


def test_only_what_leads_straight_into_work_counts() -> None:
    made = timeline(hold(5, rest_ms=20_000), step("bridge", changeover_ms=6_000))
    counts = at(plan(made), CueKind.COUNT)
    assert counts[3:] == [made.segments[-1].start_ms - ms for ms in (3_000, 2_000, 1_000)]


def test_a_boundary_has_one_tone_the_most_telling_one() -> None:
    made = timeline(step("wall-calf", rest_ms=10_000), step("bridge"), step("dead-bug"))
    boundaries = {s.start_ms for s in made.segments} | {made.duration_ms}
    tones = [(c.at_ms, c.kind.value) for c in plan(made) if c.at_ms in boundaries]
    assert [kind for _, kind in tones] == [
        "get-ready", "start", "switch", "start", "rest", "start", "step-done", "start", "routine-done",
    ]  # fmt: skip


def test_sided_work_is_heard_from_its_side_and_the_switch_from_where_it_leads() -> None:
    sides = {
        (cue.kind.value, cue.side)
        for cue in plan(timeline(step("wall-calf")))
        if cue.kind in (CueKind.START, CueKind.SWITCH, CueKind.HALF)
    }
    assert ("switch", Side.RIGHT) in sides
    assert {("start", Side.LEFT), ("start", Side.RIGHT)} <= sides
    assert all(cue.side is not Side.BOTH for cue in plan(timeline(step("bridge"))))


def test_reps_follow_their_tempo_and_are_not_counted_out() -> None:
    made = timeline(step("bridge", dose=RepsDose(2)))
    start = made.segments[1].start_ms
    tempo = [(c.at_ms - start, c.variant) for c in plan(made) if c.kind is CueKind.TEMPO]
    assert tempo == [(2_000, 1), (3_000, 2), (5_000, 0), (7_000, 1), (8_000, 2)]
    assert at(plan(made), CueKind.COUNT) == [start - 3_000, start - 2_000, start - 1_000]


def test_alternating_reps_take_turns_first_side_first() -> None:
    made = timeline(step("dead-bug"), choices=Choices(first_side=Side.RIGHT))
    sides = [c.side for c in plan(made) if c.kind is CueKind.TEMPO]
    assert sides[:3] == [Side.RIGHT, Side.LEFT, Side.LEFT]


def test_breaths_lead_in_and_out() -> None:
    made = timeline(step("twist", dose=BreathsDose(2)))
    left = made.segments[1].start_ms
    assert at(plan(made), CueKind.BREATH_IN)[:2] == [left, left + 10_000]
    assert at(plan(made), CueKind.BREATH_OUT)[:2] == [left + 5_000, left + 15_000]
    assert not at(plan(made), CueKind.HALF)


def test_open_ended_work_is_neither_halved_nor_counted_out() -> None:
    made = timeline(step("bridge", dose=OpenDose()))
    assert not at(plan(made), CueKind.HALF)
    assert len(at(plan(made), CueKind.COUNT)) == 3


def test_the_metronome_keeps_its_rhythm_from_one_walk_to_the_next() -> None:
    walk = step("walk", dose=TimeDose(60_250), cadence=(120, 120), changeover_ms=0)
    beats = at(plan(timeline(walk, walk)), CueKind.BEAT)
    assert {b - a for a, b in itertools.pairwise(beats)} == {500}


def test_the_metronome_may_tick_on_every_second_step() -> None:
    made = timeline(step("walk", dose=TimeDose(60_000), cadence=(120, 120)))
    assert 2 * len(at(plan(made, beat_every=2), CueKind.BEAT)) == len(at(plan(made), CueKind.BEAT))


def test_without_tones_nothing_sounds() -> None:
    assert plan(timeline(hold(30)), tones=False) == ()


def test_a_lead_in_counts_and_starts_on_its_own_axis() -> None:
    work = timeline(step("wall-calf")).segments[1]
    cues = plan_lead_in(work, 3_000)
    assert [(c.at_ms, c.kind.value) for c in cues] == [
        (0, "count"), (1_000, "count"), (2_000, "count"), (3_000, "start"),
    ]  # fmt: skip
    assert {c.side for c in cues} == {Side.LEFT}


def test_cues_are_in_order_and_as_long_as_their_tones() -> None:
    made = expand(
        routine(
            block(step("walk", dose=TimeDose(30_000), cadence=(100, 150)), step("twist"), rounds=2)
        ),
        EXERCISES,
        Choices(),
    )
    cues = plan(made)
    assert [c.at_ms for c in cues] == sorted(c.at_ms for c in cues)
    assert all(c.duration_ms == TONE_MS[c.kind] for c in cues)
