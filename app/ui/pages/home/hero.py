"""The suggestion: what to do now, in the colour of its phase, with Start."""

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.catalogue import RoutineCard
from app.domain.exercise import Phase
from app.domain.when import When
from app.ui import _tokens as tokens
from app.ui import words
from app.ui.icons import paint_icon
from app.ui.pages.home.data import main_phase
from app.ui.theme import PhaseColors, Theme, ThemeManager, alpha, sized_font
from app.ui.widgets.buttons import Button, ButtonLook, ButtonSize
from app.ui.widgets.paint import elided, panel, text_at, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal


class HeroShape(Enum):
    """Beside the streak; the same while a banner stands above; in a narrow window."""

    TALL = 240
    MIDDLE = 168
    LOW = 144


RING_RADII: Final = (120, 164, 208, 252)
RING_WIDTH: Final = 18
RING_OPACITY: Final = (0.13, 0.10, 0.073, 0.045)
PICTOGRAM: Final = 112
FIGURE_WIDTH, FIGURE_MARGIN = 272, 8
_PICTOGRAMS: Final = {
    When.BEFORE_RUN: "run",
    When.AFTER_RUN: "stretching",
    When.REST_DAY: "yoga",
    When.MORNING: "stretching-2",
    When.ANY: "walk",
}
_LIGHT_ON: Final = 128
GAP: Final = 16
# The middles of the three lines of text at each height.
_ROWS: Final = {
    HeroShape.TALL: (40.0, 81.0, 122.5),
    HeroShape.MIDDLE: (36.0, 69.0, 112.0),
    HeroShape.LOW: (28.5, 64.5, 104.0),
}
_TEXT_HEIGHT: Final = 104
"""What the three lines take; this much grows with the text size."""


def _start_look(phase: Phase, theme: Theme) -> ButtonLook:
    colors = theme.phase(phase)
    if theme.dark:
        return ButtonLook(fill=colors.solid, text=colors.on, ring=colors.hero_text)
    # Where `on` is a dark colour the phase's text colour would drown on it.
    text = colors.text if colors.on.lightness() > _LIGHT_ON else colors.solid
    return ButtonLook(fill=colors.on, text=text, ring=colors.on)


def _other_look(phase: Phase, theme: Theme) -> ButtonLook:
    colors = theme.phase(phase)
    return ButtonLook(
        fill=None,
        text=colors.hero_text,
        hover_fill=alpha(colors.hero_text, 0.12),
        ring=colors.hero_text,
    )


class _HeroButton(Button):
    """A large button in the larger type of the suggestion."""

    def text_font(self) -> QFont:
        return sized_font(20 * self.themes.theme.text_scale, 700, display=False, tracking=-0.5)

    def icon_size(self) -> float:
        return 24.0


class _OtherButton(Button):
    """Text with a chevron after it; the chevron alone where there is little room."""

    def text_font(self) -> QFont:
        return self.themes.theme.font("title_s")

    def icon_size(self) -> float:
        return 18.0

    def padding(self) -> int:
        return 16


