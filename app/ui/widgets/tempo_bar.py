"""The bar of a repetition's tempo: one part for each phase, the running one filling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QRegion

from app.ui.theme import CAP_HEIGHT, sized_font

if TYPE_CHECKING:
    from app.ui.widgets.dial import DialFrame
    from app.ui.widgets.stage_colors import StageColors

Phases = tuple[tuple[str, int], ...]
GAP = 6
LABEL_DROP = 29
LABEL_SIZE = 18
TEXT_FLOOR = 14


def parts(box: QRectF, phases: Phases, gap: float) -> list[QRectF]:
    """Divide a box in proportion to the phases' lengths."""
    total = sum(length for _word, length in phases)
    free = box.width() - gap * (len(phases) - 1)
    found, left = [], box.left()
    for _word, length in phases:
        width = free * length / total
        found.append(QRectF(left, box.top(), width, box.height()))
        left += width + gap
    return found


class TempoBar:
    """Painted by the ring, inside it."""

    def moved(self, box: QRectF, phases: Phases, old: DialFrame, new: DialFrame) -> QRegion:
        """Return what has to be drawn anew between two frames."""
        u = box.height() / 10
        if old.tempo_index != new.tempo_index:
            reach = box.adjusted(-box.width() / 4, -2, box.width() / 4, 46 * u)
            return QRegion(reach.toAlignedRect())
        if old.tempo_part == new.tempo_part:
            return QRegion()
        part = parts(box, phases, GAP * u)[min(new.tempo_index, len(phases) - 1)]
        return QRegion(part.adjusted(-1, -1, 1, 1).toAlignedRect())

    def paint(
        self,
        painter: QPainter,
        box: QRectF,
        phases: Phases,
        frame: DialFrame,
        colors: StageColors,
    ) -> None:
        """Draw bar and words; the box is the bar's alone, 10 u high."""
        u = box.height() / 10
        current = min(frame.tempo_index, len(phases) - 1)
        boxes = parts(box, phases, GAP * u)
        radius = box.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for index, part in enumerate(boxes):
            painter.setBrush(colors.ring if index < current else colors.ring_track)
            r = min(radius, part.width() / 2)
            painter.drawRoundedRect(part, r, r)
            if index == current and frame.tempo_part > 0:
                painter.save()
                painter.setClipRect(
                    QRectF(part.left(), part.top(), part.width() * frame.tempo_part, part.height()),
                    Qt.ClipOperation.IntersectClip,
                )
                painter.setBrush(colors.ring)
                painter.drawRoundedRect(part, r, r)
                painter.restore()
        self._paint_labels(painter, boxes, [word for word, _length in phases], current, colors)

    def _paint_labels(
        self,
        painter: QPainter,
        boxes: list[QRectF],
        words: list[str],
        current: int,
        colors: StageColors,
    ) -> None:
        """Write every word under its part; where one has no room, the running one's alone."""
        u = boxes[0].height() / 10
        px = max(TEXT_FLOOR, LABEL_SIZE * u)
        plain = sized_font(px, 500, display=False)
        bold = sized_font(px, 700, display=False)
        measure = QFontMetricsF(bold).horizontalAdvance
        room = all(
            measure(word) <= part.width() + GAP * u for word, part in zip(words, boxes, strict=True)
        )
        y = boxes[0].top() + LABEL_DROP * u + px * CAP_HEIGHT / 2
        for index, (word, part) in enumerate(zip(words, boxes, strict=True)):
            if index != current and not room:
                continue
            font = bold if index == current else plain
            width = QFontMetricsF(font).horizontalAdvance(word)
            left = part.center().x() - width / 2
            if not room:
                left = max(boxes[0].left(), min(left, boxes[-1].right() - width))
            painter.setFont(font)
            painter.setPen(colors.text if index == current else colors.text_2)
            painter.drawText(QPointF(left, y), word)
