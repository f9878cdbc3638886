"""Makes sentences ready in the background and keeps them: clips in one thread, engine in another."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.errors import SoundError
from app.sound.voice.cache import SpokenCache, key
from app.sound.voice.choosing import Choice, choose
from app.sound.voice.clips import Clip, Clips
from app.sound.voice.engine_process import EngineFailedError, EngineProcess, Fault
from app.sound.voice.engines import Engine
from app.sound.voice.mastering import MASTERING_VERSION
from app.sound.voice.spoken import Playable, Spoken, playable
from app.sound.voice.texts import Spellings, sayable, written_out

IDLE_S = 30.0
"""An engine that has nothing to do for so long is ended; it takes room."""
FORGIVEN_S = 900.0
"""After this an engine that failed is tried again, with the next routine."""
_JOIN_S = 2.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An engine that is out of use."""

    engine: Engine
    fault: Fault
    at_s: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How things are, all at one moment."""

    choice: Choice
    asked: str
    needed: int
    by_engine: int
    """How many sentences the engine speaks."""
    engines: tuple[Engine, ...]
    failure: Failure | None
    """What happened last to an engine that is out of use."""
    silent: frozenset[str]
    """The engines that have nothing to say for one of the sentences."""


class Stock:
    """Holds the sentences of one routine. Every method may be called from any thread.

    `changed` is called, from the threads in here, when more is ready or another voice speaks.
    `close` must be called before the end.
    """

    def __init__(
        self,
        clips: Clips,
        engines: Sequence[Engine],
        cache: SpokenCache,
        spellings: Spellings,
        *,
        asked: str,
        changed: Callable[[], None],
        idle_s: float = IDLE_S,
        forgiven_s: float = FORGIVEN_S,
    ) -> None:
        self._clips = clips
        self._engines = tuple(engines)
        self._cache = cache
        self._spellings = spellings
        self._changed = changed
        self._idle_s = idle_s
        self._forgiven_s = forgiven_s
        self._state = threading.Condition()
        """Held for everything below."""
        self._asked = asked
        self._needed: tuple[str, ...] = ()
        self._wordless: frozenset[str] = frozenset()
        """What was asked for and has nothing to say for any voice."""
        self._unsaid: frozenset[str] = frozenset()
        self._choice = Choice()
        self._plan: dict[str, Clip | Engine] = {}
        """Where each sentence comes from, in the order of need; those of `_unsaid` lack."""
        self._ready: dict[tuple[str, str], Playable] = {}
        """By source and sentence."""
        self._silent: dict[str, set[str]] = {}
        self._failures: dict[str, Failure] = {}
        self._process: EngineProcess | None = None
        self._threads: list[threading.Thread] = []
        self._closed = False
        with self._state:
            self._choose()

    def prepare(self, sentences: Sequence[str]) -> None:
        """Make these ready, the first ones first, and forget all others."""
        with self._state:
            if self._closed:
                return
            if self._spellings.refresh():
                self._silent.clear()
                self._ready = {at: one for at, one in self._ready.items() if at[0] == _CLIP}
            now_s = time.monotonic()
            self._failures = {
                name: failure
                for name, failure in self._failures.items()
                if now_s - failure.at_s < self._forgiven_s
            }
            self._needed = tuple(dict.fromkeys(filter(sayable, sentences)))
            self._wordless = frozenset(sentences).difference(self._needed)
            self._choose()
            self._start()

    def ask_for(self, voice: str) -> None:
        """Speak with another voice; engines that failed get another chance."""
        with self._state:
            self._asked = voice
            self._failures.clear()
            self._choose()

    def length_ms(self, sentence: str) -> int | None:
        """Return how long a sentence takes: a clip's is known before it is ready.

        None while it is not known, 0 for what was asked for and stays unsaid.
        """
        with self._state:
            source = self._plan.get(sentence)
            if sentence in self._unsaid:
                return 0
            if isinstance(source, Clip):
                return source.length_ms
            ready = self._ready.get((_source(source), sentence))
            return None if ready is None else ready.length_ms

    def line(self, sentences: Sequence[str]) -> list[tuple[str, Playable]] | None:
        """Return a line's sentences, all from one voice; None where one is not ready."""
        with self._state:
            line = [
                (sentence, self._ready.get((_source(self._plan.get(sentence)), sentence)))
                for sentence in sentences
            ]
        ready = [(sentence, found) for sentence, found in line if found is not None]
        return ready if ready and len(ready) == len(line) else None

    def pending(self) -> int:
        """Return how many sentences are still to be made ready; none after `close`."""
        with self._state:
            return self._pending()

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is pending any more; return whether that is so."""
        with self._state:
            return self._state.wait_for(lambda: not self._pending(), timeout_s)

    def standing(self) -> Standing:
        with self._state:
            failures = sorted(self._failures.values(), key=lambda failure: failure.at_s)
            return Standing(
                choice=self._choice,
                asked=self._asked,
                needed=len(self._needed),
                by_engine=sum(isinstance(source, Engine) for source in self._plan.values()),
                engines=self._engines,
                failure=failures[-1] if failures else None,
                silent=frozenset(
                    name
                    for name, texts in self._silent.items()
                    if not texts.isdisjoint(self._needed)
                ),
            )

    def close(self) -> None:
        """End the engine at once, and the threads; let go of who listens."""
        with self._state:
            self._closed = True
            # A ring of references would leave the listener to whichever thread collects it, and
            # only its own may end a Qt object.
            self._changed = _nothing
            process = self._process
            self._state.notify_all()
        if process is not None:
            process.close()
        for thread in self._threads:
            thread.join(_JOIN_S)

    # With the state held.

    def _choose(self) -> None:
        """Choose the voice anew, and see what is to be done for it."""
        self._choice = choose(
            self._asked,
            self._needed,
            has_clip=lambda sentence: self._clip(sentence) is not None,
            any_clips=len(self._clips) > 0,
            engines=[one for one in self._engines if one.id not in self._failures],
            silent=self._silent,
        )
        engine = self._choice.engine
        if self._process is not None and engine is not None and self._process.engine is not engine:
            # What it is busy with, or hangs at, is not wanted any more.
            self._process.abort()
        silent = self._silent.get(engine.id, set()) if engine is not None else set()
        self._plan = {}
        for sentence in self._needed:
            clip = self._clip(sentence) if self._choice.clips else None
            if clip is not None:
                self._plan[sentence] = clip
            elif engine is not None and sentence not in silent:
                self._plan[sentence] = engine
        self._unsaid = self._wordless.union(self._needed).difference(self._plan)
        wanted = {(_source(source), sentence) for sentence, source in self._plan.items()}
        self._ready = {at: one for at, one in self._ready.items() if at in wanted}
        self._state.notify_all()

    def _clip(self, sentence: str) -> Clip | None:
        """Return a sentence's recording, unless the user has it said otherwise by the same voice."""
        words = self._spellings.words
        if words and any(one.like_clips and one.id not in self._failures for one in self._engines):
            plain = written_out(sentence)
            if written_out(sentence, words) != plain:
                return None
        return self._clips.find(sentence)

    def _start(self) -> None:
        if not self._threads:
            self._threads = [
                threading.Thread(target=self._decode_clips, name="voice clips", daemon=True),
                threading.Thread(target=self._render_rest, name="voice engine", daemon=True),
            ]
            for thread in self._threads:
                thread.start()

    def _pending(self) -> int:
        return (
            0
            if self._closed
            else sum(
                (_source(source), sentence) not in self._ready
                for sentence, source in self._plan.items()
            )
        )

    def _next_clip(self) -> tuple[str, Clip] | None:
        for sentence, source in self._plan.items():
            if isinstance(source, Clip) and (_CLIP, sentence) not in self._ready:
                return sentence, source
        return None

    def _next_text(self) -> tuple[str, Engine] | None:
        for sentence, source in self._plan.items():
            if isinstance(source, Engine) and (source.id, sentence) not in self._ready:
                return sentence, source
        return None

    # In the threads.

    def _decode_clips(self) -> None:
        while True:
            with self._state:
                while (job := self._next_clip()) is None and not self._closed:
                    self._state.wait()
                if job is None or self._closed:
                    return
            sentence, clip = job
            spoken = self._clip_pcm(clip)
            ready = None if spoken is None else playable(spoken)
            with self._state:
                if ready is not None:
                    self._keep(_CLIP, sentence, ready)
                else:
                    self._clips.drop(clip)
                    self._choose()
            self._changed()

    def _clip_pcm(self, clip: Clip) -> Spoken | None:
        name = key(_CLIP, *self._clips.edition, clip.id, clip.samples, clip.onset, clip.size)
        spoken = self._cache.load(name)
        if spoken is None:
            try:
                spoken = self._clips.decoded(clip)
            except SoundError as error:
                _log.info("A recorded sentence cannot be used: %s", error)
                return None
            self._cache.save(name, spoken)
        return spoken

    def _render_rest(self) -> None:
        while True:
            with self._state:
                job = self._next_text()
                process = self._process
                runs = process is not None and process.runs
                if job is None and not self._closed:
                    called = self._state.wait(self._idle_s if runs else None)
                    if called or process is None:
                        continue
                if self._closed:
                    return
            if job is not None:
                self._render(*job)
                self._changed()
            elif process is not None:
                process.rest()

    def _render(self, sentence: str, engine: Engine) -> None:
        words = self._spellings.words
        text = written_out(sentence, words, phonemes=engine.reads_phonemes)
        try:
            spoken = self._engine_pcm(text, engine) if sayable(text) else None
        except EngineFailedError as failure:
            if failure.fault is not Fault.CLOSED:
                self._give_up(engine, failure.fault)
            return
        ready = None if spoken is None else playable(spoken)
        with self._state:
            if self._spellings.words is not words:
                return  # it is to be said in another way by now
            if ready is not None:
                self._keep(engine.id, sentence, ready)
            else:
                self._silent.setdefault(engine.id, set()).add(sentence)
                self._choose()

    def _engine_pcm(self, text: str, engine: Engine) -> Spoken | None:
        """Return a text as that engine says it; None where it has nothing to say."""
        name = key(engine.id, engine.version, engine.voice, text, MASTERING_VERSION)
        spoken = self._cache.load(name)
        if spoken is None:
            spoken = self._process_for(engine).render(text)
            if spoken is not None:
                self._cache.save(name, spoken)
        return spoken

    def _process_for(self, engine: Engine) -> EngineProcess:
        """Return the engine's process, after the end of another one's."""
        with self._state:
            before = self._process
            if before is not None and before.engine is engine and not before.is_closed:
                return before
            self._process = None
        if before is not None:
            before.close()
        with self._state:
            process = self._process = EngineProcess(engine)
            if self._closed:
                process.abort()
            return process

    def _give_up(self, engine: Engine, fault: Fault) -> None:
        with self._state:
            process, self._process = self._process, None
            self._failures[engine.id] = Failure(engine, fault, time.monotonic())
            self._choose()
        if process is not None:
            process.close()

    def _keep(self, source: str, sentence: str, ready: Playable) -> None:
        """Keep a sentence that was made, if it is still wanted. With the state held."""
        if _source(self._plan.get(sentence)) == source:
            self._ready[source, sentence] = ready
            self._state.notify_all()


_CLIP = "clip"


def _nothing() -> None:
    pass


def _source(source: Clip | Engine | None) -> str:
    """Return what sentences from a source are kept under."""
    if source is None:
        return ""
    return _CLIP if isinstance(source, Clip) else source.id
