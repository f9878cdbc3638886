"""The heading of a block in the editor's list: fold, name, rounds, menu and length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPen

from app.ui.icons import paint_icon
from app.ui.pages.editor.inline_edit import PADDING, InlineEdit
from app.ui.pages.editor.row_base import HIT, ICON, MENU, PartRow, RowHost, icon_box
from app.ui.pages.editor.words import (
    block_name,
    block_side_text,
    long_clock,
    rounds,
    spoken_time,
    tr,
)
from app.ui.widgets.paint import elided, text_width
from app.ui.widgets.stepper import REPEAT_AFTER_MS, REPEAT_EVERY_MS

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.editing import BlockPart
    from app.ui.theme import Theme, ThemeManager

REACH: Final = 12
"""How far a heading stands out of the rows on each side: its box has room around the words."""
NAME_LEFT: Final = REACH + 28
PILL_GAP: Final = 16
PILL_HEIGHT: Final = 32
PILL_SIDE: Final = 32
"""Width of the minus and of the plus."""
PILL_PADDING: Final = 4
PILL_ICON: Final = 16
GAP: Final = 12
NAME_MAX: Final = 60
"""Characters that a file takes."""
FOLD: Final = "fold"
MINUS: Final = "minus"
PLUS: Final = "plus"


class BlockHost(RowHost, Protocol):
    """What a heading asks of its list."""

    def fold(self, header: BlockHeader) -> None:
        """Show or hide the block's steps."""
        ...

    def change_rounds(self, header: BlockHeader, by: int) -> None: ...

    def rename(self, header: BlockHeader, name: str) -> None: ...

    def end_rename(self, header: BlockHeader, *, keep: bool) -> None:
        """Close the change of the name; with `keep` false it gets the old one back."""
        ...


