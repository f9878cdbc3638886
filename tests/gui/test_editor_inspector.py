"""The editor's inspector: every key of routine, block and step, one or several at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from editor_cases import (
    HIPS,
    KINDS,
    FakeDesk,
    PlainLibrary,
    block_id,
    editor_model,
    key,
    step_id,
    write,
)
from make import block, hold, routine, step
from preview_cases import no_figures
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QToolButton,
    QWidget,
)

from app.domain.editing import PartProblem
from app.domain.exercise import Phase, Position
from app.domain.routine import BreathsDose, OpenDose, RepsDose, SideChoice, TimeDose
from app.domain.settings import Settings, ThemeChoice
from app.domain.when import When
from app.ui.pages.editor.inspector import Inspector
from app.ui.pages.editor.inspector_block import BlockForm
from app.ui.pages.editor.inspector_numbers import TimeStepper
from app.ui.pages.editor.inspector_routine import RoutineForm
from app.ui.pages.editor.inspector_step import StepForm
from app.ui.pages.editor.page import EditorPage
from app.ui.widgets.focus_ring import show_in_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QLocale
    from pytestqt.qtbot import QtBot

    from app.domain.routine import Block, Routine, Step
    from app.ui.theme import ThemeManager
    from app.ui.widgets.select import Select

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SUPINE, LUNGE = (1, 1), (0, 2)


class Desk:
    """A page with its inspector, and what the tests ask of them."""

    def __init__(self, qtbot: QtBot, page: EditorPage, inspector: Inspector) -> None:
        self.qtbot, self.page, self.inspector = qtbot, page, inspector
        self.model = page.model

    def select(self, *places: tuple[int, int] | int) -> None:
        self.model.select(
            step_id(self.model, *place) if isinstance(place, tuple) else block_id(self.model, place)
            for place in places
        )
        self.inspector.catch_up()
        QApplication.processEvents()

    def step(self, at: int, number: int) -> Step:
        return self.model.document.blocks[at].steps[number].step

    def block(self, at: int) -> Block:
        return self.model.document.blocks[at].block

    @property
    def steps(self) -> StepForm:
        assert isinstance(self.inspector.form, StepForm)
        return self.inspector.form

    @property
    def blocks(self) -> BlockForm:
        assert isinstance(self.inspector.form, BlockForm)
        return self.inspector.form

    @property
    def routine(self) -> RoutineForm:
        assert isinstance(self.inspector.form, RoutineForm)
        return self.inspector.form

    def click(self, widget: QWidget, x: int | None = None) -> None:
        show_in_page(widget)
        pos = widget.rect().center()
        self.qtbot.mouseClick(widget, LEFT, pos=pos if x is None else QPoint(x, pos.y()))

    def fill(self, widget: QWidget, text: str) -> None:
        """Put the focus on a field and write over what is in it."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        key(Qt.Key.Key_A, CTRL)
        write(text)

    def measure(self, index: int) -> None:
        self.click(self.steps.measure.segment(index))

    def pick(self, select: Select, times: int) -> None:
        """Go down a list by keys."""
        select.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(times):
            key(Qt.Key.Key_Down)

    def undo(self) -> None:
        key(Qt.Key.Key_Z, CTRL)


