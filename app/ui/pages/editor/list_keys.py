"""What the keys do in the editor's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.ui.pages.editor.model import EditorModel
    from app.ui.pages.editor.step_list import StepList

_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_PAGE: Final = 8
"""Parts that Page Up and Page Down pass."""
_STEPS: Final = {
    int(Qt.Key.Key_Up): -1,
    int(Qt.Key.Key_Down): 1,
    int(Qt.Key.Key_PageUp): -_PAGE,
    int(Qt.Key.Key_PageDown): _PAGE,
}
_ENTER: Final = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)})


class ListKeys:
    """Each method returns whether the key was for the list."""

    def __init__(self, steps: StepList, model: EditorModel) -> None:
        self._list = steps
        self._model = model

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key is for while a row or a heading has the focus."""
        if self._list.dragging.is_active:
            # Whatever else is pressed waits until the drag is over.
            if event.key() == Qt.Key.Key_Escape:
                self._list.dragging.cancel()
            return True
        if not self._list.has_focus_inside() and not self._list.hasFocus():
            # From a button among the rows, which has a use for every other key.
            if not self._move(event):
                return False
            self._list.focus_current()
            return True
        return self._move(event) or self._fold(event) or self._act(event) or self.edit(event)

    def edit(self, event: QKeyEvent) -> bool:
        """Do what a key is for anywhere on the page where no field took it."""
        edits = self._list.edits
        key, modifiers = event.key(), event.modifiers()
        standard = QKeySequence.StandardKey
        if event.matches(standard.Copy):
            edits.copy()
        elif event.matches(standard.Cut):
            edits.cut()
        elif event.matches(standard.Paste):
            edits.paste()
        elif event.matches(standard.SelectAll):
            self._list.selecting.all_steps()
        elif key == Qt.Key.Key_D and modifiers == _CTRL:
            edits.duplicate()
        else:
            return False
        return True

    def _move(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        selecting = self._list.selecting
        extend, keep = bool(modifiers & _SHIFT), bool(modifiers & _CTRL)
        by = _STEPS.get(key)
        if by is not None and modifiers & _ALT:
            self._list.edits.move(1 if by > 0 else -1)
            return True
        if by is not None:
            selecting.step(by, extend=extend, keep=keep)
            return True
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End} and (order := selecting.order()):
            target = order[0 if key == Qt.Key.Key_Home else -1]
            selecting.go(target, extend=extend, keep=keep)
            return True
        return False

    def _fold(self, event: QKeyEvent) -> bool:
        """Fold with Left and unfold with Right; on a step Left goes to its block."""
        key, modifiers = event.key(), event.modifiers()
        if key not in {Qt.Key.Key_Left, Qt.Key.Key_Right} or modifiers & (_CTRL | _ALT | _SHIFT):
            return False
        mirrored = self._list.layoutDirection() == Qt.LayoutDirection.RightToLeft
        back = (key == Qt.Key.Key_Left) != mirrored
        cursor = self._list.selecting.cursor
        block = self._model.document.block_of(cursor) if cursor is not None else None
        if block is None:
            return True
        folded = block.id in self._list.selecting.folded
        if cursor != block.id:
            if back:
                self._list.selecting.only(block.id)
        elif back or folded:
            self._list.set_folded(block.id, folded=back)
        elif block.steps:
            self._list.selecting.only(block.steps[0].id)
        return True

    def _act(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        cursor = self._list.selecting.cursor
        header = self._list.headers.get(cursor) if cursor is not None else None
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not modifiers & ~_KEYPAD:
            self._list.edits.remove()
        elif key == Qt.Key.Key_Space and cursor is not None:
            self._list.selecting.toggle(cursor)
        elif key in _ENTER and not modifiers & (_CTRL | _ALT):
            self._enter()
        elif key == Qt.Key.Key_F2 and header is not None:
            header.start_rename()
        elif key == Qt.Key.Key_F2:
            self._list.inspector_requested.emit()
        elif header is not None and event.text() in {"+", "-"}:
            self._list.change_rounds(header, 1 if event.text() == "+" else -1)
        else:
            return False
        return True

    def _enter(self) -> None:
        """Go to the fields of what is selected."""
        cursor = self._list.selecting.cursor
        if cursor is not None and self._model.current is None:
            self._list.selecting.only(cursor)
        self._list.inspector_requested.emit()
