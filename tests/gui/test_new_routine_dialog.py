"""The dialog for a new routine: three ways, by keyboard and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.settings import Settings, ThemeChoice
from app.domain.when import When
from app.ui.pages.editor.dialogs.new_routine import NewRoutineDialog
from tests.support.dialogs import HostWindow, assert_it_fits, settle
from tests.support.pages import CARDS, card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
LONG = "Hüftbeuger und hintere Oberschenkelmuskulatur nach dem Lauf am Abend"


class Bench:
    def __init__(self, qtbot: QtBot, themes: ThemeManager, size: tuple[int, int]) -> None:
        self.qtbot = qtbot
        self.window = HostWindow(qtbot, size)
        self.told: list[tuple[object, ...]] = []
        self.dialog = NewRoutineDialog(
            themes, self.window, (*CARDS, card(LONG, exercises=("Dead bug",)))
        )
        self.dialog.empty_chosen.connect(lambda *told: self.told.append(("empty", *told)))
        self.dialog.copy_chosen.connect(lambda *told: self.told.append(("copy", *told)))
        self.dialog.paste_chosen.connect(lambda *told: self.told.append(("paste", *told)))
        self.dialog.open()
        settle()

    def click(self, widget: object) -> None:
        self.qtbot.mouseClick(widget, LEFT)
        settle()


@pytest.fixture
def bench(qtbot: QtBot, themes: ThemeManager) -> Bench:
    return Bench(qtbot, themes, (1280, 800))


def test_a_name_and_enter_make_an_empty_routine(bench: Bench) -> None:
    assert bench.window.focusWidget() is bench.dialog.name
    bench.window.type("Hips")
    bench.window.key(KEY.Key_Return)
    assert bench.told == [("empty", "Hips", When.ANY)]
    assert bench.window.focusWidget() is bench.window.field
    assert bench.window.heard == []


def test_esc_makes_nothing(bench: Bench) -> None:
    bench.window.key(KEY.Key_Escape)
    assert bench.told == []
    assert bench.window.focusWidget() is bench.window.field


def test_the_moment_is_chosen_without_the_mouse(bench: Bench) -> None:
    while bench.window.focusWidget() is not bench.dialog.moment:
        bench.window.key(KEY.Key_Tab)
    bench.window.key(KEY.Key_Down)
    bench.window.key(KEY.Key_Down)
    bench.window.key(KEY.Key_Return)
    assert bench.told == [("empty", "New routine", When.AFTER_RUN)]


def test_a_copy_is_found_by_typing_and_called_after_it(bench: Bench) -> None:
    window, dialog = bench.window, bench.dialog
    window.key(KEY.Key_Tab)
    window.key(KEY.Key_Right)
    assert dialog.copy.isChecked()
    while window.focusWidget() is not dialog.routines.search:
        window.key(KEY.Key_Tab)
    window.type("dead")
    window.key(KEY.Key_Down)
    window.key(KEY.Key_Down)
    assert dialog.routines.shown == [CARDS[2].file, card(LONG).file]
    window.key(KEY.Key_Return)
    assert bench.told == [("copy", card(LONG).file, f"Copy of {LONG}"[:80])]


def test_a_name_that_was_typed_stays(bench: Bench) -> None:
    bench.window.type("Evening")
    bench.click(bench.dialog.copy)
    rows = bench.dialog.routines.rows
    bench.qtbot.mouseClick(rows, LEFT, pos=rows.box(1).center().toPoint())
    assert bench.dialog.routines.current == CARDS[1].file
    bench.click(bench.dialog.make)
    assert bench.told == [("copy", CARDS[1].file, "Evening")]


def test_a_list_is_pasted_by_mouse(bench: Bench) -> None:
    bench.click(bench.dialog.paste)
    assert not bench.dialog.moment.isVisible()
    bench.click(bench.dialog.make)
    assert bench.told == [("paste", "New routine")]


def test_without_a_name_it_says_what_is_missing(bench: Bench) -> None:
    bench.window.key(KEY.Key_Delete)
    assert bench.dialog._name_field.message.text == "A routine needs a name."
    bench.window.key(KEY.Key_Return)
    assert bench.told == []
    assert bench.dialog.make.accessibleDescription() == "A routine needs a name."
    bench.window.type("A")
    assert not bench.dialog._name_field.message.isVisible()
    bench.window.key(KEY.Key_Return)
    assert bench.told == [("empty", "A", When.ANY)]


def test_nothing_found_is_nothing_to_copy(bench: Bench) -> None:
    bench.click(bench.dialog.copy)
    bench.dialog.routines.search.setFocus()
    bench.window.type("zzz")
    assert bench.dialog.make.accessibleDescription() == "Choose the routine to copy."
    bench.window.key(KEY.Key_Escape)
    assert bench.dialog.make.isEnabled()
    assert bench.dialog.isVisible()
    bench.window.key(KEY.Key_Escape)
    assert bench.told == []
    assert bench.window.focusWidget() is bench.window.field


def test_tab_stays_in_the_dialog(bench: Bench) -> None:
    seen = set()
    for _ in range(20):
        bench.window.key(KEY.Key_Tab)
        focus = bench.window.focusWidget()
        assert focus is not None
        assert bench.dialog.isAncestorOf(focus)
        seen.add(focus)
    assert {bench.dialog.name, bench.dialog.empty, bench.dialog.moment, bench.dialog.make} <= seen


def test_without_routines_there_is_nothing_to_copy(qtbot: QtBot, themes: ThemeManager) -> None:
    dialog = NewRoutineDialog(themes, HostWindow(qtbot, (900, 600)), ())
    dialog.open()
    assert not dialog.copy.isVisible()
    assert dialog.paste.isVisible()


@pytest.mark.parametrize("text_size", [1.0, 1.3])
def test_it_fits_the_smallest_window(qtbot: QtBot, themes: ThemeManager, text_size: float) -> None:
    themes.apply(Settings(theme=ThemeChoice.DARK, text_size=text_size))
    bench = Bench(qtbot, themes, (900, 600))
    for way in (bench.dialog.empty, bench.dialog.copy, bench.dialog.paste):
        bench.click(way)
        assert_it_fits(bench.dialog)
