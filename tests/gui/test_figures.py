"""Figures on screen: what is drawn, kept and turned, and the view that moves by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from figures import new_figures, shipped_book, shipped_exercises
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap

from app.domain.choices import Side
from app.domain.exercise import Category, Exercise, Mode, Phase, Position, Sides, Tempo
from app.domain.figure.model import FigureBook
from app.domain.figure.motion import Moment
from app.domain.figure.playing import Showing, still
from app.domain.settings import MotionChoice, Settings, ThemeChoice
from app.ui import figures as figures_module
from app.ui.figures import Figures
from app.ui.theme import Theme, ThemeManager
from app.ui.widgets.figure_colors import card_figure_colors, figure_colors
from app.ui.widgets.figure_view import FigureView
from app.ui.widgets.pictogram import paint_pictogram

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")

BOOK = shipped_book()
EXERCISES = shipped_exercises()
LIGHT, DARK = Theme(dark=False), Theme(dark=True)
MINE = Exercise(
    id="mine",
    name="My stretch",
    category=Category.STATIC,
    position=Position.SEATED,
    sides=Sides.EACH,
    mode=Mode.HOLD,
    seconds_ms=30_000,
)


def pixels(image: QImage) -> bytes:
    return bytes(image.constBits())


def picture(
    figures: Figures,
    exercise: Exercise | None,
    *,
    size: int = 120,
    theme: Theme = LIGHT,
    side: Side = Side.RIGHT,
    position: Position = Position.SUPINE,
) -> QImage:
    """Return a still picture as it comes on a page."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(theme.surface)
    painter = QPainter(image)
    figures.paint_still(
        painter,
        QRectF(0, 0, size, size),
        exercise,
        position,
        theme=theme,
        phase=Phase.STATIC,
        bg=theme.surface,
        side=side,
    )
    painter.end()
    return image


def count(image: QImage, rgb: int) -> int:
    return sum(
        image.pixelColor(x, y).rgb() == rgb
        for x in range(image.width())
        for y in range(image.height())
    )


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_every_exercise_has_a_picture_of_its_own_at_44_pixels(name: str) -> None:
    image = picture(new_figures(), EXERCISES[name], size=44)
    ground = LIGHT.surface.rgb()
    inked = 44 * 44 - count(image, ground)
    assert 80 < inked < 44 * 44 * 0.75


def test_no_two_exercises_look_the_same() -> None:
    figures = new_figures()
    made = {name: pixels(picture(figures, EXERCISES[name], size=96)) for name in EXERCISES}
    by_picture: dict[bytes, list[str]] = {}
    for name, image in made.items():
        by_picture.setdefault(image, []).append(name)
    assert [names for names in by_picture.values() if len(names) > 1] == []


def test_left_is_the_mirror_of_right() -> None:
    figures = new_figures()
    exercise = EXERCISES["half-kneeling-hip-flexor-stretch"]
    right = picture(figures, exercise)
    left = picture(figures, exercise, side=Side.LEFT)
    assert pixels(left) != pixels(right)
    flipped = left.flipped(Qt.Orientation.Horizontal)
    off = sum(
        abs(flipped.pixelColor(x, y).lightness() - right.pixelColor(x, y).lightness()) > 40
        for x in range(120)
        for y in range(120)
    )
    assert off < 120  # antialiased edges only


def test_the_worked_region_has_the_dark_themes_solid_in_both_themes() -> None:
    figures = new_figures()
    for theme in (LIGHT, DARK):
        image = picture(figures, EXERCISES["towel-hamstring-stretch"], size=240, theme=theme)
        assert count(image, DARK.phase(Phase.STATIC).solid.rgb()) > 200


