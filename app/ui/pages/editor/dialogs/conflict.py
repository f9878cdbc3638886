"""The dialog for a file that was changed by another program while its routine was, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot

from app.ui.pages.editor.dialogs.differences import Differences
from app.ui.pages.editor.dialogs.parts import FormDialog
from app.ui.widgets.buttons import ButtonKind

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate

WIDTH: Final = 1_160
BESIDE_FROM: Final = 1_000
"""In a narrower window the texts stand below one another."""
_SCROLL_KEYS: Final = frozenset(
    {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class ConflictDialog(FormDialog):
    """Esc decides later: neither text is lost as long as nothing is chosen."""

    keep_ours = cast("TypedSignal[()]", Signal())
    take_theirs = cast("TypedSignal[()]", Signal())
    keep_both = cast("TypedSignal[()]", Signal())

    def __init__(
        self, themes: ThemeManager, parent: QWidget, *, file_name: str, ours: str, theirs: str
    ) -> None:
        """`ours` is the routine as it would be written, `theirs` what stands in the file."""
        title = translate("Conflict", "{file} was changed twice").format(file=file_name)
        super().__init__(themes, parent, title, width=WIDTH)
        self.add_text(
            translate(
                "Conflict",
                "The file was changed by another program, and so was this routine. Nothing is"
                " overwritten until you choose.",
            )
        )
        titles = (
            translate("Conflict", "Mine, here in the editor"),
            translate("Conflict", "Theirs, in the file"),
        )
        self.differences = Differences(themes, titles, ours=ours, theirs=theirs)
        self.body.addSpacing(8)
        self.body.addWidget(self.differences)
        self.body.addStretch(1)
        self.later = self.add_close(translate("Conflict", "Decide later"))
        self.mine = self.add_button(translate("Conflict", "Keep mine"))
        self.theirs = self.add_button(translate("Conflict", "Take theirs"))
        # What loses nothing is what Enter does.
        self.both = self.add_button(translate("Conflict", "Keep both"), kind=ButtonKind.PRIMARY)
        about = translate("Conflict", "The file stays as it is; mine becomes a copy.")
        self.both.setToolTip(about)
        self.both.setAccessibleDescription(about)
        self.mine.clicked.connect(self._keep_ours)
        self.theirs.clicked.connect(self._take_theirs)
        self.both.clicked.connect(self._keep_both)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _SCROLL_KEYS:
            # Also while a button has the focus.
            self._scroll.keyPressEvent(event)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        scale = self.themes.theme.text_scale
        self.differences.set_beside(beside=self.width() >= BESIDE_FROM * scale)
        super().resizeEvent(event)

    @Slot()
    def _keep_ours(self) -> None:
        self.accept()
        self.keep_ours.emit()

    @Slot()
    def _take_theirs(self) -> None:
        self.accept()
        self.take_theirs.emit()

    @Slot()
    def _keep_both(self) -> None:
        self.accept()
        self.keep_both.emit()
