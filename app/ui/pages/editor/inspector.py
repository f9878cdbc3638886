"""The editor's inspector: the fields of what is selected, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.pages.editor.inspector_block import BlockForm
from app.ui.pages.editor.inspector_fields import FieldKeys
from app.ui.pages.editor.inspector_form import PADDING, TOP, Form
from app.ui.pages.editor.inspector_routine import RoutineForm
from app.ui.pages.editor.inspector_step import StepForm
from app.ui.pages.editor.words import tr
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.label import Label
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent

    from app.domain.editing import PartProblem
    from app.ui.figures import Figures
    from app.ui.pages.editor.model import EditorModel
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

_BUTTON: Final = 40
_BUTTON_GAP: Final = 12
_FOOT_PADDING: Final = 16


def _none() -> frozenset[str]:
    return frozenset()


class Inspector(QWidget):
    """Follows the model. Its forms are made when they are first needed, and kept."""

    exercise_requested = cast("TypedSignal[str]", Signal(str))
    """The id of an own exercise to change, or a free name to make an exercise of."""

    def __init__(
        self,
        model: EditorModel,
        themes: ThemeManager,
        figures: Figures,
        locale: QLocale,
        *,
        own_exercises: Callable[[], Collection[str]] = _none,
        parent: QWidget | None = None,
    ) -> None:
        """`own_exercises` returns the ids of those that can be changed."""
        super().__init__(parent)
        self.setLocale(locale)
        self._model = model
        self._themes = themes
        self._figures = figures
        self._own_exercises = own_exercises
        self._keys = FieldKeys(self)
        self._keys.left.connect(model.settle)
        self._forms: dict[type[Form], Form] = {}
        self._is_stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.catch_up)
        self._scroll = PageScroll(themes, self)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        if model.read_only:
            self._say_why()
        self.footer = Footer(themes, self)
        self._scroll.set_widget(self._content, by_layout=True)
        self.footer.duplicate.clicked.connect(self._duplicate)
        self.footer.remove.clicked.connect(self._remove)
        self.footer.duplicate.set_unavailable(self._reason())
        self.footer.remove.set_unavailable(self._reason())
        for signal in (model.selection_changed, model.changed, model.checked):
            signal.connect(self._follow)
        themes.changed.connect(self._place)
        self._form = self._wanted()
        self._show_form()

    # What others may ask for

    @property
    def form(self) -> Form:
        """The fields that are shown."""
        self.catch_up()
        return self._form

    def focus_start(self) -> None:
        """Go to the first field; where none can be changed, to what scrolls them."""
        self.catch_up()
        control = self.form.focus_key()
        if control is None:
            self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._reveal(control)

    def show_problem(self, problem: PartProblem) -> None:
        """Go to the field of a problem."""
        self.catch_up()
        control = self.form.focus_key(problem.key)
        if control is not None:
            self._reveal(control)

    # Following

    @Slot()
    def _follow(self) -> None:
        """Show once, after the list did, what several signals tell of one change."""
        self._is_stale = True
        if self.isVisible():
            self._soon.start()

    @Slot()
    def catch_up(self) -> None:
        """Show what changed at once."""
        self._soon.stop()
        if self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        form = self._wanted()
        if form is self._form:
            form.refresh()
            return
        self._form.hide()
        self._form = form
        self._show_form()
        self._scroll.scroll_to(0)

    def _show_form(self) -> None:
        self._form.refresh()
        self._form.show()
        self.footer.setVisible(not isinstance(self._form, RoutineForm))
        self._place()

    def _wanted(self) -> Form:
        model = self._model
        if not model.selection:
            return self._made(RoutineForm)
        blocks = {block.id for block in model.document.blocks}
        if blocks.issuperset(model.selection):
            return self._made(BlockForm)
        return self._made(StepForm)

    def _made(self, kind: type[Form]) -> Form:
        found = self._forms.get(kind)
        if found is not None:
            return found
        if kind is StepForm:
            steps = StepForm(
                self._themes, self._model, self._keys, self._figures, self._own_exercises
            )
            steps.exercise_requested.connect(self.exercise_requested.emit)
            found = steps
        else:
            found = kind(self._themes, self._model, self._keys)
        found.hide()
        if self._model.read_only:
            found.set_unavailable(self._reason())
        self._forms[kind] = found
        self._column.addWidget(found, 1)
        self._put_footer_last()
        return found

    def _put_footer_last(self) -> None:
        """Let Tab go through the fields first; they are made after the footer."""
        stop = self._content
        for form in self._forms.values():
            for field in form.findChildren(QWidget):
                if field.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    stop = field
        QWidget.setTabOrder(stop, self.footer.duplicate)
        QWidget.setTabOrder(self.footer.duplicate, self.footer.remove)

    def _reason(self) -> str:
        if not self._model.read_only:
            return ""
        return tr("This routine comes with the app. Make a copy to change it.")

    def _say_why(self) -> None:
        label = Label(self._themes, self._reason(), role="small", color="text_2", wraps=True)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(PADDING, TOP, PADDING, 0)
        column.addWidget(label)
        self._column.addWidget(box)

    def _reveal(self, control: QWidget) -> None:
        """Scroll to a field that may have been shown just now."""
        for form in (self._form, self._content):
            layout = form.layout()
            if layout is not None:
                layout.activate()
        self._scroll.event(QEvent(QEvent.Type.LayoutRequest))
        self._scroll.ensure_visible(control)

    # What the buttons do

    @Slot()
    def _duplicate(self) -> None:
        count = len(self._model.selection)
        if isinstance(self._form, BlockForm):
            label = tr("Duplicate block")
        else:
            label = tr("Duplicate step") if count == 1 else tr("Duplicate steps")
        self._model.duplicate_selected(label)

    @Slot()
    def _remove(self) -> None:
        count = len(self._model.selection)
        if isinstance(self._form, BlockForm):
            label = tr("Remove block")
        else:
            label = tr("Remove step") if count == 1 else tr("Remove steps")
        self._model.remove_selected(label)
        if not self._model.selection:
            # The footer is gone with what it was for.
            self.focus_start()

    # Layout

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _place(self) -> None:
        width, height = self.width(), self.height()
        foot = 0 if self.footer.isHidden() else min(height, self.footer.needed_height(width))
        self._scroll.setGeometry(0, 0, width, height - foot)
        self.footer.setGeometry(0, height - foot, width, foot)


class Footer(QWidget):
    """Duplicate and Remove side by side, or stacked where one of them does not fit."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.duplicate = Button(
            themes, tr("Duplicate"), size=ButtonSize.SMALL, icon="copy", parent=self
        )
        self.remove = Button(
            themes,
            tr("Remove"),
            kind=ButtonKind.DANGER,
            size=ButtonSize.SMALL,
            icon="trash-2",
            parent=self,
        )
        self._restyle()
        themes.changed.connect(self._restyle)

    def needed_height(self, width: int) -> int:
        """Return its height at a width, in pixels."""
        rows = 1 if self._fit_beside(width) else 2
        high = self.duplicate.sizeHint().height()
        return 2 * _FOOT_PADDING + rows * high + (rows - 1) * _BUTTON_GAP

    def _fit_beside(self, width: int) -> bool:
        half = (width - 2 * PADDING - _BUTTON_GAP) // 2
        return all(one.sizeHint().width() <= half for one in (self.duplicate, self.remove))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, high = self.width(), self.duplicate.sizeHint().height()
        beside = self._fit_beside(width)
        whole = width - 2 * PADDING
        wide = (whole - _BUTTON_GAP) // 2 if beside else whole
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for number, button in enumerate((self.duplicate, self.remove)):
            left = PADDING + (number * (wide + _BUTTON_GAP) if beside else 0)
            top = _FOOT_PADDING + (0 if beside else number * (high + _BUTTON_GAP))
            if mirrored:
                left = width - left - wide
            button.setGeometry(left, top, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(0, 0, self.width(), 1), self._themes.theme.line)

    @Slot()
    def _restyle(self) -> None:
        height = self._themes.theme.control(_BUTTON, "label")
        for button in (self.duplicate, self.remove):
            button.set_button_height(height)
        self.update()
