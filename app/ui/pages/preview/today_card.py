"""The card on which one says how much time there is today, and reads what that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAccessible, QPainter

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.pages.preview import phrases
from app.ui.pages.preview.data import minutes_of
from app.ui.pages.preview.text_column import Paragraph, TextColumn
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.buttons import Button, ButtonSize
from app.ui.widgets.paint import panel, text_at, text_width
from app.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.pages.preview.data import Preview
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

PADDING: Final = 16
ICON: Final = 20
GAP: Final = 16
LINE_GAP: Final = 8
TEXT_LEAST: Final = 260
"""Pixels at 100 % text; with less beside the number, what is said stands below it."""


class TodayCard(SpokenWidget):
    """Holds the number of minutes, and the way back to the routine as it is written."""

    minutes_chosen = cast("TypedSignal[int]", Signal(int))
    as_written_requested = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(QAccessible.Role.StaticText, parent)
        self._themes = themes
        self._title = self.tr("I have")
        self._text = TextColumn(())
        self.stepper = Stepper(
            themes,
            self.tr("Time for it today"),
            minimum=1,
            maximum=1,
            unit=self.tr(" min"),
            parent=self,
        )
        self.as_written = Button(
            themes, self.tr("As written"), size=ButtonSize.SMALL, icon="undo-2", parent=self
        )
        self.as_written.setToolTip(self.tr("Take back all changes for today"))
        self.as_written.hide()
        self.stepper.valueChanged.connect(self.minutes_chosen.emit)
        self.as_written.clicked.connect(self._ask_for_written)

    def show_preview(self, preview: Preview, *, minutes: int | None, is_as_written: bool) -> None:
        """Show the time there is, None for all that it takes, and what that leaves out."""
        whole = minutes_of(preview.unfitted_ms)
        blocker = QSignalBlocker(self.stepper)
        self.stepper.setMaximum(max(whole, minutes or 1))
        self.stepper.setValue(minutes or whole)
        blocker.unblock()
        self.stepper.setEnabled(not preview.problem)
        said = phrases.outcome(preview)
        self._text = TextColumn([Paragraph(text=said, color="text_2")] if said else ())
        self.setAccessibleName(said)
        self.stepper.setAccessibleDescription(said)
        self.as_written.setVisible(not is_as_written)
        self.update()

    @Slot()
    def _ask_for_written(self) -> None:
        # The button goes; the keyboard must not go with it.
        if self.as_written.hasFocus():
            self.stepper.setFocus()
        self.as_written_requested.emit()

    # Layout

    def needed_height(self, width: int) -> int:
        """Return the height for a width, in pixels."""
        row = self._row_height()
        room, is_beside = self._room(width)
        text = self._text.height(self._themes.theme, room)
        if is_beside:
            return max(row, text) + 2 * PADDING
        return row + (LINE_GAP + text if text else 0) + 2 * PADDING

    def _row_height(self) -> int:
        heights = (self.stepper.sizeHint().height(), self.as_written.sizeHint().height())
        return max(heights)

    def _stepper_left(self) -> int:
        font = self._themes.theme.font("body_bold")
        return PADDING + ICON + 10 + round(text_width(font, self._title)) + 12

    def _room(self, width: int) -> tuple[int, bool]:
        """Return the text's room in pixels, and whether it stands beside the number."""
        used = self._stepper_left() + self.stepper.sizeHint().width() + GAP
        button = self.as_written.sizeHint().width() + GAP
        beside = width - used - PADDING - button
        if beside >= TEXT_LEAST * self._themes.theme.text_scale:
            return beside, True
        return width - 2 * PADDING, False

    def place(self) -> None:
        """Place what the card holds, for the size it has."""
        row = self._row_height()
        top = PADDING
        if self._room(self.width())[1]:
            top = (self.height() - row) // 2
        size = self.stepper.sizeHint()
        left = self._stepper_left()
        self.stepper.setGeometry(left, top + (row - size.height()) // 2, *size.toTuple())
        size = self.as_written.sizeHint()
        left = self.width() - PADDING - size.width()
        self.as_written.setGeometry(left, top + (row - size.height()) // 2, *size.toTuple())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, theme.line)
        middle = self.stepper.geometry().center().y() + 0.5
        icon = QRectF(PADDING, round(middle - ICON / 2), ICON, ICON)
        paint_icon(painter, "timer", icon, theme.text_2)
        left = PADDING + ICON + 10
        text_at(painter, theme.font("body_bold"), theme.text, (left, middle), self._title)
        room, is_beside = self._room(self.width())
        if is_beside:
            left = self.stepper.geometry().right() + 1 + GAP
            top = (self.height() - self._text.height(theme, room)) / 2
        else:
            left, top = PADDING, PADDING + self._row_height() + LINE_GAP
        self._text.paint(painter, theme, (left, top), room)
