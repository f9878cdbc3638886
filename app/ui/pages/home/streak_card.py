"""How the week stands: the row of weeks, or the week itself while there is no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.ui import _tokens as tokens
from app.ui import words
from app.ui.theme import ThemeManager, sized_font
from app.ui.widgets.paint import elided, panel, rule, text_at, text_right, text_width

if TYPE_CHECKING:
    from app.domain.streaks import DayMark, Streaks
    from app.ui.widgets.day_mark import DayMarkView

WIDTH = 328
STRIP = 72
PADDING = 24
_MARK, _MARK_STRIP = 34, 32
_PITCH_STRIP = 38
_STRIP_MARKS_RIGHT = 146
"""From the strip's right edge to the last mark."""


class StreakCard(QWidget):
    """The figure that leads is weeks in a row; while it is 0 the days of this week lead."""

    def __init__(self, themes: ThemeManager, locale: QLocale, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._streaks: Streaks | None = None
        self._locale = locale
        self._marks: list[DayMarkView] = []
        themes.changed.connect(self.update)

    def show_streaks(self, streaks: Streaks, week: tuple[DayMark, ...]) -> None:
        if not self._marks:
            self._make_marks(len(week))
        self._streaks = streaks
        for view, mark in zip(self._marks, week, strict=True):
            view.show_mark(mark)
        number, label, weeks, days = self._texts(streaks)
        self.setAccessibleName(f"{number} {label}. {weeks}. {days}. {self._week_text(streaks)}.")
        self.update()

    def _make_marks(self, count: int) -> None:
        # Not at the top: the first picture of a start has no week yet.
        from app.ui.widgets.day_mark import DayMarkView  # noqa: PLC0415

        self._marks = [DayMarkView(self._themes, self._locale, parent=self) for _ in range(count)]
        self._place()
        for view in self._marks:
            view.show()

    # Words

    def _texts(self, streaks: Streaks) -> tuple[str, str, str, str]:
        """Return the figure that leads, its words, and the two lines beside them."""
        weeks, days = streaks.weeks_in_a_row, streaks.days_in_a_row
        days_text = self.tr("{count} {days_in_a_row}, best {best}").format(
            count=days.current, days_in_a_row=words.days_in_a_row(days.current), best=days.best
        )
        if weeks.current:
            return (
                str(weeks.current),
                words.weeks_in_a_row(weeks.current),
                self.tr("Best {best}").format(best=weeks.best),
                days_text,
            )
        week = streaks.this_week
        return (
            str(week.days),
            self.tr("of {goal} days this week").format(goal=week.goal),
            self.tr("{count} {weeks_in_a_row}, best {best}").format(
                count=0, weeks_in_a_row=words.weeks_in_a_row(0), best=weeks.best
            ),
            days_text,
        )

    def _week_text(self, streaks: Streaks) -> str:
        week = streaks.this_week
        if streaks.weeks_in_a_row.current:
            return self.tr("{days} of {goal} days").format(days=week.days, goal=week.goal)
        left = week.goal - week.days
        if left <= 0:
            return self.tr("Goal met")
        return self.tr("One more to go") if left == 1 else self.tr("{n} more to go").format(n=left)

    # Shape

    def strip_height(self) -> int:
        """Return the height of the strip for narrow windows at this text size."""
        return STRIP + (self._themes.theme.line_height("body") - 24)

    def _is_strip(self) -> bool:
        return self.height() < 2 * STRIP - 20

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self._is_strip():
            top = 8 + (self.height() - STRIP) // 2
            left = self.width() - _STRIP_MARKS_RIGHT - _MARK_STRIP - 6 * _PITCH_STRIP
            for index, view in enumerate(self._marks):
                view.set_diameter(_MARK_STRIP)
                size = view.sizeHint()
                view.setGeometry(left + index * _PITCH_STRIP, top, size.width(), size.height())
            return
        pitch = (self.width() - 2 * PADDING - _MARK) / 6
        top = 84 if self.height() < WIDTH // 2 + 20 else self.height() - 82
        for index, view in enumerate(self._marks):
            view.set_diameter(_MARK)
            size = view.sizeHint()
            view.setGeometry(round(PADDING + index * pitch), top, size.width(), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, theme.line)
        if self._streaks is None:
            return
        if self._is_strip():
            self._paint_strip(painter, self._streaks)
        elif self.height() < WIDTH // 2 + 20:
            self._paint_short(painter, self._streaks)
        else:
            self._paint_tall(painter, self._streaks)

    def _paint_tall(self, painter: QPainter, streaks: Streaks) -> None:
        theme = self._themes.theme
        number, label, weeks, days = self._texts(streaks)
        figure = sized_font(64, 700, tracking=-2.0, tabular=True)
        end = text_at(painter, figure, theme.text, (PADDING - 3, 56), number)
        left = end + 14
        room = self.width() - PADDING - left
        title = theme.font("title_s", tabular=True)
        text_at(painter, title, theme.text, (left, 33), elided(title, label, room))
        small = theme.font("small", tabular=True)
        text_at(painter, small, theme.text_2, (left, 57), elided(small, weeks, room))
        text_at(painter, small, theme.text_2, (left, 78), elided(small, days, room))
        rule(painter, PADDING, self.width() - PADDING, 111, theme.line)
        text_at(painter, theme.font("label"), theme.text, (PADDING, 136), self.tr("This week"))
        text_right(
            painter,
            theme.font("small", tabular=True, weight=500),
            theme.text_2,
            (self.width() - PADDING, 136),
            self._week_text(streaks),
        )

    def _paint_short(self, painter: QPainter, streaks: Streaks) -> None:
        theme = self._themes.theme
        number, label, weeks, _ = self._texts(streaks)
        figure = sized_font(44, 700, tracking=-2.0, tabular=True)
        end = text_at(painter, figure, theme.text, (PADDING - 2, 44), number)
        left = end + 12
        room = self.width() - PADDING - left
        title, small = theme.font("body_bold", tabular=True), theme.font("small", tabular=True)
        text_at(painter, title, theme.text, (left, 34), elided(title, label, room))
        text_at(painter, small, theme.text_2, (left, 56), elided(small, weeks, room))

    def _paint_strip(self, painter: QPainter, streaks: Streaks) -> None:
        theme = self._themes.theme
        number, label, weeks, days = self._texts(streaks)
        figure = sized_font(44, 700, tracking=-2.0, tabular=True)
        middle = self.height() / 2
        spread = 12 * theme.text_scale
        end = text_at(painter, figure, theme.text, (PADDING - 2, middle), number)
        left = end + 12
        room = self._marks[0].x() - 12 - left
        title = theme.font("body_bold", tabular=True)
        small = theme.font("small", tabular=True, weight=500)
        text_at(painter, title, theme.text, (left, middle - spread + 1), elided(title, label, room))
        both = f"{weeks}. {days}"
        beside = both if text_width(small, both) <= room else weeks
        text_at(painter, small, theme.text_2, (left, middle + spread), elided(small, beside, room))
        right = self.width() - PADDING
        heading = self.tr("This week")
        text_right(painter, theme.font("label"), theme.text, (right, middle - spread), heading)
        text_right(painter, small, theme.text_2, (right, middle + spread), self._week_text(streaks))
