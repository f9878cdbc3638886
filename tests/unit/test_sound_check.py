"""The sound check: what is played, what is asked, and where each answer leads."""

from __future__ import annotations

import pytest

from app.domain.cues import CueKind
from app.ui.sound_check import (
    BEEPS_MS,
    PREROLLS_MS,
    Answered,
    Asked,
    BeepsWanted,
    Heard,
    Listening,
    Missed,
    Ready,
    Silent,
    SoundCheck,
    VolumeRaised,
    beeps,
)


def asked(*, volume: float = 0.7, preroll_ms: int = 300) -> SoundCheck:
    check = SoundCheck(volume=volume, preroll_ms=preroll_ms)
    check.play()
    check.beeps_over()
    return check


def missed(*, volume: float = 0.7, preroll_ms: int = 300) -> SoundCheck:
    check = asked(volume=volume, preroll_ms=preroll_ms)
    check.missed()
    return check


def test_three_beeps_are_those_that_count_a_step_in() -> None:
    planned = beeps()
    assert [cue.kind for cue in planned] == [CueKind.COUNT] * 3
    assert [cue.variant for cue in planned] == [3, 2, 1]
    assert [cue.at_ms for cue in planned] == [0, 1_000, 2_000]
    assert planned[-1].end_ms == BEEPS_MS


def test_it_plays_then_asks() -> None:
    check = SoundCheck(volume=0.7)
    assert check.state == Ready()
    assert check.play() == [BeepsWanted(300)]
    assert check.state == Listening()
    check.beeps_over()
    assert check.state == Asked()


def test_silence_is_never_checked() -> None:
    check = SoundCheck(volume=0.0)
    assert check.play() == [VolumeRaised(0.2), BeepsWanted(300)]
    check.beeps_over()
    assert check.heard() == [Answered(True, 0.2, 300)]


def test_heard_is_remembered_with_what_it_took() -> None:
    check = asked(volume=0.8, preroll_ms=600)
    assert check.heard() == [Answered(True, 0.8, 600)]
    assert check.state == Heard()


def test_not_heard_is_an_answer_too() -> None:
    check = asked()
    assert check.missed() == [Answered(False, 0.7, 300)]
    assert check.state == Missed(louder=0.8, longer_ms=600)


def test_too_quiet_plays_one_step_louder() -> None:
    check = missed(volume=0.7)
    assert check.make_louder() == [VolumeRaised(0.8), BeepsWanted(300)]
    assert check.volume == 0.8
    assert check.state == Listening()


def test_louder_ends_at_the_loudest() -> None:
    check = missed(volume=0.95)
    check.make_louder()
    assert check.volume == 1.0
    check.beeps_over()
    check.missed()
    assert check.state == Missed(louder=None, longer_ms=600)
    assert check.make_louder() == []
    assert check.volume == 1.0


def test_a_missed_first_beep_lengthens_the_silence_step_by_step() -> None:
    check = missed()
    found = []
    while (events := check.wait_longer()) != []:
        found += events
        check.beeps_over()
        check.missed()
    assert found == [BeepsWanted(600), BeepsWanted(1_000), BeepsWanted(2_000)]
    assert check.state == Missed(louder=0.8, longer_ms=None)
    assert check.preroll_ms == PREROLLS_MS[-1]


def test_a_silence_of_ones_own_goes_on_with_the_next_longer_one() -> None:
    check = missed(preroll_ms=700)
    assert check.wait_longer() == [BeepsWanted(1_000)]


def test_again_changes_nothing_but_plays() -> None:
    for check in (asked(volume=0.4, preroll_ms=600), missed(volume=0.4, preroll_ms=600)):
        assert check.play() == [BeepsWanted(600)]
        assert (check.volume, check.state) == (0.4, Listening())


def test_what_cannot_be_played_can_be_tried_again() -> None:
    check = SoundCheck(volume=0.7)
    check.play()
    check.fail("No sound output.")
    assert check.state == Silent("No sound output.")
    assert check.play() == [BeepsWanted(300)]


@pytest.mark.parametrize("command", ["heard", "missed", "make_louder", "wait_longer"])
def test_an_answer_without_a_question_means_nothing(command: str) -> None:
    check = SoundCheck(volume=0.7)
    check.play()
    assert getattr(check, command)() == []
    assert check.state == Listening()


def test_while_the_beeps_sound_they_are_not_played_again() -> None:
    check = SoundCheck(volume=0.7)
    check.play()
    assert check.play() == []


def test_the_beeps_end_once() -> None:
    check = asked()
    check.heard()
    check.beeps_over()
    assert check.state == Heard()
