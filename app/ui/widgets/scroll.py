"""A page that scrolls up and down, with a slim bar laid over its right edge.

It is no QScrollArea: that one's parts are wrapped with every widget class that Qt knows, which
costs each start ten milliseconds.
"""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.ui.theme import ThemeManager, alpha
from app.ui.widgets.focus_ring import SCROLLED

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

WIDTH, THICK, THIN = 14, 8, 6
LEAST, INSET = 40, 4
LINE: Final = 48
"""Pixels for one press of an arrow key."""
NOTCH: Final = 72
"""Pixels for one notch of the wheel."""
_NOTCH_ANGLE: Final = 120
MARGIN: Final = 24
"""How much stays visible around a control that gets the focus."""


class PageScroll(QWidget):
    """Scrolls its one widget vertically, never sideways; the bar takes no room.

    The widget is as wide as the area, and as high as it asks for.
    """

    scrolled = cast("TypedSignal[int]", Signal(int))
    """The offset in pixels."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widget: QWidget | None = None
        self._by_layout = False
        self._offset = 0
        self._bar = _Bar(themes, self)

    # Content

    def widget(self) -> QWidget | None:
        return self._widget

    def set_widget(self, widget: QWidget, *, by_layout: bool = False) -> None:
        """Hold a widget in place of the one before.

        It asks for a height by its minimum height, or `by_layout`.
        """
        self.take_widget()
        self._widget = widget
        self._by_layout = by_layout
        widget.setProperty(SCROLLED, True)
        widget.setParent(self)
        widget.lower()
        widget.show()
        self._fit()

    def take_widget(self) -> None:
        """Let the widget go; it has no parent then."""
        if self._widget is not None:
            self._widget.setProperty(SCROLLED, False)
            self._widget.hide()
            self._widget.setParent(None)
            self._widget = None
            self._offset = 0

    # Position

    @property
    def offset(self) -> int:
        return self._offset

    @property
    def range(self) -> int:
        """The largest offset."""
        height = self._widget.height() if self._widget is not None else 0
        return max(0, height - self.height())

    def scroll_to(self, offset: int) -> None:
        """Show the content from `offset` on, as far as there is any."""
        offset = max(0, min(offset, self.range))
        if offset != self._offset and self._widget is not None:
            self._offset = offset
            self._widget.move(0, -offset)
            self._bar.update()
            self.scrolled.emit(offset)

    def ensure_visible(self, control: QWidget) -> None:
        """Scroll as little as needed to show a control of the content."""
        if self._widget is None or not self._widget.isAncestorOf(control):
            return
        top = control.mapTo(self._widget, QPoint(0, 0)).y() - MARGIN
        bottom = top + min(control.height() + 2 * MARGIN, self.height())
        if top < self._offset:
            self.scroll_to(top)
        elif bottom > self._offset + self.height():
            self.scroll_to(bottom - self.height())

    # Events

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setGeometry(self.width() - WIDTH, 0, WIDTH, self.height())
        self._bar.raise_()
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.range == 0:
            event.ignore()
            return
        pixels = event.pixelDelta().y()
        if not pixels:
            pixels = round(event.angleDelta().y() * NOTCH / _NOTCH_ANGLE)
        self.scroll_to(self._offset - pixels)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(LINE, self.height() - LINE)
        target = {
            int(Qt.Key.Key_Up): self._offset - LINE,
            int(Qt.Key.Key_Down): self._offset + LINE,
            int(Qt.Key.Key_PageUp): self._offset - page,
            int(Qt.Key.Key_PageDown): self._offset + page,
            int(Qt.Key.Key_Home): 0,
            int(Qt.Key.Key_End): self.range,
        }.get(event.key())
        if target is None or self.range == 0:
            super().keyPressEvent(event)
            return
        self.scroll_to(target)

    def _fit(self) -> None:
        """Give the content its size, and keep the offset where there still is content."""
        content = self._widget
        if content is None:
            return
        wanted = content.minimumHeight()
        layout = content.layout() if self._by_layout else None
        if layout is not None:
            wanted = layout.totalHeightForWidth(self.width())
            if wanted < 0:
                wanted = layout.totalMinimumSize().height()
        height = max(self.height(), wanted)
        self._offset = max(0, min(self._offset, height - self.height()))
        content.setGeometry(0, -self._offset, self.width(), height)
        # Laying itself out for this width may have changed what the content asks for.
        if content.minimumHeight() > height:
            content.resize(self.width(), content.minimumHeight())
        self._bar.setVisible(self.range > 0)
        self._bar.update()


class _Bar(QWidget):
    """Shows where the page is; can be dragged and clicked. The wider under the mouse."""

    def __init__(self, themes: ThemeManager, area: PageScroll) -> None:
        super().__init__(area)
        self._themes = themes
        self._area = area
        self._grip: float | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()
        themes.changed.connect(self.update)

    def knob(self) -> QRectF:
        """Return where the knob is, over the whole width."""
        room = self.height() - 2 * INSET
        page = max(1, self.height())
        length = max(min(LEAST, room), room * page / (self._area.range + page))
        at = self._area.offset / max(1, self._area.range)
        return QRectF(0, INSET + (room - length) * at, self.width(), length)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        knob, y = self.knob(), event.position().y()
        if knob.top() <= y <= knob.bottom():
            self._grip = y - knob.top()
        else:
            page = self.height() - LINE
            self._area.scroll_to(self._area.offset + (page if y > knob.bottom() else -page))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        room = self.height() - 2 * INSET - self.knob().height()
        at = (event.position().y() - self._grip - INSET) / max(1.0, room)
        self._area.scroll_to(round(self._area.range * at))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        width = THICK if self.underMouse() or self._grip is not None else THIN
        knob = self.knob()
        box = QRectF(self.width() - width - 3, knob.top(), width, knob.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(alpha(self._themes.theme.line_strong, 0.7))
        painter.drawRoundedRect(box, width / 2, width / 2)
