"""The player: commands reach the session, sound follows, what happened is kept before it is told."""

from datetime import UTC, datetime

import pytest
from fake_sound import FakeSound, FakeVoice
from make import hold, step, timeline
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.domain.cues import CueKind
from app.domain.routine import OpenDose
from app.domain.session import (
    Event,
    Finished,
    LeadIn,
    Outcome,
    Paused,
    Running,
    SegmentFinished,
    SessionEnded,
)
from app.domain.speech import VoiceInfo
from app.ui.session_player import GATHER_MS, REPLAN_MS, SessionPlayer

PLAN = timeline(hold(20, name="One"), step("wall-calf", changeover_ms=6_000))
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Keeper:
    def __init__(self) -> None:
        self.events: list[Event] = []

    def handle(self, event: Event, now: datetime) -> None:
        assert now == NOON
        self.events.append(event)


class Stage:
    """A player with everything around it in a test's hands."""

    def __init__(self, plan: object = PLAN, voice: FakeVoice | None = None) -> None:
        self.sound = FakeSound()
        self.keeper = Keeper()
        self.player = SessionPlayer(
            plan,  # type: ignore[arg-type]
            self.sound,
            self.keeper,
            wall_clock=lambda: NOON,
            volume=0.5,
            tones=True,
            beat_every=1,
            voice=voice,
            voice_on=voice is not None,
        )
        self.told: list[str] = []
        self.player.segment_started.connect(lambda s: self.told.append(f"{s.kind} {s.step}"))
        self.player.state_changed.connect(lambda s: self.told.append(type(s).__name__))

    def run(self, ms: int) -> None:
        self.sound.clock_ms += ms
        self.player.tick()


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:  # noqa: ARG001  (brings the application)
    return Stage()


def test_start_plays_everything_from_the_beginning(stage: Stage) -> None:
    stage.player.start()
    (take,) = stage.sound.takes
    assert (take.from_ms, take.lead_in_ms) == (0, 0)
    assert take.cues[0].kind is CueKind.GET_READY
    assert take.cues[-1].kind is CueKind.ROUTINE_DONE
    assert stage.sound.volume == 0.5


def test_boundaries_come_from_the_sounds_clock_and_start_no_new_take(stage: Stage) -> None:
    stage.player.start()
    stage.run(10_000)
    stage.run(20_000)
    assert stage.told == ["get-ready 1", "Running", "work 1", "Running", "changeover 2", "Running"]
    assert stage.sound.calls == ["play"]


def test_pause_and_resume_lead_in_with_a_count(stage: Stage) -> None:
    stage.player.start()
    stage.run(15_000)
    stage.player.toggle()
    assert isinstance(stage.player.state, Paused)
    assert stage.sound.calls[-1] == "pause"
    stage.run(60_000)
    stage.player.toggle()
    assert isinstance(stage.player.state, LeadIn)
    take = stage.sound.takes[-1]
    assert (take.from_ms, take.lead_in_ms) == (15_000, 3_000)
    assert [cue.kind for cue in take.lead_in] == [CueKind.COUNT] * 3 + [CueKind.START]
    stage.run(3_000)
    assert isinstance(stage.player.state, Running)
    assert stage.sound.calls == ["play", "pause", "play"]


def test_skip_and_ten_more_play_from_the_new_place(stage: Stage) -> None:
    stage.player.start()
    stage.run(12_000)
    stage.player.ten_more()
    assert stage.sound.takes[-1].from_ms == 12_000
    assert stage.sound.takes[-1].cues[-1].at_ms == PLAN.duration_ms + 10_000
    stage.player.next()
    assert stage.sound.takes[-1].from_ms == 40_000


def test_a_command_that_means_nothing_leaves_the_sound_alone(stage: Stage) -> None:
    stage.player.start()
    stage.player.done()
    stage.player.resume()
    assert stage.sound.calls == ["play"]


def test_each_event_is_kept_before_it_is_told(stage: Stage) -> None:
    seen: list[bool] = []
    stage.player.segment_finished.connect(
        lambda s: seen.append(
            any(isinstance(e, SegmentFinished) and e.segment == s for e in stage.keeper.events)
        )
    )
    stage.player.start()
    stage.run(30_000)
    assert seen == [True, True]


