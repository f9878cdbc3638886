"""What only the whole window shows: each part is given what it needs of the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from history_cases import record

from app.storage.history_db import HistoryDb
from app.storage.paths import user_folders

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0


@pytest.fixture
def found() -> dict[str, object]:
    folders = user_folders()
    folders.settings.parent.mkdir(parents=True)
    folders.settings.write_text('cue_set = "wood"\n', "utf-8")
    history = HistoryDb(folders.history)
    history.put_session(record())
    assert history.close(20)
    process = subprocess.run(
        [sys.executable, ROOT / "tests/support/window_program.py"],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )
    answer: dict[str, object] = json.loads(process.stdout)
    return answer


def test_the_window_hands_each_part_what_it_needs(found: dict[str, object]) -> None:
    wood = user_folders().data / "cue-sets" / "wood"
    assert found == {
        "said": f"There is no folder {wood}",
        "made": False,
        "reads": True,
        "sessions": 1,
        "tries": True,
        "tries_in_session": False,
    }
