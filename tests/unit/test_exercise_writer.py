"""Own exercises are written into a file that its owner may have written most of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from desk_cases import folders
from make import EXERCISES

from app.domain.errors import RoutineError
from app.domain.exercise import Category, Equipment, Exercise, Mode, Position, Sides, Tempo
from app.storage.exercise_file import ExerciseReader
from app.storage.exercise_writer import ExerciseWriter

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.exercise import ExerciseLibrary

HANG = Exercise(
    id="",
    name="Dead hang",
    category=Category.STATIC,
    position=Position.STANDING,
    sides=Sides.BOTH,
    mode=Mode.HOLD,
    seconds_ms=20_000,
    cues=("Shoulders down", 'Say "ah"'),
    figure="bridge",
)
RAISE = Exercise(
    id="",
    name="Heel raise",
    category=Category.STRENGTH,
    position=Position.STANDING,
    sides=Sides.EACH,
    mode=Mode.REPS,
    reps=12,
    tempo=Tempo(phases_ms=(1_000, 500, 2_000, 0), labels=("up", "hold", "down", "")),
    equipment=(Equipment.STEP,),
    synonyms=("calf raise",),
)
OWN = """\
#:schema x
schema = 1  # of the format

# my own
[exercises.swing]
name = "Swing"   # for warm days
category = "dynamic"
# hold on to something
position = "standing"
sides = "each"
mode = "move"
seconds = "0:30"

# the good one
[exercises.plie]
name = 'Plié'
category = "strength"
position = "standing"
sides = "both"
mode = "hold"
seconds = 15
cues = [
  "Knees out",  # really
]

# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = folders(tmp_path).exercises
    path.parent.mkdir(parents=True)
    path.write_text(OWN)
    return path


@pytest.fixture
def writer(tmp_path: Path) -> ExerciseWriter:
    return ExerciseWriter(folders(tmp_path), lambda: EXERCISES)


def read(path: Path) -> ExerciseLibrary:
    made = ExerciseReader(EXERCISES).read(path)
    assert made.problems == ()
    return made.exercises


def test_the_first_exercise_makes_the_file(tmp_path: Path, writer: ExerciseWriter) -> None:
    kept = writer.save(HANG)
    assert kept == replace(HANG, id="dead-hang")
    path = folders(tmp_path).exercises
    assert path.read_text() == (
        "schema = 1\n\n"
        '[exercises.dead-hang]\nname = "Dead hang"\ncategory = "static"\n'
        'position = "standing"\nsides = "both"\nmode = "hold"\nseconds = 20\n'
        'cues = ["Shoulders down", "Say \\"ah\\""]\nfigure = "bridge"\n'
    )
    assert read(path) == {"dead-hang": kept}


def test_an_exercise_with_repetitions_keeps_its_tempo(path: Path, writer: ExerciseWriter) -> None:
    kept = writer.save(RAISE)
    assert read(path)["heel-raise"] == kept
    plain = writer.save(replace(kept, tempo=Tempo(phases_ms=(1_000, 0, 1_500, 0))))
    assert "tempo_labels" not in path.read_text()
    assert read(path)["heel-raise"] == plain


def test_a_new_exercise_leaves_the_rest_byte_for_byte(path: Path, writer: ExerciseWriter) -> None:
    writer.save(HANG)
    text = path.read_text()
    assert text.startswith(OWN + '\n[exercises.dead-hang]\nname = "Dead hang"\n')


def test_an_id_never_meets_another_one(path: Path, writer: ExerciseWriter) -> None:
    ids = [writer.save(replace(HANG, name=name)).id for name in ("Swing", "Bridge", "Swing", "日")]
    assert ids == ["swing-2", "bridge-2", "swing-3", "exercise"]
    assert set(ids) < set(read(path))


