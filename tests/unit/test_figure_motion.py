"""A figure's cycle: which moment a time is, and which moments look the same."""

from __future__ import annotations

import pytest
from figures import shipped_book
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figure.model import SCALARS, TRIPLES, Ease, Figure, Key, Loop, Pose
from app.domain.figure.motion import PART_MS, PARTS_MAX, Cycle, Moment
from app.domain.figure.skeleton import Skeleton
from app.domain.figure.space import ZERO

BOOK = shipped_book()
NAMES = sorted(BOOK.figures)


def pose(knee: float) -> Pose:
    return Pose(
        triples=dict.fromkeys(TRIPLES, ZERO),
        scalars={**dict.fromkeys(SCALARS, 0.0), "knee_n": knee},
    )


DOWN, UP, TOP = pose(90.0), pose(10.0), pose(0.0)


def figure(*keys: Key, loop: Loop = Loop.CYCLE, show: float | None = None) -> Figure:
    return Figure(id="made", loop=loop, keys=keys, show=show)


def test_a_key_is_held_then_left() -> None:
    cycle = Cycle(figure(Key(pose=DOWN, move_ms=600, hold_ms=400), Key(pose=UP, move_ms=1_000)))
    assert cycle.period_ms == 2_000
    assert [cycle.moment(at) for at in (0, 399, 400)] == [Moment(0, 0)] * 3
    assert cycle.moment(700) == Moment(0, 9)
    assert cycle.between(cycle.moment(700)).pose().scalars["knee_n"] == pytest.approx(50.0)
    assert cycle.moment(1_000) == Moment(1, 0)
    assert cycle.moment(2_000) == Moment(0, 0)


def test_the_way_back_of_a_ping_pong_is_as_long_as_the_way_there() -> None:
    keys = (
        Key(pose=DOWN, move_ms=300, hold_ms=100),
        Key(pose=UP, move_ms=500, hold_ms=50),
        Key(pose=TOP, hold_ms=200),
    )
    cycle = Cycle(figure(*keys, loop=Loop.PINGPONG))
    assert [key.pose for key in cycle.keys] == [DOWN, UP, TOP, UP]
    assert [key.move_ms for key in cycle.keys] == [300, 500, 500, 300]
    assert [key.hold_ms for key in cycle.keys] == [100, 50, 200, 50]


def test_a_hold_is_one_moment() -> None:
    cycle = Cycle(figure(Key(pose=DOWN), loop=Loop.HOLD))
    assert not cycle.moves
    assert cycle.moment(12_345) == cycle.still() == Moment(0, 0)


def test_the_still_picture_is_the_one_the_data_names_else_the_second_key() -> None:
    keys = (Key(pose=DOWN, move_ms=1_000), Key(pose=UP, move_ms=1_000))
    assert Cycle(figure(*keys)).still() == Moment(1, 0)
    shown = Cycle(figure(*keys, show=0.25)).still()
    assert (shown.key, shown.part) == (0, 15)


def test_a_slow_cycle_has_no_more_parts_than_can_be_kept() -> None:
    cycle = Cycle(figure(Key(pose=DOWN, move_ms=20_000), Key(pose=UP, move_ms=10_000)))
    assert sum(cycle.parts) == PARTS_MAX
    quick = Cycle(figure(Key(pose=DOWN, move_ms=500), Key(pose=UP, move_ms=500)))
    assert quick.parts == (15, 15)


@given(st.floats(min_value=0, max_value=1e7, allow_nan=False), st.sampled_from(NAMES))
def test_a_moment_is_never_further_off_than_half_a_part(time_ms: float, name: str) -> None:
    cycle = Cycle(BOOK.figures[name])
    if not cycle.moves:
        return
    moment = cycle.moment(time_ms)
    key = cycle.keys[moment.key]
    into = time_ms % cycle.period_ms
    start = cycle.key_starts_ms()[moment.key]
    part_ms = max(PART_MS, sum(k.move_ms for k in cycle.keys) / PARTS_MAX)
    nearest, last = cycle.time_ms(moment), cycle.time_ms(moment)
    if moment.part == 0:
        nearest = start
    off = min(
        abs(into - nearest),
        abs(into - last),
        cycle.period_ms - into + nearest,
        0.0 if nearest <= into <= last else cycle.period_ms,
    )
    assert off <= part_ms / 2 + 1e-6 or (key.hold_ms == 0 and off <= key.move_ms / 2)


@pytest.mark.parametrize("name", NAMES)
def test_moments_that_share_a_picture_have_the_same_body(name: str) -> None:
    cycle = Cycle(BOOK.figures[name])
    for index in range(len(cycle.keys)):
        for part in range(0, cycle.parts[index], 3):
            moment = Moment(index, part)
            shared = cycle.shared(moment)
            if shared == moment:
                continue
            one = Skeleton(BOOK.body, cycle.between(moment)).joints
            other = Skeleton(BOOK.body, cycle.between(shared)).joints
            for joint, place in one.items():
                assert other[joint] == pytest.approx(place, abs=0.05), (moment, shared, joint)


def test_there_and_back_needs_half_the_pictures() -> None:
    cycle = Cycle(BOOK.figures["bodyweight-squat"])
    every = [Moment(key, part) for key in (0, 1) for part in range(cycle.parts[key])]
    assert len(every) == 120
    assert len({cycle.shared(moment) for moment in every}) == 61


def test_an_uneven_ease_shares_nothing_with_its_way_back() -> None:
    keys = (
        Key(pose=DOWN, move_ms=500, ease=Ease.IN),
        Key(pose=UP, move_ms=500, ease=Ease.IN),
    )
    cycle = Cycle(figure(*keys))
    assert cycle.shared(Moment(1, 3)) == Moment(1, 3)
