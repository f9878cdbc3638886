"""Writes exercises of the user's own: only the lines of one table change, all else stays."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.editing import PartProblem
from app.domain.errors import RoutineError
from app.domain.exercise import Exercise, ExerciseLibrary, Tempo
from app.storage.atomic import write_atomically
from app.storage.exercise_file import ExerciseReader
from app.storage.exercise_text import TableText
from app.storage.fields import EXERCISE, SCHEMA
from app.storage.part_problems import exercise_problems
from app.storage.paths import UserFolders
from app.storage.problems import Findings
from app.storage.routine_names import free_id, slug
from app.storage.toml_source import SourceError, TomlTable, parse_toml, read_text

_NEW_FILE = f"schema = {SCHEMA}\n"
_MARK = b"\xef\xbb\xbf"


class ExerciseWriter:
    """Keeps the user's exercises.toml. RoutineError in one sentence; nothing was written then."""

    def __init__(self, folders: UserFolders, shipped: Callable[[], ExerciseLibrary]) -> None:
        """`shipped` returns the exercises that come with the app: their figures can be borrowed."""
        self._path = folders.exercises
        self._shipped = shipped
        self._removed: dict[str, str] = {}

    def problems(self, exercise: Exercise) -> tuple[PartProblem, ...]:
        """Return what keeps an exercise from being saved, each with the key of its field."""
        return exercise_problems(self._found(exercise, self._tables_or_none()).found)

    def save(self, exercise: Exercise) -> Exercise:
        """Write an exercise; return it with its id, which is made from its name where it has none.

        One that is there already is replaced, with what its author wrote around it kept.
        """
        text = self._text()
        tables = self._tables(text)
        if not exercise.id:
            shipped = self._shipped()
            wanted = slug(exercise.name, spare="exercise")
            taken = {*shipped, *tables}
            exercise = replace(exercise, id=free_id(wanted, taken.__contains__))
        elif exercise.id in self._shipped() and exercise.id not in tables:
            raise RoutineError(
                f"{exercise.name} comes with the app and cannot be changed; make one of your own"
            )
        if problems := exercise_problems(self._found(exercise, tables).found):
            raise RoutineError(problems[0].message)
        written = TableText(text, self._path.name)
        if exercise.id not in tables and (before := self._removed.get(exercise.id)):
            # Brought back by undo, with its comments.
            written = TableText(written.appended(before), self._path.name)
        changed = written.put(exercise.id, values_of(exercise))
        self._write(text, changed, exercise.id, exercise)
        self._removed.pop(exercise.id, None)
        return exercise

    def remove(self, exercise_id: str) -> None:
        """Take an exercise out of the file; nothing happens where it is not in it.

        Routines that use it say so from now on; one that is easier or harder for another exercise
        of the file is refused.
        """
        text = self._text()
        if exercise_id not in self._tables(text):
            return
        changed, taken = TableText(text, self._path.name).without(exercise_id)
        self._write(text, changed, exercise_id, None)
        self._removed[exercise_id] = taken

    def _text(self) -> str:
        try:
            return read_text(self._path)
        except SourceError as error:
            problem = error.problem(str(self._path))
            if problem.id == "no-such-file":
                return ""
            raise RoutineError(str(problem)) from None

    def _tables(self, text: str) -> TomlTable:
        try:
            tables = parse_toml(text).get("exercises", {})
        except SourceError as error:
            raise RoutineError(str(error.problem(str(self._path)))) from None
        return tables if isinstance(tables, dict) else {}

    def _tables_or_none(self) -> TomlTable:
        try:
            return self._tables(self._text())
        except RoutineError:
            return {}

    def _found(self, exercise: Exercise, tables: TomlTable) -> Findings:
        raw = {key: value for key, (value, _) in values_of(exercise).items()}
        return ExerciseReader(self._shipped()).check(exercise.id or "new", raw, tables)

    def _write(self, before: str, text: str, exercise_id: str, wanted: Exercise | None) -> None:
        """Write the file once it is sure that only one exercise in it is another."""
        if not text.strip():
            text = _NEW_FILE
        elif not before.strip():
            text = f"{_NEW_FILE}\n{text.lstrip()}"
        reader = ExerciseReader(self._shipped())
        then = reader.parse(before, file=self._path.name)
        now = reader.parse(text, file=self._path.name)
        is_right = now.exercises.get(exercise_id) == wanted and _others(
            now.exercises, exercise_id
        ) == _others(then.exercises, exercise_id)
        if not is_right:
            known = {(problem.id, problem.message) for problem in then.problems}
            new = [one for one in now.problems if (one.id, one.message) not in known]
            reason = new[0].message if new else "it is written in an unusual way; change it there"
            raise RoutineError(f"Cannot change {self._path.name}: {reason}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            mark = _MARK if self._has_mark() else b""
            write_atomically(self._path, mark + text.encode(), before=lambda: self._check(before))
        except OSError as error:
            reason = error.strerror or str(error)
            raise RoutineError(
                f"Cannot save {self._path.name}: {reason}; check the folder {self._path.parent}"
            ) from error

    def _check(self, before: str) -> None:
        if self._text() != before:
            raise RoutineError(f"{self._path.name} was changed by another program; try again")

    def _has_mark(self) -> bool:
        try:
            with self._path.open("rb") as file:
                return file.read(len(_MARK)) == _MARK
        except FileNotFoundError:
            return False


def _others(exercises: ExerciseLibrary, exercise_id: str) -> Mapping[str, Exercise]:
    return {key: exercise for key, exercise in exercises.items() if key != exercise_id}


def values_of(exercise: Exercise) -> dict[str, tuple[object, str]]:
    """Return an exercise's keys in the order of a file: each with its value as TOML data and text."""
    made: dict[str, tuple[object, str]] = {}
    tempo = exercise.tempo
    given = {
        "tempo_ms": None if tempo is None else tempo.phases_ms,
        "tempo_labels": _labels_of(tempo),
    }
    for known in EXERCISE.fields:
        value = given[known.name] if known.name in given else getattr(exercise, known.name)
        if value is None or value == known.default:
            continue
        text = known.kind.write(value)
        made[known.key] = (parse_toml(f"value = {text}")["value"], text)
    return made


def _labels_of(tempo: Tempo | None) -> tuple[str, ...] | None:
    if tempo is None or tempo.labels == Tempo(phases_ms=tempo.phases_ms).labels:
        return None
    return tempo.labels
