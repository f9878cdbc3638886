"""The player's buttons: round, square or bare, in the room's colours."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.icons import paint_icon
from app.ui.theme import CAP_HEIGHT, mix
from app.ui.widgets.fade import Fade
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.stage_widget import ICON_STROKE, paint_pause, text_font

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont

    from app.ui.theme import ThemeManager
    from app.ui.widgets.stage_colors import StageColors

_PRESS = 0.08
_PAD = 18


class PlayerButtonKind(Enum):
    ROUND = auto()
    SQUARE = auto()
    BARE = auto()
    """An icon without a box."""
    PRIMARY = auto()
    """The pause button: filled with the phase's colour, with ink while paused."""


class PlayerButton(QAbstractButton):
    """Draws an icon or a short text. Everything in its rectangle can be hit."""

    def __init__(
        self,
        themes: ThemeManager,
        colors: StageColors,
        kind: PlayerButtonKind,
        *,
        icon: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.themes = themes
        self.colors = colors
        self.u = 1.0
        self._kind = kind
        self._icon = icon
        self._icon_px = 24.0
        self._on = True
        self._concealed = False
        self._hover = Fade(self)
        self._ring = FocusRing(self, themes, self._focus_shape)
        if name:
            self.set_name(name)

    @property
    def icon_name(self) -> str:
        return self._icon

    @property
    def concealed(self) -> bool:
        """Whether nothing is drawn for now; the button can still be reached."""
        return self._concealed

    def set_name(self, name: str, tip: str = "") -> None:
        """Name it for screen readers; the tooltip is `tip`, or the name."""
        self.setAccessibleName(name)
        self.setToolTip(tip or name)

    def set_icon(self, icon: str) -> None:
        if icon != self._icon:
            self._icon = icon
            self.update()

    def set_on(self, on: bool) -> None:  # noqa: FBT001  (a switch's state)
        """Show a switch as on, or as off: without fill."""
        if on != self._on:
            self._on = on
            self.update()

    def set_colors(self, colors: StageColors) -> None:
        self.colors = colors
        self.update()

    def set_scale(self, u: float, icon_px: float) -> None:
        self.u = u
        self._icon_px = icon_px
        self._ring.refresh()
        self.update()

    def conceal(self, concealed: bool) -> None:  # noqa: FBT001  (a state)
        """Draw nothing while the mouse rests; the button stays in the keyboard's reach."""
        if concealed != self._concealed:
            self._concealed = concealed
            self.update()

    def wanted_width(self) -> float:
        """Return the width in pixels that shows a text in its own size."""
        return QFontMetricsF(self._text_font()).horizontalAdvance(self.text()) + 2 * _PAD * self.u

    def _text_font(self) -> QFont:
        size = 22.0 if self._kind is PlayerButtonKind.PRIMARY else 17.0
        return text_font(size, self.u, 700, tabular=True)

    def _focus_shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), self._radius())

    def _radius(self) -> float:
        if self._kind in {PlayerButtonKind.ROUND, PlayerButtonKind.PRIMARY}:
            return self.height() / 2
        return 12 * self.u

    def _fill(self) -> tuple[QColor | None, QColor]:
        """Return what the box is filled with and the colour on it."""
        colors = self.colors
        match self._kind:
            case PlayerButtonKind.PRIMARY:
                return colors.pause, colors.on_pause
            case PlayerButtonKind.BARE:
                return None, colors.text_2
            case PlayerButtonKind.ROUND | PlayerButtonKind.SQUARE:
                return (colors.panel, colors.steady) if self._on else (None, colors.text_2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.colors.bg)
        if self._concealed and not self.hasFocus():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink = self._fill()
        box, radius = QRectF(self.rect()), self._radius()
        share = _PRESS if self.isDown() else _PRESS / 2 * self._hover.value
        if share:
            ground = fill if fill is not None else self.colors.bg
            fill = mix(ground, ink, share)
        if fill is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(box, radius, radius)
        if self._kind in {PlayerButtonKind.ROUND, PlayerButtonKind.SQUARE}:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.colors.line, 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)
        if self.text():
            self._paint_text(painter, ink)
        elif self._icon:
            icon = QRectF(0, 0, self._icon_px, self._icon_px)
            icon.moveCenter(box.center())
            if self._icon == "pause":
                paint_pause(painter, icon, ink)
            else:
                paint_icon(painter, self._icon, icon, ink, stroke=ICON_STROKE)

    def _paint_text(self, painter: QPainter, ink: QColor) -> None:
        font = self._text_font()
        width = QFontMetricsF(font).horizontalAdvance(self.text())
        room = max(self.width() * 0.84, self.width() - 2 * _PAD * self.u)
        if width > room:
            font = text_font(max(10.0, font.pixelSize() * room / width), 1.0, 700, tabular=True)
            width = QFontMetricsF(font).horizontalAdvance(self.text())
        painter.setFont(font)
        painter.setPen(ink)
        y = self.height() / 2 + font.pixelSize() * CAP_HEIGHT / 2
        painter.drawText(QPointF((self.width() - width) / 2, y), self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
            return
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover.to(1.0, self.themes.theme.motion("hover"))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover.to(0.0, self.themes.theme.motion("hover"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())
