"""What the player's screen needs of the session behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.domain.session import Position, SessionEnded, State
    from app.domain.timeline import Segment, Timeline
    from app.ui.signals import TypedSignal


class Player(Protocol):
    """A running session: commands in, past-tense signals out."""

    @property
    def segment_started(self) -> TypedSignal[Segment]: ...

    @property
    def state_changed(self) -> TypedSignal[State]: ...

    @property
    def timeline_changed(self) -> TypedSignal[Timeline]: ...

    @property
    def output_changed(self) -> TypedSignal[bool]:
        """Whether sound can be heard."""
        ...

    @property
    def ended(self) -> TypedSignal[SessionEnded]: ...

    @property
    def notice(self) -> TypedSignal[str]:
        """Something to tell, in one sentence, such as a pause because the machine slept."""
        ...

    @property
    def timeline(self) -> Timeline: ...

    @property
    def state(self) -> State: ...

    def position(self) -> Position:
        """Return where the session stands; cheap enough for every frame."""
        ...

    def steps_done(self) -> int: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def toggle(self) -> None:
        """Pause, go on, or end an open-ended step."""
        ...

    def next(self) -> None: ...

    def back(self) -> None: ...

    def repeat(self) -> None: ...

    def ten_more(self) -> None: ...

    def go_to_step(self, step: int) -> None:
        """Go to a step, counted from 1."""
        ...

    def stop(self) -> None: ...

    def media_previous(self) -> None: ...

    def set_volume(self, volume: float) -> None:
        """0.0 to 1.0."""
        ...

    def set_tones(self, on: bool) -> None: ...  # noqa: FBT001  (a switch's state)

    def set_voice(self, on: bool) -> None: ...  # noqa: FBT001  (a switch's state)