@pytest.fixture
def show(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> Callable[..., Desk]:
    def make(made: Routine = HIPS, *, width: int = 1184, height: int = 800, **keys: object) -> Desk:
        model = editor_model(made, **keys)
        inspector = Inspector(
            model, themes, no_figures(), english, own_exercises=lambda: frozenset({"bridge"})
        )
        page = EditorPage(
            model, themes, english, no_figures(), inspector=inspector, library=PlainLibrary
        )
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return Desk(qtbot, page, inspector)

    return make


@pytest.fixture
def desk(show: Callable[..., Desk]) -> Desk:
    made = show()
    made.select(SUPINE)
    return made


# Which fields are there


def test_the_fields_follow_what_is_selected(show: Callable[..., Desk]) -> None:
    desk = show()
    assert desk.routine.isVisible()
    assert not desk.inspector.footer.isVisible()
    desk.select(1)
    assert desk.blocks.name.text() == "Hold"
    desk.select(SUPINE)
    assert desk.steps.head.accessibleName() == "Supine hamstring stretch, Hold"
    assert desk.inspector.footer.isVisible()
    assert not desk.steps.name.isVisible()


def test_the_fields_are_not_made_anew(desk: Desk) -> None:
    before = desk.steps
    desk.select(LUNGE)
    desk.select(1)
    desk.select((2, 0))
    assert desk.steps is before


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "seconds"), (1, "breaths"), (2, "open"), (4, "seconds")]
)
def test_each_dose_has_its_own_fields(show: Callable[..., Desk], number: int, shown: str) -> None:
    desk = show(KINDS)
    desk.select((0, number))
    entries = desk.steps.entries
    doses = [
        name for name in ("seconds", "reps", "breaths", "open") if entries[name].cell.isVisible()
    ]
    assert doses == [shown]
    assert entries["cadence"].cell.isVisible() is (number == 0)
    assert not entries["tempo"].cell.isVisible()


def test_reps_have_a_tempo_with_the_words_of_the_exercise(desk: Desk) -> None:
    desk.select(LUNGE)
    assert desk.steps.reps.text() == "12"
    assert [cell.label.text() for cell in desk.steps.tempo.cells] == ["Down", "Hold", "Up", "Hold"]
    assert desk.steps.tempo.phases[0].accessibleName() == "Tempo, down"


# A step


def test_a_length_is_typed_and_lasts(desk: Desk) -> None:
    desk.fill(desk.steps.seconds, "90")
    assert desk.step(*SUPINE).dose == TimeDose(90_000)
    key(Qt.Key.Key_Tab)
    assert desk.steps.seconds.text() == "1:30"


@pytest.mark.parametrize(
    ("text", "tenths"),
    [
        ("90", 900),
        ("1:30", 900),
        ("90 s", 900),
        ("1 min", 600),
        ("1.5 min", 900),
        ("2 min 30 s", 1500),
        ("1:02:30", 37_500),
        ("12,5", 125),
        ("12.5 s", 125),
        ("", None),
        ("1:", None),
        ("soon", None),
    ],
)
def test_a_length_is_read_as_in_files(
    themes: ThemeManager, qtbot: QtBot, text: str, tenths: int | None
) -> None:
    stepper = TimeStepper(themes, "Time", least_ms=1_000, most_ms=3_600_000)
    qtbot.addWidget(stepper)
    assert stepper.parsed(text) == tenths


def test_the_buttons_step_by_five_seconds_below_two_minutes(desk: Desk) -> None:
    stepper = desk.steps.seconds
    desk.fill(stepper, "42")
    desk.click(stepper, stepper.width() - 10)
    assert desk.step(*SUPINE).dose is None  # 45 s is what the exercise says itself.
    desk.click(stepper, 10)
    assert desk.step(*SUPINE).dose == TimeDose(40_000)
    desk.fill(stepper, "2:00")
    desk.click(stepper, stepper.width() - 10)
    assert desk.step(*SUPINE).dose == TimeDose(135_000)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    assert desk.step(*SUPINE).dose == TimeDose(115_000)


def test_typing_is_one_undo_and_the_field_shows_what_is_back(desk: Desk) -> None:
    desk.fill(desk.steps.seconds, "125")
    desk.undo()
    assert desk.step(*SUPINE).dose is None
    assert desk.steps.seconds.text() == "45 s"
    assert desk.steps.seconds.hasFocus()
    assert desk.model.undo_label is None


def test_leaving_a_field_begins_another_undo(desk: Desk) -> None:
    desk.fill(desk.steps.seconds, "50")
    key(Qt.Key.Key_Tab)
    desk.fill(desk.steps.seconds, "60")
    desk.undo()
    assert desk.step(*SUPINE).dose == TimeDose(50_000)


