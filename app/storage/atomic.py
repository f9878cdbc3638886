"""Writes a file whole or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def write_atomically(
    path: Path,
    content: bytes,
    *,
    durable: bool = True,
    before: Callable[[], object] | None = None,
) -> None:
    """Replace the file at `path` by `content`; raises OSError and leaves the old file as it was.

    A link is followed, so that a file kept elsewhere stays there. The old file's permissions are
    kept. `durable=False` leaves out the wait for the disk, for what can be made again.
    `before` is called when all is ready, just before the old file is replaced: what it raises
    leaves that as it was.
    """
    target = Path(os.path.realpath(path))
    # Not the tempfile module: its imports cost more than the write, and mode 0o666 lets the
    # process's umask decide as for any new file.
    part = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(part, flags, 0o666)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123  (a descriptor has no path)
            file.write(content)
            file.flush()
            _keep_permissions(descriptor, target)
            if durable:
                os.fsync(descriptor)
        if before is not None:
            before()
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    if durable:
        _sync_folder(target.parent)


def _keep_permissions(descriptor: int, target: Path) -> None:
    if hasattr(os, "fchmod"):
        with suppress(FileNotFoundError, PermissionError):
            os.fchmod(descriptor, target.stat().st_mode & 0o7777)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; where folders cannot be opened the system does it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
