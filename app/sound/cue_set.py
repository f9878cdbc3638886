"""A user's own sounds: a folder of files named after the tones that they stand in for."""

import json
import logging
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event

from app.domain.choices import Side
from app.domain.cues import TONE_MS, Cue, CueKind
from app.domain.errors import Problem
from app.sound.cue_file import EDITION, LONGEST_MS, USUAL, Tone, level, tone
from app.sound.decoding import DecodingError, decode
from app.sound.earcons import ONE_PLACE, VARIANTS, file_name
from app.sound.pcm import FRAME_BYTES
from app.sound.soundtrack import Sound, SoundSource

SUFFIXES = (".wav", ".flac", ".ogg", ".opus", ".m4a", ".mp3")
"""What is read; where two files have one name, the earlier kind is taken."""
_OTHER_SOUNDS = frozenset({".aac", ".aif", ".aiff", ".caf", ".mka", ".mp4", ".oga", ".wma"})
"""Sounds all the same: better named than passed over in silence."""
_MOST_FILES = 1_000
_KEPT = ".pcm"

_log = logging.getLogger(__name__)


def cue_set_folder(setting: str, sets: Path) -> Path:
    """Return the folder that the setting names: one of the user's `sets`, or any by its path."""
    path = Path(setting)
    # `~somebody`, whom the system does not know, is a name like any other.
    with suppress(RuntimeError):
        path = path.expanduser()
    return sets / path


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Place:
    """One tone of a session, which a file can stand in for."""

    kind: CueKind
    variant: int
    side: Side | None

    @property
    def name(self) -> str:
        return file_name(self.kind, self.variant, self.side)

    def stems(self) -> Iterator[str]:
        """Yield the names of files that serve it, the best first.

        The variant tells more than the side, which a file without one is given anyway.
        """
        variants = (f"-{self.variant}", "") if self.kind in VARIANTS else ("",)
        sides = (f"-{self.side}", "") if self.side is not None else ("",)
        for variant in variants:
            for side in sides:
                yield f"{self.kind}{variant}{side}"


def _places() -> Iterator[_Place]:
    for kind in TONE_MS:
        for variant in VARIANTS.get(kind, (0,)):
            for side in (None,) if kind in ONE_PLACE else (None, Side.LEFT, Side.RIGHT):
                yield _Place(kind, variant, side)


PLACES = tuple(_places())
STEMS = tuple(sorted({stem for place in PLACES for stem in place.stems()}))
"""Every name that a file may have, without its ending."""


class CueSet:
    """Plays the files of a folder, and the tones of `fallback` where it has none that is usable.

    Until `load` is through, all tones are those of `fallback`. What was made of a file is kept in
    the folder `cache` until the file changes.
    """

    def __init__(self, folder: Path, fallback: SoundSource, cache: Path) -> None:
        self.name = folder.name
        self.problems: tuple[Problem, ...] = ()
        """Every file that is not used, with the reason; known once `load` is through."""
        self._folder = folder
        self._fallback = fallback
        self._cache = _Cache(cache)
        self._sounds: Mapping[str, Sound] = {}
        self._stopped = Event()

    def load(self, look: Callable[[], object] = _nothing) -> None:
        """Read the folder, for the first time or anew. Takes a while: for a worker thread.

        `look` is called before each file; what it raises ends this, with nothing changed. Files that are no plain WAV need a QCoreApplication to be decoded, and one that stays until
        this is through: `stop` it and wait for the thread before the end.
        """
        folder = _Folder(self._folder)
        sounds = {}
        for place in PLACES:
            if self._stopped.is_set():
                return
            for stem in place.stems():
                if (path := folder.files.get(stem)) is None:
                    continue
                look()
                try:
                    sounds[place.name] = Sound(self._made(folder, path, place, stem))
                    break
                except DecodingError as error:
                    folder.refuse(path, error.rule, error.reason)
        self._cache.sweep()
        # In one go: the renderer asks for sounds meanwhile.
        self._sounds = sounds
        self.problems = folder.problems()

    def stop(self) -> None:
        """Let `load` come back within one file's time, with nothing changed. From any thread."""
        self._stopped.set()

    def sound(self, cue: Cue) -> Sound | None:
        if cue.kind is CueKind.VOICE:
            return self._fallback.sound(cue)
        name = file_name(cue.kind, cue.variant, cue.side)
        return self._sounds.get(name) or self._fallback.sound(cue)

    def _made(self, folder: "_Folder", path: Path, place: _Place, stem: str) -> bytes:
        cue = Cue(
            at_ms=0,
            duration_ms=TONE_MS[place.kind],
            kind=place.kind,
            segment=0,
            side=place.side,
            variant=place.variant,
        )
        built_in = self._fallback.sound(cue)
        original = b"" if built_in is None else built_in.pcm
        key = (*folder.stamp(path), EDITION, place.name, zlib.crc32(original))
        if (kept := self._cache.load(key)) is not None:
            return kept
        made = folder.tone(path, place.kind).like(
            level(original) if original else USUAL,
            place.side,
            sided=place.side is not None and stem.endswith(f"-{place.side}"),
        )
        self._cache.save(key, made)
        return made


