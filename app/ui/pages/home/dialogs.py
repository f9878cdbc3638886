"""What Home opens over itself: all that is wrong with a file."""

from PySide6.QtWidgets import QWidget

from app.domain.catalogue import BrokenFile
from app.ui.pages.home.problems import file_name, sentence
from app.ui.theme import ThemeManager
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.dialog import Dialog


def details(themes: ThemeManager, window: QWidget, broken: BrokenFile) -> tuple[Dialog, Button]:
    """Build the list of a file's problems; return it with its button that opens the file."""
    dialog = Dialog(themes, window, broken.name, width=640)
    name = file_name(broken.file)
    count = len(broken.problems)
    if count == 1:
        dialog.add_text(dialog.tr("{file} has one problem.").format(file=name))
    else:
        dialog.add_text(dialog.tr("{file} has {count} problems.").format(file=name, count=count))
    for problem in broken.problems:
        message = f"{problem.message[:1].upper()}{problem.message[1:]}"
        if problem.line is not None:
            message = dialog.tr("Line {line}: {message}").format(
                line=problem.line, message=problem.message
            )
        dialog.add_text(sentence(message), color="text")
    dialog.add_close()
    opens = dialog.add_button(dialog.tr("Open file"), kind=ButtonKind.PRIMARY, icon="file-pen")
    opens.clicked.connect(dialog.accept)
    return dialog, opens
