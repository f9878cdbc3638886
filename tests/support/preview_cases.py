"""Routines and pages for the tests of the preview."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pages
from make import EXERCISES, block, hold, routine, step

from app.domain.figure.model import FigureBook
from app.domain.routine import Routine, SideChoice
from app.storage.figure_body import NO_BODY
from app.ui.figures import Figures

if TYPE_CHECKING:
    from app.domain.catalogue import RoutineCard

LIBRARY = {
    **EXERCISES,
    "twist": replace(EXERCISES["twist"], caution="Skip it if it hurts."),
}
"""The exercises of `make`, one of them with a caution."""

HIPS = routine(
    block(step("walk", cues=("Walk tall.",)), step("bridge", optional=True)),
    block(
        step("wall-calf"), step("twist", side=SideChoice.LEFT), hold(20, "Rock gently"), rounds=2
    ),
    block(step("dead-bug"), optional=True),
    summary="Long, easy holds while warm.",
    frequency="After every run.",
    progression="A third round.",
    sources=("A physio's list",),
)
"""Every kind of step: plain, optional, on one side, with a free name; and an optional block."""


def no_figures() -> Figures:
    """Return figures without any data: everything is shown by the pictogram of its position."""
    return Figures(lambda: FigureBook(body=NO_BODY, muscles={}, figures={}))


def card_for(made: Routine, **keys: object) -> RoutineCard:
    """Return a card of that routine; its file and its origin are made up."""
    return pages.card(made.name, **{"id": made.id, **keys})


def long_routine(steps: int) -> Routine:
    """Return a routine of so many steps in blocks of ten."""
    names = list(EXERCISES)
    return routine(
        *(
            block(*(step(names[number % len(names)]) for number in range(start, start + 10)))
            for start in range(0, steps, 10)
        )
    )
