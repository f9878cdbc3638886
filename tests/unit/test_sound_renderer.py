"""Orders to the renderer, against an output whose playhead a test moves by hand."""

from __future__ import annotations

import resource
import time
from inspect import GEN_CLOSED, getgeneratorstate, isgenerator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.domain.cues import Cue, CueKind
from app.sound import take as take_module
from app.sound.output import BUFFER, Reading, Stream
from app.sound.pcm import frames
from app.sound.renderer import FADE, Playing, Renderer
from app.sound.soundtrack import Score, Sound, render
from app.sound.take import FileTake, MemoryTake, TakeFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WITHIN_S = 30.0
BLOCK = frames(20)


class Tones:
    """Square waves: variant times 1,000 high, as long as the cue says."""

    def sound(self, cue: Cue) -> Sound | None:
        level = 1_000 * cue.variant
        return Sound(np.full((frames(cue.duration_ms), 2), level, "<i2").tobytes())


class Device:
    """Output and playhead in one: has read a buffer further than what is heard."""

    def __init__(self) -> None:
        self.streams: list[Stream] = []
        self.opened: list[np.ndarray] = []
        """The first ten seconds of each stream's take, as they were when it was opened."""
        self.is_open = False
        self.heard_frames: float | None = None
        self.runs_on = 0.0
        """How many frames pass with each look: a device that plays meanwhile."""

    def open(self, stream: Stream) -> None:
        if isinstance(stream.take, Path):
            with stream.take.open("rb") as file:
                content = file.read(frames(10_000) * 4)
        else:
            content = stream.take[: frames(10_000) * 4]
        self.opened.append(np.frombuffer(content, "<i2")[::2])
        self.streams.append(stream)
        self.is_open = True
        self.heard_frames = None

    def close(self) -> None:
        self.is_open = False

    def look(self) -> Reading | None:
        if not self.is_open:
            return None
        if self.heard_frames is not None:
            self.heard_frames += self.runs_on
        read = int((self.heard_frames or 0) // BLOCK) * BLOCK + BUFFER
        return Reading(self.streams[-1].number, read, read, failed=False)

    def heard(self, stream: int) -> float | None:
        self.look()
        return self.heard_frames if stream == self.streams[-1].number else None


class Rig:
    def __init__(self, folder: Path) -> None:
        self.device = Device()
        self.folder = folder
        self.renderer = Renderer(
            self.device,  # type: ignore[arg-type]
            self.device,  # type: ignore[arg-type]
            Tones(),
            TakeFolder(folder),
        )
        self.renderer.start()

    def until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WITHIN_S
        while not done():
            assert time.monotonic() < deadline, "the renderer did not get there"
            time.sleep(0.001)

    def play(self, score: Score, **more: int) -> int:
        """Play a score and wait until it is open and rendered to its end."""
        stream = self.renderer.play(score, **more)
        self.until(lambda: bool(self.device.streams) and self.device.streams[-1].number == stream)
        self.settle()
        return stream

    def settle(self) -> None:
        """Wait until all orders are carried out and everything is rendered."""
        reached: list[int] = []
        self.renderer._order(lambda: reached.append(1))
        self.until(lambda: bool(reached))
        self.until(lambda: _is_over(self.renderer._rest))

    @property
    def playing(self) -> Playing:
        playing = self.renderer.playing
        assert playing is not None
        return playing

    def samples(self, start_ms: int, end_ms: int) -> np.ndarray:
        """Return what the take holds now."""
        take = self.playing.take
        start = frames(start_ms)
        return np.frombuffer(take.read(start, frames(end_ms) - start), "<i2")[::2]

    def hear(self, at_ms: float) -> None:
        self.device.heard_frames = at_ms * 48


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path / "takes")
    yield made
    made.renderer.end()
    if made.folder.exists():
        assert list(made.folder.iterdir()) == []


def _is_over(rest: object) -> bool:
    return not isgenerator(rest) or getgeneratorstate(rest) == GEN_CLOSED


def cue(at_ms: int, level: int, length_ms: int = 100) -> Cue:
    return Cue(at_ms=at_ms, duration_ms=length_ms, kind=CueKind.START, segment=0, variant=level)


