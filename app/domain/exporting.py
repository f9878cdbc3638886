"""What an export of a routine as sound tells while it runs, and the chapters it has."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.choices import Side
from app.domain.timeline import SegmentKind, Timeline


class Stage(StrEnum):
    """What an export is about. Stages come in this order; one may be left out."""

    TONES = "tones"
    """The tones are fetched; how far that is is not told."""
    VOICE = "voice"
    """Sentences are made ready."""
    SOUND = "sound"
    """The sound is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a stage is: `done` of `total` sentences or frames."""

    stage: Stage
    done: int
    total: int


class ExportCancelled(Exception):  # noqa: N818  (nothing is wrong: it was asked for)
    """Somebody wants no file any more; what there was of it is gone."""


Watch = Callable[[Progress], None]
"""Is told several times a second, on the export's thread; raises ExportCancelled to end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A place to go to in a recording."""

    at_ms: int
    title: str


def chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """Return a chapter for every step, "3. Hamstring stretch, left", from what leads to it on.

    The first one begins with the timeline. A rest belongs to the step before it.
    """
    found: list[Chapter] = []
    for segment in timeline.segments:
        if segment.kind is SegmentKind.REST or segment.step <= len(found):
            continue
        side = "" if segment.side is Side.BOTH else f", {segment.side.value}"
        at_ms = segment.start_ms if found else 0
        found.append(Chapter(at_ms=at_ms, title=f"{segment.step}. {segment.name}{side}"))
    return tuple(found)
