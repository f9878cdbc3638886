"""A routine laid flat: product section "The timeline" and the fine print, rule by rule."""

import pytest
from make import EXERCISES, block, hold, routine, step, timeline

from app.domain.choices import Choices, Side
from app.domain.errors import RoutineError
from app.domain.exercise import Phase, Position
from app.domain.expand import expand, position_change_ms
from app.domain.phrases import changeover_line, get_ready_line, speech_ms
from app.domain.routine import BreathsDose, OpenDose, RepsDose, SideChoice, TimeDose
from app.domain.timeline import SegmentKind, Timeline


def shape(made: Timeline) -> list[tuple[str, int]]:
    return [(s.kind.value, s.duration_ms) for s in made.segments]


def works(made: Timeline) -> list[tuple[str, Side, int]]:
    return [(s.name, s.side, s.duration_ms) for s in made.segments if s.is_work]


def test_each_means_the_whole_dose_left_then_a_changeover_then_the_whole_dose_right() -> None:
    made = timeline(step("wall-calf", dose=TimeDose(30_000)))
    assert shape(made)[1:] == [("work", 30_000), ("changeover", 5_000), ("work", 30_000)]
    assert [s.side for s in made.segments[1:]] == [Side.LEFT, Side.RIGHT, Side.RIGHT]
    assert made.segments[2].switch


def test_the_first_side_is_a_choice() -> None:
    made = timeline(step("wall-calf"), choices=Choices(first_side=Side.RIGHT))
    assert [side for _, side, _ in works(made)] == [Side.RIGHT, Side.LEFT]


def test_a_typed_length_of_zero_leaves_the_segment_out() -> None:
    made = timeline(step("wall-calf", side_change_ms=0), step("twist", changeover_ms=0))
    assert [kind for kind, _ in shape(made)] == [
        "get-ready",
        "work",
        "work",
        "work",
        "changeover",
        "work",
    ]


def test_the_step_says_its_changeover_before_the_routine_does() -> None:
    made = timeline(
        step("bridge"), step("bridge", changeover_ms=7_000), step("bridge"), changeover_ms=20_000
    )
    assert [ms for kind, ms in shape(made) if kind == "changeover"] == [7_000, 20_000]


def test_an_untyped_changeover_comes_from_the_change_of_position_or_its_lines() -> None:
    made = timeline(step("wall-calf"), step("bridge", dose=RepsDose(8)))
    changeover = made.segments[-2]
    assert changeover_line(changeover) == "On your back. Bridge. Eight repetitions."
    assert speech_ms(changeover_line(changeover)) < 12_000
    assert changeover.duration_ms == 12_000


def test_an_untyped_changeover_is_never_shorter_than_what_is_said_in_it() -> None:
    named = hold(
        30, name="A very long name of a stretch that nobody would ever say in four seconds"
    )
    made = timeline(hold(10), step(name=named.name, dose=named.dose, side=SideChoice.LEFT))
    changeover = made.segments[-2]
    assert changeover.duration_ms == speech_ms(changeover_line(changeover)) > 4_000


def test_an_untyped_side_change_is_never_shorter_than_what_is_said_in_it() -> None:
    made = timeline(step("wall-calf"), choices=Choices(side_change_ms=1_000))
    assert made.segments[2].duration_ms == speech_ms("Switch to right side.")


@pytest.mark.parametrize(
    ("before", "after", "seconds"),
    [
        (Position.STANDING, Position.STANDING, 4),
        (Position.STANDING, Position.RUNNING, 4),
        (Position.SEATED, Position.KNEELING, 6),
        (Position.HALF_KNEELING, Position.SEATED, 6),
        (Position.WALKING, Position.SEATED, 8),
        (Position.KNEELING, Position.STANDING, 8),
        (Position.STANDING, Position.SUPINE, 12),
        (Position.PLANK, Position.SEATED, 12),
        (Position.SUPINE, Position.PRONE, 6),
        (Position.QUADRUPED, Position.PLANK, 6),
        (Position.SUPINE, Position.SUPINE, 4),
    ],
)
def test_getting_to_the_floor_takes_longer(before: Position, after: Position, seconds: int) -> None:
    assert position_change_ms(before, after) == seconds * 1_000


