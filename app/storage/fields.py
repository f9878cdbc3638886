"""The one table of what routine files and exercise files may say.

Reader, writer, messages, the JSON Schema and the format's documentation are all made from it.
The order of the fields is the order in which the writer adds them.
"""

from dataclasses import dataclass
from functools import cached_property

from app.domain.exercise import Category, Equipment, Mode, Phase, Position, Sides
from app.domain.routine import (
    BLOCKS_MAX,
    BREATHS_MAX,
    REPS_MAX,
    ROUNDS_MAX,
    STEP_MAX_MS,
    STEP_MIN_MS,
    STEPS_MAX,
    BreathsDose,
    OpenDose,
    RepsDose,
    SideChoice,
    TimeDose,
)
from app.domain.when import When
from app.storage.lengths import CadenceOf, Seconds, TempoOf
from app.storage.values import (
    ById,
    Choice,
    Flag,
    Kind,
    ListOf,
    Name,
    Reader,
    Rows,
    Text,
    Version,
    Whole,
)

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Field:
    """One key that a table may have."""

    key: str
    kind: Kind
    meaning: str
    attr: str = ""
    """The attribute of the domain's type; the key itself where empty."""
    default: object = None
    """What the domain's type has where the key is missing."""
    required: bool = False

    @property
    def name(self) -> str:
        return self.attr or self.key


@dataclass(frozen=True)
class Table:
    """All keys of one kind of table."""

    name: str
    """What the table is, in the author's words: "block"."""
    fields: tuple[Field, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields)

    @cached_property
    def required(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields if field.required)


_CHANGEOVER = Seconds(0, 120_000)
_REST = Seconds(0, 600_000)
_TEMPO = TempoOf(60_000, 500, 120_000)
_CUES = ListOf(Text(90, 1), most=4)
_WORDS = ListOf(Text(400, 1))
_EQUIPMENT = ListOf(Choice(Equipment), distinct=True)

ROUTINE = Table(
    "routine",
    (
        Field("schema", Version(SCHEMA), "the number of this format", required=True),
        Field("name", Text(80, 1), "the routine's name", required=True),
        Field("summary", Text(200), "what it is for, shown in the preview", default=""),
        Field("when", Choice(When), "the moment it is made for", default=When.ANY),
        Field("focus", _WORDS, "what it works on", default=()),
        Field("equipment", _EQUIPMENT, "what is needed; else what its exercises need"),
        Field(
            "changeover", _CHANGEOVER, "time to get into position, for all steps", "changeover_ms"
        ),
        Field("side_change", _CHANGEOVER, "time to switch sides, for all steps", "side_change_ms"),
        Field("frequency", Text(200), "how often, shown in the preview", default=""),
        Field("progression", Text(200), "how to go on, shown in the preview", default=""),
        Field("sources", _WORDS, "where it comes from", default=()),
        Field(
            "blocks",
            Rows("block", "under its own [[blocks]]", BLOCKS_MAX),
            "groups of steps, in order",
            required=True,
        ),
    ),
)

BLOCK = Table(
    "block",
    (
        Field("name", Text(60, 1), "the block's name", required=True),
        Field("rounds", Whole(1, ROUNDS_MAX), "how often its steps are done", default=1),
        Field("rest", _REST, "between rounds, never after the last", "rest_ms", default=0),
        Field(
            "optional", Flag(), "offered before the start, not counted in the length", default=False
        ),
        Field(
            "steps",
            Rows("step", "in braces { } on one line", STEPS_MAX),
            "what is done, in order",
            required=True,
        ),
    ),
)

