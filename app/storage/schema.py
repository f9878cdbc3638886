"""Makes the JSON Schema of routine files, with which editors complete and check them."""

import json
from collections.abc import Iterable
from itertools import combinations

from app.storage.fields import BLOCK, DOSES, ROUTINE, STEP, Table
from app.storage.values import JsonSchema

_DRAFT = "http://json-schema.org/draft-07/schema#"
_FREE_NAME_ONLY = ("phase", "position")


def schema_text(exercise_ids: Iterable[str]) -> str:
    """Return the schema as it is kept in a file; `exercise_ids` are those that editors offer."""
    return json.dumps(routine_schema(exercise_ids), indent=2, ensure_ascii=False) + "\n"


def routine_schema(exercise_ids: Iterable[str] = ()) -> JsonSchema:
    """Return the schema (draft 7, which editors for TOML read) of one routine file.

    It is as strict as the reader on what one table can say. What needs the exercise library or
    sums (unknown exercises, a hold that needs a tempo, limits of the whole) only the reader knows.
    """
    step = _table(STEP)
    # Offered by editors, never demanded: one's own exercises have ids too.
    step["properties"]["exercise"]["anyOf"] = [{"enum": sorted(exercise_ids)}, {"type": "string"}]
    step["allOf"] = [
        {"oneOf": [{"required": ["exercise"]}, {"required": ["name"]}]},
        {"if": {"required": ["name"]}, "then": {"anyOf": [{"required": [key]} for key in DOSES]}},
        _never(combinations(DOSES, 2)),
        _never(("tempo", dose) for dose in DOSES if dose != "reps"),
        _never(("cadence", dose) for dose in DOSES if dose != "seconds"),
        _never(("exercise", key) for key in _FREE_NAME_ONLY),
    ]
    return {
        "$schema": _DRAFT,
        "title": "Warmdown routine",
        **_table(ROUTINE),
        "definitions": {"block": _table(BLOCK), "step": step},
    }


def _never(pairs: Iterable[tuple[str, str]]) -> JsonSchema:
    """Return a condition that fails where the two keys of a pair stand together."""
    return {"not": {"anyOf": [{"required": list(pair)} for pair in pairs]}}


def _table(table: Table) -> JsonSchema:
    return {
        "type": "object",
        "properties": {
            field.key: {"description": _sentence(field.meaning), **field.kind.schema()}
            for field in table.fields
        },
        **({"required": list(table.required)} if table.required else {}),
        "additionalProperties": False,
    }


def _sentence(meaning: str) -> str:
    return f"{meaning[0].upper()}{meaning[1:]}."
