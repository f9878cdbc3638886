"""The dialog for a pasted list: the text, and each line beside what it is taken for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.draft import assemble, draft
from app.domain.draft.model import Doubt, LineKind
from app.domain.errors import RoutineError
from app.domain.routine import REPS_MAX, STEP_MAX_MS, STEP_MIN_MS, RepsDose, TimeDose
from app.ui.pages.editor.dialogs import draft_words
from app.ui.pages.editor.dialogs.parts import Field, FormDialog, Message
from app.ui.pages.editor.dialogs.pasted_row import PastedRow
from app.ui.pages.editor.dialogs.pick_list import PickDialog
from app.ui.pages.editor.dialogs.picks import exercise_picks
from app.ui.pages.editor.dialogs.text_area import TextArea
from app.ui.widgets.accessible import announce
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.dialog import EDGE
from app.ui.widgets.label import Label
from app.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from app.domain.draft.model import DraftLine
    from app.domain.exercise import ExerciseLibrary
    from app.domain.routine import Routine
    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate

WIDTH: Final = 860
READ_MS: Final = 150
"""The text is read anew when nothing was typed for so long."""
FILE_MAX: Final = 256 * 1024
_LINES: Final = 5
_SECOND_MS: Final = 1_000

Key = tuple["DraftLine", int]
"""A reading, wherever it stands, and which of several equal ones it is."""


class PastedListDialog(FormDialog):
    """Nothing is made before every line in doubt was answered or left out."""

    made = cast("TypedSignal[Routine]", Signal(object))

    def __init__(
        self,
        themes: ThemeManager,
        parent: QWidget,
        *,
        figures: Figures,
        exercises: ExerciseLibrary,
        name: str,
        text: str = "",
    ) -> None:
        """Begin with `text`, as it was found on the clipboard; the routine is called `name`."""
        super().__init__(themes, parent, translate("PastedList", "Paste a list"), width=WIDTH)
        self._figures = figures
        self._exercises = exercises
        self._name = name
        self._answers: dict[Key, DraftLine] = {}
        self._keys: list[Key] = []
        self.rows: list[PastedRow] = []
        label = translate("PastedList", "An exercise a line, as it stands on the paper")
        self.text = TextArea(
            themes,
            name=label,
            placeholder=translate(
                "PastedList",
                "Hamstring stretch 3 x 30 s each side\nPlank 45 sec x2, rest 20\n"
                "12-15 back extensions",
            ),
            lines=_LINES,
        )
        self.text.set_text(text)
        self._heading = Label(themes, role="label", text=translate("PastedList", "How it is read"))
        self._help = Label(themes, color="text_2", role="small", wraps=True)
        self._trouble = Message(themes)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.body.addWidget(Field(themes, label, self.text))
        self.body.addSpacing(8)
        self.body.addWidget(self._heading)
        self.body.addWidget(self._help)
        self.body.addWidget(self._trouble)
        self.body.addWidget(self._list)
        self.body.addStretch(1)
        self.open_lines = Button(themes, " ", kind=ButtonKind.GHOST, icon="circle-help")
        self.open_lines.setParent(self._card)
        self.open_lines.clicked.connect(self._go_to_open)
        self._buttons.insertWidget(0, self.open_lines)
        self.add_close(translate("PastedList", "Cancel"))
        self.make = self.add_button(
            translate("PastedList", "Make routine"), kind=ButtonKind.PRIMARY
        )
        self.make.clicked.connect(self._make)
        self.text.submitted.connect(self._submit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(READ_MS)
        self._timer.timeout.connect(self._read)
        self.text.text_changed.connect(self._wait)
        self._read()

    def open(self) -> None:
        super().open()
        first = next((row for row in self.rows if row.is_open), None)
        target: QWidget = first or (self.make if self.make.isEnabled() else self.text.edit)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._submit()
            return
        super().keyPressEvent(event)

    def _place_card(self) -> None:
        # As high as the window allows from the start: it must not jump while one types.
        width = min(WIDTH, self.width() - 2 * EDGE)
        height = self.height() - 64
        self._card.setGeometry((self.width() - width) // 2, 32, width, height)

    # Reading

    @Slot()
    def _wait(self) -> None:
        self._timer.start()

    @Slot()
    def _read(self) -> None:
        """Read the text; lines that are as they were keep their answers."""
        self._timer.stop()
        text = self.text.text()
        too_long = len(text.encode()) > FILE_MAX
        self._trouble.show_text(
            translate("PastedList", "This is too long for one routine.") if too_long else ""
        )
        lines = () if too_long else draft(text, self._exercises)
        seen: Counter[DraftLine] = Counter()
        self._keys = []
        for line in lines:
            reading = replace(line, line=1)
            self._keys.append((reading, seen[reading]))
            seen[reading] += 1
        self._show_rows(lines)

    def _show_rows(self, lines: tuple[DraftLine, ...]) -> None:
        while len(self.rows) > len(lines):
            gone = self.rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(lines):
            row = PastedRow(self.themes, self._figures, self._list)
            number = len(self.rows)
            row.clicked.connect(partial(self._toggle, number))
            row.choices_wanted.connect(partial(self.offer, number))
            row.moved.connect(partial(self._move, number))
            self._column.addWidget(row)
            self.rows.append(row)
            row.show()
        for row, key, line in zip(self.rows, self._keys, lines, strict=True):
            row.show_line(line, self._answer_to(key, line), self._exercises)
        self._judge()

    def _answer_to(self, key: Key, line: DraftLine) -> DraftLine | None:
        """Return a line as it goes into the routine; None where that has to be asked."""
        answered = self._answers.get(key)
        if answered is not None:
            return replace(answered, line=line.line)
        # What was not understood is kept as a note, and shown as that: there is nothing to ask.
        return line if line.understood or line.kind is LineKind.UNKNOWN else None

    @property
    def open_count(self) -> int:
        """How many lines need an answer."""
        return sum(row.is_open for row in self.rows)

    def _judge(self) -> None:
        """Say what is missing, and offer to make the routine where nothing is."""
        count = self.open_count
        self._heading.setVisible(bool(self.rows))
        self._help.setText(self._help_text())
        if count == 1:
            waiting = translate("PastedList", "1 line needs an answer")
        else:
            waiting = translate("PastedList", "{count} lines need an answer").format(count=count)
        self.open_lines.setText(waiting)
        self.open_lines.updateGeometry()
        self.open_lines.setVisible(count > 0)
        steps = any(row.is_kept and row.shown.kind is LineKind.STEP for row in self.rows)
        problem = ""
        if count:
            problem = f"{waiting}."
        elif not steps:
            problem = translate("PastedList", "There is no exercise in the list yet.")
        if problem and self.make.hasFocus():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.make.set_unavailable(problem)
        self._list.updateGeometry()

    def _help_text(self) -> str:
        if not self.rows:
            return translate(
                "PastedList",
                "Paste or type the list. Each line is shown here with the exercise, the dose and"
                " the sides that were read in it.",
            )
        return translate(
            "PastedList",
            "A tick takes the line into the routine. Press what was read for other choices.",
        )

    # Answers

    def answer(self, number: int, answered: DraftLine) -> None:
        """Take an answer to a line; a wrong one can be changed as long as the dialog is open."""
        row = self.rows[number]
        self._answers[self._keys[number]] = answered
        row.show_line(row.read_line, answered, self._exercises)
        self._judge()
        announce(row, row.accessibleName())

    @Slot()
    def _toggle(self, number: int, *_: object) -> None:
        row = self.rows[number]
        if row.is_open:
            self.answer(number, row.read_line.resolved())
        else:
            self.answer(number, replace(row.shown, skip=not row.shown.skip))

    @Slot()
    def _move(self, number: int, by: int) -> None:
        target = number + by
        if target < 0:
            self.text.edit.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif target < len(self.rows):
            self.rows[target].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            last = self.make if self.make.isEnabled() else self.open_lines
            last.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _go_to_open(self) -> None:
        row = next((row for row in self.rows if row.is_open), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self.reveal(row)

    # Choices

    def offer(self, number: int) -> None:
        """Open the menu of what else a line may be."""
        if self._timer.isActive():
            # Not while the menu is open: it could lose its line.
            self._read()
            if number >= len(self.rows):
                return
        row = self.rows[number]
        menu = Menu(self.themes, row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, answered in self._readings(row):
            same = not row.is_open and row.shown == answered
            menu.add(text, partial(self.answer, number, answered), checked=same)
        menu.addSeparator()
        menu.add(
            translate("PastedList", "Search the library …"),
            partial(self.search, number),
            icon_name="search",
        )
        menu.add(
            translate("PastedList", "Leave out"),
            partial(self.answer, number, row.read_line.resolved(skip=True)),
            icon_name="x",
        )
        menu.setActiveAction(menu.actions()[0])
        menu.popup(row.mapToGlobal(row.choices_place()))

    def _readings(self, row: PastedRow) -> Iterable[tuple[str, DraftLine]]:
        """Return what a line can be taken for, in words, the reading itself first."""
        line = row.read_line
        found: list[tuple[str, DraftLine]] = []
        if line.kind is not LineKind.UNKNOWN:
            found.append((_summary(line), line.resolved()))
        found += [(_summary(other), other) for other in _other_doses(line)]
        for exercise_id in line.candidates:
            exercise = self._exercises.get(exercise_id)
            if exercise is not None and exercise_id != line.exercise:
                found.append((exercise.name, line.resolved(exercise=exercise)))
        free = (line.written or line.name or line.text).strip()
        if free and not (line.kind is LineKind.STEP and line.exercise is None):
            text = translate("PastedList", "Free name: {name}").format(name=free)
            found.append((text, line.resolved(name=free[:80])))
        if line.kind is LineKind.UNKNOWN:
            found.append((translate("PastedList", "Keep as a note"), line.resolved()))
        # A menu is no place for a whole line.
        return [(_shortened(text), answered) for text, answered in found]

    def search(self, number: int) -> None:
        """Open the library to choose a line's exercise from."""
        row = self.rows[number]
        line = row.shown
        dialog = PickDialog(
            self.themes,
            self.host,
            translate("PastedList", "Which exercise is “{name}”?").format(
                name=_shortened(line.written or row.read_line.text)
            ),
            exercise_picks(self._exercises.values()),
            figures=self._figures,
            placeholder=translate("PastedList", "Search exercises"),
            search=line.written or "",
            current=line.exercise or "",
        )
        dialog.chosen.connect(partial(self._choose, number))
        dialog.open()

    def _choose(self, number: int, exercise_id: str) -> None:
        line = self.rows[number].read_line
        self.answer(number, line.resolved(exercise=self._exercises[exercise_id]))

    # The end

    @Slot()
    def _submit(self) -> None:
        if self._timer.isActive():
            self._read()
        if self.make.isEnabled():
            self.make.click()
        else:
            self._go_to_open()

    @Slot()
    def _make(self) -> None:
        if self._timer.isActive():
            # What was typed last has to be seen before anything is made of it.
            self._read()
            if not self.make.isEnabled():
                return
        lines = tuple(row.shown for row in self.rows)
        try:
            routine = assemble(lines, self._exercises, self._name)
        except RoutineError as error:
            self._trouble.show_text(str(error).splitlines()[0])
            self.reveal(self._trouble)
            return
        self.accept()
        self.made.emit(routine)


