"""Laws of figure files: no damage makes the reader fail, and it costs no figure but its own."""

from __future__ import annotations

import copy
import re
import tomllib
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.figure.motion import Cycle
from app.domain.figure.skeleton import Skeleton
from app.storage.figure_file import parse_figures
from app.storage.paths import bundled

if TYPE_CHECKING:
    from app.domain.errors import Problem
    from app.domain.figure.model import Figure, FigureBook

Table = dict[str, Any]

TEXT = bundled("figures.toml").read_text("utf-8")
RAW = tomllib.loads(TEXT)
FEW = (
    *("bird-dog", "knee-hug", "side-bridge", "easy-walk", "seated-figure-four-stretch"),
    *("swiss-ball-crunch", "squat-overhead-press", "towel-hamstring-stretch"),
)

MARKS = ["[", "]", "{", "}", '"', "=", ",", "\n", "#", ".", "-", "9", "_f", "nan", "1e400", "-0.5"]
WORDS = [
    "pose",
    "base",
    "true",
    '"stand"',
    "hand_n",
    "[exercise.x]\n",
    'base = "quad"\n',
    "pin.",
    "",
]
pieces = st.one_of(st.text(max_size=4), st.sampled_from([*MARKS, *WORDS]))
words = st.sampled_from([match.span() for match in re.finditer(r"[\w-]+|\"[^\"]*\"", TEXT)])
whole_words = st.builds(lambda span, piece: (span[0], span[1] - span[0], piece), words, pieces)
anywhere = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), pieces)
edits = st.lists(st.one_of(whole_words, whole_words, anywhere), min_size=1, max_size=3)

numbers = st.one_of(
    st.integers(-400, 400),
    st.floats(-400, 400),
    st.sampled_from([0, 0.0, -1, 1e-300, 1e308, float("nan"), float("inf"), 10**400]),
)
names = st.sampled_from(
    [
        *("world", "hand_n", "trunk", "toes_f", "knee_n:ankle_n:0.5", "knee_n:ankle_n:nan"),
        *("quad", "stand", "auto", "spline", "pingpong", "glutes.f", "dumbbell", "side", "x\n"),
    ]
)
scalars = st.one_of(numbers, names, st.booleans(), st.text(max_size=3))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["n", "pose", "to"]), inner)
    ),
    max_leaves=5,
)
keys = st.one_of(
    st.text(max_size=4),
    st.sampled_from(["base", "root", "level", "contact", "anchor", "lift", "swap", "ease", "hold"]),
)
changes = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from(["set", "drop", "add"]), keys, values),
    min_size=1,
    max_size=3,
)


def a_few(raw: Table) -> Table:
    """Return a file with a few figures of a large one."""
    poses = {name for figure in FEW for name in poses_of(raw, figure)}
    return {
        **raw,
        "pose": {name: pose for name, pose in raw["pose"].items() if name in poses},
        "exercise": {figure: raw["exercise"][figure] for figure in FEW},
    }


def poses_of(raw: Table, figure: str) -> set[str]:
    """Return the poses that a figure needs, with their bases."""
    found: set[str] = set()
    todo = [key["pose"] for key in raw["exercise"][figure]["keys"]]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [base] if (base := raw["pose"][name].get("base")) else []
    return found


def parts_of(raw: Table, figure: str) -> list[tuple[str, str]]:
    """Return everything that a figure is made of, as table and name."""
    exercise = raw["exercise"][figure]
    named_view = exercise.get("view", "side")
    return [
        ("exercise", figure),
        *(("pose", name) for name in poses_of(raw, figure)),
        *(("muscle", mark.split(".")[0]) for mark in exercise.get("highlight", [])),
        *([("view", named_view)] if isinstance(named_view, str) else []),
    ]


def untouched(before: Table, after: Table) -> list[str]:
    """Return the figures that have nothing to do with what was changed."""
    if after.get("body") != before["body"]:
        return []
    if any(not isinstance(after.get(name), dict) for name in ("muscle", "pose", "exercise")):
        return []
    if not isinstance(after.get("view"), dict):
        after = {**after, "view": {}}
    # repr: NaN is not equal to itself, and 1 and true are equal to each other.
    return [
        figure
        for figure in before["exercise"]
        if all(
            repr(after.get(table, {}).get(name)) == repr(before[table].get(name))
            for table, name in parts_of(before, figure)
        )
    ]


