"""What the settings page's sections share: the settings they show, and how a change is told."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from app.domain.settings import Settings

Changed = Callable[[Settings], object]


def tr(text: str) -> str:
    """Translate in the page's context; `text` is always literal where it is called."""
    return QCoreApplication.translate("Settings", text)


class SectionMaker(QObject):
    """Holds the settings that are shown; a change makes new ones and hands them on."""

    def __init__(self, settings: Settings, changed: Changed, parent: QObject) -> None:
        super().__init__(parent)
        self.settings = settings
        self._changed = changed
        self._is_showing = False

    def show_settings(self, settings: Settings) -> None:
        """Show settings without announcing them."""
        self.settings = settings
        self._is_showing = True
        self.fill()
        self._is_showing = False

    def fill(self) -> None:
        """Set every control from `self.settings`."""
        raise NotImplementedError

    def tell(self, settings: Settings) -> None:
        """Hand on what the user changed."""
        if not self._is_showing and settings != self.settings:
            self.settings = settings
            self._changed(settings)
