"""The fields of an own exercise that take more than one widget: tempo, cues, synonyms, its picture."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QValidator
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.exercise import Phase, Tempo
from app.ui import _tokens as tokens
from app.ui.widgets.figure_view import FigureView
from app.ui.widgets.label import Label
from app.ui.widgets.paint import panel
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QColor

    from app.domain.exercise import Exercise
    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme, ThemeManager

translate = QCoreApplication.translate

CUES_MAX, CUE_LENGTH = 4, 90
TEMPO_LEAST_MS, TEMPO_MOST_MS = 500, 120_000
_PHASE_MOST: Final = 600
"""Of one phase of a repetition, in tenths of a second."""
_TENTH_MS: Final = 100
_STEP: Final = 5
_PREVIEW: Final = 200
_PHASES: Final = 4


class TenthsStepper(Stepper):
    """A length to the tenth of a second; its `value` is in tenths."""

    def textFromValue(self, value: int) -> str:  # noqa: N802  (Qt's own)
        seconds, tenths = divmod(value, 10)
        if not tenths:
            return str(seconds)
        return f"{seconds}{self.locale().decimalPoint()}{tenths}"

    def valueFromText(self, text: str) -> int:  # noqa: N802  (Qt's own)
        tenths = self._tenths(text)
        return self.value() if tenths is None else tenths

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        tenths = self._tenths(text)
        if tenths is None:
            blank = not self._number(text).strip(".")
            state = QValidator.State.Intermediate if blank else QValidator.State.Invalid
            return state, text, place
        state = QValidator.State.Acceptable
        if tenths > self.maximum():
            state = QValidator.State.Invalid
        return state, text, place

    def _number(self, text: str) -> str:
        return text.removesuffix(self.suffix()).strip().replace(",", ".")

    def _tenths(self, text: str) -> int | None:
        found = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]?))?", self._number(text))
        if found is None:
            return None
        return int(found.group(1)) * 10 + int(found.group(2) or 0)


class TempoEdit(QWidget):
    """The four phases of a repetition, each under its word."""

    changed = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self._labels = tuple(Label(themes, role="small", color="text_2") for _ in range(_PHASES))
        self._given: tuple[str, str, str, str] = ("", "", "", "")
        self._words = self._given
        self.phases: list[TenthsStepper] = []
        unit = translate("OwnExercise", " s")
        for number, label in enumerate(self._labels):
            stepper = TenthsStepper(
                themes, " ", minimum=0, maximum=_PHASE_MOST, step=_STEP, unit=unit, width=152
            )
            stepper.valueChanged.connect(self._tell)
            row, column = divmod(number, 2)
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(stepper, 2 * row + 1, column)
            self.phases.append(stepper)
        grid.setColumnStretch(2, 1)
        self.show_tempo(Tempo(phases_ms=(2_000, 0, 2_000, 0)))

    def show_tempo(self, tempo: Tempo) -> None:
        names = _phase_names()
        self._given = tempo.labels
        # A phase that lasted 0 s may have no word, and may last now.
        words = [word or names[number] for number, word in enumerate(tempo.labels)]
        self._words = (words[0], words[1], words[2], words[3])
        for stepper, label, word, phase_ms in zip(
            self.phases, self._labels, words, tempo.phases_ms, strict=True
        ):
            label.setText(f"{word[:1].upper()}{word[1:]}")
            stepper.setAccessibleName(translate("OwnExercise", "Tempo, {phase}").format(phase=word))
            stepper.setValue(round(phase_ms / _TENTH_MS))

    def tempo(self) -> Tempo:
        phases = [stepper.value() * _TENTH_MS for stepper in self.phases]
        words = [
            word if phase_ms else given
            for phase_ms, word, given in zip(phases, self._words, self._given, strict=True)
        ]
        return Tempo(
            phases_ms=(phases[0], phases[1], phases[2], phases[3]),
            labels=(words[0], words[1], words[2], words[3]),
        )

    @Slot()
    def _tell(self, *_: object) -> None:
        self.changed.emit()


def _phase_names() -> tuple[str, str, str, str]:
    return (
        translate("OwnExercise", "up"),
        translate("OwnExercise", "hold"),
        translate("OwnExercise", "down"),
        translate("OwnExercise", "hold"),
    )


class CuesEdit(QWidget):
    """A line for each cue, and an empty one after the last as long as there may be more."""

    changed = cast("TypedSignal[()]", Signal())
    resized = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.lines: list[TextField] = []
        for number in range(1, CUES_MAX + 1):
            name = translate("OwnExercise", "Cue {number}").format(number=number)
            line = TextField(themes, name=name, placeholder=name)
            line.setMaxLength(CUE_LENGTH)
            line.textChanged.connect(self._follow)
            column.addWidget(line)
            self.lines.append(line)
        self._follow()

    def show_cues(self, cues: tuple[str, ...]) -> None:
        for number, line in enumerate(self.lines):
            line.setText(cues[number] if number < len(cues) else "")

    def cues(self) -> tuple[str, ...]:
        texts = [line.text().strip() for line in self.lines]
        return tuple(text for text in texts if text)

    @Slot()
    def _follow(self, *_: object) -> None:
        filled = [number for number, line in enumerate(self.lines) if line.text()]
        shown = (filled[-1] if filled else -1) + 2
        changed = False
        for number, line in enumerate(self.lines):
            wanted = number < max(2, shown)
            if line.isHidden() is wanted:
                line.setVisible(wanted)
                changed = True
        self.changed.emit()
        if changed:
            self.resized.emit()


class Preview(QWidget):
    """The figure as it will move, on the tint of its phase."""

    def __init__(self, themes: ThemeManager, figures: Figures) -> None:
        super().__init__()
        self._themes = themes
        self._phase = Phase.STATIC
        self.view = FigureView(themes, figures, background=self._ground, parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def show_exercise(self, exercise: Exercise) -> None:
        self._phase = exercise.phase
        self.view.show_exercise(exercise, exercise.position, phase=exercise.phase)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_PREVIEW, _PREVIEW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.setGeometry(self.rect().adjusted(8, 8, -8, -8))

    def _ground(self, theme: Theme) -> QColor:
        return theme.phase(self._phase).tint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        panel(QPainter(self), QRectF(self.rect()), tokens.RADIUS["card"], self._ground(theme), None)


def synonyms_of(text: str) -> tuple[str, ...]:
    """Return names that are parted by commas, in lower case, each of them once."""
    names = (" ".join(name.split()).lower() for name in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def new_id(name: str, taken: Collection[str]) -> str:
    """Return an id that resembles a name: lower-case letters, digits, hyphens; none that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    stem = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-") or "exercise"
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found
