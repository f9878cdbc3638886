"""The look: colours, type and motion of the design, and which theme is in force."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette, QStyleHints

from app.domain.exercise import Phase
from app.domain.settings import MotionChoice, PlayerTheme, Settings, ThemeChoice
from app.ui import _tokens as tokens

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

CAP_HEIGHT: Final = 0.7275
"""Height of Inter's capitals over the font size: text is centred on it."""

Blend = str | tuple[str, str, float] | tuple[str, str, str]


def color(text: str) -> QColor:
    """Return the colour of `#RRGGBB` or `#RRGGBBAA`."""
    found = QColor(text[:7])
    if len(text) == len("#RRGGBBAA"):
        found.setAlpha(int(text[7:], 16))
    return found


def mix(a: QColor, b: QColor, t: float) -> QColor:
    """Return a*(1-t) + b*t for each channel, t in 0.0 to 1.0."""
    s = 1.0 - t
    return QColor(
        round(a.red() * s + b.red() * t),
        round(a.green() * s + b.green() * t),
        round(a.blue() * s + b.blue() * t),
        round(a.alpha() * s + b.alpha() * t),
    )


def alpha(base: QColor, opacity: float) -> QColor:
    """Return the same colour at an opacity of 0.0 to 1.0."""
    found = QColor(base)
    found.setAlphaF(opacity)
    return found


class PhaseColors:
    """Every colour of one phase in one theme. Read-only.

    A plain class, as `Theme` is: a dataclass of so many fields costs each start milliseconds.
    """

    solid: QColor
    on: QColor
    text: QColor
    tint: QColor
    flood: QColor
    ring_track: QColor
    timeline_upcoming: QColor
    player_panel: QColor
    mat_line: QColor
    ring_tick: QColor
    volume_track: QColor
    heat_low: QColor
    heat_mid: QColor
    heat_high: QColor
    heat_empty: QColor
    hero_bg: QColor
    hero_text: QColor
    """Names and figures on the suggestion card."""
    hero_eyebrow: QColor
    """The line above the name on the suggestion card."""
    accent: QColor
    """The worked region of a figure: the dark theme's solid in both themes."""

    def __init__(
        self, phase: Phase, name: str, neutral: Mapping[str, QColor], *, high_contrast: bool
    ) -> None:
        """Mix the colours of a phase for the theme `name`, `light` or `dark`."""
        own = {key: color(value) for key, value in tokens.PHASE[name][phase.value].items()}
        if high_contrast:
            own["flood"] = neutral["bg"]
        self.__dict__.update(own)
        # In the blend table "text" is the neutral one.
        names = {**own, **neutral}
        for key, blend in tokens.BLEND[name].items():
            if key in PhaseColors.__annotations__:
                self.__dict__[key] = _blended(blend, names)
        self.hero_eyebrow = own["text"] if name == "dark" else own["on"]
        self.accent = color(tokens.PHASE["dark"][phase.value]["solid"])


class Theme:
    """All that a widget needs to paint itself. Read-only. Sizes are logical pixels."""

    bg: QColor
    surface: QColor
    surface_2: QColor
    sunken: QColor
    line: QColor
    line_strong: QColor
    text: QColor
    text_2: QColor
    text_3: QColor
    ink: QColor
    on_ink: QColor
    ink_hover: QColor
    focus: QColor
    danger: QColor
    danger_tint: QColor
    danger_line: QColor
    scrim: QColor
    fig_near: QColor
    fig_far: QColor

    rail: QColor
    selected: QColor
    """Fill of the current page in the rail and of selected rows."""
    segment: QColor
    """The raised part of a segmented control."""
    slider_track: QColor

    def __init__(
        self,
        *,
        dark: bool,
        text_scale: float = 1.0,
        reduced_motion: bool = False,
        high_contrast: bool = False,
    ) -> None:
        self.dark = dark
        self.text_scale = text_scale
        self.reduced_motion = reduced_motion
        self.high_contrast = high_contrast
        name = "dark" if dark else "light"
        neutral = {key: color(value) for key, value in tokens.NEUTRAL[name].items()}
        if high_contrast:
            neutral["line"] = neutral["line_strong"]
        self.__dict__.update(neutral)
        self.rail = self.sunken if dark else self.surface
        self.selected = self.surface_2 if dark else self.sunken
        self.segment = mix(self.surface, self.text, 0.115) if dark else self.surface
        self.slider_track = _blended(tokens.BLEND[name]["slider_track"], neutral)
        self.phases: Mapping[Phase, PhaseColors] = {
            phase: PhaseColors(phase, name, neutral, high_contrast=high_contrast) for phase in Phase
        }

    def phase(self, phase: Phase) -> PhaseColors:
        return self.phases[phase]

    def font(
        self, role: str, scale: float = 1.0, *, tabular: bool = False, weight: int = 0
    ) -> QFont:
        """Return the font of a type role of the tokens, such as `body` or `player.name`.

        `scale` is the player's u for its roles; other roles also follow the text size. `tabular`
        is for text with digits, never for names. `weight` overrules the role's. The font is
        shared: copy it before changing it.
        """
        return _font(role, self._scaled(role, scale), tabular, weight)

    def line_height(self, role: str, scale: float = 1.0) -> int:
        """Return the line height of a role in whole pixels."""
        return round(tokens.TYPE[role][1] * self._scaled(role, scale))

    def control(self, height: int, role: str = "body") -> int:
        """Return how high a control of a nominal height is at this text size."""
        return max(height, self.line_height(role) + 16)

    def motion(self, name: str) -> int:
        """Return the length of a movement of the tokens; 0 with reduced motion."""
        return 0 if self.reduced_motion else tokens.MOTION[name]

    def palette(self) -> QPalette:
        """Return the palette for the few plain Qt widgets (fields, menus, tooltips)."""
        return _palette(self)

    def _scaled(self, role: str, scale: float) -> float:
        return scale if role.startswith("player.") else scale * self.text_scale


