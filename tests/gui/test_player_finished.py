"""The finished screen: what was done, and one question that is answered or skipped with one key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.exercise import Phase
from app.domain.settings import Settings, ThemeChoice
from app.domain.streaks import DayMark, DayState, Row, WeekSoFar
from app.ui.pages.player import result_card
from app.ui.pages.player.finished import FinishedPage
from app.ui.pages.player.finished_data import FinishedData, Following, StripPiece
from app.ui.theme import ThemeManager

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MONDAY = date(2025, 11, 17)
DATA = FinishedData(
    routine="Post-run static holds",
    phase=Phase.STATIC,
    completed=True,
    steps_done=20,
    steps=20,
    active_ms=912_400,
    strip=tuple(StripPiece(Phase.STATIC, 45_000, done=True) for _ in range(20)),
    weeks=Row(6, 11),
    days=Row(12, 31),
    this_week=WeekSoFar(4, 5),
    week=tuple(
        DayMark(
            day=MONDAY + timedelta(days=index),
            state=DayState.DONE if index < 3 else DayState.NONE,
            is_today=index == 3,
            phase=Phase.STATIC if index < 3 else None,
        )
        for index in range(7)
    ),
    before=4,
    following=Following("core-beginner", "Rest-day core", 720_000),
)
HELP = (
    "Get medical help today if you have numbness around the seat, weakness in a leg, trouble with "
    "bladder or bowel, fever, pain after a fall, or pain that wakes you at night."
)


class Told:
    """What the page told, in order."""

    def __init__(self, page: FinishedPage) -> None:
        self.log: list[tuple[object, ...]] = []
        page.saved.connect(self._saved)
        page.skipped.connect(self._skipped)
        page.start_following.connect(self._started)

    def _saved(self, score: object, note: str) -> None:
        self.log.append(("saved", score, note))

    def _skipped(self) -> None:
        self.log.append(("skipped",))

    def _started(self, routine: str) -> None:
        self.log.append(("start", routine))


@pytest.fixture
def page(qtbot: QtBot) -> FinishedPage:
    settings = Settings(theme=ThemeChoice.LIGHT)
    themes = ThemeManager(QGuiApplication.styleHints(), settings, player=True)
    made = FinishedPage(themes, QLocale("en_GB"))
    themes.setParent(made)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show_data(DATA)
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def told(page: FinishedPage) -> Told:
    return Told(page)


def press(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.ShortcutOverride, key, none, text))
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, none, text))


def test_nothing_is_chosen_at_first(page: FinishedPage) -> None:
    assert page.scale.score is None


def test_a_number_and_enter_save(page: FinishedPage, told: Told) -> None:
    press(page, Qt.Key.Key_2, "2")
    press(page, Qt.Key.Key_Return, "\r")
    assert told.log == [("saved", 2, "")]


def test_ten_is_one_right_of_nine(page: FinishedPage, told: Told) -> None:
    press(page, Qt.Key.Key_9, "9")
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Enter, "\r")
    assert told.log == [("saved", 10, "")]


def test_the_first_arrow_starts_at_the_score_from_before(page: FinishedPage) -> None:
    press(page, Qt.Key.Key_Left)
    assert page.scale.score == 4
    press(page, Qt.Key.Key_Left)
    assert page.scale.score == 3


def test_arrows_stop_at_zero(page: FinishedPage) -> None:
    press(page, Qt.Key.Key_0, "0")
    press(page, Qt.Key.Key_Left)
    assert page.scale.score == 0


def test_escape_skips_and_nothing_is_told_twice(page: FinishedPage, told: Told) -> None:
    press(page, Qt.Key.Key_7, "7")
    press(page, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_Escape)
    page.save_button.click()
    assert told.log == [("skipped",)]


def test_a_box_is_chosen_by_click(page: FinishedPage, qtbot: QtBot) -> None:
    at = page.scale.box(6).center().toPoint()
    qtbot.mouseClick(page.scale, Qt.MouseButton.LeftButton, pos=at)
    assert page.scale.score == 6
    assert page.scale.spoken() == "Lower back, 6 of 10"


def test_numbers_go_into_the_note_while_one_writes(
    page: FinishedPage, told: Told, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.note, "left 2 cm")
    assert page.scale.score is None
    assert page.note.text() == "left 2 cm"
    qtbot.keyClick(page.note, Qt.Key.Key_Return)
    assert told.log == [("saved", None, "left 2 cm")]


def test_enter_on_skip_skips(page: FinishedPage, told: Told, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.skip_button.setFocus()
    press(page.skip_button, Qt.Key.Key_Return, "\r")
    assert told.log == [("skipped",)]


def test_the_following_routine_starts_after_the_answer_is_saved(
    page: FinishedPage, told: Told
) -> None:
    press(page, Qt.Key.Key_3, "3")
    page.card.start_button.click()
    assert told.log == [("saved", 3, ""), ("start", "core-beginner")]


def test_the_following_routine_starts_without_an_answer(page: FinishedPage, told: Told) -> None:
    page.card.start_button.click()
    assert told.log == [("skipped",), ("start", "core-beginner")]


def test_the_clinician_sentence_is_always_there(page: FinishedPage) -> None:
    assert page.clinician.isVisible()
    assert page.clinician.text() == (
        "Sharp pain, numbness, or pain that lasts? Stop and see a clinician."
    )


@pytest.mark.parametrize("score", [7, 10])
def test_a_high_score_brings_the_sentence_about_help(page: FinishedPage, score: int) -> None:
    page.scale.choose(score)
    assert page.help.isVisible()
    assert page.help.text == HELP


def test_a_lower_score_does_not(page: FinishedPage) -> None:
    page.scale.choose(6)
    assert not page.help.isVisible()


def test_a_third_rise_brings_it_too(page: FinishedPage) -> None:
    page.show_data(replace(DATA, rises_above=3))
    page.scale.choose(3)
    assert not page.help.isVisible()
    page.scale.choose(4)
    assert page.help.isVisible()
    page.scale.choose(2)
    assert not page.help.isVisible()


def test_the_next_session_starts_with_an_empty_page(page: FinishedPage) -> None:
    page.scale.choose(8)
    page.note.setText("before")
    page.show_data(replace(DATA, before=None))
    assert page.scale.score is None
    assert page.note.text() == ""
    assert not page.help.isVisible()


def test_a_narrow_window_asks_first(page: FinishedPage) -> None:
    page.resize(900, 600)
    QApplication.processEvents()
    scale_top = page.scale.mapTo(page, QPoint(0, 0)).y()
    assert scale_top < page.card.mapTo(page, QPoint(0, 0)).y()
    assert page.save_button.mapTo(page, QPoint(0, page.save_button.height())).y() <= 600


def test_a_wide_window_has_the_card_at_the_left(page: FinishedPage) -> None:
    QApplication.processEvents()
    assert page.card.mapTo(page, QPoint(0, 0)).x() == 48
    assert page.card.width() == 470
    assert page.scale.mapTo(page, QPoint(0, 0)).x() == 566


def test_the_help_sentence_is_whole_at_any_width(page: FinishedPage) -> None:
    for size in ((900, 600), (1280, 800), (1920, 1080)):
        page.resize(*size)
        page.scale.choose(0)
        page.scale.choose(9)
        QApplication.processEvents()
        label = page.help._label
        assert label.height() >= label.heightForWidth(label.width())


# Words


def test_what_was_done() -> None:
    assert result_card.steps_text(DATA) == "20 of 20 steps in 15 min 12 s."
    assert result_card.title(DATA) == "Done"
    assert result_card.title(replace(DATA, completed=False)) == "Stopped early"


@pytest.mark.parametrize(
    ("ms", "text"), [(45_999, "45 s"), (120_000, "2 min"), (3_723_000, "62 min 3 s")]
)
def test_exact_length(ms: int, text: str) -> None:
    assert result_card.exact_length(ms) == text


def test_weeks_lead_and_days_stand_beside_them() -> None:
    assert result_card.streak_texts(DATA) == (
        "6",
        "weeks in a row",
        "Your best is 11",
        "12 days in a row, best 31",
    )


def test_without_a_week_in_a_row_this_week_leads() -> None:
    data = replace(DATA, weeks=Row(0, 11), days=Row(1, 31), this_week=WeekSoFar(2, 3))
    assert result_card.streak_texts(data) == (
        "2",
        "of 3 days this week",
        "0 weeks in a row, best 11",
        "1 day in a row, best 31",
    )


@pytest.mark.parametrize(
    ("week", "text"),
    [
        (WeekSoFar(4, 5), "4 of 5 days this week. One more to go."),
        (WeekSoFar(1, 3), "1 of 3 days this week. 2 more to go."),
        (WeekSoFar(3, 3), "3 of 3 days this week. Goal met."),
    ],
)
def test_the_week_so_far(week: WeekSoFar, text: str) -> None:
    assert result_card.week_text(replace(DATA, this_week=week)) == text
