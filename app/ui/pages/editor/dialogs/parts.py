"""The pieces that the editor's dialogs are made of: fields with messages, ways to go, chips that wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.theme import line_baseline, mix
from app.ui.widgets.accessible import announce
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.fade import Fade
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.label import Label
from app.ui.widgets.paint import panel, text_at, text_centered, text_width
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.text_fit import balance, wrap

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from app.ui.theme import ThemeManager

_MESSAGE_ICON, _MESSAGE_GAP = 16, 8
_LABEL_GAP: Final = 6
_CHIP_ICON, _CHIP_ICON_GAP, _CHIP_PADDING, _CHIP_HEIGHT = 16, 6, 14, 40
_WAY_PADDING, _WAY_ICON, _WAY_GAP = 12, 22, 8


class FormDialog(Dialog):
    """A dialog whose parts come and go while it is open."""

    def refit(self) -> None:
        """Be as high as what it shows now."""
        self._place_card()

    def reveal(self, part: QWidget) -> None:
        """Scroll to a part that may have been shown just now."""
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        self._scroll.ensure_visible(part)

    def stops(self) -> list[QWidget]:
        # The field inside of a stepper hands its focus back to it, and Tab would never leave.
        return [stop for stop in super().stops() if stop.focusProxy() is None]

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001  (Qt's own)
        moved = super().focusNextPrevChild(forward)
        focus = self.focusWidget()
        if focus is not None:
            self._scroll.ensure_visible(focus)
        return moved

    @property
    def host(self) -> QWidget:
        """The window it lies in, where a dialog of its own goes too."""
        return self._host


class DialogSearch(SearchField):
    """Esc empties it; empty, Esc is the dialog's, which would else lose the keyboard."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.text():
            event.ignore()
            return
        super().keyPressEvent(event)


