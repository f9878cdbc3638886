"""The cards of Home: one for each routine, one for each file that could not be read."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.catalogue import Origin, RoutineCard
from app.domain.exercise import Phase
from app.ui import _tokens as tokens
from app.ui import words
from app.ui.icons import paint_icon
from app.ui.pages.home.data import folded, main_phase
from app.ui.theme import ThemeManager, mix
from app.ui.widgets.card import CardBase
from app.ui.widgets.fade import Fade
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.mini_timeline import paint_mini_timeline
from app.ui.widgets.paint import elided, panel, text_at, text_right, text_width

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

HEIGHT: Final = 196
LEAST_WIDTH: Final = 290
"""At the least window for three columns a card is a little narrower than the design's 300."""
PADDING: Final = tokens.SPACE["card_padding"]
PLAY: Final = 44
PLAY_ICON: Final = 22
SMALL_ICON: Final = 16


class PlayCircle(QPushButton):
    """Starts a routine at once."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._phase = Phase.REST
        self._hover = Fade(self)
        self._ring = FocusRing(self, themes, self._shape)
        self.resize(PLAY, PLAY)

    def show_phase(self, phase: Phase) -> None:
        self._phase = phase
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(PLAY, PLAY)

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), PLAY / 2)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover.to(1.0, self._themes.theme.motion("hover"))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover.to(0.0, self._themes.theme.motion("hover"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = self._themes.theme.phase(self._phase)
        hover = self._hover.value
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        fill = mix(colors.tint, colors.solid, hover)
        painter.setBrush(mix(fill, colors.text, 0.12) if self.isDown() else fill)
        painter.drawEllipse(QRectF(self.rect()))
        icon = QRectF(0, 0, PLAY_ICON, PLAY_ICON)
        icon.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, "play", icon, mix(colors.text, colors.on, hover))


class CardView(CardBase):
    """One routine, given by `show_card`. A press opens its preview, the circle starts it."""

    start_requested = cast("TypedSignal[str]", Signal(str))
    menu_requested = cast("TypedSignal[CardView, QPoint]", Signal(object, object))
    """The card and the place on screen."""
    preview_requested = cast("TypedSignal[CardView]", Signal(object))

    def __init__(self, themes: ThemeManager, card: RoutineCard, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self.card = card
        self._last = ""
        self._pinned = False
        self.search_text = ""
        self.play = PlayCircle(themes, self)
        self.play.clicked.connect(self._start)
        self.clicked.connect(self._preview)

    def show_card(self, card: RoutineCard, *, last: str, pinned: bool) -> None:
        """Show a routine; `last` says when it was done, in words."""
        self.card = card
        self._last = last or self.tr("Not done yet")
        self._pinned = pinned
        self.play.show_phase(main_phase(card))
        self.play.setAccessibleName(self.tr("Start {name}").format(name=card.name))
        gear = [words.equipment(item) for item in card.equipment]
        self.search_text = folded("\n".join([card.name, *card.exercises, *gear]))
        done = self._last
        if last:
            done = self.tr("last done {when}").format(when=last)
        spoken = [card.name, self.moment(), words.length(card.duration_ms), words.steps(card.steps)]
        if pinned:
            spoken.append(self.tr("pinned"))
        self.setAccessibleName(", ".join([*spoken, *gear, done]))
        self.update()

    def moment(self) -> str:
        if self.card.origin is Origin.YOURS:
            return self.tr("Yours")
        return words.moment(self.card.when)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.play.move(self.width() - PADDING - PLAY, PADDING)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(self, event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        needed = text_width(self.themes.theme.font("title_m"), self.card.name)
        self.setToolTip(self.card.name if needed > self._name_room() else "")

    def _name_room(self) -> float:
        return self.width() - 2 * PADDING - PLAY - 12

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, card = self.themes.theme, self.card
        painter = QPainter(self)
        border = mix(theme.line, theme.line_strong, self.hover.value)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, border)
        right = self.width() - PADDING
        scale = theme.text_scale
        quiet = theme.font("small", weight=500)
        left = float(PADDING)
        moment_y = 24 + 6 * scale
        if self._pinned:
            top = round(moment_y - SMALL_ICON / 2)
            paint_icon(painter, "pin", QRectF(left, top, SMALL_ICON, SMALL_ICON), theme.text_2)
            left += SMALL_ICON + 5
        text_at(painter, quiet, theme.text_2, (left, moment_y), self.moment())
        name = theme.font("title_m")
        shown = elided(name, card.name, self._name_room())
        text_at(painter, name, theme.text, (PADDING, 58 + 14 * (scale - 1)), shown)
        height = self.height()
        strip = QRectF(PADDING, height - 104, right - PADDING, tokens.SIZE["timeline_mini"])
        paint_mini_timeline(painter, theme, strip, card.strip)
        bold = theme.font("body_bold", tabular=True)
        middle = height - 68
        end = text_at(painter, bold, theme.text, (PADDING, middle), words.length(card.duration_ms))
        plain = theme.font("body", tabular=True)
        text_at(painter, plain, theme.text_2, (round(end) + 10, middle), words.steps(card.steps))
        self._paint_foot(painter, right, height - 34)

    def _paint_foot(self, painter: QPainter, right: float, middle: float) -> None:
        theme = self.themes.theme
        tabular = theme.font("small", tabular=True, weight=500)
        limit = text_right(painter, tabular, theme.text_2, (right, middle), self._last) - 16
        quiet = theme.font("small", weight=500)
        items = [(words.EQUIPMENT_ICONS[i], words.equipment(i)) for i in self.card.equipment]
        x = float(PADDING)
        for index, (icon, text) in enumerate(items or [(words.SPACE_ICON, words.tr("Just space"))]):
            rest = len(items) - index
            more = f"+{rest - 1}"
            reserve = text_width(tabular, more) + 12 if rest > 1 else 0.0
            if x + SMALL_ICON + 6 + text_width(quiet, text) + reserve > limit:
                text_at(painter, tabular, theme.text_2, (x, middle), f"+{rest}" if rest else text)
                return
            top = round(middle - SMALL_ICON / 2)
            paint_icon(painter, icon, QRectF(x, top, SMALL_ICON, SMALL_ICON), theme.text_2)
            x = text_at(painter, quiet, theme.text_2, (x + SMALL_ICON + 6, middle), text) + 14

    @Slot()
    def _start(self) -> None:
        self.start_requested.emit(self.card.id)

    @Slot()
    def _preview(self) -> None:
        self.preview_requested.emit(self)

    def menu_place(self) -> QPoint:
        """Return where a menu opened by key appears."""
        return self.mapToGlobal(QPoint(PADDING, self.height() // 2))
