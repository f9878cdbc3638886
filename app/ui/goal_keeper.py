"""Keeps each weekly goal with the day from which it holds, so that past weeks stay as they were."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from app.domain.history import local_day
from app.domain.ports import HistoryReader, HistoryStore
from app.domain.settings import Settings
from app.domain.streaks import goals_after_change
from app.ui.preferences import Preferences


class GoalKeeper(QObject):
    """Follows the settings for as long as the window lives."""

    def __init__(
        self,
        preferences: Preferences,
        *,
        store: HistoryStore,
        reader: HistoryReader,
        wall_clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = reader
        self._wall_clock = wall_clock
        self._days = preferences.settings.goal_days
        preferences.changed.connect(self._take)

    @Slot(object)
    def _take(self, settings: Settings) -> None:
        if settings.goal_days == self._days:
            return
        today = local_day(self._wall_clock(), settings.day_ends_at_hour)
        kept = self._reader.goals()
        self._store.set_goals(goals_after_change(kept, self._days, settings.goal_days, today=today))
        self._days = settings.goal_days
