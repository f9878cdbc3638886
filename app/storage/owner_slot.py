"""Tells whether the process that plays a session is alive, by a lock that dies with it."""

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

_MENDING = 0
"""The byte that a process locks while it moves or replaces files."""
_SLOTS = 2**31 - 1
_ATTEMPTS = 8


class OwnerSlots:
    """Byte-range locks on one small file: each process holds one byte of it, at random.

    The system drops a lock when its process ends, however it ends, so there is nothing to clean up
    and no process id that could be taken over by another program. Not to be made twice for one
    file in one process: closing a file gives up all of a process's locks on it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._own: int | None = None
        self._opening = threading.Lock()

    def claim(self) -> int | None:
        """Return this process's slot; None where the file system has no locks to give."""
        if self._own is None and self._open(os.O_RDWR | os.O_CREAT):
            for _ in range(_ATTEMPTS):
                slot = 1 + int.from_bytes(os.urandom(4), "big") % (_SLOTS - 1)
                if self._lock(slot):
                    self._own = slot
                    break
        return self._own

    def is_alive(self, slot: int | None) -> bool:
        """Whether the process that claimed `slot` still runs, this one included."""
        if slot is None or not 0 < slot < _SLOTS:
            return False
        if slot == self._own:
            return True
        if not self._open(os.O_RDWR) and not self._open(os.O_RDONLY):
            return False
        if self._lock(slot, only_look=True):
            self._unlock(slot)
            return False
        return True

    def begin_mending(self, patience_s: float = 5.0) -> None:
        """Wait until no other process moves files here, then keep others from it."""
        if not self._open(os.O_RDWR | os.O_CREAT):
            return
        end = monotonic() + patience_s
        while not self._lock(_MENDING) and monotonic() < end:
            sleep(0.02)

    def end_mending(self) -> None:
        if self._descriptor is not None:
            self._unlock(_MENDING)

    def close(self) -> None:
        """Give up the slot."""
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor = self._own = None

    def _open(self, flags: int) -> bool:
        with self._opening:
            if self._descriptor is None:
                with suppress(OSError):
                    self._descriptor = os.open(self._path, flags, 0o666)
            return self._descriptor is not None

    if sys.platform == "win32":

        def _lock(self, slot: int, *, only_look: bool = False) -> bool:  # noqa: ARG002
            import msvcrt  # noqa: PLC0415  (only there)

            assert self._descriptor is not None  # noqa: S101  (opened by every caller)
            os.lseek(self._descriptor, slot, os.SEEK_SET)
            try:
                msvcrt.locking(self._descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
            return True

        def _unlock(self, slot: int) -> None:
            import msvcrt  # noqa: PLC0415  (only there)

            assert self._descriptor is not None  # noqa: S101  (opened by every caller)
            os.lseek(self._descriptor, slot, os.SEEK_SET)
            with suppress(OSError):
                msvcrt.locking(self._descriptor, msvcrt.LK_UNLCK, 1)

    else:

        def _lock(self, slot: int, *, only_look: bool = False) -> bool:
            """Lock one byte; where the file system knows no locks at all, act as if it were free."""
            import fcntl  # noqa: PLC0415  (only there)

            assert self._descriptor is not None  # noqa: S101  (opened by every caller)
            # A shared lock is enough to look, works on a file that may only be read, and two
            # processes that look at once do not take each other for the owner.
            kind = fcntl.LOCK_SH if only_look else fcntl.LOCK_EX
            try:
                fcntl.lockf(self._descriptor, kind | fcntl.LOCK_NB, 1, slot)
            except (BlockingIOError, PermissionError):
                return False
            except OSError:
                return only_look
            return True

        def _unlock(self, slot: int) -> None:
            import fcntl  # noqa: PLC0415  (only there)

            assert self._descriptor is not None  # noqa: S101  (opened by every caller)
            with suppress(OSError):
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, slot)