def every(step_ms: int, level: int, count: int = 20) -> list[Cue]:
    return [cue(step_ms * place, level) for place in range(count)]


def steepest(samples: np.ndarray) -> int:
    return int(np.abs(np.diff(samples.astype(int))).max())


def test_what_sounds_first_is_there_when_the_stream_opens(rig: Rig) -> None:
    rig.renderer.play(Score(cues=every(500, 3, count=7_000)), prefix=frames(300))
    rig.until(lambda: bool(rig.device.opened))
    opened = rig.device.opened[0]
    assert not opened[: frames(300)].any()
    for start_ms in (300, 800, 1_300, 1_800):
        assert (opened[frames(start_ms) : frames(start_ms + 100)] == 3_000).all()


def test_the_rest_is_rendered_while_it_plays(rig: Rig) -> None:
    rig.play(Score(cues=every(500, 3)), prefix=frames(60))
    samples = rig.samples(0, 11_000)
    assert np.flatnonzero(samples)[0] == frames(60)
    assert np.flatnonzero(samples)[-1] == frames(60 + 9_500 + 100) - 1


def test_a_take_holds_the_bytes_of_an_export(rig: Rig, tmp_path: Path) -> None:
    cues = [cue(137, 3), cue(190, 20, 700), cue(800, 31), cue(5_001, 2), cue(5_001, 30)]
    length = render(cues, tmp_path / "export.pcm", Tones(), from_ms=100)
    rig.play(Score(cues=cues, from_ms=100), prefix=frames(300))
    exported = (tmp_path / "export.pcm").read_bytes()
    assert rig.playing.take.read(frames(300), length) == exported


