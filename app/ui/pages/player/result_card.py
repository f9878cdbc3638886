"""The card of the finished screen: what was done, how the streak stands, what usually follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import _tokens as tokens
from app.ui import words
from app.ui.pages.player.words import translate
from app.ui.theme import sized_font
from app.ui.widgets.buttons import Button
from app.ui.widgets.day_mark import DayMarkView, paint_session_mark
from app.ui.widgets.mini_timeline import segment_widths
from app.ui.widgets.paint import elided, panel, rule, text_at, text_width

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QResizeEvent

    from app.ui.pages.player.finished_data import FinishedData
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

WIDTH, PADDING = 470, 40
MARK, CHECK = 40, 56
STRIP_TOP, STRIP_HIGH, STRIP_GAP = 168, 12, 3
MARKS_TOP, WEEK_TEXT = 364, 475
FOOT = 104
LEAST = 508
"""Without what follows; with it FOOT more."""


class ResultCard(QWidget):
    start_requested = cast("TypedSignal[str]", Signal(str))
    """The id of the routine that usually follows."""

    def __init__(
        self, themes: ThemeManager, locale: QLocale, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._data: FinishedData | None = None
        self._marks = [
            DayMarkView(themes, locale, diameter=MARK, letter=False, parent=self) for _ in range(7)
        ]
        self.start_button = Button(themes, translate("Player", "Start"), icon="play", parent=self)
        self.start_button.clicked.connect(self._start)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        themes.changed.connect(self._restyle)

    def show_data(self, data: FinishedData) -> None:
        self._data = data
        for view, mark in zip(self._marks, data.week, strict=False):
            view.show_mark(mark)
        following = data.following
        self.start_button.setVisible(following is not None)
        if following is not None:
            name = translate("Player", "Start {name}").format(name=following.name)
            self.start_button.setAccessibleName(name)
        number, label, *beside = streak_texts(data)
        self.setAccessibleName(
            " ".join(
                [title(data), steps_text(data), f"{number} {label}.", *beside, week_text(data)]
            )
        )
        self.updateGeometry()
        self._place()
        self.update()

    def sizeHint(self) -> QSize:
        high = LEAST + (FOOT if self._data and self._data.following else 0)
        return QSize(WIDTH, round(high * self._scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def _scale(self) -> float:
        return self._themes.theme.text_scale

    def _right(self) -> int:
        return self.width() - PADDING

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        wide = self._marks[0].sizeHint().width()
        pitch = min(96.0, (self._right() - PADDING - MARK) / 6)
        for index, view in enumerate(self._marks):
            left = PADDING + index * pitch - (wide - MARK) / 2
            view.setGeometry(
                round(left),
                round(MARKS_TOP * self._scale()),
                wide,
                view.sizeHint().height(),
            )
        size = self.start_button.sizeHint()
        middle = self.height() - FOOT * self._scale() / 2
        self.start_button.setGeometry(
            self._right() - size.width(),
            round(middle - size.height() / 2),
            size.width(),
            size.height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        data, theme, scale = self._data, self._themes.theme, self._scale()
        if data is None:
            return
        painter = QPainter(self)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["panel"], theme.surface, theme.line)
        circle = QRectF(PADDING, PADDING, CHECK, CHECK)
        paint_session_mark(painter, theme, circle, data.phase, done=data.completed)
        heading = sized_font(44 * scale, 700, tracking=-2.0)
        left = PADDING + CHECK + 20
        room = self._right() - left
        text_at(painter, heading, theme.text, (left, 69), elided(heading, title(data), room))
        body = theme.font("body", 1.125, tabular=True)
        text_at(painter, body, theme.text_2, (PADDING, 138 * scale), steps_text(data))
        self._paint_strip(painter, data)
        rule(painter, PADDING, self._right(), 211 * scale, theme.line)
        self._paint_streak(painter, data)
        text_at(painter, body, theme.text_2, (PADDING, WEEK_TEXT * scale), week_text(data))
        if data.following is not None:
            self._paint_following(painter, data.following.name, data.following.duration_ms)

    def _paint_strip(self, painter: QPainter, data: FinishedData) -> None:
        theme = self._themes.theme
        pieces = data.strip
        if not pieces:
            return
        room = float(self._right() - PADDING)
        gap = min(float(STRIP_GAP), 0.35 * room / len(pieces))
        widths = segment_widths([piece.length_ms for piece in pieces], room, gap)
        left, top = float(PADDING), STRIP_TOP * self._scale()
        painter.setPen(Qt.PenStyle.NoPen)
        for piece, wide in zip(pieces, widths, strict=True):
            painter.setBrush(theme.phase(piece.phase).solid if piece.done else theme.line)
            corner = min(float(tokens.RADIUS["segment"]), wide / 2)
            painter.drawRoundedRect(QRectF(left, top, wide, STRIP_HIGH), corner, corner)
            left += wide + gap

    def _paint_streak(self, painter: QPainter, data: FinishedData) -> None:
        theme, scale = self._themes.theme, self._scale()
        number, label, first, second = streak_texts(data)
        figure = sized_font(98 * scale, 700, tracking=-2.0, tabular=True)
        end = text_at(painter, figure, theme.text, (PADDING - 4, 286 * scale), number)
        left = end + 18
        room = self._right() - left
        strong = theme.font("title_m", 1.09, tabular=True)
        text_at(painter, strong, theme.text, (left, 258 * scale), elided(strong, label, room))
        quiet = theme.font("body", 1.0625, tabular=True)
        text_at(painter, quiet, theme.text_2, (left, 290 * scale), elided(quiet, first, room))
        text_at(painter, quiet, theme.text_2, (left, 316 * scale), elided(quiet, second, room))

    def _paint_following(self, painter: QPainter, name: str, duration_ms: int) -> None:
        theme, scale = self._themes.theme, self._scale()
        middle = self.height() - FOOT * scale / 2
        rule(painter, PADDING, self._right(), self.height() - FOOT * scale, theme.line)
        room = self.start_button.x() - PADDING - 16
        small = theme.font("small", 1.07)
        usual = elided(small, translate("Player", "Usually next"), room)
        text_at(painter, small, theme.text_2, (PADDING, middle - 14 * scale), usual)
        strong = theme.font("title_s", 1.06)
        length = f", {words.length(duration_ms)}"
        text = elided(strong, name, room - text_width(strong, length)) + length
        text_at(painter, strong, theme.text, (PADDING, middle + 13 * scale), text)

    @Slot()
    def _start(self) -> None:
        if self._data is not None and self._data.following is not None:
            self.start_requested.emit(self._data.following.id)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self._place()
        self.update()


def title(data: FinishedData) -> str:
    return translate("Player", "Done") if data.completed else translate("Player", "Stopped early")


def steps_text(data: FinishedData) -> str:
    """Return "20 of 20 steps in 15 min 12 s."."""
    text = translate("Player", "{done} of {steps} steps in {length}.")
    return text.format(done=data.steps_done, steps=data.steps, length=exact_length(data.active_ms))


def exact_length(ms: int) -> str:
    minutes, seconds = divmod(ms // 1_000, 60)
    if not minutes:
        return translate("Player", "{seconds} s").format(seconds=seconds)
    if not seconds:
        return translate("Player", "{minutes} min").format(minutes=minutes)
    text = translate("Player", "{minutes} min {seconds} s")
    return text.format(minutes=minutes, seconds=seconds)


def streak_texts(data: FinishedData) -> tuple[str, str, str, str]:
    """Return the figure that leads, its words, and the two lines beside them.

    Weeks in a row lead; while there are none the days of this week do.
    """
    weeks, days, week = data.weeks, data.days, data.this_week
    days_text = translate("Player", "{count} {words}, best {best}").format(
        count=days.current, words=words.days_in_a_row(days.current), best=days.best
    )
    if weeks.current:
        best = translate("Player", "Your best is {best}").format(best=weeks.best)
        return str(weeks.current), words.weeks_in_a_row(weeks.current), best, days_text
    label = translate("Player", "of {goal} days this week").format(goal=week.goal)
    weeks_text = translate("Player", "{count} {words}, best {best}").format(
        count=0, words=words.weeks_in_a_row(0), best=weeks.best
    )
    return str(week.days), label, weeks_text, days_text


def week_text(data: FinishedData) -> str:
    """Return "4 of 5 days this week. One more to go."."""
    week = data.this_week
    left = week.goal - week.days
    text = translate("Player", "{days} of {goal} days this week.").format(
        days=week.days, goal=week.goal
    )
    if left <= 0:
        return f"{text} {translate('Player', 'Goal met.')}"
    if left == 1:
        return f"{text} {translate('Player', 'One more to go.')}"
    return f"{text} {translate('Player', '{n} more to go.').format(n=left)}"
