"""The overlay that lists the keys of the pages."""

from PySide6.QtWidgets import QWidget

from app.ui import keys
from app.ui.theme import ThemeManager
from app.ui.widgets.buttons import ButtonKind
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.key_list import KeyList
from app.ui.widgets.label import Label


def keys_dialog(themes: ThemeManager, window: QWidget) -> Dialog:
    """Build the overlay; the caller opens it."""
    dialog = Dialog(themes, window, dialog_title())
    for index, group in enumerate(keys.groups()):
        if index:
            dialog.body.addSpacing(12)
        dialog.body.addWidget(Label(themes, group.title, role="label", color="text_2"))
        dialog.body.addWidget(KeyList(themes, group))
    close = dialog.add_button(keys.tr("Close"), kind=ButtonKind.PRIMARY)
    close.clicked.connect(dialog.accept)
    return dialog


def dialog_title() -> str:
    return keys.tr("Keys")
