"""Renders takes in a thread of its own, ahead of the device, and hands them to the output."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from app.sound.lines import Lines
from app.sound.output import BUFFER, Output, Reading, Stream
from app.sound.pcm import FRAME_BYTES, RATE, crossfaded, frames
from app.sound.playhead import Playhead
from app.sound.soundtrack import Cluster, Score, SoundSource, clusters
from app.sound.take import PADDING, FileTake, MemoryTake, Span, Take, TakeFolder

FADE = frames(10)
FIRST = frames(2_000)
"""What is rendered before a take begins to play; the rest follows while it does."""
_AT_ONCE = frames(1_500)
"""How far a replaced score is written in one go, before the device can get there."""
_MARGIN = frames(20)
"""How far ahead of the sink's reading it is safe to write: one block of the sound server."""
_LATEST_LINE = frames(100)
"""A line that begins sooner after the sink's reading could lose its beginning to a rewrite."""
_PAUSE_BETWEEN = frames(40)
"""Silence that is long enough to cut in."""
_SETTLE = frames(15)
"""How wrong the estimate of what is heard may be."""
_LONGEST_WAIT_S = 0.6
_HEAD_START = frames(20_000)
_BREATHER_S = 0.002
"""Between sounds far ahead, so that the window gets the interpreter when it wants it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Playing:
    """What the output was told to play last."""

    stream: int
    asked: int
    """The number of the order that it carries out: its own, or that of an earlier stream."""
    score: Score
    begin: int
    """The frame of the score that it began with; cues from before it are left out."""
    take: Take
    ahead: int
    """How many frames the score is ahead of the take."""
    since: int = 0
    """The frame of the take from which on this holds."""

    def frame_of(self, score_frame: int) -> int:
        """Return where in the take a frame of the score is."""
        return score_frame - self.ahead

    def score_frame(self, heard: float) -> float | None:
        """Return the frame of the score heard after `heard` of the take; None where none is yet."""
        return heard + self.ahead if heard >= self.since else None


class Renderer:
    """Takes orders from any thread and carries them out one after the other."""

    def __init__(
        self, output: Output, playhead: Playhead, source: SoundSource, takes: TakeFolder
    ) -> None:
        self._output = output
        self._playhead = playhead
        self._source = source
        self._takes = takes
        self._streams = count(1)
        self._latest = 0
        self._orders: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition()
        self._ended = False
        self._rest: Iterator[Cluster] = iter(())
        self._lines: Lines | None = None
        """What the rendering that plays has said."""
        self._outdated: deque[Span] = deque()
        self._retired: list[Take] = []
        self._thread = threading.Thread(target=self._work, name="sound renderer", daemon=True)
        self.playing: Playing | None = None
        self.rings_until: int | None = None
        """After `ring_out`: the frame of the take at which the last sound is over."""
        self.amplitude = 1.0

    def start(self) -> None:
        self._thread.start()

    def play(
        self,
        score: Score,
        *,
        prefix: int = 0,
        begin: Callable[[], int] = lambda: 0,
        cut: bool = False,
    ) -> int:
        """Fade what sounds and play a score; return the number that its stream will have.

        `begin` is asked for the score's first frame when it is about to play. With `cut`, nothing
        is heard anyway and nothing needs to fade.
        """
        stream = self._supersede()
        self._order(lambda: self._play(stream, score, prefix, begin, cut=cut))
        return stream

    def shift(self, stream: int, count: int) -> None:
        """Play what that stream plays `count` frames earlier, from where the sink reads on."""
        self._order(lambda: self._shift(stream, count))

    def replace(self, score: Score) -> None:
        """Play another score from the same place on, without a gap."""
        self._order(lambda: self._replace(score))

    def ring_out(self) -> None:
        """Note in `rings_until` when the last sound ends, which is the last that was ordered."""
        self.rings_until = None
        self._order(self._ring_out)

    def lengthen(self) -> None:
        """See to it that the take that plays does not run out."""
        self._order(self._lengthen)

    def close(self) -> None:
        """Fade what sounds and close the stream."""
        self._supersede()
        self._order(self._close)

    def end(self) -> None:
        """Drop all orders, remove the takes and end the thread."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=2)
        for take in [*self._retired, *([self.playing.take] if self.playing else [])]:
            take.close()
        self._retired.clear()
        self.playing = None

    def _supersede(self) -> int:
        """Make all that was asked to play before outdated; return a new stream's number."""
        with self._changed:
            self._latest = next(self._streams)
            return self._latest

    def _order(self, order: Callable[[], None]) -> None:
        with self._changed:
            self._orders.append(order)
            self._changed.notify()

    def _work(self) -> None:
        idle = False
        while True:
            with self._changed:
                while idle and not self._orders and not self._ended:
                    # Retired takes can go as soon as the output has let go of them.
                    self._changed.wait(0.5 if self._retired else None)
                    self._drop_retired()
                if self._ended:
                    return
                order = self._orders.popleft() if self._orders else None
            if order is not None:
                order()
                idle = False
            else:
                idle = not self._render_next()

    # Orders, each run in the thread.

    def _play(
        self, stream: int, score: Score, prefix: int, begin: Callable[[], int], *, cut: bool
    ) -> None:
        if stream != self._latest:
            return
        if not cut:
            self._hush()
        if stream != self._latest:
            return
        self._begin(stream, stream, score, prefix, begin())

    def _begin(
        self,
        stream: int,
        asked: int,
        score: Score,
        prefix: int,
        begin: int,
        *,
        partly: bool = False,
    ) -> None:
        while True:
            take = self._takes.new(prefix + max(0, score.end - begin))
            playing = Playing(stream, asked, score, begin, take, begin - prefix)
            before = self._lines if partly else None
            lines = Lines(self._source, score, begin, before)
            self._rest = clusters(score, lines, begin=begin, partly=partly)
            self._outdated.clear()
            try:
                self._render_first(playing)
            except OSError as error:
                _log.warning("The session's sound does not fit: %s", error)
                self._takes.give_up(take)
                take.close()
                continue
            break
        self._retire()
        self.playing, self._lines = playing, lines
        content = take.path if isinstance(take, FileTake) else b""
        if isinstance(take, MemoryTake):
            content = take.pcm
        self._output.open(Stream(stream, content, self.amplitude))

    def _render_first(self, playing: Playing) -> None:
        """Render what must be there before it plays; what is in memory does not change later."""
        in_memory = isinstance(playing.take, MemoryTake)
        until = playing.take.length if in_memory else playing.frame_of(playing.begin) + FIRST
        while (start := self._render(playing)) is not None and start < until:
            pass
        if in_memory:
            self._rest = iter(())

    def _render_next(self) -> bool:
        """Render one more cluster; False when there is none."""
        playing = self.playing
        if playing is None:
            return False
        try:
            start = self._render(playing)
        except OSError as error:
            _log.warning("The rest of the session's sound does not fit: %s", error)
            self._takes.give_up(playing.take)
            self._begin_again(playing)
            return True
        if start is None:
            return False
        if start > self._frame(playing) + _HEAD_START:
            time.sleep(_BREATHER_S)
        return True

    def _render(self, playing: Playing) -> int | None:
        """Write the next cluster and return its frame; None when all are written."""
        cluster, take = next(self._rest, None), playing.take
        start = None if cluster is None else playing.frame_of(cluster.start)
        end = None if cluster is None else playing.frame_of(cluster.end)
        while self._outdated and (end is None or self._outdated[0][0] < end):
            take.erase(*self._outdated.popleft())
        if cluster is not None and start is not None:
            take.write(start, cluster.pcm())
        return start

    def _begin_again(self, playing: Playing) -> None:
        """Render anew from what is heard now, into a new take, if nothing else is to play."""
        with self._changed:
            if playing.asked != self._latest:
                return
            stream = next(self._streams)
        begin = round(self._frame(playing)) + playing.ahead
        self._begin(
            stream,
            playing.asked,
            playing.score,
            max(0, -begin),
            max(0, begin),
            partly=True,
        )

    def _replace(self, score: Score) -> None:
        if self.playing is not None:
            self._change(replace(self.playing, score=score))

    def _shift(self, stream: int, count: int) -> None:
        playing = self.playing
        if playing is not None and playing.stream == stream:
            self._change(replace(playing, ahead=playing.ahead + count))

    def _change(self, playing: Playing) -> None:
        """Play as `playing` says from here on."""
        if not isinstance(playing.take, FileTake):
            self._begin_again(playing)
            return
        try:
            since = self._rewrite(playing.take, playing)
        except OSError as error:
            _log.warning("The session's sound does not fit: %s", error)
            self._takes.give_up(playing.take)
            self._begin_again(playing)
            return
        moved = self.playing is None or playing.ahead != self.playing.ahead
        self.playing = replace(playing, since=since) if moved else playing

    def _rewrite(self, take: FileTake, playing: Playing) -> int:
        """Write what the sink has not read yet anew, in a crossfade; return from which frame on."""
        reach = _AT_ONCE
        while True:
            at = self._read_up_to(playing)
            begun = at + _LATEST_LINE + playing.ahead
            lines = Lines(self._source, playing.score, begun, self._lines)
            coming = clusters(playing.score, lines, begin=playing.begin)
            block = _Block(at, reach)
            later = next((c for c in coming if not block.lay(playing.frame_of(c.start), c)), None)
            # Rendering took a moment: from here on to the write nothing may.
            begin = self._read_up_to(playing) + _MARGIN
            if begin + FADE < block.end:
                break
            reach *= 2
        faded = crossfaded(take.read(begin, FADE), block.pcm(begin, begin + FADE))
        pcm = faded + block.pcm(begin + FADE, block.end)
        self._outdated = deque(take.rewrite(begin, pcm, block.spans_from(begin)))
        self._rest = coming if later is None else _chain(later, coming)
        self._lines = lines
        return begin

    def _ring_out(self) -> None:
        playing = self.playing
        if playing is None:
            self.rings_until = 0
            return
        ends = [end for _, end in playing.take.written]
        self.rings_until = max([playing.frame_of(playing.score.end), *ends])

    def _lengthen(self) -> None:
        playing = self.playing
        if playing is None:
            return
        if not isinstance(playing.take, FileTake):
            self._begin_again(playing)
            return
        try:
            playing.take.lengthen(playing.take.length + PADDING)
        except OSError:
            self._takes.give_up(playing.take)
            self._begin_again(playing)

    def _close(self) -> None:
        self._hush()
        self._rest = iter(())
        self._retire()
        self.playing = None
        self._output.close()

    # Cutting without a click.

    def _hush(self) -> None:
        """Wait until what plays can be cut: it is silent, or has been faded out."""
        playing = self.playing
        if playing is None or (heard := self._playhead.heard(playing.stream)) is None:
            return
        take, now = playing.take, heard
        quiet = now
        while span := take.sounding(quiet, quiet + _PAUSE_BETWEEN):
            quiet = span[1]
        if quiet == now:
            return
        faded = self._fade(playing, quiet)
        self._wait(playing, (quiet if faded is None else faded) + _SETTLE)

    def _fade(self, playing: Playing, quiet: float) -> int | None:
        """Fade out as soon as the sink's reading allows; None where `quiet` comes sooner."""
        take = playing.take
        if not isinstance(take, FileTake):
            return None
        silence = bytes(FADE * FRAME_BYTES)
        for attempt in (1, 2, 3):
            at = self._read_up_to(playing) + attempt * _MARGIN
            if at + FADE >= quiet:
                return None
            faded = crossfaded(take.read(at, FADE), silence)
            try:
                take.overwrite(at, faded)
                take.erase(at + FADE, at + FIRST)
            except OSError:
                return None
            if self._read_up_to(playing) <= at:
                return at + FADE
        return None

    def _wait(self, playing: Playing, frame: float) -> None:
        deadline = time.monotonic() + _LONGEST_WAIT_S
        while (heard := self._playhead.heard(playing.stream)) is not None:
            left = frame - heard
            if left <= 0 or time.monotonic() > deadline or self._ended:
                return
            time.sleep(min(0.02, left / RATE))

    # Where things stand.

    def _frame(self, playing: Playing) -> float:
        """Return the frame of the take that is heard now."""
        return self._playhead.heard(playing.stream) or 0.0

    def _read_up_to(self, playing: Playing) -> int:
        """Return the frame of the take up to which the sink may have read."""
        reading = self._reading(playing)
        if reading is not None:
            return reading.read
        return int(self._frame(playing)) + 2 * BUFFER

    def _reading(self, playing: Playing) -> Reading | None:
        reading = self._playhead.look()
        if reading is None or reading.stream != playing.stream or reading.failed:
            return None
        return reading

    def _retire(self) -> None:
        if self.playing is not None:
            self._retired.append(self.playing.take)

    def _drop_retired(self) -> None:
        playing = self.playing
        if not self._retired or (playing is not None and self._reading(playing) is None):
            return
        for take in self._retired:
            take.close()
        self._retired.clear()


