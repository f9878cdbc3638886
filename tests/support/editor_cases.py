"""Routines that are edited, with a desk in memory: for the tests of the editor."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from make import EXERCISES, block, hold, step
from preview_cases import no_figures
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.domain.choices import Choices
from app.domain.editing import Clip, Document, OpenRoutine, PartProblem, document_of
from app.domain.errors import ChangedOutsideError, RoutineError
from app.domain.exercise import Category, Equipment, Exercise, Mode, Position, Sides, Tempo
from app.domain.routine import (
    STEP_MIN_MS,
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
from app.ui.pages.editor.model import EditorModel
from app.ui.pages.editor.page import EditorPage

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale

    from app.domain.exercise import ExerciseLibrary
    from app.ui.theme import ThemeManager

FILE = "/home/me/routines/hips-and-hamstrings.toml"

LIBRARY: ExerciseLibrary = {
    **EXERCISES,
    **{
        exercise.id: exercise
        for exercise in (
            Exercise(
                id="easy-march",
                name="Easy march",
                category=Category.WARM_UP,
                position=Position.STANDING,
                sides=Sides.BOTH,
                mode=Mode.MOVE,
                seconds_ms=60_000,
            ),
            Exercise(
                id="leg-swings",
                name="Leg swings",
                category=Category.DYNAMIC,
                position=Position.STANDING,
                sides=Sides.EACH,
                mode=Mode.HOLD,
                seconds_ms=40_000,
                equipment=(Equipment.WALL,),
            ),
            Exercise(
                id="walking-lunge",
                name="Walking lunge",
                category=Category.DYNAMIC,
                position=Position.WALKING,
                sides=Sides.BOTH,
                mode=Mode.REPS,
                reps=12,
                tempo=Tempo(phases_ms=(2_000, 0, 2_000, 0), labels=("down", "", "up", "")),
            ),
            Exercise(
                id="half-kneeling-hip-flexor-stretch",
                name="Half-kneeling hip flexor stretch",
                category=Category.STATIC,
                position=Position.HALF_KNEELING,
                sides=Sides.EACH,
                mode=Mode.HOLD,
                seconds_ms=40_000,
                equipment=(Equipment.MAT,),
            ),
            Exercise(
                id="supine-hamstring-stretch",
                name="Supine hamstring stretch",
                category=Category.STATIC,
                position=Position.SUPINE,
                sides=Sides.EACH,
                mode=Mode.HOLD,
                seconds_ms=45_000,
                equipment=(Equipment.MAT, Equipment.TOWEL),
                cues=("Keep the knee soft", "Breathe out as you ease in"),
            ),
            Exercise(
                id="figure-four-piriformis-stretch",
                name="Figure-four piriformis stretch",
                category=Category.STATIC,
                position=Position.SUPINE,
                sides=Sides.EACH,
                mode=Mode.HOLD,
                seconds_ms=45_000,
                equipment=(Equipment.MAT,),
            ),
        )
    },
}
"""The exercises of `make`, and those of the design's pictures."""

HIPS = Routine(
    id="hips-and-hamstrings",
    name="Hips and hamstrings",
    summary="What tightens first on long runs.",
    when=When.AFTER_RUN,
    blocks=(
        Block(name="Loosen", steps=(step("easy-march"), step("leg-swings"), step("walking-lunge"))),
        Block(
            name="Hold",
            rounds=2,
            rest_ms=15_000,
            steps=(
                step("half-kneeling-hip-flexor-stretch"),
                step("supine-hamstring-stretch"),
                step("figure-four-piriformis-stretch"),
            ),
        ),
        Block(
            name="Steady",
            steps=(
                step("bridge"),
                step("dead-bug", dose=RepsDose(8), rest_ms=20_000),
                step("wall-calf"),
            ),
        ),
    ),
)
"""The routine of the design's pictures."""

