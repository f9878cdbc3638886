"""Beats, repetitions and breaths fall where the numbers say."""

import itertools

from app.domain.exercise import Tempo
from app.domain.pacing import beats, breath_marks, cadence_at, rep_at, steps_taken, tempo_marks

TEMPO = Tempo(phases_ms=(2_000, 0, 1_000, 500))


def test_a_level_cadence_beats_evenly() -> None:
    assert [at for at, _ in beats(120, 120, 3_000)] == [0, 500, 1_000, 1_500, 2_000, 2_500]


def test_a_ramp_takes_as_many_steps_as_its_mean_cadence_says() -> None:
    made = list(beats(100, 160, 60_000))
    assert len(made) == 130
    gaps = [b - a for (a, _), (b, _) in itertools.pairwise(made)]
    assert abs(gaps[0] - 600) <= 2
    assert abs(gaps[-1] - 375) <= 2


def test_each_beat_is_rounded_once_so_nothing_adds_up() -> None:
    for at, number in beats(97, 173, 600_000):
        assert abs(steps_taken(97, 173, 600_000, at) - number) < 173 / 60_000


def test_slowing_down_works_too() -> None:
    gaps = [at for at, _ in beats(160, 100, 60_000)]
    assert len(gaps) == 130


def test_a_carried_part_of_a_step_keeps_the_rhythm() -> None:
    assert next(beats(120, 120, 3_000, carried=0.25))[0] == 375


def test_cadence_at_a_moment() -> None:
    assert cadence_at(100, 160, 60_000, 30_000) == 130
    assert cadence_at(100, 160, 60_000, 90_000) == 160


def test_phases_of_no_length_are_passed_over() -> None:
    marks = [(m.offset_ms, m.rep, m.phase) for m in tempo_marks(TEMPO, 7_000)]
    assert marks == [
        (0, 0, 0), (2_000, 0, 2), (3_000, 0, 3), (3_500, 1, 0), (5_500, 1, 2), (6_500, 1, 3),
    ]  # fmt: skip


def test_the_place_in_a_repetition() -> None:
    place = rep_at(TEMPO, 3_500 + 2_400)
    assert (place.rep, place.phase, place.phase_elapsed_ms, place.rep_elapsed_ms) == (
        1,
        2,
        400,
        2_400,
    )


def test_breaths_go_in_then_out_half_each() -> None:
    marks = [(m.offset_ms, m.out) for m in breath_marks(10_000, 20_000)]
    assert marks == [(0, False), (5_000, True), (10_000, False), (15_000, True)]
