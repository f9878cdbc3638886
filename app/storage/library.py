"""Finds routines and exercises, shipped and the user's own; reports broken files, keeps the rest."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from app import __version__
from app.domain.catalogue import BrokenFile, Listing, Origin, RoutineCard
from app.domain.choices import Choices
from app.domain.errors import Problem, RoutineError
from app.domain.when import When
from app.storage.library_index import Index, Stamp, stamp_of
from app.storage.paths import UserFolders, bundled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.exercise import ExerciseLibrary, Tempo
    from app.domain.routine import Routine

SUFFIX = ".toml"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,199}")
_SHOWN_CHARACTERS = 60
_EXERCISES = "exercises.toml"
_ORDER = {when: place for place, when in enumerate(When)}


@dataclass(frozen=True, slots=True)
class RoutineFile:
    """A file that may hold a routine: where it stands and whose it is."""

    path: str
    origin: Origin
    stamp: Stamp | None
    """None where the file cannot be looked at."""

    @property
    def routine_id(self) -> str:
        return os.path.basename(self.path).removesuffix(SUFFIX)  # noqa: PTH119  (many, at start)


@dataclass(frozen=True, slots=True)
class _ExercisesKept:
    """Every exercise, as both files said when they had these stamps."""

    stamps: object
    shipped: ExerciseLibrary
    exercises: ExerciseLibrary
    own: frozenset[str]
    problems: tuple[Problem, ...]


class Library:
    """Implements `ports.Catalogue`. Safe to use from several threads.

    Cards come from an index in the cache folder as long as no file changed; only changed files
    are read. Without a writable cache folder everything works, and is read each time.
    """

    def __init__(
        self,
        folders: UserFolders,
        *,
        choices: Choices | None = None,
        shipped_routines: Path | None = None,
        shipped_exercises: Path | None = None,
    ) -> None:
        """`choices` are those that the cards' lengths are computed with."""
        self._folders = folders
        self._choices = choices or Choices()
        self._shipped_routines = shipped_routines or bundled("routines")
        self._shipped_exercises = shipped_exercises or bundled("exercises.toml")
        self._index = Index(folders.cache / "routines.json")
        self._lock = Lock()
        self._exercises: _ExercisesKept | None = None

    def set_choices(self, choices: Choices) -> None:
        """Compute the cards' lengths with other choices from now on."""
        with self._lock:
            self._choices = choices

    def indexed(self) -> Listing | None:
        """Return the listing if the index holds all of it; None where a file has to be read."""
        with self._lock:
            cards = self._index.read(self._key())
            found: list[RoutineCard] = []
            for file in self._files():
                card = cards.get(file.path)
                if file.stamp is None or card is None or card[0] != file.stamp:
                    return None
                found.append(card[1])
            if self._unreadable_folder():
                return None
            return Listing(cards=_arranged(found))

    def listing(self) -> Listing:
        """Cards for every routine; reads the files that changed since the index was written."""
        with self._lock:
            key = self._key()
            known = self._index.read(key)
            kept: dict[str, tuple[Stamp, RoutineCard]] = {}
            broken: list[BrokenFile] = []
            exercise_problems: tuple[Problem, ...] = ()
            stale = False
            for file in self._files():
                entry = known.get(file.path)
                if entry is not None and entry[0] == file.stamp:
                    kept[file.path] = entry
                    continue
                stale = True
                made = self._read(file)
                if isinstance(made, BrokenFile):
                    broken.append(made)
                elif file.stamp is not None:
                    kept[file.path] = (file.stamp, made)
            if folder := self._unreadable_folder():
                broken.append(folder)
            if stale or self._folders.exercises.exists():
                exercise_problems = self._library().problems
            if exercise_problems:
                # First: what is wrong there may be all that is wrong with routines.
                broken.insert(0, self._broken_exercises(exercise_problems))
            if stale or kept.keys() != known.keys():
                self._index.write(key, kept)
        return Listing(cards=_arranged(card for _, card in kept.values()), broken=tuple(broken))

    def exercises(self) -> ExerciseLibrary:
        """Return every exercise by id: the shipped ones, with the user's own laid over them."""
        with self._lock:
            return self._library().exercises

    def own_exercises(self) -> frozenset[str]:
        """Return the ids of the user's own exercises, also of those that hide a shipped one."""
        with self._lock:
            return self._library().own

    def shipped_exercises(self) -> ExerciseLibrary:
        """Return the exercises that ship, without the user's own."""
        with self._lock:
            return self._library().shipped

    def figure_tempos(self) -> dict[str, Tempo]:
        """Return the tempo that each figure is drawn to: its shipped exercise's own."""
        with self._lock:
            shipped = self._library().shipped
        return {
            exercise.id: exercise.tempo
            for exercise in shipped.values()
            if exercise.tempo is not None
        }

    def routine(self, routine_id: str) -> Routine:
        """Return the routine with that id; RoutineError says what is wrong with its file."""
        return self._usable(routine_id)[0]

    def routine_text(self, routine_id: str) -> str:
        """Return the file of that routine as it stands."""
        return self._usable(routine_id)[1]

    def load(self, reference: str) -> tuple[Routine, str]:
        """Return the routine that an id or a file's path names, and its text.

        RoutineError has every problem of the file, a line each.
        """
        if _is_path(reference):
            return self._load_file(Path(reference), reference)
        return self._usable(reference)

    def parse(self, text: str, routine_id: str) -> Routine:
        """Return the routine that a kept text says; RoutineError where it says none."""
        from app.storage.routine_file import RoutineReader  # noqa: PLC0415  (late: see below)

        read = RoutineReader(self.exercises()).parse(
            text, file=f"{routine_id}{SUFFIX}", routine_id=routine_id
        )
        if read.routine is None:
            raise RoutineError("\n".join(str(problem) for problem in read.problems))
        return read.routine

    def _load_file(self, path: Path, shown: str) -> tuple[Routine, str]:
        from app.storage.routine_file import RoutineReader  # noqa: PLC0415  (late: see below)

        read = RoutineReader(self.exercises()).read(path, file=shown)
        if read.routine is None:
            raise RoutineError("\n".join(str(problem) for problem in read.problems))
        return read.routine, read.text

    def _usable(self, routine_id: str) -> tuple[Routine, str]:
        """Return the user's routine of that id, or the built-in one where that is broken."""
        files: list[Path] = []
        if _ID.fullmatch(routine_id):
            named = f"{routine_id}{SUFFIX}"
            both = (self._folders.routines / named, self._shipped_routines / named)
            # Not Path.is_file(): it raises where a name is too long.
            files = [path for path in both if os.path.isfile(path)]  # noqa: PTH113
        if not files:
            raise RoutineError(self._unknown(routine_id))
        problem: RoutineError | None = None
        for path in files:
            try:
                return self._load_file(path, os.fspath(path))
            except RoutineError as error:
                problem = problem or error
        assert problem is not None  # noqa: S101  (at least one file was tried)
        raise problem

    def _unknown(self, routine_id: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415  (only for a mistake)

        ids = sorted({file.routine_id for file in self._files()})
        near = get_close_matches(routine_id[:_SHOWN_CHARACTERS], ids, 1)
        hint = f"; the nearest one is {near[0]}" if near else "; see `warmdown list`"
        return f"there is no routine {routine_id[:_SHOWN_CHARACTERS]!r}{hint}"

    # What follows is called with the lock held.

    def _files(self) -> list[RoutineFile]:
        """Return every routine file, shipped ones first; nothing is opened."""
        shipped = _toml_files(self._shipped_routines, Origin.BUILT_IN)
        own = _toml_files(self._folders.routines, Origin.YOURS)
        return [*shipped, *(file for file in own if file.routine_id + SUFFIX != _EXERCISES)]

    def _unreadable_folder(self) -> BrokenFile | None:
        """Report the user's folder where it is there and cannot be looked into."""
        folder = self._folders.routines
        try:
            os.scandir(folder).close()
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = error.strerror or "it cannot be opened"
            message = f"the folder of your routines cannot be read: {reason}; check its permissions"
            problem = Problem(file=os.fspath(folder), line=None, id="cannot-read", message=message)
            return BrokenFile(file=os.fspath(folder), name=folder.name, problems=(problem,))
        return None

    def _key(self) -> Sequence[object]:
        """Everything beside a routine's own file that its card depends on."""
        choices = self._choices
        return [
            __version__,
            stamp_of(self._shipped_exercises),
            stamp_of(self._folders.exercises),
            [choices.side_change_ms, choices.breath_ms, choices.affected],
        ]

    def _library(self) -> _ExercisesKept:
        stamps = (stamp_of(self._shipped_exercises), stamp_of(self._folders.exercises))
        if self._exercises is None or self._exercises.stamps != stamps:
            from app.storage.exercise_file import ExerciseReader  # noqa: PLC0415  (late)

            shipped = ExerciseReader().read(self._shipped_exercises)
            exercises, problems = dict(shipped.exercises), shipped.problems
            names: frozenset[str] = frozenset()
            if self._folders.exercises.exists():
                own = ExerciseReader(shipped.exercises).read(self._folders.exercises)
                exercises.update(own.exercises)
                problems = (*problems, *own.problems)
                names = frozenset(own.exercises)
            self._exercises = _ExercisesKept(stamps, shipped.exercises, exercises, names, problems)
        return self._exercises

    def _read(self, file: RoutineFile) -> RoutineCard | BrokenFile:
        # Imported when a file has to be read: a start on a fresh index needs none of it.
        from app.storage.routine_card import card_of  # noqa: PLC0415
        from app.storage.routine_file import RoutineReader  # noqa: PLC0415

        exercises = self._library().exercises
        read = RoutineReader(exercises).read(Path(file.path))
        problems = read.problems
        if read.routine is not None:
            try:
                return card_of(read.routine, exercises, self._choices, file.path, file.origin)
            except RoutineError as error:
                problems = (
                    Problem(file=file.path, line=None, id="cannot-expand", message=str(error)),
                )
        return BrokenFile(file=file.path, name=read.name, problems=problems, excerpt=read.excerpt)

    def _broken_exercises(self, problems: tuple[Problem, ...]) -> BrokenFile:
        first = problems[0]
        excerpt = ""
        if first.line is not None:
            try:
                lines = Path(first.file).read_text(encoding="utf-8-sig").splitlines()
                excerpt = lines[first.line - 1].strip()
            except (OSError, UnicodeDecodeError, IndexError):
                pass
        return BrokenFile(file=first.file, name=_EXERCISES, problems=problems, excerpt=excerpt)


def _is_path(reference: str) -> bool:
    # An id has neither, so `notes.txt` is a file, if perhaps no routine.
    return "." in reference or os.sep in reference or "/" in reference


def _toml_files(folder: Path, origin: Origin) -> list[RoutineFile]:
    """Return a folder's *.toml in order of name, hidden ones left out; none where it is missing."""
    try:
        with os.scandir(folder) as entries:
            found = []
            for entry in entries:
                # A name in capitals is no legal id; its reader says so and proposes one.
                if not entry.name.casefold().endswith(SUFFIX) or entry.name.startswith("."):
                    continue
                try:
                    status = entry.stat()
                    stamp: Stamp | None = (status.st_mtime_ns, status.st_size)
                except OSError:
                    stamp = None
                found.append(RoutineFile(entry.path, origin, stamp))
    except OSError:
        return []
    return sorted(found, key=lambda file: file.path)


def _arranged(cards: Iterable[RoutineCard]) -> tuple[RoutineCard, ...]:
    """Put cards in their order; one's own routine takes the place of a built-in one of its id."""
    from dataclasses import replace  # noqa: PLC0415

    by_id: dict[str, RoutineCard] = {}
    for card in cards:
        known = by_id.get(card.id)
        if known is None:
            by_id[card.id] = card
        elif card.origin is Origin.YOURS:
            by_id[card.id] = replace(card, hides_built_in=True)
    return tuple(
        sorted(by_id.values(), key=lambda card: (_ORDER[card.when], card.name.casefold(), card.id))
    )
