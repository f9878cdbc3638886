"""The colours of a figure: a theme's body and props, on one ground, worked in a phase's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtGui import QColor

from app.ui import _tokens as tokens
from app.ui.theme import color, mix

if TYPE_CHECKING:
    from app.domain.exercise import Phase
    from app.ui.theme import Theme

ROLES: Final = (
    *("limb", "top", "shorts", "shoe", "hair"),
    *("prop", "prop2", "mat", "shadow", "haze"),
)


class Ink(NamedTuple):
    """A colour by name, on the way to another one. Which colours they are the palette says."""

    role: str
    other: str = ""
    t: float = 0.0


class FigureColors:
    """Read-only."""

    def __init__(
        self,
        roles: dict[str, QColor],
        *,
        bg: QColor,
        accent: QColor,
        far: float,
        name: str = "",
    ) -> None:
        """`far` is how far, 0.0 to 1.0, the far limbs go towards `haze`; `name` names the roles."""
        self._roles = {**roles, "bg": bg, "accent": accent, "white": QColor(255, 255, 255)}
        self.far = far
        self._inks: dict[Ink, QColor] = {}
        self.key = f"{name}-{bg.rgba():08x}-{accent.rgba():08x}"
        """Equal where the colours are equal; also good as a part of a file's name."""

    def color(self, ink: Ink) -> QColor:
        found = self._inks.get(ink)
        if found is None:
            found = self._roles[ink.role]
            if ink.other:
                # How pale the far limbs are is the palette's to say.
                t = ink.t * self.far if ink.other == "haze" else ink.t
                found = mix(found, self._roles[ink.other], t)
            self._inks[ink] = found
        return found


def figure_colors(theme: Theme, phase: Phase, bg: QColor, *, quiet: bool = False) -> FigureColors:
    """Return a figure's colours on the ground `bg`; `quiet` takes the worked region's away."""
    name = "dark" if theme.dark else "light"
    table = tokens.FIGURE[name]
    roles = {role: color(str(table[role])) for role in ROLES}
    accent = roles["limb"] if quiet else theme.phase(phase).accent
    return FigureColors(roles, bg=bg, accent=accent, far=float(table["far"]), name=name)


def card_figure_colors(theme: Theme, phase: Phase) -> FigureColors:
    """Return the colours on the suggestion card, which is the phase's colour itself."""
    colors = theme.phase(phase)
    ground = colors.hero_bg
    white, black = QColor(255, 255, 255), QColor(0, 0, 0)
    if theme.dark:
        body, haze, accent = color("#F4F5F3"), mix(colors.solid, theme.text_2, 0.55), colors.solid
        clothes = mix(body, ground, 0.25)
        roles = {
            "limb": body,
            "top": clothes,
            "shorts": mix(body, ground, 0.38),
            "shoe": white,
            "hair": mix(body, ground, 0.45),
            "prop": mix(ground, colors.solid, 0.42),
            "prop2": mix(ground, colors.solid, 0.28),
            "mat": mix(ground, colors.solid, 0.2),
            "shadow": mix(ground, black, 0.4),
            "haze": mix(haze, ground, 0.3),
        }
    else:
        body = mix(colors.solid, black, 0.5)
        accent = colors.on
        roles = {
            "limb": body,
            "top": mix(body, black, 0.18),
            "shorts": mix(body, black, 0.34),
            "shoe": mix(body, black, 0.4),
            "hair": mix(body, black, 0.34),
            "prop": mix(ground, white, 0.34),
            "prop2": mix(ground, white, 0.2),
            "mat": mix(ground, white, 0.18),
            "shadow": mix(ground, black, 0.16),
            "haze": mix(ground, white, 0.28),
        }
    return FigureColors(
        roles, bg=ground, accent=accent, far=0.85, name="card-dark" if theme.dark else "card"
    )
