"""The dialog that offers back what was not saved when the app ended."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.pages.editor.dialogs.parts import FormDialog
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaved:
    """Changes that were kept beside a file."""

    file: str
    name: str
    """The routine's."""


class _Row(QWidget):
    def __init__(self, themes: ThemeManager, draft: Unsaved) -> None:
        super().__init__()
        self.draft = draft
        name = Label(themes, draft.name, role="body_bold")
        self.discard = Button(
            themes,
            translate("Recovered", "Discard"),
            kind=ButtonKind.GHOST,
            size=ButtonSize.SMALL,
        )
        self.discard.setAccessibleName(
            translate("Recovered", "Discard changes to {name}").format(name=draft.name)
        )
        self.open = Button(themes, translate("Recovered", "Open"), size=ButtonSize.SMALL)
        self.open.setAccessibleName(translate("Recovered", "Open {name}").format(name=draft.name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(name, 1)
        row.addWidget(self.discard)
        row.addWidget(self.open)


class RecoveredDialog(FormDialog):
    """Later keeps all of them for the next time. Closes by itself when none is left."""

    open_wanted = cast("TypedSignal[str]", Signal(str))
    """The file of the draft to go on with; the dialog is closed then."""
    discard_wanted = cast("TypedSignal[str]", Signal(str))
    """The file of a draft that is not wanted; to be taken back by whoever lets it go."""

    def __init__(self, themes: ThemeManager, parent: QWidget, drafts: Sequence[Unsaved]) -> None:
        super().__init__(themes, parent, translate("Recovered", "Changes that were not saved"))
        if len(drafts) == 1:
            text = translate(
                "Recovered", "Changes to “{name}” were not saved when Warmdown ended."
            ).format(name=drafts[0].name)
        else:
            text = translate(
                "Recovered", "Changes to {count} routines were not saved when Warmdown ended."
            ).format(count=len(drafts))
        self.add_text(text)
        self.rows: list[_Row] = []
        if len(drafts) > 1:
            self.body.addSpacing(8)
            for draft in drafts:
                self._add_row(draft)
        self.add_close(translate("Recovered", "Later"))
        self.discard: Button | None = None
        self.open_button: Button | None = None
        if len(drafts) == 1:
            self.discard = self.add_button(translate("Recovered", "Discard"))
            self.discard.clicked.connect(partial(self._drop, drafts[0]))
            self.open_button = self.add_button(
                translate("Recovered", "Open"), kind=ButtonKind.PRIMARY
            )
            self.open_button.clicked.connect(partial(self._open, drafts[0]))

    def open(self) -> None:
        super().open()
        if self.rows:
            self._primary = None
            self.rows[0].open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self, draft: Unsaved) -> None:
        row = _Row(self.themes, draft)
        row.open.clicked.connect(partial(self._open, draft))
        row.discard.clicked.connect(partial(self._drop, draft))
        self.body.addWidget(row)
        self.rows.append(row)

    def _open(self, draft: Unsaved, *_: object) -> None:
        self.accept()
        self.open_wanted.emit(draft.file)

    def _drop(self, draft: Unsaved, *_: object) -> None:
        gone = next((row for row in self.rows if row.draft == draft), None)
        if gone is not None and len(self.rows) > 1:
            at = self.rows.index(gone)
            self.rows.remove(gone)
            follower = self.rows[min(at, len(self.rows) - 1)]
            follower.discard.setFocus(Qt.FocusReason.OtherFocusReason)
            self.body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            self.refit()
        else:
            self.accept()
        self.discard_wanted.emit(draft.file)
