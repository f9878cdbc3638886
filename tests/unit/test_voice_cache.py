"""Spoken sentences kept on disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from fake_engine import tone

from app.sound.voice.cache import SpokenCache, key
from app.sound.voice.spoken import Spoken

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = Spoken(tone(1_000), 240)


def test_what_was_kept_is_there_for_another_one(tmp_path: Path) -> None:
    SpokenCache(tmp_path / "voice").save("one", SENTENCE)
    assert SpokenCache(tmp_path / "voice").load("one") == SENTENCE
    assert SpokenCache(tmp_path / "voice").load("two") is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
        lambda data: b"WDV0" + data[4:],
        lambda _data: b"",
        lambda data: data[:16],
    ],
    ids=["short", "long", "a bit off", "another kind", "empty", "no sound"],
)
def test_a_damaged_file_is_removed_and_not_there(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    cache = SpokenCache(tmp_path)
    cache.save("one", SENTENCE)
    [file] = tmp_path.iterdir()
    file.write_bytes(spoil(file.read_bytes()))
    assert cache.load("one") is None
    assert not file.exists()


def test_the_sentences_not_used_for_longest_go_when_there_is_no_room(tmp_path: Path) -> None:
    size = len(SENTENCE.pcm) + 16
    cache = SpokenCache(tmp_path, limit_bytes=10 * size)
    for number in range(10):
        cache.save(f"{number}", SENTENCE)
        os.utime(tmp_path / f"{number}.pcm", (number, number))
    assert cache.load("0") == SENTENCE  # and so was used last
    cache.save("new", SENTENCE)
    left = {path.stem for path in tmp_path.iterdir()}
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 8 * size
    assert {"new", "0", "9", "8"} <= left
    assert "1" not in left


def test_files_that_were_being_written_when_the_power_went_are_cleared_away(
    tmp_path: Path,
) -> None:
    old, young = tmp_path / ".a.tmp", tmp_path / ".b.tmp"
    old.write_bytes(b"x")
    os.utime(old, (1, 1))
    young.write_bytes(b"x")
    SpokenCache(tmp_path).save("one", SENTENCE)
    assert not old.exists()
    assert young.exists()


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "voice").write_text("in the way")
    cache = SpokenCache(tmp_path / "voice")
    cache.save("one", SENTENCE)
    assert cache.load("one") is None


def test_a_name_stands_for_what_it_describes() -> None:
    assert key("flite", 1, "a") == key("flite", 1, "a")
    assert key("flite", 1, "a") != key("flite", 1, "b")
    assert key("ab", "c") != key("a", "bc")
    assert key("é").isalnum()