KINDS = Routine(
    id="kinds",
    name="All kinds",
    blocks=(
        block(
            step("walk", dose=TimeDose(120_000), cadence=(100, 118), rpe=3),
            step("wall-calf", dose=BreathsDose(6)),
            step("twist", dose=OpenDose(), side=SideChoice.LEFT),
            step("supine-hamstring-stretch", side=SideChoice.AFFECTED),
            hold(30, "Balance, eyes closed", side=SideChoice.EACH),
        ),
        block(step("dead-bug", optional=True), optional=True),
    ),
)
"""A step with every dose, and parts that are optional."""


def numbered(blocks: int, steps: int, **keys: object) -> Routine:
    """Return a routine of plain free-name steps: "1.1", "1.2" and so on in "Block 1"."""
    return Routine(
        id="numbered",
        name="Numbered",
        blocks=tuple(
            Block(
                name=f"Block {at}",
                steps=tuple(hold(30, f"{at}.{number}") for number in range(1, steps + 1)),
            )
            for at in range(1, blocks + 1)
        ),
        **keys,  # type: ignore[arg-type]
    )


def long_routine(steps: int) -> Routine:
    """Return a routine of so many short steps of the library, in blocks of ten."""
    names = ("easy-march", "bridge", "wall-calf", "dead-bug", "walk")
    made = [step(names[number % len(names)], dose=TimeDose(10_000)) for number in range(steps)]
    return Routine(
        id="long",
        name="Long",
        blocks=tuple(
            Block(name=f"Block {at // 10 + 1}", steps=tuple(made[at : at + 10]))
            for at in range(0, steps, 10)
        ),
    )


class FakeClipboard:
    """A clipboard that nothing else writes to."""

    def __init__(self) -> None:
        self.content = ""

    def text(self) -> str:
        return self.content

    def set_text(self, text: str) -> None:
        self.content = text


def usual_problems(document: Document) -> tuple[PartProblem, ...]:
    """Find the few things wrong that the tests make: no name, no steps, too short a step."""
    found: list[PartProblem] = []
    if not document.head.name.strip():
        found.append(PartProblem(rule="missing", message="A routine needs a name.", key="name"))
    if not document.blocks:
        found.append(
            PartProblem(rule="missing", message="A routine needs an exercise.", key="blocks")
        )
    for part in document.blocks:
        if not part.name.strip():
            found.append(
                PartProblem(
                    rule="missing", message="A block needs a name.", block=part.id, key="name"
                )
            )
        if not part.steps:
            found.append(
                PartProblem(
                    rule="missing", message="A block needs a step.", block=part.id, key="steps"
                )
            )
        found += [
            PartProblem(
                rule="too-short",
                message="A step lasts at least 1 second.",
                block=part.id,
                step=one.id,
                key="seconds",
            )
            for one in part.steps
            if isinstance(one.step.dose, TimeDose) and one.step.dose.duration_ms < STEP_MIN_MS
        ]
    return tuple(found)


