"""A player whose clock stands still until a test moves it, and routines that show every state."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from fake_sound import FakeSound

from app.domain.choices import Choices
from app.domain.exercise import Category, Exercise, Mode, Position, Sides, Tempo
from app.domain.expand import expand
from app.domain.routine import (
    Block,
    BreathsDose,
    OpenDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.ui.session_player import SessionPlayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.session import Event
    from app.domain.timeline import Timeline

NOON = datetime(2025, 11, 20, 12, 0, tzinfo=timezone(timedelta(hours=1)))

LIBRARY = {
    exercise.id: exercise
    for exercise in (
        Exercise(
            id="quad",
            figure="standing-quad-stretch",
            name="Standing quad stretch",
            category=Category.STATIC,
            position=Position.STANDING,
            sides=Sides.EACH,
            mode=Mode.HOLD,
            seconds_ms=30_000,
            cues=("Knees side by side.", "Tuck the pelvis, stand tall."),
        ),
        Exercise(
            id="hamstring",
            figure="towel-hamstring-stretch",
            name="Supine hamstring stretch",
            category=Category.STATIC,
            position=Position.SUPINE,
            sides=Sides.EACH,
            mode=Mode.HOLD,
            seconds_ms=45_000,
            cues=("Keep the knee soft.", "Breathe out as you ease in."),
        ),
        Exercise(
            id="hip-flexor",
            figure="half-kneeling-hip-flexor-stretch",
            name="Half-kneeling hip flexor stretch",
            category=Category.STATIC,
            position=Position.HALF_KNEELING,
            sides=Sides.EACH,
            mode=Mode.HOLD,
            seconds_ms=40_000,
            cues=("Squeeze the back glute.", "Hips forward, ribs down."),
        ),
        Exercise(
            id="bridge",
            figure="glute-bridge",
            name="Glute bridge",
            category=Category.CORE,
            position=Position.SUPINE,
            sides=Sides.BOTH,
            mode=Mode.REPS,
            reps=12,
            tempo=Tempo(phases_ms=(2_000, 1_000, 3_000, 0), labels=("up", "hold", "down", "")),
            cues=("Press through the heels.", "Ribs down at the top."),
        ),
        Exercise(
            id="dead-bug",
            name="Dead bug",
            category=Category.CORE,
            position=Position.SUPINE,
            sides=Sides.BOTH,
            mode=Mode.REPS,
            reps=8,
            tempo=Tempo(phases_ms=(2_000, 0, 2_000, 0), labels=("out", "", "in", "")),
            alternating=True,
        ),
        Exercise(
            id="walk",
            figure="brisk-walk",
            name="Walk to pace",
            category=Category.WARM_UP,
            position=Position.WALKING,
            sides=Sides.BOTH,
            mode=Mode.MOVE,
            seconds_ms=120_000,
        ),
        Exercise(
            id="breathing",
            figure="childs-pose",
            name="Belly breathing",
            category=Category.BREATHING,
            position=Position.SUPINE,
            sides=Sides.BOTH,
            mode=Mode.HOLD,
            seconds_ms=60_000,
            cues=("Let your belly rise.",),
        ),
    )
}

EVERY_FACE = Routine(
    id="every-face",
    name="Post-run static holds",
    blocks=(
        Block(
            name="Holds",
            steps=(
                Step(exercise="quad", side_change_ms=10_000),
                Step(exercise="hamstring", side_change_ms=10_000),
                Step(exercise="hip-flexor"),
            ),
        ),
        Block(
            name="Core",
            rounds=2,
            rest_ms=20_000,
            steps=(Step(exercise="bridge"), Step(exercise="dead-bug")),
        ),
        Block(
            name="Others",
            steps=(
                Step(exercise="walk", cadence=(120, 168)),
                Step(exercise="bridge", dose=TimeDose(40_000)),
                Step(exercise="breathing", dose=BreathsDose(6)),
                Step(exercise="hamstring", dose=OpenDose(60_000), side=SideChoice.LEFT),
                Step(exercise="bridge", dose=RepsDose(30)),
                Step(name="Shake it out", dose=TimeDose(20_000)),
            ),
        ),
    ),
)
"""One segment of every kind, dose and face. Steps count from 1: see `STEP`."""

STEP = {
    "quad left": 1,
    "quad right": 2,
    "hamstring left": 3,
    "hamstring right": 4,
    "hip flexor left": 5,
    "bridge": 7,
    "dead bug": 8,
    "bridge again": 9,
    "walk": 11,
    "timed bridge": 12,
    "breathing": 13,
    "open": 14,
    "many reps": 15,
    "last": 16,
}


class Keeper:
    """Keeps nothing but the list of what happened."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def handle(self, event: Event, _now: datetime) -> None:
        self.events.append(event)


class Rig:
    """A real session player on a fake sound's clock."""

    def __init__(self, timeline: Timeline | None = None) -> None:
        self.timeline = timeline or every_face()
        self.sound = FakeSound()
        self.keeper = Keeper()
        self.player = SessionPlayer(
            self.timeline,
            self.sound,
            self.keeper,
            wall_clock=self.now,
            volume=0.7,
            tones=True,
            beat_every=1,
        )

    def now(self) -> datetime:
        """Return the wall clock: noon and what has passed since."""
        return NOON + timedelta(milliseconds=self.sound.clock_ms - FakeSound().clock_ms)

    def advance(self, ms: int) -> None:
        self.sound.clock_ms += ms
        self.player.tick()

    def go(self, step: int, *, into_ms: int = 0, changeover: bool = False) -> None:
        """Stand in a step's work, or in the changeover before it, so many milliseconds in."""
        work = self.timeline.work(step)
        target = self.timeline.segments[work.index - 1] if changeover else work
        self.player.go_to_step(step)
        while self.player.position().segment.index < target.index:
            left = self.player.position().left_ms
            self.advance(max(1, left))
        self.advance(into_ms)


def every_face(choices: Choices | None = None) -> Timeline:
    return expand(EVERY_FACE, LIBRARY, choices or Choices())


def named(name: str, cues: Sequence[str] = (), routine: str = "Routine") -> Timeline:
    """One hold of an exercise with any name and cues, on each side."""
    exercise = Exercise(
        id="named",
        name=name,
        category=Category.STATIC,
        position=Position.HALF_KNEELING,
        sides=Sides.EACH,
        mode=Mode.HOLD,
        seconds_ms=40_000,
        cues=tuple(cues),
    )
    blocks = (Block(name="Block", steps=(Step(exercise="named"),)),)
    return expand(Routine(id="named", name=routine, blocks=blocks), {"named": exercise}, Choices())
