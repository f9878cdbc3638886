"""The editor page: header, list, inspector and library, and what is asked for around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.routine import Step
from app.ui.pages.editor.header import Header
from app.ui.pages.editor.library_drag import LibraryDrag
from app.ui.pages.editor.side_panels import Drawer, SidePanel
from app.ui.pages.editor.step_list import StepList
from app.ui.pages.editor.words import tr
from app.ui.widgets.accessible import announce
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from app.domain.editing import Document, PartId, PartProblem
    from app.ui.figures import Figures
    from app.ui.pages.editor.hints import Hint
    from app.ui.pages.editor.model import EditorModel
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager
    from app.ui.widgets.menu import Menu

INSPECTOR: Final = 344
LIBRARY: Final = 312
LEFT: Final = 72
"""From the page's edge to the rows, in line with the name; beside the library it is less."""
LEFT_SMALL: Final = 24
RAIL: Final = 96
LIBRARY_OVER: Final = 1240
"""In a window narrower than this the library lies over the list."""
PARTS_SHOWN: Final = 50
"""Undo selects what it changed, unless it is more than this."""
DRAWER_BELOW: Final = 1100
"""In a window narrower than this the inspector is a drawer."""


class EditorPage(QWidget):
    """Shows one routine that is edited; knows nothing of files and other pages."""

    back_requested = cast("TypedSignal[()]", Signal())
    start_requested = cast("TypedSignal[()]", Signal())
    show_file_requested = cast("TypedSignal[()]", Signal())
    share_requested = cast("TypedSignal[()]", Signal())
    """Copy it as text."""
    save_as_requested = cast("TypedSignal[()]", Signal())
    delete_requested = cast("TypedSignal[()]", Signal())
    copy_requested = cast("TypedSignal[()]", Signal())
    """Make a copy, and edit that."""
    new_exercise_requested = cast("TypedSignal[()]", Signal())
    paste_list_requested = cast("TypedSignal[()]", Signal())
    """Read the steps from a pasted list."""
    conflict_requested = cast("TypedSignal[()]", Signal())
    """Ask which of the two is to stay, the file or what is here."""
    problem_shown = cast("TypedSignal[PartProblem]", Signal(object))
    """The place of a problem is selected; its field should take the focus."""
    advice_silenced = cast("TypedSignal[str, PartId | None]", Signal(str, object))
    """A rule's name, and the part it is about or None."""
    advice_applied = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self,
        model: EditorModel,
        themes: ThemeManager,
        locale: QLocale,
        figures: Figures,
        *,
        inspector: QWidget,
        library: Callable[[], QWidget] | None,
        parent: QWidget | None = None,
    ) -> None:
        """Take the panels, which may have `focus_start()`, `show_problem()` and `focus_search()`.

        `library` makes the picker when it is first opened; it tells `picked(str)` and `closed()`,
        and may tell `step_added(part)` of a step that it put in itself.
        """
        super().__init__(parent)
        self._model = model
        self._themes = themes
        self.setLocale(locale)
        self.figures = figures
        self._make_library = library
        self._header = Header(themes, model, self._fill_more, self)
        self._scroll = PageScroll(themes, self)
        self._list = StepList(themes, model, self._scroll)
        self._scroll.set_widget(self._list)
        self._inspector = inspector
        self._drawer = Drawer(themes, inspector, tr("Details"), self)
        self._library: SidePanel | None = None
        self._library_is_open = False
        self._drawer_is_open = False
        self._connect()
        self._place()

    def _connect(self) -> None:
        header, steps = self._header, self._list
        header.back.clicked.connect(self.back_requested.emit)
        header.start.clicked.connect(self._start)
        header.copy.clicked.connect(self.copy_requested.emit)
        header.drawer.clicked.connect(self.open_inspector)
        header.undo_requested.connect(self._undo)
        header.redo_requested.connect(self._redo)
        header.part_chosen.connect(self._choose_part)
        header.height_changed.connect(self._place)
        header.status.problem_chosen.connect(self.show_problem)
        header.status.conflict_chosen.connect(self.conflict_requested.emit)
        steps.add_requested.connect(self.open_library)
        steps.paste_list_requested.connect(self.paste_list_requested.emit)
        steps.inspector_requested.connect(self.open_inspector)
        steps.row_clicked.connect(self._row_clicked)
        steps.notes.silenced.connect(self._silence)
        steps.notes.applied.connect(self._apply)
        self._drawer.closed.connect(self.close_inspector)
        self._themes.changed.connect(self._place)

    # What others may ask for

    @property
    def model(self) -> EditorModel:
        return self._model

    @property
    def header(self) -> Header:
        return self._header

    @property
    def steps(self) -> StepList:
        return self._list

    @property
    def library(self) -> QWidget | None:
        """The picker, once it was opened."""
        return self._library.content if self._library is not None else None

    @property
    def is_library_open(self) -> bool:
        return self._library_is_open

    @property
    def is_drawer(self) -> bool:
        """Whether the inspector is there only when it is asked for."""
        return self._window_width() < DRAWER_BELOW * self._themes.theme.text_scale

    @property
    def is_inspector_open(self) -> bool:
        return self._drawer_is_open or not self.is_drawer

    def focus_start(self) -> None:
        """Put the focus where the work goes on: on the list."""
        self._list.focus_current()

    def focus_search(self) -> None:
        """Look for an exercise."""
        if not self._model.read_only:
            self.open_library()

    def refresh_exercises(self) -> None:
        """Show every step anew, as after an exercise of the user's own changed."""
        self._list.refresh()
        self._model.check()

    def show_advice(self, hints: Sequence[Hint]) -> None:
        """Show remarks at their rows and below the list."""
        self._list.show_hints(hints)

    @Slot(object)
    def show_problem(self, problem: PartProblem) -> None:
        """Select the place of a problem and go to its field."""
        part = problem.step if problem.step is not None else problem.block
        if part is None:
            self._list.selecting.nothing()
        else:
            self._list.selecting.only(part)
            self._list.reveal(part)
        self.open_inspector()
        show_problem = getattr(self._inspector, "show_problem", None)
        if show_problem is not None:
            show_problem(problem)
        self.problem_shown.emit(problem)
        announce(self, problem.message)

    # Panels

    @Slot()
    def open_library(self) -> None:
        """Show the exercises to pick from, and search them."""
        if self._make_library is None or self._model.read_only:
            return
        if self._library is None:
            content = self._make_library()
            self._library = SidePanel(self._themes, content, self)
            for name, slot in (
                ("picked", self._pick),
                ("step_added", self._list.reveal),
                ("closed", self.close_library),
            ):
                signal = getattr(content, name, None)
                if signal is not None:
                    signal.connect(slot)
            carrying = LibraryDrag(
                self._themes, self._model, self._list, self._scroll, library=content, page=self
            )
            carrying.step_added.connect(self._list.reveal)
        self._library_is_open = True
        if self.is_drawer:
            self._drawer_is_open = False
        self._place()
        content = self._library.content
        focus_search = getattr(content, "focus_search", None)
        if focus_search is not None:
            focus_search()
        else:
            content.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_library(self) -> None:
        if not self._library_is_open:
            return
        had_focus = self._library is not None and self._library.has_focus()
        self._library_is_open = False
        if had_focus:
            self._list.focus_current()
        self._place()

    @Slot(str)
    def _pick(self, exercise: str) -> None:
        """Put an exercise after the current step; the library stays for the next one."""
        made = self._model.add_steps([Step(exercise=exercise)], tr("Add exercise"))
        if made:
            self._list.reveal(made[-1])
            found = self._model.exercises.get(exercise)
            name = found.name if found is not None else exercise
            announce(self, tr("Added {what}").format(what=name))

    @Slot()
    def open_inspector(self) -> None:
        """Go to the fields of what is selected."""
        if self.is_drawer and not self._drawer_is_open:
            self._drawer_is_open = True
            self._place()
        focus_first = getattr(self._inspector, "focus_start", None)
        if focus_first is not None:
            focus_first()
        else:
            self._inspector.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_inspector(self) -> None:
        """Close the drawer; the focus goes back to the list."""
        if self._drawer_is_open:
            had_focus = self._drawer.has_focus()
            self._drawer_is_open = False
            if had_focus:
                self._list.focus_current()
            self._place()

    @Slot()
    def _row_clicked(self) -> None:
        # The focus stays on the row: what is clicked next may be a key of the list.
        if self.is_drawer and not self._drawer_is_open:
            self._drawer_is_open = True
            self._place()

    # What is done

    @Slot()
    def _start(self) -> None:
        self.start_requested.emit()

    @Slot()
    def _undo(self) -> None:
        self._step_back(self._model.undo)

    @Slot()
    def _redo(self) -> None:
        self._step_back(self._model.redo)

    def _step_back(self, step: Callable[[], None]) -> None:
        """Undo or redo, and show where something changed."""
        before = self._model.document
        focus = QApplication.focusWidget()
        label = self._model.undo_label if step == self._model.undo else self._model.redo_label
        step()
        after = self._model.document
        if after is before or label is None:
            return
        parts = changed_parts(before, after)
        # What comes from another file is new as a whole: there is nothing to point at.
        is_few = 0 < len(parts) <= PARTS_SHOWN and not all(
            block.id in parts for block in after.blocks
        )
        if is_few and not set(parts) & set(self._model.selection):
            self._model.select(parts, parts[0])
        self._list.reveal(self._model.current)
        catch_up = getattr(self._inspector, "catch_up", None)
        if catch_up is not None:
            catch_up()
        if QApplication.focusWidget() is not focus:
            # What had the focus is gone, or has nothing to do any more.
            self._list.focus_current()
        text = tr("Undone: {what}") if step == self._model.undo else tr("Redone: {what}")
        announce(self, text.format(what=label))

    @Slot(int)
    def _choose_part(self, part: PartId) -> None:
        self._list.selecting.only(part)
        self._list.reveal(part)

    @Slot(object)
    def _silence(self, hint: Hint) -> None:
        self.advice_silenced.emit(hint.id, hint.part)

    @Slot(object)
    def _apply(self, hint: Hint) -> None:
        self.advice_applied.emit(hint.id)

    def _fill_more(self, menu: Menu) -> None:
        if self._model.read_only:
            menu.add(tr("Make a copy to edit"), self.copy_requested.emit, icon_name="copy")
            menu.addSeparator()
        else:
            menu.add(tr("Paste a list"), self.paste_list_requested.emit, icon_name="list")
            menu.add(tr("New exercise"), self.new_exercise_requested.emit, icon_name="plus")
            menu.addSeparator()
        menu.add(tr("Copy as text"), self.share_requested.emit, icon_name="upload")
        menu.add(tr("Save as file"), self.save_as_requested.emit, icon_name="save")
        menu.add(tr("Show file"), self.show_file_requested.emit, icon_name="folder-open")
        if not self._model.read_only:
            menu.add(tr("Make a copy"), self.copy_requested.emit, icon_name="copy")
            menu.addSeparator()
            menu.add(tr("Delete routine"), self.delete_requested.emit, icon_name="trash-2")

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        standard = QKeySequence.StandardKey
        ctrl = Qt.KeyboardModifier.ControlModifier
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.matches(standard.Undo):
            self._undo()
        elif event.matches(standard.Redo) or (key == Qt.Key.Key_Y and modifiers == ctrl):
            self._redo()
        elif modifiers & ctrl and key == Qt.Key.Key_Z:
            # Ctrl+Shift+Z, on platforms whose redo is another key.
            self._redo()
        elif modifiers & ctrl and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._header.start.click()
        elif key == Qt.Key.Key_A and plain:
            self.open_library()
        elif key == Qt.Key.Key_Escape and self._close_by_key():
            return
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and plain:
            self._list.focus_current()
        elif not self._list.keys.edit(event):
            super().keyPressEvent(event)

    def _close_by_key(self) -> bool:
        """Close what lies over or beside the list, then select nothing; return whether anything did."""
        if self._drawer_is_open and self.is_drawer:
            self.close_inspector()
        elif self._library_is_open:
            self.close_library()
        elif self._drawer.has_focus():
            self._list.focus_current()
        elif self._list.has_focus_inside() and self._model.selection:
            self._list.selecting.nothing()
        else:
            return False
        return True

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _window_width(self) -> int:
        return self.width() + RAIL

    @Slot()
    def _place(self) -> None:
        if not hasattr(self, "_drawer_is_open"):
            return
        width, scale = self.width(), self._themes.theme.text_scale
        is_drawer = self.is_drawer
        over = self._window_width() < LIBRARY_OVER * scale
        self._header.set_drawer(is_drawer)
        self._header.resize(width, self._header.height())
        top = self._header.needed_height()
        self._header.setGeometry(0, 0, width, top)
        height = max(0, self.height() - top)
        panel = min(round(INSPECTOR * scale), width)
        library = min(round(LIBRARY * scale), width)
        left = library if self._library_is_open and not over else 0
        right = width - (0 if is_drawer else panel)
        self._put(self._scroll, left, top, right - left, height)
        beside = self._library_is_open or is_drawer
        self._list.set_left(LEFT_SMALL if beside and (left or is_drawer) else LEFT)
        self._drawer.set_closable(is_drawer)
        self._put(self._drawer, width - panel, top, panel, height)
        self._drawer.setVisible(self._drawer_is_open or not is_drawer)
        if self._library is not None:
            self._put(self._library, 0, top, library, height)
            self._library.setVisible(self._library_is_open)
            self._library.raise_()
        self._drawer.raise_()

    def _put(self, widget: QWidget, left: int, top: int, width: int, height: int) -> None:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - width
        widget.setGeometry(left, top, width, height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._themes.theme.bg)


def changed_parts(before: Document, after: Document) -> list[PartId]:
    """Return the steps and blocks of `after` that are new or say something else, in order."""
    steps = {part.id: part for part in before.steps()}
    blocks = {block.id: block for block in before.blocks}
    found: list[PartId] = []
    for block in after.blocks:
        old = blocks.get(block.id)
        if old is None:
            found.append(block.id)
            continue
        if (old.name, old.rounds, old.rest_ms, old.optional) != (
            block.name,
            block.rounds,
            block.rest_ms,
            block.optional,
        ):
            found.append(block.id)
        found += [part.id for part in block.steps if part is not steps.get(part.id)]
    return found
