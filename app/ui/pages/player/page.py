"""The player's page: shows a session as it runs, and passes on what the person wants."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.domain.exercise import Phase
from app.domain.pacing import cadence_at
from app.domain.session import Finished, Paused, Stopped
from app.domain.timeline import SegmentKind
from app.ui.pages.player import view
from app.ui.pages.player.announcer import Announcer, on_start
from app.ui.pages.player.commands import Commands
from app.ui.pages.player.flood import Flood
from app.ui.pages.player.keys import REPEATING, pressed
from app.ui.pages.player.mouse_rest import MouseRest
from app.ui.pages.player.notices import Notices
from app.ui.pages.player.parts import Parts
from app.ui.pages.player.pieces import DRAWN, pieces_of
from app.ui.pages.player.progress import Progress
from app.ui.pages.player.words import translate
from app.ui.widgets.accessible import announce
from app.ui.widgets.stage_colors import stage_colors, upcoming_color

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QDialog

    from app.domain.exercise import ExerciseLibrary
    from app.domain.session import SessionEnded, State
    from app.domain.timeline import Segment, Timeline
    from app.ui.figures import Figures
    from app.ui.pages.player.commands import OpenCheck
    from app.ui.pages.player.ports import Player
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

FRAME_MS, STILL_FRAME_MS, PAUSED_FRAME_MS = 33, 100, 1_000


def local_now() -> datetime:
    """Return the wall clock with its UTC offset."""
    return datetime.now().astimezone()


class PlayerPage(QWidget):
    """Shows one session at a time."""

    volume_changed = cast("TypedSignal[float]", Signal(float))
    """0.0 to 1.0; the player has it already."""
    tones_changed = cast("TypedSignal[bool]", Signal(bool))
    voice_changed = cast("TypedSignal[bool]", Signal(bool))
    """As with the tones, the player has it already."""
    levels_changed = cast("TypedSignal[float, float]", Signal(float, float))
    """Of cues and voice, 0.0 to 1.0 each."""
    before_check_in = cast("TypedSignal[int]", Signal(int))
    """A number key in get-ready; a later one takes its place."""
    full_screen_requested = cast("TypedSignal[()]", Signal())
    moved_to_step = cast("TypedSignal[int, int]", Signal(int, int))
    """The timeline was clicked: the new step and the one before, counted from 1."""

    def __init__(
        self,
        themes: ThemeManager,
        figures: Figures,
        *,
        volume: float,
        tones: bool,
        voice: bool,
        locale: QLocale,
        now: Callable[[], datetime] = local_now,
        parent: QWidget | None = None,
    ) -> None:
        """`volume` is 0.0 to 1.0; `now` is the wall clock."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.themes = themes
        self._player: Player | None = None
        self._library: ExerciseLibrary = {}
        self._scene: view.Scene | None = None
        self._place_of: dict[int, int] = {}
        self._announcer = Announcer()
        self._was_paused = False
        self._before: int | None = None
        colors = stage_colors(themes.theme, Phase.REST, Phase.REST, paused=False)
        self._flood = Flood(colors, self)
        self._parts = Parts(themes, figures, colors, self)
        self._progress = Progress(self._parts, locale=locale, now=now)
        self._mouse = MouseRest(self, self._parts.top_buttons)
        self._notices = Notices(self._parts.banner, self._parts.check, self)
        self._notices.changed.connect(self._lay_out)
        self.commands = Commands(self, self._parts, volume=volume, tones=tones, voice=voice)
        self._pass_on(self.commands)

        self._frames = QTimer(self)
        self._frames.timeout.connect(self._tick)
        self._flood.changed.connect(self._recolor)
        for child in self.findChildren(QWidget):
            child.setMouseTracking(True)
        for part in self._parts.focus_order:
            part.installEventFilter(self)
        self._parts.ring.set_spoken(self._spoken)
        themes.changed.connect(self._restyle)

    def _pass_on(self, commands: Commands) -> None:
        commands.volume_changed.connect(self.volume_changed.emit)
        commands.tones_changed.connect(self.tones_changed.emit)
        commands.voice_changed.connect(self.voice_changed.emit)
        commands.levels_changed.connect(self.levels_changed.emit)
        commands.before_check_in.connect(self.before_check_in.emit)
        commands.full_screen_requested.connect(self.full_screen_requested.emit)
        commands.moved_to_step.connect(self.moved_to_step.emit)

    # The session

    @property
    def parts(self) -> Parts:
        """The widgets on the page."""
        return self._parts

    @property
    def player(self) -> Player | None:
        return self._player

    @property
    def scene(self) -> view.Scene | None:
        return self._scene

    def show_session(self, player: Player, library: ExerciseLibrary | None = None) -> None:
        """Follow a session from now on; `library` knows which exercises are held still."""
        self.leave_session()
        self._player = player
        self._library = library or {}
        self._announcer = Announcer()
        self._before = None
        self.commands.offer_check(None)
        self._was_paused = isinstance(player.state, Paused)
        player.segment_started.connect(self._on_segment)
        player.state_changed.connect(self._on_state)
        player.timeline_changed.connect(self._on_timeline)
        player.output_changed.connect(self._on_output)
        player.notice.connect(self._on_notice)
        player.ended.connect(self._on_end)
        self._scene = None
        self._notices.reset()
        self._progress.reset()
        self._lay_pieces()
        self._show_segment(player.position().segment)
        self._mouse.moved()
        self._pace()

    def leave_session(self) -> None:
        """Let go of the session; the page keeps its last picture."""
        player, self._player = self._player, None
        self._frames.stop()
        if player is not None:
            player.segment_started.disconnect(self._on_segment)
            player.state_changed.disconnect(self._on_state)
            player.timeline_changed.disconnect(self._on_timeline)
            player.output_changed.disconnect(self._on_output)
            player.notice.disconnect(self._on_notice)
            player.ended.disconnect(self._on_end)
        self.commands.put_away()
        self._mouse.stop()

    def show_sound(
        self,
        *,
        volume: float,
        tones: bool,
        voice: bool,
        levels: tuple[float, float] = (1.0, 1.0),
    ) -> None:
        """Show volume, switches and the levels of cues and voice as they were set elsewhere."""
        self.commands.show_sound(volume=volume, tones=tones, voice=voice, levels=levels)

    def offer_sound_check(self, device: str, open_check: OpenCheck) -> None:
        """Offer, until get-ready is over, to check the sound of an output device.

        `open_check` opens the check over a widget. The session waits for it, and gets ready anew.
        """
        if self._asks_before():
            self.commands.offer_check(open_check)
            self._notices.offer_check(device)
            announce(self, self._parts.banner.text)

    def withdraw_sound_check(self) -> None:
        """Take the offer back: it was taken up, or its time is over."""
        self.commands.offer_check(None)
        self._notices.withdraw_check()

    def show_pointer_while(self, dialog: QDialog) -> None:
        """Keep the pointer in sight as long as a dialog is open, however still the mouse is."""
        self._mouse.stop()
        dialog.finished.connect(self._mouse.moved)

    @property
    def toast_rise(self) -> int:
        """How far over the bottom a toast has to stand, in pixels."""
        return self.commands.toast_rise

    def ask_to_end(self, then: Callable[[], None]) -> None:
        """Ask whether to stop here; `then` is done on yes, at once where no step is done."""
        self.commands.ask_to_end(then)

    @Slot()
    def show_keys(self) -> None:
        """List the player's keys over the stage."""
        self.commands.show_keys()

    def answer_before(self, score: int) -> bool:
        """Take the check-in of get-ready; return whether it is the time for one."""
        if self._player is None or not self._asks_before():
            return False
        self._before = score
        self._ask_before()
        self._lay_out()
        return True

    @Slot(object)
    def _on_segment(self, segment: Segment) -> None:
        self._show_segment(segment)
        announce(self, on_start(segment))

    @Slot(object)
    def _on_state(self, state: State) -> None:
        if not isinstance(state, Paused):
            self._notices.let_go()
        if self._paused() is not self._was_paused:
            self._was_paused = self._paused()
            self._flood_to(drain=True)
        self._parts.ring.set_pill(translate("Player", "Paused") if self._paused() else "")
        self.commands.show_pause(paused=self._paused(), waits=self._waits())
        self._pace()
        self._tick()

    @Slot(object)
    def _on_timeline(self, _timeline: Timeline) -> None:
        self._lay_pieces()
        if self._player is not None and self._scene is not None:
            segment = self._player.position().segment
            self._parts.ring.set_shape(view.dial_shape(segment))
            self._parts.show_figure(self._scene, segment, self._player.timeline, self._library)
            self._tick()

    @Slot(bool)
    def _on_output(self, heard: bool) -> None:  # noqa: FBT001  (the signal's payload)
        self._notices.show_output(heard=heard)

    @Slot(str)
    def _on_notice(self, text: str) -> None:
        self._notices.tell(text, held=self._paused())
        announce(self, text)

    @Slot(object)
    def _on_end(self, _ended: SessionEnded) -> None:
        # Whoever owns the player may delete it from now on.
        self.leave_session()

    def _paused(self) -> bool:
        return self._player is not None and isinstance(self._player.state, Paused)

    def _waits(self) -> bool:
        return self._scene is not None and self._scene.waits

    def _asks_before(self) -> bool:
        if self._player is None:
            return False
        return self._player.position().segment.kind is SegmentKind.GET_READY

    # Showing

    def _show_segment(self, segment: Segment) -> None:
        player = self._player
        if player is None:
            return
        first = self._scene is None
        self._scene = view.scene(player.timeline, segment)
        parts = self._parts
        parts.show_scene(self._scene, segment, player.timeline, self._library)
        if segment.cadence is not None and segment.is_work:
            parts.cadence.set_ramp(*segment.cadence, translate("Player", "steps per minute"))
        if segment.kind is SegmentKind.GET_READY:
            self._ask_before()
        else:
            self.withdraw_sound_check()
        parts.ring.set_shape(view.dial_shape(segment))
        parts.ring.set_pill(translate("Player", "Paused") if self._paused() else "")
        self.commands.show_pause(paused=self._paused(), waits=self._scene.waits)
        self._lay_out()
        self._flood_to(at_once=first)
        self._tick()
        self._progress.name_timeline(player.timeline, player.position())

    def _ask_before(self) -> None:
        safety = translate(
            "Player", "Sharp pain, numbness, or pain that lasts? Stop and see a clinician."
        )
        if self._before is None:
            question = translate("Player", "Lower back now? Press 0 (loose) to 9 (tight).")
        else:
            question = translate("Player", "Lower back before: {score}").format(score=self._before)
        self._parts.before.set_words(question, safety)

    def _lay_pieces(self) -> None:
        """Cut the timeline into steps and rests; other segments wait at the piece they lead to."""
        player = self._player
        if player is None:
            return
        pieces, self._place_of = pieces_of(player.timeline)
        self._parts.timeline.set_pieces(pieces, player.timeline.steps)

    @Slot()
    def _tick(self) -> None:
        player, scene = self._player, self._scene
        if player is None or scene is None:
            return
        place, parts, theme = player.position(), self._parts, self.themes.theme
        segment = place.segment
        frame = view.dial_frame(
            place, self._library, still=theme.reduced_motion, paused=self._paused()
        )
        second = (frame.digits, frame.caption) != (
            parts.ring.frame.digits,
            parts.ring.frame.caption,
        )
        parts.ring.set_frame(frame)
        moves = segment.kind in DRAWN
        part = place.elapsed_ms / segment.duration_ms if moves and segment.duration_ms else 0.0
        parts.timeline.set_place(self._place_of.get(segment.index, 0), part)
        if scene.cadence is not None:
            spm = cadence_at(*scene.cadence, segment.duration_ms, place.elapsed_ms)
            parts.cadence.set_place(spm, part)
        if segment.alternating:
            parts.show_side(scene, view.side_now(segment, place.elapsed_ms))
        parts.figure.set_time(place.spent_ms, still=theme.reduced_motion, quiet=self._paused())
        self._progress.show(player.timeline, place, paused=self._paused())
        if second:
            announce(self, self._announcer.due(place))

    def _spoken(self) -> str:
        return "" if self._player is None else view.spoken(self._player.position())

    def _pace(self) -> None:
        """Tick as often as something can move; not at all while nobody can see it."""
        player = self._player
        over = player is None or isinstance(player.state, Finished | Stopped)
        if over or not self.isVisible():
            self._frames.stop()
            return
        if self._paused():
            kind, pause = Qt.TimerType.CoarseTimer, PAUSED_FRAME_MS
        elif self.themes.theme.reduced_motion:
            kind, pause = Qt.TimerType.PreciseTimer, STILL_FRAME_MS
        else:
            kind, pause = Qt.TimerType.PreciseTimer, FRAME_MS
        self._frames.setTimerType(kind)
        self._frames.start(pause)

    # Colours

    def _flood_to(self, *, at_once: bool = False, drain: bool = False) -> None:
        """Let the room take the colours of the segment and state."""
        scene = self._scene
        if scene is None:
            return
        theme = self.themes.theme
        colors = stage_colors(theme, scene.flood, scene.accent, paused=self._paused())
        length = theme.motion("pause_drain" if drain else "phase_flood")
        self._flood.to(colors, 0 if at_once or not self.isVisible() else length)

    @Slot()
    def _recolor(self) -> None:
        colors, theme = self._flood.colors, self.themes.theme
        self._parts.set_colors(colors)
        self._parts.timeline.set_phase_colors(
            {phase: theme.phase(phase).solid for phase in Phase},
            {phase: upcoming_color(theme, phase, colors.bg) for phase in Phase},
        )
        self.update()

    @Slot()
    def _restyle(self) -> None:
        self._lay_pieces()
        self._flood_to(at_once=True)
        self._pace()

    # Geometry and events

    @Slot()
    def _lay_out(self) -> None:
        if self._scene is not None:
            self._parts.place(
                self.width(), self.height(), self._scene, asks_before=self._asks_before()
            )
            self._parts.full_screen.set_icon(
                "minimize" if self.window().isFullScreen() else "maximize"
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self.commands.place_toast()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pace()
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frames.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._flood.colors.bg)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._take_key(event):
            return True
        return super().event(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Hear the player's keys before the control that has the focus does."""
        return isinstance(event, QKeyEvent) and self._take_key(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        meant = pressed(event)
        if meant is None or self._player is None:
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride:
                # So that no shortcut of the window takes the key.
                event.accept()
                return True
            case QEvent.Type.KeyPress:
                if not event.isAutoRepeat() or meant.action in REPEATING:
                    self.commands.perform(meant)
                return True
            case _:
                return event.type() is QEvent.Type.KeyRelease

    def mousePressEvent(self, event: QMouseEvent) -> None:
        top, bottom = self._parts.title.geometry().bottom(), self._parts.timeline.geometry().top()
        on_stage = top < event.position().y() < bottom
        if event.button() is Qt.MouseButton.LeftButton and on_stage:
            self.commands.toggle()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._mouse.moved()
