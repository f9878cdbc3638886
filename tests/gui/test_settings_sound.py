"""Sound on the settings page: devices, balance, the voice and why, sounds of one's own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from app.domain.errors import Problem
from app.domain.settings import Settings, ThemeChoice
from app.domain.speech import VoiceInfo
from app.ui.pages.settings.info import AppInfo
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.settings.sound import balance_of, levels_of

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager
    from app.ui.widgets.toggle import Toggle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
RAIL = 96
SETTINGS = Settings(theme=ThemeChoice.LIGHT)
HEART = VoiceInfo(id="clips", name="Heart (recorded)", reason="It ships with Warmdown.")
ESPEAK = VoiceInfo(id="espeak-ng", name="eSpeak NG", reason="You chose it.")
NOBODY = VoiceInfo(id="", name="", reason="No voice was found, so tones only.")
OWN = "/home/me/wood blocks"
SETS = Path("/home/me/cue-sets")


@dataclass
class Known:
    heard: bool = True
    volume: float = 0.7
    preroll_ms: int = 300


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> SettingsPage:
    made = SettingsPage(
        themes,
        english,
        SETTINGS,
        AppInfo(version="0.1.0", folders=(), licences="/l"),
        cue_set_folder=lambda setting: SETS / setting,
    )
    qtbot.addWidget(made)
    made.resize(1280 - RAIL, 800)
    made.show()
    return made


@pytest.fixture
def told(page: SettingsPage) -> list[Settings]:
    found: list[Settings] = []
    page.settings_changed.connect(found.append)
    return found


def texts(page: SettingsPage) -> list[str]:
    return [page.sound.engine.itemText(i) for i in range(page.sound.engine.count())]


def problem(file: str, message: str = "it holds no sound") -> Problem:
    return Problem(file=f"{OWN}/{file}", line=None, id="unreadable-sound", message=message)


# Switches and levels


@pytest.mark.parametrize(
    ("toggle", "expected"),
    [
        ("voice", {"voice": False}),
        ("counts", {"spoken_counts": True}),
        ("tempo", {"spoken_tempo": True}),
    ],
)
def test_a_switch_is_told_at_once_and_touches_nothing_else(
    page: SettingsPage, told: list[Settings], toggle: str, expected: dict[str, bool]
) -> None:
    switch: Toggle = getattr(page.sound, toggle)
    switch.click()
    assert told == [replace(SETTINGS, **expected)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("balance", "tones", "voice"),
    [(0, 1.0, 1.0), (40, 0.6, 1.0), (-25, 1.0, 0.75), (100, 0.0, 1.0)],
)
def test_the_balance_turns_one_of_both_down(balance: int, tones: float, voice: float) -> None:
    assert levels_of(balance) == (tones, voice)
    assert balance_of(tones=tones, voice=voice) == balance


def test_levels_from_a_file_stand_where_they_sound() -> None:
    assert balance_of(tones=0.5, voice=0.5) == 0
    assert balance_of(tones=0.4, voice=0.8) == 50
    assert balance_of(tones=0.0, voice=0.0) == 0


def test_moving_the_balance_is_told_and_said(page: SettingsPage, told: list[Settings]) -> None:
    page.sound.balance.setValue(-40)
    assert told == [replace(SETTINGS, voice_level=0.6)]
    assert page.sound.balance_row.help_text == "Voice quieter, at 60%"
    page.sound.balance.setValue(30)
    assert told[-1] == replace(SETTINGS, tones_level=0.7)
    assert page.sound.balance.accessibleDescription() == "Tones quieter, at 70%"


def test_showing_levels_that_a_file_says_changes_none_of_them(
    page: SettingsPage, told: list[Settings]
) -> None:
    page.show_settings(replace(SETTINGS, tones_level=0.3, voice_level=0.6))
    assert told == []
    page.sound.counts.click()
    assert (told[0].tones_level, told[0].voice_level) == (0.3, 0.6)


def test_a_click_near_the_middle_goes_to_the_middle(page: SettingsPage) -> None:
    slider = page.sound.balance
    slider.setValue(60)
    slider.go_to(slider.width() / 2 + 5)
    assert slider.value() == 0
    slider.go_to(0)
    assert slider.value() == -100
    image = slider.grab().toImage()
    ink = slider._themes.theme.ink
    assert image.pixelColor(QPointF(slider.width() / 4, slider.height() / 2).toPoint()) == ink


# The voice


def test_the_voice_in_use_is_named_and_why(page: SettingsPage) -> None:
    page.show_voices(HEART, (HEART, ESPEAK))
    row = page.sound.voice_row
    assert row.help_text == "It ships with Warmdown."
    assert row.notes == ()
    assert row.accessibleName() == "Voice. It ships with Warmdown."
    assert texts(page) == ["Best available", "Heart (recorded)", "eSpeak NG", "None"]
    assert page.sound.engine.currentIndex() == 0


def test_a_voice_in_trouble_says_so_under_its_name(page: SettingsPage) -> None:
    page.show_voices(HEART, (HEART,))
    before = page.sound.section.height()
    page.show_voices(replace(ESPEAK, trouble="eSpeak NG did not answer."), (HEART, ESPEAK))
    assert page.sound.voice_row.notes == ("eSpeak NG did not answer.",)
    assert page.sound.voice_row.accessibleName().endswith("eSpeak NG did not answer.")
    assert page.sound.section.height() > before
    page.show_voices(HEART, (HEART,))
    assert page.sound.section.height() == before


def test_without_a_voice_the_reason_stands_there(page: SettingsPage) -> None:
    page.show_voices(NOBODY, ())
    assert page.sound.voice_row.help_text == "No voice was found, so tones only."
    assert not page.sound.say.isEnabled()
    assert page.sound.say.toolTip() == "No voice was found, so tones only."


def test_choosing_a_voice_is_told(qtbot: QtBot, page: SettingsPage, told: list[Settings]) -> None:
    page.show_voices(HEART, (HEART, ESPEAK))
    for _ in range(2):
        qtbot.keyClick(page.sound.engine, Qt.Key.Key_Down)
    assert told[-1] == replace(SETTINGS, engine="espeak-ng")
    qtbot.keyClick(page.sound.engine, Qt.Key.Key_Home)
    assert told[-1] == SETTINGS


def test_choosing_none_switches_the_voice_off_and_a_name_on_again(
    page: SettingsPage, told: list[Settings]
) -> None:
    page.show_voices(HEART, (HEART, ESPEAK))
    page.sound.engine._choose(3)
    assert told == [replace(SETTINGS, voice=False)]
    assert not page.sound.voice.isChecked()
    assert not page.sound.say.isEnabled()
    page.sound.engine._choose(2)
    assert told[-1] == replace(SETTINGS, engine="espeak-ng")
    assert page.sound.voice.isChecked()
    assert page.sound.say.isEnabled()


def test_the_switch_comes_back_to_the_voice_that_was_chosen(
    page: SettingsPage, told: list[Settings]
) -> None:
    page.show_settings(replace(SETTINGS, engine="espeak-ng"))
    page.show_voices(ESPEAK, (HEART, ESPEAK))
    page.sound.voice.click()
    assert page.sound.engine.currentText() == "None"
    page.sound.voice.click()
    assert page.sound.engine.currentText() == "eSpeak NG"
    assert told[-1] == replace(SETTINGS, engine="espeak-ng")


def test_a_chosen_voice_that_is_gone_stays_in_sight(
    page: SettingsPage, told: list[Settings]
) -> None:
    page.show_settings(replace(SETTINGS, engine="hibari"))
    page.show_voices(HEART, (HEART,))
    assert page.sound.engine.currentText() == "hibari (not found)"
    assert told == []


def test_a_sentence_can_be_heard(qtbot: QtBot, page: SettingsPage) -> None:
    asked: list[bool] = []
    page.sentence_requested.connect(lambda: asked.append(True))
    page.show_voices(HEART, (HEART,))
    qtbot.mouseClick(page.sound.say, LEFT)
    assert asked == [True]


# The device


def test_the_device_and_its_last_check_are_said(page: SettingsPage) -> None:
    row = page.sound.check_row
    page.show_device("Headset", None)
    assert row.help_text == "Headset: not checked yet"
    page.show_device("Headset", Known(volume=0.85))
    assert row.help_text == "Headset: heard from the mat at 85%"
    page.show_device("Headset", Known(heard=False))
    assert row.help_text == "Headset: not all was heard"


def test_without_a_device_there_is_nothing_to_check(qtbot: QtBot, page: SettingsPage) -> None:
    asked: list[bool] = []
    page.sound_check_requested.connect(lambda: asked.append(True))
    page.show_device("", None)
    assert not page.sound.check.isEnabled()
    assert page.sound.check.toolTip() == "There is no sound output"
    page.show_device("Headset", None)
    qtbot.mouseClick(page.sound.check, LEFT)
    assert asked == [True]


# Sounds of one's own


def test_a_folder_is_chosen_and_told(page: SettingsPage, told: list[Settings]) -> None:
    assert page.sound.cue_set.currentText() == "Built-in"
    assert not page.sound.show_folder.isVisible()
    page.sound.cue_set._choose(1)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(OWN)
    dialog.close()
    assert told == [replace(SETTINGS, cue_set=OWN)]
    assert page.sound.cue_set.currentText() == "wood blocks"
    assert page.sound.show_folder.isVisible()


def test_a_dismissed_chooser_changes_nothing(page: SettingsPage, told: list[Settings]) -> None:
    page.sound.cue_set._choose(1)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    assert told == []
    assert page.sound.cue_set.currentText() == "Built-in"


def test_the_built_in_sounds_can_be_chosen_again(page: SettingsPage, told: list[Settings]) -> None:
    page.show_settings(replace(SETTINGS, cue_set=OWN))
    page.show_cue_set("Wood blocks", (problem("start.mp3"),))
    page.sound.cue_set._choose(1)
    assert told == []
    page.sound.cue_set._choose(0)
    assert told == [SETTINGS]
    assert page.sound.set_row.notes == ()


def test_each_file_that_cannot_be_used_is_named_with_the_reason(page: SettingsPage) -> None:
    page.show_settings(replace(SETTINGS, cue_set=OWN))
    page.show_cue_set(
        "Wood blocks", (problem("start.mp3"), problem("half.wav", "half.wav lasts too long."))
    )
    assert page.sound.cue_set.currentText() == "Wood blocks"
    assert page.sound.set_row.notes == (
        "start.mp3: it holds no sound.",
        "half.wav lasts too long.",
    )


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (8, "f7.mp3: it holds no sound."),
        (9, "One more file cannot be used."),
        (40, "32 more files cannot be used."),
    ],
)
def test_many_problems_end_in_a_number(page: SettingsPage, count: int, last: str) -> None:
    page.show_settings(replace(SETTINGS, cue_set=OWN))
    page.show_cue_set("Wood blocks", tuple(problem(f"f{i}.mp3") for i in range(count)))
    assert page.sound.set_row.notes[-1] == last
    assert len(page.sound.set_row.notes) == min(count, 9)


@pytest.mark.parametrize(("setting", "folder"), [(OWN, OWN), ("wood", str(SETS / "wood"))])
def test_the_folder_can_be_shown_and_none_is_made(
    setting: str, folder: str, qtbot: QtBot, page: SettingsPage
) -> None:
    asked: list[str] = []
    made: list[str] = []
    page.cue_set_folder_requested.connect(asked.append)
    page.folder_requested.connect(made.append)
    page.show_settings(replace(SETTINGS, cue_set=setting))
    qtbot.mouseClick(page.sound.show_folder, LEFT)
    assert (asked, made) == ([folder], [])


def test_another_folder_is_looked_for_where_the_set_is(
    qtbot: QtBot, themes: ThemeManager, english: QLocale, tmp_path: Path
) -> None:
    (tmp_path / "wood").mkdir()
    made = SettingsPage(
        themes,
        english,
        replace(SETTINGS, cue_set="wood"),
        AppInfo(version="0.1.0", folders=(), licences="/l"),
        cue_set_folder=lambda setting: tmp_path / setting,
    )
    qtbot.addWidget(made)
    made.sound.cue_set._choose(2)
    dialog = made.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().path()) == tmp_path / "wood"
    dialog.reject()


@pytest.mark.parametrize("way", ["list", "folder"])
def test_a_set_that_is_chosen_anew_is_to_be_read_anew(
    way: str, page: SettingsPage, told: list[Settings]
) -> None:
    anew: list[bool] = []
    page.cue_set_chosen_anew.connect(lambda: anew.append(True))
    page.show_settings(replace(SETTINGS, cue_set=OWN))
    page.show_cue_set("Wood blocks", (problem("start.mp3"),))
    assert anew == []
    if way == "list":
        page.sound.cue_set._choose(1)
    else:
        page.sound.cue_set._choose(2)
        dialog = page.findChild(QFileDialog)
        assert dialog is not None
        dialog.fileSelected.emit(OWN)
        dialog.close()
    assert anew == [True]
    assert told == []
    assert page.sound.set_row.notes == ()
    assert page.sound.cue_set.currentText() == "wood blocks"


def test_another_set_is_told_by_the_settings_alone(
    page: SettingsPage, told: list[Settings]
) -> None:
    anew: list[bool] = []
    page.cue_set_chosen_anew.connect(lambda: anew.append(True))
    page.sound._use_set(OWN)
    assert told == [replace(SETTINGS, cue_set=OWN)]
    assert anew == []


# Geometry


@pytest.mark.parametrize("text_size", [1.0, 1.3])
@pytest.mark.parametrize("width", [900, 1280])
def test_notes_push_the_sections_below_them_down(
    page: SettingsPage, themes: ThemeManager, width: int, text_size: float
) -> None:
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=text_size))
    page.resize(width - RAIL, 700)
    page.show_settings(replace(SETTINGS, cue_set=f"{OWN}, second take, from the studio upstairs"))
    page.show_voices(replace(HEART, trouble="It is in trouble. " * 12), (HEART, ESPEAK))
    page.show_cue_set("", tuple(problem(f"{i}.mp3", "it is broken. " * 9) for i in range(8)))
    QApplication.processEvents()
    rows = page.sound.section.rows
    assert all(a.geometry().bottom() < b.y() for a, b in itertools.pairwise(rows))
    assert page.sound.section.geometry().bottom() < page.timing.section.y()
    for row in (page.sound.voice_row, page.sound.set_row):
        lowest = max(c.geometry().bottom() for c in row.controls if c.isVisible())
        notes = row._notes_height(row.width())
        assert lowest < row.height() - notes
        for control in row.controls:
            assert row.rect().contains(control.geometry())


def test_a_tone_cannot_be_tried_where_it_would_not_be_heard(page: SettingsPage) -> None:
    sound = page.sound
    assert sound.play.isEnabled()
    sound.show_device("", None)
    assert sound.play.toolTip() == "There is no sound output"
    sound.show_device("Speakers", None)
    sound.volume.setValue(0)
    assert sound.play.toolTip() == "The volume is at 0%"
    sound.volume.setValue(50)
    sound.tones.click()
    assert sound.play.toolTip() == "The tones are off"
    sound.tones.click()
    assert sound.play.toolTip() in {"", "Play a tone"}
