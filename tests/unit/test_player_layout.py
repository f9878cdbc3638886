"""The player's geometry: the design's numbers at its sizes, and nothing that overlaps at any."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.pages.player.layout import Box, PlayerLayout, player_layout, scale

SIZES = [(1280, 800), (900, 600), (1920, 1080)]


def near(value: float) -> object:
    return pytest.approx(value, abs=0.6)


@pytest.mark.parametrize(
    ("size", "u"),
    [((1280, 800), 1.0), ((900, 600), 0.703), ((1920, 1080), 1.35), ((3840, 2160), 2.0)],
)
def test_sizes_follow_the_smaller_side(size: tuple[int, int], u: float) -> None:
    assert scale(*size) == pytest.approx(u, abs=0.001)


def test_a_tiny_window_never_shrinks_below_the_floor() -> None:
    assert scale(400, 300) == 0.70


def test_the_default_window_has_the_ring_of_the_design() -> None:
    assert player_layout(1280, 800).ring == (720, 84, 512, 512)


def test_the_smallest_window_has_the_ring_of_the_design() -> None:
    ring = player_layout(900, 600).ring
    assert ring.w == near(360)
    assert ring.right == near(866)
    assert ring.centre_y == near(257.8)


def test_full_screen_has_the_ring_of_the_design() -> None:
    ring = player_layout(1920, 1080).ring
    assert ring.w == near(702)
    assert ring.right == near(1855)
    assert ring.centre_y == near(459)


def test_the_left_block_takes_what_the_ring_leaves() -> None:
    layout = player_layout(1280, 800)
    assert layout.block.x == 48
    assert layout.block.w == 1280 - 96 - 512 - 56


def test_a_one_line_name_gives_the_figure_57_percent() -> None:
    block = player_layout(1280, 800).divide(64)
    assert block.panel is not None
    assert block.panel == (48, 208, near(351), 392)
    assert block.column.x == near(431)
    assert block.column.right == 664
    assert block.badge.h == 80


def test_a_two_line_name_keeps_the_figure_square() -> None:
    block = player_layout(1280, 800).divide(128)
    assert block.panel is not None
    assert block.panel == (48, 272, 328, 328)
    assert block.column.x == 48 + 328 + 32


def test_cues_start_under_the_badge_or_in_its_place() -> None:
    layout = player_layout(1280, 800)
    assert layout.divide(64).cues.y == 208 + 80 + 24
    assert layout.divide(64, badge=False).cues.y == 208


def test_a_cadence_card_has_more_room_than_the_figure() -> None:
    block = player_layout(1280, 800).divide(64, cadence=True)
    assert block.panel is not None
    assert block.column.w > block.panel.w


def test_without_cues_the_figure_has_all_the_width() -> None:
    block = player_layout(1280, 800).divide(64, column=False)
    assert block.panel is not None
    assert block.panel.w == 616


def test_the_dock_stands_as_in_the_design() -> None:
    dock = player_layout(1280, 800).dock
    assert dock.pause == (596, 684, 88, 88)
    assert (dock.repeat.centre_x, dock.back.centre_x) == (460, 544)
    assert (dock.skip.centre_x, dock.ten_more.centre_x) == (736, 820)
    assert dock.timeline.x == 132 - 2
    assert dock.timeline.right == 1132 + 2
    assert dock.timeline.centre_y == 644
    assert dock.voice == (1184, 704, 48, 48)
    assert dock.bell == (1126, 704, 48, 48)
    assert dock.volume.x == 952
    assert dock.volume.right == 1108 + 9
    assert dock.thumbnail == (48, 696, 64, 64)


def test_buttons_of_a_small_window_stay_large_enough() -> None:
    dock = player_layout(900, 600).dock
    assert dock.pause.w == 64
    assert dock.skip.w == 48
    assert dock.bell.w == dock.voice.w == 44


def test_text_is_never_under_14_pixels() -> None:
    layout = player_layout(900, 600)
    assert layout.text(18) == 14
    assert layout.text(60) == pytest.approx(42.2, abs=0.1)


@pytest.mark.parametrize("size", SIZES)
def test_the_previews_last_line_has_room_for_its_descenders(size: tuple[int, int]) -> None:
    layout = player_layout(*size)
    small = layout.text(18)
    middle_of_last = 33 * max(layout.u, small / 18)
    capital, descender = 0.73 * small, 0.25 * small
    needed = middle_of_last + capital / 2 + descender
    assert layout.dock.next_text.h / 2 >= needed


@pytest.mark.parametrize("size", [(900, 1000), (1000, 840), (1080, 1920)])
def test_a_narrow_window_has_the_ring_on_top(size: tuple[int, int]) -> None:
    layout = player_layout(*size)
    assert layout.portrait
    assert layout.ring.centre_x == near(size[0] / 2)
    assert layout.block.y > layout.ring.bottom
    assert layout.block.w == layout.stage.w


def test_the_figure_goes_first_where_there_is_no_room() -> None:
    layout = player_layout(1000, 840)
    assert layout.divide(64).panel is not None
    tight = layout.divide(64 + 128)
    assert tight.panel is None
    assert tight.column.x == layout.block.x
    assert tight.column.w == layout.block.w


def boxes(layout: PlayerLayout) -> dict[str, Box]:
    dock, top = layout.dock, layout.top
    return {
        "ring": layout.ring,
        "block": layout.block,
        "end": top.end,
        "title": top.title,
        "keys": top.keys,
        "full screen": top.full_screen,
        "elapsed": dock.elapsed,
        "timeline": dock.timeline,
        "remaining": dock.remaining,
        "repeat": dock.repeat,
        "back": dock.back,
        "pause": dock.pause,
        "skip": dock.skip,
        "+10": dock.ten_more,
        "thumbnail": dock.thumbnail,
        "next": dock.next_text,
        "volume": dock.volume,
        "bell": dock.bell,
        "voice": dock.voice,
    }


@given(st.integers(900, 3840), st.integers(600, 2400))
def test_nothing_overlaps_and_nothing_leaves_the_window(width: int, height: int) -> None:
    layout = player_layout(width, height)
    found = boxes(layout)
    window = Box(0, 0, width, height)
    for name, box in found.items():
        assert box.inside(window), name
        assert box.w > 0, name
        assert box.h > 0, name
    for (first, a), (second, b) in combinations(found.items(), 2):
        assert not a.meets(b), f"{first} meets {second}"


@given(st.integers(900, 3840), st.integers(600, 2400), st.sampled_from([1, 2]), st.data())
def test_the_block_holds_its_parts(
    width: int, height: int, lines: int, data: st.DataObject
) -> None:
    layout = player_layout(width, height)
    block = layout.divide(lines * 64 * layout.u, cadence=data.draw(st.booleans()))
    parts = [block.phase_line, block.name, block.column]
    if block.panel is not None:
        parts.append(block.panel)
    for part in parts:
        assert part.inside(layout.block)
    assert not block.name.meets(block.column)
    assert block.panel is None or not block.panel.meets(block.column)


@pytest.mark.parametrize("size", SIZES)
def test_every_target_can_be_hit(size: tuple[int, int]) -> None:
    layout = player_layout(*size)
    for box in (
        layout.dock.pause,
        layout.dock.skip,
        layout.dock.bell,
        layout.dock.voice,
        layout.top.end,
    ):
        assert box.w >= 44
        assert box.h >= 44
