"""Makes a routine of the lines of a pasted list: blocks, steps with their sets, and notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.domain.choices import Choices
from app.domain.draft.model import About, DraftLine, LineKind
from app.domain.errors import RoutineError
from app.domain.exercise import Exercise, ExerciseLibrary, Mode, Sides
from app.domain.expand import FREE_TEMPO, expand
from app.domain.routine import (
    BLOCKS_MAX,
    REPS_MAX,
    ROUNDS_MAX,
    STEP_MAX_MS,
    STEPS_MAX,
    Block,
    Dose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
)

BLOCK_NAME = "Exercises"
"""The name of a block that no heading names."""

_NAME_MAX, _BLOCK_NAME_MAX, _FREE_NAME_MAX = 80, 60, 80
_LINE_MAX, _NOTE_MAX = 200, 400
_MOVE_TEMPO_MS = (1_000, 0, 1_000, 0)

TempoMs = tuple[int, int, int, int]


@dataclass(slots=True)
class _Block:
    name: str
    rounds: int | None = None
    entries: list[tuple[DraftLine, Step]] = field(default_factory=list)


def assemble(
    entries: Iterable[DraftLine],
    exercises: ExerciseLibrary,
    name: str,
    *,
    routine_id: str = "draft",
) -> Routine:
    """Return the routine of a list's lines; call it when their doubts are resolved.

    Headings become blocks. Sets become rounds where a block has one step, or the same sets and rest
    in all of them; else the step is repeated. What is no step is kept as text: how often and how to
    go on in the routine, everything else in the note of the step before it, and where there is no
    room in the routine's sources. A step still in doubt keeps its line in its note.

    Raises RoutineError where no line is a step, or the routine breaks a limit of routines.
    """
    maker = _Maker(exercises)
    for entry in entries:
        if not entry.skip:
            maker.add(entry)
    routine = maker.made(name, routine_id)
    expand(routine, exercises, Choices(with_optional=True))
    return routine


def tempo_of(entry: DraftLine, exercises: ExerciseLibrary) -> TempoMs | None:
    """Return the tempo that a step has to be given: for its hold, or where its exercise has none."""
    exercise = exercises.get(entry.exercise) if entry.exercise else None
    reps = entry.dose.reps if isinstance(entry.dose, RepsDose) else None
    if entry.dose is None and exercise is not None and exercise.mode is Mode.REPS:
        reps = exercise.reps
    return None if reps is None else _tempo(reps, entry.hold_ms, exercise)


class _Maker:
    def __init__(self, exercises: ExerciseLibrary) -> None:
        self._exercises = exercises
        self._blocks: list[_Block] = []
        self._loose: list[str] = []
        """Remarks before the first step."""
        self._frequency: list[str] = []
        self._progression: list[str] = []
        self._overflow: list[str] = []
        self._waiting: DraftLine | None = None
        """A heading that has no step yet."""

    def add(self, entry: DraftLine) -> None:
        match entry.kind:
            case LineKind.HEADING:
                self._keep_waiting()
                self._waiting = entry
                self._blocks.append(_Block(_clipped(entry, _BLOCK_NAME_MAX), entry.sets))
            case LineKind.STEP:
                self._waiting = None
                if not self._blocks:
                    self._blocks.append(_Block(BLOCK_NAME))
                self._blocks[-1].entries.append((entry, _step_of(entry, self._exercises)))
            case LineKind.NOTE:
                self._note(entry)
            case LineKind.UNKNOWN:
                self._remark(entry.text)

    def _note(self, entry: DraftLine) -> None:
        match entry.about:
            case About.DOSE:
                pass  # it has been read into the step before it
            case About.FREQUENCY:
                self._frequency.append(entry.text)
            case About.PROGRESSION:
                self._progression.append(entry.text)
            case About.REMARK | None:
                self._remark(entry.text)

    def _keep_waiting(self) -> None:
        """Keep the text of a heading that no step stands under."""
        if self._waiting is not None:
            self._remark(self._waiting.text)
            self._waiting = None

    def _remark(self, text: str) -> None:
        if not any(mark.isalnum() for mark in text):
            return  # a line that only rules off
        block = next((block for block in reversed(self._blocks) if block.entries), None)
        if block is None:
            self._loose.append(text)
            return
        line, step = block.entries[-1]
        note = _joined(step.note, text, _NOTE_MAX)
        if note is None:
            self._overflow.append(text)
        else:
            block.entries[-1] = line, replace(step, note=note)

    def made(self, name: str, routine_id: str) -> Routine:
        self._keep_waiting()
        blocks = tuple(_laid_out(part) for part in self._blocks if part.entries)
        _check(blocks)
        return Routine(
            id=routine_id,
            name=_clean(name)[:_NAME_MAX].strip() or BLOCK_NAME,
            blocks=blocks,
            summary=self._line_of(self._loose),
            frequency=self._line_of(self._frequency),
            progression=self._line_of(self._progression),
            sources=tuple(part for text in self._overflow for part in _pieces(text)),
        )

    def _line_of(self, texts: Sequence[str]) -> str:
        made = ""
        for text in texts:
            longer = _joined(made, text, _LINE_MAX)
            if longer is None:
                self._overflow.append(text)
            else:
                made = longer
        return made


def _check(blocks: Sequence[Block]) -> None:
    if not blocks:
        raise RoutineError("No line of the list is an exercise; at least one is needed")
    if len(blocks) > BLOCKS_MAX:
        raise RoutineError(f"The list has more than {BLOCKS_MAX} blocks; use fewer headings")
    if sum(len(block.steps) for block in blocks) > STEPS_MAX:
        raise RoutineError(
            f"The list comes to more than {STEPS_MAX} steps; leave some out, or divide it"
        )
    if any(block.rounds > ROUNDS_MAX for block in blocks):
        raise RoutineError(f"The list has more than {ROUNDS_MAX} sets of an exercise; use fewer")


def _joined(text: str | None, more: str, most: int) -> str | None:
    """Return a text with another one after it; None where that is too long."""
    more = _clean(more)
    joined = f"{text} {more}" if text else more
    return joined if len(joined) <= most else None


def _pieces(text: str) -> Iterator[str]:
    """Yield a text that is too long for a note in parts, without losing any of it."""
    rest = _clean(text)
    while len(rest) > _NOTE_MAX:
        at = rest.rfind(" ", 1, _NOTE_MAX)
        at = at if at > 0 else _NOTE_MAX
        yield rest[:at].strip()
        rest = rest[at:].strip()
    if rest:
        yield rest


def _clean(text: str) -> str:
    """Return a text as routine files may have it: one line, and signs that can be seen."""
    seen = "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(seen.split())


def _clipped(entry: DraftLine, most: int) -> str:
    return _clean(entry.name or entry.text)[:most].strip() or BLOCK_NAME


def _laid_out(part: _Block) -> Block:
    """Return a block whose sets add up: as rounds where they can be, else one step after another."""
    steps = tuple(step for _, step in part.entries)
    sets = {entry.sets or 1 for entry, _ in part.entries}
    rests = {entry.rest_ms or 0 for entry, _ in part.entries}
    if part.rounds is not None and sets <= {1, part.rounds}:
        return Block(name=part.name, steps=steps, rounds=part.rounds)
    if part.rounds in (None, 1) and len(sets) == 1 and len(rests) == 1:
        rounds = sets.pop()
        if rounds > 1:
            steps = tuple(replace(step, rest_ms=None) for step in steps)
            return Block(name=part.name, steps=steps, rounds=rounds, rest_ms=rests.pop())
        return Block(name=part.name, steps=steps)
    return Block(name=part.name, steps=tuple(_repeated(part)), rounds=part.rounds or 1)


def _repeated(part: _Block) -> Iterator[Step]:
    """Yield each step as often as it has sets; the rest stands between them, the note once."""
    for entry, step in part.entries:
        sets = entry.sets or 1
        if sets > STEPS_MAX:
            raise RoutineError(
                f"The list has more than {ROUNDS_MAX} sets of an exercise; use fewer"
            )
        for number in range(1, sets + 1):
            last = number == sets > 1
            yield replace(
                step,
                note=step.note if number == 1 else None,
                rest_ms=None if last else step.rest_ms,
            )


def _step_of(entry: DraftLine, exercises: ExerciseLibrary) -> Step:
    exercise = exercises.get(entry.exercise) if entry.exercise else None
    dose = entry.dose
    side = entry.sides if entry.sides_written else None
    if isinstance(dose, RepsDose) and exercise is not None and exercise.alternating:
        dose, side = _in_turn(dose, side)
    if dose is None and exercise is None:
        dose = OpenDose()
    if exercise is not None and side is _own_side(exercise):
        side = None
    return Step(
        exercise=exercise.id if exercise else None,
        name=None if exercise else _clipped(entry, _FREE_NAME_MAX),
        dose=dose,
        side=side,
        rest_ms=entry.rest_ms or None,
        tempo_ms=tempo_of(replace(entry, dose=dose), exercises),
        note=_note_of(entry),
    )


def _in_turn(dose: RepsDose, side: SideChoice | None) -> tuple[Dose, SideChoice | None]:
    """Count both sides together, as the library does where they take turns."""
    reps = dose.reps
    if side is SideChoice.EACH:
        reps, side = 2 * reps, None
    return RepsDose(min(reps + reps % 2, REPS_MAX)), side


def _own_side(exercise: Exercise) -> SideChoice:
    return SideChoice.EACH if exercise.sides is Sides.EACH else SideChoice.BOTH


def _tempo(reps: int, hold_ms: int | None, exercise: Exercise | None) -> TempoMs | None:
    own = exercise.tempo if exercise else FREE_TEMPO
    if own is not None and hold_ms is None:
        return None
    if own is not None:
        base = own.phases_ms
    elif hold_ms is None and exercise is not None and exercise.mode is Mode.MOVE:
        return _MOVE_TEMPO_MS
    else:
        base = FREE_TEMPO.phases_ms
    tempo_ms = (base[0], base[1] if hold_ms is None else hold_ms, base[2], base[3])
    return tempo_ms if reps * sum(tempo_ms) <= STEP_MAX_MS or own is None else None


def _note_of(entry: DraftLine) -> str | None:
    """Return the step's note: what was beside the dose, or the line where the step says less."""
    ranged = entry.dose_max is not None or entry.sets_max is not None
    note = entry.text if ranged or entry.doubts else entry.note or ""
    return _clean(note)[:_NOTE_MAX].strip() or None
