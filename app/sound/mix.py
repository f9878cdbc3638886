"""Balances tones and voice: every sound of a session, as loud as it was set."""

from threading import Lock

from app.domain.cues import Cue, CueKind
from app.sound.pcm import amplitude, louder
from app.sound.soundtrack import Sound, SoundSource


class Mix:
    """A source whose tones and voice have a level each. Safe to use from several threads."""

    def __init__(self, source: SoundSource) -> None:
        self._source = source
        self._lock = Lock()
        self._levels = {True: 1.0, False: 1.0}
        """The factor for the voice (True) and for tones (False)."""
        self._made: dict[tuple[int, float], tuple[Sound, Sound]] = {}

    def set_levels(self, *, tones: float, voice: float) -> None:
        """0.0 to 1.0 each, as a person sets them."""
        with self._lock:
            self._levels = {True: amplitude(voice), False: amplitude(tones)}
            self._made.clear()

    def sound(self, cue: Cue) -> Sound | None:
        sound = self._source.sound(cue)
        is_voice = cue.kind is CueKind.VOICE
        with self._lock:
            factor = self._levels[is_voice]
            if sound is None or factor == 1.0:
                return sound
            if is_voice:  # said once: not worth keeping
                return Sound(louder(sound.pcm, factor), sound.onset)
            key = (id(sound), factor)
            kept = self._made.get(key)
            # The original is kept too, or another sound might get its id.
            if kept is None:
                kept = self._made[key] = (sound, Sound(louder(sound.pcm, factor), sound.onset))
            return kept[1]
