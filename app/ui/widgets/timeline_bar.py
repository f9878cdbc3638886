"""The player's timeline: a piece for each step and rest, and where the session stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QToolTip, QWidget

from app.ui import _tokens as tokens
from app.ui.widgets.mini_timeline import segment_widths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QColor

    from app.domain.exercise import Phase
    from app.ui.signals import TypedSignal
    from app.ui.widgets.stage_colors import StageColors

HIGH, HIGHER, GAP, RADIUS = tokens.SIZE["timeline"], 8, 4, tokens.RADIUS["segment"]
HEAD_WIDE, HEAD_HIGH = 4, 34


@dataclass(frozen=True, slots=True)
class Piece:
    """One step, or one rest before a step."""

    step: int
    """Counted from 1; for a rest the step it leads to."""
    length_ms: int
    phase: Phase
    tip: str


def piece_spans(lengths: Sequence[int], width: float, gap: float) -> list[tuple[float, float]]:
    """Divide a width in proportion to lengths; return the left and right of each.

    Very many pieces stand closer together.
    """
    if not lengths:
        return []
    gap = min(gap, 0.35 * width / len(lengths))
    spans, left = [], 0.0
    for wide in segment_widths(lengths, width, gap):
        spans.append((left, left + wide))
        left += wide + gap
    return spans


class TimelineBar(QSlider):
    """Read as a slider over the steps; a click goes to a step."""

    step_chosen = cast("TypedSignal[int]", Signal(int))

    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.colors = colors
        self.u = 1.0
        self._pieces: tuple[Piece, ...] = ()
        self._solid: Mapping[Phase, QColor] = {}
        self._pale: Mapping[Phase, QColor] = {}
        self._spans: list[tuple[float, float]] = []
        self._current = 0
        self._part = 0.0
        self._head_px = -1
        # Only a screen reader sets the value; the place is set with signals blocked.
        self.valueChanged.connect(self.step_chosen.emit)

    def set_colors(self, colors: StageColors) -> None:
        self.colors = colors
        self.update()

    def set_phase_colors(self, solid: Mapping[Phase, QColor], pale: Mapping[Phase, QColor]) -> None:
        """Take the colours of what is done and of what is still to come."""
        self._solid, self._pale = solid, pale
        self.update()

    def set_scale(self, u: float) -> None:
        self.u = u
        self._lay_out()

    def set_pieces(self, pieces: Sequence[Piece], steps: int) -> None:
        self._pieces = tuple(pieces)
        with QSignalBlocker(self):
            self.setRange(1, max(1, steps))
        self._lay_out()

    def set_place(self, index: int, part: float) -> None:
        """Stand in piece `index`, `part` (0.0 to 1.0) of it done; draws only what moved."""
        if not self._spans:
            return
        index = max(0, min(index, len(self._pieces) - 1))
        changed, self._current, self._part = index != self._current, index, part
        with QSignalBlocker(self):
            self.setValue(self._pieces[index].step)
        head = round(self._head_x() * self.devicePixelRatioF())
        if changed:
            self._head_px = head
            self.update()
        elif head != self._head_px:
            old, self._head_px = self._head_px, head
            dpr = self.devicePixelRatioF()
            left, right = sorted((old / dpr, head / dpr))
            reach = HEAD_WIDE * self.u / 2 + 2
            self.update(
                QRect(int(left - reach), 0, int(right - left + 2 * reach) + 2, self.height())
            )

    def piece_at(self, x: float) -> int | None:
        """Return the piece under the mouse; the gap belongs to the piece before it."""
        if not self._spans or not self._inset() - 2 <= x <= self.width() - self._inset() + 2:
            return None
        lefts = [left for left, _right in self._spans]
        return max(0, bisect_right(lefts, x - self._inset()) - 1)

    def span(self, index: int) -> tuple[float, float]:
        """Return left and right of a piece, in pixels of the widget."""
        left, right = self._spans[index]
        return left + self._inset(), right + self._inset()

    def _inset(self) -> float:
        """Half a playhead stands out of the bar at its ends."""
        return HEAD_WIDE * self.u / 2

    def _lay_out(self) -> None:
        width = max(1.0, self.width() - 2 * self._inset())
        lengths = [piece.length_ms for piece in self._pieces]
        self._spans = piece_spans(lengths, width, GAP * self.u)
        self._head_px = -1
        self.update()

    def _head_x(self) -> float:
        left, right = self.span(self._current)
        return left + (right - left) * self._part

    def resizeEvent(self, _event: object) -> None:
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(event.rect())
        painter.fillRect(event.rect(), self.colors.bg)
        if not self._spans:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        first = self.piece_at(rect.left() - 2) or 0
        for index in range(first, len(self._pieces)):
            left, right = self.span(index)
            if left > rect.right() + 2:
                break
            self._paint_piece(painter, index, left, right)
        self._paint_head(painter)

    def _paint_piece(self, painter: QPainter, index: int, left: float, right: float) -> None:
        piece, current = self._pieces[index], index == self._current
        high = (HIGH + (HIGHER if current else 0)) * self.u
        box = QRectF(left, (self.height() - high) / 2, right - left, high)
        radius = min((RADIUS + (2 if current else 0)) * self.u, box.width() / 2)
        ground = self._solid if index < self._current else self._pale
        painter.setBrush(ground.get(piece.phase, self.colors.ink))
        painter.drawRoundedRect(box, radius, radius)
        if current and self._part > 0:
            painter.save()
            painter.setClipRect(
                QRectF(left, box.top(), box.width() * self._part, high),
                Qt.ClipOperation.IntersectClip,
            )
            painter.setBrush(self._solid.get(piece.phase, self.colors.ink))
            painter.drawRoundedRect(box, radius, radius)
            painter.restore()

    def _paint_head(self, painter: QPainter) -> None:
        wide, high = HEAD_WIDE * self.u, HEAD_HIGH * self.u
        box = QRectF(0, 0, wide, high)
        box.moveCenter(QPointF(self._head_x(), self.height() / 2))
        painter.setBrush(self.colors.ink)
        painter.drawRoundedRect(box, wide / 2, wide / 2)

    # The mouse

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.piece_at(event.pos().x())
            if index is not None:
                left, right = self.span(index)
                area = QRect(int(left), 0, int(right - left) + 1, self.height())
                QToolTip.showText(event.globalPos(), self._pieces[index].tip, self, area)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Taken, so that it does not count as a click on the stage.
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        index = self.piece_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and inside and index is not None:
            self.step_chosen.emit(self._pieces[index].step)

    def wheelEvent(self, event: object) -> None:
        """Leave the wheel alone: it must not skip steps."""
        if isinstance(event, QEvent):
            event.ignore()
