"""Which theme holds, and what it says of colours, type and motion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QImage, QPainter

from app.domain.exercise import Phase
from app.domain.settings import MotionChoice, PlayerTheme, Settings, ThemeChoice
from app.ui import _tokens as tokens
from app.ui.icons import PATHS, icon_pixmap, paint_icon
from app.ui.theme import Theme, ThemeManager, baseline, color, mix


def manager(settings: Settings, *, player: bool = False) -> ThemeManager:
    return ThemeManager(QGuiApplication.styleHints(), settings, player=player)


@pytest.mark.usefixtures("qapp")
def test_the_setting_decides_between_light_and_dark() -> None:
    assert not manager(Settings(theme=ThemeChoice.LIGHT)).theme.dark
    assert manager(Settings(theme=ThemeChoice.DARK)).theme.dark


@pytest.mark.usefixtures("qapp")
def test_the_player_may_always_be_dark() -> None:
    settings = Settings(theme=ThemeChoice.LIGHT, player_theme=PlayerTheme.DARK)
    assert manager(settings, player=True).theme.dark
    assert not manager(settings).theme.dark


@pytest.mark.usefixtures("qapp")
def test_a_change_is_told_once_and_only_when_something_changed() -> None:
    settings = Settings(theme=ThemeChoice.LIGHT)
    themes = manager(settings)
    told: list[bool] = []
    themes.changed.connect(lambda: told.append(themes.theme.dark))
    themes.apply(replace(settings, volume=0.2))
    assert told == []
    themes.apply(replace(settings, theme=ThemeChoice.DARK))
    assert told == [True]


@pytest.mark.usefixtures("qapp")
def test_reduced_motion_takes_no_time() -> None:
    still = manager(Settings(motion=MotionChoice.REDUCED)).theme
    moving = manager(Settings(motion=MotionChoice.FULL)).theme
    assert still.motion("phase_flood") == 0
    assert moving.motion("phase_flood") == 400


def test_a_mixture_is_taken_channel_by_channel() -> None:
    assert mix(color("#000000"), color("#FF8040"), 0.25).name() == "#402010"
    assert mix(color("#16191B"), color("#E5F4F2"), 0.62).name() == "#96a1a0"


@pytest.mark.parametrize("dark", [False, True])
def test_blended_colours_are_those_of_the_design(dark: bool) -> None:  # noqa: FBT001
    colors = Theme(dark=dark).phase(Phase.STATIC)
    expected = (
        ("#10413e", "#13504b", "#142626", "#616d6c")
        if dark
        else ("#b9ddd9", "#acd6d2", "#ffffff", "#96a1a0")
    )
    found = (colors.ring_track, colors.timeline_upcoming, colors.player_panel, colors.ring_tick)
    assert tuple(c.name() for c in found) == expected


@pytest.mark.parametrize("dark", [False, True])
def test_high_contrast_strengthens_lines_and_drops_floods(dark: bool) -> None:  # noqa: FBT001
    theme = Theme(dark=dark, high_contrast=True)
    assert theme.line == theme.line_strong
    assert all(theme.phase(phase).flood == theme.bg for phase in Phase)


@pytest.mark.parametrize("role", sorted(tokens.TYPE))
def test_every_role_has_its_size_weight_and_family(role: str, fonts: object) -> None:
    del fonts
    px, line, weight, _, family = tokens.TYPE[role]
    font = Theme(dark=False).font(role)
    assert font.pixelSize() == px
    assert font.weight() == QFont.Weight(weight)
    assert Theme(dark=False).line_height(role) == line
    assert QFontInfo(font).family() == {"text": "Inter", "display": "Inter Display"}[family]


def test_text_grows_with_the_text_size_and_the_players_with_its_own() -> None:
    theme = Theme(dark=False, text_scale=1.3)
    assert theme.font("body").pixelSize() == 21
    assert theme.line_height("body") == 31
    assert theme.font("player.name", 0.7).pixelSize() == 42


def test_controls_grow_when_their_text_needs_it() -> None:
    assert Theme(dark=False).control(44) == 44
    assert Theme(dark=False, text_scale=1.3).control(44) == 47
    assert Theme(dark=False, text_scale=1.3).control(56) == 56


def test_text_is_centred_on_its_capitals() -> None:
    font = Theme(dark=False).font("hero")
    assert baseline(font, 100) == pytest.approx(100 + 40 * 0.7275 / 2)


@pytest.mark.usefixtures("qapp")
def test_tabular_digits_have_one_width() -> None:
    from PySide6.QtGui import QFontMetricsF  # noqa: PLC0415

    metrics = QFontMetricsF(Theme(dark=False).font("body", tabular=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", sorted(PATHS))
def test_every_icon_draws_inside_its_square(name: str) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(8, 8, 24, 24), QColor("black"))
    painter.end()
    dark = [
        (x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).lightness() < 128
    ]
    assert len(dark) >= 3
    assert all(6 <= x <= 33 and 6 <= y <= 33 for x, y in dark)


@pytest.mark.usefixtures("qapp")
def test_an_icon_has_the_pixels_of_its_screen() -> None:
    pixmap = icon_pixmap("check", 20, QColor("black"), 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (40, 2.0)
