"""What leads on from an exercise's page: easier and harder exercises, and routines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent

from app.domain.catalogue import Origin
from app.ui import _tokens as tokens
from app.ui import exercise_words, words
from app.ui.icons import paint_icon
from app.ui.pages.home.data import main_phase
from app.ui.theme import mix
from app.ui.widgets.card import CardBase
from app.ui.widgets.paint import elided, panel, text_at, text_right, text_width
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.catalogue import RoutineCard
    from app.domain.exercise import Exercise
    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

LINK_HEIGHT: Final = 72
_PICTURE, _INSET, _GAP = 56, 8, 12
ROW_HEIGHT: Final = 64
_ROW_PADDING, _BAR = 16, 4


class LinkCard(CardBase):
    """A small card with picture and name; a press leads to that exercise."""

    chosen = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self, themes: ThemeManager, figures: Figures, exercise: Exercise, parent: QWidget
    ) -> None:
        super().__init__(themes, parent)
        self._figures = figures
        self.exercise = exercise
        self.setAccessibleDescription(exercise_words.kind_line(exercise))
        self.clicked.connect(self._choose)

    def needed_height(self) -> int:
        lines = 2 * self.themes.theme.line_height("body_bold")
        return max(LINK_HEIGHT, lines + 2 * _INSET + 4)

    def _lines(self) -> list[str]:
        room = self.width() - _INSET - _PICTURE - 2 * _GAP
        measure = QFontMetricsF(self.themes.theme.font("body_bold")).horizontalAdvance
        return clip(wrap(self.exercise.name, room, measure), 2, room, measure)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        cut = self._lines()[-1].endswith("…")
        self.setToolTip(self.exercise.name if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, exercise = self.themes.theme, self.exercise
        painter = QPainter(self)
        border = mix(theme.line, theme.line_strong, self.hover.value)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, border)
        ground = theme.phase(exercise.phase).tint
        top = (self.height() - _PICTURE) / 2
        picture = QRectF(_INSET, top, _PICTURE, _PICTURE)
        panel(painter, picture, tokens.RADIUS["card"] - _INSET, ground, None)
        self._figures.paint_still(
            painter,
            picture.adjusted(2, 2, -2, -2),
            exercise,
            exercise.position,
            theme=theme,
            phase=exercise.phase,
            bg=ground,
        )
        font, high = theme.font("body_bold"), theme.line_height("body_bold")
        lines = self._lines()
        y = self.height() / 2 - (len(lines) - 1) * high / 2
        for line in lines:
            text_at(painter, font, theme.text, (picture.right() + _GAP, y), line)
            y += high

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.exercise.id)


class RoutineRow(CardBase):
    """A routine that has the exercise; a press opens its preview."""

    chosen = cast("TypedSignal[RoutineCard]", Signal(object))

    def __init__(self, themes: ThemeManager, card: RoutineCard, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self.card = card
        length = words.length(card.duration_ms)
        self.setAccessibleName(", ".join([card.name, self._moment(), length]))
        self.clicked.connect(self._choose)

    def _moment(self) -> str:
        if self.card.origin is Origin.YOURS:
            return words.tr("Yours")
        return words.moment(self.card.when)

    def needed_height(self) -> int:
        theme = self.themes.theme
        return max(ROW_HEIGHT, theme.line_height("body_bold") + theme.line_height("small") + 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, card = self.themes.theme, self.card
        painter = QPainter(self)
        border = mix(theme.line, theme.line_strong, self.hover.value)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"] - 4, theme.surface, border)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.phase(main_phase(card)).solid)
        high = self.height() - 2 * _ROW_PADDING
        bar = QRectF(_ROW_PADDING, middle - high / 2, _BAR, high)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        chevron = QRectF(self.width() - _ROW_PADDING - 18, round(middle - 9), 18, 18)
        paint_icon(painter, "chevron-right", chevron, theme.text_2)
        bold = theme.font("body_bold", tabular=True)
        right = (chevron.left() - 8, middle)
        end = text_right(painter, bold, theme.text, right, words.length(card.duration_ms))
        left = bar.right() + _GAP
        name = theme.font("body_bold")
        spread = 11 * theme.text_scale
        shown = elided(name, card.name, end - 16 - left)
        text_at(painter, name, theme.text, (left, middle - spread), shown)
        small = theme.font("small")
        text = elided(small, self._moment(), end - 16 - left)
        text_at(painter, small, theme.text_2, (left, middle + spread), text)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        theme = self.themes.theme
        length = text_width(
            theme.font("body_bold", tabular=True), words.length(self.card.duration_ms)
        )
        room = self.width() - 2 * _ROW_PADDING - _BAR - _GAP - 18 - 8 - length - 16
        is_cut = text_width(theme.font("body_bold"), self.card.name) > room
        self.setToolTip(self.card.name if is_cut else "")

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.card)