def test_the_end_rings_out_and_a_stop_does_not(qtbot: QtBot) -> None:  # noqa: ARG001
    done, stopped = Stage(), Stage()
    ends: list[SessionEnded] = []
    for stage in (done, stopped):
        stage.player.ended.connect(ends.append)
        stage.player.start()
    done.run(PLAN.duration_ms)
    stopped.player.stop()
    assert [end.outcome for end in ends] == [Outcome.COMPLETED, Outcome.STOPPED]
    assert done.sound.calls[-1] == "ring_out"
    assert stopped.sound.calls[-1] == "stop"


def test_nothing_of_what_comes_after_open_work_sounds_before_it_is_done(qtbot: QtBot) -> None:  # noqa: ARG001
    stage = Stage(timeline(step("bridge", dose=OpenDose()), hold(20, name="Last")))
    stage.player.start()
    end = stage.player.timeline.segments[1].end_ms
    assert max(cue.at_ms for cue in stage.sound.takes[0].cues) < end
    stage.run(end + 30_000)
    assert stage.player.position().overtime_ms == 30_000
    stage.player.toggle()
    assert stage.sound.takes[-1].from_ms == end
    assert stage.sound.takes[-1].cues[-1].kind is CueKind.ROUTINE_DONE


def test_switching_tones_off_keeps_the_place(stage: Stage) -> None:
    stage.player.start()
    stage.run(5_000)
    stage.player.set_tones(False)
    assert stage.sound.calls[-1] == "replace"
    assert stage.sound.takes[-1].cues == ()
    stage.player.pause()
    stage.player.set_tones(True)
    assert stage.sound.calls[-1] == "pause"


def test_time_asleep_is_no_exercise(stage: Stage) -> None:
    notices: list[str] = []
    stage.player.notice.connect(notices.append)
    stage.player.start()
    stage.run(12_000)
    stage.sound.hole(stage.sound.clock_ms + 500)
    assert stage.player.state == Paused(1, 2_500, stage.sound.clock_ms + 500)
    assert notices == ["Paused while the computer slept. Press Space to go on."]


def test_lost_output_is_passed_on(stage: Stage) -> None:
    heard: list[bool] = []
    stage.player.output_changed.connect(heard.append)
    stage.sound.output(False)
    stage.sound.output(True)
    assert heard == [False, True]


def test_continuing_starts_at_the_steps_work_after_a_lead_in(stage: Stage) -> None:
    stage.player.start(step=2, lead_in_ms=10_000)
    take = stage.sound.takes[-1]
    assert take.from_ms == PLAN.work(2).start_ms
    assert take.lead_in[-1].at_ms == take.lead_in_ms == 10_000


def test_a_session_that_is_skipped_to_its_end_ends_with_the_same_sound(stage: Stage) -> None:
    stage.player.start()
    while not isinstance(stage.player.state, Finished):
        stage.player.next()
    assert stage.sound.calls[-2:] == ["play", "ring_out"]
    assert [cue.kind for cue in stage.sound.takes[-1].cues] == [CueKind.ROUTINE_DONE]


# The voice


def spoken(stage: Stage) -> list[str]:
    return [cue.text or "" for cue in stage.sound.takes[-1].cues if cue.kind is CueKind.VOICE]


def test_the_voice_is_asked_for_every_sentence_before_the_session_starts(qtbot: QtBot) -> None:  # noqa: ARG001
    voice = FakeVoice()
    stage = Stage(voice=voice)
    (asked,) = voice.asked
    assert asked[:2] == ("Test.", "On your feet.")
    stage.player.start()
    assert spoken(stage)[-1] == "Done. Well stretched."


def test_sentences_that_become_ready_are_planned_in_with_their_length(qtbot: QtBot) -> None:
    voice = FakeVoice()
    stage = Stage(voice=voice)
    stage.player.start()
    full = "Left side. Wall calf stretch. Thirty seconds."
    assert full in spoken(stage)
    voice.lengths["Thirty seconds."] = voice.lengths["Left side."] = 700
    voice.lengths["Wall calf stretch."] = 9_000
    voice.changed()
    voice.changed()
    qtbot.waitUntil(lambda: stage.sound.calls[-1] == "replace")
    assert stage.sound.calls.count("replace") == 1
    assert full not in spoken(stage)


