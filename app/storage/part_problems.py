"""Says what is wrong with a routine or an exercise that is edited, under the field where it is."""

from collections.abc import Callable, Iterable

from app.domain.editing import Document, PartProblem
from app.domain.routine import (
    BLOCKS_MAX,
    DURATION_MAX_MS,
    FILE_MAX_BYTES,
    SEGMENTS_MAX,
    STEPS_MAX,
)
from app.storage.fields import BLOCK, EXERCISE, ROUTINE, STEP, Table
from app.storage.lengths import CadenceOf, Seconds, TempoOf
from app.storage.line_finder import Path
from app.storage.problems import Found
from app.storage.values import Kind, ListOf, Text, Whole

_STEP_DEPTH = 4
_FOUND = ", found "

_WORDS = {
    "side_change": "Side change",
    "rpe": "Effort",
    "open": "The estimate",
    "exercise": "The exercise",
    "when": "The moment",
    "blocks": "The routine",
    "say": "The spoken name",
    "tempo_labels": "The words for the tempo",
}
"""What people call a key; the key itself where it is a word of theirs."""

_ITEMS = {"cues": "Each cue", "synonyms": "Each other name", "targets": "Each muscle"}

_SENTENCES = {
    "exercise-and-name": "A step needs either an exercise or a name.",
    "missing-dose": "A step with a free name needs seconds, reps, breaths or an open end.",
    "missing-tempo": "A tempo is needed, because the exercise has none.",
    "tempo-without-reps": "A tempo goes with reps only.",
    "cadence-without-seconds": "A cadence goes with seconds only.",
    "bad-length": "Reps and tempo together must last 1 s to 60 min.",
    "odd-reps": "Reps must be even, because the sides take turns.",
    "empty-steps": "A block needs at least one step.",
    "empty-blocks": "A routine needs at least one step.",
    "nothing-to-do": "At least one step must not be optional.",
    "too-many-blocks": f"A routine may have at most {BLOCKS_MAX} blocks.",
    "too-many-steps": f"A routine may have at most {STEPS_MAX} steps.",
    "too-many-segments": (
        f"A routine may have at most {SEGMENTS_MAX:,} parts, each round counted;"
        " fewer rounds are needed."
    ),
    "too-long": (
        f"A routine may last at most {DURATION_MAX_MS // 3_600_000} hours;"
        " fewer rounds or shorter steps are needed."
    ),
}

_KEYS = {
    # Where a step is mended, which is not always the key that a file's reader blames.
    "missing-tempo": "tempo",
    "missing-dose": "seconds",
    "exercise-and-name": "name",
}

TOO_LARGE = PartProblem(
    rule="too-large",
    message=f"A routine's file may have at most {FILE_MAX_BYTES // 1024} KiB; shorter notes are needed.",
    key="blocks",
)


def part_problems(found: Iterable[Found], document: Document) -> tuple[PartProblem, ...]:
    """Return findings in a document's data, each once, by the block and step that they are in."""
    problems = (_part_problem(one, document) for one in found)
    return tuple(dict.fromkeys(problems))


def exercise_problems(found: Iterable[Found]) -> tuple[PartProblem, ...]:
    """Return findings in an exercise's data; each path is that of its key."""
    problems = (
        PartProblem(rule=one.rule, message=_sentence(one, key, EXERCISE), key=key)
        for one in found
        for key in [_key_of(one.rule, one.path[2:])]
    )
    return tuple(dict.fromkeys(problems))


def _part_problem(found: Found, document: Document) -> PartProblem:
    path = found.path
    if len(path) < 2 or path[0] != "blocks":  # noqa: PLR2004  ("blocks" and a number)
        key = _key_of(found.rule, path)
        return PartProblem(rule=found.rule, message=_sentence(found, key, ROUTINE), key=key)
    block = document.blocks[int(path[1])]
    if len(path) >= _STEP_DEPTH and path[2] == "steps":
        key = _KEYS.get(found.rule) or _key_of(found.rule, path[_STEP_DEPTH:])
        return PartProblem(
            rule=found.rule,
            message=_sentence(found, key, STEP),
            block=block.id,
            step=block.steps[int(path[3])].id,
            key=key,
        )
    key = _key_of(found.rule, path[2:])
    return PartProblem(
        rule=found.rule, message=_sentence(found, key, BLOCK), block=block.id, key=key
    )


