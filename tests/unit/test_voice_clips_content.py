"""The shipped voice clips: every sentence that is needed, each file as its manifest says."""

from __future__ import annotations

import importlib.util
import json
import struct
import sys
import tomllib
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtMultimedia import QAudioDecoder, QAudioFormat

from app.domain import phrases
from app.domain.choices import Choices, Side
from app.domain.exercise import Position, Tempo
from app.domain.expand import expand
from app.domain.speech import Speech, needed
from app.sound.voice.mastering import (
    MASTERING_VERSION,
    RATE,
    TARGET_LUFS,
    TRIM_DB,
    loudness,
)

if TYPE_CHECKING:
    from types import ModuleType

    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources/sounds/voice"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
CLIPS: list[dict[str, Any]] = MANIFEST["clips"]
TEXTS = {clip["text"] for clip in CLIPS}
MEGABYTES = 4.2
OPUS_RATE = 48_000


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_voice", ROOT / "tools/make_voice.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their own module up while it is being run.
    sys.modules["make_voice"] = module
    spec.loader.exec_module(module)
    return module


make_voice = _tool()
LIBRARY = make_voice.library()


def file(clip: dict[str, Any]) -> Path:
    return FOLDER / f"{clip['id']}.opus"


def ogg_frames(data: bytes) -> int:
    """Return how many frames an Ogg Opus file plays at 48 kHz, from its headers alone."""
    assert data[:4] == b"OggS"
    head = data.index(b"OpusHead")
    version, channels, pre_skip, rate = struct.unpack_from("<BBHI", data, head + 8)
    assert (version, channels, rate) == (1, 1, RATE)
    last = data.rindex(b"OggS")
    assert data[last + 5] & 4, "the last page ends the stream"
    (granule,) = struct.unpack_from("<q", data, last + 6)
    return int(granule) - pre_skip


# ---------------------------------------------------------------- what is said


def test_there_is_a_clip_for_every_sentence_of_the_lists_and_the_library() -> None:
    made = {clip.id: clip for clip in make_voice.clips()}
    assert {clip["id"]: clip["text"] for clip in CLIPS} == {
        name: clip.text for name, clip in made.items()
    }
    assert all(clip.get("spoken", clip["text"]) == made[clip["id"]].spoken for clip in CLIPS)


