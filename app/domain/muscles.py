"""Which region of the body each muscle of the exercise library belongs to."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Region(StrEnum):
    """A part of the body as people name it, from the shoulders down."""

    SHOULDERS = "shoulders"
    CHEST = "chest"
    UPPER_BACK = "upper-back"
    LOWER_BACK = "lower-back"
    ABS = "abs"
    DEEP_CORE = "deep-core"
    HIPS = "hips"
    HIP_FLEXORS = "hip-flexors"
    GLUTES = "glutes"
    INNER_THIGHS = "inner-thighs"
    QUADS = "quads"
    HAMSTRINGS = "hamstrings"
    CALVES = "calves"
    ANKLES = "ankles"
    HEART_AND_LUNGS = "heart-and-lungs"


_REGIONS_OF: Final[dict[str, tuple[Region, ...]]] = {
    "ankle-stabilisers": (Region.ANKLES,),
    "cardiovascular": (Region.HEART_AND_LUNGS,),
    "deltoids": (Region.SHOULDERS,),
    "diaphragm": (Region.DEEP_CORE,),
    "erector-spinae": (Region.LOWER_BACK,),
    "gastrocnemius": (Region.CALVES,),
    "gluteus-maximus": (Region.GLUTES,),
    "gluteus-medius": (Region.GLUTES, Region.HIPS),
    "hamstrings": (Region.HAMSTRINGS,),
    "hip-adductors": (Region.INNER_THIGHS,),
    "hip-joint": (Region.HIPS,),
    "iliopsoas": (Region.HIP_FLEXORS,),
    "latissimus-dorsi": (Region.UPPER_BACK,),
    "lumbar-spine": (Region.LOWER_BACK,),
    "multifidus": (Region.LOWER_BACK, Region.DEEP_CORE),
    "obliques": (Region.ABS,),
    "pectoralis-major": (Region.CHEST,),
    "piriformis": (Region.GLUTES, Region.HIPS),
    "quadratus-lumborum": (Region.LOWER_BACK,),
    "quadriceps": (Region.QUADS,),
    # It bends the hip as well as it straightens the knee.
    "rectus-femoris": (Region.QUADS, Region.HIP_FLEXORS),
    "rectus-abdominis": (Region.ABS,),
    "rhomboids": (Region.UPPER_BACK,),
    "soleus": (Region.CALVES,),
    "thoracic-spine": (Region.UPPER_BACK,),
    "transversus-abdominis": (Region.ABS, Region.DEEP_CORE),
}
_BY_NAME: Final = {region.value: region for region in Region}


def target_key(target: str) -> str:
    """Return a target as the library writes it: lower case, with hyphens.

    People write targets of their own exercises as they like.
    """
    return "-".join(target.casefold().split())


def regions_of(targets: Iterable[str]) -> frozenset[Region]:
    """Return the regions of an exercise's targets; a target nobody knows belongs to none.

    The name of a region counts as a muscle of it: one's own exercises may say "Lower back".
    """
    found: set[Region] = set()
    for target in targets:
        key = target_key(target)
        found.update(_REGIONS_OF.get(key, ()))
        if key in _BY_NAME:
            found.add(_BY_NAME[key])
    return frozenset(found)
