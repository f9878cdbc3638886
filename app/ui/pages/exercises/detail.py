"""The page of one exercise: it moves, and everything that is known of it is said."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui import exercise_words, words
from app.ui.pages.exercises.figure_panel import FigurePanel
from app.ui.pages.exercises.links import LinkCard, RoutineRow
from app.ui.pages.exercises.parts import TEXT_MAX, Block, Caution, Cues, KindTag, Tags
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.label import Label
from app.ui.widgets.placed import PlacedContent
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from app.domain.catalogue import RoutineCard
    from app.domain.exercise import Exercise, ExerciseLibrary
    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

MARGIN: Final = 40
MAX_WIDTH: Final = 1560
TOP: Final = 32
BACK_WIDTH: Final = 40
BACK_LEFT, TITLE_LEFT = 16, 32
"""The arrow stands a little out of the margin, so that its stroke and the cards align."""
_TAG_GAP, _BODY_GAP = 8, 24
COLUMN_GAP: Final = 40
FIGURE_SHARE, FIGURE_MOST = 0.44, 600
FIGURE_LEAST: Final = 240
STICKY_TOP, BOTTOM = 24, 24
"""What stays free above and below the figure while the page scrolls past it."""
HEADING_GAP, SECTION_GAP, CARD_GAP = 8, 28, 12
LINK_LEAST: Final = 240
PAIR_LEAST: Final = 240


class ExercisePage(QWidget):
    """Shows one exercise, and asks to show others and the routines that have it."""

    back_requested = cast("TypedSignal[()]", Signal())
    exercise_requested = cast("TypedSignal[str]", Signal(str))
    """Show the exercise with this id: an easier or a harder one."""
    preview_requested = cast("TypedSignal[RoutineCard]", Signal(object))

    def __init__(
        self, themes: ThemeManager, figures: Figures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._exercise_id = ""
        self._shown: object = None
        self._scroll = PageScroll(themes, self)
        self.content = ExerciseContent(themes, figures)
        self.content.back.clicked.connect(self.back_requested.emit)
        self.content.exercise_chosen.connect(self.exercise_requested.emit)
        self.content.routine_chosen.connect(self.preview_requested.emit)
        self._scroll.set_widget(self.content)
        self._scroll.scrolled.connect(self.content.follow)
        themes.changed.connect(self.content.place)

    @property
    def exercise_id(self) -> str:
        """The id of the exercise that is shown; empty before the first."""
        return self._exercise_id

    def show_exercise(
        self,
        exercise: Exercise,
        library: ExerciseLibrary,
        routines: tuple[RoutineCard, ...],
        *,
        own: bool,
    ) -> None:
        """Show an exercise from the top, and `routines` as those that have it.

        The same exercise again, because files changed, stays where it is scrolled to; where it
        is the same in all of its parts nothing happens.
        """
        linked = tuple(library.get(name) for name in (*exercise.easier, *exercise.harder))
        shown = (exercise, linked, routines, own)
        if shown == self._shown:
            return
        self._shown = shown
        again = exercise.id == self._exercise_id
        self._exercise_id = exercise.id
        focus = self.focusWidget()
        self.setAccessibleName(exercise.name)
        self.content.show_exercise(exercise, library, routines, own=own, again=again)
        if not again:
            self._scroll.scroll_to(0)
        # Such cards are made anew; a page that is covered must not take the window's focus.
        if self.isVisible() and isinstance(focus, LinkCard | RoutineRow):
            self.focus_start()

    def focus_start(self) -> None:
        """Put the focus on the way back."""
        self.content.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.content.set_sight(self.height())
        self._scroll.setGeometry(self.rect())


class _Section:
    """A heading and what stands under it."""

    def __init__(self, heading: Label, *body: QWidget) -> None:
        self.heading = heading
        self.body = body
        self.cards: list[LinkCard] = []
        """In place of the body."""

    def show(self, *, shown: bool) -> None:
        for widget in (self.heading, *self.body):
            widget.setVisible(shown)

    @property
    def is_shown(self) -> bool:
        return not self.heading.isHidden()


class ExerciseContent(PlacedContent):
    """What scrolls. The figure stays in sight at the left while the text passes."""

    exercise_chosen = cast("TypedSignal[str]", Signal(str))
    routine_chosen = cast("TypedSignal[RoutineCard]", Signal(object))

    def __init__(self, themes: ThemeManager, figures: Figures) -> None:
        super().__init__()
        self._themes = themes
        self._figures = figures
        self._shown: Exercise | None = None
        self._sight = 0
        self._offset = 0
        self._figure_range = (0, 0)
        self.back = Button(
            themes, icon="arrow-left", name=self.tr("Back"), kind=ButtonKind.GHOST, parent=self
        )
        self.title = Label(themes, role="title_l", wraps=True, parent=self)
        self.kind = KindTag(themes, self)
        self.figure = FigurePanel(themes, figures, self)
        self.dose = self._label(role="title_m", tabular=True)
        self.dose_note = self._label(color="text_2", tabular=True)
        self.tempo = self._label(color="text", tabular=True)
        self.cues = Cues(themes, self)
        self.caution = Caution(themes, self)
        self.muscles = Tags(themes, self)
        self.gear = Tags(themes, self)
        self.routines: list[RoutineRow] = []
        self.no_routine = self._label(color="text_2")
        self.no_routine.setText(self.tr("No routine has it yet."))
        self.synonyms = self._label(color="text_2")
        self.source = self._label(role="small", color="text_2")
        self._dose_section = self._section(self.tr("Usual dose"), self.dose, self.dose_note)
        self._tempo_section = self._section(self.tr("One repetition"), self.tempo)
        self._cues_section = self._section(self.tr("How to do it"), self.cues)
        self._caution_section = self._section(self.tr("Take care"), self.caution)
        self._muscles_section = self._section(self.tr("What it works on"), self.muscles)
        self._gear_section = self._section(self.tr("What you need"), self.gear)
        self._easier_section = self._section(self.tr("Easier"))
        self._harder_section = self._section(self.tr("Harder"))
        self._routines_section = self._section(self.tr("Routines that use it"), self.no_routine)
        self._synonyms_section = self._section(self.tr("Also known as"), self.synonyms)
        self._source_section = self._section(self.tr("Source"), self.source)

    @property
    def easier(self) -> list[LinkCard]:
        return self._easier_section.cards

    @property
    def harder(self) -> list[LinkCard]:
        return self._harder_section.cards

    def _label(self, *, role: str = "body", color: str = "text", tabular: bool = False) -> Label:
        return Label(self._themes, role=role, color=color, tabular=tabular, wraps=True, parent=self)

    def _section(self, heading: str, *body: QWidget) -> _Section:
        label = Label(self._themes, heading, role="label", color="text_2", parent=self)
        return _Section(label, *body)

    # Content

    def show_exercise(
        self,
        exercise: Exercise,
        library: ExerciseLibrary,
        routines: Sequence[RoutineCard],
        *,
        own: bool,
        again: bool,
    ) -> None:
        if not again or exercise != self._shown:
            self.figure.show_exercise(exercise)
        self._shown = exercise
        self.title.setText(exercise.name)
        self.kind.show_exercise(exercise, own=own)
        self._show_dose(exercise)
        self.cues.show_cues(exercise.cues, exercise.phase)
        self._cues_section.show(shown=bool(exercise.cues))
        self.caution.show_text(exercise.caution)
        self._caution_section.show(shown=bool(exercise.caution))
        muscles = exercise_words.muscles(exercise)
        self.muscles.show_items([(name, None) for name in muscles])
        self._muscles_section.show(shown=bool(muscles))
        gear = [(words.equipment(item), words.EQUIPMENT_ICONS[item]) for item in exercise.equipment]
        self.gear.show_items(gear or [(words.tr("Just space"), words.SPACE_ICON)])
        self._show_links(exercise, library)
        self._show_routines(routines)
        self.synonyms.setText(_begun(", ".join(exercise.synonyms)))
        self._synonyms_section.show(shown=bool(exercise.synonyms))
        self.source.setText(_begun(exercise.source))
        self._source_section.show(shown=bool(exercise.source))
        self._order_focus()
        self.place()

    def _show_dose(self, exercise: Exercise) -> None:
        self.dose.setText(exercise_words.dose(exercise))
        note = exercise_words.dose_note(exercise)
        self.dose_note.setText(note)
        self.dose_note.setVisible(bool(note))
        if exercise.tempo is not None:
            self.tempo.setText(exercise_words.tempo(exercise.tempo))
        self._tempo_section.show(shown=exercise.tempo is not None)

    def _show_links(self, exercise: Exercise, library: ExerciseLibrary) -> None:
        for section, ids, spoken in (
            (self._easier_section, exercise.easier, self.tr("Easier: {name}")),
            (self._harder_section, exercise.harder, self.tr("Harder: {name}")),
        ):
            for gone in section.cards:
                _remove(gone)
            section.cards = self._links(ids, library)
            for card in section.cards:
                card.setAccessibleName(spoken.format(name=card.exercise.name))
            section.show(shown=bool(section.cards))

    def _links(self, ids: Sequence[str], library: ExerciseLibrary) -> list[LinkCard]:
        cards = []
        for exercise_id in ids:
            # One's own library may have lost what a link leads to.
            if exercise_id in library:
                card = LinkCard(self._themes, self._figures, library[exercise_id], self)
                card.chosen.connect(self.exercise_chosen.emit)
                card.show()
                cards.append(card)
        return cards

    def _show_routines(self, routines: Sequence[RoutineCard]) -> None:
        for gone in self.routines:
            _remove(gone)
        self.routines = []
        for card in routines:
            row = RoutineRow(self._themes, card, self)
            row.chosen.connect(self.routine_chosen.emit)
            row.show()
            self.routines.append(row)
        self.no_routine.setVisible(not self.routines)

    def _order_focus(self) -> None:
        """Let Tab go from the way back to the figure, then down the text."""
        segments = [self.figure.sides.segment(index) for index in range(2)]
        chain = [self.back, *segments, self.figure.pause]
        chain += [*self.easier, *self.harder, *self.routines]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    # Layout

    def set_sight(self, height: int) -> None:
        """Know how much of the page is seen at once, in pixels."""
        if height != self._sight:
            self._sight = height
            self.place()

    def can_place(self) -> bool:
        return self._shown is not None

    def lay_out(self) -> int:
        width = min(self.width() - 2 * MARGIN, MAX_WIDTH)
        left = (self.width() - width) // 2
        top = self._place_header(left, width)
        figure_width = min(round(width * FIGURE_SHARE), FIGURE_MOST)
        controls = self.figure.controls_height()
        room = self._sight - top - BOTTOM - controls
        figure_height = max(FIGURE_LEAST, min(figure_width, room)) + controls
        self.figure.resize(figure_width, figure_height)
        text_left = left + figure_width + COLUMN_GAP
        bottom = self._place_text(text_left, top, left + width - text_left)
        needed = max(bottom, top + figure_height) + MARGIN
        self._figure_range = (top, max(top, needed - MARGIN - figure_height))
        self.figure.move(left, self.figure.y())
        self.follow(self._offset)
        return needed

    @Slot(int)
    def follow(self, offset: int) -> None:
        """Keep the figure in sight when the page is scrolled to `offset` pixels."""
        self._offset = offset
        first, last = self._figure_range
        self.figure.move(self.figure.x(), min(max(first, offset + STICKY_TOP), last))

    def _place_header(self, left: int, width: int) -> int:
        """Place the way back, the name and the kind; return where the rest begins."""
        room = width - TITLE_LEFT
        height = self.title.heightForWidth(room)
        line = self._themes.theme.line_height("title_l")
        top = TOP + (40 - line) // 2
        self.title.setGeometry(left + TITLE_LEFT, top, room, height)
        back = self.back.sizeHint()
        self.back.setGeometry(
            left - BACK_LEFT, top + (line - back.height()) // 2, BACK_WIDTH, back.height()
        )
        y = top + height + _TAG_GAP
        kind = self.kind.needed_height(room)
        self.kind.setGeometry(left + TITLE_LEFT, y, room, kind)
        return y + kind + _BODY_GAP

    def _place_text(self, left: int, top: int, width: int) -> int:
        """Place the sections under one another; return where they end."""
        y = top
        y = self._place_pair((self._dose_section, self._tempo_section), left, y, width)
        for section in (self._cues_section, self._caution_section):
            y = self._place_section(section, left, y, width)
        y = self._place_pair((self._muscles_section, self._gear_section), left, y, width)
        y = self._place_pair((self._easier_section, self._harder_section), left, y, width)
        y = self._place_routines(left, y, width)
        for section in (self._synonyms_section, self._source_section):
            y = self._place_section(section, left, y, width)
        return y - SECTION_GAP

    def _place_pair(self, pair: tuple[_Section, _Section], left: int, y: int, width: int) -> int:
        """Place two sections that belong together side by side, where there is room."""
        half = (width - CARD_GAP) // 2
        if half < PAIR_LEAST or not all(section.is_shown for section in pair):
            for section in pair:
                y = self._place_section(section, left, y, width)
            return y
        lefts = (left, left + half + CARD_GAP)
        ends = [
            self._place_section(section, x, y, half) for section, x in zip(pair, lefts, strict=True)
        ]
        return max(ends)

    def _place_heading(self, section: _Section, left: int, y: int, width: int) -> int:
        height = section.heading.sizeHint().height()
        section.heading.setGeometry(left, y, width, height)
        return y + height + HEADING_GAP

    def _place_section(self, section: _Section, left: int, y: int, width: int) -> int:
        """Place a section; return where the next one begins."""
        if not section.is_shown:
            return y
        y = self._place_heading(section, left, y, width)
        if section.cards:
            return self._place_cards(section.cards, left, y, width) + SECTION_GAP
        for widget in section.body:
            if widget.isHidden():
                continue
            height = (
                widget.needed_height(width)
                if isinstance(widget, Block)
                else widget.heightForWidth(min(width, TEXT_MAX))
            )
            widget.setGeometry(left, y, min(width, TEXT_MAX), height)
            y += height
        return y + SECTION_GAP

    def _place_cards(self, cards: Sequence[LinkCard], left: int, y: int, width: int) -> int:
        """Place cards in as many columns as fit, two at most; return where they end."""
        columns = max(1, min(2, (width + CARD_GAP) // (LINK_LEAST + CARD_GAP)))
        each = (width - (columns - 1) * CARD_GAP) // columns
        height = cards[0].needed_height()
        for index, card in enumerate(cards):
            row, column = divmod(index, columns)
            x = left + column * (each + CARD_GAP)
            card.setGeometry(x, y + row * (height + CARD_GAP), each, height)
        rows = -(-len(cards) // columns)
        return y + rows * (height + CARD_GAP) - CARD_GAP

    def _place_routines(self, left: int, y: int, width: int) -> int:
        if not self.routines:
            return self._place_section(self._routines_section, left, y, width)
        y = self._place_heading(self._routines_section, left, y, width)
        for row in self.routines:
            height = row.needed_height()
            row.setGeometry(left, y, width, height)
            y += height + HEADING_GAP
        return y - HEADING_GAP + SECTION_GAP


def _begun(text: str) -> str:
    """Begin a text with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def _remove(card: QWidget) -> None:
    card.hide()
    card.deleteLater()
