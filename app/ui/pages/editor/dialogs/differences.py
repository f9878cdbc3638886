"""Two texts with what differs in them marked, side by side or one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.ui import _tokens as tokens
from app.ui.theme import line_baseline
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.paint import elided, panel, text_at
from app.ui.widgets.text_fit import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QFont

    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate

_CONTEXT: Final = 2
"""So many lines that are the same stand before and after one that is not."""
_PADDING, _GAP, _SIGN, _HEAD, _ROW_PADDING, _BAR = 12, 16, 12, 36, 2, 4
_INDENT: Final = 16
"""What a line that goes on is set in by."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one text; its number is None where it says that lines are left out."""

    number: int | None
    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands side by side; None where one text has nothing there."""

    ours: Line | None
    theirs: Line | None


class _Column(NamedTuple):
    """One text as it is painted."""

    title: str
    lines: Sequence[Line | None]
    broken: Sequence[list[str]]
    heights: Sequence[int]


def compared(ours: str, theirs: str) -> list[Pair]:
    """Return both texts line by line; long runs of lines that are the same are left out."""
    left, right = ours.splitlines(), theirs.splitlines()
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    opcodes = matcher.get_opcodes()
    for at, (kind, a, a_end, b, b_end) in enumerate(opcodes):
        if kind == "equal":
            before = 0 if at == 0 else _CONTEXT
            after = 0 if at == len(opcodes) - 1 else _CONTEXT
            pairs += _unchanged(left, (a, a_end), b - a, before, after)
            continue
        for offset in range(max(a_end - a, b_end - b)):
            pairs.append(
                Pair(
                    _line(left, a + offset, a_end),
                    _line(right, b + offset, b_end),
                )
            )
    return pairs


def _line(lines: Sequence[str], at: int, end: int) -> Line | None:
    return Line(at + 1, lines[at], changed=True) if at < end else None


def _unchanged(
    lines: Sequence[str], span: tuple[int, int], shift: int, before: int, after: int
) -> list[Pair]:
    start, end = span
    left_out = range(start + before, end - after)
    pairs = []
    for at in range(start, end):
        # A single line is shown rather than counted.
        if len(left_out) > 1 and at in left_out:
            if at == left_out.start:
                text = translate("Conflict", "{count} lines are the same")
                gap = Line(None, text.format(count=len(left_out)))
                pairs.append(Pair(gap, gap))
            continue
        pairs.append(Pair(Line(at + 1, lines[at]), Line(at + 1 + shift, lines[at])))
    return pairs


class Differences(SpokenWidget):
    """Paints the pairs; as high as they are. The arrow keys scroll what it stands in."""

    def __init__(
        self, themes: ThemeManager, titles: tuple[str, str], *, ours: str, theirs: str
    ) -> None:
        """`titles` are what the two texts are called."""
        super().__init__(QAccessible.Role.StaticText)
        self._themes = themes
        self._titles = titles
        self.pairs = compared(ours, theirs)
        self._beside = True
        self._ring = FocusRing(self, themes, self._shape)
        self._heights: tuple[object, list[float]] = (None, [])
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self._said())
        themes.changed.connect(self._restyle)

    def set_beside(self, *, beside: bool) -> None:
        """Stand side by side, or ours above theirs."""
        if beside != self._beside:
            self._beside = beside
            self._restyle()

    @property
    def is_beside(self) -> bool:
        return self._beside

    def _said(self) -> str:
        """Return the lines that differ, as they are read out."""
        parts = []
        for side, title in zip(("ours", "theirs"), self._titles, strict=True):
            lines = [getattr(pair, side) for pair in self.pairs]
            texts = [
                translate("Conflict", "line {number}: {text}").format(
                    number=line.number, text=line.text.strip()
                )
                for line in lines
                if line is not None and line.changed
            ]
            parts.append(f"{title}: {'; '.join(texts) or translate('Conflict', 'nothing')}")
        return ". ".join(parts)

    # Geometry

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), tokens.RADIUS["field"])

    def _column_width(self, width: int) -> int:
        return (width - _GAP) // 2 if self._beside else width

    def _rows(self, lines: Sequence[Line | None], width: int) -> list[list[str]]:
        font = self._themes.theme.font("small")
        return [[] if line is None else _wrapped(line, font, self._room(width)) for line in lines]

    def _room(self, width: int) -> float:
        return width - 2 * _PADDING - _SIGN

    def _layout(self, width: int) -> tuple[list[list[str]], list[list[str]], list[int], list[int]]:
        """Return the lines of both texts as they are broken, and how high each row of them is."""
        column = self._column_width(width)
        ours = self._rows([pair.ours for pair in self.pairs], column)
        theirs = self._rows([pair.theirs for pair in self.pairs], column)
        high = self._themes.theme.line_height("small")
        if self._beside:
            rows = [
                max(len(a), len(b)) * high + 2 * _ROW_PADDING
                for a, b in zip(ours, theirs, strict=True)
            ]
            return ours, theirs, rows, rows
        left, right = (
            [len(one) * high + 2 * _ROW_PADDING if one else 0 for one in side]
            for side in (ours, theirs)
        )
        return ours, theirs, left, right

    def _head(self) -> int:
        return max(_HEAD, self._themes.theme.line_height("label") + 16)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _, _, left, right = self._layout(width)
        if self._beside:
            return self._head() + sum(left) + 8
        return 2 * self._head() + sum(left) + sum(right) + 2 * 8 + _GAP

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(480, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 80)

    # Looks

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = self._column_width(self.width())
        ours, theirs, left, right = self._layout(self.width())
        tall = self._head() + sum(left) + 8
        clip = QRectF(event.rect())
        mine = _Column(self._titles[0], [pair.ours for pair in self.pairs], ours, left)
        self._paint_text(painter, QRectF(0, 0, width, tall), mine, clip)
        area = QRectF(self.width() - width, 0, width, tall)
        if not self._beside:
            area = QRectF(0, tall + _GAP, width, self._head() + sum(right) + 8)
        others = _Column(self._titles[1], [pair.theirs for pair in self.pairs], theirs, right)
        self._paint_text(painter, area, others, clip)

    def _paint_text(self, painter: QPainter, area: QRectF, column: _Column, clip: QRectF) -> None:
        theme = self._themes.theme
        panel(painter, area, tokens.RADIUS["field"], theme.bg, theme.line)
        label = theme.font("label")
        title = elided(label, column.title, area.width() - 2 * _PADDING)
        at = (area.left() + _PADDING, area.top() + self._head() / 2)
        text_at(painter, label, theme.text, at, title)
        font, high = theme.font("small"), theme.line_height("small")
        y = area.top() + self._head()
        for line, broken, tall in zip(column.lines, column.broken, column.heights, strict=True):
            box = QRectF(area.left() + 1, y, area.width() - 2, tall)
            y += tall
            if line is None or not box.intersects(clip):
                continue
            if line.changed:
                painter.fillRect(box, theme.selected)
                # Not by its ground alone: a bar stands before what is another in the other text.
                painter.fillRect(QRectF(box.left() + _PADDING, box.top(), _BAR, tall), theme.ink)
            color = theme.text if line.changed else theme.text_2
            if line.number is None:
                color = theme.text_3
            painter.setFont(font)
            painter.setPen(color)
            indent = _indent(line, font)
            for number, text in enumerate(broken):
                x = box.left() + _PADDING + _SIGN + indent + (_INDENT if number else 0)
                top = box.top() + _ROW_PADDING + number * high
                painter.drawText(QPointF(x, round(line_baseline(font, top, high))), text)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _indent(line: Line, font: QFont) -> float:
    spaces = len(line.text) - len(line.text.lstrip())
    return QFontMetricsF(font).horizontalAdvance(" " * spaces)


def _wrapped(line: Line, font: QFont, room: float) -> list[str]:
    text = line.text.strip()
    indent = _indent(line, font)
    measure = QFontMetricsF(font).horizontalAdvance
    # Lines that go on are set in, so that all of them are broken for the narrower room.
    lines = wrap(text, max(40.0, room - indent), measure)
    if len(lines) > 1:
        lines = wrap(text, max(40.0, room - indent - _INDENT), measure)
    return lines or [""]
