"""Advice beside a routine that is edited: found when it keeps still, silenced and carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.domain.advice import Rule, advise, grouped
from app.domain.editing import reordered
from app.ui.pages.editor.hints import Hint

if TYPE_CHECKING:
    from app.domain.advice import Advice
    from app.domain.editing import Document, PartId
    from app.domain.ports import RoutineDesk
    from app.ui.pages.editor.model import EditorModel
    from app.ui.pages.editor.page import EditorPage

_STILL_MS: Final = 400


class EditorAdvice(QObject):
    """Belongs to a page, and goes with it."""

    def __init__(self, page: EditorPage, model: EditorModel, desk: RoutineDesk) -> None:
        super().__init__(page)
        self._page = page
        self._model = model
        self._desk = desk
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL_MS)
        self._still.timeout.connect(self.advise)
        if not model.read_only:
            model.checked.connect(self._still.start)
            page.advice_silenced.connect(self._silence)
            page.advice_applied.connect(self._apply)
            self._still.start()

    @Slot()
    def advise(self) -> None:
        """Show what there is to remark; nothing as long as something is wrong."""
        self._page.show_advice(
            [] if self._model.problems else [self._hint(one) for one in self._found()]
        )

    def _found(self) -> tuple[Advice, ...]:
        model = self._model
        return advise(
            model.document.routine,
            model.exercises,
            model.choices,
            self._desk.silenced(model.document),
        )

    def _hint(self, advice: Advice) -> Hint:
        part = _part(self._model.document, advice)
        can_sort = advice.id is Rule.ZIGZAG and self._order(advice) is not None
        return Hint(
            id=advice.id,
            sentence=advice.message,
            reason=f"{advice.reason} ({advice.source})" if advice.source else advice.reason,
            part=part,
            action=self.tr("Sort") if can_sort else "",
        )

    def _order(self, advice: Advice) -> tuple[int, ...] | None:
        """Return the order of steps that a block would be sorted to; None where it has it."""
        if advice.block is None:
            return None
        model = self._model
        order = tuple(grouped(model.document.routine, advice.block, model.exercises))
        return order if order != tuple(range(len(order))) else None

    @Slot(str, object)
    def _silence(self, rule: str, part: PartId | None) -> None:
        model = self._model
        model.do(self._desk.silence(model.document, Rule(rule), part), self.tr("Hide note"))

    @Slot(str)
    def _apply(self, rule: str) -> None:
        model = self._model
        document = model.document
        for advice in self._found():
            if advice.id == rule and advice.block is not None:
                order = self._order(advice)
                if order is not None:
                    block = document.blocks[advice.block].id
                    document = reordered(document, block, order)
        model.do(document, self.tr("Sort by position"))


def _part(document: Document, advice: Advice) -> PartId | None:
    if advice.block is None:
        return None
    block = document.blocks[advice.block]
    return block.id if advice.step is None else block.steps[advice.step].id
