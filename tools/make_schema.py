"""Rebuilds resources/routines/routine.schema.json from the field table and the exercise library.

python tools/make_schema.py
"""

from __future__ import annotations

from pathlib import Path

from app.storage.exercise_file import ExerciseReader
from app.storage.schema import schema_text

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "resources/routines/routine.schema.json"


def made() -> str:
    return schema_text(ExerciseReader().read(ROOT / "resources/exercises.toml").exercises)


if __name__ == "__main__":
    TARGET.write_text(made(), "utf-8")
