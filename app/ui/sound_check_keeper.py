"""Leads through a sound check, and knows which output devices had one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import Shiboken

from app.domain.errors import WarmdownError
from app.ui.sound_check import (
    PREROLLS_MS,
    Answered,
    BeepsWanted,
    Event,
    SoundCheck,
    VolumeRaised,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.ui.preferences import Preferences
    from app.ui.signals import TypedSignal
    from app.ui.sound_check_dialog import SoundCheckDialog
    from app.ui.theme import ThemeManager


class CheckedDevice(Protocol):
    """What is remembered of an output device."""

    @property
    def heard(self) -> bool:
        """Whether all was heard from the mat."""
        ...

    @property
    def volume(self) -> float:
        """0.0 to 1.0, as it was set at the check."""
        ...

    @property
    def preroll_ms(self) -> int:
        """The silence that the device needs before a first sound."""
        ...


class CheckDevices(Protocol):
    """The output devices, and what is remembered of each."""

    def play_beeps(self, preroll_ms: int) -> None:
        """Play `sound_check.beeps()` after a silence, at the volume in force.

        Beeps that still sound are cut off. WarmdownError says why nothing can be played.
        """
        ...

    def end_check(self) -> None:
        """Let a check be over: its beeps and its silence have no place in what comes next."""
        ...

    def device_id(self) -> str:
        """Return what tells the default output from others, also after a restart; empty: none."""
        ...

    def device_name(self) -> str:
        """Return the default output's name as its system shows it."""
        ...

    def remember(self, device_id: str, *, heard: bool, volume: float, preroll_ms: int) -> None: ...

    def known(self, device_id: str) -> CheckedDevice | None:
        """Return what the last check of a device found; None where there was none."""
        ...


class SoundCheckKeeper(QObject):
    """One check at a time, over the window or over the player."""

    device_shown = cast("TypedSignal[str, CheckedDevice | None]", Signal(str, object))
    """The default output's name (empty: there is none) and what is remembered of it."""

    def __init__(
        self,
        window: QWidget,
        themes: ThemeManager,
        preferences: Preferences,
        devices: CheckDevices,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._preferences = preferences
        self._devices = devices
        self._dialog: SoundCheckDialog | None = None
        self._check = SoundCheck(volume=preferences.settings.volume)
        self._device = ""

    def is_due(self) -> bool:
        """Whether there is something to hear, on a default output that never had a check."""
        settings = self._preferences.settings
        if not settings.tones and not settings.voice:
            return False
        device = self._devices.device_id()
        return bool(device) and self._devices.known(device) is None

    def device_name(self) -> str:
        return self._devices.device_name()

    @Slot()
    def tell(self) -> None:
        """Tell of the default output, when a page wants to know or the devices changed."""
        device = self._devices.device_id()
        known = self._devices.known(device) if device else None
        self.device_shown.emit(self._devices.device_name() if device else "", known)

    @Slot()
    def check(self) -> None:
        """Open a check over the window."""
        self.open(self._window, self._themes)

    def open(self, host: QWidget, themes: ThemeManager) -> SoundCheckDialog:
        """Open a check over a widget and play at once; one that is open already stays."""
        dialog = self._dialog
        if dialog is not None and Shiboken.isValid(dialog) and dialog.isVisible():
            return dialog
        from app.ui.sound_check_dialog import SoundCheckDialog  # noqa: PLC0415  (rarely seen)

        dialog = self._dialog = SoundCheckDialog(themes, host)
        dialog.beeps_over.connect(self._ask)
        dialog.heard.connect(self._take_heard)
        dialog.missed.connect(self._take_missed)
        dialog.louder_wanted.connect(self._make_louder)
        dialog.longer_wanted.connect(self._wait_longer)
        dialog.again_wanted.connect(self._play)
        dialog.finished.connect(self._leave)
        self._begin()
        self._play()
        dialog.open()
        return dialog

    def _begin(self) -> None:
        """Check the device that is the default now, from what is known of it."""
        self._device = self._devices.device_id()
        known = self._devices.known(self._device) if self._device else None
        self._check = SoundCheck(
            volume=self._preferences.settings.volume,
            preroll_ms=PREROLLS_MS[0] if known is None else known.preroll_ms,
        )

    @Slot()
    def _play(self) -> None:
        self._carry_out(self._check.play())

    @Slot()
    def _ask(self) -> None:
        self._check.beeps_over()
        self._show()

    @Slot()
    def _take_heard(self) -> None:
        self._carry_out(self._check.heard())

    @Slot()
    def _take_missed(self) -> None:
        self._carry_out(self._check.missed())

    @Slot()
    def _make_louder(self) -> None:
        self._carry_out(self._check.make_louder())

    @Slot()
    def _wait_longer(self) -> None:
        self._carry_out(self._check.wait_longer())

    @Slot()
    def _leave(self) -> None:
        self._dialog = None
        self._devices.end_check()

    def _carry_out(self, events: Sequence[Event]) -> None:
        for event in events:
            match event:
                case VolumeRaised(volume=volume):
                    self._preferences.set(replace(self._preferences.settings, volume=volume))
                case BeepsWanted(preroll_ms=preroll_ms):
                    self._beep(preroll_ms)
                case Answered(heard=heard, volume=volume, preroll_ms=preroll_ms):
                    self._devices.remember(
                        self._device, heard=heard, volume=volume, preroll_ms=preroll_ms
                    )
                    self.tell()
        self._show()

    def _beep(self, preroll_ms: int) -> None:
        device = self._devices.device_id()
        if device != self._device:
            # Another device was plugged in meanwhile: its check begins anew.
            self._begin()
            self._check.play()
            preroll_ms = self._check.preroll_ms
        if not device:
            self._check.fail(self.tr("There is no sound output. Connect one and try again."))
            return
        try:
            self._devices.play_beeps(preroll_ms)
        except WarmdownError as error:
            self._check.fail(str(error).splitlines()[0])

    def _show(self) -> None:
        if self._dialog is not None:
            self._dialog.show_check(
                self._check.state,
                device=self._devices.device_name() if self._device else "",
                volume=self._check.volume,
                preroll_ms=self._check.preroll_ms,
            )
