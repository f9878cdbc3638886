"""The inspector's fields of blocks: name, rounds, rest between rounds, optional."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from app.domain import editing
from app.domain.routine import ROUNDS_MAX
from app.ui.pages.editor.inspector_fields import (
    MIXED,
    FieldKeys,
    TextLine,
    ToggleRow,
)
from app.ui.pages.editor.inspector_form import Form
from app.ui.pages.editor.inspector_numbers import NumberStepper, TimeStepper
from app.ui.pages.editor.words import block_lengths, long_clock, tr
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from app.domain.editing import BlockPart
    from app.ui.pages.editor.model import EditorModel
    from app.ui.theme import ThemeManager

_NAME_MAX: Final = 60
_REST_MAX_MS: Final = 600_000


class BlockForm(Form):
    """One block, or what several have in common."""

    def __init__(self, themes: ThemeManager, model: EditorModel, keys: FieldKeys) -> None:
        super().__init__(themes, model, keys)
        self.title = Label(themes, role="title_s", wraps=True)
        self.name = TextLine(themes, tr("Name of the block"), most=_NAME_MAX)
        self.rounds = NumberStepper(themes, tr("Rounds"), least=1, most=ROUNDS_MAX)
        self.rest = TimeStepper(themes, tr("Rest between rounds"), least_ms=0, most_ms=_REST_MAX_MS)
        self.optional = ToggleRow(themes, tr("Optional"))
        self.total = Label(themes, role="small", color="text_2", wraps=True, tabular=True)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.total)
        self.column.addLayout(head)
        self.column.addWidget(self.other)
        self.add(("name", tr("Name"), self.name))
        self.add(("rounds", tr("Rounds"), self.rounds), ("rest", tr("Rest between"), self.rest))
        self.add(("optional", "", self.optional), stops={"optional": (self.optional.toggle,)})
        self.column.addWidget(
            Label(
                themes,
                tr("Optional parts are offered before the start and not counted in the length."),
                role="small",
                color="text_2",
                wraps=True,
            )
        )
        self.column.addStretch(1)
        self.name.written.connect(self._rename)
        self.rounds.edited.connect(self._set_rounds)
        self.rest.edited.connect(self._set_rest)
        self.optional.switched.connect(self._set_optional)

    def _blocks(self) -> list[BlockPart]:
        chosen = set(self.model.selection)
        return [block for block in self.model.document.blocks if block.id in chosen]

    def refresh(self) -> None:
        blocks = self._blocks()
        if not blocks:
            return
        count = len(blocks)
        self.title.setText(tr("Block") if count == 1 else tr("{count} blocks").format(count=count))
        self._show_total()
        self.name.show_value(_common([block.name for block in blocks]))
        self.rounds.show_value(_common([block.rounds for block in blocks]))
        self.rest.show_value(_common([block.rest_ms for block in blocks]))
        self.optional.show_value(_common([block.optional for block in blocks]))
        self.show_problems(
            (problem.key, problem.message)
            for block in blocks
            for problem in self.model.problems_of(block.id)
        )

    def _show_total(self) -> None:
        timeline, chosen = self.model.timeline, set(self.model.selection)
        lengths = block_lengths(timeline) if timeline is not None else {}
        at = [place for place, block in enumerate(self.model.document.blocks) if block.id in chosen]
        total_ms = sum(lengths.get(place, 0) for place in at)
        text = tr("{time} in all, with changeovers").format(time=long_clock(total_ms))
        self.total.setText(text if total_ms else tr("Length not known yet"))

    def _set(self, label: str, **changes: Any) -> None:  # noqa: ANN401  (the block's own)
        blocks = self._blocks()
        if len(blocks) == 1:
            self.model.set_block(blocks[0].id, label, **changes)
            return
        document = self.model.document
        for block in blocks:
            document = editing.set_block(document, block.id, **changes)
        parts = tuple(block.id for block in blocks)
        self.model.do(document, label, merge=("blocks", parts, *changes))

    @Slot(str)
    def _rename(self, text: str) -> None:
        self._set(tr("Rename block"), name=text)

    @Slot(object)
    def _set_rounds(self, rounds: int | None) -> None:
        self._set(tr("Change rounds"), rounds=rounds or 0)

    @Slot(object)
    def _set_rest(self, rest_ms: int | None) -> None:
        self._set(tr("Change rest"), rest_ms=rest_ms or 0)

    @Slot(bool)
    def _set_optional(self, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self.model.settle()
        self._set(tr("Change optional"), optional=on)
        self.model.settle()


def _common(values: list[Any]) -> Any:  # noqa: ANN401  (whatever the values are)
    """Return what all are, else MIXED."""
    return values[0] if all(value == values[0] for value in values) else MIXED
