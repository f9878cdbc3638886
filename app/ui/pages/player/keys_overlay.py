"""The list of the player's keys, laid over the stage while the session goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from app.ui import keys
from app.ui.pages.player.keys import Action, pressed
from app.ui.pages.player.words import translate
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.key_list import KeyList

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.ui.theme import ThemeManager


def key_group() -> keys.KeyGroup:
    """Return the player's keys, and the two that mean something only here."""
    player = keys.player()
    score = translate("Player", "While getting ready: how tight your lower back is")
    return keys.KeyGroup(
        player.title,
        (
            *player.lines,
            keys.KeyLine(("0 - 9",), score),
            keys.KeyLine(("F1", "?"), translate("Player", "Show the keys")),
        ),
    )


class KeysOverlay(Dialog):
    """Keys keep their meaning while it is open; Esc and the keys that opened it close it."""

    def __init__(
        self, themes: ThemeManager, page: QWidget, perform: Callable[[QKeyEvent], None]
    ) -> None:
        super().__init__(themes, page, translate("Player", "Keys"))
        self._perform = perform
        self.body.addWidget(KeyList(themes, key_group(), tight=True))
        self._close = self.add_close()
        self._close.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear Space and the arrows before the focused button does, and no shortcut at all."""
        if watched is not self._close or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if pressed(event) is None:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() is QEvent.Type.KeyPress:
            self.keyPressEvent(event)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = pressed(event)
        if meant is None:
            super().keyPressEvent(event)
        elif meant.action in {Action.LEAVE, Action.KEYS}:
            self.reject()
        else:
            self._perform(event)
