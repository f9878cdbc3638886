"""What every test gets: no real window, and folders of its own instead of the user's."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Before Qt is first imported. End-to-end tests start the app with an environment of its own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in (
    "WARMDOWN_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "QT_STYLE_OVERRIDE",
):
    os.environ.pop(name, None)

SOAK = bool(os.environ.get("WARMDOWN_SOAK"))

# How long an example takes says nothing on a shared machine, so there is no deadline.
settings.register_profile("test", deadline=None, max_examples=100)
settings.register_profile("brief", deadline=None, max_examples=20)
settings.register_profile(
    "soak", deadline=None, max_examples=3_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("soak" if SOAK else "test")


@pytest.fixture(scope="session")
def scaled() -> Callable[[int, int], int]:
    """`scaled(usual, soaking)` is the first number, and the second in a run of `make soak`."""
    return lambda usual, soaking: soaking if SOAK else usual


@pytest.fixture(autouse=True)
def warmdown_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that stands in for all of the user's: new and missing for every test."""
    home = tmp_path / "warmdown-home"
    monkeypatch.setenv("WARMDOWN_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def _all_imported() -> None:
    """Leave what there is before the first test out of every look for garbage."""
    gc.freeze()


@pytest.fixture
def garbage_afterwards(_all_imported: None) -> Iterator[None]:
    """Collect garbage after a test, when its widgets are closed, and not in it.

    A test's window is held by nothing once its function has returned, and is painted after that:
    collected in the middle of a paint event it would take the process with it.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()
