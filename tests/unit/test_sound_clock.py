"""The clock that follows the device's frames: exact, smooth, never backwards."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from app.sound.device_clock import HeardFrames
from app.sound.session_clock import SessionClock
from app.sound.session_sound import SAMPLE_MS

RATE = 48_000
LATENCY_MS = 88
BLOCK = 960
FILL = LATENCY_MS * 48


class Device:
    """Takes a block as soon as there is room for it; plays at its own rate."""

    def __init__(self, rate: float = RATE) -> None:
        self.rate = rate
        self.paused_s = 0.0

    def heard(self, now_s: float) -> float:
        return (now_s - self.paused_s) * self.rate

    def taken(self, now_s: float) -> int:
        return FILL + int(self.heard(now_s) // BLOCK) * BLOCK


def followed(device: Device, times: list[float]) -> list[float]:
    """Return the error of the estimate at each time, in ms."""
    heard = HeardFrames(LATENCY_MS)
    errors = []
    for now_s in times:
        heard.sample(now_s, device.taken(now_s))
        at = heard.at(now_s)
        errors.append(0.0 if at is None else (at - device.heard(now_s)) / 48)
    return errors


def every(step_s: float, until_s: float) -> list[float]:
    return [step_s * n for n in range(1, int(until_s / step_s))]


def test_nothing_is_heard_before_the_device_consumes() -> None:
    heard = HeardFrames(LATENCY_MS)
    for now_s in (0.0, 0.1, 0.5, 1.0):
        heard.sample(now_s, FILL)
        assert heard.at(now_s) is None
        assert not heard.started
    heard.sample(1.02, FILL + BLOCK)
    assert heard.started


def test_the_estimate_settles_on_what_is_heard() -> None:
    errors = followed(Device(), every(0.033, 10))
    assert max(abs(error) for error in errors[20:]) < 2


def test_a_device_that_runs_fast_or_slow_is_followed_for_an_hour() -> None:
    for rate in (RATE * 1.0002, RATE * 0.9998):
        errors = followed(Device(rate), every(SAMPLE_MS / 1000, 3_600))
        assert max(abs(error) for error in errors[40:]) < 5


def test_samples_that_come_late_change_little() -> None:
    chance = random.Random(1)  # noqa: S311  (the same each time is what is wanted)
    times = [0.05]
    while times[-1] < 60:
        times.append(times[-1] + (0.05 if chance.random() < 0.7 else chance.uniform(0.05, 0.8)))
    errors = followed(Device(), times)
    assert max(abs(error) for error in errors[20:]) < 25


def test_time_passes_evenly_from_picture_to_picture() -> None:
    device, heard = Device(), HeardFrames(LATENCY_MS)
    shown = []
    for now_s in every(1 / 30, 20):
        heard.sample(now_s, device.taken(now_s))
        if (at := heard.at(now_s)) is not None:
            shown.append(at / 48)
    steps = [after - before for before, after in pairwise(shown[30:])]
    assert min(steps) > 1000 / 30 - 3
    assert max(steps) < 1000 / 30 + 3


def test_a_stall_of_the_device_stops_the_estimate_at_once() -> None:
    device, heard = Device(), HeardFrames(LATENCY_MS)
    for now_s in every(0.05, 5):
        heard.sample(now_s, device.taken(now_s))
    taken = device.taken(4.95)
    for now_s in (5.2, 5.5, 9.0):
        heard.sample(now_s, taken)
        at = heard.at(now_s)
        assert at is not None
        assert at <= taken


def test_after_a_stall_the_estimate_is_as_good_as_before() -> None:
    device, heard = Device(), HeardFrames(LATENCY_MS)
    for now_s in every(0.05, 5):
        heard.sample(now_s, device.taken(now_s))
    device.paused_s = 1.5
    errors = []
    for step in range(100):
        now_s = 6.5 + step * 0.05
        heard.sample(now_s, device.taken(now_s))
        errors.append(((heard.at(now_s) or 0) - device.heard(now_s)) / 48)
    assert max(abs(error) for error in errors[10:]) < 3


def test_the_session_clock_runs_by_itself_from_zero() -> None:
    clock = SessionClock(100.0)
    assert clock.read(100.0) == 0
    assert clock.read(101.5) == pytest.approx(1_500)
    assert clock.is_free


def test_the_session_clock_stands_still_until_something_is_heard() -> None:
    clock = SessionClock(0.0)
    base = clock.hold(2.0)
    assert base == pytest.approx(2_000)
    assert clock.read(2.4) == base
    clock.follow(base - 300)
    assert clock.read(2.5) == base
    clock.follow(base + 20)
    assert clock.read(2.6) == pytest.approx(2_020)


def test_the_session_clock_never_goes_backwards() -> None:
    clock = SessionClock(0.0)
    clock.hold(1.0)
    clock.follow(1_500)
    clock.follow(1_400)
    assert clock.read(9.0) == 1_500
    clock.run_free(9.0)
    assert clock.read(8.9) == 1_500


def test_the_session_clock_goes_on_from_where_the_sound_stopped() -> None:
    clock = SessionClock(0.0)
    clock.hold(1.0)
    clock.follow(1_700)
    clock.run_free(5.0)
    assert clock.read(5.25) == pytest.approx(1_950)
    clock.run_free(7.0)
    assert clock.read(7.0) == pytest.approx(3_700)


def test_time_asleep_is_left_out() -> None:
    clock = SessionClock(0.0)
    assert clock.read(3.0) == pytest.approx(3_000)
    clock.leave_out(5.0)
    assert clock.read(8.1) == pytest.approx(3_100)
    clock.hold(8.1)
    clock.leave_out(5.0)
    assert clock.read(20.0) == pytest.approx(3_100)


def test_looking_ahead_changes_nothing() -> None:
    clock = SessionClock(0.0)
    assert clock.peek(5.0) == pytest.approx(5_000)
    assert clock.read(1.0) == pytest.approx(1_000)
    assert clock.value == pytest.approx(1_000)
