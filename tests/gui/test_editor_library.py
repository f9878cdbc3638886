"""The editor's library panel: what it lists and finds, and what keys and presses add."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from editor_cases import (
    HIPS,
    LIBRARY,
    PlainInspector,
    editor_model,
    key,
    step_id,
    step_names,
    write,
)
from exercise_cases import exercise
from preview_cases import no_figures
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.exercise import Category, Equipment, Mode, Phase, Sides
from app.domain.routine import TimeDose
from app.domain.settings import Settings, ThemeChoice
from app.ui import keys
from app.ui.pages.editor.library_panel import LibraryPanel
from app.ui.pages.editor.library_row import INSET, LibraryRow, fact_line, row_height
from app.ui.pages.editor.page import EditorPage
from app.ui.pages.exercises.data import Special

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QLocale
    from pytestqt.qtbot import QtBot

    from app.domain.exercise import Exercise, ExerciseLibrary
    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
LONG = "Dehnung der Hüftbeuger und der Oberschenkelrückseite nach dem langen Lauf am Sonntag"
NONE_OWN: frozenset[str] = frozenset()


class Bench:
    """A page whose library can change, with its panel open."""

    def __init__(self, themes: ThemeManager, locale: QLocale, library: ExerciseLibrary) -> None:
        self.library = dict(library)
        self.own = NONE_OWN
        self.asked: list[str] = []
        self.model = editor_model(HIPS, exercises=self.library)
        self.page = EditorPage(
            self.model,
            themes,
            locale,
            no_figures(),
            inspector=PlainInspector(),
            library=lambda: self.make(themes, locale),
        )
        self.page.resize(1184, 800)

    def make(self, themes: ThemeManager, locale: QLocale) -> LibraryPanel:
        panel = LibraryPanel(self.model, themes, no_figures(), locale, own=lambda: self.own)
        panel.new_exercise_requested.connect(self.asked.append)
        return panel

    @property
    def panel(self) -> LibraryPanel:
        found = self.page.library
        assert isinstance(found, LibraryPanel)
        return found

    def names(self) -> list[str]:
        return [entry.exercise.name for entry in self.panel.rows.entries]

    def row(self, name: str) -> LibraryRow:
        return next(row for row in self.panel.rows.shown_rows() if row.entry.exercise.name == name)

    def focused(self) -> str:
        """Return the name of the row that has the focus; empty where none has."""
        focus = QApplication.focusWidget()
        return focus.entry.exercise.name if isinstance(focus, LibraryRow) else ""


@pytest.fixture
def show(qtbot: QtBot, themes: ThemeManager, english: QLocale) -> Callable[..., Bench]:
    def make(library: ExerciseLibrary = LIBRARY, own: frozenset[str] = NONE_OWN) -> Bench:
        bench = Bench(themes, english, library)
        bench.own = own
        qtbot.addWidget(bench.page)
        bench.page.show()
        bench.page.activateWindow()
        qtbot.waitUntil(bench.page.isActiveWindow)
        bench.model.select([step_id(bench.model, 1, 1)])
        bench.page.open_library()
        return bench

    return make


@pytest.fixture
def bench(show: Callable[..., Bench]) -> Bench:
    return show()


def of(made: Iterable[Exercise]) -> ExerciseLibrary:
    return {one.id: one for one in made}


def many(count: int) -> ExerciseLibrary:
    return of(exercise(f"Exercise {number:03}") for number in range(count))


def click(bench: Bench, name: str, *, plus: bool = False, twice: bool = False) -> None:
    row = bench.row(name)
    at = row.plus().center().toPoint() if plus else QPoint(80, row.height() // 2)
    (QTest.mouseDClick if twice else QTest.mouseClick)(row, LEFT, pos=at)


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is announced, with a screen reader that listens."""
    said: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return said


# What is listed


def test_it_lists_the_whole_library_and_the_search_has_the_focus(bench: Bench) -> None:
    assert bench.names() == [one.name for one in LIBRARY.values()]
    assert bench.panel.search.hasFocus()


