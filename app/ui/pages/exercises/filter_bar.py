"""The search and the four lists that choose among the exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui import exercise_words, words
from app.ui.pages.exercises import data
from app.ui.pages.exercises.data import NOTHING, Filters, Gear, Kind, Special
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.select import Select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.exercise import Position
    from app.domain.muscles import Region
    from app.ui.pages.exercises.data import Entry
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

GAP: Final = 12
SEARCH_LEAST: Final = 240
LIST_LEAST: Final = 168
"""A list narrower than this hides too much of what is chosen."""


class FilterBar(QWidget):
    """Lays itself out for a width; says how high it is then."""

    changed = cast("TypedSignal[Filters]", Signal(object))

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._filters = NOTHING
        self._kinds: list[Kind] = [None]
        self._regions: list[Region | None] = [None]
        self._positions: list[Position | None] = [None]
        self._gears: list[Gear] = [None]
        self.search = SearchField(themes, self.tr("Search exercises"), parent=self)
        self.kind = Select(themes, [], name=self.tr("Kind"), parent=self)
        self.region = Select(themes, [], name=self.tr("Muscles"), parent=self)
        self.position = Select(themes, [], name=self.tr("Position"), parent=self)
        self.gear = Select(themes, [], name=self.tr("Equipment"), parent=self)
        self.search.textChanged.connect(self._read)
        for select in self.lists():
            # The keyboard changes a list without opening it, which comes as `activated` too.
            select.activated.connect(self._read)

    def lists(self) -> tuple[Select, Select, Select, Select]:
        return self.kind, self.region, self.position, self.gear

    @property
    def filters(self) -> Filters:
        return self._filters

    def offer(self, entries: Sequence[Entry]) -> None:
        """Offer what there is among the entries; what is chosen stays where it is offered."""
        chosen = self._filters
        self._kinds, self._regions = data.kinds(entries), data.regions(entries)
        self._positions, self._gears = data.positions(entries), data.gears(entries)
        _fill(self.kind, [self._kind_text(value) for value in self._kinds])
        _fill(self.region, [self._region_text(value) for value in self._regions])
        _fill(self.position, [self._position_text(value) for value in self._positions])
        _fill(self.gear, [self._gear_text(value) for value in self._gears])
        self.choose(chosen)

    def choose(self, filters: Filters) -> None:
        """Show filters without announcing them; what is not offered counts as not chosen."""
        blocked = QSignalBlocker(self.search)
        self.search.setText(filters.search)
        blocked.unblock()
        self.kind.setCurrentIndex(_place(self._kinds, filters.kind))
        self.region.setCurrentIndex(_place(self._regions, filters.region))
        self.position.setCurrentIndex(_place(self._positions, filters.position))
        self.gear.setCurrentIndex(_place(self._gears, filters.gear))
        self._filters = self._shown()

    def clear(self) -> None:
        """Ask for everything again, by the lists and by the search."""
        # Not through `choose`: the field's button to empty it goes with its text.
        self.search.clear()
        self.choose(NOTHING)
        self.changed.emit(self._filters)

    def _shown(self) -> Filters:
        return Filters(
            search=self.search.text(),
            kind=self._kinds[max(0, self.kind.currentIndex())],
            region=self._regions[max(0, self.region.currentIndex())],
            position=self._positions[max(0, self.position.currentIndex())],
            gear=self._gears[max(0, self.gear.currentIndex())],
        )

    @Slot()
    def _read(self) -> None:
        filters = self._shown()
        if filters != self._filters:
            self._filters = filters
            self.changed.emit(filters)

    def _kind_text(self, value: Kind) -> str:
        if value is None:
            return self.tr("All kinds")
        if isinstance(value, Special):
            return words.tr("Yours")
        return exercise_words.category(value)

    def _region_text(self, value: Region | None) -> str:
        return self.tr("All muscles") if value is None else exercise_words.region(value)

    def _position_text(self, value: Position | None) -> str:
        return self.tr("All positions") if value is None else exercise_words.position(value)

    def _gear_text(self, value: Gear) -> str:
        if value is None:
            return self.tr("Any equipment")
        if isinstance(value, Special):
            return exercise_words.no_equipment()
        return words.equipment(value)

    # Layout

    def place(self, width: int) -> int:
        """Lay everything out for a width in pixels; return the height."""
        high = self.kind.sizeHint().height()
        lists = self.lists()
        least = round(LIST_LEAST * self._themes.theme.text_scale)
        in_one_row = (width - SEARCH_LEAST - len(lists) * GAP) // len(lists)
        if in_one_row >= least:
            each = min(in_one_row, round(least * 1.15))
            search = width - len(lists) * (each + GAP)
            self.search.setGeometry(0, 0, search, high)
            _lay(lists, search + GAP, 0, each, high)
            return high
        self.search.setGeometry(0, 0, width, high)
        columns = len(lists) if (width - 3 * GAP) // len(lists) >= least else 2
        each = (width - (columns - 1) * GAP) // columns
        y = high + GAP
        for row in range(0, len(lists), columns):
            _lay(lists[row : row + columns], 0, y, each, high)
            y += high + GAP
        return y - GAP

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()


def _fill(select: Select, texts: list[str]) -> None:
    """Replace what a list offers, where it is something else."""
    if texts != [select.itemText(index) for index in range(select.count())]:
        select.clear()
        select.addItems(texts)


def _place(offered: Sequence[object], value: object) -> int:
    return offered.index(value) if value in offered else 0


def _lay(row: Sequence[QWidget], x: int, y: int, width: int, height: int) -> None:
    for widget in row:
        widget.setGeometry(x, y, width, height)
        x += width + GAP
