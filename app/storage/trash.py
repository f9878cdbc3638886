"""Puts files in the platform's trash, where people look for what they deleted, and brings them back."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from app.domain.errors import RoutineError
from app.domain.filing import Filed, Trashed
from app.storage.atomic import write_atomically

ToTrash = Callable[[Path], Path | None]
"""Puts a file in the trash by the system's own means; returns where it is now, if that is known.

A file that is still there afterwards was not taken.
"""


class Trash:
    """Deletes files so that they can be had back, today or by the system's file manager."""

    def __init__(
        self,
        spare: Path,
        *,
        to_trash: ToTrash | None = None,
        home_trash: Path | None = None,
        platform: str = sys.platform,
    ) -> None:
        """`spare` is the folder for deleted files where the platform offers no other.

        `to_trash` is asked first, where the system has a way of its own (Windows). `home_trash`
        is the user's trash folder; None: the platform's.
        """
        self._spare = spare
        self._to_trash = to_trash
        self._platform = platform
        self._home_trash = home_trash

    def delete(self, file: Path) -> Trashed:
        """Put a file in the trash; RoutineError leaves it where it is."""
        try:
            content = file.read_bytes()
        except OSError as error:
            raise _cannot_delete(file, error) from error
        # A link goes as a link; what it leads to stays.
        path = Path(os.path.abspath(file))  # noqa: PTH100  (resolve() would follow the link)
        if self._to_trash is not None:
            place = self._to_trash(path)
            if not os.path.lexists(path):
                return Trashed(file=str(file), place=str(place or ""), content=content)
        elif self._platform == "darwin":
            with suppress(OSError):
                place = _move_into(path, self._home_trash or Path.home() / ".Trash")
                return Trashed(file=str(file), place=str(place), content=content)
        else:
            for trash, top in self._trashes(path):
                with suppress(OSError):
                    place, note = _move_with_note(path, trash, top)
                    return Trashed(
                        file=str(file), place=str(place), content=content, note=str(note)
                    )
        try:
            place = _move_into(path, self._spare)
        except OSError as error:
            raise _cannot_delete(file, error) from error
        return Trashed(file=str(file), place=str(place), content=content)

    def restore(self, trashed: Trashed) -> Filed:
        """Bring a file back to where it stood, under another name where one stands there now."""
        path = Path(trashed.file)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            back = _free_name(path.parent, path.name)
            _bring_back(trashed, back)
        except OSError as error:
            reason = error.strerror or str(error)
            raise RoutineError(f"Cannot bring back {path.name}: {reason}") from error
        if trashed.note:
            with suppress(OSError):
                Path(trashed.note).unlink()
        return Filed(file=str(back), wanted=path.name.removesuffix(".toml"))

    def _trashes(self, path: Path) -> Iterator[tuple[Path, Path | None]]:
        """Yield trash folders of the file's own disk, each with the folder that its paths count from."""
        home = self._home_trash
        if home is None:
            named = os.environ.get("XDG_DATA_HOME", "")
            data = Path(named) if named.startswith("/") else Path.home() / ".local/share"
            home = data / "Trash"
        device = path.lstat().st_dev
        if _device_of(home) == device:
            yield home, None
            return
        top = path.parent
        while not top.is_mount() and top.parent.lstat().st_dev == device:
            top = top.parent
        user = str(os.getuid())
        shared = top / ".Trash"
        with suppress(OSError):
            status = shared.lstat()
            # Only with the sticky bit nobody takes another one's files away.
            if stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX:
                yield shared / user, top
        yield top / f".Trash-{user}", top


def _cannot_delete(file: Path, error: OSError) -> RoutineError:
    reason = error.strerror or str(error)
    return RoutineError(f"Cannot delete {file.name}: {reason}")


def _device_of(folder: Path) -> int | None:
    """Return the disk of a folder that may have to be made; None where nothing is known of it."""
    for place in (folder, *folder.parents):
        with suppress(OSError):
            return place.stat().st_dev
    return None


def _free_name(folder: Path, name: str, *others: Path) -> Path:
    """Return a path in a folder where nothing stands; nor may anything in `others` of that name."""
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    number, proposed = 1, name
    while os.path.lexists(folder / proposed) or any(
        os.path.lexists(other / f"{proposed}.trashinfo") for other in others
    ):
        number += 1
        proposed = f"{stem}-{number}{dot}{suffix}"
    return folder / proposed


def _move_with_note(path: Path, trash: Path, top: Path | None) -> tuple[Path, Path]:
    """Move a file into a trash of the FreeDesktop kind; return its place and its note's."""
    files, notes = trash / "files", trash / "info"
    for folder in (trash, files, notes):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    shown = quote(os.fsencode(path if top is None else path.relative_to(top)))
    deleted = datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%S")
    text = f"[Trash Info]\nPath={shown}\nDeletionDate={deleted}\n"
    while True:
        place = _free_name(files, path.name, notes)
        note = notes / f"{place.name}.trashinfo"
        try:
            # The note first: it reserves the name, so the specification has it.
            descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123  (a descriptor has no path)
                file.write(text.encode())
            path.rename(place)
        except BaseException:
            with suppress(OSError):
                note.unlink()
            raise
        return place, note


def _move_into(path: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    place = _free_name(folder, path.name)
    shutil.move(path, place)
    return place


def _bring_back(trashed: Trashed, back: Path) -> None:
    place = Path(trashed.place) if trashed.place else None
    if place is not None and os.path.lexists(place):
        shutil.move(place, back)
        return
    write_atomically(back, trashed.content)
