"""The exercises to pick from as a list: a row for each, made when it comes into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.pages.editor.library_row import GAP, INSET, LibraryRow, row_height
from app.ui.pages.editor.words import tr
from app.ui.pages.exercises.drawing import DrawingQueue
from app.ui.widgets.accessible import SpokenWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from app.ui.figures import Figures
    from app.ui.pages.exercises.data import Entry
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager
    from app.ui.widgets.scroll import PageScroll

_AROUND: Final = 2
"""Rows beyond either edge that are there already."""
_ENTER: Final = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter), int(Qt.Key.Key_Select)})
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class LibraryList(SpokenWidget):
    """Stands in a `PageScroll`; knows the current row, which the keyboard is at."""

    picked = cast("TypedSignal[str]", Signal(str))
    """An exercise's id."""
    left_upwards = cast("TypedSignal[()]", Signal())
    """Up from the first row."""
    typed = cast("TypedSignal[str]", Signal(str))
    """Written while the list has the focus: it is for the search."""
    erased = cast("TypedSignal[()]", Signal())
    """Backspace."""
    dragged = cast("TypedSignal[str, QPointF]", Signal(str, QPointF))
    """An exercise's id, and the point of the screen that it is carried to."""
    dropped = cast("TypedSignal[()]", Signal())
    """What was dragged is let go."""
    drag_cancelled = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, figures: Figures, scroll: PageScroll) -> None:
        super().__init__(QAccessible.Role.List, scroll)
        self._themes = themes
        self._figures = figures
        self._scroll = scroll
        self._entries: list[Entry] = []
        self._order: dict[str, int] = {}
        self._rows: dict[str, LibraryRow] = {}
        self._current = -1
        self._before: QWidget | None = None
        self.drawing = DrawingQueue(themes, self)
        self.set_spoken(self._say)
        scroll.scrolled.connect(self._follow)
        themes.changed.connect(self._restyle)

    def set_before(self, widget: QWidget) -> None:
        """Name the control after which Tab comes to the list."""
        self._before = widget

    # What there is

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    @property
    def current(self) -> int:
        """The current row's place, counted from 0; -1 where there is none."""
        return self._current

    @property
    def pitch(self) -> int:
        return row_height(self._themes.theme)

    def shown_rows(self) -> list[LibraryRow]:
        """Return the rows that are made and belong to what is listed, from top to bottom."""
        made = [row for row in self._rows.values() if not row.isHidden()]
        return sorted(made, key=lambda row: self._order[row.entry.exercise.id])

    def place_of(self, entry: Entry) -> tuple[int, int]:
        """Return which of how many a row is, counted from 1."""
        return self._order.get(entry.exercise.id, 0) + 1, len(self._entries)

    def _say(self) -> str:
        return count_text(len(self._entries))

    def list_entries(self, entries: Sequence[Entry], current: int) -> None:
        """Show these, from the top; forget the rows of what is no exercise of the library now."""
        self._entries = list(entries)
        self._order = {entry.exercise.id: at for at, entry in enumerate(entries)}
        self._current = min(current, len(self._entries) - 1)
        self._fit()
        self._scroll.scroll_to(0)
        self._realise()

    def forget(self, known: set[str]) -> None:
        """Let go of the rows of exercises that are not among those."""
        for gone in self._rows.keys() - known:
            row = self._rows.pop(gone)
            row.hide()
            row.deleteLater()

    def _fit(self) -> None:
        height = len(self._entries) * self.pitch
        self.setMinimumHeight(height)
        # At once: the next thing may be to scroll.
        self.resize(self.width(), max(height, self._scroll.height()))

    # The current row

    def has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def set_current(self, at: int) -> None:
        if at != self._current:
            self._current = at
            self._realise()

    def set_current_entry(self, entry: Entry) -> None:
        self.set_current(self._order.get(entry.exercise.id, -1))

    def focus_current(self) -> bool:
        """Put the focus on the current row, or the first; return whether there is one."""
        return self._go(max(0, self._current))

    def _go(self, at: int) -> bool:
        if not self._entries:
            return False
        self._current = max(0, min(at, len(self._entries) - 1))
        self._realise()
        row = self._rows[self._entries[self._current].exercise.id]
        self._scroll.ensure_visible(row)
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def drag(self, entry: Entry, at: QPointF) -> None:
        self.dragged.emit(entry.exercise.id, at)

    def drop(self) -> None:
        self.dropped.emit()

    def pick(self, entry: Entry) -> None:
        self.picked.emit(entry.exercise.id)

    def pick_current(self) -> bool:
        """Add what is current; return whether anything is."""
        if 0 <= self._current < len(self._entries):
            self.pick(self._entries[self._current])
            return True
        return False

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key is for while a row has the focus; return whether it was for the list."""
        key, modifiers = event.key(), event.modifiers()
        if modifiers & _COMMANDS:
            return False
        page = max(1, self._scroll.height() // self.pitch - 1)
        targets = {
            int(Qt.Key.Key_Up): self._current - 1,
            int(Qt.Key.Key_Down): self._current + 1,
            int(Qt.Key.Key_PageUp): self._current - page,
            int(Qt.Key.Key_PageDown): self._current + page,
            int(Qt.Key.Key_Home): 0,
            int(Qt.Key.Key_End): len(self._entries) - 1,
        }
        if key == Qt.Key.Key_Up and self._current <= 0:
            self.left_upwards.emit()
        elif key in targets:
            self._go(targets[key])
        elif key in _ENTER or key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.pick_current()
        elif key == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif event.text() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            return False
        return True

    # Rows

    @Slot(int)
    def _follow(self, _offset: int) -> None:
        self._realise()

    def _realise(self) -> None:
        """Make and place the rows that can be seen, and the current one; hide the others."""
        pitch, count = self.pitch, len(self._entries)
        top, bottom = self._scroll.offset, self._scroll.offset + self._scroll.height()
        first = max(0, top // pitch - _AROUND)
        last = min(count, -(-bottom // pitch) + _AROUND)
        wanted = set(range(first, last))
        in_tab_order = max(0, self._current)
        if count:
            wanted.add(in_tab_order)
        names = {self._entries[at].exercise.id for at in wanted}
        focus = QApplication.focusWidget()
        for name, row in self._rows.items():
            if name not in names:
                if row is focus:
                    # What has the focus hands it on when it is hidden.
                    self.setFocus(Qt.FocusReason.OtherFocusReason)
                row.hide()
        for at in sorted(wanted):
            row = self._row(self._entries[at])
            row.setGeometry(INSET, at * pitch + GAP // 2, self.width() - 2 * INSET, pitch - GAP)
            row.set_current(at == self._current)
            if at == in_tab_order and row.focusPolicy() != Qt.FocusPolicy.StrongFocus:
                row.set_in_tab_order(True)
                if self._before is not None:
                    QWidget.setTabOrder(self._before, row)
            elif at != in_tab_order:
                row.set_in_tab_order(False)
            row.show()

    def _row(self, entry: Entry) -> LibraryRow:
        row = self._rows.get(entry.exercise.id)
        if row is None:
            row = LibraryRow(self._themes, self._figures, entry, self)
            self._rows[entry.exercise.id] = row
        row.show_entry(entry)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._realise()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drawing.set_awake(awake=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drawing.set_awake(awake=False)

    @Slot()
    def _restyle(self) -> None:
        self._fit()
        self._realise()
        for row in self._rows.values():
            row.update()


def count_text(count: int) -> str:
    """Say how many exercises were found."""
    if count == 1:
        return tr("1 exercise")
    return tr("{count} exercises").format(count=count)
