"""From planned cues to PCM: which sound stands where, mixed where sounds overlap."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from pathlib import Path
from typing import Protocol

from app.domain.cues import Cue
from app.domain.errors import SoundError
from app.sound.pcm import FRAME_BYTES, frames, mixed

LONGEST_LEAD = frames(100)
"""How much of a sound may lie before its onset, in frames."""


@dataclass(frozen=True, slots=True)
class Sound:
    """PCM in the one format. The cue's `at_ms` falls on frame `onset` of it."""

    pcm: bytes
    onset: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.onset <= LONGEST_LEAD:
            raise ValueError(f"a sound's onset must come within {LONGEST_LEAD} frames")


class SoundSource(Protocol):
    """Knows what cues sound like."""

    def sound(self, cue: Cue) -> Sound | None:
        """Return a cue's sound; None where it has none. Called from worker threads."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What is to be played, on an axis of its own: the lead-in from 0, then the cues."""

    cues: Sequence[Cue] = ()
    from_ms: int = 0
    """The place of the cues' timeline at which to begin; cues that began before are dropped."""
    lead_in: Sequence[Cue] = ()
    lead_in_ms: int = 0

    @property
    def end(self) -> int:
        """The frame at which the last cue is over, as planned."""
        last = max((cue.end_ms for cue in self.cues), default=self.from_ms)
        lead = max((cue.end_ms for cue in self.lead_in), default=0)
        return frames(max(lead, self.lead_in_ms + max(0, last - self.from_ms)))

    def with_cues(self, cues: Sequence[Cue]) -> "Score":
        return replace(self, cues=cues)

    def planned(self) -> Iterator[tuple[int, Cue]]:
        """Yield every cue with the frame of its onset, in order."""
        lead = ((frames(cue.at_ms), cue) for cue in self.lead_in)
        rest = (
            (frames(self.lead_in_ms + cue.at_ms - self.from_ms), cue)
            for cue in self.cues
            if cue.at_ms >= self.from_ms
        )
        return merge(lead, rest, key=lambda place: place[0])


@dataclass(slots=True)
class Cluster:
    """Sounds that touch one another, or nearly, with silence before and after."""

    start: int
    end: int
    parts: list[tuple[int, bytes]]
    """Start frame and PCM."""

    def pcm(self) -> bytes:
        return mixed(self.end - self.start, [(at - self.start, pcm) for at, pcm in self.parts])


def clusters(
    score: Score, source: SoundSource, *, begin: int = 0, partly: bool = False
) -> Iterator[Cluster]:
    """Yield what sounds, in order, from frame `begin` on.

    Cues whose onset lies before it are left out, or with `partly` what is left of them is kept.
    Sounds are fetched as they are needed, so that a long score does not fill the memory.
    """
    current: Cluster | None = None
    for onset, cue in score.planned():
        if onset < begin and not partly:
            continue
        if (sound := source.sound(cue)) is None:
            continue
        start, pcm = onset - sound.onset, sound.pcm
        if start < begin:
            start, pcm = begin, pcm[(begin - start) * FRAME_BYTES :]
        end = start + len(pcm) // FRAME_BYTES
        if end == start:
            continue
        if current is not None and onset - LONGEST_LEAD >= current.end:
            yield current
            current = None
        if current is None:
            current = Cluster(start, end, [(start, pcm)])
        else:
            current.parts.append((start, pcm))
            current.start, current.end = min(current.start, start), max(current.end, end)
    if current is not None:
        yield current


def _nothing() -> None:
    pass


def render(
    cues: Sequence[Cue],
    path: Path,
    source: SoundSource,
    *,
    from_ms: int = 0,
    until_ms: int = 0,
    look: Callable[[], object] = _nothing,
) -> int:
    """Write cues as raw PCM, timeline position `from_ms` first, and return how many frames.

    The file ends with its last cue, but not before timeline position `until_ms`. The samples are
    those that a session plays. SoundError says why the file cannot be written. `look` is called
    before each part that sounds; what it raises ends the rendering.
    """
    score = Score(cues=cues, from_ms=from_ms)
    length = frames(max(0, until_ms - from_ms))
    try:
        with path.open("wb") as file:
            for cluster in clusters(score, source):
                look()
                file.seek(cluster.start * FRAME_BYTES)
                file.write(cluster.pcm())
                length = max(length, cluster.end)
            file.truncate(length * FRAME_BYTES)
    except OSError as error:
        raise SoundError(f"Cannot write {path}: {error.strerror or error}") from error
    return length
