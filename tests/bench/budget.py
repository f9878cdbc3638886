"""A budget: what was measured, the floor beside it, and how much of it is allowed."""

from __future__ import annotations

import os
import statistics
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS = ("what", "Warmdown", "floor", "measured", "budget", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One quantity, measured several times."""

    values: Sequence[float]
    unit: str = "ms"
    digits: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def __str__(self) -> str:
        low, mid, high = (
            f"{value:.{self.digits}f}"
            for value in (min(self.values), self.median, max(self.values))
        )
        spread = "" if low == high else f" [{low} to {high}]"
        return f"{mid} {self.unit}{spread}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report. Without `limit` it is only for information."""

    what: str
    ours: str
    floor: str = ""
    measured: float
    unit: str = ""
    limit: float | None = None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.measured > self.limit


def ratio(what: str, ours: Sample, floor: Sample, limit: float | None = None) -> Row:
    """Return the row for a budget that is given as a multiple of a floor."""
    times = ours.median / floor.median
    return Row(
        what=what, ours=str(ours), floor=str(floor), measured=times, unit="times", limit=limit
    )


def amount(what: str, ours: Sample, limit: float | None = None, floor: Sample | None = None) -> Row:
    """Return the row for a budget that is given as such; the floor stands beside it."""
    return Row(
        what=what,
        ours=str(ours),
        floor=str(floor) if floor else "",
        measured=ours.median,
        unit=ours.unit,
        limit=limit,
    )


def report(rows: Sequence[Row]) -> bool:
    """Print the rows as a table; return whether every budget is kept."""
    table = [HEADINGS] + [
        (
            row.what,
            row.ours,
            row.floor,
            f"{row.measured:.2f} {row.unit}".strip(),
            "" if row.limit is None else f"{row.limit:g} {row.unit}".strip(),
            "" if row.limit is None else "OVER" if row.is_over else "kept",
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADINGS))]
    for number, line in enumerate(table):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("| " + " | ".join(cells) + " |")
        if not number:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    sys.stdout.flush()
    return not any(row.is_over for row in rows)


def finish(rows: Sequence[Row]) -> None:
    """End a bench that was started by itself."""
    load = os.getloadavg()[0]
    kept = report(rows)
    print(f"load {load:.2f}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    sys.exit(not kept)
