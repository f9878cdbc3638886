"""Where everything in the player stands: pure numbers from the window's width and height."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

BASE_WIDTH, BASE_HEIGHT = 1280, 800
SCALE_MIN, SCALE_MAX = 0.70, 2.0
TEXT_FLOOR = 14
BUTTON_FLOOR, PAUSE_FLOOR, ICON_FLOOR = 48, 64, 44
PORTRAIT_RATIO = 1.2
"""Narrower than this, the ring moves above the block."""

_SIDE = 48
_BAR_TOP, _BAR = 8, 72
_STAGE_BOTTOM = 16
_DOCK = 184
_RING_MARGIN = 24
_RING_WIDTH = 0.40
_BLOCK_GAP = 56
_PANEL_SHARE = 0.57
_PANEL_SHARE_CADENCE = 0.40
_PANEL_MIN = 160
_COLUMN_GAP = 32
_PHASE_LINE, _NAME_GAP, _ROW_GAP = 32, 8, 24
_BADGE = 80
_NEXT, _NEXT_TEXT = 92, 18
"""How high the preview's three lines are together, and the smaller two's size."""


class Box(NamedTuple):
    """A rectangle in logical pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def centre_x(self) -> float:
        return self.x + self.w / 2

    @property
    def centre_y(self) -> float:
        return self.y + self.h / 2

    def inside(self, other: Box) -> bool:
        """Whether no part of it lies outside `other`; half a pixel of rounding is forgiven."""
        slack = 0.5
        return (
            self.x >= other.x - slack
            and self.y >= other.y - slack
            and self.right <= other.right + slack
            and self.bottom <= other.bottom + slack
        )

    def meets(self, other: Box) -> bool:
        """Whether both share some area."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


def _around(x: float, y: float, w: float, h: float) -> Box:
    return Box(x - w / 2, y - h / 2, w, h)


def scale(width: float, height: float) -> float:
    """Return u, the factor of every player size."""
    return min(SCALE_MAX, max(SCALE_MIN, min(width / BASE_WIDTH, height / BASE_HEIGHT)))


@dataclass(frozen=True, slots=True)
class TopBar:
    end: Box
    """Buttons are their hit areas; the icon stands in the middle."""
    title: Box
    """Routine name, step and end time; a banner takes its right part."""
    keys: Box
    full_screen: Box
    icon: float


@dataclass(frozen=True, slots=True)
class Dock:
    elapsed: Box
    timeline: Box
    """As high as the playhead, half of which stands out at each end."""
    remaining: Box
    repeat: Box
    back: Box
    pause: Box
    skip: Box
    ten_more: Box
    thumbnail: Box
    next_text: Box
    volume: Box
    """Icon and slider together; the icon fills the left square of `volume_icon`."""
    volume_icon: float
    bell: Box
    voice: Box


@dataclass(frozen=True, slots=True)
class Block:
    """The left (portrait: lower) part, for a name of a certain height."""

    phase_line: Box
    name: Box
    panel: Box | None
    """The figure's; None where there is no room for it."""
    column: Box
    """Side badge and cues, or the cadence card."""
    badge: Box
    cues: Box
    """What is left of the column under the badge."""


@dataclass(frozen=True, slots=True)
class PlayerLayout:
    width: float
    height: float
    u: float
    portrait: bool
    top: TopBar
    stage: Box
    """Between the bar and the dock."""
    ring: Box
    block: Box
    dock: Dock

    def text(self, size: float) -> float:
        """Return a text size in pixels, never under the floor."""
        return max(TEXT_FLOOR, size * self.u)

    def divide(
        self,
        name_height: float,
        *,
        cadence: bool = False,
        badge: bool = True,
        column: bool = True,
    ) -> Block:
        """Divide the block for a name that high in pixels.

        `cadence` leaves the column more room, for its card; without `badge` the cues start at the
        column's top; without `column` the panel has all the width.
        """
        u, block = self.u, self.block
        phase_line = Box(block.x, block.y, block.w, _PHASE_LINE * u)
        name = Box(block.x, phase_line.bottom + _NAME_GAP * u, block.w, name_height)
        top = name.bottom + _ROW_GAP * u
        high = max(0.0, block.bottom - top)
        share = _PANEL_SHARE_CADENCE if cadence else _PANEL_SHARE
        wide = min(share * block.w, block.w if cadence else high)
        fits = high >= _PANEL_MIN * u and wide >= _PANEL_MIN * u
        if not column:
            wide = block.w
        panel = Box(block.x, top, wide, high) if fits else None
        left = panel.right + _COLUMN_GAP * u if panel else block.x
        beside = Box(left, top, max(0.0, block.right - left), high)
        badge_high = min(_BADGE * u, high)
        cue_top = top + badge_high + _ROW_GAP * u if badge else top
        return Block(
            phase_line=phase_line,
            name=name,
            panel=panel,
            column=beside,
            badge=Box(beside.x, top, beside.w, badge_high),
            cues=Box(beside.x, cue_top, beside.w, max(0.0, beside.bottom - cue_top)),
        )


