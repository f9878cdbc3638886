"""The settings page: one scrolling page, with the list of its sections beside it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem
from app.domain.settings import Settings
from app.domain.speech import VoiceInfo
from app.ui import keys
from app.ui.pages.settings.info import AppInfo
from app.ui.pages.settings.maker import tr
from app.ui.pages.settings.rows import NAV_WIDTH, Section, SectionNav, SettingRow
from app.ui.pages.settings.sections import AppearanceSection, GoalSection, TimingSection
from app.ui.pages.settings.sound import SoundSection
from app.ui.theme import ThemeManager
from app.ui.widgets.buttons import Button
from app.ui.widgets.key_list import KeyList
from app.ui.widgets.paint import text_at
from app.ui.widgets.scroll import PageScroll
from app.ui.widgets.select import Select

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal
    from app.ui.sound_check_keeper import CheckedDevice

MARGIN, HEADER, GUTTER = 40, 96, 36
NAV_LEFT: Final = 28
MAX_WIDTH: Final = 1120
SECTION_GAP: Final = 28
NARROW: Final = 1000
"""Window width below which the list of sections is a field on top."""
_RAIL: Final = 96
_FOLLOW: Final = 80


class SettingsPage(QWidget):
    """Every change applies at once and is told by `settings_changed`."""

    settings_changed = cast("TypedSignal[Settings]", Signal(object))
    cue_requested = cast("TypedSignal[()]", Signal())
    """Let one tone be heard."""
    sentence_requested = cast("TypedSignal[()]", Signal())
    """Let the voice say one sentence."""
    sound_check_requested = cast("TypedSignal[()]", Signal())
    folder_requested = cast("TypedSignal[str]", Signal(str))
    """Show the folder with this path."""
    cue_set_folder_requested = cast("TypedSignal[str]", Signal(str))
    """Show the folder of the user's own sounds, which may be missing."""
    cue_set_chosen_anew = cast("TypedSignal[()]", Signal())
    """The cue set in use was chosen once more: its files may be others."""

    def __init__(
        self,
        themes: ThemeManager,
        locale: QLocale,
        settings: Settings,
        info: AppInfo,
        parent: QWidget | None = None,
        *,
        cue_set_folder: Callable[[str], Path] = Path,
    ) -> None:
        """`cue_set_folder` returns the folder that a cue set's setting means."""
        super().__init__(parent)
        self._themes = themes
        self.sound = SoundSection(themes, settings, self._take, self, cue_set_folder=cue_set_folder)
        self.timing = TimingSection(themes, settings, self._take, self)
        self.goal = GoalSection(themes, locale, settings, self._take, self)
        self.appearance = AppearanceSection(themes, settings, self._take, self)
        self._makers = (self.sound, self.timing, self.goal, self.appearance)
        self.sound.play.clicked.connect(self.cue_requested.emit)
        self.sound.say.clicked.connect(self.sentence_requested.emit)
        self.sound.check.clicked.connect(self.sound_check_requested.emit)
        self.sound.folder_requested.connect(self.cue_set_folder_requested.emit)
        self.sound.cue_set_chosen_anew.connect(self.cue_set_chosen_anew.emit)
        self._sections = [
            *(maker.section for maker in self._makers),
            self._data_section(info),
            *self._keyboard_sections(),
            self._about_section(info),
        ]
        self._scroll = PageScroll(themes, self)
        self._content = _Content(self._sections)
        self._scroll.set_widget(self._content)
        # The keyboard has several cards and one place in the list.
        self._targets = [section for section in self._sections if section.title and section.icon]
        titles = [section.title for section in self._targets]
        self._nav = SectionNav(themes, [(s.title, s.icon) for s in self._targets], self)
        self._nav.chosen.connect(self._go_to)
        self._jump = Select(themes, titles, name=tr("Sections"), width=240, parent=self)
        self._jump.activated.connect(self._go_to)
        self._scroll.scrolled.connect(self._follow)
        themes.changed.connect(self._place)
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show settings that were changed elsewhere, without announcing them."""
        for maker in self._makers:
            maker.show_settings(settings)
        self._place()

    @Slot(object, object)
    def show_voices(self, current: VoiceInfo, engines: tuple[VoiceInfo, ...]) -> None:
        """Show the voice in use and why that one, and the voices that could be chosen."""
        self.sound.show_voices(current, engines)
        self._place()

    @Slot(str, object)
    def show_cue_set(self, name: str, problems: tuple[Problem, ...]) -> None:
        """Show the cue set in use (no name: the built-in one) and what is amiss with its files."""
        self.sound.show_cue_set(name, problems)
        self._place()

    @Slot(str, object)
    def show_device(self, name: str, checked: "CheckedDevice | None") -> None:
        """Show the default output (no name: there is none) and what its last check found."""
        self.sound.show_device(name, checked)
        self._place()

    def focus_start(self) -> None:
        """Put the focus on the list of sections."""
        target: QWidget = self._jump if self._is_narrow() else self._nav.item(0)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, settings: Settings) -> None:
        # Each section keeps the settings it shows; all of them must know the new ones.
        for maker in self._makers:
            maker.settings = settings
        self.settings_changed.emit(settings)
        self._place()

    # The sections that only show

    def _data_section(self, info: AppInfo) -> Section:
        rows: list[QWidget] = []
        for folder in info.folders:
            button = Button(self._themes, tr("Show folder"), icon="folder-open")
            button.setAccessibleName(tr("Show folder: {title}").format(title=folder.title))
            button.clicked.connect(partial(self._ask_folder, folder.path))
            rows.append(SettingRow(self._themes, folder.title, folder.shown, controls=[button]))
        return Section(self._themes, tr("Your data"), "folder", rows)

    def _keyboard_sections(self) -> list[Section]:
        found: list[Section] = []
        for index, group in enumerate(keys.groups()):
            title = tr("Keyboard") if index == 0 else group.title
            icon = "keyboard" if index == 0 else ""
            rows: list[QWidget] = [KeyList(self._themes, group, margin=8)]
            found.append(Section(self._themes, title, icon, rows))
        return found

    def _about_section(self, info: AppInfo) -> Section:
        licences = Button(self._themes, tr("Licence texts"), icon="folder-open")
        licences.clicked.connect(partial(self._ask_folder, info.licences))
        safety = tr(
            "Warmdown is not medical advice. Stop if something hurts sharply or goes numb, and "
            "see a clinician about pain that lasts."
        )
        rows: list[QWidget] = [
            SettingRow(
                self._themes,
                tr("Warmdown {version}").format(version=info.version),
                tr(
                    "Guided warm-ups, holds and core sets for runners. Nothing leaves this computer."
                ),
            ),
            SettingRow(self._themes, tr("Your safety"), safety),
            SettingRow(
                self._themes,
                tr("Licences"),
                tr(
                    "Program: MIT. Exercises and routines: CC BY 4.0. Inter: OFL 1.1. "
                    "Icons: Lucide (ISC) and Tabler (MIT). Qt: LGPL 3."
                ),
                controls=[licences],
            ),
        ]
        return Section(self._themes, tr("About"), "info", rows)

    def _ask_folder(self, path: str, *_: object) -> None:
        self.folder_requested.emit(path)

    # Layout

    def _is_narrow(self) -> bool:
        return self.width() + _RAIL < NARROW * self._themes.theme.text_scale

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _place(self) -> None:
        narrow = self._is_narrow()
        self._nav.setVisible(not narrow)
        self._jump.setVisible(narrow)
        if narrow:
            size = self._jump.sizeHint()
            self._jump.setGeometry(
                self.width() - MARGIN - size.width(),
                52 - size.height() // 2,
                size.width(),
                size.height(),
            )
            self._scroll.setGeometry(0, HEADER - 8, self.width(), self.height() - HEADER + 8)
            self._content.place(MARGIN, self.width() - 2 * MARGIN)
            return
        size = self._nav.sizeHint()
        self._nav.setGeometry(
            NAV_LEFT, HEADER, NAV_WIDTH, min(size.height(), self.height() - HEADER)
        )
        left = NAV_LEFT + NAV_WIDTH + GUTTER
        # Room for rings at the left.
        self._scroll.setGeometry(
            left - 8, HEADER - 8, self.width() - left + 8, self.height() - HEADER + 8
        )
        self._content.place(8, min(MAX_WIDTH, self.width() - left - MARGIN))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        text_at(painter, theme.font("title_l"), theme.text, (MARGIN - 1, 52), tr("Settings"))

    # The list and the scrolling

    @Slot(int)
    def _go_to(self, index: int) -> None:
        self._scroll.scroll_to(self._targets[index].y() - 8)
        self._nav.show_section(index)
        self._jump.setCurrentIndex(index)

    @Slot(int)
    def _follow(self, value: int) -> None:
        index = 0
        for place, section in enumerate(self._targets):
            if section.y() <= value + _FOLLOW:
                index = place
        if value >= self._scroll.range > 0:
            index = len(self._targets) - 1
        self._nav.show_section(index)
        self._jump.setCurrentIndex(index)


class _Content(QWidget):
    """The sections below one another."""

    def __init__(self, sections: list[Section]) -> None:
        super().__init__()
        self._sections = sections
        for section in sections:
            section.setParent(self)

    def place(self, left: int, width: int) -> None:
        y = 8
        for section in self._sections:
            height = section.place(width)
            section.setGeometry(left, y, width, height)
            y += height + SECTION_GAP
        self.setMinimumHeight(y + 12)
