"""The command `history`: sessions as a table, JSON or CSV, and what they add up to."""

import argparse
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, assert_never

from app.domain.errors import HistoryError
from app.domain.history import CheckIn, Mark, Moment, SessionRecord, Status, StepRecord, local_day

if TYPE_CHECKING:
    from app.storage.history_reader import HistoryQueries

EXIT_FINE, EXIT_PROBLEM = 0, 1

CSV_COLUMNS = (
    "id", "started", "ended", "local_date", "routine", "name", "status", "planned_s", "active_s",
    "planned_work_s", "done_work_s", "tightness_before", "tightness_after", "note",
)  # fmt: skip


def add_history_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to argparse's sub-commands."""
    parser = commands.add_parser("history", help="list sessions, or what they add up to")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print CSV (RFC 4180)")
    parser.add_argument("--stats", action="store_true", help="print streaks and totals")
    parser.add_argument(
        "--today", metavar="DATE", type=_date, help="count as of this day (with --stats)"
    )
    parser.set_defaults(run=run_history, complain=parser.error)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-03-31") from None


def run_history(chosen: argparse.Namespace) -> int:
    """Print what was asked for; HistoryError where the history cannot be read."""
    from app.storage.history_reader import visit  # noqa: PLC0415  (brings sqlite3)
    from app.storage.paths import user_folders  # noqa: PLC0415

    if chosen.csv and chosen.stats:
        chosen.complain("--stats has no CSV form")
    if chosen.today and not chosen.stats:
        chosen.complain("--today is for --stats")
    history = visit(user_folders().history, notice=_ignored if chosen.json else _said_on_the_side)
    try:
        if chosen.stats:
            return _print_stats(history, as_json=chosen.json, today=chosen.today)
        sessions = history.sessions() if history is not None else []
    except HistoryError as error:
        if not chosen.json:
            raise
        from app.cli import print_json  # noqa: PLC0415

        print_json({"error": str(error)})
        return EXIT_PROBLEM
    finally:
        if history is not None:
            history.close()
    if chosen.json:
        from app.cli import print_json  # noqa: PLC0415

        print_json([_session_json(session) for session in sessions])
    elif chosen.csv:
        _print_csv(sessions)
    else:
        _print_table(sessions)
    return EXIT_FINE


def _ignored(_: str) -> None:
    """With --json nothing but the JSON is printed."""


def _said_on_the_side(sentence: str) -> None:
    sys.stderr.write(f"warmdown: {sentence}\n")


def _print_stats(history: "HistoryQueries | None", *, as_json: bool, today: date | None) -> int:
    from app.cli import print_json  # noqa: PLC0415
    from app.domain.streaks import goals_with_setting, streaks  # noqa: PLC0415
    from app.storage.paths import user_folders  # noqa: PLC0415
    from app.storage.settings_file import load_settings  # noqa: PLC0415

    settings, _ = load_settings(user_folders().settings)
    day = today or local_day(datetime.now().astimezone(), settings.day_ends_at_hour)
    found = streaks(
        history.summaries() if history is not None else [],
        goals=goals_with_setting(
            history.goals() if history is not None else [], settings.goal_days, today=day
        ),
        pauses=history.pauses() if history is not None else [],
        runs=history.runs() if history is not None else [],
        today=day,
        starts_on_sunday=settings.week_starts_on_sunday,
        day_ends_at_hour=settings.day_ends_at_hour,
    )
    weeks, days, week, after = (
        found.weeks_in_a_row, found.days_in_a_row, found.this_week, found.post_run,
    )  # fmt: skip
    if as_json:
        print_json(
            {
                "sessions": found.sessions,
                "active_ms": found.active_ms,
                "weeks_in_a_row": {"current": weeks.current, "best": weeks.best},
                "days_in_a_row": {"current": days.current, "best": days.best},
                "this_week": {"days": week.days, "goal": week.goal},
                "consistency": found.consistency,
                "post_run": {"followed": after.followed, "runs": after.runs},
            }
        )
        return EXIT_FINE
    rows = (
        ("sessions", str(found.sessions)),
        ("minutes", str(round(found.active_ms / 60_000))),
        ("weeks in a row", f"{weeks.current}, best {weeks.best}"),
        ("days in a row", f"{days.current}, best {days.best}"),
        ("this week", f"{week.days} of {week.goal} days"),
        ("consistency", str(found.consistency)),
        ("after runs", f"{after.followed} of {after.runs}"),
    )
    for name, value in rows:
        sys.stdout.write(f"{name:15} {value}\n")
    return EXIT_FINE


