"""The pieces of an exercise's page that only say something: cues, caution, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent

from app.ui import _tokens as tokens
from app.ui import exercise_words, words
from app.ui.icons import paint_icon
from app.ui.theme import line_baseline
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.paint import elided, panel, text_at, text_centered, text_width
from app.ui.widgets.text_fit import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.exercise import Exercise, Phase
    from app.ui.theme import ThemeManager

TEXT_MAX: Final = 680
"""Lines of running text longer than this are hard to read."""
_NUMBER, _NUMBER_GAP, _CUE_GAP = 28, 12, 10
_TAG_HEIGHT, _TAG_PADDING, _TAG_ICON, _TAG_ICON_GAP, _TAG_GAP = 32, 12, 16, 6, 8
_CAUTION_PADDING, _CAUTION_ICON, _GAP = 16, 20, 12


class Block(SpokenWidget):
    """A piece of the page whose height follows from its width; it is read out as a text."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(QAccessible.Role.StaticText, parent)
        self.themes = themes
        themes.changed.connect(self.update)

    def needed_height(self, width: int) -> int:
        """Return the height in pixels at a width; 0 where there is nothing to show."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        return QSize(320, self.needed_height(320))


class Cues(Block):
    """What to do, one numbered line after the other."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self._cues: tuple[str, ...] = ()
        self._phase: Phase | None = None

    def show_cues(self, cues: tuple[str, ...], phase: Phase) -> None:
        self._cues, self._phase = cues, phase
        self.setAccessibleName(" ".join(cues))
        self.update()

    @property
    def cues(self) -> tuple[str, ...]:
        return self._cues

    def _lines(self, width: int) -> list[list[str]]:
        room = min(width, TEXT_MAX) - _NUMBER - _NUMBER_GAP
        measure = QFontMetricsF(self.themes.theme.font("body")).horizontalAdvance
        return [wrap(cue, room, measure) for cue in self._cues]

    def _heights(self, width: int) -> list[int]:
        line = self.themes.theme.line_height("body")
        return [max(_NUMBER, line * len(lines)) for lines in self._lines(width)]

    def needed_height(self, width: int) -> int:
        heights = self._heights(width)
        return sum(heights) + _CUE_GAP * max(0, len(heights) - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._phase is None:
            return
        theme = self.themes.theme
        colors = theme.phase(self._phase)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body, high = theme.font("body"), theme.line_height("body")
        y = 0
        pieces = zip(self._lines(self.width()), self._heights(self.width()), strict=True)
        for number, (lines, height) in enumerate(pieces, start=1):
            first = max(_NUMBER, high) / 2
            circle = QRectF(0, y + first - _NUMBER / 2, _NUMBER, _NUMBER)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.tint)
            painter.drawEllipse(circle)
            label = theme.font("label", tabular=True)
            text_centered(painter, label, colors.text, (_NUMBER / 2, y + first), str(number))
            painter.setFont(body)
            painter.setPen(theme.text)
            top = y + first - high / 2
            for line in lines:
                base = round(line_baseline(body, top, high))
                painter.drawText(QPointF(_NUMBER + _NUMBER_GAP, base), line)
                top += high
            y += height + _CUE_GAP


