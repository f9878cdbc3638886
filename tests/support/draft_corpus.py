"""Pasted lines as physios, coaches and leaflets write them, and what each of them says."""

# ruff: noqa: RUF001  (people write dashes and crosses as they come)

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["s", "reps", "breaths", "open"]


@dataclass(frozen=True, kw_only=True)
class Reads:
    """What one entry has to come to; `asks`: only a person can say, so it has to be in doubt."""

    kind: str = "step"
    exercise: str | None = None
    name: str | None = None
    sets: int | None = None
    dose: tuple[Unit, int] | None = None
    most: int | None = None
    sides: str | None = None
    rest: int | None = None
    hold: int | None = None
    asks: bool = False


@dataclass(frozen=True)
class Pasted:
    """A pasted text with the reading of each entry, in order."""

    text: str
    reads: tuple[Reads, ...]


def ex(
    exercise: str,
    sides: str,
    *,
    sets: int | None = None,
    s: int | None = None,
    reps: int | None = None,
    breaths: int | None = None,
    open_ended: bool = False,
    most: int | None = None,
    rest: int | None = None,
    hold: int | None = None,
) -> Reads:
    """Return a step of the library's."""
    return Reads(
        exercise=exercise,
        sides=sides,
        sets=sets,
        dose=_dose(s, reps, breaths, open_ended=open_ended),
        most=most,
        rest=rest,
        hold=hold,
    )


def free(
    name: str,
    sides: str | None = None,
    *,
    sets: int | None = None,
    s: int | None = None,
    reps: int | None = None,
    breaths: int | None = None,
    most: int | None = None,
    rest: int | None = None,
    hold: int | None = None,
) -> Reads:
    """Return a step with a free name."""
    return Reads(
        name=name,
        sides=sides,
        sets=sets,
        dose=_dose(s, reps, breaths, open_ended=False),
        most=most,
        rest=rest,
        hold=hold,
    )


def _dose(
    s: int | None, reps: int | None, breaths: int | None, *, open_ended: bool
) -> tuple[Unit, int] | None:
    if s is not None:
        return "s", s
    if reps is not None:
        return "reps", reps
    if breaths is not None:
        return "breaths", breaths
    return ("open", 0) if open_ended else None


HEADING = Reads(kind="heading")
NOTE = Reads(kind="note")
ASKS = Reads(asks=True)


def rounds(number: int) -> Reads:
    return Reads(kind="heading", sets=number)


def one(text: str, *reads: Reads) -> Pasted:
    return Pasted(text, reads)


