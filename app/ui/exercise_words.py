"""What is said of an exercise: kind, position, sides, muscles, dose and tempo, in people's words."""

from typing import Final, assert_never

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.exercise import Category, Exercise, Position, Sides, Tempo
from app.domain.muscles import Region, target_key


def tr(text: str) -> str:
    """Translate in the exercises' context; `text` is always literal where it is called."""
    return QCoreApplication.translate("Exercises", text)


_CATEGORIES: Final = {
    Category.WARM_UP: QT_TRANSLATE_NOOP("Exercises", "Warm-up"),
    Category.DYNAMIC: QT_TRANSLATE_NOOP("Exercises", "Dynamic"),
    Category.STATIC: QT_TRANSLATE_NOOP("Exercises", "Hold"),
    Category.MOBILITY: QT_TRANSLATE_NOOP("Exercises", "Mobility"),
    Category.RELEASE: QT_TRANSLATE_NOOP("Exercises", "Release"),
    Category.CORE: QT_TRANSLATE_NOOP("Exercises", "Core"),
    Category.STRENGTH: QT_TRANSLATE_NOOP("Exercises", "Strength"),
    Category.BREATHING: QT_TRANSLATE_NOOP("Exercises", "Breathing"),
    Category.COOLDOWN: QT_TRANSLATE_NOOP("Exercises", "Warm-down"),
}
CATEGORIES: Final = tuple(_CATEGORIES)
"""In the order in which they are offered: as they come in a runner's day."""

