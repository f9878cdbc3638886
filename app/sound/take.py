"""Takes: temporary PCM that a session plays from, in a sparse file or, failing that, in memory."""

import contextlib
import logging
import os
import re
import sys
import tempfile
from bisect import bisect_left, insort
from itertools import count
from operator import itemgetter
from pathlib import Path

from app.sound.pcm import FRAME_BYTES, frames

PADDING = frames(10 * 60_000)
"""Silence after the last cue, so that the stream stays open; sparse, so it costs nothing."""
IN_MEMORY = frames(60_000)
"""How much a take in memory holds: 12 MB, and as much again in the hands of the output."""

Span = tuple[int, int]
"""Frames from the first to before the second."""

_start, _end = itemgetter(0), itemgetter(1)
_NAME = re.compile(r"take-(\d+)-\d+\.pcm")
_log = logging.getLogger(__name__)


class Take:
    """Silence into which sounds are written at frames of the take."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.written: list[Span] = []
        """Where sounds are, as (start, end), in order, not overlapping."""

    def write(self, frame: int, pcm: bytes) -> None:
        """Put a sound where there is silence. OSError when there is no room for it."""
        self._put(frame, pcm)
        insort(self.written, (frame, frame + len(pcm) // FRAME_BYTES))

    def overwrite(self, frame: int, pcm: bytes) -> None:
        """Change what sounds there."""
        self._put(frame, pcm)

    def rewrite(self, frame: int, pcm: bytes, spans: list[Span]) -> list[Span]:
        """Put `pcm` there, whatever stood there, sounding in `spans`; return what sounds later."""
        self._put(frame, pcm)
        end = frame + len(pcm) // FRAME_BYTES
        before = [(start, min(stop, frame)) for start, stop in self.written if start < frame]
        later = [(max(start, end), stop) for start, stop in self.written if stop > end]
        self.written = before + [(max(frame, start), stop) for start, stop in spans] + later
        return later

    def erase(self, start: int, end: int) -> None:
        """Make the frames from `start` to `end` silent where there is sound."""
        first, last = self._touching(start, end)
        kept: list[Span] = []
        for a, b in self.written[first:last]:
            begin, stop = max(a, start), min(b, end)
            self._put(begin, bytes((stop - begin) * FRAME_BYTES))
            kept += [(a, begin)] * (a < begin) + [(stop, b)] * (stop < b)
        self.written[first:last] = kept

    def sounding(self, start: float, end: float) -> Span | None:
        """Return the first stretch of sound that reaches into `start` to `end`."""
        first, last = self._touching(start, end)
        return self.written[first] if first < last else None

    def _touching(self, start: float, end: float) -> tuple[int, int]:
        """Return which of `written` reach into `start` to `end`, as a slice."""
        first = bisect_left(self.written, start, key=_end)
        if first < len(self.written) and self.written[first][1] == start:
            first += 1
        return first, bisect_left(self.written, end, lo=first, key=_start)

    def read(self, frame: int, length: int) -> bytes:
        raise NotImplementedError

    def _put(self, frame: int, pcm: bytes) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Give the room back."""


class FileTake(Take):
    """A take in a sparse file, which may be changed while it is played."""

    def __init__(self, path: Path, length: int) -> None:
        """Create the file. OSError when it cannot be."""
        super().__init__(length)
        self.path = path
        # Unbuffered: what is written must be there for the player at once.
        self._file = path.open("xb+", buffering=0)
        try:
            self._file.truncate(length * FRAME_BYTES)
        except OSError:
            self.close()
            raise

    def lengthen(self, length: int) -> None:
        """Add silence at the end; a player sees it at once."""
        self._file.truncate(length * FRAME_BYTES)
        self.length = length

    def read(self, frame: int, length: int) -> bytes:
        self._file.seek(frame * FRAME_BYTES)
        pcm = self._file.read(length * FRAME_BYTES) or b""
        return pcm.ljust(length * FRAME_BYTES, b"\0")

    def _put(self, frame: int, pcm: bytes) -> None:
        self._file.seek(frame * FRAME_BYTES)
        rest = memoryview(pcm)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]

    def close(self) -> None:
        self._file.close()
        # Where a player still has it open and the system minds, the next start clears it away.
        with contextlib.suppress(OSError):
            self.path.unlink()


class MemoryTake(Take):
    """The next minute in memory, complete before they are played."""

    def __init__(self) -> None:
        super().__init__(IN_MEMORY)
        self._pcm = bytearray(IN_MEMORY * FRAME_BYTES)

    @property
    def pcm(self) -> bytes:
        return bytes(self._pcm)

    def read(self, frame: int, length: int) -> bytes:
        pcm = bytes(self._pcm[frame * FRAME_BYTES : (frame + length) * FRAME_BYTES])
        return pcm.ljust(length * FRAME_BYTES, b"\0")

    def _put(self, frame: int, pcm: bytes) -> None:
        room = max(0, self.length - frame) * FRAME_BYTES
        place = frame * FRAME_BYTES
        self._pcm[place : place + min(len(pcm), room)] = pcm[:room]


class TakeFolder:
    """Where takes are made: the given folder, else the system's for temporary files, else memory.

    Takes that a crash left behind are removed when the first one is made.
    """

    def __init__(self, folder: Path) -> None:
        self._folders = [folder, Path(tempfile.gettempdir()) / f"warmdown-{_user()}"]
        self._numbers = count()
        self._cleared = False

    def new(self, length: int) -> Take:
        """Return an empty take of `length` frames and the padding; in memory it may be shorter."""
        if not self._cleared:
            self._cleared = True
            for folder in self._folders:
                _clear(folder)
        name = f"take-{os.getpid()}-{next(self._numbers)}.pcm"
        for folder in list(self._folders):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                return FileTake(folder / name, length + PADDING)
            except OSError as error:
                _log.warning("No session sound in %s: %s", folder, error)
                self._folders.remove(folder)
        return MemoryTake()

    def give_up(self, take: Take) -> None:
        """Do without the folder that this take is in: it cannot be written to its end."""
        if isinstance(take, FileTake):
            self._folders = [f for f in self._folders if f != take.path.parent]


def _user() -> str:
    return str(os.getuid()) if sys.platform != "win32" else os.environ.get("USERNAME", "user")


def _clear(folder: Path) -> None:
    try:
        names = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:
        return
    for path in names:
        match = _NAME.fullmatch(path.name)
        if match is not None and not _runs(int(match[1])):
            with contextlib.suppress(OSError):
                path.unlink()


def _runs(pid: int) -> bool:
    """Whether another process with that id may be using its takes."""
    if pid == os.getpid():
        return False
    if sys.platform == "win32":
        return False  # its open files cannot be removed anyway
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
