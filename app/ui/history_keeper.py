"""Keeps the history page up to date, and carries out what it asks for."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.history import SessionRecord, local_day
from app.domain.ports import HistoryReader
from app.domain.streaks import goals_with_setting, streaks
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from app.ui.rail import Page

if TYPE_CHECKING:
    from app.ui.pages.history.page import HistoryPage
    from app.ui.signals import TypedSignal

_FIRST, _MORE = 60, 200


class DeletingStore(Protocol):
    """What the page's deletions need of the history."""

    def delete_session(self, session_id: str) -> SessionRecord | None: ...

    def put_session(self, record: SessionRecord) -> None: ...


class HistoryKeeper(QObject):
    """Belongs to one history page."""

    history_changed = cast("TypedSignal[()]", Signal())

    def __init__(
        self,
        page: "HistoryPage",
        window: MainWindow,
        *,
        store: DeletingStore,
        reader: HistoryReader,
        preferences: Preferences,
        wall_clock: Callable[[], datetime],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._window = window
        self._store = store
        self._reader = reader
        self._preferences = preferences
        self._wall_clock = wall_clock
        self._shown = _FIRST
        self._deleted: SessionRecord | None = None
        page.delete_requested.connect(self._delete)
        page.more_requested.connect(self._show_more)
        page.choose_requested.connect(self._go_home)
        preferences.changed.connect(self.refresh)

    @Slot()
    def refresh(self, *_: object) -> None:
        """Show what the history says now."""
        from app.ui.pages.history.data import HistoryData, active_in_4_weeks  # noqa: PLC0415

        settings = self._preferences.settings
        today = local_day(self._wall_clock(), settings.day_ends_at_hour)
        summaries = self._reader.summaries()
        sessions = self._reader.sessions(limit=self._shown + 1)
        self._page.show_data(
            HistoryData(
                today=today,
                sessions=sessions[: self._shown],
                streaks=streaks(
                    summaries,
                    goals=goals_with_setting(self._reader.goals(), settings.goal_days, today=today),
                    pauses=self._reader.pauses(),
                    runs=self._reader.runs(),
                    today=today,
                    starts_on_sunday=settings.week_starts_on_sunday,
                    day_ends_at_hour=settings.day_ends_at_hour,
                ),
                active_ms_in_4_weeks=active_in_4_weeks(summaries, today=today),
                has_more=len(sessions) > self._shown,
            )
        )

    @Slot(object)
    def _delete(self, record: SessionRecord) -> None:
        self._deleted = self._store.delete_session(record.id) or record
        self._tell()
        self._window.say(
            self.tr("Session deleted."), action_text=self.tr("Undo"), action=self._undo
        )

    def _undo(self) -> None:
        if self._deleted is not None:
            self._store.put_session(self._deleted)
            self._deleted = None
            self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.history_changed.emit()

    @Slot()
    def _show_more(self) -> None:
        self._shown += _MORE
        self.refresh()

    @Slot()
    def _go_home(self) -> None:
        self._window.show_page(Page.ROUTINES)
