"""The panel that exercises are picked from: search, phases, list, and what is in no library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.domain.exercise import Phase
from app.domain.routine import Step, TimeDose
from app.ui import words
from app.ui.pages.editor.library_row import INSET
from app.ui.pages.editor.library_rows import LibraryList, count_text
from app.ui.pages.editor.words import tr
from app.ui.pages.exercises.data import Filters, Special, entries, found
from app.ui.widgets.accessible import announce
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.choice import Chip
from app.ui.widgets.label import Label
from app.ui.widgets.scroll import PageScroll
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent

    from app.domain.editing import PartId
    from app.domain.exercise import Exercise
    from app.ui.figures import Figures
    from app.ui.pages.editor.model import EditorModel
    from app.ui.pages.exercises.data import Entry
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

PADDING: Final = 24
TOP: Final = 16
CROSS: Final = 40
FIELD: Final = 44
CHIP: Final = 32
CHIP_GAP: Final = 6
CHIP_ROWS_GAP: Final = 8
GAP: Final = 12
FOOT_GAP: Final = 8
LOW: Final = 520
"""In a panel lower than this, at the text size 1, the cross stands beside the search."""
FREE_MS: Final = 30_000
"""How long a step lasts that is no exercise of the library."""

Chosen = Phase | Special | None
_PHASES: Final = (Phase.WARMUP, Phase.DYNAMIC, Phase.STATIC, Phase.CORE)
_ENTER: Final = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)})


class LibrarySearch(SearchField):
    """The search of the panel; Enter adds, and Esc leaves an empty one."""

    entered = cast("TypedSignal[()]", Signal())
    cancelled = cast("TypedSignal[()]", Signal())
    """Esc while there is nothing to empty."""
    focused = cast("TypedSignal[()]", Signal())
    """The user came here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.text():
            self.cancelled.emit()
        elif event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        kept = {
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        }
        if event.reason() not in kept:
            self.focused.emit()


class PhaseChip(Chip):
    """A chip as low as the panel's are."""

    def sizeHint(self) -> QSize:
        high = max(CHIP, self.themes.theme.line_height("label") + 12)
        return QSize(super().sizeHint().width(), high)


