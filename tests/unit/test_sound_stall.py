"""Sleep, a lost device and a busy interpreter are told apart by their clocks."""

from __future__ import annotations

from app.sound.stall import Asleep, Beat, DeviceLost, Fine, Heartbeat, Verdict

RATE = 48_000


class Machine:
    """A process with its clocks; `pass_` lets time go by and beats once."""

    def __init__(self, *, device: bool = True) -> None:
        self.heartbeat = Heartbeat(RATE)
        self.mono_s = 50.0
        self.boot_s = 90.0
        self.cpu_s = 1.0
        self.stream = 1
        self.opening = False
        self.taken: int | None = 0 if device else None
        self.heartbeat.beat(self.beat())

    def beat(self) -> Beat:
        return Beat(
            mono_s=self.mono_s,
            boot_s=self.boot_s,
            cpu_s=self.cpu_s,
            stream=self.stream,
            taken=self.taken,
            opening=self.opening,
        )

    def pass_(
        self, seconds: float, *, played: float = 0.0, cpu: float = 0.0, slept: float = 0.0
    ) -> Verdict:
        self.mono_s += seconds
        self.boot_s += seconds + slept
        self.cpu_s += cpu
        if self.taken is not None:
            self.taken += int(played * RATE)
        return self.heartbeat.beat(self.beat())

    def tick(self, seconds: float, *, plays: bool = True) -> list[Verdict]:
        """Beat every 50 ms; return what was remarkable."""
        verdicts = [
            self.pass_(0.05, played=0.05 if plays else 0.0) for _ in range(round(seconds / 0.05))
        ]
        return [verdict for verdict in verdicts if verdict != Fine()]


def test_a_device_that_goes_on_is_fine() -> None:
    assert Machine().tick(10) == []


def test_a_device_that_stands_still_is_lost_after_a_quarter_of_a_second() -> None:
    machine = Machine()
    machine.tick(1)
    assert machine.tick(0.2, plays=False) == []
    assert machine.tick(0.1, plays=False) == [DeviceLost()]


def test_blocks_of_frames_are_progress() -> None:
    machine = Machine()
    for _ in range(50):
        assert machine.tick(0.2, plays=False) == []
        assert machine.pass_(0.05, played=0.25) == Fine()


def test_a_busy_interpreter_is_no_loss_while_the_device_goes_on() -> None:
    machine = Machine()
    for seconds in (0.5, 1.9, 5.0, 60.0):
        assert machine.pass_(seconds, played=seconds - 0.05) == Fine()


def test_a_hole_of_our_own_does_not_count_against_the_device() -> None:
    machine = Machine()
    # Stopped for a second: the device ran dry, and plays on.
    assert machine.pass_(1.0, played=0.0) == Fine()
    assert machine.tick(5) == []


def test_a_stopped_process_slept_from_the_beginning_of_the_hole() -> None:
    machine = Machine()
    machine.tick(3)
    assert machine.pass_(4.0, played=0.12) == Asleep(4.0)
    assert machine.tick(3) == []


def test_a_suspended_machine_slept_though_the_monotonic_clock_did_not_see_it() -> None:
    machine = Machine()
    machine.tick(3)
    verdict = machine.pass_(0.05, played=0.05, slept=3_600)
    assert isinstance(verdict, Asleep)
    assert verdict.hole_s < 0.1


def test_a_short_sleep_is_passed_over() -> None:
    assert Machine().pass_(0.05, played=0.05, slept=1.9) == Fine()


def test_without_a_device_a_hole_without_work_is_sleep() -> None:
    machine = Machine(device=False)
    assert machine.pass_(1.9) == Fine()
    assert machine.pass_(6.0, cpu=0.1) == Asleep(6.0)


def test_without_a_device_a_hole_full_of_work_is_a_busy_interpreter() -> None:
    assert Machine(device=False).pass_(6.0, cpu=5.5) == Fine()


def test_without_a_device_suspend_is_sleep_however_busy() -> None:
    assert isinstance(Machine(device=False).pass_(0.3, cpu=0.3, slept=60), Asleep)


def test_without_a_device_nothing_can_be_lost() -> None:
    assert Machine(device=False).tick(20) == []


def test_a_stalled_device_in_a_hole_full_of_work_is_no_sleep() -> None:
    machine = Machine()
    assert machine.pass_(6.0, played=0.0, cpu=5.9) == Fine()
    assert machine.tick(0.3, plays=False) == [DeviceLost()]


def test_a_stream_may_take_its_time_to_open() -> None:
    machine = Machine()
    machine.opening = True
    assert machine.tick(3.9, plays=False) == []
    assert machine.tick(0.2, plays=False) == [DeviceLost()]


def test_another_stream_counts_from_its_own_beginning() -> None:
    machine = Machine()
    machine.tick(1)
    machine.tick(0.2, plays=False)
    machine.stream, machine.taken = 2, 0
    assert machine.tick(0.2, plays=False) == []


def test_after_a_rest_the_time_before_does_not_count() -> None:
    machine = Machine()
    machine.heartbeat.rest()
    assert machine.pass_(3_600, slept=3_600) == Fine()
