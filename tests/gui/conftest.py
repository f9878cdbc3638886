"""What every window test gets: the bundled fonts, and themes in a known state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from app.domain.settings import Settings, ThemeChoice
from app.ui.fonts import load_fonts
from app.ui.theme import ThemeManager

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _no_garbage_collection_in_a_test(garbage_afterwards: None) -> None:
    pass


@pytest.fixture(scope="session")
def fonts(qapp: QApplication) -> QApplication:
    missing = load_fonts(Path(__file__).parents[2] / "resources/fonts")
    assert not missing
    return qapp


@pytest.fixture
def themes(fonts: QApplication) -> ThemeManager:  # noqa: ARG001  (its fonts are needed)
    return ThemeManager(QGuiApplication.styleHints(), Settings(theme=ThemeChoice.LIGHT))


@pytest.fixture
def english() -> QLocale:
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