CORPUS = (
    # shorthand of a gym or a physio's notepad
    one(
        "Hamstring stretch 3 x 30 s each side",
        ex("standing-hamstring-stretch", "each", sets=3, s=30),
    ),
    one("Plank 45 sec x2 rest 20", ex("forearm-plank", "both", sets=2, s=45, rest=20)),
    one("12-15 back extensions", ex("prone-back-extension", "both", reps=12, most=15)),
    one("calf stretch 2x45s ea", ex("gastrocnemius-wall-stretch", "each", sets=2, s=45)),
    one("SL bridge 3x8 e/s", ex("single-leg-bridge", "each", sets=3, reps=8)),
    one('Side plank 3 x 20" ea side', ex("side-bridge", "each", sets=3, s=20)),
    one("quads 2x30s R/L", ex("standing-quad-stretch", "each", sets=2, s=30)),
    one("Hip flexors 1 min each side", ex("half-kneeling-hip-flexor-stretch", "each", s=60)),
    one("Squats 3 x 10", ex("bodyweight-squat", "both", sets=3, reps=10)),
    one("3x12 glute bridges", ex("glute-bridge", "both", sets=3, reps=12)),
    one("3 × 12 squats, 60s rest", ex("bodyweight-squat", "both", sets=3, reps=12, rest=60)),
    one("Bird dog 2*8/side", ex("bird-dog", "each", sets=2, reps=8)),
    one("dead bugs 3x10", ex("dead-bug", "both", sets=3, reps=10)),
    one("clams x 15 each leg", ex("clamshell", "each", reps=15)),
    one("Calf raises x20", ex("calf-raise", "both", reps=20)),
    one("Leg swings 15/leg", ex("leg-swing", "each", reps=15)),
    one("plank 60s x 3 (30s rest)", ex("forearm-plank", "both", sets=3, s=60, rest=30)),
    one("World's greatest stretch x5/side", ex("worlds-greatest-stretch", "each", reps=5)),
    one("10 inchworms", ex("inchworm", "both", reps=10)),
    one("High knees 30s", ex("high-knees", "both", s=30)),
    one("butt kicks - 30 sec", ex("heel-flicks", "both", s=30)),
    one("RDL 3 x 8 @ 10kg", ex("dumbbell-romanian-deadlift", "both", sets=3, reps=8)),
    one("Step ups 2 x 10 each leg (15cm step)", ASKS),
    one("foam roll quads 60s/side", ex("foam-roll-quadriceps", "each", s=60)),
    one("ITB stretch 30sec L+R", ex("standing-it-band-stretch", "each", s=30)),
    one("Pigeon 90s per side", ex("supine-figure-four-stretch", "each", s=90)),
    one("Superman 3x8, hold 3s", ex("superman", "both", sets=3, reps=8, hold=3)),
    one("plank max hold x 2", ex("forearm-plank", "both", sets=2, open_ended=True)),
    one("10/10 leg swings", ex("leg-swing", "each", reps=10)),
    one("hip flexor 30s/30s", ex("half-kneeling-hip-flexor-stretch", "each", s=30)),
    # a physio's email
    one(
        "Hamstring stretch: hold for 30 seconds, repeat 3 times on each leg",
        ex("standing-hamstring-stretch", "each", sets=3, s=30),
    ),
    one(
        "Please do the calf stretch with a bent knee for 30 seconds each side, twice",
        ex("soleus-wall-stretch", "each", sets=2, s=30),
    ),
    one(
        "Piriformis stretch - hold 45 seconds, 2 times per side",
        ex("supine-figure-four-stretch", "each", sets=2, s=45),
    ),
    one("Glute bridges, 10 reps, hold 5 s", ex("glute-bridge", "both", reps=10, hold=5)),
    one(
        "Bridging: 2 sets of 12 reps with a 3 second hold at the top",
        ex("glute-bridge", "both", sets=2, reps=12, hold=3),
    ),
    one(
        "Side lying hip abduction, 3 sets of 12 on each side",
        ex("side-lying-hip-abduction", "each", sets=3, reps=12),
    ),
    one("Child's pose for 5 deep breaths", ex("childs-pose", "both", breaths=5)),
    one("Cat cow - 10 slow reps", ex("cat-camel", "both", reps=10)),
    one("Knee rolls, 10 each side", ex("knee-rolls", "each", reps=10)),
    one("Pelvic tilts x 10, twice daily", ex("pelvic-tilt", "both", reps=10)),
    one(
        "Heel raises: 3 sets of 15 with 1 minute rest between sets",
        ex("calf-raise", "both", sets=3, reps=15, rest=60),
    ),
    one("Clamshells 2 sets x 15 reps each side", ex("clamshell", "each", sets=2, reps=15)),
    one("Step-ups, ten on each leg", ex("step-up", "each", reps=10)),
    one("Open books: 6 reps per side, slow", ex("open-book", "each", reps=6)),
    one("Walk gently for 5 minutes", ex("easy-walk", "both", s=300)),
    one("Easy walk for 5 minutes", ex("easy-walk", "both", s=300)),
    one("Easy jog 5-10 min", ex("easy-jog", "both", s=300, most=600)),
    one("Standing quad stretch - 30 secs, both sides", ex("standing-quad-stretch", "each", s=30)),
    one(
        "Butterfly stretch: half a minute, three times",
        ex("butterfly-stretch", "both", sets=3, s=30),
    ),
    one("Hold plank for 20 to 30 seconds, 3 reps", ASKS),
    one("Thoracic rotation 8 reps left and right", ex("open-book", "each", reps=8)),
    one("Belly breathing 2 min", ex("diaphragmatic-breathing", "both", s=120)),
    one("Deep breathing, 10 breaths", ex("diaphragmatic-breathing", "both", breaths=10)),
    one("Foam roller calves 1 min 30 each leg", ex("foam-roll-calves", "each", s=90)),
    one("Ankle rocks - 2 sets of 10 per side", ex("ankle-rocks", "each", sets=2, reps=10)),
    one("Reverse lunges 12 alternating", ex("reverse-lunge", "both", reps=12)),
    one(
        "Single leg bridges, 8-10 reps each side, 2 sets",
        ex("single-leg-bridge", "each", sets=2, reps=8, most=10),
    ),
    one("Left hamstring stretch 3 x 40 s", ex("standing-hamstring-stretch", "left", sets=3, s=40)),
    one(
        "Calf stretch (right leg only) 2 x 30 sec",
        ex("gastrocnemius-wall-stretch", "right", sets=2, s=30),
    ),
    one("Plank until you are tired", ex("forearm-plank", "both", open_ended=True)),
    # leaflets
    one("Repeat 10 times.", ASKS),
    one(
        "Knee to chest. Hold for 20 seconds. Repeat 3 times each side.",
        ex("single-knee-to-chest", "each", sets=3, s=20),
    ),
    one(
        "Bridge. Hold for 5 seconds and repeat 10 times.",
        ex("glute-bridge", "both", reps=10, hold=5),
    ),
    one(
        "Pelvic tilt\nHold for 5 seconds. Repeat 10 times.",
        ex("pelvic-tilt", "both", reps=10, hold=5),
        NOTE,
    ),
    one(
        "Standing back extension\n2 sets of 10 reps",
        ex("standing-back-extension", "both", sets=2, reps=10),
        NOTE,
    ),
    one("Glute bridge:\n3 x 12", ex("glute-bridge", "both", sets=3, reps=12), NOTE),
    one("Cobra x 10 (2 sec hold)", ex("prone-press-up", "both", reps=10, hold=2)),
    one("Double knee to chest, 20 secs x 3", ex("double-knee-to-chest", "both", sets=3, s=20)),
    one(
        "Seated piriformis stretch: 30 second hold x 3 each side",
        ex("seated-figure-four-stretch", "each", sets=3, s=30),
    ),
    one(
        "Prone hip extension - 3 sets of 10 repetitions each leg",
        ex("prone-hip-extension", "each", sets=3, reps=10),
    ),
    one("Supine twist 5 breaths each side", ex("supine-spinal-twist", "each", breaths=5)),
    one(
        "Towel hamstring stretch – 3 × 30–45 s per leg",
        ex("towel-hamstring-stretch", "each", sets=3, s=30, most=45),
    ),
    one("Curl up: 5 reps, hold 8 seconds", ex("mcgill-curl-up", "both", reps=5, hold=8)),
    one("Lie on your back with your knees bent and feet flat on the floor.", ASKS),
    # typos
    one(
        "hamstirng strech 3x30sec each leg", ex("standing-hamstring-stretch", "each", sets=3, s=30)
    ),
    one("Pirformis stretch 2x30s ea side", ex("supine-figure-four-stretch", "each", sets=2, s=30)),
    one("glut bridges 3x10", ex("glute-bridge", "both", sets=3, reps=10)),
    one("Clamshels 2x15 each side", ex("clamshell", "each", sets=2, reps=15)),
    one(
        "calf streches 30 secs per leg x 2", ex("gastrocnemius-wall-stretch", "each", sets=2, s=30)
    ),
    one("bridgs x 12", ex("glute-bridge", "both", reps=12)),
    one("catcow x10", ex("cat-camel", "both", reps=10)),
    one("childs pose 1min", ex("childs-pose", "both", s=60)),
    one("supermans 2 x 10", ex("superman", "both", sets=2, reps=10)),
    one("hip flexer stretch 30s each side", ex("half-kneeling-hip-flexor-stretch", "each", s=30)),
    # bullets, numbers, boxes
    one("1) Hip circles 30s", ex("hip-circles", "both", s=30)),
    one("a. Arm circles - 20 secs", ex("arm-circles", "both", s=20)),
    one("• Leg swings – 12 each leg", ex("leg-swing", "each", reps=12)),
    one("[ ] Knee hugs x 10", ex("knee-hug", "both", reps=10)),
    one("- [x] Bodyweight squats 2x15", ex("bodyweight-squat", "both", sets=2, reps=15)),
    one("☐ Plank on knees 3 x 20s", ex("forearm-plank-knees", "both", sets=3, s=20)),
    one("3. Bird dog\t3\t8 reps each side", ASKS),
    one(
        "Exercise 2: Side plank on knees 2 x 15s each side",
        ex("side-bridge-knees", "each", sets=2, s=15),
    ),
    one(
        "1 Plank 30s\n2 Squats x 10\n3 Cat camel x 8",
        ex("forearm-plank", "both", s=30),
        ex("bodyweight-squat", "both", reps=10),
        ex("cat-camel", "both", reps=8),
    ),
    one("A1. Squats 3x8", ex("bodyweight-squat", "both", sets=3, reps=8)),
    # several on a line
    one(
        "Hamstring stretch 3 x 30 s each side / Plank 45 sec x2 rest 20 / 12-15 back extensions",
        ex("standing-hamstring-stretch", "each", sets=3, s=30),
        ex("forearm-plank", "both", sets=2, s=45, rest=20),
        ex("prone-back-extension", "both", reps=12, most=15),
    ),
    one(
        "Plank 30s; side plank 20s each side",
        ex("forearm-plank", "both", s=30),
        ex("side-bridge", "each", s=20),
    ),
    one(
        "Squats x10, lunges x10, plank 30s",
        ex("bodyweight-squat", "both", reps=10),
        ex("walking-lunge", "both", reps=10),
        ex("forearm-plank", "both", s=30),
    ),
    one(
        "Quad stretch / hamstring stretch / calf stretch",
        ex("standing-quad-stretch", "each"),
        ex("standing-hamstring-stretch", "each"),
        ex("gastrocnemius-wall-stretch", "each"),
    ),
    one("Plank / side plank 30s", ASKS, ASKS),
    one("Squats and lunges x 10 each", ASKS),
    one("Hamstring and/or calf stretch 30s", ASKS),
    # headings
    one("WARM UP", HEADING),
    one("Core:", HEADING),
    one("Day 1", HEADING),
    one("## Stretches", HEADING),
    one("**Cool down**", HEADING),
    one("Week 1-2:", HEADING),
    one("After your run", HEADING),
    one(
        "Circuit x 3\nSquats x 10\nPlank 30s",
        rounds(3),
        ex("bodyweight-squat", "both", reps=10),
        ex("forearm-plank", "both", s=30),
    ),
    one("3 rounds of:\nDead bug x 10", rounds(3), ex("dead-bug", "both", reps=10)),
    # notes
    one("3x/week", NOTE),
    one("Do these twice a day", NOTE),
    one("Daily", NOTE),
    one("Stop if you feel any pain.", NOTE),
    one("Increase to 60 seconds over 4 weeks", NOTE),
    one("Every other day, morning and evening", NOTE),
    one("Keep your back straight throughout", NOTE),
    one("Ice for 10 mins afterwards", NOTE),
    one("Hold each stretch for 30 seconds", ASKS),
    one("Plank 30s x3, 3x/week", ex("forearm-plank", "both", sets=3, s=30)),
    one(
        "Hamstring stretch 30s each side, twice a day",
        ex("standing-hamstring-stretch", "each", s=30),
    ),
    # free names
    one("Wall sit 3 x 45 s", free("Wall sit", sets=3, s=45)),
    one("Nordic curls 3x5", free("Nordic curls", sets=3, reps=5)),
    one("Monster walks with band 2 x 15", free("Monster walks with band", sets=2, reps=15)),
    one("Neck side bend 20s each side", free("Neck side bend", "each", s=20)),
    one("Copenhagen plank 2x15s each side", free("Copenhagen plank", "each", sets=2, s=15)),
    # only a person can say
    one("10x3 squats", ASKS),
    one("Bird dog x3", ASKS),
    one("Squats 10 20 30", ASKS),
    one("Run 400m x 4", ASKS),
    one("Plank 30s/30s", ASKS),
    one("Arm circles 10 each way", ASKS),
    one("Plank 9999 s", ASKS),
    one("Hamstring stretch on the sore side 3x30s", ASKS),
    one("Dead bug x 15", ASKS),
    one("Left 30s, right 40s calf stretch", ASKS),
)

