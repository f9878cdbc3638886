"""The sound check's dialog: shows how the check stands, and hears the answer from two metres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from app.ui.sound_check import (
    BEEPS_AT_MS,
    BEEPS_MS,
    PREROLLS_MS,
    Asked,
    Heard,
    Listening,
    Missed,
    Ready,
    Silent,
    State,
)
from app.ui.widgets.accessible import announce
from app.ui.widgets.beep_dots import BeepDots
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate

_KEY: Final = Qt.Key
_NO_ANSWER: Final = frozenset(
    {
        # These have a meaning in any dialog,
        *(_KEY.Key_Escape, _KEY.Key_Tab, _KEY.Key_Backtab, _KEY.Key_Return, _KEY.Key_Enter),
        # these press the button that has the focus,
        *(_KEY.Key_Space, _KEY.Key_Select),
        # and with these one turns the device up, or says nothing at all.
        *(_KEY.Key_VolumeUp, _KEY.Key_VolumeDown, _KEY.Key_VolumeMute),
        *(_KEY.Key_Shift, _KEY.Key_Control, _KEY.Key_Alt, _KEY.Key_AltGr, _KEY.Key_Meta),
        *(_KEY.Key_Super_L, _KEY.Key_Super_R, _KEY.Key_CapsLock, _KEY.Key_NumLock),
        *(_KEY.Key_ScrollLock, _KEY.Key_unknown),
    }
)
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class SoundCheckDialog(Dialog):
    """Esc closes it at any time. While it asks, any key but N means that all was heard."""

    beeps_over = cast("TypedSignal[()]", Signal())
    """All beeps of the last `Listening` have sounded."""
    heard = cast("TypedSignal[()]", Signal())
    missed = cast("TypedSignal[()]", Signal())
    louder_wanted = cast("TypedSignal[()]", Signal())
    longer_wanted = cast("TypedSignal[()]", Signal())
    """A longer silence before the first beep."""
    again_wanted = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(themes, window, translate("SoundCheck", "Check the sound"))
        self._state: State = Ready()
        self._device = Label(themes, color="text_2", parent=self)
        self.dots = BeepDots(themes)
        self.again = Button(
            themes,
            translate("SoundCheck", "Play again"),
            kind=ButtonKind.GHOST,
            size=ButtonSize.SMALL,
            icon="rotate-ccw",
        )
        self._question = Label(themes, role="title_s", wraps=True)
        self._help = Label(themes, color="text_2", wraps=True)
        self.louder = self._choice(translate("SoundCheck", "Too quiet, or nothing"), "volume-2")
        self.longer = self._choice(translate("SoundCheck", "I missed the first one"), "timer")
        self._fill_body()
        self.close_button = self.add_close()
        self.no = self.add_button(translate("SoundCheck", "No"))
        self.yes = self.add_button(translate("SoundCheck", "Yes"), kind=ButtonKind.PRIMARY)
        self.retry = self.add_button(translate("SoundCheck", "Try again"), kind=ButtonKind.PRIMARY)
        self.finish = self.add_button(translate("SoundCheck", "Done"), kind=ButtonKind.PRIMARY)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beep)
        self._preroll_ms = 0
        self._connect()

    def _choice(self, text: str, icon: str) -> Button:
        button = Button(self.themes, text, icon=icon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def _fill_body(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.dots)
        row.addStretch(1)
        row.addWidget(self.again)
        self.body.addWidget(self._device)
        self.body.addSpacing(8)
        self.body.addLayout(row)
        self.body.addSpacing(8)
        self.body.addWidget(self._question)
        self.body.addWidget(self._help)
        self.body.addSpacing(8)
        self.body.addWidget(self.louder)
        self.body.addWidget(self.longer)

    def _connect(self) -> None:
        self.again.clicked.connect(self.again_wanted.emit)
        self.retry.clicked.connect(self.again_wanted.emit)
        self.louder.clicked.connect(self.louder_wanted.emit)
        self.longer.clicked.connect(self.longer_wanted.emit)
        self.yes.clicked.connect(self.heard.emit)
        self.no.clicked.connect(self.missed.emit)
        self.finish.clicked.connect(self.accept)
        for button in self._all_buttons():
            # An arrow key would move the focus before the dialog hears of it.
            button.installEventFilter(self)

    def open(self) -> None:
        super().open()
        self._focus()

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)

    @property
    def question(self) -> str:
        """What it says in large type."""
        return self._question.text()

    @property
    def help_text(self) -> str:
        return self._help.text()

    @property
    def device_text(self) -> str:
        return self._device.text()

    def show_check(self, state: State, *, device: str, volume: float, preroll_ms: int) -> None:
        """Show how the check of a device stands; `volume` is 0.0 to 1.0."""
        self._state = state
        self._preroll_ms = preroll_ms
        self._timer.stop()
        self._say_device(device, volume)
        self._show_parts(state)
        match state:
            case Listening():
                self.dots.show_beeps(0)
                self._timer.start(preroll_ms)
            case Heard():
                self.dots.show_beeps(len(BEEPS_AT_MS), confirmed=True)
            case Silent() | Ready():
                self.dots.show_beeps(0)
            case Asked() | Missed():
                self.dots.show_beeps(len(BEEPS_AT_MS))
        self._question.setText(_question(state))
        self._help.setText(_help(state, device, preroll_ms))
        announce(self, f"{self.question} {self.help_text}")
        self._place_card()

    def _say_device(self, device: str, volume: float) -> None:
        text = translate("SoundCheck", "Volume {percent}%").format(percent=round(volume * 100))
        self._device.setText(f"{device} · {text}" if device else text)

    def _show_parts(self, state: State) -> None:
        """Show the buttons of a state; the first one is what Enter presses."""
        shown = self._buttons_of(state)
        for button in self._all_buttons():
            button.setVisible(button in shown or button is self.close_button)
        self.close_button.setVisible(not isinstance(state, Heard))
        # While one listens no button has the focus: who answers early must not close the dialog.
        self._primary = shown[0] if shown else None
        if self.isVisible():
            self._focus()

    def _buttons_of(self, state: State) -> list[Button]:
        match state:
            case Ready() | Listening():
                return []
            case Asked():
                return [self.yes, self.no, self.again]
            case Missed(louder=louder, longer_ms=longer_ms):
                choices = [(self.louder, louder), (self.longer, longer_ms)]
                return [*(button for button, next_ in choices if next_ is not None), self.again]
            case Heard():
                return [self.finish]
            case Silent():
                return [self.retry]

    def _all_buttons(self) -> list[Button]:
        return [
            *(self.again, self.louder, self.longer, self.close_button),
            *(self.no, self.yes, self.retry, self.finish),
        ]

    def _focus(self) -> None:
        (self._primary or self).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _beep(self) -> None:
        """Fill the next dot; after the last one ask."""
        place = self.dots.filled
        if place >= len(BEEPS_AT_MS):
            self.beeps_over.emit()
            return
        self.dots.show_beeps(place + 1)
        following = place + 1
        at_ms = BEEPS_AT_MS[following] if following < len(BEEPS_AT_MS) else BEEPS_MS
        self._timer.start(at_ms - BEEPS_AT_MS[place])

    # Any key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and watched is not self.parent() and self._answers(event):
            self._take(event)
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._answers(event):
            self._take(event)
            return True
        return super().event(event)

    def _answers(self, event: QKeyEvent) -> bool:
        if not isinstance(self._state, Asked) or event.modifiers() & _COMMANDS:
            return False
        return event.key() not in _NO_ANSWER

    def _take(self, event: QKeyEvent) -> None:
        if event.type() is QEvent.Type.ShortcutOverride:
            # So that no shortcut of the window takes the key.
            event.accept()
        elif event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            if event.key() == Qt.Key.Key_N:
                self.missed.emit()
            else:
                self.heard.emit()


def _question(state: State) -> str:
    match state:
        case Ready() | Listening():
            return translate("SoundCheck", "Listen: three beeps.")
        case Asked():
            return translate("SoundCheck", "Heard all three?")
        case Missed(louder=None, longer_ms=None):
            return translate("SoundCheck", "Not all were heard.")
        case Missed():
            return translate("SoundCheck", "What was missing?")
        case Heard():
            return translate("SoundCheck", "All three heard.")
        case Silent():
            return translate("SoundCheck", "No sound can be played.")


def _help(state: State, device: str, preroll_ms: int) -> str:
    match state:
        case Ready() | Listening():
            return translate(
                "SoundCheck", "Be where you will be stretching, on the mat or beside it."
            )
        case Asked():
            return translate("SoundCheck", "Any key means yes, N means no.")
        case Missed(louder=louder, longer_ms=longer_ms):
            return " ".join(_remedies(louder, longer_ms))
        case Heard():
            return _remembered(device, preroll_ms)
        case Silent(reason=reason):
            return reason


def _remedies(louder: float | None, longer_ms: int | None) -> list[str]:
    if louder is None:
        found = [
            translate("SoundCheck", "This is the loudest."),
            translate(
                "SoundCheck", "Turn up the computer or the speaker itself, and play it again."
            ),
        ]
    else:
        text = translate("SoundCheck", "Too quiet: they sound again at {percent}%.")
        found = [text.format(percent=round(louder * 100))]
    if longer_ms is None:
        found.append(
            translate(
                "SoundCheck", "There is no longer silence; a cable wakes up faster than radio."
            )
        )
    else:
        found.append(
            translate("SoundCheck", "The first one missing: a longer silence wakes the device.")
        )
    return found


def _remembered(device: str, preroll_ms: int) -> str:
    if not device:
        return translate("SoundCheck", "This is remembered.")
    if preroll_ms > PREROLLS_MS[0]:
        return translate(
            "SoundCheck", "Remembered for {device}, with a silence that wakes it first."
        ).format(device=device)
    return translate("SoundCheck", "Remembered for {device}.").format(device=device)
