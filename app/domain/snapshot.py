"""What a session was made of: the routine's text and the day's choices, to expand them again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.choices import Choices, Side

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    routine: str
    """The routine's id."""
    text: str
    """Its file as it stood."""
    choices: Choices


def write_snapshot(snapshot: Snapshot) -> str:
    """Return JSON text; the same snapshot gives the same text."""
    import json  # noqa: PLC0415  (not needed for the first picture)

    choices = snapshot.choices
    return json.dumps(
        {
            "format": _FORMAT,
            "routine": snapshot.routine,
            "text": snapshot.text,
            "choices": {
                "language": choices.language,
                "get_ready_ms": choices.get_ready_ms,
                "side_change_ms": choices.side_change_ms,
                "first_side": choices.first_side,
                "affected": choices.affected,
                "breath_ms": choices.breath_ms,
                "goal_cadence": choices.goal_cadence,
                "with_optional": choices.with_optional,
                "switched_on": _written(choices.switched_on),
                "switched_off": _written(choices.switched_off),
            },
        },
        ensure_ascii=False,
    )


def read_snapshot(text: str) -> Snapshot | None:
    """Return what `write_snapshot` wrote; None where the text is anything else."""
    import json  # noqa: PLC0415  (not needed for the first picture)

    try:
        kept = json.loads(text)
        if kept["format"] != _FORMAT:
            return None
        return Snapshot(
            routine=_text(kept["routine"]),
            text=_text(kept["text"]),
            choices=_read_choices(kept["choices"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _read_choices(kept: Mapping[str, object]) -> Choices:
    return Choices(
        language=_text(kept["language"]),
        get_ready_ms=_number(kept["get_ready_ms"]),
        side_change_ms=_number(kept["side_change_ms"]),
        first_side=Side(_text(kept["first_side"])),
        affected=None if kept["affected"] is None else Side(_text(kept["affected"])),
        breath_ms=_number(kept["breath_ms"]),
        goal_cadence=None if kept["goal_cadence"] is None else _number(kept["goal_cadence"]),
        with_optional=kept["with_optional"] is True,
        switched_on=_read_parts(kept["switched_on"]),
        switched_off=_read_parts(kept["switched_off"]),
    )


def _written(parts: Iterable[tuple[int, int | None]]) -> list[list[int | None]]:
    ordered = sorted(parts, key=lambda part: (part[0], -1 if part[1] is None else part[1]))
    return [[block, step] for block, step in ordered]


def _read_parts(kept: object) -> frozenset[tuple[int, int | None]]:
    if not isinstance(kept, list):
        raise TypeError(kept)
    return frozenset(
        (_number(block), None if step is None else _number(step)) for block, step in kept
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value