@dataclass
class FakeDesk:
    """Keeps files in memory. A file's text is what `text` says of its document."""

    files: dict[str, Document] = field(default_factory=dict)
    kept: dict[str, Document] = field(default_factory=dict)
    """Drafts, by file."""
    clips: dict[str, Clip] = field(default_factory=dict)
    saves: int = 0
    trouble: str = ""
    """Why nothing can be written; empty where it can."""
    extra: tuple[PartProblem, ...] = ()
    """Found wrong with whatever is checked."""

    def open(self, file: str) -> OpenRoutine:
        if file not in self.files:
            raise RoutineError(f"{file} is gone")
        return OpenRoutine(file=file, document=self.files[file], text=self.text(self.files[file]))

    def problems(self, document: Document) -> tuple[PartProblem, ...]:
        return (*usual_problems(document), *self.extra)

    def text(self, document: Document) -> str:
        return repr(document.routine)

    def clip_text(self, clip: Clip) -> str:
        lines = [repr(part.block) for part in clip.blocks] or [
            repr(part.step) for part in clip.steps
        ]
        text = "\n".join(lines)
        self.clips[text] = clip
        return text

    def pasted(self, text: str) -> Clip:
        return self.clips.get(text, Clip())

    def save(self, opened: OpenRoutine, document: Document) -> OpenRoutine:
        if self.trouble:
            raise RoutineError(self.trouble)
        if self.is_changed(opened):
            raise ChangedOutsideError(f"{opened.file} was changed")
        self.files[opened.file] = document
        self.saves += 1
        return replace(opened, document=document, text=self.text(document))

    def is_changed(self, opened: OpenRoutine) -> bool:
        now = self.files.get(opened.file)
        return (self.text(now) if now is not None else "") != opened.text

    def accepting(self, opened: OpenRoutine) -> OpenRoutine:
        return replace(opened, text=self.text(self.files[opened.file]))

    def create(self, document: Document) -> OpenRoutine:
        file = f"/home/me/routines/{document.head.id}.toml"
        self.files[file] = document
        return self.open(file)

    def keep_draft(self, opened: OpenRoutine, document: Document) -> None:
        self.kept[opened.file] = document

    def forget_draft(self, opened: OpenRoutine) -> None:
        self.kept.pop(opened.file, None)

    def drafts(self) -> tuple[OpenRoutine, ...]:
        return tuple(
            OpenRoutine(file=file, document=document) for file, document in self.kept.items()
        )


def opened(
    routine: Routine = HIPS, desk: FakeDesk | None = None, *, read_only: bool = False
) -> OpenRoutine:
    """Return a routine as a file of the desk that is open."""
    desk = desk or FakeDesk()
    file = f"/home/me/routines/{routine.id}.toml"
    desk.files[file] = document_of(routine)
    return replace(desk.open(file), read_only=read_only)


def editor_model(
    routine: Routine = HIPS,
    desk: FakeDesk | None = None,
    *,
    read_only: bool = False,
    clipboard: FakeClipboard | None = None,
    exercises: ExerciseLibrary | None = None,
    **keys: Any,  # noqa: ANN401  (the model's own)
) -> EditorModel:
    """Return a model of a routine that lies on a desk in memory."""
    desk = desk or FakeDesk()
    library = LIBRARY if exercises is None else exercises
    return EditorModel(
        opened(routine, desk, read_only=read_only),
        desk,
        clipboard or FakeClipboard(),
        exercises=lambda: library,
        choices=lambda: Choices(with_optional=True),
        **keys,
    )


def step_id(model: EditorModel, block: int, step: int) -> int:
    """Return the id of a step by its place, counted from 0."""
    return model.document.blocks[block].steps[step].id


def block_id(model: EditorModel, block: int) -> int:
    return model.document.blocks[block].id


def step_names(model: EditorModel) -> list[list[str]]:
    """Return the names of the steps, block by block."""
    library = model.exercises
    return [
        [
            library[one.step.exercise].name if one.step.exercise else one.step.name or ""
            for one in part.steps
        ]
        for part in model.document.blocks
    ]


def short_hold(seconds: float = 0.5) -> Step:
    """Return a step that is too short to be saved."""
    return hold(seconds, "Blink")


class PlainInspector(QWidget):
    """Stands in for the inspector: one field, and what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[PartProblem] = []
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)

    def focus_start(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: PartProblem) -> None:
        self.problems.append(problem)
        self.focus_start()


class PlainLibrary(QWidget):
    """Stands in for the library: one field to search, and its signals."""

    picked = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)

    def focus_search(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


def editor_page(model: EditorModel, themes: ThemeManager, locale: QLocale) -> EditorPage:
    """Return a page beside whose list there are plain widgets; 1280 wide with the rail."""
    page = EditorPage(
        model, themes, locale, no_figures(), inspector=PlainInspector(), library=PlainLibrary
    )
    page.resize(1184, 800)
    return page


def key(
    wanted: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, wanted, modifiers)


def write(text: str) -> None:
    """Type a text where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
