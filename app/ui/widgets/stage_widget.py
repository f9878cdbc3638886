"""The base of the player's painted parts: opaque, in the room's colour, sized by u."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFont, QPainter, QPaintEvent

from app.ui import _tokens as tokens
from app.ui.theme import sized_font
from app.ui.widgets.accessible import SpokenWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

TEXT_FLOOR = 14
ICON_STROKE = 2.1
"""On the 24 grid: the player is read from further away than the pages."""


class StageWidget(SpokenWidget):
    """Fills itself with the ground; a subclass paints on it in `paint_stage`."""

    def __init__(
        self,
        colors: StageColors,
        *,
        role: QAccessible.Role = QAccessible.Role.StaticText,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(role, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.colors = colors
        self.u = 1.0

    def set_colors(self, colors: StageColors) -> None:
        self.colors = colors
        self.update()

    def set_scale(self, u: float) -> None:
        if u != self.u:
            self.u = u
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.colors.bg)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_stage(painter)

    def paint_stage(self, painter: QPainter) -> None:
        raise NotImplementedError


def role_font(role: str, u: float, *, size: float | None = None, tabular: bool = False) -> QFont:
    """Return a player role's font at u, never under 14 px; `size` replaces the role's own."""
    px, _line, weight, tracking, family = tokens.TYPE[role]
    return sized_font(
        max(TEXT_FLOOR, (size or px) * u),
        weight,
        tracking=tracking,
        display=family == "display",
        tabular=tabular,
    )


def text_font(size: float, u: float, weight: int = 500, *, tabular: bool = False) -> QFont:
    """Return a font for player text without a role, never under 14 px."""
    return sized_font(max(TEXT_FLOOR, size * u), weight, display=False, tabular=tabular)


def paint_pause(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Draw the two bars of a pause into a square: they are slimmer than the icon's."""
    side = box.width()
    bar = QRectF(0, 0, side * 0.22, side * 0.74)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for share in (-0.22, 0.22):
        bar.moveCenter(box.center() + QPointF(share * side, 0))
        painter.drawRoundedRect(bar, side * 0.06, side * 0.06)
