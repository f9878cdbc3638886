"""Lengths as people type them."""

import pytest

from app.domain.durations import typed_ms


@pytest.mark.parametrize(
    ("text", "expected_ms"),
    [
        ("90", 90_000),
        (" 90 ", 90_000),
        ("90s", 90_000),
        ("90 sec", 90_000),
        ("1:30", 90_000),
        ("1:02:30", 3_750_000),
        ("0:02.5", 2_500),
        ("1 min", 60_000),
        ("1.5 min", 90_000),
        ("1,5 Min.", 90_000),
        ("2 min 30 s", 150_000),
        ("2m30s", 150_000),
        ("7,5", 7_500),
        ("0", 0),
    ],
)
def test_a_length_is_read_as_it_is_said(text: str, expected_ms: int) -> None:
    assert typed_ms(text) == expected_ms


@pytest.mark.parametrize(
    "text", ["", " ", ".", "1:", "1:3", "1:75", ":30", "soon", "1.25", "-5", "9" * 41, "5 h"]
)
def test_what_is_no_length_is_none(text: str) -> None:
    assert typed_ms(text) is None
