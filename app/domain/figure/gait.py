"""Finds when a foot comes down in a gait, so that it can come down on a beat."""

from app.domain.figure.model import Body
from app.domain.figure.motion import Cycle, Moment
from app.domain.figure.skeleton import Skeleton

TOUCH_CM = 1.0
"""A sole so near the floor has come down."""


def landing_ms(body: Body, cycle: Cycle) -> float:
    """Return when in the period the near foot comes down; the far one does half a period later.

    0.0 where the figure is no gait, or no foot ever leaves the floor.
    """
    if not cycle.strides:
        return 0.0
    moments = [
        Moment(key, part) for key in range(len(cycle.keys)) for part in range(cycle.parts[key])
    ]
    solved = [Skeleton(body, cycle.between(moment)) for moment in moments]
    high = [skeleton.lowest("foot_n") for skeleton in solved]
    landings = [index for index in range(len(moments)) if high[index] <= TOUCH_CM < high[index - 1]]
    if not landings:
        return 0.0
    # A foot may graze the floor as it swings; it lands where it is ahead of the other one.
    return cycle.time_ms(moments[max(landings, key=lambda index: _ahead(solved[index]))])


def _ahead(skeleton: Skeleton) -> float:
    return skeleton.joints["ankle_n"][0] - skeleton.joints["ankle_f"][0]
