"""The history page: figures, the list by day, a session's details, deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pages
import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.domain.history import Moment, SessionRecord, Status
from app.domain.settings import Settings, ThemeChoice
from app.domain.streaks import PostRun, Row
from app.ui.pages.history import phrases
from app.ui.pages.history.data import HistoryData, active_in_4_weeks, by_day
from app.ui.pages.history.page import HistoryPage
from app.ui.pages.history.session_list import SessionRow
from app.ui.pages.history.stats import StatsStrip, SteadyCard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
RAIL = 96


def data(sessions: tuple[SessionRecord, ...] = pages.SESSIONS, **keys: object) -> HistoryData:
    usual: dict[str, object] = {
        "today": pages.TODAY,
        "sessions": sessions,
        "streaks": pages.figures(
            pages.SUMMARIES, weeks_in_a_row=Row(6, 31), days_in_a_row=Row(12, 20), consistency=64
        ),
        "active_ms_in_4_weeks": 168 * 60_000,
    }
    return HistoryData(**{**usual, **keys})  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> HistoryPage:
    made = HistoryPage(themes, english)
    qtbot.addWidget(made)
    made.resize(1280 - RAIL, 800)
    made.show_data(data())
    made.show()
    return made


def rows(page: HistoryPage) -> list[SessionRow]:
    found = [row for row in page.findChildren(SessionRow) if row.isVisible()]
    return sorted(found, key=lambda row: row.y())


# Words


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "15 min"),
        ({"before": 4, "after": 2}, "15 min, back 4 → 2"),
        ({"after": 3}, "15 min, back 3 after"),
        ({"before": 3}, "15 min, back 3 before"),
        ({"done": 2}, "8 of 15 min, stopped early"),
        ({"done": 2, "status": Status.INTERRUPTED}, "8 of 15 min, interrupted"),
        ({"done": 2, "status": Status.RUNNING}, "8 of 15 min so far"),
    ],
)
def test_a_row_says_how_long_and_how_the_back_felt(keys: dict[str, object], expected: str) -> None:
    assert phrases.line(pages.session(1, pages.NOW, **keys)) == expected


def test_every_moment_has_its_words() -> None:
    assert len({phrases.moment(moment) for moment in Moment}) == len(Moment)


def test_sessions_are_grouped_by_the_day_they_belong_to() -> None:
    groups = by_day(pages.SESSIONS)
    assert [(day.day, len(members)) for day, members in groups] == [(23, 1), (22, 1), (18, 1)]


def test_only_the_last_28_days_count_for_the_minutes() -> None:
    day = pages.NOW.replace(day=1, month=11)
    old = pages.summary("x", day.replace(day=26, month=10))
    edge = pages.summary("x", day.replace(day=27, month=10))
    assert active_in_4_weeks([old], today=pages.TODAY) == 0
    assert active_in_4_weeks([edge], today=pages.TODAY) == edge.active_ms


# Figures


def test_the_figures_lead_with_weeks_and_never_hide_the_best(page: HistoryPage) -> None:
    strip = page.findChild(StatsStrip)
    assert strip is not None
    assert strip.accessibleName() == (
        "6 weeks in a row best 31. 12 days in a row best 20. 2/3 days this week. 168 min in 4 weeks"
    )


def test_without_a_row_the_week_leads(page: HistoryPage) -> None:
    streaks = pages.figures(pages.SUMMARIES, weeks_in_a_row=Row(0, 31), days_in_a_row=Row(1, 20))
    page.show_data(data(streaks=streaks))
    strip = page.findChild(StatsStrip)
    assert strip is not None
    assert strip.accessibleName().startswith("2/3 days this week. 0 weeks in a row best 31.")


def test_consistency_comes_with_its_one_sentence(page: HistoryPage) -> None:
    cards = [card for card in page.findChildren(SteadyCard) if card.isVisible()]
    assert [card.accessibleName() for card in cards] == [
        (
            "Consistency: 64. Rises as you keep your goal, falls slowly when you don't, waits while "
            "you are paused."
        )
    ]


def test_runs_are_counted_once_there_are_some(page: HistoryPage) -> None:
    page.show_data(data(streaks=pages.figures(pages.SUMMARIES, post_run=PostRun(5, 7))))
    names = [card.accessibleName() for card in page.findChildren(SteadyCard) if card.isVisible()]
    assert names[1].startswith("After runs: 5/7.")


# The list and the details


def test_the_newest_session_is_shown_at_first(page: HistoryPage) -> None:
    assert page.chosen_id == "s1"
    assert page.detail.accessibleName().startswith("Post run holds. Today. 4 of 4 steps, 15 min.")
    assert "Lower-back tightness: 4 before, 2 after." in page.detail.accessibleName()


def test_a_press_shows_another_session_with_its_steps(qtbot: QtBot, page: HistoryPage) -> None:
    qtbot.mouseClick(rows(page)[1], LEFT)
    assert page.chosen_id == "s2"
    spoken = page.detail.accessibleName()
    assert "2 of 4 steps, 8 of 15 min, stopped early." in spoken
    assert "Stretch 1 Right, 30 s" in spoken
    assert "Stretch 2 Left, not reached" in spoken


def test_a_note_is_shown(qtbot: QtBot, page: HistoryPage) -> None:
    qtbot.mouseClick(rows(page)[2], LEFT)
    assert "Left is tighter." in page.detail.accessibleName()


def test_keys_go_up_and_down_and_show(qtbot: QtBot, page: HistoryPage) -> None:
    first, second, third = rows(page)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    qtbot.keyClick(second, Qt.Key.Key_Down)
    assert page.focusWidget() is third
    qtbot.keyClick(third, Qt.Key.Key_Up)
    assert page.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert page.chosen_id == "s2"


def test_delete_asks_for_it_and_the_next_session_takes_over(
    qtbot: QtBot, page: HistoryPage
) -> None:
    told: list[str] = []
    left = list(pages.SESSIONS)

    def delete(record: SessionRecord) -> None:
        told.append(record.id)
        left.remove(record)
        page.show_data(data(tuple(left)))

    page.delete_requested.connect(delete)
    first = rows(page)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Delete)
    assert told == ["s1"]
    assert page.chosen_id == "s2"
    second = rows(page)[0]
    assert page.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert told == ["s1", "s2"]
    page.show_data(data())
    assert [row.session.id for row in rows(page)] == ["s1", "s2", "s3"]


def test_the_delete_button_of_the_chosen_row_works(qtbot: QtBot, page: HistoryPage) -> None:
    told: list[SessionRecord] = []
    page.delete_requested.connect(told.append)
    trash = rows(page)[0].findChild(QPushButton)
    assert trash is not None
    assert trash.accessibleName() == "Delete session"
    qtbot.mouseClick(trash, LEFT)
    assert told == [pages.SESSIONS[0]]


def test_older_sessions_are_asked_for(qtbot: QtBot, page: HistoryPage) -> None:
    told: list[bool] = []
    page.more_requested.connect(lambda: told.append(True))
    assert not page.sessions._more.isVisible()
    page.show_data(data(has_more=True))
    qtbot.mouseClick(page.sessions._more, LEFT)
    assert told == [True]


# A narrow window


def test_in_a_narrow_window_a_session_unfolds_under_its_row(
    qtbot: QtBot, page: HistoryPage
) -> None:
    page.resize(900 - RAIL, 600)
    QApplication.processEvents()
    row = rows(page)[1]
    qtbot.mouseClick(row, LEFT)
    assert page.chosen_id == "s2"
    assert page.detail.parentWidget() is page.sessions
    assert page.detail.y() == row.geometry().bottom() + 1 + 4
    assert rows(page)[2].y() > page.detail.geometry().bottom()
    qtbot.mouseClick(row, LEFT)
    assert page.chosen_id is None
    assert not page.detail.isVisible()


def test_going_from_narrow_to_wide_and_back_keeps_everything(
    qtbot: QtBot, page: HistoryPage
) -> None:
    qtbot.mouseClick(rows(page)[1], LEFT)
    for width in (900, 1280, 1000, 1920):
        page.resize(width - RAIL, 800)
        QApplication.processEvents()
        assert page.chosen_id == "s2"
        assert page.detail.isVisible()
        assert len(rows(page)) == 3


@pytest.mark.parametrize("text_size", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("width", [900, 1180, 1280, 1920])
def test_nothing_is_wider_than_the_page(
    page: HistoryPage, themes: ThemeManager, width: int, text_size: float
) -> None:
    themes.apply(Settings(theme=ThemeChoice.DARK, text_size=text_size))
    page.resize(width - RAIL, 700)
    QApplication.processEvents()
    for child in page.findChildren(QWidget):
        if child.isVisible():
            assert child.mapTo(page, QPoint(child.width(), 0)).x() <= page.width(), child


# Nothing yet


def test_an_empty_history_leads_to_a_routine(qtbot: QtBot, page: HistoryPage) -> None:
    told: list[bool] = []
    page.choose_requested.connect(lambda: told.append(True))
    page.show_data(data(()))
    assert rows(page) == []
    assert page.choose_button.isVisible()
    qtbot.mouseClick(page.choose_button, LEFT)
    assert told == [True]
    page.show_data(data())
    assert not page.choose_button.isVisible()
    assert len(rows(page)) == 3
