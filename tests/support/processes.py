"""Processes under test: started to die with us, measured, and ended by id."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
_PROC = Path("/proc")


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    output: IO[bytes],
    stdout: int | IO[bytes] | None = None,
    cwd: Path | None = None,
    keep: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own that the kernel ends when this one ends.

    Both of its outputs go to `output`, unless `stdout` says where else. `keep` are the file
    descriptors that it inherits.
    """
    return subprocess.Popen(
        command,
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output if stdout is None else stdout,
        stderr=output,
        start_new_session=True,
        pass_fds=keep,
        preexec_fn=_die_with_parent,  # noqa: PLW1509  (one call into libc, no lock to wait for)
    )


def end(process: subprocess.Popen[bytes], *, patience_s: float = 3.0) -> None:
    """End a process and what it started, politely first; one that has ended is fine."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience_s)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def tree(root: int) -> list[int]:
    """Return `root` and all that it started, directly or not."""
    children = defaultdict(list)
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                stat = (entry / "stat").read_bytes()
                children[int(stat.rsplit(b")", 1)[1].split()[1])].append(int(entry.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children[pid]
    return found


def cpu_seconds(root: int) -> float:
    """Return the CPU time that a process, its threads and its children have used so far."""
    total = 0
    for pid in tree(root):
        for schedstat in (_PROC / str(pid) / "task").glob("*/schedstat"):
            with contextlib.suppress(OSError, IndexError):
                total += int(schedstat.read_bytes().split()[0])
    return total / 1e9


def memory_mb(root: int, field: str = "Pss") -> float:
    """Return the memory of a process and its children in MiB (Pss: shared pages in part)."""
    total = 0
    for pid in tree(root):
        with contextlib.suppress(OSError):
            rollup = (_PROC / str(pid) / "smaps_rollup").read_bytes()
            if match := re.search(rf"^{field}:\s*(\d+)".encode(), rollup, re.MULTILINE):
                total += int(match[1])
    return total / 1024