def test_a_quiet_figure_has_no_worked_region() -> None:
    figures = new_figures()
    accent = LIGHT.phase(Phase.STATIC).accent.rgb()
    seen = []
    for quiet in (False, True):
        image = QImage(240, 240, QImage.Format.Format_RGB32)
        image.fill(LIGHT.surface)
        painter = QPainter(image)
        colors = figure_colors(LIGHT, Phase.STATIC, LIGHT.surface, quiet=quiet)
        figure = BOOK.figures["towel-hamstring-stretch"]
        figures.paint_cached(painter, QRectF(0, 0, 240, 240), figure, colors)
        painter.end()
        seen.append(count(image, accent))
    assert seen[0] > 200
    assert seen[1] == 0


def test_an_own_exercise_borrows_a_figure_or_shows_its_position() -> None:
    figures = new_figures()
    borrowed = picture(figures, replace(MINE, figure="butterfly-stretch"))
    assert pixels(borrowed) == pixels(picture(figures, EXERCISES["butterfly-stretch"]))
    plain = picture(figures, MINE, position=Position.SEATED)
    expected = QImage(120, 120, QImage.Format.Format_RGB32)
    expected.fill(LIGHT.surface)
    painter = QPainter(expected)
    paint_pictogram(
        painter,
        Position.SEATED,
        QRectF(0, 0, 120, 120),
        near=LIGHT.fig_near,
        far=LIGHT.fig_far,
    )
    painter.end()
    assert pixels(plain) == pixels(expected)


def test_without_any_data_every_exercise_still_shows_something() -> None:
    empty = Figures(lambda: FigureBook(body=BOOK.body, muscles={}, figures={}))
    image = picture(empty, EXERCISES["glute-bridge"])
    assert count(image, LIGHT.surface.rgb()) < 120 * 120 - 300


def test_a_still_picture_is_drawn_once_for_each_size_theme_and_side(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figures = new_figures()
    made: list[int] = []
    drawn = Figures._still

    def counted(self: Figures, *arguments: object, **keys: object) -> QPixmap:
        made.append(1)
        return drawn(self, *arguments, **keys)  # type: ignore[arg-type]

    monkeypatch.setattr(Figures, "_still", counted)
    names = list(EXERCISES)[:20]
    for _ in range(3):  # as when one scrolls up and down
        for name in names:
            picture(figures, EXERCISES[name])
    assert len(made) == 20
    picture(figures, EXERCISES[names[0]], size=64)
    picture(figures, EXERCISES[names[0]], theme=DARK)
    picture(figures, EXERCISES[names[0]], side=Side.LEFT)
    assert len(made) == 23


def test_kept_pictures_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures_module, "STILLS_MAX_BYTES", 10 * 100 * 100 * 4)
    figures = new_figures()
    for name in list(EXERCISES)[:40]:
        picture(figures, EXERCISES[name], size=100)
    assert figures._stills_bytes <= 10 * 100 * 100 * 4
    assert len(figures._stills) == 10


def test_stills_of_a_library_push_no_moving_figure_out() -> None:
    figures = new_figures()
    moving = BOOK.figures["bodyweight-squat"]
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    colors = figure_colors(LIGHT, Phase.CORE, LIGHT.surface)
    for part in range(30):
        figures.paint(painter, QRectF(0, 0, 60, 60), moving, Showing(Moment(0, part)), colors)
    painter.end()
    assert figures.drawn(moving) == 30
    for name in EXERCISES:
        picture(figures, EXERCISES[name], size=44)
    assert figures.drawn(moving) >= 30


def test_a_wide_box_gives_a_lying_figure_more_room() -> None:
    figures = new_figures()
    figure = BOOK.figures["glute-bridge"]
    colors = card_figure_colors(LIGHT, Phase.CORE)

    def inked(width: int) -> int:
        image = QImage(width, 200, QImage.Format.Format_RGB32)
        image.fill(LIGHT.phase(Phase.CORE).hero_bg)
        painter = QPainter(image)
        figures.paint_cached(painter, QRectF(0, 0, width, 200), figure, colors)
        painter.end()
        return width * 200 - count(image, LIGHT.phase(Phase.CORE).hero_bg.rgb())

    assert inked(260) > 1.3 * inked(200)


