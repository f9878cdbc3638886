"""A 20-minute routine as sound: rendering it with its voice, and an MP3 beside the bare encoder."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from budget import Row, Sample, amount, finish, ratio
from PySide6.QtCore import QCoreApplication, QLoggingCategory

from app.audio_export import AudioExport
from app.domain.choices import Choices
from app.domain.cues import CueKind
from app.domain.expand import expand
from app.domain.settings import Settings
from app.domain.speech import Speech
from app.interchange.audio_file import AudioFormat
from app.interchange.mp3_file import new_encoder
from app.sound.mix import Mix
from app.sound.pcm import FRAME_BYTES, RATE, amplitude, louder
from app.sound.soundtrack import render
from app.sound.sources import Sounds
from app.sound_parts import make_tones, make_voice
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import UserFolders, bundled
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from app.domain.exporting import Progress
    from app.domain.timeline import Timeline

RUNS = 3
MINUTES = 20
BLOCK = RATE * FRAME_BYTES
PATIENCE_S = 120.0
TEXT = """\
schema = 1
name = "Twenty minutes"
[[blocks]]
name = "Walk"
steps = [{ exercise = "easy-walk", seconds = 360, cadence = [100, 118] }]
[[blocks]]
name = "Hold"
rounds = 3
rest = 15
steps = [
  { exercise = "standing-quad-stretch", seconds = 30, side = "each" },
  { exercise = "towel-hamstring-stretch", seconds = 45, side = "each" },
  { exercise = "glute-bridge", reps = 12, rest = 10 },
]
"""


def timeline() -> Timeline:
    library = ExerciseReader().read(bundled("exercises.toml")).exercises
    read = RoutineReader(library).parse(TEXT, file="twenty.toml", routine_id="twenty")
    if read.routine is None:
        raise RuntimeError(f"the routine of this bench is wrong: {read.problems[0]}")
    flat = expand(read.routine, library, Choices())
    if flat.duration_ms < MINUTES * 60_000:
        raise RuntimeError(f"the routine of this bench lasts {flat.duration_ms} ms only")
    return flat


def unseen(_: Progress) -> None:
    pass


def measure() -> list[Row]:
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    # Kept by its name: what decodes the recorded sentences needs an application.
    application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])  # noqa: F841
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder))


def _measure(folder: Path) -> list[Row]:
    settings, flat = Settings(), timeline()
    folders = UserFolders(
        home=folder,
        data=folder / "data",
        config=folder / "config",
        cache=folder / "cache",
        logs=folder / "logs",
    )
    voice, tones = make_voice(settings, folders), make_tones(settings, folders)[0]
    export = AudioExport(
        flat, settings, make_tones=lambda _look: (tones, ()), voice=voice, scratch=folder
    )
    try:
        began = time.perf_counter()
        export.prepare()
        if not voice.wait(PATIENCE_S):
            raise RuntimeError("the sentences were not ready in time")
        decoding_ms = _since(began)
        cues = export.cues(Speech(lengths=voice.length_ms))
        source = Mix(Sounds(tones, voice))
        raw = folder / "track.pcm"
        rendering: list[float] = []
        for _ in range(RUNS):
            began = time.perf_counter()
            render(cues, raw, source)
            rendering.append(_since(began))
        pairs = [
            (_exporting(export, folder / "a.mp3"), _bare(raw, amplitude(settings.volume)))
            for _ in range(RUNS)
        ]
    finally:
        voice.close()
    ours, bare = zip(*pairs, strict=True)
    lines = sum(cue.kind is CueKind.VOICE for cue in cues)
    return [
        amount("sentences of 20 minutes, decoded", Sample(values=[decoding_ms])),
        amount(
            f"soundtrack of 20 minutes, {len(cues)} cues, {lines} of them lines",
            Sample(values=rendering),
            1_000,
        ),
        ratio("MP3 of 20 minutes", Sample(values=ours), Sample(values=bare), 1.3),
    ]


def _exporting(export: AudioExport, path: Path) -> float:
    """Return the CPU time of the whole export: what else the machine does must not count."""
    began = time.process_time()
    export.write(path, AudioFormat.MP3, unseen, replace=True)
    return (time.process_time() - began) * 1000


def _bare(raw: Path, factor: float) -> float:
    """Return the CPU time of the encoder alone, on the same samples."""
    encoder = new_encoder()
    spent = 0.0
    with raw.open("rb") as file:
        while block := file.read(BLOCK):
            block = louder(block, factor)
            began = time.process_time()
            encoder.encode(block)
            spent += time.process_time() - began
    began = time.process_time()
    encoder.flush()
    return (spent + time.process_time() - began) * 1000


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    finish(measure())
