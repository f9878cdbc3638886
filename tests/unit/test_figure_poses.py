"""Every key pose stands on the floor, bends as people do, and turns without a jump."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from figures import shipped_book

from app.domain.figure.camera import Camera, fit
from app.domain.figure.gait import landing_ms
from app.domain.figure.model import PARTS, Figure
from app.domain.figure.motion import Between, Cycle, Moment
from app.domain.figure.skeleton import Skeleton
from app.domain.figure.space import length, sub

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOK = shipped_book()
FIGURES = sorted(BOOK.figures.values(), key=lambda figure: figure.id)
TOUCH_CM = 2.0
IN_THE_AIR = {
    # A phase of flight.
    "easy-jog": {3, 7},
    "goal-pace-run": {3, 7},
    "warm-down-jog": {3, 7},
    "high-knees": {1, 3},
    "heel-flicks": {1, 3},
    # On top of something.
    "step-up": {2},
    "bosu-squat": {0, 1},
    "bosu-single-leg-balance": {0},
}
WRIST_CM = 3.0
"""How high a wrist is over a hand that lies on the floor."""
HANDS_ON_EACH_OTHER = {"swiss-ball-crunch"}
"""Each hand's goal depends on where the other arm is already."""
OUT_OF_REACH = {"inchworm": 2.2}
GAITS = ("easy-walk", "brisk-walk", "fast-walk", "warm-down-walk")
RUNS = ("easy-jog", "goal-pace-run", "warm-down-jog")


def every(figures: list[Figure]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("figure", figures, ids=lambda figure: figure.id)


def at(figure: Figure, moment: Moment) -> Skeleton:
    return Skeleton(BOOK.body, Cycle(figure).between(moment))


def moments(cycle: Cycle) -> Iterator[Moment]:
    for index in range(len(cycle.keys)):
        for part in range(cycle.parts[index] if cycle.moves else 1):
            yield Moment(index, part)


@every(FIGURES)
def test_each_key_pose_stands_on_the_floor(figure: Figure) -> None:
    for index in range(len(Cycle(figure).keys)):
        skeleton = at(figure, Moment(index, 0))
        lowest = min(skeleton.lowest(part) for part in PARTS)
        if index in IN_THE_AIR.get(figure.id, ()):
            assert lowest > TOUCH_CM
        else:
            assert -TOUCH_CM <= lowest <= TOUCH_CM


@every(FIGURES)
def test_what_is_pinned_to_the_floor_reaches_it(figure: Figure) -> None:
    cycle = Cycle(figure)
    for index, key in enumerate(cycle.keys):
        skeleton = at(figure, Moment(index, 0))
        for name, pin in key.pose.pins.items():
            # A free foot is held by its ankle and lies as it lies.
            if pin.to != "floor" or pin.free:
                continue
            wanted = max(0.0, pin.off[1] - (WRIST_CM if name.startswith("hand") else 0.0))
            assert abs(skeleton.lowest(name) - wanted) <= TOUCH_CM, (index, name)


@every(FIGURES)
def test_a_pinned_hand_or_foot_is_where_it_should_be(figure: Figure) -> None:
    ends = {"foot": "ankle_", "hand": "wrist_"}
    for index, key in enumerate(Cycle(figure).keys):
        skeleton = at(figure, Moment(index, 0))
        for name, goal in skeleton.goals().items():
            if key.pose.pins[name].to in {"floor", "world"}:
                end = skeleton.joints[ends[name[:4]] + name[-1]]
                reach = OUT_OF_REACH.get(figure.id, TOUCH_CM)
                assert length(sub(end, goal)) <= reach, (index, name)


@every([figure for figure in FIGURES if Cycle(figure).moves])
def test_it_moves_without_a_jump(figure: Figure) -> None:
    """One part takes no joint much further than the parts before and after it."""
    cycle = Cycle(figure)
    solved = [at(figure, moment) for moment in moments(cycle)]
    steps = [
        max(length(sub(second.joints[name], first.joints[name])) for name in first.joints)
        for first, second in zip(solved, [*solved[1:], solved[0]], strict=True)
    ]
    for index, step in enumerate(steps):
        around = max(steps[index - 1], steps[(index + 1) % len(steps)])
        assert step <= 2.5 * around + 2.0, (index, step, around)


@every(FIGURES)
def test_bones_keep_their_length(figure: Figure) -> None:
    body = BOOK.body
    for moment in list(moments(Cycle(figure)))[::7]:
        joints = at(figure, moment).joints
        for side in "nf":
            for start, end, size in (
                ("hip", "knee", body.thigh),
                ("knee", "ankle", body.shank),
                ("shoulder", "elbow", body.upper_arm),
                ("elbow", "wrist", body.forearm),
            ):
                bone = sub(joints[f"{end}_{side}"], joints[f"{start}_{side}"])
                assert length(bone) == pytest.approx(size, abs=0.1)


@every([figure for figure in FIGURES if figure.id not in HANDS_ON_EACH_OTHER])
def test_a_swapped_pose_is_its_mirror(figure: Figure) -> None:
    """Near and far exchanged is the same body seen in a mirror: z turned round."""
    for key in Cycle(figure).keys:
        pose, mirrored = key.pose, key.pose.swapped()
        assert mirrored.swapped() == pose
        one = Skeleton(BOOK.body, Between(pose, pose, 0.0)).joints
        other = Skeleton(BOOK.body, Between(mirrored, mirrored, 0.0)).joints
        for name, (x, y, z) in one.items():
            opposite = name[:-2] + {"_n": "_f", "_f": "_n"}.get(name[-2:], name[-2:])
            assert other[opposite] == pytest.approx((x, y, -z), abs=0.3)


@pytest.mark.parametrize("name", [*GAITS, *RUNS])
def test_a_foot_comes_down_ahead_of_the_other_and_half_a_period_before_it(name: str) -> None:
    figure = BOOK.figures[name]
    cycle = Cycle(figure)
    assert cycle.strides
    landing = landing_ms(BOOK.body, cycle)
    part = cycle.period_ms / sum(cycle.parts)
    for start, foot, other in ((0.0, "n", "f"), (cycle.period_ms / 2, "f", "n")):
        landed = at(figure, cycle.moment(landing + start))
        assert landed.lowest(f"foot_{foot}") <= TOUCH_CM / 2
        assert landed.joints[f"ankle_{foot}"][0] > landed.joints[f"ankle_{other}"][0]
        above = at(figure, cycle.moment(landing + start - part))
        assert above.lowest(f"foot_{foot}") > landed.lowest(f"foot_{foot}") + 0.5


def test_what_is_no_gait_has_no_landing() -> None:
    assert landing_ms(BOOK.body, Cycle(BOOK.figures["glute-bridge"])) == 0.0


@every(FIGURES)
def test_the_frame_holds_the_whole_body_at_every_moment(figure: Figure) -> None:
    cycle, camera = Cycle(figure), Camera(*figure.view)
    frame = fit(BOOK, cycle)
    slack = 6.0  # between the samples that the frame is made from
    for moment in list(moments(cycle))[::5]:
        for x, y in (camera.xy(point) for point in at(figure, moment).joints.values()):
            assert frame.left - slack <= x <= frame.right + slack
            assert frame.top - slack <= y <= frame.bottom + slack
