"""Makes an audio file of a routine: plans it, waits for its voice, renders and encodes it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from app.domain.choosing import choices_for
from app.domain.cues import plan
from app.domain.errors import ExportError, SoundError
from app.domain.expand import expand
from app.domain.exporting import Chapter, Progress, Stage, chapters
from app.domain.settings import Settings
from app.domain.speech import Speech, VoiceInfo, needed
from app.domain.stand_ins import words_for
from app.domain.today import AS_WRITTEN
from app.interchange import track
from app.interchange.audio_file import AudioFormat, format_of, missing, write_audio
from app.interchange.part_file import PartFile
from app.sound.mix import Mix
from app.sound.pcm import FRAME_BYTES, RATE, amplitude, frames, louder
from app.sound.soundtrack import render
from app.sound.sources import Sounds, Spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.domain.cues import Cue
    from app.domain.errors import Problem
    from app.domain.exporting import Watch
    from app.domain.ports import Catalogue
    from app.domain.timeline import Timeline
    from app.domain.today import Day
    from app.sound.soundtrack import SoundSource

    Look = Callable[[], object]
    """Is called often while something is made; what it raises ends that."""
    MakeTones = Callable[[Look], tuple[SoundSource, tuple[Problem, ...]]]

_BLOCK: Final = RATE * FRAME_BYTES
_LOOK_S: Final = 0.1


class Speaker(Spoken, Protocol):
    """The voice, as an export uses it. Any thread may call what follows `prepare`."""

    def prepare(self, sentences: Sequence[str]) -> None: ...
    def pending(self) -> int:
        """Return how many sentences are still to be made ready."""
        ...

    def wait(self, timeout_s: float) -> bool:
        """Wait until all that can be said is ready; return whether it is."""
        ...

    def length_ms(self, sentence: str) -> int | None: ...
    def info(self) -> VoiceInfo: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was written."""

    path: Path
    form: AudioFormat
    frames: int
    chapters: tuple[Chapter, ...]
    voice: VoiceInfo | None
    """Who speaks in it, or why nobody does; None where the voice is off."""
    problems: tuple[Problem, ...]
    """The user's own sounds that could not be used."""

    @property
    def seconds(self) -> float:
        """How long it lasts, to the millisecond."""
        return round(self.frames / RATE, 3)

    @property
    def trouble(self) -> str:
        """One sentence about a voice that failed; empty where all is well."""
        return self.voice.trouble if self.voice is not None else ""

    @property
    def lack(self) -> str:
        """One sentence: what is not said in it, and why; empty where nothing is left out."""
        if self.voice is None:
            return ""
        return self.voice.lack or ("" if self.voice.id else self.voice.reason)


class AudioExport:
    """One file to be made. The levels and the voice are those of the settings, mute aside."""

    def __init__(
        self,
        timeline: Timeline,
        settings: Settings,
        *,
        make_tones: MakeTones,
        voice: Speaker | None,
        scratch: Path,
    ) -> None:
        """`make_tones` may take a while: it is called where the file is written.

        `scratch` is a folder for a temporary file; where it cannot be used, the system's is.
        """
        self._timeline = timeline
        self._settings = settings
        self._make_tones = make_tones
        self._voice = voice if settings.voice else None
        self._scratch = scratch
        self._wanted = Speech(counts=settings.spoken_counts, tempo=settings.spoken_tempo)
        self._sentences = needed(timeline, self._wanted) if self._voice is not None else ()

    def prepare(self) -> None:
        """Have the voice begin with its sentences. To be called in the voice's own thread."""
        if self._voice is not None:
            self._voice.prepare(self._sentences)

    def write(
        self,
        path: Path,
        form: AudioFormat,
        watch: Watch,
        *,
        replace: bool = False,
        kbps: int | None = None,
    ) -> Exported:
        """Make the file at `path`, whole or not at all, in any thread; `prepare` came before.

        WarmdownError says why it cannot be made. What `watch` raises ends it.
        """
        with PartFile(path, replace=replace) as part:
            look = partial(watch, Progress(stage=Stage.TONES, done=0, total=0))
            look()
            tones, problems = self._make_tones(look)
            speech = self._speech(watch)
            with self._rendered(self.cues(speech), tones, watch) as (raw, length):
                made = track.Track(
                    title=self._timeline.routine_name,
                    frames=length,
                    chapters=_marks(self._timeline, length),
                )
                blocks = self._blocks(raw, length, watch)
                write_audio(part, form, blocks, made, kbps=kbps)
            part.keep()
        return Exported(
            path=path,
            form=form,
            frames=length,
            chapters=chapters(self._timeline),
            voice=self._voice.info() if self._voice is not None else None,
            problems=problems,
        )

    def cues(self, speech: Speech | None) -> tuple[Cue, ...]:
        """Plan what is heard: tones always, for muting them is not meant for a file."""
        return plan(self._timeline, beat_every=self._settings.beat_every, speech=speech)

    def _speech(self, watch: Watch) -> Speech | None:
        """Wait for the sentences, and return how the voice is used; None where there is none."""
        voice, wanted = self._voice, self._wanted
        if voice is None:
            return None
        total = len(self._sentences)
        while not voice.wait(_LOOK_S):
            watch(Progress(stage=Stage.VOICE, done=max(0, total - voice.pending()), total=total))
        if not voice.info().id:
            return None
        return words_for(self._timeline, replace(wanted, lengths=voice.length_ms))

    @contextlib.contextmanager
    def _rendered(
        self, cues: Sequence[Cue], tones: SoundSource, watch: Watch
    ) -> Iterator[tuple[Path, int]]:
        """Render to a temporary file; give its path and its length in frames."""
        source = Mix(Sounds(tones, self._voice))
        source.set_levels(tones=self._settings.tones_level, voice=self._settings.voice_level)
        until_ms = max(cue.end_ms for cue in cues)
        look = partial(watch, Progress(stage=Stage.SOUND, done=0, total=frames(until_ms)))
        raw = _scratch_file(self._scratch)
        try:
            yield raw, render(cues, raw, source, until_ms=until_ms, look=look)
        finally:
            with contextlib.suppress(OSError):
                raw.unlink()

    def _blocks(self, raw: Path, length: int, watch: Watch) -> Iterator[bytes]:
        """Yield a second at a time, as loud as is set."""
        # Volume 0 is how the player mutes.
        factor = amplitude(self._settings.volume or Settings().volume)
        silence = bytes(_BLOCK)
        done = 0
        watch(Progress(stage=Stage.SOUND, done=done, total=length))
        for block in _seconds(raw):
            yield block if factor == 1.0 or block == silence else louder(block, factor)
            done += len(block) // FRAME_BYTES
            watch(Progress(stage=Stage.SOUND, done=done, total=length))


