"""Solves a pose: joints in the world, bones' own axes, and the round shapes of every part.

Angles give the joints first; then the body is tilted and moved until what touches the floor does;
then pinned feet and hands are reached by two-bone inverse kinematics (law of cosines).
"""

from collections.abc import Mapping
from math import asin, degrees, sqrt
from typing import Final

from app.domain.figure.model import PARTS, Body, Pin, Pose
from app.domain.figure.motion import Between
from app.domain.figure.reach import Goal, Sole, bend_limb, bone_axes
from app.domain.figure.space import (
    FORWARD,
    NEAR,
    UP,
    ZERO,
    Matrix,
    Vec,
    add,
    apply,
    axis,
    cross,
    dot,
    from_axes,
    joint_rotation,
    length,
    mix,
    multiply,
    rotation_about,
    rotation_y,
    rotation_z,
    scale,
    sub,
    unit,
)

Ball = tuple[Vec, float]
"""Centre and radius."""
Ellipsoid = tuple[Vec, tuple[Vec, Vec, Vec]]
"""Centre and half axes."""

_ENDS: Final = {
    "thigh": ("hip_", "knee_"),
    "shank": ("knee_", "ankle_"),
    "upper": ("shoulder_", "elbow_"),
    "fore": ("elbow_", "wrist_"),
    "hand": ("wrist_", "hand_"),
}
_LIMB_OF: Final = {
    "thigh": "foot_",
    "shank": "foot_",
    "foot": "foot_",
    "upper": "hand_",
    "fore": "hand_",
    "hand": "hand_",
}
_TIP: Final = {
    "foot": "ball_",
    "toes": "toe_",
    "fore": "elbow_",
    "hand": "wrist_",
    "shank": "knee_",
    "thigh": "hip_",
}
_WORLD: Final = frozenset(("world", "floor"))
_LEVEL_ROUNDS, _LEVEL_ENOUGH = 6, 0.02
_BREATH_TILT, _BREATH_LIFT = 0.8, 0.3


def outward(side: str) -> int:
    return 1 if side == "n" else -1


