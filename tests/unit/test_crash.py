"""Unexpected errors, in a process of their own: logged, said, survived."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FRAME = """
import json, os, sys, threading
from pathlib import Path
from PySide6.QtCore import QObject, QTimer, Qt, Slot, qWarning, qFatal
from PySide6.QtWidgets import QApplication, QWidget
from app.ui.crash import CrashHandler

application = QApplication(["test", "-platform", "offscreen"])
logs = Path(sys.argv[1])
said, saved = [], []

class Window(QWidget):
    def paintEvent(self, event):
        self.paint()
    def paint(self):
        pass

window = Window()

def save():
    saved.append(len(said))

def main():
    pass

handler = CrashHandler(logs, save=lambda: save())
handler.happened.connect(said.append)

def go(what, after=300):
    handler.install()
    window.show()
    QTimer.singleShot(0, what)
    QTimer.singleShot(after, lambda: application.exit(0))
    application.exec()
    visible = window.isVisible()
    handler.uninstall()
    print(json.dumps({"said": said, "saved": saved, "visible": visible}))

def fail(text="one"):
    raise ValueError(text)
"""


class Outcome:
    def __init__(self, done: "subprocess.CompletedProcess[str]", logs: Path) -> None:
        self.code = done.returncode
        self.stderr = done.stderr
        self.log = logs / "warmdown.log"
        told = json.loads(done.stdout) if done.stdout else {}
        self.said: list[str] = told.get("said", [])
        self.saved: list[int] = told.get("saved", [])
        self.visible: bool = told.get("visible", False)

    @property
    def text(self) -> str:
        return self.log.read_text(encoding="utf-8")


def run(tmp_path: Path, body: str, *options: str) -> Outcome:
    logs = tmp_path / "logs"
    command = [sys.executable, *options, "-c", FRAME + body, str(logs)]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    return Outcome(done, logs)


def sentence(log: Path) -> str:
    return f"Something went wrong; Warmdown goes on. The log is in {log}."


@pytest.mark.parametrize(
    "body",
    [
        "go(fail)",
        "window.paint = fail\ngo(window.update)",
        "go(lambda: threading.Thread(target=fail).start())",
        "class Dying:\n  def __del__(self): fail()\ngo(lambda: Dying() and None)",
    ],
    ids=["slot", "painting", "thread", "destructor"],
)
def test_an_error_anywhere_is_logged_and_said_and_the_window_stays(
    tmp_path: Path, body: str
) -> None:
    outcome = run(tmp_path, body)
    assert outcome.code == 0
    assert outcome.said == [sentence(outcome.log)]
    assert outcome.visible
    assert "ValueError: one" in outcome.text
    assert "in fail" in outcome.text
    assert "Python 3." in outcome.text.splitlines()[0]
    assert "ValueError: one" in outcome.stderr


def test_the_session_is_saved_before_anything_is_said(tmp_path: Path) -> None:
    assert run(tmp_path, "go(fail)").saved == [0]


def test_an_error_in_saving_does_not_go_round_in_circles(tmp_path: Path) -> None:
    outcome = run(tmp_path, "def save():\n  raise KeyError('two')\ngo(fail)")
    assert outcome.code == 0
    assert outcome.said == 2 * [sentence(outcome.log)]
    assert outcome.text.count("KeyError: 'two'") <= 2


def test_an_error_30_times_a_second_is_said_once_and_logged_a_few_times(tmp_path: Path) -> None:
    body = """
timer = QTimer()
timer.setInterval(1)
timer.timeout.connect(fail)
go(timer.start, 600)
"""
    outcome = run(tmp_path, body)
    assert outcome.said == [sentence(outcome.log)]
    assert 3 <= outcome.text.count("ValueError: one") <= 6
    assert "(for the 10th time)" in outcome.text


def test_errors_of_two_threads_at_once_are_both_logged(tmp_path: Path) -> None:
    body = """
def both():
    for text in ("left", "right"):
        threading.Thread(target=fail, args=(text,)).start()
go(both)
"""
    outcome = run(tmp_path, body)
    assert "ValueError: left" in outcome.text
    assert "ValueError: right" in outcome.text


def test_a_warning_of_qt_is_logged_and_not_said(tmp_path: Path) -> None:
    outcome = run(tmp_path, "go(lambda: qWarning('about layouts'))")
    assert outcome.said == []
    assert "WARNING default: about layouts" in outcome.text


def test_a_log_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    outcome = run(tmp_path, "go(fail)")
    assert outcome.said == [
        f"Something went wrong; Warmdown goes on. {outcome.log} cannot be written."
    ]
    assert outcome.visible
    assert "ValueError: one" in outcome.stderr


def test_without_a_terminal_it_works_as_well(tmp_path: Path) -> None:
    outcome = run(tmp_path, "sys.stderr = None\ngo(fail)")
    assert outcome.said == [sentence(outcome.log)]


def test_a_full_log_makes_room_for_a_new_one(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    for _ in range(5):
        (logs / "warmdown.log").write_text("old\n" * 200_000)
        run(tmp_path, "go(fail)")
    assert sorted(path.name for path in logs.glob("warmdown*")) == [
        "warmdown.1.log",
        "warmdown.2.log",
        "warmdown.3.log",
        "warmdown.log",
    ]
    assert (logs / "warmdown.log").stat().st_size < 10_000


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("go(lambda: os.kill(os.getpid(), 11))", signal.SIGSEGV),
        ("go(lambda: qFatal('no more'))", signal.SIGABRT),
    ],
    ids=["segfault", "fatal"],
)
def test_how_it_died_is_in_the_log_at_the_next_start(tmp_path: Path, body: str, code: int) -> None:
    assert run(tmp_path, body).code == -code
    outcome = run(tmp_path, "go(lambda: None)")
    assert outcome.said == [f"Warmdown ended unexpectedly last time. The log is in {outcome.log}."]
    assert "Fatal Python error" in outcome.text
    assert "Current thread" in outcome.text
    again = run(tmp_path, "go(lambda: None)")
    assert again.said == []


def test_ctrl_c_ends_the_app_without_a_traceback(tmp_path: Path) -> None:
    body = """
def interrupt():
    raise KeyboardInterrupt
go(interrupt, 20_000)
"""
    outcome = run(tmp_path, body)
    assert outcome.code == 0
    assert outcome.said == []
    assert "Traceback" not in outcome.stderr


def test_the_hooks_are_given_back(tmp_path: Path) -> None:
    body = """
before = sys.excepthook, threading.excepthook, sys.unraisablehook
go(lambda: None)
assert before == (sys.excepthook, threading.excepthook, sys.unraisablehook)
"""
    assert run(tmp_path, body).code == 0
