"""The countdown ring: a moving arc, digits, the line under them, tempo and breath."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
)

from app.ui import _tokens as tokens
from app.ui.theme import CAP_HEIGHT, baseline, sized_font
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.dial import DialFrame, DialShape, Face
from app.ui.widgets.ring_paint import (
    SWELL_LOW,
    RingGeometry,
    paint_arc,
    paint_parts,
    paint_ticks,
    part_tip,
)
from app.ui.widgets.stage_widget import paint_pause
from app.ui.widgets.tempo_bar import TempoBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.stage_colors import StageColors

MOVE_PX = 0.15
"""The arc is drawn anew when its end has moved so far: less cannot be seen."""
TIP_TURN_MAX = 0.04
DIGIT_RISE = 0.047
CAPTION_DROP = 0.23
PILL_DROP = 0.25
TEMPO_DROP = 0.295
TEMPO_WIDTH = 0.5
WORD_RATIO = 0.125
WORD_WIDTH = 0.62
TEXT_FLOOR = 14
# Digits by length: their size over the diameter. The first and third are the design's.
_DIGIT_RATIO = {
    1: tokens.COUNTDOWN_RATIO,
    2: tokens.COUNTDOWN_RATIO,
    3: 0.40,
    4: tokens.COUNTDOWN_RATIO_MMSS,
    5: 0.27,
}
_DIGIT_RATIO_LONG = 0.20
_MMSS = 4


class Ring(SpokenWidget):
    """Opaque: it fills its square with the room's colour.

    Between two seconds only the few pixels round the arc's end are drawn anew.
    """

    def __init__(self, colors: StageColors, parent: QWidget | None = None) -> None:
        super().__init__(QAccessible.Role.Clock, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._colors = colors
        self._shape = DialShape(Face.COUNT_DOWN)
        self._frame = DialFrame()
        self._pill = ""
        self._u = 1.0
        self._base: QPixmap | None = None
        self._tempo = TempoBar()

    # What others set

    @property
    def frame(self) -> DialFrame:
        """What is on screen."""
        return self._frame

    @property
    def shape(self) -> DialShape:
        return self._shape

    @property
    def pill(self) -> str:
        return self._pill

    def set_scale(self, u: float) -> None:
        if u != self._u:
            self._u = u
            self._refresh()

    def set_colors(self, colors: StageColors) -> None:
        self._colors = colors
        self._refresh()

    def set_shape(self, shape: DialShape) -> None:
        if shape != self._shape:
            self._shape = shape
            self._refresh()

    def set_pill(self, text: str) -> None:
        """Show a word in a pill instead of caption and tempo; empty takes it away."""
        if text != self._pill:
            self._pill = text
            self.update()

    def set_frame(self, frame: DialFrame) -> None:
        """Move to a frame; draws no more than what differs."""
        old = self._frame
        if frame == old:
            return
        moved = self.geometry_of_ring().pixels(frame.turn - old.turn)
        if 0 < moved < MOVE_PX:
            # Stay where the arc was drawn, or tiny moves would never add up to a visible one.
            frame = replace(frame, turn=old.turn)
        self._frame = frame
        dirty = self._arc_region(old, frame) + self._text_region(old, frame)
        if self._shape.tempo and not self._pill:
            dirty += self._tempo.moved(self._tempo_box(), self._shape.tempo, old, frame)
        if not dirty.isEmpty():
            self.update(dirty)

    def _arc_region(self, old: DialFrame, new: DialFrame) -> QRegion:
        if new.swell != old.swell:
            return QRegion(self.rect())
        if new.turn == old.turn:
            return QRegion()
        first, last = self._tip(old.turn), self._tip(new.turn)
        if self._shape.face is Face.BREATHS or abs(last - first) > TIP_TURN_MAX:
            return QRegion(self.rect())
        return QRegion(self.geometry_of_ring().tip_rect(first, last))

    def _text_region(self, old: DialFrame, new: DialFrame) -> QRegion:
        region = QRegion()
        before = (old.digits, old.digit_scale, old.word)
        if before != (new.digits, new.digit_scale, new.word):
            region += QRegion(self._text_rect(old)) + QRegion(self._text_rect(new))
        if new.caption != old.caption:
            region += QRegion(self._caption_rect())
        return region

    # Geometry

    def geometry_of_ring(self) -> RingGeometry:
        return RingGeometry(min(self.width(), self.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._base = None

    def _refresh(self) -> None:
        self._base = None
        self.update()

    def _tip(self, turn: float) -> float:
        return part_tip(self._shape.parts, turn) if self._shape.parts else turn

    def _line(self, drop: float, height: float) -> QRect:
        """Return a box across the ring's inside, centred so far under its middle."""
        d = self.geometry_of_ring().diameter
        middle = d / 2 + drop * d
        return QRectF(0.12 * d, middle - height / 2, 0.76 * d, height).toAlignedRect()

    def _text_rect(self, frame: DialFrame) -> QRect:
        d = self.geometry_of_ring().diameter
        if frame.word:
            return self._line(-DIGIT_RISE, 2 * WORD_RATIO * d)
        if not frame.digits:
            return QRect()
        return self._line(-DIGIT_RISE, self._digit_font(frame).pixelSize() * 0.86)

    def _caption_rect(self) -> QRect:
        return self._line(CAPTION_DROP, 44 * self._u)

    def _tempo_box(self) -> QRectF:
        d = self.geometry_of_ring().diameter
        top = d / 2 + TEMPO_DROP * d
        return QRectF(d / 2 - TEMPO_WIDTH * d / 2, top, TEMPO_WIDTH * d, 10 * self._u)

    def _digit_font(self, frame: DialFrame) -> QFont:
        ratio = _DIGIT_RATIO.get(len(frame.digits), _DIGIT_RATIO_LONG)
        px = ratio * self.geometry_of_ring().diameter
        return sized_font(px, 700, tracking=-3.0, tabular=True)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        base = self._base_pixmap()
        region = event.region()
        dpr = base.devicePixelRatio()
        # The painter is clipped to the region, so its bounds cost no more than it does.
        rect = region.boundingRect()
        source = QRectF(QPointF(rect.topLeft()) * dpr, QSizeF(rect.size()) * dpr)
        painter.drawPixmap(QRectF(rect), base, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.geometry_of_ring().inner_rect()
        self._paint_arcs(painter, region)
        # The tempo's bar stands lower than the square of digits and words.
        if region.intersects(inner) or region.intersects(self._tempo_box().toAlignedRect()):
            self._paint_inside(painter, region)

    def _paint_arcs(self, painter: QPainter, region: QRegion) -> None:
        geometry, frame, colors = self.geometry_of_ring(), self._frame, self._colors
        outside = region - QRegion(geometry.inner_rect())
        if outside.isEmpty() and self._shape.face is not Face.BREATHS:
            return
        tip = self._tip(frame.turn)
        # Where only the arc's end has moved, a short arc is drawn instead of the whole.
        reach = 3 * TIP_TURN_MAX
        near = geometry.tip_rect(tip - TIP_TURN_MAX, tip + TIP_TURN_MAX)
        # Near the top both of the arc's ends lie in the same few pixels.
        short = reach <= tip <= 1.0 - reach and (outside - QRegion(near)).isEmpty()
        match self._shape.face:
            case Face.BREATHS:
                self._paint_breath(painter, geometry)
            case _ if self._shape.parts:
                paint_parts(painter, geometry, colors.ring, self._shape.parts, frame.turn)
            case Face.COUNT_UP:
                start = max(0.0, tip - reach) if short else 0.0
                paint_arc(painter, geometry, colors.ring, start, tip)
            case Face.COUNT_DOWN | Face.REPS:
                end = min(1.0, tip + reach) if short else 1.0
                paint_arc(painter, geometry, colors.ring, tip, end)

    def _paint_breath(self, painter: QPainter, geometry: RingGeometry) -> None:
        size = SWELL_LOW + (1.0 - SWELL_LOW) * self._frame.swell
        parts, turn = self._shape.parts, self._frame.turn
        if parts:
            paint_parts(painter, geometry, self._colors.ring_track, parts, 1.0, size=size)
            paint_parts(painter, geometry, self._colors.ring, parts, turn, size=size)
        else:
            paint_arc(painter, geometry, self._colors.ring_track, 0.0, 1.0, size=size)
            paint_arc(painter, geometry, self._colors.ring, turn, 1.0, size=size)

    def _paint_inside(self, painter: QPainter, region: QRegion) -> None:
        frame, colors = self._frame, self._colors
        d = self.geometry_of_ring().diameter
        middle = QPointF(d / 2, d / 2 - DIGIT_RISE * d)
        if frame.word and region.intersects(self._text_rect(frame)):
            font = sized_font(WORD_RATIO * d, 700, tracking=-2.0)
            width = QFontMetricsF(font).horizontalAdvance(frame.word)
            if width > WORD_WIDTH * d:
                font = sized_font(WORD_RATIO * d * WORD_WIDTH * d / width, 700, tracking=-2.0)
            painter.setPen(colors.digits)
            draw_centred(painter, font, frame.word, middle)
        elif frame.digits and region.intersects(self._text_rect(frame)):
            painter.setPen(colors.digits)
            painter.save()
            painter.translate(middle)
            painter.scale(frame.digit_scale, frame.digit_scale)
            draw_centred(painter, self._digit_font(frame), frame.digits, QPointF(0, 0))
            painter.restore()
        if self._pill:
            self._paint_pill(painter)
            return
        if region.intersects(self._caption_rect()):
            font = sized_font(max(TEXT_FLOOR, 26 * self._u), 600, display=False, tabular=True)
            painter.setPen(colors.text_2)
            draw_centred(painter, font, frame.caption, QPointF(d / 2, d / 2 + CAPTION_DROP * d))
        if self._shape.tempo:
            self._tempo.paint(painter, self._tempo_box(), self._shape.tempo, frame, colors)

    def _paint_pill(self, painter: QPainter) -> None:
        u, d = self._u, self.geometry_of_ring().diameter
        font = sized_font(max(TEXT_FLOOR, 28 * u), 700, display=False)
        text_width = QFontMetricsF(font).horizontalAdvance(self._pill)
        icon = 28 * u
        width, height = 20 * u + icon + 4 * u + text_width + 22 * u, 52 * u
        box = QRectF((d - width) / 2, d / 2 + PILL_DROP * d - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colors.ink)
        painter.drawRoundedRect(box, height / 2, height / 2)
        left = box.left() + 20 * u
        icon_box = QRectF(left, box.center().y() - icon / 2, icon, icon)
        paint_pause(painter, icon_box, self._colors.on_ink)
        painter.setFont(font)
        painter.setPen(self._colors.on_ink)
        painter.drawText(QPointF(left + icon + 4 * u, baseline(font, box.center().y())), self._pill)

    def _base_pixmap(self) -> QPixmap:
        """Return everything that stands still: ground, track and ticks."""
        dpr = self.devicePixelRatioF()
        if self._base is not None and self._base.devicePixelRatio() == dpr:
            return self._base
        base = QPixmap((QSizeF(self.size()) * dpr).toSize())
        base.setDevicePixelRatio(dpr)
        base.fill(self._colors.bg)
        if self._shape.face is not Face.BREATHS:
            painter = QPainter(base)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            geometry, track = self.geometry_of_ring(), self._colors.ring_track
            if self._shape.parts:
                paint_parts(painter, geometry, track, self._shape.parts, 1.0)
            else:
                paint_arc(painter, geometry, track, 0.0, 1.0)
            width = max(1.0, 2 * self._u)
            paint_ticks(painter, geometry, self._colors.ring_tick, self._shape, width)
            painter.end()
        self._base = base
        return base


def draw_centred(painter: QPainter, font: QFont, text: str, middle: QPointF) -> None:
    """Draw text with its capitals' middle at a point."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    y = middle.y() + font.pixelSize() * CAP_HEIGHT / 2
    painter.drawText(QPointF(middle.x() - width / 2, y), text)
