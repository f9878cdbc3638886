"""The session's sound on a real sound server: on time, in step, and back after every loss."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from heard import RATE, Expected, find, read_recording
from sound_run import Recording, Run, recorded, tone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stage import Stage

Tones = list[list[object]]

STEP = 0.02
"""Steeper from sample to sample than any of these tones is; a click is steeper yet."""
BUFFERED_MS = 45
"""How far ahead of being heard the recording may be: what the server holds at most."""


def ticks(step_ms: int, *, count: int = 200) -> Tones:
    return [[step_ms * place, "count", 3] for place in range(count)]


@pytest.fixture
def takes(tmp_path: Path) -> Path:
    return tmp_path / "takes"


@pytest.fixture
def sound_server(stage: Stage) -> Iterator[Stage]:
    """The stage, whose server has its device again afterwards."""
    yield stage
    stage.sound.stop()
    stage.sound.start()


def is_continuous(run: Run) -> bool:
    return bool((np.diff(run.times()[:, 1]) >= 0).all())


def shown_at(run: Run, moments_s: list[float]) -> np.ndarray:
    """Return what the session clock showed at some moments of the monotonic clock."""
    times = run.times()
    return np.interp(moments_s, times[:, 0], times[:, 1])


def smoothness_ms(run: Run, begin_s: float, end_s: float) -> float:
    """Return how far the session clock strayed from the monotonic one between two moments."""
    times = run.times()
    part = times[(times[:, 0] > begin_s) & (times[:, 0] < end_s)]
    drift = part[:, 1] - part[:, 0] * 1000
    return float(drift.max() - drift.min())


def steepest(recording: Recording, begin_s: float, end_s: float) -> float:
    part = recording.samples[recording.frame_at(begin_s) : recording.frame_at(end_s)]
    return float(np.abs(np.diff(part, axis=0)).max())


def test_cues_are_exact_though_the_machine_is_busy_and_only_a_stop_counts_as_sleep(
    stage: Stage, tmp_path: Path, takes: Path
) -> None:
    kinds = [("count-3", "count", 3), ("tempo-0", "tempo", 0), ("half", "half", 0)]
    plan = [(237 * place, *kinds[place % 3]) for place in range(24)]
    cues = [[at_ms, kind, variant] for at_ms, _, kind, variant in plan]
    path = tmp_path / "busy.raw"
    with recorded(stage, path), Run(stage, takes, "--hold") as run:
        with stage.busy_cores(2):
            run.do("play", cues, {"from_ms": 0})
            time.sleep(cues[-1][0] / 1000 + 1.5)
        assert not [event for event in run.events if event["name"] == "slept"]
        run.process.send_signal(signal.SIGSTOP)
        stopped_s = time.monotonic()
        time.sleep(2.6)
        run.process.send_signal(signal.SIGCONT)
        slept = run.wait_for("slept", within_s=2)
    heard = find(read_recording(path), [Expected(at, tone(f"{name}.wav")) for at, name, *_ in plan])
    assert heard.lost == ()
    assert heard.p99 <= 5
    assert slept["at_ms"] == pytest.approx(shown_at(run, [stopped_s])[0], abs=700)
    # The hole is not in the clock.
    assert slept["now_ms"] - slept["at_ms"] < 900
    assert is_continuous(run)


def test_commands_are_heard_soon_and_what_they_cut_is_faded(
    stage: Stage, tmp_path: Path, takes: Path
) -> None:
    at: dict[str, float] = {}
    with recorded(stage, tmp_path / "commands.raw") as recording, Run(stage, takes) as run:

        def do(*command: object, then_s: float) -> float:
            event = run.do(*command)
            time.sleep(then_s)
            return float(event["mono_s"])

        do("prepare", then_s=0.4)
        at["play"] = do("play", ticks(500), {"from_ms": 0}, then_s=2.1)
        base_ms = next(event["now_ms"] for event in run.events if event["name"] == "play")
        at["softer"] = do("volume", 0.5, then_s=0.9)
        do("volume", 1.0, then_s=0.1)
        # Silence is cut at once ...
        at["skip"] = do("play", [[5_000, "breath-in"]], {"from_ms": 5_000}, then_s=0.9)
        # ... and a tone that is sounding is faded.
        at["pause"] = do("pause", then_s=0.6)
        lead_in = {"from_ms": 9_000, "lead_in": [[0, "start"]], "lead_in_ms": 1_000}
        resumed = [[9_000, "half"], [9_700, "breath-out"]]
        at["resume"] = do("play", resumed, lead_in, then_s=2.1)
        new = [[9_000, "half"], *[[10_000 + 400 * place, "count", 1] for place in range(9)]]
        at["replace"] = do("replace", new, then_s=1.2)
        at["stop"] = do("stop", then_s=0.6)
    assert max(event["took_ms"] for event in run.events if event["name"] == "done") < 20
    assert is_continuous(run)
    assert list(takes.iterdir()) == []

    # 300 ms of silence open the stream.
    heard = [onset for onset in recording.onsets("count-3.wav") if onset < at["skip"]]
    assert 0.25 < heard[0] - at["play"] < 0.7
    assert np.allclose(np.diff(heard), 0.5, atol=0.001)
    # The clock shows what is heard.
    late_ms = shown_at(run, heard) - base_ms - 500 * np.arange(len(heard))
    assert np.abs(late_ms).max() < BUFFERED_MS
    assert smoothness_ms(run, heard[1], at["skip"]) < 8

    loud = recording.level(heard[2], at["softer"])
    soft = recording.level(at["softer"] + 0.1, at["softer"] + 0.9)
    assert soft == pytest.approx(loud / 4, rel=0.1)

    assert recording.level(at["skip"] + 0.3, at["pause"]) > 0.02
    assert recording.level(at["pause"] + 0.35, at["resume"]) < 0.001
    assert steepest(recording, at["pause"], at["resume"]) < STEP

    (start,) = recording.onsets("start.wav")
    (half,) = recording.onsets("half.wav")
    assert start - at["resume"] < 0.15
    assert half - start == pytest.approx(1.0, abs=0.001)

    # In its place, for the position did not move, and without a gap.
    changed = recording.onsets("count-1.wav")
    assert changed[0] - at["replace"] < 0.7
    steps = (changed[0] - half - 1.0) / 0.4
    assert steps == pytest.approx(round(steps), abs=0.002)
    assert steepest(recording, at["replace"], changed[0] - 0.01) < STEP

    assert recording.level(at["stop"] + 0.45, at["stop"] + 0.6) < 0.001


def test_what_is_asked_to_ring_out_as_soon_as_it_is_played_is_heard_to_its_end(
    stage: Stage, tmp_path: Path, takes: Path
) -> None:
    done = tone("routine-done.wav")
    with recorded(stage, tmp_path / "rings.raw") as recording, Run(stage, takes) as run:
        for before in ([], ticks(500)):
            if before:
                run.do("play", before, {"from_ms": 0})
                time.sleep(1.2)
            run.do("play", [[0, "routine-done"]], {"from_ms": 0})
            run.do("ring_out")
            time.sleep(len(done) / RATE + 1)
            # The stream was closed, and its file removed.
            assert list(takes.iterdir()) == []
    onsets = recording.onsets("routine-done.wav")
    assert len(onsets) == 2
    for onset in onsets:
        frame = recording.frame_at(onset)
        assert np.abs(recording.samples[frame : frame + len(done)] - done).max() < 0.001


def test_a_device_may_be_missing_and_go_away_and_come_back(
    sound_server: Stage, tmp_path: Path, takes: Path
) -> None:
    server = sound_server.sound
    server.unplug()
    with Run(sound_server, takes) as run:
        played = run.do("play", ticks(500), {"from_ms": 0})
        silent = run.wait_for("silent", within_s=1)
        assert silent["mono_s"] - played["mono_s"] < 0.5
        time.sleep(0.5)
        # The clock did not wait.
        assert smoothness_ms(run, silent["mono_s"], run.events[-1]["mono_s"]) < 20
        server.plug_in()
        with recorded(sound_server, tmp_path / "back.raw") as recording:
            run.wait_for("audible", within_s=6)
            time.sleep(1.2)

        seen = len(run.events)
        server.unplug()
        gone_s = time.monotonic()
        lost = run.wait_for("silent", since=seen, within_s=2)
        assert lost["mono_s"] - gone_s < 0.8
        server.plug_in()
        back = run.wait_for("audible", since=seen, within_s=7)
        assert smoothness_ms(run, lost["mono_s"], back["mono_s"]) < 60
    # It came back in its place.
    onsets = recording.onsets("count-3.wav")[-2:]
    late_ms = (shown_at(run, onsets) - played["now_ms"] + 250) % 500 - 250
    assert np.abs(late_ms).max() < BUFFERED_MS
    assert is_continuous(run)


def test_the_server_may_die_and_come_back(sound_server: Stage, takes: Path) -> None:
    with Run(sound_server, takes) as run:
        run.do("play", ticks(250), {"from_ms": 0})
        time.sleep(2.5)
        sound_server.sound.stop()
        lost = run.wait_for("silent", within_s=2)
        sound_server.sound.start()
        back = run.wait_for("audible", within_s=15)
        assert smoothness_ms(run, lost["mono_s"], back["mono_s"]) < 60
    assert run.process.returncode == 0
    assert is_continuous(run)


def test_a_session_is_heard_though_no_file_can_be_written(
    stage: Stage, tmp_path: Path, takes: Path
) -> None:
    with (
        recorded(stage, tmp_path / "memory.raw") as recording,
        Run(stage, takes, "--largest-file", "100000") as run,
    ):
        run.do("play", ticks(400), {"from_ms": 0})
        time.sleep(1.8)
    assert np.allclose(np.diff(recording.onsets("count-3.wav")[:3]), 0.4, atol=0.001)
    assert "No session sound in" in run.errors