# Written when the reader was done with the list above, and read for the first time afterwards.
HELD_OUT = (
    one("Standing calf stretch against wall – hold 30s, 3 reps each leg", ASKS),
    one("Gastroc stretch 3*30 sec each", ex("gastrocnemius-wall-stretch", "each", sets=3, s=30)),
    one("soleus str. 3x30s", ex("soleus-wall-stretch", "each", sets=3, s=30)),
    one("Eccentric heel drops 3 x 15 twice daily", free("Eccentric heel drops", sets=3, reps=15)),
    one("Clam with band, 3 sets 12", ASKS),
    one(
        "Side-lying leg raises 2x12-15 each side",
        ex("side-lying-hip-abduction", "each", sets=2, reps=12, most=15),
    ),
    one(
        "Glute bridge: 3 sets of 10, 5-second hold at the top, rest 45 seconds",
        ex("glute-bridge", "both", sets=3, reps=10, hold=5, rest=45),
    ),
    one("Figure 4 stretch, 1 minute each side", ex("supine-figure-four-stretch", "each", s=60)),
    one("fig 4 stretch 2 x 40s e/s", ex("supine-figure-four-stretch", "each", sets=2, s=40)),
    one("Psoas stretch (kneeling) 60s L & R", ex("half-kneeling-hip-flexor-stretch", "each", s=60)),
    one("couch stretch 2min/side", free("couch stretch", "each", s=120)),
    one("Thread the needle x 8 each side", free("Thread the needle", "each", reps=8)),
    one("Sphinx pose 1 min", ex("prone-on-elbows", "both", s=60)),
    one("McKenzie press ups - 10 reps every 2 hours", ex("prone-press-up", "both", reps=10)),
    one("90/90 hip switches x 10", ASKS),
    one("Sit to stand x 10", free("Sit to stand", reps=10)),
    one("Tandem stance 30 secs each leg, eyes closed", free("Tandem stance", "each", s=30)),
    one("Single leg stand 3 x 30 seconds each leg", ASKS),
    one("Mini squats 2 sets of 10", free("Mini squats", sets=2, reps=10)),
    one(
        "Straight leg raise - 3 x 10, hold 3 secs, each leg",
        free("Straight leg raise", "each", sets=3, reps=10, hold=3),
    ),
    one("Heel slides 10 times each leg", free("Heel slides", "each", reps=10)),
    one("Hip hinge w/ stick 2x8", ASKS),
    one(
        "Romanian deadlift 3x8-10 @ 2x8kg",
        ex("dumbbell-romanian-deadlift", "both", sets=3, reps=8, most=10),
    ),
    one("Goblet squat 3 x 12 (12kg)", free("Goblet squat", sets=3, reps=12)),
    one("Jumping jacks 1'", free("Jumping jacks", s=60)),
    one("Plank 1'30\"", ex("forearm-plank", "both", s=90)),
    one("Lateral leg swings 2x10 R+L", ex("leg-swing-side", "each", sets=2, reps=10)),
    one("A-skips 2 x 20m", ASKS),
    one("Walking lunges 2 x 12", ex("walking-lunge", "both", sets=2, reps=12)),
    one("Skipping 30 on 30 off x 4", free("Skipping", sets=4, s=30, rest=30)),
    one("Mountain climbers 20s on / 10s off x 8", free("Mountain climbers", sets=8, s=20, rest=10)),
    one("Hollow hold 4 x 20s, 40s rest between sets", free("Hollow hold", sets=4, s=20, rest=40)),
    one(
        "Side plank 30s each side, then plank 60s",
        ex("side-bridge", "each", s=30),
        ex("forearm-plank", "both", s=60),
    ),
    one("Hams/quads/calves 30s each", ASKS),
    one("stretch hamstrings 3x30", ex("standing-hamstring-stretch", "each", sets=3, s=30)),
    one("Stretching: hamstrings, quads, calves (30s each)", ASKS),
    one("Cat/cow 10 reps", ex("cat-camel", "both", reps=10)),
    one("Child’s pose 3 × 5 breaths", ex("childs-pose", "both", sets=3, breaths=5)),
    one("Happy baby 8 breaths", free("Happy baby", breaths=8)),
    one("Down dog, 5 breaths", free("Down dog", breaths=5)),
    one(
        "Knees to chest, hold 20 sec, relax, repeat 5x",
        ex("double-knee-to-chest", "both", sets=5, s=20),
    ),
    one("Lumbar rotations: 10 reps to each side", free("Lumbar rotations", "each", reps=10)),
    one("Foam roll: IT band, 1-2 min per leg", ASKS),
    one("Roll out calves with foam roller 60 secs each", ex("foam-roll-calves", "each", s=60)),
    one("Tennis ball under glute – 1 minute each side", ASKS),
    one("Bosu squats 2 x 8", ex("bosu-squat", "both", sets=2, reps=8)),
    one("Plank on Swiss ball 3 x 15 s", ex("swiss-ball-plank", "both", sets=3, s=15)),
    one("DAILY STRETCHES", HEADING),
    one("Monday / Wednesday / Friday", NOTE),
    one("Phase 2 (weeks 3-4)", HEADING),
    one("Lower body strength", HEADING),
    one("--- Core ---", HEADING),
    one("Hi Tom, here are your exercises:", NOTE),
    one("Aim for 3-4 sessions per week", NOTE),
    one("You should feel a stretch but no pain.", NOTE),
    one("If too easy add a 5 kg weight", NOTE),
    one("Repeat circuit 3 times", ASKS),
    one("Complete all exercises 2-3 times per week", NOTE),
    one("2 sets of each, 30 seconds rest between exercises", ASKS),
    one("Regards, Anna", NOTE),
    one(
        "Squats\n3 sets\n12 reps\nRest 60s between sets",
        ex("bodyweight-squat", "both", sets=3, reps=12, rest=60),
        NOTE,
        NOTE,
        NOTE,
    ),
    one(
        "Bird Dog\nStart on hands and knees. Reach one arm and the opposite leg.\nHold 5 seconds, 8 reps each side",
        ex("bird-dog", "each", reps=8, hold=5),
        NOTE,
        NOTE,
    ),
    one(
        "Hamstring stretch (supine, with strap) 3 x 30 s",
        ex("towel-hamstring-stretch", "each", sets=3, s=30),
    ),
    one("Adductor stretch sitting 2 x 30s", ex("butterfly-stretch", "both", sets=2, s=30)),
    one("Plank: begin with 10 s, build up to 60 s", ex("forearm-plank", "both", s=10)),
    one(
        "Dead bug, 3 x 8 per side, slow and controlled, keep back flat",
        ex("dead-bug", "each", sets=3, reps=8),
    ),
    one("quad stretch 30s ×2 ea.", ex("standing-quad-stretch", "each", sets=2, s=30)),
    one("3x20s side plank each side w/ 10s rest", ex("side-bridge", "each", sets=3, s=20, rest=10)),
    one("Toe taps 2x20", ex("supine-toe-tap", "both", sets=2, reps=20)),
    one("Hundreds 1 set", ex("pilates-hundred", "both", sets=1)),
    one("Calf raises - straight knee 3x12, bent knee 3x12", ASKS),
    one("brisk walk 10mins", ex("brisk-walk", "both", s=600)),
    one("Arm swings 20 secs fwd + 20 secs back", ASKS),
    one("march on spot 1min", ex("march-on-the-spot", "both", s=60)),
    one(
        "Hip flexor stretch: 2-3 x 30 sec / side",
        ex("half-kneeling-hip-flexor-stretch", "each", sets=2, s=30),
    ),
)