_POSITIONS: Final = {
    Position.STANDING: QT_TRANSLATE_NOOP("Exercises", "Standing"),
    Position.WALKING: QT_TRANSLATE_NOOP("Exercises", "Walking"),
    Position.RUNNING: QT_TRANSLATE_NOOP("Exercises", "Running"),
    Position.KNEELING: QT_TRANSLATE_NOOP("Exercises", "Kneeling"),
    Position.HALF_KNEELING: QT_TRANSLATE_NOOP("Exercises", "On one knee"),
    Position.QUADRUPED: QT_TRANSLATE_NOOP("Exercises", "On all fours"),
    Position.SUPINE: QT_TRANSLATE_NOOP("Exercises", "On your back"),
    Position.PRONE: QT_TRANSLATE_NOOP("Exercises", "On your front"),
    Position.SIDE_LYING: QT_TRANSLATE_NOOP("Exercises", "On your side"),
    Position.SEATED: QT_TRANSLATE_NOOP("Exercises", "Sitting"),
    Position.PLANK: QT_TRANSLATE_NOOP("Exercises", "Plank"),
}
_POSITIONS_IN_A_SENTENCE: Final = {
    Position.STANDING: QT_TRANSLATE_NOOP("Exercises", "standing"),
    Position.WALKING: QT_TRANSLATE_NOOP("Exercises", "walking"),
    Position.RUNNING: QT_TRANSLATE_NOOP("Exercises", "running"),
    Position.KNEELING: QT_TRANSLATE_NOOP("Exercises", "kneeling"),
    Position.HALF_KNEELING: QT_TRANSLATE_NOOP("Exercises", "on one knee"),
    Position.QUADRUPED: QT_TRANSLATE_NOOP("Exercises", "on all fours"),
    Position.SUPINE: QT_TRANSLATE_NOOP("Exercises", "on your back"),
    Position.PRONE: QT_TRANSLATE_NOOP("Exercises", "on your front"),
    Position.SIDE_LYING: QT_TRANSLATE_NOOP("Exercises", "on your side"),
    Position.SEATED: QT_TRANSLATE_NOOP("Exercises", "sitting"),
    Position.PLANK: QT_TRANSLATE_NOOP("Exercises", "in a plank"),
}
_REGIONS: Final = {
    Region.SHOULDERS: QT_TRANSLATE_NOOP("Exercises", "Shoulders"),
    Region.CHEST: QT_TRANSLATE_NOOP("Exercises", "Chest"),
    Region.UPPER_BACK: QT_TRANSLATE_NOOP("Exercises", "Upper back"),
    Region.LOWER_BACK: QT_TRANSLATE_NOOP("Exercises", "Lower back"),
    Region.ABS: QT_TRANSLATE_NOOP("Exercises", "Abs"),
    Region.DEEP_CORE: QT_TRANSLATE_NOOP("Exercises", "Deep core"),
    Region.HIPS: QT_TRANSLATE_NOOP("Exercises", "Hips"),
    Region.HIP_FLEXORS: QT_TRANSLATE_NOOP("Exercises", "Hip flexors"),
    Region.GLUTES: QT_TRANSLATE_NOOP("Exercises", "Glutes"),
    Region.INNER_THIGHS: QT_TRANSLATE_NOOP("Exercises", "Inner thighs"),
    Region.QUADS: QT_TRANSLATE_NOOP("Exercises", "Quads"),
    Region.HAMSTRINGS: QT_TRANSLATE_NOOP("Exercises", "Hamstrings"),
    Region.CALVES: QT_TRANSLATE_NOOP("Exercises", "Calves"),
    Region.ANKLES: QT_TRANSLATE_NOOP("Exercises", "Ankles"),
    Region.HEART_AND_LUNGS: QT_TRANSLATE_NOOP("Exercises", "Heart and lungs"),
}
_MUSCLES: Final = {
    "ankle-stabilisers": QT_TRANSLATE_NOOP("Exercises", "Ankle stabilisers"),
    "cardiovascular": QT_TRANSLATE_NOOP("Exercises", "Heart and lungs"),
    "deltoids": QT_TRANSLATE_NOOP("Exercises", "Shoulders"),
    "diaphragm": QT_TRANSLATE_NOOP("Exercises", "Diaphragm"),
    "erector-spinae": QT_TRANSLATE_NOOP("Exercises", "Lower back"),
    "gastrocnemius": QT_TRANSLATE_NOOP("Exercises", "Calves"),
    "gluteus-maximus": QT_TRANSLATE_NOOP("Exercises", "Glutes"),
    "gluteus-medius": QT_TRANSLATE_NOOP("Exercises", "Side of the hip"),
    "hamstrings": QT_TRANSLATE_NOOP("Exercises", "Hamstrings"),
    "hip-adductors": QT_TRANSLATE_NOOP("Exercises", "Inner thighs"),
    "hip-joint": QT_TRANSLATE_NOOP("Exercises", "Hip joints"),
    "iliopsoas": QT_TRANSLATE_NOOP("Exercises", "Hip flexors"),
    "latissimus-dorsi": QT_TRANSLATE_NOOP("Exercises", "Side of the back"),
    "lumbar-spine": QT_TRANSLATE_NOOP("Exercises", "Lower back"),
    "multifidus": QT_TRANSLATE_NOOP("Exercises", "Deep back muscles"),
    "obliques": QT_TRANSLATE_NOOP("Exercises", "Side abs"),
    "pectoralis-major": QT_TRANSLATE_NOOP("Exercises", "Chest"),
    "piriformis": QT_TRANSLATE_NOOP("Exercises", "Piriformis"),
    "quadratus-lumborum": QT_TRANSLATE_NOOP("Exercises", "Side of the lower back"),
    "quadriceps": QT_TRANSLATE_NOOP("Exercises", "Quads"),
    "rectus-femoris": QT_TRANSLATE_NOOP("Exercises", "Front of the thigh"),
    "rectus-abdominis": QT_TRANSLATE_NOOP("Exercises", "Abs"),
    "rhomboids": QT_TRANSLATE_NOOP("Exercises", "Between the shoulder blades"),
    "soleus": QT_TRANSLATE_NOOP("Exercises", "Lower calves"),
    "thoracic-spine": QT_TRANSLATE_NOOP("Exercises", "Upper back"),
    "transversus-abdominis": QT_TRANSLATE_NOOP("Exercises", "Deep abs"),
}

_SECONDS_TO: Final = 100
"""From this many seconds on a length is said in minutes."""