class _Block:
    """A stretch of a take, prepared in one piece before it is written."""

    def __init__(self, start: int, length: int) -> None:
        self._start = start
        self._pcm = bytearray(length * FRAME_BYTES)
        self._spans: list[Span] = []

    @property
    def end(self) -> int:
        return self._start + len(self._pcm) // FRAME_BYTES

    def lay(self, frame: int, cluster: Cluster) -> bool:
        """Put a cluster in its place, growing for it; False for one that begins behind it."""
        if frame >= self.end:
            return False
        pcm = cluster.pcm()
        stop = frame + len(pcm) // FRAME_BYTES
        if stop > self._start:
            place, skipped = max(0, frame - self._start), max(0, self._start - frame)
            part = pcm[skipped * FRAME_BYTES :]
            self._pcm[place * FRAME_BYTES : place * FRAME_BYTES + len(part)] = part
            self._spans.append((frame, stop))
        return True

    def pcm(self, start: int, end: int) -> bytes:
        first, last = (start - self._start) * FRAME_BYTES, (end - self._start) * FRAME_BYTES
        return bytes(self._pcm[first:last])

    def spans_from(self, frame: int) -> list[Span]:
        return [span for span in self._spans if span[1] > frame]


def _chain(first: Cluster, rest: Iterator[Cluster]) -> Iterator[Cluster]:
    yield first
    yield from rest
