"""Turns settings into the choices that a routine is laid flat with."""

from collections.abc import Set as AbstractSet

from app.domain.choices import Choices, Side
from app.domain.settings import AffectedSide, FirstSide, Settings

Part = tuple[int, int | None]


def choices_for(
    settings: Settings,
    *,
    sessions_so_far: int = 0,
    with_optional: bool = False,
    switched_on: AbstractSet[Part] = frozenset(),
    switched_off: AbstractSet[Part] = frozenset(),
) -> Choices:
    """Return the choices for the next session, with the first side resolved.

    "Alternate by session" takes turns by the number of sessions kept so far; "tighter side first"
    begins with the side that is marked as sore, and left where none is.
    """
    affected = {
        AffectedSide.LEFT: Side.LEFT,
        AffectedSide.RIGHT: Side.RIGHT,
        AffectedSide.NONE: None,
    }[settings.affected]
    return Choices(
        get_ready_ms=settings.get_ready_ms,
        side_change_ms=settings.side_change_ms,
        first_side=_first_side(settings.first_side, affected, sessions_so_far),
        affected=affected,
        breath_ms=settings.breath_ms,
        goal_cadence=settings.goal_cadence,
        with_optional=with_optional,
        switched_on=frozenset(switched_on),
        switched_off=frozenset(switched_off),
    )


def _first_side(setting: FirstSide, affected: Side | None, sessions_so_far: int) -> Side:
    match setting:
        case FirstSide.LEFT:
            return Side.LEFT
        case FirstSide.RIGHT:
            return Side.RIGHT
        case FirstSide.ALTERNATE:
            return Side.LEFT if sessions_so_far % 2 == 0 else Side.RIGHT
        case FirstSide.TIGHTER:
            return affected or Side.LEFT
