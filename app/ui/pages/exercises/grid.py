"""The grid of exercises: a card for each, its picture, name and kind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.ui import _tokens as tokens
from app.ui import exercise_words, words
from app.ui.icons import paint_icon
from app.ui.pages.exercises.drawing import DrawingQueue
from app.ui.theme import mix
from app.ui.widgets.card import CardBase
from app.ui.widgets.paint import elided, panel, text_at, text_width
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QEnterEvent, QHideEvent, QShowEvent

    from app.ui.figures import Figures
    from app.ui.pages.exercises.data import Entry
    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme, ThemeManager

GUTTER: Final = 24
LEAST_WIDTH: Final = 200
"""At the text size 1; larger text takes wider cards, though not in the same measure."""
_WIDER: Final = 0.4
INSET: Final = 8
"""Between a card's edge and its picture."""
PICTURE: Final = 136
PADDING: Final = 16
NAME_LINES: Final = 2
_NAME_TOP, _LINE_GAP = 14, 4
TAG_HEIGHT, TAG_PADDING, TAG_ICON = 24, 8, 12


class ExerciseCard(CardBase):
    """One exercise. A press opens its page."""

    chosen = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self, themes: ThemeManager, figures: Figures, entry: Entry, grid: ExerciseGrid
    ) -> None:
        super().__init__(themes, grid)
        self._figures = figures
        self._grid = grid
        self.entry = entry
        self._lines: tuple[object, list[str]] = (None, [])
        self.clicked.connect(self._choose)
        self.show_entry(entry)

    def show_entry(self, entry: Entry) -> None:
        self.entry = entry
        exercise = entry.exercise
        spoken = [exercise.name, exercise_words.kind_line(exercise)]
        if entry.own:
            spoken.append(words.tr("Yours"))
        self.setAccessibleName(", ".join(spoken))
        self.update()

    @property
    def figure_key(self) -> str:
        """Equal where the picture is the same."""
        exercise = self.entry.exercise
        # On another screen it may have to be drawn anew.
        return f"{exercise.figure or exercise.id} {exercise.phase} {self.devicePixelRatio():g}"

    def name_lines(self) -> list[str]:
        """Return the name as it is shown: two lines, the last of them elided."""
        theme = self.themes.theme
        key = (theme, self.width(), self.entry.exercise.name)
        if self._lines[0] != key:
            room = self.width() - 2 * PADDING
            measure = QFontMetricsF(theme.font("body_bold")).horizontalAdvance
            lines = wrap(self.entry.exercise.name, room, measure)
            self._lines = (key, clip(lines, NAME_LINES, room, measure))
        return self._lines[1]

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        name = self.entry.exercise.name
        whole = "".join(self.name_lines()).replace(" ", "") == name.replace(" ", "")
        self.setToolTip("" if whole else name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._grid.make_current(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, exercise = self.themes.theme, self.entry.exercise
        painter = QPainter(self)
        colors = theme.phase(exercise.phase)
        border = mix(theme.line, theme.line_strong, self.hover.value)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, border)
        picture = QRectF(INSET, INSET, self.width() - 2 * INSET, PICTURE)
        panel(painter, picture, tokens.RADIUS["card"] - INSET, colors.tint, None)
        # A square of one size: whatever the card's width, the figure is drawn once.
        left = round(picture.center().x() - PICTURE / 2)
        square = QRectF(left, INSET, PICTURE, PICTURE)
        self._grid.drawing.paint(self, partial(self._paint_figure, painter, square))
        if self.entry.own:
            self._paint_tag(painter, theme, picture)
        name = theme.font("body_bold")
        high = theme.line_height("body_bold")
        y = picture.bottom() + _NAME_TOP + high / 2
        for line in self.name_lines():
            text_at(painter, name, theme.text, (PADDING, y), line)
            y += high
        small = theme.font("small")
        y += _LINE_GAP + (theme.line_height("small") - high) / 2
        text = elided(small, exercise_words.kind_line(exercise), self.width() - 2 * PADDING)
        text_at(painter, small, theme.text_2, (PADDING, y), text)

    def _paint_figure(self, painter: QPainter, square: QRectF) -> None:
        theme, exercise = self.themes.theme, self.entry.exercise
        self._figures.paint_still(
            painter,
            square,
            exercise,
            exercise.position,
            theme=theme,
            phase=exercise.phase,
            bg=theme.phase(exercise.phase).tint,
            ground=True,
        )

    def draw_ahead(self) -> None:
        """Have the figure drawn, though the card is not seen yet."""
        # Where it is painted matters to nobody: what is kept is the picture.
        nowhere = QPixmap(1, 1)
        nowhere.setDevicePixelRatio(self.devicePixelRatio())
        painter = QPainter(nowhere)
        self._paint_figure(painter, QRectF(0, 0, PICTURE, PICTURE))
        painter.end()

    def _paint_tag(self, painter: QPainter, theme: Theme, picture: QRectF) -> None:
        """Mark the user's own exercises in the corner of the picture."""
        font = theme.font("caption", weight=600)
        text = words.tr("Yours")
        height = max(TAG_HEIGHT, theme.line_height("caption") + 6)
        width = round(text_width(font, text)) + TAG_ICON + 5 + 2 * TAG_PADDING
        box = QRectF(picture.left() + 8, picture.top() + 8, width, height)
        panel(painter, box, height / 2, theme.surface, None)
        middle = box.center().y()
        icon = QRectF(box.left() + TAG_PADDING, round(middle - TAG_ICON / 2), TAG_ICON, TAG_ICON)
        paint_icon(painter, "pencil", icon, theme.text)
        text_at(painter, font, theme.text, (icon.right() + 5, middle), text)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.entry.exercise.id)


