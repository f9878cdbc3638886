"""Every colour of the player at one moment, and the way from one set to the next."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from app.domain.exercise import Phase
from app.ui import _tokens as tokens
from app.ui.theme import mix

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from app.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StageColors:
    bg: QColor
    text: QColor
    """Name and cues; quieter while paused."""
    text_2: QColor
    steady: QColor
    """Clocks and the next step's name: the same while paused."""
    digits: QColor
    eyebrow: QColor
    badge: QColor
    on_badge: QColor
    tint: QColor
    on_tint: QColor
    ring: QColor
    ring_track: QColor
    ring_tick: QColor
    accent: QColor
    """Lines and areas of the cadence card."""
    panel: QColor
    line: QColor
    mat: QColor
    pause: QColor
    on_pause: QColor
    ink: QColor
    on_ink: QColor
    volume_track: QColor
    fig_near: QColor
    fig_far: QColor

    def toward(self, other: StageColors, t: float) -> StageColors:
        """Return the colours on the way to `other`, t in 0.0 to 1.0."""
        if t >= 1.0:
            return other
        return StageColors(
            **{
                field.name: mix(getattr(self, field.name), getattr(other, field.name), t)
                for field in fields(self)
            }
        )


def _ratio(theme: Theme, name: str) -> float:
    blend = tokens.BLEND["dark" if theme.dark else "light"][name]
    return float(blend[2])


def stage_colors(theme: Theme, flood: Phase, accent: Phase, *, paused: bool) -> StageColors:
    """Return the colours for a segment: `flood` is the room's phase, `accent` the step's."""
    room, step, slate = theme.phase(flood), theme.phase(accent), theme.phase(Phase.REST)
    if paused:
        bg = theme.bg
        track = mix(slate.solid, bg, _ratio(theme, "ring_track"))
        panel = mix(bg, theme.text, _panel_share(theme)) if theme.dark else theme.surface
    else:
        bg, track, panel = room.flood, room.ring_track, room.player_panel
    return StageColors(
        bg=bg,
        text=theme.text_2 if paused else theme.text,
        text_2=theme.text_2,
        steady=theme.text,
        digits=theme.text_3 if paused else theme.text,
        eyebrow=theme.text_2 if paused else step.text,
        badge=slate.solid if paused else step.solid,
        on_badge=slate.on if paused else step.on,
        tint=slate.tint if paused else step.tint,
        on_tint=slate.text if paused else step.text,
        ring=slate.solid if paused else room.solid,
        ring_track=track,
        ring_tick=mix(theme.text, bg, _ratio(theme, "ring_tick")),
        accent=slate.solid if paused else step.solid,
        panel=panel,
        line=theme.line,
        mat=mix(slate.solid, bg, _ratio(theme, "mat_line")) if paused else step.mat_line,
        pause=theme.ink if paused else step.solid,
        on_pause=theme.on_ink if paused else step.on,
        ink=theme.ink,
        on_ink=theme.on_ink,
        volume_track=mix(theme.text, bg, _ratio(theme, "volume_track")),
        fig_near=theme.fig_near,
        fig_far=theme.fig_far,
    )


def upcoming_color(theme: Theme, phase: Phase, bg: QColor) -> QColor:
    """Return the pale colour of a step still to come, on the room's colour."""
    return mix(theme.phase(phase).solid, bg, _ratio(theme, "timeline_upcoming"))


def _panel_share(theme: Theme) -> float:
    return _ratio(theme, "player_panel") if theme.dark else 0.0
