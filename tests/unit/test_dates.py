"""Dates and times are written as the user's locale writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale

from app.ui import dates

DAY = date(2023, 11, 23)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en_GB", "23 November"),
        ("en_US", "November 23"),
        ("de_DE", "23. November"),
        ("fr_FR", "23 novembre"),
        ("es_ES", "23 de noviembre"),
        ("ru_RU", "23 ноября"),
        ("ja_JP", "11月23日"),
        ("ko_KR", "11월 23일"),
        ("hu_HU", "november 23"),
        ("C", "23 November"),
    ],
)
def test_a_date_without_its_year_keeps_the_locales_order(locale: str, expected: str) -> None:
    assert dates.day_month(QLocale(locale), DAY).rstrip(".") == expected


@pytest.mark.parametrize(
    ("locale", "expected"), [("en_GB", "7:10"), ("de_DE", "7:10"), ("C", "7:10")]
)
def test_a_time_on_a_24_hour_clock(locale: str, expected: str) -> None:
    moment = datetime(2023, 11, 23, 7, 10, 45, tzinfo=UTC)
    assert dates.clock_time(QLocale(locale), moment) == expected


def test_a_time_on_a_12_hour_clock() -> None:
    moment = datetime(2023, 11, 23, 19, 10, tzinfo=UTC)
    text = dates.clock_time(QLocale("en_US"), moment)
    assert text.replace("\u202f", " ") == "7:10 PM"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 11, 23), "Today, 7:10"),
        (date(2023, 11, 22), "Wednesday"),
        (date(2023, 11, 17), "Friday"),
        (date(2023, 11, 16), "16 Nov"),
        (date(2022, 12, 31), "31 Dec 2022"),
    ],
)
def test_how_long_ago_a_routine_was_done(day: date, expected: str) -> None:
    moment = datetime(2023, 11, 23, 7, 10, tzinfo=UTC)
    assert dates.last_done(QLocale("en_GB"), moment, day=day, today=DAY) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 11, 23), "Today"),
        (date(2023, 11, 22), "Yesterday"),
        (date(2023, 11, 21), "Tuesday 21 Nov"),
        (date(2022, 11, 21), "Monday 21 Nov 2022"),
    ],
)
def test_a_day_as_heading(day: date, expected: str) -> None:
    assert dates.day_heading(QLocale("en_GB"), day, today=DAY) == expected
