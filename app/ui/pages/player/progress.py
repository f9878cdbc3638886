"""Shows how far the session is: clocks, step, time of the end, and all that in spoken words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.ui.dates import clock_time
from app.ui.pages.player import view, words
from app.ui.pages.player.words import translate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtCore import QLocale

    from app.domain.session import Position as Place
    from app.domain.timeline import Timeline
    from app.ui.pages.player.parts import Parts

SPOKEN_EVERY_S = 15
"""The timeline's name is renewed so often: a screen reader need not hear each second."""


class Progress:
    """Writes only what differs from what stands there."""

    def __init__(self, parts: Parts, *, locale: QLocale, now: Callable[[], datetime]) -> None:
        self._parts = parts
        self._locale = locale
        self._now = now
        self._shown: tuple[int, ...] = ()
        self._spoken_left_s = 0

    def reset(self) -> None:
        """Forget what stands there: another session begins, perhaps with the same clocks."""
        self._shown = ()

    def show(self, timeline: Timeline, place: Place, *, paused: bool) -> None:
        """Show a moment; cheap while no second has passed."""
        clocks = view.clocks(timeline, place)
        segment = place.segment
        shown = (clocks.elapsed_s, clocks.left_s, segment.index, segment.duration_ms)
        # While paused the time of the end moves with the wall clock.
        if shown == self._shown and not paused:
            return
        self._shown = shown
        parts = self._parts
        parts.elapsed.set_text(words.clock(clocks.elapsed_s))
        parts.remaining.set_text(words.MINUS + words.clock(clocks.left_s))
        ends = self._now() + timedelta(milliseconds=view.left_ms(timeline, place))
        when = clock_time(self._locale, ends)
        step = words.step_of(segment.step, timeline.steps)
        parts.title.set_words(
            timeline.routine_name, (step, translate("Player", "ends {time}").format(time=when))
        )
        if abs(clocks.left_s - self._spoken_left_s) >= SPOKEN_EVERY_S:
            self.name_timeline(timeline, place)

    def name_timeline(self, timeline: Timeline, place: Place) -> None:
        """Renew what a screen reader hears of the timeline."""
        self._spoken_left_s = view.clocks(timeline, place).left_s
        name = translate("Player", "Step {step} of {steps}, {time} left").format(
            step=place.segment.step,
            steps=timeline.steps,
            time=words.time_left(self._spoken_left_s),
        )
        self._parts.timeline.setAccessibleName(name)
