"""The design's colours can be read: contrast ratios as WCAG 2 defines them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

TOKENS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "resources/tokens.toml").read_text("utf-8")
)
PHASES = ("warmup", "dynamic", "static", "core", "rest")
GROUNDS = ("bg", "surface", "surface_2", "sunken")

each_theme = pytest.mark.parametrize("theme", ["light", "dark"])
each_phase = pytest.mark.parametrize("phase", PHASES)


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@each_theme
@pytest.mark.parametrize("text", ["text", "text_2", "text_3", "danger"])
def test_text_is_readable_on_every_ground(theme: str, text: str) -> None:
    colours = TOKENS[theme]
    grounds = [colours[ground] for ground in GROUNDS]
    grounds += [colours["phase"][phase]["flood"] for phase in PHASES]
    assert min(contrast(colours[text], ground) for ground in grounds) >= 4.5


@each_theme
@each_phase
def test_a_phases_own_texts_are_readable(theme: str, phase: str) -> None:
    colours, own = TOKENS[theme], TOKENS[theme]["phase"][phase]
    assert contrast(own["on"], own["solid"]) >= 4.5
    for ground in (colours["surface"], colours["bg"], own["tint"], own["flood"]):
        assert contrast(own["text"], ground) >= 4.5


@each_theme
@each_phase
def test_a_phases_colour_stands_out_from_what_it_is_drawn_on(theme: str, phase: str) -> None:
    own = TOKENS[theme]["phase"][phase]
    assert contrast(own["solid"], TOKENS[theme]["surface"]) >= 3
    assert contrast(own["solid"], own["flood"]) >= 3


@each_theme
@pytest.mark.parametrize("ground", ["bg", "surface"])
def test_the_border_of_a_field_can_be_seen(theme: str, ground: str) -> None:
    assert contrast(TOKENS[theme]["line_strong"], TOKENS[theme][ground]) >= 3


@each_theme
def test_buttons_in_ink_are_readable(theme: str) -> None:
    colours = TOKENS[theme]
    assert contrast(colours["on_ink"], colours["ink"]) >= 4.5
    assert contrast(colours["on_ink"], colours["ink_hover"]) >= 4.5
