"""What the history page says about a session."""

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.choices import Side
from app.domain.history import Moment, SessionRecord, Status, StepRecord
from app.ui import words
from app.ui.dates import clock_time
from app.ui.pages.history.data import score


def tr(text: str) -> str:
    """Translate in the page's context; `text` is always literal where it is called."""
    return QCoreApplication.translate("History", text)


def _minutes(duration_ms: int) -> int:
    return (duration_ms + 30_000) // 60_000


def amount(session: SessionRecord) -> str:
    """Return "12 min", or "7 of 15 min, stopped early"."""
    if session.status is Status.COMPLETED:
        return words.length(session.active_ms)
    done = tr("{done} of {planned} min").format(
        done=_minutes(session.active_ms), planned=max(1, _minutes(session.planned_ms))
    )
    match session.status:
        case Status.INTERRUPTED:
            return tr("{amount}, interrupted").format(amount=done)
        case Status.RUNNING:
            return tr("{amount} so far").format(amount=done)
        case _:
            return tr("{amount}, stopped early").format(amount=done)


def back(session: SessionRecord) -> str:
    """Return "back 4 → 2", or what is known of it; empty without a check-in."""
    before, after = score(session, Moment.BEFORE), score(session, Moment.AFTER)
    if before is not None and after is not None:
        return tr("back {before} → {after}").format(before=before.score, after=after.score)
    if after is not None:
        return tr("back {after} after").format(after=after.score)
    if before is not None:
        return tr("back {before} before").format(before=before.score)
    return ""


def line(session: SessionRecord) -> str:
    """Return the second line of a session's row."""
    return ", ".join(part for part in (amount(session), back(session)) if part)


def times(locale: QLocale, session: SessionRecord) -> str:
    """Return "19:05 to 19:13", or the start alone."""
    start = clock_time(locale, session.started)
    if session.ended is None:
        return start
    return tr("{start} to {end}").format(start=start, end=clock_time(locale, session.ended))


def moment(value: Moment) -> str:
    match value:
        case Moment.BEFORE:
            return tr("before")
        case Moment.AFTER:
            return tr("after")
        case Moment.HOUR_AFTER:
            return tr("an hour after")
        case Moment.NEXT_MORNING:
            return tr("next morning")
        case Moment.DAY_LATER:
            return tr("a day later")


def side(step: StepRecord, *, rounds: bool) -> str:
    """Return "Left, round 2" as far as there are sides and rounds."""
    parts: list[str] = []
    if step.side is Side.LEFT:
        parts.append(tr("Left"))
    elif step.side is Side.RIGHT:
        parts.append(tr("Right"))
    if rounds:
        text = tr("round {round}") if parts else tr("Round {round}")
        parts.append(text.format(round=step.round))
    return ", ".join(parts)


def step_amount(step: StepRecord) -> str:
    """Return "30 s", "12 of 30 s" or "not reached"."""
    if step.done_ms <= 0:
        return tr("not reached")
    done, planned = round(step.done_ms / 1000), round(step.planned_ms / 1000)
    if done >= planned:
        return tr("{done} s").format(done=done)
    return tr("{done} of {planned} s").format(done=done, planned=planned)
