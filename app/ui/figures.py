"""The figures on screen: which one an exercise has, its pictures, and its still one at any size."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property, partial
from math import ceil
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import QBuffer, QByteArray, QObject, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPixmap

from app.domain.choices import Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from app.domain.exercise import Exercise, Phase, Position
    from app.domain.figure.camera import Camera, Frame
    from app.domain.figure.model import Figure, FigureBook
    from app.domain.figure.motion import Cycle
    from app.domain.figure.playing import FigureTempos, Playback, Showing
    from app.domain.timeline import Segment, Timeline
    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme
    from app.ui.widgets.figure_colors import FigureColors
    from app.ui.widgets.figure_picture import FigurePicture

PICTURES_MAX: Final = 260
"""So many pictures are kept, beside those of the figure that moves."""
STILLS_MAX_BYTES: Final = 48 * 1024 * 1024
_PIXEL_BYTES: Final = 4

DRAWING: Final = 1
"""Raised by hand when the same data comes to look otherwise."""
LOOK_MS: Final = 8
PREPARE_MS: Final = 20
"""The data is read so long after a picture was missed, when the window has been painted."""


class PictureStore(Protocol):
    """Keeps pictures between starts."""

    def load(self, key: str) -> bytes | None: ...

    def save(self, key: str, data: bytes) -> None: ...


class _Reel:
    """One figure's pictures. Each is drawn once; after the first period all of them are there."""

    def __init__(self, book: FigureBook, figure: Figure) -> None:
        # Imported when the first figure is drawn: no picture of Home waits for it.
        from app.domain.figure.camera import Camera, fit  # noqa: PLC0415
        from app.domain.figure.motion import Cycle  # noqa: PLC0415

        self._book = book
        self.figure = figure
        self.cycle: Cycle = Cycle(figure)
        self.camera: Camera = Camera(*figure.view)
        self.frame: Frame = fit(book, self.cycle)
        self._pictures: dict[Showing, FigurePicture] = {}

    @cached_property
    def landing_ms(self) -> float:
        from app.domain.figure.gait import landing_ms  # noqa: PLC0415  (see above)

        return landing_ms(self._book.body, self.cycle)

    @property
    def drawn(self) -> int:
        """How many pictures there are so far."""
        return len(self._pictures)

    def picture(self, showing: Showing) -> FigurePicture:
        from app.domain.figure.playing import Showing  # noqa: PLC0415  (see above)

        key = Showing(self.cycle.shared(showing.moment), showing.breath)
        found = self._pictures.get(key)
        if found is None:
            found = self._pictures[key] = self._draw(key)
        return found

    def _draw(self, showing: Showing) -> FigurePicture:
        from app.domain.figure.skeleton import Skeleton  # noqa: PLC0415  (see above)
        from app.ui.widgets.figure_body import draw_figure  # noqa: PLC0415

        between = self.cycle.between(showing.moment)
        skeleton = Skeleton(self._book.body, between, showing.breath_part)
        return draw_figure(self._book, self.figure, self.camera, skeleton)


class _Data:
    """The figures' data, read once. It knows no Qt, so that a thread of its own may read it."""

    def __init__(self, load: Callable[[], FigureBook]) -> None:
        self._load = load
        self._lock = Lock()
        self._book: FigureBook | None = None

    @property
    def is_read(self) -> bool:
        return self._book is not None

    def book(self) -> FigureBook:
        with self._lock:
            if self._book is None:
                self._book = self._load()
        return self._book


