"""Figure files: what they mean, and what is said of figures that cannot be drawn."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from figures import SHARED, SHIPPED, START, parse

from app.domain.figure.model import (
    SCALARS,
    TRIPLES,
    Ease,
    Figure,
    Highlight,
    Key,
    Loop,
    Pin,
    Pose,
    Prop,
    PropKind,
)
from app.domain.figure.motion import Cycle
from app.storage.figure_file import (
    _PROPS,
    _FigureReader,
    read_figures,
)
from app.storage.figure_poses import _FOOT, _HAND, _POSE
from app.storage.paths import bundled

PAGE = (Path(__file__).parents[2] / "docs/figures.md").read_text("utf-8")


def drawn(text: str) -> Figure:
    """Read the figure `it` from what follows the shared start of a file."""
    read = parse(START + text)
    assert read.problems == ()
    return read.book.figures["it"]


def pose(text: str, name: str = "it") -> Pose:
    """Read a pose from the tables of some poses."""
    return drawn(f'{text}\n[exercise.it]\nloop = "hold"\nkeys = [{{pose="{name}"}}]\n').keys[0].pose


def moving(keys: str, loop: str = "cycle", rest: str = "") -> str:
    return f'[exercise.it]\nloop = "{loop}"\nkeys = [{keys}]\n{rest}'


# What a file means


def test_the_shipped_file_has_no_problem_and_keeps_its_order() -> None:
    read = read_figures(bundled("figures.toml"))
    assert read.problems == ()
    ids = [line[10:-1] for line in SHIPPED.splitlines() if line.startswith("[exercise.")]
    assert list(read.book.figures) == ids
    assert all(figure.id == figure_id for figure_id, figure in read.book.figures.items())


def test_every_pose_has_every_joint_and_elbows_rest_a_little_bent() -> None:
    read = pose("[pose.it]\n")
    assert set(read.triples) == set(TRIPLES)
    assert set(read.scalars) == set(SCALARS)
    assert set(read.triples.values()) == {(0.0, 0.0, 0.0)}
    bent = {name: angle for name, angle in read.scalars.items() if angle}
    assert bent == {"elbow_n": 8.0, "elbow_f": 8.0}
    assert (read.root, read.contact, read.anchor, read.level) == (None, None, None, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("90", (90.0, 0.0, 0.0)),
        ("[90]", (90.0, 0.0, 0.0)),
        ("[90, 5.5]", (90.0, 5.5, 0.0)),
        ("[90, 5.5, -7]", (90.0, 5.5, -7.0)),
    ],
)
def test_angles_that_are_not_given_are_zero(written: str, read: tuple[float, ...]) -> None:
    assert pose(f"[pose.it]\nhip_n = {written}\n").triples["hip_n"] == read


def test_a_pose_says_only_what_differs_from_its_base() -> None:
    # The base may stand below the pose.
    read = pose(
        '[pose.it]\nbase = "middle"\nknee_n = 30\n'
        '[pose.middle]\nbase = "stand"\nknee_n = 20\nlift = 3\ncontact = ["foot_n"]\n'
    )
    assert read.triples["shoulder_n"] == (2.0, 7.0, 0.0)
    assert (read.scalars["knee_n"], read.scalars["lift"]) == (30.0, 3.0)
    assert read.contact == {"foot_n": 0.0}


def test_a_long_chain_of_bases_is_followed_to_its_end() -> None:
    links = "".join(f'[pose.p{i}]\nbase = "p{i + 1}"\n' for i in range(3_000))
    assert pose(f"{links}[pose.p3000]\nknee_n = 7\n", "p0").scalars["knee_n"] == 7.0


def test_a_pin_replaces_the_bases_pin_whole_and_an_empty_one_removes_it() -> None:
    text = (
        '[pose.pinned]\npin.hand_n = {to="hip_n", off=[1, 2, 3], dir=[0, 1, 0], pole=[1, 0, 0]}\n'
        "pin.hand_f = {off=[1, 2, 3]}\n"
        '[pose.it]\nbase = "pinned"\npin.hand_n = {}\npin.hand_f = {to="head"}\n'
        'pin.foot_n = {to="floor", off=[9, 0, 1], pitch=-30, turn=14, free=true}\n'
        '[pose.later]\nbase = "it"\n'
    )
    assert pose(text, "pinned").pins == {
        "hand_n": Pin(to="hip_n", off=(1.0, 2.0, 3.0), dir=(0.0, 1.0, 0.0), pole=(1.0, 0.0, 0.0)),
        "hand_f": Pin(off=(1.0, 2.0, 3.0)),
    }
    assert pose(text).pins == {
        "hand_f": Pin(to="head"),
        "foot_n": Pin(to="floor", off=(9.0, 0.0, 1.0), pitch=-30.0, turn=14.0, free=True),
    }
    assert pose(text, "later").pins == pose(text).pins


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"auto"', None),
        ('["foot_n", "toes_f"]', {"foot_n": 0.0, "toes_f": 0.0}),
        ("{foot_n = 20, trunk = -1.5}", {"foot_n": 20.0, "trunk": -1.5}),
    ],
)
def test_what_touches_the_floor_is_found_listed_or_given_a_height(
    written: str, read: dict[str, float] | None
) -> None:
    text = f'[pose.first]\ncontact = ["head"]\n[pose.it]\nbase = "first"\ncontact = {written}\n'
    assert pose(text).contact == read


def test_the_rest_of_a_pose_is_read_as_it_stands() -> None:
    read = pose(
        '[pose.it]\nroot = [1, 90]\nanchor = "knee_n"\nat = [-3, 11]\n'
        'level = ["toes_n", "fore_n"]\norder = {arm_f = 30, hand_f = 31.5}\n'
    )
    assert read.root == (1.0, 90.0, 0.0)
    assert (read.anchor, read.at) == ("knee_n", (-3.0, 11.0))
    assert read.level == ("toes_n", "fore_n")
    assert read.order == {"arm_f": 30.0, "hand_f": 31.5}


def test_a_swapped_key_has_near_and_far_exchanged() -> None:
    text = "[pose.step]\nhip_n = [30, 4]\nrot = [0, 5, 6]\n"
    text += moving('{pose="step", move=0.35}, {pose="step", swap=true, hold=1}')
    first, second = drawn(text).keys
    assert second.pose == first.pose.swapped()
    assert second.pose.triples["hip_f"] == (30.0, 4.0, 0.0)
    assert second.pose.triples["rot"] == (0.0, -5.0, -6.0)


def test_times_are_milliseconds_and_a_move_lasts_a_second_unless_it_says_so() -> None:
    text = moving('{pose="stand", move=0.55, hold=0.02, ease="sine"}, {pose="stand"}', "pingpong")
    figure = drawn(text)
    stand = figure.keys[1].pose
    assert figure.loop is Loop.PINGPONG
    assert figure.keys == (
        Key(pose=stand, move_ms=550.0, hold_ms=20.0, ease=Ease.SINE),
        Key(pose=stand, move_ms=1_000.0, hold_ms=0.0, ease=Ease.INOUT),
    )


def test_a_figure_breathes_where_it_holds_unless_it_says_otherwise() -> None:
    hold = '[exercise.it]\nloop = "hold"\nkeys = [{pose="stand"}]\n'
    assert drawn(hold).breath == 1.0
    assert drawn(hold + "breath = 0.25\n").breath == 0.25
    assert drawn(moving('{pose="stand"}, {pose="stand"}')).breath == 0.0


@pytest.mark.parametrize(
    ("written", "read"),
    [("", (14.0, 8.0)), ('view = "front"', (90.0, 6.0)), ("view = [-52, 22.5]", (-52.0, 22.5))],
)
def test_a_view_is_named_or_two_angles_and_from_the_side_where_there_is_none(
    written: str, read: tuple[float, float]
) -> None:
    assert drawn(moving('{pose="stand"}', "hold", written)).view == read


def test_a_highlight_is_on_both_sides_or_on_the_ones_that_it_names() -> None:
    marks = 'highlight = ["glutes", "quads.n", "calves.f", "hip-flexors.n.f"]'
    assert drawn(moving('{pose="stand"}', "hold", marks)).highlights == (
        Highlight(muscle="glutes", sides=("n", "f")),
        Highlight(muscle="quads", sides=("n",)),
        Highlight(muscle="calves", sides=("f",)),
        Highlight(muscle="hip-flexors", sides=("n", "f")),
    )


def test_every_kind_of_prop_is_read() -> None:
    props = """props = [
      {kind="mat", x=[-85, 65], w=36, z=-3},
      {kind="wall", at=[57, 0, 0], h=100, d=3, w=80, depth=-60},
      {kind="chair", at=[2, 0, 0], face=-1},
      {kind="step", at=[2, 0, 0], w=30, h=20, d=44},
      {kind="ball", r=30, to="wrist_n", at=[0, 1, 2], y=25},
      {kind="roller", at=[0, 8, 0], bias=-6},
      {kind="bosu", at=[0, 0, 0], r=31, h=20},
      {kind="strap", through=["hand_n", "ball_n"]},
      {kind="dumbbell", hands=["n", "f"], axis=[0, 0.5, 1]},
    ]
    """
    mat, wall, chair, step, ball, roller, bosu, strap, dumbbell = drawn(
        moving('{pose="stand"}', "hold", props)
    ).props
    assert mat == Prop(kind=PropKind.MAT, x=(-85.0, 65.0), w=36.0, z=-3.0)
    assert wall == Prop(kind=PropKind.WALL, at=(57.0, 0.0, 0.0), h=100, d=3, w=80, depth=-60)
    assert chair == Prop(kind=PropKind.CHAIR, at=(2.0, 0.0, 0.0), face=-1)
    assert step == Prop(kind=PropKind.STEP, at=(2.0, 0.0, 0.0), w=30, h=20, d=44)
    assert ball == Prop(kind=PropKind.BALL, r=30, to="wrist_n", at=(0.0, 1.0, 2.0), y=25)
    assert roller == Prop(kind=PropKind.ROLLER, at=(0.0, 8.0, 0.0), bias=-6)
    assert bosu == Prop(kind=PropKind.BOSU, r=31, h=20)
    assert strap == Prop(kind=PropKind.STRAP, through=("hand_n", "ball_n"))
    assert dumbbell == Prop(kind=PropKind.DUMBBELL, hands=("n", "f"), axis=(0.0, 0.5, 1.0))


def test_the_body_and_its_muscles_are_read() -> None:
    book = parse(SHIPPED).book
    assert book.body.thigh == 43.0
    assert book.body.hem == 2
    assert [station.segment for station in book.body.trunk] == [0, 0, 2, 3, 4, 4, 5]
    assert [disc.along for disc in book.body.shape["hand"]] == [0.0, 0.45, 1.0]
    assert book.body.clothes["upper"].color == "top"
    assert len(book.muscles) == 20
    trunk, limb = book.muscles["glutes"]
    assert (trunk.host, limb.host) == ("trunk", "thigh_*")
    assert (trunk.blobs[0].point, trunk.blobs[0].frame) == ("hip_*", "pelvis")
    assert (trunk.blobs[0].forward, trunk.blobs[0].radius) == (-4.6, 5.8)


def test_poses_that_are_shared_are_the_same_object() -> None:
    book = parse(SHIPPED).book
    stand = book.figures["standing-rest"].keys[0].pose
    first, up, back, other_up = book.figures["knee-hug"].keys
    assert first.pose is back.pose is stand
    assert other_up.pose == up.pose.swapped()


def test_toml_is_imported_when_a_file_is_read_and_not_before() -> None:
    code = "import sys, app.storage.figure_file; sys.exit('tomllib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# The page about the format


def test_the_example_on_the_page_is_a_figure_of_five_seconds() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    read = parse(SHARED + example)
    assert read.problems == ()
    (figure,) = read.book.figures.values()
    assert Cycle(figure).period_ms == 5_000.0


def test_every_key_that_the_reader_knows_is_on_the_page() -> None:
    reader = _FigureReader({}, None)
    known = {*reader._fields, *reader._key_fields, *_POSE, *_HAND, *_FOOT}
    known |= {key for fields, _ in _PROPS.values() for key in fields}
    known |= {"trunk", "hem", "shape", "clothes", "host", "blobs"}
    known |= {*PropKind, *Loop, *Ease}
    words = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`[^`]*`", PAGE))))
    # Keys of both sides stand there once: `hip_*`.
    words |= {f"{word}{side}" for word in words if word.endswith("_") for side in "nf"}
    assert known - words == set()
