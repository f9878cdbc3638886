"""Which voice speaks a routine: the recorded clips, an engine beside them, or one for all of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from app.sound.voice.engines import Engine

CLIPS = "clips"
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What speaks. Without clips and engine nothing does."""

    clips: bool = False
    engine: Engine | None = None
    """Speaks what no clip says; without `clips` all of it."""
    unsaid: int = 0
    """How many of the routine's sentences it cannot say."""

    @property
    def speaks(self) -> bool:
        return self.clips or self.engine is not None


def choose(
    asked: str,
    needed: Sequence[str],
    *,
    has_clip: Callable[[str], bool],
    any_clips: bool,
    engines: Sequence[Engine],
    silent: Mapping[str, Collection[str]],
) -> Choice:
    """Choose the voice for the sentences that a routine needs.

    `asked` is the id of a voice, `none`, or empty for the best one; one that is not there is as if
    it were empty. `engines` are those that work, the best first. `silent` has, by engine, the
    sentences that it has nothing to say for. The voice that leaves the fewest sentences out is the
    best one; among equals clips come first, then the engines in their order.
    """
    if asked == NONE:
        return Choice()
    without = [sentence for sentence in needed if not has_clip(sentence)]

    def spoken_by(engine: Engine) -> Choice:
        left = without if engine.like_clips else needed
        nothing = silent.get(engine.id, ())
        return Choice(
            clips=engine.like_clips and any_clips,
            engine=engine,
            unsaid=sum(sentence in nothing for sentence in left),
        )

    found = [spoken_by(engine) for engine in engines]
    recorded = Choice(clips=True, unsaid=len(without))
    if asked == CLIPS and any_clips:
        return recorded
    for choice in found:
        if choice.engine is not None and choice.engine.id == asked:
            return choice
    if any_clips and (not needed or len(without) < len(needed)):
        found.insert(0, recorded)
    return min(found, key=lambda choice: choice.unsaid, default=Choice(unsaid=len(needed)))