def test_get_ready_is_the_longest_of_setting_first_changeover_and_its_line() -> None:
    assert timeline(hold(30)).segments[0].duration_ms == 10_000
    by_changeover = timeline(step("bridge", changeover_ms=25_000))
    assert shape(by_changeover) == [("get-ready", 25_000), ("work", 40_000)]
    talkative = hold(30, name="A name of a stretch that takes its time to be said to its end")
    by_line = timeline(talkative, choices=Choices(get_ready_ms=3_000)).segments[0]
    assert by_line.duration_ms == speech_ms(get_ready_line("Test", by_line)) > 4_000


def test_rest_comes_once_after_the_second_side_then_one_changeover() -> None:
    made = timeline(step("wall-calf", rest_ms=15_000), step("bridge", changeover_ms=6_000))
    assert [kind for kind, _ in shape(made)] == [
        "get-ready", "work", "changeover", "work", "rest", "changeover", "work",
    ]  # fmt: skip


def test_between_rounds_the_longer_rest_holds_and_none_after_the_last() -> None:
    made = expand(
        routine(block(hold(10), hold(5, rest_ms=8_000), rounds=2, rest_ms=20_000), block(hold(3))),
        EXERCISES,
        Choices(),
    )
    assert [ms for kind, ms in shape(made) if kind == "rest"] == [20_000, 8_000]


def test_no_routine_ends_with_a_rest() -> None:
    made = expand(
        routine(block(hold(10, rest_ms=9_000)), block(hold(10), optional=True)),
        EXERCISES,
        Choices(),
    )
    assert shape(made) == [("get-ready", 10_000), ("work", 10_000)]


def test_reps_last_as_long_as_their_tempo() -> None:
    made = timeline(step("bridge", dose=RepsDose(8)), step("bridge", tempo_ms=(3_000, 0, 3_000, 0)))
    assert [ms for _, _, ms in works(made)] == [8 * 5_000, 8 * 6_000]


def test_a_reps_exercise_with_seconds_keeps_its_tempo_until_the_time_is_over() -> None:
    work = timeline(step("bridge", dose=TimeDose(33_000))).segments[1]
    assert work.duration_ms == 33_000
    assert work.tempo == EXERCISES["bridge"].tempo


def test_free_names_have_a_default_tempo_and_phase() -> None:
    made = timeline(
        step(name="Wall angel", dose=RepsDose(5)), step(name="Hang", dose=TimeDose(20_000))
    )
    reps, hang = (s for s in made.segments if s.is_work)
    assert (reps.duration_ms, reps.phase) == (5 * 4_000, Phase.CORE)
    assert hang.phase is Phase.STATIC


def test_a_free_name_stays_in_the_position_before_it() -> None:
    made = timeline(step("bridge"), step(name="Breathe", dose=TimeDose(20_000)))
    assert made.segments[-1].position is Position.SUPINE
    assert timeline(hold(10)).segments[0].position is Position.STANDING


def test_breaths_last_as_long_as_the_user_breathes() -> None:
    made = timeline(step("twist", dose=BreathsDose(6)), choices=Choices(breath_ms=8_000))
    assert made.segments[1].duration_ms == 48_000
    assert made.segments[1].breath_ms == 8_000


def test_open_ended_steps_count_with_their_estimate() -> None:
    made = timeline(step("bridge", dose=OpenDose()), step("bridge", dose=OpenDose(90_000)))
    assert [s.duration_ms for s in made.segments if s.is_open] == [60_000, 90_000]


