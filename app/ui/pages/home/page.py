"""Home: lays out the greeting, what to do now, the week and the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import dates
from app.ui.pages.home.hero import Hero, HeroShape
from app.ui.pages.home.library import NARROW, Library
from app.ui.pages.home.streak_card import WIDTH as STREAK_WIDTH
from app.ui.pages.home.streak_card import StreakCard
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.paint import text_at
from app.ui.widgets.placed import PlacedContent
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from app.domain.catalogue import BrokenFile, RoutineCard
    from app.ui.figures import Figures
    from app.ui.pages.home.banners import ErrorBanner, InterruptedBanner
    from app.ui.pages.home.data import HomeData
    from app.ui.pages.home.first_run import FirstRun
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

MARGIN: Final = 40
MAX_WIDTH: Final = 1560
HEADER: Final = 96
SECTION: Final = 32
GUTTER: Final = 24
_RAIL: Final = 96


class HomePage(QWidget):
    """Shows `HomeData` and asks for what the user wants; knows nothing of files and sound."""

    start_requested = cast("TypedSignal[str]", Signal(str))
    """The routine's id."""
    preview_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    """Show all of this routine before it is started."""
    pin_changed = cast("TypedSignal[str, bool]", Signal(str, bool))
    export_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    """Make an audio file of this routine."""
    new_requested = cast("TypedSignal[()]", Signal())
    """Make a routine of one's own."""
    edit_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    """Edit this routine; a shipped one is copied first."""
    copy_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    delete_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    import_requested = cast("TypedSignal[()]", Signal())
    """Take in routine files."""
    paste_requested = cast("TypedSignal[()]", Signal())
    """Make a routine of a list that was copied elsewhere."""
    show_file_requested = cast("TypedSignal[str]", Signal(str))
    """Show the file with this path in its folder."""
    open_file_requested = cast("TypedSignal[str]", Signal(str))
    """Open the file with this path for editing."""
    folder_requested = cast("TypedSignal[()]", Signal())
    """Open the folder of the user's own routines."""
    reload_requested = cast("TypedSignal[()]", Signal())
    continue_requested = cast("TypedSignal[()]", Signal())
    keep_requested = cast("TypedSignal[()]", Signal())
    cue_requested = cast("TypedSignal[()]", Signal())
    """Play one cue: the sound check of the first start."""
    volume_changed = cast("TypedSignal[float]", Signal(float))
    goal_changed = cast("TypedSignal[int]", Signal(int))

    def __init__(
        self,
        themes: ThemeManager,
        figures: Figures,
        locale: QLocale,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._figures = figures
        self._locale = locale
        self._data: HomeData | None = None
        self._cards: dict[str, RoutineCard] = {}
        self._first_run: FirstRun | None = None
        self._scroll = PageScroll(themes, self)
        self._content = _Content(themes, figures, locale)
        self._scroll.set_widget(self._content)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._scroll)
        self._connect(self._content)
        themes.changed.connect(self._content.place)

    def _connect(self, content: _Content) -> None:
        content.hero.start_requested.connect(self.start_requested.emit)
        content.new_button.clicked.connect(self.new_requested.emit)
        content.more_button.clicked.connect(self._open_more)
        library = content.library
        library.start_requested.connect(self.start_requested.emit)
        library.preview_requested.connect(self.preview_requested.emit)
        library.details_requested.connect(self._open_details)
        library.edit_requested.connect(self.edit_requested.emit)
        library.copy_requested.connect(self.copy_requested.emit)
        library.delete_requested.connect(self.delete_requested.emit)
        library.pin_changed.connect(self.pin_changed.emit)
        library.export_requested.connect(self.export_requested.emit)
        library.show_file_requested.connect(self.show_file_requested.emit)
        library.folder_requested.connect(self.folder_requested.emit)
        content.errors_made.connect(self._connect_errors)
        content.interrupted_made.connect(self._connect_interrupted)

    @property
    def hero(self) -> Hero:
        return self._content.hero

    @property
    def library(self) -> Library:
        return self._content.library

    def show_data(self, data: HomeData) -> None:
        """Show new data; scrolling, search and focus stay."""
        self._data = data
        self._cards = {card.id: card for card in data.listing.cards}
        if data.first_run and data.interrupted is None and not data.listing.broken:
            self._show_first_run(data)
            return
        if self._first_run is not None:
            self._first_run.deleteLater()
            self._first_run = None
        self._scroll.show()
        self._content.show_data(data, self._cards)

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        if self._first_run is None:
            self._content.library.focus_search()

    def focus_start(self) -> None:
        """Put the focus where Home begins: on Start."""
        target: QWidget = self._content.hero.start_button
        if self._first_run is not None:
            target = self._first_run.main_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_first_run(self, data: HomeData) -> None:
        from app.ui.pages.home.first_run import FirstRun  # noqa: PLC0415  (shown once)

        if self._first_run is None:
            self._first_run = FirstRun(self._themes, self._figures, self)
            self._first_run.start_requested.connect(self.start_requested.emit)
            self._first_run.cue_requested.connect(self.cue_requested.emit)
            self._first_run.volume_changed.connect(self.volume_changed.emit)
            self._first_run.goal_changed.connect(self.goal_changed.emit)
            self._outer.addWidget(self._first_run)
        self._first_run.show_data(data)
        self._scroll.hide()
        self._first_run.show()

    # What opens over the page

    @Slot()
    def _open_more(self) -> None:
        from app.ui.widgets.menu import Menu  # noqa: PLC0415  (made when it is opened)

        button = self._content.more_button
        menu = Menu(self._themes, button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(self.tr("Paste a list…"), self.paste_requested.emit, icon_name="list")
        menu.add(self.tr("Import routines…"), self.import_requested.emit, icon_name="import")
        menu.add(
            self.tr("Open routines folder"), self.folder_requested.emit, icon_name="folder-open"
        )
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    @Slot(object)
    def _open_details(self, broken: BrokenFile) -> None:
        from app.ui.pages.home.dialogs import details  # noqa: PLC0415  (made when it is opened)

        dialog, opens = details(self._themes, self.window(), broken)
        opens.setProperty("file", broken.file)
        opens.clicked.connect(self._open_from_details)
        dialog.open()

    @Slot()
    def _open_from_details(self) -> None:
        self.open_file_requested.emit(str(self.sender().property("file")))

    @Slot(object)
    def _connect_errors(self, banner: ErrorBanner) -> None:
        banner.open_requested.connect(self.open_file_requested.emit)
        banner.folder_requested.connect(self.show_file_requested.emit)
        banner.retry_requested.connect(self.reload_requested.emit)

    @Slot(object)
    def _connect_interrupted(self, banner: InterruptedBanner) -> None:
        banner.continue_requested.connect(self.continue_requested.emit)
        banner.keep_requested.connect(self.keep_requested.emit)


class _Content(PlacedContent):
    """What scrolls."""

    errors_made = cast("TypedSignal[ErrorBanner]", Signal(object))
    interrupted_made = cast("TypedSignal[InterruptedBanner]", Signal(object))

    def __init__(self, themes: ThemeManager, figures: Figures, locale: QLocale) -> None:
        super().__init__()
        self._themes = themes
        self._locale = locale
        self._data: HomeData | None = None
        self._errors: ErrorBanner | None = None
        self._interrupted: InterruptedBanner | None = None
        self.more_button = Button(
            themes,
            kind=ButtonKind.GHOST,
            icon="ellipsis",
            name=self.tr("More ways to a routine"),
            parent=self,
        )
        self.new_button = Button(themes, self.tr("New routine"), icon="plus", parent=self)
        self.hero = Hero(themes, figures, self)
        self.hero.hide()
        self.streak = StreakCard(themes, locale, self)
        self.library = Library(themes, locale, self)
        self.library.layout_changed.connect(self.place)

    def show_data(self, data: HomeData, cards: dict[str, RoutineCard]) -> None:
        self._data = data
        if data.streaks is not None:
            self.streak.show_streaks(data.streaks, data.week)
        self._show_suggestion(data, cards)
        self._show_banners(data)
        self.library.show_data(data)
        self.place()

    def _show_suggestion(self, data: HomeData, cards: dict[str, RoutineCard]) -> None:
        suggestion = data.suggestion
        card = cards.get(suggestion.routine) if suggestion is not None else None
        if suggestion is not None and card is not None:
            from app.ui.pages.home import phrases  # noqa: PLC0415  (not for the first picture)

            others = {
                when: cards[name] for when, name in data.other_moments.items() if name in cards
            }
            self.hero.show_suggestion(card, phrases.eyebrow(self._locale, suggestion), others)
        # Until history was read the place is kept free.
        self.hero.setVisible(card is not None or data.streaks is None)

    def _show_banners(self, data: HomeData) -> None:
        broken = data.listing.broken
        if broken:
            if self._errors is None:
                from app.ui.pages.home.banners import ErrorBanner  # noqa: PLC0415  (rarely needed)

                self._errors = ErrorBanner(self._themes, self)
                self.errors_made.emit(self._errors)
            self._errors.show_broken(broken, len(data.listing.cards))
        if self._errors is not None:
            self._errors.setVisible(bool(broken))
        if data.interrupted is not None:
            if self._interrupted is None:
                from app.ui.pages.home.banners import InterruptedBanner  # noqa: PLC0415  (as above)

                self._interrupted = InterruptedBanner(self._themes, self._locale, self)
                self.interrupted_made.emit(self._interrupted)
            self._interrupted.show_session(data.interrupted, today=data.today)
        if self._interrupted is not None:
            self._interrupted.setVisible(data.interrupted is not None)

    # Layout

    def can_place(self) -> bool:
        return self._data is not None

    def lay_out(self) -> int:
        width = min(self.width() - 2 * MARGIN, MAX_WIDTH)
        left = (self.width() - width) // 2
        window_width = self.width() + _RAIL
        narrow = window_width < NARROW * self._themes.theme.text_scale
        right = left + width
        for button, gap in ((self.new_button, 8), (self.more_button, 0)):
            size = button.sizeHint()
            right -= size.width()
            button.setGeometry(right, 52 - size.height() // 2, size.width(), size.height())
            right -= gap
        y = HEADER
        banners = [
            b for b in (self._interrupted, self._errors) if b is not None and not b.isHidden()
        ]
        for banner in banners:
            height = banner.needed_height(width)
            banner.setGeometry(left, y, width, height)
            y += height + GUTTER
        y = self._place_top(left, y, width, narrow=narrow, low=bool(banners))
        height = self.library.place(width, window_width)
        self.library.setGeometry(left, y, width, height)
        return y + height + MARGIN

    def _place_top(self, left: int, y: int, width: int, *, narrow: bool, low: bool) -> int:
        """Place suggestion and streak; return where the library begins."""
        hero = not self.hero.isHidden()
        if narrow:
            if hero:
                height = self.hero.needed_height(HeroShape.LOW)
                self.hero.setGeometry(left, y, width, height)
                y += height + 16
            strip = self.streak.strip_height()
            self.streak.setGeometry(left, y, width, strip)
            return y + strip + GUTTER
        height = self.hero.needed_height(HeroShape.MIDDLE if low else HeroShape.TALL)
        if not hero:
            self.streak.setGeometry(left, y, STREAK_WIDTH, height)
        else:
            self.hero.setGeometry(left, y, width - STREAK_WIDTH - GUTTER, height)
            self.streak.setGeometry(left + width - STREAK_WIDTH, y, STREAK_WIDTH, height)
        return y + height + SECTION

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._data is None:
            return
        theme = self._themes.theme
        painter = QPainter(self)
        left = (self.width() - min(self.width() - 2 * MARGIN, MAX_WIDTH)) // 2
        name = dates.weekday(self._locale, self._data.today)
        title = theme.font("title_l")
        end = text_at(painter, title, theme.text, (left - 1, 52.0), f"{name[:1].upper()}{name[1:]}")
        day = theme.font("title_s", tabular=True, weight=500)
        text = dates.day_month(self._locale, self._data.today)
        text_at(painter, day, theme.text_2, (round(end) + 12, 54.5), text)
