"""All that sounds in the window: a sentence that is tried, a sound check, a cue set read anew."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import pytest
from fake_sound import FakeSound, FakeVoice
from PySide6.QtWidgets import QWidget

from app.domain.settings import Settings
from app.sound.soundtrack import Sound
from app.storage.paths import user_folders
from app.ui.preferences import Preferences
from app.window_sound import WindowSound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytestqt.qtbot import QtBot

SENTENCE = "Left side."


class Output(FakeSound):
    """One output, with a silence ahead."""

    preroll_ms = 0

    def set_preroll(self, preroll_ms: int) -> None:
        self.preroll_ms = preroll_ms

    def default_device(self) -> tuple[str, str]:
        return "speakers", "Speakers"

    def close(self) -> None:
        self.calls.append("close")


class Speaker(FakeVoice):
    def sound(self, sentences: Sequence[str]) -> Sound | None:
        return Sound(bytes(4_800)) if set(sentences) <= set(self.lengths) else None

    def close(self) -> None:
        pass


class World:
    def __init__(self, window: QWidget) -> None:
        self.is_free = True
        self.preferences = Preferences(Settings(), lambda _settings: None, window)
        self.sound = WindowSound(
            self.preferences, user_folders(), window, is_free=lambda: self.is_free
        )
        self.sound.session.close()
        self.sound.voice.close()
        self.output, self.voice = Output(), Speaker()
        self.sound.session = self.output  # type: ignore[assignment]
        self.sound.voice = self.voice  # type: ignore[assignment]

    def ready(self) -> None:
        """Let the voice have its sentence."""
        self.voice.lengths[SENTENCE] = 500


@pytest.fixture
def world(qtbot: QtBot) -> Iterator[World]:
    window = QWidget()
    qtbot.addWidget(window)
    made = World(window)
    yield made
    made.sound.close()


def test_a_sentence_that_is_tried_is_said_once_it_is_ready(world: World, qtbot: QtBot) -> None:
    world.sound.say_something()
    world.sound._try_to_say()
    assert world.output.calls == []
    world.ready()
    qtbot.waitUntil(lambda: world.output.calls == ["play", "ring_out"])
    assert world.output.takes[0].cues[0].sentences == (SENTENCE,)
    assert not world.sound._trying.isActive()


def test_a_session_that_began_meanwhile_is_not_talked_over(world: World) -> None:
    world.sound.say_something()
    world.is_free = False
    world.ready()
    world.sound._try_to_say()
    assert world.output.calls == []
    assert not world.sound._trying.isActive()


def test_in_a_session_no_sentence_takes_the_voice(world: World) -> None:
    world.is_free = False
    world.sound.say_something()
    assert world.voice.asked == []
    assert not world.sound._trying.isActive()


def test_a_sound_check_ends_the_wait_for_a_sentence(world: World) -> None:
    world.sound.say_something()
    world.sound.play_beeps(300)
    world.ready()
    assert not world.sound._trying.isActive()


def test_a_check_that_is_left_takes_its_beeps_and_its_silence_along(world: World) -> None:
    world.sound.play_beeps(1_000)
    assert world.output.preroll_ms == 1_000
    del world.output.calls[:]
    world.sound.end_check()
    assert world.output.calls == ["stop"]
    assert world.output.preroll_ms == 300


def test_a_check_that_is_left_keeps_what_was_remembered(world: World) -> None:
    world.sound.remember("speakers", heard=True, volume=0.7, preroll_ms=600)
    world.sound.play_beeps(2_000)
    world.sound.end_check()
    assert world.output.preroll_ms == 600


def test_a_check_that_is_left_in_a_session_stops_nothing(world: World) -> None:
    world.sound.play_beeps(1_000)
    world.is_free = False
    del world.output.calls[:]
    world.sound.end_check()
    assert world.output.calls == []
    assert world.output.preroll_ms == 300


def test_a_set_that_is_chosen_anew_is_read_anew(world: World, qtbot: QtBot) -> None:
    folder = user_folders().data / "cue-sets" / "wood"
    folder.mkdir(parents=True)
    bad = folder / "start.wav"
    bad.write_bytes(b"no sound")
    with qtbot.waitSignal(world.sound.cue_set_read):  # type: ignore[arg-type]
        world.preferences.set(Settings(cue_set="wood"))
    assert [problem.file for problem in world.sound.problems] == [str(bad)]
    with wave.open(str(bad), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(bytes(2_000) + b"\x00\x40\x00\xc0" * 4_800)
    with qtbot.waitSignal(world.sound.cue_set_read):  # type: ignore[arg-type]
        world.sound.read_cue_set()
    assert world.sound.problems == ()