def test_undo_in_a_text_is_the_pages(desk: Desk) -> None:
    desk.fill(desk.steps.note, "Easy")
    assert desk.step(*SUPINE).note == "Easy"
    key(Qt.Key.Key_Z, CTRL)
    assert desk.step(*SUPINE).note is None
    assert desk.steps.note.text() == ""
    key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert desk.steps.note.text() == "Easy"


def test_the_measure_is_changed_and_comes_back_as_it_was(desk: Desk) -> None:
    desk.fill(desk.steps.seconds, "50")
    desk.measure(2)
    assert desk.step(*SUPINE).dose == BreathsDose(6)
    desk.fill(desk.steps.breaths, "8")
    assert desk.step(*SUPINE).dose == BreathsDose(8)
    desk.measure(3)
    assert desk.step(*SUPINE).dose == OpenDose()
    desk.fill(desk.steps.open, "2:00")
    assert desk.step(*SUPINE).dose == OpenDose(120_000)
    desk.measure(0)
    assert desk.step(*SUPINE).dose == TimeDose(50_000)


def test_reps_of_an_exercise_without_a_tempo_get_one(desk: Desk) -> None:
    desk.measure(1)
    assert desk.step(*SUPINE).dose == RepsDose(10)
    assert desk.step(*SUPINE).tempo_ms == (2_000, 0, 2_000, 0)
    desk.measure(0)
    assert desk.step(*SUPINE).tempo_ms is None
    assert desk.step(*SUPINE).dose is None


def test_a_tempo_like_the_exercises_is_not_written(desk: Desk) -> None:
    desk.select(LUNGE)
    phase = desk.steps.tempo.phases[1]
    desk.click(phase, phase.width() - 10)
    assert desk.step(*LUNGE).tempo_ms == (2_000, 500, 2_000, 0)
    desk.click(phase, 10)
    assert desk.step(*LUNGE).tempo_ms is None


def test_cadence_runs_up_to_a_number_or_to_the_goal(show: Callable[..., Desk]) -> None:
    desk = show(KINDS)
    desk.select((0, 0))
    cadence = desk.steps.cadence
    assert (cadence.start.text(), cadence.end.text()) == ("100", "118")
    desk.fill(cadence.end, "120")
    assert desk.step(0, 0).cadence == (100, 120)
    desk.pick(cadence.way, 1)
    assert desk.step(0, 0).cadence == (100, "goal")
    desk.inspector.catch_up()
    assert not cadence.end.isVisible()
    desk.pick(cadence.way, 2)
    assert desk.step(0, 0).cadence == ("goal", "goal")
    cadence.way.setFocus()
    key(Qt.Key.Key_Home)
    assert desk.step(0, 0).cadence is None


def test_the_side_is_the_exercises_until_it_is_chosen(desk: Desk) -> None:
    side = desk.steps.side
    assert side.currentText() == "As the exercise"
    desk.pick(side, 5)
    assert desk.step(*SUPINE).side is SideChoice.AFFECTED
    key(Qt.Key.Key_Home)
    assert desk.step(*SUPINE).side is None


@pytest.mark.parametrize(
    ("field", "attribute"),
    [("changeover", "changeover_ms"), ("side_change", "side_change_ms")],
)
def test_times_between_are_automatic_until_they_are_typed(
    desk: Desk, field: str, attribute: str
) -> None:
    stepper = getattr(desk.steps, field)
    assert stepper.text() == "Auto"
    assert stepper.accessibleName().endswith(", automatic")
    desk.fill(stepper, "8")
    assert getattr(desk.step(*SUPINE), attribute) == 8_000
    key(Qt.Key.Key_A, CTRL)
    key(Qt.Key.Key_Backspace)
    key(Qt.Key.Key_Tab)
    assert getattr(desk.step(*SUPINE), attribute) is None
    assert stepper.text() == "Auto"
    desk.click(stepper, stepper.width() - 10)
    assert getattr(desk.step(*SUPINE), attribute) == 0
    desk.click(stepper, 10)
    assert getattr(desk.step(*SUPINE), attribute) is None


