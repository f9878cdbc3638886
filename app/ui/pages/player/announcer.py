"""What a screen reader is told during a session: few words, at few moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.timeline import SegmentKind
from app.ui.pages.player import words
from app.ui.pages.player.words import translate

if TYPE_CHECKING:
    from app.domain.session import Position as Place
    from app.domain.timeline import Segment

HALF_FROM_MS = 20_000
TEN_FROM_MS = 45_000
TEN_MS = 10_000
_HALF, _TEN = "half", "ten"


def on_start(segment: Segment) -> str:
    """Say a segment that begins."""
    side = words.side_name(segment.side)
    match segment.kind:
        case SegmentKind.WORK:
            parts = [side, segment.name, words.dose_amount(segment)]
        case SegmentKind.CHANGEOVER if segment.switch:
            parts = [words.switch_title(segment.side)]
        case SegmentKind.GET_READY:
            first = translate("Player", "First: {name}").format(name=segment.name)
            parts = [translate("Player", "Get ready"), first, side]
        case SegmentKind.REST:
            coming = translate("Player", "Next: {what}").format(what=segment.name)
            parts = [translate("Player", "Rest"), coming]
        case _:
            parts = [side, segment.name]
    return ". ".join(part for part in parts if part)


class Announcer:
    """Finds the moments inside a step: halfway and ten seconds before the end, each once."""

    def __init__(self) -> None:
        self._index = -1
        self._said: set[str] = set()

    def due(self, place: Place) -> str:
        """Return what is to be said now; mostly nothing."""
        segment = place.segment
        if segment.index != self._index:
            self._index, self._said = segment.index, set()
        if not segment.is_work or segment.is_open or place.lead_in_ms is not None:
            return ""
        left = segment.duration_ms - place.elapsed_ms
        if segment.duration_ms >= TEN_FROM_MS and left <= TEN_MS:
            return self._once(_TEN, translate("Player", "10 seconds"))
        if segment.duration_ms >= HALF_FROM_MS and 2 * left <= segment.duration_ms:
            return self._once(_HALF, translate("Player", "Halfway"))
        return ""

    def _once(self, key: str, text: str) -> str:
        if key in self._said:
            return ""
        self._said.update({key, _HALF})
        return text
