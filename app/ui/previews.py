"""Opens previews of routines over the window's pages, and keeps them up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.choosing import choices_for
from app.domain.errors import RoutineError
from app.ui.pages.preview.page import PreviewPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtCore import QLocale

    from app.domain.catalogue import RoutineCard
    from app.domain.ports import Catalogue
    from app.domain.today import Day
    from app.ui.figures import Figures
    from app.ui.main_window import MainWindow
    from app.ui.pages.home.data import HomeData
    from app.ui.preferences import Preferences
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

_MINUTE_MS: Final = 60_000


class Previews(QObject):
    """Owns no page: the window has those that are open."""

    start_requested = cast("TypedSignal[str, Day]", Signal(str, object))
    exercise_requested = cast("TypedSignal[str]", Signal(str))
    pin_changed = cast("TypedSignal[str, bool]", Signal(str, bool))
    export_requested = cast("TypedSignal[RoutineCard, Day]", Signal(object, object))
    edit_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    copy_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    show_file_requested = cast("TypedSignal[str]", Signal(str))
    went_bad = cast("TypedSignal[()]", Signal())
    """A routine cannot be read any more: time to read the library anew."""

    def __init__(
        self,
        window: MainWindow,
        themes: ThemeManager,
        preferences: Preferences,
        *,
        catalogue: Catalogue,
        figures: Figures,
        wall_clock: Callable[[], datetime],
        locale: QLocale,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._preferences = preferences
        self._catalogue = catalogue
        self._figures = figures
        self._wall_clock = wall_clock
        self._locale = locale
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE_MS)
        self._minutes.timeout.connect(self._show_now)

    @Slot(object)
    def open(self, card: RoutineCard) -> None:
        """Open the preview of a routine; where its file went bad, say so instead."""
        for open_page in self._pages():
            if open_page.card is not None and open_page.card.file == card.file:
                # With the changes for today that were made in it.
                self._window.back_to(open_page)
                return
        page = PreviewPage(self._themes, self._locale, self._figures)
        try:
            self._show(page, card)
        except RoutineError as error:
            page.deleteLater()
            self._window.say(_sentence(card, error))
            self.went_bad.emit()
            return
        page.start_requested.connect(self.start_requested.emit)
        page.exercise_requested.connect(self.exercise_requested.emit)
        page.pin_changed.connect(self.pin_changed.emit)
        page.export_requested.connect(self.export_requested.emit)
        page.edit_requested.connect(self.edit_requested.emit)
        page.copy_requested.connect(self.copy_requested.emit)
        page.show_file_requested.connect(self.show_file_requested.emit)
        page.back_requested.connect(self._window.back)
        self._window.push(page)
        self._minutes.start()

    @Slot(object)
    def refresh(self, data: HomeData) -> None:
        """Show what became of the routines that are open; `data` has the new listing."""
        # By its file: a user's own that went bad gives way to a built-in one of the same id.
        cards = {card.file: card for card in data.listing.cards}
        for page in self._pages():
            old = page.card
            if old is None:
                continue
            try:
                self._show(page, cards.get(old.file) or old)
            except RoutineError as error:
                self._window.close_sub(page)
                self._window.say(self._gone(old, error))

    def _gone(self, card: RoutineCard, error: RoutineError) -> str:
        if not Path(card.file).exists():
            return self.tr("The file of “{name}” is gone.").format(name=card.name)
        return _sentence(card, error)

    def _show(self, page: PreviewPage, card: RoutineCard) -> None:
        # By its path: a user's file that went bad would give way to the built-in one.
        routine, _ = self._catalogue.load(card.file)
        exercises = self._catalogue.exercises()
        pinned = card.id in self._preferences.settings.pinned
        same_routine = page.card == card and page.routine == routine
        if same_routine and page.exercises is exercises:
            page.show_pinned(pinned=pinned)
            return
        page.show_routine(
            card,
            routine,
            exercises,
            # Those of the cards, so that both say the same length.
            choices_for(self._preferences.settings),
            pinned=pinned,
            now=self._wall_clock(),
        )

    def _pages(self) -> list[PreviewPage]:
        return [page for page in self._window.sub_pages() if isinstance(page, PreviewPage)]

    @Slot()
    def _show_now(self) -> None:
        pages = self._pages()
        for page in pages:
            page.show_now(self._wall_clock())
        if not pages:
            self._minutes.stop()


def _sentence(card: RoutineCard, error: RoutineError) -> str:
    """Return the first problem, with the file's name in place of its long path."""
    return str(error).splitlines()[0].replace(card.file, Path(card.file).name)
