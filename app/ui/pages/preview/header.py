"""The preview's upper edge, which stays while the steps scroll: name, facts, strip and Start."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from app.domain.catalogue import Origin
from app.ui import words
from app.ui.icons import paint_icon
from app.ui.pages.home.data import main_phase
from app.ui.pages.preview import phrases
from app.ui.theme import line_baseline, mix
from app.ui.widgets.buttons import Button, ButtonKind, ButtonLook, ButtonSize
from app.ui.widgets.mini_timeline import paint_mini_timeline
from app.ui.widgets.paint import elided, rule, text_at, text_width
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from app.domain.catalogue import RoutineCard
    from app.domain.exercise import Phase
    from app.ui.pages.preview.data import Preview
    from app.ui.theme import Theme, ThemeManager

MARGIN: Final = 40
MAX_WIDTH: Final = 1560
TOP: Final = 20
BOTTOM: Final = 18
ROW_GAP: Final = 10
STRIP: Final = 14
ICON: Final = 18
ICON_GAP: Final = 6
FACT_GAP: Final = 20
BACK: Final = 44
NAME_LEFT: Final = 36
"""From the margin; the arrow's icon stands on the margin itself."""


def start_look(phase: Phase, theme: Theme) -> ButtonLook:
    """Return the colours of Start: it is the phase, as on Home."""
    colors = theme.phase(phase)
    return ButtonLook(
        fill=colors.solid, text=colors.on, hover_fill=mix(colors.solid, colors.on, 0.1)
    )


