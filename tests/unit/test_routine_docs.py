"""The page about routine files says what the reader does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader
from app.storage.routine_writer import read_document, write_document

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/routine-files.md").read_text("utf-8")


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("format_docs", ROOT / "tools/make_format_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_made_from_the_field_table_as_it_is() -> None:
    assert tool().with_tables(PAGE) == PAGE, "run: python tools/make_format_docs.py"
    assert PAGE.count("<!-- fields: ") == len(tool().TABLES)


def test_the_example_is_a_routine_in_its_canonical_form() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    reader = RoutineReader(ExerciseReader().read(bundled("exercises.toml")).exercises)
    document = read_document(example, reader, routine_id="hips")
    assert write_document(document) == example
