"""Rebuilds app/ui/_tokens.py from resources/tokens.toml, so that no start reads TOML.

python tools/make_tokens.py
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from pprint import pformat
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "resources/tokens.toml"
TARGET = ROOT / "app/ui/_tokens.py"

HEAD = '''"""The design's numbers and colours as literals; made by tools/make_tokens.py, not by hand."""

# fmt: off

from typing import Final

'''


def literal(name: str, kind: str, value: object) -> str:
    text = pformat(value, width=98, sort_dicts=False, compact=True).replace("'", '"')
    return f"{name}: Final[{kind}] = {text}\n"


def roles(table: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return every type role by its name; the player's are called `player.…`."""
    found = {name: tuple(row) for name, row in table.items() if isinstance(row, list)}
    found |= {
        f"player.{name}": tuple(row)
        for name, row in table["player"].items()
        if isinstance(row, list)
    }
    return found


def blends(table: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }


def neutral(table: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in table.items() if isinstance(value, str)}


def module_text(tokens: dict[str, Any]) -> str:
    """Return the text of the module for parsed tokens."""
    player = tokens["type"]["player"]
    parts = [
        literal("GRID", "int", tokens["meta"]["grid"]),
        literal("MIN_WINDOW", "tuple[int, int]", tuple(tokens["meta"]["min_window"])),
        literal(
            "FAMILIES",
            "dict[str, str]",
            {name: tokens["font"][name] for name in ("text", "display")},
        ),
        literal("FALLBACK", "tuple[str, ...]", tuple(tokens["font"]["fallback"])),
        literal("NUMERIC", "tuple[str, ...]", tuple(tokens["font"]["numeric_features"])),
        "# role: size in px, line height in px, weight, tracking in percent, family\n",
        literal("TYPE", "dict[str, tuple[int, int, int, float, str]]", roles(tokens["type"])),
        literal("COUNTDOWN_RATIO", "float", player["countdown_ratio"]),
        literal("COUNTDOWN_RATIO_MMSS", "float", player["countdown_ratio_mmss"]),
        literal("SPACE", "dict[str, int]", tokens["space"]),
        literal("RADIUS", "dict[str, int]", tokens["radius"]),
        literal("STROKE", "dict[str, float]", tokens["stroke"]),
        literal("SIZE", "dict[str, int]", tokens["size"]),
        "# milliseconds\n",
        literal(
            "MOTION",
            "dict[str, int]",
            {name: value for name, value in tokens["motion"].items() if isinstance(value, int)},
        ),
        literal(
            "NEUTRAL",
            "dict[str, dict[str, str]]",
            {name: neutral(tokens[name]) for name in ("light", "dark")},
        ),
        literal(
            "PHASE",
            "dict[str, dict[str, dict[str, str]]]",
            {name: tokens[name]["phase"] for name in ("light", "dark")},
        ),
        "# phase: word, icon\n",
        literal(
            "PHASE_LABELS",
            "dict[str, tuple[str, str]]",
            {name: tuple(pair) for name, pair in tokens["phase_labels"].items()},
        ),
        '# (a, b, t) is a*(1-t) + b*t; a text is a colour\'s name; "text" is the neutral one\n',
        literal(
            "BLEND",
            "dict[str, dict[str, str | tuple[str, str, float] | tuple[str, str, str]]]",
            {name: blends(tokens["blend"][name]) for name in ("light", "dark")},
        ),
        literal("FIGURE", "dict[str, dict[str, str | float]]", tokens["figure"]),
    ]
    return HEAD + "".join(parts)


def main() -> None:
    TARGET.write_text(module_text(tomllib.loads(SOURCE.read_text("utf-8"))), "utf-8")
    print(TARGET.relative_to(ROOT))


if __name__ == "__main__":
    main()
