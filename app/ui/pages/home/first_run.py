"""The very first start: three moments that begin at once, a sound check, a weekly goal."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.suggestion import FIRST_CHOICE
from app.domain.when import When
from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.pages.home.data import HomeData
from app.ui.pages.home.first_run_card import CARD_HEIGHT, PADDING, ROW_HEIGHT, MomentCard
from app.ui.theme import ThemeManager, sized_font
from app.ui.widgets.buttons import Button
from app.ui.widgets.paint import elided, panel, text_at
from app.ui.widgets.scroll import PageScroll
from app.ui.widgets.slider import Slider
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.text_fit import wrap

if TYPE_CHECKING:
    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal

MARGIN, MAX_WIDTH, GUTTER = 40, 1560, 24
TOOL_HEIGHT = 116
THREE_FROM: Final = 860
"""Width of the page from which the three moments stand side by side."""
LOW_BELOW: Final = 720


class _Tool(QWidget):
    """A card with an icon, a title and a line of help at the left, a control at the right."""

    def __init__(
        self, themes: ThemeManager, icon: str, title: str, text: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icon = icon
        self._title = title
        self._text = text
        self._control: QWidget | None = None
        self._below: QWidget | None = None
        self.setAccessibleName(f"{title} {text}")

    def set_controls(self, control: QWidget, below: QWidget | None = None) -> None:
        self._control = control
        self._below = below

    def needed_height(self, width: int) -> int:
        theme = self._themes.theme
        text = theme.line_height("title_s") + 4
        text += len(self._lines(width)) * theme.line_height("body")
        if self._below is not None:
            text += 16
        return max(TOOL_HEIGHT, round(text) + 40)

    def _lines(self, width: int) -> list[str]:
        control = self._control.sizeHint().width() if self._control is not None else 0
        room = width - 60 - PADDING - control - 16
        metrics = QFontMetricsF(self._themes.theme.font("body"))
        return wrap(self._text, max(80, room), metrics.horizontalAdvance)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._control is not None:
            size = self._control.sizeHint()
            self._control.setGeometry(
                self.width() - PADDING - size.width(),
                (self.height() - size.height()) // 2,
                size.width(),
                size.height(),
            )
        if self._below is not None:
            self._below.setGeometry(60, self.height() - 46, 180, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        panel(painter, QRectF(self.rect()), tokens.RADIUS["card"], theme.surface, theme.line)
        middle = 24 + theme.line_height("title_s") / 2
        paint_icon(painter, self._icon, QRectF(PADDING, round(middle - 12), 24, 24), theme.text)
        text_at(painter, theme.font("title_s"), theme.text, (60, middle), self._title)
        body = theme.font("body")
        y = middle + theme.line_height("title_s") / 2 + 4 + theme.line_height("body") / 2
        for line in self._lines(self.width()):
            text_at(painter, body, theme.text_2, (60, y), line)
            y += theme.line_height("body")


class FirstRun(QWidget):
    """No sign-up and no tour: every button here starts something."""

    start_requested = cast("TypedSignal[str]", Signal(str))
    cue_requested = cast("TypedSignal[()]", Signal())
    volume_changed = cast("TypedSignal[float]", Signal(float))
    goal_changed = cast("TypedSignal[int]", Signal(int))

    def __init__(self, themes: ThemeManager, figures: "Figures", parent: QWidget) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = PageScroll(themes, self)
        self._content = _Content(themes, figures)
        scroll.set_widget(self._content)
        outer.addWidget(scroll)
        for card in self._content.cards.values():
            card.start_requested.connect(self.start_requested.emit)
        self._content.cue.clicked.connect(self.cue_requested.emit)
        self._content.volume.valueChanged.connect(self._tell_volume)
        self._content.goal.valueChanged.connect(self.goal_changed.emit)

    @property
    def main_button(self) -> Button:
        return self._content.cards[When.AFTER_RUN].button

    def show_data(self, data: HomeData) -> None:
        by_id = {card.id: card for card in data.listing.cards}
        for when, view in self._content.cards.items():
            name = data.other_moments.get(when, FIRST_CHOICE[when])
            view.setVisible(name in by_id)
            if name in by_id:
                view.show_card(by_id[name])
        for control, value in (
            (self._content.volume, round(data.volume * 100)),
            (self._content.goal, data.goal_days),
        ):
            control.blockSignals(True)
            control.setValue(value)
            control.blockSignals(False)

    @Slot(int)
    def _tell_volume(self, percent: int) -> None:
        self.volume_changed.emit(percent / 100)


class _Content(QWidget):
    def __init__(self, themes: ThemeManager, figures: "Figures") -> None:
        super().__init__()
        self._themes = themes
        self.cards = {
            when: MomentCard(themes, figures, when, main=when is When.AFTER_RUN, parent=self)
            for when in (When.BEFORE_RUN, When.AFTER_RUN, When.REST_DAY)
        }
        self._hear = _Tool(
            themes,
            "volume-2",
            self.tr("Can you hear it across the room?"),
            self.tr("Play a cue, then step back two metres."),
            self,
        )
        self.cue = Button(themes, self.tr("Play cue"), icon="bell", parent=self._hear)
        self.volume = Slider(themes, self.tr("Volume"), parent=self._hear)
        self._hear.set_controls(self.cue, self.volume)
        self._week = _Tool(
            themes,
            "calendar-days",
            self.tr("Days a week"),
            self.tr("Any session counts. Missing a day is fine."),
            self,
        )
        self.goal = Stepper(
            themes, self.tr("Days a week"), minimum=1, maximum=7, width=164, parent=self._week
        )
        self._week.set_controls(self.goal)
        themes.changed.connect(self.place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def _width(self) -> int:
        return min(self.width() - 2 * MARGIN, MAX_WIDTH)

    def _title_font(self) -> QFont:
        return sized_font(44 * self._themes.theme.text_scale, 700, tracking=-2.0)

    def _heading(self) -> str:
        return self.tr("When do you want to start?")

    def _subtitle(self) -> str:
        return self.tr(
            "Pick one. Everything here works without an account, and you can change it all later."
        )

    def _safety(self) -> str:
        return self.tr(
            "Warmdown is not medical advice. Stop if something hurts sharply or goes numb, and "
            "see a clinician about pain that lasts."
        )

    def _wrapped(self, role: str, text: str) -> list[str]:
        metrics = QFontMetricsF(self._themes.theme.font(role))
        return wrap(text, self._width(), metrics.horizontalAdvance)

    def _is_low(self) -> bool:
        window = self.window()
        return window.height() < LOW_BELOW

    def _top(self) -> int:
        return 24 if self._is_low() else 60

    @Slot()
    def place(self) -> None:
        theme = self._themes.theme
        width = self._width()
        left = (self.width() - width) // 2
        lines = self._wrapped("title_s", self._subtitle())
        y = self._top() + round(64 * theme.text_scale) + len(lines) * theme.line_height("title_s")
        y += 20 if self._is_low() else 44
        shown = [card for card in self.cards.values() if not card.isHidden()]
        stacked = width < (THREE_FROM - 2 * MARGIN) * theme.text_scale
        columns = 1 if stacked else max(1, len(shown))
        gap = 12 if stacked else GUTTER
        height = round((ROW_HEIGHT if stacked else CARD_HEIGHT) * (1 + (theme.text_scale - 1) / 3))
        each = (width - gap * (columns - 1)) / columns
        for index, card in enumerate(shown):
            row, column = divmod(index, columns)
            x0 = round(left + column * (each + gap))
            x1 = round(left + column * (each + gap) + each)
            card.set_row(stacked)
            card.setGeometry(x0, y + row * (height + gap), x1 - x0, height)
        y += -(-len(shown) // columns) * (height + gap) + (GUTTER - gap)
        y += 0 if self._is_low() else 8
        y = self._place_tools(left, y, width)
        self._safety_top = y + 24
        safety = len(self._wrapped("small", self._safety())) * theme.line_height("small")
        self.setMinimumHeight(y + 24 + safety + 24)
        self.update()

    def _place_tools(self, left: int, y: int, width: int) -> int:
        half = (width - GUTTER) // 2
        if width >= THREE_FROM - 2 * MARGIN:
            height = max(self._hear.needed_height(half), self._week.needed_height(half))
            self._hear.setGeometry(left, y, half, height)
            self._week.setGeometry(left + width - half, y, half, height)
            return y + height
        for tool in (self._hear, self._week):
            height = tool.needed_height(width)
            tool.setGeometry(left, y, width, height)
            y += height + GUTTER
        return y - GUTTER

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        left = (self.width() - self._width()) // 2
        scale = theme.text_scale
        y = self._top() + 31 * scale
        title = self._title_font()
        heading = elided(title, self._heading(), self._width())
        text_at(painter, title, theme.text, (left - 2, y), heading)
        y += 48 * scale
        subtitle = theme.font("title_s", weight=400)
        for line in self._wrapped("title_s", self._subtitle()):
            text_at(painter, subtitle, theme.text_2, (left, y), line)
            y += theme.line_height("title_s")
        small = theme.font("small")
        y = self._safety_top + theme.line_height("small") / 2
        for line in self._wrapped("small", self._safety()):
            text_at(painter, small, theme.text_2, (left, y), line)
            y += theme.line_height("small")

    _safety_top = 0
