"""Fits a routine to a time for today: leaves out and shortens no more than it has to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from app.domain.choices import Choices
from app.domain.choosing import Part
from app.domain.errors import RoutineError
from app.domain.exercise import ExerciseLibrary, Mode
from app.domain.expand import expand
from app.domain.glance import length_ms
from app.domain.routine import BreathsDose, Dose, Routine, SideChoice, Step, TimeDose
from app.domain.timeline import Segment

FLOOR_MS = 15_000
"""No hold gets shorter than this; one that is shorter already stays as it is."""

_ROUND_TO_MS = 5_000
_WHOLE = 1_000
"""The share of a dose that stays is counted in thousandths."""

Place = tuple[int, int]
"""Block and step, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLeftOut:
    """An optional block or step that is not done."""

    part: Part
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FewerRounds:
    block: int
    """Counted from 0."""
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorter:
    """A step that takes less time, on each of its sides."""

    place: Place
    name: str
    before: Dose
    after: Dose


Change = PartLeftOut | FewerRounds | Shorter

_TimedDose = TimeDose | BreathsDose


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A routine for today. Its blocks and steps are those of the file, one for one."""

    routine: Routine
    """With fewer rounds and shorter doses."""
    choices: Choices
    """With more parts switched off."""
    left_out: tuple[Change, ...]
    """What differs: parts, then rounds, then doses, each in the order of the file."""
    duration_ms: int
    """Without get-ready, as everywhere where a routine's length is given."""
    fits: bool
    """False: it lasts longer than the time there is, and could not be made shorter."""


@dataclass(frozen=True, slots=True)
class _Plan:
    routine: Routine
    choices: Choices


def fit(
    routine: Routine,
    exercises: ExerciseLibrary,
    choices: Choices,
    target_ms: int,
    *,
    keep: frozenset[Part] = frozenset(),
) -> Fitted:
    """Make `routine` last at most `target_ms`, without get-ready, if that can be.

    First optional parts go (but those of `keep`), from the end; then rounds, one at a time where
    there are most; then what is timed or counted in breaths gets shorter, all in proportion and
    down to a floor. Both sides of a step stay alike, and so do a left and a right step of the same
    exercise in one block: neither goes or gets shorter without the other. No step is left out that
    is not optional.

    Raises RoutineError where the routine cannot be laid flat as it is.
    """
    fitting = _Fitting(exercises, target_ms)
    whole = _Plan(routine, choices)
    plan, duration_ms = whole, length_ms(expand(routine, exercises, choices))
    for stage in (fitting.leave_out(keep), fitting.cut_rounds, fitting.shorten):
        if duration_ms <= target_ms:
            break
        plan = stage(plan)
        duration_ms = length_ms(expand(plan.routine, exercises, plan.choices))
    return Fitted(
        routine=plan.routine,
        choices=plan.choices,
        left_out=tuple(_changes(whole, plan, exercises)),
        duration_ms=duration_ms,
        fits=duration_ms <= target_ms,
    )


