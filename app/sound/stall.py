"""Judges why time passed without us: a busy interpreter, a lost device, or a sleeping machine."""

from dataclasses import dataclass

HOLE_S = 2.0
"""A hole in our own running longer than this pauses a session, unless we were merely busy."""
LOST_S = 0.25
"""The device is lost after this long without progress, while our threads ran."""
SILENT_START_S = 4.0
"""Opening a stream may take this long: a device wakes up, a headset connects."""
_OWN_BEAT_S = 0.1
"""What one beat may count for: only while beats come do our threads run."""
_BUSY = 0.5
"""The part of a hole spent computing from which on it was our own work."""


@dataclass(frozen=True, slots=True)
class Fine:
    """Time passed as it should."""


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """The device stood still while our threads ran."""


@dataclass(frozen=True, slots=True)
class Asleep:
    """The machine slept, or the process was stopped, since the beat before."""

    hole_s: float
    """How much of it the monotonic clock shows: suspend may not, a stopped process does."""


Verdict = Fine | DeviceLost | Asleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What the clocks show at one moment, in seconds."""

    mono_s: float
    boot_s: float
    """A clock that also runs while the machine sleeps."""
    cpu_s: float
    """Computing time that this process has used."""
    stream: int = 0
    """Which stream `taken` counts in."""
    taken: int | None = None
    """Frames that the device took from the stream; None without one."""
    opening: bool = False
    """The stream has been opened and does not run yet."""


class Heartbeat:
    """Compares each beat with the one before.

    The device's frames are a heartbeat outside the interpreter's reach: where they went on, nothing
    happened, however long the interpreter was held.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._before: Beat | None = None
        self._stalled_s = 0.0

    def rest(self) -> None:
        """Forget the beat before: nobody listens meanwhile."""
        self._before = None
        self._stalled_s = 0.0

    def beat(self, beat: Beat) -> Verdict:
        before, self._before = self._before, beat
        if before is None:
            return Fine()
        gap_s = beat.mono_s - before.mono_s
        slept_s = (beat.boot_s - before.boot_s) - gap_s
        played_s = self._played_s(before, beat)
        if slept_s > HOLE_S:
            self._stalled_s = 0.0
            return Asleep(gap_s)
        if gap_s > HOLE_S:
            self._stalled_s = 0.0
            went_on = played_s is not None and played_s >= gap_s / 2
            computing = beat.cpu_s - before.cpu_s >= _BUSY * gap_s
            return Fine() if went_on or computing else Asleep(gap_s)
        return self._judge_device(beat, gap_s, played_s)

    def _judge_device(self, beat: Beat, gap_s: float, played_s: float | None) -> Verdict:
        if played_s is None or played_s > 0:
            self._stalled_s = 0.0
            return Fine()
        self._stalled_s += min(gap_s, _OWN_BEAT_S)
        if self._stalled_s < (SILENT_START_S if beat.opening else LOST_S):
            return Fine()
        self._stalled_s = 0.0
        return DeviceLost()

    def _played_s(self, before: Beat, beat: Beat) -> float | None:
        if before.taken is None or beat.taken is None or before.stream != beat.stream:
            return None
        return (beat.taken - before.taken) / self._rate
