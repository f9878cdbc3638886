"""The command `check`: validates routine files, exercise files and folders of them."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.cli import EXIT_FINE, EXIT_PROBLEM, print_json, problem_json
from app.domain.errors import Problem
from app.domain.exercise import ExerciseLibrary
from app.storage.exercise_file import ExerciseReader
from app.storage.library import Library
from app.storage.paths import bundled, user_folders
from app.storage.routine_file import RoutineReader

_SUFFIX = ".toml"
_EXERCISES: Final = "exercises.toml"


def print_check(paths: Sequence[str], *, as_json: bool) -> int:
    """Print every problem of every file, in order; exit code 1 where there is one."""
    known = Library(user_folders()).exercises()
    problems: list[Problem] = []
    files = 0
    for path in paths:
        found, count = _check_path(path, known)
        problems.extend(found)
        files += count
    if as_json:
        print_json([problem_json(problem) for problem in problems])
    else:
        for problem in problems:
            sys.stderr.write(f"{problem}\n")
        if not problems:
            sys.stdout.write(f"{files} {'file' if files == 1 else 'files'}, no problems\n")
    wrong = any(problem.severity == "error" for problem in problems)
    return EXIT_PROBLEM if wrong else EXIT_FINE


def _check_path(path: str, known: ExerciseLibrary) -> tuple[list[Problem], int]:
    if not os.path.isdir(path):  # noqa: PTH112  (the path is shown as it was given)
        return _check_files([path], known), 1
    try:
        names = sorted(
            entry.name
            for entry in Path(path).iterdir()
            if entry.name.casefold().endswith(_SUFFIX) and entry.name[0] != "."
        )
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        message = f"the folder cannot be read: {reason}; check its permissions"
        return [Problem(file=path, line=None, id="cannot-read", message=message)], 0
    files = [os.path.join(path, name) for name in names]  # noqa: PTH118
    return _check_files(files, known), len(files)


def _check_files(files: Sequence[str], known: ExerciseLibrary) -> list[Problem]:
    """Check files of one folder; its exercise file, if it has one, counts for its routines."""
    problems: list[Problem] = []
    exercises = dict(known)
    libraries = [file for file in files if os.path.basename(file) == _EXERCISES]  # noqa: PTH119
    for file in libraries:
        shipped = ExerciseReader().read(bundled(_EXERCISES)).exercises
        is_shipped = os.path.realpath(file) == os.path.realpath(bundled(_EXERCISES))
        read = ExerciseReader(None if is_shipped else shipped).read(Path(file), file=file)
        problems.extend(read.problems)
        exercises.update(read.exercises)
    reader = RoutineReader(exercises)
    taken = {os.path.basename(file).removesuffix(_SUFFIX) for file in files}  # noqa: PTH119
    for file in files:
        if file not in libraries:
            problems.extend(reader.read(Path(file), file=file, taken=taken).problems)
    return problems