def looks_like_a_list(text: str, exercises: ExerciseLibrary) -> bool:
    """Tell whether a clipboard's text is worth being offered: some line of it is an exercise."""
    if not text.strip() or len(text) > FILE_MAX:
        return False
    return any(line.kind is LineKind.STEP and line.exercise for line in draft(text, exercises))


def _summary(line: DraftLine) -> str:
    title, detail = draft_words.title(line), draft_words.detail(line)
    return f"{title}, {detail}" if line.kind is LineKind.STEP else title


def _shortened(text: str, most: int = 72) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _other_doses(line: DraftLine) -> list[DraftLine]:
    """Return the other ways to read the numbers, where that is what is in doubt."""
    found: list[DraftLine] = []
    dose = line.dose
    if Doubt.UNIT in line.doubts:
        if isinstance(dose, RepsDose) and dose.reps * _SECOND_MS <= STEP_MAX_MS:
            found.append(line.resolved(dose=TimeDose(dose.reps * _SECOND_MS)))
        if isinstance(dose, TimeDose) and dose.duration_ms >= STEP_MIN_MS:
            reps = dose.duration_ms // _SECOND_MS
            if 1 <= reps <= REPS_MAX:
                found.append(line.resolved(dose=RepsDose(reps)))
    if Doubt.ORDER in line.doubts and line.sets and isinstance(dose, RepsDose):
        found.append(line.resolved(sets=dose.reps, dose=RepsDose(line.sets)))
    if Doubt.COUNT in line.doubts:
        if line.sets and dose is None:
            found.append(line.resolved(sets=1, dose=RepsDose(line.sets)))
        elif isinstance(dose, RepsDose) and not line.sets:
            found.append(replace(line.resolved(sets=dose.reps), dose=None, dose_max=None))
    return found
