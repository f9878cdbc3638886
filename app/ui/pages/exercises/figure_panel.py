"""The large moving figure of an exercise, with the choice of its side, and pause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.choices import Side
from app.domain.exercise import Phase, Sides
from app.ui import _tokens as tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice import Segmented
from app.ui.widgets.figure_view import FigureView
from app.ui.widgets.paint import panel

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from app.domain.exercise import Exercise
    from app.ui.figures import Figures
    from app.ui.theme import Theme, ThemeManager

GAP: Final = 16
EDGE: Final = 16
_SIDES: Final = (Side.LEFT, Side.RIGHT)


class FigurePanel(QWidget):
    """A panel as wide as the widget; the controls stand under it."""

    def __init__(self, themes: ThemeManager, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._figures = figures
        self._exercise: Exercise | None = None
        self._playing = True
        self._can_move = False
        self.view = FigureView(themes, figures, background=self._ground, parent=self)
        self.sides = Segmented(
            themes, [self.tr("Left"), self.tr("Right")], name=self.tr("Side"), parent=self
        )
        self.sides.chosen.connect(self._show)
        self.pause = Button(themes, icon="pause", name=self.tr("Pause the figure"), parent=self)
        self.pause.clicked.connect(self._toggle)
        themes.changed.connect(self._restyle)

    @property
    def side(self) -> Side:
        """The side that is shown; RIGHT is the figure as it was drawn."""
        return _SIDES[self.sides.current()]

    @property
    def is_playing(self) -> bool:
        return self._playing

    def show_exercise(self, exercise: Exercise) -> None:
        """Show an exercise from its beginning, moving, on the right side."""
        self._exercise = exercise
        self._playing = True
        self._can_move = self._figures.figure_of(exercise) is not None
        self.sides.set_current(_SIDES.index(Side.RIGHT))
        self.sides.setVisible(exercise.sides is Sides.EACH)
        self._show()
        self._restyle()

    def controls_height(self) -> int:
        """Return what the controls take under the panel; 0 where there are none."""
        if self.sides.isHidden() and self.pause.isHidden():
            return 0
        return GAP + max(self.sides.sizeHint().height(), self.pause.sizeHint().height())

    def _phase(self) -> Phase:
        return self._exercise.phase if self._exercise is not None else Phase.STATIC

    def _ground(self, theme: Theme) -> QColor:
        return theme.phase(self._phase()).tint

    @Slot()
    def _show(self, *_: object) -> None:
        if self._exercise is None:
            return
        self.view.show_exercise(
            self._exercise, self._exercise.position, phase=self._phase(), side=self.side
        )
        self.view.set_playing(playing=self._playing)

    @Slot()
    def _toggle(self) -> None:
        self._playing = not self._playing
        self.view.set_playing(playing=self._playing)
        self._label()

    def _label(self) -> None:
        self.pause.set_icon("pause" if self._playing else "play")
        self.pause.set_name(
            self.tr("Pause the figure") if self._playing else self.tr("Let the figure move")
        )

    @Slot()
    def _restyle(self) -> None:
        # Nothing moves with reduced motion, nor without a figure.
        self.pause.setVisible(self._can_move and not self._themes.theme.reduced_motion)
        self._label()
        self._place()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _box(self) -> QRectF:
        return QRectF(0, 0, self.width(), self.height() - self.controls_height())

    def _place(self) -> None:
        box = self._box().toRect()
        self.view.setGeometry(box.adjusted(EDGE, EDGE, -EDGE, -EDGE))
        middle = box.bottom() + 1 + GAP + (self.controls_height() - GAP) // 2
        sides, pause = self.sides.sizeHint(), self.pause.sizeHint()
        self.sides.setGeometry(0, middle - sides.height() // 2, sides.width(), sides.height())
        x = self.width() - pause.width()
        self.pause.setGeometry(x, middle - pause.height() // 2, pause.width(), pause.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        ground = self._ground(theme)
        panel(QPainter(self), self._box(), tokens.RADIUS["panel"], ground, None)