STEP = Table(
    "step",
    (
        Field("exercise", Name("an exercise"), "an id from the exercise library"),
        Field("name", Text(80, 1), "a free name, in place of an exercise"),
        Field(
            "seconds",
            Seconds(STEP_MIN_MS, STEP_MAX_MS, TimeDose),
            "dose: so long, per side",
            "dose",
        ),
        Field("reps", Whole(1, REPS_MAX, RepsDose), "dose: repetitions, per side", "dose"),
        Field("breaths", Whole(1, BREATHS_MAX, BreathsDose), "dose: breaths, per side", "dose"),
        Field(
            "open",
            Seconds(STEP_MIN_MS, STEP_MAX_MS, OpenDose, also_true=True),
            "dose: until the person says done; a number is the estimate",
            "dose",
        ),
        Field("side", Choice(SideChoice), "which sides; affected is the one marked as sore"),
        Field("changeover", _CHANGEOVER, "time to get into position before it", "changeover_ms"),
        Field("rest", _REST, "after the step", "rest_ms"),
        Field("side_change", _CHANGEOVER, "time to switch sides", "side_change_ms"),
        Field("tempo", _TEMPO, "seconds of each phase of a repetition; reps only", "tempo_ms"),
        Field("cadence", CadenceOf(40, 240), "steps a minute, from and to; seconds only"),
        Field("position", Choice(Position), "the body's position; steps with a free name"),
        Field("rpe", Whole(1, 10), "effort, 1 to 10"),
        Field("phase", Choice(Phase), "what the step is for; steps with a free name"),
        Field("cues", _CUES, "lines to be guided by, in place of the exercise's own"),
        Field(
            "optional", Flag(), "offered before the start, not counted in the length", default=False
        ),
        Field("note", Text(400), "a note for yourself"),
    ),
)

EXERCISES = Table(
    "exercise file",
    (
        Field("schema", Version(SCHEMA), "the number of this format", required=True),
        Field("exercises", ById("exercise", "[exercises.ID]"), "the exercises", required=True),
    ),
)

EXERCISE = Table(
    "exercise",
    (
        Field("name", Text(60, 1), "the exercise's name", required=True),
        Field("say", Text(60, 1), "the name spelt for a voice, where it is hard to say"),
        Field("synonyms", ListOf(Text(60, 1)), "other names for it, lower case", default=()),
        Field(
            "category", Choice(Category), "what kind of exercise; decides its phase", required=True
        ),
        Field("targets", ListOf(Text(60, 1)), "the muscles it is for", default=()),
        Field("position", Choice(Position), "the body's position", required=True),
        Field("sides", Choice(Sides), "done once, or once for each side", required=True),
        Field("mode", Choice(Mode), "hold still, repeat, or keep moving", required=True),
        Field("alternating", Flag(), "repetitions change sides in turn", default=False),
        Field(
            "seconds", Seconds(STEP_MIN_MS, STEP_MAX_MS), "the usual length, per side", "seconds_ms"
        ),
        Field("reps", Whole(1, REPS_MAX), "the usual count, per side"),
        Field("tempo", _TEMPO, "seconds of each phase of a repetition", "tempo_ms"),
        Field("tempo_labels", ListOf(Text(20), most=4), "the word for each phase"),
        Field("equipment", _EQUIPMENT, "what is needed", default=()),
        Field("cues", _CUES, "lines to be guided by", default=()),
        Field("caution", Text(90), "when to leave it out", default=""),
        Field("easier", ListOf(Name("an exercise")), "ids of easier exercises", default=()),
        Field("harder", ListOf(Name("an exercise")), "ids of harder exercises", default=()),
        Field("source", Text(300), "where it comes from", default=""),
        Field("figure", Name("a shipped figure"), "the figure to borrow; own exercises only"),
    ),
)

FILES = ((ROUTINE, BLOCK, STEP), (EXERCISES, EXERCISE))
"""The tables that belong to one kind of file."""

DOSES = tuple(field.key for field in STEP.fields if field.attr == "dose")


def readers(table: Table) -> dict[str, tuple[str, Reader]]:
    """Return attribute and reader for each key of a table."""
    return {field.key: (field.name, field.kind.reader()) for field in table.fields}