class Caution(Block):
    """When to be careful: an icon, and the text on a panel."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self._text = ""

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(self.tr("Caution: {text}").format(text=text))
        self.update()

    @property
    def text(self) -> str:
        return self._text

    def _lines(self, width: int) -> list[str]:
        room = min(width, TEXT_MAX) - 2 * _CAUTION_PADDING - _CAUTION_ICON - _GAP
        measure = QFontMetricsF(self.themes.theme.font("body", weight=500)).horizontalAdvance
        return wrap(self._text, room, measure)

    def needed_height(self, width: int) -> int:
        if not self._text:
            return 0
        line = self.themes.theme.line_height("body")
        return line * len(self._lines(width)) + 2 * _CAUTION_PADDING

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = QPainter(self)
        box = QRectF(0, 0, min(self.width(), TEXT_MAX), self.height())
        panel(painter, box, tokens.RADIUS["button"], theme.surface, theme.line_strong)
        font, high = theme.font("body", weight=500), theme.line_height("body")
        top = float(_CAUTION_PADDING)
        icon_top = round(top + (high - _CAUTION_ICON) / 2)
        icon = QRectF(_CAUTION_PADDING, icon_top, _CAUTION_ICON, _CAUTION_ICON)
        paint_icon(painter, "triangle-alert", icon, theme.text)
        painter.setFont(font)
        painter.setPen(theme.text)
        for line in self._lines(self.width()):
            base = round(line_baseline(font, top, high))
            painter.drawText(QPointF(icon.right() + _GAP, base), line)
            top += high


class Tags(Block):
    """Short facts as pills, in as many lines as they take; some with an icon."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self._items: tuple[tuple[str, str | None], ...] = ()

    def show_items(self, items: Sequence[tuple[str, str | None]]) -> None:
        """Show texts, each with its icon or None."""
        self._items = tuple(items)
        self.setAccessibleName(", ".join(text for text, _ in items))
        self.update()

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self._items]

    def _height(self) -> int:
        return max(_TAG_HEIGHT, self.themes.theme.line_height("small") + 12)

    def _places(self, width: int) -> list[QRectF]:
        """Return where each pill is."""
        font = self.themes.theme.font("small", weight=500)
        x, y, high = 0.0, 0.0, self._height()
        found = []
        for text, icon in self._items:
            needed = 2 * _TAG_PADDING + text_width(font, text)
            needed += _TAG_ICON + _TAG_ICON_GAP if icon is not None else 0
            needed = min(round(needed + 0.5), width)
            if x and x + needed > width:
                x, y = 0.0, y + high + _TAG_GAP
            found.append(QRectF(x, y, needed, high))
            x += needed + _TAG_GAP
        return found

    def needed_height(self, width: int) -> int:
        places = self._places(width)
        return round(places[-1].bottom()) if places else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = QPainter(self)
        font = theme.font("small", weight=500)
        for (text, icon), box in zip(self._items, self._places(self.width()), strict=True):
            panel(painter, box, box.height() / 2, theme.surface, theme.line)
            x, middle = box.left() + _TAG_PADDING, box.center().y()
            if icon is not None:
                top = round(middle - _TAG_ICON / 2)
                paint_icon(painter, icon, QRectF(x, top, _TAG_ICON, _TAG_ICON), theme.text_2)
                x += _TAG_ICON + _TAG_ICON_GAP
            shown = elided(font, text, box.right() - _TAG_PADDING - x + 1)
            text_at(painter, font, theme.text, (x, middle), shown)


class KindTag(Block):
    """The exercise's kind in the colour of its phase, then what else is said beside it."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self._exercise: Exercise | None = None
        self._facts = ""

    def show_exercise(self, exercise: Exercise, *, own: bool) -> None:
        self._exercise = exercise
        facts = [exercise_words.position(exercise.position), exercise_words.sides(exercise)]
        if own:
            facts.append(words.tr("Yours"))
        self._facts = " · ".join(fact for fact in facts if fact)
        kind = exercise_words.category(exercise.category)
        self.setAccessibleName(", ".join([kind, *(fact for fact in facts if fact)]))
        self.update()

    def needed_height(self, width: int) -> int:  # noqa: ARG002  (one line at any width)
        return max(_TAG_HEIGHT, self.themes.theme.line_height("label") + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        exercise = self._exercise
        if exercise is None:
            return
        theme = self.themes.theme
        colors = theme.phase(exercise.phase)
        painter = QPainter(self)
        font = theme.font("label")
        text = exercise_words.category(exercise.category)
        width = round(text_width(font, text)) + _TAG_ICON + _TAG_ICON_GAP + 2 * _TAG_PADDING
        box = QRectF(0, 0, width, self.height())
        panel(painter, box, box.height() / 2, colors.tint, None)
        middle = self.height() / 2
        icon = QRectF(_TAG_PADDING, round(middle - _TAG_ICON / 2), _TAG_ICON, _TAG_ICON)
        paint_icon(painter, tokens.PHASE_LABELS[exercise.phase.value][1], icon, colors.text)
        text_at(painter, font, colors.text, (icon.right() + _TAG_ICON_GAP, middle), text)
        body = theme.font("body")
        left = box.right() + _GAP
        shown = elided(body, self._facts, self.width() - left)
        text_at(painter, body, theme.text_2, (left, middle), shown)
