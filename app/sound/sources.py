"""One source for all that sounds: the voice for what is said, the tones for everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.domain.cues import CueKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.cues import Cue
    from app.sound.soundtrack import Sound, SoundSource


class Spoken(Protocol):
    """Knows what sentences sound like."""

    def sound(self, sentences: Sequence[str]) -> Sound | None:
        """Return a whole line; None where a sentence is not ready. Called from worker threads."""
        ...


class Sounds:
    """A source that asks the voice for lines and the tones for the rest."""

    def __init__(self, tones: SoundSource, voice: Spoken | None = None) -> None:
        self._tones = tones
        self._voice = voice

    def sound(self, cue: Cue) -> Sound | None:
        if cue.kind is not CueKind.VOICE:
            return self._tones.sound(cue)
        return None if self._voice is None else self._voice.sound(cue.sentences)
