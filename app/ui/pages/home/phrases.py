"""What the suggestion says: what the app knows, and a question about the rest."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.suggestion import Reason, Suggestion
from app.domain.when import When
from app.ui.dates import clock_time


def tr(text: str) -> str:
    """Translate in the suggestion's context; `text` is always literal where it is called."""
    return QCoreApplication.translate("Suggestion", text)


def eyebrow(locale: QLocale, suggestion: Suggestion) -> str:
    """Return the line above the name of the suggested routine."""
    match suggestion.reason:
        case Reason.WARMED_UP:
            if suggestion.at is None:
                return tr("Warmed up. Back from your run?")
            time = clock_time(locale, suggestion.at)
            return tr("Warmed up at {time}. Back from your run?").format(time=time)
        case Reason.MORNING:
            return tr("Nothing yet today. Time to loosen up?")
        case Reason.WEEKDAY:
            return _weekday_line(locale, suggestion)
        case Reason.OPENING:
            return _question(suggestion.when)
        case _:
            assert_never(suggestion.reason)


def _weekday_line(locale: QLocale, suggestion: Suggestion) -> str:
    if suggestion.weekday is None:
        return _question(suggestion.when)
    # A Monday, and as many days after it.
    day = QDate(2024, 1, 1).addDays(suggestion.weekday)
    name = locale.standaloneDayName(day.dayOfWeek(), QLocale.FormatType.LongFormat)
    return tr("Your usual on a {weekday}. {question}").format(
        weekday=name, question=_question(suggestion.when)
    )


def _question(when: When) -> str:
    match when:
        case When.BEFORE_RUN:
            return tr("Going for a run?")
        case When.AFTER_RUN:
            return tr("Back from a run?")
        case When.REST_DAY:
            return tr("Not running today?")
        case When.MORNING:
            return tr("Time to loosen up?")
        case When.ANY:
            return tr("A few minutes now?")
        case _:
            assert_never(when)
