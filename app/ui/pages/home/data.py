"""What Home shows, as plain values. Imports little: it is part of every start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.catalogue import Origin, RoutineCard
from app.domain.exercise import Phase
from app.domain.when import When

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from app.domain.catalogue import BrokenFile, Listing
    from app.domain.streaks import DayMark, Streaks
    from app.domain.suggestion import Suggestion
    from app.ui.pages.home.past import Interrupted

Filter = When | Origin | None
"""A moment, one's own routines, or everything."""

FILTERS: Final[tuple[Filter, ...]] = (
    None,
    When.BEFORE_RUN,
    When.AFTER_RUN,
    When.REST_DAY,
    When.MORNING,
    Origin.YOURS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeData:
    """All that Home needs for one picture of itself.

    The first picture may do without what comes from history: `streaks` and `suggestion` None
    leave their places empty, and nothing moves when they come.
    """

    today: date
    """The day by the user's end of day; after midnight it may be the day before."""
    listing: Listing
    streaks: Streaks | None = None
    week: tuple[DayMark, ...] = ()
    suggestion: Suggestion | None = None
    other_moments: Mapping[When, str] = field(default_factory=dict)
    """The routine to start for each moment, for "Something else"."""
    last_done: Mapping[str, tuple[datetime, date]] = field(default_factory=dict)
    """By routine id: when its last session began, and the day that belongs to."""
    interrupted: Interrupted | None = None
    pinned: tuple[str, ...] = ()
    first_run: bool = False
    """No session is known yet."""
    volume: float = 0.7
    goal_days: int = 3


def main_phase(card: RoutineCard) -> Phase:
    """Return the phase that a routine is coloured by: the one with the most time, rest aside."""
    totals: dict[Phase, int] = {}
    for phase, length in card.strip:
        if phase is not Phase.REST:
            totals[phase] = totals.get(phase, 0) + length
    return max(totals, key=lambda phase: totals[phase], default=Phase.REST)


def ordered(cards: Sequence[RoutineCard], pinned: Sequence[str]) -> list[RoutineCard]:
    """Return the pinned routines in their order, then the others in theirs."""
    by_id = {card.id: card for card in cards}
    first = [by_id[name] for name in pinned if name in by_id]
    return [*first, *(card for card in cards if card.id not in pinned)]


def in_filter(card: RoutineCard, chosen: Filter) -> bool:
    if chosen is None:
        return True
    if isinstance(chosen, Origin):
        return card.origin is chosen
    return card.when is chosen


def broken_in_filter(_broken: BrokenFile, chosen: Filter) -> bool:
    """Tell where a file that cannot be read is shown: it is the user's own, and has no moment."""
    return chosen is None or chosen is Origin.YOURS


def matches(words: Sequence[str], haystack: str) -> bool:
    """Tell whether every word of a search occurs; all of them folded (see `folded`)."""
    return all(word in haystack for word in words)


def folded(text: str) -> str:
    """Return a text as it is compared in a search: without case and accents."""
    if not text.isascii():
        from unicodedata import combining, normalize  # noqa: PLC0415  (rarely needed)

        text = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return text.casefold()
