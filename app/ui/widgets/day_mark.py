"""One day of the week: done, cut short, still open, or nothing."""

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.exercise import Phase
from app.domain.streaks import DayMark, DayState
from app.ui.dates import weekday, weekday_letter, weekday_short
from app.ui.icons import paint_icon
from app.ui.theme import Theme, ThemeManager
from app.ui.widgets.paint import text_centered

RING = 2.0
LABEL_DROP = 15
"""From the circle's edge to the middle of the letter below it."""
_HALF_TURN = 180 * 16
_QUARTER_TURN = 90 * 16


def paint_day_mark(painter: QPainter, theme: Theme, box: QRectF, mark: DayMark) -> None:
    """Draw a mark into a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = box.adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2)
    if mark.state is DayState.NONE:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.line_strong if mark.is_today else theme.line, RING))
        painter.drawEllipse(inner)
        return
    paint_session_mark(
        painter, theme, box, mark.phase or Phase.REST, done=mark.state is DayState.DONE
    )


def paint_session_mark(
    painter: QPainter, theme: Theme, box: QRectF, phase: Phase, *, done: bool
) -> None:
    """Draw a full circle with a check, or a half one for what was cut short."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colors = theme.phase(phase)
    painter.setPen(Qt.PenStyle.NoPen)
    if done:
        painter.setBrush(colors.solid)
        painter.drawEllipse(box)
        size = round(box.width() * 0.5)
        check = QRectF(0, 0, size, size)
        check.moveCenter(box.center())
        paint_icon(painter, "check", check, colors.on, stroke=2.4)
        return
    inner = box.adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2)
    painter.setBrush(colors.tint)
    painter.drawEllipse(inner)
    painter.setBrush(colors.solid)
    painter.drawPie(inner, _QUARTER_TURN, _HALF_TURN)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colors.solid, RING))
    painter.drawEllipse(inner)


class DayMarkView(QWidget):
    """A mark with its day below; says "Tuesday, cut short, post-run static holds"."""

    def __init__(
        self,
        themes: ThemeManager,
        locale: QLocale,
        *,
        diameter: int = 34,
        letter: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`letter` writes one letter for the day, else its short name."""
        super().__init__(parent)
        self._themes = themes
        self._locale = locale
        self._diameter = diameter
        self._letter = letter
        self._mark: DayMark | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def show_mark(self, mark: DayMark) -> None:
        self._mark = mark
        self.setAccessibleName(self._spoken(mark))
        self.setToolTip(self._spoken(mark))
        self.update()

    def set_diameter(self, diameter: int) -> None:
        self._diameter = diameter
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self._diameter if self._letter else max(self._diameter, 36)
        return QSize(width, self._diameter + LABEL_DROP + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._mark is None:
            return
        theme, mark = self._themes.theme, self._mark
        painter = QPainter(self)
        left = (self.width() - self._diameter) / 2
        paint_day_mark(painter, theme, QRectF(left, 0, self._diameter, self._diameter), mark)
        word = weekday_letter if self._letter else weekday_short
        text_centered(
            painter,
            theme.font("caption", weight=700 if mark.is_today else 0),
            theme.text if mark.is_today else theme.text_2,
            (self.width() / 2, self._diameter + LABEL_DROP),
            word(self._locale, mark.day),
        )

    def _spoken(self, mark: DayMark) -> str:
        parts = [weekday(self._locale, mark.day)]
        match mark.state:
            case DayState.DONE:
                parts.append(self.tr("done"))
            case DayState.CUT_SHORT:
                parts.append(self.tr("cut short"))
            case DayState.NONE:
                parts.append(self.tr("today, nothing yet") if mark.is_today else self.tr("nothing"))
        return ", ".join([*parts, *mark.names])
