"""What the preview shows, as plain values: computed from the timeline that would be played."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.domain.choices import Side
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.glance import equipment_of, length_ms, strip_of
from app.domain.timeline import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.choices import Choices
    from app.domain.choosing import Part
    from app.domain.exercise import Equipment, Exercise, ExerciseLibrary, Phase
    from app.domain.routine import Routine, Step
    from app.domain.timeline import Segment, Timeline

CUES_SHOWN: Final = 2
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

    @property
    def place(self) -> Place:
        return self.segment.block, self.segment.block_step


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLine:
    index: int
    """Counted from 0."""
    name: str
    rounds: int
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


def optional_parts(routine: Routine) -> frozenset[Part]:
    """Return every block and every step that can be left out."""
    blocks = {(index, None) for index, block in enumerate(routine.blocks) if block.optional}
    steps = {
        (index, number)
        for index, block in enumerate(routine.blocks)
        for number, step in enumerate(block.steps)
        if step.optional
    }
    return frozenset(blocks | steps)


def parts_at_first(routine: Routine, choices: Choices) -> frozenset[Part]:
    """Return the optional parts that `choices` have in."""
    parts = optional_parts(routine)
    return parts if choices.with_optional else parts & choices.switched_on


def preview_of(
    routine: Routine,
    exercises: ExerciseLibrary,
    choices: Choices,
    switched_on: frozenset[Part] = frozenset(),
) -> Preview:
    """Lay the routine flat with these optional parts in, and say what it is then.

    Of `choices` everything holds but its own optional parts. Raises RoutineError where the
    routine as a whole cannot be laid flat; with too little switched on the preview says so.
    """
    # Parts that are out have a row too: it says what they would add.
    whole = expand(
        routine, exercises, replace(choices, with_optional=True, switched_off=frozenset())
    )
    try:
        played = expand(
            routine, exercises, replace(choices, with_optional=False, switched_on=switched_on)
        )
    except RoutineError as error:
        return Preview(
            blocks=_blocks(routine, exercises, choices, switched_on, (whole, None)),
            problem=str(error),
        )
    return Preview(
        blocks=_blocks(routine, exercises, choices, switched_on, (whole, played)),
        duration_ms=length_ms(played),
        get_ready_ms=played.duration_ms - length_ms(played),
        steps=played.steps,
        strip=strip_of(played),
        equipment=equipment_of(routine, played, exercises),
        cautions=_cautions(played, exercises),
    )


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


def _blocks(
    routine: Routine,
    exercises: ExerciseLibrary,
    choices: Choices,
    switched_on: frozenset[Part],
    timelines: tuple[Timeline, Timeline | None],
) -> tuple[BlockLine, ...]:
    whole, played = timelines
    found = _found(whole)
    segments = played.segments if played is not None else ()
    places = {(segment.block, segment.block_step) for segment in segments}
    now = _block_lengths(played)
    could_be = _block_lengths(_with_every_block(routine, exercises, choices, switched_on))
    lines: list[BlockLine] = []
    for index, block in enumerate(routine.blocks):
        is_on = not block.optional or (index, None) in switched_on
        steps = tuple(
            _step(
                step,
                found[index, number],
                exercises,
                choices,
                is_on=(index, number) in places,
                block_is_on=is_on,
            )
            for number, step in enumerate(block.steps)
        )
        lines.append(
            BlockLine(
                index=index,
                name=block.name,
                rounds=block.rounds,
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


def _with_every_block(
    routine: Routine,
    exercises: ExerciseLibrary,
    choices: Choices,
    switched_on: frozenset[Part],
) -> Timeline | None:
    """Lay the routine flat with every block in, and of the optional steps those that are on."""
    blocks = {(index, None) for index, block in enumerate(routine.blocks) if block.optional}
    with suppress(RoutineError):
        return expand(
            routine,
            exercises,
            replace(choices, with_optional=False, switched_on=switched_on | blocks),
        )
    return None


def _step(
    step: Step,
    found: _Found,
    exercises: ExerciseLibrary,
    choices: Choices,
    *,
    is_on: bool,
    block_is_on: bool,
) -> StepLine:
    first = found.works[0]
    usual_switch_ms = max(choices.side_change_ms, LONG_SWITCH_MS - 1)
    return StepLine(
        segment=first,
        exercise=exercises.get(first.exercise) if first.exercise else None,
        per_side=len(found.works) > 1,
        cues=first.cues[:CUES_SHOWN],
        changeover_ms=found.changeover_ms if found.changeover_ms >= LONG_CHANGEOVER_MS else 0,
        switch_ms=found.switch_ms if found.switch_ms > usual_switch_ms else 0,
        rest_ms=step.rest_ms or 0 if found.rests else 0,
        optional=step.optional,
        is_on=is_on,
        can_switch=step.optional and block_is_on,
    )


def steps_of(preview: Preview) -> Iterator[StepLine]:
    """Yield every step in order, those that are out too."""
    for block in preview.blocks:
        yield from block.steps


def one_side(step: StepLine) -> Side:
    """Return the only side that a step is done on; BOTH where there is no single one."""
    return Side.BOTH if step.per_side else step.segment.side
