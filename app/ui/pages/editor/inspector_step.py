"""The inspector's fields of steps: of one, or what several have in common."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import Signal, Slot

from app.domain import editing
from app.domain.exercise import Phase, Position
from app.domain.expand import free_phase, sides_of
from app.domain.routine import (
    BREATHS_MAX,
    REPS_MAX,
    STEP_MAX_MS,
    STEP_MIN_MS,
    BreathsDose,
    OpenDose,
    RepsDose,
    SideChoice,
    TimeDose,
)
from app.ui import exercise_words, words
from app.ui.pages.editor.inspector_amount import CadenceFields, TempoFields
from app.ui.pages.editor.inspector_cues import CueFields
from app.ui.pages.editor.inspector_fields import (
    MIXED,
    FieldKeys,
    PickSelect,
    TextBox,
    TextLine,
    ToggleRow,
)
from app.ui.pages.editor.inspector_form import Form
from app.ui.pages.editor.inspector_head import StepHead
from app.ui.pages.editor.inspector_numbers import NumberStepper, TimeStepper
from app.ui.pages.editor.inspector_rules import (
    USUAL_MS,
    common,
    dose_of,
    dosed,
    newly_measured,
    paced,
    tempo_of,
    times_between,
)
from app.ui.pages.editor.words import amount_of_time, tr
from app.ui.widgets.buttons import Button, ButtonSize
from app.ui.widgets.label import Label
from app.ui.widgets.segmented import FillingSegments

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from app.domain.editing import PartId, StepPart
    from app.domain.exercise import Exercise
    from app.domain.routine import CadenceEnd, Dose, Step
    from app.ui.figures import Figures
    from app.ui.pages.editor.model import EditorModel
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

_NAME_MAX: Final = 80
_CHANGE_MAX_MS, _REST_MAX_MS, _SECOND_MS = 120_000, 600_000, 1_000
_RPE_MAX: Final = 10
_KINDS: Final[tuple[type[Dose], ...]] = (TimeDose, RepsDose, BreathsDose, OpenDose)
_DOSE_KEYS: Final = ("seconds", "reps", "breaths", "open")
_ON_FOOT: Final = frozenset({Position.WALKING, Position.RUNNING})


class StepForm(Form):
    """A field at its default is not in the step: what the exercise says holds then."""

    exercise_requested = cast("TypedSignal[str]", Signal(str))
    """The id of an own exercise to change, or a free name to make one of."""

    def __init__(
        self,
        themes: ThemeManager,
        model: EditorModel,
        keys: FieldKeys,
        figures: Figures,
        own_exercises: Callable[[], Collection[str]],
    ) -> None:
        super().__init__(themes, model, keys)
        self._own_exercises = own_exercises
        self._kept: dict[tuple[PartId, type[Dose]], dict[str, Any]] = {}
        """What a step had before it was measured otherwise."""
        self.head = StepHead(themes, figures)
        self.title = Label(themes, role="title_s", wraps=True)
        self.exercise_button = Button(themes, " ", size=ButtonSize.SMALL, icon="pencil")
        self._make_fields()
        self._lay_out()
        self._connect()

    # Building

    def _make_fields(self) -> None:
        themes = self.themes
        self.name = TextLine(themes, tr("Name"), most=_NAME_MAX)
        self.position = PickSelect(
            themes,
            tr("Position"),
            [(None, tr("As before")), *((one, exercise_words.position(one)) for one in Position)],
        )
        self.phase = PickSelect(
            themes,
            tr("Phase"),
            [(None, tr("Automatic")), *((one, words.phase(one)) for one in Phase)],
        )
        self.measure = FillingSegments(
            themes, [tr("Time"), tr("Reps"), tr("Breaths"), tr("Open")], name=tr("Measure")
        )
        self.seconds, self.open = (
            TimeStepper(themes, name, least_ms=STEP_MIN_MS, most_ms=STEP_MAX_MS)
            for name in (tr("Time"), tr("About how long"))
        )
        self.reps = NumberStepper(themes, tr("Repetitions"), least=1, most=REPS_MAX)
        self.breaths = NumberStepper(themes, tr("Breaths"), least=1, most=BREATHS_MAX)
        self.tempo = TempoFields(themes)
        self.cadence = CadenceFields(themes)
        self.side = PickSelect(
            themes,
            tr("Side"),
            [
                (None, tr("As the exercise")),
                (SideChoice.EACH, tr("Left, then right")),
                (SideChoice.LEFT, tr("Left side")),
                (SideChoice.RIGHT, tr("Right side")),
                (SideChoice.BOTH, tr("Both together")),
                (SideChoice.AFFECTED, tr("Sore side")),
            ],
        )
        self.changeover, self.side_change = (
            TimeStepper(
                themes,
                name,
                least_ms=0,
                most_ms=_CHANGE_MAX_MS,
                step_ms=_SECOND_MS,
                none_text=tr("Auto"),
                none_name=tr("Automatic"),
            )
            for name in (tr("Changeover"), tr("Side change"))
        )
        self.rest = TimeStepper(themes, tr("Rest after"), least_ms=0, most_ms=_REST_MAX_MS)
        self.rpe = NumberStepper(
            themes, tr("Effort, 1 to 10"), least=1, most=_RPE_MAX, none_text=tr("None")
        )
        self.cues = CueFields(themes)
        self.optional = ToggleRow(themes, tr("Optional"))
        self.note = TextBox(themes, tr("Note"), lines=3)

    def _lay_out(self) -> None:
        column = self.column
        column.addWidget(self.head)
        column.addWidget(self.title)
        column.addWidget(self.other)
        self.add(("name", tr("Name"), self.name))
        self.add(("position", tr("Position"), self.position))
        self.add(("phase", tr("Phase"), self.phase))
        column.addWidget(self.exercise_button)
        self.add(("measure", tr("Measure"), self.measure))
        # Only one of the doses is there at a time; the changeover stands beside it.
        self.add(
            ("seconds", tr("Time"), self.seconds),
            ("reps", tr("Count"), self.reps),
            ("breaths", tr("Count"), self.breaths),
            ("open", tr("About"), self.open),
            ("changeover", tr("Changeover"), self.changeover),
        )
        self.add(("tempo", tr("Tempo"), self.tempo), stops={"tempo": self.tempo.phases})
        cadence = self.cadence
        self.add(
            ("cadence", tr("Cadence"), cadence),
            stops={"cadence": (cadence.way, cadence.start, cadence.end)},
        )
        self.add(("side", tr("Side"), self.side))
        self.add(
            ("side_change", tr("Side change"), self.side_change),
            ("rest", tr("Rest after"), self.rest),
        )
        self.add(("cues", tr("Cues"), self.cues), stops={"cues": self.cues.lines})
        self.add(("rpe", tr("Effort, 1 to 10"), self.rpe))
        self.add(("optional", "", self.optional), stops={"optional": (self.optional.toggle,)})
        self.add(("note", tr("Note"), self.note))
        column.addStretch(1)

    def _connect(self) -> None:
        self.exercise_button.clicked.connect(self._ask_exercise)
        self.name.written.connect(self._rename)
        self.measure.chosen.connect(self._measure)
        self.seconds.edited.connect(partial(self._set_dose, TimeDose, tr("Change time")))
        self.reps.edited.connect(partial(self._set_dose, RepsDose, tr("Change reps")))
        self.breaths.edited.connect(partial(self._set_dose, BreathsDose, tr("Change breaths")))
        self.open.edited.connect(partial(self._set_dose, OpenDose, tr("Change estimate")))
        self.tempo.edited.connect(self._set_tempo)
        self.cadence.edited.connect(self._set_cadence)
        for resized in (self.cadence.resized, self.cues.resized):
            resized.connect(self.relayout)
        for attribute, label, select in (
            ("side", tr("Change side"), self.side),
            ("position", tr("Change position"), self.position),
            ("phase", tr("Change phase"), self.phase),
        ):
            select.picked.connect(partial(self._pick, attribute, label))
        for attribute, label, stepper in (
            ("changeover_ms", tr("Change changeover"), self.changeover),
            ("side_change_ms", tr("Change side change"), self.side_change),
            ("rpe", tr("Change effort"), self.rpe),
        ):
            stepper.edited.connect(partial(self._set, attribute, label))
        self.rest.edited.connect(self._set_rest)
        self.cues.edited.connect(partial(self._set, "cues", tr("Change cues")))
        self.cues.arranged.connect(partial(self._pick, "cues", tr("Change cues")))
        self.optional.switched.connect(partial(self._pick, "optional", tr("Change optional")))
        self.note.written.connect(self._set_note)

    # Showing

    def _parts(self) -> list[StepPart]:
        chosen = set(self.model.selected_steps)
        return [part for part in self.model.document.steps() if part.id in chosen]

    def _exercise(self, step: Step) -> Exercise | None:
        return self.model.exercises.get(step.exercise) if step.exercise is not None else None

    def refresh(self) -> None:
        parts = self._parts()
        if not parts:
            return
        chosen = {part.id for part in parts}
        problems = [
            (problem.key, problem.message)
            for problem in self.model.problems
            if problem.step in chosen
        ]
        steps = [part.step for part in parts]
        exercises = [self._exercise(step) for step in steps]
        self._show_head(parts, exercises)
        doses = [dose_of(step, exercise) for step, exercise in zip(steps, exercises, strict=True)]
        self._show_amount(steps, exercises, doses)
        self._show_rest(steps, exercises)
        self._show_which(steps, exercises, doses, {key for key, _ in problems})
        self.show_problems(problems)

    def _show_head(self, parts: list[StepPart], exercises: list[Exercise | None]) -> None:
        is_one = len(parts) == 1
        self.head.setVisible(is_one)
        self.title.setVisible(not is_one)
        step, exercise = parts[0].step, exercises[0]
        if not is_one:
            self.title.setText(tr("{count} steps").format(count=len(parts)))
        elif exercise is not None:
            self.head.show_step(exercise, exercise.name, exercise.position, exercise.phase)
        else:
            dose = step.dose or TimeDose(USUAL_MS)
            name = step.name or step.exercise or tr("Step without a name")
            position = step.position or Position.STANDING
            self.head.show_step(None, name, position, free_phase(step, dose))
        is_own = step.exercise is not None and step.exercise in self._own_exercises()
        is_free = step.exercise is None and bool((step.name or "").strip())
        button = self.exercise_button
        button.setVisible(is_one and (is_own or is_free) and not self.model.read_only)
        button.setText(tr("Edit exercise") if is_own else tr("Make an exercise of it"))
        button.set_icon("pencil" if is_own else "plus")

    def _show_amount(
        self, steps: list[Step], exercises: list[Exercise | None], doses: list[Dose | None]
    ) -> None:
        kind = common(type(dose) for dose in doses)
        self.measure.set_current(_KINDS.index(kind) if kind in _KINDS else -1)
        label = self.entries["measure"].cell.label
        text = tr("Measure, mixed") if kind is MIXED else tr("Measure")
        if label.text() != text:
            label.setText(text)
        for wanted, field, attribute in (
            (TimeDose, self.seconds, "duration_ms"),
            (RepsDose, self.reps, "reps"),
            (BreathsDose, self.breaths, "breaths"),
            (OpenDose, self.open, "estimate_ms"),
        ):
            if kind is wanted:
                field.show_value(common(getattr(dose, attribute) for dose in doses))
        choices = self.model.choices
        sides = common(
            len(sides_of(step, exercise, choices))
            for step, exercise in zip(steps, exercises, strict=True)
        )
        for key, alone in (
            ("seconds", tr("Time")),
            ("reps", tr("Count")),
            ("breaths", tr("Count")),
            ("open", tr("About")),
        ):
            text = tr("Each side") if sides == 2 else alone  # noqa: PLR2004  (left and right)
            if self.entries[key].cell.label.text() != text:
                self.entries[key].cell.label.setText(text)
        self.tempo.show_tempo(
            common(
                tempo_of(step, exercise) for step, exercise in zip(steps, exercises, strict=True)
            ),
            exercises[0].tempo if exercises[0] is not None else None,
        )
        self.cadence.show_cadence(common(step.cadence for step in steps))

    def _show_rest(self, steps: list[Step], exercises: list[Exercise | None]) -> None:
        self.name.show_value(common(step.name or "" for step in steps))
        self.position.show_value(common(step.position for step in steps))
        self.phase.show_value(common(step.phase for step in steps))
        is_library = any(exercise is not None for exercise in exercises)
        self.side.set_text_of(None, tr("As the exercise") if is_library else tr("No sides"))
        self.side.show_value(common(step.side for step in steps))
        self.changeover.show_value(common(step.changeover_ms for step in steps))
        self.side_change.show_value(common(step.side_change_ms for step in steps))
        self._show_between(steps)
        self.rest.show_value(common(step.rest_ms or 0 for step in steps))
        self.rpe.show_value(common(step.rpe for step in steps))
        own = common(exercise.cues if exercise is not None else () for exercise in exercises)
        self.cues.show_cues(
            common(step.cues for step in steps), own if isinstance(own, tuple) else ()
        )
        self.optional.show_value(common(step.optional for step in steps))
        self.note.show_value(common(step.note or "" for step in steps))

    def _show_between(self, steps: list[Step]) -> None:
        """Tell how long the automatic times are that stand before the one step."""
        head, parts = self.model.document.head, self._parts()
        place = self.model.document.place(parts[0].id) if len(parts) == 1 else None
        found = times_between(self.model.timeline, place)
        for key, typed, usual, length_ms in (
            ("changeover", steps[0].changeover_ms, head.changeover_ms, found[0]),
            ("side_change", steps[0].side_change_ms, head.side_change_ms, found[1]),
        ):
            text = ""
            if typed is None and length_ms is not None:
                text = tr("Now {time}") if usual is None else tr("Routine: {time}")
            whole = round((length_ms or 0) / _SECOND_MS) * _SECOND_MS
            self.entries[key].cell.set_hint(text.format(time=amount_of_time(whole)))

    def _show_which(
        self,
        steps: list[Step],
        exercises: list[Exercise | None],
        doses: list[Dose | None],
        problems: set[str],
    ) -> None:
        """Show the fields that the steps can have, and those that have something all the same."""
        free = all(step.exercise is None for step in steps)
        kind = common(type(dose) for dose in doses)
        on_foot = all(
            (exercise.position if exercise is not None else step.position) in _ON_FOOT
            for step, exercise in zip(steps, exercises, strict=True)
        )
        shown = {
            "name": free and len(steps) == 1,
            "position": free or any(step.position for step in steps),
            "phase": free or any(step.phase for step in steps),
            "tempo": kind is RepsDose or any(step.tempo_ms for step in steps),
            "cadence": (kind is TimeDose and on_foot) or any(step.cadence for step in steps),
        }
        for key, wanted in zip(_DOSE_KEYS, _KINDS, strict=True):
            shown[key] = kind is wanted
        for key, on in shown.items():
            self.entries[key].set_shown(shown=on or key in problems)
        # The texts in them may need another room, too.
        self.entries["changeover"].relayout()
        self.entries["side_change"].relayout()

    # Changing

    def _change(self, label: str, key: str, change: Callable[..., dict[str, Any]]) -> None:
        """Change each step by what `change` says of it and its exercise, all as one."""
        groups: list[tuple[dict[str, Any], list[PartId]]] = []
        for part in self._parts():
            changes = change(part, self._exercise(part.step))
            same = next((ids for known, ids in groups if known == changes), None)
            if same is None:
                groups.append((changes, [part.id]))
            else:
                same.append(part.id)
        document = self.model.document
        for changes, ids in groups:
            document = editing.set_steps(document, ids, **changes)
        # One key for all: whether the steps differ may change from letter to letter.
        self.model.do(document, label, merge=("steps", self.model.selection, key))

    def _set(self, attribute: str, label: str, value: object) -> None:
        self.model.set_steps([part.id for part in self._parts()], label, **{attribute: value})

    def _pick(self, attribute: str, label: str, value: object) -> None:
        """Take a choice, which is undone apart from the one before."""
        self.model.settle()
        self._set(attribute, label, value)
        self.model.settle()

    @Slot(str)
    def _rename(self, text: str) -> None:
        self._set("name", tr("Rename step"), text)

    @Slot(object)
    def _set_rest(self, rest_ms: int | None) -> None:
        self._set("rest_ms", tr("Change rest"), rest_ms or None)

    @Slot(str)
    def _set_note(self, text: str) -> None:
        self._set("note", tr("Change note"), text or None)

    def _set_dose(self, kind: type[Dose], label: str, amount: int | None) -> None:
        dose = kind(amount or 0)
        self._change(label, "dose", partial(dosed, dose))

    @Slot(int)
    def _measure(self, index: int) -> None:
        kind = _KINDS[index]
        self.model.settle()
        self._change(tr("Change measure"), "measure", partial(self._measured, kind))
        self.model.settle()

    def _measured(
        self, kind: type[Dose], part: StepPart, exercise: Exercise | None
    ) -> dict[str, Any]:
        step = part.step
        dose = dose_of(step, exercise)
        if type(dose) is kind:
            return {"dose": step.dose, "tempo_ms": step.tempo_ms, "cadence": step.cadence}
        if dose is not None:
            self._kept[part.id, type(dose)] = {
                "dose": step.dose,
                "tempo_ms": step.tempo_ms,
                "cadence": step.cadence,
            }
        return self._kept.get((part.id, kind)) or newly_measured(kind, exercise)

    @Slot(int, int)
    def _set_tempo(self, number: int, length_ms: int) -> None:
        self._change(tr("Change tempo"), "tempo", partial(paced, number, length_ms))

    @Slot(object)
    def _set_cadence(self, cadence: tuple[CadenceEnd, CadenceEnd] | None) -> None:
        self._set("cadence", tr("Change cadence"), cadence)

    @Slot()
    def _ask_exercise(self) -> None:
        step = self._parts()[0].step
        self.exercise_requested.emit(step.exercise or step.name or "")
