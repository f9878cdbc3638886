"""The player's widgets: made once, placed by the layout, coloured together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from app.domain.choices import Side
from app.domain.exercise import Mode
from app.ui.pages.player import words
from app.ui.pages.player.layout import ICON_FLOOR, Box, player_layout
from app.ui.pages.player.words import translate
from app.ui.widgets.before_strip import BeforeStrip
from app.ui.widgets.cadence_card import CadenceCard
from app.ui.widgets.cue_list import CueList
from app.ui.widgets.figure_slot import FigureSlot
from app.ui.widgets.next_preview import NextPreview
from app.ui.widgets.player_button import PlayerButton, PlayerButtonKind
from app.ui.widgets.ring import Ring
from app.ui.widgets.side_badge import SideBadge
from app.ui.widgets.stage_banner import HIGH, StageBanner
from app.ui.widgets.stage_heading import StageHeading
from app.ui.widgets.stage_label import StageClock, StageTitle
from app.ui.widgets.timeline_bar import TimelineBar
from app.ui.widgets.volume_control import VolumeControl

if TYPE_CHECKING:
    from app.domain.exercise import ExerciseLibrary
    from app.domain.timeline import Segment, Timeline
    from app.ui.figures import Figures
    from app.ui.pages.player.layout import PlayerLayout
    from app.ui.pages.player.view import Scene
    from app.ui.theme import ThemeManager
    from app.ui.widgets.stage_colors import StageColors


BANNER_SHARE = 0.62
"""Of the room between the buttons of the top bar; the title keeps the rest."""


def rect_of(box: Box) -> QRect:
    """Round to whole pixels, edges rather than sizes, so that neighbours stay aligned."""
    left, top = round(box.x), round(box.y)
    return QRect(left, top, round(box.right) - left, round(box.bottom) - top)


class Parts:
    """Everything on the player's page, in its parent."""

    def __init__(
        self, themes: ThemeManager, figures: Figures, colors: StageColors, parent: QWidget
    ) -> None:
        self._figures = figures
        self.heading = StageHeading(colors, parent)
        self.figure = FigureSlot(themes, figures, colors, parent)
        self.badge = SideBadge(colors, parent)
        self.cues = CueList(colors, parent)
        self.before = BeforeStrip(colors, parent)
        self.cadence = CadenceCard(colors, parent)
        self.ring = Ring(colors, parent)
        self.title = StageTitle(colors, parent)
        self.banner = StageBanner(colors, parent)
        self.elapsed = StageClock(colors, Qt.AlignmentFlag.AlignLeft, parent)
        self.remaining = StageClock(colors, Qt.AlignmentFlag.AlignRight, parent)
        self.timeline = TimelineBar(colors, parent)
        self.upcoming = NextPreview(themes, figures, colors, parent)
        self.volume = VolumeControl(themes, colors, parent)
        self.volume.setAccessibleName(translate("Player", "Volume"))
        self.volume.setToolTip(translate("Player", "Volume"))

        def button(kind: PlayerButtonKind, icon: str, name: str) -> PlayerButton:
            return PlayerButton(themes, colors, kind, icon=icon, name=name, parent=parent)

        kind = PlayerButtonKind
        self.end = button(kind.BARE, "x", translate("Player", "End"))
        self.keys = button(kind.BARE, "keyboard", translate("Player", "Keys"))
        self.full_screen = button(kind.BARE, "maximize", translate("Player", "Full screen"))
        self.repeat = button(kind.ROUND, "rotate-ccw", translate("Player", "Repeat this step"))
        self.back = button(kind.ROUND, "skip-back", translate("Player", "Back"))
        self.pause = button(kind.PRIMARY, "pause", translate("Player", "Pause"))
        self.skip = button(kind.ROUND, "skip-forward", translate("Player", "Skip"))
        self.ten_more = button(kind.ROUND, "", translate("Player", "Ten more seconds"))
        self.ten_more.setText(translate("Player", "+10 s"))
        self.bell = button(kind.SQUARE, "bell", translate("Player", "Sounds"))
        self.voice = button(kind.SQUARE, "speech", translate("Player", "Voice"))
        self.check = button(kind.ROUND, "", translate("Player", "Check the sound"))
        self.check.setText(translate("Player", "Check the sound"))
        self.check.setToolTip(translate("Player", "Check the sound (C)"))

        self.top_buttons = (self.end, self.keys, self.full_screen)
        self.dock_buttons = (self.pause, self.skip, self.ten_more, self.repeat, self.back)
        self.buttons = (
            *self.dock_buttons,
            self.bell,
            self.voice,
            self.check,
            *self.top_buttons,
        )
        self.stage = (
            self.heading,
            self.figure,
            self.badge,
            self.cues,
            self.before,
            self.cadence,
            self.title,
            self.banner,
            self.elapsed,
            self.remaining,
            self.upcoming,
        )
        self.focus_order: tuple[QWidget, ...] = (
            *self.dock_buttons,
            self.volume,
            self.bell,
            self.voice,
            self.check,
            self.keys,
            self.full_screen,
            self.end,
        )
        for first, second in zip(self.focus_order, self.focus_order[1:], strict=False):
            QWidget.setTabOrder(first, second)

    def set_colors(self, colors: StageColors) -> None:
        for part in self.stage:
            part.set_colors(colors)
        for button in self.buttons:
            button.set_colors(colors)
        self.ring.set_colors(colors)
        self.timeline.set_colors(colors)
        self.volume.set_colors(colors)

    def show_scene(
        self, scene: Scene, segment: Segment, timeline: Timeline, library: ExerciseLibrary
    ) -> None:
        """Write a segment's words and find its figure; `place` then finds room for them."""
        self.heading.set_words(scene.icon, scene.eyebrow, scene.name)
        self.cues.set_cues(scene.cues)
        coming = scene.upcoming
        self.upcoming.set_next(
            coming.label,
            coming.name,
            coming.detail,
            coming.position,
            side=coming.side,
            exercise=library.get(coming.exercise or ""),
            phase=coming.phase,
        )
        self.show_side(scene, scene.side)
        self.show_figure(scene, segment, timeline, library)

    def show_figure(
        self, scene: Scene, segment: Segment, timeline: Timeline, library: ExerciseLibrary
    ) -> None:
        """Show the exercise that a segment is or leads to."""
        exercise = library.get(segment.exercise or "")
        figure = self._figures.figure_of(exercise)
        if exercise is None or figure is None:
            self.figure.show_position(
                scene.position, scene.position_word, mirrored=scene.side is Side.LEFT
            )
            return
        playback = self._figures.playback(
            figure, timeline, segment, held=exercise.mode is Mode.HOLD and segment.tempo is None
        )
        self.figure.show_playback(playback, scene.accent)

    def show_side(self, scene: Scene, side: Side) -> None:
        """Show a side in the badge, or the round where there is none."""
        if side is not Side.BOTH:
            self.badge.show_side(side, words.side_word(side), words.side_name(side))
        elif scene.round_label:
            self.badge.show_round(scene.round_label)

    def place(self, width: int, height: int, scene: Scene, *, asks_before: bool) -> PlayerLayout:
        """Lay everything out for a window of that size."""
        layout = player_layout(width, height)
        u = layout.u
        for part in self.stage:
            part.set_scale(u)
        self._place_block(layout, scene, asks_before=asks_before)
        self.ring.set_scale(u)
        self.ring.setGeometry(rect_of(layout.ring))
        self._place_top(layout)
        self._place_dock(layout)
        return layout

    def _place_block(self, layout: PlayerLayout, scene: Scene, *, asks_before: bool) -> None:
        with_badge = scene.side is not Side.BOTH or bool(scene.round_label)
        cadence = scene.cadence is not None
        with_column = cadence or with_badge or bool(scene.cues) or asks_before
        name_high = self.heading.fit(layout.block.w, layout.u)
        block = layout.divide(name_high, cadence=cadence, badge=with_badge, column=with_column)
        self.heading.setGeometry(
            rect_of(
                Box(
                    block.phase_line.x,
                    block.phase_line.y,
                    block.name.w,
                    # Descenders of the last line reach under the name's box.
                    block.name.bottom - block.phase_line.y + 0.08 * name_high,
                )
            )
        )
        self.figure.setVisible(block.panel is not None)
        if block.panel is not None:
            self.figure.setGeometry(rect_of(block.panel))
        self.cadence.setVisible(cadence)
        self.cadence.setGeometry(rect_of(block.column))
        self.badge.setVisible(with_badge and not cadence)
        self.badge.setGeometry(rect_of(block.badge))
        self._place_cues(block.cues, layout.u, visible=not cadence, asks_before=asks_before)

    def _place_cues(self, box: Box, u: float, *, visible: bool, asks_before: bool) -> None:
        self.before.setVisible(asks_before and visible)
        if asks_before and visible:
            high = min(box.h, self.before.high(box.w))
            self.before.setGeometry(rect_of(Box(box.x, box.bottom - high, box.w, high)))
            box = box._replace(h=max(0.0, box.h - high - 16 * u))
        self.cues.setVisible(visible and box.h > 0)
        self.cues.setGeometry(rect_of(box))

    def _place_top(self, layout: PlayerLayout) -> None:
        top = layout.top
        for button, box in ((self.end, top.end), (self.keys, top.keys)):
            button.set_scale(layout.u, top.icon)
            button.setGeometry(rect_of(box))
        self.full_screen.set_scale(layout.u, top.icon)
        self.full_screen.setGeometry(rect_of(top.full_screen))
        title = self._place_check(layout)
        if self.banner.text:
            wide, high = self.banner.wanted_size(title.w - (1 - BANNER_SHARE) * top.title.w)
            banner = Box(title.right - wide, title.centre_y - high / 2, wide, high)
            self.banner.setGeometry(rect_of(banner))
            title = title._replace(w=title.w - wide - 16 * layout.u)
        self.title.setGeometry(rect_of(title))

    def _place_check(self, layout: PlayerLayout) -> Box:
        """Put the button of an offer at the title's end; return what is left of the title."""
        title, u = layout.top.title, layout.u
        if self.check.isHidden():
            return title
        self.check.set_scale(u, layout.top.icon)
        high = max(ICON_FLOOR, HIGH * u)
        wide = max(self.check.wanted_width(), high)
        self.check.setGeometry(
            rect_of(Box(title.right - wide, title.centre_y - high / 2, wide, high))
        )
        return title._replace(w=title.w - wide - 8 * u)

    def _place_dock(self, layout: PlayerLayout) -> None:
        dock, u = layout.dock, layout.u
        self.elapsed.setGeometry(rect_of(dock.elapsed))
        self.remaining.setGeometry(rect_of(dock.remaining))
        self.timeline.set_scale(u)
        self.timeline.setGeometry(rect_of(dock.timeline))
        thumb, text = dock.thumbnail, dock.next_text
        self.upcoming.setGeometry(rect_of(Box(thumb.x, text.y, text.right - thumb.x, text.h)))
        for button, box, icon in (
            (self.repeat, dock.repeat, 26),
            (self.back, dock.back, 26),
            (self.pause, dock.pause, 42),
            (self.skip, dock.skip, 26),
            (self.ten_more, dock.ten_more, 26),
            (self.bell, dock.bell, 24),
            (self.voice, dock.voice, 24),
        ):
            button.set_scale(u, max(18.0, icon * u))
            button.setGeometry(rect_of(box))
        self.volume.set_scale(u, dock.volume_icon)
        self.volume.setGeometry(rect_of(dock.volume))
