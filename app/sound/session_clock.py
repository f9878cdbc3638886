"""The session's clock: runs by itself, or with what is heard, and never backwards."""


class SessionClock:
    """Session milliseconds. Times passed in are seconds on a monotonic clock."""

    def __init__(self, now_s: float) -> None:
        self._value = 0.0
        self._free_since: float | None = now_s
        self._free_from = 0.0

    @property
    def value(self) -> float:
        """What it showed last."""
        return self._value

    @property
    def is_free(self) -> bool:
        return self._free_since is not None

    def read(self, now_s: float) -> float:
        """Return the time while it runs by itself; its last value while it follows."""
        self._value = max(self._value, self.peek(now_s))
        return self._value

    def peek(self, now_s: float) -> float:
        """Return what `read` would, and change nothing."""
        if self._free_since is None:
            return self._value
        return self._free_from + (now_s - self._free_since) * 1000

    def hold(self, now_s: float) -> float:
        """Stand still until told what is heard; return the time at which it does."""
        value = self.read(now_s)
        self._free_since = None
        return value

    def follow(self, heard_ms: float) -> None:
        """Show what is heard now, session time `heard_ms`, or wait for it where that is behind."""
        self._free_since = None
        self._value = max(self._value, heard_ms)

    def run_free(self, now_s: float) -> None:
        """Go on by itself from where it is."""
        if self._free_since is None:
            self._free_since, self._free_from = now_s, self._value

    def leave_out(self, seconds: float) -> None:
        """Act as if the last `seconds` had not been: the machine slept."""
        if self._free_since is not None:
            self._free_since += seconds
