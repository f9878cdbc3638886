"""A moment of the first start: its figure, the routine that it begins with, and Start."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from app.domain.catalogue import RoutineCard
from app.domain.exercise import Phase
from app.domain.when import When
from app.ui import _tokens as tokens
from app.ui import words
from app.ui.icons import paint_icon
from app.ui.pages.home.data import main_phase
from app.ui.theme import PhaseColors, ThemeManager, alpha, line_baseline
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.mini_timeline import paint_mini_timeline
from app.ui.widgets.paint import elided, panel, text_at
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal

PADDING = 24
CARD_HEIGHT, PICTURE_HEIGHT, PICTURE_MARGIN, PICTURE_WIDTH = 388, 176, 4, 248
ROW_HEIGHT, ROW_PICTURE = 120, 120
_PICTOGRAMS: Final = {
    When.BEFORE_RUN: "run",
    When.AFTER_RUN: "stretching",
    When.REST_DAY: "yoga",
}
_RINGS: Final = ((64, 0.22), (96, 0.14), (128, 0.08), (160, 0.05))


class MomentCard(QWidget):
    start_requested = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self,
        themes: ThemeManager,
        figures: "Figures",
        when: When,
        *,
        main: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._figures = figures
        self._when = when
        self._card: RoutineCard | None = None
        self._row = False
        kind = ButtonKind.PRIMARY if main else ButtonKind.SECONDARY
        self.button = Button(themes, self.tr("Start"), kind=kind, parent=self)
        self.button.clicked.connect(self._start)
        figures.ready.connect(self.update)

    def show_card(self, card: RoutineCard) -> None:
        self._card = card
        self.button.setAccessibleName(self.tr("Start {name}").format(name=card.name))
        self.setAccessibleName(f"{self._title()}. {card.name}. {self._line()}")
        self.update()

    def _title(self) -> str:
        match self._when:
            case When.BEFORE_RUN:
                return self.tr("About to run")
            case When.AFTER_RUN:
                return self.tr("Just ran")
            case _:
                return self.tr("Not running today")

    def _line(self) -> str:
        if self._card is None:
            return ""
        return self.tr("{length}. {about}").format(
            length=words.length(self._card.duration_ms), about=self._about()
        )

    def _about(self) -> str:
        match self._when:
            case When.BEFORE_RUN:
                return self.tr("Get loose before you go.")
            case When.AFTER_RUN:
                return self.tr("Easy holds while you are warm.")
            case _:
                return self.tr("Steady work for back and hips.")

    def set_row(self, row: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Be a low row, as where the three stand below one another."""
        self._row = row
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        size = self.button.sizeHint()
        if self._row:
            width = max(112, size.width())
            self.button.setGeometry(
                self.width() - PADDING - width,
                (self.height() - size.height()) // 2,
                width,
                size.height(),
            )
        else:
            self.button.setGeometry(
                PADDING,
                self.height() - PADDING - size.height(),
                self.width() - 2 * PADDING,
                size.height(),
            )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        card = self._card
        if card is None:
            return
        theme = self._themes.theme
        phase = main_phase(card)
        painter = QPainter(self)
        radius = tokens.RADIUS["card" if self._row else "panel"]
        box = QRectF(self.rect())
        panel(painter, box, radius, theme.surface, None)
        picture = QRectF(0, 0, box.width(), PICTURE_HEIGHT)
        if self._row:
            picture = QRectF(0, 0, ROW_PICTURE, box.height())
        self._paint_picture(painter, card, picture, radius)
        panel(painter, box, radius, None, theme.line)
        if self._row:
            self._paint_row_text(painter, card, phase)
        else:
            self._paint_card_text(painter, card, phase)

    def _paint_row_text(self, painter: QPainter, card: RoutineCard, phase: Phase) -> None:
        theme = self._themes.theme
        left = ROW_PICTURE + 20.0
        room = self.button.x() - 16 - left
        middle = self.height() / 2
        spread = 28 * theme.text_scale
        for font, color, y, text in (
            (theme.font("title_m"), theme.text, middle - spread, self._title()),
            (theme.font("body_bold"), theme.phase(phase).text, middle, card.name),
            (theme.font("body", tabular=True), theme.text_2, middle + spread - 2, self._line()),
        ):
            text_at(painter, font, color, (left, y), elided(font, text, room))

    def _paint_card_text(self, painter: QPainter, card: RoutineCard, phase: Phase) -> None:
        theme = self._themes.theme
        room = self.width() - 2 * PADDING
        scale = theme.text_scale
        title, bold = theme.font("title_m"), theme.font("body_bold")
        y = PICTURE_HEIGHT + 21 + 14 * scale
        text_at(painter, title, theme.text, (PADDING, y), elided(title, self._title(), room))
        y += 29.5 * scale
        name = elided(bold, card.name, room)
        text_at(painter, bold, theme.phase(phase).text, (PADDING, y), name)
        body = theme.font("body", tabular=True)
        metrics = QFontMetricsF(body)
        strip_top = self.button.y() - 30
        first = y + 14.5 * scale
        line_height = theme.line_height("body")
        count = max(1, int((strip_top - 6 - first) // line_height))
        lines = wrap(self._line(), room, metrics.horizontalAdvance)
        painter.setFont(body)
        painter.setPen(theme.text_2)
        for index, line in enumerate(clip(lines, count, room, metrics.horizontalAdvance)):
            top = first + index * line_height
            painter.drawText(QPointF(PADDING, round(line_baseline(body, top, line_height))), line)
        strip = QRectF(PADDING, strip_top, room, tokens.SIZE["timeline_mini"])
        paint_mini_timeline(painter, theme, strip, card.strip)

    def _paint_picture(
        self, painter: QPainter, card: RoutineCard, picture: QRectF, radius: float
    ) -> None:
        theme, phase = self._themes.theme, main_phase(card)
        colors = theme.phase(phase)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.save()
        painter.setClipPath(shape)
        painter.setClipRect(picture, Qt.ClipOperation.IntersectClip)
        painter.fillRect(picture, colors.tint)
        painter.restore()
        from app.ui.widgets.figure_colors import figure_colors  # noqa: PLC0415  (with a card)

        ground = figure_colors(theme, phase, colors.tint)
        # Of one size at every width of the card: it is drawn and kept once.
        inner = QRectF(0, 0, PICTURE_WIDTH, picture.height() - 2 * PICTURE_MARGIN)
        if self._row:
            inner.setWidth(picture.width())
        inner.moveCenter(picture.center())
        if not self._figures.paint_first(painter, inner, card.figure, ground):
            self._paint_symbol(painter, colors, picture)

    def _paint_symbol(self, painter: QPainter, colors: PhaseColors, picture: QRectF) -> None:
        """Stand in for a figure that could not be read."""
        center = picture.center()
        shrink = picture.height() / PICTURE_HEIGHT
        painter.save()
        painter.setClipRect(picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for distance, opacity in _RINGS:
            painter.setPen(QPen(alpha(colors.solid, opacity), 12 * shrink))
            painter.drawEllipse(center, distance * shrink, distance * shrink)
        painter.restore()
        size = round(84 * shrink)
        icon = QRectF(0, 0, size, size)
        icon.moveCenter(center)
        paint_icon(painter, _PICTOGRAMS[self._when], icon, colors.text, stroke=1.75)

    @Slot()
    def _start(self) -> None:
        if self._card is not None:
            self.start_requested.emit(self._card.id)
