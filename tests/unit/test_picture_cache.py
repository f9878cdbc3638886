"""Pictures kept between starts: found again, bounded, and never in the way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.storage.picture_cache import FILES_MAX, PictureCache

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_kept_is_found_by_another_start(tmp_path: Path) -> None:
    PictureCache(tmp_path / "figures").save("squat-96x96", b"picture")
    assert PictureCache(tmp_path / "figures").load("squat-96x96") == b"picture"
    assert PictureCache(tmp_path / "figures").load("other") is None


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    for number in range(FILES_MAX + 3):
        cache.save(f"p{number}", b"x")
        os.utime(tmp_path / f"p{number}.png", (number, number))
    cache.save("last", b"x")
    assert len(list(tmp_path.iterdir())) == FILES_MAX
    assert cache.load("p0") is None
    assert cache.load("last") == b"x"


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "figures").write_text("in the way", "utf-8")
    cache = PictureCache(tmp_path / "figures")
    cache.save("p", b"x")
    assert cache.load("p") is None
