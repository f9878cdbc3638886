"""What routine files mean: every key, every way to write a length, and what is left out."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from app.domain.choices import Choices
from app.domain.exercise import Equipment, Phase, Position
from app.domain.expand import expand
from app.domain.routine import (
    Block,
    BreathsDose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.domain.timeline import SegmentKind
from app.domain.when import When
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineRead, RoutineReader

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = ExerciseReader().read(bundled("exercises.toml")).exercises
READER = RoutineReader(LIBRARY)
SHIPPED = sorted(bundled("routines").glob("*.toml"))

EVERYTHING = """\
#:schema ./routine.schema.json
schema = 1
name = "Hips and hamstrings"
summary = "What tightens first on long runs."
when = "after-run"              # a comment
focus = ["hips"]
equipment = ["mat", "towel"]
frequency = "Twice a week."
progression = "Longer holds."
sources = ["my physio"]
changeover = 8
side_change = 5

[[blocks]]
name = "Loosen"
steps = [
  { exercise = "march-on-the-spot", seconds = 60 },
  { exercise = "leg-swing", reps = 10, side = "each", tempo = [1, 0, 1.5, "0.5 s"] },
]

[[blocks]]
name = "Hold"
rounds = 2
rest = 15
steps = [
  # the left one is the tight one
  { exercise = "towel-hamstring-stretch", seconds = 40, side = "affected", changeover = 10 },
  { exercise = "half-kneeling-hip-flexor-stretch", breaths = 6, rest = 20, side_change = 0 },
  { name = "Eyes closed", seconds = 30, phase = "core", position = "standing", cues = ["Near a wall."] },
]

