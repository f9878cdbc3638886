"""What the preview shows, as plain values: computed from the timeline that would be played."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.domain.choices import Side
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.fitting import Shorter, name_of
from app.domain.glance import equipment_of, length_ms, strip_of
from app.domain.timeline import SegmentKind
from app.domain.today import AS_WRITTEN, Day, Today, optional_parts, plan_today, unfitted_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.choices import Choices
    from app.domain.choosing import Part
    from app.domain.exercise import Equipment, Exercise, ExerciseLibrary, Phase
    from app.domain.fitting import Fitted
    from app.domain.routine import Dose, Routine, Step
    from app.domain.timeline import Segment, Timeline
    from app.domain.today import Planned

CUES_SHOWN: Final = 2
_MINUTE_MS: Final = 60_000
LONG_CHANGEOVER_MS: Final = 15_000
"""From here on a changeover is worth a word: no change of position takes as long."""
LONG_SWITCH_MS: Final = 10_000
"""The same for a switch of sides, unless the user's own setting is as long."""

Place = tuple[int, int]
"""Block and step, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of a block, as it is done in the first round."""

    segment: Segment
    """Its first work segment."""
    exercise: Exercise | None
    """None for a free-name step."""
    per_side: bool
    """Done on one side, then on the other; the dose is for each of them."""
    cues: tuple[str, ...]
    changeover_ms: int
    """Time to get into position; 0 where it is nothing out of the ordinary."""
    switch_ms: int
    """Time to switch sides; 0 where it is nothing out of the ordinary."""
    rest_ms: int
    """Rest after it; 0 where none follows."""
    optional: bool
    is_on: bool
    """Part of what Start starts."""
    can_switch: bool
    """Optional, in a block that is on."""
    is_left_out: bool = False
    """Not optional, and not done today."""
    instead_of: str = ""
    """The name of the written step, where another exercise is done today."""
    written_dose: Dose | None = None
    """What was written, where the dose is shorter today."""
    easier: tuple[Exercise, ...] = ()
    harder: tuple[Exercise, ...] = ()
    """What it can be swapped for today; the written exercise is not among them."""
    can_change: bool = False
    """It can be left out or swapped today: it is in a block that is on."""

    @property
    def place(self) -> Place:
        return self.segment.block, self.segment.block_step


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLine:
    index: int
    """Counted from 0."""
    name: str
    rounds: int
    written_rounds: int
    """More than `rounds` where some are left out today."""
    rest_ms: int
    """Between rounds."""
    duration_ms: int
    """All rounds together; while the block is off, what they would take."""
    optional: bool
    is_on: bool
    """Switched on, or not optional at all."""
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One warning, and the names of the exercises that it belongs to."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A routine with some of its optional parts in."""

    blocks: tuple[BlockLine, ...]
    duration_ms: int = 0
    """Without get-ready, as everywhere where a routine's length is given."""
    get_ready_ms: int = 0
    steps: int = 0
    """Work segments: sides and rounds."""
    strip: tuple[tuple[Phase, int], ...] = ()
    equipment: tuple[Equipment, ...] = ()
    cautions: tuple[Caution, ...] = ()
    problem: str = ""
    """Why it cannot be started so, such as that every part is off."""
    unfitted_ms: int = 0
    """What it would last with all the time it takes; 0 where it cannot be started."""
    fitted: Fitted | None = None
    """What the time took that there is today; None where it takes what it needs."""
    day: Day = AS_WRITTEN
    """What Start starts."""
    is_changed: bool = False
    """Steps are left out, swapped or shortened today; optional parts are no change."""


def parts_at_first(routine: Routine, choices: Choices) -> frozenset[Part]:
    """Return the optional parts that `choices` have in."""
    parts = optional_parts(routine)
    return parts if choices.with_optional else parts & choices.switched_on


