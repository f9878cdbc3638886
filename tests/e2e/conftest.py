"""The real app on a private display with a private sound server, for every test in this folder."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol
from stage import Stage, missing_tools
from witness import HEARD, Witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stage import App

ATTEMPTS = 4
WITNESS = pytest.StashKey[Witness]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test of what is heard once more if it failed and the machine stood still meanwhile.

    No program can play on while nothing runs. That it was the machine is shown by a witness that
    is no part of what is tested, and the summary names it; any other failure is one at once.
    """
    if sys.platform != "linux" or item.path.name not in HEARD:
        return None
    if WITNESS not in item.config.stash:
        item.config.stash[WITNESS] = Witness()
    witness, stood_still = item.config.stash[WITNESS], []
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for attempt in range(1, ATTEMPTS + 1):
        began_s = time.monotonic()
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        stalls_ms = witness.stalls_ms(began_s)
        if attempt == ATTEMPTS or not stalls_ms or not any(report.failed for report in reports):
            break
        why = [report.longreprtext.splitlines()[-1:] for report in reports if report.failed]
        stood_still.append((f"{item.nodeid}: stalls of {stalls_ms} ms", *(line for [line] in why)))
    for report in reports:
        if stood_still and report.when == "call":
            report.user_properties.append(("stood still", stood_still))
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_unconfigure(config: pytest.Config) -> None:
    if WITNESS in config.stash:
        config.stash[WITNESS].end()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(autouse=True)
def _no_garbage_collection_in_a_test(garbage_afterwards: None) -> None:
    pass


@pytest.fixture(scope="session")
def stage_for_all() -> Iterator[Stage]:
    """The display, bus and sound server that all tests share."""
    if sys.platform != "linux":
        pytest.skip("the display and sound server of these tests are Linux's")
    if missing := missing_tools():
        message = f"end-to-end tests need these programs: {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with Stage() as stage:
        yield stage


@pytest.fixture
def stage(stage_for_all: Stage) -> Iterator[Stage]:
    """The stage, empty again after the test. What an app left on stderr as a traceback fails it."""
    yield stage_for_all
    written = stage_for_all.end_apps()
    if "Traceback (most recent call last)" in written:
        pytest.fail(f"the app wrote a traceback:\n{written}")


@pytest.fixture
def launch(stage: Stage) -> Callable[..., App]:
    """`launch(*arguments, home=..., env=..., before=...)` starts the app; see `Stage.launch`."""
    return stage.launch
