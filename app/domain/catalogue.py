"""What a list of routines shows: a card for each readable file, a note for each broken one."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Problem
from app.domain.exercise import Equipment, Phase
from app.domain.when import When


class Origin(StrEnum):
    BUILT_IN = "built-in"
    YOURS = "yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineCard:
    """A routine at a glance, cheap to keep in an index."""

    id: str
    name: str
    summary: str
    when: When
    origin: Origin
    duration_ms: int
    """Without get-ready and without optional parts."""
    steps: int
    """Work segments: sides and rounds."""
    equipment: tuple[Equipment, ...]
    strip: tuple[tuple[Phase, int], ...]
    """Phase and milliseconds of each work segment and rest, in order: the mini timeline."""
    exercises: tuple[str, ...]
    """Names of its exercises, for search."""
    exercise_ids: tuple[str, ...]
    """Each exercise of the library that it uses, in order; optional parts included."""
    figure: str | None
    """The id of the figure to show as its picture."""
    file: str
    hides_built_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFile:
    """A routine file that cannot be used, and why."""

    file: str
    name: str
    """The routine's name if it could be read, else the file's name."""
    problems: tuple[Problem, ...]
    excerpt: str = ""
    """The first faulty line, as it stands in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    cards: tuple[RoutineCard, ...]
    broken: tuple[BrokenFile, ...] = ()
