"""What a figure is made of: a body, muscles, poses, keys in time, and things beside the body.

A name that ends in `_n` belongs to the near side, which is the person's RIGHT, one that ends in
`_f` to the far side. Lengths are centimetres, angles degrees, times milliseconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Final

from app.domain.figure.space import ZERO, Vec

TRIPLES: Final = (
    "rot",
    "spine",
    "chest",
    "neck",
    "hip_n",
    "hip_f",
    "shoulder_n",
    "shoulder_f",
    "ankle_n",
    "ankle_f",
)
"""Joints with flexion, abduction and external rotation."""
SCALARS: Final = (
    "knee_n",
    "knee_f",
    "toe_n",
    "toe_f",
    "elbow_n",
    "elbow_f",
    "wrist_n",
    "wrist_f",
    "lift",
    "belly",
    "shrug",
)
PINS: Final = ("foot_n", "foot_f", "hand_n", "hand_f")
LIMB_PARTS: Final = ("thigh", "shank", "foot", "upper", "fore", "hand")
PARTS: Final = (*(f"{part}_{side}" for part in LIMB_PARTS for side in "nf"), "trunk", "head")
"""Every part of the body that is drawn and may touch the floor."""
JOINTS: Final = (
    "pelvis",
    "spine",
    "chest",
    "neck",
    "head",
    *(
        f"{joint}_{side}"
        for joint in (
            *("shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle"),
            *("heel", "ball", "toe"),
        )
        for side in "nf"
    ),
)


class Loop(StrEnum):
    HOLD = "hold"
    """One key, and breathing."""
    PINGPONG = "pingpong"
    """There and back."""
    CYCLE = "cycle"
    """The last key leads to the first."""


class Ease(StrEnum):
    LINEAR = "linear"
    IN = "in"
    OUT = "out"
    INOUT = "inout"
    SINE = "sine"
    SPLINE = "spline"
    """A closed Catmull-Rom curve through all keys."""


class PropKind(StrEnum):
    MAT = "mat"
    WALL = "wall"
    CHAIR = "chair"
    STEP = "step"
    BALL = "ball"
    ROLLER = "roller"
    BOSU = "bosu"
    STRAP = "strap"
    DUMBBELL = "dumbbell"


@cache
def swap_name(name: str) -> str:
    """Exchange near and far in a name, or in each part of `knee_n:ankle_n:0.2`."""

    def swap(word: str) -> str:
        if word.endswith(("_n", "_f")):
            return word[:-2] + ("_f" if word.endswith("_n") else "_n")
        return word

    return ":".join(swap(word) for word in name.split(":"))


def _across(v: Vec) -> Vec:
    return (v[0], v[1], -v[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A goal for a wrist or a foot that inverse kinematics reaches."""

    to: str = "world"
    """`world`, `floor`, a joint, or a point along a bone: `knee_n:ankle_n:0.2`."""
    off: Vec = ZERO
    pole: Vec | None = None
    """Where elbow or knee should point."""
    dir: Vec | None = None
    """Where the fingers point."""
    pitch: float = 0.0
    """Above 0 the heel is raised about the ball, below 0 the toes about the heel."""
    turn: float = 0.0
    """How far the toes are turned out."""
    free: bool = False
    """`off` is the ankle itself, and the pose's ankle angles hold."""

    def swapped(self) -> "Pin":
        return replace(
            self,
            to=swap_name(self.to),
            off=_across(self.off),
            pole=None if self.pole is None else _across(self.pole),
            dir=None if self.dir is None else _across(self.dir),
            turn=-self.turn,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Angles of every joint, and what holds the body in its place."""

    triples: Mapping[str, Vec]
    scalars: Mapping[str, float]
    pins: Mapping[str, Pin] = field(default_factory=dict)
    root: Vec | None = None
    """The pelvis' place; None where contact decides it."""
    contact: Mapping[str, float] | None = None
    """Height of each part that may touch; None for every part without a pin, on the floor."""
    anchor: str | None = None
    at: tuple[float, float] = (0.0, 0.0)
    """Where the anchor stays, x and z."""
    level: tuple[str, str] | None = None
    """Two parts that touch at once: the body is tilted until they do."""
    order: Mapping[str, float] = field(default_factory=dict)
    """Added to the depth of a part, or of `arm_n`, `leg_f`, where drawing order needs help."""

    def swapped(self) -> "Pose":
        """Return the same pose with near and far exchanged."""
        return Pose(
            triples={
                swap_name(name): (v[0], -v[1], -v[2]) if name in _MIDDLE else v
                for name, v in self.triples.items()
            },
            scalars={swap_name(name): value for name, value in self.scalars.items()},
            pins={swap_name(name): pin.swapped() for name, pin in self.pins.items()},
            root=None if self.root is None else _across(self.root),
            contact=(
                None
                if self.contact is None
                else {swap_name(name): height for name, height in self.contact.items()}
            ),
            anchor=None if self.anchor is None else swap_name(self.anchor),
            at=(self.at[0], -self.at[1]),
            level=None
            if self.level is None
            else (swap_name(self.level[0]), swap_name(self.level[1])),
            order={swap_name(name): bias for name, bias in self.order.items()},
        )


_MIDDLE: Final = frozenset(("rot", "spine", "chest", "neck"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A pose in time: held for `hold_ms`, then `move_ms` to the next one."""

    pose: Pose
    move_ms: float = 1_000.0
    hold_ms: float = 0.0
    ease: Ease = Ease.INOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing beside the body. What is not set has the kind's usual size."""

    kind: PropKind
    at: Vec = ZERO
    to: str = "world"
    """A joint or point that it follows."""
    y: float | None = None
    """A height that it keeps while it follows."""
    x: tuple[float, float] | None = None
    """From where to where a mat lies."""
    z: float | None = None
    w: float | None = None
    h: float | None = None
    d: float | None = None
    r: float | None = None
    face: int = 1
    """1: the sitter faces +x; -1: the other way."""
    depth: float | None = None
    """Where it stands in drawing order; None for its own depth."""
    bias: float = 0.0
    through: tuple[str, ...] = ()
    """The points of a strap."""
    hands: tuple[str, ...] = ()
    """`n`, `f`: the hands that hold a dumbbell."""
    axis: Vec | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A worked region, on one side or both."""

    muscle: str
    sides: tuple[str, ...] = ("n", "f")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How one exercise is shown."""

    id: str
    loop: Loop
    keys: tuple[Key, ...]
    """As authored; `motion.cycle` unrolls them."""
    view: tuple[float, float] = (14.0, 8.0)
    """Yaw (0 side, 90 front, -90 back) and pitch (looking down)."""
    props: tuple[Prop, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    breath: float = 0.0
    """How deep it breathes."""
    shadow: float = 26.0
    """Up to this height parts cast a shadow."""
    show: float | None = None
    """The part of the period, 0.0 to 1.0, that the still picture shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One cross-section of the trunk, an ellipsoid on a segment of the back."""

    segment: int
    """0 pelvis, 1 and 2 lumbar, 3 and 4 thoracic, 5 base of the neck."""
    y: float
    depth: float
    width: float
    height: float
    forward: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """One cross-section of a limb."""

    along: float
    """0.0 to 1.0 of the bone."""
    radius: float
    forward: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Clothing:
    """Cloth on the upper part of a limb."""

    covers: float
    """0.0 to 1.0 of the bone."""
    extra: float
    """Added to the radius."""
    color: str
    """`shorts` or `top`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The measures of the one body."""

    pelvis_len: float
    spine_len: float
    chest_len: float
    neck_len: float
    neck_r: float
    head: Vec
    """Half depth, half height, half width."""
    head_forward: float
    hairline: float
    hip_half: float
    shoulder_half: float
    shoulder_drop: float
    shoulder_follow: float
    """How far the shoulder joint moves with the arm."""
    upper_arm: float
    forearm: float
    hand: float
    thigh: float
    shank: float
    heel: Vec
    """x and y in the foot's frame, and the radius."""
    ball: Vec
    toe_len: float
    toe_r: float
    hem: int
    """The cross-section of the trunk where shorts and top meet."""
    trunk: tuple[Station, ...]
    shape: Mapping[str, tuple[Disc, ...]]
    clothes: Mapping[str, Clothing]


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleBlob:
    """A disc of a muscle: an offset in a frame from a point; `*` stands for the side."""

    point: str
    """A joint, a point along a bone, or a number: that segment of the back."""
    frame: str
    """A bone, or a number: that segment of the back."""
    forward: float
    up: float
    outward: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MusclePart:
    """A muscle's shape on one part of the body; consecutive blobs are joined."""

    host: str
    """The part that clips it."""
    blobs: tuple[MuscleBlob, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBook:
    """Every figure, with the body and muscles that all of them share."""

    body: Body
    muscles: Mapping[str, tuple[MusclePart, ...]]
    figures: Mapping[str, Figure]
    """By the id of the exercise."""
