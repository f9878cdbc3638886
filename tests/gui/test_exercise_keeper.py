"""Exercises in the window: opened over pages, kept up to date, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import exercise_cases as cases
import pages
import pytest
from figures import new_figures
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.catalogue import Listing
from app.ui.exercise_keeper import ExerciseKeeper
from app.ui.main_window import MainWindow
from app.ui.pages.exercises.detail import ExercisePage
from app.ui.pages.exercises.page import ExercisesPage
from app.ui.rail import Page

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.domain.catalogue import RoutineCard
    from app.domain.exercise import Exercise, ExerciseLibrary
    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
BRIDGES = pages.card("Bridges", exercise_ids=("glute-bridge", "single-leg-bridge"))
WALKS = pages.card("Walks", exercise_ids=("easy-walk",))


class FakeCatalogue:
    def __init__(self) -> None:
        self.library: dict[str, Exercise] = dict(cases.LIBRARY)

    def exercises(self) -> ExerciseLibrary:
        return self.library

    def own_exercises(self) -> frozenset[str]:
        return cases.OWN


class World:
    """The window, with exercises in it."""

    def __init__(self, themes: ThemeManager) -> None:
        self.catalogue = FakeCatalogue()
        self.window = MainWindow(themes, {Page.ROUTINES: QWidget, Page.EXERCISES: self._make_page})
        self.keeper = ExerciseKeeper(self.window, themes, new_figures(), catalogue=self.catalogue)
        self.previewed: list[RoutineCard] = []
        self.keeper.preview_requested.connect(self.previewed.append)
        self.list(BRIDGES, WALKS)

    def _make_page(self) -> QWidget:
        return self.keeper.make_page()

    def list(self, *cards: RoutineCard) -> None:
        """Tell that the library was read anew, with these routines."""
        self.keeper.refresh(pages.home_data(listing=Listing(cards=cards)))

    @property
    def library_page(self) -> ExercisesPage:
        page = self.window.page_widget(Page.EXERCISES)
        assert isinstance(page, ExercisesPage)
        return page

    def opened(self) -> list[str]:
        """Return the exercises whose pages are open, the topmost last."""
        return [p.exercise_id for p in self.window.sub_pages() if isinstance(p, ExercisePage)]

    @property
    def top(self) -> ExercisePage:
        page = self.window.sub_pages()[-1]
        assert isinstance(page, ExercisePage)
        return page

    def routines(self) -> list[str]:
        return [row.card.name for row in self.top.content.routines]


@pytest.fixture
def world(qtbot: QtBot, themes: ThemeManager) -> World:
    made = World(themes)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    return made


def test_the_page_is_made_when_it_is_gone_to(qtbot: QtBot, world: World) -> None:
    assert world.window.page_widget(Page.EXERCISES) is None
    qtbot.keyClick(world.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert world.window.page is Page.EXERCISES
    assert len(world.library_page.grid.shown_cards) == len(cases.LIBRARY)


def test_an_exercise_opens_with_the_routines_that_use_it(qtbot: QtBot, world: World) -> None:
    world.window.show_page(Page.EXERCISES)
    card = next(
        c for c in world.library_page.grid.shown_cards if c.entry.exercise.id == "glute-bridge"
    )
    qtbot.mouseClick(card, LEFT)
    assert world.opened() == ["glute-bridge"]
    assert world.routines() == ["Bridges"]
    qtbot.mouseClick(world.top.content.routines[0], LEFT)
    assert world.previewed == [BRIDGES]


def test_back_returns_through_all_that_was_opened(qtbot: QtBot, world: World) -> None:
    world.window.show_page(Page.EXERCISES)
    page = world.library_page
    page.filter_bar.search.setText("bridge")
    page.grid.shown_cards[0].setFocus()
    qtbot.keyClick(page.grid.shown_cards[0], Qt.Key.Key_Return)
    assert world.opened() == ["glute-bridge"]
    qtbot.mouseClick(world.top.content.harder[0], LEFT)
    assert world.opened() == ["glute-bridge", "single-leg-bridge"]
    qtbot.keyClick(world.window.focusWidget(), Qt.Key.Key_Escape)
    assert world.opened() == ["glute-bridge"]
    qtbot.mouseClick(world.top.content.back, LEFT)
    assert world.opened() == []
    assert page.isVisible()
    assert page.filter_bar.search.text() == "bridge"
    assert page.grid.shown_cards[0].hasFocus()


def test_the_search_keys_go_back_to_the_library(qtbot: QtBot, world: World) -> None:
    world.window.show_page(Page.EXERCISES)
    world.keeper.open("dead-bug")
    qtbot.keyClick(world.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert world.opened() == []
    assert world.library_page.filter_bar.search.hasFocus()


def test_an_exercise_opens_over_any_page(world: World) -> None:
    world.keeper.open("dead-bug")
    assert world.window.page is Page.ROUTINES
    assert world.opened() == ["dead-bug"]
    world.window.back()
    assert world.opened() == []


def test_one_that_is_gone_opens_nothing(world: World) -> None:
    world.keeper.open("gone")
    assert world.opened() == []


def test_changed_files_are_shown_in_every_open_page(world: World) -> None:
    world.window.show_page(Page.EXERCISES)
    world.keeper.open("glute-bridge")
    world.keeper.open("single-leg-bridge")
    world.catalogue.library["glute-bridge"] = replace(cases.GLUTE_BRIDGE, name="Renamed")
    world.list(replace(BRIDGES, name="Other"), WALKS)
    assert world.routines() == ["Other"]
    assert [link.exercise.name for link in world.top.content.easier] == ["Renamed"]
    world.window.back()
    assert world.top.content.title.text() == "Renamed"
    world.window.back()
    assert "Renamed" in [c.entry.exercise.name for c in world.library_page.grid.shown_cards]


def test_the_page_of_an_exercise_that_went_away_is_left(world: World) -> None:
    world.keeper.open("my-stretch")
    del world.catalogue.library["my-stretch"]
    world.list(BRIDGES)
    assert world.opened() == []


def test_a_covered_page_takes_no_focus_when_it_is_shown_anew(world: World) -> None:
    world.window.show_page(Page.EXERCISES)
    world.keeper.open("glute-bridge")
    lower = world.top
    link = lower.content.routines[0]
    link.setFocus()
    world.keeper.open("easy-walk")
    upper = world.top
    world.catalogue.library = dict(world.catalogue.library)
    world.list(replace(BRIDGES, name="Bridges, changed"), WALKS)
    focus = world.window.focusWidget()
    assert focus is not None
    assert upper.isAncestorOf(focus)
    player = QWidget()
    player.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    world.window.take_over(player)
    world.list(BRIDGES, WALKS)
    assert world.window.focusWidget() is player
    world.window.give_back()


def test_easier_and_harder_in_turn_pile_up_no_pages(world: World) -> None:
    world.window.show_page(Page.EXERCISES)
    world.keeper.open("glute-bridge")
    world.keeper.open("easy-walk")
    world.keeper.open("glute-bridge")
    assert world.opened() == ["glute-bridge"]


def test_the_page_of_an_exercise_that_is_gone_closes_wherever_it_lies(world: World) -> None:
    world.window.show_page(Page.EXERCISES)
    world.keeper.open("glute-bridge")
    world.keeper.open("easy-walk")
    left = {name: e for name, e in world.catalogue.library.items() if name != "glute-bridge"}
    world.catalogue.library = left
    world.list(WALKS)
    assert world.opened() == ["easy-walk"]
    world.window.back()
    assert world.opened() == []
