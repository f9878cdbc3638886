"""A session's sound and clock: what is planned is heard, and the time is what is heard."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal, Slot

from app.domain.cues import Cue
from app.sound.mix import Mix
from app.sound.output import Output, Reading
from app.sound.pcm import RATE, amplitude, frames, milliseconds
from app.sound.playhead import Playhead
from app.sound.renderer import Playing, Renderer
from app.sound.session_clock import SessionClock
from app.sound.soundtrack import Score, SoundSource
from app.sound.stall import Asleep, Beat, DeviceLost, Fine, Heartbeat, Verdict
from app.sound.take import TakeFolder

OPENING_MS = 300
"""Silence with which a stream opens: a device that wakes up swallows the first syllable."""
SWITCHING = frames(60)
"""Silence with which a take follows another: the server may already have passed on, as what was
there before, the first of the time for which it takes the new sound."""
SAMPLE_MS = 47
"""A prime, and so in step with no device's blocks: every part of a block is seen in turn."""
_OPENING_SAMPLE_MS = 5
_REOPEN_S = 2.0
_PATIENCE_S = 1.5
"""How long the clock waits for a stream to be heard at first."""
_RESTING_S = 300.0
"""How long a paused session keeps the stream open; as long as it keeps the screen on."""
_RUNNING_OUT = frames(8_000)
_IN_STEP_MS = 8.0
"""A stream that was opened anew may be this far off the clock that went on meanwhile."""
_SHIFTS = 3
_START_FRAMES = frames(5)
_RANG_OUT = frames(60)
_SETTLED_MS = 200
_LONGEST_RING_S = 15.0
_BOOT_CLOCK: int | None = getattr(
    # On macOS it is this one that sleep does not stop; on Windows every clock goes on.
    time,
    "CLOCK_BOOTTIME" if sys.platform == "linux" else "CLOCK_MONOTONIC",
    None,
)


@dataclass(slots=True)
class _Idle:
    """Nothing plays and no stream is open."""


@dataclass(slots=True)
class _Resting:
    """Paused: the stream stays open on silence for a while."""

    since_s: float


@dataclass(slots=True)
class _Performing:
    """A score plays, or would if there were a device."""

    base_ms: float
    """The session time of the score's frame 0."""
    score: Score
    since: int
    """The first stream that plays it; earlier ones fade."""
    asked_s: float


@dataclass(slots=True)
class _InStep:
    """The clock follows what is heard."""


@dataclass(slots=True)
class _Catching:
    """The clock runs by itself; a stream has been opened that is to be brought in step with it."""

    shifts: int = 0
    shifted: Playing | None = None
    """What was asked to be shifted last; another one plays once that is done."""


@dataclass(slots=True)
class _Lost:
    """The clock runs by itself and there is no stream."""

    retry_s: float


@dataclass(slots=True)
class _Ringing:
    """What sounds rings to its end; the clock runs by itself."""

    since_s: float


_State = _Idle | _Resting | _Performing | _Ringing
_Sync = _InStep | _Catching | _Lost


