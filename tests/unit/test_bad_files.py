"""Files that cannot be used: each gets a located sentence, none a traceback, all at once."""

import os
import subprocess
import sys
import tempfile
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

BAD: dict[str, tuple[bytes, str, int | None]] = {
    # name: the file's bytes, the rule that it breaks, and the line that is named
    "empty": (b"", "missing-key", 1),
    "not-toml": (b"hello there", "syntax", 1),
    "open-string": (b'schema = 1\nname = "x\n', "syntax", 2),
    "open-list": (BLOCK.encode() + b"steps = [\n", "syntax", 5),
    "binary": (bytes(range(256)) * 4, "not-text", None),
    "nul": (HEAD.encode() + b"\x00", "not-text", None),
    "not-utf8": (b'schema = 1\nname = "\xff"\n', "not-utf-8", 2),
    "ten-megabytes": (b"# " + b"x" * 10_000_000, "too-large", None),
    "deep-lists": (b"a = " + b"[" * 20_000, "too-deep", 1),
    "deep-tables": (b"schema = 1\na = " + b"{ a = " * 5_000, "too-deep", 2),
    "duplicate-key": (b'schema = 1\nname = "a"\nname = "b"\n', "syntax", 3),
    "no-schema": (b'name = "a"\n[[blocks]]\nname = "b"\nsteps = [{ ' + HOLD.encode() + b" }]\n", "missing-key", 1),
    "newer-schema": (b'schema = 9\nname = "a"\n', "newer-schema", 1),
    "schema-text": (step(HOLD).replace(b"schema = 1", b'schema = "1"'), "bad-schema", 1),
    "no-name": (BLOCK.replace('name = "Bad"\n', "").encode() + b"steps = [{ " + HOLD.encode() + b" }]\n", "missing-key", 1),
    "name-number": (step(HOLD).replace(b'"Bad"', b"5"), "bad-text", 2),
    "name-empty": (step(HOLD).replace(b'"Bad"', b'""'), "bad-text", 2),
    "name-long": (step(HOLD).replace(b"Bad", b"x" * 81), "bad-text", 2),
    "name-two-lines": (step(HOLD).replace(b'"Bad"', b'"a\\nb"'), "bad-text", 2),
    "no-blocks": (HEAD.encode(), "missing-key", 1),
    "blocks-text": (HEAD.encode() + b'blocks = "x"\n', "bad-blocks", 3),
    "blocks-empty": (HEAD.encode() + b"blocks = []\n", "empty-blocks", 3),
    "blocks-numbers": (HEAD.encode() + b"blocks = [1]\n", "bad-block", 3),
    "no-steps": (BLOCK.encode(), "missing-key", 3),
    "steps-empty": (BLOCK.encode() + b"steps = []\n", "empty-steps", 5),
    "steps-text": (BLOCK.encode() + b'steps = "x"\n', "bad-steps", 5),
    "steps-numbers": (BLOCK.encode() + b"steps = [\n  1,\n]\n", "bad-step", 6),
    "block-without-name": (step(HOLD).replace(b'name = "Block"\n', b""), "missing-key", 3),
    "rounds-zero": (step(HOLD).replace(b"steps", b"rounds = 0\nsteps"), "bad-number", 5),
    "rounds-51": (step(HOLD).replace(b"steps", b"rounds = 51\nsteps"), "bad-number", 5),
    "rounds-true": (step(HOLD).replace(b"steps", b"rounds = true\nsteps"), "bad-number", 5),
    "rounds-huge": (step(HOLD).replace(b"steps", b"rounds = " + b"9" * 400 + b"\nsteps"), "bad-number", 5),
    "rest-601": (step(HOLD).replace(b"steps", b"rest = 601\nsteps"), "bad-duration", 5),
    "optional-text": (step(HOLD).replace(b"steps", b'optional = "yes"\nsteps'), "bad-flag", 5),
    "when-unknown": (step(HOLD).replace(b"[[blocks]]", b'when = "later"\n[[blocks]]'), "bad-choice", 3),
    "equipment-unknown": (step(HOLD).replace(b"[[blocks]]", b'equipment = ["rope"]\n[[blocks]]'), "bad-choice", 3),
    "equipment-text": (step(HOLD).replace(b"[[blocks]]", b'equipment = "mat"\n[[blocks]]'), "bad-list", 3),
    "focus-numbers": (step(HOLD).replace(b"[[blocks]]", b"focus = [1]\n[[blocks]]"), "bad-text", 3),
    "changeover-121": (step(HOLD).replace(b"[[blocks]]", b"changeover = 121\n[[blocks]]"), "bad-duration", 3),
    "unknown-key": (step(HOLD).replace(b"[[blocks]]", b'sumary = "x"\n[[blocks]]'), "unknown-key", 3),
    "unknown-table": (step(HOLD) + b"[other]\nx = 1\n", "unknown-key", 8),
    "unknown-block-key": (step(HOLD).replace(b"steps", b"round = 2\nsteps"), "unknown-key", 5),
    "unknown-step-key": (step(HOLD + ", second = 30"), "unknown-key", 6),
    "unknown-exercise": (step('exercise = "towel-hamstring-strech"'), "unknown-exercise", 6),
    "exercise-number": (step("exercise = 4"), "bad-text", 6),
    "exercise-and-name": (step(HOLD + ', name = "x"'), "exercise-and-name", 6),
    "neither": (step("seconds = 30"), "missing-key", 6),
    "two-doses": (step(HOLD + ", seconds = 30, breaths = 4"), "more-than-one-dose", 6),
    "seconds-zero": (step(HOLD + ", seconds = 0"), "bad-duration", 6),
    "seconds-negative": (step(HOLD + ", seconds = -30"), "bad-duration", 6),
    "seconds-huge": (step(HOLD + ", seconds = 99999999999999999999"), "bad-duration", 6),
    "seconds-nan": (step(HOLD + ", seconds = nan"), "bad-duration", 6),
    "seconds-inf": (step(HOLD + ", seconds = inf"), "bad-duration", 6),
    "seconds-two-decimals": (step(HOLD + ", seconds = 30.25"), "bad-duration", 6),
    "seconds-bare-text": (step(HOLD + ', seconds = "30"'), "bad-duration", 6),
    "seconds-odd-text": (step(HOLD + ', seconds = "half a minute"'), "bad-duration", 6),
    "seconds-true": (step(HOLD + ", seconds = true"), "bad-duration", 6),
    "seconds-list": (step(HOLD + ", seconds = [30]"), "bad-duration", 6),
    "seconds-date": (step(HOLD + ", seconds = 2026-01-01"), "bad-duration", 6),
    "reps-zero": (step('exercise = "glute-bridge", reps = 0'), "bad-number", 6),
    "reps-201": (step('exercise = "glute-bridge", reps = 201'), "bad-number", 6),
    "reps-half": (step('exercise = "glute-bridge", reps = 1.5'), "bad-number", 6),
    "reps-on-a-hold": (step(HOLD + ", reps = 5"), "missing-tempo", 6),
    "breaths-61": (step(HOLD + ", breaths = 61"), "bad-number", 6),
    "open-false": (step(HOLD + ", open = false"), "bad-duration", 6),
    "side-unknown": (step(HOLD + ', side = "lef"'), "bad-choice", 6),
    "side-number": (step(HOLD + ", side = 1"), "bad-choice", 6),
    "tempo-three": (step('exercise = "glute-bridge", reps = 5, tempo = [1, 1, 1]'), "bad-tempo", 6),
    "tempo-zero": (step('exercise = "glute-bridge", reps = 5, tempo = [0, 0, 0, 0]'), "bad-tempo", 6),
    "tempo-without-reps": (step(HOLD + ", seconds = 30, tempo = [1, 0, 1, 0]"), "tempo-without-reps", 6),
    "cadence-one": (step('exercise = "easy-walk", seconds = 60, cadence = [100]'), "bad-cadence", 6),
    "cadence-low": (step('exercise = "easy-walk", seconds = 60, cadence = [39, 100]'), "bad-cadence", 6),
    "cadence-word": (step('exercise = "easy-walk", seconds = 60, cadence = [100, "fast"]'), "bad-cadence", 6),
    "cadence-without-seconds": (step('exercise = "easy-walk", breaths = 4, cadence = [100, 110]'), "cadence-without-seconds", 6),
    "rpe-11": (step(HOLD + ", rpe = 11"), "bad-number", 6),
    "five-cues": (step(HOLD + ', cues = ["a", "b", "c", "d", "e"]'), "bad-list", 6),
    "long-cue": (step(HOLD + f', cues = ["{"x" * 91}"]'), "bad-text", 6),
    "phase-on-an-exercise": (step(HOLD + ', phase = "core"'), "free-name-only", 6),
    "position-on-an-exercise": (step(HOLD + ', position = "supine"'), "free-name-only", 6),
    "free-name-without-dose": (step('name = "Hang"'), "missing-dose", 6),
    "phase-unknown": (step('name = "Hang", seconds = 20, phase = "hot"'), "bad-choice", 6),
    "alternating-odd": (step('exercise = "dead-bug", reps = 7'), "odd-reps", 6),
    "only-optional": (step(HOLD + ", optional = true"), "nothing-to-do", 3),
    "501-steps": ((BLOCK + "steps = [\n" + f"  {{ {HOLD} }},\n" * 501 + "]\n").encode(), "too-many-steps", 506),
    "101-blocks": (
        (HEAD + f'[[blocks]]\nname = "b"\nsteps = [{{ {HOLD} }}]\n' * 101).encode(),
        "too-many-blocks", 303,
    ),
    "rounds-bomb": (
        (HEAD + f'[[blocks]]\nname = "b"\nrounds = 50\nsteps = [{f"{{ {HOLD} }}, " * 40}]\n' * 10).encode(),
        "too-many-segments", 5,
    ),
    "seven-hours": (
        (BLOCK + "rounds = 7\nsteps = [\n" + '  { name = "Lie", seconds = 3600 },\n]\n').encode(),
        "too-long", 5,
    ),
    "open-literal": (HEAD.encode() + b"summary = 'x\n", "syntax", 3),
    "open-long-text": (HEAD.encode() + b"summary = \'\'\'x\n", "syntax", 3),
    "unseen-letters": (step('exercise = "easy\u202e-\u200bwalk\x85"'), "unknown-exercise", 6),
    "curly-quotes": ("schema = 1\nname = \u201cHips\u201d\n".encode(), "syntax", 2),
    "no-comma": (BLOCK.encode() + b"steps = [\n  { open = true }\n  { open = true }\n]\n", "syntax", 7),
    "step-on-two-lines": (BLOCK.encode() + b"steps = [\n  { open = true,\n    rpe = 3 },\n]\n", "syntax", 6),
    "key-twice-in-a-step": (step(HOLD + ", rpe = 3, rpe = 4"), "syntax", 6),
    "key-of-100000-dots": (HEAD.encode() + b".".join([b"a"] * 100_000) + b" = 1\n", "syntax", 3),
    "number-of-5000-digits": (step(HOLD + ", rpe = " + "9" * 5_000), "bad-number", 6),
    "hexadecimal-bomb": (step(HOLD + ", rpe = 0x" + "f" * 20_000), "bad-number", 6),
    "schema-zero": (step(HOLD).replace(b"schema = 1", b"schema = 0"), "bad-schema", 1),
    "schema-fraction": (step(HOLD).replace(b"schema = 1", b"schema = 1.0"), "bad-schema", 1),
    "name-spaces": (step(HOLD).replace(b'"Bad"', b'"   "'), "bad-text", 2),
    "summary-long": (step(HOLD).replace(b"[[", b'summary = "' + b"x" * 201 + b'"\n[[', 1), "bad-text", 3),
    "sources-text": (step(HOLD).replace(b"[[", b'sources = "me"\n[[', 1), "bad-list", 3),
    "equipment-twice": (step(HOLD).replace(b"[[", b'equipment = ["mat", "mat"]\n[[', 1), "repeated-item", 3),
    "one-block-table": (step(HOLD).replace(b"[[blocks]]", b"[blocks]"), "bad-blocks", 3),
    "block-name-61": (step(HOLD).replace(b'"Block"', b'"' + b"x" * 61 + b'"'), "bad-text", 4),
    "rest-negative": (step(HOLD).replace(b"steps", b"rest = -5\nsteps"), "bad-duration", 5),
    "step-key-in-a-block": (step(HOLD).replace(b"steps", b"seconds = 5\nsteps"), "unknown-key", 5),
    "steps-as-tables": (BLOCK.encode() + b"[[blocks.steps]]\nname = 'Hang'\nrpe = 3\n", "missing-dose", 5),
    "free-name-81": (step(f'name = "{"x" * 81}", seconds = 20'), "bad-text", 6),
    "note-401": (step(HOLD + f', note = "{"x" * 401}"'), "bad-text", 6),
    "position-unknown": (step('name = "Hang", seconds = 20, position = "up"'), "bad-choice", 6),
    "seconds-61-minutes": (step(HOLD + ', seconds = "61 min"'), "bad-duration", 6),
    "seconds-overflow": (step(HOLD + ", seconds = 1e400"), "bad-duration", 6),
    "tempo-flag": (step('exercise = "glute-bridge", tempo = [2, true, 2, 0]'), "bad-tempo", 6),
    "cadence-flag": (step('exercise = "easy-walk", cadence = [true, 100]'), "bad-cadence", 6),
    "reps-too-long": (step('exercise = "glute-bridge", reps = 200, tempo = [60, 0, 60, 0]'), "bad-length", 6),
}  # fmt: skip


