"""What of the editor's list a drag takes along, and where it can be put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.editor.block_header import BlockHeader
from app.ui.pages.editor.drag import DropPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.pages.editor.model import EditorModel
    from app.ui.pages.editor.row_base import PartRow
    from app.ui.pages.editor.step_list import StepList

_HALF_GAP = 4
_BLOCK_LINE = 8
"""How far above a heading the line of a dragged block is drawn."""


class ListDrops:
    """Steps go anywhere among steps, blocks between blocks."""

    def __init__(self, steps: StepList, model: EditorModel) -> None:
        self._list = steps
        self._model = model

    def dragged_with(self, row: PartRow) -> Sequence[PartRow]:
        if self._model.read_only:
            return ()
        held = self._list.headers if isinstance(row, BlockHeader) else self._list.rows
        chosen = [part for part in self._model.selection if part in held]
        if row.part_id not in chosen:
            chosen = [row.part_id]
        return [held[part] for part in chosen]

    def column(self) -> tuple[int, int]:
        return self._list.column()

    def drop_places(self, row: PartRow) -> Sequence[DropPlace]:
        if isinstance(row, BlockHeader):
            return self._block_places()
        return self.step_places()

    def _block_places(self) -> list[DropPlace]:
        blocks = self._model.document.blocks
        places = [
            DropPlace(y=max(2, self._list.headers[block.id].y() - _BLOCK_LINE), block=None, at=at)
            for at, block in enumerate(blocks)
        ]
        end = self._list.add_block.y() - _BLOCK_LINE / 2
        return [*places, DropPlace(y=end, block=None, at=len(blocks))]

    def step_places(self) -> list[DropPlace]:
        places: list[DropPlace] = []
        for block in self._model.document.blocks:
            header = self._list.headers[block.id]
            folded = block.id in self._list.selecting.folded
            below = header.geometry().bottom() + 1 + _HALF_GAP
            # Into a folded block, or one without steps: below its heading.
            at = len(block.steps) if folded else 0
            places.append(DropPlace(y=below, block=block.id, at=at))
            if folded:
                continue
            for number, part in enumerate(block.steps, start=1):
                bottom = self._list.rows[part.id].geometry().bottom() + 1
                places.append(DropPlace(y=bottom + _HALF_GAP, block=block.id, at=number))
        return places

    def drop(self, rows: Sequence[PartRow], place: DropPlace) -> None:
        parts = [row.part_id for row in rows]
        if place.block is None:
            self._list.edits.drop_blocks(parts, place.at)
        else:
            self._list.edits.drop_steps(parts, place.block, place.at)
