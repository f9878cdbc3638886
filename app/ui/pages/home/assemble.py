"""Puts together what Home shows, from the library, the history and the settings."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.catalogue import Listing
from app.domain.history import (
    Goal,
    Pause,
    Run,
    SessionRecord,
    SessionSummary,
    local_day,
)
from app.domain.settings import Settings
from app.domain.streaks import goals_with_setting, streaks, week_marks
from app.domain.suggestion import for_moment, suggest
from app.domain.when import When
from app.ui.pages.home.data import HomeData
from app.ui.pages.home.past import Interrupted, last_done


def home_data(
    listing: Listing,
    *,
    sessions: Sequence[SessionSummary],
    pauses: Sequence[Pause],
    goals: Sequence[Goal],
    runs: Sequence[Run],
    interrupted: SessionRecord | None,
    settings: Settings,
    now: datetime,
) -> HomeData:
    """Return one picture of Home at `now`, the local time with its offset."""
    today = local_day(now, settings.day_ends_at_hour)
    cards = listing.cards
    moments = {
        when: routine for when in When if (routine := for_moment(when, cards, sessions)) is not None
    }
    return HomeData(
        today=today,
        listing=listing,
        week=week_marks(sessions, today=today, starts_on_sunday=settings.week_starts_on_sunday),
        streaks=streaks(
            sessions,
            goals=goals_with_setting(goals, settings.goal_days, today=today),
            pauses=pauses,
            runs=runs,
            today=today,
            starts_on_sunday=settings.week_starts_on_sunday,
            day_ends_at_hour=settings.day_ends_at_hour,
        ),
        suggestion=suggest(cards, sessions, now=now, day_ends_at_hour=settings.day_ends_at_hour),
        other_moments=moments,
        last_done=last_done(sessions),
        interrupted=None if interrupted is None else _interrupted(interrupted),
        pinned=settings.pinned,
        first_run=not sessions,
        volume=settings.volume,
        goal_days=settings.goal_days,
    )


def _interrupted(record: SessionRecord) -> Interrupted:
    return Interrupted(
        routine=record.routine,
        name=record.name,
        started=record.started,
        day=record.local_date,
        next_step=record.at_step,
        steps=len(record.steps),
    )
