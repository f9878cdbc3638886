"""Export from the window: a name, how far it is, cancelling, what went wrong, and the file."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pages
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from shiboken6 import Shiboken

from app.domain.errors import ExportError, Problem
from app.domain.exporting import Progress, Stage
from app.domain.today import Day
from app.ui.export_controller import ExportController, file_name
from app.ui.export_dialog import ExportDialog
from app.ui.main_window import MainWindow
from app.ui.rail import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.domain.exporting import Watch
    from app.ui.theme import ThemeManager

# The test's screen has no window manager, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CARD = pages.CARDS[1]
PATIENCE_S = 20.0


@dataclass
class Made:
    """Implements `Exported`."""

    trouble: str = ""
    lack: str = ""
    problems: tuple[Problem, ...] = ()


class Run:
    """A file whose making goes on only as the test wants it to."""

    def __init__(self, path: Path, problem: str = "", made: Made | None = None) -> None:
        self.path = path
        self.problem = problem
        self.made = made or Made()
        self.go_on = threading.Event()
        self.left_by: BaseException | None = None
        self.thread = ""

    def run(self, watch: Watch) -> Made:
        self.thread = threading.current_thread().name
        try:
            self._make(watch)
        except BaseException as error:
            self.left_by = error
            raise
        return self.made

    def _make(self, watch: Watch) -> None:
        watch(Progress(stage=Stage.VOICE, done=12, total=40))
        assert self.go_on.wait(PATIENCE_S)
        watch(Progress(stage=Stage.SOUND, done=480, total=1_000))
        if self.problem:
            raise ExportError(self.problem)
        self.path.write_text("sound")


class Exporter:
    def __init__(self) -> None:
        self.kinds = ("mp3", "ogg", "flac", "wav")
        self.problem = ""
        self.made = Made()
        self.refused = ""
        self.asked: list[tuple[str, Day | None, Path]] = []
        self.runs: list[Run] = []

    def endings(self) -> tuple[str, ...]:
        return self.kinds

    def begin(self, reference: str, day: Day | None, path: Path) -> Run:
        if self.refused:
            raise ExportError(self.refused)
        self.asked.append((reference, day, path))
        self.runs.append(Run(path, self.problem, self.made))
        return self.runs[-1]


class World:
    def __init__(self, themes: ThemeManager, folder: Path) -> None:
        self.folder = folder
        self.exporter = Exporter()
        self.shown: list[str] = []
        self.window = MainWindow(themes, dict.fromkeys(Page, QWidget))
        self.controller = ExportController(
            self.window, themes, self.exporter, show_file=self.shown.append
        )
        self.controller._folder = folder

    def ask(self, day: Day | None = None) -> QFileDialog:
        self.controller.ask(CARD, day)
        return self.file_dialog()

    def file_dialog(self) -> QFileDialog:
        found = [d for d in self.window.findChildren(QFileDialog) if d.isVisible()]
        assert len(found) == 1
        return found[0]

    def begin(self, name: str = "a.mp3") -> Run:
        """Choose a name and let the export begin."""
        dialog = self.ask()
        dialog.selectFile(name)
        dialog.accept()
        return self.exporter.runs[-1]

    def dialog(self) -> ExportDialog:
        (found,) = [d for d in self.window.findChildren(ExportDialog) if d.isVisible()]
        return found

    def has_dialog(self) -> bool:
        return any(d.isVisible() for d in self.window.findChildren(ExportDialog))

    def said(self) -> str:
        toast = self.window.toast
        return toast.text if toast is not None and toast.isVisible() else ""


@pytest.fixture
def world(qtbot: QtBot, themes: ThemeManager, tmp_path: Path) -> Iterator[World]:
    made = World(themes, tmp_path)
    qtbot.addWidget(made.window)
    made.window.resize(1280, 800)
    made.window.show()
    yield made
    for run in made.exporter.runs:
        run.go_on.set()
    made.controller.close()


def name_of(dialog: QFileDialog) -> str:
    return Path(dialog.selectedFiles()[0]).name


# The name


def test_the_routines_name_and_the_best_kind_are_proposed(world: World) -> None:
    dialog = world.ask()
    assert name_of(dialog) == "Post run holds.mp3"
    assert dialog.nameFilters() == [
        "MP3 (*.mp3)",
        "Ogg Vorbis (*.ogg)",
        "FLAC (*.flac)",
        "WAV (*.wav)",
    ]
    assert Path(dialog.directory().path()) == world.folder


def test_without_any_encoder_there_is_wav(world: World) -> None:
    world.exporter.kinds = ("wav",)
    dialog = world.ask()
    assert name_of(dialog) == "Post run holds.wav"
    assert dialog.nameFilters() == ["WAV (*.wav)"]


def test_another_kind_gives_the_name_its_ending(world: World) -> None:
    dialog = world.ask()
    dialog.filterSelected.emit("FLAC (*.flac)")
    assert name_of(dialog) == "Post run holds.flac"
    assert dialog.defaultSuffix() == "flac"


def test_a_name_without_an_ending_gets_that_of_the_kind(world: World) -> None:
    dialog = world.ask()
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText("Sunday")
    dialog.accept()
    assert world.exporter.asked == [(CARD.file, None, world.folder / "Sunday.mp3")]


def test_what_is_done_otherwise_today_is_handed_on(world: World) -> None:
    day = Day(switched_on=frozenset({(1, None)}), switched_off=frozenset({(0, 1)}))
    world.ask(day).accept()
    assert world.exporter.asked[0][1] == day


def test_without_a_name_nothing_happens(world: World) -> None:
    world.ask().reject()
    assert world.exporter.asked == []
    assert not world.has_dialog()


def test_the_folder_is_proposed_again(world: World, qtbot: QtBot) -> None:
    elsewhere = world.folder / "elsewhere"
    elsewhere.mkdir()
    run = world.begin(str(elsewhere / "a.mp3"))
    run.go_on.set()
    qtbot.waitUntil(lambda: not world.controller.is_busy)
    assert Path(world.ask().directory().path()) == elsewhere


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hips & hamstrings", "Hips & hamstrings"),
        ('Left/right: "easy"?', "Left right easy"),
        ("../..", "Routine"),
        ("Übung 3.", "Übung 3"),
        ("a" * 200, "a" * 80),
    ],
)
def test_a_routines_name_becomes_one_for_a_file(name: str, expected: str) -> None:
    assert file_name(name) == expected


# While it is made


def test_how_far_it_is_is_shown_and_then_where_the_file_is(world: World, qtbot: QtBot) -> None:
    run = world.begin()
    dialog = world.dialog()
    qtbot.waitUntil(lambda: dialog.status.text() == "Preparing the voice, 12 of 40")
    assert dialog.line.value() == 300
    assert run.thread == "export"
    run.go_on.set()
    qtbot.waitUntil(lambda: world.said() == "Saved a.mp3")
    assert not world.has_dialog()
    toast = world.window.toast
    assert toast is not None
    assert toast.button.text() == "Show folder"
    qtbot.mouseClick(toast.button, LEFT)
    assert world.shown == [str(world.folder / "a.mp3")]


def test_the_part_that_is_written_is_shown(world: World) -> None:
    world.begin()
    dialog = world.dialog()
    dialog.show_progress(Progress(stage=Stage.SOUND, done=480, total=1_000))
    assert dialog.status.text() == "Writing, 48 %"
    assert dialog.line.value() == 480
    assert dialog.line.accessibleName() == "a.mp3"


@pytest.mark.parametrize("by", ["button", "Esc", "the player"])
def test_cancelling_ends_it_and_says_nothing(by: str, world: World, qtbot: QtBot) -> None:
    run = world.begin()
    dialog = world.dialog()
    if by == "button":
        qtbot.mouseClick(dialog.button, LEFT)
    elif by == "Esc":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        world.window.take_over(QWidget())
    assert not world.has_dialog()
    run.go_on.set()
    qtbot.waitUntil(lambda: not world.controller.is_busy)
    assert type(run.left_by).__name__ == "ExportCancelled"
    assert not run.path.exists()
    assert world.said() == ""


def test_a_file_that_was_there_before_it_was_cancelled_is_told(world: World, qtbot: QtBot) -> None:
    run = world.begin()
    job = world.controller._job
    assert job is not None
    run.go_on.set()
    assert job.thread is not None
    job.thread.join()
    world.dialog().reject()
    qtbot.waitUntil(lambda: world.said() == "Saved a.mp3")
    assert run.path.exists()


def test_only_one_is_made_at_a_time_and_it_is_told_that_the_last_one_ends(
    world: World, qtbot: QtBot
) -> None:
    run = world.begin()
    world.dialog().reject()
    world.controller.ask(CARD)
    assert [d for d in world.window.findChildren(QFileDialog) if d.isVisible()] == []
    assert world.said() == "The last export is still ending."
    run.go_on.set()
    qtbot.waitUntil(lambda: not world.controller.is_busy)
    world.ask()


def test_the_end_of_the_app_ends_it(world: World, qtbot: QtBot) -> None:
    run = world.begin()
    job = world.controller._job
    assert job is not None
    qtbot.waitUntil(lambda: world.dialog().status.text().startswith("Preparing"))
    threading.Timer(0.05, run.go_on.set).start()
    world.controller.close()
    assert job.thread is not None
    assert not job.thread.is_alive()
    assert type(run.left_by).__name__ == "ExportCancelled"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_end_of_the_app_waits_for_no_export_that_hangs(world: World) -> None:
    run = world.begin()
    job = world.controller._job
    assert job is not None
    assert job.thread is not None
    world.controller.close()
    assert job.thread.is_alive()
    run.go_on.set()


def test_the_dialog_goes_with_what_it_was_connected_to(world: World, qtbot: QtBot) -> None:
    run = world.begin()
    dialog = world.dialog()
    run.go_on.set()
    qtbot.waitUntil(lambda: world.said() == "Saved a.mp3")
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not Shiboken.isValid(dialog))


# What goes wrong


def test_what_went_wrong_is_told_in_the_dialog(world: World, qtbot: QtBot) -> None:
    world.exporter.problem = f"Cannot write {world.folder}/a.mp3: No space left on device"
    run = world.begin()
    dialog = world.dialog()
    run.go_on.set()
    sentence = f"{world.exporter.problem}."
    qtbot.waitUntil(lambda: dialog.status.text() == sentence)
    assert not dialog.line.isVisible()
    assert dialog.button.text() == "Close"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not world.has_dialog()
    assert not world.controller.is_busy


def test_what_is_wrong_from_the_start_is_told_too(world: World) -> None:
    world.exporter.refused = "The name “a.aac” needs one of these endings: .mp3, .wav"
    dialog = world.ask()
    dialog.selectFile("a.aac")
    dialog.accept()
    assert world.dialog().status.text() == f"{world.exporter.refused}."
    assert not world.controller.is_busy
    world.dialog().reject()
    world.exporter.refused = ""
    world.begin()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_ours_does_not_leave_the_dialog_waiting(world: World, qtbot: QtBot) -> None:
    run = world.begin()
    run.path = world.folder / "nowhere" / "a.mp3"  # an error that nobody made a sentence of
    shown = world.dialog()
    run.go_on.set()
    qtbot.waitUntil(lambda: shown.status.text() == "The file was not made.")
    assert isinstance(run.left_by, OSError)


# What the file goes without


def unusable(*names: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(file=f"/home/me/wood/{name}", line=None, id="no-sound", message="holds no sound")
        for name in names
    )


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (Made(lack="3 sentences are not said."), "3 sentences are not said."),
        (
            Made(trouble="eSpeak NG broke down.", lack="No voice."),
            "eSpeak NG broke down.\nNo voice.",
        ),
        (
            Made(problems=unusable("half.wav")),
            "One of your own sounds cannot be used: half.wav.",
        ),
        (
            Made(problems=unusable("a.wav", "b.wav", "c.wav", "d.wav")),
            "4 of your own sounds cannot be used: a.wav, b.wav, c.wav, ….",
        ),
    ],
)
def test_what_the_file_goes_without_stays_in_the_dialog(
    made: Made, told: str, world: World, qtbot: QtBot
) -> None:
    world.exporter.made = made
    run = world.begin()
    dialog = world.dialog()
    run.go_on.set()
    qtbot.waitUntil(lambda: dialog.status.text() == f"Saved a.mp3.\n{told}")
    assert not dialog.line.isVisible()
    assert world.said() == ""
    qtbot.mouseClick(dialog.button, LEFT)
    assert not world.has_dialog()
    assert world.said() == "Saved a.mp3"
    assert world.window.toast is not None
    qtbot.mouseClick(world.window.toast.button, LEFT)
    assert world.shown == [str(world.folder / "a.mp3")]


def test_without_the_dialog_it_is_told_beside_the_file(world: World, qtbot: QtBot) -> None:
    world.exporter.made = Made(lack="3 sentences are not said.")
    run = world.begin()
    job = world.controller._job
    assert job is not None
    run.go_on.set()
    assert job.thread is not None
    job.thread.join()
    world.dialog().reject()
    qtbot.waitUntil(lambda: world.said() == "Saved a.mp3. 3 sentences are not said.")


# Looks


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_everything_fits_also_with_a_long_name(size: tuple[int, int], world: World) -> None:
    world.window.resize(*size)
    world.begin(f"{'Hüftbeuger und Oberschenkelrückseite nach dem langen Lauf ' * 2}.mp3")
    dialog = world.dialog()
    QApplication.processEvents()
    card = dialog._card
    assert dialog.rect().contains(card.geometry())
    for part in (dialog.line, dialog.status, dialog.button, dialog._file):
        place = part.mapTo(card, part.rect().topLeft())
        assert card.rect().contains(place)
        assert card.rect().contains(part.mapTo(card, part.rect().bottomRight()))
    dialog.show_problem(f"Cannot write /home/me/{'Musik/' * 30}a.mp3: No space left on device")
    QApplication.processEvents()
    assert dialog.rect().contains(card.geometry())
    status = dialog.status
    assert status.height() >= status.heightForWidth(status.width())


def test_the_focus_is_on_cancel_and_comes_back(world: World, qtbot: QtBot) -> None:
    world.window.rail.items()[0].setFocus()
    run = world.begin()
    assert world.window.focusWidget() is world.dialog().button
    run.go_on.set()
    qtbot.waitUntil(lambda: world.said() == "Saved a.mp3")
