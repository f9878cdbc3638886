"""Text that must fit: no line is too wide, nothing is lost, lines are even."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.widgets.text_fit import balance, clip, elide, wrap


def measure(text: str) -> float:
    """Ten pixels a letter."""
    return 10.0 * len(text)


def test_words_fill_a_line_before_the_next() -> None:
    assert wrap("Supine hamstring stretch", 160, measure) == ["Supine hamstring", "stretch"]


def test_a_hyphen_may_end_a_line() -> None:
    assert wrap("Half-kneeling hip", 80, measure) == ["Half-", "kneeling", "hip"]
    assert wrap("Half-kneeling hip", 130, measure) == ["Half-kneeling", "hip"]


def test_a_word_wider_than_the_line_is_broken_with_a_hyphen() -> None:
    assert wrap("Donaudampfschiff", 80, measure) == ["Donauda-", "mpfschi-", "ff"]


def test_balanced_lines_are_even() -> None:
    assert wrap("Tuck the pelvis, stand tall now", 220, measure)[1] == "tall now"
    assert balance("Tuck the pelvis, stand tall now", 220, measure) == [
        "Tuck the pelvis,",
        "stand tall now",
    ]


def test_balancing_never_adds_a_line_or_breaks_a_word() -> None:
    assert balance("Keep the knee soft", 200, measure) == ["Keep the knee soft"]
    assert balance("Oberschenkel an", 130, measure) == ["Oberschenkel", "an"]


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert elide("Half-kneeling hip flexor", 120, measure) == "Half-kneeli…"
    assert clip(["one", "two", "three"], 2, 60, measure) == ["one", "two t…"]
    assert clip(["one", "two"], 2, 60, measure) == ["one", "two"]


words = st.lists(st.text("abcdefghij-", min_size=1, max_size=30), min_size=1, max_size=12)


@given(words, st.integers(20, 400))
def test_no_line_is_wider_than_its_room(texts: list[str], width: int) -> None:
    for lines in (wrap(" ".join(texts), width, measure), balance(" ".join(texts), width, measure)):
        assert all(measure(line) <= width for line in lines)


@given(words, st.integers(310, 600))
def test_nothing_is_lost(texts: list[str], width: int) -> None:
    text = " ".join(texts)
    for lines in (wrap(text, width, measure), balance(text, width, measure)):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