def test_goal_cadence_is_the_users_own_or_170() -> None:
    ramp = step("walk", cadence=(100, "goal"))
    assert timeline(ramp).segments[1].cadence == (100, 170)
    assert timeline(ramp, choices=Choices(goal_cadence=182)).segments[1].cadence == (100, 182)


@pytest.mark.parametrize(
    ("exercise", "affected", "sides"),
    [
        ("wall-calf", None, [Side.LEFT, Side.RIGHT]),
        ("wall-calf", Side.RIGHT, [Side.RIGHT]),
        ("bridge", None, [Side.BOTH]),
        ("bridge", Side.LEFT, [Side.LEFT]),
    ],
)
def test_affected_is_the_marked_side_or_all_of_it(
    exercise: str, affected: Side | None, sides: list[Side]
) -> None:
    made = timeline(step(exercise, side=SideChoice.AFFECTED), choices=Choices(affected=affected))
    assert [side for _, side, _ in works(made)] == sides


def test_alternating_is_one_segment_that_takes_turns() -> None:
    work = timeline(step("dead-bug")).segments[1]
    assert (work.side, work.alternating, work.duration_ms) == (Side.BOTH, True, 12_000)


def test_optional_parts_are_in_only_when_switched_on() -> None:
    made = routine(block(hold(10), hold(20, optional=True)), block(hold(30), optional=True))

    def lengths(choices: Choices) -> list[int]:
        return [
            s.duration_ms // 1_000 for s in expand(made, EXERCISES, choices).segments if s.is_work
        ]

    assert lengths(Choices()) == [10]
    assert lengths(Choices(with_optional=True)) == [10, 20, 30]
    assert lengths(Choices(switched_on=frozenset({(0, 1)}))) == [10, 20]
    assert lengths(Choices(switched_on=frozenset({(1, None)}))) == [10, 30]
    assert lengths(Choices(with_optional=True, switched_off=frozenset({(0, 0)}))) == [20, 30]


def test_nothing_left_to_do_is_said() -> None:
    with pytest.raises(RoutineError, match="nothing left to do"):
        timeline(hold(10, optional=True))


def test_an_unknown_exercise_is_named() -> None:
    with pytest.raises(RoutineError, match="'no-such'"):
        timeline(step("no-such"))


def test_a_rounds_bomb_stops_at_the_limit() -> None:
    bomb = routine(*(block(*(hold(1) for _ in range(100)), rounds=50) for _ in range(5)))
    with pytest.raises(RoutineError, match="2,000 segments"):
        expand(bomb, EXERCISES, Choices())


def test_six_hours_are_the_limit() -> None:
    with pytest.raises(RoutineError, match="6 hours"):
        timeline(*(hold(3_600) for _ in range(7)))


def test_steps_count_work_segments_and_lead_segments_name_the_coming_one() -> None:
    made = timeline(step("wall-calf"), step("bridge", changeover_ms=6_000))
    assert made.steps == 3
    assert [(s.kind, s.step, s.name) for s in made.segments][-2:] == [
        (SegmentKind.CHANGEOVER, 3, "Bridge"),
        (SegmentKind.WORK, 3, "Bridge"),
    ]


def test_position_is_announced_only_where_its_words_change() -> None:
    made = timeline(step("walk"), step("wall-calf"), step("bridge"), step("dead-bug"))
    announced = [s.name for s in made.segments if s.new_position and not s.is_work]
    assert announced == ["Walk", "Bridge"]


def test_lengthening_moves_only_what_comes_after() -> None:
    made = timeline(step("wall-calf"), step("bridge"))
    grown = made.lengthened(1, 10_000)
    assert grown.segments[0] == made.segments[0]
    assert grown.segments[1].duration_ms == made.segments[1].duration_ms + 10_000
    assert [b.start_ms - a.start_ms for a, b in zip(made.segments, grown.segments, strict=True)] == [
        0, 0, *[10_000] * (len(made.segments) - 2),
    ]  # fmt: skip
