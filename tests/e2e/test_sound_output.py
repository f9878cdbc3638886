"""The session's sound on a real sound server: on time, in step, and back after every loss."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from heard import RATE, Expected, find, read_recording
from sound_run import PATIENCE_S, Recording, Run, recorded, tone
from stage import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stage import Stage

Tones = list[list[object]]

STEP = 0.02
"""Steeper from sample to sample than any of these tones is; a click is steeper yet."""
BUFFERED_MS = 45
"""How far ahead of being heard the recording may be: what the server holds at most."""
STOPPED_S = 2.6
PAUSED_S = 1.6
NEAR_MS = 300
"""Much less than what a hole would add."""


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
            begin_ms = run.do("play", cues, {"from_ms": 0})["now_ms"]
            run.wait_until_ms(begin_ms + cues[-1][0] + 1_500)
        assert not [event for event in run.events if event["name"] == "slept"]
        run.process.send_signal(signal.SIGSTOP)
        stopped_s = time.monotonic()
        time.sleep(STOPPED_S)
        awake_s = time.monotonic()
        run.process.send_signal(signal.SIGCONT)
        slept = run.wait_for("slept")
    heard = find(read_recording(path), [Expected(at, tone(f"{name}.wav")) for at, name, *_ in plan])
    assert heard.lost == ()
    assert heard.p99 <= 5
    # It says where the clock was when it stopped. The hole is not in the clock: from the last look
    # before it on, no more was shown than the time that the program ran.
    last = [event for event in run.events if event["mono_s"] < stopped_s][-1]
    ran_ms = (slept["mono_s"] - last["mono_s"] - (awake_s - stopped_s)) * 1000
    assert last["now_ms"] <= slept["at_ms"]
    assert slept["at_ms"] < last["now_ms"] + (stopped_s - last["mono_s"]) * 1000 + NEAR_MS
    assert slept["now_ms"] - last["now_ms"] < ran_ms + NEAR_MS
    assert is_continuous(run)


def test_commands_are_heard_and_what_they_cut_is_faded(
    stage: Stage, tmp_path: Path, takes: Path
) -> None:
    with recorded(stage, tmp_path / "commands.raw") as recording, Run(stage, takes) as run:
        run.do("prepare")
        play = run.do("play", ticks(500), {"from_ms": 0})
        base_ms = play["now_ms"]
        run.wait_until_ms(base_ms + 1_700)
        run.do("volume", 0.5)
        run.wait_until_ms(base_ms + 2_700)
        run.do("volume", 1.0)
        # Silence is cut at once ...
        run.wait_until_ms(base_ms + 2_900)
        skip = run.do("play", [[5_000, "breath-in"]], {"from_ms": 5_000})
        # ... and a tone that is sounding is faded.
        run.wait_until_ms(skip["now_ms"] + 700)
        pause = run.do("pause")
        time.sleep(PAUSED_S)
        lead_in = {"from_ms": 9_000, "lead_in": [[0, "start"]], "lead_in_ms": 1_000}
        resumed = [[9_000, "half"], [9_700, "breath-out"]]
        resume = run.do("play", resumed, lead_in)
        run.wait_until_ms(resume["now_ms"] + 2_100)
        new = [[9_000, "half"], *[[10_000 + 400 * place, "count", 1] for place in range(20)]]
        replace = run.do("replace", new)
        run.wait_until_ms(replace["now_ms"] + 1_700)
        run.do("stop")
        time.sleep(PAUSED_S)
        end_s = time.monotonic()
    assert is_continuous(run)
    assert list(takes.iterdir()) == []

    heard = [onset for onset in recording.onsets("count-3.wav") if onset < skip["mono_s"]]
    assert len(heard) == 4
    # 300 ms of silence open the stream.
    assert heard[0] - play["mono_s"] > 0.25
    assert np.allclose(np.diff(heard), 0.5, atol=0.001)
    # The clock shows what is heard.
    late_ms = shown_at(run, heard) - base_ms - 500 * np.arange(len(heard))
    assert np.abs(late_ms).max() < BUFFERED_MS
    assert smoothness_ms(run, heard[1], skip["mono_s"]) < BUFFERED_MS

    # Of the tones after the change the second one, however long that one took to be heard.
    loud = recording.level(heard[3] - 0.1, heard[3] + 0.3)
    soft = recording.level(heard[0] + 2.4, heard[0] + 2.8)
    assert soft == pytest.approx(loud / 4, rel=0.1)

    # The tone is heard as far as it had got, and its fade.
    sounding_s = recording.sounding_s(skip["mono_s"], resume["mono_s"])
    got_s = (pause["now_ms"] - skip["now_ms"]) / 1000
    assert got_s < len(tone("breath-in.wav")) / RATE - 0.5
    assert got_s - 0.1 < sounding_s < got_s + 0.4
    assert steepest(recording, pause["mono_s"], resume["mono_s"]) < STEP

    (start,) = recording.onsets("start.wav")
    (half,) = recording.onsets("half.wav")
    assert half - start == pytest.approx(1.0, abs=0.001)

    # In its place, for the position did not move, and without a gap.
    changed = recording.onsets("count-1.wav")
    steps = (changed[0] - half - 1.0) / 0.4
    assert steps == pytest.approx(round(steps), abs=0.002)
    assert np.allclose(np.diff(changed), 0.4, atol=0.001)
    assert steepest(recording, replace["mono_s"], changed[0] - 0.01) < STEP

    # One more of them at least would be heard in that time.
    assert recording.level(end_s - 0.6, end_s) < 0.001


def test_what_is_asked_to_ring_out_as_soon_as_it_is_played_is_heard_to_its_end(
    stage: Stage, tmp_path: Path, takes: Path
) -> None:
    done = tone("routine-done.wav")
    with recorded(stage, tmp_path / "rings.raw") as recording, Run(stage, takes) as run:
        for before in ([], ticks(500)):
            if before:
                base_ms = run.do("play", before, {"from_ms": 0})["now_ms"]
                run.wait_until_ms(base_ms + 800)
            run.do("play", [[0, "routine-done"]], {"from_ms": 0})
            run.do("ring_out")
            wait_until(lambda: any(takes.iterdir()), within_s=PATIENCE_S, what="a take")
            # The stream is closed, and its file removed.
            wait_until(lambda: not any(takes.iterdir()), within_s=PATIENCE_S, what="its end")
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
        silent = run.wait_for("silent")
        # The clock does not wait.
        later = run.wait_until_ms(silent["now_ms"] + 500)
        assert smoothness_ms(run, silent["mono_s"], later["mono_s"]) < 20
        server.plug_in()
        with recorded(sound_server, tmp_path / "back.raw") as recording:
            audible = run.wait_for("audible")
            run.wait_until_ms(audible["now_ms"] + 1_300)

        seen = len(run.events)
        server.unplug()
        lost = run.wait_for("silent", since=seen)
        server.plug_in()
        back = run.wait_for("audible", since=seen)
        assert smoothness_ms(run, lost["mono_s"], back["mono_s"]) < 60
    # It came back in its place.
    onsets = recording.onsets("count-3.wav")[-2:]
    late_ms = (shown_at(run, onsets) - played["now_ms"] + 250) % 500 - 250
    assert np.abs(late_ms).max() < BUFFERED_MS
    assert is_continuous(run)


def test_the_server_may_die_and_come_back(sound_server: Stage, takes: Path) -> None:
    with Run(sound_server, takes) as run:
        base_ms = run.do("play", ticks(250), {"from_ms": 0})["now_ms"]
        run.wait_until_ms(base_ms + 2_000)
        sound_server.sound.stop()
        lost = run.wait_for("silent")
        sound_server.sound.start()
        back = run.wait_for("audible")
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
        base_ms = run.do("play", ticks(400), {"from_ms": 0})["now_ms"]
        run.wait_until_ms(base_ms + 1_300)
    assert np.allclose(np.diff(recording.onsets("count-3.wav")[:3]), 0.4, atol=0.001)
    assert "No session sound in" in run.errors
