"""Keeps routine cards between starts, so that no routine is parsed for the first picture."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.catalogue import Origin, RoutineCard
from app.domain.exercise import Equipment, Phase
from app.domain.when import When

VERSION = 2

Stamp = tuple[int, int]
"""When a file changed last, in ns, and its size in bytes."""

Entries = dict[str, tuple[Stamp, RoutineCard]]

_PHASES = {phase.value: phase for phase in Phase}


def stamp_of(path: Path) -> Stamp | None:
    """Return a file's stamp; None where there is no file to look at."""
    try:
        status = os.stat(path)  # noqa: PTH116  (Path.stat costs more, at start)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


class Index:
    """A JSON file in the cache folder. Whatever is wrong with it, it is made anew."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, key: Sequence[object]) -> Entries:
        """Return the cards by file that were made under the same key; none if it is another."""
        try:
            kept = json.loads(self._path.read_bytes())
            if kept["version"] != VERSION or kept["key"] != json.loads(json.dumps(key)):
                return {}
            return {
                path: ((stamp[0], stamp[1]), _card(path, fields))
                for path, (stamp, fields) in kept["files"].items()
            }
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return {}
        except RecursionError:
            return {}

    def write(
        self, key: Sequence[object], entries: Mapping[str, tuple[Stamp, RoutineCard]]
    ) -> None:
        """Keep the cards; where the cache folder cannot be written nothing happens."""
        from app.storage.atomic import write_atomically  # noqa: PLC0415  (only after a change)

        content = {
            "version": VERSION,
            "key": key,
            "files": {path: (stamp, _fields(card)) for path, (stamp, card) in entries.items()},
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(content).encode(), durable=False)
        except OSError:
            return


def _fields(card: RoutineCard) -> dict[str, object]:
    return {
        "id": card.id,
        "name": card.name,
        "summary": card.summary,
        "when": card.when,
        "origin": card.origin,
        "duration_ms": card.duration_ms,
        "steps": card.steps,
        "equipment": card.equipment,
        "strip": card.strip,
        "exercises": card.exercises,
        "exercise_ids": card.exercise_ids,
        "figure": card.figure,
    }


def _card(path: str, fields: dict[str, Any]) -> RoutineCard:
    return RoutineCard(
        id=str(fields["id"]),
        name=str(fields["name"]),
        summary=str(fields["summary"]),
        when=When(fields["when"]),
        origin=Origin(fields["origin"]),
        duration_ms=int(fields["duration_ms"]),
        steps=int(fields["steps"]),
        equipment=tuple(Equipment(item) for item in fields["equipment"]),
        strip=tuple((_PHASES[phase], int(length)) for phase, length in fields["strip"]),
        exercises=tuple(str(name) for name in fields["exercises"]),
        exercise_ids=tuple(str(name) for name in fields["exercise_ids"]),
        figure=fields["figure"],
        file=path,
    )
