"""Laws of written routine files: however one is laid out, nothing that people wrote in it is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from make import EXERCISES

from app.domain.exercise import Equipment, Mode, Phase, Position
from app.domain.routine import (
    Block,
    BreathsDose,
    Dose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.domain.when import When
from app.storage.line_finder import find_places
from app.storage.routine_file import RoutineReader
from app.storage.routine_writer import read_document, write_document, write_routine
from app.storage.schema import routine_schema
from app.storage.toml_source import parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

READER = RoutineReader(EXERCISES)
SCHEMA = Draft7Validator(routine_schema())
# A whole routine is long to draw; a soak makes up for it.
FEWER = settings(max_examples=settings().max_examples // 3)

# Letters of several scripts, and everything that TOML gives a meaning to.
CHARACTERS = "ab Zé日\u00a0\u200b\u202e🦵#\"'\\=[]{},.:-"
TRICKY = ["a", "# no", '"', "'", "\\", '"""', "[[blocks]]", "{ a = 1 },", " é ", "1:30", "日🦵"]
# Mostly from a list, which is drawn much faster than letters.
TITLES = st.sampled_from(TRICKY) | st.text(st.sampled_from(CHARACTERS), max_size=6).filter(
    str.strip
)
PRINTABLE = st.just("") | TITLES
COMMENTS = st.sampled_from(
    ["#", "# a", "#b", '# "', "# }", "# ],", "#:x", "#\t#", "# é日", "##  c"]
)


