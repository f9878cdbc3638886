"""Files from elsewhere are taken in as they are, and take nothing's place unasked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk_cases import TEXT, folders
from make import EXERCISES

from app.cli import run
from app.domain.errors import RoutineError
from app.domain.filing import Clash
from app.storage.routine_shelf import RoutineShelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.storage.paths import UserFolders

SHIPPED = """\
# from a friend
schema = 1
name = "Evening"

[[blocks]]
name = "Hold"
steps = [
  { exercise = "childs-pose", seconds = 60 },  # slowly
]
"""


@pytest.fixture
def places(tmp_path: Path) -> UserFolders:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "core.toml").write_text(TEXT)
    return folders(tmp_path / "home")


@pytest.fixture
def shelf(tmp_path: Path, places: UserFolders, monkeypatch: pytest.MonkeyPatch) -> RoutineShelf:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    return RoutineShelf(
        places,
        lambda: EXERCISES,
        lambda: EXERCISES,
        is_taken=lambda routine_id: routine_id == "being-made",
        shipped_routines=tmp_path / "shipped",
    )


@pytest.fixture
def mail(tmp_path: Path) -> Callable[[str], str]:
    """Put a routine's file somewhere, as a mail program does; return where."""

    def put(name: str, text: str = TEXT) -> str:
        path = tmp_path / "mail" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return str(path)

    return put


def test_a_file_is_taken_in_as_it_is(
    shelf: RoutineShelf, places: UserFolders, mail: Callable[[str], str]
) -> None:
    file = mail("hips.toml")
    assert shelf.clash(file) is None
    taken = shelf.add(file)
    assert Path(taken) == places.routines / "hips.toml"
    assert Path(taken).read_text() == TEXT
    assert Path(file).read_text() == TEXT


def test_a_taken_id_is_told_and_never_written_over(
    shelf: RoutineShelf, mail: Callable[[str], str]
) -> None:
    first = shelf.add(mail("hips.toml"))
    assert shelf.clash_of(mail("hips.toml")) == Clash(
        id="hips", is_built_in=False, name="Hips", free_id="hips-2"
    )
    filed = shelf.filed(mail("hips.toml", TEXT.replace("Hips", "Other")))
    assert (filed.name, filed.wanted, filed.is_renamed) == ("hips-2", "hips", True)
    assert Path(first).read_text() == TEXT


def test_a_built_in_routine_and_one_that_is_being_made_are_clashes_too(
    shelf: RoutineShelf, mail: Callable[[str], str]
) -> None:
    assert shelf.clash_of(mail("core.toml")) == Clash(
        id="core", is_built_in=True, name="Hips", free_id="core-2"
    )
    assert shelf.clash(mail("being-made.toml")) == "being-made"
    assert shelf.filed(mail("exercises.toml")).name == "exercises-2"
    assert shelf.filed(mail("exercises.toml"), replace=True).name == "exercises-3"


def test_what_is_replaced_goes_to_the_trash(
    shelf: RoutineShelf, tmp_path: Path, mail: Callable[[str], str]
) -> None:
    shelf.add(mail("hips.toml"))
    newer = TEXT.replace("Hips", "Newer")
    taken = shelf.add(mail("hips.toml", newer), replace=True)
    assert Path(taken).name == "hips.toml"
    assert Path(taken).read_text() == newer
    assert (tmp_path / "xdg/Trash/files/hips.toml").read_text() == TEXT


def test_a_built_in_routine_is_hidden_and_stays(
    shelf: RoutineShelf, tmp_path: Path, places: UserFolders, mail: Callable[[str], str]
) -> None:
    taken = shelf.add(mail("core.toml", TEXT.replace("Hips", "Mine")), replace=True)
    assert Path(taken) == places.routines / "core.toml"
    assert (tmp_path / "shipped/core.toml").read_text() == TEXT


def test_a_name_that_is_no_id_becomes_one(shelf: RoutineShelf, mail: Callable[[str], str]) -> None:
    filed = shelf.filed(mail("Für Ärzte (1).TOML"))
    assert (filed.name, filed.is_renamed) == ("fur-arzte-1", False)


def test_a_file_with_problems_says_all_of_them(
    shelf: RoutineShelf, places: UserFolders, mail: Callable[[str], str]
) -> None:
    broken = TEXT.replace("seconds = 40", "seconds = 0").replace("rounds = 2", "rounds = 99")
    file = mail("hips.toml", broken)
    with pytest.raises(RoutineError) as caught:
        shelf.add(file)
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{file}:18", f"{file}:21"]
    with pytest.raises(RoutineError, match="no such file"):
        shelf.clash(str(places.data / "none.toml"))
    assert not places.routines.exists()


