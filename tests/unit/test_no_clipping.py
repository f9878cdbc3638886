"""Loudness laws over all that ships: nothing clips, nothing moves, and alike things are as loud."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.domain.choices import Choices, Side
from app.domain.cues import TONE_MS, Cue, CueKind, plan
from app.domain.expand import expand
from app.domain.speech import Speech
from app.sound.cue_file import level
from app.sound.earcons import ONE_PLACE, VARIANTS, Earcons
from app.sound.mix import Mix
from app.sound.pcm import FULL_SCALE
from app.sound.soundtrack import Cluster, Score, Sound, clusters
from app.sound.sources import Sounds
from app.sound.voice.clips import Clips
from app.sound.voice.mastering import TARGET_LUFS, loudness
from app.sound.voice.spoken import Playable, joined, playable
from app.storage.exercise_file import ExerciseReader
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain.timeline import Timeline

RESOURCES = Path(__file__).parents[2] / "resources"
EXERCISES = ExerciseReader().read(RESOURCES / "exercises.toml").exercises
ROUTINE_FILES = sorted((RESOURCES / "routines").glob("*.toml"))
EARCONS = Earcons(RESOURCES / "sounds")
CLIPS = Clips(RESOURCES / "sounds/voice")
RATE = 48_000
SOFTEST = 0.89
"""How far, at the most, everything around a place where sounds pile up may be turned down: 1 dB."""

# Decoding clips needs an application.
pytestmark = pytest.mark.usefixtures("qapp")


class Recorded:
    """The shipped voice, decoded as it is asked."""

    @staticmethod
    @cache
    def _sentence(sentence: str) -> Playable:
        clip = CLIPS.find(sentence)
        assert clip is not None, sentence
        return playable(CLIPS.decoded(clip))

    def sound(self, sentences: Sequence[str]) -> Sound:
        return self._line(tuple(sentences))

    @cache  # noqa: B019  (one for the whole module)
    def _line(self, sentences: tuple[str, ...]) -> Sound:
        return joined([(sentence, self._sentence(sentence)) for sentence in sentences])


VOICE = Recorded()


@cache
def timeline(path: Path) -> Timeline:
    read = RoutineReader(EXERCISES).read(path)
    assert read.routine is not None
    return expand(read.routine, EXERCISES, Choices(with_optional=True))


def planned(path: Path, *, words: bool = False) -> tuple[Cue, ...]:
    """Plan a shipped routine with speech; with `words` also for counts and the tempo."""
    return plan(timeline(path), speech=Speech(lengths=CLIPS.length_ms, counts=words, tempo=words))


def cue(kind: CueKind, side: Side | None = None, variant: int = 0) -> Cue:
    return Cue(at_ms=0, duration_ms=1, kind=kind, segment=0, side=side, variant=variant)


def pcm(which: Cue) -> bytes:
    sound = EARCONS.sound(which)
    assert sound is not None
    return sound.pcm


def rendered(cues: Sequence[Cue]) -> Iterator[Cluster]:
    source = Mix(Sounds(EARCONS, VOICE))
    source.set_levels(tones=1.0, voice=1.0)
    yield from clusters(Score(cues=cues), source)


def samples(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2").reshape(-1, 2)


def summed(cluster: Cluster) -> np.ndarray:
    """Return what the sounds of a cluster add up to, were there no full scale."""
    total = np.zeros((cluster.end - cluster.start, 2))
    for start, pcm in cluster.parts:
        part = samples(pcm)
        total[start - cluster.start : start - cluster.start + len(part)] += part
    return total


_factors: dict[tuple[tuple[int, int], ...], float] = {}
"""How far each mix that was checked was turned down, by its sounds and their places."""


def turned_down(cluster: Cluster) -> float:
    """Check a mix, each only once, and return the factor that all of it got."""
    key = tuple((start - cluster.start, id(pcm)) for start, pcm in cluster.parts)
    if key not in _factors:
        mix, total = samples(cluster.pcm()).astype(int), summed(cluster)
        assert len(mix) == cluster.end - cluster.start
        top = np.abs(total).max()
        factor = 1.0 if top <= FULL_SCALE else FULL_SCALE / top
        # The very sum of its sounds, each at its frame, times one number: nothing was cut off and
        # nothing was moved. Two of the steps round.
        assert np.abs(mix - factor * total).max() <= 2.5
        assert np.abs(mix).max() <= FULL_SCALE
        full = np.abs(mix) == FULL_SCALE
        assert not (full[1:] & full[:-1]).any()
        _factors[key] = float(factor)
    return _factors[key]


each_routine = pytest.mark.parametrize("path", ROUTINE_FILES, ids=lambda path: path.stem)


@pytest.mark.parametrize("words", [False, True], ids=["tones", "words"])
@each_routine
def test_no_sample_of_a_shipped_routine_is_clipped(path: Path, *, words: bool) -> None:
    factors = [turned_down(cluster) for cluster in rendered(planned(path, words=words))]
    assert min(factors) >= SOFTEST
    # Only where a voice and tones pile up, now and then.
    assert sum(factor < 1 for factor in factors) <= len(factors) // 50


def test_sounds_that_pile_up_higher_than_any_routine_does_are_not_clipped() -> None:
    line = VOICE.sound(("Switch to right side.",)).pcm
    tones = [pcm(cue(kind, side)) for kind in TONE_MS for side in (Side.LEFT, Side.RIGHT)]
    length = max(map(len, tones)) // 4 + RATE
    pile = Cluster(0, length, [(0, line), *((100 * at, tone) for at, tone in enumerate(tones))])
    assert turned_down(pile) < SOFTEST


# Nothing is moved


def starts(cues: Sequence[Cue], *, spoken: bool) -> list[int]:
    """Return the frames at which tones, or lines of speech too, begin in what is rendered."""
    lines = {id(VOICE.sound(one.sentences).pcm) for one in cues if one.kind is CueKind.VOICE}
    return sorted(
        start
        for cluster in rendered(cues)
        for start, pcm in cluster.parts
        if spoken or id(pcm) not in lines
    )


@each_routine
def test_every_cue_begins_at_its_very_frame_and_speech_moves_no_tone(path: Path) -> None:
    cues = planned(path)
    score = Score(cues=cues)
    onsets = [
        frame - (VOICE.sound(one.sentences).onset if one.kind is CueKind.VOICE else 0)
        for frame, one in score.planned()
    ]
    assert starts(cues, spoken=True) == sorted(onsets)
    silent = plan(timeline(path))
    assert starts(cues, spoken=False) == starts(silent, spoken=True)


# Alike things are as loud


def stereo_lufs(pcm: bytes) -> float:
    """Return the loudness of both sides together, as a loudspeaker gives it."""
    sides = (samples(pcm) / (FULL_SCALE + 1)).T
    return float(10 * np.log10(sum(10 ** (loudness(side.tolist(), RATE) / 10) for side in sides)))


SIGNALS = (
    *(CueKind.GET_READY, CueKind.START, CueKind.HALF, CueKind.SWITCH),
    *(CueKind.REST, CueKind.STEP_DONE, CueKind.ROUTINE_DONE),
)
CLASSES = {
    "signals": (SIGNALS, -17.5),
    "ticks": ((CueKind.COUNT, CueKind.TEMPO), -22.0),
    "breaths": ((CueKind.BREATH_IN, CueKind.BREATH_OUT), -23.5),
    "beats": ((CueKind.BEAT,), -26.0),
}
"""How loud tones are by design: the oftener they come, the softer."""


def every(kind: CueKind) -> Iterator[bytes]:
    for variant in VARIANTS.get(kind, (0,)):
        for side in (None,) if kind in ONE_PLACE else (None, Side.LEFT, Side.RIGHT):
            yield pcm(cue(kind, side, variant))


@pytest.mark.parametrize("name", CLASSES)
def test_tones_of_one_class_are_as_loud_from_every_side(name: str) -> None:
    kinds, wanted = CLASSES[name]
    for kind in kinds:
        for tone in every(kind):
            assert level(tone).loudness == pytest.approx(wanted, abs=0.1), kind


def test_every_kind_of_tone_has_a_class() -> None:
    assert {kind for kinds, _ in CLASSES.values() for kind in kinds} == set(TONE_MS)


def test_recorded_sentences_are_as_loud_as_one_another_when_they_are_heard() -> None:
    sentences = sorted(
        {sentence for one in planned(ROUTINE_FILES[0]) for sentence in one.sentences}
    )
    levels = {one: stereo_lufs(VOICE.sound((one,)).pcm) for one in sentences[::3]}
    # Both sides carry the voice, which makes 3 LU.
    assert min(levels.values()) >= TARGET_LUFS + 3 - 0.75, levels
    assert max(levels.values()) <= TARGET_LUFS + 3 + 0.75, levels


def test_a_voice_is_heard_over_every_tone_and_a_signal_beside_every_voice() -> None:
    voice = TARGET_LUFS + 3
    for kind in TONE_MS:
        for tone in every(kind):
            below = voice - stereo_lufs(tone)
            assert 3 <= below <= (8.5 if kind in SIGNALS else 10.5), kind
