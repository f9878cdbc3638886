"""What the window needs of whoever makes audio files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.domain.errors import Problem
    from app.domain.exporting import Watch
    from app.domain.today import Day


class Exported(Protocol):
    """What is to be told of a file that was made."""

    @property
    def trouble(self) -> str:
        """One sentence about a voice that failed; empty where all is well."""
        ...

    @property
    def lack(self) -> str:
        """One sentence: what is not said in it, and why; empty where nothing is left out."""
        ...

    @property
    def problems(self) -> Sequence[Problem]:
        """The user's own sounds that could not be used."""
        ...


class ExportRun(Protocol):
    """One file that is to be made."""

    def run(self, watch: Watch) -> Exported:
        """Make it, on a thread other than the window's.

        WarmdownError says why it cannot be made. What `watch` raises ends it; nothing is left then.
        """
        ...


class AudioExporter(Protocol):
    """Makes audio files of routines. Belongs to the window's thread."""

    def endings(self) -> Sequence[str]:
        """Return the kinds of files that can be made here, such as `mp3`, the best one first."""
        ...

    def begin(self, reference: str, day: Day | None, path: Path) -> ExportRun:
        """Get a file ready to be made; one that is at `path` will be replaced.

        `reference` is the routine's id or file, `day` what is done otherwise in it.
        WarmdownError says what is wrong with the routine or the place.
        """
        ...
