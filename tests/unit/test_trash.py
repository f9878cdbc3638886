"""Deleted files go where people look for them, and come back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import RoutineError
from app.storage.trash import Trash

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="paths are POSIX's")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "routines" / "hips & ü.toml"
    path.parent.mkdir()
    path.write_text("text")
    return path


def linux(tmp_path: Path) -> Trash:
    return Trash(tmp_path / "spare", home_trash=tmp_path / "Trash", platform="linux")


def test_a_file_goes_to_the_trash_as_the_specification_has_it(tmp_path: Path, file: Path) -> None:
    trashed = linux(tmp_path).delete(file)
    assert not file.exists()
    assert Path(trashed.place) == tmp_path / "Trash" / "files" / file.name
    assert Path(trashed.place).read_text() == "text"
    lines = Path(trashed.note).read_text().splitlines()
    assert Path(trashed.note) == tmp_path / "Trash" / "info" / f"{file.name}.trashinfo"
    assert lines[0] == "[Trash Info]"
    assert lines[1] == f"Path={tmp_path}/routines/hips%20%26%20%C3%BC.toml"
    assert lines[2].startswith("DeletionDate=20")
    assert len(lines[2]) == len("DeletionDate=2026-01-01T00:00:00")
    assert (tmp_path / "Trash").stat().st_mode & 0o777 == 0o700


def test_the_trash_is_the_one_of_the_desktop(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    trashed = Trash(tmp_path / "spare", platform="linux").delete(file)
    assert Path(trashed.place).parent == tmp_path / "xdg" / "Trash" / "files"


def test_a_deleted_file_comes_back_where_it_was(tmp_path: Path, file: Path) -> None:
    trash = linux(tmp_path)
    trashed = trash.delete(file)
    filed = trash.restore(trashed)
    assert (filed.file, filed.is_renamed) == (str(file), False)
    assert file.read_text() == "text"
    assert not Path(trashed.place).exists()
    assert not Path(trashed.note).exists()


def test_what_stands_there_by_now_is_not_written_over(tmp_path: Path, file: Path) -> None:
    trash = linux(tmp_path)
    trashed = trash.delete(file)
    file.write_text("newer")
    filed = trash.restore(trashed)
    assert filed.is_renamed
    assert filed.name == "hips & ü-2"
    assert Path(filed.file).read_text() == "text"
    assert file.read_text() == "newer"


def test_a_file_comes_back_also_when_the_trash_was_emptied(tmp_path: Path, file: Path) -> None:
    trash = linux(tmp_path)
    trashed = trash.delete(file)
    Path(trashed.place).unlink()
    file.parent.rmdir()
    assert Path(trash.restore(trashed).file).read_text() == "text"


def test_files_of_one_name_stand_beside_each_other(tmp_path: Path, file: Path) -> None:
    trash = linux(tmp_path)
    places = []
    for text in "abc":
        file.write_text(text)
        places.append(trash.delete(file).place)
    assert [Path(place).read_text() for place in places] == ["a", "b", "c"]
    notes = sorted(path.name for path in (tmp_path / "Trash" / "info").iterdir())
    assert notes == sorted(f"{Path(place).name}.trashinfo" for place in places)


def test_a_note_that_lost_its_file_keeps_its_name(tmp_path: Path, file: Path) -> None:
    trash = linux(tmp_path)
    Path(trash.delete(file).place).unlink()
    file.write_text("again")
    assert Path(trash.delete(file).place).name == "hips & ü-2.toml"


def test_a_link_goes_and_what_it_leads_to_stays(tmp_path: Path, file: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    trash = linux(tmp_path)
    trashed = trash.delete(link)
    assert file.read_text() == "text"
    trash.restore(trashed)
    assert link.readlink() == file


def test_without_any_trash_the_data_folder_has_one(tmp_path: Path, file: Path) -> None:
    (tmp_path / "Trash").write_text("in the way")
    trash = linux(tmp_path)
    trashed = trash.delete(file)
    assert Path(trashed.place) == tmp_path / "spare" / file.name
    assert trashed.note == ""
    trash.restore(trashed)
    assert file.read_text() == "text"


def test_where_nothing_can_be_moved_the_file_stays_and_it_is_said(
    tmp_path: Path, file: Path
) -> None:
    (tmp_path / "Trash").write_text("in the way")
    (tmp_path / "spare").write_text("in the way")
    with pytest.raises(RoutineError, match=r"^Cannot delete hips & ü\.toml: File exists$"):
        linux(tmp_path).delete(file)
    assert file.read_text() == "text"
    file.unlink()
    with pytest.raises(RoutineError, match=r"Cannot delete .*: No such file"):
        linux(tmp_path).delete(file)


def test_on_a_mac_it_is_the_trash_of_the_home(tmp_path: Path, file: Path) -> None:
    trash = Trash(tmp_path / "spare", home_trash=tmp_path / ".Trash", platform="darwin")
    trashed = trash.delete(file)
    assert Path(trashed.place) == tmp_path / ".Trash" / file.name
    trash.restore(trashed)
    assert file.read_text() == "text"


def test_the_systems_own_way_comes_first(tmp_path: Path, file: Path) -> None:
    def recycle(path: Path) -> Path:
        return path.rename(tmp_path / "$R1.toml")

    trash = Trash(tmp_path / "spare", to_trash=recycle)
    trashed = trash.delete(file)
    assert Path(trashed.place).name == "$R1.toml"
    assert trash.restore(trashed).file == str(file)


def test_a_system_that_does_not_say_where_gives_the_file_back(tmp_path: Path, file: Path) -> None:
    trash = Trash(tmp_path / "spare", to_trash=Path.unlink)  # type: ignore[arg-type]
    trashed = trash.delete(file)
    assert trashed.place == ""
    trash.restore(trashed)
    assert file.read_text() == "text"


def test_a_system_that_takes_nothing_leaves_it_to_the_data_folder(
    tmp_path: Path, file: Path
) -> None:
    trashed = Trash(tmp_path / "spare", to_trash=lambda _: None).delete(file)
    assert Path(trashed.place).parent == tmp_path / "spare"


OTHER_DISK = """
import ctypes, os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
libc = ctypes.CDLL(None, use_errno=True)
NEWUSER, NEWNS, PRIVATE = 0x10000000, 0x20000, 0x44000
top = Path({top!r})
mounted = (
    (libc.unshare(NEWNS) == 0 or libc.unshare(NEWUSER | NEWNS) == 0)
    and libc.mount(b"none", b"/", None, PRIVATE, None) == 0
    and libc.mount(b"tmpfs", os.fsencode(top), b"tmpfs", 0, b"size=64k") == 0
)
if not mounted:
    print("NO MOUNTS")
    raise SystemExit
