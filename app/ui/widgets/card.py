"""What is pressed as a whole, a card or a row: hover, focus ring, Enter; subclasses paint it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui import _tokens as tokens
from app.ui.widgets.fade import Fade
from app.ui.widgets.focus_ring import FocusRing, FocusShape

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent

    from app.ui.theme import ThemeManager

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class CardBase(QPushButton):
    """Arrow keys are its parent's: a button would move the focus as Tab does."""

    def __init__(
        self, themes: ThemeManager, parent: QWidget, *, painted: QWidget | None = None
    ) -> None:
        """`painted` is the widget that shows the hover, where it is not this one."""
        super().__init__(parent)
        self.themes = themes
        self.hover = Fade(painted or self)
        self.ring = FocusRing(self, themes, self._shape)
        themes.changed.connect(self.update)

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), tokens.RADIUS["card"])

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.hover.to(1.0, self.themes.theme.motion("hover"))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hover.to(0.0, self.themes.theme.motion("hover"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.ring.focus_out(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
            return
        if event.key() in ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)
