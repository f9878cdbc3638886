"""The player's volume: a speaker and a slider in the room's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from app.ui.icons import paint_icon
from app.ui.widgets.focus_ring import FocusRing, FocusShape

if TYPE_CHECKING:
    from app.ui.theme import ThemeManager
    from app.ui.widgets.stage_colors import StageColors

STEP = 5
TRACK, KNOB = 6, 18


class VolumeControl(QSlider):
    """0 to 100. A click anywhere on the track goes there; the wheel moves by one step."""

    def __init__(
        self, themes: ThemeManager, colors: StageColors, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(0, 100)
        self.setSingleStep(STEP)
        self.setPageStep(2 * STEP)
        self.colors = colors
        self.u = 1.0
        self._icon_px = 24.0
        self._ring = FocusRing(self, themes, self._focus_shape)
        self.valueChanged.connect(self._follow_knob)

    def set_colors(self, colors: StageColors) -> None:
        self.colors = colors
        self.update()

    def set_scale(self, u: float, icon_px: float) -> None:
        self.u = u
        self._icon_px = icon_px
        self._ring.refresh()
        self.update()

    def track(self) -> QRectF:
        """Return the slider's line: right of the speaker, half a knob before the edge."""
        left = self._icon_px + 12 * self.u
        right = self.width() - KNOB * self.u / 2
        high = TRACK * self.u
        return QRectF(left, self.height() / 2 - high / 2, right - left, high)

    def _knob_x(self) -> float:
        track = self.track()
        return track.left() + track.width() * self.value() / self.maximum()

    def _focus_shape(self) -> FocusShape:
        knob = KNOB * self.u
        box = QRectF(0, 0, knob, knob)
        box.moveCenter(QRectF(self.rect()).center())
        box.moveLeft(self._knob_x() - knob / 2)
        return FocusShape(box, knob / 2)

    @Slot(int)
    def _follow_knob(self, _value: int) -> None:
        self._ring.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = self.colors
        painter.fillRect(event.rect(), colors.bg)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon = QRectF(0, (self.height() - self._icon_px) / 2, self._icon_px, self._icon_px)
        name = "volume-2" if self.value() > 50 else "volume-1" if self.value() else "volume-x"  # noqa: PLR2004
        paint_icon(painter, name, icon, colors.text_2)
        track = self.track()
        radius = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.volume_track)
        painter.drawRoundedRect(track, radius, radius)
        x = self._knob_x()
        painter.setBrush(colors.ink)
        painter.drawRoundedRect(
            QRectF(track.left(), track.top(), x - track.left(), track.height()), radius, radius
        )
        knob = KNOB * self.u
        painter.drawEllipse(QRectF(x - knob / 2, (self.height() - knob) / 2, knob, knob))

    def _go_to(self, x: float) -> None:
        track = self.track()
        share = (x - track.left()) / max(1.0, track.width())
        self.setValue(round(max(0.0, min(1.0, share)) * self.maximum()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event.position().x())
        else:
            event.ignore()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y()
        if delta:
            self.setValue(self.value() + (STEP if delta > 0 else -STEP))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())
