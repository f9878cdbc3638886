"""The player's page through real keys and clicks, on a clock that the test moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_player import LIBRARY, STEP, Rig, named
from figures import new_figures
from player_bench import MOVING, STILL, Bench, press
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget

from app.domain.exercise import Phase
from app.domain.session import LeadIn, Paused, Running, Stopped
from app.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot, Rig(), STILL)


@pytest.fixture
def moving(qtbot: QtBot) -> Bench:
    return Bench(qtbot, Rig(), MOVING)


# Following the session


def test_it_follows_from_get_ready_into_work(bench: Bench) -> None:
    assert bench.parts.heading.name == "Get ready"
    assert bench.parts.elapsed.text == "0:00"
    bench.advance(bench.player.position().left_ms)
    assert bench.parts.heading.name == "Standing quad stretch"
    assert bench.digits == "30"
    assert bench.parts.badge.word == "LEFT"
    assert bench.parts.upcoming.words == ("Next", "Standing quad stretch", "Right · 30 s")


def test_the_top_bar_says_step_and_end(bench: Bench) -> None:
    bench.go("hamstring left", into_ms=21_000)
    step, ends = bench.parts.title.facts
    assert step == "Step 3 of 16"
    assert ends.startswith("ends 12:")


def test_the_end_moves_while_paused(bench: Bench) -> None:
    bench.go("quad left")
    bench.player.pause()
    before = bench.parts.title.facts[1]
    bench.advance(120_000)
    assert bench.parts.title.facts[1] != before


def test_pause_drains_the_room_and_says_so(bench: Bench) -> None:
    bench.go("hamstring left", into_ms=21_000)
    theme = bench.page.themes.theme
    assert bench.page._flood.colors.bg == theme.phases[bench.player.position().segment.phase].flood
    bench.player.pause()
    assert bench.page._flood.colors.bg == theme.bg
    assert bench.parts.ring.pill == "Paused"
    assert bench.parts.pause.icon_name == "play"
    assert bench.digits == "24"


def test_resuming_counts_in_inside_the_ring(bench: Bench) -> None:
    bench.go("hamstring left", into_ms=21_000)
    bench.player.pause()
    bench.player.resume()
    bench.advance(0)
    assert isinstance(bench.player.state, LeadIn)
    assert bench.digits == "3"
    assert bench.parts.ring.pill == ""
    bench.advance(1_500)
    assert bench.digits == "2"
    bench.advance(1_500)
    assert bench.digits == "24"


def test_ten_more_seconds_show_at_once(bench: Bench) -> None:
    bench.go("hamstring left", into_ms=21_000)
    press(bench.page, Qt.Key.Key_Plus, "+")
    assert bench.digits == "34"
    assert bench.parts.ring.frame.caption == "of 55 seconds"
    assert len(bench.parts.ring.shape.ticks) == 11


def test_open_ended_work_turns_the_big_button_into_done(bench: Bench) -> None:
    bench.go("open", into_ms=83_000)
    assert bench.parts.pause.text() == "Done"
    assert bench.parts.pause.accessibleName() == "Done"
    press(bench.page, Qt.Key.Key_Space, " ")
    assert bench.step == STEP["open"] + 1
    assert bench.parts.pause.text() == ""


def test_alternating_repetitions_change_badge_and_limb(moving: Bench) -> None:
    """The figure takes turns by itself: it is drawn for the first side and never turned round."""
    moving.go("dead bug", into_ms=1_000)
    assert moving.parts.badge.word == "LEFT"
    assert moving.parts.figure.mirrored
    first = moving.parts.figure.showing
    moving.advance(4_000)
    assert moving.parts.badge.word == "RIGHT"
    assert moving.parts.figure.mirrored
    assert moving.parts.figure.showing != first


# The figure


def test_a_changeover_shows_what_comes_on_the_side_that_comes(moving: Bench) -> None:
    moving.go("hamstring left")
    assert moving.parts.figure.mirrored
    moving.go("hamstring right", changeover=True)
    assert not moving.parts.figure.mirrored
    before = moving.parts.figure.showing
    moving.advance(1_500)
    assert moving.parts.figure.showing == before


def test_repetitions_turn_with_the_tempo(moving: Bench) -> None:
    moving.go("bridge")
    figure = moving.parts.figure
    keys = []
    for ms in (0, 2_000, 1_000, 3_000):  # up, hold, down, up again
        moving.advance(ms)
        assert figure.showing is not None
        keys.append((figure.showing.moment.key, figure.showing.moment.part))
    assert keys == [(0, 0), (1, 0), (1, 0), (0, 0)]


def test_a_pause_freezes_the_pose_and_takes_the_colour_of_the_worked_region(
    qtbot: QtBot,
) -> None:
    bench = Bench(qtbot, Rig(), MOVING)
    bench.go("bridge", into_ms=1_200)
    accent = bench.page.themes.theme.phase(Phase.CORE).accent.rgb()
    shown = bench.parts.figure.showing
    assert accent in colors_of(bench.parts.figure)
    bench.player.pause()
    bench.advance(2_700)
    assert bench.parts.figure.showing == shown
    assert accent not in colors_of(bench.parts.figure)


def test_reduced_motion_shows_one_still_pose(bench: Bench) -> None:
    bench.go("bridge")
    shown = {bench.parts.figure.showing}
    for _ in range(8):
        bench.advance(700)
        shown.add(bench.parts.figure.showing)
    assert len(shown) == 1


def test_a_still_picture_turns_where_the_sides_take_turns(bench: Bench) -> None:
    bench.go("dead bug", into_ms=1_000)
    assert bench.parts.badge.word == "LEFT"
    assert bench.parts.figure.mirrored
    bench.advance(4_000)
    assert bench.parts.badge.word == "RIGHT"
    assert not bench.parts.figure.mirrored


def test_a_hold_is_drawn_no_more_than_fifteen_times_a_second(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(qtbot, Rig(), MOVING)
    bench.go("hamstring left", into_ms=2_000)
    asked = []
    monkeypatch.setattr(bench.parts.figure, "update", lambda: asked.append(1))
    for _ in range(100):
        bench.advance(20)
    assert 20 < len(asked) <= 31


def test_after_a_period_no_picture_is_drawn_anew(qtbot: QtBot) -> None:
    figures = new_figures()
    bench = Bench(qtbot, Rig(), MOVING, figures)
    figure = figures.figure_of(LIBRARY["bridge"])
    assert figure is not None

    def watch(ms: int) -> int:
        for _ in range(ms // 33):
            bench.advance(33)
            bench.parts.figure.grab()
        return figures.drawn(figure)

    bench.go("bridge")
    first = watch(6_000)
    assert first > 50
    assert watch(12_000) <= first + 8  # moments that the first round stepped over


def test_an_exercise_without_a_figure_shows_its_position(moving: Bench) -> None:
    moving.go("last")
    assert moving.parts.figure.showing is None
    assert moving.parts.figure.word == "On your back"
    moving.parts.figure.grab()


def colors_of(widget: QWidget) -> set[int]:
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).rgb()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_a_cadence_has_its_card_and_no_cues(bench: Bench) -> None:
    bench.go("walk", into_ms=55_000)
    assert bench.parts.cadence.isVisible()
    assert bench.parts.cadence.now == 142
    assert not bench.parts.cues.isVisible()


def test_the_same_routine_again_ends_later(qtbot: QtBot) -> None:
    bench = Bench(qtbot, Rig(), STILL)
    first = bench.parts.title.facts[1]
    bench.player.stop()
    later = Rig()
    bench.rig.advance(3_600_000)
    bench.page.show_session(later.player, LIBRARY)
    later.player.start()
    bench.page._tick()
    assert bench.parts.elapsed.text == "0:00"
    assert bench.parts.title.facts[1] != first


def test_the_ended_session_stops_the_clock(bench: Bench) -> None:
    bench.go("last")
    bench.advance(20_000)
    assert not bench.page._frames.isActive()


def test_a_second_session_replaces_the_first(bench: Bench) -> None:
    other = Rig(named("Calf stretch"))
    bench.page.show_session(other.player)
    other.player.start()
    bench.player.next()
    assert bench.parts.heading.name == "Get ready"
    assert bench.parts.heading.eyebrow == "First: Calf stretch"
    bench.page.leave_session()


def test_a_hidden_page_does_not_tick(bench: Bench) -> None:
    assert bench.page._frames.isActive()
    bench.page.hide()
    assert not bench.page._frames.isActive()
    bench.go("hamstring left", into_ms=21_000)
    bench.page.show()
    assert bench.page._frames.isActive()
    assert bench.digits == "24"


# Keys


@pytest.mark.parametrize("focus", ["page", "skip", "volume", "timeline"])
def test_space_pauses_whatever_has_the_focus(bench: Bench, focus: str) -> None:
    bench.go("quad left")
    target = bench.page if focus == "page" else getattr(bench.parts, focus)
    press(target, Qt.Key.Key_Space, " ")
    assert isinstance(bench.player.state, Paused)
    assert bench.step == STEP["quad left"]


@pytest.mark.parametrize(
    ("key", "text", "step"),
    [
        (Qt.Key.Key_Right, "", 4),
        (Qt.Key.Key_N, "n", 4),
        (Qt.Key.Key_MediaNext, "", 4),
        (Qt.Key.Key_Left, "", 2),
        (Qt.Key.Key_R, "r", 3),
    ],
)
def test_keys_move_between_steps(bench: Bench, key: Qt.Key, text: str, step: int) -> None:
    bench.go("hamstring left", into_ms=5_000)
    press(bench.page, key, text)
    assert bench.step == step
    if step == 3:
        assert bench.player.position().elapsed_ms == 0


def test_media_previous_restarts_a_step_that_has_run(bench: Bench) -> None:
    bench.go("hamstring left", into_ms=5_000)
    press(bench.page, Qt.Key.Key_MediaPrevious)
    assert (bench.step, bench.player.position().elapsed_ms) == (3, 0)


def test_media_play_pauses_open_ended_work_too(bench: Bench) -> None:
    bench.go("open")
    press(bench.page, Qt.Key.Key_MediaTogglePlayPause)
    assert isinstance(bench.player.state, Paused)
    press(bench.page, Qt.Key.Key_MediaTogglePlayPause)
    assert isinstance(bench.player.state, LeadIn)


def test_arrows_move_the_volume_by_five(bench: Bench) -> None:
    told: list[float] = []
    bench.page.volume_changed.connect(told.append)
    press(bench.page, Qt.Key.Key_Up)
    press(bench.parts.volume, Qt.Key.Key_Down)
    press(bench.page, Qt.Key.Key_Down, repeat=True)
    assert told == [0.75, 0.7, 0.65]
    assert bench.rig.sound.volume == 0.65


def test_a_held_key_acts_once(bench: Bench) -> None:
    bench.go("quad left")
    press(bench.page, Qt.Key.Key_Space, " ")
    press(bench.page, Qt.Key.Key_Space, " ", repeat=True)
    assert isinstance(bench.player.state, Paused)


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_F11])
def test_full_screen_is_asked_for(bench: Bench, key: Qt.Key) -> None:
    told: list[bool] = []
    bench.page.full_screen_requested.connect(lambda: told.append(True))
    press(bench.page, key)
    assert told == [True]


def test_escape_leaves_full_screen_before_it_ends(bench: Bench, qtbot: QtBot) -> None:
    told: list[bool] = []
    bench.page.full_screen_requested.connect(lambda: told.append(True))
    bench.page.showFullScreen()
    qtbot.waitUntil(bench.page.isFullScreen)
    press(bench.page, Qt.Key.Key_Escape)
    assert told == [True]
    assert not isinstance(bench.player.state, Stopped)


def test_ctrl_keys_are_left_to_the_window(bench: Bench) -> None:
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier
    )
    event.ignore()
    QApplication.sendEvent(bench.page, event)
    assert not event.isAccepted()


def test_the_players_keys_are_kept_from_the_windows_shortcuts(bench: Bench) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(bench.page, event)
    assert event.isAccepted()


def test_enter_presses_the_focused_button(bench: Bench) -> None:
    bench.go("quad left")
    press(bench.parts.skip, Qt.Key.Key_Return, "\r")
    assert bench.step == STEP["quad right"]


def test_f1_lists_the_keys_and_the_session_goes_on(bench: Bench) -> None:
    bench.go("quad left")
    press(bench.page, Qt.Key.Key_F1)
    overlay = bench.page.findChild(Dialog)
    assert overlay is not None
    assert isinstance(bench.player.state, Running)
    press(overlay, Qt.Key.Key_Space, " ")
    assert isinstance(bench.player.state, Paused)
    assert overlay.isVisible()
    press(overlay, Qt.Key.Key_Escape)
    assert not overlay.isVisible()


def test_keys_mean_the_same_while_the_lists_button_has_the_focus(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.go("hamstring left")
    bench.page.activateWindow()
    qtbot.waitUntil(bench.page.isActiveWindow)
    press(bench.page, Qt.Key.Key_F1)
    overlay = bench.page.findChild(Dialog)
    assert overlay is not None
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    volume = bench.parts.volume.value()
    qtbot.keyClick(button, Qt.Key.Key_Up)
    assert bench.parts.volume.value() == volume + 5
    qtbot.keyClick(button, Qt.Key.Key_Right)
    assert bench.step == STEP["hamstring left"] + 1
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert isinstance(bench.player.state, Paused)
    assert overlay.isVisible()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert not overlay.isVisible()


def test_tab_visits_the_controls_in_the_designs_order(bench: Bench, qtbot: QtBot) -> None:
    bench.page.activateWindow()
    qtbot.waitUntil(bench.page.isActiveWindow)
    bench.page.setFocus()
    parts = bench.parts
    wanted = [
        parts.pause,
        parts.skip,
        parts.ten_more,
        parts.repeat,
        parts.back,
        parts.volume,
        parts.bell,
        parts.voice,
        parts.keys,
        parts.full_screen,
        parts.end,
    ]
    visited = []
    for _ in wanted:
        qtbot.keyClick(bench.page.focusWidget(), Qt.Key.Key_Tab)
        visited.append(bench.page.focusWidget())
    assert visited == wanted


# The check-in before


def test_a_number_in_get_ready_answers_the_check_in(bench: Bench) -> None:
    told: list[int] = []
    bench.page.before_check_in.connect(told.append)
    assert bench.parts.before.isVisible()
    assert "Press 0" in bench.parts.before.question
    press(bench.page, Qt.Key.Key_4, "4")
    press(bench.page, Qt.Key.Key_3, "3")
    assert told == [4, 3]
    assert bench.parts.before.question == "Lower back before: 3"


def test_the_clinician_sentence_stands_by_the_check_in(bench: Bench) -> None:
    spoken = bench.parts.before.accessibleName()
    assert "Sharp pain, numbness, or pain that lasts? Stop and see a clinician." in spoken


def test_numbers_mean_nothing_later(bench: Bench) -> None:
    told: list[int] = []
    bench.page.before_check_in.connect(told.append)
    bench.go("quad left")
    press(bench.page, Qt.Key.Key_4, "4")
    assert told == []
    assert not bench.parts.before.isVisible()


# The mouse


def click(widget: QWidget, at: QPoint) -> None:
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        place = QPointF(at)
        event = QMouseEvent(
            kind,
            place,
            QPointF(widget.mapToGlobal(at)),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)


def test_a_click_on_the_stage_pauses(bench: Bench) -> None:
    bench.go("quad left")
    click(bench.parts.ring, QPoint(200, 200))
    assert isinstance(bench.player.state, Paused)


def test_a_click_beside_a_control_does_nothing(bench: Bench) -> None:
    bench.go("quad left")
    click(bench.page, QPoint(640, 790))
    click(bench.page, QPoint(640, 10))
    assert isinstance(bench.player.state, Running)


def test_the_timeline_goes_to_a_step_and_back(bench: Bench) -> None:
    bench.go("hamstring left", into_ms=5_000)
    told: list[tuple[int, int]] = []
    bench.page.moved_to_step.connect(lambda *steps: told.append(steps))
    index = next(i for i, p in enumerate(bench.parts.timeline._pieces) if p.step == 7)
    left, right = bench.parts.timeline.span(index)
    click(bench.parts.timeline, QPoint(round((left + right) / 2), 17))
    assert told == [(7, 3)]
    assert bench.step == 7
    toast = bench.page.commands.toast
    assert toast is not None
    assert toast.text == "Moved to step 7."
    assert toast.button.text() == "Go back"
    toast.button.click()
    assert bench.step == 3


def test_the_toast_covers_no_control(bench: Bench) -> None:
    bench.page.commands._move_to_step(7)
    toast = bench.page.commands.toast
    assert toast is not None
    assert toast.geometry().bottom() < bench.parts.timeline.geometry().top()


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_timeline_names_the_step_under_the_mouse(bench: Bench) -> None:
    timeline = bench.parts.timeline
    left, right = timeline.span(2)
    at = QPoint(round((left + right) / 2), 17)
    QApplication.sendEvent(timeline, QHelpEvent(QEvent.Type.ToolTip, at, timeline.mapToGlobal(at)))
    assert QToolTip.text() == "3. Supine hamstring stretch · Left · 45 s"
    QToolTip.hideText()


def test_a_resting_mouse_hides_pointer_and_top_icons_only(bench: Bench) -> None:
    bench.page._mouse.conceal()
    assert bench.page.cursor().shape() is Qt.CursorShape.BlankCursor
    assert all(button.concealed for button in bench.parts.top_buttons)
    assert bench.parts.pause.isVisible()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(50, 50),
        QPointF(bench.parts.ring.mapToGlobal(QPoint(50, 50))),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(bench.parts.ring, event)
    assert bench.page.cursor().shape() is not Qt.CursorShape.BlankCursor
    assert not any(button.concealed for button in bench.parts.top_buttons)


# The end


def test_ending_before_a_step_is_done_asks_nothing(bench: Bench) -> None:
    bench.go("quad left", into_ms=5_000)
    bench.parts.end.click()
    assert isinstance(bench.player.state, Stopped)
    assert bench.page.findChild(Dialog) is None


def ended_after_a_step(bench: Bench) -> Dialog:
    bench.go("quad left")
    bench.advance(30_000)
    press(bench.page, Qt.Key.Key_Escape)
    dialog = bench.page.findChild(Dialog)
    assert dialog is not None
    return dialog


def texts(dialog: Dialog) -> list[str]:
    from app.ui.widgets.label import Label  # noqa: PLC0415  (needed here alone)

    return [label.text() for label in dialog.findChildren(Label)]


def button(dialog: Dialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_ending_later_waits_and_asks(bench: Bench) -> None:
    dialog = ended_after_a_step(bench)
    assert texts(dialog) == ["Stop here?", "1 of 16 steps will be saved."]
    assert isinstance(bench.player.state, Paused)
    button(dialog, "Save and stop").click()
    assert isinstance(bench.player.state, Stopped)


def test_a_question_brings_the_pointer_back_and_keeps_it(bench: Bench) -> None:
    bench.page._mouse.conceal()
    dialog = ended_after_a_step(bench)
    assert dialog.cursor().shape() is not Qt.CursorShape.BlankCursor
    assert not bench.page._mouse.is_waiting
    button(dialog, "Keep going").click()
    assert bench.page._mouse.is_waiting


def test_a_session_that_ends_under_a_question_leaves_no_timer(bench: Bench) -> None:
    ended_after_a_step(bench)
    bench.player.stop()
    assert not bench.page._mouse.is_waiting


def test_keeping_going_resumes(bench: Bench) -> None:
    dialog = ended_after_a_step(bench)
    button(dialog, "Keep going").click()
    assert isinstance(bench.player.state, Running)
    assert not bench.page.commands.is_asking


def test_keeping_going_stays_paused_where_it_was(bench: Bench) -> None:
    bench.go("quad left")
    bench.advance(30_000)
    bench.player.pause()
    bench.page.commands.request_end()
    dialog = bench.page.findChild(Dialog)
    assert dialog is not None
    button(dialog, "Keep going").click()
    assert isinstance(bench.player.state, Paused)


def test_closing_the_window_asks_the_same_question(bench: Bench) -> None:
    bench.go("quad left")
    bench.advance(30_000)
    closed: list[bool] = []
    bench.page.ask_to_end(lambda: closed.append(True))
    dialog = bench.page.findChild(Dialog)
    assert dialog is not None
    assert closed == []
    button(dialog, "Save and stop").click()
    assert closed == [True]


def test_a_player_that_is_deleted_after_the_end_is_let_go(bench: Bench) -> None:
    bench.player.ended.connect(lambda _: bench.player.deleteLater())
    bench.go("last")
    bench.page.show_keys()
    bench.advance(20_000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert bench.page.player is None
    assert not any(dialog.isVisible() for dialog in bench.page.findChildren(Dialog))
    other = Rig(named("Calf stretch"))
    bench.page.show_session(other.player)
    assert bench.parts.heading.name == "Get ready"
    bench.page.leave_session()


# Screen readers


def test_names_and_roles(bench: Bench) -> None:
    bench.go("hamstring left", into_ms=21_000)
    parts = bench.parts
    parts_names: dict[QWidget, str] = {
        parts.pause: "Pause",
        parts.skip: "Skip",
        parts.ten_more: "Ten more seconds",
        parts.repeat: "Repeat this step",
        parts.back: "Back",
        parts.bell: "Sounds, on",
        parts.voice: "Voice, on",
        parts.badge: "Left side",
        parts.end: "End",
    }
    for widget, name in parts_names.items():
        assert widget.accessibleName() == name
    ring = QAccessible.queryAccessibleInterface(parts.ring)
    assert ring is not None
    assert ring.role() is QAccessible.Role.Clock
    assert ring.text(QAccessible.Text.Name) == "24 seconds left of 45"
    timeline = QAccessible.queryAccessibleInterface(parts.timeline)
    assert timeline is not None
    assert timeline.role() is QAccessible.Role.Slider
    assert parts.timeline.accessibleName().startswith("Step 3 of 16, 15 minutes 4")
    assert (parts.timeline.minimum(), parts.timeline.value(), parts.timeline.maximum()) == (
        1,
        3,
        16,
    )


def test_a_screen_reader_moves_the_timeline(bench: Bench) -> None:
    bench.go("quad left")
    bench.parts.timeline.setValue(7)
    assert bench.step == 7


# Drawing little


def painted(widget: QWidget, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many pixels a widget was asked to draw anew."""
    areas: list[int] = []
    whole = widget.width() * widget.height()

    def update(region: object = None) -> None:
        rects = (
            []
            if region is None
            else [region.boundingRect() if hasattr(region, "boundingRect") else region]
        )
        areas.append(sum(r.width() * r.height() for r in rects) if rects else whole)

    monkeypatch.setattr(widget, "update", update)
    act()
    monkeypatch.undo()
    return sum(areas)


