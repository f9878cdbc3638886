"""The window's place is remembered, and nonsense in its file means no place."""

from pathlib import Path

import pytest

from app.storage.window_file import load_place, save_place

PLACE = {"x": -5, "y": 20, "width": 1_000, "height": 700, "maximized": 1}


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "config" / "window.json"
    save_place(path, PLACE)
    assert load_place(path) == PLACE


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"x": 1}', b"\xff", b'{"x": 1e999, "y": 0}', b"[" * 99_999]
)
def test_nonsense_means_no_place(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(content)
    assert load_place(path) is None


def test_a_place_far_off_any_screen_means_none(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    save_place(path, {**PLACE, "width": 10**9})
    assert load_place(path) is None


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save_place(tmp_path / "file" / "window.json", PLACE)
    assert load_place(tmp_path / "file" / "window.json") is None
