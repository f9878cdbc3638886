"""Whatever is written, erased and rewritten: a take holds what a plain list of frames would."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.sound.take import MemoryTake

LENGTH = 60

spans = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 12))
steps = st.lists(st.tuples(st.sampled_from(["write", "erase", "rewrite"]), spans), max_size=25)


def level(value: int, frames: int) -> bytes:
    return np.full((frames, 2), value, "<i2").tobytes()


@given(steps)
def test_a_take_holds_what_was_done_to_it(todo: list[tuple[str, tuple[int, int]]]) -> None:
    take = MemoryTake()
    model = [0] * (LENGTH + 20)
    for value, (action, (start, length)) in enumerate(todo, 1):
        end = start + length
        if action == "write":
            if take.sounding(start, end) is not None:
                continue
            take.write(start, level(value, length))
            model[start:end] = [value] * length
        elif action == "erase":
            take.erase(start, end)
            model[start:end] = [0] * length
        else:
            half = length // 2
            later = take.rewrite(
                start,
                level(value, half) + level(0, length - half),
                [(start, start + half)] if half else [],
            )
            model[start:end] = [value] * half + [0] * (length - half)
            assert all(first >= end for first, _ in later)
        samples = np.frombuffer(take.read(0, len(model)), "<i2")[::2].tolist()
        assert samples == model
        assert take.written == sorted(take.written)
        sounding = {at for first, last in take.written for at in range(first, last)}
        assert sounding == {at for at, sample in enumerate(model) if sample}
        for at in range(LENGTH):
            found = take.sounding(at, at + 5)
            assert (found is None) is (not any(model[at : at + 5]))
