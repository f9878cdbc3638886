"""When a tightness score calls for the sentence about medical help."""

from collections.abc import Iterable

from app.domain.history import CheckIn, Moment

HELP_SCORE = 7


def rise_after(check_ins: Iterable[CheckIn], moment: Moment) -> int | None:
    """Return the score that a new check-in would have to exceed to be the third that rose.

    Three check-ins of one moment in a row each rose when each is higher than the one before; None
    where the last two of that moment did not rise, so that a new one cannot complete the three.
    """
    scores = [c.score for c in sorted(check_ins, key=lambda c: c.at) if c.moment is moment]
    if len(scores) < 2:  # noqa: PLR2004  (two that rose, and the new one)
        return None
    before, last = scores[-2:]
    return last if before < last else None
