"""Turns a document into JSON and back without loss, valid or not, with what its file has around it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from app.domain.editing import BlockPart, Document, StepPart
from app.domain.exercise import Equipment, Phase, Position
from app.domain.routine import (
    BreathsDose,
    Dose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.domain.when import When
from app.storage.routine_comments import NO_COMMENTS, Comments
from app.storage.routine_parts import HeadNotes
from app.storage.routine_writer import BlockNotes, Spelled, StepNotes

Json = Any
"""What JSON has: numbers, texts, lists, tables."""


class DamagedError(ValueError):
    """JSON that no document was turned into."""


_DOSES: tuple[tuple[str, type, str], ...] = (
    ("seconds", TimeDose, "duration_ms"),
    ("reps", RepsDose, "reps"),
    ("breaths", BreathsDose, "breaths"),
    ("open", OpenDose, "estimate_ms"),
)


class DraftEncoder:
    """Encodes documents. Parts that stay the same from one document to the next are done once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[StepPart, str]] = {}

    def encode(self, document: Document) -> str:
        """Return a document as JSON."""
        # By identity, which is quick; the part is kept so that its number stays its own.
        known: dict[int, tuple[StepPart, str]] = {}
        blocks = []
        for block in document.blocks:
            steps = []
            for part in block.steps:
                entry = self._known.get(id(part))
                if entry is None:
                    entry = (part, json.dumps(_step_part(part)))
                known[id(part)] = entry
                steps.append(entry[1])
            around = json.dumps(_block_part(block))
            blocks.append(f'{{"block": {around}, "steps": [{", ".join(steps)}]}}')
        self._known = known
        head = json.dumps(_head(document))
        return f'{{"head": {head}, "blocks": [{", ".join(blocks)}]}}'


def _head(document: Document) -> Json:
    return {
        "next_id": document.next_id,
        "routine": _attributes(document.head, _ROUTINE_DEFAULTS),
        "notes": _head_notes(document.notes),
    }


def _head_notes(notes: object) -> Json:
    if not isinstance(notes, HeadNotes):
        return None
    return {
        "keys": notes.keys,
        "of_key": _by_key(notes.of_key),
        "spelled": _spelled(notes.spelled),
        "end": notes.end,
    }


def _block_part(block: BlockPart) -> Json:
    notes = block.notes
    return {
        "id": block.id,
        "name": block.name,
        "rounds": block.rounds,
        "rest_ms": block.rest_ms,
        "optional": block.optional,
        "notes": {
            "keys": notes.keys,
            "header": _comments(notes.header),
            "of_key": _by_key(notes.of_key),
            "spelled": _spelled(notes.spelled),
            "close": _comments(notes.close),
        }
        if isinstance(notes, BlockNotes)
        else None,
    }


def _step_part(part: StepPart) -> Json:
    notes = part.notes
    made: dict[str, Json] = {"id": part.id, "step": _attributes(part.step, _STEP_DEFAULTS)}
    if isinstance(notes, StepNotes):
        made["notes"] = {
            "keys": notes.keys,
            "comments": _comments(notes.comments),
            "spelled": _spelled(notes.spelled),
        }
    return made


def _defaults(of: type, *left_out: str) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in fields(of) if field.name not in left_out)


_STEP_DEFAULTS = _defaults(Step)
_ROUTINE_DEFAULTS = _defaults(Routine, "blocks")


def _attributes(part: object, defaults: tuple[tuple[str, object], ...]) -> Json:
    """Return what a part says beside its defaults; words of ours and lists are JSON's already."""
    made = {}
    for name, default in defaults:
        value = getattr(part, name)
        if value != default:
            made[name] = _dose(value) if name == "dose" else value
    return made


def _dose(value: object) -> Json:
    for key, kind, attr in _DOSES:
        if type(value) is kind:
            return {key: getattr(value, attr)}
    return value


def _comments(comments: Comments) -> Json:
    if comments == NO_COMMENTS:
        return None
    return [comments.above, comments.beside, comments.column]


def _by_key(of_key: Mapping[str, Comments]) -> Json:
    return {key: _comments(comments) for key, comments in of_key.items()}


def _spelled(spelled: Spelled) -> Json:
    return {key: [_dose(value), text] for key, (value, text) in spelled.items()}


# Back again. Whatever is not as it was made is damage.


