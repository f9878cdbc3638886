"""A sound output without sound: its clock stands still until a test moves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.domain.cues import Cue
from app.domain.speech import VoiceInfo


def _nothing() -> None:
    pass


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
    levels: tuple[float, float] = (1.0, 1.0)
    """Of tones and voice."""
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

    def set_levels(self, *, tones: float, voice: float) -> None:
        self.levels = (tones, voice)

    def set_listener(self, changed: Callable[[bool], None]) -> None:
        self.output = changed

    def set_hole_listener(self, slept: Callable[[int], None]) -> None:
        self.hole = slept


@dataclass
class FakeVoice:
    """Implements `ports.Voice`: every sentence takes as long as `lengths` says."""

    lengths: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    changed: Callable[[], None] = _nothing
    about: VoiceInfo = field(
        default_factory=lambda: VoiceInfo(id="clips", name="Heart", reason="It ships.")
    )

    def prepare(self, sentences: Sequence[str]) -> None:
        self.asked.append(tuple(sentences))

    def length_ms(self, sentence: str) -> int | None:
        return self.lengths.get(sentence)

    def info(self) -> VoiceInfo:
        return self.about

    def set_listener(self, changed: Callable[[], None]) -> None:
        self.changed = changed
