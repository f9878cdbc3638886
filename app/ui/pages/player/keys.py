"""Which key does what in the player."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class Action(Enum):
    TOGGLE = auto()
    """Pause or resume; in an open-ended step done."""
    MEDIA_TOGGLE = auto()
    """Pause or resume, always."""
    NEXT = auto()
    BACK = auto()
    MEDIA_PREVIOUS = auto()
    REPEAT = auto()
    TEN_MORE = auto()
    LOUDER = auto()
    QUIETER = auto()
    MORE_VOICE = auto()
    """Louder voice against the cues."""
    MORE_TONES = auto()
    TONES = auto()
    VOICE = auto()
    CHECK_SOUND = auto()
    """It means something only while a check is offered."""
    FULL_SCREEN = auto()
    KEYS = auto()
    LEAVE = auto()
    """Leave full screen, then end."""
    SCORE = auto()
    """A number; it means something only in get-ready."""


@dataclass(frozen=True, slots=True)
class Pressed:
    action: Action
    score: int = 0


_KEYS: Final = {
    Qt.Key.Key_Space: Action.TOGGLE,
    Qt.Key.Key_MediaTogglePlayPause: Action.MEDIA_TOGGLE,
    Qt.Key.Key_MediaPlay: Action.MEDIA_TOGGLE,
    Qt.Key.Key_MediaPause: Action.MEDIA_TOGGLE,
    Qt.Key.Key_Right: Action.NEXT,
    Qt.Key.Key_N: Action.NEXT,
    Qt.Key.Key_MediaNext: Action.NEXT,
    Qt.Key.Key_Left: Action.BACK,
    Qt.Key.Key_MediaPrevious: Action.MEDIA_PREVIOUS,
    Qt.Key.Key_R: Action.REPEAT,
    Qt.Key.Key_Plus: Action.TEN_MORE,
    Qt.Key.Key_Up: Action.LOUDER,
    Qt.Key.Key_Down: Action.QUIETER,
    Qt.Key.Key_M: Action.TONES,
    Qt.Key.Key_V: Action.VOICE,
    Qt.Key.Key_C: Action.CHECK_SOUND,
    Qt.Key.Key_F: Action.FULL_SCREEN,
    Qt.Key.Key_F11: Action.FULL_SCREEN,
    Qt.Key.Key_F1: Action.KEYS,
    Qt.Key.Key_Question: Action.KEYS,
    Qt.Key.Key_Escape: Action.LEAVE,
}
_SHIFTED: Final = {
    Qt.Key.Key_Up: Action.MORE_VOICE,
    Qt.Key.Key_Down: Action.MORE_TONES,
}
REPEATING: Final = frozenset({Action.LOUDER, Action.QUIETER, Action.MORE_VOICE, Action.MORE_TONES})
"""Held down, these go on; all others act once a press."""

_PLAIN: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def pressed(event: QKeyEvent) -> Pressed | None:
    """Return what a key press means; None for keys of others, such as Tab, Enter and Ctrl+1."""
    if event.modifiers() & ~_PLAIN:
        return None
    key = event.key()
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return Pressed(Action.SCORE, key - Qt.Key.Key_0)
    action = None
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        action = _SHIFTED.get(Qt.Key(key))
    action = action or _KEYS.get(Qt.Key(key))
    return Pressed(action) if action is not None else None
