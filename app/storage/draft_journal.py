"""Keeps what is edited and not saved yet, so that it outlives the app: a small file for each."""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from app.domain.editing import Document, OpenRoutine
from app.domain.errors import RoutineError
from app.storage.atomic import write_atomically
from app.storage.draft_codec import DamagedError, DraftEncoder, decode

_VERSION = 1
_SUFFIX = ".json"
_DAMAGED = "damaged"


class DraftJournal:
    """Keeps drafts in a folder of their own. What cannot be read is put aside, never deleted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._encoders: dict[str, DraftEncoder] = {}

    def keep(self, opened: OpenRoutine, document: Document) -> None:
        """Keep a document that is to be saved to a file; RoutineError where it cannot be kept."""
        encoder = self._encoders.setdefault(opened.file, DraftEncoder())
        content = (
            f'{{"version": {_VERSION}, "file": {json.dumps(opened.file)},'
            f' "text": {json.dumps(opened.text)}, "document": {encoder.encode(document)}}}\n'
        )
        path = self._path(opened.file)
        try:
            try:
                write_atomically(path, content.encode(), durable=False)
            except FileNotFoundError:
                self._folder.mkdir(parents=True, exist_ok=True)
                write_atomically(path, content.encode(), durable=False)
        except OSError as error:
            reason = error.strerror or str(error)
            raise RoutineError(f"What is not saved yet cannot be kept: {reason}") from error

    def forget(self, file: str) -> None:
        """Drop a file's draft, if it has one."""
        self._encoders.pop(file, None)
        # One that stays would only be offered again.
        with suppress(OSError):
            self._path(file).unlink()

    def has(self, file: str) -> bool:
        return self._path(file).exists()

    def draft(self, file: str) -> OpenRoutine | None:
        """Return a file's draft, if it has one."""
        return self._read_one(self._path(file))

    def read(self) -> list[OpenRoutine]:
        """Return all drafts, each with the text that its file had; the oldest first."""
        try:
            paths = [path for path in self._folder.iterdir() if path.suffix == _SUFFIX]
            paths.sort(key=lambda path: path.stat().st_mtime_ns)
        except OSError:
            return []
        return [draft for draft in map(self._read_one, paths) if draft is not None]

    def _read_one(self, path: Path) -> OpenRoutine | None:
        try:
            content = path.read_text(encoding="utf-8")
        except OSError:
            return None
        except UnicodeDecodeError:
            self._put_aside(path)
            return None
        try:
            return _read(content)
        except (ValueError, TypeError, KeyError, RecursionError):
            self._put_aside(path)
            return None

    def _put_aside(self, path: Path) -> None:
        aside = self._folder / _DAMAGED
        with suppress(OSError):
            aside.mkdir(exist_ok=True)
            place = aside / path.name
            number = 1
            while place.exists():
                number += 1
                place = aside / f"{path.stem}-{number}{_SUFFIX}"
            path.rename(place)

    def _path(self, file: str) -> Path:
        name = os.path.basename(file).removesuffix(".toml")[:60]  # noqa: PTH119  (any path)
        return self._folder / f"{name}-{sha256(os.fsencode(file)).hexdigest()[:12]}{_SUFFIX}"


def _read(content: str) -> OpenRoutine:
    made = json.loads(content)
    file, text = made["file"], made["text"]
    if made["version"] != _VERSION or type(file) is not str or type(text) is not str:
        raise DamagedError(content[:40])
    return OpenRoutine(file=file, document=decode(made["document"]), text=text)
