"""The app's own workers: programs of the machine, hibari, and the end of both."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from fake_engine import lives, logged, program

from app.sound.voice.engine_process import EngineFailedError, EngineProcess, Fault
from app.sound.voice.engines import HIBARI, PROGRAMS, Engine, installed, worker
from app.sound.voice.mastering import LEAD_MS, RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE_S = 30.0

HIBARI_MODULE = """
class Wave(list):
    def clip(self, low, high): return Wave(min(high, max(low, x)) for x in self)
    def __mul__(self, factor): return Wave(x * factor for x in self)
    def round(self): return Wave(map(round, self))
    def astype(self, kind): assert kind == "<i2"; return self
    def tobytes(self):
        import array
        return array.array("h", self).tobytes()

class Hibari:
    def __init__(self, voice, threads): assert (voice, threads) == ("heart", 1)
    def __call__(self, text, seed):
        import math
        assert seed == 0
        print("a library that talks")
        if text == "Poison.": raise KeyError(text)
        if text == "Gone.": raise SystemExit(3)
        return Wave(2.0 * math.sin(at / 9) for at in range(0 if "x" in text else 9_600))
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder in which programs are looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    # The stand-ins are scripts for the shell.
    (folder / "sh").symlink_to("/bin/sh")
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def run() -> Iterator[Callable[[str], EngineProcess]]:
    """Make processes of the app's workers that are closed at the end."""
    made: list[EngineProcess] = []

    def run(name: str) -> EngineProcess:
        engine = Engine(id=name, name=name, version="1", voice="1", command=worker(name))
        made.append(EngineProcess(engine))
        return made[-1]

    yield run
    for process in made:
        process.close()


def pids(log: Path) -> list[int]:
    return [int(pid) for pid in logged(log, "pid")]


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("name", ["espeak-ng", "flite"])
def test_a_program_of_the_machine_speaks_mastered(
    run: Callable[[str], EngineProcess], path: Path, log: Path, name: str
) -> None:
    program(path / name, log=log)
    process = run(name)
    spoken = process.render('Naïve cat\'s "pose"; -w 猫.')
    assert spoken is not None
    assert spoken.onset == LEAD_MS * RATE // 1000
    # Text reaches it whole, whatever it looks like.
    assert logged(log, "text") == ['Naïve cat\'s "pose"; -w 猫.']
    assert process.render("Rest.") is not None
    assert len(pids(log)) == 2


@pytest.mark.parametrize("behaviour", ["crash", "garbage", "nothing"])
def test_a_program_that_makes_no_sound_is_at_fault(
    run: Callable[[str], EngineProcess], path: Path, log: Path, behaviour: str
) -> None:
    program(path / "flite", behaviour, log=log)
    with pytest.raises(EngineFailedError) as failed:
        run("flite").render("Rest.")
    assert failed.value.fault is Fault.CRASHED
    assert logged(log, "text") == ["Rest.", "Rest."]


def test_a_program_that_makes_silence_has_nothing_to_say(
    run: Callable[[str], EngineProcess], path: Path, log: Path
) -> None:
    program(path / "flite", "silent", log=log)
    assert run("flite").render("猫.") is None


def test_a_program_that_hangs_is_killed_together_with_its_worker(path: Path, log: Path) -> None:
    program(path / "flite", "hang", log=log)
    engine = Engine(
        id="flite", name="Flite", version="1", voice="1", command=worker("flite"), sentence_s=1.0
    )
    process = EngineProcess(engine)
    with pytest.raises(EngineFailedError) as failed:
        process.render("Rest.")
    process.close()
    assert failed.value.fault is Fault.HUNG
    wait_for(lambda: not any(map(lives, pids(log))))


def test_a_worker_whose_input_ends_takes_the_program_with_it(
    path: Path, log: Path, tmp_path: Path
) -> None:
    program(path / "flite", "hang", log=log)
    folder = tmp_path / "work"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "app.sound.voice.worker", "flite", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdin is not None
        process.stdin.write(json.dumps({"id": 1, "text": "Rest."}).encode() + b"\n")
        process.stdin.flush()
        wait_for(lambda: logged(log, "text"))
        [pid] = pids(log)
        assert lives(pid)
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0
    wait_for(lambda: not lives(pid))
    assert not folder.exists()


def test_a_worker_does_not_import_what_lies_in_the_working_folder(
    run: Callable[[str], EngineProcess],
    path: Path,
    log: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    program(path / "flite", log=log)
    assert run("flite").render("Rest.") is not None


def test_hibari_speaks_although_it_talks_to_where_answers_go(
    run: Callable[[str], EngineProcess], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hibari.py").write_text(HIBARI_MODULE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = run(HIBARI)
    spoken = process.render("Rest.")
    assert spoken is not None
    assert 9_600 * 0.9 < spoken.samples < 9_600 * 1.3
    assert process.render("Poison.") is None
    assert process.render("x.") is None
    with pytest.raises(EngineFailedError) as failed:
        process.render("Gone.")
    assert failed.value.fault is Fault.CRASHED


def test_engines_are_found_where_they_are_installed_and_the_best_comes_first(
    path: Path, log: Path
) -> None:
    def programs() -> list[str]:
        return [engine.id for engine in installed() if engine.id != HIBARI]

    assert programs() == []
    program(path / "espeak-ng", log=log)
    assert programs() == ["espeak-ng"]
    program(path / "flite", log=log)
    assert programs() == ["flite", "espeak-ng"]


def test_another_release_of_a_program_is_another_voice(path: Path, log: Path) -> None:
    program(path / "flite", log=log)
    before = next(engine for engine in installed() if engine.id == "flite")
    program(path / "flite", "silent", log=log)
    after = next(engine for engine in installed() if engine.id == "flite")
    assert before.version != after.version


def test_every_program_reads_its_text_from_a_file_and_writes_another(tmp_path: Path) -> None:
    text, wav = tmp_path / "it's text.txt", tmp_path / "sound.wav"
    for one in PROGRAMS:
        told = " ".join(one.arguments(text, wav))
        assert "text.txt" in told
        assert str(wav) in told
    sapi = next(one for one in PROGRAMS if one.id == "sapi")
    assert "it''s text.txt'" in sapi.arguments(text, wav)[-1]
