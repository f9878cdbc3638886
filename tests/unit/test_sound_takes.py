"""Takes: sparse files that may change while they play, and what happens where none can be."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.sound import take as take_module
from app.sound.take import IN_MEMORY, PADDING, FileTake, MemoryTake, TakeFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.sound.take import Take


def level(value: int, frames: int) -> bytes:
    return np.full((frames, 2), value, "<i2").tobytes()


def left(take: Take, start: int, count: int) -> list[int]:
    samples: list[int] = np.frombuffer(take.read(start, count), "<i2")[::2].tolist()
    return samples


@pytest.fixture(params=["file", "memory"])
def take(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Take]:
    made: Take = FileTake(tmp_path / "take.pcm", 1_000) if request.param == "file" else MemoryTake()
    yield made
    made.close()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as on a disk without room."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_new_take_is_silent(take: Take) -> None:
    assert left(take, 0, 1_000) == [0] * 1_000
    assert take.sounding(0, 1_000) is None


def test_a_sound_stands_where_it_was_written(take: Take) -> None:
    take.write(10, level(7, 5))
    take.write(2, level(3, 2))
    assert left(take, 0, 17) == [0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 0, 0]
    assert take.written == [(2, 4), (10, 15)]


def test_erasing_makes_silent_and_leaves_what_is_outside(take: Take) -> None:
    take.write(0, level(1, 10))
    take.write(20, level(2, 10))
    take.write(40, level(3, 10))
    take.erase(5, 45)
    assert left(take, 0, 50) == [1] * 5 + [0] * 40 + [3] * 5
    assert take.written == [(0, 5), (45, 50)]


def test_erasing_inside_a_sound_leaves_both_ends(take: Take) -> None:
    take.write(0, level(1, 10))
    take.erase(4, 6)
    assert left(take, 0, 10) == [1] * 4 + [0] * 2 + [1] * 4
    assert take.written == [(0, 4), (6, 10)]


def test_rewriting_replaces_and_tells_what_is_left_of_the_old(take: Take) -> None:
    take.write(0, level(1, 10))
    take.write(20, level(2, 10))
    take.write(40, level(3, 10))
    later = take.rewrite(5, level(9, 20), [(2, 25)])
    assert left(take, 0, 50) == [1] * 5 + [9] * 20 + [2] * 5 + [0] * 10 + [3] * 10
    assert later == [(25, 30), (40, 50)]
    assert take.written == [(0, 5), (5, 25), (25, 30), (40, 50)]


def test_what_sounds_is_found(take: Take) -> None:
    take.write(10, level(1, 10))
    take.write(30, level(1, 10))
    assert take.sounding(0, 10) is None
    assert take.sounding(0, 11) == (10, 20)
    assert take.sounding(19, 20) == (10, 20)
    assert take.sounding(20, 30) is None
    assert take.sounding(20, 31) == (30, 40)
    assert take.sounding(40, 99) is None


def test_a_take_in_memory_drops_what_does_not_fit() -> None:
    take = MemoryTake()
    take.write(IN_MEMORY - 2, level(5, 4))
    take.write(IN_MEMORY + 100, level(5, 4))
    assert len(take.pcm) == IN_MEMORY * 4
    assert left(take, IN_MEMORY - 3, 3) == [0, 5, 5]


def test_a_file_is_sparse_has_its_padding_and_can_grow(tmp_path: Path) -> None:
    take = TakeFolder(tmp_path).new(48_000 * 3_600)
    assert isinstance(take, FileTake)
    assert take.length == 48_000 * 3_600 + PADDING
    assert take.path.stat().st_size == take.length * 4
    take.write(48_000 * 3_599, level(1, 480))
    assert take.path.stat().st_blocks * 512 < 100_000
    take.lengthen(take.length + 480)
    assert take.path.stat().st_size == take.length * 4
    take.close()


def test_a_closed_take_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "when needed"
    take = TakeFolder(folder).new(100)
    assert len(list(folder.iterdir())) == 1
    take.close()
    assert list(folder.iterdir()) == []


def test_takes_of_a_crash_are_removed_and_others_are_not(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    names = {
        "mine": f"take-{os.getpid()}-7.pcm",
        "dead": f"take-{dead.pid}-0.pcm",
        "other": f"take-{os.getppid()}-0.pcm",
        "no take": "take-it-or-leave-it.pcm",
    }
    for name in names.values():
        (tmp_path / name).write_bytes(b"")
    TakeFolder(tmp_path).new(100).close()
    assert {path.name for path in tmp_path.iterdir()} == {names["other"], names["no take"]}


def test_a_folder_that_cannot_be_used_gives_way_to_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    spare = tmp_path / "spare"
    monkeypatch.setattr(take_module.tempfile, "gettempdir", lambda: str(spare))
    (tmp_path / "file").write_text("in the way")
    folder = TakeFolder(tmp_path / "file" / "takes")
    take = folder.new(100)
    assert isinstance(take, FileTake)
    assert take.path.parent.parent == spare
    take.close()
    folder.new(100).close()
    assert caplog.text.count("No session sound in") == 1


def test_without_any_folder_takes_are_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_module.tempfile, "gettempdir", lambda: str(tmp_path / "spare"))
    folder = TakeFolder(tmp_path / "takes")
    with largest_file(1_000_000):
        assert isinstance(folder.new(48_000), MemoryTake)
    assert list((tmp_path / "takes").iterdir()) == []


def test_a_folder_that_filled_up_is_not_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_module.tempfile, "gettempdir", lambda: str(tmp_path / "spare"))
    folder = TakeFolder(tmp_path / "takes")
    for parent in ("takes", "spare"):
        take = folder.new(100)
        assert isinstance(take, FileTake)
        assert parent in take.path.parts
        take.close()
        folder.give_up(take)
    assert isinstance(folder.new(100), MemoryTake)
