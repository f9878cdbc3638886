"""Opens the editor over the window's pages, and keeps files, drafts and advice in step with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.editing import document_of, set_head
from app.domain.errors import RoutineError
from app.ui.editor_advice import EditorAdvice
from app.ui.own_exercises import OwnExercises
from app.ui.pages.editor.inspector import Inspector
from app.ui.pages.editor.library_panel import LibraryPanel
from app.ui.pages.editor.model import EditorModel, SaveState
from app.ui.pages.editor.page import EditorPage
from app.ui.routine_maker import RoutineMaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QLocale

    from app.domain.choices import Choices
    from app.domain.editing import Document, OpenRoutine
    from app.domain.ports import RoutineDesk
    from app.domain.routine import Routine
    from app.ui.editor_ports import EditorCatalogue, Shelf
    from app.ui.figures import Figures
    from app.ui.main_window import MainWindow
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

_SETTLE_MS: Final = 150
"""How long a file must keep still before it is looked at: programs write in several steps."""


class SystemClipboard:
    """The desktop's clipboard, as text."""

    def text(self) -> str:
        return QGuiApplication.clipboard().text()

    def set_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)


class EditorKeeper(QObject):
    """Made when something is edited for the first time, or drafts wait from an earlier run."""

    start_requested = cast("TypedSignal[str]", Signal(str))
    """The routine's id; its file is up to date."""
    library_changed = cast("TypedSignal[()]", Signal())
    show_file_requested = cast("TypedSignal[str]", Signal(str))

    def __init__(
        self,
        window: MainWindow,
        themes: ThemeManager,
        figures: Figures,
        *,
        desk: RoutineDesk,
        shelf: Shelf,
        catalogue: EditorCatalogue,
        choices: Callable[[], Choices],
        locale: QLocale,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._figures = figures
        self._desk = desk
        self._catalogue = catalogue
        self._choices = choices
        self._locale = locale
        self._clipboard = SystemClipboard()
        self._models: dict[EditorPage, EditorModel] = {}
        self._folder = Path.home()
        self.maker = RoutineMaker(
            window, themes, figures, desk=desk, shelf=shelf, catalogue=catalogue
        )
        self.maker.made.connect(self._show)
        self.maker.edit_requested.connect(self.open)
        self.maker.library_changed.connect(self.library_changed.emit)
        self.exercises = OwnExercises(window, themes, figures, shelf=shelf, catalogue=catalogue)
        self.exercises.changed.connect(self._exercises_changed)
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._look_outside)
        self._watcher.fileChanged.connect(self._settle.start)
        self._watcher.directoryChanged.connect(self._settle.start)
        window.page_left.connect(self._leave)
        window.page_shown.connect(self._page_shown)
        self._drafts_wait = False
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._settle.start)

    # Opening and leaving

    @Slot(str)
    def open(self, file: str) -> None:
        """Open a routine's file, with what was kept of it and not saved."""
        if self._show_open(file):
            return
        draft = self._desk.draft(file)
        try:
            opened = self._desk.open(file)
        except RoutineError as error:
            if draft is None:
                self._say(error)
                return
            # Its file went bad: what was kept is all there is.
            opened = draft
        if draft is None:
            self._show(opened)
        else:
            # What the file said then: where it says something else now, both sides changed.
            self._show(replace(opened, text=draft.text), draft.document)

    def _show_open(self, file: str) -> bool:
        """Go to the page of a file that is open already; return whether it is."""
        for page, model in self._models.items():
            if model.opened.file == file:
                self._window.back_to(page)
                return True
        return False

    @Slot(object)
    def _show(self, opened: OpenRoutine, unsaved: Document | None = None) -> None:
        if self._show_open(opened.file):
            return
        model = EditorModel(
            opened,
            self._desk,
            self._clipboard,
            exercises=self._catalogue.exercises,
            choices=self._choices,
            unsaved=unsaved,
            parent=self,
        )
        inspector = Inspector(
            model,
            self._themes,
            self._figures,
            self._locale,
            own_exercises=self._catalogue.own_exercises,
        )
        page = EditorPage(
            model,
            self._themes,
            self._locale,
            self._figures,
            inspector=inspector,
            library=partial(self._make_library, model),
        )
        self._models[page] = model
        EditorAdvice(page, model, self._desk)
        page.back_requested.connect(self._window.back)
        page.start_requested.connect(partial(self._start, model))
        page.show_file_requested.connect(partial(self._show_file, model))
        page.share_requested.connect(partial(self._share, model))
        page.save_as_requested.connect(partial(self._save_as, model))
        page.delete_requested.connect(partial(self._delete, page))
        page.copy_requested.connect(partial(self._copy, page))
        page.paste_list_requested.connect(partial(self._paste_into, model))
        page.new_exercise_requested.connect(partial(self._new_exercise, model, ""))
        page.conflict_requested.connect(partial(self._ask_conflict, model))
        inspector.exercise_requested.connect(partial(self._exercise_wanted, model))
        model.saved.connect(self._saved)
        model.state_changed.connect(partial(self._hear_state, model))
        self._window.push(page)
        self._watch()
        if unsaved is not None:
            self._settle.start()

    def _make_library(self, model: EditorModel) -> QWidget:
        panel = LibraryPanel(
            model,
            self._themes,
            self._figures,
            self._locale,
            own=self._catalogue.own_exercises,
        )
        panel.new_exercise_requested.connect(partial(self._new_exercise, model))
        return panel

    @Slot(object)
    def _leave(self, left: QWidget) -> None:
        """Save or keep what is left of a page that the window took away."""
        model = self._models.pop(left, None) if isinstance(left, EditorPage) else None
        if model is None:
            return
        model.close()
        if model.is_unsaved and not model.read_only:
            text = self.tr("“{name}” has a problem. Its changes are kept, but not in its file.")
            if model.state is SaveState.CONFLICT:
                text = self.tr("“{name}” was changed outside too. Your changes are kept apart.")
            self._window.say(
                text.format(name=model.document.head.name or Path(model.opened.file).name),
                action_text=self.tr("Go back"),
                action=partial(self.open, model.opened.file),
            )
        model.deleteLater()
        self._watch()
        self.library_changed.emit()

    def close(self) -> None:
        """Save or keep everything that is open. Call before the window goes."""
        for model in self._models.values():
            model.close()

    @Slot()
    def _saved(self) -> None:
        self._watch()
        self.library_changed.emit()

    # What pages ask for

    def _start(self, model: EditorModel) -> None:
        model.save_now()
        if model.state in {SaveState.SAVED, SaveState.READ_ONLY}:
            self.start_requested.emit(model.opened.document.head.id)

    def _show_file(self, model: EditorModel) -> None:
        self.show_file_requested.emit(model.opened.file)

    def _share(self, model: EditorModel) -> None:
        """Copy the routine as text, with everything that stands around it."""
        self._clipboard.set_text(self._desk.text(model.document))
        self._window.say(self.tr("Copied “{name}” as text").format(name=model.document.head.name))

    def _save_as(self, model: EditorModel) -> None:
        dialog = QFileDialog(self._window, self.tr("Save a copy as a file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Routine files") + " (*.toml)")
        dialog.setDefaultSuffix("toml")
        dialog.setDirectory(str(self._folder))
        dialog.selectFile(Path(model.opened.file).name)
        dialog.fileSelected.connect(partial(self._write_copy, model.document))
        dialog.open()

    def _write_copy(self, document: Document, named: str) -> None:
        self._folder = Path(named).parent
        try:
            self._desk.export(named, document)
        except RoutineError as error:
            self._say(error)
            return
        self._window.say(
            self.tr("Saved {file}").format(file=Path(named).name),
            action_text=self.tr("Show folder"),
            action=partial(self.show_file_requested.emit, named),
        )

    def _delete(self, page: EditorPage) -> None:
        model = self._models[page]
        model.save_now()
        opened, document = model.opened, model.document
        name = document.head.name or Path(opened.file).name
        undo = partial(self._undelete, opened, document)
        if opened.text and not self.maker.delete_file(opened.file, name, undone=undo):
            return
        del self._models[page]
        model.discard()
        model.deleteLater()
        self._window.close_sub(page)
        if not opened.text:
            self.maker.say_deleted(name, partial(self._show, opened, document))

    def _undelete(self, opened: OpenRoutine, document: Document) -> None:
        """Bring back, beside the file, what had not been saved when it was deleted."""
        if document != opened.document:
            self._show(opened, document)

    def _copy(self, page: EditorPage) -> None:
        """Go on with a copy."""
        model = self._models[page]
        document = model.document
        self._window.close_sub(page)
        self.maker.copy_document(document)

    def _paste_into(self, model: EditorModel) -> None:
        """Put a pasted list's blocks behind those of an open routine."""
        dialog = self.maker.list_dialog(model.document.head.name, "")
        dialog.made.connect(partial(self._add_list, model))
        dialog.open()

    def _is_open(self, model: EditorModel) -> bool:
        """Whether a model still has its page: a dialog may outlive it."""
        return model in self._models.values()

    def _add_list(self, model: EditorModel, routine: Routine) -> None:
        if not self._is_open(model):
            self.maker.create(document_of(routine))
            return
        model.add_blocks_of(routine, self.tr("Add list"))

    # Own exercises

    def _new_exercise(self, model: EditorModel, name: str = "") -> None:
        dialog = self.exercises.open(None, name)
        dialog.saved.connect(partial(self._add_exercise, model))

    def _add_exercise(self, model: EditorModel, exercise: object) -> None:
        from app.domain.routine import Step  # noqa: PLC0415

        made = getattr(exercise, "id", "")
        if made in self._catalogue.own_exercises() and self._is_open(model):
            model.add_steps([Step(exercise=made)], self.tr("Add exercise"))

    def _exercise_wanted(self, model: EditorModel, name: str) -> None:
        """Change the own exercise with that id, or make one of a free name."""
        if name in self._catalogue.own_exercises():
            self.exercises.edit(name)
        else:
            dialog = self.exercises.open(None, name)
            dialog.saved.connect(partial(self._use_exercise, model, name))

    def _use_exercise(self, model: EditorModel, name: str, exercise: object) -> None:
        """Let the steps with a free name be the exercise that was made of it."""
        made = getattr(exercise, "id", "")
        if made not in self._catalogue.own_exercises() or not self._is_open(model):
            return
        named = [
            part.id
            for part in model.document.steps()
            if part.step.name == name and part.id in model.selection
        ]
        model.set_steps(
            named,
            self.tr("Make an exercise of it"),
            exercise=made,
            name=None,
            position=None,
            phase=None,
        )

    @Slot()
    def _exercises_changed(self) -> None:
        self.library_changed.emit()
        for page in self._models:
            page.refresh_exercises()

    # Both sides changed

    def _hear_state(self, model: EditorModel) -> None:
        # During a session it is the page's to tell, later.
        if model.state is SaveState.CONFLICT and not self._window.is_taken_over:
            self._ask_conflict(model)

    def _ask_conflict(self, model: EditorModel) -> None:
        from app.ui.pages.editor.dialogs.conflict import (  # noqa: PLC0415  (when asked)
            ConflictDialog,
        )

        dialog = ConflictDialog(
            self._themes,
            self._window,
            file_name=Path(model.opened.file).name,
            ours=self._desk.text(model.document),
            theirs=self._desk.text_outside(model.opened),
        )
        dialog.keep_ours.connect(partial(self._keep_ours, model))
        dialog.take_theirs.connect(partial(self._take_theirs, model))
        dialog.keep_both.connect(partial(self._keep_both, model))
        dialog.open()

    def _keep_ours(self, model: EditorModel) -> None:
        if self._is_open(model):
            model.keep_ours()

    def _take_theirs(self, model: EditorModel) -> None:
        if self._is_open(model) and not model.take_theirs():
            self._window.say(model.trouble)

    def _keep_both(self, model: EditorModel) -> None:
        """Make a copy of what is here, and show what the other program wrote."""
        if not self._is_open(model):
            return
        name = self.tr("{name} (mine)").format(name=model.document.head.name)
        try:
            mine = self._desk.create(set_head(model.document, name=name))
        except RoutineError as error:
            self._say(error)
            return
        self._take_theirs(model)
        self.library_changed.emit()
        if self._desk.problems(mine.document):
            # It has no file before that is mended.
            self._show(mine, mine.document)

    # Files that change outside

    @Slot()
    def _watch(self) -> None:
        """Watch the files that are open, and their folders: a replaced file is another one."""
        wanted = set()
        for model in self._models.values():
            if model.opened.file:
                path = Path(model.opened.file)
                wanted |= {str(one) for one in (path, path.parent) if one.exists()}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := sorted(watched - wanted):
            self._watcher.removePaths(gone)
        if new := sorted(wanted - watched):
            self._watcher.addPaths(new)

    @Slot()
    def _look_outside(self) -> None:
        for model in list(self._models.values()):
            model.look_outside()
        self._watch()

    # What an earlier run left

    def offer_drafts(self) -> None:
        """Offer what was not saved when the app ended; nothing is asked where all was."""
        if self._window.is_taken_over:
            self._drafts_wait = True
            return
        self._drafts_wait = False
        open_files = {model.opened.file for model in self._models.values()}
        drafts = {
            draft.file: draft for draft in self._desk.drafts() if draft.file not in open_files
        }
        if not drafts:
            return
        from app.ui.pages.editor.dialogs.recovered import (  # noqa: PLC0415  (when there are some)
            RecoveredDialog,
            Unsaved,
        )

        dialog = RecoveredDialog(
            self._themes,
            self._window,
            [Unsaved(file=file, name=draft.document.head.name) for file, draft in drafts.items()],
        )
        dialog.open_wanted.connect(self.open)
        dialog.discard_wanted.connect(partial(self._discard, drafts))
        dialog.open()

    @Slot(object)
    def _page_shown(self, _page: object) -> None:
        """Offer what waited for the end of a session."""
        if self._drafts_wait:
            self.offer_drafts()

    def _discard(self, drafts: dict[str, OpenRoutine], file: str) -> None:
        draft = drafts[file]
        self._desk.forget_draft(draft)
        self._window.say(
            self.tr("Discarded the changes to “{name}”").format(name=draft.document.head.name),
            action_text=self.tr("Undo"),
            action=partial(self._restore_draft, draft),
        )

    def _restore_draft(self, draft: OpenRoutine) -> None:
        try:
            self._desk.keep_draft(draft, draft.document)
        except RoutineError as error:
            self._say(error)
            return
        self.offer_drafts()

    def _say(self, error: RoutineError) -> None:
        self._window.say(str(error).splitlines()[0])
