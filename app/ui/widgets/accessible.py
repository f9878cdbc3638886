"""Roles and live names for hand-painted widgets, and announcements for screen readers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject


class SpokenWidget(QWidget):
    """A painted widget that says what it is, and what it shows at the moment it is asked."""

    def __init__(self, role: QAccessible.Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spoken_role = role
        self._spoken: Callable[[], str] | None = None
        install_roles()

    def set_spoken(self, spoken: Callable[[], str]) -> None:
        """Take the accessible name from `spoken`, each time it is asked for."""
        self._spoken = spoken

    def spoken(self) -> str:
        return self._spoken() if self._spoken is not None else self.accessibleName()


class _SpokenInterface(QAccessibleWidget):
    def __init__(self, widget: SpokenWidget) -> None:
        super().__init__(widget, widget.spoken_role)
        self._shown = widget

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            return self._shown.spoken()
        return super().text(kind)


def _interface(_key: str, target: QObject) -> QAccessibleInterface | None:
    return _SpokenInterface(target) if isinstance(target, SpokenWidget) else None


@cache
def install_roles() -> None:
    """Teach Qt the roles of `SpokenWidget`s; it asks only while a screen reader listens."""
    QAccessible.installFactory(_interface)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say something now; nothing happens without one."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
