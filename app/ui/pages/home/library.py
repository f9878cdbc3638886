"""The lower half of Home: filters, search, and the grid of cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.domain.catalogue import Origin, RoutineCard
from app.domain.when import When
from app.ui import words
from app.ui.dates import last_done
from app.ui.pages.home.cards import HEIGHT, LEAST_WIDTH, CardView
from app.ui.pages.home.data import (
    FILTERS,
    Filter,
    broken_in_filter,
    folded,
    in_filter,
    matches,
    ordered,
)
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.card import CardBase
from app.ui.widgets.choice import Chip
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.domain.catalogue import BrokenFile
    from app.ui.pages.home.broken_card import BrokenCardView
    from app.ui.pages.home.data import HomeData
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager
    from app.ui.widgets.label import Label

GUTTER: Final = 24
CHIP_GAP: Final = 8
SEARCH_WIDTH: Final = 264
NARROW, WIDE = 1100, 1600
"""Window widths: below the first 2 columns, from the second on 4."""
_RAIL: Final = 96


class Library(QWidget):
    """Lays itself out for a width; says how high it is then."""

    start_requested = cast("TypedSignal[str]", Signal(str))
    preview_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    details_requested = cast("TypedSignal[BrokenFile]", Signal(object))
    edit_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    copy_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    delete_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    pin_changed = cast("TypedSignal[str, bool]", Signal(str, bool))
    export_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    show_file_requested = cast("TypedSignal[str]", Signal(str))
    folder_requested = cast("TypedSignal[()]", Signal())
    layout_changed = cast("TypedSignal[()]", Signal())
    """Its height may be another one."""

    def __init__(self, themes: ThemeManager, locale: QLocale, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._locale = locale
        self._filter: Filter = None
        self._cards: list[CardView] = []
        self._broken: list[BrokenCardView] = []
        self._pinned: tuple[str, ...] = ()
        self._narrow = False
        self._group = QButtonGroup(self)
        self._chips = [
            Chip(themes, self._chip_text(value), icon=self._chip_icon(value), parent=self)
            for value in FILTERS
        ]
        for index, chip in enumerate(self._chips):
            self._group.addButton(chip, index)
        self._chips[0].setChecked(True)
        self._group.idToggled.connect(self._choose)
        self.search = SearchField(themes, self.tr("Search routines"), parent=self)
        self.search.textChanged.connect(self._search)
        self.search.editingFinished.connect(self._fold_search)
        self._search_button = Button(
            themes, icon="search", name=self.tr("Search routines"), parent=self
        )
        self._search_button.set_button_height(40)
        self._search_button.clicked.connect(self.focus_search)
        self._empty: Label | None = None
        self._clear = Button(themes, " ", kind=ButtonKind.GHOST, parent=self)
        self._clear.clicked.connect(self._resolve_empty)
        self._clear.hide()

    # Content

    def show_data(self, data: HomeData) -> None:
        """Show the routines; widgets of routines that stay are kept, with their focus."""
        known = {view.card.id: view for view in self._cards}
        self._cards = []
        for card in ordered(data.listing.cards, data.pinned):
            view = known.pop(card.id, None) or self._new_card(card)
            done = data.last_done.get(card.id)
            last = ""
            if done is not None:
                last = last_done(self._locale, done[0], day=done[1], today=data.today)
            view.show_card(card, last=last, pinned=card.id in data.pinned)
            self._cards.append(view)
        for gone in [*known.values(), *self._broken]:
            gone.hide()
            gone.deleteLater()
        self._broken = [self._new_broken(broken) for broken in data.listing.broken]
        self._pinned = data.pinned
        self._apply()

    def _new_card(self, card: RoutineCard) -> CardView:
        view = CardView(self._themes, card, self)
        view.start_requested.connect(self.start_requested.emit)
        view.preview_requested.connect(self._preview)
        view.menu_requested.connect(self._open_menu)
        return view

    def _new_broken(self, broken: BrokenFile) -> BrokenCardView:
        from app.ui.pages.home.broken_card import BrokenCardView  # noqa: PLC0415  (rarely needed)

        view = BrokenCardView(self._themes, broken, self)
        view.details_requested.connect(self.details_requested.emit)
        return view

    def _chip_text(self, value: Filter) -> str:
        if value is None:
            return self.tr("All")
        return self.tr("Yours") if isinstance(value, Origin) else words.moment(value)

    def _chip_icon(self, value: Filter) -> str | None:
        if value is None:
            return None
        return words.MOMENT_ICONS[value] if isinstance(value, When) else "pencil"

    # What is shown

    def shown_cards(self) -> list[CardView]:
        return [view for view in self._cards if not view.isHidden()]

    @Slot(int, bool)
    def _choose(self, index: int, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        if on:
            self._filter = FILTERS[index]
            self._apply()

    @Slot()
    def _search(self) -> None:
        self._apply()

    def _apply(self) -> None:
        asked = folded(self.search.text()).split()
        any_shown = False
        for view in self._cards:
            shown = in_filter(view.card, self._filter) and matches(asked, view.search_text)
            view.setVisible(shown)
            any_shown = any_shown or shown
        for broken in self._broken:
            shown = broken_in_filter(broken.broken, self._filter) and matches(
                asked, broken.search_text
            )
            broken.setVisible(shown)
            any_shown = any_shown or shown
        self._show_empty(show=not any_shown, searching=bool(asked))
        self.layout_changed.emit()

    def _show_empty(self, *, show: bool, searching: bool) -> None:
        self._clear.setVisible(show)
        if self._empty is not None:
            self._empty.setVisible(show)
        if not show:
            return
        if self._empty is None:
            from app.ui.widgets.label import Label  # noqa: PLC0415  (rarely needed)

            self._empty = Label(self._themes, color="text_2", parent=self)
            self._empty.show()
        if searching:
            text = self.tr("Nothing matches “{search}”.").format(search=self.search.text().strip())
            action = self.tr("Clear search")
        elif self._filter is Origin.YOURS:
            text = self.tr("Routines of your own appear here.")
            action = self.tr("Open routines folder")
        else:
            text = self.tr("No routine is made for this moment.")
            action = self.tr("Show all")
        self._empty.setText(text)
        self._clear.setText(action)
        self._clear.updateGeometry()

    @Slot()
    def _resolve_empty(self) -> None:
        if self.search.text():
            self.search.clear()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._filter is Origin.YOURS:
            self.folder_requested.emit()
        else:
            self._chips[0].setChecked(True)

    # Layout

    def place(self, width: int, window_width: int) -> int:
        """Lay everything out for a width in pixels; return the height."""
        self._narrow = window_width < NARROW * self._themes.theme.text_scale
        top = self._place_bar(width) + (16 if self._narrow else 24)
        shown: list[QWidget] = [*self._pinned_views(), *self._shown_broken(), *self._other_views()]
        if not shown and self._empty is not None:
            size = self._empty.sizeHint()
            button = self._clear.sizeHint()
            y = top + 40
            self._empty.setGeometry(0, y, min(width - button.width(), size.width() + 8), 44)
            self._clear.setGeometry(self._empty.width() + 4, y, button.width(), button.height())
            return y + 120
        columns = self._columns(width, window_width)
        each = (width - GUTTER * (columns - 1)) / columns
        height = self._card_height()
        for index, view in enumerate(shown):
            row, column = divmod(index, columns)
            left = round(column * (each + GUTTER))
            right = round(column * (each + GUTTER) + each)
            y = top + row * (height + GUTTER)
            view.setGeometry(left, y, right - left, height)
        rows = -(-len(shown) // columns)
        return round(top + rows * (height + GUTTER) - GUTTER)

    def _columns(self, width: int, window_width: int) -> int:
        scale = self._themes.theme.text_scale
        wanted = 2 if window_width < NARROW * scale else 3 if window_width < WIDE * scale else 4
        return max(1, min(wanted, (width + GUTTER) // (LEAST_WIDTH + GUTTER)))

    def _card_height(self) -> int:
        theme = self._themes.theme
        extra = theme.line_height("title_m") - 28 + 2 * (theme.line_height("body") - 24)
        return HEIGHT + extra

    def _place_bar(self, width: int) -> int:
        x = 0
        chip_height = self._chips[0].sizeHint().height()
        search_open = self._narrow and (self.search.hasFocus() or bool(self.search.text()))
        self.search.setVisible(not self._narrow or search_open)
        self._search_button.setVisible(self._narrow and not search_open)
        room = width - 48 - 8 if self._narrow else width - SEARCH_WIDTH - 16
        y = 0
        for chip in self._chips:
            chip.setVisible(not search_open)
            size = chip.sizeHint()
            if x and x + size.width() > room:
                x, y = 0, y + chip_height + CHIP_GAP
            chip.setGeometry(x, y, size.width(), size.height())
            x += size.width() + CHIP_GAP
        if search_open:
            self.search.setGeometry(0, 0, width, chip_height)
            return chip_height
        self.search.setGeometry(width - SEARCH_WIDTH, 0, SEARCH_WIDTH, chip_height)
        self._search_button.setGeometry(width - 48, 0, 48, chip_height)
        return y + chip_height

    def _pinned_views(self) -> list[CardView]:
        return [view for view in self.shown_cards() if view.card.id in self._pinned]

    def _other_views(self) -> list[CardView]:
        return [view for view in self.shown_cards() if view.card.id not in self._pinned]

    def _shown_broken(self) -> list[BrokenCardView]:
        return [view for view in self._broken if not view.isHidden()]

    # Search

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search, opening it where it is folded away."""
        self.search.setVisible(True)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        if self._narrow:
            self.layout_changed.emit()

    @Slot()
    def _fold_search(self) -> None:
        if self._narrow and not self.search.text():
            self.layout_changed.emit()

    # Keys and menus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        asks = event.key() == Qt.Key.Key_Menu or (
            # What many keyboards have in place of the menu key.
            event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        )
        if asks and isinstance(focus, CardView):
            self._open_menu(focus, focus.menu_place())
            return
        if isinstance(focus, CardBase) and self._step(focus, event.key()):
            return
        super().keyPressEvent(event)

    def _step(self, focus: QWidget, key: int) -> bool:
        """Move between cards with the arrow keys."""
        views: list[QWidget] = [
            *self._pinned_views(),
            *self._shown_broken(),
            *self._other_views(),
        ]
        columns = sum(view.y() == views[0].y() for view in views)
        step = {
            int(Qt.Key.Key_Left): -1,
            int(Qt.Key.Key_Right): 1,
            int(Qt.Key.Key_Up): -columns,
            int(Qt.Key.Key_Down): columns,
        }.get(key)
        if step is None:
            return False
        place = views.index(focus) + step
        if 0 <= place < len(views):
            views[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot(object)
    def _preview(self, view: CardView) -> None:
        self.preview_requested.emit(view.card)

    @Slot(object, object)
    def _open_menu(self, view: CardView, place: QPoint) -> None:
        from functools import partial  # noqa: PLC0415  (made when it is opened)

        from app.ui.widgets.menu import Menu  # noqa: PLC0415

        card = view.card
        menu = Menu(self._themes, view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(self.tr("Start"), partial(self.start_requested.emit, card.id), icon_name="play")
        menu.add(self.tr("Preview"), partial(self.preview_requested.emit, card), icon_name="eye")
        own = card.origin is Origin.YOURS
        if own:
            menu.add(self.tr("Edit"), partial(self.edit_requested.emit, card), icon_name="pencil")
        menu.add(self.tr("Make a copy"), partial(self.copy_requested.emit, card), icon_name="copy")
        pinned = card.id in self._pinned
        menu.add(
            self.tr("Unpin") if pinned else self.tr("Pin to the top"),
            partial(self.pin_changed.emit, card.id, not pinned),
            icon_name="pin-off" if pinned else "pin",
        )
        menu.addSeparator()
        menu.add(
            self.tr("Export as audio…"),
            partial(self.export_requested.emit, card),
            icon_name="headphones",
        )
        menu.add(
            self.tr("Show file"),
            partial(self.show_file_requested.emit, card.file),
            icon_name="folder-open",
        )
        if own:
            menu.addSeparator()
            menu.add(
                self.tr("Delete"), partial(self.delete_requested.emit, card), icon_name="trash-2"
            )
        menu.popup(place)