class Hero(QWidget):
    """The suggestion card. Without a suggestion it is not shown."""

    start_requested = cast("TypedSignal[str]", Signal(str))

    def __init__(self, themes: ThemeManager, figures: "Figures", parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._figures = figures
        self._card: RoutineCard | None = None
        self._eyebrow = ""
        self._phase = Phase.REST
        self._shape = HeroShape.TALL
        self._others: tuple[tuple[When, RoutineCard], ...] = ()
        self.start_button = _HeroButton(
            themes, self.tr("Start"), size=ButtonSize.LARGE, icon="play", parent=self
        )
        self.start_button.clicked.connect(self._start)
        self.other_button = _OtherButton(
            themes,
            self.tr("Something else"),
            size=ButtonSize.LARGE,
            icon="chevron-down",
            icon_last=True,
            parent=self,
        )
        self.other_button.clicked.connect(self._open_others)
        self.start_button.hide()
        self.other_button.hide()
        themes.changed.connect(self.update)
        figures.ready.connect(self.update)

    def show_suggestion(
        self, card: RoutineCard, eyebrow: str, others: "Mapping[When, RoutineCard]"
    ) -> None:
        """Show a routine, the line above its name, and what else could be started."""
        self._card = card
        self._eyebrow = eyebrow
        self._phase = main_phase(card)
        self._others = tuple((when, other) for when, other in others.items() if other != card)
        self.start_button.show()
        self.start_button.set_look(partial(_start_look, self._phase))
        self.start_button.setAccessibleName(self.tr("Start {name}").format(name=card.name))
        self.other_button.set_look(partial(_other_look, self._phase))
        self.other_button.setVisible(bool(self._others))
        self.setAccessibleName(f"{eyebrow} {card.name}. {self._meta()}")
        self._place()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def needed_height(self, shape: HeroShape) -> int:
        """Return the height of a shape at this text size, and take that shape."""
        self._shape = shape
        return round(shape.value + (self._themes.theme.text_scale - 1) * _TEXT_HEIGHT)

    def _is_tall(self) -> bool:
        return self._shape is HeroShape.TALL

    def _padding(self) -> int:
        return 24 if self._shape is HeroShape.LOW else 32

    def _place(self) -> None:
        start, other = self.start_button, self.other_button
        size = start.sizeHint()
        if self._is_tall():
            other.set_text_shown(True)
            start.setGeometry(
                32, self.height() - 32 - size.height(), max(164, size.width()), size.height()
            )
            wanted = other.sizeHint()
            other.setGeometry(
                start.geometry().right() + 13, start.y(), wanted.width(), wanted.height()
            )
            return
        width = max(148, size.width())
        left = self.width() - self._padding() - width
        top = (self.height() - size.height()) // 2
        start.setGeometry(left, top, width, size.height())
        other.set_text_shown(True)
        wanted = other.sizeHint()
        if self._padding() + self._text_width() + GAP + wanted.width() > left - GAP:
            other.set_text_shown(False)
            wanted = other.sizeHint()
        other.setGeometry(left - 8 - wanted.width(), top, wanted.width(), wanted.height())

    def _text_width(self) -> float:
        """Return how wide the longest of the three lines is."""
        if self._card is None:
            return 0.0
        eyebrow, name, meta = self._fonts()
        return max(
            text_width(eyebrow, self._eyebrow),
            text_width(name, self._card.name),
            text_width(meta, self._meta()),
        )

    def _fonts(self) -> tuple[QFont, QFont, QFont]:
        """Return the fonts of the line above the name, the name, and the facts."""
        theme = self._themes.theme
        eyebrow = theme.font("body_bold", tabular=True)
        if self._is_tall():
            return eyebrow, theme.font("hero"), theme.font("title_s", tabular=True, weight=500)
        return eyebrow, theme.font("title_l"), theme.font("body", tabular=True, weight=500)

    def paintEvent(self, _event: QPaintEvent) -> None:
        card = self._card
        theme = self._themes.theme
        painter = QPainter(self)
        if card is None:
            box = QRectF(self.rect())
            panel(painter, box, tokens.RADIUS["panel"], theme.surface, theme.line)
            return
        colors = theme.phase(self._phase)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        radius = tokens.RADIUS["panel"]
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.fillPath(shape, colors.hero_bg)
        if self._shape is not HeroShape.LOW:
            self._paint_rings(painter, shape, colors)
        eyebrow, name, meta = self._fonts()
        room = self.width() - 32 - 240
        if not self._is_tall():
            other = self.other_button
            end = other.x() if not other.isHidden() else self.start_button.x()
            room = end - self._padding() - GAP
        left = float(self._padding())
        for font, color, y, text in (
            (eyebrow, colors.hero_eyebrow, self._row(0), self._eyebrow),
            (name, colors.hero_text, self._row(1), card.name),
            (meta, colors.hero_text, self._row(2), self._meta()),
        ):
            # Large type starts a little late by itself.
            nudge = 1.0 if font is name else 0.0
            text_at(painter, font, color, (left - nudge, y), elided(font, text, room))

    def _row(self, index: int) -> float:
        """Return the middle of one of the three lines."""
        return _ROWS[self._shape][index] * self._themes.theme.text_scale

    def _paint_rings(self, painter: QPainter, shape: QPainterPath, colors: PhaseColors) -> None:
        center = QPointF(self.width() - 150, self.height() / 2 + (6 if self._is_tall() else 0))
        ink = colors.solid if self._themes.theme.dark else colors.on
        painter.save()
        painter.setClipPath(shape)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for radius, opacity in zip(RING_RADII, RING_OPACITY, strict=True):
            painter.setPen(QPen(alpha(ink, opacity), RING_WIDTH))
            painter.drawEllipse(center, radius, radius)
        painter.restore()
        if self._is_tall() and self._card is not None:
            self._paint_figure(painter, self._card, colors, center)

    def _paint_figure(
        self, painter: QPainter, card: RoutineCard, colors: PhaseColors, center: QPointF
    ) -> None:
        from app.ui.widgets.figure_colors import card_figure_colors  # noqa: PLC0415  (with a card)

        box = QRectF(0, 0, FIGURE_WIDTH, self.height() - 2 * FIGURE_MARGIN)
        box.moveCenter(QPointF(center.x(), self.height() / 2))
        ground = card_figure_colors(self._themes.theme, self._phase)
        if not self._figures.paint_first(painter, box, card.figure, ground):
            symbol = QRectF(0, 0, PICTOGRAM, PICTOGRAM)
            symbol.moveCenter(center)
            icon = _PICTOGRAMS[card.when]
            paint_icon(painter, icon, symbol, colors.hero_text, stroke=1.6)

    def _meta(self) -> str:
        card = self._card
        if card is None:
            return ""
        return self.tr("{length}, {steps}. {equipment}").format(
            length=words.length(card.duration_ms),
            steps=words.steps(card.steps),
            equipment=words.equipment_sentence(card.equipment),
        )

    @Slot()
    def _start(self) -> None:
        if self._card is not None:
            self.start_requested.emit(self._card.id)

    @Slot()
    def _open_others(self) -> None:
        from app.ui.widgets.menu import Menu  # noqa: PLC0415  (made when it is opened)

        menu = Menu(self._themes, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for when, card in self._others:
            text = self.tr("{moment}: {name}").format(moment=words.moment(when), name=card.name)
            menu.add(
                text.replace("&", "&&"),
                partial(self.start_requested.emit, card.id),
                icon_name=words.MOMENT_ICONS[when],
            )
        menu.popup(self.other_button.mapToGlobal(QPoint(0, self.other_button.height() + 4)))
