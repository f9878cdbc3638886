"""What keys and clicks select in the editor's list: pure logic over the order of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from app.domain.editing import Document, PartId
    from app.ui.pages.editor.model import EditorModel


class Selecting:
    """Selects in a model; folded blocks hide their steps from the keyboard."""

    def __init__(self, model: EditorModel) -> None:
        self._model = model
        self._anchor: PartId | None = None
        self.folded: set[PartId] = set()

    def order(self) -> list[PartId]:
        """Return every part that is shown, from top to bottom."""
        return list(shown_parts(self._model.document, self.folded))

    @property
    def cursor(self) -> PartId | None:
        """Where the keyboard is: the current part, its folded block, else the first one."""
        order, current = self.order(), self._model.current
        if current in order:
            return current
        block = self._model.document.block_of(current) if current is not None else None
        if block is not None:
            return block.id
        return order[0] if order else None

    def only(self, part: PartId) -> None:
        self._anchor = part
        self._model.select([part], part)

    def toggle(self, part: PartId) -> None:
        """Take a part in or out, as Ctrl and a click do."""
        self._anchor = part
        chosen = set(self._model.selection) ^ {part}
        self._model.select(chosen, part)

    def extend_to(self, part: PartId) -> None:
        """Select all from where the selection began, as Shift does. Steps and blocks never mix."""
        order = self.order()
        anchor = self._anchor if self._anchor in order else self.cursor
        if anchor is None or part not in order:
            return
        self._anchor = anchor
        first, last = sorted((order.index(anchor), order.index(part)))
        blocks = {block.id for block in self._model.document.blocks}
        wanted = [one for one in order[first : last + 1] if (one in blocks) == (anchor in blocks)]
        self._model.select(wanted, part)

    def all_steps(self) -> None:
        steps = [part.id for part in self._model.document.steps()]
        self._model.select(steps, self._model.current)

    def nothing(self) -> None:
        self._model.select((), None)

    def step(self, by: int, *, extend: bool = False, keep: bool = False) -> None:
        """Go on by so many parts; with nothing selected, to the cursor itself.

        `extend` is Shift. `keep` is Ctrl: the cursor goes, the selection stays.
        """
        order, cursor = self.order(), self.cursor
        if cursor is None:
            return
        at = order.index(cursor) if cursor in order else 0
        if self._model.current is not None:
            at = max(0, min(at + by, len(order) - 1))
        self.go(order[at], extend=extend, keep=keep)

    def go(self, part: PartId, *, extend: bool = False, keep: bool = False) -> None:
        if extend:
            self.extend_to(part)
        elif keep:
            self._model.select(self._model.selection, part)
        else:
            self.only(part)


def shown_parts(document: Document, folded: Collection[PartId]) -> Iterator[PartId]:
    """Yield blocks and their steps in order, of folded blocks only themselves."""
    for block in document.blocks:
        yield block.id
        if block.id not in folded:
            yield from (step.id for step in block.steps)
