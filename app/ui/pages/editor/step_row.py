"""One step in the editor's list: grip, phase, name, sides, amount and menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.pages.editor.row_base import HIT, ICON, MENU, PartRow, icon_box
from app.ui.pages.editor.words import step_facts, tr
from app.ui.widgets.paint import elided, text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.choices import Choices
    from app.domain.editing import StepPart
    from app.domain.exercise import ExerciseLibrary
    from app.ui.pages.editor.row_base import RowHost
    from app.ui.pages.editor.words import StepFacts
    from app.ui.theme import Theme, ThemeManager

GRIP_MIDDLE: Final = 20
BAR_LEFT: Final = 40
BAR: Final = 4
BAR_HEIGHT: Final = 28
NAME_LEFT: Final = 60
SIDE_GAP: Final = 12
AMOUNT_RIGHT: Final = 52
MENU_MIDDLE: Final = 26
ICON_GAP: Final = 16
BARE_LEFT: Final = 20
"""Where the phase's bar stands in a row that cannot be dragged."""


class StepRow(PartRow):
    """Shows a step; is painted as a whole, so that hundreds of them are quick."""

    def __init__(
        self,
        themes: ThemeManager,
        host: RowHost,
        part: StepPart,
        parent: QWidget,
        *,
        read_only: bool,
    ) -> None:
        super().__init__(themes, host, part.id, parent)
        self._read_only = read_only
        self._facts: StepFacts | None = None
        self.part = part

    def show_step(self, part: StepPart, exercises: ExerciseLibrary, choices: Choices) -> None:
        self.part = part
        facts = step_facts(part.step, exercises, choices)
        if facts != self._facts:
            self._facts = facts
            self.update()

    @property
    def facts(self) -> StepFacts:
        if self._facts is None:
            raise LookupError(self.part_id)
        return self._facts

    def spoken(self) -> str:
        facts = self.facts
        at, count = self.host.position_of(self)
        parts = [
            facts.name,
            tr("{at} of {count}").format(at=at, count=count),
            facts.spoken_amount,
        ]
        if facts.side:
            side = facts.side.replace(" · ", ", ")
            parts.append(f"{side[:1].lower()}{side[1:]}")
        if self.problem:
            parts.append(tr("problem: {what}").format(what=self.problem))
        elif self.hint:
            parts.append(tr("note: {what}").format(what=self.hint))
        if self.is_selected:
            parts.append(tr("selected"))
        return ", ".join(parts)

    def zones(self) -> dict[str, QRectF]:
        middle = self.height() / 2
        left = self.width() - MENU_MIDDLE - HIT / 2
        return {MENU: self.mirrored(QRectF(left, middle - HIT / 2, HIT, HIT))}

    def press_zone(self, zone: str) -> None:
        if zone == MENU:
            self.host.open_menu(self, self.menu_point())

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = self.painter()
        self.paint_box(painter, theme.surface, theme.line)
        middle = self.height() / 2
        shift = 0 if not self._read_only else BARE_LEFT - BAR_LEFT
        if not self._read_only:
            grip = self.mirrored(icon_box(QPointF(GRIP_MIDDLE, middle)))
            paint_icon(painter, "grip-vertical", grip, theme.text_3)
        bar = QRectF(BAR_LEFT + shift, round(middle - BAR_HEIGHT / 2), BAR, BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.phase(self.facts.phase).solid)
        painter.drawRoundedRect(self.mirrored(bar), BAR / 2, BAR / 2)
        dots = icon_box(QPointF(self.width() - MENU_MIDDLE, middle))
        self.paint_zone_icon(painter, MENU, "ellipsis-vertical", self.mirrored(dots))
        limit = self._paint_amount(painter, theme, middle)
        self._paint_name(painter, theme, NAME_LEFT + shift, limit, middle)

    def _paint_amount(self, painter: QPainter, theme: Theme, middle: float) -> float:
        """Draw the amount, and the mark before it; return what is left of them, in pixels."""
        font = theme.font("body_bold", tabular=True)
        color = theme.danger if self.problem else theme.text
        left = self.width() - AMOUNT_RIGHT - round(text_width(font, self.facts.amount))
        self.paint_text(painter, font, (left, middle), self.facts.amount, color)
        mark = "circle-alert" if self.problem else "info" if self.hint else ""
        if mark:
            left -= (ICON_GAP if self.facts.amount else 0) + ICON
            box = icon_box(QPointF(left + ICON / 2, middle))
            tint = theme.danger if self.problem else theme.text_3
            paint_icon(painter, mark, self.mirrored(box), tint)
        return left

    def _paint_name(
        self, painter: QPainter, theme: Theme, left: float, limit: float, middle: float
    ) -> None:
        font, small = theme.font("body_bold"), theme.font("small", weight=500)
        room = limit - ICON_GAP - left
        name, side = self.facts.name or tr("No name"), self.facts.side
        shown = elided(font, name, room)
        color = theme.text if self.facts.name else theme.text_3
        end = self.paint_text(painter, font, (left, middle), shown, color) + SIDE_GAP
        # What the sides are goes before a name is cut off.
        if side and end + text_width(small, side) <= left + room:
            self.paint_text(painter, small, (end, middle), side, theme.text_2)
        self.hint_at_rest("" if shown == name else name)


def row_height(theme: Theme) -> int:
    """Return how high a row is at this text size."""
    return theme.control(tokens.SIZE["row"], "body_bold")
