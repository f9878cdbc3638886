"""The panel of the player that shows the exercise: its figure, or the position where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF

from app.domain.exercise import Phase, Position
from app.ui.theme import baseline
from app.ui.widgets.pictogram import paint_pictogram
from app.ui.widgets.stage_widget import StageWidget, text_font
from app.ui.widgets.text_fit import elide

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.domain.figure.playing import Playback, Showing
    from app.ui.figures import Figures
    from app.ui.theme import ThemeManager
    from app.ui.widgets.stage_colors import StageColors

RADIUS = 28
WORD_SIZE, WORD_HIGH = 22, 60
WORD_MIN = 220
"""In a lower panel the picture stands alone."""
SHARE = 0.94
STEADY_GLOW = 0.5
"""How strongly the worked region glows where it does not pulse."""


class FigureSlot(StageWidget):
    """Decorative: name, side and cues say all of it in words."""

    def __init__(
        self,
        themes: ThemeManager,
        figures: Figures,
        colors: StageColors,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(colors, role=QAccessible.Role.Graphic, parent=parent)
        self._themes = themes
        self._figures = figures
        self._playback: Playback | None = None
        self._phase = Phase.STATIC
        self._position = Position.STANDING
        self._word = ""
        self._mirrored = False
        self._showing: Showing | None = None
        self._glow = STEADY_GLOW
        self._quiet = False

    @property
    def word(self) -> str:
        return self._word

    @property
    def mirrored(self) -> bool:
        return self._mirrored

    @property
    def showing(self) -> Showing | None:
        """The moment of the figure that is shown; None where there is only a pictogram."""
        return self._showing

    def show_position(self, position: Position, word: str, *, mirrored: bool) -> None:
        """Show a position, where there is no figure; LEFT is the mirrored picture."""
        self._playback, self._showing = None, None
        self._position, self._word, self._mirrored = position, word, mirrored
        self.update()

    def show_playback(self, playback: Playback, phase: Phase) -> None:
        """Show a segment's figure from now on; `set_time` moves it."""
        self._playback, self._phase, self._word = playback, phase, ""
        self._showing = None

    def set_time(self, elapsed_ms: float, *, still: bool, quiet: bool) -> None:
        """Show the moment that belongs to a time since the segment began.

        `still` shows the one picture that stands for the exercise; `quiet` takes the worked
        region's colour away.
        """
        from app.domain.figure import playing  # noqa: PLC0415  (not until a session runs)

        playback = self._playback
        if playback is None:
            return
        moves = playback.is_work and not still
        shown = (
            playing.still(playback.cycle) if still else playback.showing(elapsed_ms),
            playing.glow(elapsed_ms) if moves else STEADY_GLOW,
            playback.mirrored(elapsed_ms, still=still),
            quiet,
        )
        if shown != (self._showing, self._glow, self._mirrored, self._quiet):
            self._showing, self._glow, self._mirrored, self._quiet = shown
            self.update()

    def paint_stage(self, painter: QPainter) -> None:
        u, colors = self.u, self.colors
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(box, RADIUS * u, RADIUS * u)
        if self._playback is not None and self._showing is not None:
            self._paint_figure(painter, box, self._playback, self._showing)
            return
        with_word = box.height() >= WORD_MIN * u and bool(self._word)
        room = box.adjusted(0, 0, 0, -WORD_HIGH * u * 0.7 if with_word else 0)
        side = min(room.width(), room.height()) * SHARE
        picture = QRectF(0, 0, side, side)
        picture.moveCenter(room.center())
        paint_pictogram(
            painter,
            self._position,
            picture,
            near=colors.fig_near,
            far=colors.fig_far,
            ground=colors.mat,
            mirrored=self._mirrored,
        )
        if with_word:
            font = text_font(WORD_SIZE, u, 500)
            measure = QFontMetricsF(font).horizontalAdvance
            text = elide(self._word, box.width() - 32 * u, measure)
            painter.setFont(font)
            painter.setPen(colors.text_2)
            y = baseline(font, box.bottom() - WORD_HIGH * u / 2)
            painter.drawText(QPointF(box.center().x() - measure(text) / 2, y), text)

    def _paint_figure(
        self, painter: QPainter, box: QRectF, playback: Playback, showing: Showing
    ) -> None:
        from app.ui.widgets.figure_colors import figure_colors  # noqa: PLC0415  (as above)

        self._figures.paint(
            painter,
            box,
            playback.cycle.figure,
            showing,
            figure_colors(self._themes.theme, self._phase, self.colors.panel, quiet=self._quiet),
            mirrored=self._mirrored,
            pulse=self._glow,
        )
