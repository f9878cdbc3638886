"""The inspector's numbers and lengths: typed or stepped, told at once, missing or mixed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QValidator
from PySide6.QtWidgets import QSizePolicy

from app.domain.durations import typed_ms
from app.ui import _tokens as tokens
from app.ui.pages.editor.inspector_fields import Mixed, frame, mixed
from app.ui.pages.editor.words import amount_of_time
from app.ui.widgets.stepper import PADDING, SIDE, Stepper

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

_TENTH_MS: Final = 100
_FIVE_SECONDS, _FIFTEEN_SECONDS, _TWO_MINUTES = 50, 150, 1_200
_TOO_MANY: Final = 10
"""So many times the most may be typed, and is then a problem; what is more is not taken."""


class NumberStepper(Stepper):
    """A number that may be missing or mixed. `edited` tells of each number that is typed or stepped.

    What is out of bounds can be typed, for its problem to be read; the buttons keep within them.
    """

    edited = cast("TypedSignal[int | None]", Signal(object))
    scale = 1
    """What is told is so many times the inner value."""

    _unit = ""
    _none_text = ""
    _is_mixed = False

    def __init__(
        self,
        themes: ThemeManager,
        name: str,
        *,
        least: int,
        most: int,
        step: int = 1,
        unit: str = "",
        none_text: str = "",
        none_name: str = "",
    ) -> None:
        """Take bounds as inner values; `none_text` makes a place for no number at all below them."""
        self._unit, self._none_text = unit, none_text
        self._least, self._most = least, most
        self._name, self._none_name = name, none_name or none_text
        super().__init__(
            themes, name, minimum=-1 if none_text else 0, maximum=most * _TOO_MANY, step=step
        )
        self.setKeyboardTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lineEdit().textEdited.connect(self._tell_typed)

    @property
    def is_mixed(self) -> bool:
        return self._is_mixed

    def set_bad(self, bad: bool) -> None:  # noqa: FBT001  (a plain setter)
        if bad != self._bad:
            super().set_bad(bad)

    def set_name(self, name: str) -> None:
        self._name = name
        self._name_it()

    def show_value(self, value: int | Mixed | None) -> None:
        """Show what is told: a number, none, or that there are several."""
        if isinstance(value, Mixed):
            if not self._is_mixed:
                self._is_mixed = True
                super().setValue(self.value())
        else:
            inner = -1 if value is None else round(value / self.scale)
            if self._is_mixed or not self._is_said(inner):
                self._is_mixed = False
                super().setValue(inner)
        self._name_it()

    def _is_said(self, inner: int) -> bool:
        """Tell whether the field says a value already, if in the user's own spelling."""
        line = self.lineEdit()
        if line.hasFocus() or self.hasFocus():
            # While a letter is typed, Qt's own value is still the one before it.
            return self.valueFromText(line.text()) == inner
        return self.value() == inner

    def minimum(self) -> int:
        return -1 if self._none_text else self._least

    def maximum(self) -> int:
        return self._most

    def stepBy(self, steps: int) -> None:  # noqa: N802  (Qt's own)
        was, value = self.value(), self.value()
        for _ in range(abs(steps)):
            value = self._next(value, 1 if steps > 0 else -1)
        if self._is_mixed or value != was:
            self._is_mixed = False
            super().setValue(value)
            self._tell(value)

    def _next(self, value: int, by: int) -> int:
        if value < 0:
            return self._least if by > 0 else value
        if by < 0 and value <= self._least:
            return self.minimum()
        size = self._size(value, by)
        moved = value // size * size + size if by > 0 else (value - 1) // size * size
        return min(max(moved, self._least), max(self._most, value if by > 0 else 0))

    def _size(self, _value: int, _by: int) -> int:
        return self.singleStep()

    # Text

    def number_text(self, value: int) -> str:
        return f"{value}{self._unit}"

    def parsed(self, text: str) -> int | None:
        """Return the inner value of what is typed; None where it is not a number yet."""
        bare = text.removesuffix(self._unit.strip()).strip()
        return int(bare) if bare.isdecimal() else None

    def textFromValue(self, value: int) -> str:  # noqa: N802  (Qt's own)
        if self._is_mixed:
            return mixed()
        return self._none_text if value < 0 else self.number_text(value)

    def valueFromText(self, text: str) -> int:  # noqa: N802  (Qt's own)
        if self._none_text and text == self._none_text:
            return -1
        found = self.parsed(text)
        return self.value() if found is None else found

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        state = QValidator.State.Acceptable
        if text not in {self._none_text, mixed()}:
            found = self.parsed(text)
            if found is None:
                state = QValidator.State.Intermediate
                if not self._may_become(text):
                    state = QValidator.State.Invalid
            elif found > self._most * _TOO_MANY:
                state = QValidator.State.Invalid
        return state, text, place

    def _may_become(self, text: str) -> bool:
        letters = set(self._unit)
        return all(char.isdecimal() or char in letters or char == " " for char in text)

    @Slot(str)
    def _tell_typed(self, text: str) -> None:
        found = self.parsed(text)
        if found is not None:
            self._is_mixed = False
            self._tell(found)

    def _tell(self, value: int) -> None:
        self.edited.emit(None if value < 0 else value * self.scale)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._none_text and not self.lineEdit().text().strip():
            # An empty field says that there is none.
            self._is_mixed = False
            super().setValue(-1)
            self._tell(-1)
        super().focusOutEvent(event)

    # Looks

    def _name_it(self) -> None:
        name = self._name
        if self._is_mixed:
            name = f"{name}, {mixed().lower()}"
        elif self.value() < 0:
            name = f"{name}, {self._none_name.lower()}"
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def least_width(self) -> int:
        """Return the width that shows what is shown now, and the words there may be."""
        metrics = QFontMetricsF(self._themes.theme.font("body_bold", tabular=True))
        texts = (self.text(), self._none_text, self.number_text(88))
        return round(max(map(metrics.horizontalAdvance, texts))) + 2 * SIDE + PADDING - 4

    def sizeHint(self) -> QSize:
        return QSize(self.least_width(), self._themes.theme.control(tokens.SIZE["field"]))

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * SIDE + PADDING, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frame(self, self._themes.theme, bad=False)


class TimeStepper(NumberStepper):
    """A length: 90, 1:30, "90 s" or "1 min 30 s"; its inner value is in tenths, told in ms."""

    scale = _TENTH_MS

    def __init__(
        self,
        themes: ThemeManager,
        name: str,
        *,
        least_ms: int,
        most_ms: int,
        step_ms: int = 5_000,
        none_text: str = "",
        none_name: str = "",
    ) -> None:
        super().__init__(
            themes,
            name,
            least=least_ms // _TENTH_MS,
            most=most_ms // _TENTH_MS,
            step=step_ms // _TENTH_MS,
            none_text=none_text,
            none_name=none_name,
        )

    def number_text(self, value: int) -> str:
        text = amount_of_time(value * _TENTH_MS)
        point = self.locale().decimalPoint()
        return text.replace(".", point) if point != "." else text

    def parsed(self, text: str) -> int | None:
        found_ms = typed_ms(text)
        return None if found_ms is None else found_ms // _TENTH_MS

    def _may_become(self, text: str) -> bool:
        return re.fullmatch(r"[\d:., a-z]*", text, re.IGNORECASE) is not None

    def _size(self, value: int, by: int) -> int:
        if self.singleStep() != _FIVE_SECONDS:
            return self.singleStep()
        below = value < _TWO_MINUTES or (value == _TWO_MINUTES and by < 0)
        return _FIVE_SECONDS if below else _FIFTEEN_SECONDS
