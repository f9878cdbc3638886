"""Search and filters of the Exercises page."""

import exercise_cases as cases
import pytest

from app.domain.exercise import Category, Equipment, Position
from app.domain.muscles import Region
from app.ui.pages.exercises import data
from app.ui.pages.exercises.data import NOTHING, Filters, Special

ENTRIES = data.entries(cases.LIBRARY, cases.OWN)


def found(**asked: object) -> list[str]:
    return [entry.exercise.id for entry in data.found(ENTRIES, Filters(**asked))]  # type: ignore[arg-type]


def test_ones_own_exercises_come_first_then_the_librarys_order() -> None:
    ids = [entry.exercise.id for entry in ENTRIES]
    assert ids == ["my-stretch", *(key for key in cases.LIBRARY if key != "my-stretch")]
    assert found() == ids


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("pelvic", ["pelvic-tilt"]),
        ("stroll", ["easy-walk"]),  # another name
        ("calves", ["easy-walk", "calf-stretch"]),  # a muscle, as people say
        ("soleus", ["calf-stretch"]),  # as the library says
        ("hip flexors", ["half-kneeling-hip-flexor-stretch"]),
        ("wall", ["calf-stretch"]),  # equipment
        ("on one knee", ["half-kneeling-hip-flexor-stretch"]),  # position
        ("half kneeling", ["half-kneeling-hip-flexor-stretch"]),
        ("cafe", ["my-stretch"]),  # accents do not matter
        ("CAFÉ", ["my-stretch"]),
        ("neck", ["my-stretch"]),  # one's own word for a muscle
        ("yours", ["my-stretch"]),
        ("  ", [entry.exercise.id for entry in ENTRIES]),
        ("bridge supine", ["glute-bridge", "single-leg-bridge"]),  # every word has to fit
        ("zumba", []),
    ],
)
def test_search_looks_everywhere(search: str, expected: list[str]) -> None:
    assert sorted(found(search=search)) == sorted(expected)


def test_what_the_search_names_comes_before_what_it_only_fits() -> None:
    # "Hip" is in the name of one, in the region of others that stand before it.
    ids = found(search="hip")
    assert ids.index("half-kneeling-hip-flexor-stretch") < ids.index("leg-swing")
    assert ids.index("glute-bridge") < ids.index("leg-swing")  # "hip raise" is its other name


def test_each_list_filters() -> None:
    assert found(kind=Category.CORE) == ["dead-bug"]
    assert found(kind=Special.YOURS) == ["my-stretch"]
    assert found(region=Region.HAMSTRINGS) == ["leg-swing", "glute-bridge"]
    assert found(position=Position.WALKING) == ["easy-walk"]
    assert found(gear=Equipment.WALL) == ["calf-stretch"]
    assert found(gear=Special.NO_EQUIPMENT) == ["my-stretch", "easy-walk", "leg-swing"]


def test_filters_and_search_combine() -> None:
    supine = {"position": Position.SUPINE, "gear": Equipment.MAT}
    assert found(**supine, region=Region.GLUTES) == ["glute-bridge", "single-leg-bridge"]
    assert found(**supine, region=Region.GLUTES, search="single") == ["single-leg-bridge"]
    assert found(**supine, region=Region.CALVES) == []


def test_only_what_there_is_is_offered() -> None:
    assert data.kinds(ENTRIES) == [
        None,
        Category.WARM_UP,
        Category.DYNAMIC,
        Category.STATIC,
        Category.MOBILITY,
        Category.CORE,
        Category.STRENGTH,
        Special.YOURS,
    ]
    assert data.gears(ENTRIES) == [None, Special.NO_EQUIPMENT, Equipment.MAT, Equipment.WALL]
    assert Position.PLANK not in data.positions(ENTRIES)
    assert Region.CHEST not in data.regions(ENTRIES)
    assert Region.CALVES in data.regions(ENTRIES)


def test_without_exercises_of_ones_own_they_are_not_offered() -> None:
    assert Special.YOURS not in data.kinds(data.entries(cases.LIBRARY, frozenset()))


def test_a_search_alone_is_no_chosen_filter() -> None:
    assert not NOTHING.any_chosen
    assert not Filters(search="hip").any_chosen
    assert Filters(gear=Special.NO_EQUIPMENT).any_chosen
