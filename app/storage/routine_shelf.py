"""Files of routines and exercises as wholes: deleted and brought back, taken in, handed on."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import cast

from app.domain.editing import PartProblem
from app.domain.errors import RoutineError
from app.domain.exercise import Exercise, ExerciseLibrary
from app.domain.filing import Clash, Filed, Trashed
from app.storage.atomic import write_atomically
from app.storage.exercise_writer import ExerciseWriter
from app.storage.paths import UserFolders, bundled
from app.storage.routine_desk import cannot_save
from app.storage.routine_import import RoutineImport
from app.storage.toml_source import SourceError, read_text
from app.storage.trash import ToTrash, Trash


class RoutineShelf:
    """What the editor asks of files beside the documents that it edits. All raise RoutineError."""

    def __init__(
        self,
        folders: UserFolders,
        exercises: Callable[[], ExerciseLibrary],
        shipped: Callable[[], ExerciseLibrary],
        *,
        is_taken: Callable[[str], bool] | None = None,
        to_trash: ToTrash | None = None,
        shipped_routines: Path | None = None,
    ) -> None:
        """`is_taken` knows ids of routines that have no file yet (`RoutineDesk.is_taken`)."""
        self._shipped_routines = shipped_routines or bundled("routines")
        self.trash = Trash(folders.data / "trash", to_trash=to_trash)
        self.imports = RoutineImport(
            folders,
            exercises,
            self.trash,
            is_taken=is_taken,
            shipped_routines=self._shipped_routines,
        )
        self.own_exercises = ExerciseWriter(folders, shipped)

    def delete(self, file: str) -> Trashed:
        """Put a routine's file in the trash; return what `restore` needs."""
        parent = os.path.realpath(os.path.dirname(file))  # noqa: PTH120  (links followed)
        if parent == os.path.realpath(self._shipped_routines):
            raise RoutineError("Built-in routines cannot be deleted")
        return self.trash.delete(Path(file))

    def restore(self, deleted: object) -> str:
        """Take what was deleted out of the trash; return where it is now.

        That is another name than before where something has its name by now.
        """
        return self.trash.restore(cast("Trashed", deleted)).file

    def clash(self, file: str) -> str | None:
        """Return the id that a file would take from another routine; None where it is free."""
        clash = self.clash_of(file)
        return None if clash is None else clash.id

    def clash_of(self, file: str) -> Clash | None:
        return self.imports.clash(Path(file))

    def add(self, file: str, *, replace: bool = False) -> str:
        """Take in a file, under another id where its own is taken; return where it is now.

        With `replace` one's own routine of that id goes to the trash before.
        """
        return self.filed(file, replace=replace).file

    def filed(self, file: str, *, replace: bool = False) -> Filed:
        """Take in a file like `add`; return also the name that it was to have."""
        path = Path(file)
        return self.imports.replace(path) if replace else self.imports.add(path)

    def share_text(self, file: str) -> str:
        """Return a routine's file as it stands."""
        try:
            return read_text(Path(file))
        except SourceError as error:
            raise RoutineError(str(error.problem(file))) from None

    def save_as(self, file: str, target: str) -> None:
        """Copy a routine's file, byte for byte; a file at `target` is replaced."""
        try:
            content = Path(file).read_bytes()
            write_atomically(Path(target), content)
        except OSError as error:
            raise cannot_save(Path(target), error) from error

    def exercise_problems(self, exercise: Exercise) -> tuple[PartProblem, ...]:
        """Return what keeps an own exercise from being saved, each with the key of its field."""
        return self.own_exercises.problems(exercise)

    def save_exercise(self, exercise: Exercise) -> Exercise:
        """Keep an exercise of the user's; one without an id gets one."""
        return self.own_exercises.save(exercise)

    def remove_exercise(self, exercise_id: str) -> None:
        self.own_exercises.remove(exercise_id)