def test_only_what_changes_is_written_anew(path: Path, writer: ExerciseWriter) -> None:
    swing = read(path)["swing"]
    writer.save(replace(swing, seconds_ms=40_000, caution="Not when dizzy"))
    assert path.read_text() == OWN.replace(
        'seconds = "0:30"\n', 'seconds = 40\ncaution = "Not when dizzy"\n'
    )


def test_what_is_not_said_any_more_goes_with_its_line(path: Path, writer: ExerciseWriter) -> None:
    plie = read(path)["plie"]
    writer.save(replace(plie, cues=()))
    assert path.read_text() == OWN.replace('cues = [\n  "Knees out",  # really\n]\n', "")


def test_a_list_over_several_lines_is_replaced_as_a_whole(
    path: Path, writer: ExerciseWriter
) -> None:
    plie = read(path)["plie"]
    writer.save(replace(plie, cues=("Knees in",)))
    assert path.read_text() == OWN.replace(
        'cues = [\n  "Knees out",  # really\n]\n', 'cues = ["Knees in"]\n'
    )


def test_saving_the_same_changes_nothing(path: Path, writer: ExerciseWriter) -> None:
    for exercise in read(path).values():
        writer.save(exercise)
    # A length is written as text here and as a number there: it is the same length.
    assert path.read_text() == OWN


def test_a_removed_exercise_goes_with_its_comment_and_comes_back_with_it(
    path: Path, writer: ExerciseWriter
) -> None:
    plie = read(path)["plie"]
    writer.remove("plie")
    start, end = OWN.index("# the good one"), OWN.index("\n# the end")
    assert path.read_text() == OWN[:start] + OWN[end + 1 :]
    writer.save(plie)
    assert OWN[start:end] in path.read_text()
    assert read(path)["plie"] == plie
    writer.remove("no-such")


def test_the_last_exercise_leaves_a_file_without_any(
    tmp_path: Path, writer: ExerciseWriter
) -> None:
    kept = writer.save(HANG)
    writer.remove(kept.id)
    path = folders(tmp_path).exercises
    writer.save(RAISE)
    assert list(read(path)) == ["heel-raise"]


@pytest.mark.parametrize(
    ("change", "key", "message"),
    [
        ({"name": ""}, "name", "An exercise needs a name."),
        ({"name": "x" * 61}, "name", "Name may have at most 60 characters."),
        ({"seconds_ms": 0}, "seconds", "Seconds must be 1 to 3,600."),
        ({"seconds_ms": None}, "seconds", "Seconds are needed."),
        ({"mode": Mode.REPS, "seconds_ms": None}, "reps", "Reps are needed."),
        ({"figure": "no-such"}, "figure", "The figure must be one that comes with the app."),
        ({"figure": "swing"}, "figure", "The figure must be one that comes with the app."),
        (
            {"easier": ("no-such",)},
            "easier",
            "Easier must be another exercise of the library.",
        ),
        ({"cues": ("x" * 91,)}, "cues", "Each cue may have at most 90 characters."),
        ({"cues": ("x",) * 5}, "cues", "At most 4 cues are possible."),
    ],
)
def test_what_is_wrong_is_said_under_its_field_and_never_written(
    path: Path, writer: ExerciseWriter, change: dict[str, object], key: str, message: str
) -> None:
    wrong = replace(HANG, **change)  # type: ignore[arg-type]
    found = writer.problems(wrong)
    assert (found[0].key, found[0].message) == (key, message)
    with pytest.raises(RoutineError) as caught:
        writer.save(wrong)
    assert str(caught.value) == message
    assert path.read_text() == OWN


def test_reps_of_turns_must_be_even(writer: ExerciseWriter) -> None:
    odd = replace(RAISE, sides=Sides.BOTH, alternating=True, reps=7)
    assert [one.message for one in writer.problems(odd)] == [
        "Reps must be even, because the sides take turns."
    ]
    each = replace(RAISE, alternating=True)
    assert [one.key for one in writer.problems(each)] == ["alternating"]


