"""What a physio would remark about a routine: never an error, always with a reason."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain import phrases
from app.domain.advice_words import minutes_said, quoted_name, seconds_words
from app.domain.choices import Choices
from app.domain.errors import RoutineError
from app.domain.exercise import Category, Exercise, ExerciseLibrary, Mode, Phase, Position
from app.domain.expand import expand
from app.domain.glance import length_ms
from app.domain.routine import Block, BreathsDose, RepsDose, Routine, SideChoice, Step, TimeDose
from app.domain.timeline import Segment, SegmentKind, Timeline
from app.domain.when import When

LONG_HOLD_MS = 60_000
SHORT_HOLD_MS = 10_000
WARM_MS = 30_000
"""So much easy movement counts as a warm-up for the first hard step."""
HARD_RPE = 6
FAR_SHARE, FAR_MS = 0.25, 90_000
"""A total is far from its summary where it differs by more than both."""


class Rule(StrEnum):
    """Each remark's id: it stands in files, and never changes."""

    LONG_HOLD = "long-hold-before-run"
    ONE_SIDE = "one-side-only"
    ZIGZAG = "up-and-down"
    SHORT_HOLD = "short-hold"
    NO_WARM_UP = "no-warm-up"
    CHANGEOVER = "short-changeover"
    TRAILING_REST = "trailing-rest"
    SUMMARY = "length-differs"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a rule is there."""

    reason: str
    source: str


GROUNDS = {
    Rule.LONG_HOLD: Ground(
        "Muscles that were held long give a little less force for a while: about 5 % less after"
        " holds of 60 s or more, about 1 % after shorter ones.",
        "Behm et al. 2016, Appl Physiol Nutr Metab 41(1)",
    ),
    Rule.ONE_SIDE: Ground(
        "Running loads both legs alike; a list that names one side is often a slip."
        " Where the sore side alone is meant, “affected” says so.",
        "ACSM position stand, Garber et al. 2011: stretch each major muscle group",
    ),
    Rule.ZIGZAG: Ground(
        "Getting down and up again takes 12 s each way, in which muscles cool and nothing is"
        " trained.",
        "Position changes as Warmdown times them",
    ),
    Rule.SHORT_HOLD: Ground(
        "Guidelines hold a stretch for 10 to 30 s; a shorter one ends before it takes effect.",
        "ACSM position stand, Garber et al. 2011, Med Sci Sports Exerc 43(7)",
    ),
    Rule.NO_WARM_UP: Ground(
        "In four of five trials people did better after a warm-up than without one.",
        "Fradkin et al. 2010, J Strength Cond Res 24(1)",
    ),
    Rule.CHANGEOVER: Ground(
        "What does not fit is shortened or left unsaid, so that side or dose may be missed by"
        " someone who does not look.",
        "Spoken lines as Warmdown times them",
    ),
    Rule.TRAILING_REST: Ground(
        "Nothing comes after it to rest for: the session ends with the last step.",
        "Rests as Warmdown plays them",
    ),
    Rule.SUMMARY: Ground(
        "People choose a routine by the time they have.",
        "The routine's own length, without get-ready and optional parts",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One remark, and the part that it is about."""

    id: Rule
    message: str
    """One sentence."""
    block: int | None = None
    """Counted from 0; None where it is about the whole routine."""
    step: int | None = None
    """Counted from 0; None where it is about the whole block or routine."""
    key: str = ""
    """The key of the routine, block or step that it is about, as files name it."""

    @property
    def reason(self) -> str:
        return GROUNDS[self.id].reason

    @property
    def source(self) -> str:
        return GROUNDS[self.id].source

    @property
    def path(self) -> tuple[str | int, ...]:
        """Keys and numbers from 0 that lead to the place in a file: a step, a block or a key."""
        if self.block is None:
            return (self.key,) if self.key else ()
        block = ("blocks", self.block)
        return block if self.step is None else (*block, "steps", self.step)