def sized_font(
    px: float, weight: int, *, tracking: float = 0.0, display: bool = True, tabular: bool = False
) -> QFont:
    """Return a font of any size, for what has no role: the countdown. `tracking` is percent."""
    return _make_font(
        max(1, round(px)), weight, tracking, "display" if display else "text", tabular
    )


def baseline(font: QFont, center_y: float) -> float:
    """Return the y of the baseline that centres capitals and digits on `center_y`."""
    return center_y + font.pixelSize() * CAP_HEIGHT / 2


def line_baseline(font: QFont, top: float, line_height: float) -> float:
    """Return the baseline of a line of text whose box starts at `top`."""
    metrics = QFontMetricsF(font)
    return top + (line_height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()


@cache
def _font(role: str, scale: float, tabular: bool, weight: int) -> QFont:  # noqa: FBT001
    px, _line, usual, tracking, family = tokens.TYPE[role]
    return _make_font(max(1, round(px * scale)), weight or usual, tracking, family, tabular)


@cache
def _make_font(px: int, weight: int, tracking: float, family: str, tabular: bool) -> QFont:  # noqa: FBT001
    font = QFont([tokens.FAMILIES[family], *tokens.FALLBACK])
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(
        QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
    )
    if tracking:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100.0 + tracking)
    if tabular:
        for feature in tokens.NUMERIC:
            font.setFeature(QFont.Tag(feature), 1)
    return font


def _blended(blend: Blend, names: Mapping[str, QColor]) -> QColor:
    if isinstance(blend, str):
        return names[blend]
    first, second, t = blend
    if isinstance(t, str):
        raise TypeError(blend)
    return mix(names[first], names[second], t)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, value in (
        (role.Window, theme.bg),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.surface_2),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.text_3),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.ink),
        (role.ToolTipText, theme.on_ink),
        (role.Highlight, theme.ink),
        (role.HighlightedText, theme.on_ink),
        (role.Accent, theme.ink),
        (role.Link, theme.text),
        (role.Light, theme.surface),
        (role.Midlight, theme.line),
        (role.Mid, theme.line),
        (role.Dark, theme.line_strong),
        (role.Shadow, theme.line_strong),
    ):
        palette.setColor(name, value)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, theme.text_3)
    return palette


class ThemeManager(QObject):
    """Decides which theme holds, from the settings and the system; tells when that changes.

    One object is for the pages and one (`player=True`) for the player, which may always be dark.
    """

    changed = cast("TypedSignal[()]", Signal())

    def __init__(
        self,
        hints: QStyleHints,
        settings: Settings,
        *,
        player: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hints = hints
        self._settings = settings
        self._player = player
        # Qt from 6.10 on says whether the system asks for more contrast.
        self._accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None
        self._key = self._wanted()
        self._theme = self._built()
        hints.colorSchemeChanged.connect(self._refresh)
        if self._accessibility is not None:
            self._accessibility.contrastPreferenceChanged.connect(self._refresh)
            motion_changed = getattr(self._accessibility, "motionPreferenceChanged", None)
            if motion_changed is not None:
                motion_changed.connect(self._refresh)

    @property
    def theme(self) -> Theme:
        return self._theme

    def apply(self, settings: Settings) -> None:
        """Follow these settings from now on."""
        self._settings = settings
        self._refresh()

    def _refresh(self, *_: object) -> None:
        key = self._wanted()
        if key != self._key:
            self._key = key
            self._theme = self._built()
            self.changed.emit()

    def _wanted(self) -> tuple[bool, float, bool, bool]:
        settings = self._settings
        if self._player and settings.player_theme is PlayerTheme.DARK:
            dark = True
        elif settings.theme is ThemeChoice.SYSTEM:
            dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = settings.theme is ThemeChoice.DARK
        return dark, settings.text_size, self._still(), self._contrast()

    def _still(self) -> bool:
        if self._settings.motion is not MotionChoice.SYSTEM or self._accessibility is None:
            return self._settings.motion is MotionChoice.REDUCED
        # Qt knows from 6.12 on what the system asks for; before that the property is missing.
        preference = self._accessibility.property("motionPreference")
        return bool(getattr(preference, "value", preference))

    def _contrast(self) -> bool:
        if self._accessibility is None:
            return False
        return self._accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _built(self) -> Theme:
        dark, text_scale, reduced_motion, high_contrast = self._key
        return Theme(
            dark=dark,
            text_scale=text_scale,
            reduced_motion=reduced_motion,
            high_contrast=high_contrast,
        )
