"""The window's editor: desk, shelf and keeper, built when something is first edited."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile

from app.domain.choosing import choices_for
from app.storage.routine_desk import RoutineDesk
from app.storage.routine_shelf import RoutineShelf
from app.ui.editor_keeper import EditorKeeper

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale

    from app.domain.choices import Choices
    from app.storage.library import Library
    from app.storage.paths import UserFolders
    from app.ui.figures import Figures
    from app.ui.main_window import MainWindow
    from app.ui.preferences import Preferences
    from app.ui.theme import ThemeManager


def make_editor(
    window: MainWindow,
    themes: ThemeManager,
    figures: Figures,
    preferences: Preferences,
    *,
    library: Library,
    folders: UserFolders,
    locale: QLocale,
) -> EditorKeeper:
    desk = RoutineDesk(folders, library.exercises)

    def choices() -> Choices:
        # Those of the cards, so that both say the same length.
        return choices_for(preferences.settings)

    shelf = RoutineShelf(
        folders,
        library.exercises,
        library.shipped_exercises,
        is_taken=desk.is_taken,
        # Elsewhere the trash is a folder that everybody knows the form of.
        to_trash=_to_trash if sys.platform == "win32" else None,
    )
    return EditorKeeper(
        window,
        themes,
        figures,
        desk=desk,
        shelf=shelf,
        catalogue=library,
        choices=choices,
        locale=locale,
    )


def _to_trash(path: Path) -> Path | None:
    """Put a file in the system's trash; return where it is there, None where there is none."""
    file = QFile(str(path))
    if not file.moveToTrash():
        return None
    # Renamed to where it is now, where the system says so.
    return Path(file.fileName())