def decode(made: Json) -> Document:
    """Return the document of JSON that was read; raises DamagedError where it is something else."""
    try:
        head = made["head"]
        return Document(
            head=_routine(head["routine"]),
            blocks=tuple(_read_block(block) for block in made["blocks"]),
            notes=_read_head_notes(head["notes"]),
            next_id=_whole(head["next_id"]),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise DamagedError(str(error)) from error


def _whole(value: Json) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _flag(value: Json) -> bool:
    if type(value) is not bool:
        raise TypeError(value)
    return value


def _text(value: Json) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


def _texts(value: Json) -> tuple[str, ...]:
    if type(value) is not list:
        raise TypeError(value)
    return tuple(map(_text, value))


def _wholes(value: Json) -> tuple[int, ...]:
    phases = tuple(map(_whole, value))
    if len(phases) != 4:  # noqa: PLR2004  (a tempo's phases)
        raise ValueError(value)
    return phases


def _cadence(value: Json) -> tuple[int | str, int | str]:
    first, second = (end if end == "goal" else _whole(end) for end in value)
    return first, second


def _read_dose(value: Json) -> Dose:
    ((key, number),) = value.items()
    kind = next(kind for name, kind, _ in _DOSES if name == key)
    made: Dose = kind(_whole(number))
    return made


def _equipment(value: Json) -> tuple[Equipment, ...]:
    return tuple(map(Equipment, value))


_STEP_READERS: dict[str, Callable[[Json], object]] = {
    "exercise": _text,
    "name": _text,
    "dose": _read_dose,
    "side": SideChoice,
    "changeover_ms": _whole,
    "rest_ms": _whole,
    "side_change_ms": _whole,
    "tempo_ms": _wholes,
    "cadence": _cadence,
    "position": Position,
    "rpe": _whole,
    "cues": _texts,
    "phase": Phase,
    "optional": _flag,
    "note": _text,
}
_ROUTINE_READERS: dict[str, Callable[[Json], object]] = {
    "id": _text,
    "name": _text,
    "summary": _text,
    "frequency": _text,
    "progression": _text,
    "when": When,
    "focus": _texts,
    "equipment": _equipment,
    "sources": _texts,
    "changeover_ms": _whole,
    "side_change_ms": _whole,
}
# A field that is new in a type must get its reader here: the law of drafts finds it missing.


def _read_attributes(made: Json, by_name: dict[str, Callable[[Json], object]]) -> dict[str, Any]:
    return {name: None if value is None else by_name[name](value) for name, value in made.items()}


def _routine(made: Json) -> Routine:
    return Routine(blocks=(), **_read_attributes(made, _ROUTINE_READERS))


def _read_block(made: Json) -> BlockPart:
    block, notes = made["block"], made["block"]["notes"]
    return BlockPart(
        id=_whole(block["id"]),
        name=_text(block["name"]),
        steps=tuple(_read_step(step) for step in made["steps"]),
        rounds=_whole(block["rounds"]),
        rest_ms=_whole(block["rest_ms"]),
        optional=_flag(block["optional"]),
        notes=None
        if notes is None
        else BlockNotes(
            keys=_texts(notes["keys"]),
            header=_read_comments(notes["header"]),
            of_key=_read_by_key(notes["of_key"]),
            spelled=_read_spelled(notes["spelled"]),
            close=_read_comments(notes["close"]),
        ),
    )


def _read_step(made: Json) -> StepPart:
    notes = made.get("notes")
    return StepPart(
        id=_whole(made["id"]),
        step=Step(**_read_attributes(made["step"], _STEP_READERS)),
        notes=None
        if notes is None
        else StepNotes(
            keys=_texts(notes["keys"]),
            comments=_read_comments(notes["comments"]),
            spelled=_read_spelled(notes["spelled"]),
        ),
    )


def _read_head_notes(made: Json) -> HeadNotes | None:
    if made is None:
        return None
    return HeadNotes(
        keys=_texts(made["keys"]),
        of_key=_read_by_key(made["of_key"]),
        spelled=_read_spelled(made["spelled"]),
        end=_texts(made["end"]),
    )


def _read_comments(made: Json) -> Comments:
    if made is None:
        return NO_COMMENTS
    above, beside, column = made
    return Comments(_texts(above), _text(beside), _whole(column))


def _read_by_key(made: Json) -> dict[str, Comments]:
    return {key: _read_comments(comments) for key, comments in made.items()}


def _read_spelled(made: Json) -> dict[str, tuple[object, str]]:
    return {
        key: (_read_dose(value) if isinstance(value, dict) else _whole(value), _text(text))
        for key, (value, text) in made.items()
    }