class ExerciseGrid(QWidget):
    """Lays its cards out for a width; says how high it is then.

    The cards are made once. Tab stops at one of them, the arrow keys go on from there.
    """

    chosen = cast("TypedSignal[str]", Signal(str))
    """The id of the exercise to show."""

    def __init__(self, themes: ThemeManager, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._figures = figures
        self._cards: dict[str, ExerciseCard] = {}
        self._shown: list[ExerciseCard] = []
        self._current: ExerciseCard | None = None
        self._columns = 1
        self.drawing = DrawingQueue(themes, self)
        self.setAccessibleName(self.tr("Exercises"))

    # Content

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Have a card for each entry; the cards of exercises that stay are kept."""
        known, self._cards = self._cards, {}
        for entry in entries:
            exercise_id = entry.exercise.id
            card = known.pop(exercise_id, None)
            if card is None:
                card = ExerciseCard(self._themes, self._figures, entry, self)
                card.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
                card.chosen.connect(self.chosen.emit)
            elif card.entry != entry:
                card.show_entry(entry)
            self._cards[exercise_id] = card
        for gone in known.values():
            if gone is self._current:
                self._current = None
            gone.hide()
            gone.deleteLater()
        self.drawing.expect(list(self._cards.values()))

    def show_only(self, entries: Sequence[Entry]) -> None:
        """Show these of the entries, in this order."""
        self._shown = [self._cards[entry.exercise.id] for entry in entries]
        wanted = set(self._shown)
        for card in self._cards.values():
            if card not in wanted:
                card.hide()
        if self._current not in wanted:
            self.make_current(self._shown[0] if self._shown else None)

    @property
    def shown_cards(self) -> list[ExerciseCard]:
        """The cards in the order in which they are seen."""
        return list(self._shown)

    @property
    def current(self) -> ExerciseCard | None:
        """The card that Tab stops at: the one that had the focus last."""
        return self._current

    def make_current(self, card: ExerciseCard | None) -> None:
        if card is self._current:
            return
        if self._current is not None:
            self._current.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._current = card
        if card is not None:
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drawing.set_awake(awake=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drawing.set_awake(awake=False)

    # Layout

    def place(self, width: int) -> int:
        """Lay the cards out for a width in pixels; return the height."""
        theme = self._themes.theme
        least = LEAST_WIDTH * (1 + (theme.text_scale - 1) * _WIDER)
        self._columns = max(1, int((width + GUTTER) // (least + GUTTER)))
        each = (width - GUTTER * (self._columns - 1)) / self._columns
        height = self._card_height()
        for index, card in enumerate(self._shown):
            row, column = divmod(index, self._columns)
            left = round(column * (each + GUTTER))
            right = round(column * (each + GUTTER) + each)
            card.setGeometry(left, row * (height + GUTTER), right - left, height)
            card.show()
        rows = -(-len(self._shown) // self._columns)
        return max(0, rows * (height + GUTTER) - GUTTER)

    def _card_height(self) -> int:
        theme = self._themes.theme
        text = NAME_LINES * theme.line_height("body_bold") + theme.line_height("small")
        return INSET + PICTURE + _NAME_TOP + text + _LINE_GAP + PADDING

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if not isinstance(focus, ExerciseCard) or focus not in self._shown:
            super().keyPressEvent(event)
            return
        at, last = self._shown.index(focus), len(self._shown) - 1
        page = self._columns * max(1, self._rows_in_sight() - 1)
        target = {
            int(Qt.Key.Key_Left): at - 1,
            int(Qt.Key.Key_Right): at + 1,
            int(Qt.Key.Key_Up): at - self._columns,
            int(Qt.Key.Key_Down): at + self._columns,
            int(Qt.Key.Key_PageUp): max(at - page, at % self._columns),
            int(Qt.Key.Key_PageDown): min(at + page, last),
            int(Qt.Key.Key_Home): 0,
            int(Qt.Key.Key_End): last,
        }.get(event.key())
        if target is None:
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Down and target > last and self._row(at) < self._row(last):
            # The last row is shorter: its last card is the nearest one below.
            target = last
        if 0 <= target <= last:
            self._shown[target].setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, index: int) -> int:
        return index // self._columns

    def _rows_in_sight(self) -> int:
        return self.visibleRegion().boundingRect().height() // (self._card_height() + GUTTER)