[[blocks]]
name = "If there is time"
optional = true
steps = [
  { exercise = "easy-walk", seconds = 120, cadence = [100, "goal"], rpe = 3 },
  { exercise = "foam-roll-calves", open = true, optional = true, note = "Slowly." },
  { exercise = "foam-roll-calves", open = 90 },
  { exercise = "foam-roll-calves" },
]
"""


def parse(text: str) -> RoutineRead:
    return READER.parse(text, file="test.toml", routine_id="test")


def one_step(keys: str) -> Step:
    read = parse(f'schema = 1\nname = "T"\n[[blocks]]\nname = "B"\nsteps = [{{ {keys} }}]\n')
    assert read.problems == ()
    assert read.routine is not None
    return read.routine.blocks[0].steps[0]


def test_every_key_means_what_the_format_says() -> None:
    assert parse(EVERYTHING).routine == Routine(
        id="test",
        name="Hips and hamstrings",
        summary="What tightens first on long runs.",
        when=When.AFTER_RUN,
        focus=("hips",),
        equipment=(Equipment.MAT, Equipment.TOWEL),
        frequency="Twice a week.",
        progression="Longer holds.",
        sources=("my physio",),
        changeover_ms=8_000,
        side_change_ms=5_000,
        blocks=(
            Block(
                name="Loosen",
                steps=(
                    Step(exercise="march-on-the-spot", dose=TimeDose(60_000)),
                    Step(
                        exercise="leg-swing",
                        dose=RepsDose(10),
                        side=SideChoice.EACH,
                        tempo_ms=(1_000, 0, 1_500, 500),
                    ),
                ),
            ),
            Block(
                name="Hold",
                rounds=2,
                rest_ms=15_000,
                steps=(
                    Step(
                        exercise="towel-hamstring-stretch",
                        dose=TimeDose(40_000),
                        side=SideChoice.AFFECTED,
                        changeover_ms=10_000,
                    ),
                    Step(
                        exercise="half-kneeling-hip-flexor-stretch",
                        dose=BreathsDose(6),
                        rest_ms=20_000,
                        side_change_ms=0,
                    ),
                    Step(
                        name="Eyes closed",
                        dose=TimeDose(30_000),
                        phase=Phase.CORE,
                        position=Position.STANDING,
                        cues=("Near a wall.",),
                    ),
                ),
            ),
            Block(
                name="If there is time",
                optional=True,
                steps=(
                    Step(
                        exercise="easy-walk",
                        dose=TimeDose(120_000),
                        cadence=(100, "goal"),
                        rpe=3,
                    ),
                    Step(
                        exercise="foam-roll-calves",
                        dose=OpenDose(60_000),
                        optional=True,
                        note="Slowly.",
                    ),
                    Step(exercise="foam-roll-calves", dose=OpenDose(90_000)),
                    Step(exercise="foam-roll-calves"),
                ),
            ),
        ),
    )


def test_what_is_not_typed_stays_open() -> None:
    assert one_step('exercise = "easy-walk"') == Step(exercise="easy-walk")
    routine = parse(
        'schema = 1\nname = "T"\nblocks = [{ name = "B", steps = [{ exercise = "easy-walk" }] }]'
    ).routine
    assert routine is not None
    assert (routine.when, routine.equipment, routine.changeover_ms) == (When.ANY, None, None)
    assert (routine.blocks[0].rounds, routine.blocks[0].rest_ms) == (1, 0)


@pytest.mark.parametrize(
    ("typed", "duration_ms"),
    [
        ("1", 1_000),
        ("90", 90_000),
        ("7.5", 7_500),
        ("1.1", 1_100),
        ("9e1", 90_000),
        ("3600", 3_600_000),
        ('"1:30"', 90_000),
        ('"0:05"', 5_000),
        ('"75:00"', None),
        ('"59:59"', 3_599_000),
        ('"1:00:00"', 3_600_000),
        ('"0:02:30"', 150_000),
        ('"90 s"', 90_000),
        ('"90s"', 90_000),
        ('"7.5 s"', 7_500),
        ('"1 min"', 60_000),
        ('"1.5 min"', 90_000),
        ('"2 min 30 s"', 150_000),
        ('"2min30s"', 150_000),
        ('" 90 s "', 90_000),
        ('"1:60"', None),
        ('"1:5"', None),
        ('"90"', None),
        ('"90 sec"', None),
        ('"-90 s"', None),
        ('"1,5 min"', None),
        ('"٩٠ s"', None),
        ('"7.25 s"', None),
        ('""', None),
        ("0.9", None),
        ("3600.1", None),
    ],
)
def test_a_length_has_many_spellings(typed: str, duration_ms: int | None) -> None:
    text = (
        'schema = 1\nname = "T"\n[[blocks]]\nname = "B"\n'
        f'steps = [\n  {{ exercise = "easy-walk", seconds = {typed} }},\n]\n'
    )
    read = parse(text)
    if duration_ms is None:
        assert [(problem.id, problem.line) for problem in read.problems] == [("bad-duration", 6)]
    else:
        assert read.problems == ()
        assert read.routine is not None
        assert read.routine.blocks[0].steps[0].dose == TimeDose(duration_ms)


def test_the_limits_themselves_are_allowed() -> None:
    longest = '{ name = "Lie", seconds = 3600, changeover = 0 }'
    hours = f'schema = 1\nname = "T"\n[[blocks]]\nname = "B"\nrounds = 5\nsteps = [{longest}]\n'
    assert parse(hours).problems == ()
    short = '  { name = "Hang", seconds = 1, changeover = 0 },\n'
    many = f'schema = 1\nname = "T"\n[[blocks]]\nname = "B"\nrounds = 4\nsteps = [\n{short * 500}]'
    read = parse(many.replace("rounds = 4", "rounds = 3"))
    assert read.problems == ()
    # Get-ready is a segment too.
    assert [problem.id for problem in parse(many).problems] == ["too-many-segments"]
    one_step('name = "Hang", reps = 200, tempo = [2, 0, 2, 0]')
    one_step('name = "Hang", breaths = 60, changeover = 120, rest = 600, side_change = 120')


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain, odd = tmp_path / "test.toml", tmp_path / "test-2.toml"
    plain.write_bytes(EVERYTHING.encode())
    odd.write_bytes(b"\xef\xbb\xbf" + EVERYTHING.replace("\n", "\r\n").encode())
    first, second = READER.read(plain).routine, READER.read(odd).routine
    assert first is not None
    assert second is not None
    assert (first.blocks, first.name) == (second.blocks, second.name)
    odd.write_bytes(odd.read_bytes().replace(b"breaths = 6,", b"breaths = 0,"))
    assert [problem.line for problem in READER.read(odd).problems] == [
        line for line, text in enumerate(EVERYTHING.splitlines(), 1) if "breaths" in text
    ]


def test_steps_as_tables_are_read_and_a_problem_names_the_line_of_the_header() -> None:
    text = (
        'schema = 1\nname = "T"\n[[blocks]]\nname = "B"\n\n[[blocks.steps]]\n'
        'exercise = "easy-walk"\nseconds = 60\n'
    )
    routine = parse(text).routine
    assert routine is not None
    assert routine.blocks[0].steps == (Step(exercise="easy-walk", dose=TimeDose(60_000)),)
    (problem,) = parse(text.replace("60", "0")).problems
    assert (problem.id, problem.line) == ("bad-duration", 6)


def test_a_broken_file_still_has_its_name_and_shows_the_faulty_line(tmp_path: Path) -> None:
    path = tmp_path / "hips.toml"
    path.write_text(EVERYTHING.replace("seconds = 40", "second = 40"), "utf-8")
    read = READER.read(path)
    assert read.routine is None
    assert read.name == "Hips and hamstrings"
    assert read.excerpt.startswith('{ exercise = "towel-hamstring-stretch", second = 40')
    path.write_text("name = ", "utf-8")
    assert READER.read(path).name == "hips.toml"


def test_problems_are_named_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "hips.toml"
    path.write_text(EVERYTHING.replace("rounds = 2", "round = 2"), "utf-8")
    (problem,) = READER.read(path, file="routines/hips.toml").problems
    assert str(problem) == (
        'routines/hips.toml:23: block "Hold": unknown key "round"; the nearest known key is "rounds"'
    )


def test_a_better_file_name_is_not_one_that_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "Hüfte & Rücken.toml"
    path.write_text(EVERYTHING, "utf-8")
    (problem,) = READER.read(path, taken={"hufte-rucken"}).problems
    assert problem.id == "bad-file-name"
    assert '"hufte-rucken-2.toml" would do' in problem.message


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_routine_lasts_as_long_as_its_numbers_say(path: Path) -> None:
    """Add up the file's numbers without our reader, and compare with the timeline."""
    read = READER.read(path)
    assert read.problems == ()
    assert read.routine is not None
    raw = tomllib.loads(path.read_text("utf-8"))
    seconds = 0
    for block in raw["blocks"]:
        one_round = sum(
            _step_seconds(step, raw) for step in block["steps"] if not step.get("optional")
        )
        if not block.get("optional"):
            # Between rounds the longer of two rests is taken, not both.
            after_last = block["steps"][-1].get("rest", 0)
            more = max(0, block.get("rest", 0) - after_last)
            rounds = block.get("rounds", 1)
            seconds += rounds * one_round + (rounds - 1) * more
    # Get-ready stands in for the first changeover, and no routine ends with a rest.
    seconds -= raw["blocks"][0]["steps"][0]["changeover"]
    last = [block for block in raw["blocks"] if not block.get("optional")][-1]["steps"][-1]
    seconds -= last.get("rest", 0)
    flat = expand(read.routine, LIBRARY, Choices())
    timed = [part for part in flat.segments if part.kind is not SegmentKind.GET_READY]
    assert sum(part.duration_ms for part in timed) == seconds * 1_000


def _step_seconds(step: dict[str, object], routine: dict[str, object]) -> int:
    exercise = LIBRARY[str(step["exercise"])]
    side = step.get("side", exercise.sides.value)
    sides = 2 if side in {"each", "affected"} else 1
    reps = step.get("reps", exercise.reps)
    tempo = exercise.tempo.phases_ms if exercise.tempo else (0,)
    tempo_seconds = sum(_numbers(step["tempo"])) if "tempo" in step else sum(tempo) // 1_000
    if "seconds" in step:
        work = int(str(step["seconds"]))
    elif exercise.seconds_ms is not None:
        work = exercise.seconds_ms // 1_000
    else:
        work = int(str(reps)) * tempo_seconds
    between = int(str(step.get("side_change", routine.get("side_change", 5))))
    before_and_after = int(str(step["changeover"])) + int(str(step.get("rest", 0)))
    return sides * work + (sides - 1) * between + before_and_after


def _numbers(value: object) -> list[int]:
    assert isinstance(value, list)
    return [int(number) for number in value]
