"""Makes routines: from nothing, from a copy, from a list, from a file; and deletes them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.domain.editing import document_of, set_head
from app.domain.errors import RoutineError, WarmdownError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.catalogue import RoutineCard
    from app.domain.editing import Document, OpenRoutine
    from app.domain.filing import Clash
    from app.domain.ports import RoutineDesk
    from app.domain.routine import Routine
    from app.domain.when import When
    from app.ui.editor_ports import EditorCatalogue, Shelf
    from app.ui.figures import Figures
    from app.ui.main_window import MainWindow
    from app.ui.pages.editor.dialogs.pasted_list import PastedListDialog
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

LIST_SUFFIX = ".txt"


class RoutineMaker(QObject):
    """Asks what has to be asked, in dialogs over the window."""

    made = cast("TypedSignal[OpenRoutine]", Signal(object))
    """Open this in the editor."""
    edit_requested = cast("TypedSignal[str]", Signal(str))
    """Open the file with this path in the editor."""
    library_changed = cast("TypedSignal[()]", Signal())

    def __init__(
        self,
        window: MainWindow,
        themes: ThemeManager,
        figures: Figures,
        *,
        desk: RoutineDesk,
        shelf: Shelf,
        catalogue: EditorCatalogue,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._figures = figures
        self._desk = desk
        self._shelf = shelf
        self._catalogue = catalogue
        self._folder: Path | None = None

    @Slot()
    def new(self) -> None:
        """Ask for a name and a way: from nothing, from a copy, or from a list."""
        from app.ui.pages.editor.dialogs.new_routine import (  # noqa: PLC0415  (made when opened)
            NewRoutineDialog,
        )

        if self._window.is_taken_over:
            return
        dialog = NewRoutineDialog(self._themes, self._window, self._catalogue.listing().cards)
        dialog.empty_chosen.connect(self._make_empty)
        dialog.copy_chosen.connect(self.copy_file)
        dialog.paste_chosen.connect(self.paste)
        dialog.open()

    def _make_empty(self, name: str, when: When) -> None:
        from app.domain.routine import Routine  # noqa: PLC0415  (made when it is wanted)

        self.made.emit(self._desk.blank(Routine(id="", name=name, when=when, blocks=())))

    @Slot(object)
    def copy(self, card: RoutineCard) -> None:
        """Make a copy of a routine, and open it."""
        self.copy_file(card.file, self._copy_name(card.name))

    @Slot(str, str)
    def copy_file(self, file: str, name: str) -> None:
        try:
            document = self._desk.open(file).document
        except RoutineError as error:
            self._say(error)
            return
        self.create(set_head(document, name=name))

    def copy_document(self, document: Document) -> None:
        """Make a copy of what is open in the editor."""
        self.create(set_head(document, name=self._copy_name(document.head.name)))

    def _copy_name(self, name: str) -> str:
        return self.tr("Copy of {name}").format(name=name)

    def create(self, document: Document) -> None:
        """Make a file of a document, and open it."""
        try:
            opened = self._desk.create(document)
        except RoutineError as error:
            self._say(error)
            return
        self.library_changed.emit()
        self.made.emit(opened)

    # Lists that a person wrote

    @Slot()
    @Slot(str)
    def paste(self, name: str = "") -> None:
        """Make a routine of a list, which may be in the clipboard."""
        from app.ui.pages.editor.dialogs.pasted_list import (  # noqa: PLC0415  (made when opened)
            looks_like_a_list,
        )

        text = QGuiApplication.clipboard().text()
        if not looks_like_a_list(text, self._catalogue.exercises()):
            text = ""
        dialog = self.list_dialog(name or self.tr("New routine"), text)
        dialog.made.connect(self._make_of_list)
        dialog.open()

    def list_dialog(self, name: str, text: str) -> PastedListDialog:
        from app.ui.pages.editor.dialogs.pasted_list import (  # noqa: PLC0415  (made when opened)
            PastedListDialog,
        )

        return PastedListDialog(
            self._themes,
            self._window,
            figures=self._figures,
            exercises=self._catalogue.exercises(),
            name=name,
            text=text,
        )

    def _make_of_list(self, routine: Routine) -> None:
        self.create(document_of(routine))

    # Files from elsewhere

    @Slot()
    def ask_import(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Import routines"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("Routines and lists") + f" (*.toml *{LIST_SUFFIX})",
                self.tr("All files") + " (*)",
            ]
        )
        dialog.setDirectory(str(self._folder or Path.home()))
        dialog.filesSelected.connect(self.take_in)
        dialog.open()

    @Slot(object)
    def take_in(self, files: Sequence[str]) -> None:
        """Take in routine files and lists; where a name is taken it is asked what to do."""
        for file in files:
            self._folder = Path(file).parent
            try:
                if Path(file).suffix.lower() == LIST_SUFFIX:
                    text = self._desk.list_text(file)
                    dialog = self.list_dialog(Path(file).stem, text)
                    dialog.made.connect(self._make_of_list)
                    dialog.open()
                elif (clash := self._shelf.clash_of(file)) is not None:
                    self._ask(file, clash)
                else:
                    self._take(file)
            except WarmdownError as error:
                self._say(error)

    def _ask(self, file: str, clash: Clash) -> None:
        from app.ui.pages.editor.dialogs.clash import ClashDialog  # noqa: PLC0415  (when asked)

        cards = self._catalogue.listing().cards
        dialog = ClashDialog(
            self._themes,
            self._window,
            name=clash.name,
            taken_by=next((card.name for card in cards if card.id == clash.id), clash.id),
            file_name=f"{clash.id}.toml",
            free_name=f"{clash.free_id}.toml",
            built_in=clash.is_built_in,
        )
        dialog.keep_both.connect(partial(self._take, file))
        dialog.replace.connect(partial(self._take, file, replace=True))
        dialog.open()

    def _take(self, file: str, *, replace: bool = False) -> None:
        try:
            taken = self._shelf.add(file, replace=replace)
        except WarmdownError as error:
            self._say(error)
            return
        self.library_changed.emit()
        self._window.say(
            self.tr("Imported {file}").format(file=Path(taken).name),
            action_text=self.tr("Edit"),
            action=partial(self.edit_requested.emit, taken),
        )

    # Deleting

    @Slot(object)
    def delete(self, card: RoutineCard) -> None:
        self.delete_file(card.file, card.name)

    def delete_file(
        self, file: str, name: str, *, undone: Callable[[], object] | None = None
    ) -> bool:
        """Put a routine's file into the trash, from where a press takes it back.

        `undone` is called when it is back. Return whether it could be deleted.
        """
        try:
            deleted = self._shelf.delete(file)
        except WarmdownError as error:
            self._say(error)
            return False
        self.library_changed.emit()
        self.say_deleted(name, partial(self._restore, deleted, undone))
        return True

    def say_deleted(self, name: str, undo: Callable[[], object]) -> None:
        self._window.say(
            self.tr("Deleted “{name}”").format(name=name),
            action_text=self.tr("Undo"),
            action=undo,
        )

    def _restore(self, deleted: object, undone: Callable[[], object] | None) -> None:
        try:
            self._shelf.restore(deleted)
        except WarmdownError as error:
            self._say(error)
            return
        self.library_changed.emit()
        if undone is not None:
            undone()

    def _say(self, error: WarmdownError) -> None:
        self._window.say(str(error).splitlines()[0])
