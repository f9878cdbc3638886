"""How a sound check goes: what is played, what is asked, and what each answer leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.cues import TONE_MS, Cue, CueKind

PREROLLS_MS: Final = (300, 600, 1_000, 2_000)
"""The silence before a first sound; devices that fall asleep swallow what comes too early.

Every session's stream opens with the first of them.
"""
LOUDER_BY: Final = 0.1
LEAST_VOLUME: Final = 0.2
"""A check begins at this at least: nobody hears that nothing sounds."""
BEEPS_AT_MS: Final = (0, 1_000, 2_000)
BEEPS_MS: Final = BEEPS_AT_MS[-1] + TONE_MS[CueKind.COUNT]


def beeps() -> tuple[Cue, ...]:
    """Plan the three beeps: those that count a session's steps in."""
    return tuple(
        Cue(
            at_ms=at_ms,
            duration_ms=TONE_MS[CueKind.COUNT],
            kind=CueKind.COUNT,
            segment=0,
            variant=len(BEEPS_AT_MS) - place,
        )
        for place, at_ms in enumerate(BEEPS_AT_MS)
    )


# States


@dataclass(frozen=True, slots=True)
class Ready:
    """Nothing was played yet."""


@dataclass(frozen=True, slots=True)
class Listening:
    """The beeps sound."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question is whether all three were heard."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Not all were heard; the question is what was amiss."""

    louder: float | None
    """The next volume; None at the loudest."""
    longer_ms: int | None
    """The next silence before the first beep; None after the longest."""


@dataclass(frozen=True, slots=True)
class Heard:
    """All three were heard."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing can be played."""

    reason: str


State = Ready | Listening | Asked | Missed | Heard | Silent


# What a command leads to


@dataclass(frozen=True, slots=True)
class VolumeRaised:
    volume: float


@dataclass(frozen=True, slots=True)
class BeepsWanted:
    preroll_ms: int


@dataclass(frozen=True, slots=True)
class Answered:
    heard: bool
    volume: float
    preroll_ms: int


Event = VolumeRaised | BeepsWanted | Answered


class SoundCheck:
    """One check of one device. Commands return what is to be done, in order.

    A command that means nothing in the present state returns nothing.
    """

    def __init__(self, *, volume: float, preroll_ms: int = PREROLLS_MS[0]) -> None:
        """`volume` is 0.0 to 1.0."""
        self._volume = volume
        self._preroll_ms = preroll_ms
        self._state: State = Ready()

    @property
    def state(self) -> State:
        return self._state

    @property
    def volume(self) -> float:
        return self._volume

    @property
    def preroll_ms(self) -> int:
        return self._preroll_ms

    def play(self) -> list[Event]:
        """Play the beeps, for the first time or again."""
        if isinstance(self._state, Listening | Heard):
            return []
        self._state = Listening()
        beeps_wanted = BeepsWanted(self._preroll_ms)
        if self._volume >= LEAST_VOLUME:
            return [beeps_wanted]
        self._volume = LEAST_VOLUME
        return [VolumeRaised(LEAST_VOLUME), beeps_wanted]

    def fail(self, reason: str) -> None:
        """Stand still: the beeps could not be played. `reason` is one sentence."""
        self._state = Silent(reason)

    def beeps_over(self) -> None:
        if isinstance(self._state, Listening):
            self._state = Asked()

    def heard(self) -> list[Event]:
        if not isinstance(self._state, Asked):
            return []
        self._state = Heard()
        return [Answered(True, self._volume, self._preroll_ms)]

    def missed(self) -> list[Event]:
        """Hear that not all were heard, which is an answer too."""
        if not isinstance(self._state, Asked):
            return []
        self._state = Missed(self._louder(), self._longer_ms())
        return [Answered(False, self._volume, self._preroll_ms)]

    def make_louder(self) -> list[Event]:
        match self._state:
            case Missed(louder=float(volume)):
                self._volume = volume
                return [VolumeRaised(volume), *self.play()]
            case _:
                return []

    def wait_longer(self) -> list[Event]:
        """Leave more silence before the first beep, which was the one that was missed."""
        match self._state:
            case Missed(longer_ms=int(preroll_ms)):
                self._preroll_ms = preroll_ms
                return self.play()
            case _:
                return []

    def _louder(self) -> float | None:
        return None if self._volume >= 1 else min(1.0, round(self._volume + LOUDER_BY, 2))

    def _longer_ms(self) -> int | None:
        return next((ms for ms in PREROLLS_MS if ms > self._preroll_ms), None)
