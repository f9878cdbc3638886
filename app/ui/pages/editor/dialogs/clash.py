"""The dialog for a routine that is imported while its id is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, Signal, Slot

from app.ui.pages.editor.dialogs.parts import FormDialog
from app.ui.widgets.buttons import ButtonKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate


class ClashDialog(FormDialog):
    """Nothing is written over: the one that is replaced goes to the trash."""

    keep_both = cast("TypedSignal[()]", Signal())
    replace = cast("TypedSignal[()]", Signal())

    def __init__(
        self,
        themes: ThemeManager,
        parent: QWidget,
        *,
        name: str,
        taken_by: str,
        file_name: str,
        free_name: str,
        built_in: bool = False,
    ) -> None:
        """`name` is the routine that comes, `taken_by` the one that has its `file_name`.

        `free_name` is what its file would be called beside it. A built-in one cannot go to the
        trash: it would be hidden.
        """
        title = translate("Clash", "There is a {file} already").format(file=file_name)
        super().__init__(themes, parent, title)
        if taken_by == name:
            text = translate("Clash", "It has the same name, “{name}”.").format(name=name)
        else:
            text = translate("Clash", "It is “{old}”. You are adding “{new}”.").format(
                old=taken_by, new=name
            )
        self.add_text(text, color="text")
        self.add_text(
            translate("Clash", "Keep both names the new file {file}.").format(file=free_name)
        )
        if built_in:
            about = translate("Clash", "Replace hides the built-in one as long as yours is there.")
        else:
            about = translate("Clash", "Replace puts the old one into the trash.")
        self.add_text(about)
        self.add_close(translate("Clash", "Cancel"))
        self.replace_button = self.add_button(translate("Clash", "Replace"))
        self.both = self.add_button(translate("Clash", "Keep both"), kind=ButtonKind.PRIMARY)
        self.replace_button.clicked.connect(self._replace)
        self.both.clicked.connect(self._keep_both)

    @Slot()
    def _keep_both(self) -> None:
        self.accept()
        self.keep_both.emit()

    @Slot()
    def _replace(self) -> None:
        self.accept()
        self.replace.emit()
