"""Figure files that cannot be used as they stand: what is said of them, and what is still drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from figures import POSES, SHARED, SHIPPED, START, START_LINES, parse

from app.storage.figure_file import read_figures

if TYPE_CHECKING:
    from pathlib import Path


def moving(keys: str, loop: str = "cycle", rest: str = "") -> str:
    return f'[exercise.it]\nloop = "{loop}"\nkeys = [{keys}]\n{rest}'


# What is wrong with one figure

_KEY = '{pose="stand"}'

FIGURE_FAULTS = {
    # name: the keys after [exercise.it], the rule, the faulty line, what the sentence says
    "no-loop": ("keys = [{pose='stand'}]", "missing-key", 1, "needs loop"),
    "no-keys": ("loop = 'hold'", "missing-key", 1, "needs keys"),
    "unknown-key": (f"loop = 'hold'\nkeys = [{_KEY}]\nviev = 3", "unknown-key", 4, '"view"'),
    "loop": ("loop = 'round'", "bad-choice", 2, "loop must be hold, pingpong or cycle"),
    "loop-type": ("loop = 3", "bad-choice", 2, "found 3"),
    "keys-type": ("loop = 'hold'\nkeys = 3", "bad-list", 3, "keys must be a list"),
    "keys-empty": ("loop = 'hold'\nkeys = []", "bad-list", 3, "1 to 64 items, found 0"),
    "keys-many": (f"loop = 'cycle'\nkeys = [{_KEY * 65}]".replace("}{", "},{"), "bad-list", 3, "65"),
    "key-type": ("loop = 'hold'\nkeys = [3]", "bad-table", 3, "key 1 must be a table"),
    "key-empty": ("loop = 'hold'\nkeys = [{}]", "missing-key", 3, "key 1 needs pose"),
    "key-unknown": ("loop = 'hold'\nkeys = [{pos=1}]", "unknown-key", 3, '"pose"'),
    "pose": (f"loop = 'cycle'\nkeys = [{_KEY},\n{{pose='stnd'}}]", "unknown-pose", 4, '"stand"'),
    "pose-type": ("loop = 'hold'\nkeys = [{pose=1}]", "unknown-pose", 3, "key 1: pose must name"),
    "move": ("loop = 'hold'\nkeys = [{pose='stand', move=-1}]", "bad-number", 3, "from 0 to 60"),
    "move-long": ("loop = 'hold'\nkeys = [{pose='stand', move=61}]", "bad-number", 3, "found 61"),
    "move-nan": ("loop = 'hold'\nkeys = [{pose='stand', move=nan}]", "bad-number", 3, "found nan"),
    "hold-inf": ("loop = 'hold'\nkeys = [{pose='stand', hold=inf}]", "bad-number", 3, "found inf"),
    "hold-flag": ("loop = 'hold'\nkeys = [{pose='stand', hold=true}]", "bad-number", 3, "true"),
    "ease": ("loop = 'hold'\nkeys = [{pose='stand', ease='bounce'}]", "bad-choice", 3, "sine"),
    "swap": ("loop = 'hold'\nkeys = [{pose='stand', swap=1}]", "bad-flag", 3, "true or false"),
    "hold-moves": (f"loop = 'hold'\nkeys = [{_KEY}, {_KEY}]", "bad-keys", 3, "one key"),
    "move-holds": (f"loop = 'pingpong'\nkeys = [{_KEY}]", "bad-keys", 3, "two keys or more"),
    "no-time": (
        "loop = 'cycle'\nkeys = [{pose='stand', move=0}, {pose='stand', move=0}]",
        *("too-short", 3, "0.1 s or more"),
    ),
    "no-time-back": (
        # The last move of a ping-pong is never made.
        "loop = 'pingpong'\nkeys = [{pose='stand', move=0}, {pose='stand', move=5}]",
        *("too-short", 3, "found 0 s"),
    ),
    "spline": (
        "loop = 'cycle'\nkeys = [{pose='stand', ease='spline'},\n{pose='stand'}]",
        *("mixed-spline", 4, '"spline" in every key or in none'),
    ),
    "root": (
        "loop = 'cycle'\nkeys = [{pose='stand'},\n{pose='lean'}]",
        *("mixed-root", 4, '"lean" has one, "stand" has none'),
    ),
    "root-first": (
        "loop = 'cycle'\nkeys = [{pose='lean'},\n{pose='stand'}]",
        *("mixed-root", 4, '"lean" has one, "stand" has none'),
    ),
    "view": ("view = 'frnt'", "unknown-view", 2, '"front"'),
    "view-type": ("view = true", "bad-view", 2, "[yaw, pitch]"),
    "view-one": ("view = [3]", "bad-number", 2, "two numbers"),
    "view-pitch": ("view = [3, 91]", "bad-number", 2, "-90 to 90"),
    "highlight": ("highlight = ['glute.n']", "unknown-muscle", 2, '"glutes"'),
    "highlight-sides": ("highlight = ['glutes.f.n']", "bad-sides", 2, "highlight 1 must end in .n"),
    "highlight-type": ("highlight = [3]", "bad-text", 2, "must name a muscle"),
    "highlight-text": ("highlight = 'glutes'", "bad-list", 2, "must be a list"),
    "breath": ("breath = 50", "bad-number", 2, "from 0 to 3"),
    "shadow": ("shadow = 0", "bad-number", 2, "from 1 to 500"),
    "show": ("show = 1.5", "bad-number", 2, "from 0 to 1"),
    "prop-type": ("props = ['mat']", "bad-table", 2, "prop 1 must be a table"),
    "prop-no-kind": ("props = [{x=[0, 1]}]", "missing-key", 2, "prop 1 needs kind"),
    "prop-kind": ("props = [{kind='mast'}]", "bad-choice", 2, "kind must be mat, wall"),
    "prop-key": ("props = [{kind='mat', r=3}]", "unknown-key", 2, "r is an unknown key"),
    "prop-needs": ("props = [{kind='ball'}]", "missing-key", 2, "prop 1 needs r"),
    "prop-size": ("props = [{kind='ball', r=4000}]", "bad-number", 2, "from 0.5 to 400"),
    "prop-at": ("props = [{kind='wall', at=[0, 1]}]", "bad-number", 2, "three numbers"),
    "prop-to": ("props = [{kind='ball', r=3, to='hnd_n'}]", "unknown-point", 2, '"hand_n"'),
    "prop-mat": ("props = [{kind='mat', x=[9, -9]}]", "bad-number", 2, "from below to"),
    "prop-mats": ("props = [{kind='mat'}, {kind='mat'}]", "second-mat", 2, "prop 2"),
    "prop-face": ("props = [{kind='chair', at=[0, 0, 0], face=2}]", "bad-number", 2, "1 or -1"),
    "prop-strap": ("props = [{kind='strap', through=['head']}]", "bad-list", 2, "2 to 12 items"),
    "prop-hands": ("props = [{kind='dumbbell', hands=['l']}]", "bad-choice", 2, "n or f"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rule", "line", "says"), FIGURE_FAULTS.values(), ids=FIGURE_FAULTS
)
def test_a_faulty_figure_is_left_out_and_said_once(
    text: str, rule: str, line: int, says: str
) -> None:
    for key, value in (("loop", "'hold'"), ("keys", f"[{_KEY}]")):
        if rule != "missing-key" and key not in text:
            text += f"\n{key} = {value}"
    read = parse(f"{START}[exercise.it]\n{text}\n")
    (problem,) = read.problems
    assert (problem.id, problem.line) == (rule, START_LINES + line)
    assert problem.message.startswith('figure "it"')
    assert says in problem.message
    assert list(read.book.figures) == ["good"]


def test_a_figure_that_is_no_table_is_left_out() -> None:
    read = parse(f"{START}[exercise]\nit = 3\n".replace("[exercise.good]", "[exercise.it.x]"))
    assert read.book.figures == {}
    assert [problem.id for problem in read.problems] == ["syntax"]
    read = parse(SHARED + POSES + "[exercise]\nit = 3\nhim = {loop='hold', keys=[{pose='lean'}]}\n")
    assert list(read.book.figures) == ["him"]
    assert read.problems[0].message == 'figure "it" must be a table, found 3'


# What is wrong with a part that figures share

POSE_FAULTS = {
    # name: the keys after [pose.bad], the rule, what the sentence says
    "unknown-key": ("kne_n = 3", "unknown-key", '"knee_n"'),
    "triple-text": ("hip_n = 'up'", "bad-number", 'found "up"'),
    "triple-long": ("hip_n = [1, 2, 3, 4]", "bad-list", "flexion, abduction and rotation"),
    "triple-empty": ("hip_n = []", "bad-list", "hip_n must be a number, or a list"),
    "triple-item": ("hip_n = [1, 'x']", "bad-number", "two numbers from -360 to 360"),
    "triple-nan": ("hip_n = [1, nan]", "bad-number", "found nan"),
    "angle-inf": ("knee_n = -inf", "bad-number", "found -inf"),
    "angle-large": ("knee_n = 720", "bad-number", "-360 to 360, found 720"),
    "angle-huge": (f"knee_n = 0x{'f' * 900}", "bad-number", "a huge number"),
    "lift": ("lift = 1000", "bad-number", "from -200 to 200"),
    "belly": ("belly = 99", "bad-number", "from -20 to 20"),
    "root": ("root = [1]", "bad-number", "three numbers"),
    "root-far": ("root = [0, 9e9]", "bad-number", "from -500 to 500"),
    "contact": ("contact = 'feet'", "bad-contact", '"auto", a list of parts, or'),
    "contact-none": ("contact = []", "bad-list", "found 0"),
    "contact-nothing": ("contact = {}", "bad-contact", "{part = height}"),
    "contact-part": ("contact = ['foot']", "bad-name", '"foot_n"'),
    "contact-height": ("contact = {foot_n = 'x'}", "bad-number", "contact.foot_n must be"),
    "contact-key": ("contact = {food_n = 3}", "unknown-key", '"foot_n"'),
    "anchor": ("anchor = 'nee_n'", "bad-name", '"knee_n"'),
    "at": ("at = 3", "bad-number", "two numbers"),
    "level-one": ("level = ['toes_n']", "bad-list", "two different parts"),
    "level-same": ("level = ['toes_n', 'toes_n']", "bad-list", "two different parts"),
    "order": ("order = {arn_n = 3}", "unknown-key", '"arm_n"'),
    "order-type": ("order = 3", "bad-table", "order must be a table"),
    "pin-type": ("pin = 3", "bad-table", "pin must be a table"),
    "pin-limb": ("pin.knee_n = {}", "unknown-key", "pin.knee_n is an unknown key"),
    "pin-key": ("pin.hand_n = {pitch = 3}", "unknown-key", "pin.hand_n.pitch is an unknown key"),
    "pin-off": ("pin.hand_n = {off = [1, 2]}", "bad-number", "pin.hand_n.off must be three"),
    "pin-far": ("pin.hand_n = {off = [-501, 2, 3]}", "bad-number", "from -500 to 500, found -501"),
    "pin-near": ("pin.hand_n = {off = [1, 2, 501]}", "bad-number", "from -500 to 500, found 501"),
    "pin-high": ("pin.hand_n = {off = [1, 501, 3]}", "bad-number", "from -500 to 500, found 501"),
    "pin-flag": ("pin.hand_n = {off = [1, true, 3]}", "bad-number", "found true"),
    "pin-to": ("pin.hand_n = {to = 'table'}", "unknown-point", "a point on a bone such as"),
    "pin-bone": ("pin.hand_n = {to = 'knee_n:ankle_n'}", "unknown-point", "pin.hand_n.to"),
    "pin-beyond": ("pin.hand_n = {to = 'knee_n:ankle_n:1.2'}", "unknown-point", "1.2"),
    "pin-nan": ("pin.hand_n = {to = 'knee_n:ankle_n:nan'}", "unknown-point", "nan"),
    "pin-joint": ("pin.hand_n = {to = 'knee:ankle_n:0.2'}", "unknown-point", "knee:"),
    "pin-free": ("pin.foot_n = {free = 1}", "bad-flag", "true or false"),
    "base": ("base = 'stnd'", "unknown-pose", '"stand"'),
    "base-type": ("base = 3", "unknown-pose", "base must name a pose"),
    "base-self": ("base = 'bad'", "base-in-circle", 'leads back to itself: "bad" > "bad"'),
}


@pytest.mark.parametrize(("text", "rule", "says"), POSE_FAULTS.values(), ids=POSE_FAULTS)
def test_a_faulty_pose_takes_only_the_figures_that_use_it(text: str, rule: str, says: str) -> None:
    read = parse(
        f"{START}[pose.bad]\n{text}\n"
        '[pose.worse]\nbase = "bad"\n'
        '[exercise.first]\nloop = "hold"\nkeys = [{pose="bad"}]\n'
        '[exercise.second]\nloop = "cycle"\nkeys = [{pose="stand"}, {pose="worse", swap=true}]\n'
    )
    (problem,) = read.problems
    assert (problem.id, problem.line) == (rule, START_LINES + 2)
    assert problem.message.startswith('pose "bad": ')
    assert problem.message.endswith('; left out for it: "first", "second"')
    assert says in problem.message
    assert list(read.book.figures) == ["good"]


def test_a_pose_that_is_no_table_takes_only_its_own_figures() -> None:
    read = parse(START.replace("[pose.stand]", '[pose]\nflat = 3\nx = {base="flat"}\n[pose.stand]'))
    (problem,) = read.problems
    assert problem.message == 'pose "flat" must be a table, found 3'
    assert list(read.book.figures) == ["good"]


def test_bases_that_run_in_a_circle_are_said_once() -> None:
    read = parse(
        f'{START}[pose.a]\nbase = "b"\n[pose.b]\nbase = "c"\n[pose.c]\nbase = "b"\n'
        '[pose.d]\nbase = "a"\n[exercise.it]\nloop = "hold"\nkeys = [{pose="d"}]\n'
    )
    (problem,) = read.problems
    assert problem.id == "base-in-circle"
    assert 'leads back to itself: "b" > "c" > "b"; left out for it: "it"' in problem.message
    assert list(read.book.figures) == ["good"]


def test_a_faulty_view_takes_only_the_figures_that_are_seen_from_it() -> None:
    text = START.replace("front = [90, 6]", "front = [90, 600]")
    text += moving('{pose="stand"}', "hold", 'view = "front"')
    read = parse(text)
    (problem,) = read.problems
    assert problem.line == 1 + text[: text.index("front = [90, 600]")].count("\n")
    assert problem.message.startswith('view "front" must be')
    assert problem.message.endswith('; left out for it: "it"')
    assert list(read.book.figures) == ["good"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('host="trunk", blobs=[["4@4"', 'host="torso", blobs=[["4@4"', "host must name a part"),
        ('["4@4", 6, 3, 6, 5.2]', '["4@4", 6, 3, 6]', "[point@frame, forward, up"),
        ('["4@4", 6, 3, 6, 5.2]', '["4@4", 6, 3, "6", 5.2]', "four numbers"),
        ('["4@4", 6, 3, 6, 5.2]', '["4@4", 6, 3, 6, 0]', "radius above 0"),
        ('["4@4", 6, 3, 6, 5.2]', '["4@9", 6, 3, 6, 5.2]', "item 1: blob 1 must begin with"),
        ('["4@4", 6, 3, 6, 5.2]', '["4", 6, 3, 6, 5.2]', "a point and a bone"),
        ('["4@4", 6, 3, 6, 5.2]', '["hip@4", 6, 3, 6, 5.2]', '"world", "floor", a joint'),
        ('["4@4", 6, 3, 6, 5.2]', '["floor@4", 6, 3, 6, 5.2]', "a point of the body"),
        ('["4@4", 6, 3, 6, 5.2]', "[4, 6, 3, 6, 5.2]", "in quotes"),
    ],
)
def test_a_faulty_muscle_takes_only_the_figures_that_show_it(old: str, new: str, says: str) -> None:
    assert old in START
    text = START.replace(old, new) + moving('{pose="stand"}', "hold", 'highlight = ["chest.n"]')
    read = parse(text)
    (problem,) = read.problems
    assert problem.line == 1 + text[: text.index("\nchest = [{")].count("\n") + 1
    assert problem.message.startswith('muscle "chest": ')
    assert says in problem.message
    assert list(read.book.figures) == ["good"]
    assert "chest" not in read.book.muscles
    assert "glutes" in read.book.muscles


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("thigh = 43", "thigh = 0", "body: thigh must be a number from 1 to 100, found 0"),
        ("thigh = 43", "thigh = nan", "found nan"),
        ("thigh = 43", "", "body needs thigh"),
        ("thigh = 43", "thigh = 43\ntail = 9", "body: tail is an unknown key"),
        ("hem = 2\n", "hem = 2.0\n", "a whole number"),
        ("hem = 2\n", "hem = 7\n", "the number of a cross-section, 0 to 6"),
        ("head = [9.6, 11.6, 9.0]", "head = [9.6, 0, 9.0]", "three sizes above 0"),
        ("ball = [12.5, -5.4, 2.6]", "ball = [12.5, -5.4, 0]", "radius above 0"),
        ("trunk = [[0, -2, 9.6,", "trunk = [[6, -2, 9.6,", "trunk 1 must begin with a segment"),
        ("trunk = [[0, -2, 9.6,", "trunk = [[0, -2, 0,", "depth, width and height above 0"),
        ("trunk = [[0, -2, 9.6,", "trunk = [[0, -2,", "trunk 1 must be six numbers"),
        ("thigh = [[0, 9.0, 0],", "thigh = [[0.1, 9.0, 0],", "along the bone from 0 to 1"),
        ("thigh = [[0, 9.0, 0],", "thigh = [[0, 0, 0],", "shape.thigh 1 must have a radius"),
        ("fore = [[", "foe = [[", "shape.foe must be a limb's part"),
        ("fore = [[0, 3.8, 0], [0.28, 4.1, 0], [1, 2.7, 0]]\n", "", "shape needs fore"),
        ('thigh = [0.5, 0.9, "shorts"]', 'thigh = [0.5, 0.9, "red"]', "shorts or top"),
        ('thigh = [0.5, 0.9, "shorts"]', "thigh = [0.5, 0.9]", "covered part, extra radius"),
        ("[muscle]", "[muscles]", "needs [muscle]"),
    ],
)
def test_without_a_sound_body_no_figure_is_drawn(old: str, new: str, says: str) -> None:
    assert old in SHIPPED
    read = parse(SHIPPED.replace(old, new))
    assert read.book.figures == {}
    problem = next(problem for problem in read.problems if says in problem.message)
    assert problem.message.endswith("; no figure can be drawn without it")
    # A misspelt table is unknown, too.
    assert len(read.problems) == 1 + (new == "[muscles]")


def without(table: str) -> str:
    """Return the shipped file without one of its tables."""
    parts = re.split(r"^(?=\[)", SHIPPED, flags=re.MULTILINE)
    return "".join(part for part in parts if not re.match(rf"\[{table}[.\]]", part))


@pytest.mark.parametrize("table", ["body", "muscle", "pose", "exercise"])
def test_a_table_that_is_none_is_said_once(table: str) -> None:
    read = parse(f"{table} = 3\n{without(table)}")
    assert read.book.figures == {}
    assert [problem.message for problem in read.problems] == [
        f"{table} must be a table, found 3; no figure can be drawn without it"
    ]


def test_without_views_a_figure_must_say_its_angles_or_be_seen_from_the_side() -> None:
    text = without("view")
    turned = [line for line in text.splitlines() if line.startswith('view = "')]
    for start, says in (("", "needs [view]"), ("view = 3\n", "view must be a table, found 3")):
        read = parse(start + text)
        assert len(read.book.figures) == 92 - len(turned)
        assert read.book.figures["knee-hug"].view == (14.0, 8.0)
        (problem,) = read.problems
        assert problem.message.startswith(f'{says}; left out for it: "standing-it-band-stretch", ')
    shared = START.replace("[view] ", "[viewed] ")
    assert [problem.id for problem in parse(shared).problems] == ["unknown-key"]


def test_what_no_table_of_a_figure_file_is_called_costs_nothing() -> None:
    read = parse(START.replace("[pose.stand]", "[poses.stand]\n[pose.stand]"))
    (problem,) = read.problems
    assert problem.message == 'poses is an unknown key; the nearest known one is "pose"'
    assert list(read.book.figures) == ["good"]


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = SHIPPED.replace("thigh = 43", "thigh = 0").replace("knee_n = 142", "knee_n = 'x'")
    text = text.replace("front = [90, 6]", "front = 6").replace("show = 0.25", "show = 25", 1)
    problems = parse(text).problems
    assert [re.split(":| must", problem.message)[0] for problem in problems] == [
        *("body", 'view "front"', 'figure "knee-hug"', 'pose "quad-stretch"'),
    ]
    lines = [problem.line or 0 for problem in problems]
    assert lines == sorted(lines)


def test_only_a_few_of_many_figures_left_out_are_named() -> None:
    read = parse(SHIPPED.replace("[pose.supine]\nrot = -90", "[pose.supine]\nrot = 'x'"))
    (problem,) = read.problems
    assert len(problem.message) < 300
    left_out = 92 - len(read.book.figures)
    assert problem.message.endswith(f" and {left_out - 4} more")


# Files that cannot be read


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"hello there", "syntax", 1),
        (b"[body]\nthigh = 3\nthigh = 4\n", "syntax", 3),
        (bytes(range(256)), "not-text", None),
        (b'[body]\na = "\xff"\n', "not-utf-8", 2),
        (b"a = " + b"[" * 20_000, "too-deep", 1),
        (b"# " + b"x" * 300_000, "too-large", None),
    ],
)
def test_a_file_that_is_no_toml_gives_an_empty_book(
    tmp_path: Path, data: bytes, rule: str, line: int | None
) -> None:
    path = tmp_path / "figures.toml"
    path.write_bytes(data)
    read = read_figures(path, file="figures.toml")
    (problem,) = read.problems
    assert (problem.file, problem.id, problem.line) == ("figures.toml", rule, line)
    assert read.book.figures == {}


def test_a_missing_file_or_a_folder_gives_an_empty_book(tmp_path: Path) -> None:
    read = read_figures(tmp_path / "none.toml")
    (problem,) = read.problems
    assert (problem.file, problem.id) == (str(tmp_path / "none.toml"), "no-such-file")
    assert (read.book.figures, read.book.muscles) == ({}, {})
    assert [problem.id for problem in read_figures(tmp_path).problems] == ["not-a-file"]


def test_an_empty_file_lacks_all_that_is_needed() -> None:
    read = parse("")
    assert [problem.message.split(";")[0] for problem in read.problems] == [
        *("needs [body]", "needs [muscle]", "needs [pose.ID]", "needs [exercise.ID]"),
    ]
    assert read.book.figures == {}
