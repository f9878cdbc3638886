"""The command `check`: validates routine files, exercise files and folders of them."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli import EXIT_FINE, EXIT_PROBLEM, print_json, problem_json
from app.domain.choices import Choices
from app.domain.errors import Problem
from app.domain.exercise import ExerciseLibrary
from app.storage.exercise_file import ExerciseReader
from app.storage.library import Library
from app.storage.paths import bundled, user_folders
from app.storage.routine_file import RoutineRead, RoutineReader

if TYPE_CHECKING:
    from app.domain.advice import Advice

_SUFFIX = ".toml"
_EXERCISES: Final = "exercises.toml"


@dataclass(frozen=True, slots=True)
class _Finding:
    """What is printed of a file: a problem, or a remark."""

    problem: Problem
    advice: "Advice | None" = None

    def __str__(self) -> str:
        if self.advice is None:
            return str(self.problem)
        at = replace(self.problem, message=f"advice: {self.problem.message} [{self.problem.id}]")
        return str(at)

    def json(self) -> dict[str, object]:
        """Return the promised keys; a remark has its reason and source too."""
        made: dict[str, object] = dict(problem_json(self.problem))
        if self.advice is not None:
            made |= {"reason": self.advice.reason, "source": self.advice.source}
        return made


def print_check(paths: Sequence[str], *, with_advice: bool = False, as_json: bool) -> int:
    """Print every problem of every file, in order; exit code 1 where there is one.

    With advice, files without a problem have their remarks printed in the same way; those alone
    leave the exit code 0.
    """
    known = Library(user_folders()).exercises()
    findings: list[_Finding] = []
    files = 0
    for path in paths:
        found, count = _check_path(path, known, with_advice=with_advice)
        findings.extend(found)
        files += count
    wrong = sum(finding.advice is None for finding in findings)
    if as_json:
        print_json([finding.json() for finding in findings])
    else:
        for finding in findings:
            sys.stderr.write(f"{finding}\n")
        if not wrong:
            remarks = f", {_counted(len(findings), 'remark')}" if findings else ""
            sys.stdout.write(f"{_counted(files, 'file')}, no problems{remarks}\n")
    return EXIT_PROBLEM if wrong else EXIT_FINE


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _check_path(
    path: str, known: ExerciseLibrary, *, with_advice: bool
) -> tuple[list[_Finding], int]:
    if not os.path.isdir(path):  # noqa: PTH112  (the path is shown as it was given)
        return _check_files([path], known, with_advice=with_advice), 1
    try:
        names = sorted(
            entry.name
            for entry in Path(path).iterdir()
            if entry.name.casefold().endswith(_SUFFIX) and entry.name[0] != "."
        )
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        message = f"the folder cannot be read: {reason}; check its permissions"
        problem = Problem(file=path, line=None, id="cannot-read", message=message)
        return [_Finding(problem)], 0
    files = [os.path.join(path, name) for name in names]  # noqa: PTH118
    return _check_files(files, known, with_advice=with_advice), len(files)


def _check_files(
    files: Sequence[str], known: ExerciseLibrary, *, with_advice: bool
) -> list[_Finding]:
    """Check files of one folder; its exercise file, if it has one, counts for its routines."""
    findings: list[_Finding] = []
    exercises = dict(known)
    libraries = [file for file in files if os.path.basename(file) == _EXERCISES]  # noqa: PTH119
    for file in libraries:
        shipped = ExerciseReader().read(bundled(_EXERCISES)).exercises
        is_shipped = os.path.realpath(file) == os.path.realpath(bundled(_EXERCISES))
        read = ExerciseReader(None if is_shipped else shipped).read(Path(file), file=file)
        findings.extend(map(_Finding, read.problems))
        exercises.update(read.exercises)
    reader = RoutineReader(exercises)
    taken = {os.path.basename(file).removesuffix(_SUFFIX) for file in files}  # noqa: PTH119
    for file in files:
        if file not in libraries:
            routine = reader.read(Path(file), file=file, taken=taken)
            findings.extend(map(_Finding, routine.problems))
            if with_advice:
                findings.extend(_remarks(file, routine, exercises))
    return findings


def _remarks(file: str, read: RoutineRead, exercises: ExerciseLibrary) -> Iterator[_Finding]:
    """Yield the advice for a file that can be used, by line."""
    if read.routine is None:
        return
    from app.domain.advice import advise  # noqa: PLC0415  (only when it is asked for)
    from app.storage.advice_comments import silenced  # noqa: PLC0415
    from app.storage.line_finder import find_places  # noqa: PLC0415

    found = advise(read.routine, exercises, Choices(), silenced(read.text))
    if not found:
        return
    places = find_places(read.text)
    located = [
        _Finding(
            Problem(
                file=file,
                line=places.line(advice.path),
                id=advice.id,
                message=advice.message,
                severity="advice",
            ),
            advice,
        )
        for advice in found
    ]
    yield from sorted(located, key=lambda finding: finding.problem.line or 0)
