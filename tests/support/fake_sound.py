"""A sound output without sound: its clock stands still until a test moves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.domain.cues import Cue


def _nobody(_: object) -> None:
    pass


@dataclass
class Take:
    """One call of `play`."""

    cues: tuple[Cue, ...]
    from_ms: int
    lead_in: tuple[Cue, ...]
    lead_in_ms: int


@dataclass
class FakeSound:
    """Implements `ports.SessionSound`; `calls` has everything that was asked of it, in order."""

    clock_ms: int = 5_000_000
    calls: list[str] = field(default_factory=list)
    takes: list[Take] = field(default_factory=list)
    volume: float | None = None
    output: Callable[[bool], None] = _nobody
    hole: Callable[[int], None] = _nobody

    def now_ms(self) -> int:
        return self.clock_ms

    def play(
        self,
        cues: Sequence[Cue],
        *,
        from_ms: int,
        lead_in: Sequence[Cue] = (),
        lead_in_ms: int = 0,
    ) -> None:
        self.calls.append("play")
        self.takes.append(Take(tuple(cues), from_ms, tuple(lead_in), lead_in_ms))

    def replace(self, cues: Sequence[Cue]) -> None:
        self.calls.append("replace")
        self.takes.append(Take(tuple(cues), -1, (), 0))

    def pause(self) -> None:
        self.calls.append("pause")

    def ring_out(self) -> None:
        self.calls.append("ring_out")

    def stop(self) -> None:
        self.calls.append("stop")

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def set_listener(self, changed: Callable[[bool], None]) -> None:
        self.output = changed

    def set_hole_listener(self, slept: Callable[[int], None]) -> None:
        self.hole = slept
