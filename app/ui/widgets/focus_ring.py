"""The ring around what has the keyboard's focus, drawn outside the control itself."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui import _tokens as tokens
from app.ui.theme import ThemeManager

GAP = tokens.STROKE["focus_gap"]
WIDTH = tokens.STROKE["focus"]
REACH = round(GAP + WIDTH)
"""How far the ring stands out of a control, in pixels."""

SCROLLED = "scrolled"
"""The property that marks what a scroll area moves."""

_BY_HAND = frozenset({Qt.FocusReason.MouseFocusReason, Qt.FocusReason.NoFocusReason})
_AS_BEFORE = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class FocusShape(NamedTuple):
    """What is ringed: a rounded box in the control's own coordinates."""

    rect: QRectF
    radius: float
    color: QColor | None = None
    """None for the theme's own."""


class FocusRing:
    """Shows a ring around one control while the keyboard put the focus there.

    The control calls `focus_in` and `focus_out` from its focus events. The ring is a sibling of
    the control, so that it may reach out of it; it is made when it is first needed.
    """

    def __init__(
        self, target: QWidget, themes: ThemeManager, shape: Callable[[], FocusShape]
    ) -> None:
        self._target = target
        self._themes = themes
        self._shape = shape
        self._overlay: _Overlay | None = None
        # Focus given before the window is active arrives with the window's reason.
        self._wanted = True

    @property
    def visible(self) -> bool:
        return self._overlay is not None and self._overlay.isVisibleTo(self._target.window())

    def focus_in(self, reason: Qt.FocusReason) -> None:
        if reason not in _AS_BEFORE:
            self._wanted = reason not in _BY_HAND
        if self._wanted:
            if self._overlay is None:
                self._overlay = _Overlay(self._target, self._themes, self._shape)
            self._overlay.follow()
            if reason not in _AS_BEFORE:
                show_in_page(self._target)

    def focus_out(self, reason: Qt.FocusReason) -> None:
        if reason not in _AS_BEFORE:
            self._wanted = True
        if self._overlay is not None:
            self._overlay.leave()

    def refresh(self) -> None:
        """Take the control's shape anew."""
        if self._overlay is not None and self._overlay.isVisible():
            self._overlay.follow()


class _Overlay(QWidget):
    def __init__(
        self, target: QWidget, themes: ThemeManager, shape: Callable[[], FocusShape]
    ) -> None:
        super().__init__(target.parentWidget())
        self._target = target
        self._themes = themes
        self._shape = shape
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def follow(self) -> None:
        """Stand around the target, in the nearest ancestor that has room for the ring."""
        reach = round(GAP + WIDTH)
        shape = self._shape()
        rect = shape.rect.toAlignedRect().adjusted(-reach, -reach, reach, reach)
        host = self._target.parentWidget()
        if host is None:
            return
        chain = [self._target]
        placed = rect.translated(self._target.pos())
        while not host.rect().contains(placed) and not host.isWindow() and not _scrolls(host):
            chain.append(host)
            placed = placed.translated(host.pos())
            parent = host.parentWidget()
            if parent is None:
                break
            host = parent
        if self.parentWidget() is not host:
            self.setParent(host)
        self._watch(chain)
        self._place(placed)

    def _place(self, rect: QRect) -> None:
        self.setGeometry(rect)
        self.setVisible(self._target.isVisibleTo(self._target.window()))
        self.raise_()
        self.update()

    def leave(self) -> None:
        self._watch([])
        self.hide()

    def _watch(self, chain: list[QWidget]) -> None:
        for widget in self._watched:
            if widget not in chain:
                widget.removeEventFilter(self)
        for widget in chain:
            if widget not in self._watched:
                widget.installEventFilter(self)
        self._watched = chain

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Move | QEvent.Type.Resize | QEvent.Type.Show | QEvent.Type.Hide:
                if self._watched:
                    self.follow()
            case QEvent.Type.MouseButtonPress if watched is self._target:
                self.hide()
            case _:
                pass
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        shape = self._shape()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(shape.color or self._themes.theme.focus, WIDTH)
        painter.setPen(pen)
        middle = GAP + WIDTH / 2
        edge = WIDTH / 2
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        radius = min(shape.radius + middle, box.width() / 2, box.height() / 2)
        painter.drawRoundedRect(box, radius, radius)


def show_in_page(control: QWidget) -> None:
    """Scroll the page that a control stands in, if it does, so that the control can be seen."""
    content: QWidget | None = control
    while content is not None and not _scrolls(content):
        content = content.parentWidget()
    if content is not None:
        ensure_visible = getattr(content.parentWidget(), "ensure_visible", None)
        if ensure_visible is not None:
            ensure_visible(control)


def _scrolls(widget: QWidget) -> bool:
    """Tell whether a widget is what a scroll area moves: a ring must scroll with it."""
    return bool(widget.property(SCROLLED))
