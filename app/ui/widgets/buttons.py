"""Buttons: four kinds in three sizes, and round or icon-only ones."""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.theme import Theme, ThemeManager, baseline, mix
from app.ui.widgets.fade import Fade
from app.ui.widgets.focus_ring import FocusRing, FocusShape

HIT_MIN = tokens.SIZE["hit_min"]
ICON_GAP = 8


class ButtonKind(Enum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    GHOST = "ghost"
    DANGER = "danger"


class ButtonSize(Enum):
    """Height, padding, icon size and type role."""

    SMALL = (36, 14, 16, "label")
    MEDIUM = (44, 20, 20, "body_bold")
    LARGE = (56, 28, 22, "title_s")

    @property
    def height(self) -> int:
        return self.value[0]

    @property
    def padding(self) -> int:
        return self.value[1]

    @property
    def icon(self) -> int:
        return self.value[2]

    @property
    def role(self) -> str:
        return self.value[3]


class ButtonLook(NamedTuple):
    """The colours of a button at rest and under the mouse; None draws nothing."""

    fill: QColor | None
    text: QColor
    border: QColor | None = None
    hover_fill: QColor | None = None
    hover_border: QColor | None = None
    ring: QColor | None = None
    """The focus ring's colour; None for the theme's."""


def standard_look(kind: ButtonKind, theme: Theme) -> ButtonLook:
    match kind:
        case ButtonKind.PRIMARY:
            return ButtonLook(fill=theme.ink, text=theme.on_ink, hover_fill=theme.ink_hover)
        case ButtonKind.SECONDARY:
            return ButtonLook(
                fill=theme.surface,
                text=theme.text,
                border=theme.line,
                hover_border=theme.line_strong,
            )
        case ButtonKind.GHOST:
            return ButtonLook(fill=None, text=theme.text, hover_fill=theme.selected)
        case ButtonKind.DANGER:
            return ButtonLook(
                fill=None,
                text=theme.danger,
                border=theme.danger_line,
                hover_fill=theme.danger_tint,
            )


class Button(QPushButton):
    """A button with a text, an icon before it, or an icon alone.

    It is never narrower than its text. An icon alone needs `name`, which is what is read out.
    """

    def __init__(
        self,
        themes: ThemeManager,
        text: str = "",
        *,
        kind: ButtonKind = ButtonKind.SECONDARY,
        size: ButtonSize = ButtonSize.MEDIUM,
        icon: str | None = None,
        name: str = "",
        round_shape: bool = False,
        icon_last: bool = False,
        look: Callable[[Theme], ButtonLook] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.themes = themes
        self._kind = kind
        self._size = size
        self._icon = icon
        self._round = round_shape
        self._icon_last = icon_last
        self._text_shown = True
        self._look = look
        self._height: int | None = None
        self._hover = Fade(self)
        self._ring = FocusRing(self, themes, self.focus_shape)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if name:
            self.setAccessibleName(name)
            if not text:
                self.setToolTip(name)
        themes.changed.connect(self._restyle)

    # What others may change

    def set_icon(self, icon: str | None) -> None:
        """Show another icon of resources/icons, or none."""
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        if kind is not self._kind:
            self._kind = kind
            self.update()

    def set_look(self, look: Callable[[Theme], ButtonLook] | None) -> None:
        """Take colours from `look` instead of the kind's."""
        self._look = look
        self.update()

    def set_name(self, name: str) -> None:
        """Change what is read out, and shown as tooltip where there is no text."""
        self.setAccessibleName(name)
        if not self.text():
            self.setToolTip(name)

    def set_text_shown(self, shown: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Show the text, or the icon alone where there is little room; it is read out anyway."""
        if shown != self._text_shown:
            self._text_shown = shown
            self.setToolTip("" if shown else self.accessibleName() or self.text())
            self.updateGeometry()
            self.update()

    def set_button_height(self, height: int) -> None:
        """Be another height than the three sizes, such as the player's, in pixels."""
        self._height = height
        self.updateGeometry()

    def set_unavailable(self, reason: str) -> None:
        """Disable the button and say why; an empty reason enables it again."""
        self.setEnabled(not reason)
        self.setAccessibleDescription(reason)
        self.setToolTip(reason or ("" if self.text() else self.accessibleName()))

    # Geometry

    def box_height(self) -> int:
        """Return the height of what is drawn; the button itself may be higher, to be hit."""
        if self._height is not None:
            return self._height
        return self.themes.theme.control(self._size.height, self._size.role)

    def sizeHint(self) -> QSize:
        height = self.box_height()
        width = height
        if self._shows_text():
            metrics = QFontMetricsF(self.text_font())
            content = metrics.horizontalAdvance(self.text())
            if self._icon is not None:
                content += self._size.icon + ICON_GAP
            width = round(content + 0.49) + 2 * self.padding()
        return QSize(max(width, HIT_MIN), max(height, HIT_MIN))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def box(self) -> QRectF:
        """Return what is drawn, in the button's coordinates."""
        height = min(self.box_height(), self.height())
        width = self.width()
        if not self._shows_text() and (self._round or width <= HIT_MIN):
            width = min(width, height)
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def radius(self) -> float:
        return self.box().height() / 2 if self._round else float(tokens.RADIUS["button"])

    def focus_shape(self) -> FocusShape:
        return FocusShape(self.box(), self.radius(), self.look().ring)

    def look(self) -> ButtonLook:
        theme = self.themes.theme
        if self._look is not None:
            return self._look(theme)
        return standard_look(self._kind, theme)

    # Events

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_button(
            painter,
            self.themes.theme,
            self.box(),
            self.look(),
            radius=self.radius(),
            hover=self._hover.value,
            pressed=self.isDown(),
            enabled=self.isEnabled(),
        )
        self.paint_content(painter, self._text_color())

    def paint_content(self, painter: QPainter, color: QColor) -> None:
        """Draw icon and text in the middle of the box."""
        box = self.box()
        icon_size = self.icon_size()
        if not self._shows_text():
            if self._icon is not None:
                paint_icon(painter, self._icon, _square(box, icon_size), color)
            return
        font = self.text_font()
        painter.setFont(font)
        painter.setPen(color)
        width = QFontMetricsF(font).horizontalAdvance(self.text())
        total = width + (icon_size + ICON_GAP if self._icon is not None else 0)
        x = round(box.left() + (box.width() - total) / 2)
        if self._icon is not None:
            top = round(box.center().y() - icon_size / 2)
            left = x + round(width) + ICON_GAP if self._icon_last else x
            paint_icon(painter, self._icon, QRectF(left, top, icon_size, icon_size), color)
            if not self._icon_last:
                x += round(icon_size) + ICON_GAP
        painter.drawText(QPointF(x, round(baseline(font, box.center().y()))), self.text())

    def _shows_text(self) -> bool:
        return self._text_shown and bool(self.text())

    def padding(self) -> int:
        return self._size.padding

    def text_font(self) -> QFont:
        return self.themes.theme.font(self._size.role)

    def icon_size(self) -> float:
        return float(self._size.icon)

    def _text_color(self) -> QColor:
        return self.look().text if self.isEnabled() else self.themes.theme.text_3

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self._ring.refresh()
        self.update()


def _square(box: QRectF, size: float) -> QRectF:
    left = round(box.center().x() - size / 2)
    return QRectF(left, round(box.center().y() - size / 2), size, size)


def paint_button(
    painter: QPainter,
    theme: Theme,
    box: QRectF,
    look: ButtonLook,
    *,
    radius: float,
    hover: float = 0.0,
    pressed: bool = False,
    enabled: bool = True,
) -> None:
    """Draw a button's box. `hover` is 0.0 to 1.0."""
    fill, border = look.fill, look.border
    if not enabled:
        fill, border = theme.sunken, None
    else:
        if hover > 0:
            if look.hover_fill is not None:
                ground = fill or _clear(look.hover_fill)
                fill = mix(ground, look.hover_fill, hover)
            if look.hover_border is not None and border is not None:
                border = mix(border, look.hover_border, hover)
        if pressed:
            ground = fill or _clear(look.text)
            fill = mix(ground, look.text, 0.08)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, radius, radius)
    else:
        painter.setPen(QPen(border, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


def _clear(color: QColor) -> QColor:
    found = QColor(color)
    found.setAlpha(0)
    return found
