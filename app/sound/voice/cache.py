"""Keeps rendered and decoded sentences on disk, so that each is made once."""

import json
import logging
import os
import struct
import threading
import time
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from app.sound.voice.spoken import Spoken

LIMIT_BYTES = 200 * 1024 * 1024
_KEPT = 0.8
"""How much of the limit is left when the oldest files go, so that they do not go one by one."""
_HEADER = struct.Struct("<4sIII")
"""What it is, the onset, the length in bytes, and the checksum of the PCM."""
_MAGIC = b"WDV1"
_SUFFIX = ".pcm"
_LEFT_BEHIND_S = 3_600
"""As old as this, a file that is being written is one that was given up."""

_log = logging.getLogger(__name__)


def key(*parts: object) -> str:
    """Return the name under which what these parts describe is kept."""
    return sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:40]


class SpokenCache:
    """Files in one folder, those not used for longest removed first. For any thread.

    What cannot be read, or is not what was written, is not there; what cannot be written is not
    kept.
    """

    def __init__(self, folder: Path, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._lock = threading.Lock()
        self._room: int | None = None
        """How much may be written before the folder is looked through again."""
        self._complained = False

    def load(self, name: str) -> Spoken | None:
        path = self._path(name)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        spoken = _unpacked(data)
        with suppress(OSError):
            if spoken is None:
                path.unlink()
            else:
                os.utime(path)
        return spoken

    def save(self, name: str, spoken: Spoken) -> None:
        data = _packed(spoken)
        path = self._path(name)
        part = path.with_name(f".{name}.{os.urandom(4).hex()}.tmp")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(data)
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            self._make_room(len(data))
        except OSError as error:
            if not self._complained:
                self._complained = True
                _log.info("Spoken sentences are not kept in %s: %s", self._folder, error)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"

    def _make_room(self, written: int) -> None:
        with self._lock:
            if self._room is not None and (room := self._room - written) > 0:
                self._room = room
                return
            total = self._trim()
            self._room = max(0, self._limit - total)

    def _trim(self) -> int:
        """Remove what is too much; return how many bytes are left."""
        now_s = time.time()
        found = []
        for entry in os.scandir(self._folder):
            with suppress(OSError):
                status = entry.stat()
                if entry.name.endswith(_SUFFIX):
                    found.append((status.st_mtime_ns, status.st_size, entry.path))
                elif entry.name.endswith(".tmp") and now_s - status.st_mtime > _LEFT_BEHIND_S:
                    Path(entry).unlink()
        total = sum(size for _, size, _ in found)
        if total > self._limit:
            for _, size, path in sorted(found):
                if total <= self._limit * _KEPT:
                    break
                with suppress(OSError):
                    Path(path).unlink()
                    total -= size
        return total


def _packed(spoken: Spoken) -> bytes:
    pcm = spoken.pcm
    return _HEADER.pack(_MAGIC, spoken.onset, len(pcm), zlib.crc32(pcm)) + pcm


def _unpacked(data: bytes) -> Spoken | None:
    if len(data) <= _HEADER.size:
        return None
    magic, onset, length, checksum = _HEADER.unpack_from(data)
    pcm = data[_HEADER.size :]
    if magic != _MAGIC or len(pcm) != length or zlib.crc32(pcm) != checksum:
        return None
    try:
        return Spoken(pcm, onset)
    except ValueError:
        return None
