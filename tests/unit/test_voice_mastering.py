"""Speech of every source comes out alike: trimmed, equally loud, never clipped, at one rate."""

from __future__ import annotations

import math
from array import array

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sound.voice.mastering import (
    LEAD_MS,
    LIMITING_DB,
    PEAK_DB,
    RATE,
    TAIL_MS,
    TARGET_LUFS,
    TRIM_DB,
    Mastered,
    loudness,
    mastered,
)

RATES = (8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000)
FULL = 32_767
CEILING = math.ceil(FULL * 10 ** (PEAK_DB / 20))
LEAD = LEAD_MS * RATE // 1000

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


def int16(wave: Floats) -> array[int]:
    return array("h", np.round(np.clip(wave, -1, 1) * FULL).astype(np.int16).tobytes())


def heard(made: Mastered) -> Floats:
    return np.frombuffer(made.pcm, np.int16) / FULL


def sine(hertz: float, seconds: float, rate: int, level: float = 1.0) -> Floats:
    return level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def silence(ms: float, rate: int) -> Floats:
    return np.zeros(round(ms * rate / 1000))


def spoken(
    rate: int, seed: int, *, syllables: int = 5, pitch: float = 180.0, peaks: float = 1.0
) -> Floats:
    """Something like speech: voiced syllables with harmonics, soft and loud, and hisses between."""
    chance = np.random.default_rng(seed)
    parts = []
    for _ in range(syllables):
        hiss = chance.standard_normal(round(0.05 * rate)) * chance.uniform(0.01, 0.05)
        count = round(chance.uniform(0.12, 0.3) * rate)
        phase = 2 * np.pi * np.cumsum(np.full(count, pitch * chance.uniform(0.9, 1.1))) / rate
        buzz = sum(
            np.sin(k * phase + chance.uniform(0, peaks)) / k
            for k in range(1, int(0.4 * rate / pitch))
        )
        swell = np.sin(np.linspace(0.05, np.pi - 0.05, count)) ** 0.5
        parts += [hiss, buzz * swell * chance.uniform(0.1, 0.25)]
    return np.concatenate(parts)