@dataclass(frozen=True, slots=True)
class Silence:
    """Where a rule has nothing to say: in a step, a block or, with neither, the whole routine."""

    rule: Rule
    block: int | None = None
    step: int | None = None

    def covers(self, advice: Advice) -> bool:
        return (
            self.rule is advice.id
            and self.block in {None, advice.block}
            and self.step in {None, advice.step}
        )


def advise(
    routine: Routine,
    exercises: ExerciseLibrary,
    choices: Choices,
    silenced: AbstractSet[Silence] = frozenset(),
) -> tuple[Advice, ...]:
    """Return every remark that is not silenced: about the whole first, then from top to bottom.

    Of a routine that cannot be laid flat only what can be said without its timeline.
    """
    case = _Case(routine, exercises, choices)
    found = [
        advice
        for rule in _RULES
        for advice in rule(case)
        if not any(silence.covers(advice) for silence in silenced)
    ]
    order = list(Rule)
    nowhere = -1
    return tuple(
        sorted(
            found,
            key=lambda advice: (
                nowhere if advice.block is None else advice.block,
                nowhere if advice.step is None else advice.step,
                order.index(advice.id),
            ),
        )
    )


def grouped(routine: Routine, block: int, exercises: ExerciseLibrary) -> tuple[int, ...]:
    """Return the steps of a block in an order that goes up or down once, as their numbers.

    Steps of one position stay together in the order they had; the block begins as it did.
    """
    positions = _positions(routine, exercises)[block]
    levels = [_level(position) for position in positions]
    if not levels:
        return ()
    first = levels[0]
    down = sorted(range(3), reverse=first != 0)
    way = sorted(set(levels), key=lambda level: (level != first, down.index(level)))
    place = {level: number for number, level in enumerate(way)}
    seen = list(dict.fromkeys(positions))
    return tuple(
        sorted(
            range(len(levels)),
            key=lambda at: (place[levels[at]], seen.index(positions[at]), at),
        )
    )


class _Case:
    """A routine with what several rules look at."""

    def __init__(self, routine: Routine, exercises: ExerciseLibrary, choices: Choices) -> None:
        self.routine = routine
        self.exercises = exercises
        self.choices = choices
        self.whole = self._timeline(with_optional=True)
        """With every optional part; None where it cannot be laid flat."""
        self.usual = self._timeline(with_optional=False)

    def _timeline(self, *, with_optional: bool) -> Timeline | None:
        choices = replace(
            self.choices,
            with_optional=with_optional,
            switched_on=frozenset(),
            switched_off=frozenset(),
        )
        try:
            return expand(self.routine, self.exercises, choices)
        except RoutineError:
            return None

    def steps(self) -> Iterator[tuple[int, int, Block, Step]]:
        for at, block in enumerate(self.routine.blocks):
            for number, step in enumerate(block.steps):
                yield at, number, block, step

    def exercise(self, step: Step) -> Exercise | None:
        return self.exercises.get(step.exercise) if step.exercise else None

    def works(self) -> Iterator[tuple[Segment, Step, Exercise | None]]:
        """Yield the first work segment of each step, in order."""
        seen: set[tuple[int, int]] = set()
        for segment in self.whole.segments if self.whole is not None else ():
            place = (segment.block, segment.block_step)
            if segment.is_work and place not in seen:
                seen.add(place)
                step = self.routine.blocks[segment.block].steps[segment.block_step]
                yield segment, step, self.exercise(step)


def _at(rule: Rule, segment: Segment, message: str, *, key: str = "") -> Advice:
    return Advice(id=rule, message=message, block=segment.block, step=segment.block_step, key=key)


def _is_hold(segment: Segment, exercise: Exercise | None) -> bool:
    """Whether a step is held still for a time, or for so many breaths."""
    if not isinstance(segment.dose, TimeDose | BreathsDose):
        return False
    if exercise is not None:
        return exercise.mode is Mode.HOLD
    return segment.phase in {Phase.STATIC, Phase.CORE} and segment.cadence is None


def _dose_key(segment: Segment) -> str:
    return "breaths" if isinstance(segment.dose, BreathsDose) else "seconds"


