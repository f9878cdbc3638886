"""What the person does in the player, by key or by button, and the questions that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never, cast

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot

from app.domain.session import Finished, LeadIn, Paused, Running, Stopped
from app.ui.pages.player.keys import Action, Pressed, pressed
from app.ui.pages.player.words import translate
from app.ui.widgets.volume_control import STEP

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QDialog, QWidget

    from app.ui.pages.player.page import PlayerPage
    from app.ui.pages.player.parts import Parts
    from app.ui.pages.player.ports import Player
    from app.ui.signals import TypedSignal
    from app.ui.widgets.dialog import Dialog
    from app.ui.widgets.toast import Toast

    OpenCheck = Callable[[QWidget], QDialog]


_LEVELS: Final = 10
"""Steps between silent and full, of cues and voice."""


class Commands(QObject):
    """Drives the player and tells what is to be remembered."""

    volume_changed = cast("TypedSignal[float]", Signal(float))
    """0.0 to 1.0; the player has it already."""
    tones_changed = cast("TypedSignal[bool]", Signal(bool))
    voice_changed = cast("TypedSignal[bool]", Signal(bool))
    """As with the tones, the player has it already."""
    levels_changed = cast("TypedSignal[float, float]", Signal(float, float))
    """Of cues and voice, 0.0 to 1.0 each, beside the volume: to be kept and heard."""
    before_check_in = cast("TypedSignal[int]", Signal(int))
    """A number key in get-ready; a later one takes its place."""
    full_screen_requested = cast("TypedSignal[()]", Signal())
    moved_to_step = cast("TypedSignal[int, int]", Signal(int, int))
    """The timeline was clicked: the new step and the one before, counted from 1."""

    def __init__(
        self, page: PlayerPage, parts: Parts, *, volume: float, tones: bool, voice: bool
    ) -> None:
        """`volume` is 0.0 to 1.0."""
        super().__init__(page)
        self._page = page
        self._themes = page.themes
        self._parts = parts
        self._tones = True
        self._voice = True
        self._levels = (1.0, 1.0)
        self._open_check: OpenCheck | None = None
        self._goes_on_checked = False
        self._toast: Toast | None = None
        self._before_step = 1
        self._asking = False
        self._goes_on = False
        self._then: Callable[[], None] | None = None
        self.show_sound(volume=volume, tones=tones, voice=voice)
        parts.pause.clicked.connect(self.toggle)
        parts.skip.clicked.connect(self._skip)
        parts.ten_more.clicked.connect(self._ten_more)
        parts.repeat.clicked.connect(self._repeat)
        parts.back.clicked.connect(self._back)
        parts.bell.clicked.connect(self._switch_tones)
        parts.voice.clicked.connect(self._switch_voice)
        parts.check.clicked.connect(self._check_sound)
        parts.volume.valueChanged.connect(self._set_volume)
        parts.keys.clicked.connect(self.show_keys)
        parts.full_screen.clicked.connect(self.full_screen_requested.emit)
        parts.end.clicked.connect(self.request_end)
        parts.timeline.step_chosen.connect(self._move_to_step)

    @property
    def _player(self) -> Player | None:
        return self._page.player

    @property
    def toast(self) -> Toast | None:
        return self._toast

    @property
    def is_asking(self) -> bool:
        """Whether the question at the end is open."""
        return self._asking

    def show_sound(
        self,
        *,
        volume: float,
        tones: bool,
        voice: bool,
        levels: tuple[float, float] = (1.0, 1.0),
    ) -> None:
        """Show volume and switches as they are set, without telling anybody.

        `levels` are those of cues and voice.
        """
        self._levels = levels
        with QSignalBlocker(self._parts.volume):
            self._parts.volume.setValue(round(volume * 100))
        self._tones, self._voice = tones, voice
        self._show_switches()

    def put_away(self) -> None:
        """Close what lies over the stage: its session is over."""
        from app.ui.widgets.dialog import close_dialogs  # noqa: PLC0415  (rarely open)

        close_dialogs(self._page)
        if self._toast is not None:
            self._toast.dismiss()

    def perform(self, meant: Pressed) -> None:  # noqa: C901, PLR0912  (one line for each key)
        """Do what a key means."""
        parts = self._parts
        match meant.action:
            case Action.TOGGLE:
                self.toggle()
            case Action.MEDIA_TOGGLE:
                self._media_toggle()
            case Action.NEXT:
                self._skip()
            case Action.BACK:
                self._back()
            case Action.MEDIA_PREVIOUS:
                self._media_previous()
            case Action.REPEAT:
                self._repeat()
            case Action.TEN_MORE:
                self._ten_more()
            case Action.LOUDER:
                parts.volume.setValue(parts.volume.value() + STEP)
            case Action.QUIETER:
                parts.volume.setValue(parts.volume.value() - STEP)
            case Action.MORE_VOICE:
                self._balance(1)
            case Action.MORE_TONES:
                self._balance(-1)
            case Action.TONES:
                self._switch_tones()
            case Action.VOICE:
                self._switch_voice()
            case Action.CHECK_SOUND:
                self._check_sound()
            case Action.FULL_SCREEN:
                self.full_screen_requested.emit()
            case Action.KEYS:
                self.show_keys()
            case Action.LEAVE:
                self._leave()
            case Action.SCORE:
                if self._page.answer_before(meant.score):
                    self.before_check_in.emit(meant.score)
            case _:
                assert_never(meant.action)

    def perform_key(self, event: QKeyEvent) -> None:
        """Do what a key press means, where it means something."""
        meant = pressed(event)
        if meant is not None and not event.isAutoRepeat():
            self.perform(meant)

    # Transport

    @Slot()
    def toggle(self) -> None:
        """Do what the big button says: pause, go on, or done."""
        if self._player is not None:
            self._player.toggle()

    def _media_toggle(self) -> None:
        player = self._player
        if player is None:
            return
        if isinstance(player.state, Paused):
            player.resume()
        else:
            player.pause()

    @Slot()
    def _skip(self) -> None:
        if self._player is not None:
            self._player.next()

    @Slot()
    def _back(self) -> None:
        if self._player is not None:
            self._player.back()

    def _media_previous(self) -> None:
        if self._player is not None:
            self._player.media_previous()

    @Slot()
    def _repeat(self) -> None:
        if self._player is not None:
            self._player.repeat()

    @Slot()
    def _ten_more(self) -> None:
        if self._player is not None:
            self._player.ten_more()

    @Slot(int)
    def _move_to_step(self, step: int) -> None:
        player = self._player
        if player is None:
            return
        self._before_step = player.position().segment.step
        player.go_to_step(step)
        self.moved_to_step.emit(step, self._before_step)
        self._say_moved(step)

    def _shown_toast(self) -> Toast:
        if self._toast is None:
            from app.ui.widgets.toast import Toast  # noqa: PLC0415  (made when it is needed)

            self._toast = Toast(self._themes, self._page)
            self._toast.button.installEventFilter(self._page)
            self.place_toast()
        return self._toast

    def _say_moved(self, step: int) -> None:
        self._shown_toast().say(
            translate("Player", "Moved to step {step}.").format(step=step),
            action_text=translate("Player", "Go back"),
            action=self._move_back,
        )

    def _move_back(self) -> None:
        if self._player is not None:
            self._player.go_to_step(self._before_step)

    def place_toast(self) -> None:
        """Keep the toast over the dock: no control is ever covered."""
        if self._toast is not None:
            self._toast.set_rise(self.toast_rise)

    @property
    def toast_rise(self) -> int:
        """How far over the bottom a toast has to stand, to be clear of every control."""
        return self._page.height() - self._parts.timeline.geometry().top() + 8

    # Sound

    @Slot(int)
    def _set_volume(self, percent: int) -> None:
        if self._player is not None:
            self._player.set_volume(percent / 100)
        self.volume_changed.emit(percent / 100)

    @Slot()
    def _switch_tones(self) -> None:
        self._tones = not self._tones
        self._show_switches()
        if self._player is not None:
            self._player.set_tones(self._tones)
        self.tones_changed.emit(self._tones)

    @Slot()
    def _switch_voice(self) -> None:
        self._voice = not self._voice
        self._show_switches()
        if self._player is not None:
            self._player.set_voice(self._voice)
        self.voice_changed.emit(self._voice)

    def _balance(self, towards_voice: int) -> None:
        """Make voice (1) or cues (-1) louder against the other: first that one, then less other."""
        tones, voice = (round(level * _LEVELS) for level in self._levels)
        mine, other = (voice, tones) if towards_voice > 0 else (tones, voice)
        if mine < _LEVELS:
            mine += 1
        else:
            other = max(0, other - 1)
        tones, voice = (other, mine) if towards_voice > 0 else (mine, other)
        self._levels = (tones / _LEVELS, voice / _LEVELS)
        self.levels_changed.emit(*self._levels)
        text = translate("Player", "Voice {voice} %, cues {cues} %.")
        percent = 100 // _LEVELS
        self._shown_toast().say(text.format(voice=voice * percent, cues=tones * percent))

    def _show_switches(self) -> None:
        bell, voice = self._parts.bell, self._parts.voice
        bell.set_icon("bell" if self._tones else "bell-off")
        bell.set_on(self._tones)
        bell.set_name(
            translate("Player", "Sounds, on") if self._tones else translate("Player", "Sounds, off")
        )
        voice.set_icon("speech" if self._voice else "speech-off")
        voice.set_on(self._voice)
        voice.set_name(
            translate("Player", "Voice, on") if self._voice else translate("Player", "Voice, off")
        )

    def offer_check(self, open_check: OpenCheck | None) -> None:
        """Have a sound check opened by button and key from now on; None: not any more."""
        self._open_check = open_check

    @Slot()
    def _check_sound(self) -> None:
        """Wait for the sound check; get-ready then begins anew."""
        player, open_check = self._player, self._open_check
        if player is None or open_check is None:
            return
        self._goes_on_checked = isinstance(player.state, Running | LeadIn)
        player.pause()
        self._page.withdraw_sound_check()
        dialog = open_check(self._page)
        self._page.show_pointer_while(dialog)
        dialog.finished.connect(self._checked)

    @Slot()
    def _checked(self) -> None:
        player = self._player
        if player is None or not self._goes_on_checked or self._asking:
            return
        player.repeat()
        player.resume()

    # The window

    def show_pause(self, *, paused: bool, waits: bool) -> None:
        """Make the big button say what it does."""
        button = self._parts.pause
        done = waits and not paused
        button.setText(translate("Player", "Done") if done else "")
        button.set_icon("play" if paused else "pause")
        if done:
            button.set_name(translate("Player", "Done"))
        else:
            button.set_name(
                translate("Player", "Go on") if paused else translate("Player", "Pause")
            )

    @Slot()
    def show_keys(self) -> None:
        """List the keys over the stage."""
        from app.ui.pages.player.keys_overlay import KeysOverlay  # noqa: PLC0415  (rarely seen)

        if not self._page.findChildren(KeysOverlay):
            self._open(KeysOverlay(self._themes, self._page, self.perform_key))

    def _leave(self) -> None:
        if self._page.window().isFullScreen():
            self.full_screen_requested.emit()
        else:
            self.request_end()

    @Slot()
    def request_end(self) -> None:
        """End the session; where at least one step is done it waits and asks first."""
        self.ask_to_end(None)

    def ask_to_end(self, then: Callable[[], None] | None) -> None:
        """Ask, and on "Save and stop" do `then`; None stops the session."""
        player = self._player
        if player is None or isinstance(player.state, Finished | Stopped):
            return
        self._then = then
        if self._asking:
            return
        done = player.steps_done()
        if done == 0:
            self._stop()
            return
        from app.ui.widgets.buttons import ButtonKind  # noqa: PLC0415  (rarely seen)
        from app.ui.widgets.dialog import Dialog  # noqa: PLC0415

        self._goes_on = isinstance(player.state, Running | LeadIn)
        player.pause()
        dialog = Dialog(self._themes, self._page, translate("Player", "Stop here?"))
        text = translate("Player", "{done} of {steps} steps will be saved.")
        dialog.add_text(text.format(done=done, steps=player.timeline.steps))
        save = dialog.add_button(translate("Player", "Save and stop"))
        keep = dialog.add_button(translate("Player", "Keep going"), kind=ButtonKind.PRIMARY)
        save.clicked.connect(dialog.accept)
        keep.clicked.connect(dialog.reject)
        dialog.accepted.connect(self._stop)
        dialog.rejected.connect(self._keep_going)
        self._asking = True
        self._open(dialog)

    def _open(self, dialog: Dialog) -> None:
        self._page.show_pointer_while(dialog)
        dialog.open()

    @Slot()
    def _stop(self) -> None:
        then, self._then, self._asking = self._then, None, False
        if then is not None:
            then()
        elif self._player is not None:
            self._player.stop()

    @Slot()
    def _keep_going(self) -> None:
        self._then, self._asking = None, False
        if self._player is not None and self._goes_on:
            self._player.resume()
