"""Documents for tests of the editor's storage: any at all, also such as no file may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from make import EXERCISES

from app.domain.editing import Document, document_of
from app.domain.exercise import Equipment, Phase, Position
from app.domain.routine import (
    Block,
    BreathsDose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.domain.when import When
from app.storage.paths import UserFolders
from app.storage.routine_desk import RoutineDesk

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.exercise import ExerciseLibrary

TEXT = """\
# Hips, after Sunday's long run
schema = 1
name = "Hips"  # short
when = "after-run"
side_change = "0:05"

# first this
[[blocks]]
name = "Loosen"
steps = [
  # slowly
  { exercise = "walk", seconds = "1:30" },  # outside
  { exercise = "bridge", reps = 10 },
]

[[blocks]]
name = "Hold"
rounds = 2  # three when fresh
rest = 15
steps = [
  { exercise = "wall-calf", seconds = 40, side = "each" },
  # the left one is the tight one
  { exercise = "twist" },
  # that's all
]
# the end
"""


def folders(home: Path) -> UserFolders:
    return UserFolders(
        home=home,
        data=home / "data",
        config=home / "config",
        cache=home / "cache",
        logs=home / "logs",
    )


def desk(home: Path, exercises: ExerciseLibrary | None = None) -> RoutineDesk:
    """Return a desk with a shipped routine `shipped` and no other."""
    shipped = home / "shipped"
    shipped.mkdir(parents=True, exist_ok=True)
    (shipped / "shipped.toml").write_text(TEXT)
    return RoutineDesk(folders(home), lambda: exercises or EXERCISES, shipped_routines=shipped)


def write(home: Path, name: str = "hips.toml", text: str = TEXT) -> Path:
    path = home / "data" / "routines" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


# Texts that fields may hold while somebody types, also half characters and line breaks.
texts = st.sampled_from(
    [
        "",
        " ",
        "a",
        "Ä # \"x\" 'y' \\",
        "two\nlines",
        "日🦵",
        "\ud83e",
        "x" * 90,
        "[[blocks]]",
        "1:30",
    ]
)
maybe_texts = st.none() | texts
lengths = st.sampled_from([-1_000, 0, 1, 500, 1_000, 7_500, 90_000, 601_000, 5_000_000])
counts = st.sampled_from([-1, 0, 1, 2, 12, 60, 200, 201])
doses = st.one_of(
    st.builds(TimeDose, lengths),
    st.builds(RepsDose, counts),
    st.builds(BreathsDose, counts),
    st.builds(OpenDose, lengths),
)
any_steps = st.builds(
    Step,
    exercise=st.none() | st.sampled_from([*sorted(EXERCISES), "no-such"]) | texts,
    name=maybe_texts,
    dose=st.none() | doses,
    side=st.none() | st.sampled_from(SideChoice),
    changeover_ms=st.none() | lengths,
    rest_ms=st.none() | lengths,
    side_change_ms=st.none() | lengths,
    tempo_ms=st.none() | st.tuples(lengths, lengths, lengths, lengths),
    cadence=st.none() | st.tuples(counts, counts | st.just("goal")),
    position=st.none() | st.sampled_from(Position),
    rpe=st.none() | counts,
    cues=st.none() | st.lists(texts, max_size=5).map(tuple),
    phase=st.none() | st.sampled_from(Phase),
    optional=st.booleans(),
    note=maybe_texts,
)
any_blocks = st.builds(
    Block,
    name=texts,
    steps=st.lists(any_steps, max_size=3).map(tuple),
    rounds=counts,
    rest_ms=lengths,
    optional=st.booleans(),
)
any_routines = st.builds(
    Routine,
    id=st.just("any"),
    name=texts,
    blocks=st.lists(any_blocks, max_size=3).map(tuple),
    summary=texts,
    frequency=texts,
    progression=texts,
    when=st.sampled_from(When),
    focus=st.lists(texts, max_size=2).map(tuple),
    equipment=st.none() | st.lists(st.sampled_from(Equipment), max_size=2).map(tuple),
    sources=st.lists(texts, max_size=2).map(tuple),
    changeover_ms=st.none() | lengths,
    side_change_ms=st.none() | lengths,
)
any_documents: st.SearchStrategy[Document] = any_routines.map(document_of)