def _long_holds(case: _Case) -> Iterator[Advice]:
    if case.routine.when is not When.BEFORE_RUN:
        return
    for segment, _, exercise in case.works():
        is_stretch = (
            exercise.category is Category.STATIC if exercise else segment.phase is Phase.STATIC
        )
        if is_stretch and _is_hold(segment, exercise) and segment.work_ms >= LONG_HOLD_MS:
            length = seconds_words(segment.work_ms)
            yield _at(
                Rule.LONG_HOLD,
                segment,
                f"{quoted_name(segment.name)} is held for {length} before a run;"
                " hold it for less than 60 s, or after the run",
                key=_dose_key(segment),
            )


def _one_side(case: _Case) -> Iterator[Advice]:
    done: dict[object, set[SideChoice]] = {}
    for _, _, _, step in case.steps():
        if step.side is not None:
            done.setdefault(step.exercise or step.name, set()).add(step.side)
    one = {SideChoice.LEFT: SideChoice.RIGHT, SideChoice.RIGHT: SideChoice.LEFT}
    for at, number, _, step in case.steps():
        other = one.get(step.side) if step.side is not None else None
        if step.side is None or other is None:
            continue
        if done[step.exercise or step.name].isdisjoint({other, SideChoice.EACH}):
            exercise = case.exercise(step)
            name = exercise.name if exercise is not None else step.name or step.exercise or ""
            yield Advice(
                id=Rule.ONE_SIDE,
                message=f"{quoted_name(name)} is done on the {step.side} side only;"
                f" add the {other} side, or do it on each side",
                block=at,
                step=number,
                key="side",
            )


_UPRIGHT = {Position.STANDING, Position.WALKING, Position.RUNNING}
_FLOOR = {
    Position.QUADRUPED,
    Position.PLANK,
    Position.SUPINE,
    Position.PRONE,
    Position.SIDE_LYING,
}


def _level(position: Position) -> int:
    """0 upright, 1 seated or kneeling, 2 on the floor."""
    return 0 if position in _UPRIGHT else 2 if position in _FLOOR else 1


def _positions(routine: Routine, exercises: ExerciseLibrary) -> list[list[Position]]:
    """Return each step's position, block by block; a free name has that of the step before it."""
    position = Position.STANDING
    found: list[list[Position]] = []
    for block in routine.blocks:
        found.append([])
        for step in block.steps:
            exercise = exercises.get(step.exercise) if step.exercise else None
            position = exercise.position if exercise else step.position or position
            found[-1].append(position)
    return found


def _zigzag(case: _Case) -> Iterator[Advice]:
    """Find the first step in each block for which one stands up between two on the floor."""
    told: set[int] = set()
    was_down = False
    up: tuple[int, int] | None = None
    for at, positions in enumerate(_positions(case.routine, case.exercises)):
        for number, position in enumerate(positions):
            level = _level(position)
            if level == 0 and was_down and up is None:
                up = (at, number)
            elif level == 2:  # noqa: PLR2004  (on the floor)
                if up is not None and up[0] not in told:
                    told.add(up[0])
                    yield Advice(
                        id=Rule.ZIGZAG,
                        message="This step stands up between steps on the floor;"
                        " put what is done in one position together",
                        block=up[0],
                        step=up[1],
                    )
                was_down, up = True, None


def _short_holds(case: _Case) -> Iterator[Advice]:
    for segment, _, exercise in case.works():
        if _is_hold(segment, exercise) and segment.work_ms < SHORT_HOLD_MS:
            length = seconds_words(segment.work_ms)
            yield _at(
                Rule.SHORT_HOLD,
                segment,
                f"{quoted_name(segment.name)} is held for {length} only; hold it for 10 s or more",
                key=_dose_key(segment),
            )


