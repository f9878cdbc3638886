"""The card of a file that could not be read."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.domain.catalogue import BrokenFile
from app.ui import _tokens as tokens
from app.ui.pages.home.cards import PADDING
from app.ui.pages.home.data import folded
from app.ui.pages.home.problems import file_name, sentence
from app.ui.theme import ThemeManager, mix
from app.ui.widgets.card import CardBase
from app.ui.widgets.paint import elided, text_at, text_width
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

_REASON_LINES: Final = 2


class BrokenCardView(CardBase):
    """A file that could not be read. A press shows what is wrong with it."""

    details_requested = cast("TypedSignal[BrokenFile]", Signal(object))

    def __init__(self, themes: ThemeManager, broken: BrokenFile, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self.broken = broken
        self.search_text = folded(broken.name)
        self.setAccessibleName(
            self.tr("{name}, not loaded: {reason}").format(name=broken.name, reason=self.reason())
        )
        self.clicked.connect(self._ask_details)

    def reason(self) -> str:
        """Return the first problem as one sentence with its place."""
        first = self.broken.problems[0]
        name = file_name(self.broken.file)
        if first.line is None:
            text = self.tr("{file}: {message}").format(file=name, message=first.message)
        else:
            text = self.tr("Line {line} of {file}: {message}").format(
                line=first.line, file=name, message=first.message
            )
        return sentence(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(mix(theme.danger_line, theme.danger, self.hover.value), 1.5)
        pen.setDashPattern([6, 3.2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = tokens.RADIUS["card"]
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), radius, radius
        )
        room = self.width() - 2 * PADDING
        text_at(painter, theme.font("label"), theme.danger, (PADDING, 30), self.tr("Not loaded"))
        name = theme.font("title_m")
        text_at(painter, name, theme.text_2, (PADDING, 58), elided(name, self.broken.name, room))
        body = theme.font("body")
        lines = wrap(self.reason(), room, lambda text: text_width(body, text))
        shown = clip(lines, _REASON_LINES, room, lambda text: text_width(body, text))
        y = 100.0
        for line in shown:
            text_at(painter, body, theme.text_2, (PADDING, y), line)
            y += theme.line_height("body")
        label = theme.font("label")
        y = self.height() - 34
        end = text_at(painter, label, theme.text, (PADDING, y), self.tr("Show details"))
        painter.setPen(QPen(theme.text, 1))
        painter.drawLine(PADDING, round(y) + 11, round(end), round(y) + 11)

    @Slot()
    def _ask_details(self) -> None:
        self.details_requested.emit(self.broken)
