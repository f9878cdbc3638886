"""A name that is edited where it stands: a field of its size, taken by Enter, reverted by Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit

from app.ui import _tokens as tokens
from app.ui.widgets.paint import panel

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

PADDING: Final = 10
"""From the border to the text, in pixels."""
_CARET: Final = 4
_STAYS: Final = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})


class InlineEdit(QLineEdit):
    """Tells of every letter. Undo and redo are left to the page, so that they are one history."""

    typed = cast("TypedSignal[str]", Signal(str))
    finished = cast("TypedSignal[bool]", Signal(bool))
    """Whether what was typed stays. It comes once for each start."""

    def __init__(
        self, themes: ThemeManager, *, role: str, name: str, most: int, parent: QWidget
    ) -> None:
        """`most` is how many characters fit into a file."""
        super().__init__(parent)
        self._themes = themes
        self._role = role
        self._is_open = False
        self.left_by_key = False
        """It was closed by Enter or Esc: the focus is to go back to where it came from."""
        self.setMaxLength(most)
        self.setAccessibleName(name)
        self.setFrame(False)
        self.setTextMargins(PADDING - 2, 0, PADDING - 2, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.hide()
        self.textEdited.connect(self._tell)
        self._restyle()
        themes.changed.connect(self._restyle)

    @property
    def is_open(self) -> bool:
        return self._is_open

    def start(self, text: str) -> None:
        """Show the field with a text, all of it selected."""
        self._is_open = True
        self.setText(text)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def show_text(self, text: str) -> None:
        """Show what the name is by now, as after undo."""
        if self._is_open and text != self.text():
            self.setText(text)

    def finish(self, *, keep: bool) -> None:
        if self._is_open:
            self._is_open = False
            self.left_by_key = self.hasFocus()
            self.hide()
            self.finished.emit(keep)

    def wanted_width(self) -> int:
        """Return the width that shows the whole text, in pixels."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return round(width) + 2 * PADDING + _CARET

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_enter(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        elif _is_history(event) or _is_enter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)
            # What is no use to a field is none to the list around it: it has keys of its own.
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.finish(keep=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        box, radius = QRectF(self.rect()), tokens.RADIUS["field"]
        panel(painter, box, radius, theme.surface, theme.ink)
        panel(painter, box.adjusted(1, 1, -1, -1), radius - 1, None, theme.ink)
        painter.end()
        super().paintEvent(event)

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.typed.emit(text)

    @Slot()
    def _restyle(self) -> None:
        theme = self._themes.theme
        self.setFont(theme.font(self._role))
        palette = QPalette(self.palette())
        role = QPalette.ColorRole
        palette.setColor(role.Base, Qt.GlobalColor.transparent)
        palette.setColor(role.Text, theme.text)
        palette.setColor(role.Highlight, theme.ink)
        palette.setColor(role.HighlightedText, theme.on_ink)
        self.setPalette(palette)
        self.update()


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def _is_history(event: QKeyEvent) -> bool:
    return (
        event.matches(QKeySequence.StandardKey.Undo)
        or event.matches(QKeySequence.StandardKey.Redo)
        or (
            event.key() == Qt.Key.Key_Y
            and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        )
    )
