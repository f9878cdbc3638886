"""Changes to a routine for today only: its file knows nothing of them."""

from dataclasses import dataclass, field, replace

from app.domain.choices import Choices
from app.domain.choosing import Part
from app.domain.exercise import Exercise, ExerciseLibrary, Mode, Sides
from app.domain.expand import expand
from app.domain.fitting import Fitted, Place, fit
from app.domain.glance import length_ms
from app.domain.routine import (
    STEP_MAX_MS,
    STEP_MIN_MS,
    Dose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
)

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is started, as far as it differs from the file."""

    routine: Routine | None = None
    """None: as the file has it. Else the same blocks and steps, done otherwise."""
    switched_on: frozenset[Part] = frozenset()
    switched_off: frozenset[Part] = frozenset()


AS_WRITTEN = Day()


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What the user wants otherwise today."""

    switched_on: frozenset[Part] = frozenset()
    """Optional parts that are in."""
    left_out: frozenset[Place] = frozenset()
    """Steps that are not done, though they are not optional."""
    swapped: frozenset[tuple[Place, str]] = frozenset()
    """Steps that are done as another exercise: the place, and the exercise's id."""
    minutes: int | None = None
    """The time there is; None is as long as it takes."""
    kept: frozenset[Part] = frozenset()
    """Of `switched_on` those that were chosen after the time, so that it leaves them in."""

    def exercise_at(self, place: Place) -> str | None:
        """Return the exercise that a step is swapped for; None where it is the written one."""
        return next((exercise for where, exercise in self.swapped if where == place), None)

    # Changes

    def switch(self, part: Part, *, on: bool) -> "Today":
        """Take an optional block or step in, or out."""
        if not on:
            return replace(self, switched_on=self.switched_on - {part}, kept=self.kept - {part})
        kept = self.kept | {part} if self.minutes is not None else self.kept
        return replace(self, switched_on=self.switched_on | {part}, kept=kept)

    def leave_out(self, place: Place, *, out: bool) -> "Today":
        """Leave a step out, or put it back."""
        left_out = self.left_out | {place} if out else self.left_out - {place}
        return replace(self, left_out=left_out)

    def swap(self, place: Place, exercise: str | None) -> "Today":
        """Do a step as another exercise; None does it as written."""
        others = {(where, found) for where, found in self.swapped if where != place}
        if exercise is not None:
            others.add((place, exercise))
        return replace(self, swapped=frozenset(others))

    def take(self, minutes: int | None) -> "Today":
        """Have so much time; None is as much as it takes."""
        return replace(self, minutes=minutes, kept=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A routine as it is done today."""

    routine: Routine
    """The same blocks and steps as in the file, one for one."""
    choices: Choices
    fitted: Fitted | None = None
    """What the time took; None where as much time is taken as it needs."""
    day: Day = field(default=AS_WRITTEN)


def plan_today(
    routine: Routine, exercises: ExerciseLibrary, choices: Choices, today: Today
) -> Planned:
    """Return `routine` as it is done today.

    Of `choices` everything holds but its own optional parts. Raises RoutineError where there is a
    time to fit and the routine cannot be laid flat, such as that everything is left out.
    """
    changed = _swapped(routine, exercises, today)
    off = choices.switched_off | {(block, step) for block, step in today.left_out}
    chosen = replace(choices, with_optional=False, switched_on=today.switched_on, switched_off=off)
    fitted: Fitted | None = None
    if today.minutes is not None:
        target_ms = today.minutes * _MINUTE_MS
        fitted = fit(changed, exercises, chosen, target_ms, keep=today.kept)
        changed, chosen = fitted.routine, fitted.choices
    return Planned(
        routine=changed,
        choices=chosen,
        fitted=fitted,
        day=Day(
            routine=None if changed == routine else changed,
            switched_on=chosen.switched_on,
            switched_off=chosen.switched_off,
        ),
    )


def unfitted_ms(
    routine: Routine, exercises: ExerciseLibrary, choices: Choices, today: Today
) -> int:
    """Return how long it would last today with all the time it takes, without get-ready."""
    planned = plan_today(routine, exercises, choices, replace(today, minutes=None))
    return length_ms(expand(planned.routine, exercises, planned.choices))


def still_possible(
    today: Today, before: Routine, after: Routine, exercises: ExerciseLibrary
) -> Today:
    """Return what is left of the changes once a routine's file has changed.

    A step's changes stay where the same step stands in the same place; switches stay where there
    is an optional part.
    """

    def is_same(place: Place) -> bool:
        old, new = _step_at(before, place), _step_at(after, place)
        return old is not None and old == new

    optional = optional_parts(after)
    return replace(
        today,
        switched_on=today.switched_on & optional,
        kept=today.kept & optional,
        left_out=frozenset(place for place in today.left_out if is_same(place)),
        swapped=frozenset(
            (place, exercise)
            for place, exercise in today.swapped
            if is_same(place) and exercise in exercises
        ),
    )


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


def _step_at(routine: Routine, place: Place) -> Step | None:
    block, step = place
    if block < len(routine.blocks) and step < len(routine.blocks[block].steps):
        return routine.blocks[block].steps[step]
    return None


def _swapped(routine: Routine, exercises: ExerciseLibrary, today: Today) -> Routine:
    if not today.swapped:
        return routine
    swaps = dict(today.swapped)
    blocks = tuple(
        replace(
            block,
            steps=tuple(
                swap_step(step, swaps[at, number], exercises) if (at, number) in swaps else step
                for number, step in enumerate(block.steps)
            ),
        )
        for at, block in enumerate(routine.blocks)
    )
    return replace(routine, blocks=blocks)


def swap_step(step: Step, exercise: str, exercises: ExerciseLibrary) -> Step:
    """Return the step as another exercise: with what the author typed, as far as it fits there.

    Cues, tempo, position and phase are the new exercise's own. The dose stays where both are done
    alike, in time or in repetitions; the way into position stays where the position does.
    """
    before = exercises.get(step.exercise) if step.exercise else None
    after = exercises[exercise]
    keeps_dose = _takes_dose(step.dose, before, after)
    keeps_position = before is not None and before.position is after.position
    return replace(
        step,
        exercise=exercise,
        name=None,
        dose=step.dose if keeps_dose else None,
        side=_side(step.side, after),
        changeover_ms=step.changeover_ms if keeps_position else None,
        tempo_ms=None,
        cadence=step.cadence if keeps_dose and keeps_position else None,
        position=None,
        cues=None,
        phase=None,
    )


def _takes_dose(dose: Dose | None, before: Exercise | None, after: Exercise) -> bool:
    if isinstance(dose, RepsDose):
        # Where sides take turns both of them are counted.
        is_alike = before is not None and before.alternating is after.alternating
        rep_ms = after.tempo.rep_ms if after.tempo else 0
        return is_alike and STEP_MIN_MS <= dose.reps * rep_ms <= STEP_MAX_MS
    return before is None or (before.mode is Mode.REPS) == (after.mode is Mode.REPS)


def _side(side: SideChoice | None, after: Exercise) -> SideChoice | None:
    """Return the typed side where the exercise has sides, else the exercise's own."""
    one_sided = side in {SideChoice.LEFT, SideChoice.RIGHT, SideChoice.AFFECTED}
    return side if one_sided and after.sides is Sides.EACH else None
