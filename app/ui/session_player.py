"""Drives one session: commands in, sound planned, events kept, signals out."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.domain.cues import Cue, plan, plan_lead_in
from app.domain.ports import SessionSound, Voice
from app.domain.session import (
    Event,
    LeadIn,
    Outcome,
    Paused,
    Position,
    Running,
    SegmentExtended,
    SegmentFinished,
    SegmentStarted,
    Session,
    SessionEnded,
    State,
)
from app.domain.speech import Speech, needed, unknown
from app.domain.stand_ins import words_for
from app.domain.timeline import Segment, Timeline

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

TICK_MS = 50
REPLAN_MS, GATHER_MS = 150, 3_000
"""How long sentences that become ready are gathered before the sound is planned with them: where
one is due soon, and else."""
SOON_MS = 10_000


class EventKeeper(Protocol):
    """Keeps what happened, before it is announced."""

    def handle(self, event: Event, now: datetime) -> None: ...


class SessionPlayer(QObject):
    """One session from start to end. The sound's clock is its clock."""

    segment_started = cast("TypedSignal[Segment]", Signal(object))
    segment_finished = cast("TypedSignal[Segment]", Signal(object))
    state_changed = cast("TypedSignal[State]", Signal(object))
    timeline_changed = cast("TypedSignal[Timeline]", Signal(object))
    output_changed = cast("TypedSignal[bool]", Signal(bool))
    ended = cast("TypedSignal[SessionEnded]", Signal(object))
    notice = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self,
        timeline: Timeline,
        sound: SessionSound,
        keeper: EventKeeper,
        *,
        wall_clock: Callable[[], datetime],
        volume: float,
        tones: bool,
        beat_every: int,
        voice: Voice | None = None,
        voice_on: bool = False,
        spoken_counts: bool = False,
        spoken_tempo: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = Session(timeline)
        self._sound = sound
        self._keeper = keeper
        self._wall_clock = wall_clock
        self._tones = tones
        self._beat_every = beat_every
        self._voice = voice
        self._voice_on = voice_on
        self._speech = Speech(
            lengths=unknown if voice is None else voice.length_ms,
            counts=spoken_counts,
            tempo=spoken_tempo,
        )
        self._levels: tuple[float, float] | None = None
        self._began_ms = 0
        """Where in the timeline the session last began or jumped to."""
        self._awaited: dict[str, int] = {}
        """When each sentence is due that the voice did not know yet, by the last plan."""
        self._told: set[str] = set()
        """What was said of the voice already."""
        self._replan = QTimer(self)
        self._replan.setSingleShot(True)
        self._replan.timeout.connect(self._plan_anew)
        self._last_state = self._session.state
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.timeout.connect(self.tick)
        sound.set_volume(volume)
        sound.set_listener(self._output_changed)
        sound.set_hole_listener(self._slept)
        if voice is not None:
            voice.set_listener(self._voice_changed)
            self._prepare_voice()

    @property
    def timeline(self) -> Timeline:
        return self._session.timeline

    @property
    def state(self) -> State:
        return self._session.state

    @property
    def tones(self) -> bool:
        return self._tones

    def position(self) -> Position:
        """Return where the session stands; cheap enough for every frame."""
        return self._session.position(self._sound.now_ms())

    def steps_done(self) -> int:
        return self._session.steps_done

    def start(self, *, step: int = 1, lead_in_ms: int = 0) -> None:
        """Begin with get-ready, or with a later step (counted from 1) after a lead-in."""
        self._ticker.start()
        self._command(lambda now_ms: self._session.start(now_ms, step=step, lead_in_ms=lead_in_ms))
        self._tell_of_voice()

    def pause(self) -> None:
        self._command(self._session.pause)

    def resume(self) -> None:
        self._command(self._session.resume)

    def toggle(self) -> None:
        """Do what the one big button does: pause, go on, or "done" in open-ended work."""
        match self.state:
            case Paused():
                self.resume()
            case Running(index=index) if self.timeline.segments[index].is_open:
                self.done()
            case _:
                self.pause()

    def next(self) -> None:
        self._command(self._session.next)

    def back(self) -> None:
        self._command(self._session.back)

    def repeat(self) -> None:
        self._command(self._session.repeat)

    def media_previous(self) -> None:
        self._command(self._session.media_previous)

    def ten_more(self) -> None:
        self._command(self._session.ten_more)

    def go_to_step(self, step: int) -> None:
        """Go to a step, counted from 1."""
        self._command(lambda now_ms: self._session.go_to_step(step, now_ms))

    def done(self) -> None:
        """End an open-ended step."""
        self._command(self._session.done)

    def stop(self) -> None:
        self._command(self._session.stop)

    def set_volume(self, volume: float) -> None:
        """0.0 to 1.0."""
        self._sound.set_volume(volume)

    def set_tones(self, on: bool) -> None:  # noqa: FBT001  (a switch's state)
        if on == self._tones:
            return
        self._tones = on
        self._plan_anew()

    @property
    def voice_on(self) -> bool:
        return self._voice_on

    def set_voice(self, on: bool) -> None:  # noqa: FBT001  (a switch's state)
        if on == self._voice_on:
            return
        self._voice_on = on
        self._prepare_voice()
        self._plan_anew()
        self._tell_of_voice(wanted=on)

    def set_levels(self, *, tones: float, voice: float) -> None:
        """0.0 to 1.0 each, beside the volume; heard within 700 ms."""
        self._sound.set_levels(tones=tones, voice=voice)
        if (tones, voice) != self._levels:
            self._levels = (tones, voice)
            self._plan_anew()

    def _prepare_voice(self) -> None:
        if self._voice is not None and self._voice_on:
            first = self.position().segment.index
            self._voice.prepare(needed(self._session.timeline, self._speech, first=first))

    def _voice_changed(self) -> None:
        """Have what is ready by now planned and heard; soon, but not for each sentence anew."""
        interval_ms = REPLAN_MS if self._is_waited_for() else GATHER_MS
        if not self._replan.isActive() or self._replan.remainingTime() > interval_ms:
            self._replan.start(interval_ms)
        self._tell_of_voice()

    def _tell_of_voice(self, *, wanted: bool = False) -> None:
        """Say once why the voice is silent, or was; where it is `wanted` also that it is off."""
        if self._voice is None or not self._voice_on:
            return
        info = self._voice.info()
        silence = "" if info.id else info.reason
        text = info.trouble or info.lack or (silence if wanted else "")
        if text and (wanted or text not in self._told):
            self._told.add(text)
            self.notice.emit(text)

    def _is_waited_for(self) -> bool:
        """Whether the voice has only begun, or a line is due soon that had no sound when planned."""
        at_ms = self.position().timeline_ms
        known = self._speech.lengths
        return at_ms < self._began_ms + SOON_MS or any(
            at_ms <= due_ms < at_ms + SOON_MS and known(sentence) is not None
            for sentence, due_ms in self._awaited.items()
        )

    @Slot()
    def _plan_anew(self) -> None:
        if isinstance(self.state, Running | LeadIn):
            self._sound.replace(self._cues())

    @Slot()
    def tick(self) -> None:
        """Report the boundaries that passed; how often this is called changes nothing."""
        self._take(self._session.tick(self._sound.now_ms()))

    def _command(self, command: Callable[[int], list[Event]]) -> None:
        """Carry out a command, make the sound follow, then tell."""
        now_ms = self._sound.now_ms()
        # Boundaries that were passed before the command are not its doing: sound knows of them.
        self._take(self._session.tick(now_ms))
        before = self._session.state
        events = command(now_ms)
        if events or self._session.state != before:
            self._hurry_voice(now_ms)
            self._follow(now_ms)
        self._sound_the_end(events)
        self._take(events)

    def _hurry_voice(self, now_ms: int) -> None:
        """Have what is said from here on made ready first."""
        at_ms = self._session.position(now_ms).timeline_ms
        if isinstance(self._session.state, Running | LeadIn) and at_ms != self._began_ms:
            self._began_ms = at_ms
            self._prepare_voice()

    def _sound_the_end(self, events: list[Event]) -> None:
        """Let a session that a command completed end as one that ran out does."""
        for event in events:
            if isinstance(event, SessionEnded) and event.outcome is Outcome.COMPLETED:
                end_ms = self._session.timeline.duration_ms
                cues = [cue for cue in self._all_cues() if cue.at_ms >= end_ms]
                self._sound.play(cues, from_ms=end_ms)

    def _follow(self, now_ms: int) -> None:
        """Make what sounds agree with where the session stands now."""
        match self._session.state:
            case Running():
                position = self._session.position(now_ms)
                self._sound.play(self._cues(), from_ms=position.timeline_ms)
            case LeadIn():
                position = self._session.position(now_ms)
                lead_in_ms = position.lead_in_ms or 0
                tones = plan_lead_in(position.segment, lead_in_ms) if self._tones else ()
                self._sound.play(
                    self._cues(),
                    from_ms=position.timeline_ms,
                    lead_in=tones,
                    lead_in_ms=lead_in_ms,
                )
            case Paused():
                self._sound.pause()
            case _:
                pass

    def _cues(self) -> tuple[Cue, ...]:
        """Plan up to the end of the timeline, or of the open-ended work that waits first."""
        timeline, cues = self._session.timeline, self._all_cues()
        index = self.position().segment.index
        waits = next((s.end_ms for s in timeline.segments[index:] if s.is_open), None)
        return cues if waits is None else tuple(cue for cue in cues if cue.at_ms < waits)

    def _all_cues(self) -> tuple[Cue, ...]:
        speaks = self._voice is not None and self._voice_on
        cues = plan(
            self._session.timeline,
            tones=self._tones,
            beat_every=self._beat_every,
            speech=words_for(self._session.timeline, self._speech) if speaks else None,
        )
        # The latest first: what counts is when a sentence is due next.
        self._awaited = {
            sentence: cue.at_ms
            for cue in reversed(cues)
            for sentence in cue.sentences
            if self._speech.lengths(sentence) is None
        }
        return cues

    def _take(self, events: list[Event]) -> None:
        for event in events:
            self._keeper.handle(event, self._wall_clock())
        state = self._session.state
        for event in events:
            match event:
                case SegmentStarted(segment=segment):
                    self.segment_started.emit(segment)
                case SegmentFinished(segment=segment):
                    self.segment_finished.emit(segment)
                case SegmentExtended(timeline=timeline):
                    self.timeline_changed.emit(timeline)
                case SessionEnded(outcome=outcome):
                    self._ticker.stop()
                    self._leave_sound()
                    if outcome is Outcome.COMPLETED:
                        self._sound.ring_out()
                    else:
                        self._sound.stop()
                    self.ended.emit(event)
                case _:
                    pass
        if state != self._last_state:
            self._last_state = state
            self.state_changed.emit(state)

    def _leave_sound(self) -> None:
        """Hear nothing any more of what outlives the session."""
        self._replan.stop()
        self._sound.set_listener(_nobody)
        self._sound.set_hole_listener(_nobody)
        if self._voice is not None:
            self._voice.set_listener(_nothing)

    def _output_changed(self, heard: bool) -> None:  # noqa: FBT001  (the port's signature)
        self.output_changed.emit(heard)

    def _slept(self, at_ms: int) -> None:
        """Time that the machine slept is never exercise: pause where it fell asleep."""
        if isinstance(self.state, Running | LeadIn):
            self._take(self._session.pause(at_ms))
            self._sound.pause()
            self.notice.emit(self.tr("Paused while the computer slept. Press Space to go on."))


def _nothing() -> None:
    pass


def _nobody(_news: object) -> None:
    pass
