"""The dialogs that ask before anything is overwritten: conflict, clash, what was not saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.settings import Settings, ThemeChoice
from app.ui.pages.editor.dialogs.clash import ClashDialog
from app.ui.pages.editor.dialogs.conflict import ConflictDialog
from app.ui.pages.editor.dialogs.differences import compared
from app.ui.pages.editor.dialogs.recovered import RecoveredDialog, Unsaved
from tests.support.dialogs import HostWindow, assert_it_fits, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
SHARED = "".join(f"line {number}\n" for number in range(20))
OURS = f'name = "Mine"\n{SHARED}last\nextra\n'
THEIRS = f'name = "Theirs"\n{SHARED}last\n'
LONG = "Hüftbeuger und hintere Oberschenkelmuskulatur nach dem Lauf"


def conflict(
    qtbot: QtBot, themes: ThemeManager, size: tuple[int, int] = (1280, 800)
) -> tuple[HostWindow, ConflictDialog, list[str]]:
    window = HostWindow(qtbot, size)
    dialog = ConflictDialog(themes, window, file_name="hips.toml", ours=OURS, theirs=THEIRS)
    told: list[str] = []
    dialog.keep_ours.connect(partial(told.append, "ours"))
    dialog.take_theirs.connect(partial(told.append, "theirs"))
    dialog.keep_both.connect(partial(told.append, "both"))
    dialog.open()
    settle()
    return window, dialog, told


def test_changed_lines_are_marked_and_long_runs_left_out() -> None:
    pairs = compared(OURS, THEIRS)
    changed = [
        (pair.ours and pair.ours.text, pair.theirs and pair.theirs.text)
        for pair in pairs
        if (pair.ours or pair.theirs).changed  # type: ignore[union-attr]
    ]
    assert changed == [('name = "Mine"', 'name = "Theirs"'), ("extra", None)]
    gaps = [pair.ours.text for pair in pairs if pair.ours and pair.ours.number is None]
    assert gaps == ["17 lines are the same"]
    assert [pair.ours.text for pair in pairs[1:3] if pair.ours] == ["line 0", "line 1"]
    assert pairs[-2].ours is not None
    assert pairs[-2].ours.number == 22


def test_line_numbers_are_those_of_each_text() -> None:
    pairs = compared("a\nnew\nb\n", "a\nb\n")
    last = pairs[-1]
    assert last.ours is not None
    assert last.theirs is not None
    assert (last.ours.number, last.theirs.number) == (3, 2)


@pytest.mark.parametrize(("tabs", "told"), [(0, "both"), (-1, "theirs"), (-2, "ours")])
def test_the_keyboard_chooses_between_the_texts(
    qtbot: QtBot, themes: ThemeManager, tabs: int, told: str
) -> None:
    window, _, heard = conflict(qtbot, themes)
    for _ in range(-tabs):
        window.key(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    window.key(KEY.Key_Return)
    assert heard == [told]
    assert window.focusWidget() is window.field


def test_the_mouse_chooses_between_the_texts(qtbot: QtBot, themes: ThemeManager) -> None:
    heard = []
    for name in ("mine", "theirs", "both"):
        _, dialog, told = conflict(qtbot, themes)
        qtbot.mouseClick(getattr(dialog, name), LEFT)
        heard += told
    assert heard == ["ours", "theirs", "both"]


def test_esc_decides_later(qtbot: QtBot, themes: ThemeManager) -> None:
    window, _, heard = conflict(qtbot, themes)
    window.key(KEY.Key_Escape)
    assert heard == []
    assert window.focusWidget() is window.field


def test_the_texts_stand_below_one_another_in_a_narrow_window(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    _, wide, _ = conflict(qtbot, themes)
    _, narrow, _ = conflict(qtbot, themes, (900, 600))
    assert wide.differences.is_beside
    assert not narrow.differences.is_beside
    assert narrow.differences.height() >= narrow.differences.heightForWidth(
        narrow.differences.width()
    )
    assert 'line 1: name = "Mine"; line 23: extra' in wide.differences.accessibleName()


def test_a_long_text_is_scrolled_from_any_button(qtbot: QtBot, themes: ThemeManager) -> None:
    window = HostWindow(qtbot, (900, 600))
    theirs = "".join(f"{number}\n" for number in range(80))
    dialog = ConflictDialog(themes, window, file_name="a.toml", ours="", theirs=theirs)
    dialog.open()
    settle()
    assert window.focusWidget() is dialog.both
    window.key(KEY.Key_End)
    assert dialog._scroll.offset == dialog._scroll.range > 0
    window.key(KEY.Key_PageUp)
    assert dialog._scroll.offset < dialog._scroll.range


def clash(
    qtbot: QtBot, themes: ThemeManager, *, built_in: bool = False
) -> tuple[HostWindow, ClashDialog, list[str]]:
    window = HostWindow(qtbot, (900, 600))
    dialog = ClashDialog(
        themes,
        window,
        name=LONG,
        taken_by="Hips",
        file_name="hips-and-hamstrings-after-the-long-run.toml",
        free_name="hips-and-hamstrings-after-the-long-run-2.toml",
        built_in=built_in,
    )
    told: list[str] = []
    dialog.keep_both.connect(partial(told.append, "both"))
    dialog.replace.connect(partial(told.append, "replace"))
    dialog.open()
    settle()
    return window, dialog, told


def test_a_clash_is_asked_about(qtbot: QtBot, themes: ThemeManager) -> None:
    window, _, told = clash(qtbot, themes)
    window.key(KEY.Key_Return)
    assert told == ["both"]
    _, dialog, told = clash(qtbot, themes)
    qtbot.mouseClick(dialog.replace_button, LEFT)
    assert told == ["replace"]
    window, _, told = clash(qtbot, themes)
    window.key(KEY.Key_Escape)
    assert told == []


def recovered(
    qtbot: QtBot, themes: ThemeManager, *names: str
) -> tuple[HostWindow, RecoveredDialog, list[tuple[str, str]]]:
    window = HostWindow(qtbot, (900, 600))
    drafts = [Unsaved(file=f"/{number}.toml", name=name) for number, name in enumerate(names)]
    dialog = RecoveredDialog(themes, window, drafts)
    told: list[tuple[str, str]] = []
    dialog.open_wanted.connect(lambda file: told.append(("open", file)))
    dialog.discard_wanted.connect(lambda file: told.append(("discard", file)))
    dialog.open()
    settle()
    return window, dialog, told


def test_one_draft_is_opened_by_enter(qtbot: QtBot, themes: ThemeManager) -> None:
    window, _, told = recovered(qtbot, themes, "Hips")
    window.key(KEY.Key_Return)
    assert told == [("open", "/0.toml")]


def test_later_keeps_every_draft(qtbot: QtBot, themes: ThemeManager) -> None:
    window, _, told = recovered(qtbot, themes, "Hips", LONG)
    window.key(KEY.Key_Escape)
    assert told == []
    assert window.focusWidget() is window.field


def test_drafts_are_discarded_one_by_one(qtbot: QtBot, themes: ThemeManager) -> None:
    window, dialog, told = recovered(qtbot, themes, "Hips", LONG, "Core")
    assert window.focusWidget() is dialog.rows[0].open
    window.key(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    window.key(KEY.Key_Tab)
    qtbot.mouseClick(dialog.rows[1].discard, LEFT)
    settle()
    assert [row.draft.name for row in dialog.rows] == ["Hips", "Core"]
    assert window.focusWidget() is dialog.rows[1].discard
    window.key(KEY.Key_Return)
    window.key(KEY.Key_Return)
    assert told == [("discard", "/1.toml"), ("discard", "/2.toml"), ("discard", "/0.toml")]
    assert window.focusWidget() is window.field


def test_one_of_several_drafts_is_opened(qtbot: QtBot, themes: ThemeManager) -> None:
    window, dialog, told = recovered(qtbot, themes, "Hips", "Core")
    assert dialog.rows[1].open.accessibleName() == "Open Core"
    window.key(KEY.Key_Tab)
    window.key(KEY.Key_Tab)
    window.key(KEY.Key_Return)
    assert told == [("open", "/1.toml")]


@pytest.mark.parametrize("text_size", [1.0, 1.3])
def test_they_fit_the_smallest_window(qtbot: QtBot, themes: ThemeManager, text_size: float) -> None:
    themes.apply(Settings(theme=ThemeChoice.DARK, text_size=text_size))
    assert_it_fits(conflict(qtbot, themes, (900, 600))[1])
    assert_it_fits(clash(qtbot, themes, built_in=True)[1])
    assert_it_fits(recovered(qtbot, themes, "Hips", LONG, "Core")[1])