def test_the_voice_can_be_switched_while_it_plays(qtbot: QtBot) -> None:  # noqa: ARG001
    stage = Stage(voice=FakeVoice())
    stage.player.start()
    stage.player.set_voice(False)
    assert stage.sound.calls[-1] == "replace"
    assert spoken(stage) == []
    stage.player.set_voice(True)
    assert spoken(stage)
    stage.player.set_tones(False)
    assert {cue.kind for cue in stage.sound.takes[-1].cues} == {CueKind.VOICE}


def test_levels_reach_the_sound_and_what_plays_is_made_anew(qtbot: QtBot) -> None:  # noqa: ARG001
    stage = Stage(voice=FakeVoice())
    stage.player.set_levels(tones=0.2, voice=0.9)
    assert stage.sound.calls == []
    stage.player.start()
    stage.player.set_levels(tones=0.3, voice=0.8)
    assert stage.sound.levels == (0.3, 0.8)
    assert stage.sound.calls[-1] == "replace"


def test_a_failing_voice_is_told_once(qtbot: QtBot) -> None:  # noqa: ARG001
    voice = FakeVoice()
    stage = Stage(voice=voice)
    told: list[str] = []
    stage.player.notice.connect(told.append)
    stage.player.start()
    voice.about = VoiceInfo(id="", name="", reason="", trouble="The voice stopped answering.")
    voice.changed()
    voice.changed()
    assert told == ["The voice stopped answering."]


def heard_of(stage: Stage) -> list[str]:
    told: list[str] = []
    stage.player.notice.connect(told.append)
    return told


def test_what_the_voice_goes_without_is_told_once_when_the_session_starts(
    qtbot: QtBot,  # noqa: ARG001
) -> None:
    voice = FakeVoice(about=VoiceInfo(id="", name="", reason="No voice.", lack="No voice."))
    stage = Stage(voice=voice)
    told = heard_of(stage)
    stage.player.start()
    voice.changed()
    assert told == ["No voice."]


def test_that_the_voice_is_switched_off_is_told_only_to_who_wants_it_on(
    qtbot: QtBot,  # noqa: ARG001
) -> None:
    stage = Stage(voice=FakeVoice(about=VoiceInfo(id="", name="", reason="It is switched off.")))
    told = heard_of(stage)
    stage.player.start()
    stage.player.set_voice(False)
    assert told == []
    stage.player.set_voice(True)
    stage.player.set_voice(False)
    stage.player.set_voice(True)
    assert told == ["It is switched off."] * 2


def test_what_is_never_said_is_left_out_of_its_line(qtbot: QtBot) -> None:  # noqa: ARG001
    stage = Stage(voice=FakeVoice(lengths={"Wall calf stretch.": 0}))
    stage.player.start()
    assert "Left side. Thirty seconds." in spoken(stage)


def test_what_is_said_next_is_made_ready_first(qtbot: QtBot) -> None:  # noqa: ARG001
    voice = FakeVoice()
    stage = Stage(voice=voice)
    stage.player.start(step=2, lead_in_ms=3_000)
    assert voice.asked[-1][0] != "Test."
    assert set(voice.asked[-1]) == set(voice.asked[0])
    stage.run(4_000)
    stage.player.go_to_step(1)
    assert voice.asked[-1].index("Halfway.") < voice.asked[-1].index("Wall calf stretch.")


def test_sentences_for_later_are_gathered(qtbot: QtBot) -> None:  # noqa: ARG001
    plan = timeline(hold(60, name="One"), step("wall-calf", changeover_ms=6_000))
    voice = FakeVoice()
    stage = Stage(plan, voice=voice)
    stage.player.start()
    stage.run(20_000)
    voice.changed()
    assert stage.player._replan.interval() == GATHER_MS
    voice.lengths["Wall calf stretch."] = 900
    stage.run(45_000)
    voice.changed()
    assert stage.player._replan.interval() == REPLAN_MS


def test_what_outlives_a_session_does_not_reach_it_after_its_end(qtbot: QtBot) -> None:  # noqa: ARG001
    voice = FakeVoice()
    stage = Stage(voice=voice)
    stage.player.start()
    voice.changed()
    stage.player.stop()
    delete(stage.player)
    voice.about = VoiceInfo(id="", name="", reason="", trouble="The voice stopped answering.")
    voice.changed()
    stage.sound.output(False)
    stage.sound.hole(3_000)
    assert "replace" not in stage.sound.calls