def test_rest_effort_optional_and_note_are_not_there_at_their_defaults(desk: Desk) -> None:
    form = desk.steps
    desk.fill(form.rest, "20")
    desk.fill(form.rpe, "7")
    desk.click(form.optional.toggle)
    changed = desk.step(*SUPINE)
    assert (changed.rest_ms, changed.rpe, changed.optional) == (20_000, 7, True)
    desk.fill(form.rest, "0")
    desk.click(form.rpe, 10)
    for _ in range(6):
        desk.click(form.rpe, 10)
    desk.click(form.optional.toggle)
    changed = desk.step(*SUPINE)
    assert (changed.rest_ms, changed.rpe, changed.optional) == (None, None, False)
    assert form.rpe.text() == "None"


def test_an_automatic_time_says_how_long_it_is_now(desk: Desk) -> None:
    between = [desk.steps.entries[key].cell.hint for key in ("changeover", "side_change")]
    timeline = desk.model.timeline
    assert timeline is not None
    leads = [one for one in timeline.segments if (one.block, one.block_step) == SUPINE]
    first = round(leads[0].duration_ms / 1_000)
    assert [hint.text() for hint in between] == [f"Now {first} s", "Now 5 s"]
    assert desk.steps.changeover.accessibleDescription() == f"Now {first} s"
    desk.model.set_head("x", side_change_ms=8_000)
    desk.model.check()
    desk.inspector.catch_up()
    assert between[1].text() == "Routine: 8 s"
    desk.fill(desk.steps.changeover, "3")
    desk.inspector.catch_up()
    assert not between[0].isVisible()
    desk.select((0, 0))
    assert not any(hint.isVisible() for hint in between)


OWN = ("Keep the knee soft", "Breathe out as you ease in")


def test_the_exercises_cues_show_through_and_can_be_changed(desk: Desk) -> None:
    lines = desk.steps.cues.lines
    assert [line.placeholderText() for line in lines[:2]] == list(OWN)
    assert [line.text() for line in lines[:2]] == ["", ""]
    lines[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert [line.text() for line in lines[:2]] == list(OWN)
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_End)
    write(" more")
    assert desk.step(*SUPINE).cues == (OWN[0], f"{OWN[1]} more")
    assert lines[2].isVisible()
    for _ in " more":
        key(Qt.Key.Key_Backspace)
    assert desk.step(*SUPINE).cues is None
    assert lines[1].text() == OWN[1]
    desk.steps.note.edit.setFocus(Qt.FocusReason.TabFocusReason)
    assert [line.text() for line in lines[:2]] == ["", ""]
    assert not lines[2].isVisible()


def test_cues_that_are_all_emptied_are_the_exercises_again(desk: Desk) -> None:
    lines = desk.steps.cues.lines
    desk.fill(lines[0], "x")
    key(Qt.Key.Key_Backspace)
    assert desk.step(*SUPINE).cues == (OWN[1],)
    desk.fill(lines[1], "x")
    key(Qt.Key.Key_Backspace)
    desk.model.check()
    assert desk.step(*SUPINE).cues is None
    # Not filled again under one's hands.
    assert [line.text() for line in lines[:2]] == ["", ""]
    assert lines[0].placeholderText() == OWN[0]


def test_cues_are_added_up_to_four_and_written_as_one_undo(desk: Desk) -> None:
    desk.select((2, 0))
    lines = desk.steps.cues.lines
    for number in range(4):
        assert lines[number].isVisible()
        desk.fill(lines[number], "abcd"[number] * 100)
    cues = desk.step(2, 0).cues
    assert cues is not None
    assert [len(cue) for cue in cues] == [90] * 4
    desk.undo()
    assert desk.step(2, 0).cues == cues[:3]
    assert lines[3].hasFocus()
    assert lines[3].text() == ""