def test_a_row_says_kind_sides_and_equipment() -> None:
    stretch = LIBRARY["half-kneeling-hip-flexor-stretch"]
    assert fact_line(stretch) == "Hold, both sides, mat"
    assert fact_line(LIBRARY["walking-lunge"]) == "Dynamic, reps"
    assert fact_line(LIBRARY["easy-march"]) == "Warm-up, time"
    assert fact_line(LIBRARY["leg-swings"]) == "Dynamic, both sides, a wall"
    assert fact_line(exercise("Sit", mode=Mode.HOLD, sides=Sides.BOTH)) == "Hold"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("bridg", "Glute bridge"),
        ("RAISE", "Glute bridge"),
        ("glutes", "Glute bridge"),
        ("foam", "Calf roll"),
        ("hufte", "Hüfte öffnen"),
    ],
)
def test_the_search_looks_at_names_synonyms_muscles_and_equipment(
    show: Callable[..., Bench], asked: str, name: str
) -> None:
    library = of(
        [
            exercise("Glute bridge", synonyms=("hip raise",), targets=("gluteus-maximus",)),
            exercise("Calf roll", equipment=(Equipment.FOAM_ROLLER,)),
            exercise("Hüfte öffnen"),
        ]
    )
    bench = show(library)
    write(asked)
    assert bench.names() == [name]


def test_a_name_that_matches_comes_before_what_is_found_by_its_muscles(
    show: Callable[..., Bench],
) -> None:
    bench = show(of([exercise("Bridge", targets=("iliopsoas",)), exercise("Hip circles")]))
    write("hip")
    assert bench.names() == ["Hip circles", "Bridge"]


def test_a_chip_leaves_one_phase(bench: Bench) -> None:
    chip = bench.panel.chips[Phase.DYNAMIC]
    QTest.mouseClick(chip, LEFT, pos=chip.rect().center())
    assert bench.names() == ["Leg swings", "Walking lunge"]
    everything = bench.panel.chips[None]
    QTest.mouseClick(everything, LEFT, pos=everything.rect().center())
    assert len(bench.names()) == len(LIBRARY)


def test_a_chip_and_the_search_hold_together(bench: Bench) -> None:
    chip = bench.panel.chips[Phase.WARMUP]
    QTest.mouseClick(chip, LEFT, pos=chip.rect().center())
    bench.page.focus_search()
    write("march")
    assert bench.names() == ["Easy march"]
    chip = bench.panel.chips[Phase.CORE]
    QTest.mouseClick(chip, LEFT, pos=chip.rect().center())
    assert not bench.names()


def test_yours_is_offered_where_there_are_own_exercises(show: Callable[..., Bench]) -> None:
    assert show().panel.chips[Special.YOURS].isHidden()
    bench = show(own=frozenset({"leg-swings"}))
    chip = bench.panel.chips[Special.YOURS]
    assert chip.isVisible()
    QTest.mouseClick(chip, LEFT, pos=chip.rect().center())
    assert bench.names() == ["Leg swings"]


def test_a_new_search_starts_at_the_top(show: Callable[..., Bench]) -> None:
    bench = show(many(80))
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_End)
    assert bench.panel.rows.y() < 0
    write("e")
    assert bench.panel.rows.y() == 0


# Keys


def test_enter_in_the_search_adds_the_first_result_after_the_current_step(bench: Bench) -> None:
    write("lunge")
    key(Qt.Key.Key_Return)
    assert step_names(bench.model)[1] == [
        "Half-kneeling hip flexor stretch",
        "Supine hamstring stretch",
        "Walking lunge",
        "Figure-four piriformis stretch",
    ]


def test_after_enter_the_next_name_replaces_the_search(bench: Bench) -> None:
    write("lunge")
    key(Qt.Key.Key_Return)
    write("march")
    key(Qt.Key.Key_Return)
    assert bench.panel.search.text() == "march"
    assert step_names(bench.model)[1][2:4] == ["Walking lunge", "Easy march"]


