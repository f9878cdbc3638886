"""Laws of routine files: what is written reads back the same, and nothing makes the reader fail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st
from make import EXERCISES, routines

from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader
from app.storage.routine_writer import read_document, write_document, write_routine

if TYPE_CHECKING:
    from app.domain.errors import Problem
    from app.domain.routine import Routine

READER = RoutineReader(EXERCISES)
SHIPPED_READER = RoutineReader(ExerciseReader().read(bundled("exercises.toml")).exercises)
SHIPPED = [path.read_text("utf-8") for path in sorted(bundled("routines").glob("*.toml"))]
EXERCISE_TEXT = bundled("exercises.toml").read_text("utf-8")

# Rules of the format that the routine's types cannot say.
RULES = {"odd-reps", "too-long", "too-many-segments", "nothing-to-do", "missing-tempo"}

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=9
)
comments = st.lists(st.tuples(st.integers(0, 200), st.booleans(), words), max_size=12)
MARKS = ["[", "]", "{", "}", "[[", '"', "'", '"""', "=", ",", "\n", "#", ".", "\\", "\r"]
VALUES = ["nan", "-1", "1e400", "true", "1979-05-27", "0x" + "f" * 5_000, "9" * 4_400]
WORDS = ["steps", "blocks", "exercise", "seconds = 1:30", "[[blocks]]\n", "[blocks.x]\n"]
pieces = st.one_of(st.text(max_size=6), st.sampled_from([*MARKS, *VALUES, *WORDS]))
edits = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(0, 12), pieces), min_size=1, max_size=4
)


def commented(text: str, notes: list[tuple[int, bool, str]]) -> str:
    """Add comments to a canonical text: above or at the end of its lines, each with a number."""
    lines = text.splitlines()
    for number, (place, above, word) in enumerate(notes):
        index = place % (len(lines) + above)
        note = f"# {number}:{word}".rstrip()
        if above:
            lines.insert(index, note)
        elif not lines[index].startswith("#") and "  #" not in lines[index]:
            lines[index] = f"{lines[index]}  {note}"
    return "\n".join(lines) + "\n"


def numbered(text: str) -> list[str]:
    return sorted(re.findall(r"# \d+:", text))


@given(routines())
def test_what_is_written_reads_back_as_the_same_routine(routine: Routine) -> None:
    read = READER.parse(write_routine(routine), file="r.toml", routine_id=routine.id)
    if read.routine is None:
        assert {problem.id for problem in read.problems} <= RULES
        return
    assert read.routine == routine


@given(routines(), comments)
def test_no_comment_is_lost_and_writing_again_changes_nothing(
    routine: Routine, notes: list[tuple[int, bool, str]]
) -> None:
    text = commented(write_routine(routine), notes)
    assume(READER.parse(text, file="r.toml", routine_id=routine.id).routine is not None)
    document = read_document(text, READER, routine_id=routine.id)
    assert document.routine == routine
    written = write_document(document)
    assert numbered(written) == numbered(text)
    again = read_document(written, READER, routine_id=routine.id)
    assert again.routine == routine
    assert write_document(again) == written


def damaged(text: str, changes: list[tuple[int, int, str]]) -> str:
    for place, length, replacement in changes:
        start = place % (len(text) + 1)
        text = text[:start] + replacement + text[start + length :]
    return text


def check_located(problems: tuple[Problem, ...], text: str) -> None:
    lines = text.count("\n") + 1
    for problem in problems:
        assert problem.line is None or 1 <= problem.line <= lines
        assert problem.message
        assert "\n" not in problem.message


@given(st.sampled_from(SHIPPED), edits)
def test_no_damage_to_a_routine_makes_the_reader_or_writer_fail(
    text: str, changes: list[tuple[int, int, str]]
) -> None:
    broken = damaged(text, changes)
    read = SHIPPED_READER.parse(broken, file="r.toml", routine_id="r")
    assert (read.routine is None) == bool(read.problems)
    check_located(read.problems, broken)
    if read.routine is not None:
        document = read_document(broken, SHIPPED_READER, routine_id="r")
        again = SHIPPED_READER.parse(write_document(document), file="r.toml", routine_id="r")
        assert again.routine == read.routine


@given(st.integers(0, len(EXERCISE_TEXT)), edits)
def test_no_damage_to_an_exercise_file_makes_the_reader_fail(
    start: int, changes: list[tuple[int, int, str]]
) -> None:
    whole = EXERCISE_TEXT.find("\n[exercises.", start)
    text = "schema = 1\n" + EXERCISE_TEXT[max(whole, 0) :][:4_000]
    broken = damaged(text, changes)
    check_located(ExerciseReader().parse(broken, file="exercises.toml").problems, broken)