def category(value: Category) -> str:
    return tr(str(_CATEGORIES[value]))


def position(value: Position) -> str:
    """Return a position as a label: "On your back"."""
    return tr(str(_POSITIONS[value]))


def region(value: Region) -> str:
    return tr(str(_REGIONS[value]))


def muscle(target: str) -> str:
    """Return a target of the library in people's words; one's own targets as they are written."""
    known = _MUSCLES.get(target_key(target))
    if known is not None:
        return tr(str(known))
    plain = target.replace("-", " ").strip()
    return f"{plain[:1].upper()}{plain[1:]}"


def muscles(exercise: Exercise) -> tuple[str, ...]:
    """Return the muscles that it is for, each word once, the first the most important."""
    return tuple(dict.fromkeys(muscle(target) for target in exercise.targets))


def no_equipment() -> str:
    return tr("No equipment")


def kind_line(exercise: Exercise) -> str:
    """Return kind and position in one line: "Hold, on your back"."""
    return tr("{category}, {position}").format(
        category=category(exercise.category),
        position=tr(str(_POSITIONS_IN_A_SENTENCE[exercise.position])),
    )


def sides(exercise: Exercise) -> str:
    """Return how it takes the body's sides; empty where sides mean nothing to it."""
    if exercise.alternating:
        return tr("Left and right in turn")
    match exercise.sides:
        case Sides.EACH:
            return tr("One side at a time")
        case Sides.BOTH:
            return ""
        case _:
            assert_never(exercise.sides)


def length(duration_ms: int) -> str:
    """Write a length of work: "45 s", "2 min", "1:30 min"."""
    return _clock_length(duration_ms, minutes_from=_SECONDS_TO)


def _clock_length(duration_ms: int, *, minutes_from: int) -> str:
    seconds = -(-duration_ms // 1000)
    if seconds < minutes_from:
        return tr("{seconds} s").format(seconds=seconds)
    minutes, rest = divmod(seconds, 60)
    if rest == 0:
        return tr("{minutes} min").format(minutes=minutes)
    return tr("{time} min").format(time=f"{minutes}:{rest:02}")


def dose(exercise: Exercise) -> str:
    """Return the usual dose: "30 s each side", "10 reps"."""
    amount = length(exercise.seconds_ms or 0)
    if exercise.reps is not None:
        amount = tr("1 rep")
        if exercise.reps != 1:
            amount = tr("{reps} reps").format(reps=exercise.reps)
    match exercise.sides:
        case Sides.EACH:
            return tr("{amount} each side").format(amount=amount)
        case Sides.BOTH:
            return amount
        case _:
            assert_never(exercise.sides)


def dose_note(exercise: Exercise) -> str:
    """Say how long the dose takes where it does not say so itself: "About 1:10 min in all"."""
    if exercise.reps is None and exercise.sides is not Sides.EACH:
        return ""
    one = exercise.seconds_ms or 0
    if exercise.reps is not None and exercise.tempo is not None:
        one = exercise.reps * exercise.tempo.rep_ms
    total = one * 2 if exercise.sides is Sides.EACH else one
    # A sum is told in minutes sooner than a length that was chosen in seconds.
    text = _clock_length(total, minutes_from=60)
    if exercise.alternating:
        return tr("Left and right together, about {length}").format(length=text)
    return tr("About {length} in all").format(length=text)


def tempo(value: Tempo) -> str:
    """Say one repetition: "Lift 2 s, hold 3 s, lower 2 s"."""
    parts = [
        tr("{what} {length}").format(what=label or tr("hold"), length=_tempo_length(phase_ms))
        for phase_ms, label in zip(value.phases_ms, value.labels, strict=True)
        if phase_ms
    ]
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}"


def _tempo_length(phase_ms: int) -> str:
    """Write a phase of a repetition, to the tenth of a second: "2 s", "1.5 s"."""
    seconds, tenths = divmod(round(phase_ms / 100), 10)
    text = f"{seconds}.{tenths}" if tenths else str(seconds)
    return tr("{seconds} s").format(seconds=text)
