"""What the tests of the exercises' pages show: a small library."""

from __future__ import annotations

from app.domain.exercise import (
    Category,
    Equipment,
    Exercise,
    Mode,
    Position,
    Sides,
    Tempo,
)


def exercise(name: str, **keys: object) -> Exercise:
    """Return an exercise; its id is its name in lower case with hyphens."""
    usual: dict[str, object] = {
        "id": name.lower().replace(" ", "-"),
        "category": Category.STATIC,
        "position": Position.STANDING,
        "sides": Sides.BOTH,
        "mode": Mode.HOLD,
        "seconds_ms": 30_000,
    }
    return Exercise(name=name, **{**usual, **keys})  # type: ignore[arg-type]


BRIDGE_TEMPO = Tempo(phases_ms=(2_000, 3_000, 2_000, 0), labels=("lift", "hold", "lower", ""))

EASY_WALK = exercise(
    "Easy walk",
    category=Category.WARM_UP,
    position=Position.WALKING,
    mode=Mode.MOVE,
    seconds_ms=120_000,
    targets=("cardiovascular", "gastrocnemius"),
    synonyms=("stroll",),
)
GLUTE_BRIDGE = exercise(
    "Glute bridge",
    category=Category.STRENGTH,
    position=Position.SUPINE,
    mode=Mode.REPS,
    seconds_ms=None,
    reps=10,
    tempo=BRIDGE_TEMPO,
    targets=("gluteus-maximus", "hamstrings", "erector-spinae"),
    equipment=(Equipment.MAT,),
    cues=("Lie back, knees bent.", "Lift your hips."),
    caution="Stop before your lower back arches.",
    easier=("pelvic-tilt",),
    harder=("single-leg-bridge", "dead-bug"),
    synonyms=("bridging", "hip raise"),
    source="editorial",
)
SINGLE_LEG_BRIDGE = exercise(
    "Single-leg bridge",
    category=Category.STRENGTH,
    position=Position.SUPINE,
    sides=Sides.EACH,
    mode=Mode.REPS,
    seconds_ms=None,
    reps=8,
    tempo=BRIDGE_TEMPO,
    targets=("gluteus-maximus",),
    equipment=(Equipment.MAT,),
    easier=("glute-bridge",),
)
PELVIC_TILT = exercise(
    "Pelvic tilt",
    category=Category.MOBILITY,
    position=Position.SUPINE,
    targets=("transversus-abdominis", "lumbar-spine"),
    equipment=(Equipment.MAT,),
    harder=("glute-bridge",),
)
DEAD_BUG = exercise(
    "Dead bug",
    category=Category.CORE,
    position=Position.SUPINE,
    mode=Mode.REPS,
    seconds_ms=None,
    reps=10,
    alternating=True,
    tempo=Tempo(phases_ms=(2_000, 1_000, 2_000, 0), labels=("reach", "pause", "return", "")),
    targets=("transversus-abdominis",),
    equipment=(Equipment.MAT,),
)
HIP_FLEXOR = exercise(
    "Half-kneeling hip flexor stretch",
    position=Position.HALF_KNEELING,
    sides=Sides.EACH,
    targets=("iliopsoas", "rectus-femoris"),
    equipment=(Equipment.MAT,),
)
WALL_CALF = exercise(
    "Calf stretch",
    sides=Sides.EACH,
    targets=("gastrocnemius", "soleus"),
    equipment=(Equipment.WALL,),
)
LEG_SWING = exercise(
    "Leg swing",
    category=Category.DYNAMIC,
    sides=Sides.EACH,
    mode=Mode.REPS,
    seconds_ms=None,
    reps=12,
    tempo=Tempo(phases_ms=(1_000, 0, 1_000, 0), labels=("forward", "", "back", "")),
    targets=("hip-joint", "hamstrings"),
)
MINE = exercise(
    "Café stretch",
    id="my-stretch",
    position=Position.SEATED,
    targets=("My neck",),
    figure="glute-bridge",
)

LIBRARY = {
    one.id: one
    for one in (
        EASY_WALK,
        LEG_SWING,
        HIP_FLEXOR,
        WALL_CALF,
        PELVIC_TILT,
        GLUTE_BRIDGE,
        SINGLE_LEG_BRIDGE,
        DEAD_BUG,
        MINE,
    )
}
OWN = frozenset({"my-stretch"})
