"""Says whether the routine is saved, and what keeps it from that; a press does something about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot

from app.ui.pages.editor.model import SAVE_MS, SaveState
from app.ui.pages.editor.words import problems_to_fix, tr
from app.ui.widgets.accessible import announce
from app.ui.widgets.buttons import Button, ButtonLook, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.editing import PartProblem
    from app.ui.pages.editor.model import EditorModel
    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme, ThemeManager

SLOW_MS: Final = SAVE_MS + 400
"""Saving is worth a word only where it takes so long."""
_PADDING: Final = 12


def _quiet(theme: Theme) -> ButtonLook:
    return ButtonLook(fill=None, text=theme.text_2)


def _bad(theme: Theme) -> ButtonLook:
    return ButtonLook(
        fill=theme.danger_tint,
        text=theme.danger,
        border=theme.danger_line,
        hover_border=theme.danger,
    )


class Status(Button):
    """A quiet word while all is well, a pill to press while it is not."""

    problem_chosen = cast("TypedSignal[PartProblem]", Signal(object))
    """Go to the first problem, or from the one shown last to the next."""
    conflict_chosen = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, model: EditorModel, parent: QWidget) -> None:
        super().__init__(
            themes, size=ButtonSize.SMALL, icon="check", round_shape=True, parent=parent
        )
        self._model = model
        self._shown: PartProblem | None = None
        self._was_pill = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._show_slow)
        self.clicked.connect(self._act)
        model.state_changed.connect(self.show_state)
        model.checked.connect(self.show_state)
        self.show_state()

    @property
    def is_pill(self) -> bool:
        return self._model.state in {SaveState.INVALID, SaveState.CONFLICT, SaveState.TROUBLE}

    def padding(self) -> int:
        return _PADDING if self.is_pill else 0

    @Slot()
    def show_state(self) -> None:
        before = self.text()
        state = self._model.state
        if state is SaveState.WAITING:
            if self._was_pill:
                # A mended problem is no longer one; what saves it waits half a second.
                self._restate(tr("Saving"), "")
            elif before == tr("Saved") and not self._slow.isActive():
                self._slow.start()
            return
        self._slow.stop()
        if state is SaveState.INVALID and not self._model.problems:
            # Mended, and about to be another state.
            return
        match state:
            case SaveState.INVALID:
                problems = self._model.problems
                self._restate(problems_to_fix(len(problems)), problems[0].message)
            case SaveState.CONFLICT:
                self._restate(
                    tr("Changed outside"), tr("Another program changed the file. Choose one.")
                )
            case SaveState.TROUBLE:
                self._restate(
                    tr("Not saved"), tr("{why} Press to try again.").format(why=self._model.trouble)
                )
            case SaveState.READ_ONLY:
                self._restate(tr("Built-in"), tr("Make a copy to change it."))
            case _:
                self._restate(tr("Saved"), "")
        if before and before != self.text():
            announce(self, self.text())

    def _restate(self, text: str, description: str) -> None:
        self._was_pill = self.is_pill
        self.setText(text)
        self.setAccessibleDescription(description)
        self.setToolTip(description)
        self.set_icon("circle-alert" if self.is_pill else None if self._is_plain() else "check")
        self.set_look(_bad if self.is_pill else _quiet)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.is_pill else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self.is_pill)
        self.updateGeometry()

    def _is_plain(self) -> bool:
        return self._model.read_only or self.text() == tr("Saving")

    @Slot()
    def _show_slow(self) -> None:
        if self._model.state is SaveState.WAITING:
            self._restate(tr("Saving"), "")

    @Slot()
    def _act(self) -> None:
        match self._model.state:
            case SaveState.INVALID if self._model.problems:
                problems = self._model.problems
                at = problems.index(self._shown) + 1 if self._shown in problems else 0
                # One that was shown and is still there: the next one, from the last the first.
                self._shown = problems[at % len(problems)]
                self.problem_chosen.emit(self._shown)
            case SaveState.CONFLICT:
                self.conflict_chosen.emit()
            case SaveState.TROUBLE:
                self._model.save_now()
            case _:
                pass
