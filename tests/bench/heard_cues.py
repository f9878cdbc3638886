"""Cues heard against cues planned: the real app, both cores busy, its interpreter held."""

from __future__ import annotations

from budget import Row, Sample, amount, finish
from listening import listen
from stage import Stage

SECONDS = 55


def measure() -> list[Row]:
    with Stage() as stage:
        heard, cues = listen(stage, stage.folder / "home", seconds=SECONDS, busy=True)
        quiet, _ = listen(stage, stage.folder / "home of the floor", seconds=SECONDS, busy=False)

    def late(value: float, floor: float, what: str, limit: float | None = None) -> Row:
        return amount(
            f"{len(cues)} cues heard, |error| {what}",
            Sample(values=[value], digits=2),
            limit,
            floor=Sample(values=[floor], digits=2),
        )

    return [
        amount(
            f"of {len(cues)} cues with all cores busy and the interpreter held, lost",
            Sample(values=[len(heard.lost)], unit="cues"),
            0,
            floor=Sample(values=[len(quiet.lost)], unit="cues"),
        ),
        late(heard.median, quiet.median, "median"),
        late(heard.p99, quiet.p99, "99th percentile", 5.0),
        late(heard.worst, quiet.worst, "worst"),
    ]


if __name__ == "__main__":
    finish(measure())
