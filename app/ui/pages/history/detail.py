"""One session's own page: what was planned and done, check-ins and note."""

from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.history import SessionRecord, StepRecord
from app.ui import _tokens as tokens
from app.ui.pages.history import phrases
from app.ui.pages.history.data import is_whole, main_phase
from app.ui.theme import ThemeManager, line_baseline
from app.ui.widgets.day_mark import paint_session_mark
from app.ui.widgets.mini_timeline import segment_widths
from app.ui.widgets.paint import elided, panel, rule, text_at, text_right, text_width
from app.ui.widgets.text_fit import wrap

PADDING: Final = 24
HEAD: Final = 88
STEP_ROW: Final = 36
STRIP: Final = 14
MARK: Final = 40


class SessionDetail(QWidget):
    """Paints a session; its height depends on its width."""

    def __init__(self, themes: ThemeManager, locale: QLocale) -> None:
        super().__init__()
        self._themes = themes
        self._locale = locale
        self._session: SessionRecord | None = None
        self._day = ""
        self._framed = True
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        themes.changed.connect(self._restyle)

    def show_session(self, session: SessionRecord, *, day: str) -> None:
        self._session = session
        self._day = day
        steps = [
            f"{step.name} {self._side(step)}, {phrases.step_amount(step)}" for step in session.steps
        ]
        facts = [session.name, day, *self._facts(session), *steps]
        self.setAccessibleName(". ".join(facts))
        self.updateGeometry()
        self.update()

    def set_framed(self, framed: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Be a card of its own, or a part of another one."""
        self._framed = framed
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._session is None:
            return 0
        theme = self._themes.theme
        scale = theme.text_scale
        height = HEAD * scale if self._framed else 8.0
        height += len(self._fact_lines(width)) * theme.line_height("body") + 12
        if self._session.steps:
            height += STRIP + 20 + len(self._session.steps) * self._row()
        return round(height + (PADDING if self._framed else 16))

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 320)))

    def _row(self) -> int:
        return max(STEP_ROW, self._themes.theme.line_height("body") + 8)

    def _has_rounds(self) -> bool:
        return self._session is not None and any(step.round > 1 for step in self._session.steps)

    def _side(self, step: StepRecord) -> str:
        return phrases.side(step, rounds=self._has_rounds())

    def _facts(self, session: SessionRecord) -> list[str]:
        """Return what is said about the session before its steps, a paragraph each."""
        done = sum(step.done_ms > 0 for step in session.steps)
        counted = self.tr("{done} of {steps} steps, {amount}.").format(
            done=done, steps=len(session.steps), amount=phrases.amount(session)
        )
        facts = [counted]
        if session.check_ins:
            scores = ", ".join(
                self.tr("{score} {moment}").format(
                    score=check.score, moment=phrases.moment(check.moment)
                )
                for check in sorted(session.check_ins, key=lambda check: check.at)
            )
            facts.append(self.tr("Lower-back tightness: {scores}.").format(scores=scores))
        hurt = self.tr("It hurt in “{exercise}”.")
        facts.extend(hurt.format(exercise=mark.exercise) for mark in session.marks)
        if session.note.strip():
            facts.append(session.note.strip())
        return facts

    def _fact_lines(self, width: int) -> list[str]:
        if self._session is None:
            return []
        metrics = QFontMetricsF(self._themes.theme.font("body", tabular=True))
        room = width - 2 * PADDING
        return [
            line
            for fact in self._facts(self._session)
            for paragraph in fact.split("\n")
            for line in wrap(paragraph, room, metrics.horizontalAdvance)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        session = self._session
        if session is None:
            return
        theme = self._themes.theme
        painter = QPainter(self)
        y = 8.0
        if self._framed:
            panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, theme.line)
            self._paint_head(painter, session)
            y = HEAD * theme.text_scale
        body = theme.font("body", tabular=True)
        line_height = theme.line_height("body")
        painter.setFont(body)
        painter.setPen(theme.text_2)
        for line in self._fact_lines(self.width()):
            painter.drawText(QPointF(PADDING, round(line_baseline(body, y, line_height))), line)
            y += line_height
        if session.steps:
            y = self._paint_strip(painter, session, y + 12)
            for index, step in enumerate(session.steps):
                self._paint_step(painter, step, y, last=index == len(session.steps) - 1)
                y += self._row()

    def _paint_head(self, painter: QPainter, session: SessionRecord) -> None:
        theme = self._themes.theme
        middle = PADDING + MARK / 2 + 2
        box = QRectF(PADDING, middle - MARK / 2, MARK, MARK)
        paint_session_mark(painter, theme, box, main_phase(session), done=is_whole(session))
        left = PADDING + MARK + 14.0
        room = self.width() - PADDING - left
        spread = 13 * theme.text_scale
        name = theme.font("title_m")
        shown = elided(name, session.name, room)
        text_at(painter, name, theme.text, (left, middle - spread + 1), shown)
        when = f"{self._day}, {phrases.times(self._locale, session)}"
        small = theme.font("small", tabular=True)
        text_at(painter, small, theme.text_2, (left, middle + spread), elided(small, when, room))

    def _paint_strip(self, painter: QPainter, session: SessionRecord, y: float) -> float:
        """Draw each step as long as planned, filled as far as done."""
        theme = self._themes.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 3.0 if len(session.steps) * 8 < self.width() else 1.0
        planned = [max(1, step.planned_ms) for step in session.steps]
        x = float(PADDING)
        widths = segment_widths(planned, self.width() - 2 * PADDING, gap)
        for step, width in zip(session.steps, widths, strict=True):
            colors = theme.phase(step.phase)
            radius = min(tokens.RADIUS["segment"], width / 2)
            painter.setBrush(colors.timeline_upcoming)
            painter.drawRoundedRect(QRectF(x, y, width, STRIP), radius, radius)
            done = min(1.0, step.done_ms / max(1, step.planned_ms)) * width
            if done > 0:
                painter.setBrush(colors.solid)
                painter.drawRoundedRect(QRectF(x, y, done, STRIP), radius, radius)
            x += width + gap
        return y + STRIP + 8

    def _paint_step(self, painter: QPainter, step: StepRecord, y: float, *, last: bool) -> None:
        theme = self._themes.theme
        row = self._row()
        middle = y + row / 2
        reached = step.done_ms > 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.phase(step.phase).solid if reached else theme.line)
        painter.drawRoundedRect(QRectF(PADDING, middle - 10, 4, 20), 2, 2)
        right = self.width() - PADDING
        amount = theme.font("body", tabular=True)
        color = theme.text if reached else theme.text_3
        text = phrases.step_amount(step)
        end = text_right(painter, amount, color, (right, middle), text) - 12
        name: QFont = theme.font("body", weight=500)
        small = theme.font("small")
        side = self._side(step)
        left = PADDING + 16.0
        # Side text goes before a name is shortened.
        if side and text_width(name, step.name) + 12 + text_width(small, side) > end - left:
            side = ""
        shown = elided(name, step.name, end - left)
        after = text_at(painter, name, color, (left, middle), shown)
        if side:
            text_at(painter, small, theme.text_2, (after + 12, middle), side)
        if not last:
            rule(painter, left, right, y + row - 1, theme.line)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