def test_enter_adds_nothing_while_nothing_is_searched(bench: Bench) -> None:
    before = bench.model.document
    key(Qt.Key.Key_Return)
    assert bench.model.document is before


def test_down_goes_to_the_list_and_up_from_the_first_row_back(bench: Bench) -> None:
    write("stretch")
    key(Qt.Key.Key_Down)
    assert bench.focused() == bench.names()[0]
    key(Qt.Key.Key_Down)
    assert bench.focused() == bench.names()[1]
    key(Qt.Key.Key_Up)
    key(Qt.Key.Key_Up)
    assert bench.panel.search.hasFocus()
    assert not bench.panel.search.hasSelectedText()


def test_home_end_and_pages_move_the_current_row(show: Callable[..., Bench]) -> None:
    bench = show(many(80))
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_PageDown)
    first_page = bench.panel.rows.current
    assert 2 <= first_page <= 8
    key(Qt.Key.Key_End)
    assert bench.focused() == "Exercise 079"
    key(Qt.Key.Key_PageUp)
    assert bench.panel.rows.current == 79 - first_page
    key(Qt.Key.Key_Home)
    assert bench.focused() == "Exercise 000"


def test_the_row_with_the_focus_can_be_seen(show: Callable[..., Bench]) -> None:
    bench = show(many(80))
    key(Qt.Key.Key_Down)
    scroll = bench.panel.rows.parentWidget()
    assert scroll is not None
    for press in [Qt.Key.Key_Down] * 12 + [Qt.Key.Key_End] + [Qt.Key.Key_Up] * 12:
        key(press)
        row = bench.row(bench.focused())
        top = row.mapTo(scroll, QPoint()).y()
        assert top >= 0
        assert top + row.height() <= scroll.height()


def test_enter_on_a_row_adds_it_and_the_focus_stays(bench: Bench) -> None:
    write("stretch")
    for press in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Return):
        key(press)
    wanted = bench.names()[1]
    assert bench.focused() == wanted
    assert step_names(bench.model)[1].count(wanted) == 1 + 2


def test_letters_in_the_list_go_on_in_the_search(bench: Bench) -> None:
    write("hip f")
    key(Qt.Key.Key_Down)
    write("le")
    assert bench.panel.search.text() == "hip fle"
    assert bench.panel.search.hasFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Backspace)
    assert bench.panel.search.text() == "hip fl"


def test_undo_from_the_list_takes_back_what_was_added(bench: Bench) -> None:
    before = step_names(bench.model)
    write("lunge")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert step_names(bench.model) != before
    key(Qt.Key.Key_Z, CTRL)
    assert step_names(bench.model) == before
    assert bench.focused() == "Walking lunge"


def test_esc_empties_the_search_first_and_closes_then(bench: Bench) -> None:
    write("lunge")
    for stays_open in (True, False):
        key(Qt.Key.Key_Escape)
        assert bench.panel.search.text() == ""
        assert bench.page.is_library_open is stays_open
    assert bench.page.steps.has_focus_inside()


def test_esc_from_a_row_empties_the_search_first_too(bench: Bench) -> None:
    write("lunge")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Escape)
    assert bench.panel.search.text() == ""
    assert bench.panel.search.hasFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Escape)
    assert not bench.page.is_library_open


def test_tab_goes_from_the_search_over_chips_and_one_row_to_the_foot(bench: Bench) -> None:
    panel = bench.panel
    key(Qt.Key.Key_Tab)
    assert panel.chips[None].hasFocus()
    key(Qt.Key.Key_Tab)
    assert bench.focused() == bench.names()[0]
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    assert panel.free.hasFocus()
    key(Qt.Key.Key_Tab)
    assert panel.new.hasFocus()
    key(Qt.Key.Key_Backtab)
    key(Qt.Key.Key_Backtab)
    assert bench.focused() == bench.names()[2]


# The mouse


def test_the_plus_adds_and_a_press_elsewhere_only_chooses(bench: Bench) -> None:
    before = bench.model.document
    click(bench, "Leg swings")
    assert bench.model.document is before
    assert bench.focused() == "Leg swings"
    click(bench, "Leg swings", plus=True)
    assert step_names(bench.model)[1][2] == "Leg swings"


