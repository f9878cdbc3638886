"""The JSON Schema that editors use says what the reader says."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import jsonschema
import pytest

from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader
from app.storage.schema import schema_text

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_FILE = bundled("routines") / "routine.schema.json"
ROUTINES = sorted(bundled("routines").glob("*.toml"))
LIBRARY = ExerciseReader().read(bundled("exercises.toml")).exercises
SCHEMA = json.loads(SCHEMA_FILE.read_text("utf-8"))
READER = RoutineReader(LIBRARY)

HEAD = 'schema = 1\nname = "Test"\n'
STEP = '[[blocks]]\nname = "Hold"\nsteps = [{ exercise = "easy-walk", seconds = 60 }]\n'


def step(keys: str) -> str:
    return f'{HEAD}[[blocks]]\nname = "Hold"\nsteps = [{{ {keys} }}]\n'


def block(keys: str) -> str:
    return f'{HEAD}[[blocks]]\nname = "Hold"\n{keys}\nsteps = [{{ exercise = "easy-walk" }}]\n'


GOOD = [
    HEAD + STEP,
    HEAD + 'summary = ""\nwhen = "morning"\nequipment = []\nfocus = ["hips"]\n' + STEP,
    HEAD + 'changeover = 0\nside_change = "1 min"\nfrequency = "Daily."\n' + STEP,
    block("rounds = 50"),
    block("rest = 600"),
    block('rest = "1.5 min"\noptional = false'),
    step('exercise = "easy-walk", seconds = "1:30", cadence = [100, "goal"], rpe = 10'),
    step('exercise = "easy-walk", seconds = "1:00:00"'),
    step('exercise = "easy-walk", seconds = 7.5'),
    step('exercise = "easy-walk", seconds = "2 min 30 s", side = "affected"'),
    step('exercise = "easy-walk", breaths = 60'),
    step('exercise = "easy-walk", open = true'),
    step('exercise = "easy-walk", open = 90, optional = false, note = "Slowly."'),
    step('exercise = "glute-bridge", reps = 10, tempo = [2, 0.5, "2 s", 0]'),
    step('name = "Balance", reps = 10, phase = "core", position = "standing"'),
    step('name = "Balance", seconds = 5, cues = ["One.", "Two.", "Three.", "Four."]'),
]
BAD = [
    STEP,
    HEAD,
    HEAD + "blocks = []\n",
    HEAD.replace("1", "2") + STEP,
    HEAD.replace("1", '"1"') + STEP,
    HEAD.replace("Test", "") + STEP,
    HEAD.replace("Test", "   ") + STEP,
    HEAD.replace("Test", "x" * 81) + STEP,
    HEAD.replace("Test", "a\\tb") + STEP,
    HEAD + 'nane = "x"\n' + STEP,
    HEAD + 'when = "never"\n' + STEP,
    HEAD + 'equipment = ["mat", "mat"]\n' + STEP,
    HEAD + 'equipment = ["rope"]\n' + STEP,
    HEAD + "focus = [1]\n" + STEP,
    HEAD + "changeover = 121\n" + STEP,
    HEAD + 'changeover = "5"\n' + STEP,
    HEAD + "side_change = true\n" + STEP,
    HEAD + '[[blocks]]\nname = "Hold"\n',
    HEAD + '[[blocks]]\nname = "Hold"\nsteps = []\n',
    HEAD + '[[blocks]]\nname = "Hold"\nsteps = [1]\n',
    block("rounds = 0"),
    block("rounds = 51"),
    block("rounds = 1.5"),
    block('rest = "601"'),
    block("optional = 1"),
    block("seconds = 5"),
    step("seconds = 5"),
    step('exercise = "easy-walk", name = "Walk", seconds = 5'),
    step('name = "Walk"'),
    step('exercise = "easy-walk", seconds = 0'),
    step('exercise = "easy-walk", seconds = 3601'),
    step('exercise = "easy-walk", seconds = "90"'),
    step('exercise = "easy-walk", seconds = "90 sec"'),
    step('exercise = "easy-walk", seconds = true'),
    step('exercise = "easy-walk", seconds = 5, breaths = 2'),
    step('exercise = "easy-walk", open = false'),
    step('exercise = "easy-walk", breaths = 61'),
    step('exercise = "easy-walk", side = "Left"'),
    step('exercise = "easy-walk", cadence = [100]'),
    step('exercise = "easy-walk", cadence = [100, 241]'),
    step('exercise = "easy-walk", breaths = 5, cadence = [100, 110]'),
    step('exercise = "easy-walk", rpe = 0'),
    step('exercise = "easy-walk", cues = ["1", "2", "3", "4", "5"]'),
    step('exercise = "easy-walk", cues = [""]'),
    step('exercise = "easy-walk", phase = "core"'),
    step('exercise = "easy-walk", position = "standing"'),
    step('name = "Balance", seconds = 5, phase = "cool"'),
    step('name = "Balance", seconds = 5, tempo = [2, 0, 2, 0]'),
    step('name = "Balance", reps = 5, tempo = [2, 0, 2]'),
    step('name = "Balance", reps = 5, tempo = [61, 0, 2, 0]'),
    step('name = "Balance", reps = 201'),
    step(f'exercise = "easy-walk", note = "{"x" * 401}"'),
]
READER_ONLY = {
    "a number of two decimals": step('exercise = "easy-walk", seconds = 7.25'),
    "the length of a text": step('exercise = "easy-walk", seconds = "61:00"'),
    "an unknown exercise": step('exercise = "easy-wolk"'),
    "a hold that needs a tempo": step('exercise = "towel-hamstring-stretch", reps = 5'),
    "a tempo that comes to nothing": step('name = "Balance", reps = 5, tempo = [0, 0, 0, 0]'),
    "nothing but optional parts": step('exercise = "easy-walk", optional = true'),
}


def schema_accepts(text: str) -> bool:
    return jsonschema.Draft7Validator(SCHEMA).is_valid(tomllib.loads(text))


def reader_accepts(text: str) -> bool:
    return READER.parse(text, file="test.toml", routine_id="test").routine is not None


def test_the_schema_is_made_from_the_field_table_as_it_is() -> None:
    made = schema_text(LIBRARY)
    assert SCHEMA_FILE.read_text("utf-8") == made, "run: python tools/make_schema.py"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
def test_a_shipped_routine_fits_both(path: Path) -> None:
    text = path.read_text("utf-8")
    assert schema_accepts(text)
    assert reader_accepts(text)


@pytest.mark.parametrize("text", GOOD)
def test_what_the_reader_accepts_the_schema_accepts(text: str) -> None:
    problems = READER.parse(text, file="test.toml", routine_id="test").problems
    assert not problems
    assert schema_accepts(text)


@pytest.mark.parametrize("text", BAD)
def test_what_the_schema_refuses_the_reader_refuses(text: str) -> None:
    assert not schema_accepts(text)
    assert not reader_accepts(text)


@pytest.mark.parametrize("text", READER_ONLY.values(), ids=READER_ONLY)
def test_what_a_schema_cannot_say_the_reader_says(text: str) -> None:
    assert schema_accepts(text)
    assert not reader_accepts(text)


def test_every_field_explains_itself_in_the_schema() -> None:
    tables = [SCHEMA, *SCHEMA["definitions"].values()]
    for table in tables:
        for key, field in table["properties"].items():
            assert field["description"].endswith("."), key
