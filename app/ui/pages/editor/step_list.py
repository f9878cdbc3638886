"""The list of the editor: blocks and their steps, in rows that stay the same while they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.routine import ROUNDS_MAX
from app.ui.pages.editor.add_bar import AddBar, EmptyList, bar_size, block_button
from app.ui.pages.editor.block_header import REACH, BlockHeader, header_height
from app.ui.pages.editor.drag import Dragging
from app.ui.pages.editor.hints import Notes
from app.ui.pages.editor.list_drops import ListDrops
from app.ui.pages.editor.list_edits import ListEdits
from app.ui.pages.editor.list_keys import ListKeys
from app.ui.pages.editor.list_menus import list_menu
from app.ui.pages.editor.row_base import PartRow
from app.ui.pages.editor.selecting import Selecting
from app.ui.pages.editor.step_row import StepRow, row_height
from app.ui.pages.editor.words import block_lengths, tr
from app.ui.widgets.accessible import SpokenWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

    from app.domain.editing import PartId
    from app.ui.pages.editor.hints import Hint
    from app.ui.pages.editor.model import EditorModel
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager
    from app.ui.widgets.menu import Menu
    from app.ui.widgets.scroll import PageScroll

TOP: Final = 16
RIGHT: Final = 24
BOTTOM: Final = 40
GAP: Final = 8
"""Between rows, and around the bar below them."""
BLOCK_GAP: Final = 8
"""More of it before the next block."""
FOLDED_GAP: Final = 4
MAX_WIDTH: Final = 1560


class StepList(SpokenWidget):
    """Shows the model's document and changes it by keys, clicks and drags."""

    add_requested = cast("TypedSignal[()]", Signal())
    """Add an exercise after the current part of the model."""
    paste_list_requested = cast("TypedSignal[()]", Signal())
    inspector_requested = cast("TypedSignal[()]", Signal())
    """Go to the fields of the current part."""
    row_clicked = cast("TypedSignal[()]", Signal())
    """A part was chosen by a plain click."""

    def __init__(self, themes: ThemeManager, model: EditorModel, scroll: PageScroll) -> None:
        super().__init__(QAccessible.Role.List, scroll)
        self._themes = themes
        self._model = model
        self._scroll = scroll
        self._left = 24
        self._rows: dict[PartId, StepRow] = {}
        self._headers: dict[PartId, BlockHeader] = {}
        self._bars: dict[PartId, AddBar] = {}
        self._numbers: dict[PartId, int] = {}
        self._hints: tuple[Hint, ...] = ()
        self._deferred: PartId | None = None
        self._in_press = False
        self.menu: Menu | None = None
        self.setAccessibleName(tr("Steps"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.selecting = Selecting(model)
        self.edits = ListEdits(model, self)
        self.keys = ListKeys(self, model)
        self.empty = EmptyList(themes, self)
        self.add_block = block_button(themes, self)
        self.notes = Notes(themes, self)
        self.dragging = Dragging(themes, scroll, self, ListDrops(self, model))
        self.empty.add.clicked.connect(self.add_requested.emit)
        self.empty.paste.clicked.connect(self.paste_list_requested.emit)
        self.add_block.clicked.connect(self._add_block)
        self.notes.shown.connect(self._show_part_of)
        model.changed.connect(self._show_document)
        model.selection_changed.connect(self._show_selection)
        model.checked.connect(self._show_findings)
        themes.changed.connect(self._restyle)
        self._show_document()
        self._show_findings()

    # What there is

    @property
    def rows(self) -> dict[PartId, StepRow]:
        return self._rows

    @property
    def headers(self) -> dict[PartId, BlockHeader]:
        return self._headers

    @property
    def bars(self) -> dict[PartId, AddBar]:
        return self._bars

    def row_of(self, part: PartId | None) -> PartRow | None:
        if part is None:
            return None
        return self._rows.get(part) or self._headers.get(part)

    def has_focus_inside(self) -> bool:
        """Whether a row or a heading has the focus; not its name's field."""
        focus = QApplication.focusWidget()
        return isinstance(focus, PartRow) and self.isAncestorOf(focus)

    def set_left(self, left: int) -> None:
        """Take the margin at the left, in pixels."""
        if left != self._left:
            self._left = left
            self._place()

    def reveal(self, part: PartId | None) -> None:
        """Unfold and scroll so that a part can be seen."""
        block = self._model.document.block_of(part) if part is not None else None
        if block is not None and block.id != part and block.id in self.selecting.folded:
            self.set_folded(block.id, folded=False)
        row = self.row_of(part)
        if row is not None:
            self._scroll.ensure_visible(row)

    def focus_current(self) -> None:
        """Put the focus on the part that the keyboard is at; on the first button of an empty list."""
        row = self.row_of(self.selecting.cursor)
        (row or self.empty.add).setFocus(Qt.FocusReason.OtherFocusReason)

    # Showing

    @Slot()
    def _show_document(self) -> None:
        self.dragging.cancel()
        model, document = self._model, self._model.document
        exercises, choices = model.exercises, model.choices
        had_focus = self.has_focus_inside()
        kept: set[PartId] = set()
        number = 0
        for block in document.blocks:
            kept.add(block.id)
            header = self._headers.get(block.id) or self._make_header(block.id)
            header.show_block(block)
            for part in block.steps:
                kept.add(part.id)
                number += 1
                self._numbers[part.id] = number
                row = self._rows.get(part.id)
                if row is None:
                    row = StepRow(self._themes, self, part, self, read_only=model.read_only)
                    self._rows[part.id] = row
                elif row.part is part:
                    continue
                row.show_step(part, exercises, choices)
        gone = self._forget(kept)
        self._place()
        self._show_selection()
        if had_focus:
            self.focus_current()
        for widget in gone:
            widget.hide()
            widget.deleteLater()

    def _make_header(self, block_id: PartId) -> BlockHeader:
        block = self._model.document.block_of(block_id)
        if block is None:
            raise LookupError(block_id)
        header = BlockHeader(self._themes, self, block, self, read_only=self._model.read_only)
        self._headers[block_id] = header
        if not self._model.read_only:
            bar = AddBar(self._themes, block_id, self)
            bar.set_current(False)
            bar.clicked.connect(self._add_to_block)
            self._bars[block_id] = bar
        return header

    def _forget(self, kept: set[PartId]) -> list[QWidget]:
        """Return the widgets of parts that are gone; they are nobody's from now on."""
        gone: list[QWidget] = []
        everything = (self._rows, self._headers, self._bars)
        for held in cast("tuple[dict[PartId, QWidget], ...]", everything):
            for part in [part for part in held if part not in kept]:
                gone.append(held.pop(part))
                self._numbers.pop(part, None)
        self.selecting.folded &= kept
        self._unfold_current()
        return gone

    def _unfold_current(self) -> None:
        """Show the current step where a change put it into a folded block."""
        current = self._model.current
        block = self._model.document.block_of(current) if current is not None else None
        if block is not None and block.id != current and block.id in self.selecting.folded:
            self.selecting.folded.discard(block.id)
            self._headers[block.id].set_folded(False)

    def refresh(self) -> None:
        """Show every step anew, as after the library of exercises changed."""
        exercises, choices = self._model.exercises, self._model.choices
        for row in self._rows.values():
            row.show_step(row.part, exercises, choices)

    @Slot()
    def _show_selection(self) -> None:
        model, document = self._model, self._model.document
        chosen = set(model.selection)
        cursor = self.selecting.cursor
        for held in (self._rows, self._headers):
            for part, row in held.items():
                row.set_selected(part in chosen)
                row.set_in_tab_order(part == cursor)
        block = document.block_of(cursor) if model.current is not None and cursor else None
        current = block or (document.blocks[-1] if document.blocks else None)
        for part, bar in self._bars.items():
            bar.set_current(current is not None and part == current.id)
        self._chain(cursor, current.id if current is not None else None)
        at = self.row_of(cursor)
        if self._in_press or at is None:
            return
        if self.has_focus_inside():
            if not at.hasFocus():
                at.setFocus(Qt.FocusReason.OtherFocusReason)
        elif model.current is not None:
            self._scroll.ensure_visible(at)

    def _chain(self, cursor: PartId | None, block: PartId | None) -> None:
        """Have Tab go from the row to the bar of its block, whenever they were made."""
        before: QWidget = self
        bar = self._bars.get(block) if block is not None else None
        for after in (self.row_of(cursor), bar, self.add_block):
            if after is not None and before.nextInFocusChain() is not after:
                QWidget.setTabOrder(before, after)
            before = after or before

    @Slot()
    def _show_findings(self) -> None:
        """Show what is wrong and how long the blocks take; both come after the change."""
        model = self._model
        messages: dict[PartId, str] = {}
        for problem in model.problems:
            part = problem.step if problem.step is not None else problem.block
            if part is not None:
                messages.setdefault(part, problem.message)
        lengths = block_lengths(model.timeline) if model.timeline is not None else None
        for held in (self._rows, self._headers):
            for part, row in held.items():
                row.set_problem(messages.get(part, ""))
        for index, block in enumerate(model.document.blocks):
            header = self._headers.get(block.id)
            if header is not None:
                header.show_length(lengths.get(index, 0) if lengths is not None else None)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show advice at its rows, and all of it below the list."""
        self._hints = tuple(hints)
        sentences: dict[PartId, str] = {}
        for hint in hints:
            if hint.part is not None:
                sentences.setdefault(hint.part, hint.sentence)
        for held in (self._rows, self._headers):
            for part, row in held.items():
                row.set_hint(sentences.get(part, ""))
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.notes.isAncestorOf(focus)
        if self.notes.show_hints(hints):
            self._place()
            if had_focus:
                # The button that was pressed is gone with its note.
                self.focus_current()

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def column(self) -> tuple[int, int]:
        """Return left and right of the rows, in pixels."""
        room = self.width() - self._left - RIGHT
        width = max(120, min(room, MAX_WIDTH))
        left = self._left + max(0, (room - width) // 2)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - width
        return left, left + width

    @Slot()
    def _place(self) -> None:
        theme, document = self._themes.theme, self._model.document
        left, right = self.column()
        width = right - left
        step, head, bar_height = row_height(theme), header_height(theme), bar_size(theme).height()
        y = TOP
        for block in document.blocks:
            header = self._headers[block.id]
            header.setGeometry(left - REACH, y, width + 2 * REACH, head)
            header.show()
            y += head + GAP
            folded = block.id in self.selecting.folded
            for part in block.steps:
                row = self._rows[part.id]
                row.setVisible(not folded)
                if not folded:
                    row.setGeometry(left, y, width, step)
                    y += step + GAP
            bar = self._bars.get(block.id)
            if bar is not None:
                bar.setVisible(not folded)
                if not folded:
                    bar.setGeometry(left, y, width, bar_height)
                    y += bar_height + GAP
            y += FOLDED_GAP if folded else BLOCK_GAP
        y += self._place_end(left, width, y)
        self.setMinimumHeight(y + BOTTOM)
        # At once, so that what was added can be scrolled to at once.
        self.resize(self.width(), max(self.minimumHeight(), self._scroll.height()))

    def _place_end(self, left: int, width: int, y: int) -> int:
        """Place what follows the blocks; return how high it is."""
        top = y
        is_empty = not self._model.document.blocks
        self.empty.setVisible(is_empty and not self._model.read_only)
        self.add_block.setVisible(not is_empty and not self._model.read_only)
        if is_empty:
            self.empty.move(left, y)
            y += self.empty.place(width)
        elif not self._model.read_only:
            size = self.add_block.sizeHint()
            x = left - self.add_block.padding() + 2
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                x = left + width - size.width()
            self.add_block.setGeometry(x, y, size.width(), size.height())
            y += size.height() + GAP
        height = self.notes.place(width)
        self.notes.move(left, y + GAP)
        return y + (height + GAP if height else 0) - top

    # What rows ask

    def position_of(self, row: PartRow) -> tuple[int, int]:
        return self._numbers.get(row.part_id, 0), len(self._rows)

    def row_pressed(self, row: PartRow, event: QMouseEvent) -> None:
        modifiers = event.modifiers()
        self._deferred = None
        self._in_press = True
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.selecting.toggle(row.part_id)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.selecting.extend_to(row.part_id)
        else:
            # One of several that are selected: a drag takes them all, a click leaves only it.
            self._deferred = row.part_id
            if not row.is_selected:
                self.selecting.only(row.part_id)
            self.dragging.press(row, event.globalPosition())
        self._in_press = False

    def row_moved(self, _row: PartRow, event: QMouseEvent) -> None:
        self.dragging.move(event.globalPosition())

    def row_released(self, _row: PartRow, _event: QMouseEvent) -> None:
        part, self._deferred = self._deferred, None
        if not self.dragging.release() and part is not None:
            self._in_press = True
            self.selecting.only(part)
            self._in_press = False
            self.row_clicked.emit()

    def open_menu(self, row: PartRow, at: QPoint) -> None:
        if not row.is_selected:
            self.selecting.only(row.part_id)
        header = self._headers.get(row.part_id)
        self.menu = list_menu(
            self._themes,
            self.edits,
            header.part if header is not None else None,
            self,
            rename=header.start_rename if header is not None else None,
            count=len(self._model.selection),
            read_only=self._model.read_only,
        )
        self.menu.popup(at)

    def fold(self, header: BlockHeader) -> None:
        self.set_folded(header.part_id, folded=not header.is_folded)

    def set_folded(self, block: PartId, *, folded: bool) -> None:
        """Hide or show a block's steps."""
        header = self._headers[block]
        if folded == header.is_folded:
            return
        header.set_folded(folded)
        had_focus = self.has_focus_inside()
        if folded:
            self.selecting.folded.add(block)
        else:
            self.selecting.folded.discard(block)
        current = self._model.current
        inside = self._model.document.block_of(current) if current is not None else None
        if folded and inside is not None and inside.id == block != current:
            self.selecting.only(block)
        self._place()
        self._show_selection()
        if had_focus:
            self.focus_current()
        self.edits.say(tr("collapsed") if folded else tr("expanded"))

    def change_rounds(self, header: BlockHeader, by: int) -> None:
        rounds = max(1, min(header.part.rounds + by, ROUNDS_MAX))
        self.edits.set_rounds(header.part_id, rounds)

    def rename(self, header: BlockHeader, name: str) -> None:
        self.edits.rename(header.part_id, name)

    def end_rename(self, header: BlockHeader, *, keep: bool) -> None:
        self.edits.end_rename(header.part_id, header.name_before, keep=keep)

    # Adding

    @Slot()
    def _add_to_block(self) -> None:
        """Ask for an exercise at the end of the block whose bar was pressed."""
        bar = self.sender()
        block = self._model.document.block_of(bar.block) if isinstance(bar, AddBar) else None
        if block is not None:
            self.selecting.only(block.steps[-1].id if block.steps else block.id)
            self.add_requested.emit()

    @Slot()
    def _add_block(self) -> None:
        """Put a block at the end, and have it named."""
        blocks = self._model.document.blocks
        if blocks:
            self._model.select((), blocks[-1].id)
        made = self._model.add_block(tr("New block"), tr("Add block"))
        header = self._headers.get(made)
        if header is not None:
            self._scroll.ensure_visible(header)
            header.start_rename()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.selecting.nothing()

    @Slot(object)
    def _show_part_of(self, hint: Hint) -> None:
        if hint.part is not None and self.row_of(hint.part) is not None:
            self.selecting.only(hint.part)
            self.reveal(hint.part)

    @Slot()
    def _restyle(self) -> None:
        self._place()
        for held in (self._rows, self._headers):
            for row in held.values():
                row.ring.refresh()
                row.update()
