"""A figure that moves: an exercise at its own tempo, on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.domain.choices import Side
from app.domain.exercise import Phase, Position

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QHideEvent, QPaintEvent, QShowEvent

    from app.domain.exercise import Exercise
    from app.domain.figure.model import Figure
    from app.domain.figure.playing import Showing
    from app.ui.figures import Figures
    from app.ui.theme import Theme, ThemeManager

MOVE_FRAME_MS, HOLD_FRAME_MS = 33, 66


class FigureView(QWidget):
    """Decorative: what it shows is said in words beside it."""

    def __init__(
        self,
        themes: ThemeManager,
        figures: Figures,
        *,
        background: Callable[[Theme], QColor],
        clock: Callable[[], int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`background` is the colour that the widget stands on; it paints none itself.

        `clock` gives milliseconds that never go back; the monotonic clock where it is None.
        """
        super().__init__(parent)
        self._themes = themes
        self._figures = figures
        self._background = background
        self._exercise: Exercise | None = None
        self._figure: Figure | None = None
        self._position = Position.STANDING
        self._phase = Phase.STATIC
        self._side = Side.RIGHT
        self._elapsed = QElapsedTimer()
        self._elapsed.start()
        self._clock = clock or self._elapsed.elapsed
        self._playing = True
        self._since = 0
        self._frozen_ms = 0
        self._shown: tuple[Showing, float] | None = None
        self._frames = QTimer(self)
        self._frames.timeout.connect(self.tick)
        themes.changed.connect(self._restyle)

    def show_exercise(
        self,
        exercise: Exercise | None,
        position: Position,
        *,
        phase: Phase,
        side: Side = Side.RIGHT,
    ) -> None:
        """Show an exercise from its beginning; it moves as long as the widget can be seen.

        Another side of the same exercise only turns the picture.
        """
        same = exercise is not None and exercise is self._exercise
        self._exercise, self._position, self._phase, self._side = exercise, position, phase, side
        self._figure = self._figures.figure_of(exercise)
        if not same:
            self._since, self._frozen_ms = self._clock(), 0
        self._pace()
        self.update()

    def set_playing(self, *, playing: bool) -> None:
        """Let it move, or freeze it where it is."""
        if playing is self._playing:
            return
        if playing:
            self._since = self._clock() - self._frozen_ms
        else:
            self._frozen_ms = self.time_ms
        self._playing = playing
        self._pace()
        self.update()

    @property
    def is_playing(self) -> bool:
        return self._playing

    @property
    def time_ms(self) -> int:
        """How long it has moved, in milliseconds; the time that it stood still does not count."""
        return self._clock() - self._since if self._playing else self._frozen_ms

    @property
    def is_moving(self) -> bool:
        """Whether pictures follow one another at this moment."""
        return self._frames.isActive()

    @property
    def showing(self) -> Showing | None:
        """The moment that was painted last; None before that, and for a pictogram."""
        return self._shown[0] if self._shown is not None else None

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    @Slot()
    def tick(self) -> None:
        """Paint anew where the picture is another one by now."""
        if self._figure is not None and self._now() != self._shown:
            self.update()

    def _now(self) -> tuple[Showing, float]:
        from app.domain.figure import playing  # noqa: PLC0415  (made when a figure is shown)

        assert self._figure is not None  # noqa: S101  (callers see to it)
        cycle = self._figures.cycle(self._figure)
        if self._themes.theme.reduced_motion:
            return playing.still(cycle), 0.5
        tempo = self._exercise.tempo if self._exercise is not None else None
        own = self._figures.tempos.get(self._figure.id)
        time_ms = self.time_ms
        return playing.free(cycle, time_ms, tempo=tempo, own=own), playing.glow(time_ms)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        bg = self._background(theme)
        if self._figure is None:
            self._figures.paint_still(
                painter,
                QRectF(self.rect()),
                None,
                self._position,
                theme=theme,
                phase=self._phase,
                bg=bg,
                side=self._side,
                ground=True,
            )
            return
        from app.ui.widgets.figure_colors import figure_colors  # noqa: PLC0415  (as above)

        self._shown = self._now()
        showing, pulse = self._shown
        self._figures.paint(
            painter,
            QRectF(self.rect()),
            self._figure,
            showing,
            figure_colors(theme, self._phase, bg),
            mirrored=self._side is Side.LEFT,
            pulse=pulse,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pace()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frames.stop()

    def _pace(self) -> None:
        """Let pictures follow one another only where someone can see them move."""
        moves = self._playing and not self._themes.theme.reduced_motion
        if self._figure is None or not moves or not self.isVisible():
            self._frames.stop()
            return
        moving = self._figures.cycle(self._figure).moves
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.start(MOVE_FRAME_MS if moving else HOLD_FRAME_MS)

    @Slot()
    def _restyle(self) -> None:
        self._pace()
        self.update()