class Figures(QObject):
    """Finds figures and keeps what was drawn once. The data is read when it is first needed."""

    ready = cast("TypedSignal[()]", Signal())
    """The data was read, after `prepare`."""

    def __init__(
        self,
        load: Callable[[], FigureBook],
        tempos: Callable[[], FigureTempos] = dict,
        *,
        store: PictureStore | None = None,
        edition: str = "",
        parent: QObject | None = None,
    ) -> None:
        """`tempos` gives the tempo that each figure is drawn to.

        `store` keeps the pictures of the first page; `edition` names the data they were drawn of.
        """
        super().__init__(parent)
        self._data = _Data(load)
        self._load_tempos = tempos
        self._thread: Thread | None = None
        self._look = QTimer(self)
        self._look.timeout.connect(self._look_for_data)
        self._missed: set[str] = set()
        """Pictures that the store does not have."""
        self._store = store
        self._edition = edition
        self._tempos: FigureTempos | None = None
        self._reels: OrderedDict[str, _Reel] = OrderedDict()
        self._stills: OrderedDict[str, QPixmap] = OrderedDict()
        self._stills_bytes = 0

    @property
    def book(self) -> FigureBook:
        return self._data.book()

    def prepare(self) -> None:
        """Read the data in the background; `ready` tells once that it is there."""
        if self._thread is not None:
            return
        # The thread must not hold this object: who lets go of it last destroys it, and that has
        # to be the thread that it belongs to. So it is looked after instead of being heard.
        self._thread = Thread(target=self._data.book, name="figures", daemon=True)
        self._thread.start()
        self._look.start(LOOK_MS)

    @Slot()
    def _look_for_data(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._look.stop()
            if self._data.is_read:
                self.ready.emit()

    def close(self) -> None:
        """Wait for what is read in the background. Call before this object goes."""
        self._look.stop()
        if self._thread is not None:
            self._thread.join()

    @property
    def tempos(self) -> FigureTempos:
        if self._tempos is None:
            self._tempos = self._load_tempos()
        return self._tempos

    @property
    def is_ready(self) -> bool:
        """Whether the data was read already."""
        return self._data.is_read

    def figure_of(self, exercise: Exercise | None) -> Figure | None:
        """Return the figure that shows an exercise; None where only its position is known."""
        if exercise is None:
            return None
        return self.by_id(exercise.figure or exercise.id)

    def by_id(self, figure: str | None) -> Figure | None:
        return None if figure is None else self.book.figures.get(figure)

    def cycle(self, figure: Figure) -> Cycle:
        return self._reel(figure).cycle

    def playback(
        self, figure: Figure, timeline: Timeline, segment: Segment, *, held: bool = False
    ) -> Playback:
        """Return a segment's figure in time; `held` where the exercise is held still."""
        from app.domain.figure.playing import Playback  # noqa: PLC0415  (see above)

        reel = self._reel(figure)
        return Playback(
            reel.cycle,
            timeline,
            segment,
            self.tempos.get(figure.id),
            held=held,
            landing_ms=reel.landing_ms if segment.cadence is not None else 0.0,
        )

    def drawn(self, figure: Figure) -> int:
        """Return how many of a figure's pictures are kept."""
        return self._reel(figure).drawn

    def paint(
        self,
        painter: QPainter,
        box: QRectF,
        figure: Figure,
        showing: Showing,
        colors: FigureColors,
        *,
        mirrored: bool = False,
        pulse: float = 0.5,
    ) -> None:
        """Paint one moment of a figure in the middle of a box."""
        from app.ui.widgets.figure_picture import paint_picture  # noqa: PLC0415  (see above)

        reel = self._reel(figure)
        paint_picture(
            painter,
            box,
            reel.picture(showing),
            reel.frame,
            colors,
            mirrored=mirrored,
            pulse=pulse,
        )

    def paint_still(
        self,
        painter: QPainter,
        box: QRectF,
        exercise: Exercise | None,
        position: Position,
        *,
        theme: Theme,
        phase: Phase,
        bg: QColor,
        side: Side = Side.RIGHT,
        ground: bool = False,
    ) -> None:
        """Paint an exercise's still picture in the middle of a box; LEFT is mirrored.

        `bg` is the colour that the figure stands on. Without a figure the position's pictogram is
        painted, on a line in the phase's colour where `ground` is set. It never paints nothing.
        """
        mirrored = side is Side.LEFT
        figure = self.figure_of(exercise)
        if figure is None:
            from app.ui.widgets.pictogram import paint_pictogram  # noqa: PLC0415  (seldom needed)

            paint_pictogram(
                painter,
                position,
                box,
                near=theme.fig_near,
                far=theme.fig_far,
                ground=theme.phase(phase).mat_line if ground else None,
                mirrored=mirrored,
            )
            return
        from app.ui.widgets.figure_colors import figure_colors  # noqa: PLC0415  (see above)

        colors = figure_colors(theme, phase, bg)
        self.paint_cached(painter, box, figure, colors, mirrored=mirrored)

    def paint_cached(
        self,
        painter: QPainter,
        box: QRectF,
        figure: Figure,
        colors: FigureColors,
        *,
        mirrored: bool = False,
    ) -> None:
        """Paint a figure's still picture, drawn once for each size and set of colours."""
        width, height, ratio = _pixels(painter, box)
        if width <= 0 or height <= 0:
            return
        key = _key(figure.id, width, height, ratio, colors, mirrored=mirrored)
        found = self._stills.get(key)
        if found is None:
            found = self._still(figure, width, height, ratio, colors, mirrored=mirrored)
            self._keep(key, found)
        self._show(painter, box, key)

    def paint_first(
        self, painter: QPainter, box: QRectF, figure: str | None, colors: FigureColors
    ) -> bool:
        """Paint a still picture on a page that is shown before the data is read.

        It comes from the pictures that were kept by an earlier start. Without one nothing is
        painted, the data is read in the background, and `ready` tells when to paint again. Return
        False where it is known that there is no such figure.
        """
        width, height, ratio = _pixels(painter, box)
        if figure is None or width <= 0 or height <= 0:
            return figure is not None
        key = _key(figure, width, height, ratio, colors)
        if key in self._stills or self._restore(key, ratio):
            self._show(painter, box, key)
        elif not self.is_ready:
            QTimer.singleShot(PREPARE_MS, self.prepare)
        else:
            known = self.by_id(figure)
            if known is None:
                return False
            self.paint_cached(painter, box, known, colors)
            # Not while the page is being painted.
            QTimer.singleShot(0, partial(self._store_still, key))
        return True

    def _show(self, painter: QPainter, box: QRectF, key: str) -> None:
        found = self._stills[key]
        self._stills.move_to_end(key)
        # On whole pixels, or it would be blurred.
        ratio = found.devicePixelRatio()
        x, y = round(box.x() * ratio) / ratio, round(box.y() * ratio) / ratio
        painter.drawPixmap(QPointF(x, y), found)

    def _restore(self, key: str, ratio: float) -> bool:
        """Take a picture from the store; return whether it was there."""
        if self._store is None or key in self._missed:
            return False
        data = self._store.load(f"{self._edition}-{key}")
        pixmap = QPixmap()
        if data is None or not pixmap.loadFromData(data, "PNG"):
            self._missed.add(key)
            return False
        pixmap.setDevicePixelRatio(ratio)
        self._keep(key, pixmap)
        return True

    def _store_still(self, key: str) -> None:
        if self._store is None or key not in self._stills:
            return
        data = QByteArray()
        buffer = QBuffer(data)
        if self._stills[key].save(buffer, "PNG"):
            self._store.save(f"{self._edition}-{key}", bytes(data.data()))

    def _still(
        self,
        figure: Figure,
        width: int,
        height: int,
        ratio: float,
        colors: FigureColors,
        *,
        mirrored: bool,
    ) -> QPixmap:
        from app.domain.figure.playing import still  # noqa: PLC0415  (see above)

        # A reel of its own, unless it is there: stills of a whole library push no moving one out.
        reel = self._reels.get(figure.id) or _Reel(self.book, figure)
        pixmap = QPixmap(width, height)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        from app.ui.widgets.figure_picture import paint_picture  # noqa: PLC0415  (see above)

        box = QRectF(0, 0, width / ratio, height / ratio)
        picture = reel.picture(still(reel.cycle))
        paint_picture(painter, box, picture, reel.frame, colors, mirrored=mirrored)
        painter.end()
        return pixmap

    def _keep(self, key: str, pixmap: QPixmap) -> None:
        self._stills[key] = pixmap
        self._stills_bytes += _size(pixmap)
        while self._stills_bytes > STILLS_MAX_BYTES and len(self._stills) > 1:
            _, oldest = self._stills.popitem(last=False)
            self._stills_bytes -= _size(oldest)

    def _reel(self, figure: Figure) -> _Reel:
        reel = self._reels.get(figure.id)
        if reel is None:
            reel = self._reels[figure.id] = _Reel(self.book, figure)
        self._reels.move_to_end(figure.id)
        kept = sum(reel.drawn for reel in self._reels.values())
        while len(self._reels) > 1 and kept > PICTURES_MAX:
            _, oldest = self._reels.popitem(last=False)
            kept -= oldest.drawn
        return reel


def _pixels(painter: QPainter, box: QRectF) -> tuple[int, int, float]:
    """Return a box's size in the device's pixels, and how many of them a logical one has."""
    ratio = painter.device().devicePixelRatio()
    return ceil(box.width() * ratio), ceil(box.height() * ratio), ratio


def _key(
    figure: str,
    width: int,
    height: int,
    ratio: float,
    colors: FigureColors,
    *,
    mirrored: bool = False,
) -> str:
    turned = "-left" if mirrored else ""
    return f"{figure}-{width}x{height}-{ratio:g}-{colors.key}{turned}"


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * _PIXEL_BYTES