class _Fitting:
    """The three ways to make a plan shorter, each as little as is enough, or as far as it goes."""

    def __init__(self, exercises: ExerciseLibrary, target_ms: int) -> None:
        self._exercises = exercises
        self._target_ms = target_ms

    def leave_out(self, keep: frozenset[Part]) -> Callable[[_Plan], _Plan]:
        """Return the stage that leaves out optional parts, but those of `keep`."""

        def stage(plan: _Plan) -> _Plan:
            units = _optional_units_in(plan, keep)

            def without(count: int) -> _Plan:
                off = plan.choices.switched_off.union(*units[:count])
                return replace(plan, choices=replace(plan.choices, switched_off=off))

            most = len(units)
            while most and not self._has_steps(without(most)):
                most -= 1
            return self._least(without, most)

        return stage

    def cut_rounds(self, plan: _Plan) -> _Plan:
        """Take rounds away, each time from the block that has most, the last of those."""
        played = {segment.block for segment in self._segments(plan)}
        blocks = plan.routine.blocks
        rounds = [block.rounds if at in played else 1 for at, block in enumerate(blocks)]
        order: list[int] = []
        while max(rounds) > 1:
            most = max(range(len(rounds)), key=lambda at: (rounds[at], at))
            rounds[most] -= 1
            order.append(most)

        def after(count: int) -> _Plan:
            cut = order[:count]
            made = (replace(b, rounds=b.rounds - cut.count(at)) for at, b in enumerate(blocks))
            return replace(plan, routine=replace(plan.routine, blocks=tuple(made)))

        return self._least(after, len(order))

    def shorten(self, plan: _Plan) -> _Plan:
        """Shorten doses in proportion; of the last bit that is needed only the last steps."""
        doses = {
            place: dose
            for place in sorted({(s.block, s.block_step) for s in self._segments(plan)})
            if (dose := _timed_dose(_step(plan.routine, place), self._exercises)) is not None
        }
        breath_ms = plan.choices.breath_ms

        def at_share(lost: int) -> dict[Place, _TimedDose]:
            share = _WHOLE - lost
            return {place: _shorter(dose, share, breath_ms) for place, dose in doses.items()}

        lost = self._fewest(lambda lost: _with_doses(plan, doses, at_share(lost)), _WHOLE)
        longer, shorter = at_share(lost - 1), at_share(lost)
        differing = [
            unit
            for unit in _units(reversed(doses), _partners(plan))
            if any(longer[place] != shorter[place] for place in doses if place in unit)
        ]

        def with_last(count: int) -> _Plan:
            last = frozenset[Part]().union(*differing[:count])
            mixed = {place: (shorter if place in last else longer)[place] for place in doses}
            return _with_doses(plan, doses, mixed)

        return self._least(with_last, len(differing))

    def _least(self, after: Callable[[int], _Plan], most: int) -> _Plan:
        return after(self._fewest(after, most) if most else 0)

    def _fewest(self, after: Callable[[int], _Plan], most: int) -> int:
        """Return the smallest number from 1 to `most` after which it fits, else `most`."""
        low, high = 1, most
        while low < high:
            middle = (low + high) // 2
            if length_ms(expand(*self._arguments(after(middle)))) <= self._target_ms:
                high = middle
            else:
                low = middle + 1
        return high

    def _arguments(self, plan: _Plan) -> tuple[Routine, ExerciseLibrary, Choices]:
        return plan.routine, self._exercises, plan.choices

    def _segments(self, plan: _Plan) -> tuple[Segment, ...]:
        return expand(*self._arguments(plan)).segments

    def _has_steps(self, plan: _Plan) -> bool:
        try:
            expand(*self._arguments(plan))
        except RoutineError:
            return False
        return True


def _step(routine: Routine, place: Place) -> Step:
    return routine.blocks[place[0]].steps[place[1]]


def name_of(step: Step, exercises: ExerciseLibrary) -> str:
    """Return what a step is called; an exercise that is not known goes by its id."""
    if step.exercise is None:
        return step.name or ""
    exercise = exercises.get(step.exercise)
    return exercise.name if exercise is not None else step.exercise


def _optional_parts_in(plan: _Plan) -> Iterator[Part]:
    """Yield the optional parts that are in, from the end: steps before the block they are in."""
    for at, block in reversed(list(enumerate(plan.routine.blocks))):
        if not _is_in(plan.choices, (at, None), optional=block.optional):
            continue
        for number, step in reversed(list(enumerate(block.steps))):
            if step.optional and _is_in(plan.choices, (at, number), optional=True):
                yield at, number
        if block.optional:
            yield at, None


def _optional_units_in(plan: _Plan, keep: frozenset[Part]) -> list[frozenset[Part]]:
    """Return what can be left out, from the end: a part, or a left and a right step together."""
    parts = [part for part in _optional_parts_in(plan) if part not in keep]
    return [unit for unit in _units(parts, _partners(plan)) if unit.issubset(parts)]


def _units(parts: Iterable[Part], partners: Mapping[Part, Part]) -> list[frozenset[Part]]:
    """Return parts, each together with its partner, in the order in which they first come."""
    return list(dict.fromkeys(frozenset((part, partners.get(part, part))) for part in parts))


