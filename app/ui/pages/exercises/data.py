"""What the Exercises page lists, and which of it a search and the filters leave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.domain.exercise import Category, Equipment, Exercise, ExerciseLibrary, Position
from app.domain.muscles import Region, regions_of
from app.ui import exercise_words, words
from app.ui.pages.home.data import folded, matches


class Special(Enum):
    """What a filter offers beside the values of its own kind."""

    YOURS = "yours"
    """Among the categories: the user's own exercises."""
    NO_EQUIPMENT = "no-equipment"


Kind = Category | Special | None
Gear = Equipment | Special | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for; None, and an empty search, ask for nothing."""

    search: str = ""
    kind: Kind = None
    region: Region | None = None
    position: Position | None = None
    gear: Gear = None

    @property
    def any_chosen(self) -> bool:
        """Whether one of the lists is used, the search aside."""
        return any(
            value is not None for value in (self.kind, self.region, self.position, self.gear)
        )


NOTHING: Final = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exercise of the page, with what it is found by."""

    exercise: Exercise
    own: bool
    regions: frozenset[Region]
    names: str
    """Name and other names, folded."""
    haystack: str
    """Everything that a search looks through, folded."""

    def passes(self, filters: Filters) -> bool:
        """Tell whether the lists let it through; the search is not looked at."""
        exercise = self.exercise
        return (
            filters.kind in {None, exercise.category, Special.YOURS if self.own else None}
            and (filters.region is None or filters.region in self.regions)
            and filters.position in {None, exercise.position}
            and _has_gear(exercise, filters.gear)
        )


def _has_gear(exercise: Exercise, gear: Gear) -> bool:
    match gear:
        case None:
            return True
        case Special():
            return not exercise.equipment
        case Equipment():
            return gear in exercise.equipment


def entries(exercises: ExerciseLibrary, own: frozenset[str]) -> list[Entry]:
    """Return an entry for each exercise: the user's own first, then in the library's order."""
    made = [_entry(exercise, own=exercise.id in own) for exercise in exercises.values()]
    return sorted(made, key=lambda entry: not entry.own)


def _entry(exercise: Exercise, *, own: bool) -> Entry:
    regions = regions_of(exercise.targets)
    names = [exercise.name, *exercise.synonyms]
    gear = [words.equipment(item) for item in exercise.equipment]
    found_by = [
        *names,
        *exercise.targets,
        *exercise_words.muscles(exercise),
        *(exercise_words.region(region) for region in sorted(regions)),
        *(gear or [exercise_words.no_equipment()]),
        # "Supine" is what a physio writes, "on your back" what is shown.
        exercise.position.value,
        exercise_words.position(exercise.position),
        exercise_words.category(exercise.category),
        *([words.tr("Yours")] if own else []),
    ]
    return Entry(
        exercise=exercise,
        own=own,
        regions=regions,
        names=searchable("\n".join(names)),
        haystack=searchable("\n".join(found_by)),
    )


def searchable(text: str) -> str:
    """Return a text as it is compared: without case and accents, a hyphen being a space."""
    return folded(text).replace("-", " ")


def found(among: Iterable[Entry], filters: Filters) -> list[Entry]:
    """Return what the filters leave: what is called so comes first, then what has it in a name."""
    asked = searchable(filters.search).split()
    left = [entry for entry in among if entry.passes(filters) and matches(asked, entry.haystack)]
    if not asked:
        return left
    phrase = " ".join(asked)

    def distance(entry: Entry) -> tuple[bool, bool, bool]:
        names = entry.names.split("\n")
        return (
            phrase not in names,
            not matches(asked, names[0]),
            not matches(asked, entry.names),
        )

    return sorted(left, key=distance)


def kinds(among: Sequence[Entry]) -> list[Kind]:
    """Return what the filter of categories offers: all, then those that there are."""
    used = {entry.exercise.category for entry in among}
    offered: list[Kind] = [None, *(value for value in exercise_words.CATEGORIES if value in used)]
    if any(entry.own for entry in among):
        offered.append(Special.YOURS)
    return offered


def regions(among: Sequence[Entry]) -> list[Region | None]:
    used = {region for entry in among for region in entry.regions}
    return [None, *(value for value in Region if value in used)]


def positions(among: Sequence[Entry]) -> list[Position | None]:
    used = {entry.exercise.position for entry in among}
    return [None, *(value for value in Position if value in used)]


def gears(among: Sequence[Entry]) -> list[Gear]:
    used = {item for entry in among for item in entry.exercise.equipment}
    offered: list[Gear] = [None]
    if any(not entry.exercise.equipment for entry in among):
        offered.append(Special.NO_EQUIPMENT)
    return [*offered, *(value for value in Equipment if value in used)]
