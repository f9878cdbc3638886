"""Makes the bundled fonts known to Qt."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from app.ui.theme import Theme

FACES = (
    "Inter-Regular",
    "Inter-Medium",
    "Inter-SemiBold",
    "Inter-Bold",
    "InterDisplay-Medium",
    "InterDisplay-SemiBold",
    "InterDisplay-Bold",
)


def load_fonts(folder: Path) -> list[str]:
    """Load every bundled face; return the names of those that could not be read.

    A missing face costs its look and nothing else: the fallback list of the tokens steps in.
    """
    return [
        name
        for name in FACES
        if QFontDatabase.addApplicationFont(str(folder / f"{name}.ttf")) == -1
    ]


def default_font(theme: Theme) -> QFont:
    """Return the font for `QApplication.setFont`: what plain Qt widgets are written in."""
    return QFont(theme.font("body"))
