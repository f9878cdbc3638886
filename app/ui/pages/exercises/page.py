"""The Exercises page: every exercise with its picture, to be searched and filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui.pages.exercises.data import Filters, entries, found
from app.ui.pages.exercises.filter_bar import FilterBar
from app.ui.pages.exercises.grid import ExerciseGrid
from app.ui.widgets.accessible import announce
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.label import Label
from app.ui.widgets.placed import PlacedContent
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.domain.exercise import ExerciseLibrary
    from app.ui.figures import Figures
    from app.ui.pages.exercises.data import Entry
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

MARGIN: Final = 40
MAX_WIDTH: Final = 1560
HEADER: Final = 96
_TITLE_TOP, _COUNT_DROP, _COUNT_GAP = 32, 11, 12
_SECTION: Final = 24


def _count_text(shown: int, of: int) -> str:
    if shown == of:
        return str(of)
    return QCoreApplication.translate("Exercises", "{shown} of {all}").format(shown=shown, all=of)


def _count_spoken(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("Exercises", "1 exercise")
    return QCoreApplication.translate("Exercises", "{count} exercises").format(count=count)


class ExercisesPage(QWidget):
    """Shows the exercises it is given; search, filters, scrolling and focus stay."""

    exercise_requested = cast("TypedSignal[str]", Signal(str))
    """Show the exercise with this id."""

    def __init__(
        self, themes: ThemeManager, figures: Figures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scroll = PageScroll(themes, self)
        self._content = _Content(themes, figures)
        self._content.grid.chosen.connect(self.exercise_requested.emit)
        self._scroll.set_widget(self._content)
        themes.changed.connect(self._content.place)

    @property
    def grid(self) -> ExerciseGrid:
        return self._content.grid

    @property
    def filter_bar(self) -> FilterBar:
        return self._content.bar

    @property
    def clear_button(self) -> Button:
        """Clears the lists and the search; shown while there is something to clear."""
        return self._content.clear_all

    @property
    def count_text(self) -> str:
        return self._content.count.text()

    @property
    def empty_text(self) -> str:
        """What is said in place of the cards; empty while there are cards."""
        return "" if self._content.empty.isHidden() else self._content.empty.text()

    @property
    def empty_button(self) -> Button:
        return self._content.resolve

    def show_library(self, exercises: ExerciseLibrary, own: frozenset[str]) -> None:
        """Show these exercises; `own` are the ids of those that are the user's."""
        self._content.show_entries(entries(exercises, own))

    def focus_search(self) -> None:
        """Put the cursor into the search, and show it."""
        self._scroll.scroll_to(0)
        self._content.bar.focus_search()

    def focus_start(self) -> None:
        """Put the focus on the exercise that had it last, at first on the first one."""
        target: QWidget = self._content.grid.current or self._content.bar.search
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll.setGeometry(self.rect())


