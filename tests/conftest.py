"""What every test gets: no real window, and folders of its own instead of the user's."""

from __future__ import annotations

import gc
import os
from functools import partialmethod
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot
from witness import HEARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

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


# `make test` runs two tests at a time. What is heard in real time is one part, so that it has no
# second recording beside it; every other file is a part of its own, a little less urgent.
LESS_URGENT = 5
PATIENCE_MS = 30_000


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415  (only there to run in parts)

    class InParts(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "heard" if file.endswith(HEARD) else file

    # In the order in which they were collected: the longest part, tests/e2e, comes first.
    config.option.loadscopereorder = False
    return InParts(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    at_once = os.environ.get("PYTEST_XDIST_WORKER") and hasattr(os, "nice")
    if at_once and item.path.name not in HEARD:
        os.nice(max(0, LESS_URGENT - os.nice(0)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every test that had to be run again because the machine stood still."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, told in getattr(report, "user_properties", ()):
                if name == "stood still":
                    for attempt in told:
                        terminalreporter.write_line(" ".join(("run again:", *attempt)))


@pytest.fixture(scope="session")
def scaled() -> Callable[[int, int], int]:
    """`scaled(usual, soaking)` is the first number, and the second in a run of `make soak`."""
    return lambda usual, soaking: soaking if SOAK else usual


class PatientBot(QtBot):
    """Waits as long as a busy machine may need; what is there sooner is not waited for."""


for _wait in ("waitActive", "waitExposed", "waitSignal", "waitSignals", "waitUntil"):
    setattr(PatientBot, _wait, partialmethod(getattr(QtBot, _wait), timeout=PATIENCE_MS))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:  # noqa: ARG001
    return PatientBot(request)


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
