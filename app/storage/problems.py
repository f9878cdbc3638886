"""Collects the problems of one file and gives each its line."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.errors import Problem
from app.storage.line_finder import Path

_WORD_CHARACTERS = 80
_SUGGESTIONS_MAX = 200


class Found(NamedTuple):
    """One thing that is wrong, where it is."""

    path: Path
    rule: str
    need: str
    """What is needed, without the words that lead to the place."""
    label: str
    """Those words; they end in a space, or there are none."""


class Findings:
    """What is wrong with one file, in the order of discovery."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Found] = []
        self._suggestions: dict[tuple[str, str], str | None] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def add(self, path: Path, rule: str, need: str, label: str = "") -> None:
        """Note a problem with what stands at `path`; its message is `label` and `need`."""
        self._found.append(Found(path, rule, need, label))

    @property
    def found(self) -> Sequence[Found]:
        return self._found

    def nearest(self, what: str, word: str, known: Iterable[str]) -> str | None:
        """Return the known `what` most similar to `word`; None once very many have been asked for."""
        asked = (what, word)
        if asked not in self._suggestions:
            if len(self._suggestions) >= _SUGGESTIONS_MAX:
                return None
            self._suggestions[asked] = nearest(word, known)
        return self._suggestions[asked]

    def located(self, text: str) -> tuple[Problem, ...]:
        """Return the problems by line; `text` is the file's valid TOML."""
        if not self._found:
            return ()
        # Imported late: good files never need it.
        from app.storage.line_finder import find_places  # noqa: PLC0415

        places = find_places(text)
        problems = [
            Problem(
                file=self._file, line=places.line(_step_of(path)), id=rule, message=label + need
            )
            for path, rule, need, label in self._found
        ]
        return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _step_of(path: Path) -> Path:
    """Return the step that a path leads into: it has one line, however it is written."""
    return path[:4] if len(path) > 4 and path[2] == "steps" else path  # noqa: PLR2004


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most similar to `word`; None where nothing is known."""
    # Imported late: good files never need it.
    from difflib import get_close_matches  # noqa: PLC0415

    word, words = word[:_WORD_CHARACTERS], list(known)
    for cutoff in (0.6, 0.0):
        if matches := get_close_matches(word, words, 1, cutoff):
            return matches[0]
    return None
