"""Which tones give way to words: only those for which the voice has every word."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain import phrases
from app.domain.speech import Lengths, Speech
from app.domain.timeline import Timeline


def words_for(timeline: Timeline, speech: Speech) -> Speech:
    """Return how the voice is used by now.

    Numbers and tempo stay tones while a length is not known, and where a word is never said.
    """
    return replace(
        speech,
        counts=speech.counts and _says_all(phrases.COUNTS.values(), speech.lengths),
        tempo=speech.tempo and _says_all(_tempo_words(timeline), speech.lengths),
    )


def _says_all(sentences: Iterable[str], lengths: Lengths) -> bool:
    return all(lengths(sentence) for sentence in sentences)


def _tempo_words(timeline: Timeline) -> set[str]:
    """Return what stands in for the tones of a routine's repetitions."""
    return {
        f"{phrases.sentence(label)}."
        for segment in timeline.segments
        if segment.tempo is not None
        for label in segment.tempo.labels
        if label
    }
