"""Keeps the pages of exercises up to date, and opens the page of one over the current page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from app.domain.catalogue import RoutineCard
    from app.domain.exercise import ExerciseLibrary
    from app.ui.figures import Figures
    from app.ui.main_window import MainWindow
    from app.ui.pages.exercises.detail import ExercisePage
    from app.ui.pages.exercises.page import ExercisesPage
    from app.ui.pages.home.data import HomeData
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager


EXERCISES_FILE = "exercises.toml"


class ExerciseCatalogue(Protocol):
    """What the pages need of the library; neither reads a file again that did not change."""

    def exercises(self) -> ExerciseLibrary: ...

    def own_exercises(self) -> frozenset[str]: ...


class ExerciseKeeper(QObject):
    """Made with the window, so that it hears of every routine; reads when a page is opened."""

    preview_requested = cast("TypedSignal[RoutineCard]", Signal(object))

    def __init__(
        self,
        window: MainWindow,
        themes: ThemeManager,
        figures: Figures,
        *,
        catalogue: ExerciseCatalogue,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._figures = figures
        self._catalogue = catalogue
        self._page: ExercisesPage | None = None
        self._cards: tuple[RoutineCard, ...] = ()
        self._told = ""

    def make_page(self) -> ExercisesPage:
        """Make the page of all exercises, which is the window's from then on."""
        from app.ui.pages.exercises.page import ExercisesPage  # noqa: PLC0415  (made when shown)

        self._page = ExercisesPage(self._themes, self._figures)
        self._page.exercise_requested.connect(self.open)
        self._page.show_library(self._catalogue.exercises(), self._catalogue.own_exercises())
        return self._page

    @Slot(str)
    def open(self, exercise_id: str) -> None:
        """Open the page of an exercise; nothing happens where it is gone by now."""
        from app.ui.pages.exercises.detail import ExercisePage  # noqa: PLC0415  (made when shown)

        exercises = self._catalogue.exercises()
        if exercise_id not in exercises:
            return
        for open_page in self._open_pages():
            if open_page.exercise_id == exercise_id:
                # Easier, harder, easier: the way there is the way back.
                self._window.back_to(open_page)
                return
        page = ExercisePage(self._themes, self._figures)
        page.back_requested.connect(self._window.back)
        page.exercise_requested.connect(self.open)
        page.preview_requested.connect(self.preview_requested.emit)
        self._show(page, exercise_id, exercises)
        self._window.push(page)

    @Slot(object)
    def refresh(self, data: HomeData) -> None:
        """Show what became of exercises and routines; `data` has the new listing."""
        self._cards = data.listing.cards
        open_pages = self._open_pages()
        if self._page is None and not open_pages:
            return
        self._tell_faults(data)
        exercises = self._catalogue.exercises()
        if self._page is not None:
            self._page.show_library(exercises, self._catalogue.own_exercises())
        for page in open_pages:
            if page.exercise_id in exercises:
                self._show(page, page.exercise_id, exercises)
            else:
                self._window.close_sub(page)

    def _tell_faults(self, data: HomeData) -> None:
        """Say once why some of the user's exercises are missing, while a page shows exercises."""
        faults = [
            problem
            for broken in data.listing.broken
            for problem in broken.problems
            if broken.name == EXERCISES_FILE
        ]
        sentence = str(faults[0]) if faults else ""
        if sentence and sentence != self._told and not self._window.is_taken_over:
            self._window.say(sentence)
        self._told = sentence

    def _open_pages(self) -> list[ExercisePage]:
        if not self._window.sub_pages():
            return []
        from app.ui.pages.exercises.detail import ExercisePage  # noqa: PLC0415  (as above)

        return [page for page in self._window.sub_pages() if isinstance(page, ExercisePage)]

    def _show(self, page: ExercisePage, exercise_id: str, exercises: ExerciseLibrary) -> None:
        page.show_exercise(
            exercises[exercise_id],
            exercises,
            tuple(card for card in self._cards if exercise_id in card.exercise_ids),
            own=exercise_id in self._catalogue.own_exercises(),
        )
