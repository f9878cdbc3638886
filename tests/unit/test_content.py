"""The shipped exercises, tips and routines, read as plain TOML: facts that no reader enforces."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

RESOURCES = Path(__file__).parents[2] / "resources"
Table = dict[str, Any]


def read(path: Path) -> Table:
    return tomllib.loads(path.read_text("utf-8"))


LIBRARY = read(RESOURCES / "exercises.toml")
EXERCISES: dict[str, Table] = LIBRARY["exercises"]
TIPS: dict[str, Table] = read(RESOURCES / "tips.toml")["tips"]
ROUTINE_FILES = sorted((RESOURCES / "routines").glob("*.toml"))
ROUTINES = {path.stem: read(path) for path in ROUTINE_FILES}

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HARD_TO_SAY = re.compile(r"McGill|piriformis|BOSU|Pilates|pec-dec|IT band", re.IGNORECASE)
CATEGORIES = {
    *("warm-up", "dynamic", "static", "core", "strength", "release", "mobility"),
    *("breathing", "cooldown"),
}
POSITIONS = {
    *("standing", "walking", "running", "kneeling", "half-kneeling", "quadruped"),
    *("supine", "prone", "side-lying", "seated", "plank"),
}
EQUIPMENT = {
    *("mat", "wall", "chair", "towel", "step", "swiss-ball", "bosu", "foam-roller"),
    *("tennis-ball", "dumbbells"),
}
TARGETS = {
    *("hamstrings", "quadriceps", "rectus-femoris", "gluteus-maximus", "gluteus-medius"),
    *("piriformis", "iliopsoas", "hip-adductors", "hip-joint", "gastrocnemius", "soleus"),
    *("ankle-stabilisers", "erector-spinae", "multifidus", "quadratus-lumborum"),
    *("latissimus-dorsi", "lumbar-spine", "thoracic-spine", "transversus-abdominis"),
    *("rectus-abdominis", "obliques", "diaphragm", "pectoralis-major", "deltoids"),
    *("rhomboids", "cardiovascular"),
}
MOMENTS = {"before-run", "after-run", "rest-day", "morning", "any"}
TIP_PLACES = {"onboarding", "before-run", "after-run", "check-in", "rest-day", "any"}
REQUIRED = {
    *("name", "synonyms", "category", "targets", "position", "sides", "mode", "equipment"),
    *("cues", "caution", "easier", "harder", "source"),
}
OPTIONAL = {"say", "seconds", "reps", "tempo", "tempo_labels", "alternating"}
ROUTINE_KEYS = {
    *("schema", "name", "summary", "when", "focus", "equipment", "sources", "frequency"),
    *("progression", "changeover", "side_change", "blocks"),
}
BLOCK_KEYS = {"name", "rounds", "rest", "optional", "steps"}
STEP_KEYS = {
    *("exercise", "name", "seconds", "reps", "breaths", "open", "side", "changeover", "rest"),
    *("side_change", "tempo", "cadence", "rpe", "cues", "phase", "optional", "note", "position"),
}
DOSES = ("seconds", "reps", "breaths", "open")

each_exercise = pytest.mark.parametrize("exercise_id", EXERCISES)
each_routine = pytest.mark.parametrize("routine_id", ROUTINES)


def is_line(value: object, shortest: int, longest: int) -> bool:
    return (
        isinstance(value, str)
        and shortest <= len(value) <= longest
        and "\n" not in value
        and value == value.strip()
    )


def is_whole(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def seconds(value: object) -> int:
    """Return seconds from a number, `"1:30"` or `"90 s"`."""
    if isinstance(value, str):
        match = re.fullmatch(r"(?:(\d+):([0-5]\d)|(\d+) s)", value)
        assert match, value
        return int(match[3]) if match[3] else int(match[1]) * 60 + int(match[2])
    assert type(value) is int
    return value


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))


def steps_of(routine: Table) -> list[Table]:
    return [step for block in routine["blocks"] for step in block["steps"]]


def test_everything_that_should_ship_does() -> None:
    assert (len(EXERCISES), len(ROUTINES), len(TIPS)) == (92, 20, 23)


@pytest.mark.parametrize("name", ["exercises", "tips"])
def test_a_library_says_its_schema(name: str) -> None:
    assert read(RESOURCES / f"{name}.toml")["schema"] == 1


@each_exercise
def test_an_exercise_has_the_fields_it_needs_and_no_others(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    assert SLUG.fullmatch(exercise_id)
    assert set(exercise) >= REQUIRED
    assert not set(exercise) - REQUIRED - OPTIONAL
    assert is_line(exercise["name"], 2, 60)
    assert is_line(exercise["caution"], 0, 90)
    assert is_line(exercise["source"], 4, 300)


@each_exercise
def test_an_exercise_uses_known_words(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    assert exercise["category"] in CATEGORIES
    assert exercise["position"] in POSITIONS
    assert exercise["sides"] in {"both", "each"}
    assert set(exercise["equipment"]) <= EQUIPMENT
    assert exercise["targets"]
    assert set(exercise["targets"]) <= TARGETS
    for field in ("equipment", "targets", "easier", "harder", "synonyms"):
        assert len(set(exercise[field])) == len(exercise[field]), field


@each_exercise
def test_an_exercise_has_two_to_four_short_cues(exercise_id: str) -> None:
    cues = EXERCISES[exercise_id]["cues"]
    assert 2 <= len(cues) <= 4
    assert all(is_line(cue, 4, 90) for cue in cues)


@each_exercise
def test_an_exercise_has_the_dose_of_its_mode(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    if exercise["mode"] != "reps":
        assert exercise["mode"] in {"hold", "move"}
        assert is_whole(exercise["seconds"], 5, 600)
        assert not {"reps", "tempo", "tempo_labels", "alternating"} & set(exercise)
        return
    assert "seconds" not in exercise
    assert is_whole(exercise["reps"], 1, 30)
    tempo, labels = exercise["tempo"], exercise["tempo_labels"]
    assert len(tempo) == len(labels) == 4
    assert all(is_whole(phase, 0, 10) for phase in tempo)
    assert sum(tempo) >= 1
    assert [phase == 0 for phase in tempo] == [label == "" for label in labels]


@each_exercise
def test_sides_that_take_turns_are_counted_in_pairs(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    if exercise.get("alternating"):
        assert exercise["reps"] % 2 == 0
        assert exercise["sides"] == "both"


@each_exercise
def test_a_name_that_is_hard_to_say_is_spelt_for_a_voice(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    assert ("say" in exercise) == bool(HARD_TO_SAY.search(exercise["name"]))
    if "say" in exercise:
        assert is_line(exercise["say"], 2, 60)
        assert exercise["say"].isascii()
        assert exercise["say"] != exercise["name"]


@each_exercise
def test_synonyms_are_lower_case_and_not_the_name_again(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    assert 2 <= len(exercise["synonyms"]) <= 6
    for synonym in exercise["synonyms"]:
        assert synonym == synonym.lower()
        assert plain(synonym)
        assert plain(synonym) != plain(exercise["name"])


def test_no_two_exercises_answer_to_the_same_words() -> None:
    owners = defaultdict(set)
    for exercise_id, exercise in EXERCISES.items():
        for words in (exercise_id, exercise["name"], *exercise["synonyms"]):
            owners[plain(words)].add(exercise_id)
    assert {words: ids for words, ids in owners.items() if len(ids) > 1} == {}


@each_exercise
@pytest.mark.parametrize(("there", "back"), [("easier", "harder"), ("harder", "easier")])
def test_an_easier_or_harder_exercise_points_back(exercise_id: str, there: str, back: str) -> None:
    for other in EXERCISES[exercise_id][there]:
        assert exercise_id in EXERCISES[other][back]


@each_exercise
def test_harder_exercises_never_lead_back_to_an_easier_one(exercise_id: str) -> None:
    reached, todo = set(), list(EXERCISES[exercise_id]["harder"])
    while todo:
        other = todo.pop()
        if other not in reached:
            reached.add(other)
            todo += EXERCISES[other]["harder"]
    assert exercise_id not in reached


@pytest.mark.parametrize("tip_id", TIPS)
def test_a_tip_is_one_short_line_with_a_source_and_a_place(tip_id: str) -> None:
    tip = TIPS[tip_id]
    assert is_line(tip["text"], 10, 120)
    assert is_line(tip["source"], 4, 300)
    assert tip["show"]
    assert set(tip["show"]) <= TIP_PLACES


@each_routine
def test_a_routine_has_known_keys_and_short_texts(routine_id: str) -> None:
    routine = ROUTINES[routine_id]
    assert SLUG.fullmatch(routine_id)
    assert set(routine) <= ROUTINE_KEYS
    assert routine["schema"] == 1
    assert is_line(routine["name"], 1, 80)
    assert routine.get("when", "any") in MOMENTS
    for field in ("summary", "frequency", "progression"):
        assert is_line(routine.get(field, "none"), 1, 200), field
    for field in ("focus", "equipment", "sources"):
        assert all(isinstance(item, str) for item in routine.get(field, [])), field
    for field in ("changeover", "side_change"):
        assert 0 <= seconds(routine.get(field, 0)) <= 120, field


@each_routine
def test_a_block_has_known_keys_and_sound_numbers(routine_id: str) -> None:
    assert ROUTINES[routine_id]["blocks"]
    for block in ROUTINES[routine_id]["blocks"]:
        assert set(block) <= BLOCK_KEYS
        assert is_line(block["name"], 1, 60)
        assert is_whole(block.get("rounds", 1), 1, 50)
        assert 0 <= seconds(block.get("rest", 0)) <= 600
        assert block["steps"]


@each_routine
def test_a_step_fits_its_exercise(routine_id: str) -> None:
    for step in steps_of(ROUTINES[routine_id]):
        assert set(step) <= STEP_KEYS
        assert ("exercise" in step) != ("name" in step)
        exercise = EXERCISES[step["exercise"]] if "exercise" in step else {}
        side = step.get("side", exercise.get("sides", "both"))
        assert side in {"left", "right", "each", "both", "affected"}
        if exercise:
            assert "phase" not in step
            assert (exercise["sides"] == "each") == (side != "both"), step


@each_routine
def test_a_step_has_one_dose_and_it_is_of_its_exercises_kind(routine_id: str) -> None:
    for step in steps_of(ROUTINES[routine_id]):
        doses = [dose for dose in DOSES if dose in step]
        assert len(doses) <= 1, step
        exercise = EXERCISES.get(step.get("exercise", ""))
        if exercise and doses in (["seconds"], ["reps"]):
            assert (doses == ["reps"]) == (exercise["mode"] == "reps"), step
        assert exercise or doses, step
        if "seconds" in step:
            assert 5 <= seconds(step["seconds"]) <= 3600, step
        if "reps" in step:
            assert is_whole(step["reps"], 1, 200), step
            assert not (exercise and exercise.get("alternating") and step["reps"] % 2), step
        if "tempo" in step:
            assert len(step["tempo"]) == 4, step
            assert all(is_whole(phase, 0, 60) for phase in step["tempo"]), step


@each_routine
def test_walks_and_runs_have_a_cadence(routine_id: str) -> None:
    for step in steps_of(ROUTINES[routine_id]):
        exercise = EXERCISES.get(step.get("exercise", ""), {"mode": "hold", "position": "supine"})
        on_foot = exercise["mode"] == "move" and exercise["position"] in {"walking", "running"}
        assert "cadence" in step or not on_foot, step
        for end in step.get("cadence", []):
            assert end == "goal" or is_whole(end, 40, 240), step
        if "cadence" in step:
            assert len(step["cadence"]) == 2, step
            assert "seconds" in step or "seconds" in exercise, step


@each_routine
def test_a_steps_extras_are_in_range(routine_id: str) -> None:
    for step in steps_of(ROUTINES[routine_id]):
        assert is_whole(step.get("rpe", 1), 1, 10), step
        assert len(step.get("cues", [])) <= 4, step
        assert all(is_line(cue, 1, 90) for cue in step.get("cues", [])), step
        for field, most in (("changeover", 120), ("side_change", 120), ("rest", 600)):
            assert 0 <= seconds(step.get(field, 0)) <= most, step


@each_routine
def test_the_equipment_is_what_its_exercises_need(routine_id: str) -> None:
    routine = ROUTINES[routine_id]
    needed, all_of_it = set(), set()
    for block in routine["blocks"]:
        for step in block["steps"]:
            kit = EXERCISES.get(step.get("exercise", ""), {"equipment": []})["equipment"]
            all_of_it.update(kit)
            if not block.get("optional") and not step.get("optional"):
                needed.update(kit)
    assert needed <= set(routine.get("equipment", needed)) <= all_of_it


@pytest.mark.parametrize("path", ROUTINE_FILES, ids=lambda path: path.stem)
def test_a_step_is_one_line(path: Path) -> None:
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    steps = [line for line in lines if line.startswith("{")]
    assert len(steps) == len(steps_of(ROUTINES[path.stem]))
    assert all(step.endswith("},") for step in steps)


def test_no_text_promises_health_or_raises_its_voice() -> None:
    texts = chain(
        (cue for exercise in EXERCISES.values() for cue in exercise["cues"]),
        (tip["text"] for tip in TIPS.values()),
        (routine.get("summary", "") for routine in ROUTINES.values()),
        (routine.get("progression", "") for routine in ROUTINES.values()),
    )
    said = [text for text in texts if re.search(r"!|\b(cures?|heals?|prevents?)\b", text)]
    assert said == []
