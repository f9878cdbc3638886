"""Words that several pages share: moments, equipment, lengths and counts."""

from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.exercise import Equipment, Phase
from app.domain.when import When

_MINUTE_MS: Final = 60_000
_HOURS_FROM_MIN: Final = 90


def tr(text: str) -> str:
    """Translate in the pages' shared context; `text` is always literal where it is called."""
    return QCoreApplication.translate("Words", text)


def moment(when: When) -> str:
    match when:
        case When.BEFORE_RUN:
            return tr("Before run")
        case When.AFTER_RUN:
            return tr("After run")
        case When.REST_DAY:
            return tr("Rest day")
        case When.MORNING:
            return tr("Morning")
        case When.ANY:
            return tr("Any time")
        case _:
            assert_never(when)


MOMENT_ICONS: Final = {
    When.BEFORE_RUN: "footprints",
    When.AFTER_RUN: "wind",
    When.REST_DAY: "sofa",
    When.MORNING: "sunrise",
    When.ANY: "clock",
}
EQUIPMENT_ICONS: Final = {
    Equipment.MAT: "square",
    Equipment.WALL: "panel-right",
    Equipment.CHAIR: "armchair",
    Equipment.TOWEL: "scroll",
    Equipment.STEP: "stairs",
    Equipment.SWISS_BALL: "exercise-ball",
    Equipment.BOSU: "sunset",
    Equipment.FOAM_ROLLER: "circle-dashed",
    Equipment.TENNIS_BALL: "ball-tennis",
    Equipment.DUMBBELLS: "dumbbell",
}
SPACE_ICON: Final = "footprints"


_EQUIPMENT: Final = {
    Equipment.MAT: QT_TRANSLATE_NOOP("Words", "Mat"),
    Equipment.WALL: QT_TRANSLATE_NOOP("Words", "Wall"),
    Equipment.CHAIR: QT_TRANSLATE_NOOP("Words", "Chair"),
    Equipment.TOWEL: QT_TRANSLATE_NOOP("Words", "Towel"),
    Equipment.STEP: QT_TRANSLATE_NOOP("Words", "Step"),
    Equipment.SWISS_BALL: QT_TRANSLATE_NOOP("Words", "Swiss ball"),
    Equipment.BOSU: QT_TRANSLATE_NOOP("Words", "Bosu"),
    Equipment.FOAM_ROLLER: QT_TRANSLATE_NOOP("Words", "Foam roller"),
    Equipment.TENNIS_BALL: QT_TRANSLATE_NOOP("Words", "Tennis ball"),
    Equipment.DUMBBELLS: QT_TRANSLATE_NOOP("Words", "Dumbbells"),
}
_EQUIPMENT_IN_A_SENTENCE: Final = {
    Equipment.MAT: QT_TRANSLATE_NOOP("Words", "mat"),
    Equipment.WALL: QT_TRANSLATE_NOOP("Words", "a wall"),
    Equipment.CHAIR: QT_TRANSLATE_NOOP("Words", "a chair"),
    Equipment.TOWEL: QT_TRANSLATE_NOOP("Words", "a towel"),
    Equipment.STEP: QT_TRANSLATE_NOOP("Words", "a step"),
    Equipment.SWISS_BALL: QT_TRANSLATE_NOOP("Words", "a Swiss ball"),
    Equipment.BOSU: QT_TRANSLATE_NOOP("Words", "a bosu"),
    Equipment.FOAM_ROLLER: QT_TRANSLATE_NOOP("Words", "a foam roller"),
    Equipment.TENNIS_BALL: QT_TRANSLATE_NOOP("Words", "a tennis ball"),
    Equipment.DUMBBELLS: QT_TRANSLATE_NOOP("Words", "dumbbells"),
}


def equipment(item: Equipment) -> str:
    """Return one piece of equipment as a label: "Foam roller"."""
    return tr(str(_EQUIPMENT[item]))


def equipment_inside(item: Equipment) -> str:
    """Return one piece of equipment as it stands inside a sentence: "a foam roller"."""
    return tr(str(_EQUIPMENT_IN_A_SENTENCE[item]))


def joined(parts: Sequence[str]) -> str:
    """Return "mat, a wall and a towel"."""
    if len(parts) <= 1:
        return "".join(parts)
    return tr("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def equipment_sentence(items: Iterable[Equipment]) -> str:
    """Return "Mat and a wall.", or "Just space." where nothing is needed."""
    known = list(Equipment)
    # The mat has no article, so that it must come first, as it does in the list of all.
    in_order = sorted(items, key=known.index)
    text = joined([tr(str(_EQUIPMENT_IN_A_SENTENCE[item])) for item in in_order])
    return f"{text[0].upper()}{text[1:]}." if text else tr("Just space.")


def length(duration_ms: int) -> str:
    """Return "15 min", "45 s" or "1 h 45 min"."""
    if duration_ms < _MINUTE_MS:
        return tr("{seconds} s").format(seconds=-(-duration_ms // 1000))
    minutes = max(1, (duration_ms + _MINUTE_MS // 2) // _MINUTE_MS)
    if minutes < _HOURS_FROM_MIN:
        return tr("{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return tr("{hours} h").format(hours=hours)
    return tr("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def steps(count: int) -> str:
    return tr("1 step") if count == 1 else tr("{count} steps").format(count=count)


def weeks_in_a_row(count: int) -> str:
    """Return the words after the figure."""
    return tr("week in a row") if count == 1 else tr("weeks in a row")


def days_in_a_row(count: int) -> str:
    """Return the words after the figure."""
    return tr("day in a row") if count == 1 else tr("days in a row")


def phase(value: Phase) -> str:
    match value:
        case Phase.WARMUP:
            return tr("Warm-up")
        case Phase.DYNAMIC:
            return tr("Dynamic")
        case Phase.STATIC:
            return tr("Hold")
        case Phase.CORE:
            return tr("Core")
        case Phase.REST:
            return tr("Rest")
        case _:
            assert_never(value)
