"""Paragraphs below one another, wrapped to a width, with an icon before those that have one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from app.ui.icons import paint_icon
from app.ui.theme import line_baseline
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QPainter

    from app.ui.theme import Theme

ICON_GAP: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    text: str
    role: str = "body"
    color: str = "text"
    """The name of a colour of the theme."""
    weight: int = 0
    """0 is the role's own."""
    tabular: bool = False
    icon: str | None = None
    icon_size: int = 16
    indent: int = 0
    """Pixels before the text, where there is no icon."""
    gap: int = 0
    """Pixels above it."""
    most: int = 0
    """How many lines at most; 0 is as many as it takes."""


class TextColumn:
    """Knows its lines for the width that it was last asked for."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = tuple(paragraphs)
        self._laid: tuple[Theme, int, list[list[str]]] | None = None

    def height(self, theme: Theme, width: int) -> int:
        """Return how high the paragraphs are at a width, in pixels."""
        heights = (
            paragraph.gap + theme.line_height(paragraph.role) * len(lines)
            for paragraph, lines in zip(self._paragraphs, self.lines(theme, width), strict=True)
        )
        return sum(heights)

    def lines(self, theme: Theme, width: int) -> list[list[str]]:
        """Return each paragraph's lines at a width."""
        laid = self._laid
        if laid is None or laid[0] is not theme or laid[1] != width:
            found = [_lines(paragraph, theme, width) for paragraph in self._paragraphs]
            laid = self._laid = (theme, width, found)
        return laid[2]

    def paint(
        self,
        painter: QPainter,
        theme: Theme,
        place: tuple[float, float],
        width: int,
        *,
        quiet: bool = False,
    ) -> None:
        """Draw from (left, top) on; `quiet` takes the emphasis from what is out."""
        left, y = place
        for paragraph, lines in zip(self._paragraphs, self.lines(theme, width), strict=True):
            y += paragraph.gap
            color = theme.text_3 if quiet else getattr(theme, paragraph.color)
            font = _font(paragraph, theme)
            height = theme.line_height(paragraph.role)
            if paragraph.icon is not None:
                size = paragraph.icon_size
                box = QRectF(left, round(y + (height - size) / 2), size, size)
                paint_icon(painter, paragraph.icon, box, color)
            painter.setFont(font)
            painter.setPen(color)
            for line in lines:
                at = QPointF(left + _inset(paragraph), round(line_baseline(font, y, height)))
                painter.drawText(at, line)
                y += height


def _inset(paragraph: Paragraph) -> int:
    return paragraph.icon_size + ICON_GAP if paragraph.icon is not None else paragraph.indent


def _font(paragraph: Paragraph, theme: Theme) -> QFont:
    return theme.font(paragraph.role, tabular=paragraph.tabular, weight=paragraph.weight)


def _lines(paragraph: Paragraph, theme: Theme, width: int) -> list[str]:
    measure = QFontMetricsF(_font(paragraph, theme)).horizontalAdvance
    room = max(1, width - _inset(paragraph))
    if "\n" not in paragraph.text and measure(paragraph.text) <= room:
        return [paragraph.text]
    lines = [
        line for part in paragraph.text.split("\n") for line in wrap(part, room, measure) or [""]
    ]
    return clip(lines, paragraph.most, room, measure) if paragraph.most else lines