def _partners(plan: _Plan) -> dict[Part, Part]:
    """Return the step of the other side for each step of a left and a right one that are in.

    Where a block has several of an exercise, those that are most alike belong together.
    """
    partners: dict[Part, Part] = {}
    for at, block in enumerate(plan.routine.blocks):
        lefts, rights = (
            [
                (number, step)
                for number, step in enumerate(block.steps)
                if step.side is side and _is_in(plan.choices, (at, number), optional=step.optional)
            ]
            for side in (SideChoice.LEFT, SideChoice.RIGHT)
        )
        pairs = [
            (left.optional != right.optional, left.dose != right.dose, (at, one), (at, other))
            for (one, left), (other, right) in product(lefts, rights)
            if (left.exercise, left.name) == (right.exercise, right.name)
        ]
        for _, _, one_place, other_place in sorted(pairs):
            if one_place not in partners and other_place not in partners:
                partners[one_place], partners[other_place] = other_place, one_place
    return partners


def _is_in(choices: Choices, part: Part, *, optional: bool) -> bool:
    if part in choices.switched_off:
        return False
    return not optional or choices.with_optional or part in choices.switched_on


def _timed_dose(step: Step, exercises: ExerciseLibrary) -> _TimedDose | None:
    """Return the dose that can be shortened; None for repetitions and open-ended steps."""
    if step.dose is not None:
        return step.dose if isinstance(step.dose, TimeDose | BreathsDose) else None
    exercise = exercises.get(step.exercise) if step.exercise else None
    if exercise is None or exercise.mode is Mode.REPS or exercise.seconds_ms is None:
        return None
    return TimeDose(exercise.seconds_ms)


def _shorter(dose: _TimedDose, share: int, breath_ms: int) -> _TimedDose:
    """Return so many thousandths of a dose, in steps of 5 s, and never below the floor."""
    match dose:
        case TimeDose(duration_ms=own_ms):
            wanted_ms = own_ms * share // _WHOLE
            if wanted_ms < own_ms:
                wanted_ms = wanted_ms // _ROUND_TO_MS * _ROUND_TO_MS
            return TimeDose(max(wanted_ms, min(own_ms, FLOOR_MS)))
        case BreathsDose(breaths=own):
            least = min(own, -(-FLOOR_MS // breath_ms))
            return BreathsDose(max(own * share // _WHOLE, least))


def _with_doses(
    plan: _Plan, before: Mapping[Place, _TimedDose], after: Mapping[Place, _TimedDose]
) -> _Plan:
    """Return the plan with doses in place of those it had; what stays the same is left untyped."""
    made = (
        replace(
            block,
            steps=tuple(
                replace(step, dose=after[at, number])
                if (at, number) in after and after[at, number] != before[at, number]
                else step
                for number, step in enumerate(block.steps)
            ),
        )
        for at, block in enumerate(plan.routine.blocks)
    )
    return replace(plan, routine=replace(plan.routine, blocks=tuple(made)))


def _changes(whole: _Plan, plan: _Plan, exercises: ExerciseLibrary) -> Iterator[Change]:
    gone = plan.choices.switched_off - whole.choices.switched_off
    blocks = list(enumerate(zip(whole.routine.blocks, plan.routine.blocks, strict=True)))
    for at, (block, _) in blocks:
        # A block that is out has its steps out with it.
        if (at, None) in gone:
            yield PartLeftOut(part=(at, None), name=block.name)
            continue
        for number, step in enumerate(block.steps):
            if (at, number) in gone:
                yield PartLeftOut(part=(at, number), name=name_of(step, exercises))
    for at, (old, new) in blocks:
        if old.rounds != new.rounds:
            yield FewerRounds(block=at, name=old.name, before=old.rounds, after=new.rounds)
    for at, (old, new) in blocks:
        for number, (before, after) in enumerate(zip(old.steps, new.steps, strict=True)):
            own = _timed_dose(before, exercises)
            if before != after and own is not None and after.dose is not None:
                name = name_of(before, exercises)
                yield Shorter(place=(at, number), name=name, before=own, after=after.dose)
