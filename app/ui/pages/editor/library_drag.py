"""Carries an exercise from the library's panel to its place in the editor's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPixmap

from app.domain import editing
from app.domain.routine import Step
from app.ui.pages.editor.drag import SHADOW, TICK_MS, DropLine, Lifted, scroll_speed
from app.ui.pages.editor.list_drops import ListDrops
from app.ui.pages.editor.words import tr
from app.ui.widgets.accessible import announce
from app.ui.widgets.paint import elided, panel, text_at, text_width

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.editing import PartId
    from app.domain.exercise import Exercise
    from app.ui.pages.editor.drag import DropPlace
    from app.ui.pages.editor.model import EditorModel
    from app.ui.pages.editor.step_list import StepList
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager
    from app.ui.widgets.scroll import PageScroll

HEIGHT: Final = 56
"""As high as a row of the list."""
WIDEST: Final = 300
_PADDING, _BAR, _BAR_HEIGHT, _NAME_LEFT = 20, 4, 28, 40
_GRIP: Final = QPoint(28, HEIGHT // 2)
"""Where the pointer holds what it carries."""


class LibraryDrag(QObject):
    """Hears of a drag from the panel's rows, shows where it would drop, and puts it there."""

    step_added = cast("TypedSignal[PartId]", Signal(object))

    def __init__(
        self,
        themes: ThemeManager,
        model: EditorModel,
        steps: StepList,
        scroll: PageScroll,
        *,
        library: QWidget,
        page: QWidget,
    ) -> None:
        """`library` tells `dragged(id, point of the screen)`, `dropped()` and `drag_cancelled()`."""
        super().__init__(page)
        self._themes = themes
        self._model = model
        self._scroll = scroll
        self._library = library
        self._drops = ListDrops(steps, model)
        self._exercise: str | None = None
        self._at = QPointF()
        self._place: DropPlace | None = None
        self.line = DropLine(themes, scroll)
        self.lifted = Lifted(themes, page)
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self.tick)
        for name, slot in (
            ("dragged", self.move),
            ("dropped", self.drop),
            ("drag_cancelled", self.cancel),
        ):
            signal = getattr(library, name, None)
            if signal is not None:
                signal.connect(slot)

    @property
    def place(self) -> DropPlace | None:
        """Where it would drop now; None beside the list."""
        return self._place

    @Slot(str, QPointF)
    def move(self, exercise: str, at: QPointF) -> None:
        """Carry an exercise to a point of the screen."""
        if exercise != self._exercise:
            found = self._model.exercises.get(exercise)
            if found is None:
                return
            self._exercise = exercise
            self.lifted.take_picture(self._picture(found))
            self.lifted.show()
        self._at = at
        self._follow()
        if self._speed() and not self._ticks.isActive():
            self._ticks.start()

    @Slot()
    def drop(self) -> None:
        """Put it where it is; nothing happens beside the list."""
        exercise, place, is_over = self._exercise, self._place, self._is_over()
        self.cancel()
        found = self._model.exercises.get(exercise) if exercise is not None else None
        if found is None or not is_over:
            return
        step, label = Step(exercise=found.id), tr("Add exercise")
        if place is None or place.block is None:
            # There is no block yet.
            made = self._model.add_steps([step], label)
        else:
            document, made = editing.insert_steps(
                self._model.document, place.block, place.at, [step]
            )
            self._model.do(document, label, select=made)
        self.step_added.emit(made[-1])
        announce(self._library, tr("Added {what}").format(what=found.name))

    @Slot()
    def cancel(self) -> None:
        self._exercise, self._place = None, None
        self._ticks.stop()
        self.line.hide()
        self.lifted.hide()

    @Slot()
    def tick(self) -> None:
        """Scroll on while the pointer is at an edge of the list."""
        before = self._scroll.offset
        self._scroll.scroll_to(before + self._speed())
        if self._scroll.offset == before:
            self._ticks.stop()
            return
        self._follow()

    def _is_over(self) -> bool:
        """Tell whether the pointer is at the list, where the panel does not lie over it."""
        at = self._at.toPoint()
        library = self._library
        is_covered = library.isVisible() and library.rect().contains(library.mapFromGlobal(at))
        return self._scroll.rect().contains(self._scroll.mapFromGlobal(at)) and not is_covered

    def _speed(self) -> int:
        if self._exercise is None or not self._is_over():
            return 0
        y = self._scroll.mapFromGlobal(self._at.toPoint()).y()
        return scroll_speed(y, self._scroll.height())

    def _follow(self) -> None:
        page = self.lifted.parentWidget()
        if page is None:
            return
        at = page.mapFromGlobal(self._at.toPoint()) - _GRIP
        if page.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at.setX(at.x() + 2 * _GRIP.x() + 2 * SHADOW - self.lifted.width())
        self.lifted.move(at - QPoint(SHADOW, SHADOW))
        self.lifted.raise_()
        self._place = None
        if self._is_over():
            y = self._scroll.mapFromGlobal(self._at.toPoint()).y() + self._scroll.offset
            places = self._drops.step_places()
            self._place = min(places, key=lambda place: abs(place.y - y), default=None)
        if self._place is None:
            self.line.hide()
        else:
            self.line.show_at(*self._drops.column(), self._place.y - self._scroll.offset)

    def _picture(self, exercise: Exercise) -> QPixmap:
        """Draw what is carried: a row of the list, as wide as its name."""
        theme, ratio = self._themes.theme, self._library.devicePixelRatioF()
        font = theme.font("body_bold")
        height = max(HEIGHT, theme.line_height("body_bold") + 32)
        width = min(WIDEST, round(text_width(font, exercise.name)) + _NAME_LEFT + _PADDING + 1)
        picture = QPixmap(QSize(width, height) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.surface)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self._library.layoutDirection() == Qt.LayoutDirection.RightToLeft
        name = elided(font, exercise.name, width - _NAME_LEFT - _PADDING)
        bar = QRectF(_PADDING, (height - _BAR_HEIGHT) / 2, _BAR, _BAR_HEIGHT)
        left: float = _NAME_LEFT
        if mirrored:
            bar.moveLeft(width - bar.right())
            left = round(width - left - text_width(font, name))
        panel(painter, bar, _BAR / 2, theme.phase(exercise.phase).solid, None)
        text_at(painter, font, theme.text, (left, height / 2), name)
        painter.end()
        return picture
