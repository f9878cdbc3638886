"""Builds every object of the window and connects them; holds no logic of its own."""

import sys
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QLocale, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from app import __version__
from app.domain.choosing import choices_for
from app.domain.errors import HistoryError, SoundError, WarmdownError
from app.preflight import explain_import, open_application
from app.storage.history_db import HistoryDb
from app.storage.library import Library
from app.storage.paths import UserFolders, bundled, user_folders
from app.storage.picture_cache import PictureCache
from app.storage.settings_file import load_settings, save_settings
from app.storage.window_file import load_place, save_place
from app.ui.crash import CrashHandler
from app.ui.exercise_keeper import ExerciseKeeper
from app.ui.figures import DRAWING, Figures
from app.ui.fonts import default_font, load_fonts
from app.ui.goal_keeper import GoalKeeper
from app.ui.home_feed import HomeFeed
from app.ui.main_window import MainWindow, Place
from app.ui.pages.home.page import HomePage
from app.ui.preferences import Preferences
from app.ui.rail import Page
from app.ui.session_flow import SessionFlow
from app.ui.theme import ThemeManager

if TYPE_CHECKING:
    from app.domain.catalogue import RoutineCard
    from app.domain.errors import Problem
    from app.domain.figure.model import FigureBook
    from app.domain.ports import SessionSound, Voice
    from app.domain.routine import Routine
    from app.domain.settings import Settings
    from app.domain.today import Day
    from app.sound.voice.bank import VoiceBank
    from app.ui.editor_keeper import EditorKeeper
    from app.ui.export_controller import ExportController
    from app.ui.pages.settings.page import SettingsPage
    from app.ui.previews import Previews
    from app.ui.signals import TypedSignal
    from app.ui.sound_check_keeper import SoundCheckKeeper
    from app.window_sound import WindowSound

_AT_LEISURE_MS = 1_200
"""So long after the first picture nobody is kept waiting by what is loaded."""
_DEVICE_KNOWN_MS = 1_200
"""So long after Start the sound output is known."""
_LATER_MS = 800
"""What the first picture does not need comes this much after it."""


def _wall_clock() -> datetime:
    return datetime.now().astimezone()


def open_window(routine: str | None) -> int:
    """Open the window, start `routine` (an id or a file) if one is named, return the exit code."""
    application = open_application(sys.argv[:1], QApplication)
    application.setApplicationName("Warmdown")
    application.setDesktopFileName("warmdown")
    return Window(application, user_folders()).run(routine)