def _key_of(rule: str, path: Path) -> str:
    if path and isinstance(path[0], str) and path[0]:
        return path[0]
    return "name" if rule == "missing-key" else ""


def _sentence(found: Found, key: str, table: Table) -> str:
    if table is EXERCISE and found.rule in _EXERCISE_SENTENCES:
        return _EXERCISE_SENTENCES[found.rule](key)
    if found.rule in _SENTENCES:
        return _SENTENCES[found.rule]
    if found.rule == "missing-key":
        return _missing(key, table)
    if found.rule == "unknown-exercise":
        return f"{_capital(found.need)}."
    kind = next((known.kind for known in table.fields if known.key == key), None)
    if key == "name" and found.rule == "bad-text" and found.need.endswith(("none", "only spaces")):
        return _missing(key, table)
    said = _in_words(found.need, key, kind) if kind is not None else ""
    # Else as a file's reader says it, without what it found: that stands in the field.
    bare = found.need.removeprefix(f"{key} ").partition(_FOUND)[0]
    return f"{said or f'{_word(key)} {bare}'}."


def _missing(key: str, table: Table) -> str:
    if table is STEP:
        return "A step needs an exercise or a name."
    article = "An" if table.name[0] in "aeiou" else "A"
    what = "a name" if key in {"name", ""} else _word(key).lower()
    return f"{article} {table.name} needs {what}."


def _in_words(need: str, key: str, kind: Kind) -> str:  # noqa: PLR0911  (one per kind)
    """Say what a field needs in few words; nothing where its reader does."""
    word = _word(key)
    match kind:
        case Seconds(least_ms=least_ms, most_ms=most_ms):
            if "decimal" in need:
                return f"{word} may have one decimal"
            return f"{word} must be {least_ms // 1_000} to {most_ms // 1_000:,}"
        case Whole(least=least, most=most):
            return f"{word} must be {least} to {most}"
        case Text():
            return f"{word} {_text_need(need, kind)}"
        case ListOf(item=Text() as text) if need.startswith(f"{key} item "):
            return f"{_ITEMS.get(key, word)} {_text_need(need, text)}"
        case ListOf(most=most) if "at most" in need:
            return f"At most {most} {word.lower()} are possible"
        case TempoOf():
            if "together" in need.rpartition(_FOUND)[2]:
                return "A repetition must last 0.5 to 120 s"
            return "Each part of the tempo must be 0 to 60 s"
        case CadenceOf(least=least, most=most):
            return f"{word} must be {least} to {most} steps a minute"
        case _:
            return ""


def _text_need(need: str, text: Text) -> str:
    if "line break" in need:
        return "must stand on one line"
    if text.least and need.endswith(("none", "only spaces")):
        return "must say something"
    return f"may have at most {text.most} characters"


def _word(key: str) -> str:
    return _WORDS.get(key, key.replace("_", " ").capitalize())


def _capital(need: str) -> str:
    return need[:1].upper() + need[1:]


def _exercise_dose(key: str) -> str:
    return f"{_word(key)} {'are' if key in {'seconds', 'reps'} else 'is'} needed."


def _exercise_mode(key: str) -> str:
    if key == "seconds":
        return "What is counted has no seconds."
    return f"{_word(key)} {'go' if key == 'reps' else 'goes'} with repetitions only."


_EXERCISE_SENTENCES: dict[str, Callable[[str], str]] = {
    "missing-dose": _exercise_dose,
    "wrong-mode": _exercise_mode,
    "wrong-sides": lambda _: "Only what is done for both sides at once can take turns.",
    "unknown-exercise": lambda key: f"{_word(key)} must be another exercise of the library.",
    "unknown-figure": lambda _: "The figure must be one that comes with the app.",
}
