"""What is spoken, word for word."""

import pytest
from make import step, timeline

from app.domain.phrases import (
    changeover_line,
    dose_words,
    duration_words,
    get_ready_line,
    number_words,
    speech_ms,
)
from app.domain.routine import BreathsDose, OpenDose, RepsDose, TimeDose


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (45, "forty-five"),
        (100, "one hundred"),
        (170, "one hundred seventy"),
        (3_600, "three thousand six hundred"),
    ],
)
def test_numbers_in_words(value: int, words: str) -> None:
    assert number_words(value) == words


@pytest.mark.parametrize(
    ("duration_ms", "words"),
    [
        (1_000, "one second"),
        (45_000, "forty-five seconds"),
        (60_000, "one minute"),
        (90_000, "one minute thirty"),
        (120_000, "two minutes"),
        (7_500, "seven point five seconds"),
        (3_600_000, "one hour"),
    ],
)
def test_lengths_as_one_says_them(duration_ms: int, words: str) -> None:
    assert duration_words(duration_ms) == words


def test_doses() -> None:
    assert dose_words(TimeDose(30_000)) == "Thirty seconds"
    assert dose_words(RepsDose(12)) == "Twelve repetitions"
    assert dose_words(RepsDose(1)) == "One repetition"
    assert dose_words(BreathsDose(6)) == "Six breaths"


def test_speech_takes_65_ms_a_character_and_250() -> None:
    assert speech_ms("Halfway.") == 250 + 65 * 8


def test_get_ready_names_routine_position_exercise_and_side() -> None:
    first = timeline(step("wall-calf")).segments[0]
    assert get_ready_line("Holds", first) == (
        "Holds. On your feet. First: Wall calf stretch, left side."
    )


def test_a_changeover_says_position_side_name_and_dose_in_that_order() -> None:
    made = timeline(step("bridge"), step("wall-calf", dose=TimeDose(30_000)))
    said = [changeover_line(s) for s in made.segments if s.kind == "changeover"]
    assert said == [
        "On your feet. Left side. Wall calf stretch. Thirty seconds.",
        "Switch to right side.",
    ]


def test_open_steps_say_how_they_end() -> None:
    made = timeline(step("bridge"), step("dead-bug", dose=OpenDose()))
    assert changeover_line(made.segments[-2]) == "Dead bug. Take your time; press when done."
