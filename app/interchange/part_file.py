"""Lets a file come into being whole or not at all: it is written beside its place, then renamed."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from app.domain.errors import ExportError

if TYPE_CHECKING:
    from types import TracebackType


class TakenError(ExportError):
    """Another file has that name already."""


_NAME_LENGTH = 40
"""How much of the file's name the part's name has: the system limits its length."""


class PartFile:
    """A file in the making. A context manager: what was not kept by its end leaves no trace.

    Every failure is an ExportError that names the file and the reason in one sentence.
    """

    def __init__(self, path: Path, *, replace: bool = False) -> None:
        """Make room for the file at `path`; with `replace` it may take another one's place."""
        self.path = path
        self._replace = replace
        try:
            self._check()
            # A link is followed, so that a file kept elsewhere stays there.
            self._target = Path(os.path.realpath(path))
            name = f".{self._target.name[:_NAME_LENGTH]}.{os.urandom(4).hex()}.part"
            self._part = self._target.with_name(name)
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            # Mode 0o666: the process's umask decides, as for any new file.
            descriptor = os.open(self._part, flags, 0o666)
        except OSError as error:
            raise self.failed(error) from error
        self.file: BinaryIO = open(descriptor, "w+b")  # noqa: PTH123, SIM115  (closed in __exit__)

    def keep(self) -> None:
        """Put the finished file in its place."""
        try:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            self._check()
            self._part.replace(self._target)
        except OSError as error:
            raise self.failed(error) from error

    def failed(self, error: OSError) -> ExportError:
        """Return what to raise for an error of the system's."""
        parent = self.path.parent
        if isinstance(error, FileNotFoundError) and not parent.exists():
            return ExportError(f"Cannot write {self.path}: there is no folder {parent}")
        return ExportError(f"Cannot write {self.path}: {error.strerror or error}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What a full disk could not take is still in the buffer, and would be tried again.
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self._part.unlink()

    def _check(self) -> None:
        """Raise ExportError where something stands in the way."""
        try:
            mode = self.path.stat().st_mode
        except FileNotFoundError:
            return
        if stat.S_ISDIR(mode):
            raise ExportError(f"Cannot write {self.path}: it is a folder")
        if not stat.S_ISREG(mode):
            raise ExportError(f"Cannot write {self.path}: it is no regular file")
        if not self._replace:
            raise TakenError(f"{self.path} is there already")
