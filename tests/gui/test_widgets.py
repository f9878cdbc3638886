"""The controls: mouse, keys, focus, names, and sizes that can be hit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.domain.settings import MotionChoice, Settings, ThemeChoice
from app.ui.theme import ThemeManager
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.choice import Chip, Segmented
from app.ui.widgets.dialog import Dialog, close_dialogs
from app.ui.widgets.focus_ring import REACH
from app.ui.widgets.label import Label
from app.ui.widgets.scroll import PageScroll
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.select import Select
from app.ui.widgets.slider import Slider
from app.ui.widgets.stepper import REPEAT_AFTER_MS, SIDE, Stepper
from app.ui.widgets.toast import Toast
from app.ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

# The test's screen has no window manager, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """A window to put controls into."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 480)
    window.show()
    return window


def give_focus(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Hand over a focus event: without a window manager no window is ever active."""
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusIn, reason))


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


# Buttons


def test_a_button_is_pressed_by_mouse_space_and_enter(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    button = Button(themes, "Start", parent=room)
    button.show()
    presses: list[bool] = []
    button.clicked.connect(lambda: presses.append(True))
    qtbot.mouseClick(button, LEFT)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(button, key)
    assert len(presses) == 4


def test_a_small_button_is_drawn_small_and_hit_large(themes: ThemeManager) -> None:
    button = Button(themes, "Small", size=ButtonSize.SMALL)
    assert button.sizeHint().height() == 40
    button.resize(button.sizeHint())
    assert button.box().height() == 36


@pytest.mark.parametrize("size", list(ButtonSize))
def test_a_button_grows_with_its_text_and_with_the_text_size(
    themes: ThemeManager, size: ButtonSize
) -> None:
    short, long = Button(themes, "Go", size=size), Button(themes, "Statisch dehnen", size=size)
    assert long.sizeHint().width() > short.sizeHint().width()
    before = long.sizeHint()
    themes.apply(Settings(theme=ThemeChoice.LIGHT, text_size=1.3))
    assert long.sizeHint().width() > before.width()
    assert long.sizeHint().height() >= before.height()


def test_an_unavailable_button_says_why(themes: ThemeManager) -> None:
    button = Button(themes, "Start")
    button.set_unavailable("This routine has a problem.")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "This routine has a problem."
    button.set_unavailable("")
    assert button.isEnabled()
    assert button.toolTip() == ""


def test_an_icon_alone_is_named(themes: ThemeManager) -> None:
    button = Button(themes, icon="x", name="Close", kind=ButtonKind.GHOST)
    assert name_of(button) == button.toolTip() == "Close"
    assert button.sizeHint().width() == button.sizeHint().height() == 44


# The focus ring


def test_the_ring_is_for_the_keyboard_not_for_the_mouse(
    room: QWidget, themes: ThemeManager
) -> None:
    button = Button(themes, "Start", parent=room)
    button.setGeometry(100, 100, 90, 44)
    button.show()
    give_focus(button, Qt.FocusReason.MouseFocusReason)
    assert not button._ring.visible
    give_focus(button, Qt.FocusReason.TabFocusReason)
    assert button._ring.visible
    ring = button._ring._overlay
    assert ring is not None
    assert ring.geometry() == button.geometry().adjusted(-REACH, -REACH, REACH, REACH)


def test_the_ring_goes_with_its_control(room: QWidget, themes: ThemeManager) -> None:
    button = Button(themes, "Start", parent=room)
    button.setGeometry(100, 100, 90, 44)
    button.show()
    give_focus(button, Qt.FocusReason.TabFocusReason)
    button.move(200, 150)
    ring = button._ring._overlay
    assert ring is not None
    assert ring.geometry().center() == button.geometry().center()
    button.hide()
    assert not button._ring.visible


def test_the_ring_reaches_out_of_a_tight_parent(room: QWidget, themes: ThemeManager) -> None:
    tight = QWidget(room)
    tight.setGeometry(50, 50, 90, 44)
    button = Button(themes, "Start", parent=tight)
    button.setGeometry(0, 0, 90, 44)
    tight.show()
    give_focus(button, Qt.FocusReason.TabFocusReason)
    ring = button._ring._overlay
    assert ring is not None
    assert ring.parentWidget() is room
    assert ring.geometry() == tight.geometry().adjusted(-REACH, -REACH, REACH, REACH)


# Choices


def test_arrows_choose_a_segment_and_tell_it(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    segments = Segmented(themes, ["Off", "3 s", "5 s"], name="Count-in", parent=room)
    segments.resize(segments.sizeHint())
    segments.show()
    told: list[int] = []
    segments.chosen.connect(told.append)
    segments.set_current(0)
    assert told == []
    segments.segment(0).setFocus()
    qtbot.keyClick(segments.segment(0), Qt.Key.Key_Right)
    assert segments.current() == 1
    qtbot.mouseClick(segments.segment(2), LEFT)
    assert told == [1, 2]


def test_segments_share_a_width_and_fill_the_track(room: QWidget, themes: ThemeManager) -> None:
    segments = Segmented(themes, ["A", "Very long", "B"], name="Choice", parent=room)
    segments.resize(segments.sizeHint())
    segments.show()
    widths = {segments.segment(index).width() for index in range(3)}
    assert len(widths) == 1
    assert segments.segment(2).geometry().right() == segments.width() - 5


def test_a_chip_is_a_radio_button_that_is_hit_anywhere(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    chip = Chip(themes, "After run", icon="wind", parent=room)
    chip.resize(chip.sizeHint())
    chip.show()
    assert role_of(chip) is QAccessible.Role.RadioButton
    assert chip.height() == 40
    qtbot.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 3, chip.height() // 2))
    assert chip.isChecked()


def test_a_toggle_says_its_state(qtbot: QtBot, room: QWidget, themes: ThemeManager) -> None:
    toggle = Toggle(themes, "Voice", parent=room)
    toggle.resize(toggle.sizeHint())
    toggle.show()
    assert name_of(toggle) == "Voice, off"
    qtbot.mouseClick(toggle, LEFT)
    assert name_of(toggle) == "Voice, on"
    assert toggle.height() >= 40


def test_a_slider_goes_where_it_is_clicked_and_by_keys(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    slider = Slider(themes, "Volume", parent=room)
    slider.resize(200, 44)
    slider.show()
    qtbot.mouseClick(slider, LEFT, pos=QPoint(100, 22))
    assert slider.value() == 50
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 55
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert slider.value() == 0


def test_a_select_chooses_by_keys_and_tells_it(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    select = Select(themes, ["Left first", "Right first"], name="First side", parent=room)
    select.show()
    told: list[int] = []
    select.activated.connect(told.append)
    qtbot.keyClick(select, Qt.Key.Key_Down)
    assert (select.currentIndex(), told) == (1, [1])
    assert role_of(select) is QAccessible.Role.ComboBox


def test_a_select_offers_its_list_in_a_menu(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    select = Select(themes, ["Left first", "Right first"], name="First side", parent=room)
    select.show()
    select.showPopup()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Left first", "Right first"]
    assert [action.isChecked() for action in menu.actions()] == [True, False]
    menu.actions()[1].trigger()
    menu.close()
    assert select.currentText() == "Right first"
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


# The stepper


@pytest.fixture
def stepper(room: QWidget, themes: ThemeManager) -> Stepper:
    made = Stepper(themes, "Hold", minimum=5, maximum=60, unit=" s", parent=room)
    made.resize(made.sizeHint())
    made.setValue(45)
    made.show()
    return made


def test_a_stepper_is_pressed_at_its_ends(qtbot: QtBot, stepper: Stepper) -> None:
    middle = stepper.height() // 2
    qtbot.mouseClick(stepper, LEFT, pos=QPoint(stepper.width() - SIDE // 2, middle))
    assert stepper.value() == 46
    qtbot.mouseClick(stepper, LEFT, pos=QPoint(SIDE // 2, middle))
    assert stepper.value() == 45
    assert stepper.text() == "45 s"


def test_holding_a_stepper_repeats_until_it_is_let_go(qtbot: QtBot, stepper: Stepper) -> None:
    place = QPoint(stepper.width() - SIDE // 2, stepper.height() // 2)
    qtbot.mousePress(stepper, LEFT, pos=place)
    repeat = stepper._repeat
    assert repeat is not None
    assert repeat.interval() == REPEAT_AFTER_MS
    for _ in range(3):
        repeat.timeout.emit()
    assert stepper.value() == 49
    qtbot.mouseRelease(stepper, LEFT, pos=place)
    assert not repeat.isActive()


def test_a_number_can_be_typed_and_is_told_when_it_is_done(qtbot: QtBot, stepper: Stepper) -> None:
    told: list[int] = []
    stepper.valueChanged.connect(told.append)
    stepper.selectAll()
    qtbot.keyClicks(stepper.lineEdit(), "30")
    assert told == []
    qtbot.keyClick(stepper.lineEdit(), Qt.Key.Key_Return)
    assert told == [30]


def test_the_wheel_passes_a_stepper_without_focus(room: QWidget, stepper: Stepper) -> None:
    other = QLineEdit(room)
    other.show()
    other.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    stepper.wheelEvent(wheel)
    assert stepper.value() == 45
    assert not wheel.isAccepted()


# Texts


def test_a_line_that_is_too_long_elides_and_keeps_the_whole_as_tooltip(
    room: QWidget, themes: ThemeManager
) -> None:
    label = Label(themes, "Statisches Dehnen nach dem Lauf für Hüftbeuger", parent=room)
    label.resize(120, 24)
    label.show()
    room.grab()
    assert label.lines(120)[0].endswith("…")
    assert label.toolTip() == label.text()
    label.resize(600, 24)
    room.grab()
    assert label.toolTip() == ""


def test_a_paragraph_takes_the_lines_it_needs(themes: ThemeManager) -> None:
    label = Label(themes, "one two three four five six", wraps=True)
    assert label.heightForWidth(1_000) == 24
    assert label.heightForWidth(90) == 24 * len(label.lines(90)) > 24


def test_escape_empties_the_search_and_then_leaves_it(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    field = SearchField(themes, "Search routines", parent=room)
    field.show()
    field.setText("hip")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert name_of(field) == "Search routines"


# The dialog


@pytest.fixture
def dialog(room: QWidget, themes: ThemeManager) -> Dialog:
    made = Dialog(themes, room, "Stop here?")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.add_text("7 of 20 steps will be saved.")
    made.add_close("Keep going")
    stop = made.add_button("Save and stop", kind=ButtonKind.PRIMARY)
    stop.clicked.connect(made.accept)
    made.open()
    return made


def test_escape_rejects_a_dialog_and_enter_is_its_primary(qtbot: QtBot, dialog: Dialog) -> None:
    told: list[str] = []
    dialog.accepted.connect(lambda: told.append("accepted"))
    dialog.rejected.connect(lambda: told.append("rejected"))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert told == ["rejected"]
    dialog.open()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert told == ["rejected", "accepted"]


def test_a_dialog_covers_its_window_and_goes_with_its_size(room: QWidget, dialog: Dialog) -> None:
    assert dialog.geometry() == room.rect()
    room.resize(1000, 700)
    QApplication.processEvents()
    assert dialog.geometry() == room.rect()
    assert dialog._card.width() == 520
    assert dialog._card.geometry().center().x() == pytest.approx(500, abs=1)


def test_a_dialog_keeps_the_focus_inside(dialog: Dialog, room: QWidget) -> None:
    outside = QLineEdit(room)
    outside.show()
    stops = [stop.text() for stop in dialog.stops() if isinstance(stop, Button)]
    assert stops == ["Keep going", "Save and stop"]
    visited = []
    for _ in range(4):
        dialog.focusNextPrevChild(True)
        focus = dialog.focusWidget()
        assert isinstance(focus, Button)
        visited.append(focus.text())
    assert set(visited) == {"Keep going", "Save and stop"}
    assert role_of(dialog) is QAccessible.Role.Dialog


def test_a_long_dialog_scrolls_inside_its_window(room: QWidget, themes: ThemeManager) -> None:
    dialog = Dialog(themes, room, "Keys")
    for number in range(60):
        dialog.add_text(f"Line {number}")
    dialog.add_close()
    dialog.open()
    QApplication.processEvents()
    assert dialog._card.height() <= room.height()
    assert dialog._scroll.range > 0
    close_dialogs(room)


def test_a_dialogs_paragraph_shows_all_its_lines(room: QWidget, themes: ThemeManager) -> None:
    dialog = Dialog(themes, room, "Two problems")
    text = dialog.add_text("A file that cannot be read needs more than a line to say why. " * 3)
    dialog.add_close()
    dialog.open()
    QApplication.processEvents()
    assert text.height() == text.heightForWidth(text.width())
    assert len(text.lines(text.width())) > 1


def test_a_list_is_no_wider_than_it_may_be(room: QWidget, themes: ThemeManager) -> None:
    name = "A voice whose name is longer than any list should ever be"
    wide = Select(themes, [name], name="Voice", parent=room)
    narrow = Select(themes, [name], name="Voice", widest=240, parent=room)
    assert wide.sizeHint().width() > 240
    assert narrow.sizeHint().width() == 240


def test_what_lies_over_a_window_can_be_closed(room: QWidget, dialog: Dialog) -> None:
    close_dialogs(room)
    assert not dialog.isVisible()


# The toast


def test_a_toast_says_something_and_offers_to_take_it_back(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    toast = Toast(themes, room)
    undone: list[bool] = []
    toast.say("Session deleted.", action_text="Undo", action=lambda: undone.append(True))
    assert toast.isVisible()
    assert name_of(toast) == "Session deleted."
    assert toast.geometry().center().x() == pytest.approx(room.width() / 2, abs=1)
    qtbot.mouseClick(toast.button, LEFT)
    assert undone == [True]
    assert not toast.isVisible()


def test_a_toast_goes_by_itself_but_not_under_the_mouse(
    room: QWidget, themes: ThemeManager
) -> None:
    toast = Toast(themes, room)
    toast.say("Moved to step 7.")
    assert toast._timer.interval() == 6_000
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()
    toast._timer.timeout.emit()
    assert not toast.isVisible()


# Scrolling


def test_a_page_scrolls_by_keys_and_shows_what_gets_the_focus(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    page = PageScroll(themes, room)
    page.resize(300, 200)
    content = QWidget()
    content.setMinimumHeight(1_000)
    last = Button(themes, "Last", parent=content)
    last.setGeometry(20, 900, 80, 44)
    page.set_widget(content)
    page.show()
    assert page.range == 800
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.offset == 152
    qtbot.keyClick(page, Qt.Key.Key_End)
    assert page.offset == 800
    page.scroll_to(0)
    give_focus(last, Qt.FocusReason.TabFocusReason)
    assert page.offset + page.height() >= 944


def test_a_page_takes_its_contents_height_anew(room: QWidget, themes: ThemeManager) -> None:
    page = PageScroll(themes, room)
    page.resize(300, 200)
    content = QWidget()
    column = QVBoxLayout(content)
    label = Label(themes, "word " * 200, wraps=True)
    column.addWidget(label)
    page.set_widget(content, by_layout=True)
    page.show()
    narrow = page.range
    page.resize(600, 200)
    assert 0 < page.range < narrow
    page.scroll_to(10_000)
    assert page.offset == page.range


def test_the_bar_can_be_dragged_and_hides_when_all_is_visible(
    qtbot: QtBot, room: QWidget, themes: ThemeManager
) -> None:
    page = PageScroll(themes, room)
    page.resize(300, 200)
    content = QWidget()
    content.setMinimumHeight(400)
    page.set_widget(content)
    page.show()
    bar = page._bar
    assert bar.isVisible()
    qtbot.mousePress(bar, LEFT, pos=bar.knob().center().toPoint())
    qtbot.mouseMove(bar, QPoint(7, 500))
    qtbot.mouseRelease(bar, LEFT, pos=QPoint(7, 500))
    assert page.offset == page.range == 200
    page.resize(300, 500)
    assert not bar.isVisible()


# Motion


def test_with_reduced_motion_nothing_glides(room: QWidget) -> None:
    settings = Settings(theme=ThemeChoice.LIGHT, motion=MotionChoice.REDUCED)
    themes = ThemeManager(QGuiApplication.styleHints(), settings)
    toggle = Toggle(themes, "Tones", parent=room)
    toggle.show()
    toggle.setChecked(True)
    assert toggle._slide.value == 1.0
    themes.apply(replace(settings, motion=MotionChoice.FULL))
    toggle.setChecked(False)
    assert toggle._slide.value > 0.0
