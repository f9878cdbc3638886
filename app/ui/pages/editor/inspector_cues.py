"""The inspector's cues of a step: lines that are written, moved and removed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.ui.icons import icon
from app.ui.pages.editor.inspector_fields import TextLine, mixed
from app.ui.pages.editor.words import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent, QIcon, QKeyEvent

    from app.ui.pages.editor.inspector_fields import Mixed
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

CUES_MAX, CUE_LENGTH = 4, 90
_ICON: Final = 18
_LEAST_LINES: Final = 2
_BY: Final = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class CueLine(TextLine):
    """One cue. What can be done with it shows at its end while the mouse or the focus is here."""

    moved = cast("TypedSignal[int]", Signal(int))
    """Up (-1) or down (1)."""
    removed = cast("TypedSignal[()]", Signal())
    entered = cast("TypedSignal[()]", Signal())
    """It has the focus now."""
    left = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, number: int) -> None:
        """Count `number` from 1."""
        super().__init__(themes, tr("Cue {number}").format(number=number), most=CUE_LENGTH)
        self.setAccessibleDescription(tr("Alt+Up and Alt+Down move it."))
        self._is_first = number == 1
        self._actions: tuple[QAction, QAction] | None = None
        self.textChanged.connect(self._offer)
        themes.changed.connect(self._recolor)

    @property
    def offered(self) -> tuple[QAction, ...]:
        """What is shown at its end: move up, remove."""
        return tuple(action for action in self._actions or () if action.isVisible())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _BY and modifiers == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(_BY[event.key()])
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._offer()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._offer()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._offer()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @Slot()
    def _offer(self) -> None:
        wanted = self.isEnabled() and bool(self.text()) and (self.underMouse() or self.hasFocus())
        if self._actions is None:
            if not wanted:
                return
            self._actions = self._made()
        up, remove = self._actions
        up.setVisible(wanted and not self._is_first)
        remove.setVisible(wanted)

    def _made(self) -> tuple[QAction, QAction]:
        ends = QLineEdit.ActionPosition.TrailingPosition
        # The first one stands at the very end.
        remove, up = (self.addAction(self._icon(name), ends) for name in ("x", "chevron-up"))
        remove.setToolTip(tr("Remove cue"))
        remove.triggered.connect(self.removed.emit)
        up.setToolTip(tr("Move up"))
        up.triggered.connect(partial(self.moved.emit, -1))
        return up, remove

    def _icon(self, name: str) -> QIcon:
        return icon(name, _ICON, self._themes.theme.text_2, self.devicePixelRatioF())

    @Slot()
    def _recolor(self) -> None:
        for action, name in zip(self._actions or (), ("chevron-up", "x"), strict=False):
            action.setIcon(self._icon(name))


class CueFields(QWidget):
    """A line for each cue, and one for the next.

    The exercise's own show through as long as there are no others; they are there to be changed
    as soon as one comes to them, and stay the exercise's as long as nothing is changed.
    """

    edited = cast("TypedSignal[tuple[str, ...] | None]", Signal(object))
    """They are written."""
    arranged = cast("TypedSignal[tuple[str, ...] | None]", Signal(object))
    """One was moved or removed."""
    resized = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._own: tuple[str, ...] = ()
        self._shines_through = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.lines = tuple(CueLine(themes, number) for number in range(1, CUES_MAX + 1))
        for number, line in enumerate(self.lines):
            column.addWidget(line)
            line.written.connect(self._tell)
            line.moved.connect(partial(self._move, number))
            line.removed.connect(partial(self._remove, number))
            line.entered.connect(self._adopt)
            line.left.connect(self._let_go)

    def show_cues(self, cues: tuple[str, ...] | Mixed | None, own: tuple[str, ...] = ()) -> None:
        """Show a step's cues; None where it has none, and the exercise's `own` hold."""
        self._own = own
        self._shines_through = cues is None
        said = self._cues()
        texts = cues if isinstance(cues, tuple) else ()
        if cues is None and said and self._has_focus():
            # Where they are being changed they are there as text.
            texts = own
        if texts != said:
            self._write(texts)
        is_mixed = not self._shines_through and not isinstance(cues, tuple)
        for number, line in enumerate(self.lines):
            hint = tr("Cue {number}").format(number=number + 1)
            if self._shines_through and number < len(own):
                hint = own[number]
            line.show_value(line.text(), mixed() if is_mixed else hint)
        self._show_lines()

    def _show_lines(self) -> None:
        """Show the lines that say something, and the next one."""
        filled = [number for number, line in enumerate(self.lines) if line.text()]
        through = len(self._own) if self._shines_through else 0
        wanted = max(_LEAST_LINES, (filled[-1] if filled else -1) + 2, through)
        changed = False
        for number, line in enumerate(self.lines):
            if line.isHidden() is (number < wanted):
                line.setVisible(number < wanted)
                changed = True
        if changed:
            self.resized.emit()

    def _write(self, texts: tuple[str, ...]) -> None:
        for number, line in enumerate(self.lines):
            line.show_value(texts[number] if number < len(texts) else "")

    def _cues(self) -> tuple[str, ...]:
        return tuple(line.text() for line in self.lines if line.text().strip())

    def _has_focus(self) -> bool:
        return QApplication.focusWidget() in self.lines

    def _told(self, cues: tuple[str, ...]) -> tuple[str, ...] | None:
        return None if cues in {(), self._own} else cues

    @Slot()
    def _adopt(self) -> None:
        """Have the exercise's own as text, to be changed."""
        if self._shines_through and self._own and not self._cues():
            self._write(self._own)
            self._show_lines()

    @Slot()
    def _let_go(self) -> None:
        if self._shines_through and not self._has_focus() and self._cues() == self._own:
            self._write(())
            self._show_lines()

    @Slot(str)
    def _tell(self, _text: str) -> None:
        self.edited.emit(self._told(self._cues()))
        self._show_lines()

    def _place(self, number: int) -> int:
        """Return which of the cues a line has, counted from 0; blank lines have none."""
        return sum(1 for line in self.lines[:number] if line.text().strip())

    def _move(self, number: int, by: int) -> None:
        cues, at = list(self._cues()), self._place(number)
        to = at + by
        if self.lines[number].text().strip() and 0 <= to < len(cues):
            cues[at], cues[to] = cues[to], cues[at]
            self._arrange(tuple(cues), to)

    def _remove(self, number: int) -> None:
        cues, at = list(self._cues()), self._place(number)
        if self.lines[number].text().strip():
            del cues[at]
            self._arrange(tuple(cues), min(at, len(cues)))

    def _arrange(self, cues: tuple[str, ...], focus: int) -> None:
        self._write(cues)
        self.arranged.emit(self._told(cues))
        self._show_lines()
        self.lines[focus].setFocus(Qt.FocusReason.OtherFocusReason)
