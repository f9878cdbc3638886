"""Makes, changes and removes exercises of the user's own, in a dialog over the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import RoutineError

if TYPE_CHECKING:
    from app.domain.exercise import Exercise
    from app.ui.editor_ports import EditorCatalogue, Shelf
    from app.ui.figures import Figures
    from app.ui.main_window import MainWindow
    from app.ui.pages.editor.dialogs.own_exercise import OwnExerciseDialog
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager


class OwnExercises(QObject):
    changed = cast("TypedSignal[()]", Signal())
    """The library has other exercises now."""

    def __init__(
        self,
        window: MainWindow,
        themes: ThemeManager,
        figures: Figures,
        *,
        shelf: Shelf,
        catalogue: EditorCatalogue,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._figures = figures
        self._shelf = shelf
        self._catalogue = catalogue

    def edit(self, exercise_id: str) -> None:
        """Change an own exercise; nothing happens where it is none or is gone."""
        if exercise_id in self._catalogue.own_exercises():
            self.open(self._catalogue.exercises().get(exercise_id))

    def open(self, exercise: Exercise | None, name: str = "") -> OwnExerciseDialog:
        """Open the dialog, for a new exercise with that name where there is none."""
        from app.ui.pages.editor.dialogs.own_exercise import (  # noqa: PLC0415  (made when opened)
            OwnExerciseDialog,
        )

        dialog = OwnExerciseDialog(
            self._themes,
            self._window,
            figures=self._figures,
            exercise=exercise,
            library=self._catalogue.exercises(),
            name=name,
        )
        dialog.saved.connect(partial(self._save_from, dialog))
        dialog.deleted.connect(self._remove)
        dialog.open()
        return dialog

    def _save_from(self, dialog: OwnExerciseDialog, exercise: Exercise) -> None:
        try:
            self._shelf.save_exercise(exercise)
        except RoutineError as error:
            dialog.refuse(str(error).splitlines()[0])
            return
        self.changed.emit()

    def _bring_back(self, exercise: Exercise) -> None:
        try:
            self._shelf.save_exercise(exercise)
        except RoutineError as error:
            self._window.say(str(error).splitlines()[0])
            return
        self.changed.emit()

    @Slot(str)
    def _remove(self, exercise_id: str) -> None:
        exercise = self._catalogue.exercises().get(exercise_id)
        if exercise is None:
            return
        try:
            self._shelf.remove_exercise(exercise_id)
        except RoutineError as error:
            self._window.say(str(error).splitlines()[0])
            return
        self.changed.emit()
        self._window.say(
            self.tr("Deleted {name}").format(name=exercise.name),
            action_text=self.tr("Undo"),
            action=partial(self._bring_back, exercise),
        )