def levels(wave: Floats) -> Floats:
    """Return the power of each millisecond."""
    step = RATE // 1000
    return (wave[: len(wave) // step * step].reshape(-1, step) ** 2).mean(axis=1)


@pytest.mark.parametrize("rate", [24_000, 44_100, 48_000])
def test_loudness_is_calibrated_as_the_standard_says(rate: int) -> None:
    assert loudness(sine(997, 3, rate).tolist(), rate) == pytest.approx(-3.01, abs=0.03)
    assert loudness(sine(997, 3, rate, 0.1).tolist(), rate) == pytest.approx(-23.01, abs=0.03)


def test_loudness_weighs_frequencies_as_the_ear_does() -> None:
    low, middle, high = (
        loudness(sine(hertz, 2, 48_000, 0.1).tolist(), 48_000) for hertz in (40, 997, 8_000)
    )
    assert low - middle == pytest.approx(-6.3, abs=0.5)
    assert high - middle == pytest.approx(3.3, abs=0.5)


def test_pauses_do_not_make_speech_less_loud() -> None:
    tone = sine(997, 2, RATE, 0.2)
    paused = np.concatenate([tone, silence(4_000, RATE), tone])
    whispered = np.concatenate([tone, tone * 0.01, tone])
    alone = loudness(tone.tolist(), RATE)
    assert loudness(paused.tolist(), RATE) == pytest.approx(alone, abs=0.4)
    assert loudness(whispered.tolist(), RATE) == pytest.approx(alone, abs=0.4)


def test_a_word_shorter_than_a_block_has_a_loudness() -> None:
    word = sine(997, 0.25, RATE, 0.1)
    assert loudness(word.tolist(), RATE) == pytest.approx(-23.01, abs=0.5)


@settings(max_examples=8)
@given(
    rate=st.sampled_from(RATES),
    seed=st.integers(0, 10_000),
    pitch=st.floats(80, 300),
    peaks=st.floats(0, 2 * math.pi),
    gain_db=st.floats(-30, 0),
    before_ms=st.integers(0, 400),
    after_ms=st.integers(0, 400),
)
def test_speech_of_any_source_comes_out_alike(
    *,
    rate: int,
    seed: int,
    pitch: float,
    peaks: float,
    gain_db: float,
    before_ms: int,
    after_ms: int,
) -> None:
    speech = spoken(rate, seed, pitch=pitch, peaks=peaks)
    speech *= 10 ** (gain_db / 20) / abs(speech).max()
    source = int16(np.concatenate([silence(before_ms, rate), speech, silence(after_ms, rate)]))
    made = mastered(source, rate)
    out = heard(made)
    # No clipping, and no more pressing than is allowed.
    assert abs(np.frombuffer(made.pcm, np.int16).astype(int)).max() <= CEILING
    assert 0 <= made.limited_db <= LIMITING_DB + 1e-9
    # As loud as all are; softer only where more pressing would be needed.
    assert made.lufs <= TARGET_LUFS + 0.5
    assert made.lufs == pytest.approx(loudness(out.tolist(), RATE), abs=0.01)
    if made.limited_db < LIMITING_DB - 1e-9:
        assert made.lufs >= TARGET_LUFS - 0.5
    # Nothing of the speech is cut away, and little else is left.
    assert made.onset == LEAD
    length_ms = made.frames * 1000 / RATE
    spoken_ms = len(speech) * 1000 / rate
    assert spoken_ms - 60 <= length_ms - LEAD_MS - TAIL_MS[0] <= spoken_ms + TAIL_MS[1]
    assert mastered(source, rate) == made


@given(seed=st.integers(0, 10_000), before_ms=st.integers(0, 300))
@settings(max_examples=8)
def test_the_onset_is_the_first_that_is_heard(seed: int, before_ms: int) -> None:
    source = np.concatenate([silence(before_ms, RATE), spoken(RATE, seed), silence(300, RATE)])
    made = mastered(int16(source), RATE)
    power = levels(heard(made))
    floor = np.convolve(power, np.ones(20) / 20, "valid").max() * 10 ** (TRIM_DB / 10)
    first = int(np.argmax(power > floor / 4))
    assert abs(first - LEAD_MS) <= 1
    assert power[: LEAD_MS - 1].max(initial=0) <= floor


def test_silence_around_speech_changes_nothing_about_it() -> None:
    speech = np.concatenate([silence(5, RATE), spoken(RATE, 7)])
    after = silence(500, RATE)
    made = mastered(int16(np.concatenate([speech, after])), RATE)
    padded = mastered(int16(np.concatenate([silence(250, RATE), speech, after, after])), RATE)
    assert padded == made


def test_a_source_that_begins_and_ends_at_once_gets_its_lead_and_tail() -> None:
    tone = sine(400, 0.5, RATE, 0.3)
    made = mastered(int16(tone), RATE)
    out = heard(made)
    lead, tail = out[: LEAD - 24], out[-RATE * (TAIL_MS[0] - 30) // 1000 :]
    assert abs(lead).max() < 0.01
    assert abs(tail).max() < 0.01
    assert LEAD_MS + 500 + TAIL_MS[0] <= made.frames * 1000 / RATE <= LEAD_MS + 500 + TAIL_MS[1]


def test_a_voice_that_rings_on_keeps_more_of_its_tail() -> None:
    tone = sine(400, 0.5, RATE, 0.3)
    fading = np.concatenate(
        [tone, sine(400, 0.3, RATE, 0.3 * 10 ** (-52 / 20)), silence(300, RATE)]
    )
    short, long = (mastered(int16(wave), RATE).frames for wave in (tone, fading))
    assert short * 1000 / RATE == pytest.approx(LEAD_MS + 500 + TAIL_MS[0], abs=15)
    assert long * 1000 / RATE == pytest.approx(LEAD_MS + 500 + TAIL_MS[1], abs=15)


def test_a_clip_begins_and_ends_in_silence() -> None:
    out = np.frombuffer(mastered(int16(spoken(RATE, 3)), RATE).pcm, np.int16)
    assert out[0] == 0
    assert abs(int(out[-1])) <= 1


@pytest.mark.parametrize(
    "wave",
    [
        np.zeros(0),
        np.zeros(1),
        np.zeros(24_000),
        np.full(24_000, 0.25),
        np.random.default_rng(0).standard_normal(24_000) * 10 ** (-75 / 20),
        sine(20, 1, RATE, 0.0005),
    ],
    ids=["nothing", "one-sample", "silence", "offset", "noise-floor", "faint-hum"],
)
@pytest.mark.parametrize("rate", [22_050, 24_000])
def test_a_source_that_says_nothing_comes_out_empty(wave: Floats, rate: int) -> None:
    made = mastered(int16(wave), rate)
    assert (made.pcm, made.frames, made.onset, made.lufs) == (b"", 0, 0, -math.inf)


def test_rumble_and_an_offset_are_not_taken_for_speech() -> None:
    pads = silence(300, RATE)
    clean = np.concatenate([pads, spoken(RATE, 11), pads])
    dirty = clean + 0.1 + sine(20, len(clean) / RATE, RATE, 0.005)
    made, again = mastered(int16(clean), RATE), mastered(int16(dirty), RATE)
    assert abs(made.frames - again.frames) * 1000 / RATE <= TAIL_MS[1] - TAIL_MS[0] + 10
    assert again.lufs == pytest.approx(made.lufs, abs=0.1)
    assert abs(float(heard(again).mean())) < 0.001


@pytest.mark.parametrize("rate", RATES)
def test_a_sound_keeps_its_pitch_and_gains_no_other(rate: int) -> None:
    hertz = 0.3 * rate if rate < RATE else 7_000.0
    made = mastered(int16(sine(hertz, 1.0, rate, 0.2)), rate)
    out = heard(made)[2_400:-4_800]
    spectrum = abs(np.fft.rfft(out * np.blackman(len(out)))) ** 2
    where = np.fft.rfftfreq(len(out), 1 / RATE)
    near = abs(where - hertz) < 20
    assert 10 * math.log10(spectrum[~near].sum() / spectrum[near].sum()) < -60


def test_what_lies_above_the_new_rate_does_not_fold_back() -> None:
    tone = sine(1_000, 1.0, 48_000, 0.2)
    whistle = sine(17_000, 1.0, 48_000, 0.2)
    out = heard(mastered(int16(tone + whistle), 48_000))[2_400:-4_800]
    spectrum = abs(np.fft.rfft(out * np.blackman(len(out)))) ** 2
    where = np.fft.rfftfreq(len(out), 1 / RATE)
    folded, kept = abs(where - 7_000) < 20, abs(where - 1_000) < 20
    assert 10 * math.log10(spectrum[folded].sum() / spectrum[kept].sum()) < -60


def test_a_rate_that_no_engine_has_still_works() -> None:
    made = mastered(int16(spoken(22_049, 5)), 22_049)
    assert made.lufs == pytest.approx(TARGET_LUFS, abs=0.5)


def test_peaks_are_pressed_down_without_pressing_what_is_far_from_them() -> None:
    speech = spoken(RATE, 2, peaks=2 * math.pi)
    speech *= 0.1 / abs(speech).max()
    quiet = mastered(int16(speech), RATE)
    speech[len(speech) // 2] += 0.25
    peaky = mastered(int16(speech), RATE)
    assert quiet.limited_db < LIMITING_DB
    assert peaky.limited_db == pytest.approx(LIMITING_DB)
    # Far from the peak the two differ by a constant factor alone.
    one, other = heard(quiet)[LEAD : LEAD + 6_000], heard(peaky)[LEAD : LEAD + 6_000]
    factor = float((one * other).sum() / (one * one).sum())
    assert abs(other - factor * one).max() < 0.005


def test_bytes_and_samples_are_the_same_to_it() -> None:
    samples = int16(spoken(RATE, 1))
    assert mastered(samples.tobytes(), RATE) == mastered(samples, RATE)


@pytest.mark.parametrize("rate", [0, -24_000])
def test_a_rate_that_is_none_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="rate"):
        mastered(b"\0\0", rate)
