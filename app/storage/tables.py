"""Reads one table of a file by its declared fields, and judges ids."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from app.storage.fields import FILES, SCHEMA, Table
from app.storage.line_finder import Path
from app.storage.problems import Findings
from app.storage.toml_source import TomlTable
from app.storage.values import Fault, Reader, in_words, quoted, shown

Values = dict[str, Any]
"""The domain type's attributes that a table gave."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")

_MISSING = {
    "schema": f"schema = {SCHEMA}",
    "name": "a name",
    "blocks": "at least one block, under [[blocks]]",
    "steps": "at least one step, in steps = [ ]",
    "exercises": "at least one exercise, under [exercises.ID]",
}


def walk(  # noqa: PLR0917  (called for every table of every file)
    raw: TomlTable,
    table: Table,
    read_by_key: Mapping[str, tuple[str, Reader]],
    path: Path,
    label: str,
    findings: Findings,
) -> Values:
    """Read every key of a table; what is wrong or missing goes to `findings`.

    `label` begins each message and ends in a colon and a space, or is empty.
    """
    values: Values = {}
    for key, value in raw.items():
        entry = read_by_key.get(key)
        if entry is None:
            fault = unknown_key(key, table, findings)
            findings.add((*path, key), fault.id, fault.need, label)
            continue
        attr, read = entry
        result = read(value)
        if type(result) is Fault:
            item = () if result.item is None else (result.item,)
            findings.add((*path, key, *item), result.id, f"{key} {result.need}", label)
        else:
            values[attr] = result
    for key in table.required:
        if key not in raw:
            findings.add(path, "missing-key", f"needs {_MISSING.get(key, key)}", label)
    return values


def unknown_key(key: str, table: Table, findings: Findings) -> Fault:
    """Say which key was probably meant, or where this one belongs."""
    family = next(tables for tables in FILES if table in tables)
    homes = [other.name for other in family if key in other.keys]
    near = findings.nearest(table.name, key.casefold(), table.keys)
    if homes:
        hint = f"; it belongs in a {in_words(homes)}, not in a {table.name}"
    else:
        hint = f"; the nearest known key is {quoted(near)}" if near else ""
    return Fault("unknown-key", f"unknown key {shown(key)}{hint}")


def is_id(text: str) -> bool:
    """Whether a routine or an exercise may have this id."""
    return _ID.fullmatch(text) is not None


def propose_id(text: str, taken: Collection[str] = (), *, spare: str = "routine") -> str:
    """Return a legal id that resembles a text and is not taken; `spare` where nothing is left of it."""
    import unicodedata  # noqa: PLC0415  (large, and good names never need it)

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    stem = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-") or spare
    number, proposed = 1, stem
    while proposed in taken:
        number += 1
        proposed = f"{stem}-{number}"
    return proposed
