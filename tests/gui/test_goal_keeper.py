"""A changed goal is kept with its day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain.history import Goal
from app.domain.settings import Settings
from app.storage.history_db import HistoryDb
from app.ui.goal_keeper import GoalKeeper
from app.ui.preferences import Preferences


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def db(tmp_path: Path) -> Iterator[HistoryDb]:
    db = HistoryDb(tmp_path / "history.db")
    yield db
    db.close()


def test_a_changed_goal_holds_from_its_day_and_the_past_keeps_its_own(db: HistoryDb) -> None:
    preferences = Preferences(Settings(goal_days=3), lambda _: None)
    clock = Clock()
    keeper = GoalKeeper(preferences, store=db, reader=db, wall_clock=clock)
    preferences.set(replace(preferences.settings, goal_days=5))
    assert db.goals() == [
        Goal(since=date.min, days=3),
        Goal(since=date(2026, 11, 23), days=5),
    ]
    # A second thought on the same day, before the day's end by the user's own hour.
    clock.now = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    preferences.set(replace(preferences.settings, goal_days=4))
    assert db.goals() == [
        Goal(since=date.min, days=3),
        Goal(since=date(2026, 11, 23), days=4),
    ]
    clock.now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    preferences.set(replace(preferences.settings, goal_days=2))
    assert db.goals()[-1] == Goal(since=date(2026, 12, 1), days=2)
    assert len(db.goals()) == 3
    keeper.deleteLater()


def test_other_settings_keep_no_goal(db: HistoryDb) -> None:
    preferences = Preferences(Settings(), lambda _: None)
    keeper = GoalKeeper(preferences, store=db, reader=db, wall_clock=Clock())
    preferences.set(replace(preferences.settings, volume=0.1))
    assert db.goals() == []
    keeper.deleteLater()
