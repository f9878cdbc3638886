"""The dialog for a pasted list: each reading beside its line, for a yes or a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.draft.model import About, Doubt, LineKind
from app.domain.routine import RepsDose, Routine
from app.domain.settings import Settings, ThemeChoice
from app.ui.pages.editor.dialogs import draft_words
from app.ui.pages.editor.dialogs.pasted_list import READ_MS, PastedListDialog, looks_like_a_list
from app.ui.pages.editor.dialogs.pick_list import PickDialog
from tests.support.dialogs import HostWindow, assert_it_fits, settle
from tests.support.figures import new_figures, shipped_exercises

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.pages.editor.dialogs.pasted_row import PastedRow
    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SURE = "Glute bridge 3 x 10\nPlank 45 s"
EITHER = "Glute bridge or plank 30 s"
COUNT = "Squat 3"
NONSENSE = "bananas on the moon"


class Bench:
    def __init__(
        self, qtbot: QtBot, themes: ThemeManager, text: str, size: tuple[int, int] = (1280, 800)
    ) -> None:
        self.qtbot = qtbot
        self.window = HostWindow(qtbot, size)
        self.made: list[Routine] = []
        self.dialog = PastedListDialog(
            themes,
            self.window,
            figures=new_figures(),
            exercises=shipped_exercises(),
            name="Physio",
            text=text,
        )
        self.dialog.made.connect(self.made.append)
        self.dialog.open()
        settle()

    @property
    def rows(self) -> list[PastedRow]:
        return self.dialog.rows

    def retype(self, text: str) -> None:
        """Replace the text, and let the time pass until it is read."""
        self.dialog.text.edit.setFocus()
        self.window.key(KEY.Key_A, CTRL)
        self.window.type(text)
        assert self.dialog._timer.isActive()
        self.dialog._timer.timeout.emit()
        settle()

    def menu(self) -> QMenu:
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        return popup

    def choose(self, text: str) -> None:
        """Choose from the open menu with the keys."""
        texts = [action.text() for action in self.menu().actions()]
        at = next(at for at, found in enumerate(texts) if found.startswith(text))
        steps = sum(1 for found in texts[:at] if found)
        for _ in range(steps):
            self.window.key(KEY.Key_Down)
        self.window.key(KEY.Key_Return)


def bench_of(qtbot: QtBot, themes: ThemeManager, *lines: str) -> Bench:
    return Bench(qtbot, themes, "\n".join(lines))


def test_what_is_understood_needs_no_answer(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, "Core:", SURE, "Twice a day")
    assert [row.shown.kind for row in bench.rows] == [
        LineKind.HEADING,
        LineKind.STEP,
        LineKind.STEP,
        LineKind.NOTE,
    ]
    assert all(row.is_kept for row in bench.rows)
    assert "read as Glute bridge, 3 × 10 reps" in bench.rows[1].accessibleName()  # noqa: RUF001
    bench.window.key(KEY.Key_Return)
    (routine,) = bench.made
    assert routine.name == "Physio"
    exercises = [step.exercise for block in routine.blocks for step in block.steps]
    assert exercises[0] == "glute-bridge"
    assert bench.window.focusWidget() is bench.window.field


def test_nothing_is_made_before_a_line_in_doubt_is_answered(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    bench = bench_of(qtbot, themes, SURE, EITHER, COUNT)
    dialog = bench.dialog
    assert dialog.open_count == 2
    assert dialog.open_lines.text() == "2 lines need an answer"
    assert dialog.make.accessibleDescription() == "2 lines need an answer."
    assert bench.window.focusWidget() is bench.rows[2]
    assert "needs an answer. It may mean either exercise, or both" in (
        bench.rows[2].accessibleName()
    )
    bench.window.key(KEY.Key_Return, CTRL)
    assert bench.made == []
    bench.window.key(KEY.Key_Space)
    assert dialog.open_lines.text() == "1 line needs an answer"
    bench.window.key(KEY.Key_Down)
    assert bench.window.focusWidget() is bench.rows[3]
    bench.window.key(KEY.Key_Return)
    assert not dialog.open_lines.isVisible()
    bench.window.key(KEY.Key_Down)
    assert bench.window.focusWidget() is dialog.make
    bench.window.key(KEY.Key_Return)
    assert len(bench.made) == 1


def test_a_choice_is_made_with_the_keyboard(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, EITHER)
    bench.window.key(KEY.Key_Down, ALT)
    bench.choose("Glute bridge")
    assert bench.rows[0].shown.exercise is None
    bench.window.key(KEY.Key_Down, ALT)
    texts = [action.text() for action in bench.menu().actions()]
    assert "Glute bridge" in texts
    at = texts.index("Glute bridge")
    for _ in range(at):
        bench.window.key(KEY.Key_Down)
    bench.window.key(KEY.Key_Return)
    assert bench.rows[0].shown.exercise == "glute-bridge"
    assert bench.dialog.make.isEnabled()


def test_numbers_can_be_taken_the_other_way(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, COUNT)
    assert bench.rows[0].read_line.dose == RepsDose(3)
    bench.window.key(KEY.Key_Down, ALT)
    bench.choose("Bodyweight squat, 3 × usual dose")  # noqa: RUF001
    assert (bench.rows[0].shown.sets, bench.rows[0].shown.dose) == (3, None)


def test_the_library_is_searched_for_what_was_meant(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, SURE, NONSENSE)
    row = bench.rows[2]
    assert row.shown.kind is LineKind.UNKNOWN
    assert not row.is_open
    row.setFocus()
    bench.window.key(KEY.Key_Down, ALT)
    bench.choose("Search the library")
    pick = bench.window.findChild(PickDialog)
    assert pick is not None
    assert pick.isAncestorOf(bench.window.focusWidget())
    bench.window.key(KEY.Key_A, CTRL)
    bench.window.type("dead bug")
    bench.window.key(KEY.Key_Return)
    assert row.shown.exercise == "dead-bug"
    assert bench.window.focusWidget() is row
    assert bench.dialog.isVisible()


def test_a_line_is_left_out_and_taken_back_with_the_mouse(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    bench = bench_of(qtbot, themes, SURE, EITHER)
    row = bench.rows[2]
    bench.dialog.reveal(row)
    qtbot.mouseClick(row, LEFT, pos=row.guess_box().center().toPoint())
    menu = bench.menu()
    action = next(one for one in menu.actions() if one.text() == "Leave out")
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    settle()
    assert row.shown.skip
    assert not row.isChecked()
    assert row.accessibleName().endswith("left out")
    qtbot.mouseClick(row, LEFT, pos=row.tick_zone().center().toPoint())
    assert row.is_kept
    qtbot.mouseClick(row, LEFT, pos=row.tick_zone().center().toPoint())
    qtbot.mouseClick(bench.dialog.make, LEFT)
    names = [step.name or step.exercise for block in bench.made[0].blocks for step in block.steps]
    assert not any("or plank" in str(name) for name in names)


def test_a_press_on_the_written_line_answers_nothing(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, EITHER)
    qtbot.mouseClick(bench.rows[0], LEFT, pos=QPoint(20, 20))
    assert bench.rows[0].is_open
    assert QApplication.activePopupWidget() is None


def test_answers_stay_where_lines_stay(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, EITHER, COUNT)
    bench.window.key(KEY.Key_Space)
    bench.retype(f"Plank 20 s\n{COUNT}\n{EITHER}\n{EITHER}")
    assert [row.is_open for row in bench.rows] == [False, True, False, True]
    bench.retype("Plank 20 s")
    assert len(bench.rows) == 1
    bench.retype(EITHER)
    assert not bench.rows[0].is_open


def test_typing_is_read_after_a_moment(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes)
    assert READ_MS == 150
    assert bench.window.focusWidget() is bench.dialog.text.edit
    bench.window.type("Plank 45 s")
    assert bench.rows == []
    bench.dialog._timer.timeout.emit()
    assert len(bench.rows) == 1
    assert not bench.dialog._timer.isActive()


def test_what_was_typed_last_is_seen_before_anything_is_made(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    bench = bench_of(qtbot, themes, "Plank 45 s")
    bench.dialog.text.edit.setFocus()
    bench.window.key(KEY.Key_End, CTRL)
    bench.window.type(f"\n{EITHER}")
    bench.window.key(KEY.Key_Return, CTRL)
    assert bench.made == []
    assert bench.window.focusWidget() is bench.rows[1]


def test_a_list_without_an_exercise_makes_no_routine(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, "Twice a day")
    assert bench.dialog.make.accessibleDescription() == "There is no exercise in the list yet."


def test_a_list_that_breaks_a_limit_is_not_made(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, *["Plank 50 min"] * 8)
    bench.window.key(KEY.Key_Return)
    assert bench.made == []
    assert bench.dialog._trouble.is_problem
    assert bench.dialog._trouble.isVisible()
    bench.retype("Plank 50 min")
    assert not bench.dialog._trouble.isVisible()
    bench.window.key(KEY.Key_Return, CTRL)
    assert len(bench.made) == 1


def test_every_doubt_and_note_has_words() -> None:
    assert set(draft_words._DOUBTS) == set(Doubt)
    assert set(draft_words._NOTES) == set(About)


def test_rows_are_walked_with_tab_and_arrows(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = bench_of(qtbot, themes, SURE, EITHER)
    bench.dialog.text.edit.setFocus()
    for row in bench.rows:
        bench.window.key(KEY.Key_Tab)
        assert bench.window.focusWidget() is row
    bench.window.key(KEY.Key_Up)
    assert bench.window.focusWidget() is bench.rows[1]
    bench.window.key(KEY.Key_Up)
    bench.window.key(KEY.Key_Up)
    assert bench.window.focusWidget() is bench.dialog.text.edit


def test_a_clipboard_is_offered_only_where_it_is_a_list() -> None:
    exercises = shipped_exercises()
    assert looks_like_a_list(SURE, exercises)
    assert not looks_like_a_list("", exercises)
    assert not looks_like_a_list("https://example.org/physio", exercises)


@pytest.mark.parametrize("text_size", [1.0, 1.3])
def test_it_fits_the_smallest_window(qtbot: QtBot, themes: ThemeManager, text_size: float) -> None:
    themes.apply(Settings(theme=ThemeChoice.DARK, text_size=text_size))
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenhalter mit gestrecktem Knie 30 s"
    bench = Bench(qtbot, themes, f"{SURE}\n{EITHER}\n{long}\n{NONSENSE}", (900, 600))
    assert_it_fits(bench.dialog)
    for row in bench.rows:
        assert row.height() >= row.heightForWidth(row.width())