def test_a_press_on_the_plus_that_ends_elsewhere_adds_nothing(bench: Bench) -> None:
    before, row = bench.model.document, bench.row("Leg swings")
    QTest.mousePress(row, LEFT, pos=row.plus().center().toPoint())
    QTest.mouseRelease(row, LEFT, pos=QPoint(80, 20))
    assert bench.model.document is before


def test_a_double_click_adds_once(bench: Bench) -> None:
    click(bench, "Leg swings")
    click(bench, "Leg swings", twice=True)
    assert sum(block.count("Leg swings") for block in step_names(bench.model)) == 1 + 1


def test_the_cross_closes(bench: Bench) -> None:
    cross = bench.panel.cross
    QTest.mouseClick(cross, LEFT, pos=cross.rect().center())
    assert not bench.page.is_library_open


# What is in no library


def test_a_free_step_has_the_searched_name_and_thirty_seconds(bench: Bench) -> None:
    write("Wiggle toes")
    free = bench.panel.free
    QTest.mouseClick(free, LEFT, pos=free.rect().center())
    made = bench.model.document.blocks[1].steps[2].step
    assert (made.name, made.exercise, made.dose) == ("Wiggle toes", None, TimeDose(30_000))
    assert bench.model.selection == (step_id(bench.model, 1, 2),)
    assert bench.model.undo_label == "Add free step"


def test_a_free_step_without_a_search_has_a_name_too(bench: Bench) -> None:
    bench.panel.free.click()
    assert step_names(bench.model)[1][2] == "Free step"


def test_a_new_exercise_is_asked_for_by_the_searched_name(bench: Bench) -> None:
    write(" Wiggle toes ")
    before = bench.model.document
    bench.panel.new.click()
    assert bench.asked == ["Wiggle toes"]
    assert bench.model.document is before


def test_nothing_found_says_so_and_leaves_the_two_other_ways(bench: Bench) -> None:
    write("zzz")
    panel = bench.panel
    assert panel.nothing.isVisible()
    assert panel.nothing.text() == "Nothing matches “zzz”."
    assert panel.free.isVisible()
    assert panel.nothing.geometry().bottom() < panel.free.y() < panel.nothing.y() + 120
    key(Qt.Key.Key_Down)
    assert panel.free.hasFocus()
    key(Qt.Key.Key_Return)
    assert step_names(bench.model)[1][2] == "zzz"


# The library changes


def test_it_follows_the_library(bench: Bench) -> None:
    write("squat")
    assert not bench.names()
    bench.library["squat"] = exercise("Squat", category=Category.STRENGTH)
    bench.own = frozenset({"squat"})
    bench.model.check()
    assert bench.names() == ["Squat"]
    assert bench.panel.chips[Special.YOURS].isVisible()


def test_it_reads_the_library_anew_when_it_is_opened_again(bench: Bench) -> None:
    bench.page.close_library()
    bench.library["squat"] = exercise("Squat")
    bench.page.open_library()
    assert "Squat" in bench.names()


def test_a_changed_exercise_keeps_its_place_and_the_focus(bench: Bench) -> None:
    click(bench, "Leg swings")
    bench.library["leg-swings"] = replace(LIBRARY["leg-swings"], name="Leg swings, side to side")
    bench.model.check()
    assert bench.focused() == "Leg swings, side to side"


def test_an_exercise_that_is_gone_leaves_the_list(bench: Bench) -> None:
    click(bench, "Leg swings")
    del bench.library["leg-swings"]
    bench.panel.refresh()
    assert "Leg swings" not in bench.names()
    assert bench.focused()


def test_what_is_no_change_of_the_library_scrolls_nothing(show: Callable[..., Bench]) -> None:
    bench = show(many(80))
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_End)
    offset = bench.panel.rows.y()
    key(Qt.Key.Key_Return)
    bench.model.check()
    assert bench.panel.rows.y() == offset
    assert bench.focused() == "Exercise 079"


