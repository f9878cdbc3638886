"""Regions of the body: what the library's targets belong to."""

from figures import shipped_exercises

from app.domain.muscles import Region, regions_of


def test_every_target_of_the_library_belongs_to_a_region() -> None:
    targets = {target for exercise in shipped_exercises().values() for target in exercise.targets}
    assert targets
    assert not [target for target in sorted(targets) if not regions_of([target])]


def test_every_region_has_an_exercise() -> None:
    used = {r for exercise in shipped_exercises().values() for r in regions_of(exercise.targets)}
    assert used == set(Region)


def test_a_muscle_over_two_joints_belongs_to_both_regions() -> None:
    assert regions_of(["rectus-femoris"]) == {Region.QUADS, Region.HIP_FLEXORS}


def test_people_may_name_a_region_as_they_speak() -> None:
    assert regions_of(["Lower back"]) == {Region.LOWER_BACK}
    assert regions_of(["Erector spinae"]) == {Region.LOWER_BACK}


def test_an_unknown_target_belongs_nowhere() -> None:
    assert regions_of(["left eyebrow"]) == frozenset()