class Message(QWidget):
    """What has to be mended in the field above it, or a hint; it takes no room without a text."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._text = ""
        self._is_problem = True
        # A fixed height would be that of a single line.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()
        themes.changed.connect(self._restyle)

    @property
    def text(self) -> str:
        return self._text

    @property
    def is_problem(self) -> bool:
        """Whether it keeps the form from being taken."""
        return bool(self._text) and self._is_problem

    def show_text(self, text: str, *, problem: bool = True) -> None:
        if (text, problem) == (self._text, self._is_problem):
            return
        self._text, self._is_problem = text, problem
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()
        if problem:
            announce(self, text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = max(1, len(self._lines(width)))
        return lines * self._themes.theme.line_height("small")

    def sizeHint(self) -> QSize:
        return QSize(160, self._themes.theme.line_height("small"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _lines(self, width: int) -> list[str]:
        font = self._themes.theme.font("small")
        room = width - _MESSAGE_ICON - _MESSAGE_GAP
        return wrap(self._text, room, QFontMetricsF(font).horizontalAdvance)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        color = theme.danger if self._is_problem else theme.text_2
        font, high = theme.font("small"), theme.line_height("small")
        painter = QPainter(self)
        icon = QRectF(0, round((high - _MESSAGE_ICON) / 2), _MESSAGE_ICON, _MESSAGE_ICON)
        paint_icon(painter, "circle-alert" if self._is_problem else "info", icon, color)
        painter.setFont(font)
        painter.setPen(color)
        for number, line in enumerate(self._lines(self.width())):
            base = round(line_baseline(font, number * high, high))
            painter.drawText(QPoint(_MESSAGE_ICON + _MESSAGE_GAP, base), line)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class Field(QWidget):
    """A label, what is filled in, and what is wrong with that."""

    def __init__(
        self, themes: ThemeManager, label: str, *controls: QWidget, note: str = ""
    ) -> None:
        super().__init__()
        self.label = Label(themes, label, role="label", wraps=True, parent=self)
        self.message = Message(themes, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_LABEL_GAP)
        column.addWidget(self.label)
        for control in controls:
            column.addWidget(control)
        if note:
            column.addWidget(Label(themes, note, role="small", color="text_2", wraps=True))
        column.addWidget(self.message)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_problem(self, text: str) -> None:
        self.message.show_text(text)

    def show_hint(self, text: str) -> None:
        self.message.show_text(text, problem=False)


class Flow(QWidget):
    """Puts its parts beside one another, and goes on in the next line where there is no room."""

    def __init__(self, name: str = "", *, gap: int = 8) -> None:
        super().__init__()
        self._gap = gap
        self._parts: list[QWidget] = []
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget) -> None:
        part.setParent(self)
        self._parts.append(part)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(320, self._place(max(320, self.width()), move=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def _place(self, width: int, *, move: bool) -> int:
        x = y = high = 0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for part in self._parts:
            size = part.sizeHint()
            wide = min(size.width(), width)
            if x and x + wide > width:
                x, y, high = 0, y + high + self._gap, 0
            if move:
                left = width - x - wide if mirrored else x
                part.setGeometry(left, y, wide, size.height())
            x += wide + self._gap
            high = max(high, size.height())
        return y + high


class CheckChip(QCheckBox):
    """A pill that is ink while it is on; any number of them may be."""

    def __init__(
        self, themes: ThemeManager, text: str, *, icon: str | None = None, parent: QWidget
    ) -> None:
        super().__init__(text, parent)
        self._themes = themes
        self._icon = icon
        self._hover = Fade(self)
        self._ring = FocusRing(self, themes, self._shape)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._restyle)

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), self.height() / 2)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        width = text_width(theme.font("label"), self.text())
        if self._icon is not None:
            width += _CHIP_ICON + _CHIP_ICON_GAP
        return QSize(round(width) + 2 * _CHIP_PADDING, theme.control(_CHIP_HEIGHT, "label"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover.to(1.0, self._themes.theme.motion("hover"))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover.to(0.0, self._themes.theme.motion("hover"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, on = self._themes.theme, self.isChecked()
        painter = QPainter(self)
        border = None if on else mix(theme.line, theme.line_strong, self._hover.value)
        fill = theme.ink if on else theme.surface
        panel(painter, QRectF(self.rect()), self.height() / 2, fill, border)
        color = theme.on_ink if on else theme.text_2
        x, middle = float(_CHIP_PADDING), self.height() / 2
        if self._icon is not None:
            top = round(middle - _CHIP_ICON / 2)
            name = "check" if on else self._icon
            paint_icon(painter, name, QRectF(x, top, _CHIP_ICON, _CHIP_ICON), color)
            x += _CHIP_ICON + _CHIP_ICON_GAP
        text_at(painter, theme.font("label"), color, (x, middle), self.text())

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self._ring.refresh()
        self.update()


class Way(QRadioButton):
    """One of a few ways to go on, as a tile."""

    def __init__(self, themes: ThemeManager, title: str, *, icon: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._themes = themes
        self._icon = icon
        self._hover = Fade(self)
        self._ring = FocusRing(self, themes, self._shape)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        themes.changed.connect(self._restyle)

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), tokens.RADIUS["button"])

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        text = len(self._lines(width)) * self._themes.theme.line_height("label")
        return 2 * _WAY_PADDING + _WAY_ICON + _WAY_GAP + text

    def sizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.heightForWidth(max(96, self.width())))

    def _lines(self, width: int) -> list[str]:
        font = self._themes.theme.font("label")
        return balance(self.text(), width - 2 * _WAY_PADDING, QFontMetricsF(font).horizontalAdvance)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover.to(1.0, self._themes.theme.motion("hover"))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover.to(0.0, self._themes.theme.motion("hover"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, on = self._themes.theme, self.isChecked()
        painter = QPainter(self)
        box, radius = QRectF(self.rect()), float(tokens.RADIUS["button"])
        panel(painter, box, radius, theme.surface, None)
        width = 2 if on else 1
        resting = mix(theme.line, theme.line_strong, self._hover.value)
        painter.setPen(QPen(theme.ink if on else resting, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width / 2
        inner = box.adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(inner, radius - inset, radius - inset)
        left = round((self.width() - _WAY_ICON) / 2)
        color = theme.text if on else theme.text_2
        paint_icon(painter, self._icon, QRectF(left, _WAY_PADDING, _WAY_ICON, _WAY_ICON), color)
        font, high = theme.font("label"), theme.line_height("label")
        y = _WAY_PADDING + _WAY_ICON + _WAY_GAP + high / 2
        for line in self._lines(self.width()):
            text_centered(painter, font, color, (self.width() / 2, y), line)
            y += high

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self._ring.refresh()
        self.update()
