"""Estimates which frame is being heard, from how many the device has taken so far."""

from collections import deque

from app.sound.pcm import RATE, frames

_WINDOW_S = 0.6
_FEWEST = 4
_AGAIN_S = 0.3
"""After this long of lagging behind, the device did stand still: no late sample explains it."""
_LAG = frames(30)
_JUMP = frames(80)
_SLEW = 0.05
"""How fast the estimate may run away from a steady clock to follow the device, as a part of it."""
_LEAST_BUFFERED = frames(5)


class HeardFrames:
    """Frames heard since the stream opened, between samples of what the device took.

    A device takes frames in blocks: right after one, its buffer is full and what is heard lies one
    full buffer, the latency, behind. So the highest of the recent samples tells, and a sample that
    came late, however late, tells nothing wrong. Times are seconds on a monotonic clock.
    """

    def __init__(self, latency_ms: int) -> None:
        self._latency = frames(latency_ms)
        self._samples: deque[tuple[float, float]] = deque()
        self._first_taken = 0
        self._taken = 0
        self._offset: float | None = None
        self._sampled_at = 0.0
        self._began_at = 0.0

    @property
    def started(self) -> bool:
        """Whether the device consumes, beyond having been filled once."""
        return self._offset is not None

    @property
    def taken(self) -> int:
        return self._taken

    def sample(self, now_s: float, taken: int) -> None:
        """Note that the device has taken `taken` frames by now."""
        if taken <= 0:
            return
        if not self._first_taken:
            self._first_taken = taken
        self._taken = taken
        self._samples.append((now_s, taken - now_s * RATE))
        while len(self._samples) > _FEWEST and now_s - self._samples[0][0] > _WINDOW_S:
            self._samples.popleft()
        if self._offset is None:
            if taken > self._first_taken:
                self._offset = max(offset for _, offset in self._samples)
                self._began_at = self._sampled_at = now_s
            return
        self._follow(now_s)

    def at(self, now_s: float) -> float | None:
        """Return how many frames have been heard; None before the device consumes."""
        if self._offset is None:
            return None
        # What the device does not have it cannot play: a stall shows at once.
        return min(self._offset + now_s * RATE - self._latency, self._taken - _LEAST_BUFFERED)

    def _follow(self, now_s: float) -> None:
        assert self._offset is not None  # noqa: S101  (for the type checker)
        since = max(0.0, now_s - self._sampled_at)
        self._sampled_at = now_s
        target = max(offset for _, offset in self._samples)
        lagging = [at for at, offset in self._samples if offset < self._offset - _LAG]
        recent = [offset for at, offset in self._samples if now_s - at <= _AGAIN_S]
        stood_still = (
            len(lagging) >= _FEWEST
            and max(recent) < self._offset - _LAG
            and self._samples[-1][0] - lagging[0] >= _AGAIN_S
        )
        if stood_still:
            self._offset = max(recent)
            self._samples = deque(s for s in self._samples if now_s - s[0] <= _AGAIN_S)
            return
        step = target - self._offset
        if step > _JUMP or now_s - self._began_at < _WINDOW_S:
            self._offset = max(self._offset, target)
        else:
            most = _SLEW * since * RATE
            self._offset += min(most, max(-most, step))
