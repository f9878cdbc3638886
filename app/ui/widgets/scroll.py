"""A page that scrolls up and down, with a slim bar laid over its right edge."""

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from app.ui.theme import ThemeManager, alpha

WIDTH, THICK, THIN = 14, 8, 6
LEAST, INSET = 40, 4
LINE = 48
"""Pixels for one step of a key or a notch of the wheel's third."""


class SlimBar(QWidget):
    """Shows and moves a scroll bar that is hidden itself; the wider under the mouse.

    It is no QScrollBar: that one needs QStyle's names, which cost each start milliseconds.
    """

    def __init__(self, themes: ThemeManager, real: QScrollBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._real = real
        self._grip: float | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        real.rangeChanged.connect(self.refresh)
        real.valueChanged.connect(self._move)
        themes.changed.connect(self.update)
        self.refresh()

    @Slot()
    def refresh(self, *_: int) -> None:
        """Follow the range of the real bar."""
        self.setVisible(self._real.maximum() > self._real.minimum())
        self.update()

    @Slot()
    def _move(self, *_: int) -> None:
        self.update()

    def knob(self) -> QRectF:
        """Return where the knob is, over the whole width."""
        room = self.height() - 2 * INSET
        span = self._real.maximum() - self._real.minimum()
        page = max(1, self.height())
        length = max(min(LEAST, room), room * page / (span + page))
        at = (self._real.value() - self._real.minimum()) / max(1, span)
        return QRectF(0, INSET + (room - length) * at, self.width(), length)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        knob, y = self.knob(), event.position().y()
        if knob.top() <= y <= knob.bottom():
            self._grip = y - knob.top()
        else:
            page = self.height() - LINE
            self._real.setValue(self._real.value() + (page if y > knob.bottom() else -page))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        room = self.height() - 2 * INSET - self.knob().height()
        at = (event.position().y() - self._grip - INSET) / max(1.0, room)
        span = self._real.maximum() - self._real.minimum()
        self._real.setValue(round(self._real.minimum() + span * at))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._real.event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        width = THICK if self.underMouse() or self._grip is not None else THIN
        knob = self.knob()
        box = QRectF(self.width() - width - 3, knob.top(), width, knob.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(alpha(self._themes.theme.line_strong, 0.7))
        painter.drawRoundedRect(box, width / 2, width / 2)


class PageScroll(QScrollArea):
    """Scrolls its one widget vertically, never sideways; the bar takes no room."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(LINE // 3)
        self._bar = SlimBar(themes, self.verticalScrollBar(), self)

    def setWidget(self, widget: QWidget) -> None:  # noqa: N802  (Qt's own name)
        super().setWidget(widget)
        widget.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setGeometry(self.width() - WIDTH, 0, WIDTH, self.height())
        self._bar.raise_()
        self._bar.refresh()
