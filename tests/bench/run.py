"""Runs every bench and prints all budgets in one table: `make bench`, or `run.py NAME...`."""

from __future__ import annotations

import importlib
import sys
import time

from budget import Row, finish

BENCHES = (
    "startup",
    "memory",
    "hold",
    "figures",
    "editor_list",
    "parse",
    "first_frame",
    "render_memory",
    "export",
    "heard_cues",
    "commands",
    "saved",
)


def main() -> None:
    names = sys.argv[1:] or BENCHES
    rows: list[Row] = []
    for name in names:
        began = time.monotonic()
        print(f"{name} ...", end=" ", flush=True)
        rows += importlib.import_module(name).measure()
        print(f"{time.monotonic() - began:.0f} s", flush=True)
    print()
    finish(rows)


if __name__ == "__main__":
    main()