def player_layout(width: float, height: float) -> PlayerLayout:
    """Lay the player out in a window of that size in logical pixels."""
    u = scale(width, height)
    side = _SIDE * u
    stage_top = (_BAR_TOP + _BAR) * u
    stage_bottom = height - (_DOCK + _STAGE_BOTTOM) * u
    stage = Box(side, stage_top, width - 2 * side, stage_bottom - stage_top)
    portrait = width < height * PORTRAIT_RATIO
    free = height - (_BAR + _DOCK + _RING_MARGIN) * u
    if portrait:
        diameter = min(0.60 * width, 0.52 * free)
        ring = Box((width - diameter) / 2, stage.y, diameter, diameter)
        top = ring.bottom + _RING_MARGIN * u
        block = Box(side, top, stage.w, stage.bottom - top)
    else:
        diameter = min(free, _RING_WIDTH * width)
        ring = Box(width - side - diameter, stage.centre_y - diameter / 2, diameter, diameter)
        block = Box(side, stage.y, stage.w - diameter - _BLOCK_GAP * u, stage.h)
    return PlayerLayout(
        width=width,
        height=height,
        u=u,
        portrait=portrait,
        top=_top_bar(width, u),
        stage=stage,
        ring=ring,
        block=block,
        dock=_dock(width, height, u),
    )


def _top_bar(width: float, u: float) -> TopBar:
    side, middle = _SIDE * u, (_BAR_TOP + _BAR / 2) * u
    hit = max(BUTTON_FLOOR * u, ICON_FLOOR)
    inset = max(14 * u, 16.0)
    end = _around(side + inset, middle, hit, hit)
    full_screen = _around(width - side - inset, middle, hit, hit)
    keys = full_screen._replace(x=full_screen.x - max(48 * u, hit + 3))
    left = end.centre_x + max(30 * u, 28.0)
    title = Box(left, middle - 16 * u, keys.x - 16 * u - left, 32 * u)
    icon = max(20.0, 24 * u)
    return TopBar(end=end, title=title, keys=keys, full_screen=full_screen, icon=icon)


def _dock(width: float, height: float, u: float) -> Dock:
    side, top = _SIDE * u, height - _DOCK * u
    first, second = top + 28 * u, top + 112 * u
    timeline_left, timeline_right = side + 84 * u, width - side - 100 * u
    clock = 32 * u

    pause = _around(width / 2, second, *(2 * (max(PAUSE_FLOOR, 88 * u),)))
    small = max(BUTTON_FLOOR, 64 * u)
    gap = 20 * u
    skip = Box(pause.right + gap, second - small / 2, small, small)
    ten_more = skip._replace(x=skip.right + gap)
    back = skip._replace(x=pause.x - gap - small)
    repeat = skip._replace(x=back.x - gap - small)

    square = max(ICON_FLOOR, 48 * u)
    voice = Box(width - side - square, second - square / 2, square, square)
    bell = voice._replace(x=voice.x - 10 * u - square)
    icon = max(18.0, 24 * u)
    track = 120 * u
    volume_right = bell.x - 18 * u
    volume_left = volume_right - track - 12 * u - icon
    # The knob reaches over the track's end; the widget holds all of it.
    overhang = 9 * u
    hit = max(ICON_FLOOR, 44 * u)
    volume = Box(volume_left, second - hit / 2, volume_right + overhang - volume_left, hit)

    thumb = 64 * u
    thumbnail = Box(side, second - thumb / 2, thumb, thumb)
    text_left = thumbnail.right + 16 * u
    # Its lines stand no closer than the floor under text sizes lets them.
    next_high = _NEXT * max(u, TEXT_FLOOR / _NEXT_TEXT)
    next_text = Box(text_left, second - next_high / 2, repeat.x - 24 * u - text_left, next_high)
    return Dock(
        elapsed=Box(side, first - clock / 2, timeline_left - side - 8 * u, clock),
        timeline=_around(
            (timeline_left + timeline_right) / 2,
            first,
            timeline_right - timeline_left + 4 * u,
            34 * u,
        ),
        remaining=Box(
            timeline_right + 8 * u, first - clock / 2, width - side - timeline_right - 8 * u, clock
        ),
        repeat=repeat,
        back=back,
        pause=pause,
        skip=skip,
        ten_more=ten_more,
        thumbnail=thumbnail,
        next_text=next_text,
        volume=volume,
        volume_icon=icon,
        bell=bell,
        voice=voice,
    )
