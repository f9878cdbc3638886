"""The rail at the left edge: the mark, and the way to each page."""

from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.domain.exercise import Phase
from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.theme import Theme, ThemeManager
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.paint import elided, text_centered, text_width

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

WIDTH: Final = tokens.SPACE["rail_width"]
ITEM_WIDTH, ITEM_HEIGHT, ITEM_RADIUS = 72, 64, 16
FIRST_TOP, PITCH = 112, 80
LOGO, LOGO_TOP = 40, 32
LOGO_WIDTH: Final = 9.0
ICON: Final = 24
TEXT_INSET: Final = 2
TEXT_SCALES: Final = (1.0, 0.9, 0.8)
# Where each part of the mark starts and how far it goes clockwise, in degrees from the top.
_ARCS: Final = (
    (Phase.WARMUP, 35.0, 45.0),
    (Phase.DYNAMIC, 88.0, 84.0),
    (Phase.STATIC, 180.0, 145.0),
)


class Page(StrEnum):
    """The pages that the rail leads to."""

    ROUTINES = "routines"
    EXERCISES = "exercises"
    HISTORY = "history"
    SETTINGS = "settings"


PAGE_ICONS: Final = {
    Page.ROUTINES: "layers",
    Page.EXERCISES: "person-standing",
    Page.HISTORY: "calendar-days",
    Page.SETTINGS: "settings-2",
}
PAGE_KEYS: Final = {
    Page.ROUTINES: "Ctrl+1",
    Page.EXERCISES: "Ctrl+2",
    Page.HISTORY: "Ctrl+3",
    Page.SETTINGS: "Ctrl+4",
}


def paint_mark(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw the app's mark: an open ring in three phases."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = LOGO_WIDTH * box.width() / LOGO
    inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for phase, start, span in _ARCS:
        pen = QPen(theme.phase(phase).solid, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(inner, round((90 - start) * 16), round(-span * 16))


class _Item(QRadioButton):
    def __init__(self, themes: ThemeManager, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._themes = themes
        self._icon = icon
        self._ring = FocusRing(self, themes, self._shape)

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), ITEM_RADIUS)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        return QSize(ITEM_WIDTH, ITEM_HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def _text_font(self, weight: int) -> QFont:
        """Return the largest of a few sizes at which the text fits; the rail cannot grow."""
        theme = self._themes.theme
        fonts = [theme.font("caption", scale, weight=weight) for scale in TEXT_SCALES]
        room = self.width() - 2 * TEXT_INSET
        return next((font for font in fonts if text_width(font, self.text()) <= room), fonts[-1])

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.selected)
            painter.setOpacity(1.0 if on else 0.5)
            painter.drawRoundedRect(QRectF(self.rect()), ITEM_RADIUS, ITEM_RADIUS)
            painter.setOpacity(1.0)
        color = theme.text if on else theme.text_2
        extra = (self.height() - ITEM_HEIGHT) / 2
        left = (self.width() - ICON) / 2
        paint_icon(painter, self._icon, QRectF(left, 10 + extra, ICON, ICON), color)
        font = self._text_font(600 if on else 0)
        text = elided(font, self.text(), self.width())
        text_centered(painter, font, color, (self.width() / 2, 47 + extra), text)


class Rail(QWidget):
    """One item for each page; the current one is filled."""

    page_chosen = cast("TypedSignal[Page]", Signal(object))

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Pages"))
        self._group = QButtonGroup(self)
        self._items = {
            page: _Item(themes, text, PAGE_ICONS[page], self)
            for page, text in (
                (Page.ROUTINES, self.tr("Routines")),
                (Page.EXERCISES, self.tr("Exercises")),
                (Page.HISTORY, self.tr("History")),
                (Page.SETTINGS, self.tr("Settings")),
            )
        }
        for index, (page, item) in enumerate(self._items.items()):
            item.setToolTip(PAGE_KEYS[page])
            self._group.addButton(item, index)
        self._group.idClicked.connect(self._tell)
        self.show_page(Page.ROUTINES)
        themes.changed.connect(self.update)

    def show_page(self, page: Page) -> None:
        """Mark a page as the current one without announcing it."""
        self._items[page].setChecked(True)

    def items(self) -> list[QWidget]:
        return list(self._items.values())

    def item(self, page: Page) -> QRadioButton:
        return self._items[page]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for index, item in enumerate(self._items.values()):
            item.setGeometry(
                (WIDTH - ITEM_WIDTH) // 2, FIRST_TOP + index * PITCH, ITEM_WIDTH, ITEM_HEIGHT
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.rail)
        edge = self.rect()
        right = (
            edge.left()
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            else edge.right()
        )
        painter.fillRect(right, 0, 1, edge.height(), theme.line)
        paint_mark(painter, theme, QRectF((WIDTH - LOGO) / 2, LOGO_TOP, LOGO, LOGO))

    @Slot(int)
    def _tell(self, index: int) -> None:
        self.page_chosen.emit(list(self._items)[index])
