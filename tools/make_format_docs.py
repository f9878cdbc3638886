"""Rebuilds the tables in docs/routine-files.md from the field table that the reader obeys.

python tools/make_format_docs.py
"""

from __future__ import annotations

import re
from pathlib import Path

from app.storage.fields import BLOCK, EXERCISE, ROUTINE, STEP, Table

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs/routine-files.md"
TABLES = {table.name: table for table in (ROUTINE, BLOCK, STEP, EXERCISE)}


def markdown(table: Table) -> str:
    """Return a table's fields as a Markdown table."""
    rows = ["| key | value | meaning |", "| --- | --- | --- |"]
    for field in table.fields:
        key = f"`{field.key}`{' (needed)' if field.required else ''}"
        rows.append(f"| {key} | {field.kind.describe} | {field.meaning} |")
    return "\n".join(rows)


def with_tables(text: str) -> str:
    """Return the page with what stands between its markers made anew."""
    return re.sub(
        r"(<!-- fields: (.+?) -->\n).*?(\n<!-- end -->)",
        lambda found: found[1] + markdown(TABLES[found[2]]) + found[3],
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    TARGET.write_text(with_tables(TARGET.read_text("utf-8")), "utf-8")