class Skeleton:
    """A solved pose. `breath` is -1.0 (out) to 1.0 (in)."""

    def __init__(self, body: Body, between: Between, breath: float = 0.0) -> None:
        self.body = body
        self.breath = breath
        self.pose: Pose = between.pose()
        self.joints: dict[str, Vec] = {}
        self.frames: dict[str, Matrix] = {}
        self.stations: list[tuple[Vec, Matrix]] = []
        """Start and axes of each segment of the back, from the pelvis up."""
        self._pins = (between.first.pins, between.second.pins, between.u)
        turn = joint_rotation(self.pose.triples["rot"], flexes=-1)
        self._place_joints(turn)
        if self.pose.level is not None:
            self._level(turn, *self.pose.level)
        self._move(self._offset())
        self._reach_pins()

    # Where the joints are

    def _place_joints(self, turn: Matrix) -> None:
        """Put the pelvis at the origin, turned, and everything else where the angles say."""
        body, triples = self.body, self.pose.triples
        joints, frames = self.joints, self.frames
        joints["pelvis"], frames["pelvis"] = ZERO, turn
        at = apply(turn, (0.0, body.pelvis_len, 0.0))
        self.stations = [(ZERO, turn)]
        for name, bone in (("spine", body.spine_len), ("chest", body.chest_len)):
            bend = triples[name]
            if name == "chest":
                bend = (bend[0] - self.breath * _BREATH_TILT, bend[1], bend[2])
            step = joint_rotation(scale(bend, 0.5), flexes=-1)
            for _ in range(2):
                turn = multiply(turn, step)
                self.stations.append((at, turn))
                at = add(at, apply(turn, (0.0, bone / 2, 0.0)))
            joints[name], frames[name] = at, turn
        self.stations.append((at, turn))
        self._place_head(at, turn)
        for side in "nf":
            self._place_limbs(side, at, turn)

    def _place_head(self, at: Vec, chest: Matrix) -> None:
        body, (flexion, abduction, rotation) = self.body, self.pose.triples["neck"]
        half = (flexion * 0.5, abduction * 0.5, rotation * 0.5)
        # The neck leans forward by itself, and the head stands straight on it.
        neck = multiply(chest, joint_rotation((half[0] + 8, half[1], half[2]), flexes=-1))
        head = multiply(neck, joint_rotation((half[0] - 8, half[1], half[2]), flexes=-1))
        self.frames["neck"], self.frames["head"] = neck, head
        self.joints["neck"] = add(at, apply(neck, (0.0, body.neck_len, 0.0)))
        self.joints["head"] = add(
            self.joints["neck"], apply(head, (body.head_forward, body.head[1] * 0.72, 0.0))
        )

    def _place_limbs(self, side: str, at: Vec, chest: Matrix) -> None:
        body, triples, k = self.body, self.pose.triples, outward(side)
        arm = multiply(chest, joint_rotation(triples[f"shoulder_{side}"], flexes=1, outward=k))
        down, rest = scale(axis(arm, UP), -1), scale(axis(chest, UP), -1)
        rise = body.shoulder_drop + self.pose.scalars["shrug"] + self.breath * _BREATH_LIFT
        shoulder = add(at, apply(chest, (0.0, rise, k * body.shoulder_half)))
        self._set_arm(side, add(shoulder, scale(sub(down, rest), body.shoulder_follow)), arm)
        pelvis = self.frames["pelvis"]
        leg = multiply(pelvis, joint_rotation(triples[f"hip_{side}"], flexes=1, outward=k))
        hip = add(self.joints["pelvis"], apply(pelvis, (0.0, 0.0, k * body.hip_half)))
        self._set_leg(side, hip, leg)

    def _set_arm(
        self,
        side: str,
        shoulder: Vec,
        upper: Matrix,
        fore: Matrix | None = None,
        hand: Matrix | None = None,
    ) -> None:
        body, scalars, joints, frames = self.body, self.pose.scalars, self.joints, self.frames
        joints[f"shoulder_{side}"], frames[f"upper_{side}"] = shoulder, upper
        elbow = add(shoulder, scale(axis(upper, UP), -body.upper_arm))
        fore = fore or multiply(upper, rotation_z(scalars[f"elbow_{side}"]))
        wrist = add(elbow, scale(axis(fore, UP), -body.forearm))
        hand = hand or multiply(fore, rotation_z(scalars[f"wrist_{side}"]))
        joints[f"elbow_{side}"], frames[f"fore_{side}"] = elbow, fore
        joints[f"wrist_{side}"], frames[f"hand_{side}"] = wrist, hand
        joints[f"hand_{side}"] = add(wrist, scale(axis(hand, UP), -body.hand))

    def _set_leg(
        self,
        side: str,
        hip: Vec,
        thigh: Matrix,
        shank: Matrix | None = None,
        sole: tuple[Matrix, float] | None = None,
    ) -> None:
        """`sole` is a planted foot's axes and the bend of its toes."""
        body, scalars, joints, frames = self.body, self.pose.scalars, self.joints, self.frames
        joints[f"hip_{side}"], frames[f"thigh_{side}"] = hip, thigh
        knee = add(hip, scale(axis(thigh, UP), -body.thigh))
        shank = shank or multiply(thigh, rotation_z(-scalars[f"knee_{side}"]))
        ankle = add(knee, scale(axis(shank, UP), -body.shank))
        foot, bend = sole or (multiply(shank, self._ankle(side)), scalars[f"toe_{side}"])
        joints[f"knee_{side}"], frames[f"shank_{side}"] = knee, shank
        joints[f"ankle_{side}"], frames[f"foot_{side}"] = ankle, foot
        joints[f"heel_{side}"] = add(ankle, apply(foot, (body.heel[0], body.heel[1], 0.0)))
        ball = add(ankle, apply(foot, (body.ball[0], body.ball[1], 0.0)))
        tip = apply(
            multiply(foot, rotation_z(bend)), (body.toe_len, body.toe_r - body.ball[2], 0.0)
        )
        joints[f"ball_{side}"], joints[f"toe_{side}"] = ball, add(ball, tip)

    def _ankle(self, side: str) -> Matrix:
        return joint_rotation(self.pose.triples[f"ankle_{side}"], flexes=1, outward=outward(side))

    # The floor

    def _level(self, turn: Matrix, first: str, second: str) -> None:
        """Tilt the body until two parts are equally high."""
        for _ in range(_LEVEL_ROUNDS):
            rise = self.lowest(second) - self.lowest(first)
            way = sub(self.joints[_tip(second)], self.joints[_tip(first)])
            tilt = degrees(asin(max(-1.0, min(1.0, rise / (length(way) or 1.0)))))
            turn = multiply(rotation_about(unit(cross(way, (0.0, 1.0, 0.0))), -tilt), turn)
            self._place_joints(turn)
            if abs(tilt) < _LEVEL_ENOUGH:
                return

    def _offset(self) -> Vec:
        """Return how far the body has to move to its place."""
        pose = self.pose
        if pose.root is not None:
            return pose.root
        if pose.contact is None:
            heights = {name: 0.0 for name in PARTS if self._pinned(name) < 0.5}  # noqa: PLR2004
        else:
            heights = dict(pose.contact)
        sink = min(self.lowest(name) - height for name, height in heights.items())
        up = pose.scalars["lift"] - sink
        if pose.anchor is None:
            return (0.0, up, 0.0)
        joint = self.joints[pose.anchor]
        return (pose.at[0] - joint[0], up, pose.at[1] - joint[2])

    def _move(self, by: Vec) -> None:
        self.joints = {name: add(point, by) for name, point in self.joints.items()}
        self.stations = [(add(point, by), turn) for point, turn in self.stations]

    # Shapes

    def balls(self, part: str) -> list[Ball]:
        """Return the cross-sections of a limb's part, from its joint on."""
        kind, side = part[:-2], part[-1]
        joints, body = self.joints, self.body
        ends = _ENDS.get(kind)
        if ends is not None:
            start, end = joints[ends[0] + side], joints[ends[1] + side]
            forward = axis(self.frames[part], FORWARD)
            return [
                (add(mix(start, end, disc.along), scale(forward, disc.forward)), disc.radius)
                for disc in body.shape[kind]
            ]
        sole = [
            (joints[f"heel_{side}"], body.heel[2]),
            (joints[f"ball_{side}"], body.ball[2]),
            (joints[f"toe_{side}"], body.toe_r),
        ]
        return sole if kind == "foot" else sole[1:]

    def trunk(self) -> list[Ellipsoid]:
        """Return the cross-sections of the trunk, from the pelvis up."""
        found: list[Ellipsoid] = []
        belly = self.pose.scalars["belly"]
        for station in self.body.trunk:
            at, turn = self.stations[station.segment]
            grown = 1 + self.breath * (0.03 if station.segment in _RIBS else 0.012)
            swell = belly * _BELLY.get(station.segment, 0.0) * 0.5
            found.append(
                (
                    add(at, apply(turn, (station.forward + swell, station.y, 0.0))),
                    (
                        scale(axis(turn, FORWARD), station.depth * grown + swell),
                        scale(axis(turn, UP), station.height),
                        scale(axis(turn, NEAR), station.width * grown),
                    ),
                )
            )
        return found

    def head(self) -> Ellipsoid:
        depth, high, wide = self.body.head
        turn = self.frames["head"]
        return self.joints["head"], (
            scale(axis(turn, FORWARD), depth),
            scale(axis(turn, UP), high),
            scale(axis(turn, NEAR), wide),
        )

    def lowest(self, part: str) -> float:
        """Return how high a part's lowest point is."""
        if part in {"trunk", "head"}:
            shapes = self.trunk() if part == "trunk" else [self.head()]
            return min(
                centre[1] - sqrt(a[1] * a[1] + b[1] * b[1] + c[1] * c[1])
                for centre, (a, b, c) in shapes
            )
        return min(centre[1] - radius for centre, radius in self.balls(part))

    def point(self, reference: str) -> Vec:
        """Return the world's origin, a joint, or a point along a bone: `knee_n:ankle_n:0.4`."""
        if reference in _WORLD:
            return ZERO
        if ":" in reference:
            start, end, along = reference.split(":")
            return mix(self.joints[start], self.joints[end], float(along))
        return self.joints[reference]

    # Pins

    def _pinned(self, part: str) -> float:
        """Return how much a part is held by a pin, 0.0 to 1.0."""
        limb = _LIMB_OF.get(part[:-2])
        if limb is None:
            return 0.0
        first, second, u = self._pins
        name = limb + part[-1]
        return (1 - u if name in first else 0.0) + (u if name in second else 0.0)

    def goals(self) -> Mapping[str, Vec]:
        """Return where each pinned ankle and wrist should be, by `foot_n`, `hand_f` and so on."""
        first, second, u = self._pins
        found: dict[str, Vec] = {}
        for name in {*first, *second}:
            limb, side = name[:4], name[-1]
            a, b = (self._goal(pins.get(name), limb, side) for pins in (first, second))
            found[name] = mix(a.target, b.target, u)
        return found

    def _reach_pins(self) -> None:
        first, second, u = self._pins

        def rank(name: str) -> tuple[bool, bool, bool]:
            # Feet before hands; goals in the world before those on the body, arms last of all.
            to = (first.get(name) or second[name]).to
            on_arm = to[:4] in {"hand", "wris", "elbo", "fore"}
            return (name[:4] == "hand", to not in _WORLD, on_arm)

        for name in sorted({*first, *second}, key=rank):
            limb, side = name[:4], name[-1]
            a = self._goal(first.get(name), limb, side)
            b = self._goal(second.get(name), limb, side)
            target, pole = mix(a.target, b.target, u), mix(a.pole, b.pole, u)
            if limb == "foot":
                self._reach_foot(side, target, pole, self._sole(side, a, b, u))
            else:
                towards = a.direction or b.direction
                if a.direction is not None and b.direction is not None:
                    towards = mix(a.direction, b.direction, u)
                self._reach_hand(side, target, pole, towards)

    def _goal(self, pin: Pin | None, limb: str, side: str) -> Goal:
        joints, frames, k = self.joints, self.frames, outward(side)
        if pin is None:  # where it is by itself: from there a pin fades in
            root, middle, end, bone = (
                ("hip_", "knee_", "ankle_", "thigh_")
                if limb == "foot"
                else ("shoulder_", "elbow_", "wrist_", "upper_")
            )
            own = scale(axis(frames[bone + side], FORWARD), 1 if limb == "foot" else -1)
            half = mix(joints[root + side], joints[end + side], 0.5)
            bend = scale(sub(joints[middle + side], half), 0.2)
            fingers = None if limb == "foot" else scale(axis(frames[f"hand_{side}"], UP), -1)
            return Goal(joints[end + side], add(own, bend), fingers)
        target = add(self.point(pin.to), pin.off)
        if pin.pole is not None:
            pole = pin.pole
        elif limb == "foot":
            pole = axis(frames["pelvis"], FORWARD)
        else:
            pole = apply(frames["chest"], (-0.5, -0.6, 0.6 * k))
        foot = None
        if limb == "foot" and not pin.free:
            foot, target = self._planted(pin, target)
        return Goal(target, unit(pole), pin.dir, foot)

    def _planted(self, pin: Pin, floor: Vec) -> tuple[tuple[Matrix, float], Vec]:
        """Return a standing foot's axes and toe bend, and where its ankle is."""
        heading = rotation_y(-pin.turn)
        turn = multiply(heading, rotation_z(-pin.pitch))
        x, y, radius = self.body.ball if pin.pitch >= 0 else self.body.heel
        base = apply(heading, (x, 0.0, 0.0))
        ankle = sub(add(add(floor, base), (0.0, radius, 0.0)), apply(turn, (x, y, 0.0)))
        return (turn, max(0.0, pin.pitch)), ankle

    def _sole(self, side: str, a: Goal, b: Goal, u: float) -> Sole:
        return Sole(a.foot, b.foot, u, self._ankle(side))

    def _reach_foot(self, side: str, target: Vec, pole: Vec, sole: Sole) -> None:
        body = self.body
        hip = self.joints[f"hip_{side}"]
        ahead = axis(self.frames["pelvis"], FORWARD)
        knee, ankle, pole = bend_limb(hip, (target, pole), (body.thigh, body.shank), ahead)
        thigh, shank = bone_axes(hip, knee, pole), bone_axes(knee, ankle, pole)
        self._set_leg(side, hip, thigh, shank, sole.turned(shank))

    def _reach_hand(self, side: str, target: Vec, pole: Vec, towards: Vec | None) -> None:
        body, k = self.body, outward(side)
        chest = self.frames["chest"]
        # The shoulder follows the reach a little.
        rise = body.shoulder_drop + self.pose.scalars["shrug"]
        base = add(self.joints["chest"], apply(chest, (0.0, rise, k * body.shoulder_half)))
        rest = apply(chest, (0.0, -1.0, 0.0))
        follow = scale(sub(unit(sub(target, base)), rest), body.shoulder_follow)
        shoulder = add(base, follow)
        ahead = axis(self.frames["pelvis"], FORWARD)
        elbow, wrist, pole = bend_limb(
            shoulder, (target, pole), (body.upper_arm, body.forearm), ahead
        )
        inside = scale(pole, -1)
        upper, fore = bone_axes(shoulder, elbow, inside), bone_axes(elbow, wrist, inside)
        hand = None
        if towards is not None:
            up = scale(unit(towards), -1)
            forward = axis(fore, FORWARD)
            forward = unit(sub(forward, scale(up, dot(forward, up))), axis(fore, NEAR))
            hand = from_axes(forward, up, cross(forward, up))
        self._set_arm(side, shoulder, upper, fore, hand)


def _tip(part: str) -> str:
    """Return the joint that stands for a part when the body is levelled."""
    if part == "trunk":
        return "pelvis"
    if part.endswith(("_n", "_f")):
        return _TIP.get(part[:-2], part[:-1]) + part[-1]
    return part


_RIBS: Final = frozenset((3, 4, 5))
_BELLY: Final = {1: 1.0, 2: 1.0, 3: 0.35}
