"""The command `draft`: reads a pasted list and prints each line with its reading."""

import sys
from collections.abc import Sequence
from pathlib import Path

from app.cli import EXIT_FINE, EXIT_PROBLEM, print_json
from app.domain.draft import DraftLine, LineKind, assemble, draft, tempo_of
from app.domain.editing import document_of
from app.domain.errors import RoutineError
from app.domain.exercise import ExerciseLibrary
from app.domain.routine import (
    FILE_MAX_BYTES,
    BreathsDose,
    Dose,
    OpenDose,
    RepsDose,
    SideChoice,
    TimeDose,
)
from app.storage.library import Library
from app.storage.list_file import list_text, read_list
from app.storage.paths import user_folders
from app.storage.routine_desk import RoutineDesk
from app.storage.tables import is_id

_STDIN = "-"
_WRITTEN_WIDTH = 44
_SIDES = {SideChoice.EACH: "each side", SideChoice.LEFT: "left", SideChoice.RIGHT: "right"}


def draft_file(path: str) -> str:
    """Return a list's text; "-" reads what is piped in. RoutineError where it has none."""
    if path != _STDIN:
        return read_list(Path(path))
    try:
        data = sys.stdin.buffer.read(FILE_MAX_BYTES + 1)
    except OSError as error:
        raise RoutineError(f"standard input cannot be read: {error.strerror or error}") from error
    return list_text(data, name="standard input")


def run_draft(path: str, *, write: str | None, as_json: bool) -> int:
    """Print a list's readings; with `write`, an id, also make the routine. 1 where that cannot be."""
    try:
        text = draft_file(path)
        exercises = Library(user_folders()).exercises()
    except RoutineError as error:
        if not as_json:
            raise
        print_json({"error": str(error)})
        return EXIT_PROBLEM
    entries = draft(text, exercises)
    written, problem = "", ""
    if write is not None:
        try:
            written = _write(entries, exercises, write)
        except RoutineError as error:
            problem = str(error)
    if as_json:
        found = [_entry_json(entry, exercises) for entry in entries]
        # With --write the readings are not all that there is to say.
        print_json(
            found
            if write is None
            else {"lines": found, "file": written or None, "error": problem or None}
        )
        return EXIT_PROBLEM if problem else EXIT_FINE
    for line in _rows(entries):
        sys.stdout.write(line + "\n")
    if problem:
        sys.stdout.flush()
        raise RoutineError(problem)
    if written:
        sys.stdout.write(f"\nwritten to {written}\n")
    return EXIT_FINE


def _write(entries: Sequence[DraftLine], exercises: ExerciseLibrary, wanted: str) -> str:
    """Make a new routine of the user's under an id and return its file. Nothing is guessed."""
    open_lines = sorted(
        {e.line for e in entries if not e.understood and e.kind is not LineKind.UNKNOWN}
    )
    if open_lines:
        where = ", ".join(map(str, open_lines))
        which = f"line {where} is" if len(open_lines) == 1 else f"lines {where} are"
        raise RoutineError(
            f"nothing was written: {which} not sure; say more there, or paste the list in the editor"
        )
    if not is_id(wanted):
        raise RoutineError(
            f"{wanted[:80]!r} is no id: lower-case letters, digits and hyphens are needed"
        )
    desk = RoutineDesk(user_folders(), lambda: exercises)
    if desk.is_taken(wanted):
        raise RoutineError(f"there is a routine {wanted!r} already; choose another id")
    name = wanted.replace("-", " ").capitalize()
    document = document_of(assemble(entries, exercises, name, routine_id=wanted))
    if problems := desk.problems(document):
        raise RoutineError(f"nothing was written: {problems[0].message}")
    # The file is named after the routine, and this name comes to the id again.
    return desk.create(document).file


# Output for people


