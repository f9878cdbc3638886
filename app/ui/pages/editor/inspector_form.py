"""What the inspector's forms share: labelled controls, their problems, and who may use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.pages.editor.dialogs.parts import Message
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QResizeEvent

    from app.ui.pages.editor.inspector_fields import FieldKeys
    from app.ui.pages.editor.model import EditorModel
    from app.ui.theme import ThemeManager

PADDING: Final = 24
TOP: Final = 16
_GAP: Final = 18
_LABEL_GAP: Final = 6
_HINT_GAP: Final = 4
_COLUMN_GAP: Final = 16


def hfw_policy() -> QSizePolicy:
    """Return the policy of what is as wide as there is room and as high as that width asks for."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class Columns(QWidget):
    """Puts labelled controls side by side, or below one another where one would be too narrow."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        super().__init__()
        self.cells = tuple(cells)
        for cell in self.cells:
            cell.setParent(self)
        self.setSizePolicy(hfw_policy())

    def _shown(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.isHidden()]

    def _boxes(self, width: int) -> list[tuple[Cell, int, int, int, int]]:
        """Return each cell with left, top, width and height."""
        cells = self._shown()
        half = (width - _COLUMN_GAP) // 2
        beside = len(cells) > 1 and all(cell.least_width() <= half for cell in cells)
        boxes, top = [], 0
        rows = [cells[at : at + 2] for at in range(0, len(cells), 2)] if beside else []
        for row in rows or [[cell] for cell in cells]:
            wide = half if len(row) > 1 else width
            label = max(cell.label_height(wide) for cell in row)
            left = 0
            for cell in row:
                high = cell.heightForWidth(wide) + label - cell.label_height(wide)
                boxes.append((cell, left, top, wide, high))
                left += wide + _COLUMN_GAP
            top += max(box[4] for box in boxes[-len(row) :]) + _GAP - 4
        return boxes

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((top + high for _, _, top, _, high in self._boxes(width)), default=0)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for cell, left, top, width, height in self._boxes(self.width()):
            cell.setGeometry(self.width() - left - width if mirrored else left, top, width, height)


class Cell(QWidget):
    """A label above its control, and what is to be said of its value below."""

    def __init__(
        self, themes: ThemeManager, label: str, control: QWidget, *, quiet: bool = False
    ) -> None:
        """`quiet` is a part of a field that has a label of its own."""
        super().__init__()
        role, color = ("small", "text_2") if quiet else ("label", "text")
        self.label = Label(themes, label, role=role, color=color, wraps=True, parent=self)
        self.control = control
        control.setParent(self)
        self.setSizePolicy(hfw_policy())
        self.hint = Label(themes, role="small", color="text_2", wraps=True, parent=self)
        self.hint.hide()
        if not label:
            self.label.hide()

    def set_hint(self, text: str) -> None:
        """Say something about the value below the control; its form lays it out anew after that."""
        if text != self.hint.text():
            self.hint.setText(text)
            self.hint.setVisible(bool(text))
            if self.control.isEnabled():
                self.control.setAccessibleDescription(text)
            self.updateGeometry()

    def hint_height(self, width: int) -> int:
        return self.hint.heightForWidth(width) + _HINT_GAP if self.hint.text() else 0

    def label_height(self, width: int) -> int:
        return self.label.heightForWidth(width) + _LABEL_GAP if self.label.text() else 0

    def least_width(self) -> int:
        least = getattr(self.control, "least_width", None)
        return int(least()) if least is not None else self.control.minimumSizeHint().width()

    def control_height(self, width: int) -> int:
        control = self.control
        if control.hasHeightForWidth():
            return control.heightForWidth(width)
        return control.sizeHint().height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.label_height(width) + self.control_height(width) + self.hint_height(width)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 120)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        high = self.control_height(width)
        label = self.label_height(width)
        self.label.setGeometry(0, 0, width, max(0, label - _LABEL_GAP))
        hint = self.hint_height(width)
        below = self.height() - hint
        self.control.setGeometry(0, below - high, width, high)
        self.hint.setGeometry(0, below + _HINT_GAP, width, max(0, hint - _HINT_GAP))


@dataclass(slots=True)
class Entry:
    """One key of a file's table, where it is changed and where its problem stands."""

    cell: Cell
    message: Message
    group: QWidget
    controls: tuple[QWidget, ...]
    """What shows a danger border; the first takes the focus."""

    def show_problem(self, text: str) -> None:
        self.message.show_text(text)
        for control in self.controls:
            set_bad = getattr(control, "set_bad", None)
            if set_bad is not None:
                set_bad(bool(text))

    def set_shown(self, *, shown: bool) -> None:
        if self.cell.isHidden() is shown:
            self.cell.setVisible(shown)
            if not shown:
                self.message.hide()
            elif self.message.text:
                self.message.show()
            self.relayout()

    def relayout(self) -> None:
        """Lay its row out anew."""
        if isinstance(self.group, Group):
            self.group.follow()


