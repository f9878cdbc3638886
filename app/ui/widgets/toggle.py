"""A switch for what is on or off."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.ui.theme import ThemeManager, mix
from app.ui.widgets.fade import Fade
from app.ui.widgets.focus_ring import FocusRing, FocusShape

WIDTH, HEIGHT = 48, 28
HIT_HEIGHT = 44
KNOB_OFF, KNOB_ON = 16.0, 20.0


class Toggle(QCheckBox):
    """Reads out as "Voice, on". The user's changes come as `clicked(bool)`."""

    def __init__(self, themes: ThemeManager, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._name = name
        self._slide = Fade(self)
        self._ring = FocusRing(self, themes, self.focus_shape)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._show_state)
        themes.changed.connect(self.update)
        self._show_state(self.isChecked())

    def set_name(self, name: str) -> None:
        """Change what is read out with the state."""
        self._name = name
        self._show_state(self.isChecked())

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HIT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def box(self) -> QRectF:
        return QRectF(
            (self.width() - WIDTH) / 2, round((self.height() - HEIGHT) / 2), WIDTH, HEIGHT
        )

    def focus_shape(self) -> FocusShape:
        return FocusShape(self.box(), HEIGHT / 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        slide = self._slide.value
        box = self.box()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mix(theme.line_strong, theme.ink, slide), 1.5))
        painter.setBrush(mix(theme.surface, theme.ink, slide))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 13.25, 13.25)
        knob = KNOB_OFF + (KNOB_ON - KNOB_OFF) * slide
        inset = (HEIGHT - KNOB_ON) / 2 + (KNOB_ON - knob) / 2
        along = slide if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else 1 - slide
        left = box.left() + inset + (WIDTH - knob - 2 * inset) * along
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(theme.line_strong, theme.on_ink, slide))
        painter.drawEllipse(QRectF(left, box.center().y() - knob / 2, knob, knob))

    @Slot(bool)
    def _show_state(self, checked: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self._slide.to(1.0 if checked else 0.0, self._themes.theme.motion("toggle"))
        state = self.tr("{name}, on") if checked else self.tr("{name}, off")
        self.setAccessibleName(state.format(name=self._name))
