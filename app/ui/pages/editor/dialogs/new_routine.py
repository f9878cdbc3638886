"""The dialog for a new routine: from nothing, as a copy, or from a pasted list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.when import When
from app.ui import words
from app.ui.pages.editor.dialogs.parts import Field, FormDialog, Way
from app.ui.pages.editor.dialogs.pick_list import PickList
from app.ui.pages.editor.dialogs.picks import routine_picks
from app.ui.widgets.buttons import ButtonKind
from app.ui.widgets.label import Label
from app.ui.widgets.select import Select
from app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.catalogue import RoutineCard
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate

NAME_MAX: Final = 80
_MOMENTS: Final = (When.ANY, When.BEFORE_RUN, When.AFTER_RUN, When.REST_DAY, When.MORNING)
_ROWS, _ROWS_LOW = 5, 2
_LOW_WINDOW: Final = 720


class NewRoutineDialog(FormDialog):
    """Enter takes it as it stands: opened, named, Enter is an empty routine."""

    empty_chosen = cast("TypedSignal[str, When]", Signal(str, object))
    """The routine's name and its moment."""
    copy_chosen = cast("TypedSignal[str, str]", Signal(str, str))
    """The file that is copied, and the copy's name."""
    paste_chosen = cast("TypedSignal[str]", Signal(str))

    def __init__(self, themes: ThemeManager, parent: QWidget, cards: Sequence[RoutineCard]) -> None:
        super().__init__(themes, parent, translate("NewRoutine", "New routine"))
        self._names = {card.file: card.name for card in cards}
        self._named_by_hand = False
        name = translate("NewRoutine", "Name")
        self.name = TextField(themes, name=name)
        self.name.setMaxLength(NAME_MAX)
        self.name.setText(translate("NewRoutine", "New routine"))
        self._name_field = Field(themes, name, self.name)
        self.empty, self.copy, self.paste = self._ways(with_copy=bool(cards))
        moment = translate("NewRoutine", "Moment")
        self.moment = Select(themes, [words.moment(when) for when in _MOMENTS], name=moment)
        self._moment_field = Field(themes, moment, self.moment)
        self.routines = PickList(
            themes,
            routine_picks(cards),
            translate("NewRoutine", "Search routines"),
            translate("NewRoutine", "Routines"),
            rows=_ROWS if parent.height() >= _LOW_WINDOW else _ROWS_LOW,
        )
        self._about_paste = Label(
            themes,
            translate(
                "NewRoutine",
                "What a physio wrote, for example. You see how each line is read, and answer where"
                " it is not clear, before anything is made.",
            ),
            color="text_2",
            wraps=True,
        )
        for part in (self._moment_field, self.routines, self._about_paste):
            self.body.addWidget(part)
        self.add_close(translate("NewRoutine", "Cancel"))
        self.make = self.add_button(" ", kind=ButtonKind.PRIMARY)
        self.make.clicked.connect(self._take)
        self.name.textEdited.connect(self._note_own_name)
        self.name.textChanged.connect(self._judge)
        self.routines.current_changed.connect(self._name_after)
        for way in (self.empty, self.copy, self.paste):
            way.toggled.connect(self._show_way)
        self.empty.setChecked(True)

    def _ways(self, *, with_copy: bool) -> tuple[Way, Way, Way]:
        group = QWidget()
        group.setAccessibleName(translate("NewRoutine", "How to begin"))
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        empty, copy, paste = (
            Way(self.themes, text, icon=icon, parent=group)
            for text, icon in (
                (translate("NewRoutine", "Start empty"), "plus"),
                (translate("NewRoutine", "Copy of a routine"), "copy"),
                (translate("NewRoutine", "Paste a list"), "import"),
            )
        )
        for way in (empty, copy, paste):
            row.addWidget(way, 1)
        copy.setVisible(with_copy)
        self.body.addWidget(self._name_field)
        self.body.addSpacing(8)
        self.body.addWidget(group)
        self.body.addSpacing(8)
        return empty, copy, paste

    def open(self) -> None:
        super().open()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    @Slot()
    def _show_way(self, *_: object) -> None:
        """Show what belongs to the way that is chosen."""
        self._moment_field.setVisible(self.empty.isChecked())
        self.routines.setVisible(self.copy.isChecked())
        self._about_paste.setVisible(self.paste.isChecked())
        if self.copy.isChecked():
            self.make.setText(translate("NewRoutine", "Make a copy"))
        elif self.paste.isChecked():
            self.make.setText(translate("NewRoutine", "Paste a list"))
        else:
            self.make.setText(translate("NewRoutine", "Start empty"))
        self.make.updateGeometry()
        self._name_after(self.routines.current)
        if self.copy.isChecked() and self.isVisible():
            self.reveal(self.routines)

    @Slot(str)
    def _note_own_name(self, _text: str) -> None:
        self._named_by_hand = True

    @Slot(str)
    def _name_after(self, file: str) -> None:
        """Call a copy by what it is a copy of, as long as nobody gave it a name."""
        if self._named_by_hand:
            self._judge()
            return
        text = translate("NewRoutine", "New routine")
        if self.copy.isChecked() and file:
            text = translate("NewRoutine", "Copy of {name}").format(name=self._names[file])
        self.name.setText(text[:NAME_MAX])
        self._judge()

    @Slot()
    def _judge(self, *_: object) -> None:
        """Say what is missing; the button stays away as long."""
        problem = ""
        if not self.name.text().strip():
            problem = translate("NewRoutine", "A routine needs a name.")
        self._name_field.show_problem(problem)
        if not problem and self.copy.isChecked() and not self.routines.current:
            problem = translate("NewRoutine", "Choose the routine to copy.")
        self.make.set_unavailable(problem)
        self.refit()

    @Slot()
    def _take(self) -> None:
        name = self.name.text().strip()
        self.accept()
        if self.copy.isChecked():
            self.copy_chosen.emit(self.routines.current, name)
        elif self.paste.isChecked():
            self.paste_chosen.emit(name)
        else:
            self.empty_chosen.emit(name, _MOMENTS[self.moment.currentIndex()])
