"""One exercise of the list to pick from: its figure, name, what it is in short, and a plus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPixmap

from app.domain.exercise import Mode, Sides
from app.ui import _tokens as tokens
from app.ui import words
from app.ui.icons import paint_icon
from app.ui.pages.editor.words import tr
from app.ui.theme import alpha, mix
from app.ui.widgets.accessible import SpokenWidget
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.paint import elided, panel, text_at, text_width
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import (
        QEnterEvent,
        QFocusEvent,
        QHideEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )

    from app.domain.exercise import Exercise
    from app.ui.figures import Figures
    from app.ui.pages.editor.library_rows import LibraryList
    from app.ui.pages.exercises.data import Entry
    from app.ui.theme import Theme, ThemeManager

HEIGHT: Final = 76
"""From one row to the next at the text size 1."""
INSET: Final = 12
"""From the panel's edge to a row's fill, and from there to its picture."""
GAP: Final = 4
"""Between the fills of two rows."""
PICTURE: Final = 56
PICTURE_RADIUS: Final = 12
RADIUS: Final = tokens.RADIUS["button"]
ICON: Final = tokens.SIZE["icon"]
HIT: Final = tokens.SIZE["hit_min"]
NAME_LINES: Final = 2
DRAG_START: Final = 6
"""So many pixels of movement make a press a drag."""


def fact_line(exercise: Exercise) -> str:
    """Say in a few words what an exercise is: "Hold, both sides, mat"."""
    parts = [words.phase(exercise.phase)]
    if exercise.sides is Sides.EACH:
        parts.append(tr("both sides"))
    elif exercise.mode is Mode.REPS:
        parts.append(tr("reps"))
    elif exercise.mode is Mode.MOVE:
        parts.append(tr("time"))
    parts += [words.equipment_inside(item) for item in exercise.equipment]
    return ", ".join(parts)


def row_height(theme: Theme) -> int:
    """Return the distance from one row to the next, in pixels."""
    lines = NAME_LINES * theme.line_height("label") + theme.line_height("small")
    return max(HEIGHT, lines + 12 + GAP)


class LibraryRow(SpokenWidget):
    """One exercise. Its plus adds it, and so do a double click and a drag into the list."""

    def __init__(
        self, themes: ThemeManager, figures: Figures, entry: Entry, host: LibraryList
    ) -> None:
        super().__init__(QAccessible.Role.ListItem, host)
        self._themes = themes
        self._figures = figures
        self._host = host
        self._entry = entry
        self._is_current = False
        self._is_under_mouse = False
        self._is_plus_hovered = False
        self._is_plus_pressed = False
        self._pressed_at: QPointF | None = None
        """Where a drag may begin, as a point of the screen."""
        self._is_dragged = False
        self._lines: tuple[object, list[str]] = (None, [])
        self._ring = FocusRing(self, themes, self._shape)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription(tr("Enter adds it"))
        self.set_spoken(self._say)

    @property
    def entry(self) -> Entry:
        return self._entry

    def show_entry(self, entry: Entry) -> None:
        if entry != self._entry:
            self._entry = entry
            self.update()

    def set_current(self, current: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Stand out, and be the one row that Tab stops at."""
        if current != self._is_current:
            self._is_current = current
            self.update()

    def set_in_tab_order(self, wanted: bool) -> None:  # noqa: FBT001  (a plain setter)
        policy = Qt.FocusPolicy.StrongFocus if wanted else Qt.FocusPolicy.ClickFocus
        if self.focusPolicy() != policy:
            self.setFocusPolicy(policy)

    def _say(self) -> str:
        exercise = self._entry.exercise
        at, count = self._host.place_of(self._entry)
        parts = [exercise.name, fact_line(exercise)]
        if self._entry.own:
            parts.append(words.tr("Yours"))
        parts.append(tr("{at} of {count}").format(at=at, count=count))
        return ", ".join(parts)

    # Geometry

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), RADIUS)

    def _mirrored(self, rect: QRectF) -> QRectF:
        if self.layoutDirection() != Qt.LayoutDirection.RightToLeft:
            return rect
        return QRectF(self.width() - rect.right(), rect.top(), rect.width(), rect.height())

    def plus(self) -> QRectF:
        """Return the box that adds the exercise when it is pressed."""
        left = self.width() - INSET / 2 - HIT
        return self._mirrored(QRectF(left, (self.height() - HIT) / 2, HIT, HIT))

    def _text_left(self) -> int:
        return 2 * INSET + PICTURE

    def _text_room(self) -> float:
        return self.width() - INSET / 2 - HIT - self._text_left()

    def name_lines(self) -> list[str]:
        """Return the name as it is shown: two lines, the last of them elided."""
        theme, name = self._themes.theme, self._entry.exercise.name
        key = (theme, self.width(), name)
        if self._lines[0] != key:
            measure = QFontMetricsF(theme.font("label")).horizontalAdvance
            room = self._text_room()
            self._lines = (key, clip(wrap(name, room, measure), NAME_LINES, room, measure))
        return self._lines[1]

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._host.set_current_entry(self._entry)
        self._is_plus_pressed = self.plus().contains(event.position())
        self._pressed_at = None if self._is_plus_pressed else event.globalPosition()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pressed, self._is_plus_pressed = self._is_plus_pressed, False
        dragged, self._is_dragged, self._pressed_at = self._is_dragged, False, None
        self.update()
        if dragged:
            self._host.drop()
        elif pressed and self.plus().contains(event.position()):
            self._host.pick(self._entry)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.plus().contains(event.position()):
            # Two quick presses of the plus add two.
            self.mousePressEvent(event)
        else:
            self._host.pick(self._entry)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            way = (event.globalPosition() - self._pressed_at).manhattanLength()
            self._is_dragged = self._is_dragged or way >= DRAG_START
            if self._is_dragged:
                self._host.drag(self._entry, event.globalPosition())
            return
        self._hover_plus(self.plus().contains(event.position()))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._is_under_mouse = True
        self._hover_plus(self.plus().contains(event.position()))
        name = self._entry.exercise.name
        whole = "".join(self.name_lines()).replace(" ", "") == name.replace(" ", "")
        facts = fact_line(self._entry.exercise)
        fits = text_width(self._themes.theme.font("small"), facts) <= self._text_room()
        self.setToolTip("" if whole and fits else f"{name}\n{facts}")
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._is_under_mouse = False
        self._hover_plus(False)
        self.update()

    def cancel_drag(self) -> bool:
        """Let a drag go, as if the mouse had not moved; return whether there was one."""
        dragged, self._is_dragged, self._pressed_at = self._is_dragged, False, None
        if dragged:
            self._host.drag_cancelled.emit()
        return dragged

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cancel_drag()

    def _hover_plus(self, hovered: bool) -> None:  # noqa: FBT001  (a plain setter)
        if hovered != self._is_plus_hovered:
            self._is_plus_hovered = hovered
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._host.set_current_entry(self._entry)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.cancel_drag():
            return
        if not self._host.press(event):
            super().keyPressEvent(event)

    # Painting

    @property
    def figure_key(self) -> str:
        """Equal where the picture is the same."""
        exercise = self._entry.exercise
        # On another screen it may have to be drawn anew.
        return f"{exercise.figure or exercise.id} {exercise.phase} {self.devicePixelRatio():g}"

    def draw_ahead(self) -> None:
        """Have the figure drawn, though the row is not seen yet."""
        # Where it is painted matters to nobody: what is kept is the picture.
        nowhere = QPixmap(1, 1)
        nowhere.setDevicePixelRatio(self.devicePixelRatio())
        painter = QPainter(nowhere)
        self._paint_figure(painter, QRectF(0, 0, PICTURE, PICTURE))
        painter.end()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, exercise = self._themes.theme, self._entry.exercise
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_current:
            panel(painter, QRectF(self.rect()), RADIUS, theme.selected, None)
        elif self._is_under_mouse:
            ground = mix(theme.surface, theme.selected, 0.5)
            panel(painter, QRectF(self.rect()), RADIUS, ground, None)
        top = round((self.height() - PICTURE) / 2)
        picture = self._mirrored(QRectF(INSET, top, PICTURE, PICTURE))
        panel(painter, picture, PICTURE_RADIUS, theme.phase(exercise.phase).tint, None)
        self._host.drawing.paint(self, partial(self._paint_figure, painter, picture))
        self._paint_words(painter, theme, exercise)
        self._paint_plus(painter, theme)

    def _paint_figure(self, painter: QPainter, box: QRectF) -> None:
        theme, exercise = self._themes.theme, self._entry.exercise
        self._figures.paint_still(
            painter,
            box,
            exercise,
            exercise.position,
            theme=theme,
            phase=exercise.phase,
            bg=theme.phase(exercise.phase).tint,
        )

    def _paint_words(self, painter: QPainter, theme: Theme, exercise: Exercise) -> None:
        label, small = theme.font("label"), theme.font("small")
        high, low = theme.line_height("label"), theme.line_height("small")
        lines = self.name_lines()
        y = (self.height() - len(lines) * high - low) / 2
        facts = elided(small, fact_line(exercise), self._text_room())
        rows = [*((label, theme.text, line, high) for line in lines)]
        for font, color, text, height in (*rows, (small, theme.text_2, facts, low)):
            box = self._mirrored(QRectF(self._text_left(), y, text_width(font, text), height))
            text_at(painter, font, color, (round(box.left()), y + height / 2), text)
            y += height

    def _paint_plus(self, painter: QPainter, theme: Theme) -> None:
        box = self.plus()
        if self._is_plus_hovered:
            ground = alpha(theme.text, 0.14 if self._is_plus_pressed else 0.08)
            panel(painter, box.adjusted(2, 2, -2, -2), 8, ground, None)
        strong = self._is_current or self._is_plus_hovered
        at = box.center() - QPointF(ICON / 2, ICON / 2)
        square = QRectF(round(at.x()), round(at.y()), ICON, ICON)
        paint_icon(painter, "plus", square, theme.text if strong else theme.text_2)
