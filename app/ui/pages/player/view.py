"""What the player shows for a segment and a moment: values in, values out, no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sin
from typing import TYPE_CHECKING, assert_never

from app.domain.choices import Side
from app.domain.exercise import Mode, Phase
from app.domain.pacing import rep_at
from app.domain.routine import BreathsDose, OpenDose, RepsDose
from app.domain.timeline import SegmentKind
from app.ui.pages.player import words
from app.ui.pages.player.words import translate
from app.ui.widgets.dial import PARTS_MAX, DialFrame, DialShape, Face, ticks

if TYPE_CHECKING:
    from app.domain.exercise import ExerciseLibrary, Position
    from app.domain.session import Position as Place
    from app.domain.timeline import Segment, Timeline

PULSE_MS = 160
PULSE = 0.03
PULSE_FROM_MS = 3_000
SWELL_MIN = 0.0


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The preview of the step after the one on screen."""

    label: str
    name: str
    detail: str
    position: Position | None
    """None after the last step."""
    side: Side = Side.BOTH
    exercise: str | None = None
    """The id of its exercise."""
    phase: Phase = Phase.REST


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything on screen that stays the same through a segment."""

    flood: Phase
    accent: Phase
    icon: str
    eyebrow: str
    name: str
    step_label: str
    side: Side
    round_label: str
    """Empty unless it takes the badge's place."""
    cues: tuple[str, ...]
    position: Position
    position_word: str
    cadence: tuple[int, int] | None
    upcoming: Upcoming
    waits: bool
    """The pause button reads "Done"."""


def _follower(timeline: Timeline, segment: Segment) -> Segment | None:
    return next((other for other in timeline.segments[segment.index + 1 :] if other.is_work), None)


def work_of(timeline: Timeline, segment: Segment) -> Segment:
    """Return the work segment that this is or leads to."""
    if segment.is_work:
        return segment
    return _follower(timeline, segment) or segment


def upcoming(timeline: Timeline, segment: Segment) -> Upcoming:
    work = work_of(timeline, segment)
    following = _follower(timeline, work)
    label = translate("Player", "Next") if segment.is_work else translate("Player", "Then")
    if following is None:
        return Upcoming(
            label, translate("Player", "Finish"), translate("Player", "Last step"), None
        )
    return Upcoming(
        label,
        following.name,
        words.detail(following),
        following.position,
        side=first_shown(following),
        exercise=following.exercise,
        phase=following.phase,
    )


def first_shown(segment: Segment) -> Side:
    """Return the side that a segment begins on."""
    if segment.alternating and segment.side is Side.BOTH:
        return segment.first_side
    return segment.side


def scene(timeline: Timeline, segment: Segment) -> Scene:
    """Describe a segment."""
    phase, icon = segment.phase, words.PHASE_ICONS[segment.phase]
    name = segment.name
    match segment.kind:
        case SegmentKind.GET_READY:
            eyebrow = translate("Player", "First: {name}").format(name=segment.name)
            name = translate("Player", "Get ready")
        case SegmentKind.CHANGEOVER if segment.switch:
            eyebrow, name = segment.name, words.switch_title(segment.side)
        case SegmentKind.CHANGEOVER:
            what = (
                words.position_word(segment.position)
                if segment.new_position
                else words.phase_word(phase)
            )
            eyebrow = translate("Player", "Next: {what}").format(what=what)
        case SegmentKind.REST:
            eyebrow = translate("Player", "Next: {what}").format(what=segment.name)
            name = translate("Player", "Rest")
        case SegmentKind.WORK:
            eyebrow = words.phase_word(phase)
        case _:
            assert_never(segment.kind)
    side = first_shown(segment)
    return Scene(
        flood=phase if segment.is_work else Phase.REST,
        accent=phase,
        icon=icon,
        eyebrow=eyebrow,
        name=name,
        step_label=words.step_of(segment.step, timeline.steps),
        side=side,
        round_label=(
            words.round_of(segment.round, segment.rounds)
            if side is Side.BOTH and segment.rounds > 1
            else ""
        ),
        cues=tuple(_plain(cue) for cue in segment.cues[:2]),
        position=segment.position,
        position_word=words.position_word(segment.position),
        cadence=segment.cadence if segment.is_work else None,
        upcoming=upcoming(timeline, segment),
        waits=segment.is_open,
    )


