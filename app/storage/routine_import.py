"""Takes in routine files from elsewhere, as they are, without taking another one's place."""

import os
from collections.abc import Callable
from pathlib import Path

from app.domain.errors import RoutineError
from app.domain.exercise import ExerciseLibrary
from app.domain.filing import Clash, Filed
from app.domain.routine import Routine
from app.storage.atomic import write_atomically
from app.storage.paths import UserFolders, bundled
from app.storage.routine_desk import cannot_save
from app.storage.routine_file import EXERCISES_NAME, SUFFIX, RoutineReader
from app.storage.routine_names import free_id, slug
from app.storage.tables import is_id
from app.storage.toml_source import SourceError, read_text
from app.storage.trash import Trash


class RoutineImport:
    """Takes in files one by one. RoutineError has every problem of a file, a line each."""

    def __init__(
        self,
        folders: UserFolders,
        exercises: Callable[[], ExerciseLibrary],
        trash: Trash,
        *,
        is_taken: Callable[[str], bool] | None = None,
        shipped_routines: Path | None = None,
    ) -> None:
        """`is_taken` knows more ids that are taken than the files have."""
        self._folder = folders.routines
        self._exercises = exercises
        self._trash = trash
        self._also_taken = is_taken
        self._shipped = shipped_routines or bundled("routines")

    def read(self, file: Path) -> tuple[Routine, str]:
        """Return a file's routine, under the id that it would have here, and its text."""
        try:
            text = read_text(file)
        except SourceError as error:
            raise RoutineError(str(error.problem(os.fspath(file)))) from None
        routine_id = _id_of(file)
        # Not by its name: one that would be no id becomes one here.
        read = RoutineReader(self._exercises()).parse(
            text, file=os.fspath(file), routine_id=routine_id
        )
        if read.routine is None:
            raise RoutineError("\n".join(str(problem) for problem in read.problems))
        return read.routine, text

    def clash(self, file: Path) -> Clash | None:
        """Return what already has the id that a file would get; None where it is free."""
        routine, _ = self.read(file)
        wanted = routine.id
        if not self._is_taken(wanted):
            return None
        own = (self._folder / f"{wanted}{SUFFIX}").exists()
        return Clash(id=wanted, is_built_in=not own, name=routine.name, free_id=self._free(wanted))

    def add(self, file: Path) -> Filed:
        """Take in a file, under its id or, where that is taken, the next one that is free."""
        routine, text = self.read(file)
        self._refuse_own(file)
        return self._put(text, self._free(routine.id), routine.id)

    def replace(self, file: Path) -> Filed:
        """Take in a file in place of one's own of that id, which goes to the trash.

        A built-in one of that id stays and is hidden.
        """
        routine, text = self.read(file)
        self._refuse_own(file)
        old = self._folder / f"{routine.id}{SUFFIX}"
        if routine.id == EXERCISES_NAME.removesuffix(SUFFIX):
            return self._put(text, self._free(routine.id), routine.id)
        if not os.path.lexists(old):
            return self._put(text, routine.id, routine.id)
        deleted = self._trash.delete(old)
        try:
            return self._put(text, routine.id, routine.id)
        except RoutineError:
            self._trash.restore(deleted)
            raise

    def _put(self, text: str, routine_id: str, wanted: str) -> Filed:
        path = self._folder / f"{routine_id}{SUFFIX}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text.encode())
        except OSError as error:
            raise cannot_save(path, error) from error
        return Filed(file=str(path), wanted=wanted)

    def _refuse_own(self, file: Path) -> None:
        if os.path.realpath(file.parent) == os.path.realpath(self._folder):
            raise RoutineError(f"{file}: this is one of your routines already")

    def _free(self, wanted: str) -> str:
        return free_id(wanted, self._is_taken)

    def _is_taken(self, routine_id: str) -> bool:
        name = f"{routine_id}{SUFFIX}"
        if name == EXERCISES_NAME:
            return True
        if any(os.path.lexists(folder / name) for folder in (self._folder, self._shipped)):
            return True
        return self._also_taken is not None and self._also_taken(routine_id)


def _id_of(file: Path) -> str:
    name = file.name
    stem = name[: -len(SUFFIX)] if name.casefold().endswith(SUFFIX) else name
    return stem if is_id(stem) and len(stem) <= _LONGEST else slug(stem)


_LONGEST = 60
