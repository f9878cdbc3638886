"""The library: every readable routine, every broken file, from an index where nothing changed."""

import json
from pathlib import Path

import pytest

from app.domain.catalogue import Listing, Origin
from app.domain.choices import Choices
from app.domain.errors import RoutineError
from app.domain.exercise import Equipment, Phase
from app.domain.when import When
from app.storage.library import Library
from app.storage.paths import UserFolders, user_folders

GOOD = """\
schema = 1
name = "Mine"
when = "after-run"
[[blocks]]
name = "Block"
steps = [
  { exercise = "towel-hamstring-stretch", seconds = 30 },
  { exercise = "easy-walk", seconds = 60, cadence = [100, 110], optional = true },
]
"""


@pytest.fixture
def folders() -> UserFolders:
    made = user_folders()
    made.routines.mkdir(parents=True)
    return made


def ids(listing: Listing) -> list[str]:
    return [card.id for card in listing.cards]


def test_every_shipped_routine_has_a_card(folders: UserFolders) -> None:
    listing = Library(folders).listing()
    assert len(listing.cards) == 20
    assert not listing.broken
    full = next(card for card in listing.cards if card.id == "post-run-holds-full")
    assert (full.name, full.when, full.origin) == (
        "Post-run holds, full",
        When.AFTER_RUN,
        Origin.BUILT_IN,
    )
    assert (full.duration_ms, full.steps) == (892_000, 24)
    assert {phase for phase, _ in full.strip} == {Phase.STATIC}
    assert full.equipment == (Equipment.WALL, Equipment.MAT, Equipment.TOWEL)


def test_a_users_routine_takes_equipment_from_its_exercises_and_leaves_optional_parts_out(
    folders: UserFolders,
) -> None:
    (folders.routines / "mine.toml").write_text(GOOD)
    card = next(card for card in Library(folders).listing().cards if card.id == "mine")
    assert card.origin is Origin.YOURS
    assert card.duration_ms == 30_000 + 5_000 + 30_000
    assert Equipment.TOWEL in card.equipment


def test_a_broken_file_is_reported_and_hides_nothing(folders: UserFolders) -> None:
    (folders.routines / "mine.toml").write_text(GOOD)
    (folders.routines / "broken.toml").write_text(GOOD.replace("seconds = 30", "second = 30"))
    listing = Library(folders).listing()
    assert len(listing.cards) == 21
    (broken,) = listing.broken
    assert (broken.name, broken.problems[0].line) == ("Mine", 7)
    assert "seconds" in broken.problems[0].message
    assert broken.excerpt.startswith("{ exercise =")


def test_a_users_file_hides_the_built_in_one_of_its_id(folders: UserFolders) -> None:
    (folders.routines / "desk-break.toml").write_text(GOOD)
    listing = Library(folders).listing()
    card = next(card for card in listing.cards if card.id == "desk-break")
    assert (card.name, card.hides_built_in, len(listing.cards)) == ("Mine", True, 20)
    assert Library(folders).routine("desk-break").name == "Mine"


def test_a_broken_file_does_not_hide_the_built_in_one(folders: UserFolders) -> None:
    (folders.routines / "desk-break.toml").write_text("schema = 1\nname =")
    library = Library(folders)
    assert "desk-break" in ids(library.listing())
    assert library.routine("desk-break").name == "Desk break"


def test_the_index_answers_until_a_file_changes(folders: UserFolders) -> None:
    mine = folders.routines / "mine.toml"
    mine.write_text(GOOD)
    assert Library(folders).indexed() is None
    listing = Library(folders).listing()
    assert Library(folders).indexed() == listing
    mine.write_text(GOOD.replace("Mine", "Renamed"))
    assert Library(folders).indexed() is None
    assert "Renamed" in {card.name for card in Library(folders).listing().cards}
    mine.unlink()
    assert "mine" not in ids(Library(folders).listing())


def test_other_choices_or_exercises_make_the_index_stale(folders: UserFolders) -> None:
    Library(folders).listing()
    assert Library(folders).indexed() is not None
    assert Library(folders, choices=Choices(breath_ms=8_000)).indexed() is None
    folders.exercises.write_text("schema = 1\n")
    assert Library(folders).indexed() is None


