"""Drags steps and blocks of the editor's list: what is lifted, where it would drop, scrolling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from app.ui.pages.editor.row_base import RADIUS
from app.ui.theme import alpha
from app.ui.widgets.paint import panel, text_centered, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from app.domain.editing import PartId
    from app.ui.pages.editor.row_base import PartRow
    from app.ui.theme import ThemeManager
    from app.ui.widgets.scroll import PageScroll

START: Final = 6
"""So many pixels of movement make a press a drag."""
EDGE: Final = 56
"""So near the list's upper or lower edge it scrolls."""
FASTEST: Final = 18
"""Pixels a tick, at the very edge."""
TICK_MS: Final = 16
SHADOW: Final = 32
DROP: Final = 12
STACK: Final = 6
SHIFT: Final = 16
"""So far to the right of its place a row is carried: the line's end stays in sight."""
HELD: Final = 48
SHORTER: Final = 120
WIDEST: Final = 420
"""How wide a row is while it is carried, at most."""
LINE: Final = 2
DOT: Final = 4
"""Radius of the line's ends."""


@dataclass(frozen=True, slots=True)
class DropPlace:
    """Somewhere that what is dragged can be put."""

    y: float
    """Where the line is drawn, in the list's coordinates."""
    block: PartId | None
    """The block that steps go into; None where blocks are dragged."""
    at: int
    """Before which step, or block, counted from 0 as they are now."""


class DragSurface(Protocol):
    """What a drag asks of the list."""

    def dragged_with(self, row: PartRow) -> Sequence[PartRow]:
        """Return what a drag of that row takes along, in order; nothing where it cannot move."""
        ...

    def drop_places(self, row: PartRow) -> Sequence[DropPlace]:
        """Return where such a row can be put, from top to bottom."""
        ...

    def column(self) -> tuple[int, int]:
        """Return left and right of the rows, in the list's coordinates."""
        ...

    def drop(self, rows: Sequence[PartRow], place: DropPlace) -> None: ...


class DropLine(QWidget):
    """A line with round ends where the dragged rows would go."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, left: int, right: int, y: float) -> None:
        self.setGeometry(left - DOT, round(y) - DOT, right - left + 2 * DOT, 2 * DOT)
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._themes.theme.ink
        painter.setPen(QPen(ink, LINE))
        painter.drawLine(QPointF(DOT, DOT), QPointF(self.width() - DOT, DOT))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for x in (DOT, self.width() - DOT):
            painter.drawEllipse(QPointF(x, DOT), DOT, DOT)


class Lifted(QWidget):
    """The beginning of the row that is dragged, with its shadow, under the pointer.

    It is shorter than the row, so that the line where it would drop stays in sight.
    """

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._picture = QPixmap()
        self._count = 1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def take(self, row: PartRow, count: int) -> None:
        """Show a row as it looks now; `count` rows go with it, itself included."""
        ratio = row.devicePixelRatioF()
        width = min(row.width() - SHORTER, WIDEST)
        left = 0
        if row.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = row.width() - width
        part = QRect(left, 0, width, row.height())
        self._picture = QPixmap(part.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        row.render(self._picture, QPoint(), QRegion(part), QWidget.RenderFlag.DrawChildren)
        self.take_picture(self._picture, count)

    def take_picture(self, picture: QPixmap, count: int = 1) -> None:
        """Show what is no row of the list yet."""
        self._picture, self._count = picture, count
        size = picture.deviceIndependentSize().toSize()
        self.resize(size.width() + 2 * SHADOW, size.height() + 2 * SHADOW + DROP + STACK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._picture.deviceIndependentSize()
        box = QRectF(SHADOW, SHADOW, size.width(), size.height())
        _paint_shadow(painter, box)
        if self._count > 1:
            panel(painter, box.translated(0, STACK), RADIUS, theme.surface, theme.line)
        panel(painter, box, RADIUS, theme.surface, None)
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS, RADIUS)
        painter.setClipPath(shape)
        painter.drawPixmap(box.topLeft(), self._picture)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.ink, 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        if self._count > 1:
            font = theme.font("label", tabular=True)
            text = str(self._count)
            width = max(26.0, text_width(font, text) + 16)
            badge = QRectF(box.right() - width / 2 - 14, box.top() - 10, width, 26)
            panel(painter, badge, 13, theme.ink, None)
            text_centered(
                painter, font, theme.on_ink, (badge.center().x(), badge.center().y()), text
            )


def _paint_shadow(painter: QPainter, box: QRectF) -> None:
    """Draw the design's one shadow: 12 down, 32 wide, 18 % black."""
    painter.setPen(Qt.PenStyle.NoPen)
    steps = 8
    for step in range(steps):
        reach = (SHADOW - DROP) * (1 - step / steps)
        painter.setBrush(alpha(QColor("black"), 0.18 / steps))
        grown = box.adjusted(-reach, -reach, reach, reach).translated(0, DROP)
        painter.drawRoundedRect(grown, RADIUS + reach, RADIUS + reach)


