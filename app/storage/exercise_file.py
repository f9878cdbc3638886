"""Reads exercise files: text to exercises, and every problem of a file at once, with its line."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from app.domain.errors import Problem
from app.domain.exercise import Exercise, ExerciseLibrary, Mode, Sides, Tempo
from app.domain.routine import STEP_MAX_MS, STEP_MIN_MS
from app.storage.fields import EXERCISE, EXERCISES, readers
from app.storage.problems import Findings
from app.storage.tables import Values, is_id, propose_id, walk
from app.storage.toml_source import SourceError, TomlTable, parse_toml, read_text
from app.storage.values import Fault, quoted, seconds_text, shown

_PHASES = 4
_REPS_KEYS = ("reps", "tempo", "tempo_labels", "alternating")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisesRead:
    """What came of reading a file: its good exercises, and its problems."""

    exercises: ExerciseLibrary
    """By id, in the order of the file; without those that have a problem."""
    problems: tuple[Problem, ...]
    text: str = ""
    """The file as it stands; empty where it could not be read."""


class ExerciseReader:
    """Reads exercise files. `shipped` are exercises that a file may refer to beside its own."""

    def __init__(self, shipped: ExerciseLibrary | None = None) -> None:
        self._shipped = shipped or {}
        self._file_readers = readers(EXERCISES)
        self._readers = readers(EXERCISE)

    def read(self, path: Path, *, file: str | None = None) -> ExercisesRead:
        """Read the file at `path`; problems name it `file`. Never raises for what is in it."""
        file = os.fspath(path) if file is None else file
        try:
            text = read_text(path)
        except SourceError as error:
            return ExercisesRead(exercises={}, problems=(error.problem(file),))
        return self.parse(text, file=file)

    def parse(self, text: str, *, file: str) -> ExercisesRead:
        """Read an exercise file's text; problems name it `file`."""
        try:
            raw = parse_toml(text)
        except SourceError as error:
            return ExercisesRead(exercises={}, problems=(error.problem(file),), text=text)
        findings = Findings(file)
        exercises = self._exercises(raw, findings)
        return ExercisesRead(exercises=exercises, problems=findings.located(text), text=text)

    def check(self, exercise_id: str, raw: TomlTable, others: TomlTable) -> Findings:
        """Return what is wrong with one exercise's TOML data; `others` stand in the same file."""
        findings = Findings("")
        self._exercise(exercise_id, raw, {**others, exercise_id: raw}, findings)
        return findings

    def _exercises(self, raw: TomlTable, findings: Findings) -> ExerciseLibrary:
        schema = self._file_readers["schema"][1](raw.get("schema"))
        if isinstance(schema, Fault) and schema.id == "newer-schema":
            findings.add(("schema",), schema.id, f"schema {schema.need}")
            return {}
        values = walk(raw, EXERCISES, self._file_readers, (), "", findings)
        tables = cast("TomlTable", values.get("exercises", {}))
        read: dict[str, Exercise] = {}
        for exercise_id, table in tables.items():
            before = len(findings)
            exercise = self._exercise(exercise_id, table, tables, findings)
            if exercise is not None and len(findings) == before:
                read[exercise_id] = exercise
        return read

    def _exercise(
        self, exercise_id: str, raw: object, tables: TomlTable, findings: Findings
    ) -> Exercise | None:
        path = ("exercises", exercise_id)
        label = f"exercise {shown(exercise_id)}"
        if not is_id(exercise_id):
            proposed = propose_id(exercise_id, tables, spare="exercise")
            findings.add(
                path,
                "bad-id",
                f"{label}: its id may have lower-case letters, digits and hyphens;"
                f" {quoted(proposed)} would do",
            )
        if not isinstance(raw, dict):
            findings.add(path, "bad-exercise", f"{label} must be a table, found {shown(raw)}")
            return None
        before = len(findings)
        values = walk(raw, EXERCISE, self._readers, path, f"{label}: ", findings)
        for key, fault in [
            *self._unknown_links(values, tables, findings),
            *_dose_faults(raw, values),
        ]:
            findings.add((*path, key), fault.id, f"{key} {fault.need}", f"{label}: ")
        if len(findings) > before:
            return None
        phases_ms = values.pop("tempo_ms", None)
        labels = values.pop("tempo_labels", None)
        if phases_ms is not None:
            values["tempo"] = (
                Tempo(phases_ms=phases_ms)
                if labels is None
                else Tempo(phases_ms=phases_ms, labels=labels)
            )
        return Exercise(id=exercise_id, **values)

    def _unknown_links(
        self, values: Values, tables: TomlTable, findings: Findings
    ) -> list[tuple[str, Fault]]:
        """Find ids that lead nowhere."""
        faults = []
        known = {**self._shipped, **tables}
        for key in ("easier", "harder"):
            for other in values.get(key, ()):
                if other not in known:
                    near = findings.nearest("exercise", other.casefold(), known)
                    hint = f"; the nearest one is {quoted(near)}" if near else ""
                    need = f"names {shown(other)}, which is no known exercise{hint}"
                    faults.append((key, Fault("unknown-exercise", need)))
        figure = values.get("figure")
        # A figure has the id of the exercise that it was drawn for.
        figures = self._shipped or tables
        if figure is not None and figure not in figures:
            near = findings.nearest("figure", figure.casefold(), figures)
            hint = f"; the nearest one is {quoted(near)}" if near else ""
            need = f"must be the id of a shipped figure, found {shown(figure)}{hint}"
            faults.append(("figure", Fault("unknown-figure", need)))
        return faults


