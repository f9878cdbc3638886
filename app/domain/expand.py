"""Lays a routine flat: sides, rounds, changeovers, rests and doses become timed segments."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain import phrases
from app.domain.choices import Choices, Side
from app.domain.errors import RoutineError
from app.domain.exercise import (
    Exercise,
    ExerciseLibrary,
    Mode,
    Phase,
    Position,
    Sides,
    Tempo,
)
from app.domain.routine import (
    DURATION_MAX_MS,
    SEGMENTS_MAX,
    BreathsDose,
    CadenceEnd,
    Dose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.domain.timeline import Segment, SegmentKind, Timeline

FREE_TEMPO = Tempo(phases_ms=(2_000, 0, 2_000, 0))
GOAL_CADENCE_SPM = 170

_UPRIGHT = {Position.STANDING, Position.WALKING, Position.RUNNING}
_LOW = {Position.SEATED, Position.HALF_KNEELING, Position.KNEELING}

_STAY_MS, _LOW_TO_LOW_MS, _UP_TO_LOW_MS = 4_000, 6_000, 8_000
_TO_FLOOR_MS, _FLOOR_TO_FLOOR_MS = 12_000, 6_000


def position_change_ms(before: Position, after: Position) -> int:
    """Return how long it takes to get from one position to another, in ms."""
    if before is after or {before, after} <= _UPRIGHT:
        return _STAY_MS
    low = [position in _LOW for position in (before, after)]
    upright = [position in _UPRIGHT for position in (before, after)]
    if all(low):
        return _LOW_TO_LOW_MS
    if any(low) and any(upright):
        return _UP_TO_LOW_MS
    if any(low) or any(upright):
        return _TO_FLOOR_MS
    return _FLOOR_TO_FLOOR_MS


@dataclass(frozen=True, slots=True)
class _Move:
    """A step with everything resolved that does not depend on what stands before it."""

    block: int
    block_step: int
    rounds: int
    step: Step
    exercise: Exercise | None
    name: str
    spoken: str
    sides: tuple[Side, ...]
    dose: Dose
    work_ms: int
    tempo: Tempo | None
    cadence: tuple[int, int] | None
    phase: Phase
    position: Position
    breath_ms: int | None


@dataclass(frozen=True, slots=True)
class _Bout:
    """One work segment to be: a move on one side, in one round."""

    move: _Move
    side: Side
    round: int
    first_side: bool


def expand(routine: Routine, exercises: ExerciseLibrary, choices: Choices) -> Timeline:
    """Lay `routine` flat into segments that tile the time from 0.

    Raises RoutineError where an exercise is unknown, nothing is left to do, or the result would
    have more than 2,000 segments or last longer than 6 hours; it stops at the limit.
    """
    segments: list[Segment] = []
    at_ms = steps = 0
    before: _Bout | None = None
    for bout in _bouts(routine, exercises, choices):
        steps += 1
        for kind, duration_ms, switch in _between(before, bout, routine, choices):
            segments.append(
                _segment(
                    bout, kind, at_ms, duration_ms, index=len(segments), step=steps,
                    switch=switch, before=before, choices=choices,
                )
            )  # fmt: skip
            at_ms += duration_ms
        if len(segments) > SEGMENTS_MAX:
            raise RoutineError(
                f"{routine.name} has more than {SEGMENTS_MAX:,} segments; use fewer rounds or steps"
            )
        if at_ms > DURATION_MAX_MS:
            raise RoutineError(
                f"{routine.name} lasts longer than 6 hours; use fewer rounds or shorter steps"
            )
        before = bout
    if not segments:
        raise RoutineError(f"{routine.name} has nothing left to do; switch a part on")
    return Timeline(
        routine_id=routine.id, routine_name=routine.name, segments=tuple(segments), steps=steps
    )


def _bouts(routine: Routine, exercises: ExerciseLibrary, choices: Choices) -> Iterator[_Bout]:
    position = Position.STANDING
    for block_index, block in enumerate(routine.blocks):
        if not _is_in(choices, block_index, None, optional=block.optional):
            continue
        steps = [
            index
            for index, step in enumerate(block.steps)
            if _is_in(choices, block_index, index, optional=step.optional)
        ]
        for round_number in range(1, block.rounds + 1):
            for index in steps:
                move = _move(routine, (block_index, index), position, exercises, choices)
                position = move.position
                for number, side in enumerate(move.sides):
                    yield _Bout(move, side, round_number, first_side=number == 0)


def _is_in(choices: Choices, block: int, step: int | None, *, optional: bool) -> bool:
    if (block, step) in choices.switched_off:
        return False
    return not optional or choices.with_optional or (block, step) in choices.switched_on


def _move(
    routine: Routine,
    place: tuple[int, int],
    position: Position,
    exercises: ExerciseLibrary,
    choices: Choices,
) -> _Move:
    block = routine.blocks[place[0]]
    step = block.steps[place[1]]
    exercise: Exercise | None = None
    if step.exercise is not None:
        exercise = exercises.get(step.exercise)
        if exercise is None:
            raise RoutineError(f"the exercise {step.exercise!r} is not in the library")
    name = exercise.name if exercise else step.name or ""
    dose = step.dose or own_dose(exercise, name)
    tempo = _tempo(step, exercise, dose, name)
    return _Move(
        block=place[0],
        block_step=place[1],
        rounds=block.rounds,
        step=step,
        exercise=exercise,
        name=name,
        spoken=exercise.spoken if exercise else name,
        sides=sides_of(step, exercise, choices),
        dose=dose,
        work_ms=_work_ms(dose, tempo, choices),
        tempo=tempo,
        cadence=_cadence(step.cadence, choices),
        phase=exercise.phase if exercise else free_phase(step, dose),
        position=exercise.position if exercise else step.position or position,
        breath_ms=choices.breath_ms if isinstance(dose, BreathsDose) else None,
    )


def own_dose(exercise: Exercise | None, name: str) -> Dose:
    """Return the dose of a step that has none written; RoutineError where there is no usual one."""
    if exercise is not None:
        if exercise.mode is Mode.REPS and exercise.reps is not None:
            return RepsDose(exercise.reps)
        if exercise.seconds_ms is not None:
            return TimeDose(exercise.seconds_ms)
    raise RoutineError(f"the step {name!r} needs seconds, reps, breaths or open")


def _tempo(step: Step, exercise: Exercise | None, dose: Dose, name: str) -> Tempo | None:
    """Return the repetition that paces the step: its own, the exercise's, or a free name's default."""
    own = exercise.tempo if exercise else None
    if isinstance(dose, RepsDose):
        base = own if exercise else FREE_TEMPO
        if step.tempo_ms is None:
            if base is None:
                raise RoutineError(f"the step {name!r} has reps and needs a tempo")
            return base
        words = base.labels if base else FREE_TEMPO.labels
        labels = tuple(word or spare for word, spare in zip(words, FREE_TEMPO.labels, strict=True))
        return Tempo(phases_ms=step.tempo_ms, labels=(labels[0], labels[1], labels[2], labels[3]))
    if isinstance(dose, TimeDose) and exercise is not None and exercise.mode is Mode.REPS:
        return own
    return None


def _work_ms(dose: Dose, tempo: Tempo | None, choices: Choices) -> int:
    match dose:
        case TimeDose(duration_ms=duration_ms):
            return duration_ms
        case RepsDose(reps=reps):
            return reps * tempo.rep_ms if tempo else 0
        case BreathsDose(breaths=breaths):
            return breaths * choices.breath_ms
        case OpenDose(estimate_ms=estimate_ms):
            return estimate_ms


def sides_of(step: Step, exercise: Exercise | None, choices: Choices) -> tuple[Side, ...]:
    """Return the sides that a step is done on, one after the other."""
    per_side = exercise is not None and exercise.sides is Sides.EACH
    each = (choices.first_side, choices.first_side.opposite)
    choice = step.side or (SideChoice.EACH if per_side else SideChoice.BOTH)
    match choice:
        case SideChoice.AFFECTED if choices.affected in (Side.LEFT, Side.RIGHT):
            return (choices.affected,)
        case SideChoice.AFFECTED:
            return each if per_side else (Side.BOTH,)
        case SideChoice.LEFT:
            return (Side.LEFT,)
        case SideChoice.RIGHT:
            return (Side.RIGHT,)
        case SideChoice.EACH:
            return each
        case SideChoice.BOTH:
            return (Side.BOTH,)


def _cadence(
    typed: tuple[CadenceEnd, CadenceEnd] | None, choices: Choices
) -> tuple[int, int] | None:
    if typed is None:
        return None
    goal = choices.goal_cadence or GOAL_CADENCE_SPM
    start, end = (goal if value == "goal" else value for value in typed)
    return start, end


def free_phase(step: Step, dose: Dose) -> Phase:
    """Return the phase of a step with a free name."""
    return step.phase or (Phase.CORE if isinstance(dose, RepsDose) else Phase.STATIC)


_Stretch = tuple[SegmentKind, int, bool]
"""Kind, length in ms, and whether it is a switch of sides."""


def _between(
    before: _Bout | None, bout: _Bout, routine: Routine, choices: Choices
) -> Iterator[_Stretch]:
    """Yield what stands before a bout, then the bout itself; segments of 0 ms are left out."""
    move = bout.move
    if before is None:
        get_ready_ms = max(
            choices.get_ready_ms,
            _changeover_ms(None, bout, routine),
            phrases.speech_ms(_line(None, bout, SegmentKind.GET_READY, routine)),
        )
        yield SegmentKind.GET_READY, get_ready_ms, False
    elif not bout.first_side:
        switch_ms = _first_typed(move.step.side_change_ms, routine.side_change_ms)
        if switch_ms is None:
            line = _line(before, bout, SegmentKind.CHANGEOVER, routine, switch=True)
            switch_ms = max(choices.side_change_ms, phrases.speech_ms(line))
        if switch_ms:
            yield SegmentKind.CHANGEOVER, switch_ms, True
    else:
        rest_ms = before.move.step.rest_ms or 0
        if before.move.block == move.block and before.round != bout.round:
            rest_ms = max(rest_ms, routine.blocks[move.block].rest_ms)
        if rest_ms:
            yield SegmentKind.REST, rest_ms, False
        changeover_ms = _changeover_ms(before, bout, routine)
        if changeover_ms:
            yield SegmentKind.CHANGEOVER, changeover_ms, False
    yield SegmentKind.WORK, move.work_ms, False


def _first_typed(*lengths: int | None) -> int | None:
    return next((length for length in lengths if length is not None), None)


def _changeover_ms(before: _Bout | None, bout: _Bout, routine: Routine) -> int:
    typed = _first_typed(bout.move.step.changeover_ms, routine.changeover_ms)
    if typed is not None:
        return typed
    place = before.move.position if before else Position.STANDING
    change = position_change_ms(place, bout.move.position)
    if before is None:
        return change
    line = _line(before, bout, SegmentKind.CHANGEOVER, routine)
    return max(change, phrases.speech_ms(line))


def _line(
    before: _Bout | None,
    bout: _Bout,
    kind: SegmentKind,
    routine: Routine,
    *,
    switch: bool = False,
) -> str:
    probe = _segment(
        bout, kind, 0, 0, index=0, step=1, switch=switch, before=before, choices=Choices()
    )
    return phrases.line(routine.name, probe)


def _segment(
    bout: _Bout,
    kind: SegmentKind,
    start_ms: int,
    duration_ms: int,
    *,
    index: int,
    step: int,
    switch: bool,
    before: _Bout | None,
    choices: Choices,
) -> Segment:
    move = bout.move
    exercise = move.exercise
    return Segment(
        index=index,
        kind=kind,
        start_ms=start_ms,
        duration_ms=duration_ms,
        step=step,
        exercise=exercise.id if exercise else None,
        name=move.name,
        spoken=move.spoken,
        side=bout.side,
        phase=move.phase,
        position=move.position,
        round=bout.round,
        rounds=move.rounds,
        block=move.block,
        block_step=move.block_step,
        dose=move.dose,
        work_ms=move.work_ms,
        tempo=move.tempo,
        alternating=bool(exercise and exercise.alternating and bout.side is Side.BOTH),
        first_side=choices.first_side,
        breath_ms=move.breath_ms,
        cadence=move.cadence,
        rpe=move.step.rpe,
        cues=_cue_texts(move),
        note=move.step.note,
        switch=switch,
        new_position=(
            before is None or not phrases.same_place(before.move.position, move.position)
        ),
    )


def _cue_texts(move: _Move) -> tuple[str, ...]:
    if move.step.cues is not None:
        return move.step.cues
    return move.exercise.cues if move.exercise else ()
