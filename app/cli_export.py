"""The command `export`: a routine as a file for elsewhere; the ending says of what kind."""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from app.cli import EXIT_FINE, EXIT_PROBLEM, print_json, problem_json
from app.domain.errors import ExportError, HistoryError, WarmdownError
from app.domain.exporting import Progress, Stage
from app.interchange.audio_file import KBPS, AudioFormat, format_of, missing
from app.interchange.part_file import TakenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from app.audio_export import Exported, Speaker
    from app.domain.errors import Problem
    from app.domain.settings import Settings
    from app.storage.paths import UserFolders

_ENDINGS = tuple(f".{form.value}" for form in AudioFormat)


def add_export_parser(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command to argparse's sub-commands."""
    parser = commands.add_parser(
        "export",
        help="write a routine as an audio file",
        description="Writes a routine as an audio file to take along: tones, and the voice where "
        "it is on in the settings, at the volume and balance that are set.",
    )
    parser.add_argument("routine", metavar="ROUTINE", help="a routine's id or file")
    parser.add_argument(
        "file", metavar="FILE", type=_file, help=f"what to write; ends in {_listed(_ENDINGS)}"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
    parser.add_argument(
        "--with-optional", action="store_true", help="with the parts that are optional"
    )
    parser.add_argument(
        "--bitrate",
        metavar="KBPS",
        type=int,
        choices=KBPS,
        help=f"a constant bit rate for MP3: {_listed([str(rate) for rate in KBPS])}; "
        "without it the rate follows the sound",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run_export, complain=parser.error)


def _file(text: str) -> Path:
    path = Path(text)
    if format_of(path) is None:
        ending = f"not {path.suffix}" if path.suffix else "and this has no ending"
        raise argparse.ArgumentTypeError(f"{text[:80]!r} must end in {_listed(_ENDINGS)}, {ending}")
    return path


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def run_export(chosen: argparse.Namespace) -> int:
    """Write the file and say what is in it."""
    form = format_of(chosen.file)
    if form is None:
        raise AssertionError(chosen.file)
    if chosen.bitrate is not None and form is not AudioFormat.MP3:
        chosen.complain("--bitrate is for MP3")
    try:
        if problem := missing(form):
            raise ExportError(problem)
        exported, problems = _export(chosen, form)
    except WarmdownError as error:
        hint = "; --force replaces it" if isinstance(error, TakenError) else ""
        if not chosen.json:
            raise ExportError(f"{error}{hint}") from error
        print_json({"error": f"{error}{hint}"})
        return EXIT_PROBLEM
    if chosen.json:
        print_json(_as_json(exported, problems))
    else:
        _say(exported)
    return EXIT_FINE


def _export(chosen: argparse.Namespace, form: AudioFormat) -> tuple[Exported, tuple[Problem, ...]]:
    """Write the file; return what is in it, and what is wrong with settings and own sounds."""
    from app.audio_export import AudioExport  # noqa: PLC0415  (late, as all that is heavy)
    from app.domain.choosing import choices_for  # noqa: PLC0415
    from app.domain.expand import expand  # noqa: PLC0415
    from app.sound_parts import make_tones  # noqa: PLC0415
    from app.storage.library import Library  # noqa: PLC0415
    from app.storage.paths import user_folders  # noqa: PLC0415
    from app.storage.settings_file import load_settings  # noqa: PLC0415

    folders = user_folders()
    settings, problems = load_settings(folders.settings)
    if not chosen.json:
        for problem in problems:
            sys.stderr.write(f"{problem}\n")
    choices = choices_for(
        settings,
        sessions_so_far=_sessions_so_far(settings, folders, quiet=chosen.json),
        with_optional=chosen.with_optional,
    )
    library = Library(folders, choices=choices)
    routine, _ = library.load(chosen.routine)
    timeline = expand(routine, library.exercises(), choices)
    with _ending_cleanly(), _voice(settings, folders) as voice, _Teller() as teller:
        export = AudioExport(
            timeline,
            settings,
            make_tones=partial(make_tones, settings, folders),
            voice=voice,
            scratch=folders.cache / "takes",
        )
        export.prepare()
        exported = export.write(
            chosen.file, form, teller.hear, replace=chosen.force, kbps=chosen.bitrate
        )
    return exported, (*problems, *exported.problems)


def _sessions_so_far(settings: Settings, folders: UserFolders, *, quiet: bool) -> int:
    """Return how many sessions are kept, where the first side depends on it.

    A history that cannot be read keeps nobody from an export.
    """
    from app.domain.settings import FirstSide  # noqa: PLC0415  (late, as all that is heavy)

    if settings.first_side is not FirstSide.ALTERNATE:
        return 0
    from app.storage.history_reader import visit  # noqa: PLC0415  (brings sqlite3)

    tell = _ignore if quiet else _tell
    history = visit(folders.history, notice=tell)
    if history is None:
        return 0
    try:
        return len(history.summaries())
    except HistoryError as error:
        tell(str(error))
        return 0
    finally:
        history.close()


def _ignore(_: str) -> None:
    """With --json nothing but the JSON is printed."""


def _tell(sentence: str) -> None:
    sys.stderr.write(f"warmdown: {sentence}\n")


@contextmanager
def _voice(settings: Settings, folders: UserFolders) -> Iterator[Speaker | None]:
    """Give the voice where it is on; what decodes sounds needs an application around it."""
    if not (settings.voice or settings.cue_set):
        yield None
        return
    from PySide6.QtCore import QCoreApplication, QLoggingCategory  # noqa: PLC0415

    from app.sound_parts import make_voice  # noqa: PLC0415

    # What decodes tells of itself on stderr, where only our own sentences belong.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    # Kept by its name until the end.
    application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])  # noqa: F841
    if not settings.voice:
        yield None
        return
    voice = make_voice(settings, folders)
    try:
        yield voice
    finally:
        voice.close()


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """Leave no half of a file behind when the process is asked to end."""

    def leave(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Teller:
    """Shows on a terminal how far it is, on one line that is gone in the end."""

    def __init__(self) -> None:
        self._shown = ""
        self._is_terminal = sys.stderr.isatty()

    def __enter__(self) -> _Teller:
        return self

    def __exit__(self, *_: object) -> None:
        self._show("")

    def hear(self, progress: Progress) -> None:
        match progress.stage:
            case Stage.TONES:
                self._show("Getting ready")
            case Stage.VOICE:
                self._show(f"Preparing the voice, {progress.done} of {progress.total}")
            case Stage.SOUND:
                self._show(f"Writing, {100 * progress.done // max(1, progress.total)} %")
            case _:
                assert_never(progress.stage)

    def _show(self, text: str) -> None:
        if self._is_terminal and text != self._shown:
            sys.stderr.write(f"\r{text.ljust(len(self._shown))}" if text else "\r\x1b[K")
            sys.stderr.flush()
            self._shown = text


def _as_json(exported: Exported, problems: Sequence[Problem]) -> dict[str, object]:
    voice = exported.voice
    return {
        "file": str(exported.path),
        "format": exported.form.value,
        "seconds": exported.seconds,
        "chapters": [
            {"at_ms": chapter.at_ms, "title": chapter.title} for chapter in exported.chapters
        ],
        "voice": (voice.name or None) if voice is not None else None,
        "trouble": exported.trouble or None,
        "lack": exported.lack or None,
        "problems": [problem_json(problem) for problem in problems],
    }


def _say(exported: Exported) -> None:
    for problem in exported.problems:
        sys.stderr.write(f"{problem}\n")
    for sentence in (exported.trouble, exported.lack):
        if sentence:
            _tell(sentence)
    minutes, seconds = divmod(round(exported.seconds), 60)
    sys.stdout.write(
        f"{exported.path}: {minutes}:{seconds:02}, {len(exported.chapters)} chapters\n"
    )
