"""Timing, goal and looks on the settings page: each control shows a setting and tells a change."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, QTime, Slot

from app.domain.settings import (
    AffectedSide,
    FirstSide,
    MotionChoice,
    PlayerTheme,
    Settings,
    ThemeChoice,
)
from app.ui.pages.settings.maker import Changed, SectionMaker, tr
from app.ui.pages.settings.rows import Section, SettingRow
from app.ui.theme import ThemeManager
from app.ui.widgets.choice import Segmented
from app.ui.widgets.select import Select
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TEXT_SIZES: Final = (1.0, 1.15, 1.3)
DEFAULT_CADENCE: Final = 170
DAY_ENDS_MAX: Final = 8
_SECOND_MS: Final = 1000


class TimingSection(SectionMaker):
    _FIRST = (FirstSide.LEFT, FirstSide.RIGHT, FirstSide.ALTERNATE, FirstSide.TIGHTER)
    _AFFECTED = (AffectedSide.NONE, AffectedSide.LEFT, AffectedSide.RIGHT)

    def __init__(
        self, themes: ThemeManager, settings: Settings, changed: Changed, parent: QObject
    ) -> None:
        super().__init__(settings, changed, parent)
        seconds = tr(" s")
        self.get_ready = Stepper(themes, tr("Get ready"), minimum=3, maximum=60, unit=seconds)
        self.side_change = Stepper(themes, tr("Side change"), minimum=0, maximum=120, unit=seconds)
        self.first_side = Select(
            themes,
            [tr("Left first"), tr("Right first"), tr("Take turns"), tr("Tighter side first")],
            name=tr("First side"),
            width=220,
        )
        self.affected = Segmented(
            themes, [tr("None"), tr("Left"), tr("Right")], name=tr("Sore side")
        )
        self.breath = Stepper(themes, tr("One breath"), minimum=6, maximum=16, unit=seconds)
        self.cadence_on = Toggle(themes, tr("Goal cadence"))
        self.cadence = Stepper(
            themes, tr("Goal cadence"), minimum=40, maximum=240, step=2, unit=tr(" spm"), width=184
        )
        self.beat = Segmented(
            themes, [tr("Every step"), tr("Every other")], name=tr("Metronome beat")
        )
        for control in (self.get_ready, self.side_change, self.breath, self.cadence):
            control.valueChanged.connect(self._take)
        self.first_side.activated.connect(self._take)
        self.affected.chosen.connect(self._take)
        self.beat.chosen.connect(self._take)
        self.cadence_on.clicked.connect(self._take)
        self._cadence_row = SettingRow(
            themes,
            tr("Goal cadence"),
            tr("Steps a minute that a walk to your pace builds up to"),
            controls=[self.cadence, self.cadence_on],
        )
        rows: list[QWidget] = [
            SettingRow(
                themes,
                tr("Get ready"),
                tr("Time to reach the mat before the first step"),
                controls=[self.get_ready],
            ),
            SettingRow(
                themes,
                tr("Side change"),
                tr("Time to switch sides, where the routine says nothing"),
                controls=[self.side_change],
            ),
            SettingRow(
                themes,
                tr("First side"),
                tr("Which side an exercise starts with"),
                controls=[self.first_side],
            ),
            SettingRow(
                themes,
                tr("Sore side"),
                tr("Some steps are done on this side only"),
                controls=[self.affected],
            ),
            SettingRow(
                themes,
                tr("One breath"),
                tr("In and out, for holds that are counted in breaths"),
                controls=[self.breath],
            ),
            self._cadence_row,
            SettingRow(
                themes,
                tr("Metronome beat"),
                tr("How often it ticks while you walk or jog"),
                controls=[self.beat],
            ),
        ]
        self.section = Section(themes, tr("Timing"), "timer", rows)

    def fill(self) -> None:
        settings = self.settings
        self.get_ready.setValue(settings.get_ready_ms // _SECOND_MS)
        self.side_change.setValue(settings.side_change_ms // _SECOND_MS)
        self.first_side.setCurrentIndex(self._FIRST.index(settings.first_side))
        self.affected.set_current(self._AFFECTED.index(settings.affected))
        self.breath.setValue(settings.breath_ms // _SECOND_MS)
        self.cadence_on.setChecked(settings.goal_cadence is not None)
        self.cadence.setValue(settings.goal_cadence or DEFAULT_CADENCE)
        self.beat.set_current(settings.beat_every - 1)
        self._show_cadence()

    def _show_cadence(self) -> None:
        self.cadence.setVisible(self.cadence_on.isChecked())
        self._cadence_row.place()

    @Slot()
    def _take(self, *_: object) -> None:
        self._show_cadence()
        self.tell(
            replace(
                self.settings,
                get_ready_ms=self.get_ready.value() * _SECOND_MS,
                side_change_ms=self.side_change.value() * _SECOND_MS,
                first_side=self._FIRST[self.first_side.currentIndex()],
                affected=self._AFFECTED[self.affected.current()],
                breath_ms=self.breath.value() * _SECOND_MS,
                goal_cadence=self.cadence.value() if self.cadence_on.isChecked() else None,
                beat_every=self.beat.current() + 1,
            )
        )


class GoalSection(SectionMaker):
    def __init__(
        self,
        themes: ThemeManager,
        locale: QLocale,
        settings: Settings,
        changed: Changed,
        parent: QObject,
    ) -> None:
        super().__init__(settings, changed, parent)
        long_name = QLocale.FormatType.LongFormat
        self.days = Stepper(themes, tr("Days a week"), minimum=1, maximum=7)
        self.week = Segmented(
            themes,
            [locale.standaloneDayName(1, long_name), locale.standaloneDayName(7, long_name)],
            name=tr("Week starts on"),
        )
        form = locale.timeFormat(QLocale.FormatType.ShortFormat).replace(":ss", "")
        self.day_end = Select(
            themes,
            [locale.toString(QTime(hour, 0), form) for hour in range(DAY_ENDS_MAX + 1)],
            name=tr("Day ends at"),
            width=168,
        )
        self.days.valueChanged.connect(self._take)
        self.week.chosen.connect(self._take)
        self.day_end.activated.connect(self._take)
        self.section = Section(
            themes,
            tr("Goal"),
            "calendar-days",
            [
                SettingRow(
                    themes,
                    tr("Days a week"),
                    tr("Any finished session counts. Half of one counts too."),
                    controls=[self.days],
                ),
                SettingRow(themes, tr("Week starts on"), controls=[self.week]),
                SettingRow(
                    themes,
                    tr("Day ends at"),
                    tr("A session before this time belongs to the evening before"),
                    controls=[self.day_end],
                ),
            ],
        )

    def fill(self) -> None:
        self.days.setValue(self.settings.goal_days)
        self.week.set_current(int(self.settings.week_starts_on_sunday))
        hour = min(self.settings.day_ends_at_hour, DAY_ENDS_MAX)
        self.day_end.setCurrentIndex(hour)

    @Slot()
    def _take(self, *_: object) -> None:
        self.tell(
            replace(
                self.settings,
                goal_days=self.days.value(),
                week_starts_on_sunday=self.week.current() == 1,
                day_ends_at_hour=self.day_end.currentIndex(),
            )
        )


class AppearanceSection(SectionMaker):
    _THEMES = (ThemeChoice.SYSTEM, ThemeChoice.LIGHT, ThemeChoice.DARK)
    _MOTION = (MotionChoice.SYSTEM, MotionChoice.FULL, MotionChoice.REDUCED)
    _PLAYER = (PlayerTheme.SAME, PlayerTheme.DARK)

    def __init__(
        self, themes: ThemeManager, settings: Settings, changed: Changed, parent: QObject
    ) -> None:
        super().__init__(settings, changed, parent)
        self.theme = Segmented(
            themes,
            [tr("System"), tr("Light"), tr("Dark")],
            name=tr("Theme"),
            icons=("monitor", "sun", "moon"),
        )
        self.text_size = Segmented(
            themes, [tr("Normal"), tr("Large"), tr("Largest")], name=tr("Text size")
        )
        self.motion = Segmented(
            themes, [tr("System"), tr("Full"), tr("Reduced")], name=tr("Motion")
        )
        self.player = Segmented(themes, [tr("Same"), tr("Always dark")], name=tr("Session screen"))
        for control in (self.theme, self.text_size, self.motion, self.player):
            control.chosen.connect(self._take)
        self.section = Section(
            themes,
            tr("Appearance"),
            "sun-moon",
            [
                SettingRow(themes, tr("Theme"), controls=[self.theme]),
                SettingRow(
                    themes,
                    tr("Text size"),
                    tr("Buttons and lists grow with it"),
                    controls=[self.text_size],
                ),
                SettingRow(
                    themes,
                    tr("Motion"),
                    tr(
                        "Reduced: figures stand still, nothing glides, the ring steps once a second"
                    ),
                    controls=[self.motion],
                ),
                SettingRow(
                    themes,
                    tr("Session screen"),
                    tr("Dark is easier on the eyes in a dim room"),
                    controls=[self.player],
                ),
            ],
        )

    def fill(self) -> None:
        settings = self.settings
        self.theme.set_current(self._THEMES.index(settings.theme))
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - settings.text_size))
        self.text_size.set_current(TEXT_SIZES.index(nearest))
        self.motion.set_current(self._MOTION.index(settings.motion))
        self.player.set_current(self._PLAYER.index(settings.player_theme))

    @Slot()
    def _take(self, *_: object) -> None:
        self.tell(
            replace(
                self.settings,
                theme=self._THEMES[self.theme.current()],
                text_size=TEXT_SIZES[self.text_size.current()],
                motion=self._MOTION[self.motion.current()],
                player_theme=self._PLAYER[self.player.current()],
            )
        )
