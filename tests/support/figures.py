"""The shipped figures and exercises, read once for all tests."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from app.storage.exercise_file import ExerciseReader
from app.storage.figure_file import read_figures
from app.storage.paths import bundled
from app.ui.figures import Figures

if TYPE_CHECKING:
    from app.domain.exercise import Exercise, Tempo
    from app.domain.figure.model import FigureBook


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
