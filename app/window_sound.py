"""All of the window that sounds: one output, the tones and the voice that are set, the devices."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.sound.earcons import Earcons
from app.sound.session_sound import QtSessionSound
from app.sound.sources import Sounds
from app.sound_parts import make_voice
from app.storage.device_file import CheckedDevice, DeviceFile
from app.storage.paths import UserFolders, bundled
from app.ui.sound_check import PREROLLS_MS, beeps

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.cues import Cue
    from app.domain.errors import Problem
    from app.domain.settings import Settings
    from app.sound.cue_set import CueSet
    from app.sound.soundtrack import Sound, SoundSource
    from app.ui.preferences import Preferences
    from app.ui.signals import TypedSignal

_LOOK_MS: Final = 50
_TEST_SENTENCE: Final = ("Left side.",)
_JOIN_S: Final = 5.0
_PATIENCE_MS: Final = 6_000
"""How long the sentence that is tried is waited for."""


class _Tones:
    """The tones in use; the user's own take their place when they were read."""

    def __init__(self, source: SoundSource) -> None:
        self.source = source

    def sound(self, cue: Cue) -> Sound | None:
        return self.source.sound(cue)


class WindowSound(QObject):
    """Also what a sound check needs to know of devices. `close` must be called before the end."""

    voice_changed = cast("TypedSignal[()]", Signal())
    """Another voice speaks, or more sentences are ready."""
    cue_set_read = cast("TypedSignal[str, tuple[Problem, ...]]", Signal(str, object))
    """The user's own tones were read: their name, and what is wrong with them."""
    device_changed = cast("TypedSignal[()]", Signal())

    def __init__(
        self,
        preferences: Preferences,
        folders: UserFolders,
        parent: QObject,
        *,
        is_free: Callable[[], bool],
    ) -> None:
        """`is_free` tells whether no session uses the sound."""
        super().__init__(parent)
        self._preferences = preferences
        self._folders = folders
        self._is_free = is_free
        settings = preferences.settings
        self._settings = settings
        self._earcons = Earcons(bundled("sounds"))
        self._tones = _Tones(self._earcons)
        self._devices = DeviceFile(folders.config / "devices.json")
        self.voice = make_voice(settings, folders)
        self.session = QtSessionSound(
            Sounds(self._tones, self.voice), folders.cache / "takes", self
        )
        self.session.set_levels(tones=settings.tones_level, voice=settings.voice_level)
        self.session.device_changed.connect(self._take_device)
        self._reading: tuple[Thread, CueSet] | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._look_for_cue_set)
        self._trying = QTimer(self)
        self._trying.setInterval(_LOOK_MS)
        self._trying.timeout.connect(self._try_to_say)
        self._tries_left = 0
        self.problems: tuple[Problem, ...] = ()
        preferences.changed.connect(self._apply)
        self.read_cue_set()

    def close(self) -> None:
        self._look.stop()
        self._trying.stop()
        self._stop_reading()
        self.session.close()
        self.voice.close()

    # Settings

    @Slot(object)
    def _apply(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if settings.engine != before.engine:
            self.voice.set_engine(settings.engine)
            self.voice_changed.emit()
        if settings.cue_set != before.cue_set:
            self.read_cue_set()
        self.session.set_levels(tones=settings.tones_level, voice=settings.voice_level)
        self.session.set_volume(settings.volume)

    @Slot()
    def read_cue_set(self) -> None:
        """Read the user's own tones in the background; those that ship sound until then."""
        name = self._settings.cue_set
        self._tones.source = self._earcons
        self._stop_reading()
        if not name:
            self.problems = ()
            self.cue_set_read.emit("", ())
            return
        from app.sound.cue_set import CueSet, cue_set_folder  # noqa: PLC0415  (few have one)

        folder = cue_set_folder(name, self._folders.data / "cue-sets")
        own = CueSet(folder, self._earcons, self._folders.cache / "cue-sets")
        # The thread holds the set alone: objects of the window have to end in the window's thread.
        thread = Thread(target=own.load, name="cue set", daemon=True)
        self._reading = (thread, own)
        thread.start()
        self._look.start()

    def _stop_reading(self) -> None:
        """Wait for the thread, which decodes: Qt must not end, and leave, under it."""
        if self._reading is not None:
            thread, own = self._reading
            own.stop()
            thread.join(_JOIN_S)
            self._reading = None

    @Slot()
    def _look_for_cue_set(self) -> None:
        if self._reading is None:
            self._look.stop()
            return
        thread, own = self._reading
        if thread.is_alive():
            return
        self._look.stop()
        self._reading = None
        self._tones.source = own
        self.problems = own.problems
        self.cue_set_read.emit(own.name, own.problems)

    # Trying it

    @Slot()
    def say_something(self) -> None:
        """Say one sentence as soon as the voice is ready for it, outside a session."""
        if not self._is_free():
            return
        self.voice.prepare(_TEST_SENTENCE)
        self._tries_left = _PATIENCE_MS // _LOOK_MS
        self._trying.start()

    @Slot()
    def _try_to_say(self) -> None:
        from app.domain.cues import Cue, CueKind  # noqa: PLC0415  (when it is tried)

        if not self._is_free():
            self._trying.stop()
            return
        length_ms = self.voice.length_ms(_TEST_SENTENCE[0])
        ready = length_ms is not None and self.voice.sound(_TEST_SENTENCE) is not None
        self._tries_left -= 1
        if not ready and self._tries_left > 0:
            return
        self._trying.stop()
        self.voice_changed.emit()
        if length_ms is not None and ready:
            cue = Cue(
                at_ms=0,
                duration_ms=length_ms,
                kind=CueKind.VOICE,
                segment=0,
                sentences=_TEST_SENTENCE,
            )
            self.session.set_volume(self._settings.volume)
            self.session.play([cue], from_ms=0)
            self.session.ring_out()

    # sound_check_keeper.CheckDevices

    def play_beeps(self, preroll_ms: int) -> None:
        self._trying.stop()
        self.session.stop()
        self.session.set_preroll(preroll_ms)
        self.session.set_volume(self._preferences.settings.volume)
        self.session.play(beeps(), from_ms=0)
        self.session.ring_out()

    def end_check(self) -> None:
        if self._is_free():
            self.session.stop()
        self._take_device()

    def device_id(self) -> str:
        return self.session.default_device()[0]

    def device_name(self) -> str:
        return self.session.default_device()[1]

    def remember(self, device_id: str, *, heard: bool, volume: float, preroll_ms: int) -> None:
        self._devices.remember(device_id, heard=heard, volume=volume, preroll_ms=preroll_ms)
        self._take_device()

    def known(self, device_id: str) -> CheckedDevice | None:
        return self._devices.known(device_id)

    @Slot()
    def _take_device(self) -> None:
        """Open streams with the silence that the device needs which is the default by now."""
        known = self._devices.known(self.device_id())
        self.session.set_preroll(PREROLLS_MS[0] if known is None else known.preroll_ms)
        self.device_changed.emit()
