"""Home: what it shows, finds, starts and asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pages
import pytest
from preview_cases import no_figures
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.domain.catalogue import Listing
from app.domain.settings import Settings, ThemeChoice
from app.domain.streaks import Row
from app.ui.pages.home.banners import ErrorBanner, InterruptedBanner
from app.ui.pages.home.broken_card import BrokenCardView
from app.ui.pages.home.cards import CardView
from app.ui.pages.home.first_run import FirstRun
from app.ui.pages.home.page import HomePage
from app.ui.widgets.buttons import Button
from app.ui.widgets.day_mark import DayMarkView
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

# The test's screen has no window manager, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
RAIL = 96


class Told:
    """What Home asked for, in order."""

    def __init__(self, page: HomePage) -> None:
        self.log: list[tuple[object, ...]] = []
        page.start_requested.connect(lambda name: self.log.append(("start", name)))
        page.preview_requested.connect(lambda card: self.log.append(("preview", card.id)))
        page.pin_changed.connect(lambda name, on: self.log.append(("pin", name, on)))
        page.export_requested.connect(lambda card: self.log.append(("export", card.id)))
        page.show_file_requested.connect(lambda path: self.log.append(("show", path)))
        page.open_file_requested.connect(lambda path: self.log.append(("open", path)))
        page.folder_requested.connect(lambda: self.log.append(("folder",)))
        page.reload_requested.connect(lambda: self.log.append(("reload",)))
        page.continue_requested.connect(lambda: self.log.append(("continue",)))
        page.keep_requested.connect(lambda: self.log.append(("keep",)))
        page.cue_requested.connect(lambda: self.log.append(("cue",)))
        page.volume_changed.connect(lambda value: self.log.append(("volume", value)))
        page.goal_changed.connect(lambda days: self.log.append(("goal", days)))


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> HomePage:
    made = HomePage(themes, no_figures(), english)
    qtbot.addWidget(made)
    made.resize(1280 - RAIL, 800)
    made.show_data(pages.home_data())
    made.show()
    return made


@pytest.fixture
def told(page: HomePage) -> Told:
    return Told(page)


def shown(page: HomePage) -> list[str]:
    return [view.card.id for view in page.library.shown_cards()]


def view(page: HomePage, name: str) -> CardView:
    return next(found for found in page.findChildren(CardView) if found.card.id == name)


def button(parent: QWidget, text: str) -> QPushButton:
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text and b.isVisible())


def menu_action(text: str) -> None:
    menu = QApplication.activePopupWidget()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


# The suggestion


def test_start_in_the_suggestion_starts_it(qtbot: QtBot, page: HomePage, told: Told) -> None:
    qtbot.mouseClick(page.hero.start_button, LEFT)
    qtbot.keyClick(page.hero.start_button, Qt.Key.Key_Return)
    assert told.log == [("start", "post-run-holds")] * 2
    assert page.hero.start_button.accessibleName() == "Start Post run holds"
    assert page.hero.accessibleName().startswith("Warmed up at 7:40. Back from your run?")


def test_something_else_offers_the_other_moments(qtbot: QtBot, page: HomePage, told: Told) -> None:
    qtbot.mouseClick(page.hero.other_button, LEFT)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Before run: Warm up", "Rest day: Rest day core"]
    menu_action("Rest day: Rest day core")
    assert told.log == [("start", "rest-day-core")]


def test_without_a_suggestion_only_the_week_is_shown(page: HomePage) -> None:
    page.show_data(pages.home_data(suggestion=None))
    assert not page.hero.isVisible()


def test_the_first_picture_keeps_the_places_of_what_comes_later(page: HomePage) -> None:
    places = {name: view(page, name).geometry() for name in shown(page)}
    hero = page.hero.geometry()
    page.show_data(pages.home_data(suggestion=None, streaks=None, week=()))
    assert page.hero.isVisible()
    assert page.hero.geometry() == hero
    assert {name: view(page, name).geometry() for name in shown(page)} == places


# The week


def test_weeks_in_a_row_lead(page: HomePage) -> None:
    name = page._content.streak.accessibleName()
    assert name == "6 weeks in a row. Best 31. 12 days in a row, best 20. 2 of 3 days."


def test_without_a_row_the_week_leads_and_best_stays(page: HomePage) -> None:
    streaks = pages.figures(pages.SUMMARIES, weeks_in_a_row=Row(0, 31), days_in_a_row=Row(1, 20))
    page.show_data(pages.home_data(streaks=streaks))
    name = page._content.streak.accessibleName()
    assert name == (
        "2 of 3 days this week. 0 weeks in a row, best 31. 1 day in a row, best 20. One more to go."
    )


def test_each_day_says_what_was_done(page: HomePage) -> None:
    marks = [mark.accessibleName() for mark in page.findChildren(DayMarkView)]
    assert marks[1] == "Tuesday, done, Post run holds"
    assert marks[3] == "Thursday, done, Warm up"
    assert marks[4] == "Friday, nothing"


# Cards


def test_a_card_says_all_that_it_shows(page: HomePage) -> None:
    assert view(page, "post-run-holds").accessibleName() == (
        "Post run holds, After run, 15 min, 20 steps, Mat, Wall, last done Tuesday"
    )
    assert view(page, "hips").accessibleName() == (
        "Hips, Yours, 15 min, 20 steps, Foam roller, Not done yet"
    )


def test_the_play_circle_starts_and_the_card_asks_for_its_preview(
    qtbot: QtBot, page: HomePage, told: Told
) -> None:
    card = view(page, "hips")
    qtbot.mouseClick(card.play, LEFT)
    assert told.log == [("start", "hips")]
    qtbot.mouseClick(card, LEFT)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert told.log[1:] == [("preview", "hips"), ("preview", "hips")]


def test_the_menu_of_a_card_starts_pins_exports_and_shows_the_file(
    page: HomePage, told: Told
) -> None:
    card = view(page, "hips")
    for text in ("Start", "Preview", "Pin to the top", "Export as audio…", "Show file"):
        place = QPoint(30, 30)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, card.mapToGlobal(place))
        QApplication.sendEvent(card, event)
        menu_action(text)
    assert told.log == [
        ("start", "hips"),
        ("preview", "hips"),
        ("pin", "hips", True),
        ("export", "hips"),
        ("show", "/routines/hips.toml"),
    ]


def test_pinned_routines_stand_first_and_can_be_unpinned(page: HomePage, told: Told) -> None:
    page.show_data(pages.home_data(pinned=("hips",)))
    card = view(page, "hips")
    first = min(page.library.shown_cards(), key=lambda found: (found.y(), found.x()))
    assert first is card
    assert "pinned" in card.accessibleName()
    page.library._open_menu(card, QPoint(0, 0))
    menu_action("Unpin")
    assert told.log == [("pin", "hips", False)]


def test_new_data_keeps_the_cards_that_stay(page: HomePage) -> None:
    card = view(page, "hips")
    page.show_data(pages.home_data(listing=Listing(cards=pages.CARDS[3:])))
    assert view(page, "hips") is card
    assert shown(page) == ["morning-loosener", "hips"]


def test_arrow_keys_go_from_card_to_card(qtbot: QtBot, page: HomePage) -> None:
    view(page, "warm-up").setFocus()
    qtbot.keyClick(view(page, "warm-up"), Qt.Key.Key_Right)
    assert page.focusWidget() is view(page, "post-run-holds")
    qtbot.keyClick(view(page, "post-run-holds"), Qt.Key.Key_Down)
    assert page.focusWidget() is view(page, "hips")
    qtbot.keyClick(view(page, "hips"), Qt.Key.Key_Up)
    assert page.focusWidget() is view(page, "post-run-holds")


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_a_cards_menu_opens_by_key(
    qtbot: QtBot, page: HomePage, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    view(page, "hips").setFocus()
    qtbot.keyClick(view(page, "hips"), key, modifiers)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Menu)
    menu.close()


@pytest.mark.parametrize(
    ("window", "columns"), [(900, 2), (1099, 2), (1100, 3), (1599, 3), (1600, 4), (1920, 4)]
)
def test_columns_follow_the_windows_width(page: HomePage, window: int, columns: int) -> None:
    page.resize(window - RAIL, 800)
    QApplication.processEvents()
    views = page.library.shown_cards()
    assert sum(found.y() == views[0].y() for found in views) == columns
    assert len({found.width() for found in views}) <= 2  # a pixel may be left over
    assert min(found.width() for found in views) >= 290


def test_nothing_ever_scrolls_sideways_and_every_text_size_fits(
    page: HomePage, themes: ThemeManager
) -> None:
    page.resize(900 - RAIL, 600)
    for size in (1.0, 1.15, 1.3):
        themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=size))
        QApplication.processEvents()
        content = page._content
        assert content.width() == page.width()
        for child in content.findChildren(QWidget):
            if child.isVisible():
                right = child.mapTo(content, QPoint(child.width(), 0)).x()
                assert right <= content.width(), child


# Filters and search


def test_a_chip_filters_the_cards(qtbot: QtBot, page: HomePage) -> None:
    chips = {chip.text(): chip for chip in page.library._chips}
    assert list(chips) == ["All", "Before run", "After run", "Rest day", "Morning", "Yours"]
    qtbot.mouseClick(chips["Yours"], LEFT)
    assert shown(page) == ["hips"]
    qtbot.keyClick(chips["Yours"], Qt.Key.Key_Left)
    assert shown(page) == ["morning-loosener"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("hip", ["hips"]),
        ("DEAD", ["rest-day-core"]),
        ("foam", ["hips"]),
        ("wall post", ["post-run-holds"]),
    ],
)
def test_search_finds_names_exercises_and_equipment(
    qtbot: QtBot, page: HomePage, search: str, found: list[str]
) -> None:
    qtbot.keyClicks(page.library.search, search)
    assert shown(page) == found


def test_an_empty_search_says_so_and_can_be_cleared(qtbot: QtBot, page: HomePage) -> None:
    qtbot.keyClicks(page.library.search, "zumba")
    assert shown(page) == []
    empty = page.library._empty
    assert empty is not None
    assert empty.text() == "Nothing matches “zumba”."
    qtbot.mouseClick(button(page.library, "Clear search"), LEFT)
    assert len(shown(page)) == len(pages.CARDS)
    assert not empty.isVisible()


def test_without_routines_of_ones_own_the_folder_is_offered(
    qtbot: QtBot, page: HomePage, told: Told
) -> None:
    page.show_data(pages.home_data(listing=Listing(cards=pages.CARDS[:4])))
    page.library._chips[-1].setChecked(True)
    qtbot.mouseClick(button(page.library, "Open routines folder"), LEFT)
    assert told.log == [("folder",)]


def test_a_narrow_window_folds_the_search_away(qtbot: QtBot, page: HomePage) -> None:
    page.resize(900 - RAIL, 600)
    QApplication.processEvents()
    assert not page.library.search.isVisible()
    qtbot.mouseClick(page.library._search_button, LEFT)
    page.focus_search()
    qtbot.keyClicks(page.library.search, "hip")
    assert page.library.search.isVisible()
    assert page.library.search.width() == page.library.width()
    assert shown(page) == ["hips"]


# What went wrong, and what waits


def test_a_broken_file_is_named_with_its_place_and_hides_nothing(
    qtbot: QtBot, page: HomePage, told: Told
) -> None:
    page.show_data(pages.home_data(listing=Listing(cards=pages.CARDS, broken=(pages.BROKEN,))))
    banner = page.findChild(ErrorBanner)
    assert banner is not None
    assert banner.isVisible()
    assert banner.accessibleName() == (
        "One routine could not be read. hip-reset.toml, line 14: “seconds” needs a number, but it "
        'says "thirty". The other 5 routines are fine.'
    )
    assert len(shown(page)) == len(pages.CARDS)
    for text in ("Open file", "Show folder", "Try again"):
        qtbot.mouseClick(button(banner, text), LEFT)
    file = pages.BROKEN.file
    assert told.log == [("open", file), ("show", file), ("reload",)]


def test_a_broken_files_card_shows_all_its_problems(
    qtbot: QtBot, page: HomePage, told: Told
) -> None:
    page.show_data(pages.home_data(listing=Listing(cards=pages.CARDS, broken=(pages.BROKEN,))))
    card = page.findChild(BrokenCardView)
    assert card is not None
    assert card.accessibleName() == (
        "Hip reset, not loaded: Line 14 of hip-reset.toml: “seconds” needs a number, but it says "
        '"thirty".'
    )
    qtbot.mouseClick(card, LEFT)
    dialog = page.window().findChild(Dialog)
    assert dialog is not None
    qtbot.mouseClick(button(dialog, "Open file"), LEFT)
    assert told.log == [("open", pages.BROKEN.file)]


def test_several_broken_files_are_listed(page: HomePage) -> None:
    broken = (pages.BROKEN,) * 6
    page.show_data(pages.home_data(listing=Listing(cards=pages.CARDS, broken=broken)))
    banner = page.findChild(ErrorBanner)
    assert banner is not None
    assert banner.accessibleName().startswith("6 routines could not be read.")
    assert "And 2 more." in banner.accessibleName()
    assert banner.geometry().bottom() < page.hero.y()


def test_the_banner_goes_when_the_file_is_mended(page: HomePage) -> None:
    page.show_data(pages.home_data(listing=Listing(cards=pages.CARDS, broken=(pages.BROKEN,))))
    page.show_data(pages.home_data())
    banner = page.findChild(ErrorBanner)
    assert banner is not None
    assert not banner.isVisible()
    assert page.hero.y() == 96


def test_an_interrupted_session_can_be_continued_or_kept(
    qtbot: QtBot, page: HomePage, told: Told
) -> None:
    page.show_data(pages.home_data(interrupted=pages.interrupted()))
    banner = page.findChild(InterruptedBanner)
    assert banner is not None
    assert banner.accessibleName() == (
        "Post run holds was interrupted. Yesterday, 18:40. 6 of 20 steps are done."
    )
    qtbot.mouseClick(button(banner, "Continue at step 7"), LEFT)
    qtbot.mouseClick(button(banner, "Keep as stopped early"), LEFT)
    assert told.log == [("continue",), ("keep",)]


@pytest.mark.parametrize("width", [900, 1280, 1920])
def test_the_buttons_of_the_banners_stay_inside(page: HomePage, width: int) -> None:
    page.resize(width - RAIL, 800)
    page.show_data(
        pages.home_data(
            interrupted=pages.interrupted(),
            listing=Listing(cards=pages.CARDS, broken=(pages.BROKEN,)),
        )
    )
    QApplication.processEvents()
    for kind in (ErrorBanner, InterruptedBanner):
        banner = page.findChild(kind)
        assert isinstance(banner, QWidget)
        boxes = [b.geometry() for b in banner.findChildren(Button)]
        assert all(banner.rect().contains(box) for box in boxes)
        assert not any(a.intersects(b) for a in boxes for b in boxes if a != b)


# The first start


@pytest.fixture
def first(page: HomePage) -> FirstRun:
    listing = Listing(
        cards=(
            pages.card("Dynamic warm-up short", id="dynamic-warm-up-short"),
            pages.card("Post-run holds express", id="post-run-holds-express"),
            pages.card("Core beginner", id="core-beginner"),
        )
    )
    page.show_data(
        pages.home_data(first_run=True, listing=listing, other_moments={}, suggestion=None)
    )
    found = page.findChild(FirstRun)
    assert found is not None
    return found


def test_the_first_start_offers_three_moments_that_start_at_once(
    qtbot: QtBot, first: FirstRun, told: Told
) -> None:
    starts = [b for b in first.findChildren(QPushButton) if b.text() == "Start"]
    for start in starts:
        qtbot.mouseClick(start, LEFT)
    assert told.log == [
        ("start", "dynamic-warm-up-short"),
        ("start", "post-run-holds-express"),
        ("start", "core-beginner"),
    ]


def test_the_first_start_checks_the_sound_and_asks_for_a_goal(
    qtbot: QtBot, first: FirstRun, told: Told
) -> None:
    qtbot.mouseClick(button(first, "Play cue"), LEFT)
    first._content.volume.setValue(40)
    first._content.goal.setValue(5)
    assert told.log == [("cue",), ("volume", 0.4), ("goal", 5)]


def test_the_first_start_has_the_safety_sentence_word_for_word(first: FirstRun) -> None:
    assert first._content._safety() == (
        "Warmdown is not medical advice. Stop if something hurts sharply or goes numb, and see a "
        "clinician about pain that lasts."
    )


@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1080)])
def test_the_first_start_fits_every_window(
    page: HomePage, first: FirstRun, size: tuple[int, int]
) -> None:
    page.resize(size[0] - RAIL, size[1])
    QApplication.processEvents()
    boxes = [card.geometry() for card in first._content.cards.values()]
    assert not any(a.intersects(b) for a in boxes for b in boxes if a != b)
    # What starts is seen without scrolling.
    assert max(box.bottom() for box in boxes) <= size[1]


def test_after_the_first_session_home_is_home(page: HomePage, first: FirstRun) -> None:
    assert first.isVisible()
    page.show_data(pages.home_data())
    assert page.hero.isVisible()
    assert page._first_run is None