# A second list of the same kind, written after the first one was mended.
HELD_OUT_AGAIN = (
    one(
        "Single knee to chest 2 x 20 sec holds each leg",
        ex("single-knee-to-chest", "each", sets=2, s=20),
    ),
    one(
        "Quads stretch in standing, 30 seconds each leg x 3",
        ex("standing-quad-stretch", "each", sets=3, s=30),
    ),
    one("Runner's lunge stretch: 20s/side", ex("standing-hip-flexor-stretch", "each", s=20)),
    one("Prayer stretch hold 30 secs", ex("childs-pose", "both", s=30)),
    one("Cat stretch x 8-10", ex("cat-camel", "both", reps=8, most=10)),
    one("Windscreen wipers 10 each way", ASKS),
    one("Bench (plank) 3x40s", ex("forearm-plank", "both", sets=3, s=40)),
    one("Side bench 2 x 20 s each side", ASKS),
    one("Hip raises 3 sets of 15", ex("glute-bridge", "both", sets=3, reps=15)),
    one("Swiss ball bridge 2x8 3s hold", ex("swiss-ball-bridge", "both", sets=2, reps=8, hold=3)),
    one("gym ball crunches 2x15", ex("swiss-ball-crunch", "both", sets=2, reps=15)),
    one("Tummy tuck in: hold 10 secs x 10", ex("abdominal-brace", "both", sets=10, s=10)),
    one("Heel raises off step 3x15, slow on the way down", ASKS),
    one("Toe raises 20", ex("calf-raise", "both", reps=20)),
    one("Knee to wall 2 x 10 each", ex("ankle-rocks", "each", sets=2, reps=10)),
    one("Bum kicks 2 x 20m", ASKS),
    one(
        "High knees 3 x 20 secs with 20 secs rest", ex("high-knees", "both", sets=3, s=20, rest=20)
    ),
    one("Open the gate x 10", ex("hip-opener", "both", reps=10)),
    one("Jog 5 mins easy", ex("easy-jog", "both", s=300)),
    one("Walk 3 min", ex("easy-walk", "both", s=180)),
    one("Strides 4 x 80m", ASKS),
    one("Box jumps 3x5", free("Box jumps", sets=3, reps=5)),
    one("Pallof press 3x10/side", free("Pallof press", "each", sets=3, reps=10)),
    one("Banded side steps 2x10 each way", ASKS),
    one("Hip thrust 4x8 40kg rest 2min", free("Hip thrust", sets=4, reps=8, rest=120)),
    one("Single-leg RDL 3 x 8 per leg", free("Single-leg RDL", "each", sets=3, reps=8)),
    one("Farmer's carry 3 x 30s", free("Farmer's carry", sets=3, s=30)),
    one("Dynamic warm-up", HEADING),
    one("MOBILITY (5 mins)", HEADING),
    one("1. STRETCHING", HEADING),
    one("Stretches:", HEADING),
    one("Part A - Activation", HEADING),
    one(
        "4 rounds:\nPlank 30s\nRest 15s",
        rounds(4),
        ex("forearm-plank", "both", s=30),
        ex("standing-rest", "both", s=15),
    ),
    one("Perform 2-3 times per week on non-consecutive days", NOTE),
    one("x2 daily", NOTE),
    one("2x day", NOTE),
    one("Mornings and evenings", NOTE),
    one("Don't bounce.", NOTE),
    one("Breathe normally, don't hold your breath", NOTE),
    one("Progress to single leg when able", NOTE),
    one("See you in 2 weeks!", NOTE),
    one("Remember: no pain above 3/10", NOTE),
    one("Rest 1 min between rounds", ASKS),
    one("All exercises 2 sets", ASKS),
    one(
        "Hamstring stretch 30 seconds x 3 on each side, daily",
        ex("standing-hamstring-stretch", "each", sets=3, s=30),
    ),
    one("bird-dog 10x (5s hold) ea side", ex("bird-dog", "each", reps=10, hold=5)),
    one("Deadbug, 3 sets, 10 reps per side", ex("dead-bug", "each", sets=3, reps=10)),
    one("Clams: 15 reps x 3 sets (each side)", ex("clamshell", "each", sets=3, reps=15)),
    one("bridge 15x3", ASKS),
    one("Plank: 3 x max", ex("forearm-plank", "both", sets=3, open_ended=True)),
    one("Side plank - as long as you can each side", ex("side-bridge", "each", open_ended=True)),
    one('calf strech 30"x3 ea leg', ex("gastrocnemius-wall-stretch", "each", sets=3, s=30)),
    one("hamstring strtch 1min es", ex("standing-hamstring-stretch", "each", s=60)),
    one("quad streth x2 30s e/s", ex("standing-quad-stretch", "each", sets=2, s=30)),
    one("Seated twist 20-30s each side", ex("seated-crossed-leg-twist", "each", s=20, most=30)),
    one("Lying hamstring stretch with strap: 3 reps of 30 seconds", ASKS),
    one("Foam rolling: quads, 2 minutes", ex("foam-roll-quadriceps", "each", s=120)),
    one("foam roll glutes 1.5 min each", ex("foam-roll-glutes", "each", s=90)),
    one("Mountain climbers 30s x 3 w/ 30s rest", free("Mountain climbers", sets=3, s=30, rest=30)),
    one(
        "Squat to press 3 x 10 (light dumbbells)",
        ex("dumbbell-squat-press", "both", sets=3, reps=10),
    ),
    one("Good mornings 2x10", ex("hip-hinge", "both", sets=2, reps=10)),
    one("Pigeon pose L 60s R 60s", ex("supine-figure-four-stretch", "each", s=60)),
    one("Pigeon pose 60s (L), 90s (R)", ASKS),
    one("Neck rolls 5 each direction", ASKS),
    one("Superman holds 5 x 10 secs", ex("superman", "both", sets=5, s=10)),
    one("Knee hugs walking 10 per leg", ex("knee-hug", "each", reps=10)),
    one("Hip circles 10 cw 10 ccw", ASKS),
    one("Child's pose\n30 seconds\nx 3", ex("childs-pose", "both", sets=3, s=30), NOTE, NOTE),
    one("Ex 1 - Glute bridge 3 x 12", ex("glute-bridge", "both", sets=3, reps=12)),
    one("(2) Dead bug – 8/side × 2", ASKS),
)

