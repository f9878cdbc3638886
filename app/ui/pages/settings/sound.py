"""Sound on the settings page: outputs, levels, tones, the voice, and sounds of one's own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.errors import Problem
from app.domain.settings import Settings
from app.domain.speech import VoiceInfo
from app.ui.pages.settings.maker import Changed, SectionMaker, tr
from app.ui.pages.settings.rows import Section, SettingRow
from app.ui.theme import ThemeManager
from app.ui.widgets.balance_slider import REACH, BalanceSlider
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from app.ui.widgets.select import Select
from app.ui.widgets.slider import Slider
from app.ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.signals import TypedSignal
    from app.ui.sound_check_keeper import CheckedDevice

SELECT, SELECT_MAX = 184, 280
PROBLEMS_MAX: Final = 8
"""So many are listed; the rest is a number."""


def balance_of(*, tones: float, voice: float) -> int:
    """Return where two levels (0.0 to 1.0) stand: -100 tones alone, 0 both alike, 100 voice."""
    loudest = max(tones, voice)
    if not loudest:
        return 0
    if tones < voice:
        return round((1 - tones / loudest) * REACH)
    return -round((1 - voice / loudest) * REACH)


def levels_of(balance: int) -> tuple[float, float]:
    """Return the levels of tones and voice; one of them is always 1.0."""
    return round(1 - max(0, balance) / REACH, 2), round(1 - max(0, -balance) / REACH, 2)


class SoundSection(SectionMaker):
    folder_requested = cast("TypedSignal[str]", Signal(str))
    """Show the folder of the user's own sounds."""
    cue_set_chosen_anew = cast("TypedSignal[()]", Signal())
    """The set in use was chosen once more: its files may be others."""

    def __init__(
        self,
        themes: ThemeManager,
        settings: Settings,
        changed: Changed,
        parent: QObject,
        *,
        cue_set_folder: Callable[[str], Path],
    ) -> None:
        super().__init__(settings, changed, parent)
        self._folder_of = cue_set_folder
        self._voice_now: VoiceInfo | None = None
        self._no_output = ""
        """Why nothing can be heard; empty where there is an output."""
        self._engines: tuple[VoiceInfo, ...] = ()
        self._voices: list[str | None] = []
        """The engine that each line of the list stands for; None: no voice."""
        self._set_name = ""
        self._make_controls(themes)
        self._make_rows(themes)
        self.section = Section(themes, tr("Sound"), "volume-2", self._rows)
        self._connect()

    def _make_controls(self, themes: ThemeManager) -> None:
        self.check = Button(themes, tr("Check the sound"), icon="volume-2")
        self.volume = Slider(themes, tr("Volume"), width=240)
        self._percent = Label(themes, "100%", role="body_bold", tabular=True)
        self.play = Button(themes, icon="play", name=tr("Play a tone"))
        self.tones = Toggle(themes, tr("Tones"))
        self.say = Button(themes, icon="play", name=tr("Say a sentence"))
        self.engine = Select(themes, [], name=tr("Voice"), width=SELECT, widest=SELECT_MAX)
        self.voice = Toggle(themes, tr("Voice"))
        self._ends = (Label(themes, tr("Tones")), Label(themes, tr("Voice")))
        self.balance = BalanceSlider(themes, tr("Balance of tones and voice"))
        self.counts = Toggle(themes, tr("Say the numbers"))
        self.tempo = Toggle(themes, tr("Say the tempo"))
        self.cue_set = Select(themes, [], name=tr("Cue set"), width=SELECT, widest=SELECT_MAX)
        self.show_folder = Button(themes, icon="folder-open", name=tr("Show folder"))

    def _make_rows(self, themes: ThemeManager) -> None:
        tones, voice = self._ends
        self.check_row = SettingRow(
            themes,
            tr("Sound check"),
            tr("Can you hear this from the mat?"),
            controls=[self.check],
        )
        self.voice_row = SettingRow(
            themes, tr("Voice"), controls=[self.engine, self.say, self.voice]
        )
        self.balance_row = SettingRow(themes, tr("Balance"), controls=[tones, self.balance, voice])
        self.set_row = SettingRow(themes, tr("Cue set"), controls=[self.cue_set, self.show_folder])
        self._rows: list[QWidget] = [
            self.check_row,
            SettingRow(themes, tr("Volume"), controls=[self.volume, self._percent]),
            SettingRow(
                themes,
                tr("Tones"),
                tr("Signals for the start, the half, the side and the end of a step"),
                controls=[self.play, self.tones],
            ),
            self.voice_row,
            self.balance_row,
            SettingRow(
                themes,
                tr("Say the numbers"),
                tr("“Three, two, one” in words instead of tones"),
                controls=[self.counts],
            ),
            SettingRow(
                themes,
                tr("Say the tempo"),
                tr("“Up, hold, down” in words instead of tones"),
                controls=[self.tempo],
            ),
            self.set_row,
        ]

    def _connect(self) -> None:
        self.volume.valueChanged.connect(self._take_volume)
        self.tones.clicked.connect(self._take_tones)
        self.engine.activated.connect(self._take_engine)
        self.voice.clicked.connect(self._take_voice)
        self.balance.valueChanged.connect(self._take_balance)
        self.counts.clicked.connect(self._take_counts)
        self.tempo.clicked.connect(self._take_tempo)
        self.cue_set.activated.connect(self._take_cue_set)
        self.show_folder.clicked.connect(self._ask_folder)

    # What others know

    def show_device(self, name: str, checked: "CheckedDevice | None") -> None:
        """Show the default output (no name: there is none) and what its last check found."""
        if not name:
            text = tr("There is no sound output")
        elif checked is None:
            text = tr("{device}: not checked yet").format(device=name)
        elif checked.heard:
            text = tr("{device}: heard from the mat at {percent}%").format(
                device=name, percent=round(checked.volume * 100)
            )
        else:
            text = tr("{device}: not all was heard").format(device=name)
        self.check_row.set_help(text)
        self.check.set_unavailable("" if name else text)
        self._no_output = "" if name else text
        self._show_tones()

    def show_voices(self, current: VoiceInfo, engines: Sequence[VoiceInfo]) -> None:
        """Show the voice in use and why, and which others there are."""
        self._voice_now = current
        self._engines = tuple(engines)
        self._show_voice()

    def show_cue_set(self, name: str, problems: Sequence[Problem]) -> None:
        """Show the set in use (no name: the built-in one) and its files that cannot be used."""
        self._set_name = name
        notes = [_note(problem) for problem in problems[:PROBLEMS_MAX]]
        more = len(problems) - len(notes)
        if more == 1:
            notes.append(tr("One more file cannot be used."))
        elif more:
            notes.append(tr("{count} more files cannot be used.").format(count=more))
        self.set_row.set_notes(notes)
        self._show_cue_set()

    # Settings

    def fill(self) -> None:
        settings = self.settings
        self.volume.setValue(round(settings.volume * 100))
        self._percent.setText(f"{self.volume.value()}%")
        self.tones.setChecked(settings.tones)
        self.balance.setValue(balance_of(tones=settings.tones_level, voice=settings.voice_level))
        self.counts.setChecked(settings.spoken_counts)
        self.tempo.setChecked(settings.spoken_tempo)
        self._show_tones()
        self._show_balance()
        self._show_voice()
        self._show_cue_set()

    def _show_voice(self) -> None:
        settings, current = self.settings, self._voice_now
        self.voice.setChecked(settings.voice)
        names = {info.id: info.name for info in self._engines if info.id}
        wanted = settings.engine
        if wanted and wanted not in names:
            names[wanted] = tr("{voice} (not found)").format(voice=wanted)
        self._voices = ["", *names, None]
        _fill(self.engine, [tr("Best available"), *names.values(), tr("None")])
        self.engine.setCurrentIndex(self._voices.index(wanted if settings.voice else None))
        if current is None or not settings.voice:
            self.voice_row.set_help(tr("Says the side, the exercise and the halfway point"))
            self.voice_row.set_notes(())
        else:
            self.voice_row.set_help(current.reason)
            self.voice_row.set_notes((current.trouble,) if current.trouble else ())
        self.say.set_unavailable(self._why_silent())

    def _why_silent(self) -> str:
        if not self.settings.voice:
            return tr("The voice is off")
        current = self._voice_now
        return current.reason if current is not None and not current.id else ""

    def _show_tones(self) -> None:
        reason = self._no_output
        if not self.settings.tones:
            reason = tr("The tones are off")
        elif not self.volume.value():
            reason = tr("The volume is at 0%")
        self.play.set_unavailable(reason)

    def _show_balance(self) -> None:
        tones, voice = levels_of(self.balance.value())
        if tones < voice:
            text = tr("Tones quieter, at {percent}%").format(percent=round(tones * 100))
        elif voice < tones:
            text = tr("Voice quieter, at {percent}%").format(percent=round(voice * 100))
        else:
            text = tr("Tones and voice alike")
        self.balance_row.set_help(text)
        self.balance.setAccessibleDescription(text)

    def _show_cue_set(self) -> None:
        own = self.settings.cue_set
        texts = [tr("Built-in"), tr("Choose a folder…")]
        if own:
            texts.insert(1, self._set_name or PurePath(own).name)
        _fill(self.cue_set, texts)
        self.cue_set.setCurrentIndex(1 if own else 0)
        self.show_folder.setVisible(bool(own))
        self.set_row.set_help(
            tr("Your files; the built-in tone sounds where one is missing")
            if own
            else tr("Files of your own can stand in for the tones: start.wav, half.mp3")
        )
        self.set_row.place()

    @Slot(int)
    def _take_volume(self, percent: int) -> None:
        self._percent.setText(f"{percent}%")
        self.tell(replace(self.settings, volume=percent / 100))
        self._show_tones()

    @Slot(bool)
    def _take_tones(self, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self.tell(replace(self.settings, tones=on))
        self._show_tones()

    @Slot(int)
    def _take_engine(self, index: int) -> None:
        engine = self._voices[index]
        if engine is None:
            self.tell(replace(self.settings, voice=False))
        else:
            self.tell(replace(self.settings, voice=True, engine=engine))
        self._show_voice()

    @Slot(bool)
    def _take_voice(self, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self.tell(replace(self.settings, voice=on))
        self._show_voice()

    @Slot(int)
    def _take_balance(self, balance: int) -> None:
        tones, voice = levels_of(balance)
        self._show_balance()
        self.tell(replace(self.settings, tones_level=tones, voice_level=voice))

    @Slot(bool)
    def _take_counts(self, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self.tell(replace(self.settings, spoken_counts=on))

    @Slot(bool)
    def _take_tempo(self, on: bool) -> None:  # noqa: FBT001  (a slot of Qt's signal)
        self.tell(replace(self.settings, spoken_tempo=on))

    @Slot(int)
    def _take_cue_set(self, index: int) -> None:
        if index == self.cue_set.count() - 1:
            self._choose_folder()
        else:
            self._use_set(self.settings.cue_set if index else "")
        self._show_cue_set()

    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  (rarely opened)

        window = self.cue_set.window()
        own = self.settings.cue_set
        begin = str(self._folder_of(own)) if own else ""
        dialog = QFileDialog(window, tr("Choose a folder of sounds"), begin)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._use_set)
        dialog.open()

    @Slot(str)
    def _use_set(self, folder: str) -> None:
        # Its name and its problems are told once it was looked at.
        self._set_name = ""
        self.set_row.set_notes(())
        if folder == self.settings.cue_set:
            self.cue_set_chosen_anew.emit()
        else:
            self.tell(replace(self.settings, cue_set=folder))
        self._show_cue_set()

    @Slot()
    def _ask_folder(self) -> None:
        self.folder_requested.emit(str(self._folder_of(self.settings.cue_set)))


def _note(problem: Problem) -> str:
    file = PurePath(problem.file).name
    message = problem.message
    if not message.endswith("."):
        message += "."
    return message if file in message else f"{file}: {message}"


def _fill(select: Select, texts: list[str]) -> None:
    """Put other lines into a list, if they are others."""
    if [select.itemText(index) for index in range(select.count())] != texts:
        select.clear()
        select.addItems(texts)
        select.updateGeometry()
