"""The window: pages, keys, the player's take-over, toasts, full screen, place, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pages
import pytest
from preview_cases import no_figures
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from shiboken6 import Shiboken

from app.ui.main_window import MainWindow, Place
from app.ui.pages.home.page import HomePage
from app.ui.rail import Page
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


class Plain(QWidget):
    """A page with one field."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        self.searches = 0

    def focus_start(self) -> None:
        self.field.setFocus()


class Searched(Plain):
    """A page with a search."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self.search = SearchField(themes, "Search", parent=self)

    def focus_search(self) -> None:
        self.search.setFocus()


class World:
    """The window with its pages, and what it was made for."""

    def __init__(self, themes: ThemeManager, locale: QLocale) -> None:
        self.made: list[Page] = []
        self.saved: list[Place] = []
        self.closes = True
        self.home = HomePage(themes, no_figures(), locale)
        self.home.show_data(pages.home_data())
        self.window = MainWindow(
            themes,
            {
                Page.ROUTINES: lambda: self._make(Page.ROUTINES, self.home),
                Page.EXERCISES: lambda: self._make(Page.EXERCISES, Searched(themes)),
                Page.HISTORY: lambda: self._make(Page.HISTORY, Plain()),
                Page.SETTINGS: lambda: self._make(Page.SETTINGS, Plain()),
            },
            save_place=self.saved.append,
            may_close=lambda: self.closes,
        )

    def _make(self, page: Page, widget: QWidget) -> QWidget:
        self.made.append(page)
        return widget


@pytest.fixture
def world(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> World:
    made = World(themes, english)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    return made


def press(qtbot: QtBot, world: World, key: Qt.Key, *, ctrl: bool = False) -> None:
    modifier = CTRL if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(world.window.focusWidget() or world.window, key, modifier)


# Pages


def test_pages_are_made_when_they_are_first_shown(qtbot: QtBot, world: World) -> None:
    assert world.made == [Page.ROUTINES]
    press(qtbot, world, Qt.Key.Key_3, ctrl=True)
    press(qtbot, world, Qt.Key.Key_1, ctrl=True)
    press(qtbot, world, Qt.Key.Key_3, ctrl=True)
    assert world.made == [Page.ROUTINES, Page.HISTORY]
    assert world.window.page is Page.HISTORY
    assert world.window.rail.item(Page.HISTORY).isChecked()


def test_the_rail_leads_to_pages_and_keeps_the_focus(qtbot: QtBot, world: World) -> None:
    item = world.window.rail.item(Page.SETTINGS)
    item.setFocus()
    qtbot.mouseClick(item, LEFT)
    assert world.window.page is Page.SETTINGS
    assert world.window.focusWidget() is item


def test_a_page_that_is_shown_is_told(world: World) -> None:
    told: list[Page] = []
    world.window.page_shown.connect(told.append)
    world.window.show_page(Page.HISTORY)
    world.window.show_page(Page.ROUTINES)
    assert told == [Page.HISTORY, Page.ROUTINES]


def test_home_begins_with_the_focus_on_start(world: World) -> None:
    assert world.window.focusWidget() is world.home.hero.start_button


# Keys


def test_a_slash_goes_to_the_search_from_anywhere(qtbot: QtBot, world: World) -> None:
    world.window.show_page(Page.SETTINGS)
    world.window.setFocus()
    qtbot.keyClick(world.window, Qt.Key.Key_F, CTRL)
    assert world.window.page is Page.ROUTINES
    assert world.window.focusWidget() is world.home.library.search
    world.home.hero.start_button.setFocus()
    press(qtbot, world, Qt.Key.Key_Slash)
    assert world.window.focusWidget() is world.home.library.search


def test_a_slash_in_a_field_is_a_slash(qtbot: QtBot, world: World) -> None:
    world.home.focus_search()
    qtbot.keyClicks(world.home.library.search, "a/b?")
    assert world.home.library.search.text() == "a/b?"


def test_f1_shows_the_keys_and_escape_hides_them(qtbot: QtBot, world: World) -> None:
    press(qtbot, world, Qt.Key.Key_F1)
    dialog = world.window.findChild(Dialog)
    assert dialog is not None
    assert dialog.isVisible()
    world.window.show_keys()
    assert len(world.window.findChildren(Dialog)) == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert world.window.focusWidget() is world.home.hero.start_button


def test_f11_goes_full_screen_and_back(qtbot: QtBot, world: World) -> None:
    press(qtbot, world, Qt.Key.Key_F11)
    assert world.window.isFullScreen()
    press(qtbot, world, Qt.Key.Key_F11)
    assert not world.window.isFullScreen()


# Pages over a page


def delete_what_is_left() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_page_opens_over_the_current_one_which_stays_chosen(world: World) -> None:
    sub = Plain()
    world.window.push(sub)
    assert sub.isVisible()
    assert not world.home.isVisible()
    assert world.window.sub_pages() == (sub,)
    assert world.window.page is Page.ROUTINES
    assert world.window.rail.item(Page.ROUTINES).isChecked()
    assert world.window.rail.isVisible()
    assert world.window.focusWidget() is sub.field
    assert sub.size() == world.home.size()


def test_back_gives_the_focus_to_where_it_was_page_after_page(world: World) -> None:
    card = world.home.library.shown_cards()[2]
    card.setFocus()
    first, second = Plain(), Plain()
    other = QPushButton(first)
    world.window.push(first)
    other.setFocus()
    world.window.push(second)
    assert world.window.focusWidget() is second.field
    world.window.back()
    assert first.isVisible()
    assert world.window.focusWidget() is other
    world.window.back()
    assert world.home.isVisible()
    assert world.window.focusWidget() is card
    world.window.back()
    assert world.home.isVisible()


def test_pages_that_are_left_are_deleted(world: World) -> None:
    first, second = Plain(), Plain()
    world.window.push(first)
    world.window.push(second)
    world.window.back()
    delete_what_is_left()
    assert not Shiboken.isValid(second)
    assert Shiboken.isValid(first)
    world.window.show_page(Page.HISTORY)
    delete_what_is_left()
    assert not Shiboken.isValid(first)


def test_where_the_focus_was_may_be_gone(world: World) -> None:
    button = QPushButton(world.home)
    button.show()
    button.setFocus()
    world.window.push(Plain())
    button.deleteLater()
    delete_what_is_left()
    world.window.back()
    assert world.window.focusWidget() is world.home.hero.start_button


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Back, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_keys_go_back(
    qtbot: QtBot, world: World, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    for _ in range(2):
        sub = Plain()
        button = QPushButton(sub)
        world.window.push(sub)
        button.setFocus()
    qtbot.keyClick(world.window.focusWidget(), key, modifier)
    assert len(world.window.sub_pages()) == 1
    qtbot.keyClick(world.window.focusWidget(), key, modifier)
    assert world.home.isVisible()
    qtbot.keyClick(world.window.focusWidget(), key, modifier)
    assert world.home.isVisible()


def test_the_mouses_back_button_goes_back(qtbot: QtBot, world: World) -> None:
    sub = Plain()
    button = QPushButton(sub)
    world.window.push(sub)
    qtbot.mouseClick(button, Qt.MouseButton.BackButton)
    assert world.window.sub_pages() == ()
    assert world.home.isVisible()
    qtbot.mouseClick(world.home, Qt.MouseButton.BackButton)
    assert world.home.isVisible()


def test_escape_in_a_search_empties_it_first(
    qtbot: QtBot, world: World, themes: ThemeManager
) -> None:
    sub = Searched(themes)
    world.window.push(sub)
    sub.focus_search()
    sub.search.setText("hip")
    qtbot.keyClick(sub.search, Qt.Key.Key_Escape)
    assert sub.search.text() == ""
    assert world.window.sub_pages() == (sub,)


def test_a_dialog_over_a_page_hears_the_keys_first(qtbot: QtBot, world: World) -> None:
    sub = Plain()
    world.window.push(sub)
    world.window.show_keys()
    dialog = world.window.findChild(Dialog)
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.mouseClick(dialog, Qt.MouseButton.BackButton)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert world.window.sub_pages() == (sub,)


def test_the_rail_closes_what_is_open_over_its_page(qtbot: QtBot, world: World) -> None:
    told: list[Page] = []
    for _ in range(2):
        world.window.push(Plain())
    world.window.page_shown.connect(told.append)
    qtbot.mouseClick(world.window.rail.item(Page.ROUTINES), LEFT)
    assert world.window.sub_pages() == ()
    assert world.home.isVisible()
    world.window.push(Plain())
    press(qtbot, world, Qt.Key.Key_1, ctrl=True)
    assert world.home.isVisible()
    world.window.push(Plain())
    press(qtbot, world, Qt.Key.Key_3, ctrl=True)
    assert world.window.page is Page.HISTORY
    assert world.window.sub_pages() == ()
    assert told == [Page.ROUTINES, Page.ROUTINES, Page.HISTORY]


def test_a_page_that_comes_back_is_told(world: World) -> None:
    told: list[Page] = []
    world.window.page_shown.connect(told.append)
    world.window.push(Plain())
    world.window.push(Plain())
    world.window.back()
    assert told == []
    world.window.back()
    assert told == [Page.ROUTINES]


def test_after_a_session_the_page_is_there_and_not_what_was_open_over_it(world: World) -> None:
    world.window.push(Plain())
    player = Plain()
    world.window.take_over(player)
    world.window.back()
    assert player.isVisible()
    late = Plain()
    world.window.push(late)
    assert not late.isVisible()
    world.window.give_back()
    assert world.home.isVisible()
    assert world.window.sub_pages() == ()
    assert world.window.focusWidget() is world.home.hero.start_button


def test_a_slash_searches_in_the_page_on_top_or_else_in_the_one_below(
    qtbot: QtBot, world: World, themes: ThemeManager
) -> None:
    world.window.show_page(Page.EXERCISES)
    exercises = world.window.page_widget(Page.EXERCISES)
    assert isinstance(exercises, Searched)
    sub = Searched(themes)
    world.window.push(sub)
    world.window.setFocus()
    press(qtbot, world, Qt.Key.Key_Slash)
    assert world.window.focusWidget() is sub.search
    world.window.push(Plain())
    world.window.setFocus()
    qtbot.keyClick(world.window, Qt.Key.Key_F, CTRL)
    assert world.window.sub_pages() == ()
    assert world.window.page is Page.EXERCISES
    assert world.window.focusWidget() is exercises.search


# The player


def test_the_player_takes_the_whole_window_and_gives_it_back(world: World) -> None:
    player = Plain()
    world.window.take_over(player)
    assert world.window.is_taken_over
    assert not world.window.rail.isVisible()
    assert player.size() == world.window.size()
    world.window.give_back(Page.HISTORY)
    assert world.window.rail.isVisible()
    assert world.window.page is Page.HISTORY
    assert not player.isVisible()


def test_during_a_session_keys_of_the_pages_do_nothing(qtbot: QtBot, world: World) -> None:
    player = Plain()
    told: list[bool] = []
    world.window.keys_requested.connect(lambda: told.append(True))
    world.window.take_over(player)
    qtbot.keyClick(player, Qt.Key.Key_3, CTRL)
    qtbot.keyClick(player, Qt.Key.Key_F1)
    world.window.show_page(Page.SETTINGS)
    assert world.window.page is Page.ROUTINES
    assert world.made == [Page.ROUTINES]
    assert told == [True]


def test_starting_closes_what_lies_over_the_window(world: World) -> None:
    world.window.show_keys()
    world.window.say("Session deleted.")
    toast = world.window.toast
    assert toast is not None
    world.window.take_over(Plain())
    assert not toast.isVisible()
    assert not any(dialog.isVisible() for dialog in world.window.findChildren(Dialog))


# Toasts


def test_a_new_toast_takes_the_place_of_the_old_one(qtbot: QtBot, world: World) -> None:
    done: list[str] = []
    world.window.say("One.", action_text="Undo", action=lambda: done.append("one"))
    world.window.say("Two.", action_text="Undo", action=lambda: done.append("two"))
    toast = world.window.toast
    assert toast is not None
    assert toast.text == "Two."
    qtbot.mouseClick(toast.button, LEFT)
    assert done == ["two"]


# Size, place, closing


def test_the_window_has_its_usual_and_its_least_size(world: World) -> None:
    assert world.window.minimumSize().toTuple() == (900, 600)
    screen = world.window.screen().availableGeometry()
    assert world.window.width() == min(1280, max(900, screen.width()))


def test_a_remembered_place_is_taken_again(
    qtbot: QtBot, themes: ThemeManager, english: QLocale
) -> None:
    place = Place(x=20, y=30, width=910, height=620)
    home = HomePage(themes, no_figures(), english)
    factories = {page: lambda: home for page in Page}
    window = MainWindow(themes, factories, place=place)
    qtbot.addWidget(window)
    # No larger than the screen, no smaller than the least size.
    screen = window.screen().availableGeometry()
    assert window.width() == max(900, min(910, screen.width()))
    assert (window.x(), window.y()) == (20, 30)
    assert window.place() == Place(x=20, y=30, width=window.width(), height=window.height())


def test_a_place_on_a_screen_that_is_gone_is_not_taken(
    qtbot: QtBot, themes: ThemeManager, english: QLocale
) -> None:
    place = Place(x=9_000, y=9_000, width=910, height=620)
    home = HomePage(themes, no_figures(), english)
    window = MainWindow(themes, {page: lambda: home for page in Page}, place=place)
    qtbot.addWidget(window)
    assert window.x() < 9_000


def test_closing_asks_and_saves_the_place(world: World) -> None:
    world.closes = False
    assert not world.window.close()
    assert world.window.isVisible()
    assert world.saved == []
    world.closes = True
    assert world.window.close()
    assert [place.width for place in world.saved] == [world.window.width()]


def test_pages_fill_what_the_rail_leaves(world: World) -> None:
    world.window.resize(1000, 700)
    QApplication.processEvents()
    assert world.window.rail.width() == 96
    assert world.home.width() == 1000 - 96
    assert world.home.height() == 700


def test_a_toast_stands_clear_of_the_windows_edge(world: World) -> None:
    world.window.say("Saved.")
    toast = world.window.toast
    assert toast is not None
    assert world.window.height() - toast.geometry().bottom() >= 20
