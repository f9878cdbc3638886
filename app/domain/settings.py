"""What the user may set, with its defaults; plain values, no files."""

from dataclasses import dataclass
from enum import StrEnum


class FirstSide(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    ALTERNATE = "alternate"
    TIGHTER = "tighter"


class AffectedSide(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    NONE = "none"


class ThemeChoice(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class PlayerTheme(StrEnum):
    SAME = "same"
    DARK = "dark"


class MotionChoice(StrEnum):
    SYSTEM = "system"
    FULL = "full"
    REDUCED = "reduced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting. Lengths are milliseconds, levels are 0.0 to 1.0."""

    get_ready_ms: int = 10_000
    side_change_ms: int = 5_000
    first_side: FirstSide = FirstSide.LEFT
    affected: AffectedSide = AffectedSide.NONE
    breath_ms: int = 10_000
    goal_cadence: int | None = None
    beat_every: int = 1
    """A tick for every step, or for every second one."""
    volume: float = 0.7
    tones: bool = True
    voice: bool = True
    tones_level: float = 1.0
    """How loud tones are beside the voice."""
    voice_level: float = 1.0
    """How loud the voice is beside tones."""
    engine: str = ""
    """The id of the voice to speak with; empty: the best one there is."""
    spoken_counts: bool = False
    """Words for 3-2-1 instead of tones."""
    spoken_tempo: bool = False
    """Words for the phases of a repetition instead of tones."""
    cue_set: str = ""
    """The folder of the user's own sounds; empty: those that ship."""
    goal_days: int = 3
    week_starts_on_sunday: bool = False
    day_ends_at_hour: int = 3
    theme: ThemeChoice = ThemeChoice.SYSTEM
    player_theme: PlayerTheme = PlayerTheme.SAME
    text_size: float = 1.0
    motion: MotionChoice = MotionChoice.SYSTEM
    pinned: tuple[str, ...] = ()
    """Ids of the routines that stand first on Home, in order."""