def preview_of(
    routine: Routine,
    exercises: ExerciseLibrary,
    choices: Choices,
    today: Today | None = None,
) -> Preview:
    """Lay the routine flat as it is done today, and say what it is then.

    Of `choices` everything holds but its own optional parts. Raises RoutineError where the
    routine as a whole cannot be laid flat; with too little switched on the preview says so.
    """
    today = today or Today()
    try:
        planned = plan_today(routine, exercises, choices, today)
    except RoutineError:
        # Nothing is left that could be fitted to a time.
        planned = plan_today(routine, exercises, choices, replace(today, minutes=None))
    # Parts that are out have a row too: it says what they would add.
    whole = expand(
        planned.routine,
        exercises,
        replace(choices, with_optional=True, switched_off=frozenset()),
    )
    is_changed = planned.day.routine is not None or bool(today.left_out)
    changes = planned.fitted.left_out if planned.fitted is not None else ()
    shortened = {change.place: change.before for change in changes if isinstance(change, Shorter)}
    case = _Case(routine, exercises, choices, today, planned, shortened)
    try:
        played = expand(planned.routine, exercises, planned.choices)
    except RoutineError as error:
        return Preview(
            blocks=_blocks(case, whole, None),
            problem=str(error),
            day=planned.day,
            is_changed=is_changed,
        )
    return Preview(
        blocks=_blocks(case, whole, played),
        duration_ms=length_ms(played),
        get_ready_ms=played.duration_ms - length_ms(played),
        steps=played.steps,
        strip=strip_of(played),
        equipment=equipment_of(planned.routine, played, exercises),
        cautions=_cautions(played, exercises),
        unfitted_ms=(
            length_ms(played)
            if planned.fitted is None
            else unfitted_ms(routine, exercises, choices, today)
        ),
        fitted=planned.fitted,
        day=planned.day,
        is_changed=is_changed,
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """A routine as it is written, and as it is done today."""

    routine: Routine
    exercises: ExerciseLibrary
    choices: Choices
    today: Today
    planned: Planned
    shortened: dict[Place, Dose]
    """The written doses of steps that are shorter today."""


def _cautions(timeline: Timeline, exercises: ExerciseLibrary) -> tuple[Caution, ...]:
    names: dict[str, dict[str, None]] = {}
    for segment in timeline.segments:
        exercise = exercises.get(segment.exercise) if segment.exercise else None
        if exercise is not None and exercise.caution:
            names.setdefault(exercise.caution, {})[exercise.name] = None
    return tuple(Caution(text=text, names=tuple(found)) for text, found in names.items())


@dataclass(slots=True)
class _Found:
    """What a timeline has of one step."""

    works: list[Segment] = field(default_factory=list)
    """In the first round: one, or one for each side."""
    changeover_ms: int = 0
    switch_ms: int = 0
    rests: bool = False


def _found(timeline: Timeline) -> dict[Place, _Found]:
    found: dict[Place, _Found] = {}
    before: _Found | None = None
    for segment in timeline.segments:
        entry = found.setdefault((segment.block, segment.block_step), _Found())
        match segment.kind:
            case SegmentKind.WORK:
                before = entry
                if segment.round == 1:
                    entry.works.append(segment)
            case SegmentKind.REST if before is not None:
                before.rests = True
            case SegmentKind.CHANGEOVER if segment.round == 1 and segment.switch:
                entry.switch_ms = segment.duration_ms
            case SegmentKind.CHANGEOVER if segment.round == 1:
                entry.changeover_ms = segment.duration_ms
            case _:
                pass
    return found


def _block_lengths(timeline: Timeline | None) -> dict[int, int]:
    """Return each block's length in ms; a rest belongs to the step before it."""
    lengths: dict[int, int] = {}
    block = 0
    for segment in timeline.segments if timeline is not None else ():
        if segment.kind is SegmentKind.GET_READY:
            continue
        if segment.kind is not SegmentKind.REST:
            block = segment.block
        lengths[block] = lengths.get(block, 0) + segment.duration_ms
    return lengths


def _blocks(case: _Case, whole: Timeline, played: Timeline | None) -> tuple[BlockLine, ...]:
    found = _found(whole)
    segments = played.segments if played is not None else ()
    places = {(segment.block, segment.block_step) for segment in segments}
    now = _block_lengths(played)
    could_be = _block_lengths(_with_every_block(case))
    on = case.planned.choices.switched_on - case.planned.choices.switched_off
    lines: list[BlockLine] = []
    pairs = zip(case.routine.blocks, case.planned.routine.blocks, strict=True)
    for index, (written, block) in enumerate(pairs):
        is_on = not block.optional or (index, None) in on
        steps = tuple(
            _step(
                case,
                (index, number),
                found[index, number],
                is_on=(index, number) in places,
                block_is_on=is_on,
            )
            for number in range(len(block.steps))
        )
        lines.append(
            BlockLine(
                index=index,
                name=block.name,
                rounds=block.rounds,
                written_rounds=written.rounds,
                rest_ms=block.rest_ms if block.rounds > 1 else 0,
                duration_ms=(
                    now.get(index, 0) if is_on and played is not None else could_be.get(index, 0)
                ),
                optional=block.optional,
                is_on=is_on,
                steps=steps,
            )
        )
    return tuple(lines)


def _with_every_block(case: _Case) -> Timeline | None:
    """Lay the routine flat with every block in, and of the optional steps those that are on."""
    blocks = {(at, None) for at, block in enumerate(case.routine.blocks) if block.optional}
    chosen = case.planned.choices
    with suppress(RoutineError):
        return expand(
            case.planned.routine,
            case.exercises,
            replace(
                chosen,
                switched_on=chosen.switched_on | blocks,
                switched_off=chosen.switched_off - blocks,
            ),
        )
    return None


def _step(case: _Case, place: Place, found: _Found, *, is_on: bool, block_is_on: bool) -> StepLine:
    written = case.routine.blocks[place[0]].steps[place[1]]
    step = case.planned.routine.blocks[place[0]].steps[place[1]]
    first = found.works[0]
    exercise = case.exercises.get(first.exercise) if first.exercise else None
    usual_switch_ms = max(case.choices.side_change_ms, LONG_SWITCH_MS - 1)
    is_left_out = place in case.today.left_out and not written.optional
    easier = _others(exercise.easier if exercise else (), written, case.exercises)
    harder = _others(exercise.harder if exercise else (), written, case.exercises)
    is_swapped = step.exercise != written.exercise
    return StepLine(
        segment=first,
        exercise=exercise,
        per_side=len(found.works) > 1,
        cues=first.cues[:CUES_SHOWN],
        changeover_ms=found.changeover_ms if found.changeover_ms >= LONG_CHANGEOVER_MS else 0,
        switch_ms=found.switch_ms if found.switch_ms > usual_switch_ms else 0,
        rest_ms=step.rest_ms or 0 if found.rests else 0,
        optional=step.optional,
        is_on=is_on,
        can_switch=step.optional and block_is_on,
        is_left_out=is_left_out,
        instead_of=name_of(written, case.exercises) if is_swapped else "",
        written_dose=case.shortened.get(place),
        easier=easier,
        harder=harder,
        can_change=block_is_on and (not step.optional or bool(easier or harder or is_swapped)),
    )


def _others(
    names: tuple[str, ...], written: Step, exercises: ExerciseLibrary
) -> tuple[Exercise, ...]:
    known = (exercises[name] for name in names if name != written.exercise and name in exercises)
    return tuple(known)


def minutes_of(duration_ms: int) -> int:
    """Return a length in minutes as it is written everywhere, at least 1."""
    return max(1, (duration_ms + _MINUTE_MS // 2) // _MINUTE_MS)


def steps_of(preview: Preview) -> Iterator[StepLine]:
    """Yield every step in order, those that are out too."""
    for block in preview.blocks:
        yield from block.steps


def one_side(step: StepLine) -> Side:
    """Return the only side that a step is done on; BOTH where there is no single one."""
    return Side.BOTH if step.per_side else step.segment.side