def _dose_faults(raw: TomlTable, values: Values) -> list[tuple[str, Fault]]:
    """Check that dose, tempo and sides fit the mode."""
    mode = values.get("mode")
    if mode is None:
        return []
    if mode is not Mode.REPS:
        faults = [
            (
                key,
                Fault("wrong-mode", f"goes with mode {quoted('reps')} only, found {quoted(mode)}"),
            )
            for key in _REPS_KEYS
            if key in raw and not (key == "alternating" and values.get("alternating") is False)
        ]
        if "seconds" not in raw:
            need = f"is needed, because the mode is {quoted(mode)}"
            faults.append(("seconds", Fault("missing-dose", need)))
        return faults
    faults = [
        (key, Fault("missing-dose", f"is needed, because the mode is {quoted(mode)}"))
        for key in ("reps", "tempo")
        if key not in raw
    ]
    if "seconds" in raw:
        need = f"does not go with mode {quoted(mode)}"
        faults.append(("seconds", Fault("wrong-mode", need)))
    return [*faults, *_reps_faults(values)]


def _reps_faults(values: Values) -> list[tuple[str, Fault]]:
    faults = []
    labels, reps, phases_ms = (values.get(key) for key in ("tempo_labels", "reps", "tempo_ms"))
    if labels is not None and len(labels) != _PHASES:
        need = f"must have a word for each of the {_PHASES} phases, found {len(labels)}"
        faults.append(("tempo_labels", Fault("bad-list", need)))
    if reps is not None and phases_ms is not None:
        length_ms = reps * sum(phases_ms)
        if not STEP_MIN_MS <= length_ms <= STEP_MAX_MS:
            need = (
                f"and tempo together must last 1 s to {STEP_MAX_MS // 60_000} min,"
                f" found {seconds_text(length_ms)} s"
            )
            faults.append(("reps", Fault("bad-length", need)))
    if values.get("alternating"):
        if reps is not None and reps % 2:
            need = f"must be even, because the sides take turns, found {reps}"
            faults.append(("reps", Fault("odd-reps", need)))
        if values.get("sides") is Sides.EACH:
            need = f"goes with sides {quoted('both')} only, found {quoted('each')}"
            faults.append(("alternating", Fault("wrong-sides", need)))
    return faults
