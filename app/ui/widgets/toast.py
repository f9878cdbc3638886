"""A line at the bottom that says what happened and offers to take it back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QTimer, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from app.ui import _tokens as tokens
from app.ui.theme import Theme, ThemeManager, alpha
from app.ui.widgets.buttons import Button, ButtonLook
from app.ui.widgets.paint import elided, panel, text_at, text_width

SHOWN_MS = 6_000
HEIGHT, PADDING, GAP, RISE = 56, 20, 16, 24


def _look(theme: Theme) -> ButtonLook:
    return ButtonLook(
        fill=None, text=theme.on_ink, hover_fill=alpha(theme.on_ink, 0.14), ring=theme.on_ink
    )


class Toast(QWidget):
    """One toast for a window; a new text takes the place of the old one."""

    def __init__(self, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(window)
        self._themes = themes
        self._host = window
        self._text = ""
        self._action: Callable[[], object] | None = None
        self._left_ms = SHOWN_MS
        self._rise = RISE
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.button = Button(themes, " ", look=_look, parent=self)
        self.button.clicked.connect(self._act)
        self.hide()
        window.installEventFilter(self)
        themes.changed.connect(self._place)

    @property
    def text(self) -> str:
        return self._text

    def say(
        self, text: str, *, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show a text for six seconds, with at most one action."""
        self._text = text
        self._action = action
        self.button.setText(action_text)
        self.button.setVisible(action is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._timer.start(SHOWN_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def set_rise(self, rise: int) -> None:
        """Stand so many pixels over the window's bottom, clear of what must not be covered."""
        self._rise = rise
        self._place()

    def dismiss(self) -> None:
        self._timer.stop()
        self.hide()

    def sizeHint(self) -> QSize:
        font = self._themes.theme.font("body", weight=500)
        width = PADDING + text_width(font, self._text) + PADDING
        if self._action is not None:
            width += GAP - 12 + self.button.sizeHint().width() - 8
        return QSize(round(width + 0.5), self._themes.theme.control(HEIGHT))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._left_ms = max(1_000, self._timer.remainingTime())
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start(self._left_ms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["button"] + 4, theme.ink, None)
        font = theme.font("body", weight=500)
        room = self.width() - 2 * PADDING
        if self._action is not None:
            room = self.button.x() - PADDING - 4
        text = elided(font, self._text, room)
        text_at(painter, font, theme.on_ink, (PADDING, self.height() / 2), text)

    @Slot()
    def _place(self) -> None:
        size = self.sizeHint()
        width = min(size.width(), self._host.width() - 2 * RISE)
        self.setGeometry(
            (self._host.width() - width) // 2,
            self._host.height() - self._rise - size.height(),
            width,
            size.height(),
        )
        wanted = self.button.sizeHint()
        self.button.setGeometry(
            width - 8 - wanted.width(),
            (size.height() - wanted.height()) // 2,
            wanted.width(),
            wanted.height(),
        )
        self.update()

    @Slot()
    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()