def tenths(least_ms: int, most_ms: int) -> st.SearchStrategy[int]:
    """Lengths as a file may have them: whole seconds or with one decimal."""
    whole = st.integers(-(-least_ms // 1_000), most_ms // 1_000).map(lambda n: n * 1_000)
    return whole | st.integers(least_ms // 100, most_ms // 100).map(lambda n: n * 100)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


TEMPOS = st.tuples(*[tenths(0, 5_000)] * 4).filter(lambda phases: sum(phases) >= 500)
CADENCES = st.tuples(*[st.integers(40, 240) | st.just("goal")] * 2)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Any step that a file may hold over the tests' exercises, or with a free name."""
    exercise = draw(maybe(st.sampled_from(sorted(EXERCISES))))
    counted = exercise is not None and EXERCISES[str(exercise)].mode is Mode.REPS
    doses: st.SearchStrategy[Dose | None] = st.one_of(
        tenths(1_000, 600_000).map(TimeDose),
        st.integers(1, 60).map(BreathsDose),
        tenths(1_000, 600_000).map(OpenDose),
        st.integers(1, 10).map(lambda pairs: RepsDose(2 * pairs)),
    )
    dose = draw(doses if exercise is None else st.none() | doses)
    has_reps = isinstance(dose, RepsDose) or (dose is None and counted)
    needs_tempo = has_reps and exercise is not None and not counted
    timed = isinstance(dose, TimeDose) or (dose is None and not counted)
    free = exercise is None
    return Step(
        exercise=exercise,
        name=draw(TITLES) if free else None,
        dose=dose,
        side=draw(maybe(st.sampled_from(SideChoice))),
        changeover_ms=draw(maybe(tenths(0, 120_000))),
        rest_ms=draw(maybe(tenths(0, 60_000))),
        side_change_ms=draw(maybe(tenths(0, 120_000))),
        tempo_ms=draw((TEMPOS if needs_tempo else maybe(TEMPOS)) if has_reps else st.none()),
        cadence=draw(maybe(CADENCES) if timed else st.none()),
        position=draw(maybe(st.sampled_from(Position)) if free else st.none()),
        rpe=draw(maybe(st.integers(1, 10))),
        cues=draw(maybe(st.lists(TITLES, max_size=4).map(tuple))),
        phase=draw(maybe(st.sampled_from(Phase)) if free else st.none()),
        optional=draw(st.booleans()),
        note=draw(maybe(TITLES)),
    )


BLOCKS = st.builds(
    Block,
    name=TITLES,
    steps=st.lists(steps(), min_size=1, max_size=3).map(tuple),
    rounds=st.integers(1, 2),
    rest_ms=tenths(0, 60_000),
    optional=st.booleans(),
)
WORDS = st.lists(TITLES, max_size=3).map(tuple)
ROUTINES = st.builds(
    Routine,
    id=st.just("test"),
    name=TITLES,
    blocks=st.lists(BLOCKS, min_size=1, max_size=3).map(tuple),
    summary=PRINTABLE,
    frequency=PRINTABLE,
    progression=PRINTABLE,
    when=st.sampled_from(When),
    focus=WORDS,
    equipment=maybe(st.lists(st.sampled_from(Equipment), unique=True, max_size=3).map(tuple)),
    sources=WORDS,
    changeover_ms=maybe(tenths(0, 120_000)),
    side_change_ms=maybe(tenths(0, 120_000)),
)


def is_whole(routine: Routine) -> bool:
    """Whether there is something to do that is not optional, as a file must have it."""
    return any(
        not block.optional and any(not step.optional for step in block.steps)
        for block in routine.blocks
    )


def parsed(text: str) -> Routine:
    read = READER.parse(text, file="test.toml", routine_id="test")
    assert read.problems == ()
    assert read.routine is not None
    return read.routine


def comments_in(text: str) -> list[str]:
    return [comment.text for comment in find_places(text).comments]


def rewritten(text: str) -> str:
    return write_document(read_document(text, READER, routine_id="test"))


def commented(text: str, draw: Callable[[st.SearchStrategy[list[str]]], list[str]]) -> str:
    """Put comments of one's own between the lines of a canonical text, and beside them."""
    lines: list[str] = []
    for line in text.splitlines():
        indent = "  " if line.startswith(("  ", "]")) else ""
        if line:
            lines += [indent + comment for comment in draw(st.lists(COMMENTS, max_size=2))]
        takes_one = line and not line.startswith("#")
        beside = draw(st.lists(COMMENTS, max_size=1)) if takes_one else []
        lines.append("  ".join([line, *beside]))
    return "\n".join(lines) + "\n"


@FEWER
@given(ROUTINES.filter(is_whole))
def test_what_is_written_reads_back_with_one_line_for_each_step(routine: Routine) -> None:
    text = write_routine(routine)
    assert parsed(text) == routine
    lines = [line for line in text.splitlines() if line.startswith("  { ")]
    assert len(lines) == sum(len(block.steps) for block in routine.blocks)


@FEWER
@given(ROUTINES.filter(is_whole))
def test_what_is_written_fits_the_schema_that_editors_use(routine: Routine) -> None:
    errors = SCHEMA.iter_errors(parse_toml(write_routine(routine)))
    assert [error.message for error in errors] == []


@FEWER
@given(ROUTINES.filter(is_whole), st.data())
def test_a_canonical_file_with_comments_is_written_as_it_was(
    routine: Routine, data: st.DataObject
) -> None:
    text = commented(write_routine(routine), data.draw)
    assert rewritten(text) == text
    assert parsed(text) == routine


class Typist:
    """Types a routine as somebody might: odd spacing, lists over many lines, steps as tables."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def _gap(self) -> str:
        return self._draw(st.sampled_from(["", " ", "\t", "  "]))

    def _end(self) -> str:
        return f"{self._gap()}{self._draw(st.just('') | COMMENTS)}\n"

    def _between(self) -> str:
        """Return blank lines and comments that stand alone."""
        lines = st.lists(st.just("") | COMMENTS, max_size=2)
        return "".join(f"{self._gap() if line else ''}{line}\n" for line in self._draw(lines))

    def _long_list(self, items: list[object]) -> str:
        lines = [
            f"{self._between()}{self._gap()}{toml_of(item)}{self._gap()},{self._end()}"
            for item in items
        ]
        return f"[{self._end()}{''.join(lines)}{self._between()}]"

    def _pairs(self, table: dict[str, object]) -> str:
        made = ""
        for key, value in table.items():
            is_long = isinstance(value, list) and self._draw(st.booleans())
            typed = self._long_list(value) if is_long else toml_of(value)
            spelled = self._draw(st.sampled_from([key, key, key, f'"{key}"', f"'{key}'"]))
            made += f"{self._between()}{self._gap()}{spelled}{self._gap()}={self._gap()}"
            made += f"{typed}{self._end()}"
        return made

    def _block(self, block: dict[str, object]) -> str:
        steps = block["steps"]
        assert isinstance(steps, list)
        header = f"{self._between()}[[{self._gap()}blocks{self._gap()}]]{self._end()}"
        keys = self._pairs({key: value for key, value in block.items() if key != "steps"})
        if self._draw(st.booleans()):
            tables = [
                f"{self._between()}{self._gap()}[[blocks.steps]]{self._end()}{self._pairs(step)}"
                for step in steps
            ]
            return header + keys + "".join(tables)
        listed = f"steps{self._gap()}={self._gap()}{self._long_list(steps)}{self._end()}"
        return header + (keys + listed if self._draw(st.booleans()) else listed + keys)

    def type(self, routine: Routine) -> str:
        raw = parse_toml(write_routine(routine))
        blocks = raw.pop("blocks")
        text = self._pairs(raw)
        if self._draw(st.integers(0, 4)) == 0:
            text += f"blocks = {self._long_list(blocks)}{self._end()}"
        else:
            text += "".join(map(self._block, blocks))
        return text + self._between()


@st.composite
def loose_texts(draw: st.DrawFn) -> tuple[Routine, str]:
    routine = draw(ROUTINES.filter(is_whole))
    return routine, Typist(draw).type(routine)


def toml_of(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case list():
            return f"[{','.join(map(toml_of, value))}]"
        case dict():
            return f"{{{', '.join(f'{key} = {toml_of(item)}' for key, item in value.items())}}}"
        case _:
            return str(value)


@FEWER
@given(loose_texts())
def test_no_comment_is_lost_however_a_file_is_laid_out(loose: tuple[Routine, str]) -> None:
    routine, text = loose
    once = rewritten(text)
    assert parsed(once) == routine
    assert comments_in(once) == comments_in(text)
    assert rewritten(once) == once


@FEWER
@given(ROUTINES.filter(is_whole), st.randoms(use_true_random=False))
def test_comments_go_with_their_step_when_steps_change_places(
    routine: Routine, random: Random
) -> None:
    lines = []
    number = 0
    for line in write_routine(routine).splitlines():
        if line.startswith("  { "):
            number += 1
            lines += [f"  # above {number}", f"{line}  # beside {number}"]
        else:
            lines.append(line)
    document = read_document("\n".join(lines), READER, routine_id="test")
    order = list(range(len(routine.blocks[0].steps)))
    random.shuffle(order)
    block, notes = document.routine.blocks[0], document.blocks[0]
    moved = replace(
        document,
        routine=replace(
            document.routine,
            blocks=(
                replace(block, steps=tuple(block.steps[place] for place in order)),
                *document.routine.blocks[1:],
            ),
        ),
        blocks=(
            replace(notes, steps=tuple(notes.steps[place] for place in order)),
            *document.blocks[1:],
        ),
    )
    written = [line for line in write_document(moved).splitlines() if line.startswith("  ")]
    before = [line for line in write_document(document).splitlines() if line.startswith("  ")]
    pairs = [before[at : at + 2] for at in range(0, len(before), 2)]
    shuffled = [pairs[place] for place in order] + pairs[len(order) :]
    assert written == [line for pair in shuffled for line in pair]
