"""Paints every figure for review: contact sheets in both themes, and strips of the moving ones.

python tools/make_figures.py [folder]        (build/figures where none is named)
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from app.domain.figure.playing import Showing, still
from app.storage.exercise_file import ExerciseReader
from app.storage.figure_file import read_figures
from app.storage.paths import bundled
from app.ui.figures import Figures
from app.ui.fonts import load_fonts
from app.ui.theme import Theme
from app.ui.widgets.figure_colors import figure_colors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain.exercise import Exercise, Phase
    from app.domain.figure.model import Figure

CELL, LABEL = 250, 24
COLUMNS, ROWS = 6, 5
STRIP_CELL, STRIP_FRAMES, STRIP_ROWS = 180, 8, 8
THUMBNAIL, THUMBNAIL_COLUMNS = 44, 20


class Cell(NamedTuple):
    figure: Figure
    phase: Phase
    showing: Showing
    label: str
    mirrored: bool = False


class Sheet:
    """Paints cells into a grid and saves it."""

    def __init__(self, figures: Figures, theme: Theme) -> None:
        self._figures, self._theme = figures, theme

    def save(self, cells: Sequence[Cell], path: Path, *, columns: int, size: int) -> None:
        label = LABEL if size > THUMBNAIL else 0
        rows = -(-len(cells) // columns)
        image = QImage(
            columns * size, rows * (size + label), QImage.Format.Format_ARGB32_Premultiplied
        )
        image.fill(self._theme.bg)
        painter = QPainter(image)
        for index, cell in enumerate(cells):
            x, y = index % columns * size, index // columns * (size + label)
            self._paint(painter, cell, QRect(x, y, size, size), label)
        painter.end()
        image.save(str(path))

    def _paint(self, painter: QPainter, cell: Cell, place: QRect, label: int) -> None:
        ground = self._theme.surface
        painter.fillRect(place.adjusted(2, 2, -2, label - 2), ground)
        self._figures.paint(
            painter,
            QRectF(place).adjusted(4, 4, -4, -4),
            cell.figure,
            cell.showing,
            figure_colors(self._theme, cell.phase, ground),
            mirrored=cell.mirrored,
        )
        if label:
            painter.setFont(self._theme.font("caption"))
            painter.setPen(self._theme.text)
            box = QRectF(place.x(), place.bottom() - 4, place.width(), label)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.label)


def stills(
    figures: Figures, exercises: Sequence[Exercise], *, mirrored: bool = False
) -> Iterator[Cell]:
    for exercise in exercises:
        figure = figures.figure_of(exercise)
        if figure is not None:
            showing = still(figures.cycle(figure))
            yield Cell(figure, exercise.phase, showing, exercise.id, mirrored)


def strip(figures: Figures, exercise: Exercise) -> list[Cell]:
    """Return moments of one period, evenly spaced, and none of a figure that is held."""
    figure = figures.figure_of(exercise)
    if figure is None or not figures.cycle(figure).moves:
        return []
    cycle = figures.cycle(figure)
    found = []
    for index in range(STRIP_FRAMES):
        moment = cycle.moment(cycle.period_ms * index / STRIP_FRAMES)
        label = exercise.id if index == 0 else f"{index}/{STRIP_FRAMES}"
        found.append(Cell(figure, exercise.phase, Showing(moment), label))
    return found


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/figures")
    folder.mkdir(parents=True, exist_ok=True)
    _application = QGuiApplication(sys.argv[:1])
    load_fonts(bundled("fonts"))
    read = read_figures(bundled("figures.toml"))
    for problem in read.problems:
        print(problem, file=sys.stderr)
    figures = Figures(lambda: read.book)
    exercises = list(ExerciseReader().read(bundled("exercises.toml")).exercises.values())
    exercises.sort(key=lambda exercise: exercise.category)
    on_page = COLUMNS * ROWS
    for name in ("light", "dark"):
        sheet = Sheet(figures, Theme(dark=name == "dark"))
        cells = list(stills(figures, exercises))
        for page, start in enumerate(range(0, len(cells), on_page), 1):
            path = folder / f"sheet-{page}-{name}.png"
            sheet.save(cells[start : start + on_page], path, columns=COLUMNS, size=CELL)
        small = folder / f"thumbnails-{name}.png"
        sheet.save(cells, small, columns=THUMBNAIL_COLUMNS, size=THUMBNAIL)
    light = Sheet(figures, Theme(dark=False))
    mirrored = list(stills(figures, exercises, mirrored=True))
    light.save(mirrored, folder / "mirrored.png", columns=12, size=CELL // 2)
    strips = [row for exercise in exercises if (row := strip(figures, exercise))]
    for page, start in enumerate(range(0, len(strips), STRIP_ROWS), 1):
        rows = [cell for strip_ in strips[start : start + STRIP_ROWS] for cell in strip_]
        light.save(rows, folder / f"strip-{page}.png", columns=STRIP_FRAMES, size=STRIP_CELL)
    print(f"{len(cells)} figures, {len(strips)} of them moving: {folder}")
    return 1 if read.problems else 0


if __name__ == "__main__":
    sys.exit(main())
