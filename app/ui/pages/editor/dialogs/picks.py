"""What a list offers to pick from: exercises and routines as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui import exercise_words, words
from app.ui.pages.exercises.data import searchable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.catalogue import RoutineCard
    from app.domain.exercise import Exercise, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One row: what it is called, a line about it, and what it is found by."""

    key: str
    title: str
    detail: str = ""
    found_by: str = ""
    """Beside the title, already `searchable`."""
    exercise: Exercise | None = None
    """Whose figure is its picture."""
    icon: str = ""
    """The picture where there is no exercise."""
    position: Position | None = None
    """The pictogram, where there is neither."""

    @property
    def spoken(self) -> str:
        return f"{self.title}, {self.detail}" if self.detail else self.title


def exercise_picks(exercises: Iterable[Exercise]) -> list[Pick]:
    """Return a row for each exercise, found by its name, its other names, muscles and kind."""
    picks = []
    for exercise in exercises:
        kind = exercise_words.kind_line(exercise)
        names = [*exercise.synonyms, *exercise_words.muscles(exercise), exercise.position.value]
        picks.append(
            Pick(
                key=exercise.id,
                title=exercise.name,
                detail=kind,
                found_by=searchable("\n".join([exercise.name, kind, *names])),
                exercise=exercise,
            )
        )
    return picks


def routine_picks(cards: Iterable[RoutineCard]) -> list[Pick]:
    """Return a row for each routine, by its file; found as on Home."""
    picks = []
    for card in cards:
        parts = [words.moment(card.when), words.length(card.duration_ms), words.steps(card.steps)]
        picks.append(
            Pick(
                key=card.file,
                title=card.name,
                detail=" · ".join(parts),
                found_by=searchable("\n".join([card.name, *parts, *card.exercises])),
                icon=words.MOMENT_ICONS[card.when],
            )
        )
    return picks