def test_between_two_seconds_only_the_arcs_end_is_drawn(
    moving: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving.go("hamstring left", into_ms=21_100)
    ring = moving.parts.ring
    area = painted(ring, lambda: moving.advance(33), monkeypatch)
    assert 0 < area < 40 * 40


def test_the_timeline_is_drawn_only_where_the_head_moves(
    moving: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving.go("hamstring left", into_ms=21_100)
    timeline = moving.parts.timeline
    assert painted(timeline, lambda: moving.advance(33), monkeypatch) == 0
    assert 0 < painted(timeline, lambda: moving.advance(2_000), monkeypatch) < 34 * 20


def test_reduced_motion_draws_once_a_second(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.go("hamstring left", into_ms=21_100)
    ring = bench.parts.ring
    assert painted(ring, lambda: bench.advance(700), monkeypatch) == 0
    assert painted(ring, lambda: bench.advance(200), monkeypatch) > 0


def test_the_ring_ends_up_where_it_should_however_it_got_there(moving: Bench) -> None:
    moving.go("hamstring left", into_ms=1_000)
    moving.page.grab()
    for _ in range(303):
        moving.advance(33)
    stepped = moving.parts.ring.grab().toImage()
    moving.parts.ring._refresh()
    moving.page._tick()
    assert moving.parts.ring.grab().toImage() == stepped
    assert moving.parts.ring.frame.turn == pytest.approx(10.999 / 45, abs=0.001)


# Colours


def test_the_room_floods_and_drains_as_long_as_the_design_says(moving: Bench) -> None:
    moving.go("quad left")
    moving.page._flood.finish()
    moving.player.pause()
    assert moving.page._flood.duration_ms == 240
    moving.page._flood.finish()
    moving.player.resume()
    moving.advance(3_000)
    moving.page._flood.finish()
    moving.advance(30_000)
    assert moving.player.position().segment.switch
    assert moving.page._flood.duration_ms == 400


@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1080), (900, 1000)])
@pytest.mark.parametrize("name", sorted(STEP))
def test_every_state_can_be_drawn_at_every_size(
    bench: Bench, size: tuple[int, int], name: str
) -> None:
    bench.page.resize(*size)
    for changeover in (False, True):
        bench.go(name, into_ms=500, changeover=changeover)
        assert not bench.page.grab().isNull()


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_a_very_long_name_has_two_lines_and_an_ellipsis(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    name = "Donaudampfschifffahrtsgesellschaftskapitän mit Handtuch und Stuhl im halben Kniestand"
    bench = Bench(
        qtbot,
        Rig(named(name, ["Den hinteren Gesäßmuskel anspannen."] * 2)),
        STILL,
    )
    bench.page.resize(*size)
    bench.rig.go(1, into_ms=500)
    assert len(bench.parts.heading.lines) == 2
    assert bench.parts.heading.lines[1].endswith("…")
    assert bench.parts.heading.toolTip() == name
    assert bench.parts.cues.lines
