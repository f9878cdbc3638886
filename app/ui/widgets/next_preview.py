"""The step after the one on screen: a small picture, its name, side and amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from app.domain.choices import Side
from app.domain.exercise import Phase
from app.ui.icons import paint_icon
from app.ui.theme import baseline
from app.ui.widgets.pictogram import paint_pictogram
from app.ui.widgets.stage_widget import StageWidget, text_font
from app.ui.widgets.text_fit import elide

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.domain.exercise import Exercise, Position
    from app.ui.figures import Figures
    from app.ui.theme import ThemeManager
    from app.ui.widgets.stage_colors import StageColors

THUMB, GAP, RADIUS = 64, 16, 14
LABEL_Y, NAME_Y, DETAIL_Y = -18, 10, 33
SHARE = 0.8


class NextPreview(StageWidget):
    def __init__(
        self,
        themes: ThemeManager,
        figures: Figures,
        colors: StageColors,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(colors, parent=parent)
        self._themes = themes
        self._figures = figures
        self._exercise: Exercise | None = None
        self._phase = Phase.REST
        self._label = ""
        self._name = ""
        self._detail = ""
        self._position: Position | None = None
        self._side = Side.BOTH

    @property
    def words(self) -> tuple[str, str, str]:
        """Label, name and detail."""
        return self._label, self._name, self._detail

    def set_next(
        self,
        label: str,
        name: str,
        detail: str,
        position: Position | None,
        *,
        side: Side,
        exercise: Exercise | None,
        phase: Phase,
    ) -> None:
        """Show a step; without a position it is the end of the routine."""
        self._label, self._name, self._detail = label, name, detail
        self._exercise, self._phase = exercise, phase
        self._position, self._side = position, side
        self.setAccessibleName(f"{label}: {name}, {detail}" if detail else f"{label}: {name}")
        self.update()

    def paint_stage(self, painter: QPainter) -> None:
        u, colors = self.u, self.colors
        middle = self.height() / 2
        thumb = QRectF(0, middle - THUMB * u / 2, THUMB * u, THUMB * u)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(thumb, RADIUS * u, RADIUS * u)
        if self._position is None:
            icon = QRectF(0, 0, 28 * u, 28 * u)
            icon.moveCenter(thumb.center())
            paint_icon(painter, "flag", icon, colors.text_2)
        else:
            self._paint_picture(painter, thumb, self._position)
        left = (THUMB + GAP) * u
        small = text_font(18, u, 500)
        small_tabular = text_font(18, u, 500, tabular=True)
        name = text_font(22, u, 600)
        # The floor under text sizes may push lines apart, never into each other.
        apart = max(u, small.pixelSize() / 18)
        for y, font, text, color in (
            (LABEL_Y, small, self._label, colors.text_2),
            (NAME_Y, name, self._name, colors.steady),
            (DETAIL_Y, small_tabular, self._detail, colors.text_2),
        ):
            measure = QFontMetricsF(font).horizontalAdvance
            painter.setFont(font)
            painter.setPen(color)
            painter.drawText(
                QPointF(left, baseline(font, middle + y * apart)),
                elide(text, self.width() - left, measure),
            )

    def _paint_picture(self, painter: QPainter, thumb: QRectF, position: Position) -> None:
        colors, mirrored = self.colors, self._side is Side.LEFT
        figure = self._figures.figure_of(self._exercise)
        if figure is None:
            inner = QRectF(0, 0, thumb.width() * SHARE, thumb.height() * SHARE)
            inner.moveCenter(thumb.center())
            paint_pictogram(
                painter,
                position,
                inner,
                near=colors.fig_near,
                far=colors.fig_far,
                mirrored=mirrored,
            )
            return
        from app.domain.figure.playing import still  # noqa: PLC0415  (not until a session runs)
        from app.ui.widgets.figure_colors import figure_colors  # noqa: PLC0415

        # Not from the cache: while the room changes its colour each of these pictures is another.
        self._figures.paint(
            painter,
            thumb,
            figure,
            still(self._figures.cycle(figure)),
            figure_colors(self._themes.theme, self._phase, colors.panel),
            mirrored=mirrored,
        )
