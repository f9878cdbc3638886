"""A list to pick one thing from: a search, rows with a picture, and the dialog that has only that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.pages.editor.dialogs.parts import DialogSearch, FormDialog
from app.ui.pages.exercises.data import searchable
from app.ui.pages.home.data import matches
from app.ui.widgets.accessible import SpokenWidget, announce
from app.ui.widgets.buttons import ButtonKind
from app.ui.widgets.label import Label
from app.ui.widgets.paint import elided, panel, text_at, text_width
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from app.ui.figures import Figures
    from app.ui.pages.editor.dialogs.picks import Pick
    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme, ThemeManager

translate = QCoreApplication.translate

_ROW, _PICTURE, _INSET, _GAP, _BAR = 60, 44, 8, 12, 14
_ICON: Final = 20


class _Rows(SpokenWidget):
    """The rows themselves: only those in sight are painted."""

    moved = cast("TypedSignal[int]", Signal(int))
    clicked = cast("TypedSignal[int]", Signal(int))
    left_upwards = cast("TypedSignal[()]", Signal())
    typed = cast("TypedSignal[str]", Signal(str))

    def __init__(self, themes: ThemeManager, figures: Figures | None) -> None:
        super().__init__(QAccessible.Role.List)
        self._themes = themes
        self._figures = figures
        self._hovered = -1
        self.shown: Sequence[Pick] = ()
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.set_spoken(self._say)
        themes.changed.connect(self.update)

    def _say(self) -> str:
        name = self.accessibleName()
        if not 0 <= self.current < len(self.shown):
            return name
        text = translate("Dialogs", "{name}: {row}, {number} of {count}")
        return text.format(
            name=name,
            row=self.shown[self.current].spoken,
            number=self.current + 1,
            count=len(self.shown),
        )

    @property
    def row_height(self) -> int:
        theme = self._themes.theme
        return max(_ROW, theme.line_height("body_bold") + theme.line_height("small") + 12)

    def box(self, row: int) -> QRectF:
        return QRectF(0, row * self.row_height, self.width() - _BAR, self.row_height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, page = len(self.shown) - 1, max(1, self._rows_in_sight() - 1)
        target = {
            int(Qt.Key.Key_Up): self.current - 1,
            int(Qt.Key.Key_Down): min(last, self.current + 1),
            int(Qt.Key.Key_PageUp): max(0, self.current - page),
            int(Qt.Key.Key_PageDown): min(last, self.current + page),
            int(Qt.Key.Key_Home): 0,
            int(Qt.Key.Key_End): last,
        }.get(event.key())
        if target is not None:
            if target < 0:
                self.left_upwards.emit()
            else:
                self.moved.emit(target)
        elif event.key() == Qt.Key.Key_Space:
            self.clicked.emit(self.current)
        elif (
            event.text().isprintable()
            and event.text().strip()
            and not event.modifiers()
            & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        ):
            self.typed.emit(event.text())
        else:
            # Enter and Esc are the dialog's.
            event.ignore()

    def _rows_in_sight(self) -> int:
        return self.visibleRegion().boundingRect().height() // self.row_height

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and row >= 0:
            self.moved.emit(row)
            self.clicked.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._row_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _row_at(self, place: QPoint) -> int:
        row = place.y() // self.row_height
        return row if 0 <= row < len(self.shown) else -1

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.setToolTip(self.shown[row].title if 0 <= row < len(self.shown) else "")
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = max(0, event.rect().top() // self.row_height)
        last = min(len(self.shown) - 1, event.rect().bottom() // self.row_height)
        for row in range(first, last + 1):
            self._paint_row(painter, theme, row)

    def _paint_row(self, painter: QPainter, theme: Theme, row: int) -> None:
        pick, box = self.shown[row], self.box(row).adjusted(2, 2, -2, -2)
        radius = float(tokens.RADIUS["button"])
        if row == self.current:
            panel(painter, box, radius, theme.selected, None)
            painter.setPen(QPen(theme.ink if self.hasFocus() else theme.line_strong, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
        elif row == self._hovered:
            panel(painter, box, radius, theme.surface_2, None)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        picture = QRectF(box.left() + _INSET, 0, _PICTURE, _PICTURE)
        picture.moveTop(round(box.center().y() - _PICTURE / 2))
        if mirrored:
            picture.moveLeft(box.right() - _INSET - _PICTURE)
        self._paint_picture(painter, theme, pick, picture)
        room = box.width() - 2 * _INSET - _PICTURE - _GAP
        lines = [(pick.title, "body_bold", theme.text)]
        if pick.detail:
            lines.append((pick.detail, "small", theme.text_2))
        y = box.center().y() - sum(theme.line_height(role) for _, role, _ in lines) / 2
        for text, role, color in lines:
            font, high = theme.font(role), theme.line_height(role)
            shown = elided(font, text, room)
            x = picture.right() + _GAP
            if mirrored:
                x = picture.left() - _GAP - text_width(font, shown)
            text_at(painter, font, color, (x, y + high / 2), shown)
            y += high

    def _paint_picture(self, painter: QPainter, theme: Theme, pick: Pick, box: QRectF) -> None:
        exercise = pick.exercise
        if exercise is not None and self._figures is not None:
            tint = theme.phase(exercise.phase).tint
            panel(painter, box, 10, tint, None)
            self._figures.paint_still(
                painter,
                box,
                exercise,
                exercise.position,
                theme=theme,
                phase=exercise.phase,
                bg=tint,
            )
            return
        panel(painter, box, 10, theme.sunken, None)
        if pick.position is not None:
            from app.ui.widgets.pictogram import paint_pictogram  # noqa: PLC0415  (seldom needed)

            paint_pictogram(painter, pick.position, box, near=theme.fig_near, far=theme.fig_far)
        elif pick.icon:
            icon = QRectF(0, 0, _ICON, _ICON)
            icon.moveCenter(box.center())
            icon.moveTopLeft(icon.topLeft().toPoint())
            paint_icon(painter, pick.icon, icon, theme.text_2)


class PickList(QWidget):
    """A search and its rows. One row is the current one, as long as any is found."""

    current_changed = cast("TypedSignal[str]", Signal(str))
    """The key of the current row; empty where nothing is found."""
    clicked = cast("TypedSignal[str]", Signal(str))
    """A row was clicked, or Space pressed on it. Enter is left to the dialog."""

    def __init__(
        self,
        themes: ThemeManager,
        picks: Sequence[Pick],
        placeholder: str,
        name: str,
        *,
        figures: Figures | None = None,
        rows: int = 5,
        parent: QWidget | None = None,
    ) -> None:
        """Be so high that `rows` of the picks are seen; `name` is what they are."""
        super().__init__(parent)
        self._themes = themes
        self._picks = picks
        self._rows_shown = rows
        self.search = DialogSearch(themes, placeholder, parent=self)
        self._scroll = PageScroll(themes, self)
        self.rows = _Rows(themes, figures)
        self.rows.setAccessibleName(name)
        self._scroll.set_widget(self.rows)
        self._empty = Label(themes, color="text_2", wraps=True, parent=self)
        self._empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self._empty)
        column.addWidget(self._scroll, 1)
        self.search.textChanged.connect(self._find)
        self.search.left_downwards.connect(self._enter_rows)
        self.rows.moved.connect(self._move)
        self.rows.clicked.connect(self._click)
        self.rows.left_upwards.connect(self._enter_search)
        self.rows.typed.connect(self._type)
        themes.changed.connect(self._restyle)
        self._show(picks)
        self._restyle()

    @property
    def current(self) -> str:
        """The key of the current row; empty where nothing is found."""
        rows = self.rows
        return rows.shown[rows.current].key if 0 <= rows.current < len(rows.shown) else ""

    @property
    def shown(self) -> list[str]:
        """The keys that the search leaves, in order."""
        return [pick.key for pick in self.rows.shown]

    def set_current(self, key: str) -> None:
        """Make a row the current one and show it, if it is among those that are shown."""
        if key in self.shown:
            self._move(self.shown.index(key))

    def sizeHint(self) -> QSize:
        high = self.search.sizeHint().height() + 8 + self._rows_shown * self.rows.row_height
        return QSize(320, high)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reveal()

    def _show(self, picks: Sequence[Pick]) -> None:
        before = self.current
        self.rows.shown = picks
        self.rows.current = 0 if picks else -1
        self.rows.setMinimumHeight(len(picks) * self.rows.row_height)
        self._scroll.scroll_to(0)
        self.rows.update()
        self.rows.updateGeometry()
        if self.current != before:
            self.current_changed.emit(self.current)

    @Slot(str)
    def _find(self, text: str) -> None:
        asked = searchable(text).split()
        found = [pick for pick in self._picks if matches(asked, pick.found_by)]
        found.sort(key=lambda pick: not matches(asked, searchable(pick.title)))
        self._empty.setText(
            translate("Dialogs", "Nothing matches “{search}”.").format(search=text.strip())
        )
        self._empty.setVisible(not found)
        self._show(found)

    @Slot(int)
    def _move(self, row: int) -> None:
        before = self.current
        self.rows.current = row
        self._reveal()
        self.rows.update()
        if self.current != before:
            self.current_changed.emit(self.current)
            announce(self.rows, self.rows.spoken())

    def _reveal(self) -> None:
        rows, scroll = self.rows, self._scroll
        if rows.current < 0:
            return
        top, bottom = rows.current * rows.row_height, (rows.current + 1) * rows.row_height
        if top < scroll.offset:
            scroll.scroll_to(top)
        elif bottom > scroll.offset + scroll.height() > 0:
            scroll.scroll_to(bottom - scroll.height())

    @Slot(int)
    def _click(self, row: int) -> None:
        if 0 <= row < len(self.rows.shown):
            self.clicked.emit(self.rows.shown[row].key)

    @Slot()
    def _enter_rows(self) -> None:
        if self.rows.shown:
            self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _enter_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.BacktabFocusReason)

    @Slot(str)
    def _type(self, text: str) -> None:
        """Go on typing in the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.insert(text)

    @Slot()
    def _restyle(self) -> None:
        self.rows.setMinimumHeight(len(self.rows.shown) * self.rows.row_height)
        self.updateGeometry()


