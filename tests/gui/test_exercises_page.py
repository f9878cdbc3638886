"""The Exercises page: its cards, search and filters, keys, and that no frame draws too much."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import exercise_cases as cases
import pytest
from figures import new_figures, shipped_book
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.settings import Settings, ThemeChoice
from app.ui.pages.exercises.data import Filters
from app.ui.pages.exercises.grid import ExerciseCard
from app.ui.pages.exercises.page import ExercisesPage
from app.ui.rail import PAGE_KEYS, Page, Rail

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.domain.exercise import Exercise
    from app.ui.figures import Figures
    from app.ui.theme import ThemeManager
    from app.ui.widgets.select import Select

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
RAIL = 96


@pytest.fixture(scope="module")
def figures() -> Figures:
    return new_figures()


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, figures: Figures) -> ExercisesPage:
    made = ExercisesPage(themes, figures)
    qtbot.addWidget(made)
    made.resize(1280 - RAIL, 800)
    made.show_library(cases.LIBRARY, cases.OWN)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(page: ExercisesPage) -> list[str]:
    return [card.entry.exercise.id for card in page.grid.shown_cards]


def card(page: ExercisesPage, exercise_id: str) -> ExerciseCard:
    found = (c for c in page.findChildren(ExerciseCard) if c.entry.exercise.id == exercise_id)
    return next(found)


def choose(select: Select, text: str) -> None:
    """Choose from a list as its menu does."""
    texts = [select.itemText(index) for index in range(select.count())]
    select.setCurrentIndex(texts.index(text))
    select.activated.emit(texts.index(text))


def columns(page: ExercisesPage) -> int:
    cards = page.grid.shown_cards
    return sum(found.y() == cards[0].y() for found in cards)


# Cards


def test_every_exercise_has_a_card_that_says_what_it_shows(page: ExercisesPage) -> None:
    assert len(shown(page)) == len(cases.LIBRARY)
    assert page.count_text == "9"
    assert card(page, "glute-bridge").accessibleName() == "Glute bridge, Strength, on your back"
    assert card(page, "my-stretch").accessibleName() == "Café stretch, Hold, sitting, Yours"


def test_a_card_opens_its_exercise_by_mouse_and_by_enter(qtbot: QtBot, page: ExercisesPage) -> None:
    told: list[str] = []
    page.exercise_requested.connect(told.append)
    qtbot.mouseClick(card(page, "leg-swing"), LEFT)
    card(page, "dead-bug").setFocus()
    qtbot.keyClick(card(page, "dead-bug"), Qt.Key.Key_Return)
    assert told == ["leg-swing", "dead-bug"]


def test_a_long_name_takes_two_lines_and_the_tooltip_has_the_rest(
    qtbot: QtBot, page: ExercisesPage
) -> None:
    long = cases.exercise("Beckenhebeübung mit Zusatzgewicht und Halten am Ende der Bewegung")
    page.show_library({long.id: long, **cases.LIBRARY}, frozenset())
    view = card(page, long.id)
    lines = view.name_lines()
    assert len(lines) == 2
    assert lines[1].endswith("…")
    qtbot.mouseMove(page)
    QApplication.processEvents()
    qtbot.mouseMove(view)
    qtbot.waitUntil(lambda: view.toolTip() == long.name)


def pixels(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 2)
        for y in range(0, 140, 2)
    }


def test_an_own_exercise_shows_the_figure_it_borrows_else_its_position(
    qtbot: QtBot, page: ExercisesPage, themes: ThemeManager
) -> None:
    borrowed = replace(cases.MINE, category=cases.GLUTE_BRIDGE.category)
    without = replace(borrowed, id="plain", figure=None)
    library = {e.id: e for e in (borrowed, without, cases.GLUTE_BRIDGE)}
    page.show_library(library, frozenset({borrowed.id, "plain"}))
    qtbot.waitUntil(lambda: page.grid.drawing.is_done)
    # Only a figure shows the worked region, in a colour that nothing else has.
    worked = themes.theme.phase(cases.GLUTE_BRIDGE.phase).accent.name()
    assert worked in pixels(card(page, "glute-bridge"))
    assert worked in pixels(card(page, borrowed.id))
    plain = pixels(card(page, "plain"))
    assert worked not in plain
    assert themes.theme.fig_near.name() in plain


# Search and filters


def test_typing_searches_and_the_count_follows(qtbot: QtBot, page: ExercisesPage) -> None:
    page.focus_search()
    qtbot.keyClicks(page.filter_bar.search, "calves")
    assert shown(page) == ["easy-walk", "calf-stretch"]
    assert page.count_text == "2 of 9"
    assert page.clear_button.isHidden()


def test_lists_filter_combine_and_can_be_cleared(qtbot: QtBot, page: ExercisesPage) -> None:
    bar = page.filter_bar
    choose(bar.gear, "Mat")
    choose(bar.region, "Glutes")
    assert shown(page) == ["glute-bridge", "single-leg-bridge"]
    choose(bar.position, "On your back")
    bar.search.setText("single")
    assert shown(page) == ["single-leg-bridge"]
    assert page.clear_button.isVisible()
    qtbot.mouseClick(page.clear_button, LEFT)
    assert len(shown(page)) == 9
    assert bar.filters == Filters()
    assert bar.search.text() == ""
    assert page.clear_button.isHidden()


def test_a_list_follows_the_keyboard(qtbot: QtBot, page: ExercisesPage) -> None:
    kind = page.filter_bar.kind
    kind.setFocus()
    qtbot.keyClick(kind, Qt.Key.Key_Down)
    assert kind.currentText() == "Warm-up"
    assert shown(page) == ["easy-walk"]


def test_nothing_found_says_so_and_can_be_cleared(qtbot: QtBot, page: ExercisesPage) -> None:
    page.filter_bar.search.setText(" zumba ")
    assert shown(page) == []
    assert page.empty_text == "Nothing matches “zumba”."
    assert page.empty_button.text() == "Clear search"
    qtbot.mouseClick(page.empty_button, LEFT)
    assert len(shown(page)) == 9
    assert page.empty_text == ""
    assert page.filter_bar.search.hasFocus()


def test_filters_that_leave_nothing_can_be_cleared_too(qtbot: QtBot, page: ExercisesPage) -> None:
    choose(page.filter_bar.kind, "Core")
    choose(page.filter_bar.gear, "Wall")
    assert page.empty_text == "No exercise fits all of these filters."
    page.filter_bar.search.setText("bug")
    assert page.empty_text == "Nothing matches “bug” with these filters."
    assert page.empty_button.text() == "Clear search"
    qtbot.mouseClick(page.empty_button, LEFT)
    assert page.empty_button.text() == "Clear filters"
    qtbot.mouseClick(page.empty_button, LEFT)
    assert len(shown(page)) == 9


def test_new_data_keeps_cards_search_and_filters(page: ExercisesPage) -> None:
    before = card(page, "glute-bridge")
    choose(page.filter_bar.gear, "Mat")
    page.filter_bar.search.setText("bridge")
    renamed = replace(cases.GLUTE_BRIDGE, name="Bridge")
    fewer = {**cases.LIBRARY, "glute-bridge": renamed}
    del fewer["single-leg-bridge"]
    page.show_library(fewer, cases.OWN)
    assert shown(page) == ["glute-bridge"]
    assert card(page, "glute-bridge") is before
    assert before.accessibleName().startswith("Bridge,")
    assert page.filter_bar.gear.currentText() == "Mat"
    assert page.filter_bar.search.text() == "bridge"


def test_a_filter_that_is_offered_no_more_is_let_go(page: ExercisesPage) -> None:
    choose(page.filter_bar.gear, "Wall")
    fewer = {key: e for key, e in cases.LIBRARY.items() if key != "calf-stretch"}
    page.show_library(fewer, cases.OWN)
    assert len(shown(page)) == 8
    assert page.filter_bar.gear.currentText() == "Any equipment"
    assert page.clear_button.isHidden()


def test_searching_scrolls_back_to_the_field(page: ExercisesPage) -> None:
    scroll = page._scroll
    page.resize(900 - RAIL, 600)
    wheel = QWheelEvent(
        QPointF(300, 300),
        QPointF(300, 300),
        QPoint(0, 0),
        QPoint(0, -480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(scroll, wheel)
    assert scroll.offset > 0
    page.focus_search()
    assert scroll.offset == 0
    assert page.filter_bar.search.hasFocus()


# Keys


def test_tab_stops_once_and_arrows_go_from_card_to_card(qtbot: QtBot, page: ExercisesPage) -> None:
    cards = page.grid.shown_cards
    page.focus_start()
    assert cards[0].hasFocus()
    for key, at in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 6),
        (Qt.Key.Key_Left, 5),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 8),
        (Qt.Key.Key_Right, 8),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(page.focusWidget(), key)
        assert cards.index(page.focusWidget()) == at  # type: ignore[arg-type]
    stops = [c for c in cards if c.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [cards[0]]


def test_down_into_a_shorter_row_takes_its_last_card(qtbot: QtBot, page: ExercisesPage) -> None:
    cards = page.grid.shown_cards
    assert columns(page) == 5
    cards[4].setFocus()
    qtbot.keyClick(cards[4], Qt.Key.Key_Down)
    assert cards[8].hasFocus()


def test_the_card_that_had_the_focus_has_it_again(page: ExercisesPage) -> None:
    card(page, "dead-bug").setFocus()
    page.filter_bar.search.setFocus()
    page.focus_start()
    assert card(page, "dead-bug").hasFocus()


def test_where_no_card_is_left_the_search_has_the_focus(page: ExercisesPage) -> None:
    page.filter_bar.search.setText("zumba")
    page.filter_bar.kind.setFocus()
    page.focus_start()
    assert page.filter_bar.search.hasFocus()


# Layout


@pytest.mark.parametrize(
    ("window", "expected"), [(900, 3), (1100, 4), (1280, 5), (1600, 6), (2200, 7)]
)
def test_columns_follow_the_width(page: ExercisesPage, window: int, expected: int) -> None:
    page.show_library({f"e{n}": replace(cases.DEAD_BUG, id=f"e{n}") for n in range(20)}, cases.OWN)
    page.resize(window - RAIL, 800)
    assert columns(page) == expected
    assert min(c.width() for c in page.grid.shown_cards) >= 200


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1080)])
def test_nothing_sticks_out_at_any_text_size(
    page: ExercisesPage, themes: ThemeManager, scale: float, size: tuple[int, int]
) -> None:
    themes.apply(Settings(theme=ThemeChoice.DARK, text_size=scale))
    page.resize(size[0] - RAIL, size[1])
    choose(page.filter_bar.gear, "Mat")
    QApplication.processEvents()
    content = page.grid.parentWidget()
    visible = [w for w in page.findChildren(QWidget) if w.isVisible() and w.parent() is content]
    boxes = {w: w.geometry() for w in visible}
    for widget, box in boxes.items():
        assert box.right() < content.width() - 39, widget
        assert box.bottom() < content.height(), widget
    bar = page.filter_bar
    fields = [bar.search, *bar.lists()]
    assert not any(
        a.geometry().intersects(b.geometry()) for a in fields for b in fields if a is not b
    )
    assert not bar.geometry().intersects(page.grid.geometry())
    assert not page.clear_button.geometry().intersects(bar.geometry())


# Drawing


def many() -> dict[str, Exercise]:
    """Exercises that all have a figure of their own."""
    ids = list(shipped_book().figures)
    return {name: replace(cases.DEAD_BUG, id=name, name=name) for name in ids}


def test_figures_are_drawn_a_few_at_a_time_and_all_of_them_in_the_end(
    qtbot: QtBot, page: ExercisesPage
) -> None:
    page.show_library(many(), frozenset())
    drawing = page.grid.drawing
    assert not drawing.is_done
    qtbot.waitUntil(lambda: drawing.is_done)
    drawn = {c.figure_key for c in page.grid.shown_cards}
    assert len(drawn) == len(page.grid.shown_cards)
    # Each is kept: to paint them all again draws nothing.
    kept = len(page.grid._figures._stills)
    page.grid.grab()
    assert len(page.grid._figures._stills) == kept


def test_another_theme_draws_them_again(
    qtbot: QtBot, page: ExercisesPage, themes: ThemeManager
) -> None:
    qtbot.waitUntil(lambda: page.grid.drawing.is_done)
    themes.apply(Settings(theme=ThemeChoice.DARK))
    assert not page.grid.drawing.is_done
    qtbot.waitUntil(lambda: page.grid.drawing.is_done)


# The rail


def test_the_rail_leads_to_exercises_between_routines_and_history(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    rail = Rail(themes, host)
    rail.resize(96, 800)
    texts = [item.text() for item in rail.items()]  # type: ignore[attr-defined]
    assert texts == ["Routines", "Exercises", "History", "Settings"]
    assert PAGE_KEYS[Page.EXERCISES] == "Ctrl+2"
    tops = [item.y() for item in rail.items()]
    assert tops == sorted(tops)
    chosen: list[Page] = []
    rail.page_chosen.connect(chosen.append)
    qtbot.mouseClick(rail.item(Page.EXERCISES), LEFT)
    assert chosen == [Page.EXERCISES]


def test_the_largest_text_cuts_no_page_name(themes: ThemeManager, qtbot: QtBot) -> None:
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=1.3))
    host = QWidget()
    qtbot.addWidget(host)
    rail = Rail(themes, host)
    rail.resize(96, 800)
    for page in Page:
        item = rail.item(page)
        item.setChecked(True)
        font = item._text_font(600)  # type: ignore[attr-defined]
        assert QFontMetricsF(font).horizontalAdvance(item.text()) <= item.width()


def test_down_goes_from_the_search_to_the_first_result(qtbot: QtBot, page: ExercisesPage) -> None:
    page.focus_search()
    qtbot.keyClicks(page.filter_bar.search, "bridge")
    qtbot.keyClick(page.filter_bar.search, Qt.Key.Key_Down)
    assert page.focusWidget() is page.grid.shown_cards[0]