class Dragging(QObject):
    """One drag at a time, from the press to the drop."""

    def __init__(
        self, themes: ThemeManager, scroll: PageScroll, content: QWidget, surface: DragSurface
    ) -> None:
        """`content` is what is scrolled, and what the rows stand in."""
        super().__init__(content)
        self._scroll = scroll
        self._surface = surface
        self._row: PartRow | None = None
        self._rows: tuple[PartRow, ...] = ()
        self._start = QPointF()
        self._grip = QPoint()
        self._at = QPoint()
        self._place: DropPlace | None = None
        self.line = DropLine(themes, scroll)
        self.lifted = Lifted(themes, scroll)
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self.tick)

    @property
    def is_active(self) -> bool:
        """Whether something is lifted; a press alone is none."""
        return bool(self._rows)

    @property
    def place(self) -> DropPlace | None:
        """Where it would drop now."""
        return self._place

    def press(self, row: PartRow, at: QPointF) -> None:
        """Remember a press on a row, at a point of the screen."""
        self.cancel()
        self._row = row
        self._start = at

    def move(self, at: QPointF) -> None:
        """Follow the pointer, at a point of the screen."""
        row = self._row
        if row is None:
            return
        is_near = (at - self._start).manhattanLength() < START
        if not self._rows and (is_near or not self._lift(row)):
            return
        self._at = self._scroll.mapFromGlobal(at.toPoint())
        self._follow()
        if self._speed() and not self._ticks.isActive():
            self._ticks.start()

    def release(self) -> bool:
        """Drop what is dragged; return whether anything was."""
        rows, place = self._rows, self._place
        self.cancel()
        if rows and place is not None:
            self._surface.drop(rows, place)
        return bool(rows)

    @Slot()
    def cancel(self) -> None:
        """Put everything back where it was."""
        for row in self._rows:
            row.set_lifted(False)
        self._row, self._rows, self._place = None, (), None
        self._ticks.stop()
        self.line.hide()
        self.lifted.hide()

    @Slot()
    def tick(self) -> None:
        """Scroll on while the pointer is at an edge."""
        speed = self._speed()
        before = self._scroll.offset
        if speed:
            self._scroll.scroll_to(before + speed)
        if self._scroll.offset == before:
            self._ticks.stop()
            return
        self._follow()

    def _lift(self, row: PartRow) -> bool:
        rows = tuple(self._surface.dragged_with(row))
        if not rows:
            self._row = None
            return False
        self._grip = row.mapFromGlobal(self._start.toPoint())
        self.lifted.take(row, len(rows))
        self._rows = rows
        for one in rows:
            one.set_lifted(True)
        self.lifted.show()
        self.lifted.raise_()
        return True

    def _follow(self) -> None:
        row = self._row
        if row is None:
            return
        content_y = self._at.y() + self._scroll.offset
        width = self.lifted.width() - 2 * SHADOW
        # Gripped at its end, it is still under the pointer.
        left = max(row.x() + SHIFT, self._at.x() - width + HELD)
        if row.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = min(row.geometry().right() - SHIFT - width, self._at.x() - HELD)
        self.lifted.move(left - SHADOW, self._at.y() - self._grip.y() - SHADOW)
        places = self._surface.drop_places(row)
        self._place = min(places, key=lambda place: abs(place.y - content_y), default=None)
        if self._place is not None:
            self.line.show_at(*self._surface.column(), self._place.y - self._scroll.offset)
            self.lifted.raise_()

    def _speed(self) -> int:
        """Return how far to scroll with each tick: negative is up, 0 is not at all."""
        return scroll_speed(self._at.y(), self._scroll.height()) if self._rows else 0


def scroll_speed(y: int, height: int) -> int:
    """Return how far a list of a height scrolls while something is carried at `y` of it."""
    above, below = EDGE - y, y - (height - EDGE)
    depth = max(above, below)
    if depth <= 0:
        return 0
    speed = max(1, round(FASTEST * min(1.0, depth / EDGE)))
    return -speed if above > below else speed
