"""What scrolls in the preview: the blocks with their steps, and the notes beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.pages.preview import phrases
from app.ui.pages.preview.header import MARGIN, MAX_WIDTH
from app.ui.pages.preview.notes import Notes, show_needs, show_plan, show_sources
from app.ui.pages.preview.steps import StepRow
from app.ui.pages.preview.today_card import TodayCard
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.label import Label
from app.ui.widgets.paint import elided, text_at, text_right, text_width
from app.ui.widgets.placed import PlacedContent
from app.ui.widgets.toggle import HIT_HEIGHT, Toggle
from app.ui.widgets.toggle import WIDTH as TOGGLE_WIDTH

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent

    from app.domain.choosing import Part
    from app.domain.routine import Routine
    from app.ui.figures import Figures
    from app.ui.pages.preview.data import BlockLine, Place, Preview
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

ASIDE_WIDTH: Final = 328
GUTTER: Final = 24
SECTION: Final = 32
STEP_GAP: Final = 8
TOP: Final = 24
BOTTOM: Final = 40
WIDE: Final = 1100
"""Window width from which the notes stand beside the steps."""
_RAIL: Final = 96
UNDER_HEADING: Final = 8
DETAILS_GAP: Final = 12
SUMMARY_MOST: Final = 720
"""A line longer than this is hard to read."""


class BlockHeading(SpokenWidget):
    """A block's name, its rounds, its length, and its switch where it is optional."""

    switched = cast("TypedSignal[int, bool]", Signal(int, bool))
    """The block, counted from 0, and whether it is wanted today."""

    def __init__(self, themes: ThemeManager, block: BlockLine, parent: QWidget) -> None:
        super().__init__(QAccessible.Role.Heading, parent)
        self._themes = themes
        self._block = block
        self.toggle: Toggle | None = None
        if block.optional:
            self.toggle = Toggle(themes, block.name, parent=self)
            self.toggle.clicked.connect(self._switch)
        self.show_block(block)

    def show_block(self, block: BlockLine) -> None:
        """Show the same block, in or out."""
        self._block = block
        self.setAccessibleName(phrases.block_name(block))
        if self.toggle is not None:
            self.toggle.setChecked(block.is_on)
        self.update()

    def needed_height(self, width: int) -> int:
        """Return the height for a width, in pixels."""
        lines = 2 if self._is_tall(width) else 1
        height = self._themes.theme.line_height("title_s") * lines + UNDER_HEADING
        return max(height, HIT_HEIGHT) if self.toggle is not None else height

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.toggle is not None:
            y = round(self._first_middle() - HIT_HEIGHT / 2)
            self.toggle.setGeometry(self.width() - TOGGLE_WIDTH, y, TOGGLE_WIDTH, HIT_HEIGHT)

    def _first_middle(self) -> float:
        """Return the middle of the line with the name."""
        line = self._themes.theme.line_height("title_s")
        if self._is_tall(self.width()):
            return line / 2
        return (self.height() - UNDER_HEADING) / 2

    def _name_limit(self, width: int) -> float:
        """Return where the name has to end: before the length and the switch."""
        body = self._themes.theme.font("body", tabular=True)
        right = width - (TOGGLE_WIDTH + 12 if self.toggle is not None else 0)
        return right - text_width(body, phrases.block_length(self._block)) - 16

    def _is_tall(self, width: int) -> bool:
        """Tell whether the rounds stand below the name, because they have no room beside it."""
        details = phrases.block_details(self._block)
        if not details:
            return False
        theme = self._themes.theme
        name = text_width(theme.font("title_s"), self._block.name)
        rounds = text_width(theme.font("body", tabular=True), details)
        return name + DETAILS_GAP + rounds > self._name_limit(width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        middle = self._first_middle()
        right = self.width() - (TOGGLE_WIDTH + 12 if self.toggle is not None else 0)
        body = theme.font("body", tabular=True)
        length = phrases.block_length(self._block)
        text_right(painter, body, theme.text_2, (right, middle), length)
        title = theme.font("title_s")
        color = theme.text if self._block.is_on else theme.text_3
        name = elided(title, self._block.name, self._name_limit(self.width()))
        self.setToolTip("" if name == self._block.name else self._block.name)
        end = text_at(painter, title, color, (0, middle), name)
        details = phrases.block_details(self._block)
        if details and self._is_tall(self.width()):
            middle += theme.line_height("title_s")
            text_at(painter, body, theme.text_2, (0, middle), elided(body, details, right))
        elif details:
            at = (round(end) + DETAILS_GAP, middle)
            text_at(painter, body, theme.text_2, at, details)

    @Slot(bool)
    def _switch(self, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self.switched.emit(self._block.index, on)


class Content(PlacedContent):
    """Places its parts itself, in one column or two."""

    exercise_requested = cast("TypedSignal[str]", Signal(str))
    switched = cast("TypedSignal[Part, bool]", Signal(object, bool))
    """An optional block or step, and whether it is wanted today."""
    left_out = cast("TypedSignal[Place, bool]", Signal(object, bool))
    """A step that is not optional, and whether it is to be left out today."""
    swapped = cast("TypedSignal[Place, str]", Signal(object, str))
    """A step, and the exercise to do instead today; empty for the written one."""

    def __init__(self, themes: ThemeManager, figures: Figures) -> None:
        super().__init__()
        self._themes = themes
        self._figures = figures
        self._summary = Label(themes, color="text_2", wraps=True, parent=self)
        self.today = TodayCard(themes, self)
        self._needs = Notes(themes, self.tr("Before you start"), self, framed=True)
        self._plan = Notes(themes, self.tr("Over time"), self, framed=True)
        self._sources = Notes(themes, self.tr("Sources"), self, framed=False)
        self.headings: list[BlockHeading] = []
        self.rows: list[StepRow] = []
        self._preview: Preview | None = None

    # Content

    def show_routine(self, routine: Routine, preview: Preview) -> None:
        """Show a routine from its beginning."""
        for widget in (*self.headings, *self.rows):
            widget.hide()
            widget.deleteLater()
        self._preview = preview
        self._summary.setText(routine.summary)
        self._summary.setVisible(bool(routine.summary))
        self.headings = [self._heading(block) for block in preview.blocks]
        self.rows = []
        for block in preview.blocks:
            for step in block.steps:
                row = StepRow(self._themes, self._figures, step, self)
                row.opened.connect(self.exercise_requested.emit)
                row.switched.connect(self.switched.emit)
                row.left_out.connect(self.left_out.emit)
                row.swapped.connect(self.swapped.emit)
                row.show()
                self.rows.append(row)
        self._order_focus(preview)
        show_plan(self._plan, routine)
        show_sources(self._sources, routine)
        show_needs(self._needs, preview)
        self.place()

    def _order_focus(self, preview: Preview) -> None:
        """Let Tab go down the page: a block's switch, then its steps."""
        rows = iter(self.rows)
        before: QWidget = self.today.as_written
        QWidget.setTabOrder(self.today.stepper, before)
        for heading, block in zip(self.headings, preview.blocks, strict=True):
            stops: list[QWidget | None] = [heading.toggle]
            for _, row in zip(block.steps, rows, strict=False):
                stops += [row.opener, row.toggle, row.change]
            for stop in filter(None, stops):
                QWidget.setTabOrder(before, stop)
                before = stop

    def _heading(self, block: BlockLine) -> BlockHeading:
        heading = BlockHeading(self._themes, block, self)
        heading.switched.connect(self._switch_block)
        heading.show()
        return heading

    def show_preview(self, preview: Preview) -> None:
        """Show the same routine, done otherwise."""
        self._preview = preview
        rows = iter(self.rows)
        for heading, block in zip(self.headings, preview.blocks, strict=True):
            heading.show_block(block)
            for step, row in zip(block.steps, rows, strict=False):
                row.show_step(step)
        show_needs(self._needs, preview)
        self.place()

    @Slot(int, bool)
    def _switch_block(self, block: int, on: bool) -> None:  # noqa: FBT001  (the signal's payload)
        self.switched.emit((block, None), on)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key())
        openers = [row.opener for row in self.rows if row.opener is not None]
        focus = self.focusWidget()
        now = next((index for index, opener in enumerate(openers) if opener is focus), None)
        if step is None or now is None or not 0 <= now + step < len(openers):
            super().keyPressEvent(event)
            return
        openers[now + step].setFocus(Qt.FocusReason.TabFocusReason)

    # Layout

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place()

    def is_wide(self) -> bool:
        """Tell whether the notes stand beside the steps."""
        return self.width() + _RAIL >= WIDE * self._themes.theme.text_scale

    def can_place(self) -> bool:
        # Before it is shown it has a width of no meaning, at which every word would be broken.
        return self._preview is not None and self.isVisible()

    def lay_out(self) -> int:
        width = min(self.width() - 2 * MARGIN, MAX_WIDTH)
        left = (self.width() - width) // 2
        wide = self.is_wide()
        column = width - ASIDE_WIDTH - GUTTER if wide else width
        y = self._place_summary(left, TOP, column)
        y = self._place_today(left, y, column)
        aside = TOP
        self._needs.set_broad(broad=not wide)
        if wide:
            aside = self._place_notes(
                (self._needs, self._plan), left + width - ASIDE_WIDTH, TOP, ASIDE_WIDTH
            )
        else:
            y = self._place_notes((self._needs,), left, y, width)
        y = self._place_blocks(left, y, column)
        rest = (self._sources,) if wide else (self._plan, self._sources)
        y = self._place_notes(rest, left, y + SECTION - GUTTER, column)
        return max(y, aside) - GUTTER + BOTTOM

    def _place_summary(self, left: int, y: int, width: int) -> int:
        if self._summary.isHidden():
            return y
        width = min(width, round(SUMMARY_MOST * self._themes.theme.text_scale))
        height = self._summary.heightForWidth(width)
        self._summary.setGeometry(left, y, width, height)
        return y + height + GUTTER

    def _place_today(self, left: int, y: int, width: int) -> int:
        height = self.today.needed_height(width)
        self.today.setGeometry(left, y, width, height)
        self.today.place()
        return y + height + GUTTER

    def _place_notes(self, notes: tuple[Notes, ...], left: int, y: int, width: int) -> int:
        for note in notes:
            if not note.isHidden():
                height = note.needed_height(width)
                note.setGeometry(left, y, width, height)
                y += height + GUTTER
        return y

    def _place_blocks(self, left: int, y: int, width: int) -> int:
        """Place headings and steps; return where the next thing may stand."""
        if self._preview is None:
            return y
        rows = iter(self.rows)
        for heading, block in zip(self.headings, self._preview.blocks, strict=True):
            height = heading.needed_height(width)
            heading.setGeometry(left, y, width, height)
            y += height
            for _, row in zip(block.steps, rows, strict=False):
                height = row.needed_height(width)
                row.setGeometry(left, y, width, height)
                y += height + STEP_GAP
            y += SECTION - STEP_GAP
        return y - SECTION + GUTTER