def _plain(cue: str) -> str:
    """Drop the full stop of a cue that is one sentence: a label has none."""
    return cue[:-1] if cue.endswith(".") and "." not in cue[:-1] else cue


def face(segment: Segment) -> Face:
    if not segment.is_work:
        return Face.COUNT_DOWN
    match segment.dose:
        case RepsDose() if segment.tempo is not None:
            return Face.REPS
        case BreathsDose() if segment.breath_ms:
            return Face.BREATHS
        case OpenDose():
            return Face.COUNT_UP
        case _:
            return Face.COUNT_DOWN


def _parts(segment: Segment) -> int:
    """Count repetitions or breaths; a lengthened segment has more than its dose."""
    match segment.dose:
        case RepsDose(reps=reps) if segment.tempo is not None:
            return max(reps, -(-segment.duration_ms // segment.tempo.rep_ms))
        case BreathsDose(breaths=breaths) if segment.breath_ms:
            return max(breaths, -(-segment.duration_ms // segment.breath_ms))
        case _:
            return 0


def dial_shape(segment: Segment) -> DialShape:
    what = face(segment)
    tempo = segment.tempo if segment.is_work else None
    phases = (
        tuple(
            (words.tempo_word(label), length)
            for label, length in zip(tempo.labels, tempo.phases_ms, strict=True)
            if length
        )
        if tempo is not None
        else ()
    )
    count = _parts(segment)
    if what in {Face.REPS, Face.BREATHS}:
        return DialShape(what, count if count <= PARTS_MAX else 0, (), phases)
    marks = ticks(segment.duration_ms, from_end=what is Face.COUNT_DOWN)
    return DialShape(what, 0, marks, phases)


def side_now(segment: Segment, elapsed_ms: int) -> Side:
    """Return the side that is on at this moment: alternating repetitions change it."""
    if not segment.alternating or segment.side is not Side.BOTH:
        return segment.side
    if not segment.is_work or segment.tempo is None:
        return segment.first_side
    odd = rep_at(segment.tempo, elapsed_ms).rep % 2
    return segment.first_side.opposite if odd else segment.first_side


def digits_of(seconds: int, total_s: int) -> str:
    return words.clock(seconds) if total_s >= words.DIGITS_MAX_S else str(seconds)


def pulse(left_ms: int) -> float:
    """Return the countdown's size: it swells a little as each of the last three seconds begins."""
    if not 0 < left_ms <= PULSE_FROM_MS:
        return 1.0
    since = -left_ms % 1_000
    return 1.0 + PULSE * sin(pi * since / PULSE_MS) if since < PULSE_MS else 1.0


def swell(breath_ms: int, elapsed_ms: int) -> float:
    """Return how full a breath is: 0.0 at its start and end, 1.0 in the middle."""
    return (1 - _cosine(elapsed_ms % breath_ms / breath_ms)) / 2


def _cosine(turn: float) -> float:
    return sin(2 * pi * turn + pi / 2)


def dial_frame(
    place: Place, library: ExerciseLibrary, *, still: bool = False, paused: bool = False
) -> DialFrame:
    """Describe the dial at a moment; `still` moves it once a second only."""
    segment, elapsed = place.segment, place.spent_ms
    if still:
        elapsed = elapsed // 1_000 * 1_000
    total = segment.duration_ms
    tempo_index, tempo_part = _tempo_place(segment, elapsed)
    turn = min(1.0, elapsed / total) if total else 1.0
    digits, word, size, fullness = "", "", 1.0, 1.0
    match face(segment):
        case Face.COUNT_DOWN:
            left = max(0, total - place.spent_ms)
            total_s = words.seconds_up(total)
            digits = digits_of(words.seconds_up(left), total_s)
            size = 1.0 if still or paused else pulse(left)
            if segment.is_work:
                caption = words.of_total(total_s)
            else:
                caption = words.then(segment, _mode(segment, library))
        case Face.COUNT_UP:
            seconds = place.spent_ms // 1_000
            digits = digits_of(seconds, seconds)
            turn = elapsed % total / total
            caption = words.about(words.seconds_up(total))
        case Face.REPS:
            count = _parts(segment)
            assert segment.tempo is not None  # noqa: S101  (what `face` decides by)
            rep = min(count, elapsed // segment.tempo.rep_ms + 1)
            digits, caption = str(rep), words.of_reps(count)
            turn = _part_turn(elapsed / segment.tempo.rep_ms, count)
        case Face.BREATHS:
            count, breath_ms = _parts(segment), segment.breath_ms or 1
            breath = min(count, elapsed // breath_ms + 1)
            word = words.breath_word(out=elapsed % breath_ms >= breath_ms // 2)
            caption = words.of_breaths(breath, count)
            turn = _part_turn(elapsed / breath_ms, count)
            fullness = 1.0 if still else swell(breath_ms, elapsed)
        case what:
            assert_never(what)
    if place.lead_in_ms is not None:
        digits, word, size = str(max(1, words.seconds_up(place.lead_in_ms))), "", 1.0
        caption = translate("Player", "Get ready")
    return DialFrame(
        turn=turn,
        digits=digits,
        digit_scale=size,
        word=word,
        caption=caption,
        swell=fullness,
        tempo_index=tempo_index,
        tempo_part=tempo_part,
    )


def _part_turn(parts_done: float, count: int) -> float:
    return min(1.0, parts_done / count)


def _tempo_place(segment: Segment, elapsed: int) -> tuple[int, float]:
    """Return which shown tempo phase runs and how much of it is over."""
    if segment.tempo is None or not segment.is_work:
        return 0, 0.0
    if elapsed >= segment.duration_ms:
        elapsed = segment.duration_ms - 1
    place = rep_at(segment.tempo, elapsed)
    lengths = segment.tempo.phases_ms
    shown = sum(1 for length in lengths[: place.phase] if length)
    return shown, place.phase_elapsed_ms / lengths[place.phase]


def _mode(segment: Segment, library: ExerciseLibrary) -> Mode | None:
    exercise = library.get(segment.exercise) if segment.exercise else None
    if exercise is not None:
        return exercise.mode
    return Mode.HOLD if segment.phase is Phase.STATIC else None


def spoken(place: Place) -> str:
    """Say for a screen reader what the dial shows."""
    segment = place.segment
    match face(segment):
        case Face.COUNT_DOWN:
            left = words.seconds_up(max(0, segment.duration_ms - place.spent_ms))
            total = words.seconds_up(segment.duration_ms)
            if total < words.DIGITS_MAX_S:
                return translate("Player", "{left} seconds left of {total}").format(
                    left=left, total=total
                )
            return translate("Player", "{left} left of {total}").format(
                left=words.time_left(left), total=words.time_left(total)
            )
        case Face.COUNT_UP:
            return translate("Player", "{time} so far").format(
                time=words.time_left(place.spent_ms // 1_000)
            )
        case Face.REPS | Face.BREATHS:
            frame = dial_frame(place, {})
            return f"{frame.digits} {frame.caption}".strip()


@dataclass(frozen=True, slots=True)
class Clocks:
    """Seconds of the whole session: they add up to its length."""

    elapsed_s: int
    left_s: int


def clocks(timeline: Timeline, place: Place) -> Clocks:
    """Count the session without its get-ready."""
    lead = get_ready_ms(timeline)
    segment = place.segment
    into = place.elapsed_ms
    at = max(0, segment.start_ms + into - lead)
    total_s = words.seconds_up(timeline.duration_ms - lead)
    elapsed_s = min(total_s, at // 1_000)
    return Clocks(elapsed_s, total_s - elapsed_s)


def left_ms(timeline: Timeline, place: Place) -> int:
    """How long it takes from here to the end, get-ready and lead-in included."""
    return timeline.duration_ms - place.timeline_ms + (place.lead_in_ms or 0)


def get_ready_ms(timeline: Timeline) -> int:
    first = timeline.segments[0] if timeline.segments else None
    return first.duration_ms if first and first.kind is SegmentKind.GET_READY else 0
