"""Exercise files: what they mean, and what is said of those that cannot be used."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from app.domain.exercise import (
    Category,
    Equipment,
    Exercise,
    Mode,
    Phase,
    Position,
    Sides,
    Tempo,
)
from app.storage.exercise_file import ExerciseReader, ExercisesRead
from app.storage.paths import bundled

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = ExerciseReader().read(bundled("exercises.toml"))
READER = ExerciseReader(SHIPPED.exercises)

HEAD = "schema = 1\n\n[exercises.desk-twist]\n"
HOLD = """\
name = "Desk twist"
category = "mobility"
position = "seated"
sides = "each"
mode = "hold"
seconds = 20
"""
REPS = """\
name = "Desk twist"
category = "strength"
position = "seated"
sides = "both"
mode = "reps"
reps = 8
tempo = [2, 1, 2, 0]
"""


def parse(text: str) -> ExercisesRead:
    return READER.parse(text, file="exercises.toml")


def test_all_shipped_exercises_are_read_in_the_order_of_the_file() -> None:
    raw = tomllib.loads(bundled("exercises.toml").read_text("utf-8"))["exercises"]
    assert SHIPPED.problems == ()
    assert list(SHIPPED.exercises) == list(raw)
    for exercise_id, exercise in SHIPPED.exercises.items():
        assert exercise.id == exercise_id
        assert exercise.name == raw[exercise_id]["name"]
        assert (exercise.mode is Mode.REPS) == (exercise.tempo is not None)


def test_every_key_means_what_the_format_says() -> None:
    text = HEAD + REPS + (
        'say = "desk twist"\nsynonyms = ["chair twist"]\ntargets = ["obliques"]\n'
        'alternating = true\ntempo_labels = ["turn", "hold", "back", ""]\n'
        'equipment = ["chair"]\ncues = ["Sit tall."]\ncaution = "Not with a sore rib."\n'
        'easier = ["glute-bridge"]\nharder = ["forearm-plank"]\nsource = "my physio"\n'
        'figure = "seated-crossed-leg-twist"\n'
    )  # fmt: skip
    read = parse(text)
    assert read.problems == ()
    assert read.exercises == {
        "desk-twist": Exercise(
            id="desk-twist",
            name="Desk twist",
            say="desk twist",
            synonyms=("chair twist",),
            category=Category.STRENGTH,
            targets=("obliques",),
            position=Position.SEATED,
            sides=Sides.BOTH,
            mode=Mode.REPS,
            reps=8,
            tempo=Tempo(phases_ms=(2_000, 1_000, 2_000, 0), labels=("turn", "hold", "back", "")),
            alternating=True,
            equipment=(Equipment.CHAIR,),
            cues=("Sit tall.",),
            caution="Not with a sore rib.",
            easier=("glute-bridge",),
            harder=("forearm-plank",),
            source="my physio",
            figure="seated-crossed-leg-twist",
        )
    }
    assert read.exercises["desk-twist"].phase is Phase.CORE


def test_little_is_needed_of_an_exercise_of_ones_own() -> None:
    exercise = parse(HEAD + HOLD).exercises["desk-twist"]
    assert (exercise.seconds_ms, exercise.spoken, exercise.cues) == (20_000, "Desk twist", ())
    assert parse(HEAD + REPS).exercises["desk-twist"].tempo == Tempo(
        phases_ms=(2_000, 1_000, 2_000, 0)
    )


def test_an_exercise_may_name_another_one_of_its_own_file() -> None:
    text = HEAD + HOLD + 'easier = ["desk-lean"]\n[exercises.desk-lean]\n' + HOLD
    assert parse(text).problems == ()


BAD = {
    # name: the text, the rule that it breaks, the line that is named, and a word of the remedy
    "no schema": ("[exercises.x]\n" + HOLD, "missing-key", 1, "schema = 1"),
    "newer schema": ("schema = 2\n", "newer-schema", 1, "newer version"),
    "no exercises": ("schema = 1\n", "missing-key", 1, "[exercises.ID]"),
    "exercises as a list": ("schema = 1\nexercises = []\n", "bad-exercises", 2, "[exercises.ID]"),
    "no table": ("schema = 1\nexercises.x = 3\n", "bad-exercise", 2, "table"),
    "unknown file key": ("schema = 1\nexercise = {}\nexercises = {}\n", "unknown-key", 2, "exercises"),
    "bad id": ("schema = 1\n[exercises.Twist]\n" + HOLD, "bad-id", 2, '"twist" would do'),
    "quoted id": ('schema = 1\n[exercises."a b"]\n' + HOLD, "bad-id", 2, '"a-b" would do'),
    "id of nothing": ('schema = 1\n[exercises.""]\n' + HOLD, "bad-id", 2, '"exercise" would do'),
    "unknown key": (HEAD + HOLD + 'postion = "seated"\n', "unknown-key", 10, '"position"'),
    "no name": (HEAD + HOLD.replace('name = "Desk twist"\n', ""), "missing-key", 3, "a name"),
    "category": (HEAD + HOLD.replace("mobility", "mobile"), "bad-choice", 5, "mobility"),
    "position": (HEAD + HOLD.replace("seated", "sitting"), "bad-choice", 6, "seated"),
    "sides": (HEAD + HOLD.replace('"each"', '"left"'), "bad-choice", 7, "each"),
    "mode": (HEAD + HOLD.replace('"hold"', '"still"'), "bad-choice", 8, "hold"),
    "seconds": (HEAD + HOLD.replace("20", "0"), "bad-duration", 9, "1 s to 60 min"),
    "hold without seconds": (HEAD + HOLD.replace("seconds = 20\n", ""), "missing-dose", 3, "seconds"),
    "hold with reps": (HEAD + HOLD + "reps = 8\n", "wrong-mode", 10, "reps"),
    "reps without tempo": (HEAD + REPS.replace("tempo = [2, 1, 2, 0]\n", ""), "missing-dose", 3, "tempo"),
    "reps with seconds": (HEAD + REPS + "seconds = 20\n", "wrong-mode", 11, "seconds"),
    "tempo": (HEAD + REPS.replace("[2, 1, 2, 0]", "[2, 1, 2]"), "bad-tempo", 10, "four"),
    "labels": (HEAD + REPS + 'tempo_labels = ["up"]\n', "bad-list", 11, "4 phases"),
    "too long": (HEAD + REPS.replace("8", "200").replace("[2, 1", "[59, 1"), "bad-length", 9, "60 min"),
    "odd": (HEAD + REPS.replace("8", "7") + "alternating = true\n", "odd-reps", 9, "even"),
    "alternating": (
        HEAD + REPS.replace('"both"', '"each"') + "alternating = true\n",
        "wrong-sides",
        11,
        "both",
    ),
    "equipment": (HEAD + HOLD + 'equipment = ["towl"]\n', "bad-choice", 10, "towel"),
    "equipment twice": (HEAD + HOLD + 'equipment = ["mat", "mat"]\n', "repeated-item", 10, "mat"),
    "five cues": (HEAD + HOLD + 'cues = ["1", "2", "3", "4", "5"]\n', "bad-list", 10, "at most 4"),
    "easier": (HEAD + HOLD + 'easier = ["glute-brigde"]\n', "unknown-exercise", 10, '"glute-bridge"'),
    "figure": (HEAD + HOLD + 'figure = "forearm-plnk"\n', "unknown-figure", 10, '"forearm-plank"'),
    "own figure": (HEAD + HOLD + 'figure = "desk-twist"\n', "unknown-figure", 10, "shipped figure"),
    "twice": (HEAD + HOLD + "[exercises.desk-twist]\n", "syntax", 10, "second time"),
    "no TOML": ("Desk twist\n", "syntax", 1, "="),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_named_with_its_line_and_remedy(name: str) -> None:
    text, rule, line, remedy = BAD[name]
    read = parse(text)
    assert [(problem.id, problem.line) for problem in read.problems] == [(rule, line)]
    assert remedy in read.problems[0].message
    assert read.problems[0].message.isprintable()


def test_one_bad_exercise_does_not_hide_the_others() -> None:
    text = HEAD + HOLD + "reps = 3\nseconds_ = 4\n[exercises.good]\n" + HOLD
    read = parse(text)
    assert list(read.exercises) == ["good"]
    assert {problem.line for problem in read.problems} == {10, 11}


def test_the_library_itself_may_not_be_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "exercises.toml"
    for content, rule in (
        (b"\xff", "not-utf-8"),
        (b"\0", "not-text"),
        (b"#" * 300_000, "too-large"),
    ):
        path.write_bytes(content)
        read = READER.read(path)
        assert [problem.id for problem in read.problems] == [rule]
        assert (read.exercises, read.text) == ({}, "")
    path.unlink()
    assert [problem.id for problem in READER.read(path).problems] == ["no-such-file"]
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + HOLD).encode())
    assert READER.read(path).problems == ()
