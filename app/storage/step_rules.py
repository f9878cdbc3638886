"""What the keys of one step mean together: subject, dose, tempo, cadence."""

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.exercise import Exercise, ExerciseLibrary, Mode
from app.domain.routine import (
    STEP_MAX_MS,
    STEP_MIN_MS,
    BreathsDose,
    OpenDose,
    RepsDose,
    TimeDose,
)
from app.storage.fields import DOSES
from app.storage.problems import Findings
from app.storage.tables import Values
from app.storage.toml_source import TomlTable
from app.storage.values import Fault, in_words, quoted, seconds_text, shown_text

_FREE_REP_MS = 4_000
_BREATH_MS = 10_000
_FREE_NAME_ONLY = ("phase", "position")
_ID_CHARACTERS = 60

Wrong = list[tuple[str, Fault]]
"""Keys and what is wrong with each; the key is empty where one is missing."""


class Facts(NamedTuple):
    """What the rules need to know of an exercise, looked up once instead of for every step."""

    counted: bool
    """Its own dose is repetitions."""
    own_reps: int
    own_ms: int
    """One side at its own dose."""
    rep_ms: int
    """0 where it has no tempo."""
    alternating: bool


def facts_of(exercise: Exercise) -> Facts:
    rep_ms = exercise.tempo.rep_ms if exercise.tempo else 0
    reps = exercise.reps or 0
    return Facts(
        counted=exercise.mode is Mode.REPS,
        own_reps=reps,
        own_ms=exercise.seconds_ms or reps * rep_ms,
        rep_ms=rep_ms,
        alternating=exercise.alternating,
    )


def check_subject(
    raw: TomlTable, values: Values, exercises: ExerciseLibrary, findings: Findings, wrong: Wrong
) -> None:
    """Check that a step names one thing to do, and says nothing that only the other kind says."""
    if "exercise" not in raw:
        if "name" not in raw:
            wrong.append(("", Fault("missing-key", "needs an exercise or a name")))
        elif not any(key in raw for key in DOSES):
            need = f"a step with a free name needs {in_words(DOSES)}"
            wrong.append(("name", Fault("missing-dose", need)))
        return
    if "name" in raw:
        wrong.append(("", Fault("exercise-and-name", "needs an exercise or a name, found both")))
    exercise_id = values.get("exercise")
    if exercise_id is not None and exercise_id not in exercises:
        wrong.append(("exercise", _unknown_exercise(exercise_id, exercises, findings)))
    for key in _FREE_NAME_ONLY:
        if key in raw:
            need = "goes with a free name only: here it comes from the exercise"
            wrong.append((key, Fault("free-name-only", need)))


def _unknown_exercise(exercise_id: str, exercises: ExerciseLibrary, findings: Findings) -> Fault:
    """Name the exercise that was probably meant: by what people call it, else by spelling."""
    called = exercise_id.replace("-", " ").casefold().strip()
    near = next(
        (
            exercise.id
            for exercise in exercises.values()
            if called == exercise.name.casefold() or called in exercise.synonyms
        ),
        None,
    ) or findings.nearest("exercise", exercise_id.casefold(), exercises)
    hint = f"; the nearest one is {quoted(near)}" if near else ""
    id_text = shown_text(exercise_id, _ID_CHARACTERS)
    return Fault("unknown-exercise", f"{id_text} is not in the exercise library{hint}")


def work_ms(  # noqa: C901  (the doses, one after the other)
    raw: TomlTable, values: Values, facts: Facts | None, wrong: Wrong
) -> int:
    """Check dose, tempo and cadence against each other and the exercise.

    Returns the length of the work for one side in ms; 0 where it cannot be known.
    """
    if len(values) != len(raw):
        doses = [key for key in DOSES if key in raw]
        if len(doses) > 1:
            need = f"must be the only dose, found {in_words(doses, last='and')}"
            wrong.append((doses[1], Fault("more-than-one-dose", need)))
            return 0
        if doses and "dose" not in values:
            return 0
    dose = values.get("dose")
    kind: type = type(dose)
    reps = length_ms = 0
    if dose is None:
        if facts is None:
            return 0
        kind = RepsDose if facts.counted else TimeDose
        reps, length_ms = facts.own_reps, facts.own_ms
    elif kind is TimeDose:
        length_ms = dose.duration_ms
    elif kind is RepsDose:
        reps = dose.reps
    elif kind is BreathsDose:
        length_ms = dose.breaths * _BREATH_MS
    else:
        length_ms = dose.estimate_ms
    if kind is RepsDose:
        return _reps_ms(raw, values, facts, reps, wrong)
    if "tempo" in raw:
        found = _DOSE_WORDS[kind]
        wrong.append(("tempo", Fault("tempo-without-reps", f"goes with reps only, found {found}")))
    if "cadence" in raw and kind is not TimeDose:
        wrong.append(("cadence", _cadence_fault(kind)))
    return length_ms


_DOSE_WORDS: Mapping[type, str] = {
    TimeDose: "a dose in seconds",
    RepsDose: "a dose in reps",
    BreathsDose: "a dose in breaths",
    OpenDose: "an open-ended step",
}


def _cadence_fault(kind: type) -> Fault:
    return Fault("cadence-without-seconds", f"goes with seconds only, found {_DOSE_WORDS[kind]}")


def _reps_ms(raw: TomlTable, values: Values, facts: Facts | None, reps: int, wrong: Wrong) -> int:
    if "cadence" in raw:
        wrong.append(("cadence", _cadence_fault(RepsDose)))
    if facts is not None and facts.alternating and reps % 2:
        need = f"must be even, because the sides take turns, found {reps}"
        wrong.append(("reps", Fault("odd-reps", need)))
    tempo = values.get("tempo_ms")
    if tempo is not None:
        rep_ms = sum(tempo)
    elif "tempo" in raw:
        return 0
    else:
        rep_ms = facts.rep_ms if facts is not None else _FREE_REP_MS
    if not rep_ms:
        if facts is not None and "exercise" in values:
            need = "needs a tempo beside it, because the exercise has none"
            wrong.append(("reps", Fault("missing-tempo", need)))
        return 0
    length_ms = reps * rep_ms
    if not STEP_MIN_MS <= length_ms <= STEP_MAX_MS:
        need = (
            f"and tempo together must last 1 s to {STEP_MAX_MS // 60_000} min,"
            f" found {seconds_text(length_ms)} s"
        )
        wrong.append(("reps", Fault("bad-length", need)))
    return length_ms