def _session_json(session: SessionRecord) -> dict[str, object]:
    return {
        "id": session.id,
        "routine": session.routine,
        "name": session.name,
        "started": session.started.isoformat(timespec="milliseconds"),
        "ended": session.ended.isoformat(timespec="milliseconds") if session.ended else None,
        "local_date": session.local_date.isoformat(),
        "status": session.status,
        "planned_ms": session.planned_ms,
        "active_ms": session.active_ms,
        "planned_work_ms": session.planned_work_ms,
        "done_work_ms": session.done_work_ms,
        "steps": [_step_json(step) for step in session.steps],
        "check_ins": [_check_in_json(check_in) for check_in in session.check_ins],
        "marks": [_mark_json(mark) for mark in session.marks],
        "note": session.note,
    }


def _step_json(step: StepRecord) -> dict[str, object]:
    return {
        "exercise": step.exercise,
        "name": step.name,
        "side": step.side,
        "round": step.round,
        "planned_ms": step.planned_ms,
        "done_ms": step.done_ms,
    }


def _check_in_json(check_in: CheckIn) -> dict[str, object]:
    return {
        "moment": check_in.moment,
        "score": check_in.score,
        "at": check_in.at.isoformat(timespec="milliseconds"),
    }


def _mark_json(mark: Mark) -> dict[str, object]:
    return {
        "at": mark.at.isoformat(timespec="milliseconds"),
        "exercise": mark.exercise,
        "side": mark.side,
        "at_ms": mark.at_ms,
    }


def _print_csv(sessions: Iterable[SessionRecord]) -> None:
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for session in sessions:
        writer.writerow(
            (
                session.id,
                session.started.isoformat(timespec="milliseconds"),
                session.ended.isoformat(timespec="milliseconds") if session.ended else "",
                session.local_date.isoformat(),
                session.routine,
                session.name,
                session.status.value,
                _seconds(session.planned_ms),
                _seconds(session.active_ms),
                _seconds(session.planned_work_ms),
                _seconds(session.done_work_ms),
                _score(session, Moment.BEFORE),
                _score(session, Moment.AFTER),
                session.note,
            )
        )
    # UTF-8 whatever the locale says, and the line ends exactly as they are.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.getvalue().encode())
    sys.stdout.buffer.flush()


def _seconds(duration_ms: int) -> str:
    whole, rest = divmod(duration_ms, 1_000)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)


def _score(session: SessionRecord, moment: Moment) -> str:
    found = [check_in for check_in in session.check_ins if check_in.moment is moment]
    return str(max(found, key=lambda check_in: check_in.at).score) if found else ""


def _print_table(sessions: Iterable[SessionRecord]) -> None:
    rows = [
        (
            f"{session.started:%Y-%m-%d %H:%M}",
            _done_in_words(session),
            _tightness_in_words(session),
            session.name,
        )
        for session in sessions
    ]
    if not rows:
        sys.stdout.write("No sessions yet.\n")
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        shown = [cell for cell in cells if cell]
        sys.stdout.write("  ".join(shown).rstrip() + "\n")


def _done_in_words(session: SessionRecord) -> str:
    done, planned = round(session.active_ms / 60_000), round(session.planned_ms / 60_000)
    match session.status:
        case Status.COMPLETED:
            return f"{done} min"
        case Status.STOPPED:
            return f"{done} of {planned} min, stopped early"
        case Status.INTERRUPTED:
            return f"{done} of {planned} min, interrupted"
        case Status.RUNNING:
            return f"{done} of {planned} min, running"
        case _:
            assert_never(session.status)


def _tightness_in_words(session: SessionRecord) -> str:
    before, after = _score(session, Moment.BEFORE), _score(session, Moment.AFTER)
    return f"tightness {before or '-'} to {after or '-'}" if before or after else ""