class BlockHeader(PartRow):
    """Shows a block; Enter, F2 or a double click edits its name in place."""

    def __init__(
        self,
        themes: ThemeManager,
        host: BlockHost,
        part: BlockPart,
        parent: QWidget,
        *,
        read_only: bool,
    ) -> None:
        super().__init__(themes, host, part.id, parent)
        self._host = host
        self._read_only = read_only
        self._length_ms: int | None = None
        self._edit: InlineEdit | None = None
        self._held = ""
        self._repeat: QTimer | None = None
        self.name_before = part.name
        self.is_folded = False
        self.part = part

    # Content

    def show_block(self, part: BlockPart) -> None:
        if part is not self.part:
            self.part = part
            if self._edit is not None:
                self._edit.show_text(part.name)
                self._place_edit()
            self.update()

    def show_length(self, duration_ms: int | None) -> None:
        """Show how long all rounds take; None where that is not known."""
        if duration_ms != self._length_ms:
            self._length_ms = duration_ms
            self.update()

    @property
    def length(self) -> str:
        return "" if self._length_ms is None else long_clock(self._length_ms)

    def set_folded(self, folded: bool) -> None:  # noqa: FBT001  (a plain setter)
        if folded != self.is_folded:
            self.is_folded = folded
            self.update()

    def spoken(self) -> str:
        part = self.part
        count = len(part.steps)
        parts = [
            tr("Block {name}").format(name=block_name(part)),
            tr("1 step") if count == 1 else tr("{count} steps").format(count=count),
            rounds(part.rounds),
            block_side_text(part).replace(" · ", ", "),
            "" if self._length_ms is None else spoken_time((self._length_ms + 500) // 1000 * 1000),
            tr("collapsed") if self.is_folded else "",
            tr("problem: {what}").format(what=self.problem) if self.problem else "",
            tr("note: {what}").format(what=self.hint) if self.hint and not self.problem else "",
            tr("selected") if self.is_selected else "",
        ]
        return ", ".join(part for part in parts if part)

    # Renaming

    @property
    def edit(self) -> InlineEdit | None:
        """The field while the name is edited."""
        return self._edit if self._edit is not None and self._edit.is_open else None

    def start_rename(self) -> None:
        if self._read_only:
            return
        if self._edit is None:
            self._edit = InlineEdit(
                self.themes, role="title_s", name=tr("Block name"), most=NAME_MAX, parent=self
            )
            self._edit.typed.connect(self._rename)
            self._edit.finished.connect(self._end_rename)
        self.name_before = self.part.name
        self._edit.start(self.part.name)
        self._place_edit()

    @Slot(str)
    def _rename(self, name: str) -> None:
        self._host.rename(self, name)
        self._place_edit()

    @Slot(bool)
    def _end_rename(self, keep: bool) -> None:  # noqa: FBT001  (the signal's payload)
        self._host.end_rename(self, keep=keep)
        if self._edit is not None and self._edit.left_by_key:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_edit(self) -> None:
        if self._edit is None:
            return
        height = self.height() - 2
        left = NAME_LEFT - PADDING
        room = self.width() - left - REACH
        width = round(min(max(self._edit.wanted_width() + 8, 160), room))
        box = self.mirrored(QRectF(left, (self.height() - height) / 2, width, height))
        self._edit.setGeometry(box.toRect())

    # Zones

    def zones(self) -> dict[str, QRectF]:
        height = self.height()
        top = (height - HIT) / 2
        found = {FOLD: QRectF(REACH + ICON / 2 - HIT / 2, top, HIT, HIT)}
        pill = self._pill()
        if not self._read_only:
            found[MINUS] = QRectF(pill.left() - 4, top, PILL_SIDE + 4, HIT)
            found[PLUS] = QRectF(pill.right() - PILL_SIDE, top, PILL_SIDE + 4, HIT)
        found[MENU] = QRectF(pill.right() + 8, top, HIT, HIT)
        return {name: self.mirrored(box) for name, box in found.items()}

    def press_zone(self, zone: str) -> None:
        match zone:
            case "fold":
                self._host.fold(self)
            case "menu":
                self._host.open_menu(self, self.menu_point())
            case _:
                # Minus and plus acted when they were pressed.
                pass

    def hold_zone(self, zone: str) -> None:
        self._held = zone
        if zone not in {MINUS, PLUS}:
            if self._repeat is not None:
                self._repeat.stop()
            return
        self._step()
        if self._repeat is None:
            self._repeat = QTimer(self)
            self._repeat.timeout.connect(self._step_again)
        self._repeat.start(REPEAT_AFTER_MS)

    def _step(self) -> None:
        self._host.change_rounds(self, 1 if self._held == PLUS else -1)

    @Slot()
    def _step_again(self) -> None:
        self._step()
        if self._repeat is not None:
            self._repeat.start(REPEAT_EVERY_MS)

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_edit()

    def _pill_width(self, theme: Theme) -> int:
        font = theme.font("label", tabular=True)
        if self._read_only:
            return round(text_width(font, rounds(self.part.rounds)))
        # As wide as for two digits, so that it does not move while it is pressed.
        words = max(round(text_width(font, rounds(count))) for count in (self.part.rounds, 10))
        return words + 2 * PILL_SIDE + PILL_PADDING

    def _name_room(self, theme: Theme) -> float:
        taken = PILL_GAP + self._pill_width(theme) + 8 + HIT + GAP + REACH
        total = text_width(theme.font("small", tabular=True), self.length)
        return self.width() - NAME_LEFT - taken - total

    def _name(self, theme: Theme) -> str:
        return elided(theme.font("title_s"), block_name(self.part), self._name_room(theme))

    def _pill(self) -> QRectF:
        theme = self.themes.theme
        left = NAME_LEFT + round(text_width(theme.font("title_s"), self._name(theme))) + PILL_GAP
        height = theme.control(PILL_HEIGHT, "small") if theme.text_scale > 1 else PILL_HEIGHT
        top = round((self.height() - height) / 2)
        return QRectF(left, top, self._pill_width(theme), height)

    # Events

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.zone_at(event.position()):
            # A quick second press on minus or plus is a press.
            self.mousePressEvent(event)
        else:
            self.start_rename()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = self.painter()
        if self.is_selected or self.problem:
            self.paint_box(painter, None, None)
        middle = self.height() / 2
        fold = "chevron-right" if self.is_folded else "chevron-down"
        if self.is_folded and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            fold = "chevron-left"
        box = icon_box(QPointF(REACH + ICON / 2, middle))
        self.paint_zone_icon(painter, FOLD, fold, self.mirrored(box))
        name = self._name(theme)
        color = theme.text if self.part.name.strip() else theme.text_3
        self.paint_text(painter, theme.font("title_s"), (NAME_LEFT, middle), name, color)
        self.hint_at_rest("" if name == block_name(self.part) else self.part.name)
        pill = self._pill()
        self._paint_pill(painter, theme, pill, middle)
        dots = icon_box(QPointF(pill.right() + 8 + HIT / 2, middle))
        self.paint_zone_icon(painter, MENU, "ellipsis-vertical", self.mirrored(dots))
        self._paint_right(painter, theme, pill.right() + 8 + HIT + GAP, middle)

    def _paint_pill(self, painter: QPainter, theme: Theme, pill: QRectF, middle: float) -> None:
        if not self._read_only:
            painter.setPen(QPen(theme.line, 1))
            painter.setBrush(theme.surface)
            box = self.mirrored(pill).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, 9.5, 9.5)
            for zone, x, spent in (
                (MINUS, pill.left() + PILL_SIDE / 2, self.part.rounds <= 1),
                (PLUS, pill.right() - PILL_SIDE / 2, False),
            ):
                lit = self.hovered_zone == zone and not spent
                tint = theme.line_strong if spent else theme.text if lit else theme.text_2
                square = self.mirrored(icon_box(QPointF(x, middle), PILL_ICON))
                paint_icon(painter, zone, square, tint)
        font, text = theme.font("label", tabular=True), rounds(self.part.rounds)
        left = round(pill.center().x() - text_width(font, text) / 2)
        if self._read_only:
            left = round(pill.left())
        self.paint_text(painter, font, (left, middle), text, theme.text)

    def _paint_right(self, painter: QPainter, theme: Theme, limit: float, middle: float) -> None:
        """Draw the length at the right edge, and before it what else is not as usual."""
        font, small = theme.font("small", tabular=True, weight=500), theme.font("small", weight=500)
        right = self.width() - REACH
        left = right - round(text_width(font, self.length))
        self.paint_text(painter, font, (left, middle), self.length, theme.text_2)
        mark = "circle-alert" if self.problem else "info" if self.hint else ""
        if mark:
            left -= ICON + GAP
            box = icon_box(QPointF(left + ICON / 2, middle))
            tint = theme.danger if self.problem else theme.text_3
            paint_icon(painter, mark, self.mirrored(box), tint)
        side = block_side_text(self.part)
        left -= GAP + round(text_width(small, side))
        if side and left >= limit:
            self.paint_text(painter, small, (left, middle), side, theme.text_2)


def header_height(theme: Theme) -> int:
    """Return how high a heading is at this text size."""
    return max(HIT, theme.line_height("title_s") + 12)
