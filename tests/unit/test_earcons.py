"""The shipped tones: alike in loudness, unlike in everything else, and made by the recipes."""

from __future__ import annotations

import importlib.util
import itertools
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.domain.choices import Side
from app.domain.cues import TONE_MS, Cue, CueKind
from app.sound.earcons import ONE_PLACE, VARIANTS, Earcons, file_name

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources/sounds"
RATE = 48_000
SIDED = [kind for kind in TONE_MS if kind not in ONE_PLACE]
NAMES = sorted(
    file_name(kind, variant, side)
    for kind in TONE_MS
    for variant in VARIANTS.get(kind, (0,))
    for side in ((None,) if kind in ONE_PLACE else (None, Side.LEFT, Side.RIGHT))
)
COMPARABLE = {
    "signals": [
        CueKind.GET_READY,
        CueKind.START,
        CueKind.HALF,
        CueKind.SWITCH,
        CueKind.REST,
        CueKind.STEP_DONE,
        CueKind.ROUTINE_DONE,
    ],
    "ticks": [CueKind.COUNT, CueKind.TEMPO],
    "beats": [CueKind.BEAT],
    "breaths": [CueKind.BREATH_IN, CueKind.BREATH_OUT],
}


def samples(name: str) -> np.ndarray:
    with wave.open(str(FOLDER / name)) as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return raw.reshape(-1, 2) / 32_768


def names(kind: CueKind) -> list[str]:
    return [name for name in NAMES if name.startswith(kind.value)]


