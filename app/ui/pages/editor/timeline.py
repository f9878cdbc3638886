"""The routine as it is edited, laid flat: a segment for each step, the selected ones outlined."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from app.domain.exercise import Phase
from app.domain.timeline import SegmentKind
from app.ui import _tokens as tokens
from app.ui.pages.editor.words import long_clock, tr
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.mini_timeline import MAX_SEGMENTS, MIN_WIDTH, segment_widths

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.editing import Document, PartId
    from app.domain.timeline import Segment
    from app.ui.pages.editor.model import EditorModel
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

HEIGHT: Final = tokens.SIZE["timeline"]
GAP: Final = 3.0
OUTLINE: Final = 5
"""How far the outline of a step stands out above and below."""
OUTLINE_SIDE: Final = 3
OUTLINE_RADIUS: Final = 6
OUTLINE_LEAST: Final = 8.0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One work segment or rest."""

    phase: Phase
    duration_ms: int
    part: PartId | None
    """The step; None for a rest."""
    name: str
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Where a step stands in the picture, once for each side and round."""

    left: float
    right: float
    part: PartId | None
    name: str
    duration_ms: int


class LiveTimeline(SpokenWidget):
    """Follows the model's timeline; a click on a segment asks for its step."""

    part_clicked = cast("TypedSignal[PartId]", Signal(int))

    def __init__(self, themes: ThemeManager, model: EditorModel, parent: QWidget) -> None:
        super().__init__(QAccessible.Role.Graphic, parent)
        self._themes = themes
        self._model = model
        self._stretches: tuple[_Stretch, ...] = ()
        self._merges = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        model.checked.connect(self._show_timeline)
        model.selection_changed.connect(self.update)
        themes.changed.connect(self.update)
        self._show_timeline()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT + 2 * OUTLINE)

    def spoken(self) -> str:
        steps = len([one for one in self._stretches if one.part is not None])
        total = long_clock(sum(one.duration_ms for one in self._stretches))
        return tr("Timeline, {count} steps, {time} of work and rest").format(
            count=steps, time=total
        )

    @Slot()
    def _show_timeline(self) -> None:
        timeline, document = self._model.timeline, self._model.document
        stretches = tuple(
            _stretch(segment, document)
            for segment in (timeline.segments if timeline is not None else ())
            if segment.kind in {SegmentKind.WORK, SegmentKind.REST}
        )
        if stretches != self._stretches:
            self._stretches = stretches
            self._merges = len(stretches) > MAX_SEGMENTS
            self.update()

    # Geometry

    def _pieces(self) -> list[list[_Stretch]]:
        """Return what is drawn as one segment each: with too many steps, each run of a phase."""
        if not self._merges:
            return [[one] for one in self._stretches]
        runs = groupby(self._stretches, key=lambda one: (one.phase, one.is_optional))
        return [list(run) for _, run in runs]

    def _boxes(self) -> list[tuple[QRectF, list[_Stretch]]]:
        pieces = self._pieces()
        if not pieces:
            return []
        gap = GAP if len(pieces) * (MIN_WIDTH + GAP) <= self.width() else 1.0
        lengths = [sum(one.duration_ms for one in piece) for piece in pieces]
        # The outlines of the first and the last segment need room.
        left, room = float(OUTLINE_SIDE), self.width() - 2 * OUTLINE_SIDE
        top = (self.height() - HEIGHT) / 2
        boxes = []
        for piece, width in zip(pieces, segment_widths(lengths, room, gap), strict=True):
            boxes.append((QRectF(left, top, width, HEIGHT), piece))
            left += width + gap
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            whole = self.width()
            boxes = [
                (QRectF(whole - box.right(), top, box.width(), HEIGHT), piece)
                for box, piece in boxes
            ]
        return boxes

    def spans(self) -> list[Span]:
        """Return where each step stands, in the order of time."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        found: list[Span] = []
        for box, piece in self._boxes():
            total = sum(one.duration_ms for one in piece) or 1
            done = 0
            for one in piece:
                ends = [done / total, (done + one.duration_ms) / total]
                if mirrored:
                    ends = [1 - ends[1], 1 - ends[0]]
                left, right = (box.left() + box.width() * end for end in ends)
                found.append(Span(left, right, one.part, one.name, one.duration_ms))
                done += one.duration_ms
        return found

    def outlines(self) -> list[QRectF]:
        """Return a box around each run of selected steps."""
        chosen = set(self._model.selected_steps)
        found: list[QRectF] = []
        runs = groupby(self.spans(), key=lambda span: span.part in chosen)
        for is_chosen, run in runs:
            spans = list(run)
            if is_chosen:
                left = min(span.left for span in spans) - OUTLINE_SIDE
                right = max(span.right for span in spans) + OUTLINE_SIDE
                spare = max(0.0, OUTLINE_LEAST - (right - left)) / 2
                top = (self.height() - HEIGHT) / 2 - OUTLINE
                found.append(
                    QRectF(left - spare, top, right - left + 2 * spare, HEIGHT + 2 * OUTLINE)
                )
        return found

    def _at(self, x: float) -> Span | None:
        return min(
            self.spans(), key=lambda span: max(span.left - x, x - span.right, 0.0), default=None
        )

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        span = self._at(event.position().x())
        if event.button() != Qt.MouseButton.LeftButton or span is None:
            event.ignore()
            return
        if span.part is not None:
            self.part_clicked.emit(span.part)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        span = self._at(event.position().x())
        text = ""
        if span is not None:
            name = span.name if span.part is not None else tr("Rest")
            text = f"{name}, {long_clock(span.duration_ms)}"
        if text != self.toolTip():
            self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = tokens.RADIUS["segment"]
        for box, piece in self._boxes():
            colors = theme.phase(piece[0].phase)
            # What is optional is pale: the length beside it is without it.
            painter.setBrush(colors.timeline_upcoming if piece[0].is_optional else colors.solid)
            corner = min(radius, box.width() / 2)
            painter.drawRoundedRect(box, corner, corner)
        painter.setPen(QPen(theme.ink, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in self.outlines():
            inner = box.adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inner, OUTLINE_RADIUS - 1, OUTLINE_RADIUS - 1)


def _stretch(segment: Segment, document: Document) -> _Stretch:
    block = document.blocks[segment.block]
    part = block.steps[segment.block_step]
    return _Stretch(
        phase=segment.phase if segment.is_work else Phase.REST,
        duration_ms=segment.duration_ms,
        part=part.id if segment.is_work else None,
        name=segment.name,
        is_optional=block.optional or part.step.optional,
    )