@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize("first", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("path", sorted((ROOT / "resources/routines").glob("*.toml")), ids=str)
def test_every_sentence_of_a_shipped_routine_has_a_clip(
    path: Path, first: Side, *, optional: bool
) -> None:
    exercises, routines = LIBRARY
    routine = next(routine for routine in routines if routine.id == path.stem)
    timeline = expand(routine, exercises, Choices(first_side=first, with_optional=optional))
    for counts, tempo in ((False, False), (True, True)):
        assert set(needed(timeline, Speech(counts=counts, tempo=tempo))) <= TEXTS


def test_all_that_a_session_may_say_beside_names_has_a_clip() -> None:
    said = {
        phrases.HALF,
        phrases.TEN_SECONDS,
        phrases.LAST_BREATH,
        "Rest.",
        "Take your time; press when done.",
        *phrases.DONE,
        *phrases.COUNTS.values(),
        *(f"{phrases.position_words(position)}." for position in Position),
        *(phrases.side_sentence(side) for side in (Side.LEFT, Side.RIGHT)),
        *(phrases.switch_sentence(side) for side in (Side.LEFT, Side.RIGHT)),
        *(f"{phrases.sentence(word)}." for word in Tempo(phases_ms=(1, 1, 1, 1)).labels),
        phrases.target_sentence(170),
        *(phrases.target_sentence(cadence) for cadence in range(100, 200, 10)),
    }
    assert said <= TEXTS


def test_a_new_routine_of_shipped_exercises_needs_no_other_voice() -> None:
    for exercise in LIBRARY[0].values():
        assert {f"{exercise.spoken}.", f"Next: {exercise.spoken}."} <= TEXTS
        assert f"First: {exercise.spoken}." in TEXTS


def test_no_two_clips_say_the_same() -> None:
    assert len({" ".join(text.split()).casefold() for text in TEXTS}) == len(CLIPS)
    assert len({clip["id"].casefold() for clip in CLIPS}) == len(CLIPS)


def test_every_pronunciation_is_of_a_word_that_is_said() -> None:
    table = make_voice.phrases()["pronunciations"]
    unused = [word for word in table if not any(word in text for text in (*TEXTS, "BOSU"))]
    assert not unused
    assert make_voice.phrases()["readings"].keys() <= TEXTS


# --------------------------------------------------------------- what is there


def test_the_folder_holds_the_clips_of_the_manifest_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.opus")} == {clip["id"] for clip in CLIPS}
    assert {path.name for path in FOLDER.iterdir() if path.suffix != ".opus"} == {
        "manifest.json",
        "phrases.toml",
    }


def test_the_clips_are_small() -> None:
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    assert size < MEGABYTES * 1e6


def test_the_manifest_says_what_made_the_clips() -> None:
    assert MANIFEST["voice"] == {
        "engine": "hibari",
        "engine_version": "0.2.1",
        "name": "Heart",
        "rate": RATE,
        "mastering": MASTERING_VERSION,
    }
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert pinned["project"]["optional-dependencies"]["voice"] == ["hibari-tts==0.2.1"]


def test_every_file_has_exactly_as_many_samples_as_the_manifest_says() -> None:
    wrong = {
        clip["id"]: (clip["samples"], ogg_frames(file(clip).read_bytes()))
        for clip in CLIPS
        if ogg_frames(file(clip).read_bytes()) != clip["samples"] * OPUS_RATE // RATE
    }
    assert not wrong


def test_all_clips_are_equally_loud() -> None:
    levels = [clip["lufs"] for clip in CLIPS]
    assert max(levels) <= TARGET_LUFS + 0.1
    # A few have a peak that would have to be pressed down further than is allowed.
    assert min(levels) >= TARGET_LUFS - 0.75
    assert sum(level < TARGET_LUFS - 0.1 for level in levels) <= len(levels) // 50


def test_a_clip_never_keeps_a_line_waiting() -> None:
    for clip in CLIPS:
        assert 0 < clip["onset"] <= RATE // 100
        assert clip["samples"] - clip["onset"] > RATE // 5


def test_decoded_clips_are_as_loud_as_they_were_do_not_clip_and_begin_at_their_onset() -> None:
    soundfile = pytest.importorskip("soundfile")
    for clip in CLIPS:
        wave, rate = soundfile.read(file(clip), dtype="float64")
        assert (len(wave), rate) == (clip["samples"], RATE), clip["id"]
        assert abs(wave).max() < 10 ** (-0.3 / 20), clip["id"]
        step = RATE // 1000
        power = (wave[: len(wave) // step * step].reshape(-1, step) ** 2).mean(axis=1)
        loudest = np.convolve(power, np.ones(20) / 20, "valid").max()
        # Below the threshold of trimming, because Opus leaves out some of what is that soft.
        heard = int(np.argmax(power > loudest * 10 ** ((TRIM_DB - 5) / 10)))
        assert abs(heard - clip["onset"] / step) <= 5, clip["id"]


def test_opus_keeps_the_loudness() -> None:
    soundfile = pytest.importorskip("soundfile")
    lost = []
    for clip in CLIPS[::12]:
        wave, _ = soundfile.read(file(clip), dtype="float64")
        lost.append(clip["lufs"] - loudness(wave.tolist(), RATE))
    assert max(map(abs, lost)) < 0.5
    assert abs(sum(lost) / len(lost)) < 0.25


class Decoding(QObject):
    """Decodes a file as the app does, at the rate of speech."""

    finished = Signal()

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.samples = array("h")
        form = QAudioFormat()
        form.setSampleRate(OPUS_RATE)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._decoder = QAudioDecoder(self)
        self._decoder.setAudioFormat(form)
        self._decoder.setSource(QUrl.fromLocalFile(str(path)))
        self._decoder.bufferReady.connect(self._read)
        self._decoder.finished.connect(self.finished)
        self._decoder.start()

    @Slot()
    def _read(self) -> None:
        self.samples.frombytes(bytes(self._decoder.read().constData()))


@pytest.mark.parametrize("clip", CLIPS[::40], ids=lambda clip: clip["id"])
def test_qt_decodes_exactly_the_samples_of_the_manifest(clip: dict[str, Any], qtbot: QtBot) -> None:
    decoding = Decoding(file(clip))
    with qtbot.waitSignal(decoding.finished, timeout=20_000):
        pass
    assert len(decoding.samples) == clip["samples"] * OPUS_RATE // RATE
    power = (np.array(decoding.samples, float)[: len(decoding.samples) // 48 * 48] / 32_768) ** 2
    power = power.reshape(-1, 48).mean(axis=1)
    loudest = np.convolve(power, np.ones(20) / 20, "valid").max()
    heard = int(np.argmax(power > loudest * 10 ** ((TRIM_DB - 5) / 10)))
    assert abs(heard - clip["onset"] * 1000 / RATE) <= 5


def test_the_voice_is_attributed() -> None:
    attribution = "Synthesised with hibari (Kokoro-82M, af_heart), Apache-2.0"
    licence = (ROOT / "resources/licenses/hibari-Apache-2.0.txt").read_text("utf-8")
    assert licence.startswith(attribution)
    assert "Version 2.0, January 2004" in licence
    assert attribution in (ROOT / "resources/licenses/content.md").read_text("utf-8")


# ----------------------------------------------------------------- how it is made


class FakeEngine:
    """Stands in for the voice: writes which sentence it was asked for."""

    def __init__(self, made: list[str]) -> None:
        self.made = made

    def make(self, clip: Any, path: Path) -> dict[str, Any]:  # noqa: ANN401  (the tool's own)
        self.made.append(clip.text)
        path.write_text(clip.spoken, "utf-8")
        row = {"id": clip.id, "text": clip.text, "samples": 24_000, "onset": 240, "lufs": -16.0}
        return row if clip.spoken == clip.text else {**row, "spoken": clip.spoken}


def build(folder: Path) -> list[str]:
    made: list[str] = []
    assert make_voice.build(folder, lambda _voice: FakeEngine(made)) == len(made)
    return made


def test_only_what_changed_is_rendered_again(tmp_path: Path) -> None:
    assert len(build(tmp_path)) == len(CLIPS)
    assert build(tmp_path) == []
    (tmp_path / "halfway.opus").unlink()
    manifest = tmp_path / "manifest.json"
    manifest.write_text(
        manifest.read_text("utf-8")
        .replace('"text": "Rest."', '"text": "Rest!"')
        .replace("[Muh-gill](/m", "[Muh-gill](/M", 1),
        "utf-8",
    )
    (tmp_path / "no-longer-said.opus").touch()
    assert build(tmp_path) == ["First: Muh-gill curl-up.", "Halfway.", "Rest."]
    assert not (tmp_path / "no-longer-said.opus").exists()
    assert build(tmp_path) == []


def test_another_voice_or_mastering_renders_all_again(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = tmp_path / "manifest.json"
    text = manifest.read_text("utf-8")
    for before, after in (
        (f'"mastering": {MASTERING_VERSION}', '"mastering": 0'),
        ('"0.2.1"', '"0.2.0"'),
    ):
        manifest.write_text(text.replace(before, after), "utf-8")
        assert len(build(tmp_path)) == len(CLIPS)


def test_a_missing_engine_is_one_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "hibari", None)
    monkeypatch.setattr(make_voice, "kept", lambda _folder, _voice: {})
    assert make_voice.main() == 1
    assert capsys.readouterr() == (
        "",
        (
            "make_voice: rendering clips needs hibari-tts==0.2.1 and soundfile, and hibari is"
            " missing: pip install --editable '.[voice,ogg-flac]'\n"
        ),
    )


def test_phonemes_stand_only_where_a_word_needs_them() -> None:
    given = {clip["text"]: clip.get("spoken") for clip in CLIPS}
    assert given["Boe-soo squat."].startswith("[Boe-soo](/")
    assert given["Left side."] is None
