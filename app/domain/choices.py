"""Sides of the body, and all that laying a routine flat may depend on beside its file."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def opposite(self) -> "Side":
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All that `expand` may depend on beside the routine and the library."""

    language: str = "en"
    get_ready_ms: int = 10_000
    side_change_ms: int = 5_000
    first_side: Side = Side.LEFT
    affected: Side | None = None
    breath_ms: int = 10_000
    goal_cadence: int | None = None
    with_optional: bool = False
    """True: every optional part is in. False: none is, but those of `switched_on`."""
    switched_on: frozenset[tuple[int, int | None]] = frozenset()
    """Optional parts that are in today: (block, None) or (block, step), counted from 0."""
    switched_off: frozenset[tuple[int, int | None]] = frozenset()
    """Parts that are out today, optional or not."""
