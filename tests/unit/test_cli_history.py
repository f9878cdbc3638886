"""`warmdown history`: a table, JSON, CSV and figures, and what it says when it cannot."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from history_cases import STARTED, check_in, record, step_record

from app.cli import run
from app.domain.choices import Side
from app.domain.exercise import Phase
from app.domain.history import Goal, Mark, Moment, SessionRecord, Status
from app.storage import history_writes
from app.storage.history_db import HistoryDb
from app.storage.transaction import transaction


@pytest.fixture
def file(warmdown_home: Path) -> Path:
    return warmdown_home / "data" / "history.db"


def keep(file: Path, *sessions: SessionRecord, goals: tuple[Goal, ...] = ()) -> None:
    db = HistoryDb(file)
    for session in sessions:
        db.put_session(session)
    if goals:
        db.set_goals(goals)
    assert db.close(20)


WHOLE = record(
    "one",
    check_ins=(check_in(5, moment=Moment.BEFORE, session_id="one"), check_in(2, session_id="one")),
    marks=(Mark(at=STARTED, exercise="wall-calf", side=Side.LEFT, at_ms=12_000),),
    note='said "fine",\nthen slept',
)
STOPPED = record(
    "two",
    started=STARTED + timedelta(days=1),
    local_date=(STARTED + timedelta(days=1)).date(),
    ended=STARTED + timedelta(days=1, minutes=1),
    status=Status.STOPPED,
    active_ms=30_500,
    done_work_ms=30_500,
    steps=(step_record(0, done_ms=30_500, exercise=None, name="Ümlaut"),),
)


def test_json_is_as_promised(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(file, WHOLE, STOPPED)
    assert run(["history", "--json"]) == 0
    out, err = capsys.readouterr()
    second, first = json.loads(out)
    assert err == ""
    assert first == {
        "id": "one",
        "routine": "post-run-holds-full",
        "name": "Post-run holds, full",
        "started": "2026-11-23T18:30:00.250+01:00",
        "ended": "2026-11-23T18:32:25.250+01:00",
        "local_date": "2026-11-23",
        "status": "completed",
        "planned_ms": 135_000,
        "active_ms": 135_000,
        "planned_work_ms": 120_000,
        "done_work_ms": 120_000,
        "steps": [
            {
                "exercise": "wall-calf",
                "name": "Wall calf stretch",
                "side": ("left", "right")[number % 2],
                "round": 1,
                "planned_ms": 30_000,
                "done_ms": 30_000,
            }
            for number in range(4)
        ],
        "check_ins": [
            {"moment": "before", "score": 5, "at": "2026-11-23T18:30:00.250+01:00"},
            {"moment": "after", "score": 2, "at": "2026-11-23T18:30:00.250+01:00"},
        ],
        "marks": [
            {
                "at": "2026-11-23T18:30:00.250+01:00",
                "exercise": "wall-calf",
                "side": "left",
                "at_ms": 12_000,
            }
        ],
        "note": 'said "fine",\nthen slept',
    }
    assert (second["id"], second["status"]) == ("two", "stopped")
    assert second["steps"][0]["exercise"] is None


def test_csv_is_read_back_by_any_reader(
    file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    keep(file, WHOLE, STOPPED)
    assert run(["history", "--csv"]) == 0
    out, err = capfdbinary.readouterr()
    assert err == b""
    assert out.count(b"\r\n") == 3
    header, second, first = csv.reader(io.StringIO(out.decode("utf-8"), newline=""))
    assert ",".join(header) == (
        "id,started,ended,local_date,routine,name,status,planned_s,active_s,planned_work_s,"
        "done_work_s,tightness_before,tightness_after,note"
    )
    assert first == [
        "one",
        "2026-11-23T18:30:00.250+01:00",
        "2026-11-23T18:32:25.250+01:00",
        "2026-11-23",
        "post-run-holds-full",
        "Post-run holds, full",
        "completed",
        "135",
        "135",
        "120",
        "120",
        "5",
        "2",
        'said "fine",\nthen slept',
    ]
    assert second[8] == "30.5"
    assert second[11:13] == ["", ""]


def test_the_table_says_what_was_done(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(file, WHOLE, STOPPED)
    assert run(["history"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-11-24 18:30  1 of 2 min, stopped early                    Post-run holds, full",
        "2026-11-23 18:30  2 min                      tightness 5 to 2  Post-run holds, full",
    ]


def test_figures_count_as_of_the_day_that_is_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(file, WHOLE, STOPPED, goals=(Goal(since=date.min, days=1),))
    (file.parents[1] / "config").mkdir()
    (file.parents[1] / "config" / "settings.toml").write_text("goal_days = 1\n")
    assert run(["history", "--stats", "--json", "--today", "2026-11-24"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "sessions": 2,
        "active_ms": 165_500,
        "weeks_in_a_row": {"current": 1, "best": 1},
        "days_in_a_row": {"current": 1, "best": 1},
        "this_week": {"days": 1, "goal": 1},
        "consistency": 2,
        "post_run": {"followed": 0, "runs": 0},
    }
    assert run(["history", "--stats", "--json", "--today", "2026-11-22"]) == 0
    assert json.loads(capsys.readouterr().out)["sessions"] == 0


def test_without_a_history_it_is_empty_and_nothing_is_made(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(["history", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("id,started")
    assert run(["history"]) == 0
    assert capsys.readouterr().out == "No sessions yet.\n"
    assert run(["history", "--stats"]) == 0
    assert "0, best 0" in capsys.readouterr().out
    assert not file.parent.exists()


def test_a_file_that_is_no_history_is_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.parent.mkdir(parents=True)
    file.write_text("no history")
    assert run(["history"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"warmdown: {file} is no Warmdown history, or a damaged one. Open Warmdown: it keeps the"
        " file aside and goes on with what can be read of it.\n"
    )
    assert run(["history", "--stats", "--json"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert "is no Warmdown history" in json.loads(out)["error"]
    assert file.read_text() == "no history"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--stats", "--csv"],
        ["--json", "--csv"],
        ["--today", "2026-01-01"],
        ["--stats", "--today", "yesterday"],
        ["--statistics"],
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["history", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


def test_ten_years_are_listed_and_counted(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(file, WHOLE)
    with closing(sqlite3.connect(file, isolation_level=None)) as db, transaction(db):
        for number in range(3_650):
            day = STARTED - timedelta(days=number)
            made = record(
                f"s{number}",
                started=day,
                ended=None,
                local_date=day.date(),
                steps=(step_record(0, phase=Phase.CORE),),
            )
            history_writes.insert_session(db, made, owner=None, saved=STARTED)
    assert run(["history", "--stats", "--json", "--today", "2026-11-23"]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert counted["days_in_a_row"] == {"current": 3_650, "best": 3_650}
    assert counted["consistency"] == 100
    assert run(["history", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3_651
