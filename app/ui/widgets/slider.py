"""A level between two ends."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QWidget

from app.ui.theme import Theme, ThemeManager
from app.ui.widgets.focus_ring import FocusRing, FocusShape

TRACK, KNOB, HIT_HEIGHT = 6, 18, 44
WIDTH = 180
PAGE_STEP = 10


class Slider(QSlider):
    """0 to 100, one step of 1 by key and 10 by page key; a click goes to its place at once."""

    def __init__(
        self,
        themes: ThemeManager,
        name: str,
        *,
        width: int = WIDTH,
        track: Callable[[Theme], QColor] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`track` gives the colour of the empty part, where it is not the theme's."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._themes = themes
        self._width = width
        self._track = track
        self._ring = FocusRing(self, themes, self.focus_shape)
        self.setRange(0, 100)
        self.setSingleStep(5)
        self.setPageStep(PAGE_STEP)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._width, HIT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._width, 80), HIT_HEIGHT)

    def focus_shape(self) -> FocusShape:
        middle = self.height() / 2
        box = QRectF(0, middle - KNOB / 2, self.width(), KNOB)
        return FocusShape(box, KNOB / 2)

    def knob_center(self) -> float:
        span = self.width() - KNOB
        inset = QStyle.sliderPositionFromValue(
            self.minimum(), self.maximum(), self.value(), span, self.is_mirrored()
        )
        return inset + KNOB / 2

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            self.setSliderDown(True)
            self.go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.go_to(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, knob = self.height() / 2, self.knob_center()
        full = QRectF(0, middle - TRACK / 2, self.width(), TRACK)
        painter.setBrush(self._track(theme) if self._track else theme.slider_track)
        painter.drawRoundedRect(full, TRACK / 2, TRACK / 2)
        painter.setBrush(theme.ink if self.isEnabled() else theme.text_3)
        done = QRectF(full)
        if self.is_mirrored():
            done.setLeft(knob)
        else:
            done.setRight(knob)
        painter.drawRoundedRect(done, TRACK / 2, TRACK / 2)
        painter.drawEllipse(QRectF(knob - KNOB / 2, middle - KNOB / 2, KNOB, KNOB))

    def is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def go_to(self, x: float) -> None:
        """Take the value that stands at `x`."""
        span = self.width() - KNOB
        self.setValue(
            QStyle.sliderValueFromPosition(
                self.minimum(), self.maximum(), round(x - KNOB / 2), span, self.is_mirrored()
            )
        )