def test_a_shipped_exercise_is_not_made_ones_own(path: Path, writer: ExerciseWriter) -> None:
    with pytest.raises(RoutineError, match="comes with the app"):
        writer.save(EXERCISES["bridge"])
    assert path.read_text() == OWN


def test_a_shipped_exercise_that_ones_own_hides_can_be_edited(
    path: Path, writer: ExerciseWriter
) -> None:
    path.write_text(OWN.replace("exercises.swing", "exercises.bridge"))
    kept = replace(read(path)["bridge"], name="Other")
    writer.save(kept)
    assert read(path)["bridge"] == kept


def test_problems_elsewhere_in_the_file_do_not_matter(path: Path, writer: ExerciseWriter) -> None:
    broken = OWN.replace("seconds = 15", "secnds = 15")
    path.write_text(broken)
    writer.save(HANG)
    assert path.read_text().startswith(broken)
    # Also the one with the problem can be mended here.
    plie = ExerciseReader(EXERCISES).parse(OWN, file="x").exercises["plie"]
    with pytest.raises(RoutineError, match="unusual way"):
        writer.save(plie)


def test_a_file_that_cannot_be_parsed_is_left_alone(path: Path, writer: ExerciseWriter) -> None:
    path.write_text(OWN + "[[[")
    with pytest.raises(RoutineError, match=r"exercises\.toml:\d+: "):
        writer.save(HANG)
    with pytest.raises(RoutineError, match=r"exercises\.toml:\d+: "):
        writer.remove("swing")
    assert path.read_text() == OWN + "[[["
    assert writer.problems(HANG) == ()


@pytest.mark.parametrize(
    "text",
    [
        'schema = 1\nexercises.swing.name = "Swing"\n',
        'schema = 1\n[exercises]\nswing = { name = "Swing" }\n',
        'schema = 1\nexercises = { swing = { name = "Swing" } }\n',
    ],
)
def test_an_exercise_written_in_an_unusual_way_is_left_to_its_author(
    path: Path, writer: ExerciseWriter, text: str
) -> None:
    path.write_text(text)
    for action in (
        lambda: writer.save(replace(HANG, id="swing")),
        lambda: writer.remove("swing"),
    ):
        with pytest.raises(RoutineError, match="unusual way"):
            action()
    assert path.read_text() == text


def test_what_another_one_refers_to_is_not_removed(path: Path, writer: ExerciseWriter) -> None:
    path.write_text(OWN.replace("seconds = 15", 'seconds = 15\neasier = ["swing"]'))
    with pytest.raises(RoutineError, match='easier names "swing"'):
        writer.remove("swing")
    assert "[exercises.swing]" in path.read_text()


def test_line_ends_and_byte_order_mark_stay(path: Path, writer: ExerciseWriter) -> None:
    windows = b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode()
    path.write_bytes(windows)
    swing = read(path)["swing"]
    writer.save(replace(swing, seconds_ms=40_000, caution="No"))
    assert path.read_bytes() == windows.replace(
        b'seconds = "0:30"\r\n', b'seconds = 40\r\ncaution = "No"\r\n'
    )
    writer.save(HANG)
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    writer.remove("dead-hang")
    writer.remove("plie")
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert list(read(path)) == ["swing"]


def test_a_file_without_a_last_line_end_is_no_obstacle(path: Path, writer: ExerciseWriter) -> None:
    text = OWN[: OWN.index("cues = [")].rstrip("\n")
    path.write_text(text)
    writer.save(replace(read(path)["plie"], caution="Slowly"))
    assert path.read_text() == text + '\ncaution = "Slowly"\n'
    writer.save(HANG)
    assert set(read(path)) == {"swing", "plie", "dead-hang"}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, writer: ExerciseWriter) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(RoutineError, match=r"exercises\.toml.*(cannot be read|Cannot save)"):
        writer.save(HANG)
