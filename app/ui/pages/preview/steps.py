"""One step of a routine: its figure, dose, cues and caution, and what can be changed for today."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QContextMenuEvent, QPainter, QPainterPath

from app.domain.choices import Side
from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.pages.preview import phrases
from app.ui.pages.preview.data import one_side
from app.ui.pages.preview.text_column import Paragraph, TextColumn
from app.ui.theme import mix
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.card import CardBase
from app.ui.widgets.focus_ring import FocusShape
from app.ui.widgets.paint import panel, text_right, text_width
from app.ui.widgets.toggle import HIT_HEIGHT, Toggle
from app.ui.widgets.toggle import WIDTH as TOGGLE_WIDTH

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.figures import Figures
    from app.ui.pages.preview.data import Place, StepLine
    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme, ThemeManager
    from app.ui.widgets.menu import Menu

FIGURE: Final = 88
FIGURE_INSET: Final = 4
PADDING: Final = 12
TEXT_LEFT: Final = PADDING + FIGURE + 16
RIGHT: Final = 16
CHEVRON: Final = 20
CHANGE: Final = 44
"""The button of what can be changed for today."""
NAME_LEAST: Final = 0.5
"""The share of the room that a name keeps; a longer amount stands below it."""
OFF_OPACITY: Final = 0.55
_RADIUS: Final = tokens.RADIUS["card"]
_TILE_RADIUS: Final = 12


class _Face:
    """Lays out and paints a step."""

    def __init__(self, themes: ThemeManager, figures: Figures, step: StepLine) -> None:
        self._themes = themes
        self._figures = figures
        self.step = step
        segment = step.segment
        self.amount = phrases.step_amount(step)
        self._name = TextColumn([Paragraph(text=segment.name, role="body_bold", most=2)])
        below = [
            Paragraph(text=cue, role="small", color="text_2", gap=2 if index else 4)
            for index, cue in enumerate(step.cues)
        ]
        if segment.note:
            below.append(
                Paragraph(text=segment.note, role="small", icon="pencil", gap=6, color="text_2")
            )
        if step.exercise is not None and step.exercise.caution:
            below.append(
                Paragraph(
                    text=step.exercise.caution,
                    role="small",
                    weight=500,
                    icon="triangle-alert",
                    gap=6,
                )
            )
        details = phrases.step_details(step)
        if details:
            below.insert(0, Paragraph(text=details, role="small", tabular=True, weight=500))
        amount = Paragraph(text=self.amount, role="body", tabular=True, weight=500)
        self._below = TextColumn(below)
        self._below_with_amount = TextColumn([amount, *below])

    def room(self, width: int) -> int:
        """Return the text's room in pixels, in a row of that width."""
        right = RIGHT + CHEVRON + 8
        if self.step.can_change:
            right += CHANGE
        if self.step.can_switch:
            right += TOGGLE_WIDTH + 16
        return width - TEXT_LEFT - right

    def _is_beside(self, theme: Theme, room: int) -> bool:
        """Tell whether the amount stands at the right of the name."""
        font = theme.font("body_bold", tabular=True)
        return room - text_width(font, self.amount) - 24 >= room * NAME_LEAST

    def _name_room(self, theme: Theme, room: int) -> int:
        if not self._is_beside(theme, room):
            return room
        return round(room - text_width(theme.font("body_bold", tabular=True), self.amount) - 24)

    def _text_height(self, theme: Theme, room: int) -> int:
        below = self._below if self._is_beside(theme, room) else self._below_with_amount
        name = self._name.height(theme, self._name_room(theme, room))
        return name + below.height(theme, room)

    def height(self, width: int) -> int:
        """Return how high a row of that width has to be."""
        text = self._text_height(self._themes.theme, self.room(width))
        return max(FIGURE + 2 * PADDING, text + 2 * (PADDING + 4))

    def paint(self, painter: QPainter, box: QRectF, *, hover: float, opens: bool) -> None:
        """Draw the row; `hover` is 0.0 to 1.0, `opens` shows that it leads somewhere."""
        theme = self._themes.theme
        border = mix(theme.line, theme.line_strong, hover)
        panel(painter, box, _RADIUS, theme.surface, border)
        self._paint_figure(painter, theme, box)
        width = round(box.width())
        room = self.room(width)
        quiet = not self.step.is_on
        top = (box.height() - self._text_height(theme, room)) / 2
        name_room = self._name_room(theme, room)
        self._name.paint(painter, theme, (TEXT_LEFT, top), name_room, quiet=quiet)
        below = self._below_with_amount
        if self._is_beside(theme, room):
            below = self._below
            middle = top + theme.line_height("body_bold") / 2
            color = theme.text_3 if quiet else theme.text
            font = theme.font("body_bold", tabular=True)
            text_right(painter, font, color, (TEXT_LEFT + room, middle), self.amount)
        top += self._name.height(theme, name_room)
        below.paint(painter, theme, (TEXT_LEFT, top), room, quiet=quiet)
        if opens:
            chevron = QRectF(0, 0, CHEVRON, CHEVRON)
            chevron.moveCenter(QRectF(width - RIGHT - CHEVRON, 0, CHEVRON, box.height()).center())
            color = mix(theme.text_3, theme.text, hover)
            paint_icon(painter, "chevron-right", chevron, color)

    def _paint_figure(self, painter: QPainter, theme: Theme, box: QRectF) -> None:
        segment = self.step.segment
        colors = theme.phase(segment.phase)
        side = one_side(self.step)
        tile = QRectF(PADDING, round((box.height() - FIGURE) / 2), FIGURE, FIGURE)
        painter.save()
        painter.setOpacity(1.0 if self.step.is_on else OFF_OPACITY)
        shape = QPainterPath()
        shape.addRoundedRect(tile, _TILE_RADIUS, _TILE_RADIUS)
        painter.fillPath(shape, colors.flood)
        inset = FIGURE_INSET
        self._figures.paint_still(
            painter,
            tile.adjusted(inset, inset, -inset, -inset),
            self.step.exercise,
            segment.position,
            theme=theme,
            phase=segment.phase,
            bg=colors.flood,
            # What is done on both sides is shown as it was drawn.
            side=Side.RIGHT if side is Side.BOTH else side,
        )
        painter.restore()


