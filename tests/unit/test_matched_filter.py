"""The instrument that end-to-end tests hear with, on recordings made up here."""

from __future__ import annotations

import numpy as np
import pytest
from heard import RATE, Expected, find


def tone(pitch: float, length_ms: int = 150) -> np.ndarray:
    at = np.arange(length_ms * RATE // 1000) / RATE
    wave = np.sin(2 * np.pi * pitch * at) * np.exp(-at * 20)
    return np.column_stack([wave, wave * 0.5]).astype(np.float32)


EXPECTED = [Expected(500.0 * n, tone(440.0 if n % 3 else 660.0)) for n in range(20)]


def recorded(late_ms: dict[int, float], missing: set[int], latency_ms: float = 73.0) -> np.ndarray:
    noise = np.random.default_rng(1)
    recording = noise.normal(0, 1e-3, (12 * RATE, 2)).astype(np.float32)
    for number, sound in enumerate(EXPECTED):
        if number not in missing:
            place = round((sound.at_ms + latency_ms + late_ms.get(number, 0.0)) * RATE / 1000)
            recording[place : place + len(sound.sound)] += 0.3 * sound.sound
    return recording


def test_sounds_in_their_places_are_all_heard_whatever_the_latency() -> None:
    heard = find(recorded({}, set()), EXPECTED)
    assert heard.lost == ()
    assert heard.worst < 0.05


def test_a_late_sound_is_heard_as_late_as_it_is() -> None:
    heard = find(recorded({7: 12.5}, set()), EXPECTED)
    assert heard.lost == ()
    assert heard.errors_ms[7] == pytest.approx(12.5, abs=0.05)
    assert heard.median < 0.05


def test_a_missing_sound_is_lost_and_only_that_one() -> None:
    assert find(recorded({}, {4, 11}), EXPECTED).lost == (4, 11)


def test_another_sound_in_its_place_does_not_count() -> None:
    recording = recorded({}, {5})
    other = tone(1_980.0)
    place = round((EXPECTED[5].at_ms + 73.0) * RATE / 1000)
    recording[place : place + len(other)] += 0.3 * other
    assert find(recording, EXPECTED).lost == (5,)
