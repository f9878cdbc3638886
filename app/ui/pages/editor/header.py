"""The editor's upper edge: name, moment, equipment, status, undo, Start; length and timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.ui import words as shared
from app.ui.pages.editor.head_menus import EquipmentMenu, HeadChip, HistoryButton, moment_menu
from app.ui.pages.editor.head_name import HeadName
from app.ui.pages.editor.inline_edit import PADDING
from app.ui.pages.editor.status import Status
from app.ui.pages.editor.timeline import OUTLINE_SIDE, LiveTimeline
from app.ui.pages.editor.words import (
    equipment_line,
    long_clock,
    needed_equipment,
    problems_to_fix,
    spoken_time,
    steps_line,
    totals,
    tr,
)
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.label import Label
from app.ui.widgets.menu import Menu
from app.ui.widgets.paint import rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from app.ui.pages.editor.model import EditorModel
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

ICON_BUTTON: Final = 40
BACK_LEFT: Final = 24
NAME_LEFT: Final = 72
RIGHT: Final = 32
MAX_WIDTH: Final = 1560
GAP: Final = 8
STATUS_GAP: Final = 22
NAME_GAP: Final = 5
NAME_LEAST: Final = 160
TIMELINE_LEAST: Final = 260
TEXT_GAP: Final = 12
TIMELINE_GAP: Final = 21
FIRST_ROW: Final = 96
SECOND_ROW: Final = 40
BOTTOM: Final = 24
SMALL_ROW: Final = 44


class Header(QWidget):
    """Places itself for a width; in a narrow window moment and status have a row of their own."""

    part_chosen = cast("TypedSignal[int]", Signal(int))
    """A segment of the timeline was clicked."""
    undo_requested = cast("TypedSignal[()]", Signal())
    redo_requested = cast("TypedSignal[()]", Signal())
    height_changed = cast("TypedSignal[()]", Signal())

    def __init__(
        self,
        themes: ThemeManager,
        model: EditorModel,
        more: Callable[[Menu], object],
        parent: QWidget,
    ) -> None:
        """`more` fills the menu of what is not done every day."""
        super().__init__(parent)
        self._themes = themes
        self._model = model
        self._fill_more = more
        self._needed = 160
        self._is_placing = False
        self._has_drawer = False
        self.menu: Menu | None = None
        self.back = self._icon_button("arrow-left", tr("Back"))
        self.name = HeadName(themes, model, self)
        self.moment = HeadChip(themes, self, read_only=model.read_only)
        self.equipment = HeadChip(themes, self, read_only=model.read_only)
        self.status = Status(themes, model, self)
        self.copy = Button(
            themes, tr("Make a copy to edit"), size=ButtonSize.SMALL, icon="copy", parent=self
        )
        self.undo = self._icon_button("undo-2", tr("Undo"), HistoryButton)
        self.redo = self._icon_button("redo-2", tr("Redo"), HistoryButton)
        self.more = self._icon_button("ellipsis", tr("More"))
        self.drawer = self._icon_button("panel-right", tr("Show the details"))
        self.start = Button(themes, tr("Start"), kind=ButtonKind.PRIMARY, icon="play", parent=self)
        self.total = Label(themes, role="title_m", tabular=True, parent=self)
        self.facts = Label(themes, role="small", color="text_2", parent=self)
        self.timeline = LiveTimeline(themes, model, self)
        self.name.resized.connect(self.place)
        self.moment.clicked.connect(self._open_moments)
        self.equipment.clicked.connect(self._open_equipment)
        self.more.clicked.connect(self._open_more)
        self.undo.clicked.connect(self.undo_requested.emit)
        self.redo.clicked.connect(self.redo_requested.emit)
        self.timeline.part_clicked.connect(self.part_chosen.emit)
        model.changed.connect(self._show_head)
        model.checked.connect(self._show_findings)
        model.state_changed.connect(self._show_findings)
        model.history_changed.connect(self._show_history)
        themes.changed.connect(self.place)
        self.copy.setVisible(model.read_only)
        self.undo.setVisible(not model.read_only)
        self.redo.setVisible(not model.read_only)
        self._show_head()
        self._show_findings()
        self._show_history()

    def _icon_button(self, icon: str, name: str, kind: type[Button] = Button) -> Button:
        button = kind(self._themes, kind=ButtonKind.GHOST, icon=icon, name=name, parent=self)
        button.set_button_height(ICON_BUTTON)
        return button

    # Content

    def set_drawer(self, wanted: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Have a button that opens the inspector, where that is not always there."""
        if wanted != self._has_drawer:
            self._has_drawer = wanted
            self.place()

    @Slot()
    def _show_head(self) -> None:
        model, head = self._model, self._model.document.head
        needed = head.equipment
        if needed is None:
            needed = needed_equipment(model.document, model.exercises)
        texts = (shared.moment(head.when), equipment_line(needed))
        if (self.moment.text(), self.equipment.text()) != texts:
            self.moment.setText(texts[0])
            self.equipment.setText(texts[1])
            self.moment.setAccessibleName(tr("Moment: {what}").format(what=texts[0]))
            self.equipment.setAccessibleName(tr("Equipment: {what}").format(what=texts[1]))
        self.place()

    @Slot()
    def _show_findings(self) -> None:
        model = self._model
        found = totals(model)
        self.total.setText(
            "\N{EN DASH}:\N{EN DASH}" if found is None else long_clock(found.duration_ms)
        )
        self.facts.setText(steps_line(found))
        # Where there is too little room for the words beside it.
        self.total.setToolTip(steps_line(found))
        if found is not None:
            self.total.setAccessibleName(spoken_time(round(found.duration_ms / 1000) * 1000))
        reason = ""
        if model.problems:
            reason = tr("{count}: {first}").format(
                count=problems_to_fix(len(model.problems)), first=model.problems[0].message
            )
        elif model.timeline is None:
            reason = tr("There is nothing to do in it yet.")
        self.start.set_unavailable(reason)
        self.start.setAccessibleName(tr("Start {name}").format(name=model.document.head.name))
        self.place()

    @Slot()
    def _show_history(self) -> None:
        for button, label, none, some in (
            (self.undo, self._model.undo_label, tr("Undo"), tr("Undo: {what}")),
            (self.redo, self._model.redo_label, tr("Redo"), tr("Redo: {what}")),
        ):
            button.setEnabled(label is not None)
            button.set_name(none if label is None else some.format(what=label))

    # Menus

    @Slot()
    def _open_moments(self) -> None:
        if not self._model.read_only:
            self._popup(moment_menu(self._themes, self._model, self), self.moment)

    @Slot()
    def _open_equipment(self) -> None:
        if not self._model.read_only:
            self._popup(EquipmentMenu(self._themes, self._model, self), self.equipment)

    @Slot()
    def _open_more(self) -> None:
        menu = Menu(self._themes, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_more(menu)
        self._popup(menu, self.more)

    def _popup(self, menu: Menu, below: Button) -> None:
        self.menu = menu
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.place()

    def needed_height(self) -> int:
        """Return the height for the width there is, in pixels."""
        return self._needed

    @Slot()
    def place(self) -> None:
        """Give every part its place; tell where another height is needed than before."""
        if self._is_placing or not hasattr(self, "timeline"):
            return
        self._is_placing = True
        right = min(self.width(), MAX_WIDTH + NAME_LEFT + RIGHT) - RIGHT
        fixed = self._end_width()
        chips = sum(w.sizeHint().width() + GAP for w in (self.moment, self.equipment))
        status = self._status_width()
        name = self.name.sizeHint().width()
        room = right - NAME_LEFT + PADDING - fixed
        is_wide = name + TEXT_GAP + chips + status + STATUS_GAP <= room
        first = FIRST_ROW if is_wide else FIRST_ROW - 16
        x = self._place_end(right, first // 2)
        self._put(self.back, BACK_LEFT - 2, first // 2)
        left = NAME_LEFT - PADDING
        if is_wide:
            y = self._place_wide(left, x, first)
        else:
            y = self._place_narrow(left, x, right, first)
        self._is_placing = False
        if y != self._needed:
            self._needed = y
            self.height_changed.emit()

    def _end_width(self) -> int:
        """Return the width of what stands at the right end of the first row, in pixels."""
        count = 1 if self._model.read_only else 3
        count += 1 if self._has_drawer else 0
        copy = self.copy.sizeHint().width() + GAP if self._model.read_only else 0
        return count * (ICON_BUTTON + GAP) + copy + GAP + self.start.sizeHint().width()

    def _status_width(self) -> int:
        return self.status.sizeHint().width()

    def _put(self, widget: QWidget, left: int, middle: int, width: int | None = None) -> int:
        """Place a widget around a middle line; return where it ends. Mirrored where reading is."""
        size = widget.sizeHint()
        wide = size.width() if width is None else width
        box = QRect(left, middle - size.height() // 2, wide, size.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            box.moveLeft(self.width() - left - wide)
        widget.setGeometry(box)
        return left + wide

    def _place_end(self, right: int, middle: int) -> int:
        """Place what stands at the right end; return where it begins."""
        x = right - self.start.sizeHint().width()
        self._put(self.start, x, middle)
        x -= GAP
        buttons = [self.more]
        self.drawer.setVisible(self._has_drawer)
        if self._has_drawer:
            buttons.insert(0, self.drawer)
        if not self._model.read_only:
            buttons += [self.redo, self.undo]
        for button in buttons:
            x -= ICON_BUTTON + (GAP if button is not buttons[0] else 6)
            self._put(button, x, middle, ICON_BUTTON)
        if self._model.read_only:
            x -= GAP + self.copy.sizeHint().width()
            self._put(self.copy, x, middle)
        return x

    def _place_wide(self, left: int, end: int, first: int) -> int:
        middle = first // 2
        status = self._status_width()
        self._put(self.status, end - STATUS_GAP - status, middle)
        name = self.name.sizeHint().width()
        self._put(self.name, left, middle, name)
        x = left + name + (TEXT_GAP if self._model.read_only else NAME_GAP)
        x = self._put(self.moment, x, middle) + GAP
        self._put(self.equipment, x, middle)
        right = min(self.width(), MAX_WIDTH + NAME_LEFT + RIGHT) - RIGHT
        return self._place_totals(NAME_LEFT, right, first, [])

    def _place_narrow(self, left: int, end: int, right: int, first: int) -> int:
        self._put(self.name, left, first // 2, max(NAME_LEAST, end - GAP - left))
        return self._place_totals(
            NAME_LEFT, right, first, [self.moment, self.equipment, self.status]
        )

    def _place_totals(self, left: int, right: int, top: int, beside: list[Button]) -> int:
        """Place length and timeline, and `beside` the length what found no room above."""
        line = max(SECOND_ROW, self._themes.theme.line_height("title_m") + 12)
        middle = top + line // 2
        total = self.total.sizeHint().width() + 2
        x = self._put(self.total, left, middle, total) + TEXT_GAP
        facts = self.facts.sizeHint().width() + 2
        self.facts.setVisible(True)
        height = top + line
        if beside:
            *chips, status = beside
            end = right - status.sizeHint().width()
            self._put(status, end, middle)
            limit = end - TEXT_GAP
            wanted = sum(chip.sizeHint().width() + GAP for chip in chips)
            if x + facts + TEXT_GAP + wanted <= limit:
                x = self._put(self.facts, x, middle, facts) + TEXT_GAP
            else:
                self.facts.setVisible(False)
            for number, chip in enumerate(chips):
                later = len(chips) - 1 - number
                room = limit - x - later * (ICON_BUTTON + GAP)
                width = max(ICON_BUTTON, min(chip.sizeHint().width(), room))
                x = self._put(chip, x, middle, width) + GAP
            self._place_timeline(left, right, height + 16)
            return height + 16 + self.timeline.sizeHint().height() // 2 + BOTTOM - 4
        room = right - x - TIMELINE_GAP - TIMELINE_LEAST
        x = self._put(self.facts, x, middle, min(facts, max(0, room)))
        self._place_timeline(x + TIMELINE_GAP, right, middle)
        return height + BOTTOM

    def _place_timeline(self, left: int, right: int, middle: int) -> None:
        # Its first and last segment stand on the margins, their outlines outside.
        reach = OUTLINE_SIDE
        self._put(self.timeline, left - reach, middle, right - left + 2 * reach)

    def paintEvent(self, _event: QPaintEvent) -> None:
        rule(QPainter(self), 0, self.width(), self.height() - 1, self._themes.theme.line)
