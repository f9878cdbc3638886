"""Lets what is said begin at its beginning or not at all, however often the sound is rewritten."""

from app.domain.cues import Cue, CueKind
from app.sound.pcm import frames
from app.sound.soundtrack import Score, Sound, SoundSource

_Key = tuple[int, tuple[str, ...]]


class Lines:
    """The source of one rendering of a score; the one before it says what was begun by then.

    A line that became ready after its time, or that was switched on in the middle, stays unsaid;
    one that sounds goes on where the same voice says it.
    """

    def __init__(
        self, source: SoundSource, score: Score, begin: int = 0, before: "Lines | None" = None
    ) -> None:
        """`begin` is the frame of the score from which on is written; what is before was heard."""
        self._source = source
        self._begins = begin - frames(score.lead_in_ms - score.from_ms)
        self._before = {} if before is None else before.laid
        self.laid: dict[_Key, int] = {}
        """How long each line is that was given, in bytes; 0 for one that could not be."""

    def sound(self, cue: Cue) -> Sound | None:
        if cue.kind is not CueKind.VOICE:
            return self._source.sound(cue)
        key = (cue.at_ms, cue.sentences)
        sound = self._source.sound(cue)
        length = 0 if sound is None else len(sound.pcm)
        if frames(cue.at_ms) < self._begins and self._before.get(key) != length:
            sound, length = None, 0
        self.laid[key] = length
        return sound