# Size and screen readers


def test_only_rows_in_sight_are_made(show: Callable[..., Bench]) -> None:
    bench = show(many(600))
    assert len(bench.panel.rows.shown_rows()) < 20
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_End)
    shown = bench.panel.rows.shown_rows()
    assert shown[-1].entry.exercise.name == "Exercise 599"
    assert len(shown) < 20


def test_the_wheel_shows_rows_further_down(show: Callable[..., Bench]) -> None:
    bench = show(many(200))
    scroll = bench.panel.rows.parentWidget()
    assert scroll is not None
    at = QPointF(scroll.rect().center())
    for _ in range(20):
        QTest.wheelEvent(bench.page.windowHandle(), _on(bench, at), QPoint(0, -120))
    shown = bench.panel.rows.shown_rows()
    assert bench.panel.rows.y() < -1000
    bottom = max(row.mapTo(scroll, QPoint(0, row.height())).y() for row in shown)
    assert bottom >= scroll.height()


def _on(bench: Bench, at: QPointF) -> QPointF:
    scroll = bench.panel.rows.parentWidget()
    assert scroll is not None
    return QPointF(scroll.mapTo(bench.page, at.toPoint()))


def test_rows_say_what_they_are_and_where(bench: Bench) -> None:
    row = bench.row("Leg swings")
    at = bench.names().index("Leg swings") + 1
    assert row.spoken() == (f"Leg swings, Dynamic, both sides, a wall, {at} of {len(LIBRARY)}")
    assert row.spoken_role is QAccessible.Role.ListItem
    assert bench.panel.rows.spoken_role is QAccessible.Role.List
    assert bench.panel.rows.spoken() == f"{len(LIBRARY)} exercises"


@pytest.mark.usefixtures("bench")
def test_how_many_were_found_is_announced(spoken: list[str]) -> None:
    write("walking lunge")
    assert spoken[-1] == "1 exercise"
    write("x")
    assert spoken[-1] == "Nothing matches “walking lungex”."


def test_a_long_name_takes_two_lines_and_is_whole_in_the_tooltip(
    show: Callable[..., Bench], qtbot: QtBot
) -> None:
    bench = show(of([exercise(LONG), exercise("Short")]))
    row = bench.row(LONG)
    assert len(row.name_lines()) == 2
    assert row.name_lines()[1].endswith("…")
    QTest.mouseMove(row, QPoint(80, 20))
    qtbot.waitUntil(lambda: LONG in row.toolTip())


@pytest.mark.parametrize("size", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("height", [600, 800])
def test_everything_has_room_at_every_text_size(
    show: Callable[..., Bench], themes: ThemeManager, size: float, height: int
) -> None:
    bench = show(own=frozenset({"leg-swings"}))
    bench.page.resize(804 if height == 600 else 1184, height)
    themes.apply(Settings(theme=ThemeChoice.DARK, text_size=size))
    panel = bench.panel
    shown = [panel.search, panel.cross, panel.free, panel.new]
    for one in shown:
        assert panel.rect().contains(one.geometry())
        assert one.width() >= one.minimumSizeHint().width()
    for chip in panel.chips.values():
        around = chip.parentWidget()
        assert around is not None
        assert around.rect().contains(chip.geometry())
        assert chip.width() >= chip.sizeHint().width()
    scroll = panel.rows.parentWidget()
    assert scroll is not None
    pitch = row_height(themes.theme)
    assert scroll.height() >= 2 * pitch
    row = panel.rows.shown_rows()[0]
    assert row.width() == panel.rows.width() - 2 * INSET
    lines = len(row.name_lines()) * themes.theme.line_height("label")
    assert lines + themes.theme.line_height("small") <= row.height()


def test_the_key_list_has_the_keys_of_the_editor() -> None:
    group = next(group for group in keys.groups() if group.title == "Editor")
    assert {line.keys for line in group.lines} >= {("A",), ("Ctrl+D",), ("Ctrl+Enter",)}
