"""The dialog for an own exercise: everything it says, what is wrong, its figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.exercise import Category, Equipment, Exercise, Mode, Position, Sides
from app.domain.settings import Settings, ThemeChoice
from app.ui.pages.editor.dialogs.exercise_fields import new_id, synonyms_of
from app.ui.pages.editor.dialogs.own_exercise import OwnExerciseDialog
from app.ui.pages.editor.dialogs.pick_list import PickDialog
from tests.support.dialogs import HostWindow, assert_it_fits, settle
from tests.support.figures import new_figures, shipped_exercises

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
OWN = replace(
    shipped_exercises()["glute-bridge"],
    id="my-bridge",
    name="Brücke mit Theraband und wechselndem gestrecktem Bein",
    synonyms=("band bridge",),
    easier=("bridge",),
    source="My physio",
    figure="glute-bridge",
)


class Bench:
    def __init__(
        self,
        qtbot: QtBot,
        themes: ThemeManager,
        exercise: Exercise | None = None,
        *,
        name: str = "",
        size: tuple[int, int] = (1280, 800),
    ) -> None:
        self.qtbot = qtbot
        self.window = HostWindow(qtbot, size)
        self.saved: list[Exercise] = []
        self.deleted: list[str] = []
        library = dict(shipped_exercises())
        if exercise is not None:
            library[exercise.id] = exercise
        self.dialog = OwnExerciseDialog(
            themes,
            self.window,
            figures=new_figures(),
            exercise=exercise,
            library=library,
            name=name,
        )
        self.dialog.saved.connect(self.saved.append)
        self.dialog.deleted.connect(self.deleted.append)
        self.dialog.open()
        settle()

    def tab_to(self, widget: object) -> None:
        for _ in range(60):
            if self.window.focusWidget() is widget:
                return
            self.window.key(KEY.Key_Tab)
        pytest.fail(f"Tab does not reach {widget}")

    def click(self, widget: object) -> None:
        self.dialog.reveal(widget)  # type: ignore[arg-type]
        self.qtbot.mouseClick(widget, LEFT)
        settle()


def test_an_exercise_is_made_with_the_keyboard_alone(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes)
    dialog, window = bench.dialog, bench.window
    assert window.focusWidget() is dialog.name
    window.type("Wade  am Türrahmen")
    bench.tab_to(dialog.position)
    window.key(KEY.Key_Down)
    bench.tab_to(dialog.sides.segment(0))
    window.key(KEY.Key_Right)
    bench.tab_to(dialog.seconds)
    window.key(KEY.Key_Up)
    bench.tab_to(dialog.gear[Equipment.WALL])
    window.key(KEY.Key_Space)
    bench.tab_to(dialog.cues.lines[0])
    window.type("Heel down.")
    bench.tab_to(dialog.caution)
    window.type("Not after a tear.")
    bench.tab_to(dialog.synonyms)
    window.type("Calf at the Door, calf at the door, door calf")
    window.key(KEY.Key_Return)
    assert bench.saved == [
        Exercise(
            id="wade-am-turrahmen",
            name="Wade am Türrahmen",
            category=Category.STATIC,
            position=Position.WALKING,
            sides=Sides.BOTH,
            mode=Mode.HOLD,
            seconds_ms=35_000,
            equipment=(Equipment.WALL,),
            cues=("Heel down.",),
            caution="Not after a tear.",
            synonyms=("calf at the door", "door calf"),
        )
    ]
    assert window.focusWidget() is window.field


def test_what_is_not_shown_of_an_exercise_is_kept(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes, OWN)
    bench.click(bench.dialog.save)
    assert bench.saved == [OWN]


def test_a_length_to_the_tenth_stays_until_it_is_changed(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    held = replace(OWN, mode=Mode.HOLD, reps=None, tempo=None, seconds_ms=7_500)
    bench = Bench(qtbot, themes, held)
    assert bench.dialog.exercise().seconds_ms == 7_500
    bench.dialog.seconds.setValue(8)
    assert bench.dialog.exercise().seconds_ms == 8_000


def test_a_mode_shows_its_own_dose(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes, name="Lift")
    dialog = bench.dialog
    assert dialog.seconds.isVisible()
    assert not dialog.tempo.isVisible()
    bench.click(dialog.mode.segment(1))
    assert not dialog.seconds.isVisible()
    assert dialog.tempo.isVisible()
    dialog.tempo.phases[1].setFocus()
    bench.window.key(KEY.Key_Up)
    bench.window.key(KEY.Key_Return)
    (made,) = bench.saved
    assert (made.mode, made.seconds_ms, made.reps) == (Mode.REPS, None, 10)
    assert made.tempo is not None
    assert made.tempo.phases_ms == (2_000, 500, 2_000, 0)


@pytest.mark.parametrize(
    ("typed", "phase_ms"), [("1.5", 1_500), ("1,5", 1_500), ("3", 3_000), ("0.25", 0)]
)
def test_a_tempo_is_typed_to_the_tenth(
    qtbot: QtBot, themes: ThemeManager, typed: str, phase_ms: int
) -> None:
    bench = Bench(qtbot, themes, OWN)
    stepper = bench.dialog.tempo.phases[3]
    stepper.setFocus()
    stepper.selectAll()
    bench.window.key(KEY.Key_Delete)
    bench.window.type(typed)
    bench.window.key(KEY.Key_Tab)
    tempo = bench.dialog.tempo.tempo()
    wanted = phase_ms if typed != "0.25" else 200
    assert tempo.phases_ms[3] == wanted


def test_problems_stand_under_their_fields(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes, OWN)
    dialog = bench.dialog
    bench.click(dialog.in_turn)
    dialog.reps.setValue(9)
    assert dialog.reps_field.message.text == ("The sides take turns, so the count has to be even.")
    assert dialog.reps_field.message.isVisible()
    assert dialog.save.accessibleDescription() == dialog.reps_field.message.text
    bench.window.key(KEY.Key_Return)
    assert bench.saved == []
    dialog.reps.setValue(8)
    assert not dialog.reps_field.message.isVisible()
    for phase in dialog.tempo.phases:
        phase.setValue(0)
    assert dialog.tempo_field.message.is_problem
    dialog.tempo.phases[0].setValue(600)
    dialog.tempo.phases[1].setValue(600)
    dialog.reps.setValue(200)
    assert "60 minutes" in dialog.reps_field.message.text
    dialog.reps.setValue(8)
    dialog.synonyms.setText("x" * 61)
    assert dialog.synonyms_field.message.is_problem
    dialog.synonyms.setText("")
    dialog.name.setText(" ")
    assert dialog.name_field.message.text == "It needs a name."
    dialog.name.setText("Bridge two")
    assert dialog.save.isEnabled()


def test_an_empty_name_is_no_reproach_before_anything_was_typed(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    bench = Bench(qtbot, themes)
    assert not bench.dialog.name_field.message.isVisible()
    assert bench.dialog.save.accessibleDescription() == "It needs a name."
    bench.window.type("A")
    bench.window.key(KEY.Key_Backspace)
    assert bench.dialog.name_field.message.isVisible()


def test_a_name_that_is_taken_is_only_remarked_on(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes, name="glute BRIDGE")
    message = bench.dialog.name_field.message
    assert "Glute bridge" in message.text
    assert not message.is_problem
    bench.window.key(KEY.Key_Return)
    assert bench.saved[0].id == "glute-bridge-2"


def test_a_figure_is_borrowed_and_given_back(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes, name="Calf")
    dialog = bench.dialog
    assert dialog.figure_name.text() == "Standing"
    bench.click(dialog.choose_figure)
    pick = bench.window.findChild(PickDialog)
    assert pick is not None
    assert pick.list.rows.shown[0].title == "No figure"
    bench.window.type("dead bug")
    bench.window.key(KEY.Key_Return)
    settle()
    assert dialog.figure_name.text() == "Dead bug"
    assert dialog.preview.view._figure is not None
    assert dialog.exercise().figure == "dead-bug"
    bench.click(dialog.choose_figure)
    pick = bench.window.findChild(PickDialog)
    assert pick is not None
    assert pick.list.current == "dead-bug"
    bench.window.key(KEY.Key_Down)
    bench.window.key(KEY.Key_Home)
    bench.window.key(KEY.Key_Return)
    assert dialog.exercise().figure is None
    assert dialog.isVisible()


def test_esc_in_the_picker_leaves_the_form_open(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes, name="Calf")
    bench.click(bench.dialog.choose_figure)
    bench.window.key(KEY.Key_Escape)
    settle()
    assert bench.window.findChild(PickDialog) is None
    assert bench.dialog.isVisible()
    assert bench.window.focusWidget() is bench.dialog.choose_figure


def test_an_own_exercise_is_deleted(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes, OWN)
    assert bench.dialog.remove is not None
    bench.click(bench.dialog.remove)
    assert bench.deleted == ["my-bridge"]
    assert bench.saved == []


def test_a_new_one_cannot_be_deleted(qtbot: QtBot, themes: ThemeManager) -> None:
    assert Bench(qtbot, themes).dialog.remove is None


def test_there_is_a_line_for_one_cue_more_up_to_four(qtbot: QtBot, themes: ThemeManager) -> None:
    bench = Bench(qtbot, themes, name="Calf")
    lines = bench.dialog.cues.lines
    assert [line.isVisible() for line in lines] == [True, True, False, False]
    for number, line in enumerate(lines):
        assert line.isVisible()
        line.setFocus()
        bench.window.type(f"Cue {number} {'x' * 100}")
    cues = bench.dialog.exercise().cues
    assert len(cues) == 4
    assert {len(cue) for cue in cues} == {90}


def test_ids_are_legal_and_free() -> None:
    assert new_id("Äußere Hüfte, 2", {}) == "auere-hufte-2"
    assert new_id("???", {}) == "exercise"
    assert new_id("Plank", {"plank", "plank-2"}) == "plank-3"
    assert synonyms_of(" A  b, ,a b,C ") == ("a b", "c")


@pytest.mark.parametrize("text_size", [1.0, 1.3])
@pytest.mark.parametrize("exercise", [None, OWN])
def test_it_fits_the_smallest_window(
    qtbot: QtBot, themes: ThemeManager, exercise: Exercise | None, text_size: float
) -> None:
    themes.apply(Settings(theme=ThemeChoice.DARK, text_size=text_size))
    bench = Bench(qtbot, themes, exercise, size=(900, 600))
    assert_it_fits(bench.dialog)
