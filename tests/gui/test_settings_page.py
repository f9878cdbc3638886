"""The settings page: each control changes its setting at once, and only that one."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.settings import (
    AffectedSide,
    FirstSide,
    MotionChoice,
    PlayerTheme,
    Settings,
    ThemeChoice,
)
from app.ui.pages.settings.info import AppInfo, Folder
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.settings.rows import Section, SettingRow
from app.ui.widgets.buttons import Button
from app.ui.widgets.key_list import KeyList

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
RAIL = 96
SETTINGS = Settings(theme=ThemeChoice.LIGHT)
INFO = AppInfo(
    version="0.1.0",
    folders=(
        Folder(title="Routines", path="/home/me/routines", shown="~/routines"),
        Folder(title="History", path="/home/me/data", shown="~/data"),
    ),
    licences="/app/licenses",
)


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> SettingsPage:
    made = SettingsPage(themes, english, SETTINGS, INFO)
    qtbot.addWidget(made)
    made.resize(1280 - RAIL, 800)
    made.show()
    return made


@pytest.fixture
def told(page: SettingsPage) -> list[Settings]:
    found: list[Settings] = []
    page.settings_changed.connect(found.append)
    return found


def test_showing_settings_announces_nothing(page: SettingsPage, told: list[Settings]) -> None:
    page.show_settings(replace(SETTINGS, volume=0.2, goal_days=5, theme=ThemeChoice.DARK))
    assert told == []
    assert page.sound.volume.value() == 20
    assert page.goal.days.value() == 5
    assert page.appearance.theme.current() == 2


CHANGES: list[tuple[Callable[[SettingsPage], object], dict[str, object]]] = [
    (lambda page: page.sound.volume.setValue(40), {"volume": 0.4}),
    (lambda page: page.sound.tones.click(), {"tones": False}),
    (lambda page: page.timing.get_ready.setValue(20), {"get_ready_ms": 20_000}),
    (lambda page: page.timing.side_change.setValue(0), {"side_change_ms": 0}),
    (lambda page: page.timing.affected.segment(1).click(), {"affected": AffectedSide.LEFT}),
    (lambda page: page.timing.breath.setValue(8), {"breath_ms": 8_000}),
    (lambda page: page.timing.cadence_on.click(), {"goal_cadence": 170}),
    (lambda page: page.timing.beat.segment(1).click(), {"beat_every": 2}),
    (lambda page: page.goal.days.setValue(6), {"goal_days": 6}),
    (lambda page: page.goal.week.segment(1).click(), {"week_starts_on_sunday": True}),
    (lambda page: page.appearance.theme.segment(2).click(), {"theme": ThemeChoice.DARK}),
    (lambda page: page.appearance.text_size.segment(2).click(), {"text_size": 1.3}),
    (lambda page: page.appearance.motion.segment(2).click(), {"motion": MotionChoice.REDUCED}),
    (lambda page: page.appearance.player.segment(1).click(), {"player_theme": PlayerTheme.DARK}),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES, ids=[next(iter(c[1])) for c in CHANGES])
def test_a_change_is_told_at_once_and_touches_nothing_else(
    page: SettingsPage,
    told: list[Settings],
    change: Callable[[SettingsPage], object],
    expected: dict[str, object],
) -> None:
    change(page)
    assert told == [replace(SETTINGS, **expected)]  # type: ignore[arg-type]


def test_choosing_from_a_list_is_told(
    qtbot: QtBot, page: SettingsPage, told: list[Settings]
) -> None:
    qtbot.keyClick(page.timing.first_side, Qt.Key.Key_Down)
    qtbot.keyClick(page.goal.day_end, Qt.Key.Key_Up)
    assert told[0].first_side is FirstSide.RIGHT
    assert told[1] == replace(told[0], day_ends_at_hour=2)


def test_changes_in_two_sections_add_up(page: SettingsPage, told: list[Settings]) -> None:
    page.sound.volume.setValue(40)
    page.goal.days.setValue(6)
    assert told[-1] == replace(SETTINGS, volume=0.4, goal_days=6)


def test_a_change_from_elsewhere_is_kept_by_the_next_one(
    page: SettingsPage, told: list[Settings]
) -> None:
    page.show_settings(replace(SETTINGS, pinned=("hips",)))
    page.goal.days.setValue(6)
    assert told == [replace(SETTINGS, pinned=("hips",), goal_days=6)]


def test_the_goal_cadence_is_asked_for_only_when_it_is_on(page: SettingsPage) -> None:
    assert not page.timing.cadence.isVisibleTo(page)
    page.timing.cadence_on.click()
    assert page.timing.cadence.isVisibleTo(page)
    page.timing.cadence.setValue(164)
    assert page.timing.settings.goal_cadence == 164
    page.timing.cadence_on.click()
    assert page.timing.settings.goal_cadence is None


def test_a_cue_can_be_played(qtbot: QtBot, page: SettingsPage) -> None:
    told: list[bool] = []
    page.cue_requested.connect(lambda: told.append(True))
    qtbot.mouseClick(page.sound.play, LEFT)
    assert told == [True]


def test_folders_and_licences_can_be_shown(qtbot: QtBot, page: SettingsPage) -> None:
    told: list[str] = []
    page.folder_requested.connect(told.append)
    for button in page.findChildren(Button):
        if button.text() in {"Show folder", "Licence texts"}:
            qtbot.mouseClick(button, LEFT)
    assert told == ["/home/me/routines", "/home/me/data", "/app/licenses"]


def test_about_has_version_and_safety_sentence_word_for_word(page: SettingsPage) -> None:
    names = [row.accessibleName() for row in page.findChildren(SettingRow)]
    assert any(name.startswith("Warmdown 0.1.0.") for name in names)
    assert (
        "Your safety. Warmdown is not medical advice. Stop if something hurts sharply or goes "
        "numb, and see a clinician about pain that lasts."
    ) in names


def test_all_keys_are_listed(page: SettingsPage) -> None:
    text = " ".join(found.accessibleName() for found in page.findChildren(KeyList))
    for key in ("Ctrl+1", "Ctrl+3", "Ctrl+4", "F11", "Space", "Delete"):
        assert key in text


# The list of sections


def test_the_list_leads_to_a_section_and_follows_the_scrolling(
    qtbot: QtBot, page: SettingsPage
) -> None:
    qtbot.mouseClick(page._nav.item(2), LEFT)
    goal = page.goal.section
    assert goal.mapTo(page, QPoint(0, 0)).y() == 96
    assert page._nav.item(2).isChecked()
    page._scroll.scroll_to(0)
    assert page._nav.item(0).isChecked()
    page._scroll.scroll_to(page._scroll.range)
    assert page._nav.item(6).isChecked()


def test_a_narrow_window_has_the_list_as_a_field(qtbot: QtBot, page: SettingsPage) -> None:
    page.resize(900 - RAIL, 600)
    QApplication.processEvents()
    assert not page._nav.isVisible()
    assert page._jump.isVisible()
    qtbot.keyClick(page._jump, Qt.Key.Key_Down)
    assert page.timing.section.mapTo(page, QPoint(0, 0)).y() == 96


@pytest.mark.parametrize("text_size", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("width", [900, 1000, 1280, 1920])
def test_rows_fit_and_do_not_overlap(
    page: SettingsPage, themes: ThemeManager, width: int, text_size: float
) -> None:
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=text_size))
    page.resize(width - RAIL, 700)
    QApplication.processEvents()
    for section in page.findChildren(Section):
        boxes = [row.geometry() for row in section.rows]
        assert all(a.bottom() < b.top() for a, b in itertools.pairwise(boxes))
        assert section.mapTo(page, QPoint(section.width(), 0)).x() <= page.width()
    for row in page.findChildren(SettingRow):
        for control in row.controls:
            if control.isVisibleTo(row):
                assert row.rect().contains(control.geometry()), row.accessibleName()
                assert control.height() >= 24
    assert isinstance(page, QWidget)
