"""What the pages' tests show: routines, sessions and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.catalogue import BrokenFile, Listing, Origin, RoutineCard
from app.domain.choices import Side
from app.domain.errors import Problem
from app.domain.exercise import Equipment, Phase
from app.domain.history import (
    CheckIn,
    Goal,
    Moment,
    SessionRecord,
    SessionSummary,
    Status,
    StepRecord,
)
from app.domain.streaks import Row, Streaks, streaks, week_marks
from app.domain.suggestion import Reason, Suggestion
from app.domain.when import When
from app.ui.pages.home.data import HomeData
from app.ui.pages.home.past import Interrupted, last_done

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2023, 11, 23)
NOW = datetime(2023, 11, 23, 9, 40, tzinfo=UTC)


def card(name: str, when: When = When.AFTER_RUN, **keys: object) -> RoutineCard:
    """Return a routine's card; its id is its name in lower case with hyphens."""
    usual: dict[str, object] = {
        "id": name.lower().replace(" ", "-"),
        "summary": "Long, easy holds while warm.",
        "origin": Origin.BUILT_IN,
        "duration_ms": 900_000,
        "steps": 20,
        "equipment": (Equipment.MAT, Equipment.WALL),
        "strip": ((Phase.STATIC, 30_000), (Phase.REST, 90_000), (Phase.CORE, 20_000)),
        "exercises": ("Wall calf stretch", "Towel hamstring stretch"),
        "exercise_ids": ("wall-calf", "towel-hamstring-stretch"),
        "figure": None,
        "file": f"/routines/{name.lower().replace(' ', '-')}.toml",
    }
    return RoutineCard(name=name, when=when, **{**usual, **keys})  # type: ignore[arg-type]


CARDS = (
    card("Warm up", When.BEFORE_RUN, equipment=(), exercises=("Leg swing",)),
    card("Post run holds"),
    card("Rest day core", When.REST_DAY, exercises=("Dead bug",)),
    card("Morning loosener", When.MORNING),
    card("Hips", origin=Origin.YOURS, equipment=(Equipment.FOAM_ROLLER,)),
)
BROKEN = BrokenFile(
    file="/home/me/routines/hip-reset.toml",
    name="Hip reset",
    problems=(
        Problem(
            file="/home/me/routines/hip-reset.toml",
            line=14,
            id="wrong-type",
            message='“seconds” needs a number, but it says "thirty"',
        ),
    ),
    excerpt='  { exercise = "leg-swing", seconds = "thirty" },',
)


def summary(routine: str, at: datetime, **keys: object) -> SessionSummary:
    usual: dict[str, object] = {
        "id": f"{routine}-{at:%d%H%M}",
        "name": routine.replace("-", " ").capitalize(),
        "local_date": at.date(),
        "status": Status.COMPLETED,
        "active_ms": 900_000,
        "planned_work_ms": 600_000,
        "done_work_ms": 600_000,
        "phase": Phase.STATIC,
    }
    return SessionSummary(routine=routine, started=at, **{**usual, **keys})  # type: ignore[arg-type]


SUMMARIES = (
    summary("post-run-holds", NOW - timedelta(days=2)),
    summary("warm-up", NOW - timedelta(hours=2), phase=Phase.DYNAMIC),
)


def figures(summaries: Sequence[SessionSummary], **keys: object) -> Streaks:
    """Return the streaks of sessions, some of them replaced."""
    goals = [Goal(since=date(2023, 1, 1), days=3)]
    return replace(streaks(summaries, goals=goals, pauses=[], runs=[], today=TODAY), **keys)  # type: ignore[arg-type]


def home_data(**keys: object) -> HomeData:
    usual: dict[str, object] = {
        "today": TODAY,
        "listing": Listing(cards=CARDS),
        "streaks": figures(SUMMARIES, weeks_in_a_row=Row(6, 31), days_in_a_row=Row(12, 20)),
        "week": week_marks(SUMMARIES, today=TODAY),
        "suggestion": Suggestion(
            routine="post-run-holds",
            when=When.AFTER_RUN,
            reason=Reason.WARMED_UP,
            at=NOW - timedelta(hours=2),
        ),
        "other_moments": {
            When.BEFORE_RUN: "warm-up",
            When.AFTER_RUN: "post-run-holds",
            When.REST_DAY: "rest-day-core",
        },
        "last_done": last_done(SUMMARIES),
    }
    return HomeData(**{**usual, **keys})  # type: ignore[arg-type]


def interrupted() -> Interrupted:
    return Interrupted(
        routine="post-run-holds",
        name="Post run holds",
        started=NOW - timedelta(hours=15),
        day=TODAY - timedelta(days=1),
        next_step=7,
        steps=20,
    )


def session(number: int, at: datetime, **keys: object) -> SessionRecord:
    """Return a session of four steps; `done` of them were done, all by default."""
    done = int(str(keys.pop("done", 4)))
    before, after = keys.pop("before", None), keys.pop("after", None)
    sides = (Side.LEFT, Side.RIGHT)
    usual: dict[str, object] = {
        "id": f"s{number}",
        "routine": "post-run-holds",
        "name": "Post run holds",
        "local_date": at.date(),
        "ended": at + timedelta(minutes=15),
        "status": Status.COMPLETED if done == 4 else Status.STOPPED,
        "planned_ms": 900_000,
        "planned_work_ms": 120_000,
        "active_ms": 900_000 * done // 4,
        "done_work_ms": 30_000 * done,
        "steps": tuple(
            StepRecord(
                index=index,
                exercise="wall-calf",
                name=f"Stretch {index // 2 + 1}",
                side=sides[index % 2],
                round=1,
                phase=Phase.STATIC,
                planned_ms=30_000,
                done_ms=30_000 if index < done else 0,
            )
            for index in range(4)
        ),
        "check_ins": tuple(
            CheckIn(moment=moment, score=score, at=at)
            for moment, score in ((Moment.BEFORE, before), (Moment.AFTER, after))
            if score is not None
        ),
    }
    return SessionRecord(started=at, **{**usual, **keys})  # type: ignore[arg-type]


SESSIONS = (
    session(1, NOW - timedelta(hours=2), before=4, after=2),
    session(2, NOW - timedelta(days=1), done=2),
    session(3, NOW - timedelta(days=5), after=3, note="Left is tighter."),
)