def spectrum(sound: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return frequencies and power of both channels together."""
    size = 1 << 17
    power = (np.abs(np.fft.rfft(sound, size, axis=0)) ** 2).sum(axis=1)
    return np.fft.rfftfreq(size, 1 / RATE), power


def pitch(name: str) -> float:
    frequencies, power = spectrum(samples(name))
    return float(frequencies[np.argmax(power)])


def centroid(name: str) -> float:
    frequencies, power = spectrum(samples(name))
    return float((frequencies * power).sum() / power.sum())


def loudness(name: str) -> float:
    """Return the loudest 100 ms in dB, weighted as ears do (A-weighting)."""
    sound = samples(name)
    size = 1 << 17
    f = np.fft.rfftfreq(size, 1 / RATE)
    weight = (12_194**2 * f**4) / (
        (f**2 + 20.6**2) * np.sqrt((f**2 + 107.7**2) * (f**2 + 737.9**2)) * (f**2 + 12_194**2)
    )
    heard = np.fft.irfft(np.fft.rfft(sound, size, axis=0) * weight[:, None], size, axis=0)
    power = (heard**2).sum(axis=1)
    window = RATE // 10
    sums = np.convolve(power[: len(sound) + window], np.ones(window))
    return float(10 * np.log10(sums.max() / window))


def envelope(name: str) -> np.ndarray:
    """Return the level in steps of 10 ms, the loudest being 1."""
    power = (samples(name) ** 2).sum(axis=1)
    steps = power[: len(power) // 480 * 480].reshape(-1, 480).mean(axis=1)
    return np.sqrt(steps / steps.max())


def balance(name: str) -> float:
    """Return how much more of it is right than left, in dB."""
    left, right = (samples(name) ** 2).sum(axis=0)
    return float(10 * np.log10(right / left))


def alike(one: str, other: str) -> float:
    """Return how well one sound fits anywhere into the other: 1 is the same wave."""
    a, b = samples(one).mean(axis=1), samples(other).mean(axis=1)
    size = 1 << (len(a) + len(b)).bit_length()
    fit = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
    return float(np.abs(fit).max() / np.sqrt((a**2).sum() * (b**2).sum()))


def test_every_tone_is_there_and_no_other() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.wav")) == NAMES


@pytest.mark.parametrize("kind", list(TONE_MS))
def test_a_tone_lasts_exactly_as_long_as_is_planned(kind: CueKind) -> None:
    for name in names(kind):
        with wave.open(str(FOLDER / name)) as file:
            assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (RATE, 2, 2)
            assert file.getnframes() == TONE_MS[kind] * RATE // 1000, name


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_keeps_its_distance_from_full_scale(name: str) -> None:
    assert 20 * np.log10(np.abs(samples(name)).max()) <= -3


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_begins_at_once_and_without_a_click(name: str) -> None:
    sound = np.abs(samples(name)).max(axis=1)
    assert sound[0] < 0.02 * sound.max()
    assert sound[:48].max() > 0.01 * sound.max()


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_ends_in_silence(name: str) -> None:
    sound = np.abs(samples(name)).max(axis=1)
    assert sound[-1] <= 2 / 32_768
    assert sound[-48:].max() < 0.02 * sound.max()


@pytest.mark.parametrize("kinds", list(COMPARABLE.values()), ids=list(COMPARABLE))
def test_comparable_tones_are_about_as_loud(kinds: list[CueKind]) -> None:
    levels = {name: loudness(name) for kind in kinds for name in names(kind)}
    spread = max(levels.values()) - min(levels.values())
    assert spread <= 2, levels


@pytest.mark.parametrize("name", NAMES)
def test_the_strongest_partial_is_one_that_a_laptop_plays(name: str) -> None:
    assert 240 <= pitch(name) <= 2_600


@pytest.mark.parametrize("name", NAMES)
def test_no_tone_is_shrill(name: str) -> None:
    frequencies, power = spectrum(samples(name))
    assert power[frequencies > 5_000].sum() < 0.05 * power.sum()
    assert centroid(name) < 2_600


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(TONE_MS, 2)))
def test_no_two_kinds_are_alike(one: CueKind, other: CueKind) -> None:
    for pair in itertools.product(names(one), names(other)):
        assert alike(*pair) < 0.6, pair


@pytest.mark.parametrize(
    ("kind", "onsets"),
    [
        (CueKind.GET_READY, 2),
        (CueKind.START, 2),
        (CueKind.HALF, 2),
        (CueKind.REST, 2),
        (CueKind.STEP_DONE, 1),
        (CueKind.ROUTINE_DONE, 4),
        (CueKind.COUNT, 1),
    ],
)
def test_the_rhythm_tells_kinds_apart(kind: CueKind, onsets: int) -> None:
    # A new note is a step up in the brightness-weighted level.
    sound = samples(names(kind)[0]).mean(axis=1)
    frames = np.lib.stride_tricks.sliding_window_view(sound, 960)[::480] * np.hanning(960)
    power = np.abs(np.fft.rfft(frames, axis=1))
    flux = np.maximum(0, np.diff(power, axis=0, prepend=0)).sum(axis=1)
    strong = flux > 0.25 * flux.max()
    assert int(np.sum(strong & ~np.roll(strong, 1))) == onsets


@pytest.mark.parametrize("kind", SIDED)
def test_left_comes_from_the_left_and_right_from_the_right(kind: CueKind) -> None:
    for variant in VARIANTS.get(kind, (0,)):
        left, middle, right = (
            balance(file_name(kind, variant, side)) for side in (Side.LEFT, None, Side.RIGHT)
        )
        assert left < -5
        assert abs(middle) < 1
        assert right > 5
        # A person with one earphone in, or one deaf ear, still hears both.
        assert max(-left, right) < 12


@pytest.mark.parametrize("kind", SIDED)
def test_left_is_clearly_lower_than_right(kind: CueKind) -> None:
    for variant in VARIANTS.get(kind, (0,)):
        left, right = (centroid(file_name(kind, variant, side)) for side in (Side.LEFT, Side.RIGHT))
        # A fifth, whatever the timbre does to it.
        assert right / left > 1.33


def test_the_tempo_tells_going_from_coming_back() -> None:
    def end_over_begin(name: str) -> float:
        sound = samples(name).mean(axis=1)
        half = len(sound) // 2
        begin, end = (np.abs(np.fft.rfft(part, 1 << 15)) for part in (sound[:half], sound[half:]))
        return float(np.argmax(end) / np.argmax(begin))

    assert end_over_begin("tempo-0.wav") > 1.1
    assert end_over_begin("tempo-1.wav") == pytest.approx(1, abs=0.05)
    assert end_over_begin("tempo-2.wav") < 0.9
    assert pitch("tempo-3.wav") < 0.6 * pitch("tempo-1.wav")


def test_breath_rises_going_in_and_falls_going_out() -> None:
    for name, rises in (("breath-in.wav", True), ("breath-out.wav", False)):
        sound = samples(name).mean(axis=1)
        third = len(sound) // 3
        first = np.argmax(np.abs(np.fft.rfft(sound[:third], RATE)))
        last = np.argmax(np.abs(np.fft.rfft(sound[-third:], RATE)))
        assert (last if rises else first) > 1.2 * (first if rises else last)


def cue(kind: CueKind, **more: object) -> Cue:
    return Cue(at_ms=0, duration_ms=1, kind=kind, segment=0, **more)  # type: ignore[arg-type]


def test_a_cue_finds_its_side_and_variant() -> None:
    earcons = Earcons(FOLDER)
    found = earcons.sound(cue(CueKind.TEMPO, variant=2, side=Side.LEFT))
    with wave.open(str(FOLDER / "tempo-2-left.wav")) as file:
        expected = file.readframes(file.getnframes())
    assert found is not None
    assert found.pcm == expected
    assert earcons.sound(cue(CueKind.TEMPO, variant=2, side=Side.LEFT)) is found


def test_speech_is_not_a_tone() -> None:
    assert Earcons(FOLDER).sound(cue(CueKind.VOICE, sentences=("Halfway.",))) is None


def test_a_tone_that_cannot_be_read_is_silent_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "start.wav").write_bytes(b"RIFF")
    earcons = Earcons(tmp_path)
    assert earcons.sound(cue(CueKind.START)) is None
    assert earcons.sound(cue(CueKind.HALF)) is None
    assert "start.wav" in caplog.text
    assert "half.wav" in caplog.text


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sounds", ROOT / "tools/make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", list(TONE_MS))
def test_the_recipes_make_the_shipped_files(kind: CueKind, tmp_path: Path) -> None:
    for name, sound in maker().sounds(kind):
        sound.export(tmp_path / name, format="wav").close()
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name
