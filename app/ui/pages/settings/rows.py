"""The settings page's building blocks: sections, rows, and the list of sections."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.theme import ThemeManager, line_baseline
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.paint import elided, panel, rule, text_at
from app.ui.widgets.text_fit import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.signals import TypedSignal

PADDING: Final = 24
ROW: Final = 68
HEADING: Final = 40
CONTROL_GAP: Final = 12
STACK_BELOW: Final = 460
"""Width of a row under which a wide control stands below its words."""
NAV_WIDTH, NAV_ITEM, NAV_GAP = 232, 48, 4
NOTE_ICON, NOTE_INDENT, NOTE_GAP, NOTE_BOTTOM = 16, 24, 6, 16


class SettingRow(QWidget):
    """A title and a line of help at the left, its controls at the right, notes below them."""

    def __init__(
        self,
        themes: ThemeManager,
        title: str,
        help_text: str = "",
        *,
        controls: "Sequence[QWidget]" = (),
    ) -> None:
        super().__init__()
        self._themes = themes
        self._title = title
        self._help = help_text
        self._notes: tuple[str, ...] = ()
        self.controls = list(controls)
        for control in self.controls:
            control.setParent(self)
        self._name()

    @property
    def help_text(self) -> str:
        return self._help

    @property
    def notes(self) -> tuple[str, ...]:
        return self._notes

    def set_help(self, text: str) -> None:
        """Say something else under the title; the row may need another height then."""
        self._help = text
        self._name()
        self.update()

    def set_notes(self, notes: "Sequence[str]") -> None:
        """Say what is amiss, a sentence each; the row may need another height then."""
        self._notes = tuple(notes)
        self._name()
        self.update()

    def _name(self) -> None:
        said = ". ".join(text for text in (self._title, self._help, *self._notes) if text)
        self.setAccessibleName(said.replace("..", "."))

    def _controls_width(self) -> int:
        shown = [control for control in self.controls if not control.isHidden()]
        widths = sum(control.sizeHint().width() for control in shown)
        return widths + CONTROL_GAP * max(0, len(shown) - 1)

    def _is_stacked(self, width: int) -> bool:
        return bool(self.controls) and width - self._controls_width() < STACK_BELOW / 2

    def _room(self, width: int) -> int:
        if not self.controls or self._is_stacked(width):
            return width
        return width - self._controls_width() - 24

    def _title_lines(self, width: int) -> list[str]:
        metrics = QFontMetricsF(self._themes.theme.font("body_bold"))
        return wrap(self._title, self._room(width), metrics.horizontalAdvance)

    def _help_lines(self, width: int) -> list[str]:
        metrics = QFontMetricsF(self._themes.theme.font("small"))
        return wrap(self._help, self._room(width), metrics.horizontalAdvance) if self._help else []

    def _text_height(self, width: int) -> int:
        theme = self._themes.theme
        title = len(self._title_lines(width)) * theme.line_height("body")
        return title + len(self._help_lines(width)) * theme.line_height("small")

    def _note_lines(self, width: int) -> list[list[str]]:
        metrics = QFontMetricsF(self._themes.theme.font("small"))
        room = width - NOTE_INDENT
        return [wrap(note, room, metrics.horizontalAdvance) for note in self._notes]

    def _notes_height(self, width: int) -> int:
        """Return how high the notes are together, with the space under them."""
        if not self._notes:
            return 0
        line = self._themes.theme.line_height("small")
        lines = self._note_lines(width)
        return sum(len(note) for note in lines) * line + NOTE_GAP * (len(lines) - 1) + NOTE_BOTTOM

    def needed_height(self, width: int) -> int:
        """Return the height for a width, in pixels."""
        return self._main_height(width) + self._notes_height(width)

    def _main_height(self, width: int) -> int:
        text = self._text_height(width)
        control = max((c.sizeHint().height() for c in self.controls), default=0)
        if self._is_stacked(width):
            return text + control + 36
        return max(ROW, text + 24, control + 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    @Slot()
    def place(self) -> None:
        """Put the controls where they belong for the size there is."""
        shown = [control for control in self.controls if not control.isHidden()]
        stacked = self._is_stacked(self.width())
        x = 0 if stacked else self.width() - self._controls_width()
        main = self.height() - self._notes_height(self.width())
        for control in shown:
            size = control.sizeHint()
            y = (main - size.height()) // 2
            if stacked:
                y = main - 14 - size.height()
            width = min(size.width(), self.width() - x)
            control.setGeometry(x, y, width, size.height())
            x += size.width() + CONTROL_GAP
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        width = self.width()
        main = self.height() - self._notes_height(width)
        y = (main - self._text_height(width)) / 2
        if self._is_stacked(width):
            y = 14.0
        title, help_font = theme.font("body_bold"), theme.font("small")
        for font, color, lines, height in (
            (title, theme.text, self._title_lines(width), theme.line_height("body")),
            (help_font, theme.text_2, self._help_lines(width), theme.line_height("small")),
        ):
            painter.setFont(font)
            painter.setPen(color)
            for line in lines:
                painter.drawText(QPointF(0, round(line_baseline(font, y, height))), line)
                y += height
        self._paint_notes(painter, main)

    def _paint_notes(self, painter: QPainter, y: float) -> None:
        theme = self._themes.theme
        font, height = theme.font("small"), theme.line_height("small")
        for lines in self._note_lines(self.width()):
            icon = QRectF(0, y + (height - NOTE_ICON) / 2, NOTE_ICON, NOTE_ICON)
            paint_icon(painter, "circle-alert", icon, theme.text_2)
            painter.setFont(font)
            painter.setPen(theme.text)
            for line in lines:
                at = QPointF(NOTE_INDENT, round(line_baseline(font, y, height)))
                painter.drawText(at, line)
                y += height
            y += NOTE_GAP


class Section(QWidget):
    """A heading and a card of rows with a hairline between them."""

    def __init__(
        self, themes: ThemeManager, title: str, icon: str, rows: "Sequence[QWidget]"
    ) -> None:
        super().__init__()
        self._themes = themes
        self.title = title
        self.icon = icon
        self.rows = list(rows)
        for row in self.rows:
            row.setParent(self)
        self.setAccessibleName(title)

    def place(self, width: int) -> int:
        """Lay the rows out for a width; return the height."""
        inner = width - 2 * PADDING
        y = self._heading()
        for row in self.rows:
            height = _needed_height(row, inner)
            row.setGeometry(PADDING, y, inner, height)
            y += height
        self.update()
        return y

    def _heading(self) -> int:
        return max(HEADING, self._themes.theme.line_height("title_s") + 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        top = self._heading()
        title = theme.font("title_s")
        text_at(painter, title, theme.text, (0, top - 25.5), self.title)
        box = QRectF(0, top, self.width(), self.height() - top)
        panel(painter, box, tokens.RADIUS["card"], theme.surface, theme.line)
        for row in self.rows[1:]:
            rule(painter, PADDING, self.width() - PADDING, row.y(), theme.line)


def _needed_height(row: QWidget, width: int) -> int:
    if isinstance(row, SettingRow):
        return row.needed_height(width)
    if row.hasHeightForWidth():
        return row.heightForWidth(width)
    return row.sizeHint().height()


class _NavItem(QRadioButton):
    def __init__(self, themes: ThemeManager, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._themes = themes
        self._icon = icon
        self._ring = FocusRing(self, themes, self._shape)

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), tokens.RADIUS["button"])

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        return QSize(NAV_WIDTH, self._themes.theme.control(NAV_ITEM))

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

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.selected)
            painter.setOpacity(1.0 if on else 0.5)
            radius = tokens.RADIUS["button"]
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
            painter.setOpacity(1.0)
        color = theme.text if on else theme.text_2
        middle = self.height() / 2
        paint_icon(painter, self._icon, QRectF(16, round(middle - 10), 20, 20), color)
        font = theme.font("body_bold") if on else theme.font("body", weight=500)
        text_at(painter, font, color, (48, middle), elided(font, self.text(), self.width() - 56))


class SectionNav(QWidget):
    """The list of sections; follows the scrolling, and leads to a section."""

    chosen = cast("TypedSignal[int]", Signal(int))

    def __init__(
        self, themes: ThemeManager, items: "Sequence[tuple[str, str]]", parent: QWidget
    ) -> None:
        """`items` are title and icon."""
        super().__init__(parent)
        self._themes = themes
        self._group = QButtonGroup(self)
        self._items = [_NavItem(themes, title, icon, self) for title, icon in items]
        for index, item in enumerate(self._items):
            self._group.addButton(item, index)
        self._group.idClicked.connect(self.chosen.emit)
        self.setAccessibleName(self.tr("Sections"))
        self.show_section(0)

    def show_section(self, index: int) -> None:
        """Mark a section as the one in view."""
        self._items[index].setChecked(True)

    def item(self, index: int) -> QRadioButton:
        return self._items[index]

    def sizeHint(self) -> QSize:
        height = self._items[0].sizeHint().height() + NAV_GAP
        return QSize(NAV_WIDTH, height * len(self._items))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    @Slot()
    def place(self) -> None:
        y = 0
        for item in self._items:
            height = item.sizeHint().height()
            item.setGeometry(0, y, self.width(), height)
            y += height + NAV_GAP