def test_a_cue_is_moved_by_keys_and_by_the_mouse(desk: Desk) -> None:
    lines = desk.steps.cues.lines
    lines[0].setFocus(Qt.FocusReason.TabFocusReason)
    key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desk.step(*SUPINE).cues == (OWN[1], OWN[0])
    assert lines[1].hasFocus()
    assert [line.text() for line in lines[:2]] == [OWN[1], OWN[0]]
    up, _ = lines[1].findChildren(QToolButton)[::-1]
    assert up.toolTip() == "Move up"
    desk.click(up)
    assert desk.step(*SUPINE).cues is None
    assert lines[0].hasFocus()
    desk.undo()
    assert desk.step(*SUPINE).cues == (OWN[1], OWN[0])
    desk.undo()
    assert desk.step(*SUPINE).cues is None
    names = [part.step.exercise for part in desk.model.document.steps()]
    assert names[4] == "supine-hamstring-stretch"  # Alt+Down moved no step.


def test_a_cue_is_removed_by_the_mouse(desk: Desk) -> None:
    lines = desk.steps.cues.lines
    assert not lines[0].offered
    desk.click(lines[0])
    assert [action.toolTip() for action in lines[0].offered] == ["Remove cue"]
    desk.click(lines[0].findChildren(QToolButton)[0])
    assert desk.step(*SUPINE).cues == (OWN[1],)
    assert lines[0].text() == OWN[1]
    assert not lines[1].offered


def test_a_free_name_has_name_position_and_phase(show: Callable[..., Desk]) -> None:
    desk = show(KINDS)
    desk.select((0, 4))
    form = desk.steps
    desk.fill(form.name, "Stand on one leg")
    desk.pick(form.position, 1)
    desk.pick(form.phase, 4)
    changed = desk.step(0, 4)
    assert changed.name == "Stand on one leg"
    assert changed.position is Position.STANDING
    assert changed.phase is Phase.CORE
    with desk.qtbot.waitSignal(desk.inspector.exercise_requested) as wanted:
        desk.click(form.exercise_button)
    assert wanted.args == ["Stand on one leg"]


def test_only_ones_own_exercise_can_be_edited(desk: Desk) -> None:
    assert not desk.steps.exercise_button.isVisible()
    desk.select((2, 0))
    assert desk.steps.exercise_button.text() == "Edit exercise"
    with desk.qtbot.waitSignal(desk.inspector.exercise_requested) as wanted:
        desk.click(desk.steps.exercise_button)
    assert wanted.args == ["bridge"]


# Several


def test_what_differs_is_mixed_and_is_changed_together(desk: Desk) -> None:
    desk.select((1, 0), (1, 1), (1, 2))
    form = desk.steps
    assert form.title.text() == "3 steps"
    assert form.seconds.text() == "Mixed"
    assert form.seconds.accessibleName() == "Time, mixed"
    desk.fill(form.seconds, "45")
    doses = [desk.step(1, number).dose for number in range(3)]
    assert doses == [TimeDose(45_000), None, None]
    assert form.seconds.text() == "45"
    desk.undo()
    assert form.seconds.text() == "Mixed"
    assert desk.model.undo_label is None


def test_several_measures_are_none_until_one_is_chosen(desk: Desk) -> None:
    desk.select(SUPINE, LUNGE)
    form = desk.steps
    assert form.measure.current() == -1
    assert form.entries["measure"].cell.label.text() == "Measure, mixed"
    desk.measure(2)
    assert desk.step(*SUPINE).dose == desk.step(*LUNGE).dose == BreathsDose(6)
    desk.inspector.catch_up()
    assert form.entries["measure"].cell.label.text() == "Measure"


def test_mixed_choices_switches_and_texts_say_so(desk: Desk) -> None:
    desk.model.set_steps(
        [step_id(desk.model, *SUPINE)],
        "x",
        side=SideChoice.LEFT,
        optional=True,
        note="Mine",
        cues=("A",),
        rest_ms=5_000,
    )
    desk.select(SUPINE, (1, 2))
    form = desk.steps
    assert form.side.currentText() == "Mixed"
    assert form.optional.toggle.accessibleName() == "Optional, mixed, off"
    assert form.note.edit.placeholderText() == "Mixed"
    assert form.cues.lines[0].placeholderText() == "Mixed"
    assert form.rest.text() == "Mixed"
    desk.click(form.optional.toggle)
    assert desk.step(1, 2).optional
    assert desk.step(1, 1).optional