class _Folder:
    """The files of a set, each decoded once, and what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.files: dict[str, Path] = {}
        """By their names without the ending, in lower case."""
        self._problems: dict[Path, Problem] = {}
        self._tones: dict[Path, Tone] = {}
        try:
            found = [path for path in folder.iterdir() if not path.name.startswith(".")]
        except OSError as error:
            reason = f"is no folder that can be read: {error.strerror or error}"
            self.refuse(folder, "cannot-read", reason)
            return
        if len(found) > _MOST_FILES:
            self.refuse(folder, "too-many", f"has more than {_MOST_FILES} files: no set of sounds")
            return
        for path in sorted(found, key=_rank):
            self._sort_in(path)

    def problems(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._problems.values(), key=lambda problem: problem.file))

    def refuse(self, path: Path, rule: str, reason: str) -> None:
        """Do without a file, and say why."""
        self.files = {stem: other for stem, other in self.files.items() if other != path}
        self._problems[path] = Problem(file=str(path), line=None, id=rule, message=reason)

    def stamp(self, path: Path) -> tuple[str, int, int]:
        """Return what tells a file's content from what it was before."""
        try:
            status = path.stat()
        except OSError as error:
            reason = f"cannot be read: {error.strerror or error}"
            raise DecodingError(path.name, "cannot-read", reason) from error
        return str(path.absolute()), status.st_size, status.st_mtime_ns

    def tone(self, path: Path, kind: CueKind) -> Tone:
        if path not in self._tones:
            pcm = decode(path, longest_ms=LONGEST_MS)
            self._tones[path] = tone(pcm, kind, path.name)
        return self._tones[path]

    def _sort_in(self, path: Path) -> None:
        stem, suffix = path.stem.lower(), path.suffix.lower()
        if suffix not in SUFFIXES:
            # Licences, notes and pictures may lie beside the sounds.
            if suffix in _OTHER_SOUNDS or (suffix and stem in STEMS and path.is_file()):
                kinds = ", ".join(known[1:] for known in SUFFIXES)
                self.refuse(path, "unknown-kind", f"is of a kind that is not read; {kinds} are")
        elif stem not in STEMS:
            self.refuse(path, "unknown-name", f"names no tone; the nearest name is {_near(stem)}")
        elif stem in self.files:
            self.refuse(path, "twice", f"is not used: {self.files[stem].name} has the same name")
        else:
            self.files[stem] = path


def _rank(path: Path) -> tuple[int, str]:
    suffix = path.suffix.lower()
    return SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES), path.name


def _near(stem: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (only for a mistake)

    return get_close_matches(stem[:80], STEMS, 1, 0.0)[0]


class _Cache:
    """Keeps PCM on disk. What cannot be kept is made again the next time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def load(self, key: tuple[object, ...]) -> bytes | None:
        name = _file(key)
        self._used.add(name)
        try:
            content = (self._folder / name).read_bytes()
        except OSError:
            return None
        checksum, pcm = content[:4], content[4:]
        whole = pcm and len(pcm) % FRAME_BYTES == 0
        return pcm if whole and checksum == zlib.crc32(pcm).to_bytes(4, "big") else None

    def save(self, key: tuple[object, ...], pcm: bytes) -> None:
        path = self._folder / _file(key)
        part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.tmp")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(zlib.crc32(pcm).to_bytes(4, "big") + pcm)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            _log.info("Sounds are not kept in %s: %s", self._folder, error)

    def sweep(self) -> None:
        """Remove what was not asked for since the last time."""
        with suppress(OSError):
            for path in self._folder.glob(f"*{_KEPT}*"):
                if path.name not in self._used:
                    path.unlink(missing_ok=True)
        self._used.clear()


def _file(key: tuple[object, ...]) -> str:
    return sha256(json.dumps(key).encode()).hexdigest()[:40] + _KEPT
