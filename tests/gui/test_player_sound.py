"""Sound in the player: its switches, what is said of outputs and voices, the sound check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_player import Rig, named
from player_bench import STILL, Bench, press
from PySide6.QtCore import QPoint, Qt

from app.domain.session import Paused, Running, Stopped
from app.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot, Rig(), STILL)


# Banners


def test_a_lost_output_is_said_until_it_is_back(bench: Bench) -> None:
    bench.rig.sound.output(False)
    assert bench.parts.banner.isVisible()
    assert bench.parts.banner.text == "No sound output. The timer keeps going."
    bench.rig.sound.output(True)
    assert not bench.parts.banner.isVisible()


def test_a_notice_outlives_the_boundary_it_falls_on(bench: Bench) -> None:
    bench.go("quad left", into_ms=29_500)
    bench.player.notice.emit("eSpeak NG did not answer; tones only.")
    bench.advance(1_000)
    assert bench.parts.banner.text == "eSpeak NG did not answer; tones only."
    assert bench.page._notices._timer.isActive()
    bench.page._notices._timer.timeout.emit()
    assert not bench.parts.banner.isVisible()


def test_a_notice_hides_that_there_is_no_sound_only_for_a_while(bench: Bench) -> None:
    bench.rig.sound.output(False)
    bench.player.notice.emit("eSpeak NG did not answer; tones only.")
    assert "eSpeak" in bench.parts.banner.text
    bench.page._notices._timer.timeout.emit()
    assert bench.parts.banner.text == "No sound output. The timer keeps going."


def test_the_next_session_starts_without_the_last_ones_notice(bench: Bench) -> None:
    bench.player.notice.emit("eSpeak NG did not answer; tones only.")
    other = Rig(named("Calf stretch"))
    bench.page.show_session(other.player)
    assert not bench.parts.banner.isVisible()
    assert not bench.page._notices._timer.isActive()
    bench.page.leave_session()


@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1080)])
def test_a_long_notice_stands_on_two_lines_beside_the_title(
    bench: Bench, size: tuple[int, int]
) -> None:
    bench.page.resize(*size)
    sentence = "eSpeak NG did not answer within five seconds and was stopped; tones only for now."
    bench.player.notice.emit(sentence)
    banner, bar = bench.parts.banner, bench.parts.title
    assert " ".join(banner.lines()) == sentence
    assert banner.geometry().left() > bar.geometry().right()
    assert banner.geometry().right() < bench.parts.keys.geometry().left()
    assert banner.y() >= 0
    assert banner.geometry().bottom() <= bench.parts.ring.y()
    bench.player.notice.emit(sentence * 3)
    assert len(banner.lines()) == 2
    assert banner.lines()[1].endswith("…")
    assert banner.toolTip() == sentence * 3


def test_sleep_is_explained_until_work_goes_on(bench: Bench) -> None:
    bench.go("quad left", into_ms=5_000)
    bench.rig.sound.hole(bench.rig.sound.clock_ms)
    assert "slept" in bench.parts.banner.text
    assert isinstance(bench.player.state, Paused)
    press(bench.page, Qt.Key.Key_Space, " ")
    assert bench.parts.banner.text == ""


# Switches


def test_m_switches_the_sounds(bench: Bench) -> None:
    told: list[bool] = []
    bench.page.tones_changed.connect(told.append)
    press(bench.page, Qt.Key.Key_M, "m")
    assert told == [False]
    assert not bench.player.tones
    assert bench.parts.bell.accessibleName() == "Sounds, off"
    assert bench.parts.bell.icon_name == "bell-off"


def test_v_switches_the_voice_and_leaves_the_sounds(bench: Bench) -> None:
    told: list[bool] = []
    bench.page.voice_changed.connect(told.append)
    assert bench.parts.voice.accessibleName() == "Voice, on"
    press(bench.page, Qt.Key.Key_V, "v")
    assert told == [False]
    assert not bench.player.voice_on
    assert bench.player.tones
    assert bench.parts.voice.accessibleName() == "Voice, off"
    assert bench.parts.voice.icon_name == "speech-off"
    press(bench.page, Qt.Key.Key_V, "v")
    assert told == [False, True]
    assert bench.player.voice_on
    assert bench.parts.voice.icon_name == "speech"


def test_a_switch_that_is_off_has_no_fill(bench: Bench) -> None:
    voice, colors = bench.parts.voice, bench.page._flood.colors
    at = QPoint(8, voice.height() // 2)
    assert voice.grab().toImage().pixelColor(at) == colors.panel
    bench.parts.voice.click()
    assert voice.grab().toImage().pixelColor(at) == colors.bg


def test_sound_set_elsewhere_is_shown_and_not_told(bench: Bench) -> None:
    told: list[float] = []
    bench.page.volume_changed.connect(told.append)
    bench.page.tones_changed.connect(told.append)
    bench.page.voice_changed.connect(told.append)
    bench.page.show_sound(volume=0.4, tones=False, voice=False)
    assert bench.parts.volume.value() == 40
    assert bench.parts.bell.accessibleName() == "Sounds, off"
    assert bench.parts.voice.accessibleName() == "Voice, off"
    assert told == []


def test_shift_and_arrows_balance_voice_and_cues(bench: Bench) -> None:
    told: list[tuple[float, float]] = []
    bench.page.levels_changed.connect(lambda tones, voice: told.append((tones, voice)))
    shift = Qt.KeyboardModifier.ShiftModifier
    before = bench.parts.volume.value()
    press(bench.page, Qt.Key.Key_Up, modifiers=shift)
    press(bench.page, Qt.Key.Key_Up, modifiers=shift)
    press(bench.page, Qt.Key.Key_Down, modifiers=shift)
    press(bench.page, Qt.Key.Key_Down, modifiers=shift)
    press(bench.page, Qt.Key.Key_Down, modifiers=shift)
    assert told == [(0.9, 1.0), (0.8, 1.0), (0.9, 1.0), (1.0, 1.0), (1.0, 0.9)]
    toast = bench.page.commands.toast
    assert toast is not None
    assert toast.text == "Voice 90 %, cues 100 %."
    assert bench.parts.volume.value() == before


# The sound check


def opened(bench: Bench) -> list[Dialog]:
    """Offer a check; return the list of dialogs that it opens."""
    dialogs: list[Dialog] = []

    def open_check(host: QWidget) -> Dialog:
        dialog = Dialog(bench.page.themes, host, "Check the sound")
        dialogs.append(dialog)
        dialog.add_close()
        dialog.open()
        return dialog

    bench.page.offer_sound_check("Headset", open_check)
    return dialogs


def test_a_new_device_is_asked_about_while_getting_ready(bench: Bench) -> None:
    opened(bench)
    assert bench.parts.banner.text == "Can you hear Headset from the mat?"
    assert bench.parts.check.isVisible()
    assert bench.parts.check.geometry().left() > bench.parts.banner.geometry().right()
    assert bench.parts.check.geometry().right() < bench.parts.keys.geometry().left()
    bench.advance(10_000)
    assert not bench.parts.check.isVisible()
    assert not bench.parts.banner.isVisible()


@pytest.mark.parametrize("way", ["key", "button"])
def test_the_session_waits_for_the_check_and_gets_ready_anew(bench: Bench, way: str) -> None:
    dialogs = opened(bench)
    bench.advance(4_000)
    if way == "key":
        press(bench.page, Qt.Key.Key_C, "c")
    else:
        bench.parts.check.click()
    assert len(dialogs) == 1
    assert isinstance(bench.player.state, Paused)
    press(bench.page, Qt.Key.Key_C, "c")
    assert len(dialogs) == 1
    assert not bench.parts.check.isVisible()
    bench.advance(60_000)
    dialogs[0].reject()
    assert isinstance(bench.player.state, Running)
    assert bench.player.position().left_ms == 10_000


def test_a_check_in_a_paused_session_leaves_it_paused(bench: Bench) -> None:
    dialogs = opened(bench)
    bench.player.pause()
    press(bench.page, Qt.Key.Key_C, "c")
    dialogs[0].reject()
    assert isinstance(bench.player.state, Paused)


def test_a_session_that_ends_under_the_check_stays_ended(bench: Bench) -> None:
    dialogs = opened(bench)
    press(bench.page, Qt.Key.Key_C, "c")
    bench.player.stop()
    assert not dialogs[0].isVisible()
    assert isinstance(bench.player.state, Stopped)


def test_once_work_began_no_check_is_offered(bench: Bench) -> None:
    bench.go("quad left")
    dialogs = opened(bench)
    press(bench.page, Qt.Key.Key_C, "c")
    assert dialogs == []
    assert not bench.parts.check.isVisible()


def test_a_notice_comes_before_an_offer_and_gives_way_to_it(bench: Bench) -> None:
    opened(bench)
    bench.player.notice.emit("No voice was found.")
    assert bench.parts.banner.text == "No voice was found."
    assert not bench.parts.check.isVisible()
    bench.page._notices._timer.timeout.emit()
    assert bench.parts.check.isVisible()