# Block and routine


def test_a_block_has_name_rounds_rest_and_optional(desk: Desk) -> None:
    desk.select(1)
    form = desk.blocks
    desk.fill(form.name, "Long holds")
    desk.fill(form.rounds, "3")
    desk.fill(form.rest, "0:30")
    desk.click(form.optional.toggle)
    made = desk.block(1)
    assert (made.name, made.rounds, made.rest_ms, made.optional) == ("Long holds", 3, 30_000, True)


def test_a_block_says_how_long_it_lasts(desk: Desk) -> None:
    desk.select(1)
    shown = desk.page.steps.headers[block_id(desk.model, 1)]
    assert desk.blocks.total.text() == f"{shown.length} in all, with changeovers"
    desk.fill(desk.blocks.rounds, "3")
    desk.model.check()
    assert desk.blocks.total.text() == f"{shown.length} in all, with changeovers"


def test_several_blocks_are_changed_together(desk: Desk) -> None:
    desk.select(0, 1)
    assert desk.blocks.rounds.text() == "Mixed"
    desk.fill(desk.blocks.rounds, "4")
    assert (desk.block(0).rounds, desk.block(1).rounds) == (4, 4)
    desk.undo()
    assert (desk.block(0).rounds, desk.block(1).rounds) == (1, 2)


def test_all_that_a_routine_says_can_be_edited(show: Callable[..., Desk]) -> None:
    desk = show()
    form = desk.routine
    desk.fill(form.name, "Hips")
    desk.fill(form.summary, "Short")
    desk.fill(form.frequency, "Daily")
    desk.fill(form.progression, "Longer")
    desk.fill(form.focus, "hips")
    key(Qt.Key.Key_Return)
    write("back")
    desk.fill(form.sources, "A book, page 3")
    desk.fill(form.changeover, "7")
    desk.fill(form.side_change, "4")
    desk.pick(form.when, 1)
    head = desk.model.document.head
    assert (head.name, head.summary, head.frequency) == ("Hips", "Short", "Daily")
    assert (head.progression, head.focus) == ("Longer", ("hips", "back"))
    assert head.sources == ("A book, page 3",)
    assert (head.changeover_ms, head.side_change_ms) == (7_000, 4_000)
    assert head.when is not When.AFTER_RUN
    assert form.equipment.currentText() == "Wall, mat +1"


def test_enter_makes_no_second_line_where_a_file_has_one(show: Callable[..., Desk]) -> None:
    desk = show()
    desk.fill(desk.routine.summary, "One")
    key(Qt.Key.Key_Return)
    write("two")
    assert desk.model.document.head.summary == "Onetwo"


# Problems


def test_a_problem_stands_under_its_field_and_moves_no_focus(desk: Desk) -> None:
    desk.fill(desk.steps.seconds, "0.5")
    desk.model.check()
    entry = desk.steps.entries["seconds"]
    assert entry.message.isVisible()
    assert entry.message.text == "A step lasts at least 1 second."
    assert desk.steps.seconds.hasFocus()
    desk.fill(desk.steps.seconds, "30")
    desk.model.check()
    desk.inspector.catch_up()
    assert not entry.message.isVisible()


def test_a_problem_is_gone_to_from_anywhere(desk: Desk) -> None:
    part = step_id(desk.model, 2, 0)
    problem = PartProblem(
        rule="bad", message="Too long.", block=block_id(desk.model, 2), step=part, key="note"
    )
    desk.page.show_problem(problem)
    assert desk.steps.note.edit.hasFocus()
    note = desk.steps.note
    top = note.mapTo(desk.inspector, QPoint(0, 0)).y()
    assert top >= 0
    assert top + note.height() <= desk.inspector.footer.y()