def test_the_data_is_read_once_and_in_the_background(qtbot: QtBot) -> None:
    reads: list[int] = []

    def load() -> FigureBook:
        reads.append(1)
        return BOOK

    figures = Figures(load)
    assert not figures.is_ready
    with qtbot.waitSignal(figures.ready):
        figures.prepare()
    assert figures.is_ready
    assert figures.figure_of(EXERCISES["glute-bridge"]) is BOOK.figures["glute-bridge"]
    assert reads == [1]


class Shelf:
    """Keeps pictures as a folder does."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def save(self, key: str, data: bytes) -> None:
        self.kept[key] = data


def first_picture(figures: Figures, figure: str | None = "glute-bridge") -> tuple[bool, QImage]:
    image = QImage(120, 80, QImage.Format.Format_RGB32)
    image.fill(LIGHT.surface)
    painter = QPainter(image)
    colors = figure_colors(LIGHT, Phase.CORE, LIGHT.surface)
    painted = figures.paint_first(painter, QRectF(0, 0, 120, 80), figure, colors)
    painter.end()
    return painted, image


def test_a_first_picture_comes_from_an_earlier_start_without_reading_the_data(
    qtbot: QtBot,
) -> None:
    shelf = Shelf()
    earlier = Figures(lambda: BOOK, store=shelf, edition="1")
    painted, blank = first_picture(earlier)
    assert painted
    assert count(blank, LIGHT.surface.rgb()) == 120 * 80
    qtbot.waitSignal(earlier.ready).wait()
    _, drawn = first_picture(earlier)
    qtbot.waitUntil(lambda: bool(shelf.kept))
    assert count(drawn, LIGHT.surface.rgb()) < 120 * 80
    assert len(shelf.kept) == 1

    def never() -> FigureBook:
        raise AssertionError

    later = Figures(never, store=shelf, edition="1")
    assert pixels(first_picture(later)[1]) == pixels(drawn)
    assert not later.is_ready


def test_a_picture_of_other_data_or_a_broken_one_is_not_shown(qtbot: QtBot) -> None:
    shelf = Shelf()
    ready = Figures(lambda: BOOK, store=shelf, edition="1")
    _ = ready.book
    first_picture(ready)
    qtbot.waitUntil(lambda: len(shelf.kept) == 1)
    other = Figures(lambda: BOOK, store=shelf, edition="2")
    assert count(first_picture(other)[1], LIGHT.surface.rgb()) == 120 * 80
    shelf.kept = dict.fromkeys(shelf.kept, b"no picture")
    broken = Figures(lambda: BOOK, store=shelf, edition="1")
    assert count(first_picture(broken)[1], LIGHT.surface.rgb()) == 120 * 80


def test_a_figure_that_is_not_there_says_so_once_that_is_known() -> None:
    figures = new_figures()
    assert first_picture(figures, "no-such-figure")[0]
    _ = figures.book
    assert not first_picture(figures, "no-such-figure")[0]
    assert not first_picture(figures, None)[0]


def test_what_waits_for_the_data_is_told_also_when_another_one_read_it(qtbot: QtBot) -> None:
    figures = new_figures()
    assert first_picture(figures)[0]
    _ = figures.book  # before the background does
    with qtbot.waitSignal(figures.ready):
        figures.prepare()
    figures.close()


# The view


class Clock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


def view_of(qtbot: QtBot, clock: Clock, *, motion: MotionChoice = MotionChoice.FULL) -> FigureView:
    themes = ThemeManager(
        QGuiApplication.styleHints(), Settings(theme=ThemeChoice.LIGHT, motion=motion)
    )
    view = FigureView(themes, new_figures(), background=_surface, clock=clock)
    themes.setParent(view)
    qtbot.addWidget(view)
    view.resize(200, 200)
    return view


def _surface(theme: Theme) -> object:
    return theme.surface


def show(view: FigureView, name: str, side: Side = Side.RIGHT) -> None:
    exercise = EXERCISES[name]
    view.show_exercise(exercise, exercise.position, phase=exercise.phase, side=side)


def test_a_view_moves_while_it_can_be_seen(qtbot: QtBot) -> None:
    clock = Clock()
    view = view_of(qtbot, clock)
    show(view, "bodyweight-squat")
    assert not view.is_moving
    view.show()
    assert view.is_moving
    first = pixels(view.grab().toImage())
    clock.ms = 1_000
    assert pixels(view.grab().toImage()) != first
    view.hide()
    assert not view.is_moving


def test_it_freezes_where_it_is_and_goes_on_from_there(qtbot: QtBot) -> None:
    clock = Clock()
    view = view_of(qtbot, clock)
    show(view, "bodyweight-squat")
    view.show()
    clock.ms = 900
    view.set_playing(playing=False)
    frozen = pixels(view.grab().toImage())
    clock.ms = 60_000
    assert not view.is_moving
    assert view.time_ms == 900
    assert pixels(view.grab().toImage()) == frozen
    view.set_playing(playing=True)
    clock.ms = 60_100
    assert view.time_ms == 1_000


def test_the_other_side_turns_it_without_a_new_beginning(qtbot: QtBot) -> None:
    clock = Clock()
    view = view_of(qtbot, clock)
    show(view, "clamshell")
    view.show()
    clock.ms = 1_500
    show(view, "clamshell", Side.LEFT)
    assert view.time_ms == 1_500
    show(view, "glute-bridge")
    assert view.time_ms == 0


def test_reduced_motion_shows_the_still_picture(qtbot: QtBot) -> None:
    clock = Clock()
    view = view_of(qtbot, clock, motion=MotionChoice.REDUCED)
    show(view, "bodyweight-squat")
    view.show()
    assert not view.is_moving
    first = pixels(view.grab().toImage())
    clock.ms = 1_300
    assert pixels(view.grab().toImage()) == first


def test_it_asks_for_no_picture_that_it_shows_already(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    view = view_of(qtbot, clock)
    show(view, "forearm-plank")
    view.show()
    view.grab()
    asked: list[int] = []
    monkeypatch.setattr(view, "update", lambda: asked.append(1))
    clock.ms += 10
    view.tick()
    assert asked == []
    clock.ms += 500
    view.tick()
    assert asked == [1]


def test_a_view_without_a_figure_stands_still(qtbot: QtBot) -> None:
    view = view_of(qtbot, Clock())
    view.show_exercise(MINE, MINE.position, phase=Phase.STATIC)
    view.show()
    assert not view.is_moving
    image = view.grab().toImage()
    ground = image.pixelColor(0, 0).rgb()
    assert count(image, ground) < 200 * 200 - 800


def test_the_still_moment_is_the_one_that_thumbnails_show() -> None:
    figures = new_figures()
    cycle = figures.cycle(BOOK.figures["glute-bridge"])
    assert still(cycle).moment == Moment(1, 0)


def test_an_own_tempo_moves_the_figure_at_that_tempo(qtbot: QtBot) -> None:
    """It stands at the same pose where the phase turns."""
    slow = Tempo(phases_ms=(4_000, 6_000, 4_000, 0), labels=("up", "hold", "down", ""))
    exercise = replace(EXERCISES["glute-bridge"], tempo=slow)
    clock = Clock()
    view = view_of(qtbot, clock)
    view.show_exercise(exercise, exercise.position, phase=exercise.phase)
    view.show()
    for ms, key in ((0, 0), (4_000, 1), (9_000, 1), (14_000, 0)):
        clock.ms = ms
        view.grab()
        assert view.showing is not None
        assert (view.showing.moment.key, view.showing.moment.part) == (key, 0)
