"""What the author of a routine wrote: blocks of steps with a dose, unexpanded."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from app.domain.exercise import Equipment, Phase, Position
from app.domain.when import When

STEP_MIN_MS, STEP_MAX_MS = 1_000, 3_600_000
REPS_MAX = 200
BREATHS_MAX = 60
ROUNDS_MAX = 50
BLOCKS_MAX = 100
STEPS_MAX = 500
SEGMENTS_MAX = 2_000
DURATION_MAX_MS = 6 * 3_600_000
OPEN_ESTIMATE_MS = 60_000
FILE_MAX_BYTES = 256 * 1024


class SideChoice(StrEnum):
    """Which sides a step is written for; `affected` is resolved when the routine expands."""

    LEFT = "left"
    RIGHT = "right"
    EACH = "each"
    BOTH = "both"
    AFFECTED = "affected"


@dataclass(frozen=True, slots=True)
class TimeDose:
    """Hold or move for so long, per side."""

    duration_ms: int


@dataclass(frozen=True, slots=True)
class RepsDose:
    """So many repetitions, per side."""

    reps: int


@dataclass(frozen=True, slots=True)
class BreathsDose:
    """So many breaths, per side."""

    breaths: int


@dataclass(frozen=True, slots=True)
class OpenDose:
    """Until the person says done; the estimate stands in where a length is needed."""

    estimate_ms: int = OPEN_ESTIMATE_MS


Dose = TimeDose | RepsDose | BreathsDose | OpenDose

CadenceEnd = int | Literal["goal"]
"""Steps per minute, or the user's own goal cadence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One exercise (by id) or one free name, with what the author typed; None is "not typed"."""

    exercise: str | None = None
    name: str | None = None
    dose: Dose | None = None
    side: SideChoice | None = None
    changeover_ms: int | None = None
    rest_ms: int | None = None
    side_change_ms: int | None = None
    tempo_ms: tuple[int, int, int, int] | None = None
    cadence: tuple[CadenceEnd, CadenceEnd] | None = None
    position: Position | None = None
    rpe: int | None = None
    cues: tuple[str, ...] | None = None
    phase: Phase | None = None
    optional: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    name: str
    steps: tuple[Step, ...]
    rounds: int = 1
    rest_ms: int = 0
    """Between rounds, never after the last."""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """One routine as its file says it."""

    id: str
    name: str
    blocks: tuple[Block, ...]
    summary: str = ""
    frequency: str = ""
    progression: str = ""
    when: When = When.ANY
    focus: tuple[str, ...] = ()
    equipment: tuple[Equipment, ...] | None = None
    """None where the file says nothing: then it is what the exercises need."""
    sources: tuple[str, ...] = ()
    changeover_ms: int | None = None
    side_change_ms: int | None = None
