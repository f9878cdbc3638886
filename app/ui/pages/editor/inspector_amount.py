"""The inspector's fields that take more than one control: tempo, cadence."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.expand import FREE_TEMPO, GOAL_CADENCE_SPM
from app.ui.pages.editor.inspector_fields import (
    MIXED,
    PickSelect,
)
from app.ui.pages.editor.inspector_form import Cell, Columns
from app.ui.pages.editor.inspector_numbers import NumberStepper, TimeStepper
from app.ui.pages.editor.words import tr

if TYPE_CHECKING:
    from app.domain.exercise import Tempo
    from app.domain.routine import CadenceEnd
    from app.ui.pages.editor.inspector_fields import Mixed
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

_PHASE_MAX_MS: Final = 60_000
_HALF_SECOND_MS: Final = 500
_CADENCE_LEAST, _CADENCE_MOST = 40, 240
_USUAL_FROM: Final = 100
_PHASES: Final = 4
_NEVER, _FIXED, _TO_GOAL, _FROM_GOAL, _GOAL = "none", "fixed", "to-goal", "from-goal", "goal"


class TempoFields(Columns):
    """The four phases of a repetition, each under its word."""

    edited = cast("TypedSignal[int, int]", Signal(int, int))
    """Which phase, counted from 0, and its length in ms."""

    def __init__(self, themes: ThemeManager) -> None:
        self.phases = tuple(
            TimeStepper(themes, " ", least_ms=0, most_ms=_PHASE_MAX_MS, step_ms=_HALF_SECOND_MS)
            for _ in range(_PHASES)
        )
        super().__init__(Cell(themes, " ", phase, quiet=True) for phase in self.phases)
        for number, phase in enumerate(self.phases):
            phase.edited.connect(partial(self._tell, number))

    def show_tempo(self, value: tuple[int, ...] | Mixed | None, tempo: Tempo | None) -> None:
        """Show lengths in ms; `tempo` has the words for them."""
        labels = (tempo or FREE_TEMPO).labels
        names = (tr("Up"), tr("Hold"), tr("Down"), tr("Hold"))
        spare = {"up": names[0], "hold": names[1], "down": names[2]}
        for number, (cell, phase) in enumerate(zip(self.cells, self.phases, strict=True)):
            word = labels[number]
            word = spare.get(word, f"{word[:1].upper()}{word[1:]}") or names[number]
            if cell.label.text() != word:
                cell.label.setText(word)
                phase.set_name(tr("Tempo, {phase}").format(phase=word.lower()))
            if isinstance(value, tuple):
                phase.show_value(value[number])
            else:
                phase.show_value(MIXED if value is not None else 0)

    def _tell(self, number: int, length_ms: int | None) -> None:
        self.edited.emit(number, length_ms or 0)


class CadenceFields(QWidget):
    """None, or steps a minute from one figure to another, either of which may be the goal."""

    edited = cast("TypedSignal[tuple[CadenceEnd, CadenceEnd] | None]", Signal(object))
    resized = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self.way = PickSelect(
            themes,
            tr("Cadence"),
            [
                (_NEVER, tr("None")),
                (_FIXED, tr("From and to")),
                (_TO_GOAL, tr("Up to your goal")),
                (_FROM_GOAL, tr("From your goal")),
                (_GOAL, tr("Your goal")),
            ],
        )
        self.start, self.end = (
            NumberStepper(themes, name, least=_CADENCE_LEAST, most=_CADENCE_MOST)
            for name in (tr("Cadence from, steps a minute"), tr("Cadence to, steps a minute"))
        )
        self.columns = Columns(
            (
                Cell(themes, tr("From"), self.start, quiet=True),
                Cell(themes, tr("To"), self.end, quiet=True),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.way)
        column.addWidget(self.columns)
        self._value: tuple[CadenceEnd, CadenceEnd] | None = None
        self._show_ends()
        self.way.picked.connect(self._pick)
        self.start.edited.connect(partial(self._edit, 0))
        self.end.edited.connect(partial(self._edit, 1))

    def show_cadence(self, value: tuple[CadenceEnd, CadenceEnd] | Mixed | None) -> None:
        if value is None or isinstance(value, tuple):
            self._value = value
            self.way.show_value(_way_of(value))
        else:
            self._value = None
            self.way.show_value(MIXED)
        for stepper, end in zip((self.start, self.end), self._value or (), strict=False):
            if isinstance(end, int):
                stepper.show_value(end)
        self._show_ends()

    def set_bad(self, bad: bool) -> None:  # noqa: FBT001  (a plain setter)
        for field in (self.way, self.start, self.end):
            field.set_bad(bad)

    def _show_ends(self) -> None:
        ends = self._value or ("goal", "goal")
        wanted = [isinstance(end, int) for end in ends]
        shown = [not cell.isHidden() for cell in self.columns.cells]
        if wanted == shown and self.columns.isHidden() is not any(wanted):
            return
        for cell, on in zip(self.columns.cells, wanted, strict=True):
            cell.setVisible(on)
        self.columns.setVisible(any(wanted))
        self.columns.updateGeometry()
        self.columns.place()
        self.resized.emit()

    @Slot(object)
    def _pick(self, way: object) -> None:
        start, end = self._value or ("goal", "goal")
        first = start if isinstance(start, int) else _USUAL_FROM
        last = end if isinstance(end, int) else GOAL_CADENCE_SPM
        values: dict[object, tuple[CadenceEnd, CadenceEnd] | None] = {
            _NEVER: None,
            _FIXED: (first, last),
            _TO_GOAL: (first, "goal"),
            _FROM_GOAL: ("goal", last),
            _GOAL: ("goal", "goal"),
        }
        self.edited.emit(values[way])

    def _edit(self, which: int, spm: int | None) -> None:
        start, end = self._value or ("goal", "goal")
        self.edited.emit((spm or 0, end) if which == 0 else (start, spm or 0))


def _way_of(value: tuple[CadenceEnd, CadenceEnd] | None) -> str:
    if value is None:
        return _NEVER
    match isinstance(value[0], int), isinstance(value[1], int):
        case True, True:
            return _FIXED
        case True, False:
            return _TO_GOAL
        case False, True:
            return _FROM_GOAL
        case _:
            return _GOAL
