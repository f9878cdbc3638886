"""Turns a routine's parts into TOML data and back, whatever they hold, valid or not."""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from app.domain.routine import (
    Block,
    BreathsDose,
    Dose,
    OpenDose,
    RepsDose,
    Routine,
    Step,
    TimeDose,
)
from app.storage.fields import BLOCK, ROUTINE, SCHEMA, STEP, Field, Table
from app.storage.lengths import CadenceOf, Seconds, TempoOf
from app.storage.tables import Values
from app.storage.toml_source import TomlTable
from app.storage.values import Fault, Flag, ListOf, Name, Reader, Text, Whole

_TEMPO_PHASES = 4
# Larger than any field allows, and small enough to be counted with.
_HUGE = 10**9


def routine_table(head: Routine, blocks: Sequence[TomlTable]) -> TomlTable:
    """Return the TOML data of a file with that head and those blocks."""
    return {"schema": SCHEMA, **_table(head, _ROUTINE_KEYS), "blocks": list(blocks)}


def block_table(block: Block, steps: Sequence[TomlTable]) -> TomlTable:
    return {**_table(block, _BLOCK_KEYS), "steps": list(steps)}


def step_table(step: Step) -> TomlTable:
    raw = _table(step, _STEP_KEYS)
    dose = step.dose
    if dose is not None:
        raw[dose_key(dose)] = _dose_value(dose)
    return raw


def dose_key(dose: Dose) -> str:
    """Return the key that says a dose."""
    match dose:
        case TimeDose():
            return "seconds"
        case RepsDose():
            return "reps"
        case BreathsDose():
            return "breaths"
        case OpenDose():
            return "open"


def _dose_value(dose: Dose) -> object:
    match dose:
        case TimeDose(duration_ms=duration_ms) | OpenDose(estimate_ms=duration_ms):
            return _seconds(duration_ms)
        case RepsDose(reps=count) | BreathsDose(breaths=count):
            return count


def _seconds(duration_ms: int) -> float:
    whole, rest = divmod(duration_ms, 1_000)
    return duration_ms / 1_000 if rest else whole


_Key = tuple[str, str, object, bool, bool]
"""Key, attribute, default, and whether the value is a length, or several."""


def _keys(table: Table) -> tuple[_Key, ...]:
    return tuple(
        (
            known.key,
            known.name,
            known.default,
            isinstance(known.kind, Seconds),
            isinstance(known.kind, TempoOf),
        )
        for known in table.fields
        if known.attr != "dose" and known.key not in ("schema", "blocks", "steps")
    )


_ROUTINE_KEYS, _BLOCK_KEYS, _STEP_KEYS = _keys(ROUTINE), _keys(BLOCK), _keys(STEP)


def _table(part: object, keys: tuple[_Key, ...]) -> TomlTable:
    raw: TomlTable = {}
    for key, attr, default, is_length, are_lengths in keys:
        value = getattr(part, attr)
        if value is None or value == default:
            continue
        if is_length:
            raw[key] = _seconds(value)
        elif are_lengths:
            raw[key] = [_seconds(phase) for phase in value]
        else:
            raw[key] = _plain(value)
    return raw


def _plain(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


class LooseReader:
    """Reads one table as far as it can be read: a value out of its range is kept, not refused."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._readers: dict[str, tuple[Field, Reader]] = {
            known.key: (known, known.kind.reader()) for known in table.fields
        }

    def read(self, raw: TomlTable) -> Values | None:
        """Return the attributes that a table gives; None where it has a key that none of ours has."""
        values: Values = {}
        for key, typed in raw.items():
            if key not in self._readers:
                return None
            known, read = self._readers[key]
            value = read(typed)
            if isinstance(value, Fault):
                value = _loose(known, typed)
            if value is not None:
                values[known.name] = value
        return values


def _loose(  # noqa: C901, PLR0911  (one case per kind)
    known: Field,
    typed: Any,  # noqa: ANN401  (whatever TOML gave)
) -> object:
    """Return a value that breaks the field's limits; None where it is of another kind."""
    match known.kind:
        case Seconds(make=make):
            duration_ms = _loose_ms(typed)
            return duration_ms if make is None or duration_ms is None else make(duration_ms)
        case Whole(make=make):
            if type(typed) is not int or abs(typed) > _HUGE:
                return None
            return typed if make is None else make(typed)
        case Text() | Name():
            return typed if isinstance(typed, str) else None
        case ListOf(item=Text() | Name()):
            is_texts = isinstance(typed, list) and all(isinstance(item, str) for item in typed)
            return tuple(typed) if is_texts else None
        case TempoOf():
            if not isinstance(typed, list) or len(typed) != _TEMPO_PHASES:
                return None
            phases = [_loose_ms(phase) for phase in typed]
            return None if None in phases else tuple(phases)
        case CadenceOf():
            if not isinstance(typed, list) or len(typed) != 2:  # noqa: PLR2004  (from and to)
                return None
            is_cadence = all(
                end == "goal" or (type(end) is int and abs(end) <= _HUGE) for end in typed
            )
            return tuple(typed) if is_cadence else None
        case Flag():
            return typed if isinstance(typed, bool) else None
        case _:
            return None


def _loose_ms(typed: object) -> int | None:
    if isinstance(typed, bool) or not isinstance(typed, int | float) or not math.isfinite(typed):
        return None
    return round(typed * 1_000) if abs(typed) <= _HUGE else None
