"""What rows and block headers of the editor's list share: selection, focus, presses, a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QPainter, QPen

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.theme import alpha, mix
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.paint import text_at, text_width

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFont, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.editing import PartId
    from app.ui.theme import Theme, ThemeManager

RADIUS: Final = tokens.RADIUS["button"]
ICON: Final = tokens.SIZE["icon"]
HIT: Final = tokens.SIZE["hit_min"]
MENU: Final = "menu"
"""The zone that opens the menu of a row."""
LIFTED: Final = 0.35
"""How much is left to see of a row that is being dragged, where it was."""


class RowHost(Protocol):
    """What a row asks of its list."""

    def row_pressed(self, row: PartRow, event: QMouseEvent) -> None: ...

    def row_moved(self, row: PartRow, event: QMouseEvent) -> None: ...

    def row_released(self, row: PartRow, event: QMouseEvent) -> None: ...

    def open_menu(self, row: PartRow, at: QPoint) -> None:
        """Open the row's menu at a point of the screen."""
        ...

    def position_of(self, row: PartRow) -> tuple[int, int]:
        """Return which of how many steps the row is, counted from 1."""
        ...


class PartRow(SpokenWidget):
    """A step or a block. The list decides what a press does; zones of the row are buttons."""

    def __init__(
        self, themes: ThemeManager, host: RowHost, part_id: PartId, parent: QWidget
    ) -> None:
        super().__init__(QAccessible.Role.ListItem, parent)
        self.themes = themes
        self.host = host
        self.part_id = part_id
        self.is_selected = False
        self.is_lifted = False
        self.problem = ""
        self.hint = ""
        self._zone = ""
        self._pressed_zone = ""
        self._is_under_mouse = False
        self._own_tooltip = ""
        self.ring = FocusRing(self, themes, self._shape)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)

    # What subclasses say

    def zones(self) -> dict[str, QRectF]:
        """Return the parts that are pressed by themselves, in the row's coordinates."""
        raise NotImplementedError

    def press_zone(self, zone: str) -> None:
        """Do what a zone is for, on the release of the mouse."""
        raise NotImplementedError

    def hold_zone(self, zone: str) -> None:
        """Do what a zone does as soon as it is pressed; an empty one lets go of it."""

    def body(self) -> QRectF:
        """Return the box that is selected and ringed."""
        return QRectF(self.rect())

    # What the list says

    def set_selected(self, selected: bool) -> None:  # noqa: FBT001  (a plain setter)
        if selected != self.is_selected:
            self.is_selected = selected
            self.update()

    def set_lifted(self, lifted: bool) -> None:  # noqa: FBT001  (a plain setter)
        if lifted != self.is_lifted:
            self.is_lifted = lifted
            self.update()

    def set_problem(self, message: str) -> None:
        if message != self.problem:
            self.problem = message
            self.update()

    def set_hint(self, sentence: str) -> None:
        if sentence != self.hint:
            self.hint = sentence
            self.update()

    def set_in_tab_order(self, wanted: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Be the one row that Tab stops at, or not."""
        policy = Qt.FocusPolicy.StrongFocus if wanted else Qt.FocusPolicy.ClickFocus
        if self.focusPolicy() != policy:
            self.setFocusPolicy(policy)

    # Geometry

    def mirrored(self, rect: QRectF) -> QRectF:
        """Return a box of the left-to-right row where it stands in this direction of reading."""
        if self.layoutDirection() != Qt.LayoutDirection.RightToLeft:
            return rect
        return QRectF(self.width() - rect.right(), rect.top(), rect.width(), rect.height())

    def _shape(self) -> FocusShape:
        return FocusShape(self.body(), RADIUS)

    def zone_at(self, point: QPointF) -> str:
        return next((name for name, box in self.zones().items() if box.contains(point)), "")

    def menu_point(self) -> QPoint:
        """Return where a menu opens that the keyboard asked for, on the screen."""
        box = self.zones().get(MENU)
        at = box.bottomLeft().toPoint() if box is not None else self.rect().center()
        return self.mapToGlobal(at)

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            # A menu follows; the back button is the window's.
            event.setAccepted(event.button() == Qt.MouseButton.RightButton)
            return
        self._pressed_zone = self.zone_at(event.position())
        if self._pressed_zone:
            self.hold_zone(self._pressed_zone)
        else:
            self.host.row_pressed(self, event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self._pressed_zone:
            self.host.row_moved(self, event)
            return
        self._show_zone(self.zone_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        zone, self._pressed_zone = self._pressed_zone, ""
        if zone:
            self.hold_zone("")
        self.update()
        if not zone:
            self.host.row_released(self, event)
        elif self.zone_at(event.position()) == zone:
            self.press_zone(zone)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._is_under_mouse = True
        self._show_zone(self.zone_at(event.position()))
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._is_under_mouse = False
        self._show_zone("")
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.host.open_menu(self, event.globalPos() if by_mouse else self.menu_point())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.ring.focus_out(event.reason())

    # Painting

    def painter(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.is_lifted:
            painter.setOpacity(LIFTED)
        return painter

    def border(self, rest: QColor | None) -> tuple[QColor | None, int]:
        """Return colour and width of the border; `rest` is that of a row that is nothing special."""
        theme = self.themes.theme
        width = 2 if self.is_selected else 1
        if self.problem:
            return theme.danger, width
        if self.is_selected:
            return theme.ink, width
        if rest is not None and self._is_under_mouse:
            return theme.line_strong, width
        return rest, width

    def paint_box(self, painter: QPainter, fill: QColor | None, rest: QColor | None) -> None:
        color, width = self.border(rest)
        box, inset = self.body(), width / 2
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, width) if color is not None else Qt.PenStyle.NoPen)
        radius = RADIUS - inset
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)

    def paint_zone_icon(self, painter: QPainter, zone: str, icon: str, box: QRectF) -> None:
        """Draw a zone's icon, over a ground while the mouse is on it."""
        theme = self.themes.theme
        if self._zone == zone:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_ground(theme, pressed=self._pressed_zone == zone))
            ground = box.adjusted(-8, -8, 8, 8)
            painter.drawRoundedRect(ground, 8, 8)
        paint_icon(painter, icon, box, theme.text if self._zone == zone else theme.text_2)

    def paint_text(
        self,
        painter: QPainter,
        font: QFont,
        at: tuple[float, float],
        text: str,
        color: QColor,
    ) -> float:
        """Draw a line from (left, middle) of the left-to-right row; return where it ends there."""
        width = text_width(font, text)
        left = self.mirrored(QRectF(at[0], 0, width, 1)).left()
        text_at(painter, font, color, (round(left), at[1]), text)
        return at[0] + width

    def hint_at_rest(self, cut_name: str) -> None:
        """Keep the tooltip: what is wrong, what is advised, or the name where it is cut off."""
        wanted = self.problem or self.hint or cut_name
        if wanted != self._own_tooltip:
            self._own_tooltip = wanted
            self.setToolTip(wanted)

    @property
    def hovered_zone(self) -> str:
        return self._zone

    def _show_zone(self, zone: str) -> None:
        if zone != self._zone:
            self._zone = zone
            self.update()


def _ground(theme: Theme, *, pressed: bool) -> QColor:
    ground = alpha(theme.text, 0.08)
    return mix(ground, theme.text, 0.08) if pressed else ground


def icon_box(center: QPointF, size: float = ICON) -> QRectF:
    """Return a square of whole pixels around a point."""
    return QRectF(round(center.x() - size / 2), round(center.y() - size / 2), size, size)
