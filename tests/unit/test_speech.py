"""What is said at which moment, in which form."""

from __future__ import annotations

from make import EXERCISES, block, hold, routine, step

from app.domain import phrases
from app.domain.choices import Choices, Side
from app.domain.cues import TONE_MS, CueKind, plan
from app.domain.expand import expand
from app.domain.routine import BreathsDose, OpenDose, RepsDose, SideChoice, Step, TimeDose
from app.domain.speech import Speech, estimate_ms, gap_after_ms, line_ms, needed, said
from app.domain.timeline import Segment, SegmentKind, Timeline


def laid(*steps: Step, choices: Choices | None = None, **keys: object) -> Timeline:
    return expand(routine(block(*steps), **keys), EXERCISES, choices or Choices())


def lines(timeline: Timeline, speech: Speech | None = None) -> list[tuple[int, str]]:
    return [(cue.at_ms, cue.text or "") for cue in sorted_lines(timeline, speech)]


def sorted_lines(timeline: Timeline, speech: Speech | None = None):  # noqa: ANN201  (cues)
    return sorted(said(timeline, speech or Speech()), key=lambda cue: cue.at_ms)


def texts(timeline: Timeline, speech: Speech | None = None) -> list[str]:
    return [text for _, text in lines(timeline, speech)]


def kinds(timeline: Timeline, kind: SegmentKind) -> list[Segment]:
    return [segment for segment in timeline.segments if segment.kind is kind]


def slow(factor: float) -> Speech:
    """A voice that needs so many times its estimate."""
    return Speech(lengths=lambda sentence: round(factor * phrases.speech_ms(sentence)))


def test_a_voice_that_never_says_anything_has_no_lines() -> None:
    assert texts(laid(step("wall-calf")), slow(0)) == []


def test_what_is_never_said_is_left_out_and_the_rest_of_the_line_stays() -> None:
    never = {"Test.", "Bridge.", "Well stretched."}
    speech = Speech(lengths=lambda sentence: 0 if sentence in never else None)
    timeline = laid(step("wall-calf"), step("bridge", dose=RepsDose(8)))
    said = texts(timeline, speech)
    assert said[0] == "On your feet. First: Wall calf stretch, left side."
    assert said[-2:] == ["On your back. Eight repetitions.", "Done."]


def test_a_session_is_led_from_get_ready_to_the_end() -> None:
    timeline = laid(step("wall-calf"), step("bridge", dose=RepsDose(8)))
    assert texts(timeline) == [
        "Test. On your feet. First: Wall calf stretch, left side.",
        "Thirty seconds.",
        "Halfway.",
        "Switch to right side.",
        "Halfway.",
        "On your back. Bridge. Eight repetitions.",
        "Done. Well stretched.",
    ]


def test_a_line_follows_the_tone_that_opens_its_segment() -> None:
    timeline = laid(step("wall-calf"), step("bridge"), changeover_ms=20_000)
    changeover = kinds(timeline, SegmentKind.CHANGEOVER)[-1]
    at = next(at for at, text in lines(timeline) if text.startswith("On your back"))
    assert at == changeover.start_ms + TONE_MS[CueKind.STEP_DONE] + 50


def test_where_time_is_short_a_line_begins_under_the_tone() -> None:
    timeline = laid(step("wall-calf"), step("bridge"))
    changeover = kinds(timeline, SegmentKind.CHANGEOVER)[-1]
    short = laid(
        step("wall-calf"),
        step("bridge"),
        changeover_ms=estimate_ms(phrases.changeover_sentences(changeover)) // 100 * 100 + 100,
    )
    begins = kinds(short, SegmentKind.CHANGEOVER)[-1].start_ms
    assert (begins, "On your back. Bridge. Eight repetitions.") in lines(short)


def test_a_changeover_too_short_for_its_line_says_side_and_name() -> None:
    timeline = laid(step("bridge"), step("wall-calf", changeover_ms=2_500, side=SideChoice.LEFT))
    assert "Left side. Wall calf stretch." in texts(timeline)


def test_a_shorter_one_says_the_side_alone_and_the_shortest_nothing() -> None:
    for length_ms, expected in ((1_000, "Left side."), (200, None)):
        timeline = laid(
            step("bridge"), step("wall-calf", changeover_ms=length_ms, side=SideChoice.LEFT)
        )
        changeover = kinds(timeline, SegmentKind.CHANGEOVER)[0]
        inside = [
            text for at, text in lines(timeline) if changeover.start_ms <= at < changeover.end_ms
        ]
        assert inside == ([expected] if expected else [])


def test_a_voice_that_takes_longer_uses_the_short_form() -> None:
    timeline = laid(step("bridge"), step("wall-calf", side=SideChoice.LEFT))
    assert "On your feet. Left side. Wall calf stretch. Thirty seconds." in texts(timeline)
    assert "Left side. Wall calf stretch." in texts(timeline, slow(4.5))


def test_a_rest_says_what_comes_next() -> None:
    timeline = laid(step("bridge", rest_ms=20_000), step("dead-bug"))
    rest = kinds(timeline, SegmentKind.REST)[0]
    assert (rest.start_ms + TONE_MS[CueKind.REST] + 50, "Rest. Next: Dead bug.") in lines(timeline)