def _no_warm_up(case: _Case) -> Iterator[Advice]:
    """Look for enough easy movement before the first hard step."""
    # After a run one is warm.
    if case.routine.when is When.AFTER_RUN or case.usual is None:
        return
    warm_ms = 0
    for segment in case.usual.segments:
        if not segment.is_work:
            continue
        step = case.routine.blocks[segment.block].steps[segment.block_step]
        exercise = case.exercise(step)
        if _is_hard(segment, exercise):
            if warm_ms < WARM_MS:
                yield _at(
                    Rule.NO_WARM_UP,
                    segment,
                    f"{quoted_name(segment.name)} is hard and comes without a warm-up;"
                    " begin with a minute of easy movement",
                )
            return
        if _is_easy_movement(segment, exercise):
            warm_ms += segment.duration_ms


def _is_hard(segment: Segment, exercise: Exercise | None) -> bool:
    if segment.rpe is not None:
        return segment.rpe >= HARD_RPE
    return exercise is not None and exercise.category is Category.STRENGTH


def _is_easy_movement(segment: Segment, exercise: Exercise | None) -> bool:
    if exercise is None:
        return isinstance(segment.dose, RepsDose) or segment.phase in {Phase.WARMUP, Phase.DYNAMIC}
    return exercise.mode is not Mode.HOLD and exercise.category is not Category.BREATHING


def _changeovers(case: _Case) -> Iterator[Advice]:
    told: set[tuple[int, int, bool]] = set()
    for segment in case.whole.segments if case.whole is not None else ():
        if segment.kind is not SegmentKind.CHANGEOVER:
            continue
        step = case.routine.blocks[segment.block].steps[segment.block_step]
        own, of_routine = (
            (step.side_change_ms, case.routine.side_change_ms)
            if segment.switch
            else (step.changeover_ms, case.routine.changeover_ms)
        )
        needed_ms = phrases.speech_ms(phrases.line(case.routine.name, segment))
        place = (segment.block, segment.block_step, segment.switch)
        is_typed = own is not None or of_routine is not None
        if not is_typed or segment.duration_ms >= needed_ms or place in told:
            continue
        told.add(place)
        has, needs = (seconds_words(ms) for ms in (segment.duration_ms, _up(needed_ms)))
        what = "to switch sides in" if segment.switch else "to get to"
        yield _at(
            Rule.CHANGEOVER,
            segment,
            f"{has} {what} {quoted_name(segment.name)} is too short for the {needs} of what is"
            " said; make it longer, or leave it untyped",
            key="side_change" if segment.switch else "changeover",
        )


def _up(duration_ms: int) -> int:
    """Round up to half a second: more precise no estimate is."""
    return -(-duration_ms // 500) * 500


def _trailing_rest(case: _Case) -> Iterator[Advice]:
    blocks = case.routine.blocks
    if not blocks or not blocks[-1].steps:
        return
    last = blocks[-1].steps[-1]
    # Between rounds it is taken.
    if last.rest_ms and blocks[-1].rounds == 1:
        yield Advice(
            id=Rule.TRAILING_REST,
            message=f"The {seconds_words(last.rest_ms)} rest after the last step is never taken;"
            " remove it",
            block=len(blocks) - 1,
            step=len(blocks[-1].steps) - 1,
            key="rest",
        )


def _summary(case: _Case) -> Iterator[Advice]:
    said = minutes_said(case.routine.summary)
    if said is None or case.usual is None:
        return
    total_ms = length_ms(case.usual)
    low_ms, high_ms = (minutes * 60_000 for minutes in said)
    off_ms = max(low_ms - total_ms, total_ms - high_ms)
    if off_ms > FAR_MS and off_ms > FAR_SHARE * max(low_ms, 1):
        minutes = max(1, (total_ms + 30_000) // 60_000)
        yield Advice(
            id=Rule.SUMMARY,
            message=f"It lasts {minutes} min, which is far from what its summary says",
            key="summary",
        )


_RULES: tuple[Callable[[_Case], Iterator[Advice]], ...] = (
    _long_holds,
    _one_side,
    _zigzag,
    _short_holds,
    _no_warm_up,
    _changeovers,
    _trailing_rest,
    _summary,
)
