"""Files that cannot be used: each gets a located sentence, none a traceback, all at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import run
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader

READER = RoutineReader(ExerciseReader().read(bundled("exercises.toml")).exercises)
HEAD = 'schema = 1\nname = "Bad"\n'
BLOCK = HEAD + '[[blocks]]\nname = "Block"\n'


def step(line: str) -> bytes:
    """Return a file whose only step is on line 6."""
    return f"{BLOCK}steps = [\n  {{ {line} }},\n]\n".encode()


HOLD = 'exercise = "towel-hamstring-stretch"'

BAD: dict[str, tuple[bytes, int | None]] = {
    # name: the file's bytes, and the line that is named
    "empty": (b"", None),
    "not-toml": (b"hello there", 1),
    "open-string": (b'schema = 1\nname = "x\n', 2),
    "open-list": (BLOCK.encode() + b"steps = [\n", None),
    "binary": (bytes(range(256)) * 4, None),
    "nul": (HEAD.encode() + b"\x00", None),
    "not-utf8": (b'schema = 1\nname = "\xff"\n', None),
    "ten-megabytes": (b"# " + b"x" * 10_000_000, None),
    "deep-lists": (b"a = " + b"[" * 20_000, None),
    "deep-tables": (b"schema = 1\na = " + b"{ a = " * 5_000, None),
    "duplicate-key": (b'schema = 1\nname = "a"\nname = "b"\n', 3),
    "no-schema": (b'name = "a"\n[[blocks]]\nname = "b"\nsteps = [{ ' + HOLD.encode() + b" }]\n", None),
    "newer-schema": (b'schema = 9\nname = "a"\n', 1),
    "schema-text": (b'schema = "1"\nname = "a"\n', 1),
    "no-name": (BLOCK.replace('name = "Bad"\n', "").encode() + b"steps = [{ " + HOLD.encode() + b" }]\n", None),
    "name-number": (step(HOLD).replace(b'"Bad"', b"5"), 2),
    "name-empty": (step(HOLD).replace(b'"Bad"', b'""'), 2),
    "name-long": (step(HOLD).replace(b"Bad", b"x" * 81), 2),
    "name-two-lines": (step(HOLD).replace(b'"Bad"', b'"a\\nb"'), 2),
    "no-blocks": (HEAD.encode(), None),
    "blocks-text": (HEAD.encode() + b'blocks = "x"\n', 3),
    "blocks-empty": (HEAD.encode() + b"blocks = []\n", 3),
    "blocks-numbers": (HEAD.encode() + b"blocks = [1]\n", 3),
    "no-steps": (BLOCK.encode(), 3),
    "steps-empty": (BLOCK.encode() + b"steps = []\n", 5),
    "steps-text": (BLOCK.encode() + b'steps = "x"\n', 5),
    "steps-numbers": (BLOCK.encode() + b"steps = [\n  1,\n]\n", 6),
    "block-without-name": (step(HOLD).replace(b'name = "Block"\n', b""), 3),
    "rounds-zero": (step(HOLD).replace(b"steps", b"rounds = 0\nsteps"), 5),
    "rounds-51": (step(HOLD).replace(b"steps", b"rounds = 51\nsteps"), 5),
    "rounds-true": (step(HOLD).replace(b"steps", b"rounds = true\nsteps"), 5),
    "rounds-huge": (step(HOLD).replace(b"steps", b"rounds = " + b"9" * 400 + b"\nsteps"), None),
    "rest-601": (step(HOLD).replace(b"steps", b"rest = 601\nsteps"), 5),
    "optional-text": (step(HOLD).replace(b"steps", b'optional = "yes"\nsteps'), 5),
    "when-unknown": (step(HOLD).replace(b"[[blocks]]", b'when = "later"\n[[blocks]]'), 3),
    "equipment-unknown": (step(HOLD).replace(b"[[blocks]]", b'equipment = ["rope"]\n[[blocks]]'), 3),
    "equipment-text": (step(HOLD).replace(b"[[blocks]]", b'equipment = "mat"\n[[blocks]]'), 3),
    "focus-numbers": (step(HOLD).replace(b"[[blocks]]", b"focus = [1]\n[[blocks]]"), 3),
    "changeover-121": (step(HOLD).replace(b"[[blocks]]", b"changeover = 121\n[[blocks]]"), 3),
    "unknown-key": (step(HOLD).replace(b"[[blocks]]", b'sumary = "x"\n[[blocks]]'), 3),
    "unknown-table": (step(HOLD) + b"[other]\nx = 1\n", None),
    "unknown-block-key": (step(HOLD).replace(b"steps", b"round = 2\nsteps"), 5),
    "unknown-step-key": (step(HOLD + ", second = 30"), 6),
    "unknown-exercise": (step('exercise = "towel-hamstring-strech"'), 6),
    "exercise-number": (step("exercise = 4"), 6),
    "exercise-and-name": (step(HOLD + ', name = "x"'), 6),
    "neither": (step("seconds = 30"), 6),
    "two-doses": (step(HOLD + ", seconds = 30, breaths = 4"), 6),
    "seconds-zero": (step(HOLD + ", seconds = 0"), 6),
    "seconds-negative": (step(HOLD + ", seconds = -30"), 6),
    "seconds-huge": (step(HOLD + ", seconds = 99999999999999999999"), 6),
    "seconds-nan": (step(HOLD + ", seconds = nan"), 6),
    "seconds-inf": (step(HOLD + ", seconds = inf"), 6),
    "seconds-two-decimals": (step(HOLD + ", seconds = 30.25"), 6),
    "seconds-bare-text": (step(HOLD + ', seconds = "30"'), 6),
    "seconds-odd-text": (step(HOLD + ', seconds = "half a minute"'), 6),
    "seconds-true": (step(HOLD + ", seconds = true"), 6),
    "seconds-list": (step(HOLD + ", seconds = [30]"), 6),
    "seconds-date": (step(HOLD + ", seconds = 2026-01-01"), 6),
    "reps-zero": (step('exercise = "glute-bridge", reps = 0'), 6),
    "reps-201": (step('exercise = "glute-bridge", reps = 201'), 6),
    "reps-half": (step('exercise = "glute-bridge", reps = 1.5'), 6),
    "reps-on-a-hold": (step(HOLD + ", reps = 5"), 6),
    "breaths-61": (step(HOLD + ", breaths = 61"), 6),
    "open-false": (step(HOLD + ", open = false"), 6),
    "side-unknown": (step(HOLD + ', side = "lef"'), 6),
    "side-number": (step(HOLD + ", side = 1"), 6),
    "tempo-three": (step('exercise = "glute-bridge", reps = 5, tempo = [1, 1, 1]'), 6),
    "tempo-zero": (step('exercise = "glute-bridge", reps = 5, tempo = [0, 0, 0, 0]'), 6),
    "tempo-without-reps": (step(HOLD + ", seconds = 30, tempo = [1, 0, 1, 0]"), 6),
    "cadence-one": (step('exercise = "easy-walk", seconds = 60, cadence = [100]'), 6),
    "cadence-low": (step('exercise = "easy-walk", seconds = 60, cadence = [39, 100]'), 6),
    "cadence-word": (step('exercise = "easy-walk", seconds = 60, cadence = [100, "fast"]'), 6),
    "cadence-without-seconds": (step('exercise = "easy-walk", breaths = 4, cadence = [100, 110]'), 6),
    "rpe-11": (step(HOLD + ", rpe = 11"), 6),
    "five-cues": (step(HOLD + ', cues = ["a", "b", "c", "d", "e"]'), 6),
    "long-cue": (step(HOLD + f', cues = ["{"x" * 91}"]'), 6),
    "phase-on-an-exercise": (step(HOLD + ', phase = "core"'), 6),
    "position-on-an-exercise": (step(HOLD + ', position = "supine"'), 6),
    "free-name-without-dose": (step('name = "Hang"'), 6),
    "phase-unknown": (step('name = "Hang", seconds = 20, phase = "hot"'), 6),
    "alternating-odd": (step('exercise = "dead-bug", reps = 7'), 6),
    "only-optional": (step(HOLD + ", optional = true"), None),
    "501-steps": ((BLOCK + "steps = [\n" + f"  {{ {HOLD} }},\n" * 501 + "]\n").encode(), 506),
    "101-blocks": (
        (HEAD + f'[[blocks]]\nname = "b"\nsteps = [{{ {HOLD} }}]\n' * 101).encode(),
        303,
    ),
    "rounds-bomb": (
        (HEAD + f'[[blocks]]\nname = "b"\nrounds = 50\nsteps = [{f"{{ {HOLD} }}, " * 40}]\n' * 10).encode(),
        None,
    ),
    "seven-hours": (
        (BLOCK + "rounds = 7\nsteps = [\n" + '  { name = "Lie", seconds = 3600 },\n]\n').encode(),
        None,
    ),
}  # fmt: skip


def test_there_are_enough_bad_files() -> None:
    assert len(BAD) >= 60


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_located_sentence(name: str, tmp_path: Path) -> None:
    content, line = BAD[name]
    path = tmp_path / f"{name}.toml"
    path.write_bytes(content)
    read = READER.read(path, file="bad.toml")
    assert read.routine is None
    assert read.problems
    assert all(problem.file == "bad.toml" for problem in read.problems)
    assert all("\n" not in problem.message for problem in read.problems)
    assert all(len(problem.message) < 400 for problem in read.problems)
    if line is not None:
        assert line in {problem.line for problem in read.problems}


def test_the_nearest_known_word_is_named(tmp_path: Path) -> None:
    for name, word in (
        ("unknown-key", "summary"),
        ("unknown-block-key", "rounds"),
        ("unknown-step-key", "seconds"),
        ("unknown-exercise", "towel-hamstring-stretch"),
    ):
        path = tmp_path / f"{name}.toml"
        path.write_bytes(BAD[name][0])
        assert word in READER.read(path).problems[0].message


def test_all_problems_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "many.toml"
    path.write_bytes(
        step(HOLD + ', seconds = 0, side = "up", rpe = 12').replace(b'name = "Bad"', b"name = 1")
    )
    assert {problem.line for problem in READER.read(path).problems} == {2, 6}
    assert len(READER.read(path).problems) == 4


def test_a_file_that_is_no_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "nowhere.toml").symlink_to(tmp_path / "gone")
    for name in ("folder", "pipe", "nowhere", "missing"):
        assert READER.read(tmp_path / f"{name}.toml").problems


@pytest.mark.parametrize("name", ["My Routine.toml", "UPPER.toml", "-leading.toml", "ünïcode.toml"])
def test_a_bad_file_name_comes_with_a_better_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(step(HOLD))
    (problem,) = READER.read(path).problems
    assert problem.id == "bad-file-name"
    assert ".toml" in problem.message


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + step(HOLD))
    assert READER.read(path).routine is not None


def test_check_says_every_problem_of_a_folder_and_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, (content, _) in BAD.items():
        (tmp_path / f"{name}.toml").write_bytes(content)
    assert run(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().err.splitlines()
    for name in BAD:
        assert any(f"{name}.toml:" in line for line in said), name
    assert not any("Traceback" in line for line in said)


def test_the_shipped_routines_are_clean() -> None:
    for path in bundled("routines").glob("*.toml"):
        assert READER.read(path).problems == ()


def test_check_works_with_a_poor_locale(tmp_path: Path) -> None:
    path = tmp_path / "ünï.toml"
    path.write_bytes(step(HOLD))
    result = subprocess.run(
        [sys.executable, "-m", "app", "check", str(path)],
        check=False,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        cwd=Path(__file__).parents[2],
    )
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr


TEXT = (bundled("routines") / "post-run-holds-full.toml").read_text("utf-8")


@given(
    st.integers(0, len(TEXT)),
    st.integers(0, 40),
    st.text(alphabet=st.sampled_from("abz019=\"'[]{},.#\n -\\\u2028é\x00"), max_size=12),
)
def test_whatever_is_changed_in_a_file_it_is_read_or_explained(
    place: int, removed: int, added: str
) -> None:
    text = TEXT[:place] + added + TEXT[place + removed :]
    read = READER.parse(text, file="t.toml", routine_id="t")
    assert (read.routine is None) == bool(read.problems)