def test_without_a_changeover_the_name_comes_before_the_end_and_the_dose_after_the_start() -> None:
    timeline = laid(
        step("wall-calf", side=SideChoice.LEFT),
        step("twist", side=SideChoice.RIGHT, changeover_ms=0),
    )
    first, second = kinds(timeline, SegmentKind.WORK)
    coming = "Next: Seated twist. Right side."
    at = next(at for at, text in lines(timeline) if text == coming)
    assert at + phrases.speech_ms(coming) == first.end_ms - 3_000 - 100
    assert (second.start_ms + 650, "Twenty seconds.") in lines(timeline)


def test_sides_without_a_changeover_are_told_before_the_end() -> None:
    timeline = laid(step("wall-calf", side_change_ms=0))
    assert "Switch to right side." in texts(timeline)
    assert texts(timeline).count("Thirty seconds.") == 1


def test_ten_seconds_are_said_in_long_holds_only() -> None:
    timeline = laid(hold(45), hold(44))
    long, short = kinds(timeline, SegmentKind.WORK)
    assert [at for at, text in lines(timeline) if text == "Ten seconds."] == [long.end_ms - 10_000]
    assert short.duration_ms == 44_000


def test_only_the_last_breath_is_said() -> None:
    timeline = laid(step("twist", dose=BreathsDose(4), side=SideChoice.LEFT))
    work = kinds(timeline, SegmentKind.WORK)[0]
    assert (work.start_ms + 30_000, "Last breath.") in lines(timeline)
    assert "Halfway." not in texts(timeline)


def test_an_open_step_says_that_it_waits() -> None:
    timeline = laid(step("bridge"), step("dead-bug", dose=OpenDose()))
    assert "Dead bug. Take your time; press when done." in texts(timeline)


def test_a_walk_says_the_cadence_to_reach() -> None:
    timeline = laid(step("walk", dose=TimeDose(60_000), cadence=(100, "goal")))
    assert "One minute. Up to one hundred seventy steps a minute." in texts(timeline)
    own = laid(
        step("walk", dose=TimeDose(60_000), cadence=(100, "goal")),
        choices=Choices(goal_cadence=164),
    )
    assert "One minute. Up to one hundred sixty-four steps a minute." in texts(own)


def test_words_stand_in_for_the_tones_of_count_and_tempo() -> None:
    timeline = laid(step("bridge", dose=RepsDose(3)), hold(20))
    speech = Speech(counts=True, tempo=True)
    cues = plan(timeline, speech=speech)
    assert CueKind.COUNT not in {cue.kind for cue in cues}
    # Only where a word finds no room a tone stays.
    spoken = {cue.at_ms for cue in cues if cue.kind is CueKind.VOICE}
    ticks = [cue.at_ms for cue in plan(timeline) if cue.kind is CueKind.TEMPO]
    assert [cue.at_ms for cue in cues if cue.kind is CueKind.TEMPO] == [
        at_ms for at_ms in ticks if at_ms not in spoken
    ]
    assert len(spoken.intersection(ticks)) > len(ticks) // 2
    heard = texts(timeline, speech)
    assert heard.count("Up.") == 3
    assert heard.count("Down.") == 3
    assert heard.count("Hold.") == 2  # the first one gives way to the dose
    ready = timeline.segments[0]
    assert (ready.end_ms - 3_000, "Three.") in lines(timeline, speech)
    assert (ready.end_ms - 1_000, "One.") in lines(timeline, speech)


def test_the_more_important_line_is_said_where_two_would_meet() -> None:
    timeline = laid(hold(45), step("wall-calf", changeover_ms=0, side=SideChoice.LEFT))
    work = kinds(timeline, SegmentKind.WORK)[0]
    said_there = [text for at, text in lines(timeline) if work.start_ms < at < work.end_ms]
    assert "Next: Wall calf stretch. Left side." in said_there
    for one, other in zip(lines(timeline), lines(timeline)[1:], strict=False):
        assert one[0] + phrases.speech_ms(one[1]) <= other[0]


def test_the_gap_after_a_side_is_the_shorter_one() -> None:
    assert gap_after_ms("Left side.") == 150
    assert gap_after_ms("On your back.") == 250
    assert line_ms(("Left side.", "Bridge."), lambda _: 1_000) == 2_150
    assert line_ms(("Left side.", "Bridge."), lambda s: None if s == "Bridge." else 1) is None


def test_sentences_are_asked_for_in_the_order_of_need() -> None:
    timeline = laid(step("wall-calf"), step("bridge"))
    asked = needed(timeline, Speech())
    assert asked[:3] == ("Test.", "On your feet.", "First: Wall calf stretch, left side.")
    assert asked.index("Switch to right side.") < asked.index("Bridge.")
    assert len(asked) == len(set(asked))


def test_lines_have_no_side_of_their_own() -> None:
    timeline = laid(step("wall-calf"), choices=Choices(first_side=Side.RIGHT))
    assert {cue.side for cue in said(timeline, Speech())} == {None}
