"""Laws over random sequences of edits, with the real files: undo, saving, comments, totals."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from desk_cases import desk, write
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from make import EXERCISES

from app.domain.choices import Choices
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.routine import RepsDose, Step, TimeDose
from app.storage.routine_file import RoutineReader
from app.ui.pages.editor.model import EditorModel, SaveState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.domain.editing import Document, PartId
    from app.domain.routine import Routine

START = """\
schema = 1
name = "Law"

[[blocks]]
name = "One"
steps = [
  # note 1
  { exercise = "walk", seconds = 60, note = "1" },
  { exercise = "bridge", reps = 10, note = "2" },  # note 2
]

[[blocks]]
name = "Two"
rounds = 2
steps = [
  # note 3
  { exercise = "wall-calf", seconds = 40, side = "each", note = "3" },
  { exercise = "twist", note = "4" },  # note 4
]
"""
READER = RoutineReader(EXERCISES)


class Memory:
    """A clipboard."""

    def __init__(self) -> None:
        self.kept = ""

    def text(self) -> str:
        return self.kept

    def set_text(self, text: str) -> None:
        self.kept = text


def comments(text: str) -> dict[str, set[str]]:
    """Return the numbers in the comments around each numbered step."""
    found: dict[str, set[str]] = {}
    above: set[str] = set()
    for line in text.splitlines():
        notes = set(re.findall(r"# note (\d)", line))
        named = re.search(r'note = "(\d)"', line)
        if named is None:
            above |= notes
            continue
        found.setdefault(named[1], set()).update(above | notes)
        above = set()
    return found


class Editing(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.home = TemporaryDirectory()
        self.desk = desk(Path(self.home.name))
        self.path = write(Path(self.home.name), "law.toml", START)
        self.model = EditorModel(
            self.desk.open(str(self.path)),
            self.desk,
            Memory(),
            exercises=lambda: EXERCISES,
            choices=Choices,
        )
        self.valid: Routine = self.model.document.routine
        """What the file has to say: the last valid document that was saved."""

    def teardown(self) -> None:
        if hasattr(self, "home"):
            self.model.close()
            self.home.cleanup()

    def part(self, number: int) -> PartId | None:
        parts = [
            part
            for block in self.model.document.blocks
            for part in (block.id, *(step.id for step in block.steps))
        ]
        return parts[number % len(parts)] if parts else None

    def change(self, do: object) -> None:
        """Make a change; undo and redo must lead back to it and to what was before."""
        before = self.model.document
        do()  # type: ignore[operator]
        after = self.model.document
        if after == before:
            return
        self.model.undo()
        assert self.model.document == before
        self.model.redo()
        assert self.model.document == after

    @rule(number=st.integers(0, 99), more=st.booleans())
    def select(self, number: int, more: bool) -> None:  # noqa: FBT001
        part = self.part(number)
        if part is not None:
            self.model.select([*(self.model.selection if more else ()), part], part)

    @rule(kind=st.sampled_from(sorted(EXERCISES)))
    def add(self, kind: str) -> None:
        self.change(lambda: self.model.add_steps([Step(exercise=kind)], "Add"))

    @rule(seconds=st.integers(0, 90))
    def add_free(self, seconds: int) -> None:
        step = Step(name="Free", dose=TimeDose(seconds * 1_000))
        self.change(lambda: self.model.add_steps([step], "Add"))

    @rule(name=st.sampled_from(["More", "", "Even more"]))
    def add_block(self, name: str) -> None:
        self.change(lambda: self.model.add_block(name, "Add block"))

    @rule()
    def remove(self) -> None:
        self.change(lambda: self.model.remove_selected("Remove"))

    @rule()
    def duplicate(self) -> None:
        self.change(lambda: self.model.duplicate_selected("Duplicate"))

    @rule(by=st.sampled_from([-1, 1]))
    def move(self, by: int) -> None:
        self.change(lambda: self.model.move_selected(by, "Move"))

    @rule(number=st.integers(0, 99), at=st.integers(0, 5))
    def drop(self, number: int, at: int) -> None:
        blocks = self.model.document.blocks
        if blocks:
            block = blocks[number % len(blocks)].id
            steps = self.model.selected_steps
            self.change(lambda: self.model.drop_steps(steps, block, at, "Move"))

    @rule(seconds=st.integers(0, 120))
    def set_seconds(self, seconds: int) -> None:
        steps = self.model.selected_steps
        dose = TimeDose(seconds * 1_000)
        self.model.settle()
        self.change(lambda: self.model.set_steps(steps, "Change length", dose=dose, tempo_ms=None))

    @rule(reps=st.integers(0, 12))
    def set_reps(self, reps: int) -> None:
        steps = self.model.selected_steps
        self.model.settle()
        self.change(
            lambda: self.model.set_steps(steps, "Change count", dose=RepsDose(reps), cadence=None)
        )

    @rule(name=st.text(max_size=12))
    def rename(self, name: str) -> None:
        self.model.settle()
        self.change(lambda: self.model.set_head("Rename", name=name))

    @rule(rounds=st.integers(0, 4), number=st.integers(0, 9))
    def set_rounds(self, rounds: int, number: int) -> None:
        blocks = self.model.document.blocks
        if blocks:
            block = blocks[number % len(blocks)].id
            self.model.settle()
            self.change(lambda: self.model.set_block(block, "Change rounds", rounds=rounds))

    @rule()
    def cut(self) -> None:
        self.change(lambda: self.model.cut("Cut"))

    @rule()
    def copy_and_paste(self) -> None:
        self.model.copy()
        self.change(lambda: self.model.paste("Paste"))

    @rule(times=st.integers(1, 6))
    def go_back_and_forth(self, times: int) -> None:
        there: list[Document] = [self.model.document]
        for _ in range(times):
            if self.model.undo_label is None:
                break
            self.model.undo()
            there.append(self.model.document)
        for document in reversed(there[:-1]):
            self.model.redo()
            assert self.model.document == document

    @rule()
    def undo(self) -> None:
        self.model.undo()

    @rule()
    def save(self) -> None:
        self.model.save_now()
        if not self.model.problems:
            self.valid = self.model.document.routine
            assert self.model.state is SaveState.SAVED
        else:
            assert self.model.state is SaveState.INVALID

    @precondition(lambda self: self.model.state is not SaveState.CONFLICT)
    @rule(name=st.sampled_from(["Outside", "Elsewhere"]))
    def change_outside(self, name: str) -> None:
        """Another program writes the file, while nothing is unsaved here."""
        if self.model.is_unsaved:
            return
        text = self.path.read_text()
        self.path.write_text(re.sub(r'(?m)^name = ".*"', f'name = "{name}"', text, count=1))
        self.model.look_outside()
        assert self.model.document.head.name == name
        self.valid = self.model.document.routine

    @invariant()
    def the_file_says_the_last_valid_routine(self) -> None:
        if not hasattr(self, "model"):
            return
        read = READER.read(self.path)
        assert not read.problems
        assert read.routine == self.valid

    @invariant()
    def comments_stay_with_their_step(self) -> None:
        if not hasattr(self, "model"):
            return
        for number, notes in comments(self.desk.text(self.model.document)).items():
            assert notes <= {number}

    @invariant()
    def the_total_is_that_of_the_timeline(self) -> None:
        if not hasattr(self, "model"):
            return
        self.model.check()
        try:
            laid = expand(self.model.document.routine, EXERCISES, Choices())
        except RoutineError:
            assert self.model.timeline is None
        else:
            assert self.model.timeline == laid


@pytest.mark.usefixtures("qapp")
class TestEditing(Editing.TestCase):  # type: ignore[misc,name-defined]
    settings = settings(
        max_examples=40,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


def test_a_step_that_was_cut_keeps_its_comments_in_another_routine(qapp: QApplication) -> None:  # noqa: ARG001
    with TemporaryDirectory() as home:
        bench = desk(Path(home))
        clipboard = Memory()
        models = [
            EditorModel(
                bench.open(str(write(Path(home), name, START))),
                bench,
                clipboard,
                exercises=lambda: EXERCISES,
                choices=Choices,
            )
            for name in ("one.toml", "other.toml")
        ]
        one, other = models
        one.select([one.document.steps()[2].id])
        one.cut("Cut")
        other.select([other.document.steps()[0].id])
        assert other.paste("Paste")
        text = bench.text(other.document)
        assert text.count("# note 3") == 2
        assert text.index("note 3") < text.index('note = "2"')
        for model in models:
            model.close()
