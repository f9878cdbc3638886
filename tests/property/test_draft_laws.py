"""Laws of pasted lists: any text is read, no line is lost, and what is made can be played."""

# ruff: noqa: RUF001  (people write dashes as they come)

from __future__ import annotations

from draft_corpus import CORPUS, HELD_OUT
from hypothesis import given
from hypothesis import strategies as st

from app.domain.choices import Choices
from app.domain.draft import DraftLine, LineKind, assemble, draft
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.routine import (
    BREATHS_MAX,
    REPS_MAX,
    ROUNDS_MAX,
    STEP_MAX_MS,
    STEP_MIN_MS,
    BreathsDose,
    RepsDose,
    TimeDose,
)
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader
from app.storage.routine_writer import write_routine

LIBRARY = ExerciseReader().read(bundled("exercises.toml")).exercises
LINES = sorted({line for pasted in CORPUS + HELD_OUT for line in pasted.text.splitlines()})
WORDS = sorted({word for line in LINES for word in line.split()})

numbers = st.one_of(
    st.integers(0, 99).map(str),
    st.sampled_from(
        ["0", "0.5", "1:30", "10-15", "20–30", "999999", "1" * 30, "3x", "x3", "½", "٣"]
    ),
)
pieces = st.one_of(
    st.sampled_from(WORDS),
    numbers,
    st.sampled_from(
        ["/", ";", ",", "x", "s", '"', "'", "each", "rest", "hold", "-", "(", ")", "\t"]
    ),
)
shuffled = st.lists(pieces, max_size=14).map(" ".join)
anything = st.text(max_size=60)
lines = st.one_of(st.sampled_from(LINES), shuffled, anything)
texts = st.lists(lines, max_size=8).map("\n".join)


@given(texts)
def test_every_line_that_says_something_has_an_entry(text: str) -> None:
    entries = draft(text, LIBRARY)
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    wanted = [number for number, line in enumerate(written, 1) if line.strip()]
    assert sorted({entry.line for entry in entries}) == wanted
    assert [entry.line for entry in entries] == sorted(entry.line for entry in entries)


@given(texts)
def test_no_written_word_is_lost(text: str) -> None:
    entries = draft(text, LIBRARY)
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(written, 1):
        texts_of_line = [entry.text for entry in entries if entry.line == number]
        if len(texts_of_line) == 1:
            assert texts_of_line[0].strip() == line.strip()
        else:
            assert all(part in line for part in texts_of_line)


@given(texts)
def test_numbers_stay_within_the_limits(text: str) -> None:
    for entry in draft(text, LIBRARY):
        assert entry.sets is None or 1 <= entry.sets <= ROUNDS_MAX
        assert entry.rest_ms is None or 0 <= entry.rest_ms <= 600_000
        assert entry.hold_ms is None or 0 < entry.hold_ms <= 60_000
        for dose in (entry.dose, entry.dose_max):
            if isinstance(dose, TimeDose):
                assert STEP_MIN_MS <= dose.duration_ms <= STEP_MAX_MS
            elif isinstance(dose, RepsDose):
                assert 1 <= dose.reps <= REPS_MAX
            elif isinstance(dose, BreathsDose):
                assert 1 <= dose.breaths <= BREATHS_MAX


def is_complete(entry: DraftLine) -> bool:
    if entry.kind is not LineKind.STEP:
        return True
    return bool(entry.name) and (entry.exercise is not None or entry.dose is not None)


@given(texts)
def test_an_understood_step_says_what_and_how_much(text: str) -> None:
    assert all(is_complete(entry) for entry in draft(text, LIBRARY) if entry.understood)


@given(texts)
def test_what_is_made_can_be_written_read_and_played(text: str) -> None:
    try:
        routine = assemble(draft(text, LIBRARY), LIBRARY, "Pasted", routine_id="pasted")
    except RoutineError:
        return
    read = RoutineReader(LIBRARY).parse(write_routine(routine), file="x", routine_id="pasted")
    assert read.problems == ()
    assert read.routine == routine
    assert expand(routine, LIBRARY, Choices()).segments


@given(texts)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert draft(text, LIBRARY) == draft(text, LIBRARY)