def test_an_index_of_an_earlier_format_is_made_anew(folders: UserFolders) -> None:
    """Such a one knows nothing of the exercises' ids; whoever read it would show none."""
    listing = Library(folders).listing()
    (index,) = folders.cache.iterdir()
    kept = json.loads(index.read_text())
    kept["version"] -= 1
    for _, fields in kept["files"].values():
        del fields["exercise_ids"]
    index.write_text(json.dumps(kept))
    assert Library(folders).indexed() is None
    assert Library(folders).listing() == listing
    assert Library(folders).indexed() == listing


def test_a_card_names_every_exercise_of_its_steps_once(folders: UserFolders) -> None:
    again = '{ exercise = "towel-hamstring-stretch" }, { name = "Shake it out", seconds = 5 },'
    (folders.routines / "mine.toml").write_text(GOOD.replace("\n]", f"\n  {again}\n]"))
    card = next(card for card in Library(folders).listing().cards if card.id == "mine")
    assert card.exercise_ids == ("towel-hamstring-stretch", "easy-walk")
    assert "Shake it out" in card.exercises


OWN = """\
schema = 1
[exercises.{id}]
name = "Mine"
category = "static"
position = "standing"
sides = "both"
mode = "hold"
seconds = 20
"""


def test_ones_own_exercises_are_known_also_where_they_hide_a_shipped_one(
    folders: UserFolders,
) -> None:
    library = Library(folders)
    assert library.own_exercises() == frozenset()
    folders.exercises.write_text(OWN.format(id="easy-walk"))
    assert library.own_exercises() == {"easy-walk"}
    assert library.exercises()["easy-walk"].name == "Mine"
    folders.exercises.write_text(OWN.format(id="my-own-stretch"))
    assert library.own_exercises() == {"my-own-stretch"}
    assert library.exercises()["easy-walk"].name == "Easy walk"
    folders.exercises.unlink()
    assert library.own_exercises() == frozenset()


def test_exercises_are_read_once_while_no_file_changes(folders: UserFolders) -> None:
    library = Library(folders)
    first = library.exercises()
    assert library.own_exercises() == frozenset()
    assert library.exercises() is first


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[]", b'{"version": 1}', b"[" * 100_000])
def test_a_damaged_index_is_made_anew(folders: UserFolders, content: bytes) -> None:
    listing = Library(folders).listing()
    (index,) = folders.cache.iterdir()
    index.write_bytes(content)
    assert Library(folders).indexed() is None
    assert Library(folders).listing() == listing
    assert Library(folders).indexed() == listing


def test_it_works_without_a_cache_folder(folders: UserFolders) -> None:
    folders.cache.parent.mkdir(parents=True, exist_ok=True)
    folders.cache.write_text("a file where the folder should be")
    assert len(Library(folders).listing().cards) == 20


def test_own_exercises_are_laid_over_the_shipped_ones(folders: UserFolders) -> None:
    folders.exercises.write_text(
        'schema = 1\n[exercises.my-hang]\nname = "Hang"\ncategory = "static"\n'
        'targets = ["latissimus-dorsi"]\nposition = "standing"\nsides = "both"\nmode = "hold"\n'
        "seconds = 20\n"
    )
    library = Library(folders)
    assert library.exercises()["my-hang"].name == "Hang"
    assert "easy-walk" in library.exercises()


def test_a_broken_exercise_file_is_reported(folders: UserFolders) -> None:
    folders.exercises.write_text('schema = 1\n[exercises.my-hang]\nname = "Hang"\n')
    listing = Library(folders).listing()
    assert [Path(broken.file) for broken in listing.broken] == [folders.exercises]
    assert len(listing.cards) == 20


def test_an_unknown_id_names_the_nearest(folders: UserFolders) -> None:
    with pytest.raises(RoutineError, match="post-run-holds-full"):
        Library(folders).routine("post-run-hold-full")


def test_a_reference_is_an_id_or_a_file(folders: UserFolders, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(GOOD)
    library = Library(folders)
    assert library.load(str(path))[0].id == "other"
    assert library.load("desk-break")[0].id == "desk-break"
    path.write_text("schema = 2")
    with pytest.raises(RoutineError, match=r"other\.toml"):
        library.load(str(path))
