"""What stands beside the steps: what is needed, what to heed, how to go on, where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QPainter

from app.ui import _tokens as tokens
from app.ui import words
from app.ui.pages.preview.phrases import caution
from app.ui.pages.preview.text_column import Paragraph, TextColumn
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.paint import panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.routine import Routine
    from app.ui.pages.preview.data import Preview
    from app.ui.theme import ThemeManager

PADDING: Final = tokens.SPACE["card_padding"]
GROUP_GAP: Final = 16
ROW_GAP: Final = 12
COLUMN_GAP: Final = 24
GEAR_COLUMNS: Final = 4
CAUTION_COLUMNS: Final = 2
"""In a narrow window a card takes the whole width, and so less height."""


Note = tuple[Paragraph, ...]
"""What belongs together and is never torn apart."""


class Notes(SpokenWidget):
    """Notes with a title, on a card or on the page itself, in one or more columns."""

    def __init__(self, themes: ThemeManager, title: str, parent: QWidget, *, framed: bool) -> None:
        super().__init__(QAccessible.Role.StaticText, parent)
        self._themes = themes
        self._title = TextColumn([Paragraph(text=title, role="title_s")])
        self._name = title
        self._padding = PADDING if framed else 0
        self._framed = framed
        self._is_broad = False
        self._groups: list[tuple[int, list[TextColumn]]] = []

    def show_notes(self, groups: Sequence[tuple[int, Sequence[Note]]], spoken: str) -> None:
        """Show groups of notes, each with its number of columns where there is much room.

        `spoken` is what is read out.
        """
        self._groups = [
            (columns, [TextColumn(note) for note in notes]) for columns, notes in groups if notes
        ]
        self.setAccessibleName(f"{self._name}. {spoken}")
        self.setVisible(bool(self._groups))
        self.update()

    def set_broad(self, *, broad: bool) -> None:
        """Use the groups' columns, or put everything below one another."""
        self._is_broad = broad

    def needed_height(self, width: int) -> int:
        """Return the height for a width, in pixels."""
        _, bottom = self._places(width - 2 * self._padding)
        return bottom + 2 * self._padding

    def _places(self, inner: int) -> tuple[list[tuple[TextColumn, int, int, int]], int]:
        """Return each note with its left, top and width inside the padding, and the height."""
        theme = self._themes.theme
        y = self._title.height(theme, inner)
        places = [(self._title, 0, 0, inner)]
        for most, notes in self._groups:
            columns = most if self._is_broad else 1
            width = (inner - COLUMN_GAP * (columns - 1)) // columns
            y += GROUP_GAP - ROW_GAP
            for start in range(0, len(notes), columns):
                row = notes[start : start + columns]
                y += ROW_GAP
                places += [
                    (note, index * (width + COLUMN_GAP), y, width) for index, note in enumerate(row)
                ]
                y += max(note.height(theme, width) for note in row)
        return places, y

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        if self._framed:
            box = QRectF(self.rect())
            panel(painter, box, tokens.RADIUS["card"], theme.surface, theme.line)
        edge = self._padding
        places, _ = self._places(self.width() - 2 * edge)
        for note, left, top, width in places:
            note.paint(painter, theme, (edge + left, edge + top), width)


def show_needs(card: Notes, preview: Preview) -> None:
    """Show on a card what to fetch, and each caution with the exercises that it is about."""
    gear = [(words.EQUIPMENT_ICONS[item], words.equipment(item)) for item in preview.equipment]
    gear = gear or [(words.SPACE_ICON, words.tr("Just space"))]
    things = [(Paragraph(text=text, icon=icon, icon_size=20),) for icon, text in gear]
    cautions = [
        (
            Paragraph(text=found.text, icon="triangle-alert", icon_size=20),
            Paragraph(text=", ".join(found.names), role="small", color="text_2", indent=28),
        )
        for found in preview.cautions
    ]
    spoken = [", ".join(text for _, text in gear)]
    spoken += [
        f"{', '.join(found.names)}. {caution(found.text).rstrip('.')}" for found in preview.cautions
    ]
    groups = ((GEAR_COLUMNS, things), (CAUTION_COLUMNS, cautions))
    card.show_notes(groups, " ".join(f"{text}." for text in spoken))


def show_plan(card: Notes, routine: Routine) -> None:
    """Show how often it is meant to be done and how it goes on, where the author says so."""
    said = [
        (card.tr("How often"), routine.frequency),
        (card.tr("How to go on"), routine.progression),
    ]
    notes = [
        (Paragraph(text=heading, role="label", color="text_2"), Paragraph(text=text, gap=2))
        for heading, text in said
        if text
    ]
    card.show_notes([(1, notes)], " ".join(f"{heading}: {text}" for heading, text in said if text))


def show_sources(card: Notes, routine: Routine) -> None:
    """Show where a routine is from, a line each."""
    lines = tuple(
        Paragraph(text=source, role="small", color="text_2", gap=4 if index else 0)
        for index, source in enumerate(routine.sources)
    )
    card.show_notes([(1, [lines] if lines else [])], ". ".join(routine.sources))
