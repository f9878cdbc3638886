"""The editor's list: what rows show, and what keys, clicks and menus do to the routine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from editor_cases import (
    HIPS,
    KINDS,
    FakeClipboard,
    block_id,
    editor_model,
    editor_page,
    key,
    numbered,
    short_hold,
    step_id,
    step_names,
    write,
)
from make import block, routine, step
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.domain.choices import Choices, Side
from app.domain.routine import SideChoice, TimeDose
from app.ui.pages.editor.hints import Hint
from app.ui.pages.editor.row_base import MENU
from app.ui.pages.editor.words import amount_of_time, spoken_time, step_facts

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from app.domain.routine import Routine
    from app.ui.pages.editor.block_header import BlockHeader
    from app.ui.pages.editor.page import EditorPage
    from app.ui.pages.editor.row_base import PartRow
    from app.ui.pages.editor.step_row import StepRow
    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Editor:
    """A page that has the focus, and what is in it."""

    def __init__(
        self, qtbot: QtBot, themes: ThemeManager, locale: QLocale, made: Routine, **keys: object
    ) -> None:
        self.qtbot = qtbot
        self.clipboard = FakeClipboard()
        self.model = editor_model(made, clipboard=self.clipboard, **keys)
        self.page: EditorPage = editor_page(self.model, themes, locale)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.focus_start()

    def row(self, block: int, step: int) -> StepRow:
        return self.page.steps.rows[step_id(self.model, block, step)]

    def header(self, block: int) -> BlockHeader:
        return self.page.steps.headers[block_id(self.model, block)]

    def click(
        self, row: PartRow, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.qtbot.mouseClick(row, LEFT, modifiers, QPoint(row.width() // 2, row.height() // 2))

    def zone(self, row: PartRow, name: str) -> None:
        self.qtbot.mouseClick(row, LEFT, pos=row.zones()[name].center().toPoint())

    def names(self) -> list[list[str]]:
        return step_names(self.model)

    def selected(self) -> list[str]:
        facts = {part: row.facts.name for part, row in self.page.steps.rows.items()}
        blocks = {part: row.part.name for part, row in self.page.steps.headers.items()}
        return [(facts | blocks)[part] for part in self.model.selection]

    def action(self, text: str) -> QAction:
        menu = self.page.steps.menu
        assert menu is not None
        return next(action for action in menu.actions() if action.text() == text)

    def choose(self, text: str) -> None:
        action = self.action(text)
        assert action.isEnabled()
        menu = self.page.steps.menu
        assert menu is not None
        action.trigger()
        menu.close()


@pytest.fixture
def hips(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> Editor:
    return Editor(qtbot, themes, english, HIPS)


@pytest.fixture
def plain(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> Editor:
    return Editor(qtbot, themes, english, numbered(3, 3))


# What rows show


def test_rows_say_name_sides_and_amount(hips: Editor) -> None:
    facts = hips.row(0, 1).facts
    assert (facts.name, facts.side, facts.amount) == (
        "Leg swings",
        "Left, then right",
        "2 \N{MULTIPLICATION SIGN} 40 s",
    )
    assert hips.row(0, 0).facts.amount == "1:00"
    assert hips.row(0, 2).facts.amount == "12 reps"
    assert hips.row(2, 1).facts.side == "Sides take turns · Then 20 s rest"


def test_every_dose_has_its_words(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> None:
    made = Editor(qtbot, themes, english, KINDS)
    assert [row.facts.amount for row in made.page.steps.rows.values()] == [
        "2:00",
        "2 \N{MULTIPLICATION SIGN} 6 breaths",
        "Open",
        "2 \N{MULTIPLICATION SIGN} 45 s",
        "2 \N{MULTIPLICATION SIGN} 30 s",
        "6 reps",
    ]
    assert [row.facts.side for row in made.page.steps.rows.values()] == [
        "",
        "Left, then right",
        "Left side",
        "Sore side",
        "Left, then right",
        "Sides take turns · Optional",
    ]


def test_the_first_side_is_the_users(hips: Editor) -> None:
    facts = step_facts(
        step("wall-calf"), hips.model.exercises, replace(Choices(), first_side=Side.RIGHT)
    )
    assert facts.side == "Right, then left"


def test_a_step_without_an_amount_says_so(hips: Editor) -> None:
    facts = step_facts(step(name="Wave"), hips.model.exercises, Choices())
    assert (facts.amount, facts.spoken_amount) == ("", "no amount")


@pytest.mark.parametrize(
    ("ms", "shown", "spoken"),
    [
        (45_000, "45 s", "45 seconds"),
        (12_500, "12.5 s", "12.5 seconds"),
        (1_000, "1 s", "1 second"),
        (60_000, "1:00", "1 minute"),
        (90_500, "1:30.5", "1 minute 30.5 seconds"),
        (3_600_000, "1:00:00", "60 minutes"),
    ],
)
def test_lengths_are_short_to_see_and_whole_to_hear(ms: int, shown: str, spoken: str) -> None:
    assert amount_of_time(ms) == shown
    assert spoken_time(ms) == spoken


def test_a_row_is_read_out_with_place_amount_and_problem(hips: Editor) -> None:
    part = step_id(hips.model, 1, 1)
    assert hips.row(1, 1).spoken() == (
        "Supine hamstring stretch, 5 of 9, 2 \N{MULTIPLICATION SIGN} 45 seconds, left, then right"
    )
    hips.model.set_steps([part], "x", dose=TimeDose(500))
    hips.model.check()
    assert (
        hips.row(1, 1)
        .spoken()
        .endswith(
            "2 \N{MULTIPLICATION SIGN} 0.5 seconds, left, then right, "
            "problem: A step lasts at least 1 second."
        )
    )
    assert hips.row(1, 1).problem


def test_a_heading_is_read_out_with_steps_rounds_and_length(hips: Editor) -> None:
    assert hips.header(1).spoken() == (
        "Block Hold, 3 steps, 2 rounds, 15 s rest, 10 minutes 18 seconds"
    )


def test_lengths_of_blocks_add_up_to_the_total(hips: Editor) -> None:
    minutes = [hips.header(at).length.split(":") for at in range(3)]
    seconds = sum(60 * int(m) + int(s) for m, s in minutes)
    total = hips.page.header.total.text().split(":")
    assert abs(60 * int(total[0]) + int(total[1]) - seconds) <= 1


# Selecting


def test_up_and_down_go_through_blocks_and_steps(plain: Editor) -> None:
    key(Qt.Key.Key_Down)
    assert plain.selected() == ["Block 1"]
    for _ in range(4):
        key(Qt.Key.Key_Down)
    assert plain.selected() == ["Block 2"]
    key(Qt.Key.Key_Up)
    assert plain.selected() == ["1.3"]
    key(Qt.Key.Key_End)
    assert plain.selected() == ["3.3"]
    key(Qt.Key.Key_Down)
    assert plain.selected() == ["3.3"]
    key(Qt.Key.Key_Home)
    assert plain.selected() == ["Block 1"]


def test_the_focus_is_where_the_selection_is(plain: Editor) -> None:
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    row = plain.row(0, 0)
    assert row.hasFocus()
    assert row.ring.visible
    plain.click(plain.row(1, 0))
    assert plain.row(1, 0).hasFocus()
    assert not plain.row(1, 0).ring.visible


def test_shift_extends_and_shrinks_the_selection(plain: Editor) -> None:
    plain.click(plain.row(0, 1))
    for _ in range(3):
        key(Qt.Key.Key_Down, SHIFT)
    # Steps alone: a block would take all of its steps along.
    assert plain.selected() == ["1.2", "1.3", "2.1"]
    key(Qt.Key.Key_Up, SHIFT)
    key(Qt.Key.Key_Up, SHIFT)
    assert plain.selected() == ["1.2", "1.3"]
    plain.click(plain.row(0, 0), SHIFT)
    assert plain.selected() == ["1.1", "1.2"]


def test_ctrl_takes_single_rows_in_and_out(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    plain.click(plain.row(2, 2), CTRL)
    plain.click(plain.row(1, 0), CTRL)
    assert plain.selected() == ["1.1", "2.1", "3.3"]
    plain.click(plain.row(0, 0), CTRL)
    assert plain.selected() == ["2.1", "3.3"]


def test_ctrl_and_arrows_go_without_selecting_and_space_takes_in(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    key(Qt.Key.Key_Down, CTRL)
    key(Qt.Key.Key_Down, CTRL)
    assert plain.selected() == ["1.1"]
    assert plain.row(0, 2).hasFocus()
    key(Qt.Key.Key_Space, CTRL)
    assert plain.selected() == ["1.1", "1.3"]
    key(Qt.Key.Key_Space)
    assert plain.selected() == ["1.1"]


def test_ctrl_a_selects_every_step(plain: Editor) -> None:
    key(Qt.Key.Key_A, CTRL)
    assert len(plain.selected()) == 9


def test_a_press_beside_the_rows_selects_nothing(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    plain.qtbot.mouseClick(plain.page.steps, LEFT, pos=QPoint(10, 200))
    assert plain.selected() == []


def test_esc_selects_nothing(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    key(Qt.Key.Key_Escape)
    assert plain.selected() == []


def test_tab_stops_at_one_row_then_at_the_bar_of_its_block(plain: Editor) -> None:
    plain.click(plain.row(1, 1))
    key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is plain.page.steps.bars[block_id(plain.model, 1)]
    key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is plain.page.steps.add_block
    key(Qt.Key.Key_Tab)
    assert not plain.page.steps.isAncestorOf(QApplication.focusWidget())
    key(Qt.Key.Key_Backtab, SHIFT)
    key(Qt.Key.Key_Backtab, SHIFT)
    key(Qt.Key.Key_Backtab, SHIFT)
    assert plain.row(1, 1).hasFocus()


def test_a_step_made_later_is_reached_by_tab_as_any_other(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    key(Qt.Key.Key_D, CTRL)
    made = plain.row(0, 1)
    assert made.hasFocus()
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Backtab, SHIFT)
    assert made.hasFocus()


# Changing


def test_alt_and_arrows_move_steps_also_into_the_next_block(plain: Editor) -> None:
    plain.click(plain.row(0, 1))
    key(Qt.Key.Key_Down, ALT)
    assert plain.names()[0] == ["1.1", "1.3", "1.2"]
    key(Qt.Key.Key_Down, ALT)
    assert plain.names()[:2] == [["1.1", "1.3"], ["1.2", "2.1", "2.2", "2.3"]]
    assert plain.selected() == ["1.2"]
    assert plain.row(1, 0).hasFocus()
    key(Qt.Key.Key_Z, CTRL)
    key(Qt.Key.Key_Z, CTRL)
    assert plain.names() == [[f"{b}.{n}" for n in (1, 2, 3)] for b in (1, 2, 3)]


def test_alt_and_arrows_move_a_whole_block(plain: Editor) -> None:
    plain.click(plain.header(0))
    key(Qt.Key.Key_Down, ALT)
    assert [part.name for part in plain.model.document.blocks] == ["Block 2", "Block 1", "Block 3"]


def test_delete_removes_and_goes_on_with_the_next(plain: Editor) -> None:
    plain.click(plain.row(0, 1))
    key(Qt.Key.Key_Delete)
    assert plain.names()[0] == ["1.1", "1.3"]
    assert plain.selected() == ["1.3"]
    assert plain.row(0, 1).hasFocus()
    key(Qt.Key.Key_Backspace)
    assert plain.names()[0] == ["1.1"]
    assert plain.model.undo_label == "Remove step"


def test_undo_selects_what_came_back(plain: Editor) -> None:
    plain.click(plain.row(0, 1))
    key(Qt.Key.Key_Delete)
    key(Qt.Key.Key_End)
    key(Qt.Key.Key_Z, CTRL)
    assert plain.selected() == ["1.2"]
    key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert plain.names()[0] == ["1.1", "1.3"]
    key(Qt.Key.Key_Z, CTRL)
    key(Qt.Key.Key_Y, CTRL)
    assert plain.names()[0] == ["1.1", "1.3"]


def test_ctrl_d_duplicates_all_that_is_selected(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    key(Qt.Key.Key_Down, SHIFT)
    key(Qt.Key.Key_D, CTRL)
    assert plain.names()[0] == ["1.1", "1.2", "1.1", "1.2", "1.3"]


def test_cut_and_paste_move_steps(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    key(Qt.Key.Key_X, CTRL)
    plain.click(plain.row(2, 2))
    key(Qt.Key.Key_V, CTRL)
    assert plain.names()[0] == ["1.2", "1.3"]
    assert plain.names()[2] == ["3.1", "3.2", "3.3", "1.1"]
    assert plain.selected() == ["1.1"]


def test_a_copy_goes_to_another_routine(
    plain: Editor, qtbot: QtBot, themes: ThemeManager, english: QLocale
) -> None:
    plain.click(plain.row(0, 0))
    key(Qt.Key.Key_C, CTRL)
    text = plain.clipboard.text()
    other = Editor(qtbot, themes, english, HIPS, desk=plain.model._desk)
    other.clipboard.set_text(text)
    other.click(other.row(0, 0))
    key(Qt.Key.Key_V, CTRL)
    assert other.names()[0][:2] == ["Easy march", "1.1"]


def test_rows_stay_the_same_widgets_while_the_routine_changes(plain: Editor) -> None:
    before = dict(plain.page.steps.rows)
    plain.click(plain.row(0, 0))
    key(Qt.Key.Key_Down, ALT)
    key(Qt.Key.Key_D, CTRL)
    after = plain.page.steps.rows
    assert all(after[part] is row for part, row in before.items())
    assert len(after) == len(before) + 1


def test_rows_of_what_is_gone_are_gone(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    gone = plain.row(0, 0)
    key(Qt.Key.Key_Delete)
    assert gone.isHidden()
    assert gone not in plain.page.steps.rows.values()


def test_removing_everything_leaves_the_way_to_begin(plain: Editor) -> None:
    for _ in range(3):
        plain.click(plain.header(0))
        key(Qt.Key.Key_Delete)
    assert plain.page.steps.empty.isVisible()
    assert plain.page.steps.empty.add.hasFocus()
    asked: list[str] = []
    plain.page.paste_list_requested.connect(lambda: asked.append("paste"))
    plain.qtbot.mouseClick(plain.page.steps.empty.paste, LEFT)
    assert asked == ["paste"]
    key(Qt.Key.Key_Z, CTRL)
    assert not plain.page.steps.empty.isVisible()


# Blocks


def test_rounds_go_up_and_down_by_mouse_and_by_key(hips: Editor) -> None:
    hips.zone(hips.header(0), "plus")
    hips.zone(hips.header(0), "plus")
    hips.zone(hips.header(0), "minus")
    assert hips.model.document.blocks[0].rounds == 2
    hips.click(hips.header(0))
    key("+")
    key("-")
    key("-")
    key("-")
    assert hips.model.document.blocks[0].rounds == 1


def test_a_name_is_edited_in_place_and_undone_as_a_whole(hips: Editor) -> None:
    header = hips.header(0)
    hips.qtbot.mouseDClick(header, LEFT, pos=QPoint(60, 20))
    assert header.edit is not None
    assert header.edit.hasFocus()
    write("Warm")
    assert hips.model.document.blocks[0].name == "Warm"
    key(Qt.Key.Key_Return)
    assert header.edit is None
    assert header.hasFocus()
    key(Qt.Key.Key_Z, CTRL)
    assert hips.model.document.blocks[0].name == "Loosen"


def test_f2_edits_a_blocks_name_and_enter_takes_it(hips: Editor) -> None:
    hips.click(hips.header(0))
    key(Qt.Key.Key_F2)
    write("Warm")
    key(Qt.Key.Key_Down)
    assert hips.header(0).edit is not None
    key(Qt.Key.Key_D, CTRL)
    key(Qt.Key.Key_Return)
    assert hips.header(0).edit is None
    assert [part.name for part in hips.model.document.blocks] == ["Warm", "Hold", "Steady"]


def test_arrows_lead_from_a_bar_back_to_the_rows(plain: Editor) -> None:
    plain.click(plain.row(0, 1))
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Delete)
    assert plain.names()[0] == ["1.1", "1.2", "1.3"]
    key(Qt.Key.Key_Down)
    assert plain.row(0, 2).hasFocus()
    assert plain.selected() == ["1.3"]


def test_esc_gives_a_name_back(hips: Editor) -> None:
    hips.click(hips.header(0))
    key(Qt.Key.Key_F2)
    write("Nothing of it")
    key(Qt.Key.Key_Escape)
    assert hips.model.document.blocks[0].name == "Loosen"
    assert hips.model.undo_label is None
    assert hips.header(0).hasFocus()


def test_ctrl_z_in_a_name_is_the_pages_undo(hips: Editor) -> None:
    hips.click(hips.header(0))
    key(Qt.Key.Key_F2)
    write("Warm")
    key(Qt.Key.Key_Z, CTRL)
    edit = hips.header(0).edit
    assert edit is not None
    assert edit.text() == "Loosen"
    write("x")
    assert hips.model.document.blocks[0].name.endswith("x")


def test_a_name_is_taken_when_the_focus_goes_on(hips: Editor) -> None:
    hips.click(hips.header(0))
    key(Qt.Key.Key_F2)
    write("Warm")
    hips.click(hips.row(1, 0))
    assert hips.header(0).edit is None
    assert hips.model.document.blocks[0].name == "Warm"
    assert hips.row(1, 0).hasFocus()


def test_letters_are_letters_in_a_name(hips: Editor) -> None:
    hips.click(hips.header(0))
    key(Qt.Key.Key_F2)
    write("a+d")
    assert hips.model.document.blocks[0].name == "a+d"
    assert not hips.page.is_library_open


def test_a_block_folds_by_its_chevron_and_by_keys(plain: Editor) -> None:
    header = plain.header(0)
    plain.zone(header, "fold")
    assert plain.row(0, 0).isHidden()
    assert plain.header(1).y() < 120
    plain.click(header)
    key(Qt.Key.Key_Down)
    assert plain.selected() == ["Block 2"]
    key(Qt.Key.Key_Up)
    key(Qt.Key.Key_Right)
    assert plain.row(0, 0).isVisible()
    key(Qt.Key.Key_Right)
    assert plain.selected() == ["1.1"]
    key(Qt.Key.Key_Left)
    assert plain.selected() == ["Block 1"]
    key(Qt.Key.Key_Left)
    assert plain.row(0, 0).isHidden()
    assert header.hasFocus()


def test_a_step_that_moves_into_a_folded_block_unfolds_it(plain: Editor) -> None:
    plain.page.steps.set_folded(block_id(plain.model, 1), folded=True)
    plain.click(plain.row(0, 2))
    key(Qt.Key.Key_Down, ALT)
    assert plain.names()[1][0] == "1.3"
    assert plain.row(1, 0).isVisible()
    assert plain.row(1, 0).hasFocus()


def test_a_selected_step_in_a_block_that_folds_gives_way_to_the_block(plain: Editor) -> None:
    plain.click(plain.row(0, 1))
    plain.zone(plain.header(0), "fold")
    assert plain.selected() == ["Block 1"]


def test_a_new_block_is_named_at_once(plain: Editor) -> None:
    plain.qtbot.mouseClick(plain.page.steps.add_block, LEFT)
    write("Cool down")
    key(Qt.Key.Key_Return)
    assert [part.name for part in plain.model.document.blocks][-1] == "Cool down"
    assert plain.header(3).hasFocus()


def test_the_bar_of_a_block_adds_at_its_end(plain: Editor) -> None:
    plain.click(plain.row(0, 0))
    plain.qtbot.mouseClick(plain.page.steps.bars[block_id(plain.model, 0)], LEFT)
    assert plain.page.is_library_open
    library = plain.page.library
    assert library is not None
    library.picked.emit("walk")  # type: ignore[attr-defined]  # a stand-in's signal
    assert plain.names()[0] == ["1.1", "1.2", "1.3", "Walk"]


# Menus


def test_the_dots_open_the_menu_of_a_step(plain: Editor) -> None:
    plain.zone(plain.row(0, 1), MENU)
    assert plain.selected() == ["1.2"]
    plain.choose("Duplicate")
    assert plain.names()[0] == ["1.1", "1.2", "1.2", "1.3"]


def test_the_menu_moves_cuts_pastes_and_removes(plain: Editor) -> None:
    plain.zone(plain.row(0, 1), MENU)
    assert not plain.action("Paste after").isEnabled()
    plain.choose("Move up")
    assert plain.names()[0] == ["1.2", "1.1", "1.3"]
    plain.zone(plain.row(0, 0), MENU)
    plain.choose("Cut")
    plain.zone(plain.row(0, 0), MENU)
    plain.choose("Paste after")
    assert plain.names()[0] == ["1.1", "1.2", "1.3"]
    key(Qt.Key.Key_Down, SHIFT)
    plain.zone(plain.row(0, 1), MENU)
    plain.choose("Remove 2 steps")
    assert plain.names()[0] == ["1.1"]


def test_the_menu_of_a_block_sets_what_has_no_button(hips: Editor) -> None:
    hips.zone(hips.header(1), MENU)
    hips.choose("Optional")
    assert hips.model.document.blocks[1].optional
    hips.zone(hips.header(1), MENU)
    rests = hips.action("Rest between rounds").menu()
    next(a for a in rests.actions() if a.text() == "30 s").trigger()
    assert hips.page.steps.menu is not None
    hips.page.steps.menu.close()
    assert hips.model.document.blocks[1].rest_ms == 30_000
    hips.zone(hips.header(1), MENU)
    hips.choose("Rename")
    assert hips.header(1).edit is not None


# What is wrong, what is advised


def test_a_problem_shows_at_its_row_and_goes_when_it_is_mended(hips: Editor) -> None:
    part = step_id(hips.model, 1, 1)
    hips.model.set_steps([part], "x", dose=TimeDose(200))
    hips.model.check()
    assert hips.row(1, 1).problem == "A step lasts at least 1 second."
    hips.model.set_steps([part], "x", dose=TimeDose(20_000))
    hips.model.check()
    assert hips.row(1, 1).problem == ""


def test_advice_stands_at_its_row_and_below_the_list(hips: Editor) -> None:
    part = step_id(hips.model, 1, 1)
    hint = Hint("short-hold", "This hold is short.", "Holds of 30 s and more do more.", part)
    zigzag = Hint("zigzag", "Up and down again and again.", "It costs time.", None, "Sort")
    hips.page.show_advice([hint, zigzag])
    assert hips.row(1, 1).hint == "This hold is short."
    assert "note: This hold is short." in hips.row(1, 1).spoken()
    told: list[object] = []
    hips.page.advice_silenced.connect(lambda name, at: told.append((name, at)))
    hips.page.advice_applied.connect(told.append)
    first, second = hips.page.steps.notes.notes
    assert [button.text() for button in second.buttons] == ["Sort", "Hide for this routine"]
    hips.qtbot.mouseClick(second.buttons[0], LEFT)
    hips.qtbot.mouseClick(first.buttons[1], LEFT)
    assert told == ["zigzag", ("short-hold", part)]
    hips.qtbot.mouseClick(first.buttons[0], LEFT)
    assert hips.selected() == ["Supine hamstring stretch"]
    second.buttons[1].setFocus()
    hips.page.show_advice([])
    assert not hips.page.steps.notes.isVisible()
    assert hips.row(1, 1).hasFocus()
    assert hips.row(1, 1).hint == ""


# What cannot be changed


def test_a_built_in_routine_is_only_looked_at(
    qtbot: QtBot, themes: ThemeManager, english: QLocale
) -> None:
    made = Editor(qtbot, themes, english, HIPS, read_only=True)
    before = made.model.document
    made.click(made.row(0, 1))
    for pressed, modifiers in (
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, ALT),
        (Qt.Key.Key_D, CTRL),
        (Qt.Key.Key_X, CTRL),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
    ):
        key(pressed, modifiers)
    made.click(made.header(0))
    key(Qt.Key.Key_F2)
    key("+")
    assert made.model.document == before
    assert not made.page.is_library_open
    assert not made.page.steps.bars
    key(Qt.Key.Key_C, CTRL)
    assert made.clipboard.text()


def test_a_row_with_a_long_name_keeps_its_amount(
    qtbot: QtBot, themes: ThemeManager, english: QLocale
) -> None:
    name = "Dehnung der rückseitigen Oberschenkelmuskulatur mit gestrecktem Knie " * 2
    made = Editor(
        qtbot,
        themes,
        english,
        routine(block(step(name=name[:80], dose=TimeDose(30_000), side=SideChoice.EACH))),
    )
    made.page.resize(804, 600)
    made.page.grab()
    assert made.row(0, 0).toolTip() == name[:80]


def test_a_step_that_is_too_short_is_no_row_less(
    qtbot: QtBot, themes: ThemeManager, english: QLocale
) -> None:
    made = Editor(qtbot, themes, english, routine(block(short_hold())))
    assert made.row(0, 0).facts.amount == "0.5 s"
    assert made.row(0, 0).problem