def test_there_are_enough_bad_files() -> None:
    assert len(BAD) >= 60


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_located_sentence(name: str, tmp_path: Path) -> None:
    content, rule, line = BAD[name]
    path = tmp_path / f"{name}.toml"
    path.write_bytes(content)
    read = READER.read(path, file="bad.toml")
    assert read.routine is None
    assert {(problem.id, problem.line) for problem in read.problems} == {(rule, line)}
    assert all(problem.file == "bad.toml" for problem in read.problems)
    assert all(problem.message.isprintable() for problem in read.problems)
    assert all(len(problem.message) < 240 for problem in read.problems)


def test_a_problem_in_a_step_names_step_and_block(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    for name, (content, rule, line) in BAD.items():
        in_a_step = content.startswith(BLOCK.encode()) and line == 6
        # What is no TOML has no steps yet.
        if in_a_step and rule != "syntax" and name != "number-of-5000-digits":
            path.write_bytes(content)
            (problem,) = READER.read(path).problems
            assert problem.message.startswith('step 1 of block "Block"'), name


@pytest.mark.parametrize(
    ("typed", "found"),
    [("2.0", "2.0"), ("-3.0", "-3.0"), ("1e20", "1e+20"), ("nan", "nan"), ("inf", "inf")],
)
def test_a_fraction_does_not_look_like_a_whole_number(typed: str, found: str) -> None:
    text = step(f"{HOLD}, rpe = {typed}").decode()
    (problem,) = READER.parse(text, file="bad.toml", routine_id="bad").problems
    assert problem.message.endswith(f"a whole number from 1 to 10, found {found}")


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
    for name, (content, *_) in BAD.items():
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


SHIPPED = [path.read_bytes() for path in sorted(bundled("routines").glob("*.toml"))]
CHANGES = st.tuples(st.integers(0, 2_000), st.integers(0, 9), st.binary(max_size=4))


@given(st.sampled_from(SHIPPED), st.lists(CHANGES, min_size=1, max_size=4))
def test_whatever_bytes_are_changed_the_file_is_read_or_explained(
    data: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    for place, removed, added in changes:
        data = data[:place] + added + data[place + removed :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.toml"
        path.write_bytes(data)
        read = READER.read(path)
    assert (read.routine is None) == bool(read.problems)
    lines = data.count(b"\n") + 1
    for problem in read.problems:
        assert problem.message.isprintable()
        assert problem.line is None or 1 <= problem.line <= lines
