"""Advice beside a routine that is edited: what it says, and the strip of it below the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, QRectF, Signal, Slot
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter

from app.ui.icons import paint_icon
from app.ui.theme import line_baseline
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.paint import rule
from app.ui.widgets.text_fit import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.editing import PartId
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate

ICON: Final = 18
TEXT_LEFT: Final = 30
LINE_GAP: Final = 2
BUTTONS_GAP: Final = 4
ITEM_GAP: Final = 14
TITLE_GAP: Final = 8


@dataclass(frozen=True, slots=True)
class Hint:
    """One remark about a routine; it keeps nobody from anything."""

    id: str
    """The rule's name, by which it can be silenced."""
    sentence: str
    reason: str
    part: PartId | None = None
    """The step or block it is about; None for the routine as a whole."""
    action: str = ""
    """What a press would do about it: "Sort"; empty where nothing can be done by itself."""


class _Note(SpokenWidget):
    """One remark with its reason and what can be done about it."""

    silenced = cast("TypedSignal[Hint]", Signal(object))
    applied = cast("TypedSignal[Hint]", Signal(object))
    shown = cast("TypedSignal[Hint]", Signal(object))

    def __init__(self, themes: ThemeManager, hint: Hint, parent: QWidget) -> None:
        super().__init__(QAccessible.Role.ListItem, parent)
        self._themes = themes
        self.hint = hint
        self.setAccessibleName(f"{hint.sentence} {hint.reason}")
        self._buttons: list[Button] = []
        if hint.action:
            self._add(hint.action, self._apply, kind=ButtonKind.SECONDARY)
        if hint.part is not None:
            self._add(translate("Editor", "Show"), self._show)
        self._add(translate("Editor", "Hide for this routine"), self._silence)

    def _add(self, text: str, pressed: object, kind: ButtonKind = ButtonKind.GHOST) -> None:
        button = Button(self._themes, text, kind=kind, size=ButtonSize.SMALL, parent=self)
        button.clicked.connect(pressed)
        button.setAccessibleDescription(self.hint.sentence)
        button.show()
        self._buttons.append(button)

    @property
    def buttons(self) -> Sequence[Button]:
        return self._buttons

    def place(self, width: int) -> int:
        """Take a width; return the height that goes with it."""
        y = self._text_height(width) + BUTTONS_GAP
        # Ghost buttons have no box at rest: their words stand where the text does.
        pad = 0 if self.hint.action else self._buttons[0].padding()
        x, height = TEXT_LEFT - pad, self._buttons[0].sizeHint().height()
        for button in self._buttons:
            size = button.sizeHint()
            if x > TEXT_LEFT and x + size.width() > width:
                x, y = TEXT_LEFT - pad, y + height
            button.setGeometry(x, y, size.width(), height)
            x += size.width() + BUTTONS_GAP
        self.resize(width, y + height)
        return y + height

    def _paragraphs(self, width: int) -> list[tuple[str, str, str, int]]:
        """Return text, role, colour and line height of each line."""
        theme = self._themes.theme
        lines = []
        for text, role, color in (
            (self.hint.sentence, "label", "text"),
            (self.hint.reason, "small", "text_2"),
        ):
            measure = QFontMetricsF(theme.font(role)).horizontalAdvance
            lines += [
                (line, role, color, theme.line_height(role))
                for line in wrap(text, width - TEXT_LEFT, measure)
            ]
        return lines

    def _text_height(self, width: int) -> int:
        return sum(height + LINE_GAP for _, _, _, height in self._paragraphs(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        first = theme.line_height("label")
        box = QRectF(0, round((first - ICON) / 2), ICON, ICON)
        paint_icon(painter, "info", box, theme.text_3)
        y = 0
        for text, role, color, height in self._paragraphs(self.width()):
            font = theme.font(role)
            painter.setFont(font)
            painter.setPen(getattr(theme, color))
            painter.drawText(TEXT_LEFT, round(line_baseline(font, y, height)), text)
            y += height + LINE_GAP

    @Slot()
    def _apply(self) -> None:
        self.applied.emit(self.hint)

    @Slot()
    def _show(self) -> None:
        self.shown.emit(self.hint)

    @Slot()
    def _silence(self) -> None:
        self.silenced.emit(self.hint)


class Notes(SpokenWidget):
    """All remarks, below the list; hidden while there are none."""

    silenced = cast("TypedSignal[Hint]", Signal(object))
    applied = cast("TypedSignal[Hint]", Signal(object))
    shown = cast("TypedSignal[Hint]", Signal(object))
    """Go to the part that the remark is about."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(QAccessible.Role.List, parent)
        self._themes = themes
        self._notes: list[_Note] = []
        self.setAccessibleName(self._title())
        self.hide()

    @staticmethod
    def _title() -> str:
        return translate("Editor", "Notes")

    @property
    def hints(self) -> tuple[Hint, ...]:
        return tuple(note.hint for note in self._notes)

    @property
    def notes(self) -> Sequence[_Note]:
        return self._notes

    def show_hints(self, hints: Sequence[Hint]) -> bool:
        """Show these remarks; return whether they are others than before."""
        if tuple(hints) == self.hints:
            return False
        for note in self._notes:
            note.hide()
            note.deleteLater()
        self._notes = []
        for hint in hints:
            note = _Note(self._themes, hint, self)
            note.silenced.connect(self.silenced.emit)
            note.applied.connect(self.applied.emit)
            note.shown.connect(self.shown.emit)
            note.show()
            self._notes.append(note)
        self.setVisible(bool(hints))
        return True

    def place(self, width: int) -> int:
        """Take a width; return the height that goes with it, 0 where there is nothing to say."""
        if not self._notes:
            return 0
        y = 20 + self._themes.theme.line_height("title_s") + TITLE_GAP
        for note in self._notes:
            note.move(0, y)
            y += note.place(width) + ITEM_GAP
        self.resize(width, y)
        return y

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        rule(painter, 0, self.width(), 0, theme.line)
        font = theme.font("title_s")
        painter.setFont(font)
        painter.setPen(theme.text)
        painter.drawText(
            0, round(line_baseline(font, 20, theme.line_height("title_s"))), self._title()
        )
