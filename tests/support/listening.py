"""Lets the app lead a whole session on the stage and compares what is heard with the plan."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np
from heard import RATE, Expected, Heard, find, read_recording
from stage import FRAME_BYTES, HOLD_THE_INTERPRETER, wait_until

from app.domain.choices import Choices
from app.domain.cues import plan
from app.domain.expand import expand
from app.sound.earcons import Earcons
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stage import Stage

    from app.domain.cues import Cue
    from app.domain.timeline import Timeline

ROUTINE_ID = "many-cues"
# As many sounds in a minute as the format allows: four beats a second, two tempo tones a second.
ROUTINE = """\
schema = 1
name = "Many cues"
[[blocks]]
name = "All of it"
steps = [
  {{ name = "Fast feet", seconds = {seconds}, cadence = [236, 240], changeover = 0 }},
  {{ name = "Bridge", reps = 5, tempo = [0.5, 0.5, 0.5, 0.5], side = "left", changeover = 0 }},
]
"""
GET_READY_S = 3
STARTING_S = 60.0
PATIENCE_S = 30.0
RINGING_S = 4.0
INT16 = 32_768


def planned(seconds: int) -> tuple[str, Timeline, tuple[Cue, ...]]:
    """Return a routine's text, its timeline and its sounds, about four for each second."""
    text = ROUTINE.format(seconds=seconds)
    read = RoutineReader({}).parse(text, file=f"{ROUTINE_ID}.toml", routine_id=ROUTINE_ID)
    if read.routine is None:
        raise AssertionError(read.problems)
    timeline = expand(read.routine, {}, Choices(get_ready_ms=GET_READY_S * 1000))
    return text, timeline, plan(timeline)


def listen(stage: Stage, home: Path, *, seconds: int, busy: bool) -> tuple[Heard, Sequence[Cue]]:
    """Run that routine in the app and return what was heard, and what was planned.

    `busy` keeps every core busy and the app's interpreter held at random meanwhile.
    """
    text, timeline, cues = planned(seconds)
    routines = home / "data/routines"
    routines.mkdir(parents=True, exist_ok=True)
    (routines / f"{ROUTINE_ID}.toml").write_text(text, "utf-8")
    # Four tones a second leave no room to tell a voice apart.
    set_up(home, f"voice = false\nget_ready = {GET_READY_S}\n")
    recording = stage.folder / "session.raw"
    load = stage.busy_cores(2) if busy else contextlib.nullcontext()
    with stage.sound.record(recording), load:
        before = HOLD_THE_INTERPRETER if busy else ""
        app = stage.launch("start", ROUTINE_ID, home=home, before=before)
        app.wait_for_window()
        wait_for_sound(recording)
        wait_for_more(recording, timeline.duration_ms / 1000 + RINGING_S)
        if app.process.poll() is not None:
            raise AssertionError(f"the app ended early: {app.output()}")
    return find(read_recording(recording), expected(cues)), cues


def set_up(home: Path, settings: str) -> None:
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config/settings.toml").write_text(settings, "utf-8")


def expected(cues: Sequence[Cue]) -> list[Expected]:
    """Return each cue with the sound that the app has for it."""
    earcons = Earcons(bundled("sounds"))
    found = []
    for cue in cues:
        sound = earcons.sound(cue)
        if sound is None:
            raise AssertionError(f"no sound for {cue.kind}")
        frames = np.frombuffer(sound.pcm, np.int16).reshape(-1, 2).astype(np.float32)
        found.append(Expected(cue.at_ms, frames / INT16))
    return found


def wait_for_sound(recording: Path) -> None:
    """Return when the recording is no longer silent."""
    with recording.open("rb") as file:
        wait_until(lambda: any(file.read()), within_s=STARTING_S, what="a sound")


def wait_for_more(recording: Path, more_s: float) -> None:
    """Return when the device has played for so much longer: after a stall that takes longer."""
    enough = recorded_frames(recording) + more_s * RATE
    wait_until(
        lambda: recorded_frames(recording) >= enough,
        within_s=more_s + PATIENCE_S,
        what="the recording",
    )


def recorded_frames(recording: Path) -> int:
    return recording.stat().st_size // FRAME_BYTES
