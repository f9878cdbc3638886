"""Guards against what no other test would notice."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

MORTAL_NONE = sys.version_info < (3, 12)

COUNT_NONES = """
import sys
from PySide6.QtCore import QTimer
timer = QTimer()
before = sys.getrefcount(None)
for _ in range(10_000):
    timer.setInterval(5)
print(sys.getrefcount(None) - before)
"""

IMPORT_ALL = """
import importlib, pkgutil, sys, app.{package}
for module in pkgutil.walk_packages(app.{package}.__path__, "app.{package}."):
    importlib.import_module(module.name)
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)


def test_calls_into_qt_give_back_the_none_they_take() -> None:
    # In a process of its own: on Python 3.11, PySide6 6.12.0 takes a reference with each call and
    # aborts when none is left.
    result = run(COUNT_NONES)
    assert result.returncode == 0, result.stderr
    assert abs(int(result.stdout)) < 100


@pytest.mark.parametrize("wheel", ["PySide6_Essentials", "PySide6_Addons", "shiboken6"])
def test_the_release_of_qt_that_aborts_on_this_python_is_not_installed(wheel: str) -> None:
    assert not (MORTAL_NONE and version(wheel) == "6.12.0")


@pytest.mark.parametrize(
    ("package", "banned"),
    [("domain", {"PySide6", "sqlite3", "platformdirs"}), ("storage", {"PySide6"})],
)
def test_a_package_without_qt_loads_none(package: str, banned: set[str]) -> None:
    result = run(IMPORT_ALL.format(package=package))
    assert result.returncode == 0, result.stderr
    loaded = result.stdout.split()
    assert "app" in loaded
    assert banned.isdisjoint(loaded)
