"""`export` with audio: what it writes and prints, and one sentence for all that is in its way."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from decoded import decoded, offsets
from history_cases import record

from app.cli import run
from app.domain.choices import Choices
from app.domain.cues import CueKind, plan
from app.domain.expand import expand
from app.sound.earcons import Earcons
from app.sound.pcm import amplitude, louder
from app.sound.soundtrack import render
from app.storage.history_db import HistoryDb
from app.storage.paths import bundled, user_folders
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain.timeline import Timeline

ROOT = Path(__file__).parents[2]
EARCONS = Earcons(bundled("sounds"))
ROUTINE = """\
schema = 1
name = "Short"
[[blocks]]
name = "Hold"
steps = [
  { name = "Reach up", seconds = 3, side = "each", side_change = 4, changeover = 0 },
  { name = "Walk", seconds = 4, cadence = [150, 160], changeover = 0 },
  { name = "Roll", open = 4, changeover = 0 },
]
[[blocks]]
name = "More"
optional = true
steps = [{ name = "Rock", seconds = 2, changeover = 0 }]
"""
NO_VOICE = "voice = false\nvolume = 0.5\ntones_level = 0.8\n"
PATIENCE_S = 60.0


@pytest.fixture
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A routine's file in the working directory, with the voice off in the settings."""
    monkeypatch.chdir(tmp_path)
    folders = user_folders()
    folders.settings.parent.mkdir(parents=True)
    folders.settings.write_text(NO_VOICE, "utf-8")
    path = tmp_path / "short.toml"
    path.write_text(ROUTINE, "utf-8")
    return path


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def printed(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return printed


def laid_flat(*, with_optional: bool = False) -> Timeline:
    read = RoutineReader({}).parse(ROUTINE, file="short.toml", routine_id="short")
    assert read.routine is not None
    return expand(read.routine, {}, Choices(with_optional=with_optional))


def left(folder: Path) -> set[str]:
    """Return what there is in a folder, hidden files too."""
    return {path.name for path in folder.iterdir() if path.name != "warmdown-home"}


# What it writes


@pytest.mark.parametrize(("ending", "most"), [("wav", 0), ("flac", 0), ("ogg", 2), ("mp3", 2)])
def test_every_kind_holds_every_tone_at_its_frame(
    ending: str,
    most: int,
    short: Path,
    tmp_path: Path,
    printed: Callable[..., tuple[int, str, str]],
) -> None:
    path = tmp_path / f"out.{ending}"
    code, out, err = printed("export", short, path)
    assert (code, err) == (0, "")
    assert out == f"{path}: 0:30, 4 chapters\n"
    cues = plan(laid_flat())
    factor = amplitude(0.5) * amplitude(0.8)
    late = offsets(decoded(path), cues, EARCONS, factor=factor)
    assert len(late) == len(cues) > 20
    assert max(map(abs, late)) <= most
    assert left(tmp_path) == {"short.toml", path.name}


def test_a_wav_is_the_soundtrack_itself_at_the_volume_that_is_set(
    tmp_path: Path, short: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    user_folders().settings.write_text("voice = false\nvolume = 0.6\n", "utf-8")
    assert printed("export", short, tmp_path / "out.wav")[0] == 0
    render(plan(laid_flat()), tmp_path / "raw", EARCONS)
    expected = louder((tmp_path / "raw").read_bytes(), amplitude(0.6))
    samples = decoded(tmp_path / "out.wav")
    assert np.array_equal(samples, np.frombuffer(expected, "<i2").reshape(-1, 2))


def test_an_open_step_lasts_its_estimate_and_the_end_rings_out(
    short: Path, tmp_path: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = printed("export", short, tmp_path / "a.wav", "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    timeline = laid_flat()
    assert timeline.segments[-1].is_open
    assert answer == {
        "file": str(tmp_path / "a.wav"),
        "format": "wav",
        "seconds": (timeline.duration_ms + 2_400) / 1_000,
        "chapters": [
            {"at_ms": 0, "title": "1. Reach up, left"},
            {"at_ms": 13_000, "title": "2. Reach up, right"},
            {"at_ms": 20_000, "title": "3. Walk"},
            {"at_ms": 24_000, "title": "4. Roll"},
        ],
        "voice": None,
        "trouble": None,
        "lack": None,
        "problems": [],
    }
    assert len(decoded(tmp_path / "a.wav")) == answer["seconds"] * 48_000


def test_optional_parts_are_in_where_they_are_asked_for(
    short: Path, tmp_path: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    _, out, _ = printed("export", short, tmp_path / "a.wav", "--with-optional", "--json")
    answer = json.loads(out)
    assert answer["chapters"][-1]["title"] == "5. Rock"
    assert answer["seconds"] == (laid_flat(with_optional=True).duration_ms + 2_400) / 1_000


@pytest.mark.usefixtures("short")
def test_a_shipped_routine_is_named_by_its_id_and_the_ending_may_be_in_capitals(
    tmp_path: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _ = printed("export", "desk-break", tmp_path / "A.WAV", "--json")
    assert code == 0
    assert json.loads(out)["format"] == "wav"


def test_a_bit_rate_holds_for_mp3(
    short: Path, tmp_path: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    assert printed("export", short, tmp_path / "a.mp3", "--bitrate", "64")[0] == 0
    size = (tmp_path / "a.mp3").stat().st_size
    assert size == pytest.approx(30.4 * 8_000, rel=0.05)


def test_sounds_of_ones_own_are_in_it_and_what_cannot_be_used_is_told(
    short: Path, tmp_path: Path, warmdown_home: Path
) -> None:
    own = tmp_path / "wood blocks"
    own.mkdir()
    shutil.copy(bundled("sounds") / "rest.wav", own / "start.wav")
    (own / "half.wav").write_bytes(b"no sound")
    settings = f'voice = false\nvolume = 1.0\ncue_set = "{own.as_posix()}"\n'
    user_folders().settings.write_text(settings, "utf-8")
    process = start(short, tmp_path / "a.wav", home=warmdown_home)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out) == (0, f"{tmp_path / 'a.wav'}: 0:30, 4 chapters\n")
    assert err.startswith(f"{own / 'half.wav'}: ")
    assert err.count("\n") == 1
    samples = decoded(tmp_path / "a.wav")
    cues = plan(laid_flat())
    others = [cue for cue in cues if cue.kind is not CueKind.START]
    assert set(offsets(samples, others, EARCONS)) <= {-1, 0, 1}
    begin = next(cue for cue in cues if cue.kind is CueKind.START).at_ms * 48
    assert samples[begin : begin + 4_800].any()
    with pytest.raises(AssertionError, match="is not there"):
        offsets(samples, [cue for cue in cues if cue.kind is CueKind.START], EARCONS)


def test_with_json_what_cannot_be_used_is_told_in_it(
    short: Path, tmp_path: Path, warmdown_home: Path
) -> None:
    own = tmp_path / "wood"
    own.mkdir()
    (own / "half.wav").write_bytes(b"no sound")
    settings = f'voice = false\nvolume = 7\ncue_set = "{own.as_posix()}"\n'
    user_folders().settings.write_text(settings, "utf-8")
    process = start(short, tmp_path / "a.wav", "--json", home=warmdown_home)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    wrong = json.loads(out)["problems"]
    assert [problem["file"] for problem in wrong] == [
        str(user_folders().settings),
        str(own / "half.wav"),
    ]
    assert wrong[0]["line"] == 2
    assert wrong[1]["message"]


@pytest.mark.parametrize("as_json", [False, True])
def test_what_is_not_said_is_told(
    as_json: bool,  # noqa: FBT001  (a parameter of the test)
    short: Path,
    tmp_path: Path,
    warmdown_home: Path,
) -> None:
    user_folders().settings.write_text('engine = "nobody"\n', "utf-8")
    short.write_text(ROUTINE.replace("Reach up", "Zzyzx qwrt"), "utf-8")
    options = ["--json"] if as_json else []
    process = start(short, tmp_path / "a.wav", *options, home=warmdown_home, has_engines=False)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    if as_json:
        assert (json.loads(out)["trouble"], err) == (None, "")
        told = json.loads(out)["lack"]
    else:
        assert err.startswith("warmdown: ")
        assert err.count("\n") == 1
        told = err
    assert "The voice nobody, chosen in the settings, is not on this machine." in told


@pytest.mark.parametrize(("sessions", "first"), [(0, "left"), (1, "right")])
def test_sides_take_turns_with_the_sessions_that_are_kept(
    sessions: int,
    first: str,
    short: Path,
    tmp_path: Path,
    printed: Callable[..., tuple[int, str, str]],
) -> None:
    settings = f'{NO_VOICE}first_side = "alternate"\n'
    user_folders().settings.write_text(settings, "utf-8")
    if sessions:
        db = HistoryDb(user_folders().history)
        db.put_session(record())
        assert db.close(20)
    code, out, err = printed("export", short, tmp_path / "a.wav", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["chapters"][0]["title"] == f"1. Reach up, {first}"


def test_a_history_that_cannot_be_read_keeps_nobody_from_an_export(
    short: Path, tmp_path: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    user_folders().settings.write_text(f'{NO_VOICE}first_side = "alternate"\n', "utf-8")
    user_folders().history.mkdir(parents=True)
    code, _, err = printed("export", short, tmp_path / "a.wav")
    assert code == 0
    assert err.startswith("warmdown: ")
    assert (tmp_path / "a.wav").exists()


# What is in its way


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("short.toml", "a.aac"), "'a.aac' must end in .wav, .flac, .ogg or .mp3, not .aac"),
        (("short.toml", "mp3"), "'mp3' must end in .wav, .flac, .ogg or .mp3, and this has no"),
        (("short.toml",), "the following arguments are required: FILE"),
        (("short.toml", "a.mp3", "--bitrate", "100"), "invalid choice: 100"),
        (("short.toml", "a.ogg", "--bitrate", "128"), "--bitrate is for MP3"),
        (("short.toml", "a.wav", "b.wav"), "unrecognized arguments: b.wav"),
    ],
)
@pytest.mark.usefixtures("short")
def test_wrong_usage_is_told_in_one_line(
    arguments: tuple[str, ...],
    complaint: str,
    tmp_path: Path,
    printed: Callable[..., tuple[int, str, str]],
) -> None:
    code, out, err = printed("export", *arguments)
    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1
    assert left(tmp_path) == {"short.toml"}


def test_a_file_that_is_there_is_kept_without_force(
    short: Path, tmp_path: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"mine")
    code, out, err = printed("export", short, path)
    assert (code, out) == (1, "")
    assert err == f"warmdown: {path} is there already; --force replaces it\n"
    assert path.read_bytes() == b"mine"
    assert printed("export", short, path, "--force")[0] == 0
    assert path.read_bytes()[:4] == b"RIFF"


def test_with_json_a_problem_is_told_in_it(
    short: Path, tmp_path: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    path = tmp_path / "a.wav"
    path.touch()
    code, out, err = printed("export", short, path, "--json")
    assert (code, err) == (1, "")
    assert json.loads(out) == {"error": f"{path} is there already; --force replaces it"}


@pytest.mark.parametrize(
    ("file", "reason"),
    [("nowhere/a.wav", "there is no folder"), ("folder.wav", "it is a folder")],
)
def test_a_place_that_cannot_be_written_is_named(
    file: str,
    reason: str,
    short: Path,
    tmp_path: Path,
    printed: Callable[..., tuple[int, str, str]],
) -> None:
    (tmp_path / "folder.wav").mkdir()
    code, out, err = printed("export", short, tmp_path / file, "--force")
    assert (code, out) == (1, "")
    assert err.startswith(f"warmdown: Cannot write {tmp_path / file}: {reason}")
    assert err.count("\n") == 1
    assert left(tmp_path) == {"short.toml", "folder.wav"}


def test_a_routine_that_is_none_is_said(
    short: Path, tmp_path: Path, printed: Callable[..., tuple[int, str, str]]
) -> None:
    short.write_text(ROUTINE.replace("seconds = 3", "seconds = 0"), "utf-8")
    code, _, err = printed("export", short, tmp_path / "a.wav")
    assert code == 1
    assert f"{short}:6: " in err
    assert printed("export", "no-such-routine", tmp_path / "a.wav")[0] == 1
    assert left(tmp_path) == {"short.toml"}


def test_a_missing_package_is_told_before_anything_is_done(
    short: Path,
    tmp_path: Path,
    printed: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "lameenc", None)
    code, _, err = printed("export", short, tmp_path / "a.mp3")
    assert code == 1
    assert err == (
        "warmdown: MP3 files need the package lameenc: pip install 'warmdown[mp3]' "
        "(WAV needs nothing)\n"
    )


# Being ended


WITHOUT_ENGINES = """\
import sys
from app.__main__ import main
from app.sound.voice import engines
engines._hibari = lambda: None
sys.exit(main())
"""


def start(*arguments: object, home: Path, has_engines: bool = True) -> subprocess.Popen[str]:
    """Start an export; without engines as on a machine that has none, in no package either."""
    how = ("-m", "app") if has_engines else ("-c", WITHOUT_ENGINES)
    path = "/usr/bin:/bin" if has_engines else "/nowhere"
    return subprocess.Popen(
        [sys.executable, *how, "export", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"WARMDOWN_HOME": str(home), "PATH": path},
    )


@contextmanager
def heeded(number: signal.Signals) -> Iterator[None]:
    """A process that begins here heeds the signal, also where this run was told to ignore it."""
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.usefixtures("short")
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_export_that_is_ended_leaves_no_part(
    number: signal.Signals, code: int, warmdown_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with heeded(number):
        process = start("post-run-holds-full", folder / "a.mp3", home=warmdown_home)
    deadline = time.monotonic() + PATIENCE_S
    while not any(path.stat().st_size > 100_000 for path in folder.iterdir()):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out, err) == (code, "", "")
    assert list(folder.iterdir()) == []
    assert list((warmdown_home / "cache").rglob("*.pcm")) == []


def test_help_names_the_kinds(printed: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = printed("export", "--help")
    assert code == 0
    assert ".wav, .flac, .ogg or .mp3" in " ".join(out.split())
