"""The real command and the real window make files in which another program finds every cue."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pages
from decoded import decoded, offsets
from stage import wait_until

from app.audio_export import AudioExport
from app.domain.choices import Choices
from app.domain.choosing import choices_for
from app.domain.cues import CueKind, plan
from app.domain.expand import expand
from app.domain.exporting import chapters
from app.domain.settings import Settings
from app.domain.speech import Speech
from app.sound.earcons import Earcons
from app.sound.pcm import amplitude
from app.sound.sources import Sounds
from app.sound_parts import make_tones, make_voice
from app.storage.history_db import HistoryDb
from app.storage.library import Library
from app.storage.paths import bundled, user_folders
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from stage import App

ROOT = Path(__file__).parents[2]
ROUTINE_ID = "desk-break"
PATIENCE_S = 60.0
KINDS = {"wav": 1, "flac": 1, "ogg": 240, "mp3": 240}
"""How many frames off its place a cue may be found.

5 ms; in WAV and FLAC one frame, by which another sound at the same time moves what is found.
"""
SHORT = """\
schema = 1
name = "Short one"
when = "morning"
[[blocks]]
name = "Hold"
steps = [{ name = "Reach up", seconds = 12, changeover = 0 }]
"""
# Qt's own file dialog, whatever the desktop; and a word when Home has all that it shows.
BEFORE = """
import sys
from PySide6.QtCore import QCoreApplication, Qt
from app.ui.pages.home.page import HomePage
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
_show = HomePage.show_data
def show_data(self, data):
    _show(self, data)
    if data.streaks is not None:
        print("SHOWN", file=sys.stderr, flush=True)
HomePage.show_data = show_data
"""
FIRST_CARD = (330, 550)
"""A place on it in a window of the usual size."""


def test_every_kind_holds_every_tone_and_every_line_at_its_place(
    qapp: QApplication, tmp_path: Path
) -> None:
    assert qapp is not None  # it decodes the recorded sentences
    answers = {}
    for kind in KINDS:
        command = [sys.executable, "-m", "app", "export", ROUTINE_ID, str(tmp_path / f"a.{kind}")]
        ran = subprocess.run(
            [*command, "--json"],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            timeout=PATIENCE_S,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        answers[kind] = json.loads(ran.stdout)
    # What has to be in there, planned and voiced here.
    settings, folders = Settings(), user_folders()
    choices = choices_for(settings)
    library = Library(folders, choices=choices)
    routine, _ = library.load(ROUTINE_ID)
    timeline = expand(routine, library.exercises(), choices)
    voice = make_voice(settings, folders)
    try:
        tones = make_tones(settings, folders)[0]
        export = AudioExport(
            timeline,
            settings,
            make_tones=lambda _look: (tones, ()),
            voice=voice,
            scratch=folders.cache / "takes",
        )
        export.prepare()
        assert voice.wait(PATIENCE_S)
        cues = export.cues(Speech(lengths=voice.length_ms))
        assert sum(cue.kind is CueKind.VOICE for cue in cues) > 15
        source = Sounds(tones, voice)
        for kind, most in KINDS.items():
            samples = decoded(tmp_path / f"a.{kind}")
            factor = amplitude(settings.volume)
            late = offsets(samples, cues, source, factor=factor, spoken=True)
            assert len(late) == len(cues)
            assert max(map(abs, late)) <= most, kind
            assert len(samples) == round(answers[kind]["seconds"] * 48_000)
            assert answers[kind]["voice"] == voice.info().name
            assert [chapter["title"] for chapter in answers[kind]["chapters"]] == [
                chapter.title for chapter in chapters(timeline)
            ]
    finally:
        voice.close()


def test_a_card_of_the_window_becomes_a_file(launch: Callable[..., App], tmp_path: Path) -> None:
    home, target = tmp_path / "home", tmp_path / "taken along.flac"
    (home / "data/routines").mkdir(parents=True)
    (home / "data/routines/short.toml").write_text(SHORT, "utf-8")
    (home / "config").mkdir()
    (home / "config/settings.toml").write_text('voice = false\npinned = ["short"]\n', "utf-8")
    remember_a_session(home / "data/history.db")
    app = launch(home=home, before=BEFORE)
    app.wait_for_window()
    wait_until(lambda: "SHOWN" in app.output(), within_s=PATIENCE_S, what="the cards")
    # The preview begins on Start; before it come the file and the export.
    app.click(*FIRST_CARD)
    app.keys("shift+Tab", "shift+Tab", "Return")
    wait_until(lambda: len(app.windows()) > 1, within_s=PATIENCE_S, what="the file dialog")
    app.keys("ctrl+a")
    app.type_text(str(target))
    app.keys("Return")
    wait_until(target.exists, within_s=PATIENCE_S, what="the file")
    read = RoutineReader({}).parse(SHORT, file="short.toml", routine_id="short")
    assert read.routine is not None
    cues = plan(expand(read.routine, {}, Choices()))
    factor = amplitude(Settings().volume)
    late = offsets(decoded(target), cues, Earcons(bundled("sounds")), factor=factor)
    assert set(late) == {0}
    app.close_window()
    assert app.wait() == 0
    assert list(tmp_path.glob(".*")) == []


def remember_a_session(path: Path) -> None:
    """Keep one session: before it, Home shows no cards."""
    history = HistoryDb(path, trouble=print, notice=print)
    history.put_session(pages.session(1, datetime.now().astimezone() - timedelta(days=1)))
    history.close()