def test_ones_own_routine_is_not_taken_in_again(
    shelf: RoutineShelf, mail: Callable[[str], str]
) -> None:
    taken = shelf.add(mail("hips.toml"))
    for replace in (False, True):
        with pytest.raises(RoutineError, match="one of your routines already"):
            shelf.add(taken, replace=replace)
    assert Path(taken).read_text() == TEXT


def test_a_folder_that_cannot_be_made_is_said(
    shelf: RoutineShelf, places: UserFolders, mail: Callable[[str], str]
) -> None:
    assert places.home is not None
    places.home.mkdir()
    places.data.write_text("in the way")
    with pytest.raises(RoutineError, match=r"^Cannot save hips\.toml: "):
        shelf.add(mail("hips.toml"))


def test_a_deleted_routine_comes_back(shelf: RoutineShelf, mail: Callable[[str], str]) -> None:
    taken = shelf.add(mail("hips.toml"))
    deleted = shelf.delete(taken)
    assert not Path(taken).exists()
    assert shelf.restore(deleted) == taken
    assert Path(taken).read_text() == TEXT


def test_a_built_in_routine_is_not_deleted(shelf: RoutineShelf, tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match="Built-in"):
        shelf.delete(str(tmp_path / "shipped/core.toml"))
    assert (tmp_path / "shipped/core.toml").exists()


def test_a_file_is_handed_on_as_it_is(
    shelf: RoutineShelf, tmp_path: Path, mail: Callable[[str], str]
) -> None:
    taken = shelf.add(mail("hips.toml"))
    assert shelf.share_text(taken) == TEXT
    windows = TEXT.replace("\n", "\r\n").encode()
    Path(taken).write_bytes(windows)
    shelf.save_as(taken, str(tmp_path / "copy.toml"))
    assert (tmp_path / "copy.toml").read_bytes() == windows
    with pytest.raises(RoutineError, match="Cannot save copy"):
        shelf.save_as(taken, str(tmp_path / "no" / "copy.toml"))


# The command


def test_the_command_takes_in_a_routine(
    warmdown_home: Path, mail: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = mail("evening.toml", SHIPPED)
    assert run(["import", file]) == 0
    assert capsys.readouterr() == ("imported as evening\n", "")
    assert (warmdown_home / "data/routines/evening.toml").read_text() == SHIPPED
    assert run(["import", file]) == 0
    assert capsys.readouterr() == ("imported as evening-2 (evening is taken)\n", "")
    assert run(["import", file, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "id": "evening-3",
        "file": str(warmdown_home / "data/routines/evening-3.toml"),
        "wanted": "evening",
        "renamed": True,
        "skipped": [],
    }


def test_the_command_says_what_is_wrong(
    warmdown_home: Path, mail: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = mail("evening.toml", SHIPPED.replace("60", "0"))
    assert run(["import", file]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"warmdown: {file}:8: step 1 of block ")
    assert run(["import", file, "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["error"][0].startswith(f"{file}:8: ")
    assert err == ""
    assert not warmdown_home.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("history.json", ".json files cannot be imported yet; .toml and .txt can"),
        ("run.FIT", ".fit files cannot be imported yet; .toml and .txt can"),
        ("notes.docx", "import takes .toml and .txt files, not "),
        ("notes", "import takes .toml and .txt files, not "),
    ],
)
def test_other_files_are_wrong_usage(
    name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"warmdown: {said}")
    assert err.count("\n") == 1


def test_the_command_takes_in_a_list(
    warmdown_home: Path, mail: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = mail("From-the physio.txt", "Child's pose 60 s\n")
    assert run(["import", file]) == 0
    assert capsys.readouterr() == ("imported as from-the-physio\n", "")
    text = (warmdown_home / "data/routines/from-the-physio.toml").read_text()
    assert 'name = "From the physio"' in text
    assert '{ exercise = "childs-pose", seconds = 60 },' in text


def test_lines_that_are_not_understood_are_never_guessed(
    warmdown_home: Path, mail: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = mail("list.txt", "Child's pose 60 s\nPlank or side plank 30 s\n")
    assert run(["import", file]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert lines[0].startswith(f"warmdown: {file}:2: ")
    assert lines[-1].endswith("--skip-unknown leaves such lines out")
    assert not warmdown_home.exists()
    assert run(["import", file, "--skip-unknown"]) == 0
    out, err = capsys.readouterr()
    assert out == "imported as list\n"
    assert err.startswith(f"{file}:2: ")
    assert err.endswith("; left out\n")
    empty = mail("empty.txt", "\n\n")
    assert run(["import", empty]) == 1
