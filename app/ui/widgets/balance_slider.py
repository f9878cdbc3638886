"""A slider between two ends that are alike: its middle is where both are in full."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from app.ui.theme import ThemeManager
from app.ui.widgets.slider import KNOB, TRACK, Slider

REACH = 100
STEP, PAGE_STEP = 10, 25
SNAP = 8
"""So near to the middle, a click or a drag goes to the middle."""
_TICK, _TICK_WIDTH = 14, 2


class BalanceSlider(Slider):
    """-100 to 100; the bar is drawn from the middle."""

    def __init__(
        self, themes: ThemeManager, name: str, *, width: int = 180, parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, name, width=width, parent=parent)
        self._themes = themes
        self.setRange(-REACH, REACH)
        self.setSingleStep(STEP)
        self.setPageStep(PAGE_STEP)

    def go_to(self, x: float) -> None:
        span = self.width() - KNOB
        value = QStyle.sliderValueFromPosition(
            self.minimum(), self.maximum(), round(x - KNOB / 2), span, self.is_mirrored()
        )
        self.setValue(0 if abs(value) <= SNAP else value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, knob, center = self.height() / 2, self.knob_center(), self.width() / 2
        painter.setBrush(theme.slider_track)
        painter.drawRoundedRect(
            QRectF(0, middle - TRACK / 2, self.width(), TRACK), TRACK / 2, TRACK / 2
        )
        painter.drawRect(QRectF(center - _TICK_WIDTH / 2, middle - _TICK / 2, _TICK_WIDTH, _TICK))
        painter.setBrush(theme.ink)
        painter.drawRect(QRectF(min(center, knob), middle - TRACK / 2, abs(knob - center), TRACK))
        painter.drawEllipse(QRectF(knob - KNOB / 2, middle - KNOB / 2, KNOB, KNOB))
