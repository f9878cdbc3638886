"""The figures at the top of the history: rows, the week, minutes; and how steady it goes."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import _tokens as tokens
from app.ui import words
from app.ui.pages.history.data import HistoryData
from app.ui.theme import ThemeManager, line_baseline
from app.ui.widgets.paint import elided, panel, text_at, text_width
from app.ui.widgets.text_fit import wrap

PADDING = 24
STRIP_HEIGHT = 112
_SIDE = 20


class _Stat(NamedTuple):
    figure: str
    label: str
    beside: str = ""


class StatsStrip(QWidget):
    """Weeks in a row lead; while they are 0 the week itself leads."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._stats: list[_Stat] = []
        themes.changed.connect(self.update)

    def show_data(self, data: HistoryData) -> None:
        self._stats = self._made(data)
        self.setAccessibleName(
            ". ".join(f"{stat.figure} {stat.label} {stat.beside}".strip() for stat in self._stats)
        )
        self.update()

    def needed_height(self) -> int:
        scale = self._themes.theme.text_scale
        return round(STRIP_HEIGHT * (1 + (scale - 1) * 0.7))

    def _made(self, data: HistoryData) -> list[_Stat]:
        streaks = data.streaks
        weeks, days, week = streaks.weeks_in_a_row, streaks.days_in_a_row, streaks.this_week
        best = self.tr("best {best}")
        rows = [
            _Stat(
                str(weeks.current),
                words.weeks_in_a_row(weeks.current),
                best.format(best=weeks.best),
            ),
            _Stat(
                str(days.current), words.days_in_a_row(days.current), best.format(best=days.best)
            ),
        ]
        so_far = _Stat(f"{week.days}/{week.goal}", self.tr("days this week"))
        minutes = _Stat(
            str((data.active_ms_in_4_weeks + 30_000) // 60_000), self.tr("min in 4 weeks")
        )
        return [*rows, so_far, minutes] if weeks.current else [so_far, *rows, minutes]

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, theme.line)
        if not self._stats:
            return
        scale = theme.text_scale
        figure = theme.font("stat", tabular=True)
        label = theme.font("body", weight=500)
        small = theme.font("small", tabular=True)
        each = (self.width() - 2 * PADDING + _SIDE) / len(self._stats)
        for index, stat in enumerate(self._stats):
            left = PADDING + index * each
            room = each - _SIDE - 4
            y = 40.5 * scale
            end = text_at(painter, figure, theme.text, (left - 2, y), stat.figure)
            if stat.beside and text_width(small, stat.beside) <= left + room - end - 8:
                # On the figure's own baseline.
                base = y + (figure.pixelSize() - small.pixelSize()) * 0.7275 / 2
                text_at(painter, small, theme.text_2, (end + 8, base), stat.beside)
            text = elided(label, stat.label, room)
            text_at(painter, label, theme.text_2, (left, 80.5 * scale), text)
            if index:
                x = round(left - _SIDE - 4)
                painter.fillRect(x, 24, 1, self.height() - 48, theme.line)


class SteadyCard(QWidget):
    """A figure with a sentence beside it: consistency, or how many runs were followed."""

    def __init__(self, themes: ThemeManager, title: str, sentence: str) -> None:
        super().__init__()
        self._themes = themes
        self._title = title
        self._sentence = sentence
        self._figure = ""
        themes.changed.connect(self.update)

    def show_figure(self, figure: str) -> None:
        self._figure = figure
        self.setAccessibleName(f"{self._title}: {figure}. {self._sentence}")
        self.update()

    def needed_height(self, width: int) -> int:
        theme = self._themes.theme
        lines = len(self._lines(width))
        text = theme.line_height("title_s") + 4 + lines * theme.line_height("small")
        return max(round(96 * theme.text_scale), text + 48)

    def _left(self) -> float:
        figure = self._themes.theme.font("stat", tabular=True)
        return PADDING + max(84.0, text_width(figure, self._figure) + 20)

    def _lines(self, width: int) -> list[str]:
        metrics = QFontMetricsF(self._themes.theme.font("small"))
        return wrap(self._sentence, width - PADDING - self._left(), metrics.horizontalAdvance)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, theme.line)
        middle = self.height() / 2
        figure = theme.font("stat", tabular=True)
        text_at(painter, figure, theme.text, (PADDING - 2, middle), self._figure)
        left = self._left()
        lines = self._lines(self.width())
        small, line_height = theme.font("small"), theme.line_height("small")
        title = theme.font("title_s")
        block = theme.line_height("title_s") + 4 + len(lines) * line_height
        top = middle - block / 2
        text_at(
            painter, title, theme.text, (left, top + theme.line_height("title_s") / 2), self._title
        )
        painter.setFont(small)
        painter.setPen(theme.text_2)
        y = top + theme.line_height("title_s") + 4
        for line in lines:
            painter.drawText(QPointF(left, round(line_baseline(small, y, line_height))), line)
            y += line_height
