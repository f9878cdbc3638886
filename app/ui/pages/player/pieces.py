"""Cuts a timeline into the pieces that the player's bar draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.exercise import Phase
from app.domain.timeline import SegmentKind
from app.ui.pages.player import words
from app.ui.widgets.timeline_bar import Piece

if TYPE_CHECKING:
    from app.domain.timeline import Timeline

DRAWN = frozenset({SegmentKind.WORK, SegmentKind.REST})


def pieces_of(timeline: Timeline) -> tuple[list[Piece], dict[int, int]]:
    """Return steps and rests, and for each segment's index the piece that it stands in.

    Get-ready and changeovers are not drawn: they stand at the piece that they lead to.
    """
    pieces: list[Piece] = []
    place_of: dict[int, int] = {}
    for segment in timeline.segments:
        place_of[segment.index] = len(pieces)
        if segment.kind in DRAWN:
            phase = segment.phase if segment.is_work else Phase.REST
            tip = words.piece_tip(segment)
            pieces.append(Piece(segment.step, segment.duration_ms, phase, tip))
    return pieces, place_of
