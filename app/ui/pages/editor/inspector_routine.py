"""The inspector's fields of the routine itself, shown while nothing is selected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Slot

from app.domain.when import When
from app.ui import words
from app.ui.pages.editor.head_menus import EquipmentMenu
from app.ui.pages.editor.inspector_fields import (
    FieldKeys,
    PickSelect,
    TextBox,
    TextLine,
)
from app.ui.pages.editor.inspector_form import Form
from app.ui.pages.editor.inspector_numbers import TimeStepper
from app.ui.pages.editor.words import equipment_line, needed_equipment, tr
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from app.ui.pages.editor.model import EditorModel
    from app.ui.theme import ThemeManager

_NAME_MAX: Final = 80
_CHANGE_MAX_MS: Final = 120_000
_SECOND_MS: Final = 1_000


class EquipmentSelect(PickSelect):
    """Says what is needed; opens the menu in which several things can be ticked."""

    def __init__(self, themes: ThemeManager, model: EditorModel) -> None:
        super().__init__(themes, tr("Equipment"), [(None, "")])
        self._model = model
        self.setCurrentIndex(0)

    def refresh(self) -> None:
        model = self._model
        items = model.document.head.equipment
        if items is None:
            items = needed_equipment(model.document, model.exercises)
        text = equipment_line(items)
        if text != self.itemText(0):
            self.set_text_of(None, text)
            self.update()
            self.setAccessibleName(tr("Equipment: {what}").format(what=text))

    def showPopup(self) -> None:  # noqa: N802  (Qt's own name)
        menu = EquipmentMenu(self._themes, self._model, self)
        menu.setMinimumWidth(self.width())
        menu.aboutToHide.connect(self._model.settle)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))


class RoutineForm(Form):
    """Everything that a file says before its blocks."""

    def __init__(self, themes: ThemeManager, model: EditorModel, keys: FieldKeys) -> None:
        super().__init__(themes, model, keys)
        self.title = Label(themes, tr("Routine"), role="title_s", wraps=True)
        self.name = TextLine(themes, tr("Name of the routine"), most=_NAME_MAX)
        self.summary = TextBox(themes, tr("Note"), lines=3)
        self.when = PickSelect(themes, tr("Moment"), [(when, words.moment(when)) for when in When])
        self.equipment = EquipmentSelect(themes, model)
        self.changeover, self.side_change = (
            TimeStepper(
                themes,
                name,
                least_ms=0,
                most_ms=_CHANGE_MAX_MS,
                step_ms=_SECOND_MS,
                none_text=tr("Auto"),
                none_name=tr("Automatic"),
            )
            for name in (tr("Changeover"), tr("Side change"))
        )
        self.frequency = TextBox(themes, tr("How often"), lines=2)
        self.progression = TextBox(themes, tr("How to go on"), lines=2)
        self.focus = TextBox(themes, tr("Focus"), lines=2, is_list=True)
        self.sources = TextBox(themes, tr("Sources"), lines=2, is_list=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.column.addWidget(self.title)
        self.column.addWidget(self.other)
        self.add(("name", tr("Name"), self.name))
        self.add(("summary", tr("Note"), self.summary))
        self.add(("when", tr("Moment"), self.when))
        self.add(("equipment", tr("Equipment"), self.equipment))
        self.add(
            ("changeover", tr("Changeover"), self.changeover),
            ("side_change", tr("Side change"), self.side_change),
        )
        self._note(
            tr(
                "For every step that has no time of its own. Automatic goes by the change of"
                " position and by what is said."
            )
        )
        self.add(("frequency", tr("How often"), self.frequency))
        self.add(("progression", tr("How to go on"), self.progression))
        self.add(("focus", tr("Focus, one in each line"), self.focus))
        self.add(("sources", tr("Sources, one in each line"), self.sources))
        self.column.addStretch(1)

    def _note(self, text: str) -> None:
        label = Label(self.themes, text, role="small", color="text_2", wraps=True)
        self.column.addWidget(label)

    def _connect(self) -> None:
        for attribute, label, field in (
            ("name", tr("Rename routine"), self.name),
            ("summary", tr("Change note"), self.summary),
            ("frequency", tr("Change how often"), self.frequency),
            ("progression", tr("Change how to go on"), self.progression),
        ):
            field.written.connect(partial(self._set_text, attribute, label))
        for attribute, label, box in (
            ("focus", tr("Change focus"), self.focus),
            ("sources", tr("Change sources"), self.sources),
        ):
            box.written.connect(partial(self._set_list, attribute, label))
        self.when.picked.connect(self._set_when)
        self.changeover.edited.connect(self._set_changeover)
        self.side_change.edited.connect(self._set_side_change)

    def refresh(self) -> None:
        head = self.model.document.head
        self.name.show_value(head.name)
        self.summary.show_value(head.summary)
        self.when.show_value(head.when)
        self.equipment.refresh()
        self.changeover.show_value(head.changeover_ms)
        self.side_change.show_value(head.side_change_ms)
        self.frequency.show_value(head.frequency)
        self.progression.show_value(head.progression)
        self.focus.show_value("\n".join(head.focus))
        self.sources.show_value("\n".join(head.sources))
        self.show_problems(
            (problem.key, problem.message) for problem in self.model.problems_of(None)
        )

    def _set_text(self, attribute: str, label: str, text: str) -> None:
        self.model.set_head(label, **{attribute: text})

    def _set_list(self, attribute: str, label: str, text: str) -> None:
        self.model.set_head(label, **{attribute: tuple(text.split("\n")) if text else ()})

    @Slot(object)
    def _set_when(self, when: object) -> None:
        self.model.settle()
        self.model.set_head(tr("Change moment"), when=when)
        self.model.settle()

    @Slot(object)
    def _set_changeover(self, length_ms: int | None) -> None:
        self.model.set_head(tr("Change changeover"), changeover_ms=length_ms)

    @Slot(object)
    def _set_side_change(self, length_ms: int | None) -> None:
        self.model.set_head(tr("Change side change"), side_change_ms=length_ms)