class Window(QObject):
    """Everything that lives as long as the window does."""

    _history_troubled = cast("TypedSignal[str]", Signal(str))
    """From the history's own threads to this one."""

    def __init__(self, application: QApplication, folders: UserFolders) -> None:
        super().__init__(application)
        self._application = application
        self._folders = folders
        settings, self._settings_problems = load_settings(folders.settings)
        self._saved_settings = settings
        self._preferences = Preferences(settings, self._save_settings)
        load_fonts(bundled("fonts"))
        hints = application.styleHints()
        self._themes = ThemeManager(hints, settings, parent=application)
        self._player_themes = ThemeManager(hints, settings, player=True, parent=application)
        self._dress()
        self._themes.changed.connect(self._dress)
        self._locale = QLocale()
        self._library = Library(folders, choices=choices_for(settings))
        self._figures = Figures(
            self._read_figures,
            self._library.figure_tempos,
            store=PictureCache(folders.cache / "figures"),
            edition=_edition(bundled("figures.toml")),
            parent=application,
        )
        self._figure_problems: tuple[Problem, ...] = ()
        self._sound: WindowSound | None = None
        self._checks: SoundCheckKeeper | None = None
        self._voice: VoiceBank | None = None
        self._exports: ExportController | None = None
        self._editors: EditorKeeper | None = None
        self._previews: Previews | None = None
        self._trouble = ""
        self._history = HistoryDb(
            folders.history, trouble=self._hear_trouble, notice=self._history_troubled.emit
        )
        self._goals = GoalKeeper(
            self._preferences,
            store=self._history,
            reader=self._history,
            wall_clock=_wall_clock,
            parent=self,
        )
        self._feed = HomeFeed(
            self._library,
            self._history,
            self._preferences,
            wall_clock=_wall_clock,
            parent=application,
        )
        self._window = MainWindow(
            self._themes,
            {
                Page.ROUTINES: self._make_home,
                Page.EXERCISES: self._make_exercises,
                Page.HISTORY: self._make_history,
                Page.SETTINGS: self._make_settings,
            },
            place=self._place(),
            save_place=self._save_place,
            may_close=self._may_close,
        )
        self._exercises = ExerciseKeeper(
            self._window, self._themes, self._figures, catalogue=self._library
        )
        self._flow = SessionFlow(
            self._window,
            self._player_themes,
            self._figures,
            self._preferences,
            catalogue=self._library,
            write_routine=_routine_text,
            store=self._history,
            reader=self._history,
            make_sound=self._make_sound,
            make_voice=self._make_voice,
            wall_clock=_wall_clock,
            locale=self._locale,
        )
        self._crash = CrashHandler(folders.logs, save=self._flow.save_all, parent=self)
        self._crash.install()
        self._connect()

    def _hear_trouble(self, problem: HistoryError | None) -> None:
        """Hear, on any thread, why sessions are not kept for now, or that they are again."""
        self._history_troubled.emit(
            str(problem) if problem else self.tr("Sessions are saved again.")
        )

    def _connect(self) -> None:
        home = self._window.page_widget(Page.ROUTINES)
        assert isinstance(home, HomePage)  # noqa: S101  (the first page that is shown)
        self._home = home
        self._feed.data.connect(home.show_data)
        self._feed.data.connect(self._focus_start)
        self._feed.data.connect(self._exercises.refresh)
        home.start_requested.connect(self._flow.start)
        home.continue_requested.connect(self._flow.continue_interrupted)
        home.keep_requested.connect(self._flow.keep_interrupted)
        home.reload_requested.connect(self._feed.reload)
        home.preview_requested.connect(self._open_preview)
        self._exercises.preview_requested.connect(self._open_preview)
        home.pin_changed.connect(self._pin)
        home.export_requested.connect(self._export)
        home.new_requested.connect(self._new_routine)
        home.edit_requested.connect(self._edit)
        home.copy_requested.connect(self._copy)
        home.delete_requested.connect(self._delete)
        home.import_requested.connect(self._ask_import)
        home.paste_requested.connect(self._paste_list)
        self._window.new_requested.connect(self._new_routine)
        self._window.files_dropped.connect(self._take_in)
        home.show_file_requested.connect(_show_file)
        home.open_file_requested.connect(_open_file)
        home.folder_requested.connect(self._open_routines)
        home.cue_requested.connect(self._check_sound)
        home.volume_changed.connect(self._set_volume)
        home.goal_changed.connect(self._set_goal)
        self._history_troubled.connect(self._say_trouble)
        self._crash.happened.connect(self._window.say)
        self._preferences.save_failed.connect(self._window.say)
        self._window.keys_requested.connect(self._flow.show_keys)
        self._flow.history_changed.connect(self._feed.refresh)
        self._flow.session_started.connect(self._offer_sound_check)
        self._preferences.changed.connect(self._settings_changed)
        self._figures.ready.connect(self._say_figure_problems)

    def run(self, routine: str | None) -> int:
        """Show the first picture, then everything that can wait; return Qt's exit code."""
        self._feed.start()
        self._window.show()
        if routine is not None:
            self._flow.start(routine)
            if self._trouble:  # the player took the window, and the sentence with it
                self._window.say(self._trouble)
        QTimer.singleShot(_LATER_MS, self._prepare)
        try:
            return self._application.exec()
        finally:
            self._close()

    def _focus_start(self, _data: object) -> None:
        """Begin on Start as soon as there is something to start."""
        self._feed.data.disconnect(self._focus_start)
        if not self._window.is_taken_over:
            self._home.focus_start()

    def _say_trouble(self, sentence: str) -> None:
        self._trouble = sentence
        self._window.say(sentence)

    def _prepare(self) -> None:
        """Get ready what the first picture did not need."""
        from app.ui.garbage import GarbageCollector  # noqa: PLC0415  (after the first picture)

        self._garbage = GarbageCollector()
        self._figures.prepare()
        for problem in self._settings_problems[:1]:
            self._window.say(str(problem))
        # A folder that cannot be made is the history's to complain about.
        with suppress(OSError):
            self._folders.routines.parent.mkdir(parents=True, exist_ok=True)
        self._feed.watch(self._folders.routines, self._folders.exercises)
        QTimer.singleShot(_AT_LEISURE_MS, self._load_sound)
        if _has_drafts(self._folders.data / "drafts"):
            self._editor().offer_drafts()

    def _load_sound(self) -> None:
        """Load what every session needs, so that the first one begins as quickly as the next."""
        # Where a library is missing, the session that needs it says so.
        with suppress(ImportError):
            import app.window_sound  # noqa: PLC0415, F401  (as _prepare)

    def _read_figures(self) -> "FigureBook":
        """Read the figures, on any thread."""
        from app.storage.figure_file import read_figures  # noqa: PLC0415  (see above)

        read = read_figures(bundled("figures.toml"))
        self._figure_problems = read.problems
        return read.book

    def _say_figure_problems(self) -> None:
        for problem in self._figure_problems[:1]:
            self._window.say(str(problem))

    def _close(self) -> None:
        if self._editors is not None:
            self._editors.close()
        if self._exports is not None:
            self._exports.close()
        if self._sound is not None:
            self._sound.close()
        self._feed.close()
        if self._voice is not None:
            self._voice.close()
        self._figures.close()
        self._history.close()
        self._crash.uninstall()

    # Pages

    def _make_home(self) -> QWidget:
        return HomePage(self._themes, self._figures, self._locale)

    def _make_exercises(self) -> QWidget:
        return self._exercises.make_page()

    def _make_history(self) -> QWidget:
        from app.ui.history_keeper import HistoryKeeper  # noqa: PLC0415  (made when shown)
        from app.ui.pages.history.page import HistoryPage  # noqa: PLC0415

        page = HistoryPage(self._themes, self._locale)
        keeper = HistoryKeeper(
            page,
            self._window,
            store=self._history,
            reader=self._history,
            preferences=self._preferences,
            wall_clock=_wall_clock,
        )
        self._flow.history_changed.connect(keeper.refresh)
        keeper.history_changed.connect(self._feed.refresh)
        keeper.refresh()
        return page

    def _make_settings(self) -> QWidget:
        from app.ui.pages.settings.info import AppInfo, Folder  # noqa: PLC0415
        from app.ui.pages.settings.page import SettingsPage  # noqa: PLC0415

        folders = self._folders
        named = {
            self.tr("Routines"): folders.routines,
            self.tr("History"): folders.history.parent,
            self.tr("Settings"): folders.config,
            self.tr("Logs"): folders.logs,
        }
        page = SettingsPage(
            self._themes,
            self._locale,
            self._preferences.settings,
            AppInfo(
                version=__version__,
                folders=tuple(
                    Folder(title=title, path=str(path), shown=_shown(path))
                    for title, path in named.items()
                ),
                licences=str(bundled("licenses")),
            ),
            cue_set_folder=self._cue_set_folder,
        )
        page.settings_changed.connect(self._preferences.set)
        self._preferences.changed.connect(page.show_settings)
        page.cue_requested.connect(self._flow.play_cue)
        self._connect_sound_settings(page)
        page.folder_requested.connect(_open_folder)
        page.cue_set_folder_requested.connect(self._show_cue_set)
        return page

    def _open_preview(self, card: "RoutineCard") -> None:
        """Open a routine's preview over the page that is shown."""
        if self._previews is None:
            from app.ui.previews import Previews  # noqa: PLC0415  (made when the first one opens)

            previews = self._previews = Previews(
                self._window,
                self._themes,
                self._preferences,
                catalogue=self._library,
                figures=self._figures,
                wall_clock=_wall_clock,
                locale=self._locale,
            )
            previews.start_requested.connect(self._flow.start)
            previews.exercise_requested.connect(self._exercises.open)
            previews.pin_changed.connect(self._pin)
            previews.edit_requested.connect(self._edit)
            previews.copy_requested.connect(self._copy)
            previews.export_requested.connect(self._export)
            previews.show_file_requested.connect(_show_file)
            previews.went_bad.connect(self._feed.reload)
            self._feed.data.connect(previews.refresh)
        self._previews.open(card)

    # Editing

    def _editor(self) -> "EditorKeeper":
        if self._editors is None:
            from app.window_editor import make_editor  # noqa: PLC0415  (when the first is edited)

            self._editors = make_editor(
                self._window,
                self._themes,
                self._figures,
                self._preferences,
                library=self._library,
                folders=self._folders,
                locale=self._locale,
            )
            self._editors.start_requested.connect(self._flow.start)
            self._editors.show_file_requested.connect(_show_file)
            self._editors.library_changed.connect(self._feed.reload)
        return self._editors

    def _new_routine(self) -> None:
        self._editor().maker.new()

    def _edit(self, card: "RoutineCard") -> None:
        self._editor().open(card.file)

    def _copy(self, card: "RoutineCard") -> None:
        self._editor().maker.copy(card)

    def _delete(self, card: "RoutineCard") -> None:
        self._editor().maker.delete(card)

    def _ask_import(self) -> None:
        self._editor().maker.ask_import()

    def _paste_list(self) -> None:
        self._editor().maker.paste()

    def _take_in(self, files: list[str]) -> None:
        self._editor().maker.take_in(files)

    def _export(self, card: "RoutineCard", day: "Day | None" = None) -> None:
        """Make an audio file of a routine, as it is done on a day."""
        if self._exports is None:
            from app.audio_export import AudioExporter  # noqa: PLC0415  (when the first is made)
            from app.sound_parts import make_tones  # noqa: PLC0415
            from app.ui.export_controller import ExportController  # noqa: PLC0415

            exporter = AudioExporter(
                self._library,
                settings=lambda: self._preferences.settings,
                make_tones=lambda look: make_tones(self._preferences.settings, self._folders, look),
                voice=self._export_voice,
                sessions_so_far=lambda: len(self._history.summaries()),
                scratch=self._folders.cache / "takes",
            )
            self._exports = ExportController(
                self._window, self._themes, exporter, show_file=_show_file
            )
        self._exports.ask(card, day)

    def _connect_sound_settings(self, page: "SettingsPage") -> None:
        """Show devices, voices and own sounds; without what sound needs the rows stay empty."""
        try:
            sound, checks = self._window_sound(), self._sound_check()
        except WarmdownError as error:
            self._window.say(str(error).splitlines()[0])
            return

        page.sound_check_requested.connect(self._check_sound)
        page.sentence_requested.connect(sound.say_something)
        page.cue_set_chosen_anew.connect(sound.read_cue_set)
        checks.device_shown.connect(page.show_device)
        sound.cue_set_read.connect(page.show_cue_set)
        sound.voice_changed.connect(partial(_show_voices, page, sound))
        _show_voices(page, sound)
        page.show_cue_set(Path(self._preferences.settings.cue_set).name, sound.problems)
        checks.tell()

    # Connections

    def _dress(self) -> None:
        """Give plain Qt parts, such as tooltips, the theme's colours and font."""
        self._application.setPalette(self._themes.theme.palette())
        self._application.setFont(default_font(self._themes.theme))

    def _place(self) -> Place | None:
        kept = load_place(self._folders.config / "window.json")
        if kept is None:
            return None
        return Place(
            x=kept["x"],
            y=kept["y"],
            width=kept["width"],
            height=kept["height"],
            maximized=bool(kept["maximized"]),
        )

    def _save_place(self, place: Place) -> None:
        save_place(self._folders.config / "window.json", asdict(place))

    def _settings_changed(self, settings: "Settings") -> None:
        self._themes.apply(settings)
        self._player_themes.apply(settings)
        self._library.set_choices(choices_for(settings))
        self._feed.reload()

    def _save_settings(self, settings: "Settings") -> None:
        save_settings(self._folders.settings, settings, before=self._saved_settings)
        self._saved_settings = settings

    def _set_volume(self, volume: float) -> None:
        self._preferences.set(replace(self._preferences.settings, volume=volume))

    def _set_goal(self, days: int) -> None:
        self._preferences.set(replace(self._preferences.settings, goal_days=days))

    def _pin(self, routine: str, on: bool) -> None:  # noqa: FBT001  (the signal's payload)
        others = tuple(name for name in self._preferences.settings.pinned if name != routine)
        pinned = (*others, routine) if on else others
        self._preferences.set(replace(self._preferences.settings, pinned=pinned))

    def _open_routines(self) -> None:
        _open_folder(str(self._folders.routines))

    def _window_sound(self) -> "WindowSound":
        """Return all that sounds, made when it is first needed."""
        if self._sound is None:
            try:
                from app.window_sound import WindowSound  # noqa: PLC0415  (brings QtMultimedia)
            except ImportError as error:
                # A system library that only sound needs; the window came up without it.
                sentence = explain_import(error)
                if sentence is None:
                    raise
                raise SoundError(sentence) from error
            self._sound = WindowSound(
                self._preferences,
                self._folders,
                self._application,
                is_free=lambda: not self._flow.is_running,
            )
        return self._sound

    def _cue_set_folder(self, setting: str) -> Path:
        from app.sound.cue_set import cue_set_folder  # noqa: PLC0415  (rarely asked for)

        return cue_set_folder(setting, self._folders.data / "cue-sets")

    def _show_cue_set(self, path: str) -> None:
        """Show the folder of the user's own sounds; it is theirs to make."""
        if Path(path).is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(path))
        else:
            self._window.say(self.tr("There is no folder {path}").format(path=path))

    def _make_sound(self) -> "SessionSound":
        return self._window_sound().session

    def _make_voice(self) -> "Voice":
        return self._window_sound().voice

    def _export_voice(self) -> "VoiceBank":
        """Return a voice for files: the window's has the sentences of the session that runs."""
        if self._voice is None:
            from app.sound_parts import make_voice  # noqa: PLC0415  (brings QtMultimedia)

            self._voice = make_voice(self._preferences.settings, self._folders)
        self._voice.set_engine(self._preferences.settings.engine)
        return self._voice

    def _sound_check(self) -> "SoundCheckKeeper":
        if self._checks is None:
            from app.ui.sound_check_keeper import SoundCheckKeeper  # noqa: PLC0415  (as above)

            sound = self._window_sound()
            self._checks = SoundCheckKeeper(self._window, self._themes, self._preferences, sound)
            sound.device_changed.connect(self._checks.tell)
        return self._checks

    def _check_sound(self) -> None:
        try:
            self._sound_check().check()
        except WarmdownError as error:
            self._window.say(str(error).splitlines()[0])

    def _offer_sound_check(self) -> None:
        """Offer it once the device is known that a session plays on."""
        QTimer.singleShot(_DEVICE_KNOWN_MS, self._offer_check_if_due)

    def _offer_check_if_due(self) -> None:
        checks = self._sound_check()
        if self._flow.is_running and checks.is_due():
            self._flow.offer_sound_check(
                checks.device_name(), partial(checks.open, themes=self._player_themes)
            )

    def _may_close(self) -> bool:
        return self._flow.may_close()


def _routine_text(routine: "Routine") -> str:
    from app.storage.routine_writer import write_routine  # noqa: PLC0415  (changed for a day)

    return write_routine(routine)


def _show_voices(page: "SettingsPage", sound: "WindowSound") -> None:
    page.show_voices(sound.voice.info(), sound.voice.engines())


def _has_drafts(folder: Path) -> bool:
    """Whether an earlier run left something that was edited and not saved."""
    with suppress(OSError):
        return any(path.suffix == ".json" for path in folder.iterdir())
    return False


def _edition(figures: Path) -> str:
    """Name data and drawing, so that pictures of others are not shown for them."""
    with suppress(OSError):
        status = figures.stat()
        return f"{__version__}-{DRAWING}-{status.st_mtime_ns:x}-{status.st_size:x}"
    return f"{__version__}-{DRAWING}"


def _shown(path: Path) -> str:
    """Return a path as people write it: `~` for the home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _open_folder(path: str) -> None:
    """Open a folder in the system's file manager; it is made where it is missing."""
    with suppress(OSError):
        Path(path).mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _show_file(path: str) -> None:
    """Open the folder that a file stands in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))


def _open_file(path: str) -> None:
    """Open a file with the system's editor for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
