"""What keys and menus of the editor's list do to the routine, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import editing
from app.ui.pages.editor.words import block_name, step_facts, tr
from app.ui.widgets.accessible import announce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.editing import PartId
    from app.ui.pages.editor.model import EditorModel


class ListEdits:
    """Acts on what is selected. Each change says what undo would take back."""

    def __init__(self, model: EditorModel, speaker: QWidget) -> None:
        """`speaker` is the widget that a screen reader hears what was done from."""
        self._model = model
        self._speaker = speaker

    def name_of(self, part: PartId) -> str:
        step = self._model.document.step(part)
        if step is not None:
            return step_facts(step.step, self._model.exercises, self._model.choices).name
        block = self._model.document.block_of(part)
        return block_name(block) if block is not None else ""

    def _what(self) -> str:
        """Return a name for what is selected: one part's, else how many there are."""
        selection = self._model.selection
        if len(selection) == 1:
            return self.name_of(selection[0])
        return tr("{count} steps").format(count=len(self._model.selected_steps))

    def _label(self, one: str, several: str, block: str) -> str:
        selection, blocks = self._model.selection, self._model.document.blocks
        if any(part.id in selection for part in blocks):
            return block
        return one if len(selection) == 1 else several

    def say(self, text: str) -> None:
        announce(self._speaker, text)

    def duplicate(self) -> None:
        if not self._model.selection or self._model.read_only:
            return
        label = self._label(tr("Duplicate step"), tr("Duplicate steps"), tr("Duplicate block"))
        what = self._what()
        self._model.duplicate_selected(label)
        self.say(tr("Duplicated {what}").format(what=what))

    def move(self, by: int) -> None:
        if not self._model.selection or self._model.read_only:
            return
        before = self._model.document
        label = self._label(tr("Move step"), tr("Move steps"), tr("Move block"))
        self._model.move_selected(by, label)
        if self._model.document is not before:
            self.say_place()

    def say_place(self) -> None:
        """Say where the current part is by now."""
        current = self._model.current
        if current is None:
            return
        document = self._model.document
        place = document.place(current)
        if place is not None:
            block = document.blocks[place[0]]
            self.say(
                tr("{name}, {at} of {count} in {block}").format(
                    name=self.name_of(current),
                    at=place[1] + 1,
                    count=len(block.steps),
                    block=block_name(block),
                )
            )
            return
        order = [block.id for block in document.blocks]
        if current in order:
            self.say(
                tr("{name}, block {at} of {count}").format(
                    name=self.name_of(current), at=order.index(current) + 1, count=len(order)
                )
            )

    def remove(self) -> None:
        if not self._model.selection or self._model.read_only:
            return
        what = self._what()
        self._model.remove_selected(
            self._label(tr("Remove step"), tr("Remove steps"), tr("Remove block"))
        )
        self.say(tr("Removed {what}. Undo with Ctrl+Z").format(what=what))

    def cut(self) -> None:
        if not self._model.selection or self._model.read_only:
            return
        what = self._what()
        self._model.cut(self._label(tr("Cut step"), tr("Cut steps"), tr("Cut block")))
        self.say(tr("Cut {what}").format(what=what))

    def copy(self) -> None:
        if self._model.copy():
            self.say(tr("Copied {what}").format(what=self._what()))

    def can_paste(self) -> bool:
        return not self._model.read_only and bool(self._model.pasted())

    def paste(self) -> None:
        if not self._model.read_only and self._model.paste(tr("Paste")):
            self.say(tr("Pasted {what}").format(what=self._what()))

    def set_optional(self, block: PartId, optional: bool) -> None:  # noqa: FBT001  (a menu's choice)
        label = tr("Make block optional") if optional else tr("Make block part of it")
        self._model.set_block(block, label, optional=optional)

    def set_rest(self, block: PartId, rest_ms: int) -> None:
        self._model.set_block(block, tr("Change rest between rounds"), rest_ms=rest_ms)

    def set_rounds(self, block: PartId, rounds: int) -> None:
        self._model.set_block(block, tr("Change rounds"), rounds=rounds)

    def rename(self, block: PartId, name: str) -> None:
        self._model.set_block(block, tr("Rename block"), name=name)

    def end_rename(self, block: PartId, name_before: str, *, keep: bool) -> None:
        """Close the change of a name; with `keep` false it never was."""
        part = self._model.document.block_of(block)
        if not keep and part is not None and part.name != name_before:
            if self._model.undo_label == tr("Rename block"):
                self._model.undo()
            else:
                self.rename(block, name_before)
        self._model.settle()

    def drop_steps(self, steps: Sequence[PartId], block: PartId, at: int) -> None:
        label = tr("Move step") if len(steps) == 1 else tr("Move steps")
        self._model.drop_steps(steps, block, at, label)
        self.say_place()

    def drop_blocks(self, blocks: Sequence[PartId], at: int) -> None:
        """Put blocks, in the order they have, before block `at`, counted as they are now."""
        document = self._model.document
        for block in blocks:
            document = editing.move_block(document, block, at)
            at = [one.id for one in document.blocks].index(block) + 1
        self._model.do(document, tr("Move block") if len(blocks) == 1 else tr("Move blocks"))
        self.say_place()