# Lines that are easily read wrong without a word.
TRAPS = (
    one("Opposite arm/leg raise x 10", ex("prone-diagonal-lift", "both", reps=10)),
    one("Hamstring stretch 30 s, left leg first", ex("standing-hamstring-stretch", "each", s=30)),
    one("Calf stretch 30 s, not the left", ASKS),
    one("Walk at 7:30", ASKS),
    one("Walk 10,000 steps", ASKS),
    one("Squats 3 x 10 kg", ASKS),
    one("Plank 30 sec. 3 reps.", ASKS),
    one("Hamstring stretch right 3 x 30 s, left 2 x 30 s", ASKS),
    one("Plank 30 - 45 - 60 s", ASKS),
    one("20 walking lunges (10 each leg)", ASKS),
    one("Calf raise, single leg 3 x 12", ASKS),
    one("Bridge (single leg) 2 x 8", ex("single-leg-bridge", "each", sets=2, reps=8)),
    one("Plank (on knees) 20 s", ex("forearm-plank-knees", "both", s=20)),
    one("Calf stretch (bent knee) 30 s", ex("soleus-wall-stretch", "each", s=30)),
    one(
        "Knee to chest 20 s / Knees to chest 20 s",
        ex("single-knee-to-chest", "each", s=20),
        ex("double-knee-to-chest", "both", s=20),
    ),
    one("Squats 3 x 10, rest 1", ASKS),
    one("Plank 30 s, hold 5 s", ASKS),
    one("Lunge stretch 30 s", ASKS),
    one("Glute stretch 30 s each side", ASKS),
    one("Plank 1m", ASKS),
    one("Plank 90", ASKS),
    one("Clamshells 20 total", ASKS),
    one("Side plank, 2 minutes altogether", ASKS),
    one("Cat cow 5 breaths each", ASKS),
    one("Squats 20 in total", ex("bodyweight-squat", "both", reps=20)),
)
