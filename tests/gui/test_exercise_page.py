"""The page of one exercise: what it says, where it leads, and that its figure can be led."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import exercise_cases as cases
import pages
import pytest
from figures import new_figures
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.catalogue import Origin, RoutineCard
from app.domain.choices import Side
from app.domain.settings import MotionChoice, Settings, ThemeChoice
from app.domain.when import When
from app.ui.pages.exercises.detail import ExerciseContent, ExercisePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.domain.exercise import Exercise
    from app.ui.figures import Figures
    from app.ui.theme import ThemeManager

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
RAIL = 96
ROUTINES = (
    pages.card("Core", When.REST_DAY, duration_ms=720_000),
    pages.card("Mine", origin=Origin.YOURS, duration_ms=300_000),
)


@pytest.fixture(scope="module")
def figures() -> Figures:
    return new_figures()


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, figures: Figures) -> ExercisePage:
    made = ExercisePage(themes, figures)
    qtbot.addWidget(made)
    made.resize(1280 - RAIL, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(
    page: ExercisePage,
    exercise: Exercise,
    routines: tuple[RoutineCard, ...] = (),
    *,
    own: bool = False,
) -> ExerciseContent:
    page.show_exercise(exercise, cases.LIBRARY, routines, own=own)
    QApplication.processEvents()
    return page.content


def test_everything_that_is_known_is_said(page: ExercisePage) -> None:
    content = show(page, cases.GLUTE_BRIDGE, ROUTINES)
    assert content.title.text() == "Glute bridge"
    assert content.kind.accessibleName() == "Strength, On your back"
    assert content.dose.text() == "10 reps"
    assert content.dose_note.text() == "About 1:10 min in all"
    assert content.tempo.text() == "Lift 2 s, hold 3 s, lower 2 s"
    assert content.cues.accessibleName() == "Lie back, knees bent. Lift your hips."
    assert content.caution.accessibleName() == "Caution: Stop before your lower back arches."
    assert content.muscles.texts == ["Glutes", "Hamstrings", "Lower back"]
    assert content.gear.texts == ["Mat"]
    assert [link.exercise.id for link in content.easier] == ["pelvic-tilt"]
    assert [link.exercise.id for link in content.harder] == ["single-leg-bridge", "dead-bug"]
    assert content.easier[0].accessibleName() == "Easier: Pelvic tilt"
    assert content.synonyms.text() == "Bridging, hip raise"
    assert content.source.text() == "Editorial"
    rows = [row.accessibleName() for row in content.routines]
    assert rows == ["Core, Rest day, 12 min", "Mine, Yours, 5 min"]
    assert content.no_routine.isHidden()


def test_what_is_not_known_takes_no_room(page: ExercisePage) -> None:
    content = show(page, cases.MINE, own=True)
    assert content.kind.accessibleName() == "Hold, Sitting, Yours"
    for part in (content.tempo, content.cues, content.caution, content.synonyms, content.source):
        assert part.isHidden()
    assert content.easier == content.harder == []
    assert content.gear.texts == ["Just space"]
    assert content.no_routine.isVisible()
    texts = [
        w.text() for w in content.findChildren(QWidget) if hasattr(w, "text") and w.isVisible()
    ]
    assert not {"Easier", "Harder", "Take care", "Source"} & set(texts)


def test_it_leads_to_easier_and_harder_ones_and_to_routines(
    qtbot: QtBot, page: ExercisePage
) -> None:
    told: list[object] = []
    page.exercise_requested.connect(told.append)
    page.preview_requested.connect(told.append)
    page.back_requested.connect(lambda: told.append("back"))
    content = show(page, cases.GLUTE_BRIDGE, ROUTINES)
    qtbot.mouseClick(content.easier[0], LEFT)
    content.harder[1].setFocus()
    qtbot.keyClick(content.harder[1], Qt.Key.Key_Return)
    qtbot.mouseClick(content.routines[1], LEFT)
    qtbot.mouseClick(content.back, LEFT)
    qtbot.keyClick(content.routines[0], Qt.Key.Key_Escape)
    assert told == ["pelvic-tilt", "dead-bug", ROUTINES[1], "back", "back"]


def test_a_link_that_leads_nowhere_is_left_out(page: ExercisePage) -> None:
    lonely = replace(cases.GLUTE_BRIDGE, easier=("gone",), harder=("gone", "dead-bug"))
    content = show(page, lonely)
    assert content.easier == []
    assert [link.exercise.id for link in content.harder] == ["dead-bug"]


# The figure


def test_the_side_can_be_chosen_where_there_are_sides(qtbot: QtBot, page: ExercisePage) -> None:
    panel = show(page, cases.HIP_FLEXOR).figure
    assert panel.sides.isVisible()
    assert panel.side is Side.RIGHT
    right = panel.view.grab().toImage()
    panel.view.set_playing(playing=False)
    qtbot.mouseClick(panel.sides.segment(0), LEFT)
    assert panel.side is Side.LEFT
    left = panel.view.grab().toImage()
    assert left != right
    assert show(page, cases.GLUTE_BRIDGE).figure.sides.isHidden()
    assert show(page, cases.DEAD_BUG).figure.sides.isHidden()


def test_another_exercise_begins_on_the_right_and_moves(qtbot: QtBot, page: ExercisePage) -> None:
    panel = show(page, cases.HIP_FLEXOR).figure
    qtbot.mouseClick(panel.sides.segment(0), LEFT)
    qtbot.mouseClick(panel.pause, LEFT)
    assert not panel.is_playing
    show(page, cases.SINGLE_LEG_BRIDGE)
    assert panel.side is Side.RIGHT
    assert panel.is_playing
    assert panel.view.is_moving
    assert panel.pause.accessibleName() == "Pause the figure"


def test_the_figure_can_be_paused_and_goes_on(qtbot: QtBot, page: ExercisePage) -> None:
    panel = show(page, cases.GLUTE_BRIDGE).figure
    assert panel.view.is_moving
    qtbot.mouseClick(panel.pause, LEFT)
    assert not panel.view.is_moving
    assert panel.pause.accessibleName() == "Let the figure move"
    qtbot.mouseClick(panel.pause, LEFT)
    assert panel.view.is_moving


def test_what_cannot_move_offers_no_pause(page: ExercisePage, themes: ThemeManager) -> None:
    panel = show(page, cases.MINE).figure
    assert panel.pause.isVisible()  # it borrows a figure
    show(page, replace(cases.MINE, id="plain", figure=None))
    assert panel.pause.isHidden()
    show(page, cases.GLUTE_BRIDGE)
    assert panel.pause.isVisible()
    themes.apply(Settings(theme=ThemeChoice.LIGHT, motion=MotionChoice.REDUCED))
    assert panel.pause.isHidden()


def test_the_figure_stays_in_sight_while_the_text_passes(page: ExercisePage) -> None:
    content = show(page, cases.GLUTE_BRIDGE, ROUTINES * 4)
    scroll = page._scroll
    assert scroll.range > 0
    top = content.figure.y()
    for offset in range(0, scroll.range + 1, 40):
        scroll.scroll_to(offset)
        seen = content.figure.y() - scroll.offset
        assert seen >= 0
        assert seen + content.figure.height() <= page.height()
    scroll.scroll_to(0)
    assert content.figure.y() == top


def test_another_exercise_begins_at_the_top_and_the_same_one_stays(page: ExercisePage) -> None:
    show(page, cases.GLUTE_BRIDGE, ROUTINES * 4)
    page._scroll.scroll_to(100)
    show(page, cases.GLUTE_BRIDGE, ROUTINES * 3)
    assert page._scroll.offset == 100
    show(page, cases.DEAD_BUG, ROUTINES * 4)
    assert page._scroll.offset == 0


def test_the_same_data_again_keeps_rows_and_focus(page: ExercisePage) -> None:
    content = show(page, cases.GLUTE_BRIDGE, ROUTINES)
    row = content.routines[1]
    row.setFocus()
    show(page, cases.GLUTE_BRIDGE, ROUTINES)
    assert content.routines[1] is row
    assert row.hasFocus()
    show(page, cases.GLUTE_BRIDGE, ROUTINES[:1])
    assert content.back.hasFocus()


# Keys and layout


def test_tab_goes_back_figure_links_routines(qtbot: QtBot, page: ExercisePage) -> None:
    content = show(page, replace(cases.SINGLE_LEG_BRIDGE, harder=("dead-bug",)), ROUTINES)
    page.focus_start()
    order = []
    for _ in range(7):
        order.append(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    right = content.figure.sides.segment(1)
    links = [*content.easier, *content.harder]
    assert order == [content.back, right, content.figure.pause, *links, *content.routines]


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1080)])
def test_nothing_overlaps_or_sticks_out(
    page: ExercisePage, themes: ThemeManager, scale: float, size: tuple[int, int]
) -> None:
    themes.apply(Settings(theme=ThemeChoice.DARK, text_size=scale))
    page.resize(size[0] - RAIL, size[1])
    long = replace(
        cases.SINGLE_LEG_BRIDGE,
        name="Einbeinige Beckenhebeübung mit Zusatzgewicht und Halten",
        cues=("Ziehe die Zehenspitzen an und halte dabei den unteren Rücken am Boden.",) * 3,
        caution="Nicht bei akuten Schmerzen, und nicht weiter als es ohne Ziehen im Rücken geht.",
        harder=("dead-bug", "half-kneeling-hip-flexor-stretch"),
        source="x" * 300,
        synonyms=("Beckenheber",) * 12,
    )
    content = show(page, long, ROUTINES)
    children = content.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    # The focus ring lies over its control, and lets the mouse through.
    through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    parts = [part for part in children if part.isVisible() and not part.testAttribute(through)]
    for part in parts:
        assert part.x() >= 24, part
        assert part.geometry().right() <= content.width() - 40, part
        assert part.geometry().bottom() < content.height(), part
        others = (other for other in parts if other is not part)
        assert not [o for o in others if o.geometry().intersects(part.geometry())], part
    panel = content.figure
    assert panel.y() + panel.height() <= page.height() or panel.view.height() <= 240
