"""Holds the settings while the app runs, saves each change, and tells about it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from app.domain.errors import WarmdownError
from app.domain.settings import Settings

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal


class Preferences(QObject):
    """The settings in force. A change is in force at once, and kept as soon as that works."""

    changed = cast("TypedSignal[Settings]", Signal(object))
    save_failed = cast("TypedSignal[str]", Signal(str))
    """Why a change could not be kept, in one sentence; it holds until the app is closed."""

    def __init__(
        self,
        settings: Settings,
        save: Callable[[Settings], object],
        parent: QObject | None = None,
    ) -> None:
        """`save` raises WarmdownError where the settings cannot be kept."""
        super().__init__(parent)
        self._settings = settings
        self._save = save

    @property
    def settings(self) -> Settings:
        return self._settings

    def set(self, settings: Settings) -> None:
        """Put other settings in force."""
        if settings == self._settings:
            return
        self._settings = settings
        self.changed.emit(settings)
        try:
            self._save(settings)
        except WarmdownError as error:
            self.save_failed.emit(str(error))