def _rows(entries: Sequence[DraftLine]) -> list[str]:
    """Line up what was written and what was read; what is not understood is marked with "?"."""
    if not entries:
        return ["nothing to read: the list is empty"]
    width = max(len(str(entry.line)) for entry in entries)
    texts = [_shortened(" ".join(entry.text.split())) for entry in entries]
    column = max(map(len, texts))
    rows: list[str] = []
    for entry, text in zip(entries, texts, strict=True):
        mark = " " if entry.understood else "?"
        rows.append(f"{mark} {entry.line:{width}}  {text:{column}}  {_read_as(entry)}".rstrip())
        rows.extend(f"{'':{width + column + 6}}{reason}" for reason in entry.reasons)
    open_ones = sum(not entry.understood for entry in entries)
    if open_ones:
        count = "1 reading is" if open_ones == 1 else f"{open_ones} readings are"
        rows.append(f'\n{count} not sure, marked with "?"')
    return rows


def _shortened(text: str) -> str:
    return text if len(text) <= _WRITTEN_WIDTH else f"{text[: _WRITTEN_WIDTH - 3].rstrip()}..."


def _read_as(entry: DraftLine) -> str:
    match entry.kind:
        case LineKind.STEP:
            return _step_words(entry)
        case LineKind.HEADING:
            rounds = f", {entry.sets} rounds" if entry.sets else ""
            return f"heading: {entry.name}{rounds}"
        case LineKind.NOTE:
            return f"note: {entry.about or 'remark'}"
        case LineKind.UNKNOWN:
            return "not understood"


def _step_words(entry: DraftLine) -> str:
    dose = "usual dose" if entry.exercise else "no dose"
    if entry.dose is not None:
        dose = _dose_words(entry.dose)
    if entry.dose_max is not None:
        dose = f"{dose} to {_dose_words(entry.dose_max)}"
    if entry.sets:
        most = f" to {entry.sets_max}" if entry.sets_max else ""
        dose = f"{entry.sets}{most} x {dose}"
    parts = [entry.name or "?", dose]
    if entry.sides in _SIDES:
        parts.append(_SIDES[entry.sides])
    if entry.hold_ms:
        parts.append(f"hold {_seconds(entry.hold_ms)} s")
    if entry.rest_ms is not None:
        parts.append(f"rest {_seconds(entry.rest_ms)} s")
    if entry.exercise is None:
        parts.append("free name")
    return ", ".join(parts)


def _dose_words(dose: Dose) -> str:
    match dose:
        case TimeDose(duration_ms=duration_ms):
            return f"{_seconds(duration_ms)} s"
        case RepsDose(reps=reps):
            return f"{reps} reps"
        case BreathsDose(breaths=breaths):
            return f"{breaths} breaths"
        case OpenDose():
            return "until done"


# Output for programs


def _entry_json(entry: DraftLine, exercises: ExerciseLibrary) -> dict[str, object]:
    tempo_ms = tempo_of(entry, exercises) if entry.hold_ms is not None else None
    return {
        "line": entry.line,
        "text": entry.text,
        "kind": entry.kind,
        "understood": entry.understood,
        "exercise": entry.exercise,
        "name": entry.name,
        "sides": entry.sides,
        "sets": entry.sets,
        "sets_max": entry.sets_max,
        "dose": _dose_json(entry.dose),
        "dose_max": _dose_json(entry.dose_max),
        "rest_s": None if entry.rest_ms is None else _seconds(entry.rest_ms),
        "hold_s": None if entry.hold_ms is None else _seconds(entry.hold_ms),
        "tempo": None if tempo_ms is None else [_seconds(phase) for phase in tempo_ms],
        "about": entry.about,
        "note": entry.note,
        "written": entry.written,
        "candidates": list(entry.candidates),
        "doubts": list(entry.doubts),
    }


def _dose_json(dose: Dose | None) -> dict[str, object] | None:
    match dose:
        case None:
            return None
        case TimeDose(duration_ms=duration_ms):
            return {"seconds": _seconds(duration_ms)}
        case RepsDose(reps=reps):
            return {"reps": reps}
        case BreathsDose(breaths=breaths):
            return {"breaths": breaths}
        case OpenDose():
            return {"open": True}


def _seconds(duration_ms: int) -> float | int:
    whole, rest = divmod(duration_ms, 1_000)
    return duration_ms / 1_000 if rest else whole
