"""The window with its editor, on the real files of a home of its own, with the library that ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures import new_figures
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.settings import Settings, ThemeChoice
from app.storage.library import Library
from app.storage.paths import UserFolders
from app.ui.main_window import MainWindow
from app.ui.pages.editor.page import EditorPage
from app.ui.preferences import Preferences
from app.ui.rail import Page
from app.window_editor import make_editor

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager


class World:
    def __init__(self, qtbot: QtBot, themes: ThemeManager, home: Path) -> None:
        self.folders = UserFolders(
            home=home,
            data=home / "data",
            config=home / "config",
            cache=home / "cache",
            logs=home / "logs",
        )
        self.library = Library(self.folders)
        self.window = MainWindow(themes, {Page.ROUTINES: QWidget})
        self.window.resize(1280, 800)
        qtbot.addWidget(self.window)
        self.preferences = Preferences(
            Settings(theme=ThemeChoice.LIGHT), _nobody, parent=self.window
        )
        self.figures = new_figures()
        self.keeper = make_editor(
            self.window,
            themes,
            self.figures,
            self.preferences,
            library=self.library,
            folders=self.folders,
            locale=QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
        )
        self.started: list[str] = []
        self.keeper.start_requested.connect(self.started.append)
        self.window.new_requested.connect(self.keeper.maker.new)
        self.window.files_dropped.connect(self.keeper.maker.take_in)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    @property
    def page(self) -> EditorPage:
        page = self.window.sub_pages()[-1]
        assert isinstance(page, EditorPage)
        return page

    def file(self, name: str) -> Path:
        return self.folders.routines / name

    def shipped(self, name: str) -> str:
        return next(card.file for card in self.library.listing().cards if card.id == name)

    def names(self) -> str:
        """Return the steps of the open routine by name, with "|" between blocks."""
        exercises = self.library.exercises()
        return " | ".join(
            ", ".join(
                exercises[part.step.exercise].name if part.step.exercise else part.step.name or ""
                for part in block.steps
            )
            for block in self.page.model.document.blocks
        )


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _nobody(_settings: Settings) -> None:
    pass