class PickDialog(FormDialog):
    """Asks for one of many; a click, or Enter, takes it."""

    chosen = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self,
        themes: ThemeManager,
        window: QWidget,
        title: str,
        picks: Sequence[Pick],
        *,
        figures: Figures | None = None,
        placeholder: str,
        search: str = "",
        current: str = "",
    ) -> None:
        """Open with `search` typed, or with the pick `current` as the current one."""
        super().__init__(themes, window, title)
        self.list = PickList(themes, picks, placeholder, title, figures=figures)
        self.body.addWidget(self.list)
        self.add_close(translate("Dialogs", "Cancel"))
        self.use = self.add_button(translate("Dialogs", "Choose"), kind=ButtonKind.PRIMARY)
        self.use.clicked.connect(self._choose)
        self.list.clicked.connect(self._take)
        self.list.current_changed.connect(self._offer)
        self.list.search.setText(search)
        if search and not self.list.shown:
            # Better all of them than none: nothing has been asked for yet.
            self.list.search.clear()
        self.list.set_current(current)
        self._offer(self.list.current)

    def open(self) -> None:
        super().open()
        self.list.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.search.selectAll()
        self.list.set_current(self.list.current)

    @Slot(str)
    def _offer(self, key: str) -> None:
        self.use.set_unavailable("" if key else translate("Dialogs", "Nothing is found."))

    @Slot()
    def _choose(self) -> None:
        if self.list.current:
            self._take(self.list.current)

    @Slot(str)
    def _take(self, key: str) -> None:
        self.accept()
        self.chosen.emit(key)
