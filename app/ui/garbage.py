"""Garbage collection by the window's thread, between its events."""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS: Final = 2_000


class GarbageCollector(QObject):
    """Looks for garbage as often as Python itself would, and nowhere else than in an event.

    Python collects where it happens to allocate: in any thread, though Qt's objects may be
    destroyed in their own only; or in the middle of a paint event, which may be that of a widget
    that nothing else holds. While this object lives, neither takes place.
    """

    def __init__(self, every_ms: int = EVERY_MS) -> None:
        """Begin, and never look at what there is already: it is the app itself."""
        super().__init__()
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(every_ms)

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, and those below it."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
