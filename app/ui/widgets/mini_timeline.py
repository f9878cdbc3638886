"""A routine at a glance: one rounded segment for each step, in the colours of the phases."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.domain.exercise import Phase
from app.ui import _tokens as tokens
from app.ui.theme import Theme

Strip = Sequence[tuple[Phase, int]]
"""Phase and milliseconds of each piece, in order."""

GAP, MIN_WIDTH, MAX_SEGMENTS = 2.0, 3.0, 48


def merged(strip: Strip) -> list[tuple[Phase, int]]:
    """Return the strip as it is drawn: too many pieces become one for each run of a phase."""
    if len(strip) <= MAX_SEGMENTS:
        return list(strip)
    return [
        (phase, sum(length for _, length in pieces))
        for phase, pieces in groupby(strip, key=lambda piece: piece[0])
    ]


def segment_widths(lengths: Sequence[int], width: float, gap: float) -> list[float]:
    """Share a width out by length; none is narrower than the least, as far as there is room."""
    room = width - gap * (len(lengths) - 1)
    least = min(MIN_WIDTH, room / len(lengths))
    total = sum(lengths) or 1
    widths = [max(least, room * length / total) for length in lengths]
    # What the least width gave to short segments is taken from the long ones.
    excess = sum(widths) - room
    spare = sum(w - least for w in widths)
    if excess > 0 and spare > 0:
        widths = [w - excess * (w - least) / spare for w in widths]
    return widths


def paint_mini_timeline(
    painter: QPainter, theme: Theme, rect: QRectF, strip: Strip, *, gap: float = GAP
) -> None:
    """Draw a strip into a box; nothing where the strip is empty."""
    pieces = merged(strip)
    if not pieces:
        return
    if len(pieces) * (MIN_WIDTH + gap) > rect.width():
        gap = 1.0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = tokens.RADIUS["segment"]
    x = rect.left()
    widths = segment_widths([length for _, length in pieces], rect.width(), gap)
    for (phase, _), width in zip(pieces, widths, strict=True):
        painter.setBrush(theme.phase(phase).solid)
        corner = min(radius, width / 2)
        painter.drawRoundedRect(QRectF(x, rect.top(), width, rect.height()), corner, corner)
        x += width + gap
