"""What the editor asks of the library and of the disk beside its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.domain.catalogue import Listing
    from app.domain.exercise import Exercise, ExerciseLibrary
    from app.domain.filing import Clash


class EditorCatalogue(Protocol):
    def listing(self) -> Listing: ...

    def exercises(self) -> ExerciseLibrary: ...

    def own_exercises(self) -> frozenset[str]: ...


class Shelf(Protocol):
    """Files of routines and exercises as wholes. Raises WarmdownError, in one sentence first."""

    def delete(self, file: str) -> object:
        """Put a file in the trash; return what `restore` needs."""
        ...

    def restore(self, deleted: object) -> str:
        """Take a file out of the trash again; return where it is now."""
        ...

    def clash_of(self, file: str) -> Clash | None:
        """Return what is in the way of a file that is to be taken in."""
        ...

    def add(self, file: str, *, replace: bool = False) -> str:
        """Take in a file, under another name where its own is taken; return where it is now."""
        ...

    def save_exercise(self, exercise: Exercise) -> Exercise:
        """Keep an exercise of the user's; one without an id gets one."""
        ...

    def remove_exercise(self, exercise_id: str) -> None: ...
