"""The scale of the lower-back check-in: eleven boxes from 0 to 10, nothing chosen at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy

from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.paint import panel, text_at, text_centered, text_right, text_width

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

SCORES: Final = 11
GAP, BOX_MAX, RADIUS = 8, 88, 14
LABELS = 60
MARKER = 8


class ScoreScale(SpokenWidget):
    """Chosen by click or by whoever holds it; `chosen` tells the score."""

    chosen = cast("TypedSignal[int]", Signal(int))

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(QAccessible.Role.Slider, parent)
        self._themes = themes
        self._score: int | None = None
        self._before: int | None = None
        self._ring = FocusRing(self, themes, self._focus_shape)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_spoken(self._said)
        themes.changed.connect(self._restyle)

    @property
    def score(self) -> int | None:
        return self._score

    def set_before(self, before: int | None) -> None:
        """Mark the score from before the session, if there was one."""
        self._before = before
        self.update()

    def clear(self) -> None:
        self._score = None
        self.update()

    def choose(self, score: int) -> None:
        score = max(0, min(SCORES - 1, score))
        if score != self._score:
            self._score = score
            self._ring.refresh()
            self.update()
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, score))
            self.chosen.emit(score)

    def step(self, by: int) -> None:
        """Go up or down by one; the first step starts at the score from before, else in the middle."""
        if self._score is None:
            self.choose(self._before if self._before is not None else SCORES // 2)
        else:
            self.choose(self._score + by)

    def box(self, score: int) -> QRectF:
        """Return where a score stands."""
        wide = (self.width() - GAP * (SCORES - 1)) / SCORES
        left = round(score * (wide + GAP))
        return QRectF(left, 0, round(score * (wide + GAP) + wide) - left, self._high())

    def _high(self) -> int:
        scale = self._themes.theme.text_scale
        wide = (self.width() - GAP * (SCORES - 1)) / SCORES
        return round(min(BOX_MAX * scale, max(56 * scale, wide * 1.66)))

    def sizeHint(self) -> QSize:
        return QSize(666, round((BOX_MAX + LABELS) * self._themes.theme.text_scale))

    def minimumSizeHint(self) -> QSize:
        return QSize(11 * 40, self.sizeHint().height())

    def _focus_shape(self) -> FocusShape:
        if self._score is None:
            return FocusShape(QRectF(0, 0, self.width(), self._high()), RADIUS)
        return FocusShape(self.box(self._score), RADIUS)

    def _said(self) -> str:
        if self._score is None:
            return self.tr("Lower back, 0 loose to 10 very tight, not chosen yet")
        return self.tr("Lower back, {score} of 10").format(score=self._score)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        font = theme.font("title_m", 1.27, tabular=True, weight=600)
        for score in range(SCORES):
            box, chosen = self.box(score), score == self._score
            fill, border = (theme.ink, None) if chosen else (theme.surface, theme.line)
            panel(painter, box, RADIUS, fill, border)
            color = theme.on_ink if chosen else theme.text
            text_centered(painter, font, color, (box.center().x(), box.center().y()), str(score))
        self._paint_labels(painter)

    def _paint_labels(self, painter: QPainter) -> None:
        theme, scale = self._themes.theme, self._themes.theme.text_scale
        y = self._high() + 24 * scale
        ends = theme.font("body_bold")
        text_at(painter, ends, theme.text_2, (0, y), self.tr("Loose"))
        text_right(painter, ends, theme.text_2, (self.width(), y), self.tr("Very tight"))
        if self._before is None:
            return
        x = self.box(self._before).center().x()
        # Under the ends' words, so that a mark at 0 or 10 has room too.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.text_3)
        top = self._high() + 6 * scale
        at_end = self._covers_end(x)
        if at_end:
            top += 34 * scale
        tip = QPolygonF(
            [QPointF(x, top), QPointF(x + MARKER, top + 11), QPointF(x - MARKER, top + 11)]
        )
        painter.drawPolygon(tip)
        word, font = self.tr("before"), theme.font("label")
        if at_end:
            side = x + MARKER + 6 if x < self.width() / 2 else None
            if side is not None:
                text_at(painter, font, theme.text_2, (side, top + 6), word)
            else:
                text_right(painter, font, theme.text_2, (x - MARKER - 6, top + 6), word)
            return
        text_centered(painter, font, theme.text_2, (x, top + 26 * scale), word)

    def _covers_end(self, x: float) -> bool:
        ends = self._themes.theme.font("body_bold")
        half = text_width(self._themes.theme.font("label"), self.tr("before")) / 2 + 8
        left = text_width(ends, self.tr("Loose"))
        right = self.width() - text_width(ends, self.tr("Very tight"))
        return x - half < left or x + half > right

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        at = event.position()
        for score in range(SCORES):
            if self.box(score).adjusted(-GAP / 2, 0, GAP / 2, 0).contains(at):
                self.choose(score)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
