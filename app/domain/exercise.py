"""The exercise library's vocabulary: positions, phases, and what an exercise is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """What a stretch of time is for; the only thing that colour may mean."""

    WARMUP = "warmup"
    DYNAMIC = "dynamic"
    STATIC = "static"
    CORE = "core"
    REST = "rest"


class Category(StrEnum):
    WARM_UP = "warm-up"
    DYNAMIC = "dynamic"
    STATIC = "static"
    CORE = "core"
    STRENGTH = "strength"
    RELEASE = "release"
    MOBILITY = "mobility"
    BREATHING = "breathing"
    COOLDOWN = "cooldown"

    @property
    def phase(self) -> Phase:
        return _PHASE_OF[self]


_PHASE_OF = {
    Category.WARM_UP: Phase.WARMUP,
    Category.COOLDOWN: Phase.WARMUP,
    Category.DYNAMIC: Phase.DYNAMIC,
    Category.STATIC: Phase.STATIC,
    Category.MOBILITY: Phase.STATIC,
    Category.RELEASE: Phase.STATIC,
    Category.BREATHING: Phase.STATIC,
    Category.CORE: Phase.CORE,
    Category.STRENGTH: Phase.CORE,
}


class Position(StrEnum):
    STANDING = "standing"
    WALKING = "walking"
    RUNNING = "running"
    KNEELING = "kneeling"
    HALF_KNEELING = "half-kneeling"
    QUADRUPED = "quadruped"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side-lying"
    SEATED = "seated"
    PLANK = "plank"


class Mode(StrEnum):
    HOLD = "hold"
    REPS = "reps"
    MOVE = "move"


class Equipment(StrEnum):
    MAT = "mat"
    WALL = "wall"
    CHAIR = "chair"
    TOWEL = "towel"
    STEP = "step"
    SWISS_BALL = "swiss-ball"
    BOSU = "bosu"
    FOAM_ROLLER = "foam-roller"
    TENNIS_BALL = "tennis-ball"
    DUMBBELLS = "dumbbells"


class Sides(StrEnum):
    """Whether an exercise is done once, or once for each side of the body."""

    BOTH = "both"
    EACH = "each"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """One repetition: four phases in playing order, and the word for each."""

    phases_ms: tuple[int, int, int, int]
    labels: tuple[str, str, str, str] = ("up", "hold", "down", "hold")
    """The word for each phase; unused where the phase lasts 0 ms."""

    @property
    def rep_ms(self) -> int:
        return sum(self.phases_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One movement of the library. The dose is per side where `sides` is each."""

    id: str
    name: str
    category: Category
    position: Position
    sides: Sides
    mode: Mode
    targets: tuple[str, ...] = ()
    seconds_ms: int | None = None
    """The usual length; None exactly where `mode` is reps."""
    reps: int | None = None
    """The usual count, left and right together where `alternating`; None unless `mode` is reps."""
    tempo: Tempo | None = None
    alternating: bool = False
    equipment: tuple[Equipment, ...] = ()
    cues: tuple[str, ...] = ()
    caution: str = ""
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    source: str = ""
    synonyms: tuple[str, ...] = ()
    say: str | None = None
    """The name spelt for a voice, where the written one is hard to say."""
    figure: str | None = None
    """The id of a shipped figure, where it is not the exercise's own id."""

    @property
    def phase(self) -> Phase:
        return self.category.phase

    @property
    def spoken(self) -> str:
        return self.say or self.name


ExerciseLibrary = Mapping[str, Exercise]
"""Exercises by id: the shipped ones, with the user's own laid over them."""
