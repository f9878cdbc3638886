"""A routine as sound: what is planned is in the file, as loud as it is set, with its voice."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from decoded import decoded, offsets
from make import EXERCISES as SOME_EXERCISES
from make import block, hold, routine, step

from app.audio_export import AudioExport, AudioExporter
from app.domain.choices import Choices
from app.domain.cues import TONE_MS, CueKind, plan
from app.domain.errors import ExportError, Problem, SoundError
from app.domain.expand import expand
from app.domain.exporting import ExportCancelled, Progress, Stage, chapters
from app.domain.phrases import COUNTS
from app.domain.routine import OpenDose, RepsDose, TimeDose
from app.domain.settings import FirstSide, Settings
from app.domain.speech import Speech, VoiceInfo, line_ms, needed
from app.interchange.audio_file import AudioFormat
from app.sound.earcons import Earcons
from app.sound.pcm import amplitude
from app.sound.soundtrack import Sound
from app.storage.paths import bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.domain.routine import Routine
    from app.domain.timeline import Timeline

RATE = 48_000
EARCONS = Earcons(bundled("sounds"))
SILENT = Settings(voice=False, volume=1.0)
HEART = VoiceInfo(id="clips", name="Heart (recorded)", reason="It ships.")
NOBODY = VoiceInfo(id="", name="", reason="No voice was found.")


def laid_flat() -> Timeline:
    made = routine(
        block(
            step("wall-calf", dose=TimeDose(20_000), changeover_ms=6_000),
            step("bridge", dose=RepsDose(2)),
            hold(4, rest_ms=3_000),
            step(name="Roll", dose=OpenDose(5_000), changeover_ms=4_000),
        )
    )
    return expand(made, SOME_EXERCISES, Choices(get_ready_ms=8_000))


@dataclass
class Speaker:
    """A voice whose sentences are square waves of a length of their own; its onset is 10 ms in."""

    about: VoiceInfo = HEART
    batches: int = 0
    """So many times it has to be waited for."""
    unable: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def prepare(self, sentences: Sequence[str]) -> None:
        self.asked += sentences

    def pending(self) -> int:
        return self.batches * len(self.asked) // 4

    def wait(self, timeout_s: float) -> bool:
        assert timeout_s <= 0.25
        if self.batches:
            self.batches -= 1
            return False
        return True

    def length_ms(self, sentence: str) -> int | None:
        return 0 if sentence in self.unable else 40 * len(sentence)

    def info(self) -> VoiceInfo:
        return self.about

    def sound(self, sentences: Sequence[str]) -> Sound | None:
        length = line_ms(sentences, self.length_ms)
        if length is None or not self.about.id or any(one in self.unable for one in sentences):
            return None
        wave = np.full((length * 48, 2), 5_000, "<i2")
        wave[:480] = 0
        return Sound(wave.tobytes(), 480)


def seen(_: Progress) -> None:
    pass


def shipped(_look: Callable[[], object]) -> tuple[Earcons, tuple[Problem, ...]]:
    return EARCONS, ()


def export(
    folder: Path, settings: Settings = SILENT, voice: Speaker | None = None
) -> tuple[np.ndarray, AudioExport]:
    made = AudioExport(
        laid_flat(),
        settings,
        make_tones=shipped,
        voice=voice,
        scratch=folder / "scratch",
    )
    made.prepare()
    made.write(folder / "a.wav", AudioFormat.WAV, seen)
    return decoded(folder / "a.wav"), made


def first_above(samples: np.ndarray, level: int, begin: int) -> int:
    return begin + int(np.argmax(np.abs(samples[begin:]).max(axis=1) > level))


# What is in it


def test_every_planned_tone_stands_at_its_frame_and_nothing_else_sounds(tmp_path: Path) -> None:
    samples, _ = export(tmp_path)
    cues = plan(laid_flat())
    assert set(offsets(samples, cues, EARCONS)) == {0}
    silent = np.ones(len(samples), bool)
    for cue in cues:
        silent[cue.at_ms * 48 : cue.end_ms * 48] = False
    assert silent.any()
    assert not samples[silent].any()


def test_it_lasts_until_its_last_cue_has_ended(tmp_path: Path) -> None:
    samples, _ = export(tmp_path)
    timeline = laid_flat()
    # The open step at its end counts with its estimate.
    assert timeline.segments[-1].duration_ms == 5_000
    assert len(samples) == (timeline.duration_ms + TONE_MS[CueKind.ROUTINE_DONE]) * 48


def test_the_volume_is_that_of_the_settings(tmp_path: Path) -> None:
    loud, _ = export(tmp_path)
    (tmp_path / "a.wav").unlink()
    soft, _ = export(tmp_path, Settings(voice=False, volume=0.5))
    assert np.abs(soft - loud * amplitude(0.5)).max() <= 1


def test_tones_and_voice_have_levels_of_their_own(tmp_path: Path) -> None:
    settings = Settings(volume=1.0, tones_level=0.5, voice_level=0.8)
    samples, _ = export(tmp_path, settings, Speaker())
    alone = [cue for cue in plan(laid_flat()) if cue.kind is CueKind.GET_READY]
    assert offsets(samples, alone, EARCONS, factor=amplitude(0.5)) == [0]
    assert np.abs(samples[RATE : RATE * 2]).max() == round(5_000 * amplitude(0.8))


@pytest.mark.parametrize(
    "muted", [Settings(voice=False, tones=False), Settings(voice=False, volume=0.0)]
)
def test_mute_is_not_meant_for_a_file(muted: Settings, tmp_path: Path) -> None:
    samples, _ = export(tmp_path, muted)
    factor = amplitude(Settings().volume)
    assert set(offsets(samples, plan(laid_flat()), EARCONS, factor=factor)) == {0}


def test_the_cadence_ticks_as_often_as_in_a_session(tmp_path: Path) -> None:
    made = routine(block(step("walk", dose=TimeDose(6_000), cadence=(120, 120))))
    timeline = expand(made, SOME_EXERCISES, Choices())
    settings = Settings(voice=False, beat_every=2)
    cues = AudioExport(timeline, settings, make_tones=shipped, voice=None, scratch=tmp_path).cues(
        None
    )
    assert sum(cue.kind is CueKind.BEAT for cue in cues) == 6


# The voice


def test_lines_are_said_at_their_onsets(tmp_path: Path) -> None:
    voice = Speaker()
    samples, made = export(tmp_path, Settings(volume=1.0), voice)
    assert voice.asked == list(needed(laid_flat(), Speech()))
    lines = [
        cue
        for cue in made.cues(Speech(lengths=voice.length_ms))
        if cue.kind is CueKind.VOICE and cue.text == "Halfway."
    ]
    assert len(lines) == 2
    for line in lines:
        before = samples[line.at_ms * 48 - 5 : line.at_ms * 48]
        assert not before.any()
        assert first_above(samples, 1_000, line.at_ms * 48 - 40) == line.at_ms * 48


def test_a_long_last_line_makes_it_longer(tmp_path: Path) -> None:
    voice = Speaker()
    voice.length_ms = lambda _sentence: 3_000  # type: ignore[method-assign]
    samples, made = export(tmp_path, Settings(volume=1.0), voice)
    last = made.cues(Speech(lengths=voice.length_ms))[-1]
    assert last.text == "Done. Well stretched."
    assert len(samples) == last.at_ms * 48 + (3_000 + 250 + 3_000) * 48 - 480


def test_without_the_voice_nobody_is_asked(tmp_path: Path) -> None:
    voice = Speaker()
    export(tmp_path, SILENT, voice)
    assert voice.asked == []


def test_where_no_voice_is_found_tones_stand_for_words_too(tmp_path: Path) -> None:
    settings = Settings(volume=1.0, spoken_counts=True)
    samples, _ = export(tmp_path, settings, Speaker(about=NOBODY))
    assert set(offsets(samples, plan(laid_flat()), EARCONS)) == {0}


@pytest.mark.parametrize(
    ("unable", "said"), [((), True), ((COUNTS[2],), False), (("Halfway.",), True)]
)
def test_numbers_are_words_where_the_voice_has_all_of_them(
    unable: tuple[str, ...], tmp_path: Path, *, said: bool
) -> None:
    voice = Speaker(unable=unable)
    samples, _ = export(tmp_path, Settings(volume=1.0, spoken_counts=True), voice)
    count = next(cue for cue in plan(laid_flat()) if cue.kind is CueKind.COUNT)
    window = samples[count.at_ms * 48 : (count.at_ms + 100) * 48]
    # The voice here is a constant, the tone is none.
    assert (len(np.unique(window)) == 1) is said
    assert window.any()


def test_tempo_words_need_every_word_too(tmp_path: Path) -> None:
    tempo = [cue for cue in plan(laid_flat()) if cue.kind is CueKind.TEMPO]
    settings = Settings(volume=1.0, spoken_tempo=True)
    samples, _ = export(tmp_path, settings, Speaker(unable=("Hold.",)))
    assert len(offsets(samples, tempo, EARCONS)) == len(tempo) > 2


def test_progress_tells_of_the_voice_and_then_of_the_sound(tmp_path: Path) -> None:
    told: list[Progress] = []
    made = AudioExport(
        laid_flat(),
        Settings(),
        make_tones=shipped,
        voice=Speaker(batches=4),
        scratch=tmp_path,
    )
    made.prepare()
    exported = made.write(tmp_path / "a.wav", AudioFormat.WAV, told.append)
    voice = [progress for progress in told if progress.stage is Stage.VOICE]
    sound = [progress for progress in told if progress.stage is Stage.SOUND]
    assert [progress.stage for progress in told if progress not in voice + sound] == [Stage.TONES]
    assert told[1:] == voice + sound
    assert len(voice) == 4
    assert [progress.done for progress in voice] == sorted(progress.done for progress in voice)
    assert {progress.total for progress in voice} == {len(needed(laid_flat(), Speech()))}
    assert (sound[0].done, sound[-1].done) == (0, exported.frames)
    assert len(sound) >= exported.seconds
    assert exported.voice == HEART


@pytest.mark.parametrize(
    ("about", "trouble", "lack"),
    [
        (HEART, "", ""),
        (replace(HEART, trouble="It broke down."), "It broke down.", ""),
        (replace(HEART, lack="3 sentences are not said."), "", "3 sentences are not said."),
        (NOBODY, "", "No voice was found."),
    ],
)
def test_what_a_file_goes_without_is_told(
    about: VoiceInfo, trouble: str, lack: str, tmp_path: Path
) -> None:
    bad = Problem(file="half.wav", line=None, id="no-sound", message="holds no sound")
    made = AudioExport(
        laid_flat(),
        Settings(),
        make_tones=lambda _look: (EARCONS, (bad,)),
        voice=Speaker(about),
        scratch=tmp_path,
    )
    exported = made.write(tmp_path / "a.wav", AudioFormat.WAV, seen)
    assert (exported.trouble, exported.lack, exported.problems) == (trouble, lack, (bad,))


# From the window


class Shelf:
    """A catalogue with one routine, which is done on both sides."""

    def load(self, _reference: str) -> tuple[Routine, str]:
        return routine(block(step("wall-calf", dose=TimeDose(20_000)))), ""

    def exercises(self) -> dict[str, object]:
        return dict(SOME_EXERCISES)


@pytest.mark.parametrize(("sessions", "sides"), [(4, ["left", "right"]), (5, ["right", "left"])])
def test_sides_take_turns_in_a_file_as_in_the_next_session(
    sessions: int, sides: list[str], tmp_path: Path
) -> None:
    exporter = AudioExporter(
        Shelf(),  # type: ignore[arg-type]
        settings=lambda: replace(SILENT, first_side=FirstSide.ALTERNATE),
        make_tones=shipped,
        voice=Speaker,
        sessions_so_far=lambda: sessions,
        scratch=tmp_path,
    )
    exported = exporter.begin("r", frozenset(), tmp_path / "a.wav").run(seen)
    assert [chapter.title.rpartition(", ")[2] for chapter in exported.chapters] == sides


# Files


@pytest.mark.parametrize("stage", list(Stage))
def test_a_cancelled_export_leaves_nothing(stage: Stage, tmp_path: Path) -> None:
    def cancel(progress: Progress) -> None:
        if progress.stage is stage and (progress.done or not progress.total):
            raise ExportCancelled

    scratch = tmp_path / "scratch"
    made = AudioExport(
        laid_flat(),
        Settings(),
        make_tones=shipped,
        voice=Speaker(batches=3),
        scratch=scratch,
    )
    made.prepare()
    with pytest.raises(ExportCancelled):
        made.write(tmp_path / "a.wav", AudioFormat.WAV, cancel)
    assert [path for path in tmp_path.rglob("*") if path != scratch] == []


def test_cancelling_ends_the_reading_of_tones(tmp_path: Path) -> None:
    read: list[str] = []

    def reading(look: Callable[[], object]) -> tuple[Earcons, tuple[Problem, ...]]:
        for name in ("start.wav", "half.wav", "rest.wav"):
            look()
            read.append(name)
        return EARCONS, ()

    def cancel(progress: Progress) -> None:
        if progress.stage is Stage.TONES and len(read) == 2:
            raise ExportCancelled

    made = AudioExport(laid_flat(), SILENT, make_tones=reading, voice=None, scratch=tmp_path)
    with pytest.raises(ExportCancelled):
        made.write(tmp_path / "a.wav", AudioFormat.WAV, cancel)
    assert read == ["start.wav", "half.wav"]


def test_cancelling_ends_the_rendering_before_a_second_is_written(tmp_path: Path) -> None:
    told: list[Progress] = []

    def cancel(progress: Progress) -> None:
        told.append(progress)
        if progress.stage is Stage.SOUND and len(told) == 5:
            raise ExportCancelled

    made = AudioExport(laid_flat(), SILENT, make_tones=shipped, voice=None, scratch=tmp_path)
    with pytest.raises(ExportCancelled):
        made.write(tmp_path / "a.wav", AudioFormat.WAV, cancel)
    assert [progress.done for progress in told] == [0] * 5
    assert list(tmp_path.iterdir()) == []


def test_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    export(tmp_path)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.wav"]


def test_where_the_folder_for_what_is_temporary_cannot_be_made_the_systems_serves(
    tmp_path: Path,
) -> None:
    (tmp_path / "scratch").touch()
    samples, _ = export(tmp_path)
    assert samples.any()


def test_without_any_room_for_what_is_temporary_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scratch").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    with pytest.raises(SoundError, match="Cannot make a temporary file"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["scratch"]


def test_a_file_that_is_there_is_replaced_only_where_that_is_wanted(tmp_path: Path) -> None:
    _, made = export(tmp_path)
    with pytest.raises(ExportError, match="there already"):
        made.write(tmp_path / "a.wav", AudioFormat.WAV, seen)
    made.write(tmp_path / "a.wav", AudioFormat.WAV, seen, replace=True)


def test_it_can_be_written_on_another_thread(tmp_path: Path) -> None:
    made = AudioExport(laid_flat(), SILENT, make_tones=shipped, voice=None, scratch=tmp_path)
    worker = threading.Thread(
        target=made.write, args=(tmp_path / "a.ogg", AudioFormat.OGG, seen), name="export"
    )
    worker.start()
    worker.join()
    assert max(map(abs, offsets(decoded(tmp_path / "a.ogg"), plan(laid_flat()), EARCONS))) <= 0


# Chapters


def test_each_step_is_a_chapter_from_what_leads_to_it_on() -> None:
    timeline = laid_flat()
    found = chapters(timeline)
    assert [chapter.title for chapter in found] == [
        "1. Wall calf stretch, left",
        "2. Wall calf stretch, right",
        "3. Bridge",
        "4. Hold",
        "5. Roll",
    ]
    leads = {segment.step: segment for segment in reversed(timeline.segments) if segment.step}
    assert found[0].at_ms == 0
    # The side switch, the way to the floor; the hold without a changeover; not the rest before.
    assert [chapter.at_ms for chapter in found[1:4]] == [leads[n].start_ms for n in (2, 3, 4)]
    assert found[4].at_ms == leads[5].start_ms + 3_000


def test_chapters_of_a_file_fill_it(tmp_path: Path) -> None:
    timeline = laid_flat()
    made = AudioExport(timeline, SILENT, make_tones=shipped, voice=None, scratch=tmp_path)
    exported = made.write(tmp_path / "a.mp3", AudioFormat.MP3, seen)
    assert exported.chapters == chapters(timeline)
    data = (tmp_path / "a.mp3").read_bytes()
    times = []
    at = data.find(b"CHAP")
    while at >= 0:
        begin = data.index(b"\0", at + 10) + 1
        times.append(
            (
                int.from_bytes(data[begin : begin + 4], "big"),
                int.from_bytes(data[begin + 4 : begin + 8], "big"),
            )
        )
        at = data.find(b"CHAP", at + 4)
    assert [start for start, _ in times] == [chapter.at_ms for chapter in exported.chapters]
    assert [end for _, end in times[:-1]] == [start for start, _ in times[1:]]
    assert times[-1][1] == round(exported.seconds * 1000)
