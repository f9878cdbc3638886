"""What Home says and finds, without a window."""

from __future__ import annotations

from datetime import timedelta

import pages
import pytest
from PySide6.QtCore import QLocale

from app.domain.catalogue import Origin
from app.domain.exercise import Equipment, Phase
from app.domain.history import Status
from app.domain.suggestion import Reason, Suggestion
from app.domain.when import When
from app.ui import words
from app.ui.pages.home.banners import fault_span
from app.ui.pages.home.data import folded, in_filter, main_phase, matches, ordered
from app.ui.pages.home.past import last_done
from app.ui.pages.home.phrases import eyebrow
from app.ui.widgets.mini_timeline import merged, segment_widths

ENGLISH = QLocale("en_GB")


@pytest.mark.parametrize(
    ("duration_ms", "expected"),
    [
        (45_000, "45 s"),
        (59_001, "60 s"),
        (60_000, "1 min"),
        (929_000, "15 min"),
        (89 * 60_000, "89 min"),
        (90 * 60_000, "1 h 30 min"),
        (120 * 60_000, "2 h"),
    ],
)
def test_a_length_in_few_characters(duration_ms: int, expected: str) -> None:
    assert words.length(duration_ms) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((), "Just space."),
        ((Equipment.WALL,), "A wall."),
        ((Equipment.WALL, Equipment.MAT), "Mat and a wall."),
        ((Equipment.MAT, Equipment.WALL, Equipment.TOWEL), "Mat, a wall and a towel."),
    ],
)
def test_equipment_as_a_sentence(items: tuple[Equipment, ...], expected: str) -> None:
    assert words.equipment_sentence(items) == expected


def test_every_equipment_and_moment_has_its_word_and_icon() -> None:
    for item in Equipment:
        assert words.equipment(item)
        assert item in words.EQUIPMENT_ICONS
    for when in When:
        assert words.moment(when)
        assert when in words.MOMENT_ICONS


def test_a_warm_up_is_named_with_its_time() -> None:
    suggestion = Suggestion(routine="x", when=When.AFTER_RUN, reason=Reason.WARMED_UP, at=pages.NOW)
    assert eyebrow(ENGLISH, suggestion) == "Warmed up at 9:40. Back from your run?"


def test_a_weekdays_habit_is_named_with_its_day() -> None:
    suggestion = Suggestion(routine="x", when=When.BEFORE_RUN, reason=Reason.WEEKDAY, weekday=3)
    assert eyebrow(ENGLISH, suggestion) == "Your usual on a Thursday. Going for a run?"


def test_every_suggestion_asks_something() -> None:
    for reason in Reason:
        for when in When:
            assert eyebrow(ENGLISH, Suggestion(routine="x", when=when, reason=reason)).endswith("?")


def test_a_routine_has_the_colour_of_what_fills_it_rest_aside() -> None:
    assert main_phase(pages.card("One")) is Phase.STATIC
    assert main_phase(pages.card("Only rest", strip=((Phase.REST, 1),))) is Phase.REST


def test_pinned_routines_come_first_in_their_own_order() -> None:
    names = [card.id for card in ordered(pages.CARDS, ("hips", "gone", "rest-day-core"))]
    assert names == ["hips", "rest-day-core", "warm-up", "post-run-holds", "morning-loosener"]


def test_a_filter_takes_a_moment_or_ones_own() -> None:
    def found(chosen: When | Origin | None) -> list[str]:
        return [card.id for card in pages.CARDS if in_filter(card, chosen)]

    assert found(None) == [card.id for card in pages.CARDS]
    assert found(When.AFTER_RUN) == ["post-run-holds", "hips"]
    assert found(Origin.YOURS) == ["hips"]


def test_a_search_wants_every_word_and_no_accents() -> None:
    haystack = folded("Hüftbeuger im Kniestand\nMatte")
    assert matches(folded("HUFT matte").split(), haystack)
    assert not matches(folded("huft wand").split(), haystack)


def test_the_last_session_that_is_over_says_when_a_routine_was_done() -> None:
    early, late = pages.NOW - timedelta(days=3), pages.NOW - timedelta(days=1)
    found = last_done(
        [
            pages.summary("core", late),
            pages.summary("core", early),
            pages.summary("core", pages.NOW, status=Status.RUNNING),
        ]
    )
    assert found == {"core": (late, late.date())}


@pytest.mark.parametrize(
    ("line", "message", "expected"),
    [
        ('seconds = "thirty"', '“seconds” needs a number, but it says "thirty"', '"thirty"'),
        ("secnds = 30", "unknown key `secnds`; did you mean `seconds`?", "secnds"),
        ("  seconds = 0  ", "must be longer than 0 s", "seconds = 0"),
        ("rounds = 0", "*rounds* must be 1 or more", "rounds"),
    ],
)
def test_the_fault_in_a_line_is_what_the_message_quotes(
    line: str, message: str, expected: str
) -> None:
    first, last = fault_span(line, message)
    assert line[first:last] == expected


def test_a_long_strip_is_merged_and_a_short_one_is_not() -> None:
    short = [(Phase.STATIC, 10)] * 48
    assert merged(short) == short
    long = [(Phase.STATIC, 10)] * 30 + [(Phase.CORE, 5)] * 30
    assert merged(long) == [(Phase.STATIC, 300), (Phase.CORE, 150)]


def test_segments_fill_their_width_and_none_is_too_thin() -> None:
    widths = segment_widths([1, 1_000, 500, 1], 200.0, 2.0)
    assert sum(widths) + 3 * 2.0 == pytest.approx(200.0)
    assert min(widths) >= 3.0 - 1e-9
