"""Leads from choosing a routine through the session to the check-in after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from app.domain.choosing import choices_for
from app.domain.errors import WarmdownError
from app.domain.history import CheckIn, Moment, SessionRecord, local_day
from app.domain.ports import Catalogue, HistoryReader, HistoryStore, SessionSound, Voice
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from app.ui.theme import ThemeManager

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.choices import Choices
    from app.domain.recorder import Recorder
    from app.domain.routine import Routine
    from app.domain.session import SessionEnded
    from app.domain.settings import Settings
    from app.domain.timeline import Timeline
    from app.domain.today import Day
    from app.ui.figures import Figures
    from app.ui.pages.player.finished import FinishedPage
    from app.ui.pages.player.page import PlayerPage
    from app.ui.session_player import SessionPlayer
    from app.ui.signals import TypedSignal
    from app.ui.sound_check_dialog import SoundCheckDialog

_LATELY = 30
"""So many sessions back, rising check-ins are looked for."""


class SessionFlow(QObject):
    """Owns the running session, if there is one, and the pages that show it."""

    history_changed = cast("TypedSignal[()]", Signal())
    """A session was kept, continued or dropped, or a check-in was given."""
    session_started = cast("TypedSignal[()]", Signal())

    def __init__(
        self,
        window: MainWindow,
        themes: ThemeManager,
        figures: "Figures",
        preferences: Preferences,
        *,
        catalogue: Catalogue,
        write_routine: "Callable[[Routine], str]",
        store: HistoryStore,
        reader: HistoryReader,
        make_sound: Callable[[], SessionSound],
        make_voice: Callable[[], Voice],
        wall_clock: Callable[[], datetime],
        locale: QLocale,
    ) -> None:
        """`write_routine` returns the text of a file that says a routine."""
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._figures = figures
        self._preferences = preferences
        self._catalogue = catalogue
        self._write_routine = write_routine
        self._store = store
        self._reader = reader
        self._make_sound = make_sound
        self._make_voice = make_voice
        self._wall_clock = wall_clock
        self._locale = locale
        self._sound: SessionSound | None = None
        self._player: SessionPlayer | None = None
        self._recorder: Recorder | None = None
        self._page: PlayerPage | None = None
        self._finished: FinishedPage | None = None
        self._closing = False
        preferences.changed.connect(self._settings_changed)

    @property
    def is_running(self) -> bool:
        return self._player is not None

    @property
    def player(self) -> "SessionPlayer | None":
        return self._player

    @Slot(str)
    @Slot(str, object)
    def start(self, reference: str, day: "Day | None" = None) -> None:
        """Start the routine that an id or a file's path names, as it is done on a day."""
        if self._player is not None:
            return
        try:
            self._start(reference, day)
        except WarmdownError as error:
            self._window.say(str(error).splitlines()[0])

    def _start(self, reference: str, day: "Day | None") -> None:
        from uuid import uuid4  # noqa: PLC0415  (not needed for the first picture)

        from app.domain.expand import expand  # noqa: PLC0415
        from app.domain.recorder import planned_record  # noqa: PLC0415
        from app.domain.snapshot import Snapshot, write_snapshot  # noqa: PLC0415
        from app.domain.today import AS_WRITTEN  # noqa: PLC0415

        settings = self._preferences.settings
        routine, text = self._catalogue.load(reference)
        day = day or AS_WRITTEN
        if day.routine is not None:
            # Its own text: an interrupted session goes on as it was planned.
            routine, text = day.routine, self._write_routine(day.routine)
        choices = choices_for(
            settings,
            sessions_so_far=len(self._reader.summaries()),
            switched_on=day.switched_on,
            switched_off=day.switched_off,
        )
        timeline = expand(routine, self._catalogue.exercises(), choices)
        now = self._wall_clock()
        record = planned_record(
            timeline,
            session_id=uuid4().hex,
            started=now,
            local_date=local_day(now, settings.day_ends_at_hour),
            snapshot=write_snapshot(Snapshot(routine=routine.id, text=text, choices=choices)),
        )
        self._play(timeline, record, step=1, lead_in_ms=0)

    @Slot()
    def continue_interrupted(self) -> None:
        """Go on with the session that the app could not finish, at the step it was at."""
        record = self._reader.interrupted()
        if record is None or self._player is not None:
            return
        try:
            timeline, choices = self._planned_again(record)
        except WarmdownError as error:
            self._store.keep_as_stopped(record.id)
            self.history_changed.emit()
            self._window.say(
                self.tr("It cannot go on, and is kept as stopped early: {reason}").format(
                    reason=str(error).splitlines()[0]
                )
            )
            return
        self._play(timeline, record, step=record.at_step, lead_in_ms=choices.get_ready_ms)

    def _planned_again(self, record: SessionRecord) -> "tuple[Timeline, Choices]":
        from app.domain.expand import expand  # noqa: PLC0415
        from app.domain.recorder import can_continue  # noqa: PLC0415
        from app.domain.snapshot import read_snapshot  # noqa: PLC0415

        snapshot = read_snapshot(record.snapshot)
        if snapshot is None:
            raise WarmdownError(self.tr("what was planned is not known any more"))
        routine = self._catalogue.parse(snapshot.text, snapshot.routine)
        timeline = expand(routine, self._catalogue.exercises(), snapshot.choices)
        if not can_continue(record, timeline):
            raise WarmdownError(self.tr("its exercises changed since"))
        return timeline, snapshot.choices

    @Slot()
    def keep_interrupted(self) -> None:
        """Keep the session that the app could not finish as stopped early."""
        record = self._reader.interrupted()
        if record is not None:
            self._store.keep_as_stopped(record.id)
            self.history_changed.emit()

    def _play(
        self, timeline: "Timeline", record: SessionRecord, *, step: int, lead_in_ms: int
    ) -> None:
        from app.domain.recorder import Recorder  # noqa: PLC0415
        from app.ui.session_player import SessionPlayer  # noqa: PLC0415

        settings = self._preferences.settings
        sound = self.sound()  # first: where it cannot be made nothing has begun
        self._recorder = Recorder(self._store, record)
        self._player = SessionPlayer(
            timeline,
            sound,
            self._recorder,
            wall_clock=self._wall_clock,
            volume=settings.volume,
            tones=settings.tones,
            beat_every=settings.beat_every,
            voice=self._make_voice(),
            voice_on=settings.voice,
            spoken_counts=settings.spoken_counts,
            spoken_tempo=settings.spoken_tempo,
            parent=self,
        )
        self._player.ended.connect(self._show_end)
        page = self._player_page()
        self._player.set_levels(tones=settings.tones_level, voice=settings.voice_level)
        self._show_sound(page, settings)
        page.show_session(self._player, self._catalogue.exercises())
        self._window.take_over(page)
        self._player.start(step=step, lead_in_ms=lead_in_ms)
        self.session_started.emit()

    def sound(self) -> SessionSound:
        """Return the one sound output, made when it is first needed."""
        if self._sound is None:
            self._sound = self._make_sound()
        return self._sound

    def _player_page(self) -> "PlayerPage":
        if self._page is None:
            from app.ui.pages.player.page import PlayerPage  # noqa: PLC0415

            settings = self._preferences.settings
            self._page = PlayerPage(
                self._themes,
                self._figures,
                volume=settings.volume,
                tones=settings.tones,
                voice=settings.voice,
                locale=self._locale,
            )
            self._page.volume_changed.connect(self._keep_volume)
            self._page.tones_changed.connect(self._keep_tones)
            self._page.voice_changed.connect(self._keep_voice)
            self._page.levels_changed.connect(self._keep_levels)
            self._page.before_check_in.connect(self._keep_before)
            self._page.full_screen_requested.connect(self._window.toggle_full_screen)
        return self._page

    def offer_sound_check(
        self, device: str, open_check: "Callable[[QWidget], SoundCheckDialog]"
    ) -> None:
        """Offer to check the sound of a device, as long as the session gets ready."""
        if self._page is not None and self._player is not None:
            self._page.offer_sound_check(device, open_check)

    @staticmethod
    def _show_sound(page: "PlayerPage", settings: "Settings") -> None:
        page.show_sound(
            volume=settings.volume,
            tones=settings.tones,
            voice=settings.voice,
            levels=(settings.tones_level, settings.voice_level),
        )

    @Slot(object)
    def _settings_changed(self, settings: "Settings") -> None:
        """Let the running session sound as it is set, wherever that was done."""
        if self._player is None or self._page is None:
            return
        self._player.set_volume(settings.volume)
        self._player.set_levels(tones=settings.tones_level, voice=settings.voice_level)
        self._show_sound(self._page, settings)

    @Slot(float)
    def _keep_volume(self, volume: float) -> None:
        self._preferences.set(replace(self._preferences.settings, volume=volume))

    @Slot(bool)
    def _keep_tones(self, on: bool) -> None:  # noqa: FBT001  (a switch's state)
        self._preferences.set(replace(self._preferences.settings, tones=on))

    @Slot(bool)
    def _keep_voice(self, on: bool) -> None:  # noqa: FBT001  (a switch's state)
        self._preferences.set(replace(self._preferences.settings, voice=on))

    @Slot(float, float)
    def _keep_levels(self, tones: float, voice: float) -> None:
        self._preferences.set(
            replace(self._preferences.settings, tones_level=tones, voice_level=voice)
        )

    @Slot(int)
    def _keep_before(self, score: int) -> None:
        self._keep_check_in(Moment.BEFORE, score)

    def _keep_check_in(self, moment: Moment, score: int) -> None:
        if self._recorder is not None:
            self._store.add_check_in(
                CheckIn(
                    moment=moment,
                    score=score,
                    at=self._wall_clock(),
                    session_id=self._recorder.record.id,
                )
            )

    @Slot()
    def play_cue(self) -> None:
        """Let one sound be heard at the volume that is set, outside a session."""
        if self._player is None:
            from app.domain.cues import TONE_MS, Cue, CueKind  # noqa: PLC0415

            sound = self.sound()
            sound.set_volume(self._preferences.settings.volume)
            cue = Cue(at_ms=0, duration_ms=TONE_MS[CueKind.START], kind=CueKind.START, segment=0)
            sound.play([cue], from_ms=0)
            sound.ring_out()

    @Slot()
    def show_keys(self) -> None:
        """List the player's keys, while it has the window."""
        if self._page is not None and self._player is not None:
            self._page.show_keys()

    # The end

    @Slot(object)
    def _show_end(self, _ended: "SessionEnded") -> None:
        recorder, player = self._recorder, self._player
        if recorder is None or player is None:
            return
        self._player = None
        player.deleteLater()
        self.history_changed.emit()
        if self._closing:
            return
        if recorder.record.is_worth_keeping:
            self._show_finished(recorder.record)
        else:
            self._leave()

    def _show_finished(self, record: SessionRecord) -> None:
        from app.ui.pages.player.finished_data import finished_data  # noqa: PLC0415

        if self._finished is None:
            from app.ui.pages.player.finished import FinishedPage  # noqa: PLC0415

            self._finished = FinishedPage(self._themes, self._locale)
            self._finished.saved.connect(self._save_check_in)
            self._finished.skipped.connect(self._leave)
            self._finished.start_following.connect(self._start_following)
        self._finished.show_data(
            finished_data(
                record,
                cards=self._catalogue.listing().cards,
                sessions=self._reader.summaries(),
                check_ins=[
                    check_in
                    for session in self._reader.sessions(limit=_LATELY)
                    for check_in in session.check_ins
                ],
                goals=self._reader.goals(),
                pauses=self._reader.pauses(),
                settings=self._preferences.settings,
                now=self._wall_clock(),
            )
        )
        self._window.take_over(self._finished)

    @Slot(object, str)
    def _save_check_in(self, score: object, note: str) -> None:
        if self._recorder is not None:
            if isinstance(score, int):
                self._keep_check_in(Moment.AFTER, score)
            if note:
                self._store.set_note(self._recorder.record.id, note)
        self._leave()

    @Slot(str)
    def _start_following(self, routine: str) -> None:
        self._leave()
        self.start(routine)

    @Slot()
    def _leave(self) -> None:
        self._recorder = None
        self._window.leave_full_screen()
        self._window.give_back()
        self.history_changed.emit()

    # Closing

    def may_close(self) -> bool:
        """Ask before a session with finished steps is closed; True where nothing keeps it open."""
        player, page = self._player, self._page
        if player is None or page is None:
            return True
        if player.steps_done() == 0:
            self._closing = True
            player.stop()
            return True
        page.ask_to_end(self._stop_and_close)
        return False

    def _stop_and_close(self) -> None:
        self._closing = True
        if self._player is not None:
            self._player.stop()
        self._window.close()

    def save_all(self) -> None:
        """Keep what is done so far, after an unexpected error."""
        if self._player is not None and self._recorder is not None:
            position = self._player.position()
            self._recorder.checkpoint(position.spent_ms)