def test_a_problem_shows_a_field_that_would_not_be_there(show: Callable[..., Desk]) -> None:
    made = FakeDesk()
    desk = show(desk=made)
    part = step_id(desk.model, *SUPINE)
    made.extra = (
        PartProblem(rule="x", message="No.", block=block_id(desk.model, 1), step=part, key="tempo"),
    )
    desk.model.check()
    desk.select(SUPINE)
    assert desk.steps.tempo.isVisible()
    made.extra = ()
    desk.model.check()
    assert not desk.steps.tempo.isVisible()


# Keys, read-only, looks


def test_esc_goes_back_to_the_list(desk: Desk) -> None:
    for field in (desk.steps.seconds, desk.steps.note, desk.steps.cues.lines[0], desk.steps.side):
        field.setFocus()
        key(Qt.Key.Key_Escape)
        assert desk.page.steps.has_focus_inside()


def test_enter_takes_what_is_typed_and_stays(desk: Desk) -> None:
    before = desk.model.selection
    for field, text, shown in (
        (desk.steps.seconds, "1 min 5 s", "1:05"),
        (desk.steps.cues.lines[1], "Let go", "Let go"),
    ):
        desk.fill(field, text)
        key(Qt.Key.Key_Return)
        assert field.text() == shown
        assert field.hasFocus()
    assert desk.step(*SUPINE).dose == TimeDose(65_000)
    assert desk.model.selection == before


def test_letters_and_delete_in_a_field_are_the_fields(desk: Desk) -> None:
    before = desk.model.document
    for field in (desk.steps.seconds, desk.steps.rpe, desk.steps.cues.lines[0]):
        field.setFocus()
        for pressed in ("a", Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return):
            key(pressed)
    assert not desk.page.is_library_open
    assert len(desk.model.document.steps()) == len(before.steps())


def test_duplicate_and_remove_are_at_the_foot(desk: Desk) -> None:
    desk.click(desk.inspector.footer.duplicate)
    assert len(desk.model.document.blocks[1].steps) == 4
    desk.click(desk.inspector.footer.remove)
    assert len(desk.model.document.blocks[1].steps) == 3
    assert desk.model.undo_label == "Remove step"


def test_what_is_built_in_is_shown_and_cannot_be_changed(show: Callable[..., Desk]) -> None:
    desk = show(read_only=True)
    desk.select(SUPINE)
    assert not desk.steps.seconds.isEnabled()
    assert "Make a copy" in desk.steps.seconds.accessibleDescription()
    assert "Make a copy" in desk.inspector.footer.remove.accessibleDescription()
    desk.page.open_inspector()
    key(Qt.Key.Key_Escape)
    assert desk.page.steps.has_focus_inside()


@pytest.mark.parametrize("scale", [100, 115, 130])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_stands_out_of_the_panel_at_any_text_size(
    show: Callable[..., Desk], themes: ThemeManager, scale: int, *, dark: bool
) -> None:
    long_name = "Dehnung der Oberschenkelrückseite in der Rückenlage mit Handtuch" * 2
    desk = show(
        routine(
            block(hold(30, long_name[:80]), step("walk", cadence=(100, "goal")), step("bridge"))
        )
    )
    choice = ThemeChoice.DARK if dark else ThemeChoice.LIGHT
    themes.apply(Settings(theme=choice, text_size=scale / 100))
    for number in range(3):
        desk.select((0, number))
        for field in desk.steps.findChildren(QWidget):
            if field.isVisible() and not isinstance(field.parentWidget(), QAbstractSpinBox):
                left = field.mapTo(desk.inspector, QPoint(0, 0)).x()
                assert left >= 0
                assert left + field.width() <= desk.inspector.width()


def test_every_field_has_a_name(show: Callable[..., Desk]) -> None:
    desk = show(KINDS)
    for places in ((), ((0, 0),), ((0, 4),), (0,)):
        desk.select(*places)
        for field in desk.inspector.form.findChildren(QWidget):
            is_field = isinstance(field, QAbstractSpinBox | QComboBox) or (
                isinstance(field, QLineEdit)
                and not isinstance(field.parentWidget(), QAbstractSpinBox)
            )
            if is_field:
                assert field.accessibleName().strip(), field