class LibraryPanel(QWidget):
    """Tells what was picked; who hears that adds it. Free steps it adds itself."""

    picked = cast("TypedSignal[str]", Signal(str))
    """An exercise's id."""
    closed = cast("TypedSignal[()]", Signal())
    """The user wants the panel no more."""
    step_added = cast("TypedSignal[PartId]", Signal(object))
    """A free step is in the routine."""
    dragged = cast("TypedSignal[str, QPointF]", Signal(str, QPointF))
    """An exercise's id, and the point of the screen that it is carried to."""
    dropped = cast("TypedSignal[()]", Signal())
    """What was dragged is let go, wherever that is."""
    drag_cancelled = cast("TypedSignal[()]", Signal())
    new_exercise_requested = cast("TypedSignal[str]", Signal(str))
    """Make an exercise; with the text of the search for a name, which may be empty."""

    def __init__(
        self,
        model: EditorModel,
        themes: ThemeManager,
        figures: Figures,
        locale: QLocale,
        *,
        own: Callable[[], frozenset[str]] = frozenset,
        parent: QWidget | None = None,
    ) -> None:
        """`own` gives the ids of the user's own exercises."""
        super().__init__(parent)
        self._model = model
        self._themes = themes
        self._own = own
        self.setLocale(locale)
        self.setAccessibleName(tr("Exercises"))
        self._known: tuple[dict[str, Exercise], frozenset[str]] | None = None
        self._entries: list[Entry] = []
        self._said = -1
        self._is_low = False
        self._foot_fits = True
        self._rule = 0
        """Where the line above the foot is."""
        self.title = Label(themes, tr("Exercises"), role="title_s", parent=self)
        self.cross = Button(
            themes, kind=ButtonKind.GHOST, icon="x", name=tr("Close exercises"), parent=self
        )
        self.cross.set_button_height(CROSS)
        self.search = LibrarySearch(themes, tr("Search exercises"), parent=self)
        self._chip_box = QWidget(self)
        self._chip_box.setAccessibleName(tr("Phase"))
        self.chips: dict[Chosen, Chip] = {
            chosen: PhaseChip(themes, text, parent=self._chip_box)
            for chosen, text in self._offered().items()
        }
        self._scroll = PageScroll(themes, self)
        self.rows = LibraryList(themes, figures, self._scroll)
        self._scroll.set_widget(self.rows)
        self.rows.set_before(self.chips[Special.YOURS])
        self.nothing = Label(themes, role="body", color="text_2", wraps=True, parent=self)
        self.nothing.hide()
        self.free = self._foot_button(tr("Free step"))
        self.free.setAccessibleDescription(tr("A step with a name of its own, 30 seconds"))
        self.new = self._foot_button(tr("New exercise…"))
        self.chips[None].setChecked(True)
        self._connect()
        self.refresh()

    @staticmethod
    def _offered() -> dict[Chosen, str]:
        return {
            None: tr("All"),
            **{phase: words.phase(phase) for phase in _PHASES},
            Special.YOURS: words.tr("Yours"),
        }

    def _foot_button(self, text: str) -> Button:
        return Button(self._themes, text, size=ButtonSize.SMALL, parent=self)

    def _connect(self) -> None:
        self.cross.clicked.connect(self.closed.emit)
        self.search.textChanged.connect(self._filter)
        self.search.entered.connect(self._enter)
        self.search.cancelled.connect(self.closed.emit)
        self.search.left_downwards.connect(self._go_down)
        self.search.focused.connect(self._start_over)
        for chip in self.chips.values():
            chip.toggled.connect(self._chip_toggled)
        self.rows.picked.connect(self.picked.emit)
        self.rows.dragged.connect(self.dragged.emit)
        self.rows.dropped.connect(self.dropped.emit)
        self.rows.drag_cancelled.connect(self.drag_cancelled.emit)
        self.rows.left_upwards.connect(self._go_up)
        self.rows.typed.connect(self._type)
        self.rows.erased.connect(self._erase)
        self.free.clicked.connect(self._add_free)
        self.new.clicked.connect(self._ask_new)
        self._model.checked.connect(self._look_again)
        self._themes.changed.connect(self._place)

    # What others may ask for

    def focus_search(self) -> None:
        """Put the cursor into the search; what stands there goes with the first letter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def refresh(self) -> None:
        """Read the library anew, where it is another one."""
        known = dict(self._model.exercises), self._own()
        if known == self._known:
            return
        had_focus = self.rows.has_focus()
        self._known = known
        self._entries = entries(*known)
        self.rows.forget(set(known[0]))
        has_own = any(entry.own for entry in self._entries)
        yours = self.chips[Special.YOURS]
        yours.setVisible(has_own)
        if yours.isChecked() and not has_own:
            self.chips[None].setChecked(True)
        current = self.rows.entries[self.rows.current] if self.rows.current >= 0 else None
        offset = self._scroll.offset
        self._filter()
        self._scroll.scroll_to(offset)
        at = next(
            (
                at
                for at, entry in enumerate(self.rows.entries)
                if current is not None and entry.exercise.id == current.exercise.id
            ),
            -1,
        )
        if at >= 0:
            self.rows.set_current(at)
        if had_focus and not self.rows.focus_current():
            self.focus_search()

    @Slot()
    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()

    # Searching

    @property
    def chosen(self) -> Chosen:
        return next((chosen for chosen, chip in self.chips.items() if chip.isChecked()), None)

    def _asks(self) -> bool:
        """Tell whether anything is asked for: only then is there a first of what was found."""
        return bool(self.search.text().strip()) or self.chosen is not None

    @Slot(bool)
    def _chip_toggled(self, checked: bool) -> None:  # noqa: FBT001  (Qt's own)
        if checked:
            self._filter()

    @Slot()
    def _filter(self) -> None:
        chosen = self.chosen
        kind = chosen if isinstance(chosen, Special) else None
        left = [
            entry
            for entry in found(self._entries, Filters(search=self.search.text(), kind=kind))
            if not isinstance(chosen, Phase) or entry.exercise.phase is chosen
        ]
        self.rows.list_entries(left, 0 if self._asks() else -1)
        self._place()
        self._announce(len(left))

    def _announce(self, count: int) -> None:
        if count != self._said:
            self._said = count
            if self.isVisible():
                announce(self, count_text(count) if count else self._nothing_text())

    def _nothing_text(self) -> str:
        text = self.search.text().strip()
        if text:
            return tr("Nothing matches “{search}”.").format(search=text)
        return tr("There is none of these.")

    @Slot()
    def _start_over(self) -> None:
        """Have Enter in the search add the first of what it found."""
        self.rows.set_current(0 if self._asks() and self.rows.entries else -1)

    @Slot()
    def _enter(self) -> None:
        self._start_over()
        if self.rows.pick_current():
            # The next name takes the place of this one.
            self.search.selectAll()

    @Slot()
    def _go_down(self) -> None:
        if not self.rows.focus_current():
            self.free.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _go_up(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.end(False)

    @Slot(str)
    def _type(self, text: str) -> None:
        self._go_up()
        self.search.insert(text)

    @Slot()
    def _erase(self) -> None:
        self._go_up()
        self.search.backspace()

    # What is in no library

    @Slot()
    def _add_free(self) -> None:
        name = self.search.text().strip() or tr("Free step")
        label = tr("Add free step")
        made = self._model.add_steps([Step(name=name, dose=TimeDose(FREE_MS))], label)
        if made:
            self.step_added.emit(made[-1])
            announce(self, tr("Added {what}").format(what=name))

    @Slot()
    def _ask_new(self) -> None:
        self.new_exercise_requested.emit(self.search.text().strip())

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # From a row, a chip or a button.
            if self.search.text():
                self.search.clear()
                self._go_up()
            else:
                self.closed.emit()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # Layout

    @Slot()
    def _place(self) -> None:
        theme, width = self._themes.theme, self.width()
        inner = width - 2 * PADDING
        field = max(FIELD, self.search.sizeHint().height())
        self._is_low = self.height() < LOW * theme.text_scale
        self.title.setVisible(not self._is_low)
        cross = width - 14 - CROSS
        if self._is_low:
            y = GAP
            self._put(self.search, PADDING, y, cross - 4 - PADDING, field)
            self._put(self.cross, cross, y + (field - CROSS) // 2, CROSS, CROSS)
        else:
            head = max(CROSS, theme.line_height("title_s"))
            self._put(self.title, PADDING, TOP, cross - PADDING - 8, head)
            self._put(self.cross, cross, TOP + (head - CROSS) // 2, CROSS, CROSS)
            y = TOP + head + 8
            self._put(self.search, PADDING, y, inner, field)
        y += field + GAP
        y += self._place_chips(y, inner) + GAP
        foot = self._foot_height(inner)
        is_empty = not self.rows.entries
        self.nothing.setVisible(is_empty)
        self._scroll.setVisible(not is_empty)
        if is_empty:
            self.nothing.setText(self._nothing_text())
            high = self.nothing.heightForWidth(inner)
            self._put(self.nothing, PADDING, y + GAP, inner, high)
            self._place_foot(y + GAP + high + 20, inner)
        else:
            self._rule = self.height() - foot - 2 * GAP
            self._put(self._scroll, 0, y, width, max(0, self._rule - y))
            self._place_foot(self._rule + GAP, inner)
        self.update()

    def _place_chips(self, y: int, inner: int) -> int:
        """Lay the chips out in as many rows as they need; return how high they are."""
        shown = [chip for chip in self.chips.values() if not chip.isHidden()]
        boxes: list[tuple[Chip, int, int, QSize]] = []
        x = top = high = 0
        for chip in shown:
            size = chip.sizeHint()
            if x and x + size.width() > inner:
                x, top = 0, top + size.height() + CHIP_ROWS_GAP
            boxes.append((chip, x, top, QSize(min(size.width(), inner), size.height())))
            x += size.width() + CHIP_GAP
            high = top + size.height()
        self._put(self._chip_box, PADDING, y, inner, high)
        for chip, left, below, size in boxes:
            if self._is_mirrored():
                left = inner - left - size.width()  # noqa: PLW2901  (the same, mirrored)
            chip.setGeometry(left, below, size.width(), size.height())
        return high

    def _foot_height(self, inner: int) -> int:
        sizes = [button.sizeHint() for button in (self.free, self.new)]
        self._foot_fits = sum(size.width() for size in sizes) + FOOT_GAP <= inner
        if self._foot_fits:
            return sizes[0].height()
        return sum(size.height() for size in sizes) + FOOT_GAP

    def _place_foot(self, y: int, inner: int) -> None:
        x = PADDING
        for button in (self.free, self.new):
            size = button.sizeHint()
            self._put(button, x, y, min(size.width(), inner), size.height())
            if self._foot_fits:
                x += size.width() + FOOT_GAP
            else:
                y += size.height() + FOOT_GAP

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _put(self, widget: QWidget, left: int, top: int, width: int, height: int) -> None:
        if self._is_mirrored():
            left = self.width() - left - width
        widget.setGeometry(left, top, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        if not self.nothing.isVisible():
            wide = self.width() - 2 * INSET
            painter.fillRect(QRectF(INSET, self._rule, wide, 1), theme.line)
