"""The inspector's controls: they tell of each change at once, and can show mixed values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui import _tokens as tokens
from app.ui.pages.editor.dialogs.text_area import TextArea
from app.ui.pages.editor.words import tr
from app.ui.widgets.label import Label
from app.ui.widgets.paint import panel
from app.ui.widgets.select import Select
from app.ui.widgets.text_field import TextField
from app.ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme, ThemeManager


class Mixed:
    """The one value that stands for several."""

    def __repr__(self) -> str:
        return "MIXED"


MIXED: Final = Mixed()
"""What is shown where the selected parts differ."""

_STAYS: Final = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
_ENTER: Final = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)})
_OF_A_LINE: Final = frozenset(
    {*_ENTER, *(int(key) for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete))}
)
"""Keys that a line of text has no use for and that are none of the list's while it is typed."""


def mixed() -> str:
    return tr("Mixed")


class FieldKeys(QObject):
    """Leaves undo and redo to the page, so that they are one history; tells when a field is left."""

    left = cast("TypedSignal[()]", Signal())

    def watch(self, field: QWidget) -> None:
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            if isinstance(event, QKeyEvent) and _is_history(event):
                event.ignore()
                return True
        elif (
            kind == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in _STAYS
        ):
            self.left.emit()
        return False


def _is_history(event: QKeyEvent) -> bool:
    standard = QKeySequence.StandardKey
    ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return (
        event.matches(standard.Undo)
        or event.matches(standard.Redo)
        or (ctrl and event.key() in {Qt.Key.Key_Y, Qt.Key.Key_Z})
    )


def frame(field: QWidget, theme: Theme, *, bad: bool) -> None:
    """Draw over a field's border: danger where its value cannot stay, a hairline where it is off."""
    if not bad and field.isEnabled():
        return
    painter, box, radius = QPainter(field), QRectF(field.rect()), float(tokens.RADIUS["field"])
    if not field.isEnabled():
        panel(painter, box, radius, None, theme.surface)
        panel(painter, box, radius, None, theme.line)
    if bad:
        panel(painter, box, radius, None, theme.danger)
        panel(painter, box.adjusted(1, 1, -1, -1), radius - 1, None, theme.danger)


class TextLine(TextField):
    """A line of text. `written` tells of each letter."""

    written = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self, themes: ThemeManager, name: str, *, most: int, placeholder: str = ""
    ) -> None:
        """`most` is how many characters fit into a file."""
        super().__init__(themes, name=name)
        self._hint = placeholder
        self._bad = False
        self.setMaxLength(most)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self.written.emit)

    def show_value(self, value: str | Mixed, hint: str | None = None) -> None:
        """Show a text, or that there are several; `hint` is shown in place of an empty one."""
        if hint is not None:
            self._hint = hint
        wanted = mixed() if isinstance(value, Mixed) else self._hint
        if wanted != self.placeholderText():
            self.setPlaceholderText(wanted)
        text = "" if isinstance(value, Mixed) else value
        if text != self.text():
            self.setText(text)

    def set_bad(self, bad: bool) -> None:  # noqa: FBT001  (a plain setter)
        if bad != self._bad:
            self._bad = bad
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in _OF_A_LINE and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frame(self, self._themes.theme, bad=self._bad)


class TextBox(TextArea):
    """A text that wraps. It is one line of a file, or a list with an entry in each line."""

    written = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self, themes: ThemeManager, name: str, *, lines: int, is_list: bool = False
    ) -> None:
        super().__init__(themes, name=name, lines=lines)
        self._is_list = is_list
        self._bad = False
        self._is_shown = False
        self.edit.textChanged.connect(self._tell)
        self.edit.installEventFilter(self)

    def show_value(self, value: str | Mixed) -> None:
        hint = mixed() if isinstance(value, Mixed) else ""
        if hint != self.edit.placeholderText():
            self.edit.setPlaceholderText(hint)
        text = "" if isinstance(value, Mixed) else value
        if text != self._said():
            self._is_shown = True
            self.set_text(text)
            self._is_shown = False

    def set_bad(self, bad: bool) -> None:  # noqa: FBT001  (a plain setter)
        if bad != self._bad:
            self._bad = bad
            self.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let Enter begin a new line only where there may be several."""
        if self._is_list or not isinstance(event, QKeyEvent) or event.key() not in _ENTER:
            return False
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.type() != QEvent.Type.KeyPress:
            return False
        event.setAccepted(not ctrl)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frame(self, self._themes.theme, bad=self._bad)

    def _said(self) -> str:
        text = self.text()
        if self._is_list:
            return "\n".join(line.strip() for line in text.split("\n") if line.strip())
        # What was pasted in several lines.
        return text.replace("\n", " ")

    @Slot()
    def _tell(self) -> None:
        if not self._is_shown:
            self.written.emit(self._said())


class PickSelect(Select):
    """One of a few values. `picked` tells what the user chose."""

    picked = cast("TypedSignal[object]", Signal(object))

    def __init__(
        self, themes: ThemeManager, name: str, choices: Sequence[tuple[object, str]]
    ) -> None:
        """Take each value with its text."""
        super().__init__(themes, [text for _, text in choices], name=name)
        self._values = [value for value, _ in choices]
        self._bad = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._tell)

    def show_value(self, value: object) -> None:
        index = self._values.index(value) if value in self._values else -1
        if index != self.currentIndex():
            self.setCurrentIndex(index)
            self.update()

    def set_text_of(self, value: object, text: str) -> None:
        """Call a value something else."""
        index = self._values.index(value)
        if self.itemText(index) != text:
            self.setItemText(index, text)

    def set_bad(self, bad: bool) -> None:  # noqa: FBT001  (a plain setter)
        if bad != self._bad:
            self._bad = bad
            self.update()

    def currentText(self) -> str:  # noqa: N802  (Qt's own)
        return super().currentText() if self.currentIndex() >= 0 else mixed()

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frame(self, self._themes.theme, bad=self._bad)

    @Slot(int)
    def _tell(self, index: int) -> None:
        if index >= 0:
            self.picked.emit(self._values[index])


class ToggleRow(QWidget):
    """A line of text with a switch at its end. `switched` tells what the user chose."""

    switched = cast("TypedSignal[bool]", Signal(bool))

    def __init__(self, themes: ThemeManager, name: str) -> None:
        super().__init__()
        self._name = name
        self._label = Label(themes, name, role="body", wraps=True)
        self._state = Label(themes, role="small", color="text_2")
        self.toggle = Toggle(themes, name)
        self.setFocusProxy(self.toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._label, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.toggle)
        self._state.hide()
        self.toggle.clicked.connect(self._tell)

    def show_value(self, value: bool | Mixed) -> None:  # noqa: FBT001  (what it shows)
        is_mixed = isinstance(value, Mixed)
        if is_mixed != bool(self._state.text()):
            self._state.setText(mixed() if is_mixed else "")
            self._state.setVisible(is_mixed)
            self.toggle.set_name(f"{self._name}, {mixed().lower()}" if is_mixed else self._name)
        wanted = not is_mixed and bool(value)
        if wanted != self.toggle.isChecked():
            self.toggle.setChecked(wanted)

    @Slot(bool)
    def _tell(self, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self.switched.emit(on)

    def set_bad(self, bad: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Change nothing: a switch has no border; the sentence below it is enough."""
