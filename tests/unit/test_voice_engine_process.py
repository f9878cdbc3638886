"""An engine in a process of its own: what it says, and what becomes of one that fails."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fake_engine import ONSET, fake, lives, logged, samples, tone

from app.sound.voice.engine_process import EngineFailedError, EngineProcess, Fault
from app.sound.voice.spoken import Spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.sound.voice.engines import Engine

PATIENCE_S = 30.0


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def run() -> Iterator[Callable[[Engine], EngineProcess]]:
    """Make processes that are closed at the end."""
    made: list[EngineProcess] = []

    def run(engine: Engine) -> EngineProcess:
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


def test_a_sentence_comes_back_as_pcm(run: Callable[[Engine], EngineProcess], log: Path) -> None:
    process = run(fake(log=log))
    assert not process.runs
    assert process.render("Rest.") == Spoken(tone(samples("Rest.")), ONSET)
    assert process.render("Crêpes, naïve 猫.") is not None
    assert logged(log, "text") == ["Rest.", "Crêpes, naïve 猫."]
    assert len(pids(log)) == 1


def test_an_engine_with_nothing_to_say_is_not_at_fault(
    run: Callable[[Engine], EngineProcess],
) -> None:
    process = run(fake("silent-for=猫"))
    assert process.render("猫.") is None
    assert process.render("Rest.") is not None


def test_one_that_hangs_is_killed_with_all_it_started(
    run: Callable[[Engine], EngineProcess], log: Path
) -> None:
    process = run(fake("hang", log=log, child=True, sentence_s=0.3))
    with pytest.raises(EngineFailedError) as failed:
        process.render("Rest.")
    assert failed.value.fault is Fault.HUNG
    assert len(pids(log)) == 2
    wait_for(lambda: not any(map(lives, pids(log))))


def test_one_that_hangs_while_it_loads_is_killed(run: Callable[[Engine], EngineProcess]) -> None:
    with pytest.raises(EngineFailedError) as failed:
        run(fake("hang-at-start", sentence_s=0.3)).render("Rest.")
    assert failed.value.fault is Fault.HUNG


def test_one_that_crashes_is_started_once_more(
    run: Callable[[Engine], EngineProcess], log: Path
) -> None:
    process = run(fake("crash-once", log=log))
    assert process.render("Rest.") is not None
    assert logged(log, "text") == ["Rest.", "Rest."]


@pytest.mark.parametrize(
    ("behaviour", "fault"),
    [
        ("crash", Fault.CRASHED),
        ("crash-at-start", Fault.CRASHED),
        ("failed", Fault.CRASHED),
        ("garbage", Fault.NONSENSE),
        ("flood", Fault.NONSENSE),
        ("wrong-number", Fault.NONSENSE),
        ("no-pcm", Fault.NONSENSE),
    ],
)
def test_one_that_fails_again_is_given_up(
    run: Callable[[Engine], EngineProcess], log: Path, behaviour: str, fault: Fault
) -> None:
    process = run(fake(behaviour, log=log))
    with pytest.raises(EngineFailedError) as failed:
        process.render("Rest.")
    assert failed.value.fault is fault
    assert len(pids(log)) == 2
    assert not any(map(lives, pids(log)))


def test_one_that_is_not_there_cannot_be_started(run: Callable[[Engine], EngineProcess]) -> None:
    with pytest.raises(EngineFailedError) as failed:
        run(replace(fake(), command=("/nowhere/engine",))).render("Rest.")
    assert failed.value.fault is Fault.MISSING


def test_closing_ends_a_sentence_that_is_being_made(
    run: Callable[[Engine], EngineProcess], log: Path
) -> None:
    process = run(fake("hang", log=log, child=True, sentence_s=600.0))
    faults: list[Fault] = []

    def render() -> None:
        with pytest.raises(EngineFailedError) as failed:
            process.render("Rest.")
        faults.append(failed.value.fault)

    thread = threading.Thread(target=render)
    thread.start()
    wait_for(lambda: logged(log, "text"))
    began_s = time.monotonic()
    process.close()
    assert time.monotonic() - began_s < PATIENCE_S
    thread.join(PATIENCE_S)
    assert faults == [Fault.CLOSED]
    assert not lives(pids(log)[0])
    wait_for(lambda: not any(map(lives, pids(log))))
    with pytest.raises(EngineFailedError):
        process.render("Rest.")


def test_one_that_rests_is_started_again_when_it_is_needed(
    run: Callable[[Engine], EngineProcess], log: Path
) -> None:
    process = run(fake(log=log))
    process.render("Rest.")
    process.rest()
    assert not process.runs
    assert not lives(pids(log)[0])
    for _ in range(3):  # resting is no crash
        assert process.render("Plank.") is not None
        process.rest()


def test_nothing_is_left_in_the_temporary_folder(
    run: Callable[[Engine], EngineProcess], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    process = run(fake())
    process.render("Rest.")
    assert len(list(folder.iterdir())) == 1
    process.close()
    assert list(folder.iterdir()) == []
