"""What is spoken, in words: the texts that lengths are estimated from and voices say."""

from app.domain.choices import Side
from app.domain.exercise import Position
from app.domain.routine import BreathsDose, Dose, OpenDose, RepsDose, TimeDose
from app.domain.timeline import Segment, SegmentKind

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

_POSITIONS = {
    Position.STANDING: "On your feet",
    Position.WALKING: "On your feet",
    Position.RUNNING: "On your feet",
    Position.SEATED: "Sit down",
    Position.HALF_KNEELING: "Kneel on one knee",
    Position.KNEELING: "Kneel",
    Position.QUADRUPED: "On all fours",
    Position.SUPINE: "On your back",
    Position.PRONE: "On your front",
    Position.SIDE_LYING: "On your side",
    Position.PLANK: "Plank position",
}


def speech_ms(text: str) -> int:
    """Return the estimate that lengths are planned with: 250 ms and 65 ms a character."""
    return 250 + 65 * len(text)


def number_words(value: int) -> str:
    """Spell a whole number from 0 to 9,999 in English words, lower case."""
    if value < 20:  # noqa: PLR2004  (English has words of their own up to nineteen)
        return _ONES[value]
    if value < 100:  # noqa: PLR2004
        tens, ones = divmod(value, 10)
        return _TENS[tens] if not ones else f"{_TENS[tens]}-{_ONES[ones]}"
    if value < 1_000:  # noqa: PLR2004
        hundreds, rest = divmod(value, 100)
        head = f"{_ONES[hundreds]} hundred"
        return head if not rest else f"{head} {number_words(rest)}"
    thousands, rest = divmod(value, 1_000)
    head = f"{number_words(thousands)} thousand"
    return head if not rest else f"{head} {number_words(rest)}"


def _counted(value: int, one: str, many: str) -> str:
    return f"{number_words(value)} {one if value == 1 else many}"


def duration_words(duration_ms: int) -> str:
    """Say a length: "thirty seconds", "one minute thirty", "two minutes"."""
    seconds, rest_ms = divmod(duration_ms, 1_000)
    if rest_ms:
        tenth = f" point {number_words(rest_ms // 100)}"
        if seconds < 60:  # noqa: PLR2004
            return f"{number_words(seconds)}{tenth} seconds"
    else:
        tenth = ""
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    words: list[str] = []
    if hours:
        words.append(_counted(hours, "hour", "hours"))
    if minutes:
        words.append(_counted(minutes, "minute", "minutes"))
    if seconds or tenth:
        alone = not words
        words.append(
            _counted(seconds, "second", "seconds") if alone else number_words(seconds) + tenth
        )
    return " ".join(words) or "zero seconds"


def sentence(text: str) -> str:
    """Begin the same words with a capital."""
    return text[:1].upper() + text[1:]


def dose_words(dose: Dose) -> str:
    """Say a dose: "Twelve repetitions", "Six breaths"; empty for open-ended steps."""
    match dose:
        case TimeDose(duration_ms=duration_ms):
            return sentence(duration_words(duration_ms))
        case RepsDose(reps=reps):
            return sentence(_counted(reps, "repetition", "repetitions"))
        case BreathsDose(breaths=breaths):
            return sentence(_counted(breaths, "breath", "breaths"))
        case OpenDose():
            return ""


def position_words(position: Position) -> str:
    return _POSITIONS[position]


def same_place(before: Position, after: Position) -> bool:
    """Whether nothing needs to be said about the position, because its words stay the same."""
    return _POSITIONS[before] == _POSITIONS[after]


def side_words(side: Side) -> str:
    """Say a side: "left side", "right side", or nothing."""
    return "" if side is Side.BOTH else f"{side.value} side"


def get_ready_sentences(routine: str, segment: Segment) -> tuple[str, ...]:
    """Said in get-ready: the routine, the first position, the first exercise and side."""
    side = side_words(segment.side)
    first = segment.spoken if not side else f"{segment.spoken}, {side}"
    return f"{routine}.", f"{position_words(segment.position)}.", f"First: {first}."


def changeover_sentences(segment: Segment) -> tuple[str, ...]:
    """Said in a changeover: position where it changes, side, exercise, dose."""
    if segment.switch:
        return (switch_sentence(segment.side),)
    parts: list[str] = []
    if segment.new_position:
        parts.append(f"{position_words(segment.position)}.")
    if segment.side is not Side.BOTH:
        parts.append(side_sentence(segment.side))
    parts += [f"{segment.spoken}.", dose_sentence(segment)]
    return tuple(parts)


def switch_sentence(side: Side) -> str:
    return f"Switch to {side_words(side)}."


def side_sentence(side: Side) -> str:
    """Say "Left side."; there is none for both."""
    return f"{sentence(side_words(side))}."


def next_sentence(segment: Segment) -> str:
    return f"Next: {segment.spoken}."


def dose_sentence(segment: Segment) -> str:
    if isinstance(segment.dose, OpenDose):
        return "Take your time; press when done."
    return f"{dose_words(segment.dose)}."


def target_sentence(steps_per_minute: int) -> str:
    """Say the cadence that a walk or run is to reach."""
    return f"Up to {number_words(steps_per_minute)} steps a minute."


HALF = "Halfway."
TEN_SECONDS = "Ten seconds."
LAST_BREATH = "Last breath."
DONE = ("Done.", "Well stretched.")
COUNTS = {3: "Three.", 2: "Two.", 1: "One."}


def get_ready_line(routine: str, segment: Segment) -> str:
    return " ".join(get_ready_sentences(routine, segment))


def changeover_line(segment: Segment) -> str:
    return " ".join(changeover_sentences(segment))


def line(routine: str, segment: Segment) -> str:
    """Return what is said while a get-ready or changeover runs; empty elsewhere."""
    match segment.kind:
        case SegmentKind.GET_READY:
            return get_ready_line(routine, segment)
        case SegmentKind.CHANGEOVER:
            return changeover_line(segment)
        case SegmentKind.WORK | SegmentKind.REST:
            return ""