from app.storage.trash import Trash
file = top / "in" / "x y.toml"
file.parent.mkdir()
trash = Trash(Path({spare!r}), home_trash=Path({home!r}), platform="linux")
for sticky in (False, True):
    if sticky:
        (top / ".Trash").mkdir()
        (top / ".Trash").chmod(0o1777)
    file.write_text("text")
    trashed = trash.delete(file)
    print(Path(trashed.place).relative_to(top).parent)
    print(Path(trashed.note).read_text().splitlines()[1])
    assert trash.restore(trashed).file == str(file)
    assert file.read_text() == "text"
"""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are Linux's")
def test_on_another_disk_it_is_that_disks_trash(tmp_path: Path) -> None:
    top = tmp_path / "disk"
    top.mkdir()
    program = OTHER_DISK.format(
        root=str(Path(__file__).parents[2]),
        top=str(top),
        spare=str(tmp_path / "spare"),
        home=str(tmp_path / "Trash"),
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], capture_output=True, text=True, check=True
    )
    if "NO MOUNTS" in done.stdout:
        pytest.skip("nothing may be mounted here")
    user = os.getuid()
    assert done.stdout.splitlines() == [
        f".Trash-{user}/files",
        "Path=in/x%20y.toml",
        f".Trash/{user}/files",
        "Path=in/x%20y.toml",
    ]
