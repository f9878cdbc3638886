"""The sound check over a window: keys and buttons, the devices asked, what is remembered."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.domain.errors import SoundError
from app.domain.settings import Settings, ThemeChoice
from app.ui.preferences import Preferences
from app.ui.sound_check import Asked, Missed
from app.ui.sound_check_dialog import SoundCheckDialog
from app.ui.sound_check_keeper import CheckedDevice, SoundCheckKeeper

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Known:
    heard: bool = True
    volume: float = 0.7
    preroll_ms: int = 300


@dataclass
class FakeDevices:
    """Implements `CheckDevices`; what was played and kept can be read."""

    id: str = "speakers"
    played: list[int] = field(default_factory=list)
    kept: dict[str, Known] = field(default_factory=dict)
    trouble: str = ""
    ended: int = 0

    def play_beeps(self, preroll_ms: int) -> None:
        if self.trouble:
            raise SoundError(self.trouble)
        self.played.append(preroll_ms)

    def end_check(self) -> None:
        self.ended += 1

    def device_id(self) -> str:
        return self.id

    def device_name(self) -> str:
        return self.id.capitalize()

    def remember(self, device_id: str, *, heard: bool, volume: float, preroll_ms: int) -> None:
        self.kept[device_id] = Known(heard, volume, preroll_ms)

    def known(self, device_id: str) -> CheckedDevice | None:
        return self.kept.get(device_id)


class Bench:
    def __init__(self, qtbot: QtBot, themes: ThemeManager) -> None:
        self.qtbot = qtbot
        self.saved: list[Settings] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field = QLineEdit(self.window)
        self.window.resize(900, 600)
        self.window.show()
        self.field.setFocus()
        self.devices = FakeDevices()
        self.preferences = Preferences(
            Settings(theme=ThemeChoice.LIGHT), self.saved.append, parent=self.window
        )
        self.keeper = SoundCheckKeeper(self.window, themes, self.preferences, self.devices)
        self.shown: list[tuple[str, CheckedDevice | None]] = []
        self.keeper.device_shown.connect(lambda *shown: self.shown.append(shown))
        self.themes = themes

    def open(self) -> SoundCheckDialog:
        return self.keeper.open(self.window, self.themes)

    def asked(self) -> SoundCheckDialog:
        """Open a check and let its beeps pass."""
        dialog = self.open()
        sound_all(dialog)
        return dialog

    def missed(self) -> SoundCheckDialog:
        dialog = self.asked()
        self.qtbot.mouseClick(dialog.no, LEFT)
        return dialog


def sound_all(dialog: SoundCheckDialog) -> None:
    """Let the time of all three beeps pass."""
    for _ in range(4):
        dialog._beep()


def press(widget: QWidget, key: Qt.Key, text: str = "", *, repeat: bool = False) -> None:
    """Press a key as the window system does: first as a shortcut, then as a key."""
    modifiers = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text, repeat))


@pytest.fixture
def bench(qtbot: QtBot, themes: ThemeManager) -> Bench:
    return Bench(qtbot, themes)


def test_opening_it_plays_at_once_and_says_on_what(bench: Bench) -> None:
    dialog = bench.open()
    assert bench.devices.played == [300]
    assert dialog.isVisible()
    assert dialog.question == "Listen: three beeps."
    assert dialog.device_text == "Speakers · Volume 70%"
    assert not dialog.yes.isVisible()


def test_each_beep_fills_a_dot_and_then_it_asks(bench: Bench) -> None:
    dialog = bench.open()
    assert dialog._timer.isActive()
    filled = []
    for _ in range(3):
        dialog._beep()
        filled.append(dialog.dots.filled)
    assert filled == [1, 2, 3]
    assert dialog.question == "Listen: three beeps."
    dialog._beep()
    assert dialog.question == "Heard all three?"
    assert dialog.yes.isVisible()
    assert not dialog._timer.isActive()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (Qt.Key.Key_X, "x"),
        (Qt.Key.Key_Left, ""),
        (Qt.Key.Key_PageDown, ""),
        (Qt.Key.Key_Slash, "/"),
        (Qt.Key.Key_F5, ""),
        (Qt.Key.Key_MediaPlay, ""),
        (Qt.Key.Key_Space, " "),
        (Qt.Key.Key_Return, "\r"),
    ],
)
def test_any_key_means_heard(bench: Bench, key: Qt.Key, text: str) -> None:
    dialog = bench.asked()
    press(dialog.yes, key, text)
    assert bench.devices.kept == {"speakers": Known(True, 0.7, 300)}
    assert dialog.question == "All three heard."
    assert dialog.help_text == "Remembered for Speakers."


def test_a_key_reaches_the_dialog_too(bench: Bench) -> None:
    dialog = bench.asked()
    press(dialog, Qt.Key.Key_X, "x")
    assert bench.devices.kept["speakers"].heard


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Tab, Qt.Key.Key_Shift, Qt.Key.Key_VolumeUp, Qt.Key.Key_Control]
)
def test_keys_that_say_nothing_are_no_answer(bench: Bench, key: Qt.Key) -> None:
    dialog = bench.asked()
    press(dialog.yes, key)
    assert bench.devices.kept == {}
    assert isinstance(dialog._state, Asked)


def test_a_held_key_and_a_command_are_no_answer(bench: Bench) -> None:
    dialog = bench.asked()
    press(dialog.yes, Qt.Key.Key_X, "x", repeat=True)
    bench.qtbot.keyClick(dialog.yes, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert bench.devices.kept == {}


def test_an_early_answer_closes_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    dialog = bench.open()
    for key, text in ((Qt.Key.Key_Space, " "), (Qt.Key.Key_Return, "\r"), (Qt.Key.Key_X, "x")):
        target = QApplication.focusWidget()
        assert target is not None
        press(target, key, text)
    assert dialog.isVisible()
    assert bench.devices.kept == {}


@pytest.mark.parametrize("state", ["open", "asked", "missed"])
def test_escape_closes_it_at_any_time(bench: Bench, state: str) -> None:
    dialog: SoundCheckDialog = getattr(bench, state)()
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog._timer.isActive()
    assert bench.devices.ended == 1


def test_closing_without_an_answer_remembers_nothing(bench: Bench) -> None:
    press(bench.asked(), Qt.Key.Key_Escape)
    assert bench.devices.kept == {}
    assert bench.keeper.is_due()


def test_focus_goes_back_to_where_it_was(bench: Bench, qtbot: QtBot) -> None:
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    bench.field.setFocus()
    dialog = bench.asked()
    assert QApplication.focusWidget() is dialog.yes
    qtbot.mouseClick(dialog.yes, LEFT)
    assert QApplication.focusWidget() is dialog.finish
    qtbot.mouseClick(dialog.finish, LEFT)
    assert QApplication.focusWidget() is bench.field


def test_no_is_remembered_and_asks_what_was_missing(bench: Bench) -> None:
    dialog = bench.missed()
    assert bench.devices.kept == {"speakers": Known(False, 0.7, 300)}
    assert dialog.question == "What was missing?"
    assert "80%" in dialog.help_text
    assert dialog.louder.isVisible()
    assert dialog.longer.isVisible()
    assert not dialog.yes.isVisible()


def test_n_means_no(bench: Bench) -> None:
    dialog = bench.asked()
    press(dialog.no, Qt.Key.Key_N, "n")
    assert bench.devices.kept == {"speakers": Known(False, 0.7, 300)}
    assert dialog.question == "What was missing?"


def test_a_key_is_no_answer_to_what_was_missing(bench: Bench) -> None:
    dialog = bench.missed()
    press(dialog.louder, Qt.Key.Key_X, "x")
    assert isinstance(dialog._state, Missed)
    assert bench.devices.played == [300]


def test_too_quiet_raises_the_volume_and_plays_again(bench: Bench, qtbot: QtBot) -> None:
    dialog = bench.missed()
    qtbot.mouseClick(dialog.louder, LEFT)
    assert bench.preferences.settings.volume == 0.8
    assert bench.devices.played == [300, 300]
    assert dialog.device_text == "Speakers · Volume 80%"
    sound_all(dialog)
    press(dialog.yes, Qt.Key.Key_X, "x")
    assert bench.devices.kept == {"speakers": Known(True, 0.8, 300)}


def test_a_missed_first_beep_plays_again_after_a_longer_silence(bench: Bench, qtbot: QtBot) -> None:
    dialog = bench.missed()
    qtbot.mouseClick(dialog.longer, LEFT)
    assert bench.devices.played == [300, 600]
    assert dialog._timer.interval() == 600
    sound_all(dialog)
    press(dialog.yes, Qt.Key.Key_X, "x")
    assert bench.devices.kept == {"speakers": Known(True, 0.7, 600)}
    assert dialog.help_text == "Remembered for Speakers, with a silence that wakes it first."
    assert bench.preferences.settings.volume == 0.7


def test_at_the_end_of_its_means_it_says_what_else_helps(bench: Bench) -> None:
    bench.devices.kept["speakers"] = Known(False, 1.0, 2_000)
    bench.preferences.set(Settings(theme=ThemeChoice.LIGHT, volume=1.0))
    dialog = bench.missed()
    assert bench.devices.played == [2_000]
    assert dialog.question == "Not all were heard."
    assert "Turn up the computer or the speaker itself" in dialog.help_text
    assert not dialog.louder.isVisible()
    assert not dialog.longer.isVisible()
    dialog.again.click()
    assert bench.devices.played == [2_000, 2_000]


def test_without_an_output_it_says_so_and_tries_again(bench: Bench, qtbot: QtBot) -> None:
    bench.devices.id = ""
    dialog = bench.open()
    assert dialog.question == "No sound can be played."
    assert bench.devices.played == []
    bench.devices.id = "headset"
    qtbot.mouseClick(dialog.retry, LEFT)
    assert bench.devices.played == [300]
    assert dialog.device_text == "Headset · Volume 70%"


def test_what_keeps_it_from_playing_is_said(bench: Bench, qtbot: QtBot) -> None:
    bench.devices.trouble = "libpulse.so.0 is missing.\nTraceback"
    dialog = bench.open()
    assert dialog.help_text == "libpulse.so.0 is missing."
    bench.devices.trouble = ""
    qtbot.mouseClick(dialog.retry, LEFT)
    assert dialog.question == "Listen: three beeps."


def test_another_device_meanwhile_begins_its_own_check(bench: Bench, qtbot: QtBot) -> None:
    bench.devices.kept["headset"] = Known(True, 0.5, 1_000)
    dialog = bench.missed()
    bench.devices.id = "headset"
    qtbot.mouseClick(dialog.longer, LEFT)
    assert bench.devices.played == [300, 1_000]
    sound_all(dialog)
    press(dialog.yes, Qt.Key.Key_X, "x")
    assert bench.devices.kept["headset"] == Known(True, 0.7, 1_000)


def test_a_second_request_keeps_the_check_that_is_open(bench: Bench) -> None:
    dialog = bench.open()
    bench.keeper.check()
    assert bench.window.findChildren(SoundCheckDialog) == [dialog]
    assert bench.devices.played == [300]


def test_after_one_check_there_can_be_another(bench: Bench) -> None:
    first = bench.asked()
    press(first, Qt.Key.Key_Escape)
    bench.keeper.check()
    assert bench.devices.played == [300, 300]


# Which device had one


def test_a_check_is_due_once_for_each_device(bench: Bench) -> None:
    assert bench.keeper.is_due()
    press(bench.asked().yes, Qt.Key.Key_X, "x")
    assert not bench.keeper.is_due()
    bench.devices.id = "headset"
    assert bench.keeper.is_due()
    bench.devices.id = ""
    assert not bench.keeper.is_due()


def test_pages_are_told_of_the_device_and_of_each_answer(bench: Bench) -> None:
    bench.keeper.tell()
    assert bench.shown == [("Speakers", None)]
    press(bench.asked().yes, Qt.Key.Key_X, "x")
    assert bench.shown[-1] == ("Speakers", Known(True, 0.7, 300))
    bench.devices.id = ""
    bench.keeper.tell()
    assert bench.shown[-1] == ("", None)


@pytest.mark.parametrize("text_size", [1.0, 1.3])
def test_every_word_has_its_place_in_the_smallest_window(
    bench: Bench, themes: ThemeManager, text_size: float
) -> None:
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=text_size))
    bench.devices.id = "a device with a name that is longer than any line of a dialog can be"
    dialog = bench.missed()
    QApplication.processEvents()
    parts = (dialog._question, dialog._help, dialog.louder, dialog.longer, dialog.close_button)
    boxes = [
        part.geometry().translated(
            part.parentWidget().mapTo(dialog, part.parentWidget().rect().topLeft())
        )
        for part in parts
    ]
    assert all(dialog.rect().contains(box) for box in boxes)
    assert all(above.bottom() < below.top() for above, below in itertools.pairwise(boxes))
    assert dialog._help.height() >= dialog._help.heightForWidth(dialog._help.width())