def test_a_silent_moment_is_cut_without_a_wait(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(rig.renderer, "_wait", lambda _playing, frame: waits.append(frame))
    rig.play(Score(cues=every(1_000, 3)))
    rig.hear(500)
    rig.play(Score(cues=every(1_000, 5)))
    assert waits == []
    assert rig.device.opened[-1][0] == 5_000
    rig.hear(1_001)
    rig.play(Score(cues=every(1_000, 3)))
    assert len(waits) == 1


def test_a_sound_that_is_about_to_end_is_let_end(rig: Rig) -> None:
    rig.play(Score(cues=[cue(0, 3, 150)]))
    take = rig.playing.take
    rig.hear(100)
    rig.device.runs_on = frames(10)
    kept = take.read(0, frames(200))
    rig.renderer.play(Score(cues=[cue(0, 5)]))
    rig.until(lambda: len(rig.device.streams) == 2)
    assert (rig.device.heard_frames or frames(150)) >= frames(150)
    assert take.read(0, frames(200)) == kept


def test_a_long_sound_is_faded_before_it_is_cut(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.play(Score(cues=[cue(0, 20, 5_000)]))
    take = rig.playing.take
    rig.hear(1_000)
    # Slowly: what the sink has read may not change.
    rig.device.runs_on = 1.0
    monkeypatch.setattr("app.sound.renderer._LONGEST_WAIT_S", 0.1)
    rig.renderer.play(Score(cues=[cue(0, 5)]))
    rig.until(lambda: len(rig.device.streams) == 2)
    samples = np.frombuffer(take.read(0, frames(3_000)), "<i2")[::2]
    silent = int(np.flatnonzero(samples == 0)[0])
    assert frames(1_000) + BUFFER <= silent - FADE <= frames(1_000) + BUFFER + 3 * BLOCK
    assert not samples[silent:].any()
    assert steepest(samples[: silent + 1]) <= 20_000 / FADE + 1


def test_only_the_last_of_many_orders_is_played(rig: Rig) -> None:
    last = [rig.renderer.play(Score(cues=every(1_000, level))) for level in range(1, 9)][-1]
    rig.until(lambda: bool(rig.device.streams) and rig.device.streams[-1].number == last)
    assert len(rig.device.streams) <= 2
    assert rig.device.opened[-1][0] == 8_000


def test_another_score_takes_over_where_the_sink_reads_on(rig: Rig) -> None:
    rig.play(Score(cues=[cue(0, 10, 20_000)]), prefix=frames(300))
    rig.hear(2_000)
    rig.renderer.replace(Score(cues=[cue(0, 4, 20_000)]))
    rig.settle()
    assert len(rig.device.streams) == 1
    samples = rig.samples(0, 21_000)
    changed = int(np.flatnonzero(samples[frames(300) :] != 10_000)[0]) + frames(300)
    assert frames(2_000) + BUFFER <= changed <= frames(2_000) + BUFFER + 3 * BLOCK
    assert (samples[changed + FADE : frames(20_300)] == 4_000).all()
    assert steepest(samples[frames(301) : frames(20_299)]) <= 6_000 / FADE + 1


def test_after_a_change_nothing_is_left_of_what_was_planned_before(rig: Rig) -> None:
    rig.play(Score(cues=every(700, 10, count=60)))
    rig.hear(1_000)
    rig.renderer.replace(Score(cues=every(900, 4, count=60)))
    rig.settle()
    samples = rig.samples(1_200, 60_000)
    assert set(np.unique(samples[FADE:]).tolist()) == {0, 4_000}
    for start_ms in range(1_800, 54_000, 900):
        at = frames(start_ms - 1_200)
        assert (samples[at : at + frames(100)] == 4_000).all()
        assert not samples[at + frames(100) : at + frames(900)].any()


def test_the_position_does_not_move_with_another_score(rig: Rig) -> None:
    rig.play(Score(cues=every(500, 3)), prefix=frames(300))
    rig.hear(2_000)
    assert rig.playing.score_frame(frames(2_000)) == frames(1_700)
    rig.renderer.replace(Score(cues=every(500, 6)))
    rig.settle()
    assert rig.playing.score_frame(frames(2_000)) == frames(1_700)


def test_a_shift_is_heard_from_a_known_frame_on(rig: Rig) -> None:
    stream = rig.play(Score(cues=every(500, 3, count=40)))
    rig.hear(2_000)
    rig.renderer.shift(stream, frames(130))
    rig.settle()
    since = rig.playing.since
    assert frames(2_000) + BUFFER <= since <= frames(2_000) + BUFFER + 3 * BLOCK
    assert rig.playing.score_frame(since - 1) is None
    assert rig.playing.score_frame(since) == since + frames(130)
    later = rig.samples(2_500 - 130, 10_000)
    assert (later[: frames(100)] == 3_000).all()
    assert not later[frames(100) : frames(500)].any()


def test_a_shift_meant_for_an_earlier_stream_is_dropped(rig: Rig) -> None:
    earlier = rig.play(Score(cues=every(500, 3)))
    rig.play(Score(cues=every(500, 4)))
    rig.hear(2_000)
    rig.renderer.shift(earlier, frames(130))
    rig.settle()
    assert rig.playing.ahead == 0


def test_ringing_out_waits_for_all_that_is_planned(rig: Rig) -> None:
    """What is said after the last tone belongs to the session too."""
    rig.play(Score(cues=[cue(0, 3), cue(1_000, 8, 2_400), cue(5_000, 3, 100)]))
    rig.hear(1_100)
    rig.renderer.ring_out()
    rig.until(lambda: rig.renderer.rings_until is not None)
    assert rig.renderer.rings_until == frames(5_100)
    assert rig.samples(5_000, 5_100).any()


def test_closing_fades_and_closes_and_leaves_no_file(rig: Rig) -> None:
    rig.play(Score(cues=[cue(0, 3)]))
    rig.hear(500)
    rig.renderer.close()
    rig.until(lambda: not rig.device.is_open)
    rig.until(lambda: list(rig.folder.iterdir()) == [])


def line(at_ms: int, level: int, length_ms: int) -> Cue:
    return Cue(
        at_ms=at_ms,
        duration_ms=length_ms,
        kind=CueKind.VOICE,
        segment=0,
        variant=level,
        sentences=("Left side.",),
    )


def test_a_line_that_comes_after_its_time_is_not_said_from_its_middle(rig: Rig) -> None:
    rig.play(Score(cues=[cue(9_000, 3)]))
    rig.hear(3_000)
    late, coming = line(950, 7, 5_000), line(7_000, 9, 500)
    rig.renderer.replace(Score(cues=[late, coming, cue(9_000, 3)]))
    rig.settle()
    assert not rig.samples(3_000, 6_900).any()
    assert (rig.samples(7_000, 7_500) == 9_000).all()
    rig.hear(4_000)
    rig.renderer.replace(Score(cues=[late, coming]))
    rig.settle()
    assert not rig.samples(4_200, 6_900).any()


def test_a_line_that_sounds_goes_on_when_other_sounds_change(rig: Rig) -> None:
    said = line(950, 7, 5_000)
    rig.play(Score(cues=[said, cue(9_000, 3)]))
    for heard_ms in (2_000, 3_000):
        rig.hear(heard_ms)
        rig.renderer.replace(Score(cues=[said]))
        rig.settle()
        assert (rig.samples(heard_ms, 5_950) == 7_000).all()


def test_a_line_that_was_switched_off_does_not_come_back_in_its_middle(rig: Rig) -> None:
    said = line(950, 7, 5_000)
    rig.play(Score(cues=[said]))
    rig.hear(2_000)
    rig.renderer.replace(Score(cues=[]))
    rig.settle()
    rig.hear(3_000)
    rig.renderer.replace(Score(cues=[said]))
    rig.settle()
    assert not rig.samples(3_500, 5_950).any()


def test_takes_that_were_replaced_are_removed(rig: Rig) -> None:
    for level in range(1, 6):
        rig.play(Score(cues=[cue(0, level)]))
        rig.hear(500)
    rig.until(lambda: len(list(rig.folder.iterdir())) == 1)


def test_a_take_that_runs_out_is_lengthened(rig: Rig) -> None:
    rig.play(Score(cues=[cue(0, 3)]))
    before = rig.playing.take.length
    rig.renderer.lengthen()
    rig.settle()
    assert rig.playing.take.length == before + take_module.PADDING


@pytest.fixture
def no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(take_module.tempfile, "gettempdir", lambda: str(tmp_path / "spare"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("no_disk")
def test_without_a_disk_a_session_is_heard_from_memory(rig: Rig) -> None:
    rig.play(Score(cues=every(500, 3)), prefix=frames(60))
    assert isinstance(rig.playing.take, MemoryTake)
    assert rig.device.opened[0][frames(60)] == 3_000
    rig.hear(2_560)
    rig.renderer.replace(Score(cues=every(500, 7)))
    rig.until(lambda: len(rig.device.streams) == 2)
    # It goes on with the rest of the sound that was just being heard.
    assert rig.playing.score_frame(0) == frames(2_500)
    assert (rig.device.opened[1][: frames(100)] == 7_000).all()


@pytest.mark.usefixtures("no_disk")
def test_a_session_in_memory_goes_on_when_the_memory_runs_out(rig: Rig) -> None:
    rig.play(Score(cues=every(500, 3, count=400)))
    rig.hear(59_050)
    rig.renderer.lengthen()
    rig.until(lambda: len(rig.device.streams) == 2)
    assert rig.playing.score_frame(0) == frames(59_050)
    opened = rig.device.opened[1]
    assert (opened[: frames(50)] == 3_000).all()
    assert np.flatnonzero(opened[frames(50) :])[0] == frames(400)


class FullDisk(FileTake):
    """A file on a disk that fills up after ten seconds of sound."""

    def write(self, frame: int, pcm: bytes) -> None:
        if frame > frames(10_000):
            raise OSError(28, "No space left on device")
        super().write(frame, pcm)


def test_a_disk_that_fills_up_meanwhile_costs_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_module.tempfile, "gettempdir", lambda: str(tmp_path / "spare"))
    monkeypatch.setattr(take_module, "FileTake", FullDisk)
    rig = Rig(tmp_path / "takes")
    try:
        rig.renderer.play(Score(cues=every(500, 3, count=100)))
        rig.until(lambda: isinstance(rig.playing.take, MemoryTake) if rig.device.streams else False)
        rig.settle()
        begin = rig.playing.ahead
        samples = rig.samples(0, 30_000)
        for place in range(40):
            at = frames(500 * place) - begin
            if at >= 0:
                assert (samples[at : at + frames(100)] == 3_000).all()
    finally:
        rig.renderer.end()
