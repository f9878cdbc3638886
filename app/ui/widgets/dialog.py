"""A dialog that lies in the window over a scrim: it keeps the focus and gives it back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import ThemeManager
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.label import Label
from app.ui.widgets.paint import panel
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, RADIUS, PADDING, EDGE = 520, 24, 32, 24
_RING, _BAR = 4, 16
_SHADOW_BLUR, _SHADOW_DROP, _SHADOW_OPACITY = 32, 12, 0.18


def paint_shadow(painter: QPainter, box: QRectF, radius: float) -> None:
    """Draw the one shadow of the design (0 12 32, 18 % black) under a box."""
    painter.setPen(Qt.PenStyle.NoPen)
    step = 2
    layers = _SHADOW_BLUR // step
    shade = QColor(0, 0, 0)
    shade.setAlphaF(_SHADOW_OPACITY * 1.6 / layers)
    painter.setBrush(shade)
    for layer in range(layers):
        out = _SHADOW_BLUR / 2 - layer * step * 0.75
        grown = box.adjusted(-out, -out, out, out).translated(0, _SHADOW_DROP)
        painter.drawRoundedRect(grown, radius + out, radius + out)


class _Card(QWidget):
    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        border = theme.line if theme.dark or theme.high_contrast else None
        panel(QPainter(self), QRectF(self.rect()), RADIUS, theme.surface, border)


class Dialog(QDialog):
    """Fill `body`, then `add_buttons`, then `open`. Esc rejects it, Enter is the primary.

    It deletes itself when it is closed; `accepted` and `rejected` tell how.
    """

    def __init__(
        self, themes: ThemeManager, window: QWidget, title: str, *, width: int = WIDTH
    ) -> None:
        super().__init__(window)
        self.themes = themes
        self._host = window
        self._width = width
        self._before: QWidget | None = None
        self._primary: QPushButton | None = None
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self._card = _Card(themes, self)
        outer = QVBoxLayout(self._card)
        # What scrolls is wider than the text: rings and the bar stand beside it.
        outer.setContentsMargins(PADDING - _RING, PADDING, PADDING - _BAR, PADDING)
        outer.setSpacing(16)
        self._title = Label(themes, title, role="title_m", wraps=True, parent=self._card)
        head = QHBoxLayout()
        head.setContentsMargins(_RING, 0, _BAR, 0)
        head.addWidget(self._title)
        outer.addLayout(head)
        self._scroll = PageScroll(themes, self._card)
        self._content = content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(_RING, 0, _BAR, _RING)
        self.body.setSpacing(8)
        self._scroll.set_widget(content, by_layout=True)
        outer.addWidget(self._scroll, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(_RING, 0, _BAR, 0)
        self._buttons.setSpacing(12)
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        window.installEventFilter(self)
        themes.changed.connect(self.update)

    def add_text(self, text: str, *, color: str = "text_2") -> Label:
        """Add a paragraph."""
        label = Label(self.themes, text, color=color, wraps=True)
        self.body.addWidget(label)
        return label

    def add_button(
        self, text: str, *, kind: ButtonKind = ButtonKind.SECONDARY, icon: str | None = None
    ) -> Button:
        """Add a button at the right end; a primary one is what Enter presses."""
        button = Button(self.themes, text, kind=kind, icon=icon, parent=self._card)
        button.setAutoDefault(False)
        self._buttons.addWidget(button)
        if kind is ButtonKind.PRIMARY or self._primary is None:
            self._primary = button
        return button

    def add_close(self, text: str = "") -> Button:
        """Add a button that only closes."""
        button = self.add_button(text or self.tr("Close"), kind=ButtonKind.GHOST)
        button.clicked.connect(self.reject)
        return button

    def stack_buttons(self) -> None:
        """Put the buttons below one another, for long words."""
        self._buttons.setDirection(QBoxLayout.Direction.BottomToTop)

    def open(self) -> None:
        """Show it over the window and take the focus."""
        self._before = self._host.focusWidget()
        self._cover()
        self.show()
        self.raise_()
        self._cover()
        if self._primary is not None:
            self._primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        self._host.removeEventFilter(self)
        before = self._before
        super().done(result)
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001  (Qt's own)
        stops = self.stops()
        if not stops:
            return True
        current = self.focusWidget()
        now = stops.index(current) if current in stops else -1
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(now + step) % len(stops)].setFocus(reason)
        return True

    def stops(self) -> "Sequence[QWidget]":
        """Return what Tab visits, in order."""
        return [
            child
            for child in self._card.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and child.isVisibleTo(self)
            and child.isEnabled()
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._primary is not None:
            self._primary.click()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
            return
        # Nothing behind the scrim hears a key.
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_card()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.themes.theme.scrim)
        paint_shadow(painter, QRectF(self._card.geometry()), RADIUS)

    @Slot()
    def _cover(self) -> None:
        self.setGeometry(self._host.rect())
        self._place_card()

    def _place_card(self) -> None:
        width = min(self._width, self.width() - 2 * EDGE)
        inner = width - 2 * PADDING + _RING + _BAR
        content = self._content
        height = content.heightForWidth(inner) if content.hasHeightForWidth() else -1
        wanted = max(height, content.sizeHint().height() if height < 0 else height)
        title = self._title.heightForWidth(width - 2 * PADDING)
        fixed = title + self._buttons.sizeHint().height() + 2 * PADDING + 2 * 16
        total = min(fixed + wanted, self.height() - 2 * EDGE)
        self._card.setGeometry(
            (self.width() - width) // 2, (self.height() - total) // 2, width, total
        )


def close_dialogs(window: QWidget) -> None:
    """Close what lies over a window, as when a session starts."""
    for child in window.findChildren(Dialog):
        child.reject()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
