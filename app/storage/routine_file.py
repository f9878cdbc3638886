"""Reads routine files: text to `Routine`, and every problem of a file at once, with its line."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from app.domain.errors import Problem
from app.domain.exercise import ExerciseLibrary
from app.domain.routine import (
    BLOCKS_MAX,
    DURATION_MAX_MS,
    SEGMENTS_MAX,
    STEPS_MAX,
    Block,
    Routine,
    Step,
)
from app.storage import line_finder
from app.storage.fields import BLOCK, ROUTINE, STEP, readers
from app.storage.problems import Findings
from app.storage.routine_limits import SEGMENTS_PER_STEP, UNTYPED_MS, excess
from app.storage.step_rules import Wrong, check_subject, facts_of, work_ms
from app.storage.tables import Values, is_id, propose_id, unknown_key, walk
from app.storage.toml_source import SourceError, TomlTable, parse_toml, read_text
from app.storage.values import Fault, quoted, shown

SUFFIX = ".toml"
EXERCISES_NAME = "exercises.toml"

_LABEL_CHARACTERS = 60
# More than get-ready ever takes.
_GET_READY_MS = 120_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineRead:
    """What came of reading a file: a routine, or its problems."""

    routine: Routine | None
    problems: tuple[Problem, ...]
    name: str
    """The routine's name if it could be read, else the file's name."""
    text: str
    """The file as it stands; empty where it could not be read."""

    @property
    def excerpt(self) -> str:
        """The first faulty line as it stands in the file, without its indentation."""
        line = next((problem.line for problem in self.problems if problem.line), None)
        lines = self.text.splitlines()
        return lines[line - 1].strip() if line and line <= len(lines) else ""


class RoutineReader:
    """Reads any number of files against one exercise library. Safe to use from several threads."""

    def __init__(self, exercises: ExerciseLibrary) -> None:
        self._exercises = exercises
        self._routine_readers = readers(ROUTINE)
        self._block_readers = readers(BLOCK)
        self._step_readers = readers(STEP)
        self._facts = {exercise.id: facts_of(exercise) for exercise in exercises.values()}

    def read(
        self, path: Path, *, file: str | None = None, taken: Collection[str] = ()
    ) -> RoutineRead:
        """Read the file at `path`; problems name it `file`. Never raises for what is in it.

        `taken` are ids that a proposal for a better name must not have.
        """
        file = os.fspath(path) if file is None else file
        named_wrong = _name_problem(path.name, file, taken)
        try:
            text = read_text(path)
        except SourceError as error:
            problem = error.problem(file)
            # What is no file at all needs no better name.
            is_file = problem.id not in ("no-such-file", "not-a-file")
            problems = (*named_wrong, problem) if is_file else (problem,)
            return RoutineRead(routine=None, problems=problems, name=path.name, text="")
        read = self.parse(text, file=file, routine_id=path.name.removesuffix(SUFFIX))
        if not named_wrong:
            return read
        return RoutineRead(
            routine=None, problems=(*named_wrong, *read.problems), name=read.name, text=text
        )

    def parse(self, text: str, *, file: str, routine_id: str) -> RoutineRead:
        """Read a routine's text; problems name it `file`."""
        try:
            raw = parse_toml(text)
        except SourceError as error:
            problem = error.problem(file)
            name = os.path.basename(file)  # noqa: PTH119  (a name, perhaps of no file)
            return RoutineRead(routine=None, problems=(problem,), name=name, text=text)
        findings = Findings(file)
        routine = self._routine(raw, routine_id, findings)
        if findings:
            routine = None
        said = raw.get("name")
        is_named = isinstance(said, str) and said.strip()
        name = str(said) if is_named else os.path.basename(file)  # noqa: PTH119
        return RoutineRead(routine=routine, problems=findings.located(text), name=name, text=text)

    def check(self, raw: TomlTable) -> Findings:
        """Return what is wrong with a routine's TOML data, by place instead of by line."""
        findings = Findings("")
        self._routine(raw, "", findings)
        return findings

    def _routine(  # noqa: C901  (one pass over a file, in its order)
        self, raw: TomlTable, routine_id: str, findings: Findings
    ) -> Routine | None:
        schema = self._routine_readers["schema"][1](raw.get("schema"))
        if type(schema) is Fault and schema.id == "newer-schema":
            # What a newer format means by its keys is not known.
            findings.add(("schema",), schema.id, f"schema {schema.need}")
            return None
        values = walk(raw, ROUTINE, self._routine_readers, (), "", findings)
        raw_blocks = values.pop("blocks", None)
        if raw_blocks is None:
            return None
        values.pop("schema", None)
        blocks: list[Block] = []
        steps = longest_ms = segments = 0
        changeover_ms = values.get("changeover_ms") or 0
        side_change_ms = values.get("side_change_ms") or 0
        per_step_ms = UNTYPED_MS + changeover_ms + side_change_ms
        for index, raw_block in enumerate(raw_blocks[:BLOCKS_MAX]):
            path: line_finder.Path = ("blocks", index)
            if type(raw_block) is not dict:
                findings.add(
                    path,
                    "bad-block",
                    f"block {index + 1} must be a table, found {shown(raw_block)}",
                )
                continue
            read = self._block(raw_block, path, STEPS_MAX - steps, findings)
            steps += read.steps
            if read.block is not None:
                blocks.append(read.block)
                rounds = read.block.rounds
                segments += rounds * (SEGMENTS_PER_STEP * read.steps + 1)
                longest_ms += rounds * (
                    read.longest_ms + per_step_ms * read.steps + read.block.rest_ms
                )
            if steps > STEPS_MAX:
                break
        if len(raw_blocks) > BLOCKS_MAX:
            findings.add(
                ("blocks", BLOCKS_MAX),
                "too-many-blocks",
                f"a routine may have at most {BLOCKS_MAX} blocks, found {len(raw_blocks)}",
            )
        if findings:
            return None
        routine = Routine(id=routine_id, blocks=tuple(blocks), **values)
        if all(block.optional or all(s.optional for s in block.steps) for block in blocks):
            findings.add(
                ("blocks",), "nothing-to-do", "at least one step must not be optional, found none"
            )
        elif segments >= SEGMENTS_MAX or longest_ms > DURATION_MAX_MS - _GET_READY_MS:
            # Only in doubt: most routines are far below what could be too much.
            is_long = longest_ms > DURATION_MAX_MS - _GET_READY_MS
            found = excess(routine, self._exercises, is_long=is_long)
            if found:
                findings.add(*found)
        return routine

    def _block(
        self, raw: TomlTable, path: line_finder.Path, steps_left: int, findings: Findings
    ) -> "_BlockRead":
        name = raw.get("name")
        label = f"block {quoted(str(name))}" if _is_label(name) else f"block {int(path[1]) + 1}"
        before = len(findings)
        values = walk(raw, BLOCK, self._block_readers, path, f"{label}: ", findings)
        raw_steps = values.pop("steps", None)
        if raw_steps is None:
            return _BlockRead(None, 0, 0)
        steps: list[Step] = []
        longest_ms = 0
        for index, raw_step in enumerate(raw_steps[: max(0, steps_left)]):
            if type(raw_step) is not dict:
                findings.add(
                    (*path, "steps", index),
                    "bad-step",
                    f"step {index + 1} of {label} must stand in braces {{ }}, found {shown(raw_step)}",
                )
                continue
            step, step_ms = self._step(raw_step, path, index, label, findings)
            longest_ms += step_ms
            if step is not None:
                steps.append(step)
        if len(raw_steps) > steps_left:
            findings.add(
                (*path, "steps", max(0, steps_left)),
                "too-many-steps",
                f"a routine may have at most {STEPS_MAX} steps, this is one too many",
            )
        if len(findings) > before:
            return _BlockRead(None, len(raw_steps), 0)
        return _BlockRead(Block(steps=tuple(steps), **values), len(steps), longest_ms)

    def _step(
        self,
        raw: TomlTable,
        block: line_finder.Path,
        index: int,
        label: str,
        findings: Findings,
    ) -> tuple[Step | None, int]:
        """Return the step and the most ms that it may take beside untyped changes, or None."""
        values: Values = {}
        wrong: Wrong = []
        read_by_key = self._step_readers
        for key, value in raw.items():
            entry = read_by_key.get(key)
            if entry is None:
                wrong.append((key, unknown_key(key, STEP, findings)))
                continue
            attr, read = entry
            result = read(value)
            if type(result) is Fault:
                wrong.append((key, result))
            else:
                values[attr] = result
        facts = self._facts.get(values.get("exercise", ""))
        if facts is None or "name" in raw or "phase" in raw or "position" in raw:
            check_subject(raw, values, self._exercises, findings, wrong)
        one_side_ms = work_ms(raw, values, facts, wrong)
        if wrong:
            for key, fault in wrong:
                subject = (
                    f"{key} " if key in read_by_key and fault.id not in _WHOLE_SENTENCES else ""
                )
                place = f"step {index + 1} of {label}: "
                findings.add((*block, "steps", index, key), fault.id, subject + fault.need, place)
            return None, 0
        typed = values.get
        return Step(**values), (
            2 * one_side_ms
            + (typed("rest_ms") or 0)
            + (typed("changeover_ms") or 0)
            + (typed("side_change_ms") or 0)
        )


class _BlockRead(NamedTuple):
    block: Block | None
    steps: int
    longest_ms: int
    """More than one round takes, without untyped changeovers and switches of sides."""


# Faults that say the whole sentence themselves.
_WHOLE_SENTENCES = ("missing-dose",)


def _is_label(name: object) -> bool:
    return (
        isinstance(name, str) and 0 < len(name.strip()) <= _LABEL_CHARACTERS and name.isprintable()
    )


def _name_problem(name: str, file: str, taken: Collection[str]) -> tuple[Problem, ...]:
    stem = name.removesuffix(SUFFIX)
    if name.endswith(SUFFIX) and is_id(stem):
        return ()
    if name.casefold().endswith(SUFFIX):
        stem = name[: -len(SUFFIX)]
    proposed = propose_id(stem, taken)
    message = (
        "the file's name may have lower-case letters, digits and hyphens, and ends in .toml;"
        f" {quoted(proposed + SUFFIX)} would do"
    )
    return (Problem(file=file, line=None, id="bad-file-name", message=message),)
