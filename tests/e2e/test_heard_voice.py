"""A session that one can follow with eyes shut: every line and tone is heard, whole and in place."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from heard import RATE, Expected, find, read_recording
from listening import PATIENCE_S, recorded_frames, set_up, wait_for_more, wait_for_sound
from stage import HOLD_THE_INTERPRETER

from app.domain.choices import Choices
from app.domain.cues import Cue, CueKind, plan
from app.domain.expand import expand
from app.domain.speech import Speech, line_ms, needed
from app.sound.earcons import Earcons
from app.sound.soundtrack import render
from app.sound.sources import Sounds
from app.sound.voice.bank import VoiceBank
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from stage import Stage

    from app.domain.timeline import Timeline

ROUTINE = """\
schema = 1
name = "Hamstring focus"
[[blocks]]
name = "Some kinds"
steps = [
{steps}
]
"""
# A walk on a ramp that is long enough to have a middle, dynamic repetitions, and breaths.
MOVING = """\
  { exercise = "easy-walk", seconds = 20, cadence = [110, 130] },
  { exercise = "bodyweight-squat", reps = 1, changeover = 6 },
  { exercise = "childs-pose", breaths = 2, changeover = 8 },
"""
# A hold on each side, core repetitions, and work with an open end.
LYING = """\
  { exercise = "towel-hamstring-stretch", seconds = 7, side = "each" },
  { exercise = "glute-bridge", reps = 1, changeover = 6 },
  { exercise = "foam-roll-calves", open = 6, side = "right", changeover = 9 },
"""
BREATH_MS = 6_000
GET_READY_MS = 6_000
SETTINGS = f"breath = {BREATH_MS // 1000}\nget_ready = {GET_READY_MS // 1000}\n"
COMPARE_MS = 600
"""How much is compared: a breath swells, and a word has more of a middle than of a beginning."""
DONE_S = 6.0
OVERTIME_S = 2.0


def laid_flat(text: str) -> Timeline:
    exercises = ExerciseReader().read(bundled("exercises.toml")).exercises
    read = RoutineReader(exercises).parse(text, file="kinds.toml", routine_id="kinds")
    assert read.routine is not None, read.problems
    return expand(read.routine, exercises, Choices(breath_ms=BREATH_MS, get_ready_ms=GET_READY_MS))


@pytest.fixture
def voice(qapp: QApplication, warmdown_home: Path) -> Iterator[VoiceBank]:  # noqa: ARG001
    """The voice of the app, on the app's own cache, so that both say the same samples."""
    bank = VoiceBank(bundled("sounds") / "voice", warmdown_home / "cache/voice", engine="clips")
    yield bank
    bank.close()


def sounds(cues: Sequence[Cue], source: Sounds, scratch: Path) -> list[Expected]:
    """Return what is to be heard at each cue: all that sounds there, beats under a voice too."""
    render(cues, scratch / "expected.pcm", source)
    mix = np.fromfile(scratch / "expected.pcm", np.int16).reshape(-1, 2).astype(np.float32)
    found = []
    for cue in cues:
        assert source.sound(cue) is not None, cue
        begin = cue.at_ms * RATE // 1000
        part = mix[begin : begin + COMPARE_MS * RATE // 1000] / 32_768
        found.append(Expected(cue.at_ms, part, COMPARE_MS))
    return found


@pytest.mark.parametrize("steps", [MOVING, LYING], ids=["moving", "lying"])
def test_every_line_and_tone_of_every_kind_of_step_is_heard_in_its_place(
    stage: Stage, warmdown_home: Path, voice: VoiceBank, tmp_path: Path, steps: str
) -> None:
    text = ROUTINE.replace("{steps}", steps)
    timeline = laid_flat(text)
    voice.prepare(needed(timeline, Speech()))
    assert voice.wait(PATIENCE_S)
    cues = plan(timeline, speech=Speech(lengths=voice.length_ms))
    lines = [cue for cue in cues if cue.kind is CueKind.VOICE]
    assert [cue.text for cue in lines] == [
        cue.text for cue in plan(timeline, speech=Speech()) if cue.kind is CueKind.VOICE
    ]
    assert len(lines) > 5
    for one, other in itertools.pairwise(lines):
        assert one.at_ms + (line_ms(one.sentences, voice.length_ms) or 0) < other.at_ms

    routines = warmdown_home / "data/routines"
    routines.mkdir(parents=True)
    (routines / "kinds.toml").write_text(text, "utf-8")
    set_up(warmdown_home, SETTINGS)
    recording = stage.folder / "voice.raw"
    open_end_ms = timeline.segments[-1].end_ms
    is_open = "open" in steps
    with stage.sound.record(recording), stage.busy_cores(2):
        app = stage.launch("start", "kinds", home=warmdown_home, before=HOLD_THE_INTERPRETER)
        app.wait_for_window()
        wait_for_sound(recording)
        wait_for_more(recording, open_end_ms / 1000 + (OVERTIME_S if is_open else DONE_S))
        done_at = recorded_frames(recording)
        if is_open:
            app.keys("space")
            wait_for_more(recording, DONE_S)
        assert app.process.poll() is None, app.output()
    heard = read_recording(recording)
    source = Sounds(Earcons(bundled("sounds")), voice)
    before = [cue for cue in cues if cue.at_ms < open_end_ms]
    after = [cue for cue in cues if cue.at_ms >= open_end_ms]
    assert [cue.text for cue in after if cue.text] == ["Done. Well stretched."]
    # What comes once a press has ended open work begins where that was.
    parts = ((before, heard), (after, heard[done_at:])) if is_open else ((cues, heard),)
    for part, recorded in parts:
        found = find(recorded, sounds(part, source, tmp_path))
        lost = [(part[index].kind, part[index].at_ms, part[index].text) for index in found.lost]
        assert lost == []
        assert found.p99 <= 5.0


def test_a_voice_that_hangs_costs_a_notice_and_no_tone(
    stage: Stage, warmdown_home: Path, tmp_path: Path
) -> None:
    """The machine's engine never answers; the session runs and says so in the window."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("flite", "espeak-ng", "espeak"):
        (programs / name).write_text("#!/bin/sh\nexec sleep 600\n", "utf-8")
        (programs / name).chmod(0o755)
    routines = warmdown_home / "data/routines"
    routines.mkdir(parents=True)
    text = ROUTINE.replace("{steps}", MOVING)
    text = text.replace("Hamstring focus", "Zwischenhalt am Abend")
    (routines / "kinds.toml").write_text(text, "utf-8")
    set_up(warmdown_home, f'{SETTINGS}engine = "espeak-ng"\n')
    recording = stage.folder / "hang.raw"
    with stage.sound.record(recording):
        path = {"PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin"}
        app = stage.launch("start", "kinds", home=warmdown_home, env=path)
        app.wait_for_window()
        wait_for_sound(recording)
        wait_for_more(recording, 9)
        assert app.process.poll() is None, app.output()
    timeline = laid_flat(text)
    tones = [cue for cue in plan(timeline) if cue.at_ms < 9_000]
    found = find(
        read_recording(recording), sounds(tones, Sounds(Earcons(bundled("sounds"))), tmp_path)
    )
    assert found.lost == ()
    assert "Traceback" not in app.output()
