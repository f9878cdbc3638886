"""How pasted lists are read: the corpus, and the rules behind it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from draft_corpus import CORPUS, HELD_OUT, HELD_OUT_AGAIN, TRAPS, Pasted, Reads

from app.domain.draft import About, Doubt, DraftLine, LineKind, describe, draft
from app.domain.routine import BreathsDose, OpenDose, RepsDose, SideChoice, TimeDose
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled

if TYPE_CHECKING:
    from app.domain.exercise import ExerciseLibrary
    from app.domain.routine import Dose

LIBRARY = ExerciseReader().read(bundled("exercises.toml")).exercises


@pytest.fixture
def library() -> ExerciseLibrary:
    return LIBRARY


def measure(dose: Dose | None) -> tuple[str, int] | None:
    match dose:
        case TimeDose(duration_ms=duration_ms):
            return "s", duration_ms // 1_000
        case RepsDose(reps=reps):
            return "reps", reps
        case BreathsDose(breaths=breaths):
            return "breaths", breaths
        case OpenDose():
            return "open", 0
        case None:
            return None


def what_was_read(entry: DraftLine) -> Reads:
    most = measure(entry.dose_max)
    free = entry.kind is LineKind.STEP and entry.exercise is None
    return Reads(
        kind=entry.kind.value,
        exercise=entry.exercise,
        name=entry.name if free else None,
        sets=entry.sets,
        dose=measure(entry.dose),  # type: ignore[arg-type]  # the corpus spells the units out
        most=most[1] if most else None,
        sides=entry.sides.value if entry.sides else None,
        rest=None if entry.rest_ms is None else entry.rest_ms // 1_000,
        hold=entry.hold_ms // 1_000 if entry.hold_ms else None,
    )


@pytest.mark.parametrize(
    "pasted", [*CORPUS, *HELD_OUT, *HELD_OUT_AGAIN, *TRAPS], ids=lambda pasted: pasted.text
)
def test_a_pasted_line_is_read_as_it_was_meant(pasted: Pasted) -> None:
    entries = draft(pasted.text, LIBRARY)
    assert len(entries) == len(pasted.reads)
    for entry, wanted in zip(entries, pasted.reads, strict=True):
        if wanted.asks:
            assert not entry.understood
        else:
            assert what_was_read(entry) == wanted
            assert entry.understood


def test_the_corpus_is_as_large_as_it_says() -> None:
    lines = [line for pasted in CORPUS for line in pasted.text.splitlines()]
    assert len(lines) >= 120
    assert len(HELD_OUT) >= 60


def test_a_line_with_a_doubt_is_not_understood(library: ExerciseLibrary) -> None:
    (entry,) = draft("Squats 10x3", library)
    assert Doubt.ORDER in entry.doubts
    assert not entry.understood
    assert entry.reasons == (describe(Doubt.ORDER),)


def test_every_doubt_has_a_sentence() -> None:
    assert all(describe(doubt).endswith(".") for doubt in Doubt)


def test_other_exercises_that_may_be_meant_are_offered(library: ExerciseLibrary) -> None:
    (entry,) = draft("Hamstring stretch 30 s", library)
    assert entry.exercise == "standing-hamstring-stretch"
    assert "towel-hamstring-stretch" in entry.candidates
    assert entry.exercise not in entry.candidates
    assert len(entry.candidates) <= 5


def test_unsaid_sides_are_the_exercises_own_and_not_marked_as_written(
    library: ExerciseLibrary,
) -> None:
    plank, bird_dog, left = draft("Plank 30 s\nBird dog 6 reps\nLeft calf stretch 30 s", library)
    assert (plank.sides, plank.sides_written) == (SideChoice.BOTH, False)
    assert (bird_dog.sides, bird_dog.sides_written) == (SideChoice.EACH, False)
    assert (left.sides, left.sides_written) == (SideChoice.LEFT, True)


@pytest.mark.parametrize(
    "text",
    ["Plank 0 s", "Plank 2 hours", "Squats 5000", "Plank 51 x 30 s", "Child's pose 99 breaths"],
)
def test_numbers_outside_the_limits_are_asked_about(library: ExerciseLibrary, text: str) -> None:
    (entry,) = draft(text, library)
    assert Doubt.LIMIT in entry.doubts


@pytest.mark.parametrize(
    "text", ["Plank 99999999999 s", "Squats 12.5 x 3.5", f"Plank {'9' * 500} s", "Plank 30 s 7"]
)
def test_a_number_that_is_left_over_is_asked_about(library: ExerciseLibrary, text: str) -> None:
    (entry,) = draft(text, library)
    assert not entry.understood


def test_a_frequency_beside_a_dose_is_kept_as_a_note_and_is_no_sets(
    library: ExerciseLibrary,
) -> None:
    (entry,) = draft("Plank 30 s, 3x/week", library)
    assert entry.sets is None
    assert entry.note == "3x/week"


def test_notes_say_what_they_are_about(library: ExerciseLibrary) -> None:
    entries = draft("Twice a day\nIncrease to 60 s over 4 weeks\nStop if it hurts", library)
    abouts = [entry.about for entry in entries]
    assert abouts == [About.FREQUENCY, About.PROGRESSION, About.REMARK]


def test_a_dose_below_a_name_belongs_to_it(library: ExerciseLibrary) -> None:
    step, dose = draft("Glute bridge\n3 sets of 10, hold 5 s", library)
    assert (step.sets, step.dose, step.hold_ms) == (3, RepsDose(10), 5_000)
    assert (dose.kind, dose.about) == (LineKind.NOTE, About.DOSE)


def test_a_dose_below_a_whole_step_is_not_silently_its_own(library: ExerciseLibrary) -> None:
    step, dose = draft("Plank 3 x 30 s\n2 x 10", library)
    assert (step.sets, step.dose) == (3, TimeDose(30_000))
    assert not dose.understood


def test_blank_lines_count_but_give_no_entry(library: ExerciseLibrary) -> None:
    assert [entry.line for entry in draft("\n\nPlank 30 s\r\n\r\nSquats x 10\n", library)] == [3, 5]


def test_an_empty_list_has_no_entries(library: ExerciseLibrary) -> None:
    assert draft(" \n\t\n", library) == ()


def test_two_exercises_of_one_name_are_asked_about(library: ExerciseLibrary) -> None:
    twin = dataclasses.replace(library["dead-bug"], id="my-dead-bug")
    (entry,) = draft("Dead bug x 10", {**library, twin.id: twin})
    assert Doubt.EXERCISE in entry.doubts
    assert {entry.exercise, entry.candidates[0]} == {"dead-bug", "my-dead-bug"}


def test_an_answer_leaves_no_doubt(library: ExerciseLibrary) -> None:
    (entry,) = draft("Squats 10x3", library)
    yes = entry.resolved(sets=3, dose=RepsDose(10))
    assert yes.understood
    assert (yes.sets, yes.dose) == (3, RepsDose(10))
    assert entry.resolved(skip=True).skip


def test_another_exercise_brings_its_own_sides_unless_sides_were_written(
    library: ExerciseLibrary,
) -> None:
    unsaid, left = draft("Plank 30 s\nLeft calf stretch 30 s", library)
    quads = library["standing-quad-stretch"]
    assert unsaid.resolved(exercise=quads).sides is SideChoice.EACH
    assert left.resolved(exercise=quads).sides is SideChoice.LEFT


def test_a_free_name_makes_a_step_of_what_was_not_understood(library: ExerciseLibrary) -> None:
    (entry,) = draft("Lie on your back with your knees bent and feet flat on the floor.", library)
    assert entry.kind is LineKind.UNKNOWN
    step = entry.resolved(name=" Crook lying ", dose=TimeDose(60_000))
    assert (step.kind, step.exercise, step.name) == (LineKind.STEP, None, "Crook lying")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Clamshells 20 total", "total"),
        ("Clamshell x 20 in total", "in total"),
        ("20 clamshells altogether", "altogether"),
        ("Total of 20 clamshells", "Total"),
        ("Clamshells: 20 total reps", "total"),
        ("Clamshells\n20 total", "total"),
        ("Clamshells, twenty in total", "in total"),
        ("Calf stretch 60 s in total", "in total"),
        ("Dead bug 20 total each side", "total"),
    ],
)
def test_a_total_of_both_sides_is_asked_about_and_kept(
    library: ExerciseLibrary, text: str, word: str
) -> None:
    entry = draft(text, library)[0]
    assert Doubt.SIDES in entry.doubts
    assert entry.note == word


@pytest.mark.parametrize(
    "text", ["Squats 20 total", "Dead bug 20 total", "Clamshells 3 total sets of 10"]
)
def test_a_total_that_leaves_no_side_open_is_not_asked_about(
    library: ExerciseLibrary, text: str
) -> None:
    (entry,) = draft(text, library)
    assert entry.understood


@pytest.mark.parametrize("name", ["Total body stretch", "Total body shake"])
def test_a_name_may_begin_with_total(library: ExerciseLibrary, name: str) -> None:
    (entry,) = draft(f"{name} 30 s", library)
    assert (entry.name, entry.understood) == (name, True)


def test_a_total_of_one_set_or_of_all_is_asked_about(library: ExerciseLibrary) -> None:
    (entry,) = draft("Squats 3 x 10 total", library)
    assert Doubt.COUNT in entry.doubts


@pytest.mark.parametrize(
    "text",
    ["Cat cow 5 breaths each", "Cat cow 5 each", "Squats 10 each leg", "Squats 10 left"],
)
def test_a_side_of_an_exercise_without_sides_is_asked_about(
    library: ExerciseLibrary, text: str
) -> None:
    (entry,) = draft(text, library)
    assert Doubt.SIDES in entry.doubts


def test_sides_that_take_turns_may_be_counted_each(library: ExerciseLibrary) -> None:
    (entry,) = draft("Dead bug 10 each", library)
    assert (entry.sides, entry.understood) == (SideChoice.EACH, True)


@pytest.mark.parametrize("text", ["Plank 90", "Plank 30", "Plank 3", "Plank 20-30"])
def test_a_bare_number_of_a_held_exercise_is_asked_about(
    library: ExerciseLibrary, text: str
) -> None:
    (entry,) = draft(text, library)
    assert Doubt.UNIT in entry.doubts


@pytest.mark.parametrize("text", ["Plank 90 s", "Plank hold 90", "Plank 3 x 30"])
def test_seconds_that_are_sure_are_not_asked_about(library: ExerciseLibrary, text: str) -> None:
    (entry,) = draft(text, library)
    assert entry.understood
