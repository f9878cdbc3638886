"""The dialog in which an exercise of one's own is made, changed and deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.exercise import Category, Equipment, Exercise, Mode, Position, Sides
from app.domain.routine import REPS_MAX, STEP_MAX_MS, STEP_MIN_MS
from app.ui import exercise_words, words
from app.ui.pages.editor.dialogs.exercise_fields import (
    CUE_LENGTH,
    TEMPO_LEAST_MS,
    TEMPO_MOST_MS,
    CuesEdit,
    Preview,
    TempoEdit,
    new_id,
    synonyms_of,
)
from app.ui.pages.editor.dialogs.parts import CheckChip, Field, Flow, FormDialog
from app.ui.pages.editor.dialogs.pick_list import PickDialog
from app.ui.pages.editor.dialogs.picks import Pick, exercise_picks
from app.ui.pages.exercises.data import searchable
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.choice import Segmented
from app.ui.widgets.label import Label
from app.ui.widgets.select import Select
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from app.domain.exercise import ExerciseLibrary
    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate

WIDTH: Final = 776
NAME_MAX: Final = 60
_POSITIONS: Final = tuple(Position)
_CATEGORIES: Final = exercise_words.CATEGORIES
_SIDES: Final = (Sides.EACH, Sides.BOTH)
_MODES: Final = (Mode.HOLD, Mode.REPS, Mode.MOVE)
_SECOND_MS: Final = 1_000
_NO_FIGURE: Final = "-"
"""No id looks like this."""


class OwnExerciseDialog(FormDialog):
    """Save waits until nothing is wrong. What the form does not show of an exercise is kept."""

    saved = cast("TypedSignal[Exercise]", Signal(object))
    """A new one has an id that no exercise of the library has."""
    deleted = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self,
        themes: ThemeManager,
        parent: QWidget,
        *,
        figures: Figures,
        exercise: Exercise | None,
        library: ExerciseLibrary,
        name: str = "",
    ) -> None:
        """`exercise` None makes a new one, called `name`; `library` is all there are."""
        title = translate("OwnExercise", "Edit exercise")
        if exercise is None:
            title = translate("OwnExercise", "New exercise")
        super().__init__(themes, parent, title, width=WIDTH)
        self._figures = figures
        self._own = exercise
        self._library = library
        self._figure: str | None = exercise.figure if exercise is not None else None
        self._touched = bool(name) or exercise is not None
        self._make_fields()
        self._lay_out()
        if exercise is not None:
            self.remove: Button | None = self.add_button(
                translate("OwnExercise", "Delete"), kind=ButtonKind.DANGER, icon="trash-2"
            )
            self._primary = None
            self._buttons.removeWidget(self.remove)
            self._buttons.insertWidget(0, self.remove)
            self.remove.clicked.connect(self._delete)
        else:
            self.remove = None
        self.add_close(translate("OwnExercise", "Cancel"))
        self.save = self.add_button(
            translate("OwnExercise", "Save exercise"), kind=ButtonKind.PRIMARY
        )
        self.save.clicked.connect(self._save)
        self._fill(exercise or _blank(name))
        self._connect()
        self._follow()

    # Building

    def _make_fields(self) -> None:
        themes = self.themes
        self.name = self._text(translate("OwnExercise", "Name"), NAME_MAX)
        self.category = Select(
            themes,
            [exercise_words.category(value) for value in _CATEGORIES],
            name=translate("OwnExercise", "Kind"),
            widest=232,
        )
        self.position = Select(
            themes,
            [exercise_words.position(value) for value in _POSITIONS],
            name=translate("OwnExercise", "Position"),
            widest=232,
        )
        self.sides = Segmented(
            themes,
            [translate("OwnExercise", "Each side"), translate("OwnExercise", "Once")],
            name=translate("OwnExercise", "Sides"),
        )
        self.mode = Segmented(
            themes,
            [
                translate("OwnExercise", "Hold"),
                translate("OwnExercise", "Reps"),
                translate("OwnExercise", "Keep moving"),
            ],
            name=translate("OwnExercise", "How it is done"),
            equal=False,
        )
        self.seconds = Stepper(
            themes,
            translate("OwnExercise", "Seconds"),
            minimum=STEP_MIN_MS // _SECOND_MS,
            maximum=STEP_MAX_MS // _SECOND_MS,
            step=5,
            unit=translate("OwnExercise", " s"),
        )
        self.reps = Stepper(
            themes,
            translate("OwnExercise", "Repetitions"),
            minimum=1,
            maximum=REPS_MAX,
            unit=translate("OwnExercise", " reps"),
        )
        # Both count what is done in one go: with each keystroke, so that a problem shows at once.
        for stepper in (self.seconds, self.reps):
            stepper.setKeyboardTracking(True)
        self.in_turn = CheckChip(
            themes,
            translate("OwnExercise", "Left and right in turn"),
            icon="repeat",
            parent=self,
        )
        self.tempo = TempoEdit(themes)
        self.cues = CuesEdit(themes)
        self.caution = self._text(translate("OwnExercise", "Caution"), CUE_LENGTH)
        self.synonyms = self._text(translate("OwnExercise", "Other names"), 400)
        self.synonyms.setPlaceholderText(
            translate("OwnExercise", "quad stretch, front of thigh stretch")
        )
        self.gear = {
            item: CheckChip(
                themes, words.equipment(item), icon=words.EQUIPMENT_ICONS[item], parent=self
            )
            for item in Equipment
        }
        self.preview = Preview(themes, self._figures)
        self.figure_name = Label(themes, role="small", color="text_2", wraps=True)
        self.choose_figure = Button(
            themes,
            translate("OwnExercise", "Choose figure"),
            size=ButtonSize.SMALL,
            icon="person-standing",
        )

    def _text(self, name: str, most: int) -> TextField:
        field = TextField(self.themes, name=name)
        field.setMaxLength(most)
        return field

    def _lay_out(self) -> None:
        themes = self.themes
        self.name_field = Field(themes, translate("OwnExercise", "Name"), self.name)
        self._seconds_field = Field(themes, translate("OwnExercise", "Usual length"), self.seconds)
        self.reps_field = Field(
            themes, translate("OwnExercise", "Usual count"), self.reps, self.in_turn
        )
        self.tempo_field = Field(themes, translate("OwnExercise", "One repetition"), self.tempo)
        self.synonyms_field = Field(
            themes,
            translate("OwnExercise", "Other names"),
            self.synonyms,
            note=translate("OwnExercise", "Parted by commas. Found by search and in pasted lists."),
        )
        gear = Flow(translate("OwnExercise", "Equipment"))
        for chip in self.gear.values():
            gear.add(chip)
        top, left, right = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        lists = Flow(gap=16)
        lists.add(Field(themes, self.category.accessibleName(), self.category))
        lists.add(Field(themes, self.position.accessibleName(), self.position))
        left.setSpacing(16)
        left.addWidget(self.name_field)
        left.addWidget(lists)
        left.addWidget(Field(themes, self.sides.accessibleName(), self.sides))
        left.addWidget(Field(themes, self.mode.accessibleName(), self.mode))
        left.addStretch(1)
        right.setSpacing(8)
        right.addWidget(self.preview)
        right.addWidget(self.figure_name)
        right.addWidget(self.choose_figure, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        top.setSpacing(24)
        top.addLayout(left, 1)
        top.addLayout(right)
        self.body.setSpacing(16)
        self.body.addLayout(top)
        for part in (
            self._seconds_field,
            self.reps_field,
            self.tempo_field,
            Field(themes, gear.accessibleName(), gear),
            Field(themes, translate("OwnExercise", "Cues"), self.cues),
            Field(themes, self.caution.accessibleName(), self.caution),
            self.synonyms_field,
        ):
            self.body.addWidget(part)

    def _connect(self) -> None:
        for field in (self.name, self.synonyms):
            field.textChanged.connect(self._touch)
        for select in (self.category, self.position):
            select.activated.connect(self._follow)
        for segmented in (self.sides, self.mode):
            segmented.chosen.connect(self._follow)
        for stepper in (self.seconds, self.reps):
            stepper.valueChanged.connect(self._follow)
        self.in_turn.toggled.connect(self._follow)
        self.tempo.changed.connect(self._follow)
        self.cues.resized.connect(self.refit)
        self.choose_figure.clicked.connect(self._pick_figure)

    def _fill(self, exercise: Exercise) -> None:
        self.name.setText(exercise.name)
        self.category.setCurrentIndex(_CATEGORIES.index(exercise.category))
        self.position.setCurrentIndex(_POSITIONS.index(exercise.position))
        self.sides.set_current(_SIDES.index(exercise.sides))
        self.mode.set_current(_MODES.index(exercise.mode))
        self.seconds.setValue((exercise.seconds_ms or 30 * _SECOND_MS) // _SECOND_MS)
        self.reps.setValue(exercise.reps or 10)
        self.in_turn.setChecked(exercise.alternating)
        if exercise.tempo is not None:
            self.tempo.show_tempo(exercise.tempo)
        for item in exercise.equipment:
            self.gear[item].setChecked(True)
        self.cues.show_cues(exercise.cues)
        self.caution.setText(exercise.caution)
        self.synonyms.setText(", ".join(exercise.synonyms))

    def open(self) -> None:
        super().open()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    # What the form says

    @property
    def _mode(self) -> Mode:
        return _MODES[self.mode.current()]

    def exercise(self) -> Exercise:
        """Return the exercise as the form says it, sound or not."""
        name = " ".join(self.name.text().split())
        before = self._own
        base = before or replace(_blank(name), id=new_id(name, self._library.keys()))
        by_reps = self._mode is Mode.REPS
        sides = _SIDES[self.sides.current()]
        seconds_ms = self.seconds.value() * _SECOND_MS
        if before is not None and before.seconds_ms is not None:
            # What was typed to the tenth of a second stays so until it is changed here.
            same = before.seconds_ms // _SECOND_MS == self.seconds.value()
            seconds_ms = before.seconds_ms if same else seconds_ms
        return replace(
            base,
            name=name,
            category=_CATEGORIES[self.category.currentIndex()],
            position=_POSITIONS[self.position.currentIndex()],
            sides=sides,
            mode=self._mode,
            seconds_ms=None if by_reps else seconds_ms,
            reps=self.reps.value() if by_reps else None,
            tempo=self.tempo.tempo() if by_reps else None,
            alternating=by_reps and sides is Sides.BOTH and self.in_turn.isChecked(),
            equipment=tuple(item for item, chip in self.gear.items() if chip.isChecked()),
            cues=self.cues.cues(),
            caution=self.caution.text().strip(),
            synonyms=synonyms_of(self.synonyms.text()),
            figure=self._figure,
        )

    @Slot()
    def _touch(self, *_: object) -> None:
        self._touched = True
        self._follow()

    @Slot()
    def _follow(self, *_: object) -> None:
        """Show what belongs to the mode, the figure, and what is wrong."""
        by_reps = self._mode is Mode.REPS
        self._seconds_field.setVisible(not by_reps)
        self.reps_field.setVisible(by_reps)
        self.tempo_field.setVisible(by_reps)
        self.in_turn.setVisible(_SIDES[self.sides.current()] is Sides.BOTH)
        exercise = self.exercise()
        self.preview.show_exercise(exercise)
        self._name_figure(exercise)
        self._judge(exercise)
        self.refit()

    def _name_figure(self, exercise: Exercise) -> None:
        lender = self._library.get(exercise.figure or "")
        text = exercise_words.position(exercise.position)
        if lender is not None:
            text = lender.name
        self.figure_name.setText(text)

    def _judge(self, exercise: Exercise) -> None:
        name_problem = "" if exercise.name else translate("OwnExercise", "It needs a name.")
        reps_problem, tempo_problem = _dose_problems(exercise)
        synonyms_problem = ""
        if any(len(name) > NAME_MAX for name in exercise.synonyms):
            synonyms_problem = translate(
                "OwnExercise", "A name has at most 60 characters; commas part the names."
            )
        if self._touched and name_problem:
            self.name_field.show_problem(name_problem)
        else:
            self.name_field.show_hint(self._same_name(exercise, [exercise.name]))
        self.reps_field.show_problem(reps_problem)
        self.reps.set_bad(bool(reps_problem))
        self.tempo_field.show_problem(tempo_problem)
        if synonyms_problem:
            self.synonyms_field.show_problem(synonyms_problem)
        else:
            self.synonyms_field.show_hint(self._same_name(exercise, exercise.synonyms))
        problems = (name_problem, reps_problem, tempo_problem, synonyms_problem)
        self.save.set_unavailable(next((text for text in problems if text), ""))

    def _same_name(self, exercise: Exercise, names: list[str] | tuple[str, ...]) -> str:
        """Say that another exercise is called the same: a pasted list could mean either."""
        asked = {searchable(name): name for name in names}
        for other in self._library.values():
            if other.id == exercise.id:
                continue
            for known in (other.name, *other.synonyms):
                if searchable(known) in asked:
                    text = translate("OwnExercise", "“{name}” is a name of “{other}” too.")
                    return text.format(name=asked[searchable(known)], other=other.name)
        return ""

    # Figure

    @Slot()
    def _pick_figure(self) -> None:
        position = _POSITIONS[self.position.currentIndex()]
        none = Pick(
            key=_NO_FIGURE,
            title=translate("OwnExercise", "No figure"),
            detail=translate("OwnExercise", "Only the position is shown"),
            found_by=searchable(translate("OwnExercise", "No figure")),
            position=position,
        )
        drawn = (
            exercise
            for exercise in self._library.values()
            if self._figures.by_id(exercise.id) is not None
        )
        dialog = PickDialog(
            self.themes,
            self.host,
            translate("OwnExercise", "Choose a figure"),
            [none, *exercise_picks(drawn)],
            figures=self._figures,
            placeholder=translate("OwnExercise", "Search exercises"),
            current=self._figure or _NO_FIGURE,
        )
        dialog.chosen.connect(self._take_figure)
        dialog.open()

    @Slot(str)
    def _take_figure(self, figure: str) -> None:
        self._figure = None if figure == _NO_FIGURE else figure
        self._follow()

    # The end

    @Slot()
    def _save(self) -> None:
        self._refused = False
        self.saved.emit(self.exercise())
        if not self._refused:
            self.accept()

    def refuse(self, reason: str) -> None:
        """Stay open, with all that was typed: it could not be saved, for this reason."""
        self._refused = True
        self.name_field.show_problem(reason)
        self.reveal(self.name_field)

    @Slot()
    def _delete(self) -> None:
        if self._own is not None:
            self.accept()
            self.deleted.emit(self._own.id)


def _blank(name: str) -> Exercise:
    return Exercise(
        id="",
        name=name,
        category=Category.STATIC,
        position=Position.STANDING,
        sides=Sides.EACH,
        mode=Mode.HOLD,
        seconds_ms=30 * _SECOND_MS,
    )


def _dose_problems(exercise: Exercise) -> tuple[str, str]:
    """Return what is wrong with the count, and with the tempo; empty where nothing is."""
    reps, tempo = exercise.reps, exercise.tempo
    if reps is None or tempo is None:
        return "", ""
    if not TEMPO_LEAST_MS <= tempo.rep_ms <= TEMPO_MOST_MS:
        return "", translate(
            "OwnExercise", "One repetition has to last from half a second to 2 minutes."
        )
    if not STEP_MIN_MS <= reps * tempo.rep_ms <= STEP_MAX_MS:
        return translate("OwnExercise", "All repetitions together last at most 60 minutes."), ""
    if exercise.alternating and reps % 2:
        return translate("OwnExercise", "The sides take turns, so the count has to be even."), ""
    return "", ""