class _HeaderButton(Button):
    """Leaves Up and Down to the page, which scrolls."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
            return
        super().keyPressEvent(event)


class Header(QWidget):
    """Holds the buttons and paints the rest; says how high it is for a width."""

    def __init__(self, themes: ThemeManager, locale: QLocale, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._locale = locale
        self._card: RoutineCard | None = None
        self._preview: Preview | None = None
        self._now: datetime | None = None
        self.back = _HeaderButton(
            themes, kind=ButtonKind.GHOST, icon="arrow-left", name=self.tr("Back"), parent=self
        )
        self.edit = _HeaderButton(
            themes, kind=ButtonKind.GHOST, icon="pencil", name=self.tr("Edit"), parent=self
        )
        self.pin = _HeaderButton(
            themes, kind=ButtonKind.GHOST, icon="pin", name=self.tr("Pin to the top"), parent=self
        )
        self.export = _HeaderButton(
            themes,
            kind=ButtonKind.GHOST,
            icon="headphones",
            name=self.tr("Export as audio"),
            parent=self,
        )
        self.file = _HeaderButton(
            themes,
            kind=ButtonKind.GHOST,
            icon="folder-open",
            name=self.tr("Show file"),
            parent=self,
        )
        self.start = _HeaderButton(
            themes, self.tr("Start"), size=ButtonSize.LARGE, icon="play", parent=self
        )

    # Content

    def show_card(self, card: RoutineCard) -> None:
        self._card = card
        own = card.origin is Origin.YOURS
        self.edit.set_icon("pencil" if own else "copy")
        self.edit.set_name(self.tr("Edit") if own else self.tr("Make a copy to edit"))
        self.start.set_look(partial(start_look, main_phase(card)))
        self.start.setAccessibleName(self.tr("Start {name}").format(name=card.name))
        self._restate()

    def show_preview(self, preview: Preview) -> None:
        self._preview = preview
        self.start.set_unavailable(preview.problem)
        self.export.set_unavailable(preview.problem)
        self._restate()

    def show_pinned(self, *, pinned: bool) -> None:
        self.pin.set_icon("pin-off" if pinned else "pin")
        self.pin.set_name(self.tr("Unpin") if pinned else self.tr("Pin to the top"))

    def show_now(self, now: datetime | None) -> None:
        """Say when it would end if it was started at this moment; None says nothing."""
        self._now = now
        self._restate()

    def _restate(self) -> None:
        if self._card is not None:
            facts = ", ".join(text for _, text in self._facts())
            kind = self._kind(self._card).replace(phrases.SEPARATOR, ", ")
            self.setAccessibleName(f"{self._card.name}, {kind}. {facts}")
        self.update()

    def _kind(self, card: RoutineCard) -> str:
        preview = self._preview
        return phrases.kind(card, is_changed=preview is not None and preview.is_changed)

    def _facts(self) -> list[tuple[str, str]]:
        """Return icon and text of each fact; what is needed comes last."""
        preview = self._preview
        if preview is None:
            return []
        if preview.problem:
            return [("circle-alert", preview.problem)]
        facts = [
            ("clock", words.length(preview.duration_ms)),
            ("list", words.steps(preview.steps)),
        ]
        if self._now is not None:
            lasts = timedelta(milliseconds=preview.get_ready_ms + preview.duration_ms)
            facts.append(("flag", phrases.ends_about(self._locale, self._now + lasts)))
        gear = [(words.EQUIPMENT_ICONS[item], words.equipment(item)) for item in preview.equipment]
        return [*facts, *(gear or [(words.SPACE_ICON, words.tr("Just space"))])]

    # Layout

    def _content(self) -> tuple[int, int]:
        width = min(self.width() - 2 * MARGIN, MAX_WIDTH)
        return (self.width() - width) // 2, width

    def _name_room(self) -> int:
        left, _ = self._content()
        return self.edit.x() - 16 - left - NAME_LEFT

    def _name(self) -> tuple[str, list[str]]:
        """Return role and lines of the name: a long one is smaller, and has two."""
        theme, room = self._themes.theme, self._name_room()
        name = self._card.name if self._card is not None else ""
        if text_width(theme.font("title_l"), name) <= room:
            return "title_l", [name]
        measure = QFontMetricsF(theme.font("title_m")).horizontalAdvance
        return "title_m", clip(wrap(name, room, measure), 2, room, measure)

    def _head_height(self) -> int:
        theme = self._themes.theme
        role, lines = self._name()
        text = theme.line_height(role) * len(lines) + theme.line_height("small")
        return max(text, self.start.sizeHint().height())

    def place(self, width: int) -> int:
        """Take a width; return the height that goes with it."""
        theme = self._themes.theme
        self.resize(width, self.height())
        left, content = self._content()
        size = self.start.sizeHint()
        right = left + content
        start_left = right - size.width()
        file_left = start_left - 12 - BACK
        # First what stands beside the name: how it wraps decides where the middle is.
        export_left = file_left - 4 - BACK
        pin_left = export_left - 4 - BACK
        self.edit.move(pin_left - 4 - BACK, 0)
        head = self._head_height()
        middle = TOP + head // 2
        self.start.setGeometry(start_left, middle - size.height() // 2, *size.toTuple())
        for button, x in (
            (self.back, left - 12),
            (self.edit, self.edit.x()),
            (self.pin, pin_left),
            (self.export, export_left),
            (self.file, file_left),
        ):
            size = QSize(BACK, max(BACK, button.sizeHint().height()))
            button.setGeometry(x, middle - size.height() // 2, *size.toTuple())
        facts = theme.line_height("body")
        height = TOP + head + ROW_GAP + facts + ROW_GAP + STRIP + BOTTOM
        self.resize(width, height)
        _, lines = self._name()
        name = self._card.name if self._card is not None else ""
        self.setToolTip("" if "".join(lines).replace(" ", "") == name.replace(" ", "") else name)
        self.update()
        return height

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, card = self._themes.theme, self._card
        if card is None or self._preview is None:
            return
        painter = QPainter(self)
        left, width = self._content()
        role, lines = self._name()
        head = self._head_height()
        text = theme.line_height(role) * len(lines) + theme.line_height("small")
        y = TOP + (head - text) / 2
        font = theme.font(role)
        painter.setFont(font)
        painter.setPen(theme.text)
        for line in lines:
            x = left + NAME_LEFT - (1 if role == "title_l" else 0)
            height = theme.line_height(role)
            painter.drawText(QPointF(x, round(line_baseline(font, y, height))), line)
            y += height
        small = theme.font("small", weight=500)
        middle = y + theme.line_height("small") / 2
        kind = elided(small, self._kind(card), self._name_room())
        text_at(painter, small, theme.text_2, (left + NAME_LEFT, middle), kind)
        y = TOP + head + ROW_GAP
        facts = theme.line_height("body")
        self._paint_facts(painter, theme, left, width, y + facts / 2)
        strip = QRectF(left, y + facts + ROW_GAP, width, STRIP)
        paint_mini_timeline(painter, theme, strip, self._preview.strip, gap=3)
        rule(painter, 0, self.width(), self.height() - 1, theme.line)

    def _paint_facts(
        self, painter: QPainter, theme: Theme, left: float, width: float, middle: float
    ) -> None:
        facts = self._facts()
        bold = theme.font("body_bold", tabular=True)
        plain = theme.font("body", tabular=True)
        x, limit = left, left + width
        for index, (icon, text) in enumerate(facts):
            font, color = (bold, theme.text) if index == 0 else (plain, theme.text_2)
            rest = len(facts) - index
            more = f"+{rest}"
            end = x + ICON + ICON_GAP + text_width(font, text)
            # What does not fit is counted; the card of what is needed has it all.
            reserve = FACT_GAP + text_width(plain, f"+{rest - 1}") if rest > 1 else 0
            if index and end + reserve > limit:
                text_at(painter, plain, theme.text_2, (x, middle), more)
                return
            paint_icon(painter, icon, QRectF(round(x), round(middle - ICON / 2), ICON, ICON), color)
            shown = elided(font, text, limit - x - ICON - ICON_GAP)
            x = text_at(painter, font, color, (x + ICON + ICON_GAP, middle), shown) + FACT_GAP
