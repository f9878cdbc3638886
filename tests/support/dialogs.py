"""What the tests of dialogs share: a window to open them in, keys as the window system sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.widgets.dialog import Dialog

NONE = Qt.KeyboardModifier.NoModifier


class HostWindow(QWidget):
    """A window with one field, which had the focus before a dialog is opened."""

    def __init__(self, qtbot: QtBot, size: tuple[int, int]) -> None:
        super().__init__()
        qtbot.addWidget(self)
        self.field = QLineEdit(self)
        self.heard: list[int] = []
        self.resize(*size)
        self.show()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> None:
        """Press a key where the focus is: first as a shortcut, then as a key."""
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            popup = QApplication.activePopupWidget()
            target = popup or self.focusWidget() or self
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))
        settle()

    def type(self, text: str) -> None:
        for letter in text:
            key = Qt.Key.Key_Return if letter == "\n" else Qt.Key.Key_unknown
            self.key(key, NONE, letter)


def settle() -> None:
    """Let everything be laid out, and closed dialogs be deleted."""
    for _ in range(4):
        QApplication.processEvents()


def place(widget: QWidget, inside: QWidget) -> QRect:
    """Return where a widget is in another one that holds it."""
    return QRect(widget.mapTo(inside, widget.rect().topLeft()), widget.size())


def assert_it_fits(dialog: Dialog) -> None:
    """Check that the card is in the window, and no stop of the keyboard sticks out at its sides."""
    card = dialog._card
    assert dialog.rect().contains(card.geometry())
    for stop in dialog.stops():
        box = place(stop, card)
        assert box.left() >= 0, stop
        assert box.right() < card.width(), stop
        assert stop.width() >= min(stop.minimumSizeHint().width(), card.width()), stop
