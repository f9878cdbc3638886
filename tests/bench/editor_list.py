"""The editor with 500 steps: opening its page, and from each edit until it has been painted."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from budget import Row, Sample, amount, finish
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject
from PySide6.QtWidgets import QApplication

from app.domain.choices import Choices
from app.domain.editing import document_of
from app.domain.exercise import Sides
from app.domain.figure.model import FigureBook
from app.domain.routine import Block, Routine, Step, TimeDose
from app.domain.settings import Settings
from app.storage.exercise_file import ExerciseReader
from app.storage.figure_body import NO_BODY
from app.storage.paths import UserFolders, bundled
from app.storage.routine_desk import RoutineDesk
from app.ui.figures import Figures
from app.ui.fonts import load_fonts
from app.ui.pages.editor.inspector import Inspector
from app.ui.pages.editor.model import EditorModel
from app.ui.pages.editor.page import EditorPage
from app.ui.theme import ThemeManager

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS, BLOCK = 500, 10
RUNS = 15
OPEN_MS, EDIT_MS = 300, 50


class _Clipboard:
    def text(self) -> str:
        return ""

    def set_text(self, text: str) -> None: ...


class _Painted(QObject):
    """Counts what was painted, so that nothing is measured that showed nothing."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def measure() -> list[Row]:
    application = QApplication.instance() or QApplication([])
    load_fonts(bundled("fonts"))
    themes = ThemeManager(QApplication.styleHints(), Settings())
    # The first window pays for modules and fonts, which the app has long since.
    _opened(themes, _model(BLOCK))
    opening, pages = [], []
    for _ in range(5):
        model = _model(STEPS)
        began = time.perf_counter()
        pages.append(_opened(themes, model))
        opening.append((time.perf_counter() - began) * 1_000)
    rows = [amount("opening a routine of 500 steps", Sample(values=opening), OPEN_MS)]
    page = pages[-1]
    rows += [
        amount(f"500 steps: {what}, painted", _edits(page, edit), EDIT_MS)
        for what, edit in _EDITS.items()
    ]
    for made in pages:
        made.close()
    del application
    return rows


def _model(steps: int) -> EditorModel:
    library = ExerciseReader().read(bundled("exercises.toml")).exercises
    # Those for each side would make more segments than a routine may have.
    names = [name for name, exercise in library.items() if exercise.sides is Sides.BOTH]
    made = [
        Step(exercise=names[number % len(names)], dose=TimeDose(10_000)) for number in range(steps)
    ]
    blocks = tuple(
        Block(name=f"Part {at // BLOCK + 1}", steps=tuple(made[at : at + BLOCK]))
        for at in range(0, steps, BLOCK)
    )
    home = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    desk = RoutineDesk(
        UserFolders(home=home, data=home, config=home, cache=home, logs=home), lambda: library
    )
    opened = desk.create(document_of(Routine(id="long", name="Long", blocks=blocks)))
    return EditorModel(opened, desk, _Clipboard(), exercises=lambda: library, choices=Choices)


def _opened(themes: ThemeManager, model: EditorModel) -> EditorPage:
    figures = Figures(lambda: FigureBook(body=NO_BODY, muscles={}, figures={}))
    inspector = Inspector(model, themes, figures, QLocale())
    page = EditorPage(model, themes, QLocale(), figures, inspector=inspector, library=None)
    page.resize(1184, 800)
    page.show()
    QCoreApplication.processEvents()
    return page


def _edits(page: EditorPage, edit: Callable[[EditorModel, int], object]) -> Sample:
    """Return the slowest of every three: a budget for each edit is not one for the usual one."""
    painted = _Painted()
    QCoreApplication.instance().installEventFilter(painted)  # type: ignore[union-attr]
    values = []
    for number in range(RUNS):
        QCoreApplication.processEvents()
        before = painted.count
        began = time.perf_counter()
        edit(page.model, number)
        # Laid out and painted; what is found out about it comes with the next timer.
        QCoreApplication.sendPostedEvents()
        values.append((time.perf_counter() - began) * 1_000)
        if painted.count == before:
            raise AssertionError(f"edit {number} painted nothing")
    QCoreApplication.instance().removeEventFilter(painted)  # type: ignore[union-attr]
    return Sample(values=[max(values[at : at + 3]) for at in range(0, RUNS, 3)])


def _step(model: EditorModel, at: int) -> int:
    return model.document.steps()[at].id


def _change(model: EditorModel, number: int) -> None:
    model.set_steps([_step(model, 3)], "x", dose=TimeDose((number + 11) * 1_000))


def _add(model: EditorModel, number: int) -> None:
    model.select([_step(model, 0)])
    model.add_steps([Step(name=f"New {number}", dose=TimeDose(10_000))], "x")


def _remove(model: EditorModel, _number: int) -> None:
    model.select([_step(model, 1)])
    model.remove_selected("x")


def _move(model: EditorModel, number: int) -> None:
    model.select([_step(model, 2)])
    model.move_selected(1 if number % 2 else -1, "x")


def _select(model: EditorModel, number: int) -> None:
    model.select([_step(model, number % 6)])


def _rename(model: EditorModel, number: int) -> None:
    model.set_head("x", name=f"Long {number}")


def _undo(model: EditorModel, number: int) -> None:
    (model.redo if number % 2 else model.undo)()


def _change_all(model: EditorModel, number: int) -> None:
    steps = [part.id for part in model.document.steps()]
    model.set_steps(steps, "x", dose=TimeDose((number + 30) * 1_000))


_EDITS: dict[str, Callable[[EditorModel, int], object]] = {
    "a changed dose": _change,
    "an added step": _add,
    "a removed step": _remove,
    "a moved step": _move,
    "a selected step": _select,
    "a letter of the name": _rename,
    "undo and redo": _undo,
    "a dose of every step": _change_all,
}

if __name__ == "__main__":
    finish(measure())