class AudioExporter:
    """Makes the exports that are asked for in the window; belongs to its thread."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        settings: Callable[[], Settings],
        make_tones: MakeTones,
        voice: Callable[[], Speaker],
        sessions_so_far: Callable[[], int],
        scratch: Path,
    ) -> None:
        """`voice` is called when there is a file to speak in; WarmdownError where there is none.

        `make_tones` is called on the threads that write.
        """
        self._catalogue = catalogue
        self._settings = settings
        self._make_tones = make_tones
        self._voice = voice
        self._sessions_so_far = sessions_so_far
        self._scratch = scratch

    def endings(self) -> tuple[str, ...]:
        """Return the kinds of files that can be made here, the one to propose first."""
        order = (AudioFormat.MP3, AudioFormat.OGG, AudioFormat.FLAC, AudioFormat.WAV)
        return tuple(form.value for form in order if not missing(form))

    def begin(self, reference: str, day: Day | None, path: Path) -> ExportRun:
        """Lay a routine flat as it is done on a day, and let its voice begin."""
        form = format_of(path)
        if form is None:
            listed = ", ".join(f".{ending}" for ending in self.endings())
            raise ExportError(f"The name “{path.name}” needs one of these endings: {listed}")
        if problem := missing(form):
            raise ExportError(problem)
        settings = self._settings()
        day = day or AS_WRITTEN
        choices = choices_for(
            settings,
            sessions_so_far=self._sessions_so_far(),
            switched_on=day.switched_on,
            switched_off=day.switched_off,
        )
        routine = day.routine or self._catalogue.load(reference)[0]
        export = AudioExport(
            expand(routine, self._catalogue.exercises(), choices),
            settings,
            make_tones=self._make_tones,
            voice=self._voice() if settings.voice else None,
            scratch=self._scratch,
        )
        export.prepare()
        return ExportRun(export, path, form)


@dataclass(frozen=True, slots=True)
class ExportRun:
    """A file that is ready to be made; one that is there is replaced."""

    export: AudioExport
    path: Path
    form: AudioFormat

    def run(self, watch: Watch) -> Exported:
        """Make it, in any thread; see `AudioExport.write`."""
        return self.export.write(self.path, self.form, watch, replace=True)


def _marks(timeline: Timeline, length: int) -> tuple[track.Chapter, ...]:
    """Return the chapters in frames, each up to the next one."""
    found = chapters(timeline)
    places = [*(frames(chapter.at_ms) for chapter in found), length]
    return tuple(
        track.Chapter(start=start, end=end, title=chapter.title)
        for chapter, (start, end) in zip(found, pairwise(places), strict=True)
    )


def _scratch_file(folder: Path) -> Path:
    """Return the path of a new file for raw sound, in a folder where there is room for it."""
    # Named as the player's takes are, which are cleared away after a crash.
    name = f"take-{os.getpid()}-{int.from_bytes(os.urandom(4), 'big')}.pcm"
    for place in (folder, Path(tempfile.gettempdir())):
        path = place / name
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600, exist_ok=False)
        except OSError:
            continue
        return path
    raise SoundError(f"Cannot make a temporary file in {folder} or {tempfile.gettempdir()}")


def _seconds(raw: Path) -> Iterator[bytes]:
    try:
        with raw.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise SoundError(f"Cannot read {raw}: {error.strerror or error}") from error
