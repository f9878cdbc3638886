"""The voice of a session: what speaks, when it is ready, and what happens when an engine fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fake_engine import ONSET, fake, lives, logged, program, samples, tone
from PySide6.QtCore import QThread

from app.domain import phrases
from app.domain.errors import SoundError
from app.domain.speech import VoiceInfo, line_ms
from app.sound.pcm import FRAME_BYTES, frames, peak
from app.sound.voice.bank import TOLD_EVERY_MS, VoiceBank
from app.sound.voice.clips import decode_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from app.sound.voice.engines import Engine

PATIENCE_S = 20.0
RECORDED = ("Rest.", "Plank.", "Left side.")
WITHOUT_CLIP = ("Rest.", "My own move.", "Plank.", "Yours.")


class Recordings:
    """Clips in a folder, and a decoder for them that can be held up."""

    def __init__(self, folder: Path, sentences: Sequence[str] = RECORDED) -> None:
        self.folder = folder
        self.decoded: list[str] = []
        self.held = threading.Event()
        self.held.set()
        self.broken: set[str] = set()
        folder.mkdir()
        rows = [
            {"id": self.name(text), "text": text, "samples": samples(text), "onset": ONSET}
            for text in sentences
        ]
        voice = {
            "engine": "hibari",
            "engine_version": "0.2.1",
            "name": "Heart",
            "rate": 24_000,
            "mastering": 1,
        }
        (folder / "manifest.json").write_text(json.dumps({"voice": voice, "clips": rows}))
        for text in sentences:
            (folder / f"{self.name(text)}.opus").write_text(text)

    @staticmethod
    def name(text: str) -> str:
        return text.rstrip(".").replace(" ", "-").lower()

    def decode(self, path: Path) -> bytes:
        self.held.wait(PATIENCE_S)
        text = path.read_text()
        if text in self.broken:
            raise SoundError(f"{path.name} cannot be decoded")
        self.decoded.append(text)
        return tone(samples(text))


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "clips")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def open_bank(
    qtbot: QtBot,  # noqa: ARG001  (the application)
    tmp_path: Path,
    recordings: Recordings,
) -> Iterator[Callable[..., VoiceBank]]:
    """Make banks that are closed at the end."""
    banks: list[VoiceBank] = []

    def open_bank(*engines: Engine, engine: str = "", **more: Any) -> VoiceBank:  # noqa: ANN401
        bank = VoiceBank(
            more.pop("clips", recordings.folder),
            more.pop("cache", tmp_path / "cache"),
            engine=engine,
            find_engines=lambda: engines,
            decode=more.pop("decode", recordings.decode),
            **more,
        )
        banks.append(bank)
        return bank

    yield open_bank
    recordings.held.set()
    for bank in banks:
        bank.close()


def ready(bank: VoiceBank, sentences: Sequence[str]) -> VoiceInfo:
    """Have sentences made ready; return who speaks them."""
    bank.prepare(sentences)
    assert bank.wait(PATIENCE_S)
    return bank.info()


def says(bank: VoiceBank, sentences: Sequence[str]) -> list[bool]:
    return [bank.sound((sentence,)) is not None for sentence in sentences]


def pids(log: Path) -> list[int]:
    return [int(pid) for pid in logged(log, "pid")]


# Clips


def test_a_clips_length_is_known_at_once_and_its_sound_once_it_is_decoded(
    open_bank: Callable[..., VoiceBank], recordings: Recordings
) -> None:
    recordings.held.clear()
    bank = open_bank()
    bank.prepare(RECORDED)
    assert [bank.length_ms(text) for text in RECORDED] == [150, 160, 200]
    assert bank.sound(("Rest.",)) is None
    recordings.held.set()
    assert bank.wait(PATIENCE_S)
    assert says(bank, RECORDED) == [True, True, True]
    assert recordings.decoded == list(RECORDED)
    assert bank.info() == VoiceInfo(
        id="clips",
        name="Heart (recorded)",
        reason="Heart, recorded clips: every sentence of this routine has one.",
    )


def test_a_line_is_its_sentences_with_a_breath_between(
    open_bank: Callable[..., VoiceBank],
) -> None:
    bank = open_bank()
    ready(bank, RECORDED)
    sound = bank.sound(("Left side.", "Plank."))
    assert sound is not None
    assert len(sound.pcm) == FRAME_BYTES * frames(200 + 150 + 160)
    assert sound.onset == 2 * ONSET


def test_a_line_of_which_a_sentence_is_not_there_is_not_said_at_all(
    open_bank: Callable[..., VoiceBank],
) -> None:
    bank = open_bank()
    ready(bank, RECORDED)
    assert bank.sound(("Plank.", "What.")) is None
    assert bank.sound(()) is None


def test_a_later_start_decodes_nothing(
    open_bank: Callable[..., VoiceBank], recordings: Recordings
) -> None:
    ready(open_bank(), RECORDED)
    recordings.decoded.clear()
    bank = open_bank()
    ready(bank, RECORDED)
    assert says(bank, RECORDED) == [True, True, True]
    assert recordings.decoded == []


def test_a_damaged_file_of_the_cache_is_decoded_again(
    open_bank: Callable[..., VoiceBank], recordings: Recordings, tmp_path: Path
) -> None:
    ready(open_bank(), RECORDED)
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:-2])
    bank = open_bank()
    ready(bank, RECORDED)
    assert says(bank, RECORDED) == [True, True, True]
    assert len(recordings.decoded) == 2 * len(RECORDED)


def test_it_speaks_where_nothing_can_be_cached(
    open_bank: Callable[..., VoiceBank], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    bank = open_bank(fake(), cache=tmp_path / "file")
    ready(bank, WITHOUT_CLIP)
    assert all(says(bank, WITHOUT_CLIP))


def test_a_clip_whose_file_is_missing_is_as_none_and_the_reason_says_so(
    open_bank: Callable[..., VoiceBank], recordings: Recordings
) -> None:
    (recordings.folder / "plank.opus").unlink()
    bank = open_bank()
    info = ready(bank, RECORDED)
    assert says(bank, RECORDED) == [True, False, True]
    assert info.reason == (
        "Heart, recorded clips: one sentence of this routine has none and is not said."
        " Install hibari-tts or espeak-ng to hear all."
        " One recorded clip is missing or damaged."
    )


def test_a_clip_that_cannot_be_decoded_is_as_none(
    open_bank: Callable[..., VoiceBank], recordings: Recordings
) -> None:
    recordings.broken = {"Plank."}
    alone, helped = open_bank(), open_bank(fake())
    assert "One recorded clip is missing or damaged." in ready(alone, RECORDED).reason
    assert says(alone, RECORDED) == [True, False, True]
    assert ready(helped, RECORDED).id == "fake"
    assert says(helped, RECORDED) == [True, True, True]


def test_without_a_manifest_the_machine_speaks_and_the_reason_says_so(
    open_bank: Callable[..., VoiceBank], tmp_path: Path
) -> None:
    bank = open_bank(fake(), clips=tmp_path / "nowhere")
    info = ready(bank, RECORDED)
    assert all(says(bank, RECORDED))
    assert info.reason == (
        "Fake: there are no recorded clips. There are no recorded clips: manifest.json is missing."
    )


def test_with_nothing_that_speaks_there_are_tones(
    open_bank: Callable[..., VoiceBank], recordings: Recordings
) -> None:
    (recordings.folder / "manifest.json").write_text("{")
    bank = open_bank()
    info = ready(bank, RECORDED)
    assert (info.id, info.name, info.trouble) == ("", "", "")
    assert info.reason == (
        "No voice: there is none on this machine."
        " Install hibari-tts or espeak-ng to have sentences spoken."
        " There are no recorded clips: manifest.json is damaged."
    )
    assert info.lack == info.reason
    assert not any(says(bank, RECORDED))
    assert bank.length_ms("Rest.") == 0


@pytest.mark.qt_log_ignore("pipewire")
def test_the_clips_that_ship_are_decoded_and_say_a_line(
    open_bank: Callable[..., VoiceBank],
) -> None:
    shipped = Path(__file__).parents[2] / "resources/sounds/voice"
    bank = open_bank(clips=shipped, decode=decode_file)
    info = ready(bank, phrases.DONE)
    assert (info.id, info.trouble) == ("clips", "")
    sound = bank.sound(phrases.DONE)
    assert sound is not None
    planned = line_ms(phrases.DONE, bank.length_ms)
    assert planned is not None
    assert abs(len(sound.pcm) // FRAME_BYTES - frames(planned)) <= frames(2)
    assert peak(sound.pcm) > 5_000


# Engines


def test_the_speaker_of_the_clips_says_what_they_lack(
    open_bank: Callable[..., VoiceBank], log: Path
) -> None:
    bank = open_bank(fake(name="hibari", like_clips=True, log=log))
    info = ready(bank, WITHOUT_CLIP)
    assert all(says(bank, WITHOUT_CLIP))
    assert logged(log, "text") == ["My own move.", "Yours."]
    assert info.id == "hibari"
    assert info.reason == (
        "Hibari: recorded clips, and hibari for 2 sentences without a recording."
    )


def test_another_engine_says_all_of_a_routine(
    open_bank: Callable[..., VoiceBank], log: Path, recordings: Recordings
) -> None:
    bank = open_bank(fake(log=log))
    info = ready(bank, WITHOUT_CLIP)
    assert logged(log, "text") == list(WITHOUT_CLIP)
    assert recordings.decoded == []
    assert info.reason == (
        "Fake: this routine has sentences without a recording and hibari is not installed."
    )
    # A routine with nothing of one's own is spoken by the clips again.
    assert ready(bank, RECORDED).id == "clips"
    assert len(logged(log, "text")) == len(WITHOUT_CLIP)


def test_what_was_rendered_once_is_not_rendered_again(
    open_bank: Callable[..., VoiceBank], log: Path
) -> None:
    ready(open_bank(fake(log=log)), WITHOUT_CLIP)
    bank = open_bank(fake(log=log))
    ready(bank, WITHOUT_CLIP)
    assert all(says(bank, WITHOUT_CLIP))
    assert len(pids(log)) == 1
    # Another release may sound different.
    ready(open_bank(fake(log=log, version="2")), WITHOUT_CLIP)
    assert len(pids(log)) == 2


def test_a_sentence_that_is_not_ready_is_left_out_until_it_is(
    open_bank: Callable[..., VoiceBank], tmp_path: Path, log: Path, qtbot: QtBot
) -> None:
    gate = tmp_path / "gate"
    bank = open_bank(fake(log=log, gate=gate))
    bank.prepare(WITHOUT_CLIP)
    qtbot.waitUntil(lambda: bool(logged(log, "text")))
    # Whatever waited for the engine here would do so until the gate is opened.
    assert not any(says(bank, WITHOUT_CLIP))
    assert bank.length_ms("Rest.") is None
    assert bank.pending() == len(WITHOUT_CLIP)
    assert not bank.wait(0.01)
    bank.info()
    assert bank.pending() == len(WITHOUT_CLIP)
    gate.touch()
    assert bank.wait(PATIENCE_S)
    assert all(says(bank, WITHOUT_CLIP))
    assert bank.length_ms("Rest.") == 150


def test_what_was_asked_for_before_is_not_waited_for(
    open_bank: Callable[..., VoiceBank], tmp_path: Path, log: Path, qtbot: QtBot
) -> None:
    gate = tmp_path / "gate"
    bank = open_bank(fake(log=log, gate=gate))
    bank.prepare(["First.", "Second.", "Third."])
    qtbot.waitUntil(lambda: bool(logged(log, "text")))
    bank.prepare(["Fourth.", "Second."])
    gate.touch()
    assert bank.wait(PATIENCE_S)
    assert logged(log, "text") == ["First.", "Fourth.", "Second."]
    assert says(bank, ["First.", "Second.", "Third.", "Fourth."]) == [False, True, False, True]


def test_what_stays_needed_stays_ready(
    open_bank: Callable[..., VoiceBank], log: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    bank = open_bank(fake(log=log, gate=gate))
    ready(bank, WITHOUT_CLIP)
    gate.unlink()
    bank.prepare([*WITHOUT_CLIP, "One more."])
    assert all(says(bank, WITHOUT_CLIP))
    gate.touch()


# Engines that fail


def test_one_that_hangs_gives_way_to_the_next_for_all_of_it(
    open_bank: Callable[..., VoiceBank], log: Path
) -> None:
    first = fake("hang", name="first", log=log, sentence_s=0.3)
    bank = open_bank(first, fake(name="second"))
    info = ready(bank, WITHOUT_CLIP)
    assert info.id == "second"
    assert info.trouble == "The voice First stopped answering; Second speaks instead."
    assert all(says(bank, WITHOUT_CLIP))
    assert not any(map(lives, pids(log)))


def test_one_that_crashes_leaves_the_clips(open_bank: Callable[..., VoiceBank], log: Path) -> None:
    bank = open_bank(fake("crash", name="hibari", like_clips=True, log=log))
    info = ready(bank, WITHOUT_CLIP)
    assert info.id == "clips"
    assert info.trouble == "The voice hibari broke down; recorded clips and tones go on."
    assert info.reason == (
        "Heart, recorded clips: 2 sentences of this routine have none and are not said."
    )
    assert says(bank, WITHOUT_CLIP) == [True, False, True, False]
    assert len(pids(log)) == 2  # started once more, and not again
    ready(bank, WITHOUT_CLIP)
    assert len(pids(log)) == 2


def test_one_that_answers_with_nonsense_leaves_tones(
    open_bank: Callable[..., VoiceBank], recordings: Recordings
) -> None:
    (recordings.folder / "manifest.json").unlink()
    bank = open_bank(fake("garbage"))
    info = ready(bank, WITHOUT_CLIP)
    assert (info.id, info.name) == ("", "")
    assert info.trouble == "The voice Fake gave no sound that can be used; tones go on."
    assert info.reason.startswith("No voice: none on this machine can say this.")
    assert not any(says(bank, WITHOUT_CLIP))


def test_one_that_cannot_be_started_gives_way(open_bank: Callable[..., VoiceBank]) -> None:
    bank = open_bank(replace(fake(name="first"), command=("/nowhere",)), fake(name="second"))
    info = ready(bank, WITHOUT_CLIP)
    assert info.id == "second"
    assert info.trouble == "The voice First cannot be started; Second speaks instead."


def test_one_with_nothing_to_say_for_a_sentence_gives_way_for_all_of_it(
    open_bank: Callable[..., VoiceBank],
) -> None:
    bank = open_bank(
        fake("silent-for=猫", name="hibari", like_clips=True), fake("ok", name="second")
    )
    sentences = [*WITHOUT_CLIP, "猫のポーズ."]
    info = ready(bank, sentences)
    assert info.id == "second"
    assert info.trouble == ""
    assert info.reason == "Second: this routine has sentences that hibari cannot say."
    assert all(says(bank, sentences))


def test_what_nobody_can_say_is_left_out_and_the_best_voice_says_the_rest(
    open_bank: Callable[..., VoiceBank],
) -> None:
    bank = open_bank(
        fake("silent-for=猫", name="hibari", like_clips=True),
        fake("silent-for=猫", name="second"),
    )
    sentences = [*WITHOUT_CLIP, "猫のポーズ.", "🔥."]
    assert ready(bank, sentences).id == "hibari"
    assert says(bank, sentences) == [True, True, True, True, False, False]
    assert [bank.length_ms(one) for one in sentences[-2:]] == [0, 0]
    assert bank.length_ms("Nobody asked for this.") is None


def test_what_clips_lack_is_told_unless_they_were_chosen(
    open_bank: Callable[..., VoiceBank],
) -> None:
    bank = open_bank()
    info = ready(bank, [*RECORDED, "My own stretch."])
    assert "one sentence of this routine has none and is not said" in info.lack
    assert bank.length_ms("My own stretch.") == 0
    assert not ready(bank, RECORDED).lack
    bank.set_engine("clips")
    assert not ready(bank, [*RECORDED, "My own stretch."]).lack
    bank.set_engine("none")
    assert not ready(bank, RECORDED).lack


def test_a_failed_engine_gets_another_chance_when_it_is_chosen_again(
    open_bank: Callable[..., VoiceBank], log: Path
) -> None:
    bank = open_bank(fake("crash", log=log))
    assert ready(bank, WITHOUT_CLIP).trouble
    bank.set_engine("fake")
    assert bank.info().trouble == ""
    assert bank.wait(PATIENCE_S)
    assert bank.info().trouble
    assert len(pids(log)) == 4


# The user's choice


def test_the_user_may_have_an_engine_speak_what_has_clips(
    open_bank: Callable[..., VoiceBank], log: Path
) -> None:
    bank = open_bank(fake(name="first"), fake(name="second", log=log), engine="second")
    info = ready(bank, RECORDED)
    assert (info.id, info.reason) == ("second", "Second: chosen in the settings.")
    assert logged(log, "text") == list(RECORDED)
    bank.set_engine("none")
    assert bank.info() == VoiceInfo(id="", name="", reason="No voice: it is switched off.")
    assert not any(says(bank, RECORDED))
    bank.set_engine("clips")
    assert bank.wait(PATIENCE_S)
    assert bank.info().id == "clips"
    assert all(says(bank, RECORDED))
    bank.set_engine("")
    assert bank.info().id == "clips"


def test_changing_the_voice_does_not_wait_for_one_that_hangs(
    open_bank: Callable[..., VoiceBank], log: Path, qtbot: QtBot
) -> None:
    bank = open_bank(
        fake("hang", name="first", log=log, sentence_s=600.0), fake(name="second"), engine="first"
    )
    bank.prepare(RECORDED)
    qtbot.waitUntil(lambda: bool(logged(log, "text")))
    began_s = time.monotonic()
    bank.set_engine("second")
    assert time.monotonic() - began_s < PATIENCE_S
    assert bank.wait(PATIENCE_S)
    assert all(says(bank, RECORDED))
    assert bank.info().trouble == ""
    assert not any(map(lives, pids(log)))


def test_a_voice_that_was_chosen_and_is_not_there_is_named(
    open_bank: Callable[..., VoiceBank],
) -> None:
    bank = open_bank(engine="flite")
    assert ready(bank, RECORDED).reason == (
        "The voice flite, chosen in the settings, is not on this machine."
        " Heart, recorded clips: every sentence of this routine has one."
    )


def test_the_voices_that_could_speak_are_listed(
    open_bank: Callable[..., VoiceBank], tmp_path: Path
) -> None:
    engines = fake(name="hibari", like_clips=True), fake(name="flite")
    assert [voice.id for voice in open_bank(*engines).engines()] == ["clips", "hibari", "flite"]
    alone = open_bank(*engines, clips=tmp_path / "nowhere").engines()
    assert [voice.id for voice in alone] == ["hibari", "flite"]
    assert open_bank(clips=tmp_path / "nowhere").engines() == ()


def test_the_users_pronunciations_are_for_engines_and_take_effect_with_the_next_routine(
    open_bank: Callable[..., VoiceBank], tmp_path: Path, log: Path
) -> None:
    file = tmp_path / "pronunciation.toml"
    file.write_text('psoas = "so-as"\n')
    bank = open_bank(fake(log=log), pronunciation=file)
    ready(bank, ["Psoas march 3x10."])
    file.write_text('psoas = "so-us"\n')
    ready(bank, ["Psoas march 3x10."])
    assert logged(log, "text") == [
        "so-as march three sets of ten.",
        "so-us march three sets of ten.",
    ]
    file.write_text("psoas =\n")
    assert ready(bank, ["Psoas march 3x10."]).trouble.startswith("pronunciation.toml is not used")


def test_what_is_spelt_otherwise_is_said_by_the_same_speaker_in_place_of_the_clip(
    open_bank: Callable[..., VoiceBank], tmp_path: Path, log: Path
) -> None:
    file = tmp_path / "pronunciation.toml"
    file.write_text('rest = "wrest"\n')
    bank = open_bank(fake(name="hibari", like_clips=True, log=log), pronunciation=file)
    ready(bank, RECORDED)
    assert logged(log, "text") == ["wrest."]
    alone = open_bank(fake(name="other", log=log), pronunciation=file)
    assert ready(alone, RECORDED).id == "clips"


# Being told


def test_the_listener_is_told_in_the_windows_thread_and_not_too_often(
    open_bank: Callable[..., VoiceBank], qtbot: QtBot
) -> None:
    bank = open_bank(fake())
    told: list[tuple[float, bool, int]] = []
    here = QThread.currentThread()

    def changed() -> None:
        told.append((time.monotonic(), QThread.currentThread() is here, bank.pending()))

    bank.set_listener(changed)
    bank.prepare([f"Move {number}." for number in range(60)])
    # Of the last one, too.
    qtbot.waitUntil(lambda: bool(told) and told[-1][2] == 0, timeout=int(PATIENCE_S * 1000))
    assert all(in_thread for _, in_thread, _ in told)
    # Timers may be a twentieth early, and one that is late brings the next one nearer.
    most = (told[-1][0] - told[0][0]) * 1000 / (TOLD_EVERY_MS * 0.9) + 2
    assert len(told) <= most


def test_the_listener_is_told_of_another_voice(
    open_bank: Callable[..., VoiceBank], qtbot: QtBot
) -> None:
    bank = open_bank(fake("hang", name="first", sentence_s=0.3))
    seen: list[str] = []
    bank.set_listener(lambda: seen.append(bank.info().trouble))
    bank.prepare(WITHOUT_CLIP)
    wanted = "The voice First stopped answering; recorded clips and tones go on."
    qtbot.waitUntil(lambda: wanted in seen, timeout=int(PATIENCE_S * 1000))


# The end


def test_closing_while_a_sentence_is_made_leaves_no_process(
    open_bank: Callable[..., VoiceBank], log: Path, qtbot: QtBot, recordings: Recordings
) -> None:
    engine = fake("hang", name="hibari", like_clips=True, log=log, child=True, sentence_s=600.0)
    bank = open_bank(engine)
    told: list[bool] = []
    bank.set_listener(lambda: told.append(True))
    bank.prepare(WITHOUT_CLIP)
    qtbot.waitUntil(lambda: bool(logged(log, "text")) and len(recordings.decoded) == 2)
    began_s = time.monotonic()
    bank.close()
    assert time.monotonic() - began_s < PATIENCE_S
    worker, child = pids(log)
    # Nobody there at all, not even the name of one: it was waited for.
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    qtbot.waitUntil(lambda: not lives(child))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("voice")]
    told.clear()
    bank.prepare(RECORDED)
    assert bank.sound(("Rest.",)) is None or bank.pending() == 0
    bank.close()
    assert told == []


KILLED = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.sound.voice.bank import VoiceBank
app = QCoreApplication([])
bank = VoiceBank(Path("clips"), Path("cache"), engine="flite")
bank.prepare(["My own move."])
time.sleep(600)
"""


def test_no_process_outlives_an_app_that_is_killed(tmp_path: Path, log: Path, qtbot: QtBot) -> None:
    program(tmp_path / "bin/flite", "hang", log=log)
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    root = str(Path(__file__).parents[2])
    app = subprocess.Popen(
        [sys.executable, "-c", KILLED],
        env={**os.environ, "PYTHONPATH": root, "PATH": path},
        cwd=tmp_path,
    )
    with app:
        qtbot.waitUntil(lambda: bool(logged(log, "text")), timeout=int(PATIENCE_S * 1000))
        [speaker] = pids(log)
        worker = parent(speaker)
        assert lives(worker)
        assert worker != app.pid
        os.kill(app.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not lives(worker), timeout=int(PATIENCE_S * 1000))
    qtbot.waitUntil(lambda: not lives(speaker))


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_bytes().rsplit(b")", 1)[1].split()[1])
