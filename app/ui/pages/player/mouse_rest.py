"""Notices that the mouse rests: pointer and top icons go, the controls stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.player_button import PlayerButton

REST_MS = 4_000


class MouseRest(QObject):
    def __init__(self, page: QWidget, icons: Sequence[PlayerButton]) -> None:
        super().__init__(page)
        self._page = page
        self._icons = tuple(icons)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.conceal)

    @property
    def is_concealed(self) -> bool:
        return self._page.cursor().shape() is Qt.CursorShape.BlankCursor

    @property
    def is_waiting(self) -> bool:
        """Whether pointer and icons will go, if the mouse stays as it is."""
        return self._timer.isActive()

    @Slot()
    def moved(self) -> None:
        """Show all again, and wait for the next rest."""
        if self.is_concealed:
            self._page.unsetCursor()
        for icon in self._icons:
            icon.conceal(False)
        self._timer.start()

    def stop(self) -> None:
        """Show all again, and stay so."""
        self.moved()
        self._timer.stop()

    @Slot()
    def conceal(self) -> None:
        if any(icon.underMouse() for icon in self._icons):
            return
        self._page.setCursor(Qt.CursorShape.BlankCursor)
        for icon in self._icons:
            icon.conceal(True)
