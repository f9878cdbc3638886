"""The real app on a private display with a private sound server, for every test in this folder."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from stage import Stage, missing_tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stage import App


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
