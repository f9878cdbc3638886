"""Dates and times of day in the words of the user's locale."""

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

WEEK: Final = 7
_LITERAL: Final = r"(?:'[^']*'\s*)*"
_YEAR: Final = re.compile(rf"[\s,./]*{_LITERAL}y+[\s.,]*(?:年|년)?\s*{_LITERAL}")
_WEEKDAY: Final = re.compile(r"[\s,]*d{3,4}[\s,.،]*")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dates", text)


@cache
def day_month_format(long_format: str) -> str:
    """Return a locale's long date format without its weekday and year: `d MMMM`, `MMMM d`."""
    return _WEEKDAY.sub("", _YEAR.sub("", long_format)).strip(" ,./")


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def weekday(locale: QLocale, day: date) -> str:
    """Return "Thursday"."""
    return locale.standaloneDayName(day.isoweekday(), QLocale.FormatType.LongFormat)


def weekday_short(locale: QLocale, day: date) -> str:
    """Return "Thu"."""
    return locale.standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def weekday_letter(locale: QLocale, day: date) -> str:
    """Return "T"."""
    return locale.standaloneDayName(day.isoweekday(), QLocale.FormatType.NarrowFormat)


def day_month(locale: QLocale, day: date) -> str:
    """Return "23 November", or "November 23" where that is the order."""
    form = day_month_format(locale.dateFormat(QLocale.FormatType.LongFormat))
    return locale.toString(_qdate(day), form)


def day_month_short(locale: QLocale, day: date, *, today: date) -> str:
    """Return "19 Nov", with the year where it is another one than today's."""
    form = day_month_format(locale.dateFormat(QLocale.FormatType.LongFormat))
    text = locale.toString(_qdate(day), form.replace("MMMM", "MMM"))
    return text if day.year == today.year else f"{text} {day.year}"


def clock_time(locale: QLocale, moment: datetime) -> str:
    """Return "7:10" or "7:10 AM"."""
    form = locale.timeFormat(QLocale.FormatType.ShortFormat).replace(":ss", "")
    if form == "HH:mm":
        form = "H:mm"
    return locale.toString(QTime(moment.hour, moment.minute), form)


def last_done(locale: QLocale, moment: datetime, *, day: date, today: date) -> str:
    """Return when a routine was last done: "Today, 7:10", "Tuesday", "19 Nov"."""
    if day == today:
        return _tr("Today, {time}").format(time=clock_time(locale, moment))
    if timedelta(0) < today - day < timedelta(days=WEEK):
        return weekday(locale, day)
    return day_month_short(locale, day, today=today)


def day_heading(locale: QLocale, day: date, *, today: date) -> str:
    """Return a day as a heading of the history: "Today", "Yesterday", "Tuesday 21 Nov"."""
    if day == today:
        return _tr("Today")
    if day == today - timedelta(days=1):
        return _tr("Yesterday")
    return _tr("{weekday} {day}").format(
        weekday=weekday(locale, day), day=day_month_short(locale, day, today=today)
    )
