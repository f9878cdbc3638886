"""Rendered sound: every cue at its very frame, mixed without clipping, sparse on disk."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from heard import Expected, find

from app.domain.choices import Side
from app.domain.cues import TONE_MS, Cue, CueKind
from app.domain.errors import SoundError
from app.domain.exporting import ExportCancelled
from app.sound import pcm
from app.sound.earcons import Earcons
from app.sound.soundtrack import LONGEST_LEAD, Score, Sound, clusters, render

RATE = 48_000
EARCONS = Earcons(Path(__file__).parents[2] / "resources/sounds")


def cue(at_ms: int, kind: CueKind = CueKind.COUNT, **more: object) -> Cue:
    return Cue(at_ms=at_ms, duration_ms=TONE_MS[kind], kind=kind, segment=0, **more)  # type: ignore[arg-type]


def array(data: bytes) -> np.ndarray:
    return np.frombuffer(data, "<i2").reshape(-1, 2)


class Tones:
    """A source of square waves: as long as the cue says, at a level of its own."""

    def __init__(self, level: int = 10_000, onset: int = 0) -> None:
        self.level = level
        self.onset = onset
        self.asked: list[int] = []

    def sound(self, cue: Cue) -> Sound | None:
        self.asked.append(cue.at_ms)
        if cue.text == "silent":
            return None
        count = cue.duration_ms * 48
        return Sound(np.full((count, 2), self.level, "<i2").tobytes(), self.onset)


def rendered(path: Path, cues: list[Cue], source: object = EARCONS, **more: int) -> np.ndarray:
    frames = render(cues, path, source, **more)  # type: ignore[arg-type]
    samples = array(path.read_bytes())
    assert len(samples) == frames
    return samples


def test_every_cue_of_a_routine_stands_at_its_very_frame(tmp_path: Path) -> None:
    kinds = [kind for kind in TONE_MS if kind is not CueKind.ROUTINE_DONE]
    sides = (None, Side.LEFT, Side.RIGHT)
    cues = [
        cue(137 + 2_011 * place, kinds[place % len(kinds)], variant=1, side=sides[place % 3])
        for place in range(60)
    ]
    samples = rendered(tmp_path / "all.pcm", cues) / 32_768
    for one in cues:
        sound = EARCONS.sound(one)
        assert sound is not None
        expected = array(sound.pcm) / 32_768
        at = one.at_ms * 48
        assert np.array_equal(samples[at : at + len(expected)], expected), one


def test_a_matched_filter_finds_every_struck_cue_where_it_was_planned(tmp_path: Path) -> None:
    kinds = (CueKind.COUNT, CueKind.START, CueKind.HALF, CueKind.TEMPO, CueKind.BEAT)
    cues = [cue(61 + 701 * place, kinds[place % 5], variant=1) for place in range(50)]
    samples = rendered(tmp_path / "struck.pcm", cues) / 32_768
    sounds = [EARCONS.sound(one) for one in cues]
    expected = [
        Expected(one.at_ms, array(sound.pcm) / 32_768)
        for one, sound in zip(cues, sounds, strict=True)
        if sound is not None
    ]
    heard = find(samples, expected)
    assert len(heard.errors_ms) == 50
    assert heard.worst < 1 / 48


def test_there_is_silence_between_cues(tmp_path: Path) -> None:
    samples = rendered(tmp_path / "two.pcm", [cue(1_000), cue(3_000)])
    assert not samples[: 48 * 1_000].any()
    assert not samples[48 * 1_140 : 48 * 3_000].any()


def test_the_file_ends_with_its_last_cue_or_the_timeline(tmp_path: Path) -> None:
    cues = [cue(1_000), cue(2_000, CueKind.ROUTINE_DONE)]
    assert len(rendered(tmp_path / "a.pcm", cues)) == 48 * 4_400
    assert len(rendered(tmp_path / "b.pcm", cues, until_ms=9_000)) == 48 * 9_000
    assert len(rendered(tmp_path / "c.pcm", [], until_ms=50)) == 48 * 50


def test_rendering_from_a_place_leaves_out_what_began_before(tmp_path: Path) -> None:
    cues = [cue(850), cue(1_000), cue(1_500)]
    whole = rendered(tmp_path / "whole.pcm", cues)
    part = rendered(tmp_path / "part.pcm", cues, from_ms=950)
    assert not part[: 48 * 50].any()
    assert np.array_equal(part[48 * 50 :], whole[48 * 1_000 :])


def test_overlapping_sounds_are_added(tmp_path: Path) -> None:
    source = Tones(level=9_000)
    samples = rendered(tmp_path / "sum.pcm", [cue(0), cue(100)], source)
    assert (samples[: 48 * 100] == 9_000).all()
    assert (samples[48 * 100 : 48 * 140] == 18_000).all()
    assert (samples[48 * 140 :] == 9_000).all()


def test_sounds_that_would_clip_together_are_made_softer_together(tmp_path: Path) -> None:
    source = Tones(level=30_000)
    samples = rendered(tmp_path / "loud.pcm", [cue(0), cue(100), cue(100)], source)
    assert samples.max() == pytest.approx(32_767, abs=3)
    # In proportion: one of them, alone for a while, is a third of all three.
    assert samples[0, 0] == pytest.approx(32_767 / 3, abs=3)


def test_the_onset_of_a_sound_is_where_the_cue_is(tmp_path: Path) -> None:
    samples = rendered(tmp_path / "voice.pcm", [cue(1_000)], Tones(onset=480))
    assert np.flatnonzero(samples[:, 0])[0] == 48 * 990


def test_what_lies_before_the_beginning_of_a_sound_is_cut() -> None:
    score = Score(cues=[cue(5)])
    (cluster,) = clusters(score, Tones(onset=480))
    assert cluster.start == 0
    assert cluster.end == 48 * 145 - 480


def test_an_onset_too_far_in_is_refused() -> None:
    with pytest.raises(ValueError, match="onset"):
        Sound(b"", LONGEST_LEAD + 1)


def test_cues_without_a_sound_are_passed_over(tmp_path: Path) -> None:
    samples = rendered(tmp_path / "x.pcm", [cue(0, sentences=("silent",)), cue(500)], Tones())
    assert np.flatnonzero(samples[:, 0])[0] == 48 * 500


def test_a_lead_in_sounds_first_and_pushes_the_rest_back() -> None:
    score = Score(
        cues=[cue(4_000), cue(5_000), cue(6_000)],
        from_ms=4_500,
        lead_in=[cue(0), cue(1_000)],
        lead_in_ms=3_000,
    )
    starts = [cluster.start // 48 for cluster in clusters(score, Tones())]
    assert starts == [0, 1_000, 3_500, 4_500]
    assert score.end == 48 * (4_500 + 140)


def test_beginning_in_the_middle_leaves_out_or_keeps_what_sounds_there() -> None:
    score = Score(cues=[cue(0), cue(1_000), cue(2_000)])
    begin = 48 * 1_050
    assert [c.start for c in clusters(score, Tones(), begin=begin)] == [48 * 2_000]
    kept = list(clusters(score, Tones(), begin=begin, partly=True))
    assert [(c.start, c.end) for c in kept] == [(begin, 48 * 1_140), (48 * 2_000, 48 * 2_140)]


def test_sounds_are_fetched_as_they_are_needed() -> None:
    source = Tones()
    coming = clusters(Score(cues=[cue(1_000 * n) for n in range(100)]), source)
    next(coming)
    assert source.asked == [0, 1_000]


def test_most_of_the_file_takes_no_room_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "hour.pcm"
    samples_bytes = render([cue(0), cue(3_600_000)], path, EARCONS) * 4
    assert samples_bytes > 690_000_000
    assert os.stat(path).st_blocks * 512 < 1_000_000  # noqa: PTH116  (blocks, not the size)


def test_a_file_that_cannot_be_written_is_said_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"nowhere.*No such file"):
        render([cue(0)], tmp_path / "nowhere" / "x.pcm", EARCONS)


def test_a_crossfade_begins_as_the_one_and_ends_as_the_other() -> None:
    before, after = (np.full((480, 2), level, "<i2").tobytes() for level in (12_000, -6_000))
    samples = array(pcm.crossfaded(before, after))
    assert samples[0, 0] == pytest.approx(12_000, abs=50)
    assert samples[-1, 0] == -6_000
    assert np.abs(np.diff(samples[:, 0].astype(int))).max() <= 39


def test_volume_is_felt_evenly_and_reaches_silence() -> None:
    assert pcm.amplitude(0.0) == 0.0
    assert pcm.amplitude(0.5) == 0.25
    assert pcm.amplitude(1.0) == 1.0
    assert pcm.amplitude(7.0) == 1.0


def test_who_looks_before_each_part_can_end_the_rendering(tmp_path: Path) -> None:
    looks: list[int] = []

    def look() -> None:
        looks.append(len(looks))
        if len(looks) == 3:
            raise ExportCancelled

    with pytest.raises(ExportCancelled):
        render([cue(1_000 * place) for place in range(9)], tmp_path / "raw", EARCONS, look=look)
    assert looks == [0, 1, 2]
