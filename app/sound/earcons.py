"""The tones that ship with the app: which file a cue plays, and its PCM."""

import logging
import wave
from pathlib import Path

from app.domain.choices import Side
from app.domain.cues import Cue, CueKind
from app.sound.pcm import CHANNELS, RATE, SAMPLE_BYTES
from app.sound.soundtrack import Sound

VARIANTS: dict[CueKind, tuple[int, ...]] = {
    CueKind.COUNT: (3, 2, 1),
    CueKind.TEMPO: (0, 1, 2, 3),
    CueKind.BEAT: (0, 1),
}
"""The kinds that come in several shades; every other has one."""
ONE_PLACE = frozenset({CueKind.ROUTINE_DONE})
"""The kinds that never come from a side."""

_log = logging.getLogger(__name__)


def file_name(kind: CueKind, variant: int = 0, side: Side | None = None) -> str:
    """Return the name of a tone's file: kind, then variant and side where it has them."""
    parts = [kind.value]
    if shades := VARIANTS.get(kind):
        parts.append(str(variant if variant in shades else shades[-1]))
    if side in {Side.LEFT, Side.RIGHT} and kind not in ONE_PLACE:
        parts.append(side.value)
    return "-".join(parts) + ".wav"


class Earcons:
    """Reads tones from a folder, each once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Sound | None] = {}

    def sound(self, cue: Cue) -> Sound | None:
        """Return what a cue sounds like; None for speech, and for a tone that cannot be read."""
        if cue.kind is CueKind.VOICE:
            return None
        name = file_name(cue.kind, cue.variant, cue.side)
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def _load(self, name: str) -> Sound | None:
        try:
            with wave.open(str(self._folder / name), "rb") as file:
                form, pcm = file.getparams()[:3], file.readframes(file.getnframes())
        except (OSError, EOFError, wave.Error) as error:
            _log.warning("The tone %s stays silent: %s", name, error)
            return None
        if form != (CHANNELS, SAMPLE_BYTES, RATE):
            _log.warning("The tone %s stays silent: it is not 48 kHz, 16 bit, stereo", name)
            return None
        return Sound(pcm)
