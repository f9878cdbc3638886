"""The voice of a session: sentences made ready before they are due, and the sound of a line."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.speech import VoiceInfo
from app.sound.soundtrack import Sound
from app.sound.voice import reasons
from app.sound.voice.cache import SpokenCache
from app.sound.voice.clips import Clips, Decode, decode_file
from app.sound.voice.engines import Engine, installed
from app.sound.voice.spoken import joined
from app.sound.voice.stock import Stock
from app.sound.voice.texts import Spellings

TOLD_EVERY_MS = 300


def _nothing() -> None:
    pass


class VoiceBank(QObject):
    """Implements `ports.Voice`. Belongs to the thread that made it, but any may ask it.

    `clips_folder` has the recorded sentences and their manifest; what is rendered or decoded is
    kept in `cache_folder`. `engine` is the id of a voice, `none`, or empty for the best one.
    `pronunciation` is the user's file of spellings; it may be missing. `close` must be called
    before the end.
    """

    _news = Signal()

    def __init__(
        self,
        clips_folder: Path,
        cache_folder: Path,
        *,
        engine: str = "",
        pronunciation: Path | None = None,
        find_engines: Callable[[], Sequence[Engine]] = installed,
        decode: Decode = decode_file,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clips = Clips(clips_folder, decode)
        self._engines = tuple(find_engines())
        self._spellings = Spellings(pronunciation)
        self._changed: Callable[[], None] = _nothing
        self._heard = False
        """Whether there is news on the way that the listener has not been told."""
        self._told_s = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)
        self._news.connect(self._tell_soon)
        self._stock = Stock(
            self._clips,
            self._engines,
            SpokenCache(cache_folder),
            self._spellings,
            asked=engine,
            changed=self._hear,
        )

    # ports.Voice

    def prepare(self, sentences: Sequence[str]) -> None:
        before = self._stock.standing().choice
        self._stock.prepare(sentences)
        if self._stock.standing().choice != before:
            self._hear()

    def length_ms(self, sentence: str) -> int | None:
        return self._stock.length_ms(sentence)

    def info(self) -> VoiceInfo:
        return reasons.info(
            self._stock.standing(), self._clips, spelling_problem=self._spellings.problem
        )

    def set_listener(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    # For the renderer.

    def sound(self, sentences: Sequence[str]) -> Sound | None:
        """Return the sound of a line; None where a sentence is not ready. From any thread."""
        line = self._stock.line(sentences)
        return None if line is None else joined(line)

    # For who builds and ends it.

    def engines(self) -> tuple[VoiceInfo, ...]:
        """Return every voice that could speak here, the best first."""
        return reasons.found(self._clips, self._engines)

    def set_engine(self, engine: str) -> None:
        """Speak with the voice of that id, with none for `none`, with the best one for nothing."""
        self._stock.ask_for(engine)
        self._hear()

    def pending(self) -> int:
        """Return how many sentences are still to be made ready."""
        return self._stock.pending()

    def wait(self, timeout_s: float) -> bool:
        """Block until all that can be said is ready; return whether it is.

        Not for the window's thread.
        """
        return self._stock.wait(timeout_s)

    @Slot()
    def close(self) -> None:
        """End the engines at once. Nothing is made ready any more."""
        self._changed = _nothing
        self._timer.stop()
        self._stock.close()

    def _hear(self) -> None:
        """Hear, in any thread, that there is something to tell."""
        if not self._heard:
            self._heard = True
            with suppress(RuntimeError):  # the window's end may come first
                self._news.emit()

    @Slot()
    def _tell_soon(self) -> None:
        self._heard = False
        if not self._timer.isActive():
            since_ms = int((time.monotonic() - self._told_s) * 1000)
            self._timer.start(max(0, TOLD_EVERY_MS - since_ms))

    @Slot()
    def _tell(self) -> None:
        self._told_s = time.monotonic()
        self._changed()
