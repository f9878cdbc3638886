"""A user's own sounds: which file sounds where, how loud, how long, and what is said of bad ones."""

from __future__ import annotations

import os
import re
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.domain.choices import Side
from app.domain.cues import TONE_MS, Cue, CueKind
from app.domain.exporting import ExportCancelled
from app.sound.cue_file import ASIDE, level
from app.sound.cue_set import PLACES, STEMS, CueSet, cue_set_folder
from app.sound.earcons import Earcons, file_name

if TYPE_CHECKING:
    from app.sound.soundtrack import Sound

RATE = 48_000
EARCONS = Earcons(Path(__file__).parents[2] / "resources/sounds")
LEFT, RIGHT = Side.LEFT, Side.RIGHT


def sine(pitch: float = 880, ms: int = 300, peak: float = 0.5) -> np.ndarray:
    return peak * np.sin(2 * np.pi * pitch * np.arange(ms * 48) / RATE)


def write(path: Path, sound: np.ndarray) -> Path:
    """Write mono (one row of samples) or stereo (two columns)."""
    path.parent.mkdir(exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1 if sound.ndim == 1 else 2, 2, RATE, 0, "NONE", ""))
        file.writeframes(np.round(sound * 32_767).astype("<i2").tobytes())
    return path


def cue(kind: CueKind, side: Side | None = None, variant: int = 0) -> Cue:
    return Cue(at_ms=0, duration_ms=1, kind=kind, segment=0, side=side, variant=variant)


def pcm(source: CueSet | Earcons, which: Cue) -> bytes:
    sound = source.sound(which)
    assert sound is not None
    assert sound.onset == 0
    return sound.pcm


def samples(source: CueSet | Earcons, which: Cue) -> np.ndarray:
    return np.frombuffer(pcm(source, which), "<i2").reshape(-1, 2) / 32_768


