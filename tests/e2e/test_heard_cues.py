"""What the sound server's device plays is what was planned, also on a machine with no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listening import listen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stage import Stage


def test_every_cue_is_heard_on_time_with_busy_cores_and_a_held_interpreter(
    stage: Stage, warmdown_home: Path, scaled: Callable[[int, int], int]
) -> None:
    heard, cues = listen(stage, warmdown_home, seconds=scaled(30, 600), busy=True)
    assert [(cues[index].kind, cues[index].at_ms) for index in heard.lost] == []
    assert heard.p99 <= 5.0
