"""`list`, `show`, `check` and `where`: their JSON is a promise, and nothing ends in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.cli import run
from app.domain.cues import CueKind
from app.storage.paths import bundled

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
ROUTINES = sorted(path.stem for path in bundled("routines").glob("*.toml"))
MINE = """\
schema = 1
name = "Mine"
when = "morning"
side_change = 4

[[blocks]]
name = "All doses"
rounds = 2
rest = 20
steps = [
  { exercise = "towel-hamstring-stretch", seconds = 7.5, changeover = 10 },
  { exercise = "glute-bridge", reps = 8, changeover = 5 },
  { name = "Breathe", breaths = 3, changeover = 0, rest = 5 },
  { name = "Roll", open = 45, changeover = 6 },
]

[[blocks]]
name = "If there is time"
optional = true
steps = [{ exercise = "easy-walk", seconds = 60 }]
"""
OWN_EXERCISE = """\
schema = 1
[exercises.my-hang]
name = "Hang"
category = "static"
position = "standing"
sides = "both"
mode = "hold"
seconds = 20
"""


@pytest.fixture
def routines(warmdown_home: Path) -> Path:
    folder = warmdown_home / "data" / "routines"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def printed(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return printed


@pytest.fixture
def answer(printed: Callable[..., tuple[int, str, str]]) -> Callable[..., Any]:
    """Return what a command prints as JSON, having checked that it prints nothing else."""

    def answer(*arguments: str, code: int = 0) -> Any:  # noqa: ANN401  (any JSON)
        left, out, err = printed(*arguments, "--json")
        assert (left, err) == (code, "")
        return json.loads(out)

    return answer


def test_list_names_every_shipped_routine(answer: Callable[..., Any]) -> None:
    cards = answer("list")
    assert sorted(card["id"] for card in cards) == ROUTINES
    full = next(card for card in cards if card["id"] == "post-run-holds-full")
    assert full == {
        "id": "post-run-holds-full",
        "name": "Post-run holds, full",
        "when": "after-run",
        "origin": "built-in",
        "duration_ms": 892_000,
        "steps": 24,
        "equipment": ["wall", "mat", "towel"],
    }


def test_list_counts_neither_get_ready_nor_optional_parts(
    routines: Path, answer: Callable[..., Any]
) -> None:
    (routines / "desk-break.toml").write_text(MINE)
    card = next(card for card in answer("list") if card["id"] == "desk-break")
    segments = answer("show", "desk-break")["segments"]
    assert (card["origin"], card["hides"]) == ("yours", "built-in")
    assert card["steps"] == sum(segment["kind"] == "work" for segment in segments)
    assert card["duration_ms"] == sum(s["duration_ms"] for s in segments[1:])


def test_list_names_broken_files_on_the_side_and_goes_on(
    routines: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    (routines / "broken.toml").write_text(MINE.replace("seconds = 7.5", "second = 7.5"))
    (routines / "mine.toml").write_text(MINE)
    code, out, err = printed("list")
    assert code == 1
    assert len(out.splitlines()) == len(ROUTINES) + 1
    assert err.startswith(f"{routines / 'broken.toml'}:11: ")
    assert err.count("\n") == 1


def test_list_reports_a_folder_that_is_none(
    warmdown_home: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    (warmdown_home / "data").mkdir(parents=True)
    (warmdown_home / "data" / "routines").write_text("")
    for _ in range(2):
        code, out, err = printed("list")
        assert (code, len(out.splitlines())) == (1, len(ROUTINES))
        assert "cannot be read" in err


@pytest.mark.parametrize("routine", ROUTINES)
def test_show_tiles_the_time_of_a_shipped_routine(routine: str, answer: Callable[..., Any]) -> None:
    shown = answer("show", routine)
    at_ms = 0
    for index, segment in enumerate(shown["segments"]):
        assert (segment["index"], segment["start_ms"]) == (index, at_ms)
        assert (segment["dose"] is not None) == (segment["kind"] == "work")
        assert segment["side"] in {"left", "right", "both"}
        at_ms += segment["duration_ms"]
    assert shown["segments"][0]["kind"] == "get-ready"
    assert (shown["id"], shown["duration_ms"]) == (routine, at_ms)


def test_show_says_kind_exercise_side_round_and_dose(
    routines: Path, answer: Callable[..., Any]
) -> None:
    (routines / "mine.toml").write_text(MINE)
    segments = answer("show", "mine")["segments"]
    first_round = [
        (s["kind"], s["exercise"], s["side"], s["round"], s["duration_ms"], s["dose"])
        for s in segments[1:11]
    ]
    assert first_round == [
        ("work", "towel-hamstring-stretch", "left", 1, 7_500, {"seconds": 7.5}),
        ("changeover", "towel-hamstring-stretch", "right", 1, 4_000, None),
        ("work", "towel-hamstring-stretch", "right", 1, 7_500, {"seconds": 7.5}),
        ("changeover", "glute-bridge", "both", 1, 5_000, None),
        ("work", "glute-bridge", "both", 1, segments[5]["duration_ms"], {"reps": 8}),
        ("work", None, "both", 1, 30_000, {"breaths": 3}),
        ("rest", None, "both", 1, 5_000, None),
        ("changeover", None, "both", 1, 6_000, None),
        ("work", None, "both", 1, 45_000, {"open": True}),
        ("rest", "towel-hamstring-stretch", "left", segments[10]["round"], 20_000, None),
    ]
    assert {segment["name"] for segment in segments if segment["exercise"] is None} == {
        "Breathe",
        "Roll",
    }
    assert segments[-1]["kind"] == "work"


def test_show_has_optional_parts_only_when_asked(
    routines: Path, answer: Callable[..., Any]
) -> None:
    (routines / "mine.toml").write_text(MINE)
    walks = [
        [s["exercise"] for s in answer("show", "mine", *options)["segments"]].count("easy-walk")
        for options in ([], ["--with-optional"])
    ]
    assert walks == [0, 2]


def test_show_lists_cues_in_order_when_asked(answer: Callable[..., Any]) -> None:
    assert "cues" not in answer("show", "post-run-holds-express")
    shown = answer("show", "post-run-holds-express", "--cues")
    times = [cue["at_ms"] for cue in shown["cues"]]
    assert times == sorted(times)
    assert {cue["kind"] for cue in shown["cues"]} <= {kind.value for kind in CueKind}
    assert {cue["side"] for cue in shown["cues"]} <= {None, "left", "right"}
    assert all(
        set(cue) == {"at_ms", "duration_ms", "kind", "text", "side"} for cue in shown["cues"]
    )
    last_tone, last_line = shown["cues"][-2:]
    assert last_tone["kind"] == "routine-done"
    assert last_tone["at_ms"] == shown["duration_ms"]
    assert last_line["text"] == "Done. Well stretched."
    assert last_line["at_ms"] > shown["duration_ms"]


def test_show_lists_what_is_said_only_while_the_voice_is_on(
    warmdown_home: Path, answer: Callable[..., Any]
) -> None:
    said = [cue["text"] for cue in answer("show", "walk-to-pace", "--cues")["cues"]]
    assert "Up to one hundred eighteen steps a minute." in " ".join(filter(None, said))
    (warmdown_home / "config").mkdir(parents=True, exist_ok=True)
    (warmdown_home / "config/settings.toml").write_text("voice = false\n", "utf-8")
    cues = answer("show", "walk-to-pace", "--cues")["cues"]
    assert {cue["text"] for cue in cues} == {None}


def test_show_takes_a_file(tmp_path: Path, answer: Callable[..., Any]) -> None:
    path = tmp_path / "elsewhere.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode())
    assert answer("show", str(path))["id"] == "elsewhere"


def test_show_obeys_the_settings(warmdown_home: Path, answer: Callable[..., Any]) -> None:
    before = answer("show", "post-run-holds-express")["segments"][0]["duration_ms"]
    (warmdown_home / "config").mkdir(parents=True)
    (warmdown_home / "config" / "settings.toml").write_text("get_ready = 25\n")
    after = answer("show", "post-run-holds-express")["segments"][0]["duration_ms"]
    assert (before, after) == (10_000, 25_000)


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("post-run-hold-full", "post-run-holds-full"),
        ("", "no routine"),
        ("a" * 5_000, "no routine"),
        ("\udcff", "no routine"),
        ("../desk-break", "no such file"),
        ("/dev/null/x.toml", "cannot be read"),
        ("missing.toml", "missing.toml: there is no such file"),
        (".", "a file is needed, found a folder"),
    ],
)
def test_show_says_in_a_sentence_why_it_cannot(
    reference: str, says: str, printed: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = printed("show", reference)
    assert (code, out) == (1, "")
    assert err.startswith("warmdown: ")
    assert says in err


def test_check_finds_nothing_wrong_with_what_is_shipped(
    answer: Callable[..., Any], printed: Callable[..., tuple[int, str, str]]
) -> None:
    folder, exercises = str(bundled("routines")), str(bundled("exercises.toml"))
    assert answer("check", folder, exercises) == []
    assert printed("check", folder) == (0, "20 files, no problems\n", "")


def test_check_names_file_line_severity_rule_and_need(
    tmp_path: Path, answer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("given")
    folder.mkdir()
    (folder / "good.toml").write_text(MINE)
    (folder / ".hidden.toml").write_text("x")
    (folder / "notes.txt").write_text("x")
    (folder / "deeper").mkdir()
    (folder / "deeper" / "bad.toml").write_text("x")
    (folder / "bad.toml").write_text(MINE.replace("reps = 8", "reps = 0"))
    assert answer("check", "given", code=1) == [
        {
            "file": str(folder / "bad.toml"),
            "line": 12,
            "severity": "error",
            "id": "bad-number",
            "message": (
                'step 2 of block "All doses": reps must be a whole number from 1 to 200, found 0'
            ),
        }
    ]


def test_check_reads_exercises_beside_routines_as_a_library(
    tmp_path: Path, answer: Callable[..., Any]
) -> None:
    (tmp_path / "exercises.toml").write_text(OWN_EXERCISE)
    (tmp_path / "mine.toml").write_text(MINE.replace('glute-bridge", reps = 8', 'my-hang"'))
    assert answer("check", str(tmp_path)) == []
    (tmp_path / "exercises.toml").write_text(OWN_EXERCISE.replace("seconds = 20\n", ""))
    found = answer("check", str(tmp_path), code=1)
    assert [(problem["id"], problem["line"]) for problem in found] == [
        ("missing-dose", 2),
        ("unknown-exercise", 12),
    ]


def test_check_proposes_a_name_that_is_free(tmp_path: Path, answer: Callable[..., Any]) -> None:
    (tmp_path / "my-routine.toml").write_text(MINE)
    (tmp_path / "My Routine.TOML").write_text(MINE)
    (problem,) = answer("check", str(tmp_path), code=1)
    assert (problem["id"], problem["line"]) == ("bad-file-name", None)
    assert '"my-routine-2.toml"' in problem["message"]


def test_where_names_the_folders(warmdown_home: Path, answer: Callable[..., Any]) -> None:
    assert answer("where") == {
        "home": str(warmdown_home),
        "data": str(warmdown_home / "data"),
        "config": str(warmdown_home / "config"),
        "cache": str(warmdown_home / "cache"),
        "logs": str(warmdown_home / "logs"),
        "routines": str(warmdown_home / "data" / "routines"),
        "history": str(warmdown_home / "data" / "history.db"),
    }
    assert not warmdown_home.exists()


def test_where_without_a_home_uses_the_platforms_folders(
    answer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WARMDOWN_HOME")
    named = answer("where")
    assert named["home"] is None
    assert all(Path(path).is_absolute() for name, path in named.items() if name != "home")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["lst"], "did you mean 'list'"),
        (["frobnicate"], "no command 'frobnicate'"),
        (["--frobnicate"], "required"),
        (["show"], "ROUTINE"),
        (["show", "desk-break", "--js"], "--js"),
        (["show", "desk-break", "morning-loosener"], "morning-loosener"),
        (["check"], "PATH"),
        (["start"], "ROUTINE"),
        (["list", "--csv"], "--csv"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(
    arguments: list[str], says: str, printed: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = printed(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("warmdown: ")
    assert err.count("\n") == 1
    assert says in err


@pytest.mark.parametrize("arguments", [["--help"], ["show", "--help"], ["--version"]])
def test_help_and_version_are_printed(
    arguments: list[str], printed: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = printed(*arguments)
    assert (code, err) == (0, "")
    assert "warmdown" in out


def warmdown(*arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_names_that_the_terminal_cannot_show_come_out_escaped(routines: Path) -> None:
    (routines / "mine.toml").write_text(MINE.replace("Mine", "Ménage"), "utf-8")
    Path(os.fsdecode(os.fsencode(routines) + b"/\xff.toml")).write_text(MINE)
    done = warmdown("list", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"M\\xe9nage" in done.stdout
    assert b"Traceback" not in done.stderr
    assert b"\\udcff.toml" in done.stderr
    assert json.loads(warmdown("list", "--json", PYTHONIOENCODING="ascii").stdout)


def test_a_reader_that_has_seen_enough_gets_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app", "show", "post-run-flow", "--cues", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_printing_imports_no_qt() -> None:
    code = (
        "import sys; from app.cli import run; run(['list']); run(['show', 'desk-break', '--cues']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