def as_toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            codes = "".join(f"\\U{ord(character):08X}" for character in value)
            return f'"{codes}"'
        case dict():
            return f"{{{', '.join(f'{as_toml(k)} = {as_toml(v)}' for k, v in value.items())}}}"
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case int():
            return hex(value) if value > 10**15 else str(value)
        case _:
            return str(value)


def written(raw: Table) -> str:
    """Return a file with each pose, figure and so on under its own line."""
    lines = []
    for name, table in raw.items():
        if isinstance(table, dict):
            lines.append(f"[{as_toml(name)}]")
            lines += [f"{as_toml(key)} = {as_toml(value)}" for key, value in table.items()]
        else:
            lines.insert(0, f"{as_toml(name)} = {as_toml(table)}")
    return "\n".join(lines) + "\n"


def places(raw: object) -> list[Any]:
    """Return every table and list of a file."""
    found: list[Any] = []
    todo = [raw]
    while todo:
        value = todo.pop()
        if isinstance(value, dict | list) and value:
            found.append(value)
            todo += value.values() if isinstance(value, dict) else value
    return found


def changed(raw: Table, damage: list[tuple[int, str, str, object]]) -> Table:
    raw = copy.deepcopy(raw)
    for where, what, key, value in damage:
        found = places(raw)
        if not found:
            return raw
        place = found[where % len(found)]
        at = list(place)[where % len(place)] if isinstance(place, dict) else where % len(place)
        if what == "set":
            place[at] = copy.deepcopy(value)
        elif what == "drop":
            del place[at]
        elif isinstance(place, dict):
            place[key] = copy.deepcopy(value)
        else:
            place.insert(where % len(place), copy.deepcopy(value))
    return raw


def can_be_drawn(figure: Figure, book: FigureBook) -> None:
    """Solve a figure at some moments; what the reader lets pass must not fail later."""
    cycle = Cycle(figure)
    for step in range(5):
        moment = cycle.moment(cycle.period_ms * step / 5)
        skeleton = Skeleton(book.body, cycle.between(moment), breath=figure.breath)
        assert all(abs(x) < 1e6 for joint in skeleton.joints.values() for x in joint)
        for prop in figure.props:
            skeleton.point(prop.to)
            for point in prop.through:
                skeleton.point(point)


def check(text: str, before: Table, whole: FigureBook) -> None:
    read = parse_figures(text, file="figures.toml")
    figures = read.book.figures
    check_located(read.problems, text)
    try:
        after = tomllib.loads(text)
    except (ValueError, RecursionError):
        assert read.problems
        assert not figures
        return
    for figure in untouched(before, after):
        assert figures.get(figure) == whole.figures[figure], read.problems
    exercises = after.get("exercise")
    if isinstance(exercises, dict) and len(figures) < len(exercises):
        assert read.problems
    for figure, drawn in figures.items():
        if drawn != whole.figures.get(figure):
            can_be_drawn(drawn, read.book)


def check_located(problems: tuple[Problem, ...], text: str) -> None:
    lines = text.count("\n") + 1
    for problem in problems:
        assert problem.line is None or 1 <= problem.line <= lines
        assert problem.message
        assert problem.message.isprintable()


WHOLE = parse_figures(TEXT, file="figures.toml").book
SMALL_RAW = a_few(RAW)
SMALL = parse_figures(written(SMALL_RAW), file="figures.toml").book


@settings(max_examples=settings().max_examples // 3)  # each reads the whole file twice
@given(edits)
def test_an_edit_of_the_shipped_file_costs_no_figure_but_those_it_touches(
    damage: list[tuple[int, int, str]],
) -> None:
    text = TEXT
    for start, length, piece in damage:
        text = text[:start] + piece + text[start + length :]
    check(text, RAW, WHOLE)


@given(changes)
def test_a_wrong_value_costs_no_figure_but_those_it_is_part_of(
    damage: list[tuple[int, str, str, object]],
) -> None:
    check(written(changed(SMALL_RAW, damage)), SMALL_RAW, SMALL)


@given(st.integers(0, len(TEXT)))
def test_a_file_that_was_cut_off_is_told_and_no_more(length: int) -> None:
    read = parse_figures(TEXT[:length], file="figures.toml")
    check_located(read.problems, TEXT)
    for figure_id, figure in read.book.figures.items():
        can_be_drawn(figure, read.book)
        assert figure_id in WHOLE.figures
