"""Modules and files that tools/ makes from resources/ are up to date."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
ICONS = sorted((ROOT / "resources/icons").glob("*.svg"))


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their own module up while it is being run.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_the_tokens_module_is_made_from_the_tokens_as_they_are() -> None:
    tokens = tomllib.loads((ROOT / "resources/tokens.toml").read_text("utf-8"))
    made = tool("make_tokens").module_text(tokens)
    assert (ROOT / "app/ui/_tokens.py").read_text("utf-8") == made


def test_the_icon_outlines_are_made_from_the_icons_as_they_are() -> None:
    made = tool("make_icon_paths").module_text()
    assert (ROOT / "app/ui/_icon_paths.py").read_text("utf-8") == made


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_drawn_on_the_24_grid_in_one_colour(path: Path) -> None:
    svg = ET.fromstring(path.read_text("utf-8"))  # noqa: S314  (our own file)
    assert svg.attrib["viewBox"] == "0 0 24 24"
    assert svg.attrib["stroke"] == "currentColor"
    assert svg.attrib["fill"] in {"none", "currentColor"}
    assert len(svg) > 0