def pitch(sound: np.ndarray) -> float:
    """Return the strongest frequency, to 10 Hz."""
    power = np.abs(np.fft.rfft(sound.sum(axis=1), RATE))
    return round(float(np.argmax(power)), -1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "wood"
    made.mkdir()
    return made


def loaded(folder: Path, cache: Path | None = None) -> CueSet:
    made = CueSet(folder, EARCONS, cache or folder.parent / "cache")
    made.load()
    return made


def said(cues: CueSet) -> dict[str, tuple[str, str]]:
    """Return each problem by its file."""
    return {Path(one.file).name: (one.id, one.message) for one in cues.problems}


# Which file sounds


def test_a_file_stands_in_for_its_tone_and_for_no_other(folder: Path) -> None:
    write(folder / "start.wav", sine(700))
    cues = loaded(folder)
    assert cues.name == "wood"
    assert cues.problems == ()
    assert pitch(samples(cues, cue(CueKind.START))) == 700
    assert pcm(cues, cue(CueKind.HALF)) == pcm(EARCONS, cue(CueKind.HALF))


def test_until_it_is_loaded_the_built_in_tones_sound(folder: Path) -> None:
    write(folder / "start.wav", sine(700))
    cues = CueSet(folder, EARCONS, folder.parent / "cache")
    assert pcm(cues, cue(CueKind.START)) == pcm(EARCONS, cue(CueKind.START))


def test_a_sound_is_the_same_object_each_time(folder: Path) -> None:
    write(folder / "start.wav", sine())
    cues = loaded(folder)
    assert cues.sound(cue(CueKind.START)) is cues.sound(cue(CueKind.START))


def test_speech_is_not_a_tone(folder: Path) -> None:
    assert loaded(folder).sound(cue(CueKind.VOICE)) is None


def test_a_file_without_side_or_variant_serves_all_of_them(folder: Path) -> None:
    write(folder / "count.wav", sine(700))
    cues = loaded(folder)
    for variant in (3, 2, 1):
        for side in (None, LEFT, RIGHT):
            assert pitch(samples(cues, cue(CueKind.COUNT, side, variant))) == 700


def test_the_file_that_says_most_is_taken(folder: Path) -> None:
    for stem, hertz in {
        "count": 500,
        "count-left": 600,
        "count-3": 700,
        "count-3-left": 800,
    }.items():
        write(folder / f"{stem}.wav", sine(hertz))
    cues = loaded(folder)
    heard = {
        (variant, side): pitch(samples(cues, cue(CueKind.COUNT, side, variant)))
        for variant in (3, 2)
        for side in (None, LEFT, RIGHT)
    }
    assert heard == {
        (3, None): 700,
        (3, LEFT): 800,
        (3, RIGHT): 700,
        (2, None): 500,
        (2, LEFT): 600,
        (2, RIGHT): 500,
    }


def test_every_built_in_tone_can_be_replaced_by_its_own_name() -> None:
    assert {place.name for place in PLACES} == {
        path.name for path in (Path(__file__).parents[2] / "resources/sounds").glob("*.wav")
    }
    assert all(next(place.stems()) == Path(place.name).stem for place in PLACES)
    assert {"count", "count-3", "count-left", "count-3-right", "routine-done"} <= set(STEMS)
    assert not {"routine-done-left", "start-0", "count-0"} & set(STEMS)


def test_capitals_do_not_matter(folder: Path) -> None:
    write(folder / "Start-Left.WAV", sine(700))
    cues = loaded(folder)
    assert cues.problems == ()
    assert pitch(samples(cues, cue(CueKind.START, LEFT))) == 700


# Where it sounds


def share(sound: np.ndarray) -> float:
    """Return the part of the power that is on the right."""
    left, right = (sound**2).sum(axis=0)
    return float(right / (left + right))


def test_a_file_without_a_side_is_placed_as_the_built_in_tones_are(folder: Path) -> None:
    write(folder / "start.wav", sine())
    cues = loaded(folder)
    for side, wanted in ((None, 0.5), (LEFT, 1 - ASIDE), (RIGHT, ASIDE)):
        here = share(samples(cues, cue(CueKind.START, side)))
        assert here == pytest.approx(wanted, abs=0.002)
        assert here == pytest.approx(share(samples(EARCONS, cue(CueKind.START, side))), abs=0.002)


def test_a_mono_file_for_a_side_comes_from_there(folder: Path) -> None:
    write(folder / "switch-left.wav", sine())
    cues = loaded(folder)
    assert share(samples(cues, cue(CueKind.SWITCH, LEFT))) == pytest.approx(0.15, abs=0.002)


def test_a_stereo_file_for_a_side_stays_as_it_was_made(folder: Path) -> None:
    sound = sine()
    write(folder / "switch-left.wav", np.column_stack([sound, 0.1 * sound]))
    cues = loaded(folder)
    assert share(samples(cues, cue(CueKind.SWITCH, LEFT))) == pytest.approx(0.0099, abs=0.002)


def test_a_stereo_file_without_a_side_is_mixed_down_where_it_must_move(folder: Path) -> None:
    write(folder / "start.wav", np.column_stack([sine(700), sine(1_100)]))
    cues = loaded(folder)
    middle = samples(cues, cue(CueKind.START))
    assert pitch(middle[:, [0, 0]]) == 700
    assert pitch(middle[:, [1, 1]]) == 1_100
    left = samples(cues, cue(CueKind.START, LEFT))
    assert share(left) == pytest.approx(0.15, abs=0.002)
    spectrum = np.abs(np.fft.rfft(left[:, 0], RATE))
    assert spectrum[700] == pytest.approx(spectrum[1_100], rel=0.1)


# How loud

SHAPES = {
    "soft": sine(peak=0.01),
    "loud": sine(peak=1.0),
    "low": sine(220),
    "square": np.sign(sine(500)) * 0.9,
    "noise": 0.3 * np.random.default_rng(1).uniform(-1, 1, 14_400),
    "struck": sine(900, 400) * np.exp(-np.arange(400 * 48) / 4_000),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", [CueKind.START, CueKind.STEP_DONE, CueKind.BEAT, CueKind.HALF])
def test_a_file_is_as_loud_as_the_tone_that_it_replaces(
    folder: Path, shape: str, kind: CueKind
) -> None:
    write(folder / f"{kind}.wav", SHAPES[shape])
    cues = loaded(folder)
    for side in (None, LEFT, RIGHT):
        made, built_in = (level(pcm(source, cue(kind, side))) for source in (cues, EARCONS))
        assert made.peak <= built_in.peak
        assert made.loudness <= built_in.loudness + 0.1
        if made.peak < 0.98 * built_in.peak:  # nothing stood in the way
            assert made.loudness == pytest.approx(built_in.loudness, abs=0.1)


def test_peaks_are_pressed_down_a_little_before_loudness_is_given_up(folder: Path) -> None:
    # Five clicks over a tone: by its peaks alone it would be 5 dB too soft.
    sound = sine(880, 600, 0.2)
    sound[4_800::4_800] = 0.45
    write(folder / "start.wav", sound)
    made, built_in = (
        level(pcm(source, cue(CueKind.START))) for source in (loaded(folder), EARCONS)
    )
    assert made.peak <= built_in.peak
    assert made.loudness == pytest.approx(built_in.loudness, abs=1)


def test_pressing_peaks_down_does_not_buzz(folder: Path) -> None:
    sound = sine(300, 1_000, 0.3) * (1 + 1.2 * np.exp(-((np.arange(48_000) - 12_000) ** 2) / 2e6))
    write(folder / "rest.wav", sound)
    made = samples(loaded(folder), cue(CueKind.REST)).sum(axis=1)
    power = np.abs(np.fft.rfft(made * np.hanning(len(made)))) ** 2
    hertz = np.fft.rfftfreq(len(made), 1 / RATE)
    assert power[hertz > 600].sum() < 1e-4 * power.sum()


# How long


def test_silence_around_a_sound_is_cut_away(folder: Path) -> None:
    silence = np.zeros(24_000)
    hiss = 0.0005 * np.random.default_rng(2).uniform(-1, 1, 24_000)
    write(folder / "start.wav", np.concatenate([silence, hiss, sine(ms=400), hiss, silence]))
    made = samples(loaded(folder), cue(CueKind.START))
    assert len(made) == pytest.approx(48 * 420, abs=48)
    assert np.abs(made[:30]).max() > 0.05


def test_what_is_too_long_fades_out_a_second_after_its_planned_end(folder: Path) -> None:
    for kind in (CueKind.BEAT, CueKind.ROUTINE_DONE):
        write(folder / f"{kind}.wav", sine(ms=9_000))
        made = samples(loaded(folder), cue(kind))
        assert len(made) == 48 * (TONE_MS[kind] + 1_000)
        assert np.abs(made[-48:]).max() < 0.01 * np.abs(made).max()
        before = np.abs(made[-48 * 75 : -48 * 70]).max()
        assert before == pytest.approx(0.5 * np.abs(made).max(), rel=0.2)


def test_a_sound_ends_without_a_click(folder: Path) -> None:
    write(folder / "half.wav", sine(ms=123))
    made = np.abs(samples(loaded(folder), cue(CueKind.HALF)))
    assert len(made) == pytest.approx(48 * 123, abs=48)
    assert made[-1].max() < 1e-3
    assert made[: -48 * 21].max() == made.max()


def test_a_sound_of_a_few_samples_does_no_harm(folder: Path) -> None:
    write(folder / "beat.wav", np.array([0.5]))
    cues = loaded(folder)
    assert cues.problems == ()
    assert samples(cues, cue(CueKind.BEAT)).any()


class Stopping:
    """Tones that end the reading of a set as soon as it asks for the first of them."""

    def __init__(self) -> None:
        self.asked = 0
        self.cues: CueSet | None = None

    def sound(self, which: Cue) -> Sound | None:
        self.asked += 1
        if self.cues is not None:
            self.cues.stop()
        return EARCONS.sound(which)


def test_reading_a_set_can_be_stopped(folder: Path) -> None:
    for kind in (CueKind.START, CueKind.HALF, CueKind.REST):
        write(folder / f"{kind}.wav", sine())
    tones = Stopping()
    cues = tones.cues = CueSet(folder, tones, folder.parent / "cache")
    cues.load()
    assert tones.asked == 1
    assert pcm(cues, cue(CueKind.START)) == pcm(EARCONS, cue(CueKind.START))


# What cannot be used


def test_a_file_that_cannot_be_used_is_named_and_the_built_in_tone_sounds(folder: Path) -> None:
    (folder / "start.wav").write_bytes(b"")
    write(folder / "half.wav", np.zeros(4_800))
    write(folder / "rest.wav", sine(ms=10_001))
    (folder / "switch.wav").mkdir()
    write(folder / "beat.wav", np.zeros(0))
    write(folder / "step-done.wav", sine(ms=10_000))
    cues = loaded(folder)
    assert said(cues) == {
        "start.wav": ("empty", "is empty"),
        "half.wav": ("silent", "is silent"),
        "rest.wav": ("too-long", "is longer than 10 s"),
        "switch.wav": ("not-a-file", "is no file"),
        "beat.wav": ("empty", "has no sound in it"),
    }
    for kind in (CueKind.START, CueKind.HALF, CueKind.REST, CueKind.SWITCH, CueKind.BEAT):
        for side in (None, LEFT, RIGHT):
            assert pcm(cues, cue(kind, side)) == pcm(EARCONS, cue(kind, side))
    assert str(cues.problems[0]).startswith(f"{folder / 'beat.wav'}: has no sound")


def test_a_more_general_file_stands_in_for_one_that_cannot_be_used(folder: Path) -> None:
    write(folder / "count.wav", sine(700))
    (folder / "count-3.wav").write_bytes(b"")
    cues = loaded(folder)
    assert list(said(cues)) == ["count-3.wav"]
    assert pitch(samples(cues, cue(CueKind.COUNT, variant=3))) == 700


@pytest.mark.parametrize(
    ("stem", "near"),
    [
        ("strat", "start"),
        ("count-4", "count-3"),
        ("switch-lft", "switch-left"),
        ("half-way", "half"),
    ],
)
def test_an_unknown_name_is_named_with_the_nearest_one(folder: Path, stem: str, near: str) -> None:
    write(folder / f"{stem}.wav", sine())
    assert said(loaded(folder)) == {
        f"{stem}.wav": ("unknown-name", f"names no tone; the nearest name is {near}")
    }


def test_kinds_of_files_that_are_not_read_are_named(folder: Path) -> None:
    for name in ("start.aiff", "song.wma", "half.txt"):
        (folder / name).write_bytes(b"x")
    message = "is of a kind that is not read; wav, flac, ogg, opus, m4a, mp3 are"
    assert said(loaded(folder)) == dict.fromkeys(
        ("start.aiff", "song.wma", "half.txt"), ("unknown-kind", message)
    )


def test_notes_and_pictures_beside_the_sounds_are_let_be(folder: Path) -> None:
    for name in ("LICENSE", "readme.txt", "cover.jpg", ".DS_Store", "._start.wav", ".start.wav"):
        (folder / name).write_bytes(b"x")
    (folder / "old").mkdir()
    assert loaded(folder).problems == ()


def test_two_files_for_one_tone_are_said(folder: Path) -> None:
    write(folder / "start.wav", sine(700))
    (folder / "start.mp3").write_bytes(b"x")
    cues = loaded(folder)
    assert said(cues) == {"start.mp3": ("twice", "is not used: start.wav has the same name")}
    assert pitch(samples(cues, cue(CueKind.START))) == 700


def test_a_folder_that_is_not_there_is_said(folder: Path) -> None:
    cues = loaded(folder / "gone")
    (problem,) = cues.problems
    assert problem.file == str(folder / "gone")
    assert problem.message == "is no folder that can be read: No such file or directory"
    assert pcm(cues, cue(CueKind.START)) == pcm(EARCONS, cue(CueKind.START))


def test_a_folder_of_thousands_is_not_searched(folder: Path) -> None:
    for number in range(1_001):
        (folder / f"{number}.mp3").touch()
    (problem,) = loaded(folder).problems
    assert problem.id == "too-many"


def test_loading_anew_finds_what_changed(folder: Path) -> None:
    path = write(folder / "start.wav", sine(700))
    (folder / "half.wav").write_bytes(b"")
    cues = loaded(folder)
    path.unlink()
    write(folder / "half.wav", sine(900))
    cues.load()
    assert cues.problems == ()
    assert pcm(cues, cue(CueKind.START)) == pcm(EARCONS, cue(CueKind.START))
    assert pitch(samples(cues, cue(CueKind.HALF))) == 900


# What is kept


def spoil(path: Path) -> None:
    """Make silence of a file without a trace from outside."""
    status, content = path.stat(), path.read_bytes()
    path.write_bytes(content[:44] + bytes(len(content) - 44))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_file_is_decoded_once_until_it_changes(folder: Path) -> None:
    path = write(folder / "start.wav", sine(700))
    first = pcm(loaded(folder), cue(CueKind.START, LEFT))
    spoil(path)
    assert pcm(loaded(folder), cue(CueKind.START, LEFT)) == first
    os.utime(path, ns=(0, 1))
    assert list(said(loaded(folder))) == ["start.wav"]


def test_another_built_in_tone_means_another_loudness(folder: Path, tmp_path: Path) -> None:
    write(folder / "start.wav", sine())
    loaded(folder)
    tones = tmp_path / "tones"
    for side in (None, LEFT, RIGHT):
        sound = sine(peak=0.02)
        write(tones / file_name(CueKind.START, side=side), np.column_stack([sound, sound]))
    softer = CueSet(folder, Earcons(tones), tmp_path / "cache")
    softer.load()
    assert level(pcm(softer, cue(CueKind.START))).peak < 0.04 * 32_768


def test_what_is_kept_is_not_trusted(folder: Path, tmp_path: Path) -> None:
    write(folder / "start.wav", sine(700))
    good = pcm(loaded(folder), cue(CueKind.START))
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(kept.read_bytes()[:-4])
    assert pcm(loaded(folder), cue(CueKind.START)) == good


def test_what_is_not_needed_any_more_is_not_kept(folder: Path, tmp_path: Path) -> None:
    path = write(folder / "start.wav", sine(700))
    loaded(folder)
    assert len(list((tmp_path / "cache").iterdir())) == 3
    os.utime(path, ns=(0, 1))
    loaded(folder)
    assert len(list((tmp_path / "cache").iterdir())) == 3


def test_a_cache_that_cannot_be_written_costs_only_time(folder: Path, tmp_path: Path) -> None:
    write(folder / "start.wav", sine(700))
    (tmp_path / "file").touch()
    cues = loaded(folder, tmp_path / "file" / "cache")
    assert pitch(samples(cues, cue(CueKind.START))) == 700


# Which folder


def test_a_set_is_named_by_its_name_or_by_any_path(tmp_path: Path) -> None:
    sets = tmp_path / "cue-sets"
    assert cue_set_folder("wood", sets) == sets / "wood"
    assert cue_set_folder(str(tmp_path / "other"), sets) == tmp_path / "other"
    assert cue_set_folder("~/sounds", sets) == Path.home() / "sounds"


def test_the_documentation_names_every_tone_with_its_length() -> None:
    text = (Path(__file__).parents[2] / "docs/sounds.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| (\d+) ms \|$", text, re.MULTILINE))
    assert rows == {kind.value: str(length) for kind, length in TONE_MS.items()}


def test_who_looks_before_each_file_can_end_the_reading(folder: Path, tmp_path: Path) -> None:
    for name in ("start", "half", "rest"):
        write(folder / f"{name}.wav", sine())
    looks: list[int] = []

    def look() -> None:
        looks.append(len(looks))
        if len(looks) == 2:
            raise ExportCancelled

    made = CueSet(folder, EARCONS, tmp_path / "cache")
    with pytest.raises(ExportCancelled):
        made.load(look)
    assert looks == [0, 1]
    assert pcm(made, cue(CueKind.START)) == pcm(EARCONS, cue(CueKind.START))


def test_a_home_folder_that_nobody_has_is_a_name(tmp_path: Path) -> None:
    assert cue_set_folder("~nobody-at-all/x", tmp_path) == tmp_path / "~nobody-at-all/x"
