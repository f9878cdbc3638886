"""The recorded sentences that ship: what is there, how long each is, and its PCM."""

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.domain.errors import SoundError
from app.sound.voice.mastering import RATE
from app.sound.voice.spoken import SAMPLE_BYTES, Spoken, samples_ms

MANIFEST = "manifest.json"
_TOLERANCE = RATE // 50
"""A file may be this much longer or shorter than the manifest says: decoders pad."""
_LONGEST = 60 * RATE
_ID = re.compile(r"[\w-]{1,100}")

Decode = Callable[[Path], bytes]
"""Returns a file's PCM as speech has it; SoundError says why it cannot."""


def decode_file(path: Path) -> bytes:
    from app.sound.decoding import decode_mono24  # noqa: PLC0415  (when the first clip is needed)

    return decode_mono24(path)


@dataclass(frozen=True, slots=True)
class Clip:
    """One recorded sentence; `samples` and `onset` count at the rate of speech."""

    id: str
    path: Path
    size: int
    """Of the file, in bytes."""
    samples: int
    onset: int

    @property
    def length_ms(self) -> int:
        return samples_ms(self.samples)


class Clips:
    """Reads the manifest in a folder. What is wrong there is told, and is as if it were missing."""

    def __init__(self, folder: Path, decode: Decode = decode_file) -> None:
        self._folder = folder
        self._decode = decode
        self.voice = ""
        """The speaker's name; empty where there are no clips."""
        self.edition: tuple[str, ...] = ()
        """What made the clips: two of them with different editions are different sound."""
        self.damaged = 0
        """How many clips the manifest names that cannot be used."""
        self.problem = ""
        """One sentence: why there are no clips at all."""
        self._by_text: dict[str, Clip] = {}
        self._read()

    def __len__(self) -> int:
        return len(self._by_text)

    def find(self, sentence: str) -> Clip | None:
        return self._by_text.get(_normal(sentence))

    def length_ms(self, sentence: str) -> int | None:
        """Return how long a sentence's clip is; None where it has none."""
        clip = self.find(sentence)
        return None if clip is None else clip.length_ms

    def drop(self, clip: Clip) -> None:
        """Do without a clip that turned out to be unusable."""
        left = {text: other for text, other in self._by_text.items() if other is not clip}
        if len(left) < len(self._by_text):
            self._by_text = left
            self.damaged += 1

    def decoded(self, clip: Clip) -> Spoken:
        """Decode a clip, in any thread; SoundError says why that cannot be done."""
        mono = self._decode(clip.path)
        samples = len(mono) // SAMPLE_BYTES
        if abs(samples - clip.samples) > _TOLERANCE:
            raise SoundError(
                f"{clip.path.name} holds {samples} samples, and its manifest says {clip.samples}"
            )
        length = clip.samples * SAMPLE_BYTES
        return Spoken(mono[:length] + bytes(max(0, length - len(mono))), clip.onset)

    def _read(self) -> None:
        try:
            manifest = json.loads((self._folder / MANIFEST).read_bytes())
            voice, rows = manifest["voice"], manifest["clips"]
            name, rate = voice["name"], voice["rate"]
            edition = tuple(str(voice[part]) for part in ("engine", "engine_version", "mastering"))
            with os.scandir(self._folder) as found:
                # A path for each of so many files would cost more than looking at them.
                there = {entry.name: entry.stat().st_size for entry in found}
        except FileNotFoundError:
            self.problem = _tr("{file} is missing.").format(file=MANIFEST)
            return
        except OSError as error:
            self.problem = _tr("{file} cannot be read: {reason}.").format(
                file=MANIFEST, reason=error.strerror or error
            )
            return
        except (ValueError, KeyError, TypeError, RecursionError):
            self.problem = _tr("{file} is damaged.").format(file=MANIFEST)
            return
        if not (isinstance(name, str) and name and rate == RATE and isinstance(rows, list)):
            self.problem = _tr("{file} is damaged.").format(file=MANIFEST)
            return
        self.voice, self.edition = name, edition
        for row in rows:
            text, clip = _clip(row, self._folder, there)
            if clip is None:
                self.damaged += 1
            else:
                self._by_text.setdefault(_normal(text), clip)


def _clip(row: object, folder: Path, there: Mapping[str, int]) -> tuple[str, Clip | None]:
    """Return what a row of the manifest says; no clip where it is wrong or its file missing."""
    match row:
        case {"id": str(name), "text": str(text), "samples": int(samples), "onset": int(onset)}:
            fits = _ID.fullmatch(name) and 0 < samples <= _LONGEST and 0 <= onset < samples
            file = f"{name}.opus"
            if fits and text.strip() and (size := there.get(file)):
                return text, Clip(name, folder / file, size, samples, onset)
        case _:
            pass
    return "", None


def _normal(sentence: str) -> str:
    return " ".join(sentence.split()).casefold()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Voice", text)
