"""Unexpected errors: writes a log, says where it is, saves the session, keeps the window open."""

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO, cast

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

_LOG_BYTES, _LOGS_KEPT = 512 * 1024, 3

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashHandler(QObject):
    """Catches what nobody expected, on every thread. `install` once, `uninstall` at the end."""

    happened = cast("TypedSignal[str]", Signal(str))
    """Something went wrong: a sentence that says where the log is. Told once per minute at most
    for the same place, and in the thread that the object belongs to."""

    def __init__(
        self, logs: Path, *, save: Callable[[], object], parent: QObject | None = None
    ) -> None:
        """`save` keeps the running session; it is called first, in the object's thread."""
        super().__init__(parent)
        self._logs = logs
        self._save = save
        self._told: set[str] = set()
        self._busy = False
        self._faults: TextIO | None = None
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._arrived.connect(self._tell)

    _arrived = cast("TypedSignal[str]", Signal(str))

    @property
    def log(self) -> Path:
        return self._logs / "warmdown.log"

    def install(self) -> None:
        """Take over every hook. A folder that cannot be written costs the log and nothing else."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        sys.unraisablehook = self._caught_unraisable
        qInstallMessageHandler(self._qt_said)
        try:
            self._logs.mkdir(parents=True, exist_ok=True)
            self._faults = (self._logs / "faults.log").open("a", encoding="utf-8")
            faulthandler.enable(self._faults)
        except OSError:
            self._faults = None

    def uninstall(self) -> None:
        """Give every hook back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(None)
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
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
        if self._busy:
            return
        self._busy = True
        try:
            text = "".join(traceback.format_exception(kind, error, trace))
            sys.stderr.write(text)
            is_logged = self._write(logging.ERROR, text)
            frames = traceback.extract_tb(trace)
            place = f"{kind.__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else text
            if place not in self._told:
                self._told.add(place)
                where = (
                    self.tr("The log is in {path}.").format(path=self.log)
                    if is_logged
                    else self.tr("No log could be written to {path}.").format(path=self.log)
                )
                told = self.tr("Something went wrong; Warmdown goes on.")
                self._arrived.emit(f"{told} {where}")
        except Exception:  # noqa: BLE001  (the last line of defence must not raise)
            sys.stderr.write("warmdown: an error could not be reported\n")
        finally:
            self._busy = False

    def _tell(self, sentence: str) -> None:
        try:
            self._save()
        finally:
            self.happened.emit(sentence)

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        level = _LEVELS.get(kind, logging.WARNING)
        if level >= logging.WARNING:
            sys.stderr.write(f"{text}\n")
            self._write(level, f"{context.category or 'qt'}: {text}\n")

    def _write(self, level: int, text: str) -> bool:
        """Append to the log; True if that worked. The log never grows beyond a few files."""
        from datetime import datetime  # noqa: PLC0415  (only when something goes wrong)

        try:
            self._logs.mkdir(parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
                for number in range(_LOGS_KEPT - 1, 0, -1):
                    older = self.log.with_suffix(f".{number}.log")
                    if older.exists():
                        older.replace(self.log.with_suffix(f".{number + 1}.log"))
                self.log.replace(self.log.with_suffix(".1.log"))
            with self.log.open("a", encoding="utf-8", errors="backslashreplace") as log:
                moment = datetime.now().astimezone().isoformat(timespec="milliseconds")
                log.write(f"{moment} {logging.getLevelName(level)} {text}")
        except OSError:
            return False
        return True
