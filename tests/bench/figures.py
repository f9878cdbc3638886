"""What a figure costs: reading the data, a picture at 480 x 480 once it was drawn, thumbnails."""

from __future__ import annotations

import os
import statistics
import time
import tomllib
from functools import partial
from typing import TYPE_CHECKING, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from budget import Row, Sample, amount, finish, ratio
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPicture

from app.domain.exercise import Phase
from app.domain.figure.playing import Showing
from app.storage.figure_file import read_figures
from app.storage.paths import bundled
from app.ui.figures import Figures
from app.ui.theme import Theme
from app.ui.widgets.figure_colors import FigureColors, figure_colors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.figure.model import Figure

T = TypeVar("T")
SIZE, THUMBNAIL = 480, 96
READS = 7
MOMENTS = 12
"""So many moments of each figure's period are painted."""


def measure() -> list[Row]:
    application = QGuiApplication.instance() or QGuiApplication([])
    rows = [_reading()]
    first, again, replayed, stills, copies = _painting()
    rows += [
        amount("a figure's picture, drawn for the first time", first),
        amount("a figure's picture at 480 x 480, drawn before", again, 5, floor=replayed),
        amount("a thumbnail that was painted before", stills, floor=copies),
    ]
    del application
    return rows


def _reading() -> Row:
    path = bundled("figures.toml")
    ours, floor = [], []
    for _ in range(READS):
        floor.append(_timed(lambda: tomllib.loads(path.read_text("utf-8"))))
        ours.append(_timed(lambda: read_figures(path)))
    return ratio(
        "reading and checking every figure",
        Sample(values=ours, digits=1),
        Sample(values=floor, digits=1),
    )


def _painting() -> tuple[Sample, Sample, Sample, Sample, Sample]:
    """Return each figure's median: first drawing, painting again, a bare replay, thumbnails."""
    theme = Theme(dark=False)
    colors = figure_colors(theme, Phase.STATIC, theme.surface)
    book = read_figures(bundled("figures.toml")).book
    figures = Figures(lambda: book)
    first, again, replayed, stills, copies = [], [], [], [], []
    for figure in book.figures.values():
        showings = _showings(figures, figure)
        paint = partial(_paint, figures, figure, colors)
        first.append(_median(showings, paint))
        again.append(_median(showings, paint))
        pictures = [_recorded(figures, figure, colors, one) for one in showings]
        replayed.append(_median(pictures, _replay))
        _thumbnail(figures, figure, colors)
        stills.append(_median([colors] * MOMENTS, partial(_thumbnail, figures, figure)))
        copy = QImage(THUMBNAIL, THUMBNAIL, QImage.Format.Format_ARGB32_Premultiplied)
        copies.append(_median([copy] * MOMENTS, _copy))
    return tuple(  # type: ignore[return-value]
        Sample(values=values, digits=2) for values in (first, again, replayed, stills, copies)
    )


def _showings(figures: Figures, figure: Figure) -> list[Showing]:
    cycle = figures.cycle(figure)
    if not cycle.moves:
        return [Showing(cycle.still(), level) for level in range(-MOMENTS // 2, MOMENTS // 2)]
    times = (cycle.period_ms * index / MOMENTS for index in range(MOMENTS))
    return list(dict.fromkeys(Showing(cycle.moment(time_ms)) for time_ms in times))


def _paint(figures: Figures, figure: Figure, colors: FigureColors, showing: Showing) -> None:
    painter = QPainter(_canvas(SIZE))
    figures.paint(painter, QRectF(0, 0, SIZE, SIZE), figure, showing, colors)
    painter.end()


def _recorded(figures: Figures, figure: Figure, colors: FigureColors, showing: Showing) -> QPicture:
    picture = QPicture()
    painter = QPainter(picture)
    figures.paint(painter, QRectF(0, 0, SIZE, SIZE), figure, showing, colors)
    painter.end()
    return picture


def _replay(picture: QPicture) -> None:
    painter = QPainter(_canvas(SIZE))
    painter.drawPicture(0, 0, picture)
    painter.end()


def _thumbnail(figures: Figures, figure: Figure, colors: FigureColors) -> None:
    painter = QPainter(_canvas(THUMBNAIL))
    figures.paint_cached(painter, QRectF(0, 0, THUMBNAIL, THUMBNAIL), figure, colors)
    painter.end()


def _copy(image: QImage) -> None:
    painter = QPainter(_canvas(THUMBNAIL))
    painter.drawImage(0, 0, image)
    painter.end()


_canvases: dict[int, QImage] = {}


def _canvas(size: int) -> QImage:
    canvas = _canvases.get(size)
    if canvas is None:
        canvas = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        canvas.fill(QColor("white"))
        _canvases[size] = canvas
    return canvas


def _median(things: Sequence[T], work: Callable[[T], object]) -> float:
    return statistics.median(_timed(partial(work, one)) for one in things)


def _timed(work: Callable[[], object]) -> float:
    """Return milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000


if __name__ == "__main__":
    finish(measure())
