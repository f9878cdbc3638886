"""The menus of the editor's header: moment, equipment, and all that is not done every day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.domain.exercise import Equipment
from app.domain.when import When
from app.ui import words
from app.ui.icons import icon, paint_icon
from app.ui.pages.editor.words import equipment_line, needed_equipment, tr
from app.ui.theme import baseline
from app.ui.widgets.buttons import Button, ButtonLook, ButtonSize
from app.ui.widgets.menu import ICON, Menu
from app.ui.widgets.paint import elided, text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.pages.editor.model import EditorModel
    from app.ui.theme import Theme, ThemeManager

CHEVRON: Final = 16


def _chip_look(theme: Theme) -> ButtonLook:
    return ButtonLook(
        fill=theme.surface, text=theme.text_2, border=theme.line, hover_border=theme.line_strong
    )


class HeadChip(Button):
    """Opens a menu; where there is too little room its text is cut, as it stands in the menu too."""

    def __init__(self, themes: ThemeManager, parent: QWidget, *, read_only: bool) -> None:
        super().__init__(
            themes,
            " ",
            size=ButtonSize.SMALL,
            icon=None if read_only else "chevron-down",
            icon_last=True,
            round_shape=True,
            look=_chip_look,
            parent=parent,
        )
        self._opens = not read_only
        if read_only:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paint_content(self, painter: QPainter, color: QColor) -> None:
        font, box = self.text_font(), self.box()
        extra = CHEVRON + 8 if self._opens else 0
        text = elided(font, self.text(), box.width() - 2 * self.padding() - extra + 1)
        width = text_width(font, text)
        left = round(box.left() + (box.width() - width - extra) / 2)
        middle = box.center().y()
        icon_left = left + round(width) + 8
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            icon_left, left = left, left + extra
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(QPointF(left, round(baseline(font, middle))), text)
        if self._opens:
            chevron = QRectF(icon_left, round(middle - CHEVRON / 2), CHEVRON, CHEVRON)
            paint_icon(painter, "chevron-down", chevron, color)
        wanted = "" if text == self.text() else self.text()
        if wanted != self.toolTip():
            self.setToolTip(wanted)


class HistoryButton(Button):
    """Undo or redo; with nothing to take back only its icon pales."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEnabled():
            super().paintEvent(event)
        else:
            self.paint_content(QPainter(self), self.themes.theme.text_3)


def moment_menu(themes: ThemeManager, model: EditorModel, parent: QWidget) -> Menu:
    menu = Menu(themes, parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for when in When:
        menu.add(
            words.moment(when),
            partial(_set_moment, model, when),
            checked=model.document.head.when is when,
        )
    return menu


def _set_moment(model: EditorModel, when: When) -> None:
    model.set_head(tr("Change moment"), when=when)
    model.settle()


class EquipmentMenu(Menu):
    """Several can be ticked: it stays open until a press elsewhere, Esc, or the default."""

    def __init__(self, themes: ThemeManager, model: EditorModel, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model = model
        own = needed_equipment(model.document, model.exercises)
        text = tr("From its exercises: {what}").format(what=equipment_line(own))
        self._usual = self.add(text, self._take_usual, checked=False)
        self.addSeparator()
        self._items = {
            item: self.add(words.equipment(item), partial(self._toggle, item), checked=False)
            for item in Equipment
        }
        self._show_ticks()

    def _chosen(self) -> tuple[Equipment, ...]:
        head = self._model.document.head
        if head.equipment is not None:
            return head.equipment
        return needed_equipment(self._model.document, self._model.exercises)

    def _take_usual(self) -> None:
        self._model.set_head(tr("Change equipment"), equipment=None)
        self._show_ticks()

    def _toggle(self, item: Equipment) -> None:
        chosen = set(self._chosen()) ^ {item}
        in_order = tuple(one for one in Equipment if one in chosen)
        self._model.set_head(tr("Change equipment"), equipment=in_order)
        self._show_ticks()

    def _show_ticks(self) -> None:
        chosen = self._chosen()
        self._tick(self._usual, on=self._model.document.head.equipment is None)
        for item, action in self._items.items():
            self._tick(action, on=item in chosen)

    def _tick(self, action: QAction, *, on: bool) -> None:
        color = self._themes.theme.text_2
        blank = icon("check", ICON, QColor(0, 0, 0, 0), self.devicePixelRatioF())
        tick = icon("check", ICON, color, self.devicePixelRatioF())
        action.setChecked(on)
        action.setIcon(tick if on else blank)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isEnabled() and not action.isSeparator():
            action.trigger()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        action = self.activeAction()
        if event.key() in keys and action is not None:
            action.trigger()
            return
        super().keyPressEvent(event)
