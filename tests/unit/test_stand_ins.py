"""Words stand in for tones only where the voice has all of them."""

from __future__ import annotations

import pytest
from make import EXERCISES as SOME_EXERCISES
from make import block, routine, step

from app.domain.choices import Choices
from app.domain.expand import expand
from app.domain.phrases import COUNTS
from app.domain.routine import RepsDose
from app.domain.speech import Speech
from app.domain.stand_ins import words_for

TIMELINE = expand(
    routine(block(step("bridge", dose=RepsDose(2)))), SOME_EXERCISES, Choices(get_ready_ms=8_000)
)


@pytest.mark.parametrize("length", [0, None])
@pytest.mark.parametrize(
    ("word", "counts", "tempo"),
    [(COUNTS[2], False, True), ("Hold.", True, False), ("Halfway.", True, True)],
)
def test_one_word_that_is_not_known_or_never_said_leaves_the_tones(
    length: int | None, word: str, *, counts: bool, tempo: bool
) -> None:
    def lengths(sentence: str) -> int | None:
        return length if sentence == word else 400

    found = words_for(TIMELINE, Speech(lengths=lengths, counts=True, tempo=True))
    assert (found.counts, found.tempo) == (counts, tempo)
    assert found.lengths is lengths


def test_what_is_not_wanted_stays_so() -> None:
    found = words_for(TIMELINE, Speech(lengths=lambda _sentence: 400))
    assert (found.counts, found.tempo) == (False, False)