class _Content(PlacedContent):
    """What scrolls."""

    def __init__(self, themes: ThemeManager, figures: Figures) -> None:
        super().__init__()
        self._themes = themes
        self._entries: list[Entry] = []
        self._title = Label(themes, self.tr("Exercises"), role="title_l", parent=self)
        self.count = Label(themes, role="title_s", color="text_2", tabular=True, parent=self)
        self.bar = FilterBar(themes, self)
        self.bar.changed.connect(self._filter)
        self.clear_all = Button(
            themes, self.tr("Clear filters"), kind=ButtonKind.GHOST, icon="x", parent=self
        )
        self.clear_all.clicked.connect(self._clear_all)
        self.clear_all.hide()
        self.empty = Label(themes, color="text_2", wraps=True, parent=self)
        self.empty.hide()
        self.resolve = Button(themes, " ", kind=ButtonKind.GHOST, parent=self)
        self.resolve.clicked.connect(self._resolve)
        self.resolve.hide()
        self.grid = ExerciseGrid(themes, figures, self)
        self.bar.search.left_downwards.connect(self._enter_grid)

    def show_entries(self, found_entries: list[Entry]) -> None:
        self._entries = found_entries
        self.grid.show_entries(found_entries)
        self.bar.offer(found_entries)
        self._apply(self.bar.filters)

    @Slot()
    def _enter_grid(self) -> None:
        """Go from the search to the first of what it found."""
        if self.grid.shown_cards:
            self.grid.shown_cards[0].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _filter(self, filters: Filters) -> None:
        self._apply(filters)
        announce(self, _count_spoken(len(self.grid.shown_cards)))

    def _apply(self, filters: Filters) -> None:
        left = found(self._entries, filters)
        self.grid.show_only(left)
        self.count.setText(_count_text(len(left), len(self._entries)))
        self.count.setAccessibleName(_count_spoken(len(left)))
        searching = bool(filters.search.strip())
        self._show_clear(show=filters.any_chosen)
        self._show_empty(filters, show=bool(self._entries) and not left, searching=searching)
        self.place()

    def _show_clear(self, *, show: bool) -> None:
        if not show and self.clear_all.hasFocus():
            self.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear_all.setVisible(show)

    def _show_empty(self, filters: Filters, *, show: bool, searching: bool) -> None:
        self.empty.setVisible(show)
        self.resolve.setVisible(show)
        if not show:
            return
        if searching:
            text = self.tr("Nothing matches “{search}”.")
            if filters.any_chosen:
                text = self.tr("Nothing matches “{search}” with these filters.")
            self.empty.setText(text.format(search=filters.search.strip()))
            self.resolve.setText(self.tr("Clear search"))
        else:
            self.empty.setText(self.tr("No exercise fits all of these filters."))
            self.resolve.setText(self.tr("Clear filters"))
        self.resolve.updateGeometry()

    @Slot()
    def _clear_all(self) -> None:
        self.bar.clear()

    @Slot()
    def _resolve(self) -> None:
        if self.bar.filters.search.strip():
            self.bar.search.clear()
        else:
            self.bar.clear()
        self.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # Layout

    def lay_out(self) -> int:
        width = min(self.width() - 2 * MARGIN, MAX_WIDTH)
        left = (self.width() - width) // 2
        self._place_header(left, width)
        height = self.bar.place(width)
        self.bar.setGeometry(left, HEADER, width, height)
        y = HEADER + height + _SECTION
        if not self.empty.isHidden():
            y += self._place_empty(left, y + 16, width)
        height = self.grid.place(width)
        self.grid.setGeometry(left, y, width, height)
        return y + height + MARGIN

    def _place_header(self, left: int, width: int) -> None:
        scale = self._themes.theme.text_scale
        title, count, clear = (
            part.sizeHint() for part in (self._title, self.count, self.clear_all)
        )
        middle = _TITLE_TOP + 20
        top = round(middle - title.height() / 2)
        # Capitals of display sizes start a little to the right of their box.
        self._title.setGeometry(left - 1, top, title.width() + 2, title.height())
        x = left + title.width() + _COUNT_GAP
        top = round(_TITLE_TOP + _COUNT_DROP + (title.height() - 40) / 2 - 24 * (scale - 1) / 2)
        self.count.setGeometry(x, top, count.width() + 2, count.height())
        self.clear_all.setGeometry(
            left + width - clear.width(),
            middle - clear.height() // 2,
            clear.width(),
            clear.height(),
        )

    def _place_empty(self, left: int, y: int, width: int) -> int:
        """Place what stands where there is no card; return the height it takes."""
        button = self.resolve.sizeHint()
        room = width - button.width() - 4
        text_width = min(self.empty.sizeHint().width() + 8, room)
        high = self.empty.heightForWidth(text_width)
        top = y + max(0, (button.height() - high) // 2)
        self.empty.setGeometry(left, top, text_width, high)
        self.resolve.setGeometry(left + text_width + 4, y, button.width(), button.height())
        return max(high, button.height()) + 48
