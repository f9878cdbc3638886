"""Keeps small pictures between starts, so that the first one needs no drawing."""

from contextlib import suppress
from pathlib import Path

FILES_MAX = 32
"""The oldest go when there are more."""
_SUFFIX = ".png"


class PictureCache:
    """Files in one folder. What cannot be read or written is simply not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, key: str) -> bytes | None:
        """Return what was kept under a key; the key must be usable as a file's name."""
        try:
            return (self._folder / f"{key}{_SUFFIX}").read_bytes()
        except OSError:
            return None

    def save(self, key: str, data: bytes) -> None:
        from app.storage.atomic import write_atomically  # noqa: PLC0415  (after the first picture)

        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / f"{key}{_SUFFIX}", data, durable=False)
            self._drop_old()

    def _drop_old(self) -> None:
        files = sorted(self._folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
        for path in files[:-FILES_MAX]:
            path.unlink(missing_ok=True)
