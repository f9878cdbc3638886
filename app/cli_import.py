"""The command `import`: takes in routine files, and lists that a person wrote."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.errors import RoutineError
from app.domain.filing import Filed

EXIT_FINE, EXIT_PROBLEM = 0, 1

_ROUTINE, _LIST = ".toml", ".txt"
_LATER = (".json", ".csv", ".fit", ".gpx", ".tcx")


def add_import_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to argparse's sub-commands."""
    parser = commands.add_parser("import", help="take in a routine, or a list as text")
    parser.add_argument("file", metavar="FILE", help="a routine (.toml) or a list (.txt)")
    parser.add_argument(
        "--skip-unknown",
        action="store_true",
        help="leave out lines of a list that are not understood, or not surely",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run_import, complain=parser.error)


def run_import(chosen: argparse.Namespace) -> int:
    """Take in a file and say what became of it; 1 where it has a problem."""
    file = Path(chosen.file)
    ending = file.suffix.lower()
    if ending in _LATER:
        chosen.complain(f"{ending} files cannot be imported yet; {_ROUTINE} and {_LIST} can")
    if ending not in (_ROUTINE, _LIST):
        chosen.complain(f"import takes {_ROUTINE} and {_LIST} files, not {chosen.file[:80]!r}")
    from app.cli import print_json  # noqa: PLC0415

    skipped: list[str] = []
    try:
        if ending == _LIST:
            filed = _take_list(file, skipped, skip_unknown=chosen.skip_unknown)
        else:
            filed = _take_routine(file)
    except RoutineError as error:
        if not chosen.json:
            raise
        print_json({"error": str(error).splitlines()})
        return EXIT_PROBLEM
    if chosen.json:
        print_json(
            {
                "id": filed.name,
                "file": filed.file,
                "wanted": filed.wanted,
                "renamed": filed.is_renamed,
                "skipped": skipped,
            }
        )
        return EXIT_FINE
    sys.stderr.write("".join(f"{line}; left out\n" for line in skipped))
    because = f" ({filed.wanted} is taken)" if filed.is_renamed else ""
    sys.stdout.write(f"imported as {filed.name}{because}\n")
    return EXIT_FINE


def _take_routine(file: Path) -> Filed:
    # Imported late: the parser of every command is made of all of them.
    from app.storage.library import Library  # noqa: PLC0415
    from app.storage.paths import user_folders  # noqa: PLC0415
    from app.storage.routine_desk import RoutineDesk  # noqa: PLC0415
    from app.storage.routine_import import RoutineImport  # noqa: PLC0415
    from app.storage.trash import Trash  # noqa: PLC0415

    folders = user_folders()
    library = Library(folders)
    desk = RoutineDesk(folders, library.exercises)
    trash = Trash(folders.data / "trash")
    imports = RoutineImport(folders, library.exercises, trash, is_taken=desk.is_taken)
    return imports.add(file)


def _take_list(file: Path, skipped: list[str], *, skip_unknown: bool) -> Filed:
    """Make a routine of a list's lines. What is not surely understood is never guessed."""
    from app.domain.draft import assemble, draft  # noqa: PLC0415
    from app.domain.editing import document_of  # noqa: PLC0415
    from app.storage.library import Library  # noqa: PLC0415
    from app.storage.list_file import read_list  # noqa: PLC0415
    from app.storage.paths import user_folders  # noqa: PLC0415
    from app.storage.routine_desk import RoutineDesk  # noqa: PLC0415
    from app.storage.routine_names import slug  # noqa: PLC0415

    folders = user_folders()
    exercises = Library(folders).exercises()
    entries = draft(read_list(file), exercises)
    doubtful = [entry for entry in entries if not entry.understood]
    skipped += [
        f"{file}:{entry.line}: {' '.join(entry.reasons) or 'It was not understood.'}".rstrip(".")
        for entry in doubtful
    ]
    if doubtful and not skip_unknown:
        hint = "nothing was made; --skip-unknown leaves such lines out"
        raise RoutineError("\n".join([*skipped, hint]))
    known = [replace(entry, skip=True) if not entry.understood else entry for entry in entries]
    name = " ".join(file.stem.replace("-", " ").replace("_", " ").split()).capitalize()
    try:
        routine = assemble(known, exercises, name or "Routine")
    except RoutineError as error:
        raise RoutineError(f"{file}: {error}") from None
    desk = RoutineDesk(folders, lambda: exercises)
    document = document_of(routine)
    if problems := desk.problems(document):
        raise RoutineError(f"{file}: {problems[0].message}")
    return Filed(file=desk.create(document).file, wanted=slug(routine.name))
