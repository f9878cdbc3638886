"""The shipped figures and exercises, read once for all tests."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from app.storage.exercise_file import ExerciseReader
from app.storage.figure_file import FiguresRead, parse_figures, read_figures
from app.storage.paths import bundled
from app.ui.figures import Figures

if TYPE_CHECKING:
    from app.domain.exercise import Exercise, Tempo
    from app.domain.figure.model import FigureBook


SHIPPED = bundled("figures.toml").read_text("utf-8")
SHARED = SHIPPED[: SHIPPED.index("[pose.")]
"""The shipped body, views and muscles."""
POSES = """\
[pose.stand]
shoulder_n = [2, 7]

[pose.lean]
base = "stand"
rot = 10
root = [0, 90]
"""
GOOD = """\
[exercise.good]
loop = "hold"
keys = [{pose="stand"}]

"""
START = SHARED + POSES + GOOD
"""A file with a sound figure, to which a test adds one that is not."""
START_LINES = START.count("\n")


def parse(text: str) -> FiguresRead:
    return parse_figures(text, file="figures.toml")


@cache
def shipped_book() -> FigureBook:
    read = read_figures(bundled("figures.toml"))
    assert not read.problems
    return read.book


@cache
def shipped_exercises() -> dict[str, Exercise]:
    return dict(ExerciseReader().read(bundled("exercises.toml")).exercises)


@cache
def shipped_tempos() -> dict[str, Tempo]:
    return {
        exercise.id: exercise.tempo
        for exercise in shipped_exercises().values()
        if exercise.tempo is not None
    }


def new_figures() -> Figures:
    """Return figures that nothing was drawn of yet."""
    return Figures(shipped_book, shipped_tempos)
