"""Starting where no window can be opened: one sentence and exit code 1, never an abort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def start_without_display(home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE"}
    }
    return subprocess.run(
        [sys.executable, "-m", "app"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        env={**inherited, "WARMDOWN_HOME": str(home), **env},
    )


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({}, "needs a display"),
        ({"DISPLAY": ":4093"}, "':4093'"),
        ({"WAYLAND_DISPLAY": "nowhere-7"}, "'nowhere-7'"),
    ],
    ids=["none", "unreachable", "wayland-gone"],
)
def test_a_start_without_a_display_says_so_in_one_line(
    env: dict[str, str], named: str, warmdown_home: Path
) -> None:
    result = start_without_display(warmdown_home, **env)
    assert result.returncode == 1
    assert named in result.stderr
    assert "ssh -X" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