class _Opener(CardBase):
    """Lies over the whole row and makes it a button; the row paints what there is to see."""

    def __init__(self, themes: ThemeManager, row: QWidget) -> None:
        super().__init__(themes, row, painted=row)

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), _RADIUS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing: the row has painted it all."""


class StepRow(SpokenWidget):
    """A step; where it is an exercise of the library a press asks for its page."""

    opened = cast("TypedSignal[str]", Signal(str))
    """The exercise's id."""
    switched = cast("TypedSignal[Place, bool]", Signal(object, bool))
    """The step's place, and whether it is wanted today."""
    left_out = cast("TypedSignal[Place, bool]", Signal(object, bool))
    """The place of a step that is not optional, and whether it is to be left out today."""
    swapped = cast("TypedSignal[Place, str]", Signal(object, str))
    """The step's place, and the exercise to do instead today; empty for the written one."""

    def __init__(
        self, themes: ThemeManager, figures: Figures, step: StepLine, parent: QWidget
    ) -> None:
        super().__init__(QAccessible.Role.ListItem, parent)
        self._themes = themes
        self._figures = figures
        self._face = _Face(themes, figures, step)
        self.opener: _Opener | None = None
        """None where the step leads nowhere."""
        self.toggle: Toggle | None = None
        """None where the step is not optional."""
        self.menu: Menu | None = None
        """What can be changed for today, while it is open."""
        if step.exercise is not None:
            self.opener = _Opener(themes, self)
            self.opener.clicked.connect(self._open)
        if step.optional:
            self.toggle = Toggle(themes, step.segment.name, parent=self)
            self.toggle.clicked.connect(self._switch)
        self.change = Button(
            themes,
            kind=ButtonKind.GHOST,
            icon="ellipsis-vertical",
            name=phrases.change_name(step),
            parent=self,
        )
        self.change.clicked.connect(self._change)
        self.show_step(step)

    @property
    def step(self) -> StepLine:
        return self._face.step

    def show_step(self, step: StepLine) -> None:
        """Show the same step as it is done today, in or out."""
        if step != self._face.step:
            self._face = _Face(self._themes, self._figures, step)
        name = phrases.step_name(step)
        (self.opener or self).setAccessibleName(name)
        if self.toggle is not None:
            self.toggle.set_name(step.segment.name)
            self.toggle.setChecked(step.is_on)
            self.toggle.setVisible(step.can_switch)
        self.change.setVisible(step.can_change)
        self.change.set_icon("undo-2" if step.is_left_out else "ellipsis-vertical")
        self.change.set_name(phrases.change_name(step))
        self._place()
        self.update()

    def needed_height(self, width: int) -> int:
        """Return the height for a width, in pixels."""
        return self._face.height(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self.opener is not None:
            self.opener.setGeometry(self.rect())
        x = self.width() - RIGHT - CHEVRON - 8
        if self.step.can_change:
            x -= CHANGE
            self.change.setGeometry(x, (self.height() - CHANGE) // 2, CHANGE, CHANGE)
            x -= 8
        if self.toggle is not None:
            y = (self.height() - HIT_HEIGHT) // 2
            self.toggle.setGeometry(x - TOGGLE_WIDTH, y, TOGGLE_WIDTH, HIT_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        opener = self.opener
        self._face.paint(
            QPainter(self),
            QRectF(self.rect()),
            hover=opener.hover.value if opener is not None else 0.0,
            opens=opener is not None,
        )

    @Slot()
    def _open(self) -> None:
        if self.step.exercise is not None:
            self.opened.emit(self.step.exercise.id)

    @Slot(bool)
    def _switch(self, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self.switched.emit(self.step.place, on)

    # Changes for today

    @Slot()
    def _change(self) -> None:
        """Put back what is left out, else offer what can be changed."""
        if self.step.is_left_out:
            self.left_out.emit(self.step.place, False)
        else:
            below = self.change.rect().bottomLeft()
            self._show_menu(self.change.mapToGlobal(below))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.step.can_change:
            super().contextMenuEvent(event)
            return
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        below = self.change.mapToGlobal(self.change.rect().bottomLeft())
        self._show_menu(event.globalPos() if by_mouse else below)

    def _show_menu(self, place: QPoint) -> None:
        from app.ui.widgets.menu import Menu  # noqa: PLC0415  (made when it is opened)

        step = self.step
        menu = self.menu = Menu(self._themes, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(self._forget_menu)
        for template, icon, exercises in (
            (self.tr("Easier: {name}"), "arrow-down", step.easier),
            (self.tr("Harder: {name}"), "arrow-up", step.harder),
        ):
            for exercise in exercises:
                menu.add(
                    template.format(name=exercise.name),
                    partial(self.swapped.emit, step.place, exercise.id),
                    icon_name=icon,
                )
        if step.instead_of:
            menu.add(
                self.tr("As written: {name}").format(name=step.instead_of),
                partial(self.swapped.emit, step.place, ""),
                icon_name="undo-2",
            )
        if not step.optional:
            if menu.actions():
                menu.addSeparator()
            if step.is_left_out:
                text, icon = self.tr("Put back"), "undo-2"
            else:
                text, icon = self.tr("Leave out today"), "minus"
            menu.add(
                text,
                partial(self.left_out.emit, step.place, not step.is_left_out),
                icon_name=icon,
            )
        menu.popup(place)

    @Slot()
    def _forget_menu(self) -> None:
        self.menu = None
