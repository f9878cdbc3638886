"""Leads from "Export as audio" over a file's name and the work to the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.domain.errors import WarmdownError
from app.domain.exporting import ExportCancelled, Progress
from app.ui.export_dialog import ExportDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.catalogue import RoutineCard
    from app.domain.errors import Problem
    from app.domain.today import Day
    from app.ui.export_ports import AudioExporter, Exported, ExportRun
    from app.ui.main_window import MainWindow
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

_JOIN_S: Final = 2.0
"""An export looks several times a second whether it is still wanted; nobody waits for long who
closes the window."""
_NAMED: Final = 3
"""So many files that cannot be used are named; the settings name them all."""
_LONGEST_NAME: Final = 80
_UNFIT: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
"""What one system or another does not take in a file's name."""


class _Job:
    """An export that runs in a thread of its own."""

    def __init__(self, path: Path, dialog: ExportDialog, fault: str) -> None:
        """`fault` is what to say where it ends in a way that nobody foresaw."""
        self.path = path
        self.dialog = dialog
        self.fault = fault
        self.cancelled = Event()
        self.thread: Thread | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """What came of a job."""

    problem: str = ""
    """Why there is no file; empty where there is one, and where it was cancelled."""
    made: Exported | None = None


class ExportController(QObject):
    """Makes one file at a time. `close` must be called before the end."""

    _progressed = cast("TypedSignal[_Job, Progress]", Signal(object, object))
    """From the job's thread to the window's, as the next one."""
    _ended = cast("TypedSignal[_Job, _End]", Signal(object, object))

    def __init__(
        self,
        window: MainWindow,
        themes: ThemeManager,
        exporter: AudioExporter,
        *,
        show_file: Callable[[str], object],
    ) -> None:
        """`show_file` shows the file with a path in its folder."""
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._exporter = exporter
        self._show_file = show_file
        self._folder: Path | None = None
        self._wanted: tuple[RoutineCard, Day | None] | None = None
        self._job: _Job | None = None
        self._progressed.connect(self._show_progress)
        self._ended.connect(self._show_end)

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    @Slot(object)
    @Slot(object, object)
    def ask(self, card: RoutineCard, day: Day | None = None) -> None:
        """Ask for a file's name, and then make it, of the routine as it is done on a day."""
        if self.is_busy:
            self._say_busy()
            return
        self._wanted = (card, day)
        endings = self._exporter.endings()
        dialog = QFileDialog(self._window, self.tr("Export as audio"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{_kind(ending)} (*.{ending})" for ending in endings])
        dialog.setDefaultSuffix(endings[0])
        dialog.setDirectory(str(self._folder or _music()))
        dialog.selectFile(f"{file_name(card.name)}.{endings[0]}")
        dialog.filterSelected.connect(self._take_kind)
        dialog.fileSelected.connect(self._take_path)
        dialog.open()

    @Slot(str)
    def _take_kind(self, chosen: str) -> None:
        """Let the name end as the kind of file does that was chosen."""
        dialog = self.sender()
        if not isinstance(dialog, QFileDialog):
            return
        ending = chosen.rpartition("*.")[2].removesuffix(")")
        dialog.setDefaultSuffix(ending)
        for named in dialog.selectedFiles():
            path = Path(named)
            if path.suffix.removeprefix(".").lower() in self._exporter.endings():
                dialog.selectFile(path.with_suffix(f".{ending}").name)

    @Slot(str)
    def _take_path(self, named: str) -> None:
        if self._wanted is None:
            return
        if self.is_busy:
            self._say_busy()
            return
        (card, day), path = self._wanted, Path(named)
        self._folder = path.parent
        dialog = ExportDialog(self._themes, self._window, path.name)
        job = _Job(path, dialog, self.tr("The file was not made."))
        dialog.rejected.connect(partial(self._cancel, job))
        dialog.open()
        try:
            run = self._exporter.begin(card.file, day, path)
        except WarmdownError as error:
            dialog.show_problem(_first_line(error))
            return
        self._job = job
        job.thread = Thread(target=self._work, args=(job, run), name="export", daemon=True)
        job.thread.start()

    def close(self) -> None:
        """End what runs, and wait for it: half a file must not stay behind."""
        job, self._job = self._job, None
        if job is not None and job.thread is not None:
            job.cancelled.set()
            job.thread.join(_JOIN_S)

    def _say_busy(self) -> None:
        self._window.say(self.tr("The last export is still ending."))

    # On the job's thread

    def _work(self, job: _Job, run: ExportRun) -> None:
        # Stays for what is no problem of the world's but a fault of ours; the crash handler hears.
        end = _End(job.fault)
        try:
            end = _End(made=run.run(partial(self._watch, job)))
        except ExportCancelled:
            end = _End()
        except WarmdownError as error:
            end = _End(_first_line(error))
        finally:
            self._ended.emit(job, end)

    def _watch(self, job: _Job, progress: Progress) -> None:
        if job.cancelled.is_set():
            raise ExportCancelled
        self._progressed.emit(job, progress)

    # On the window's

    def _cancel(self, job: _Job) -> None:
        job.cancelled.set()

    @Slot(object, object)
    def _show_progress(self, job: _Job, progress: Progress) -> None:
        if job is self._job and not job.cancelled.is_set():
            job.dialog.show_progress(progress)

    @Slot(object, object)
    def _show_end(self, job: _Job, end: _End) -> None:
        if job is not self._job:
            return
        self._job = None
        if end.made is not None:
            self._show_made(job, self._left_out(end.made))
        elif not job.cancelled.is_set():  # else its dialog is gone
            job.dialog.show_problem(end.problem)

    def _show_made(self, job: _Job, left_out: Sequence[str]) -> None:
        """Say that there is a file; what it goes without takes more room than a toast has."""
        saved = self.tr("Saved {file}").format(file=job.path.name)
        if job.cancelled.is_set():
            self._say_saved(job, " ".join([f"{saved}.", *left_out]) if left_out else saved)
        elif left_out:
            job.dialog.show_left_out("\n".join([f"{saved}.", *left_out]))
            job.dialog.finished.connect(partial(self._say_saved, job, saved))
        else:
            job.dialog.finish()
            self._say_saved(job, saved)

    def _say_saved(self, job: _Job, text: str, _result: int = 0) -> None:
        self._window.say(
            text,
            action_text=self.tr("Show folder"),
            action=partial(self._show_file, str(job.path)),
        )

    def _left_out(self, made: Exported) -> list[str]:
        """Return in sentences what a file goes without."""
        found = [made.trouble, made.lack, self._unused(made.problems)]
        return [sentence for sentence in found if sentence]

    def _unused(self, problems: Sequence[Problem]) -> str:
        names = [Path(problem.file).name for problem in problems]
        if len(names) == 1:
            return self.tr("One of your own sounds cannot be used: {name}.").format(name=names[0])
        if not names:
            return ""
        listed = ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
        return self.tr("{count} of your own sounds cannot be used: {names}.").format(
            count=len(names), names=listed
        )


def file_name(name: str) -> str:
    """Return a routine's name as a file may be called, on any system."""
    fit = " ".join(_UNFIT.sub(" ", name).split())[:_LONGEST_NAME].strip(" .")
    return fit or "Routine"


def _kind(ending: str) -> str:
    return {"mp3": "MP3", "ogg": "Ogg Vorbis", "flac": "FLAC", "wav": "WAV"}[ending]


def _music() -> Path:
    """Return the folder for music, or the home folder where there is none."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
    return Path(named) if named and Path(named).is_dir() else Path.home()


def _first_line(error: WarmdownError) -> str:
    return str(error).splitlines()[0]
