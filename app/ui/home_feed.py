"""Keeps Home's picture up to date: the library in the background, history when it changed."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from app.domain.catalogue import Listing
from app.domain.ports import HistoryReader
from app.ui.pages.home.assemble import home_data
from app.ui.preferences import Preferences

if TYPE_CHECKING:
    from app.ui.pages.home.data import HomeData
    from app.ui.signals import TypedSignal

_SETTLE_MS = 200
"""How long files must keep still before they are read: editors write in several steps."""


class IndexedCatalogue(Protocol):
    """What the feed needs of the library; `listing` may take its time, `indexed` does not."""

    def indexed(self) -> Listing | None: ...

    def listing(self) -> Listing: ...


class HomeFeed(QObject):
    """Emits `data` whenever Home should show something else."""

    data = cast("TypedSignal[HomeData]", Signal(object))
    _listed = cast("TypedSignal[Listing]", Signal(object))

    def __init__(
        self,
        catalogue: IndexedCatalogue,
        reader: HistoryReader,
        preferences: Preferences,
        *,
        wall_clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._reader = reader
        self._preferences = preferences
        self._wall_clock = wall_clock
        self._listing: Listing | None = None
        self._thread: threading.Thread | None = None
        self._again = False
        self._watcher: QFileSystemWatcher | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.reload)
        self._listed.connect(self._take_listing)

    def start(self) -> None:
        """Give the first picture: at once where the index is fresh, else when all is read."""
        listing = self._catalogue.indexed()
        if listing is None:
            self.reload()
        else:
            self._listing = listing
            self.refresh()

    def watch(self, folder: Path, file: Path) -> None:
        """Read anew by itself when the user's routines (a folder) or exercises (a file) change."""
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._changed)
        self._watcher.fileChanged.connect(self._changed)
        self._watched = (folder, file)
        self._watch_again()

    @Slot()
    def refresh(self) -> None:
        """Show what history and settings say now; the library as it was read last."""
        if self._listing is None:
            return
        self.data.emit(
            home_data(
                self._listing,
                sessions=self._reader.summaries(),
                pauses=self._reader.pauses(),
                goals=self._reader.goals(),
                runs=self._reader.runs(),
                interrupted=self._reader.interrupted(),
                settings=self._preferences.settings,
                now=self._wall_clock(),
            )
        )

    @Slot()
    def reload(self) -> None:
        """Read what changed on disk, in the background, then show it."""
        if self._thread is not None:
            self._again = True
            return
        self._thread = threading.Thread(target=self._read, name="library", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wait for what is read in the background. Call before this object goes.

        The thread holds it meanwhile, and who lets go of it last destroys it.
        """
        if self._thread is not None:
            self._thread.join()

    def _read(self) -> None:
        self._listed.emit(self._catalogue.listing())

    @Slot(object)
    def _take_listing(self, listing: Listing) -> None:
        self.close()
        self._thread = None
        self._listing = listing
        if self._watcher is not None:
            self._watch_again()
        self.refresh()
        if self._again:
            self._again = False
            self.reload()

    @Slot()
    def _changed(self) -> None:
        self._settle.start()

    def _watch_again(self) -> None:
        """Watch the folder and each file in it; a file that was replaced is a new one to watch."""
        if self._watcher is None:
            return
        folder, file = self._watched
        wanted = {str(path) for path in (folder, file.parent, file) if path.exists()}
        wanted |= {str(path) for path in folder.glob("*.toml")} if folder.is_dir() else set()
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if new := sorted(wanted - watched):
            self._watcher.addPaths(new)
