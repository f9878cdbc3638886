"""The real app with a home that may not be written, and one without room."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

from stage import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stage import App

ROUTINE = """\
schema = 1
name = "Two short steps"
[[blocks]]
name = "Reach"
steps = [
  { name = "Reach up", seconds = 2, changeover = 0 },
  { name = "Reach down", seconds = 2, changeover = 0 },
]
"""
PATIENCE_S = 60.0

# The window's messages also go to stderr, where a test can read them.
TELL = """
import sys
from app.ui.main_window import MainWindow
from app.domain.recorder import Recorder
_say, _handle = MainWindow.say, Recorder.handle
def say(self, text, *more, **keys):
    print("SAID", text, file=sys.stderr, flush=True)
    return _say(self, text, *more, **keys)
def handle(self, event, now):
    print("EVENT", type(event).__name__, file=sys.stderr, flush=True)
    return _handle(self, event, now)
MainWindow.say, Recorder.handle = say, handle
"""

# Root may write everywhere; without its capabilities it is a user like any other.
NO_PRIVILEGES = """
import ctypes
class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]
none = (ctypes.c_uint32 * 6)()
assert ctypes.CDLL(None).capset(ctypes.byref(Header(0x20080522, 0)), none) == 0
"""

# A tiny disk of the app's own over its home, or where mounting is not allowed a limit on the size
# of files; a signal takes it away.
NO_ROOM = """
import ctypes, os, resource, signal, threading
libc = ctypes.CDLL(None, use_errno=True)
NEWUSER, NEWNS, REMOUNT, PRIVATE = 0x10000000, 0x20000, 0x20, 0x44000
home = os.environ["WARMDOWN_HOME"].encode()
mounted = (
    (libc.unshare(NEWNS) == 0 or libc.unshare(NEWUSER | NEWNS) == 0)
    and libc.mount(b"none", b"/", None, PRIVATE, None) == 0
    and libc.mount(b"tmpfs", home, b"tmpfs", 0, b"size=48k") == 0
)
# Python would leave cut-off bytecode files behind, in a limit on the size of files.
import sys
sys.dont_write_bytecode = True
if not mounted:
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
def make_room():
    signal.sigwait({signal.SIGUSR1})
    if mounted:
        assert libc.mount(b"tmpfs", home, b"tmpfs", REMOUNT, b"size=64m") == 0
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
    print("ROOM", file=sys.stderr, flush=True)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
threading.Thread(target=make_room, daemon=True).start()
"""

# What the history holds at the end, from inside: nobody else sees that disk.
COUNT_AT_THE_END = """
import app.storage.history_db as history_db
_close = history_db.HistoryDb.close
def close(self, *more):
    print("KEPT", [session.status.value for session in self.summaries()], file=sys.stderr)
    return _close(self, *more)
history_db.HistoryDb.close = close
"""


def wait_for(app: App, what: str, count: int = 1) -> None:
    wait_until(
        lambda: app.output().count(what) >= count, within_s=PATIENCE_S, what=f"{what!r} in its log"
    )


def said(app: App) -> list[str]:
    return re.findall(r"^SAID (.*)$", app.output(), re.MULTILINE)


def test_a_home_that_may_not_be_written_is_said_and_the_session_runs(
    launch: Callable[..., App], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    routine = tmp_path / "two-steps.toml"
    routine.write_text(ROUTINE, "utf-8")
    app = launch("start", str(routine), home=home, before=NO_PRIVILEGES + TELL)
    app.wait_for_window()
    wait_for(app, "EVENT SessionEnded")
    assert app.process.poll() is None
    complaints = [text for text in said(app) if "Sessions are not being kept" in text]
    # When it starts and perhaps when the session does, but not with every step.
    assert 1 <= len(complaints) <= 2
    assert len(set(complaints)) == 1
    assert f"{home / 'data'} cannot be written" in complaints[0]
    app.close_window()
    assert app.wait() == 0
    assert list(home.iterdir()) == []


def test_a_full_disk_is_said_and_the_session_is_saved_once_there_is_room(
    launch: Callable[..., App], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    routine = tmp_path / "two-steps.toml"
    routine.write_text(ROUTINE, "utf-8")
    app = launch("start", str(routine), home=home, before=NO_ROOM + TELL + COUNT_AT_THE_END)
    app.wait_for_window()
    wait_for(app, "SAID Sessions are not being kept")
    wait_for(app, "EVENT SessionEnded")
    app.process.send_signal(signal.SIGUSR1)
    wait_for(app, "ROOM")
    wait_for(app, "SAID Sessions are saved again.")
    app.close_window()
    assert app.wait() == 0
    assert "KEPT ['completed']" in app.output()