class Group(QWidget):
    """One or more cells, and below them what is wrong with any of them."""

    def __init__(self, columns: Columns, messages: Iterable[Message]) -> None:
        super().__init__()
        self.columns = columns
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(columns)
        for message in messages:
            column.addWidget(message)
        self.setSizePolicy(hfw_policy())

    def follow(self) -> None:
        """Be there as long as one of the cells is, and lie as they need it."""
        any_shown = any(not cell.isHidden() for cell in self.columns.cells)
        if self.isHidden() is any_shown:
            self.setVisible(any_shown)
        self.columns.updateGeometry()
        self.columns.place()


class Form(QWidget):
    """The fields of one kind of selection; made once and then filled anew."""

    def __init__(self, themes: ThemeManager, model: EditorModel, keys: FieldKeys) -> None:
        super().__init__()
        self.themes = themes
        self.model = model
        self._keys = keys
        self.entries: dict[str, Entry] = {}
        self.other = Message(themes)
        """What is wrong with the part as a whole."""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, TOP, PADDING, PADDING)
        self.column.setSpacing(_GAP)
        self.setSizePolicy(hfw_policy())
        themes.changed.connect(self.relayout)

    # Building

    def add(
        self,
        *cells: tuple[str, str, QWidget],
        stops: Mapping[str, tuple[QWidget, ...]] | None = None,
    ) -> Group:
        """Put controls into a row, each with its key and label.

        `stops` are the fields of those that are made of several.
        """
        made = [(key, Cell(self.themes, label, control)) for key, label, control in cells]
        messages = [Message(self.themes) for _ in made]
        group = Group(Columns(cell for _, cell in made), messages)
        for (key, cell), message in zip(made, messages, strict=True):
            fields = (stops or {}).get(key, (cell.control,))
            self.entries[key] = Entry(cell, message, group, fields)
            for field in fields:
                self._keys.watch(getattr(field, "edit", None) or field.focusProxy() or field)
        self.column.addWidget(group)
        return group

    @Slot()
    def relayout(self) -> None:
        """Lay the cells out anew, as their texts or the size of letters are others."""
        for group in {id(entry.group): entry.group for entry in self.entries.values()}.values():
            if isinstance(group, Group):
                group.columns.updateGeometry()
                for cell in group.columns.cells:
                    cell.updateGeometry()
                group.columns.place()

    # Showing

    def refresh(self) -> None:
        """Show what the selected parts say now."""
        raise NotImplementedError

    def show_problems(self, problems: Iterable[tuple[str, str]]) -> None:
        """Put each sentence (key and text) under its field, or on top where it has none."""
        texts: dict[str, str] = {}
        rest: list[str] = []
        for key, text in problems:
            if key in self.entries:
                texts.setdefault(key, text)
            else:
                rest.append(text)
        for key, entry in self.entries.items():
            text = texts.get(key, "")
            if text:
                entry.set_shown(shown=True)
            entry.show_problem(text)
        self.other.show_text(rest[0] if rest else "")

    def set_unavailable(self, reason: str) -> None:
        """Turn all controls off and say why."""
        for entry in self.entries.values():
            for control in {id(one): one for one in (entry.cell.control, *entry.controls)}.values():
                control.setEnabled(not reason)
                control.setAccessibleDescription(reason)
                control.setToolTip(reason)

    def focus_key(self, key: str = "") -> QWidget | None:
        """Put the focus on the field of a key, else on the first one; return what has it."""
        entry = self.entries.get(key)
        candidates: list[QWidget] = list(entry.controls) if entry is not None else []
        candidates += [control for one in self.entries.values() for control in one.controls]
        for control in candidates:
            if control.isVisibleTo(self) and control.isEnabled():
                focus_current = getattr(control, "focus_current", None)
                if focus_current is not None:
                    focus_current()
                else:
                    control.setFocus(Qt.FocusReason.OtherFocusReason)
                    select_all = getattr(control, "selectAll", None)
                    if select_all is not None:
                        select_all()
                return control
        return None
