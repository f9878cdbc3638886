"""Unexpected errors: writes a log, says where it is, saves the session, keeps the window open."""

import faulthandler
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, TextIO, cast

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
    qVersion,
)

from app import __version__

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

_LOG_BYTES, _LOGS_KEPT = 512 * 1024, 3
_TOLD_AGAIN_S = 60.0
_LOGGED_AT_ONCE = 3

_LEVELS = {
    QtMsgType.QtDebugMsg: "DEBUG",
    QtMsgType.QtInfoMsg: "INFO",
    QtMsgType.QtWarningMsg: "WARNING",
    QtMsgType.QtCriticalMsg: "ERROR",
    QtMsgType.QtFatalMsg: "CRITICAL",
}
_NOT_LOGGED = {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}


class CrashHandler(QObject):
    """Catches what nobody expected, on every thread. `install` once, `uninstall` at the end."""

    happened = cast("TypedSignal[str]", Signal(str))
    """Something went wrong: a sentence that says where the log is. Told once per minute at most
    for the same place, and in the thread that the object belongs to."""

    _arrived = Signal(str)

    def __init__(
        self, logs: Path, *, save: Callable[[], object], parent: QObject | None = None
    ) -> None:
        """`save` keeps the running session; it is called first, in the object's thread."""
        super().__init__(parent)
        self._log = _Log(logs / "warmdown.log")
        self._save = save
        self._told: dict[str, float] = {}
        self._inside = threading.local()
        self._faults_path = logs / "faults.log"
        self._faults: TextIO | None = None
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        # Queued: whatever was going on when it happened comes to its end first.
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def log(self) -> Path:
        return self._log.path

    def install(self) -> None:
        """Take over every hook. A folder that cannot be written costs the log and nothing else."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        sys.unraisablehook = self._caught_unraisable
        qInstallMessageHandler(self._qt_said)
        with suppress(OSError):
            self._faults_path.parent.mkdir(parents=True, exist_ok=True)
            if self._take_in_old_faults():
                # Once someone can listen.
                QTimer.singleShot(0, self._tell_of_last_time)
            self._faults = self._faults_path.open("w", encoding="utf-8")
        if self._faults is not None:
            faulthandler.enable(self._faults)
        elif sys.stderr is not None:
            faulthandler.enable()

    def uninstall(self) -> None:
        """Give every hook back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(None)
        faulthandler.disable()
        if self._faults is not None:
            self._faults.close()
            self._faults = None

    # Python

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            # Ctrl+C in the terminal that it was started from.
            QCoreApplication.quit()
            return
        self._report(kind, error, trace)

    def _caught_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None and not issubclass(caught.exc_type, SystemExit):
            self._report(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _caught_unraisable(self, caught: "sys.UnraisableHookArgs") -> None:
        if caught.exc_value is not None:
            self._report(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an error and tell of it; an error in here ends here."""
        if getattr(self._inside, "report", False):
            return
        self._inside.report = True
        try:
            frame = traceback.extract_tb(trace)[-1:]
            place = (
                f"{kind.__name__} {frame[0].filename}:{frame[0].lineno}" if frame else str(error)
            )
            text = "".join(traceback.format_exception(kind, error, trace))
            is_logged = self._log.write("ERROR", text, place=place)
            now = monotonic()
            if now - self._told.get(place, -_TOLD_AGAIN_S) >= _TOLD_AGAIN_S:
                self._told[place] = now
                self._arrived.emit(self._sentence(is_logged=is_logged))
        except Exception:  # noqa: BLE001  (the last line of defence must not raise)
            _to_terminal("warmdown: an error could not be reported\n")
        finally:
            self._inside.report = False

    def _sentence(self, *, is_logged: bool) -> str:
        told = self.tr("Something went wrong; Warmdown goes on.")
        where = (
            self.tr("The log is in {path}.") if is_logged else self.tr("{path} cannot be written.")
        )
        return f"{told} {where.format(path=self.log)}"

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        try:
            self._save()
        finally:
            self.happened.emit(sentence)

    # Qt, and what no hook sees

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind not in _NOT_LOGGED:
            level = _LEVELS.get(kind, "WARNING")
            self._log.write(level, f"{context.category or 'qt'}: {text}\n", place=text)

    def _take_in_old_faults(self) -> bool:
        """Move what the interpreter wrote when the app last died into the log; True if it did."""
        try:
            died = self._faults_path.stat()
            text = self._faults_path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        if not text.strip():
            return False
        return self._log.write("CRITICAL", f"Warmdown died:\n{text}", at=died.st_mtime)

    @Slot()
    def _tell_of_last_time(self) -> None:
        told = self.tr("Warmdown ended unexpectedly last time.")
        self.happened.emit(f"{told} {self.tr('The log is in {path}.').format(path=self.log)}")


class _Log:
    """A text file that never grows beyond a few hundred kilobytes; its elders are numbered."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: Counter[str] = Counter()
        self._is_begun = False

    def write(
        self, level: str, text: str, *, place: str | None = None, at: float | None = None
    ) -> bool:
        """Append to the log and to the terminal; True if there is now a log that says it.

        What comes from the same `place` again and again (a picture is painted 30 times a second)
        is written a few times, and then ever more seldom. `at` is the moment in seconds, where it
        is not now.
        """
        from datetime import datetime  # noqa: PLC0415  (only when something goes wrong)

        with self._lock:
            count = 1
            if place is not None:
                self._seen[place] += 1
                count = self._seen[place]
                if count > _LOGGED_AT_ONCE and str(count).strip("0") != "1":
                    return self.path.exists()
            moment = datetime.now() if at is None else datetime.fromtimestamp(at)  # noqa: DTZ005, DTZ006
            times = f" (for the {count}th time)" if count > _LOGGED_AT_ONCE else ""
            entry = (
                f"{moment.astimezone().isoformat(timespec='milliseconds')} {level}{times} {text}"
            )
            _to_terminal(text)
            try:
                self._append(entry)
            except OSError:
                return False
            return True

    def _append(self, entry: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and self.path.stat().st_size > _LOG_BYTES:
            for number in range(_LOGS_KEPT - 1, 0, -1):
                elder = self.path.with_suffix(f".{number}.log")
                if elder.exists():
                    elder.replace(self.path.with_suffix(f".{number + 1}.log"))
            self.path.replace(self.path.with_suffix(".1.log"))
        with self.path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            if not self._is_begun:
                log.write(f"-- {_versions()}\n")
                self._is_begun = True
            log.write(entry)


def _versions() -> str:
    import platform  # noqa: PLC0415  (only when something goes wrong)

    return (
        f"Warmdown {__version__}, Python {platform.python_version()}, Qt {qVersion()},"
        f" {platform.platform()}"
    )


def _to_terminal(text: str) -> None:
    # Without a terminal (started from a menu on Windows) there is no stderr at all.
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(text)