class QtSessionSound(QObject):
    """Implements `ports.SessionSound` on Qt's audio. Belongs to the thread that made it.

    `folder` is where takes are kept while they play. `close` must be called before the end.
    """

    device_changed = Signal()
    """The devices may be others, or are known for the first time."""

    def __init__(self, source: SoundSource, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mix = Mix(source)
        self._preroll_ms = OPENING_MS
        now_s = time.monotonic()
        self._clock = SessionClock(now_s)
        self._heartbeat = Heartbeat(RATE)
        self._output = Output()
        self._playhead = Playhead(self._output)
        self._renderer = Renderer(self._output, self._playhead, self._mix, TakeFolder(folder))
        self._state: _State = _Idle()
        self._sync: _Sync = _InStep()
        self._audible = True
        """What the listener was told last."""
        self._volume_due = False
        self._set_for = 0
        self._lengthened = (0, 0)
        self._verdicts: list[tuple[Verdict, float]] = []
        self._changed: Callable[[bool], None] = _nobody
        self._slept: Callable[[int], None] = _nobody
        self._running = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED_MS)
        self._settle.timeout.connect(self._look_at_devices)
        self._output.devices_changed.connect(self._settle.start)
        self._settle.timeout.connect(self.device_changed)

    # ports.SessionSound

    def now_ms(self) -> int:
        now_s = time.monotonic()
        if self._timer.isActive():
            self._beat(now_s)
        return int(self._clock.read(now_s))

    def play(
        self,
        cues: Sequence[Cue],
        *,
        from_ms: int,
        lead_in: Sequence[Cue] = (),
        lead_in_ms: int = 0,
    ) -> None:
        self.prepare()
        now_s = time.monotonic()
        if self._timer.isActive():
            self._beat(now_s)
        score = Score(
            cues=tuple(cues), from_ms=from_ms, lead_in=tuple(lead_in), lead_in_ms=lead_in_ms
        )
        self._heartbeat.rest()
        if self._audible:
            base_ms = self._clock.hold(now_s)
            prefix = frames(self._preroll_ms) if isinstance(self._state, _Idle) else SWITCHING
            stream = self._renderer.play(score, prefix=prefix)
            self._state, self._sync = _Performing(base_ms, score, stream, now_s), _InStep()
        else:
            # The person hears nothing anyway: the clock need not wait for a device.
            base_ms = self._clock.read(now_s)
            self._state, self._sync = _Performing(base_ms, score, 0, now_s), _Lost(now_s)
        self._timer.start(_OPENING_SAMPLE_MS)

    def replace(self, cues: Sequence[Cue]) -> None:
        if isinstance(self._state, _Performing):
            self._state.score = self._state.score.with_cues(tuple(cues))
            self._renderer.replace(self._state.score)

    def pause(self) -> None:
        if not isinstance(self._state, _Performing):
            return
        now_s = self._let_go()
        self._state = _Resting(now_s)
        if self._audible:
            self._renderer.play(Score())

    def ring_out(self) -> None:
        if not isinstance(self._state, _Performing):
            return
        now_s = self._let_go()
        if self._audible:
            self._state = _Ringing(now_s)
            self._renderer.ring_out()
        else:
            self.stop()

    def stop(self) -> None:
        if not isinstance(self._state, _Idle):
            self._let_go()
            self._state = _Idle()
            self._renderer.close()
        self._timer.stop()

    def set_volume(self, volume: float) -> None:
        self._renderer.amplitude = amplitude(volume)
        self._volume_due = not self._output.set_amplitude(self._renderer.amplitude)

    def set_levels(self, *, tones: float, voice: float) -> None:
        self._mix.set_levels(tones=tones, voice=voice)

    def set_listener(self, changed: Callable[[bool], None]) -> None:
        self._changed = changed

    def set_hole_listener(self, slept: Callable[[int], None]) -> None:
        self._slept = slept

    # For who builds and ends it.

    def set_preroll(self, preroll_ms: int) -> None:
        """Open streams with so much silence from now on."""
        self._preroll_ms = preroll_ms

    def default_device(self) -> tuple[str, str]:
        """Return the id and the name of the default device; empty while none is known."""
        self.prepare()
        return self._output.default_device()

    def prepare(self) -> None:
        """Load what the first stream needs, in the background. May be called ahead of `play`."""
        if not self._running:
            self._running = True
            self._output.start()
            self._renderer.start()
            QMetaObject.invokeMethod(self._output, "prepare", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def close(self) -> None:
        """Close the stream, remove temporary files and end the threads."""
        self._timer.stop()
        self._settle.stop()
        if self._running:
            self._running = False
            self._renderer.end()
            self._output.end()

    # The clock.

    def _beat(self, now_s: float) -> None:
        """Look at every clock at once, and set ours."""
        reading = self._wanted(self._playhead.look())
        if not isinstance(self._state, _Performing):
            return
        began_ms = self._clock.value
        verdict = self._heartbeat.beat(self._look(reading, now_s))
        if isinstance(verdict, Asleep):
            self._clock.leave_out(verdict.hole_s)
        if not isinstance(verdict, Fine):
            self._verdicts.append((verdict, began_ms))
        if isinstance(self._sync, _InStep) and (heard_ms := self._heard_ms()) is not None:
            self._clock.follow(heard_ms)

    def _look(self, reading: Reading | None, now_s: float) -> Beat:
        taken: int | None = None
        stream = 0
        if not isinstance(self._sync, _Lost):
            stream, taken = (reading.stream, reading.taken) if reading is not None else (-1, 0)
        return Beat(
            mono_s=now_s,
            boot_s=_boot_s(),
            cpu_s=time.process_time(),
            stream=stream,
            taken=taken,
            opening=reading is None or not self._playhead.runs,
        )

    def _wanted(self, reading: Reading | None) -> Reading | None:
        """Return a reading of what is to be heard; None while the device has not got to it."""
        since = self._state.since if isinstance(self._state, _Performing) else 0
        return reading if reading is not None and reading.stream >= since else None

    def _heard_ms(self) -> float | None:
        """Return the session time of what is heard now."""
        state, playing = self._state, self._renderer.playing
        if playing is None or not isinstance(state, _Performing) or playing.stream < state.since:
            return None
        heard = self._playhead.heard(playing.stream)
        frame = None if heard is None else playing.score_frame(heard)
        return None if frame is None else state.base_ms + milliseconds(frame)

    def _let_go(self) -> float:
        """Let the clock run by itself from now on; return the moment."""
        now_s = time.monotonic()
        if self._timer.isActive():
            self._beat(now_s)
        self._clock.run_free(now_s)
        self._heartbeat.rest()
        self._verdicts.clear()
        return now_s

    # What happens meanwhile.

    @Slot()
    def _tick(self) -> None:
        now_s = time.monotonic()
        self._beat(now_s)
        if self._volume_due or self._playhead.stream != self._set_for:
            self._set_for = self._playhead.stream
            self._volume_due = not self._output.set_amplitude(self._renderer.amplitude)
        for verdict, began_ms in self._take_verdicts():
            if isinstance(verdict, Asleep):
                self._slept(int(began_ms))
            elif isinstance(verdict, DeviceLost):
                self._lose(now_s)
        match self._state:
            case _Performing():
                self._perform(now_s)
            case _Ringing(since_s):
                self._ring(now_s, since_s)
            case _Resting(since_s):
                self._sample_every(SAMPLE_MS)
                if now_s - since_s > _RESTING_S:
                    self.stop()
            case _Idle():
                self._timer.stop()

    def _take_verdicts(self) -> list[tuple[Verdict, float]]:
        verdicts, self._verdicts = self._verdicts, []
        return verdicts

    def _perform(self, now_s: float) -> None:
        reading = self._wanted(self._playhead.look())
        if reading is not None and reading.failed and not isinstance(self._sync, _Lost):
            self._lose(now_s)
        match self._sync:
            case _Lost(retry_s) if now_s >= retry_s:
                self._reopen()
            case _Catching() as catching:
                self._catch_up(now_s, catching)
            case _:
                pass
        if reading is not None:
            self._keep_going(reading)
        is_heard = reading is not None and self._playhead.runs
        if isinstance(self._sync, _InStep) and not is_heard:
            self._be_patient(now_s)
        self._sample_every(SAMPLE_MS if is_heard else _OPENING_SAMPLE_MS)

    def _be_patient(self, now_s: float) -> None:
        """Wait for the first sound, but not for ever: go on, and bring it in step later."""
        state = self._state
        if isinstance(state, _Performing) and now_s - state.asked_s > _PATIENCE_S:
            self._clock.run_free(now_s)
            self._sync = _Catching()

    def _keep_going(self, reading: Reading) -> None:
        """Ask for more before the take runs out, once."""
        playing = self._renderer.playing
        if playing is None or playing.stream != reading.stream:
            return
        end = playing.take.length
        if reading.read > end - _RUNNING_OUT and self._lengthened != (playing.stream, end):
            self._lengthened = (playing.stream, end)
            self._renderer.lengthen()

    def _sample_every(self, interval_ms: int) -> None:
        if self._timer.interval() != interval_ms:
            self._timer.setInterval(interval_ms)

    def _ring(self, now_s: float, since_s: float) -> None:
        until, playing = self._renderer.rings_until, self._renderer.playing
        if until is None:
            return
        # None as well while the device has not come to what was played last.
        heard = None if playing is None else self._playhead.heard(playing.stream)
        reading = self._playhead.look()
        is_over = heard is not None and heard > until + _RANG_OUT
        has_failed = playing is None or (reading is not None and reading.failed)
        if is_over or has_failed or now_s - since_s > _LONGEST_RING_S:
            self.stop()

    def _lose(self, now_s: float) -> None:
        """Go on without the device."""
        was_lost = not self._audible
        self._clock.run_free(now_s)
        self._heartbeat.rest()
        # The first time at once: another device may be there.
        self._sync = _Lost(now_s + (_REOPEN_S if was_lost else 0.0))
        self._tell(audible=False)

    def _reopen(self) -> None:
        """Play on from where the clock has got to."""
        if isinstance(self._state, _Performing):
            state = self._state
            self._heartbeat.rest()
            stream = self._renderer.play(state.score, begin=self._reached, cut=True)
            state.since = stream
            self._sync = _Catching()

    def _catch_up(self, now_s: float, catching: _Catching) -> None:
        """Bring a stream that was opened anew in step with the clock."""
        heard_ms, playing = self._heard_ms(), self._renderer.playing
        if heard_ms is None or playing is None:
            return
        behind_ms = self._clock.read(now_s) - heard_ms
        if abs(behind_ms) > _IN_STEP_MS and catching.shifts < _SHIFTS:
            if playing is not catching.shifted:
                catching.shifts += 1
                catching.shifted = playing
                self._renderer.shift(playing.stream, round(behind_ms * RATE / 1000))
            return
        self._sync = _InStep()
        self._clock.follow(heard_ms)
        self._tell(audible=True)

    def _reached(self) -> int:
        """Return the frame of the score to begin with now. Called from the renderer's thread."""
        state = self._state
        if not isinstance(state, _Performing):
            return 0
        position_ms = self._clock.peek(time.monotonic()) - state.base_ms
        return max(0, round(position_ms * RATE / 1000) + _START_FRAMES)

    @Slot()
    def _look_at_devices(self) -> None:
        """Come back, or move to where the system wants sound to be, once devices have changed."""
        if not isinstance(self._state, _Performing):
            return
        if isinstance(self._sync, _Lost):
            self._reopen()
        elif isinstance(self._sync, _InStep) and not self._output.is_on_default_device():
            self._let_go()
            self._reopen()

    def _tell(self, *, audible: bool) -> None:
        if audible is not self._audible:
            self._audible = audible
            self._changed(audible)


def _nobody(_value: object) -> None:
    """Listen to nothing."""


def _boot_s() -> float:
    """Return a clock that goes on while the machine sleeps, where there is one."""
    return time.monotonic() if _BOOT_CLOCK is None else time.clock_gettime(_BOOT_CLOCK)
