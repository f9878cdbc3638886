"""The engines that may speak on this machine: how each is found, started and timed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

HIBARI = "hibari"
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Keeps Windows from showing a console for a process."""
START_S = 20.0
"""How long an engine may take to load."""
SENTENCE_S = 5.0
"""How long an engine may take for a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What renders sentences, in a process of its own."""

    id: str
    name: str
    """As people call it."""
    version: str
    """Another one is another voice for the cache."""
    voice: str
    command: tuple[str, ...]
    """Starts its worker."""
    like_clips: bool = False
    """Whether it is the speaker of the recorded clips, and only fills in what they lack."""
    reads_phonemes: bool = False
    start_s: float = START_S
    sentence_s: float = SENTENCE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program of the machine that writes a text file's sentence as a WAV file."""

    id: str
    name: str
    voice: str
    executables: tuple[str, ...]
    arguments: Callable[[Path, Path], tuple[str, ...]]
    """Of the text file, UTF-8, and of the WAV file to write."""

    def executable(self) -> str | None:
        return next(filter(None, map(shutil.which, self.executables)), None)


def _quoted(path: Path) -> str:
    """Return a path as a string of PowerShell's."""
    return "'" + str(path).replace("'", "''") + "'"


def _sapi(text: Path, wav: Path) -> tuple[str, ...]:
    script = f"""
        $ErrorActionPreference = 'Stop'
        Add-Type -AssemblyName System.Speech
        $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
        try {{
            $voice.SelectVoiceByHints('NotSet', 'NotSet', 0,
                [Globalization.CultureInfo]::GetCultureInfo('en-US'))
        }} catch {{ }}
        $format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(24000,
            [System.Speech.AudioFormat.AudioBitsPerSample]::Sixteen,
            [System.Speech.AudioFormat.AudioChannel]::Mono)
        $voice.SetOutputToWaveFile({_quoted(wav)}, $format)
        $voice.Speak([IO.File]::ReadAllText({_quoted(text)}))
        $voice.Dispose()
    """
    return "-NoProfile", "-NonInteractive", "-Command", " ".join(script.split())


PROGRAMS = (
    Program(
        id="say",
        name="macOS voice",
        voice="system",
        executables=("say",) if sys.platform == "darwin" else (),
        arguments=lambda text, wav: (
            *("-o", str(wav), "--file-format=WAVE", "--data-format=LEI16@24000"),
            *("-f", str(text)),
        ),
    ),
    Program(
        id="sapi",
        name="Windows voice",
        voice="system",
        executables=("powershell",) if sys.platform == "win32" else (),
        arguments=_sapi,
    ),
    # Before eSpeak: listeners' models and recognisers understand this voice much better.
    Program(
        id="flite",
        name="Flite",
        voice="rms",
        executables=("flite",),
        arguments=lambda text, wav: ("-voice", "rms", "-f", str(text), "-o", str(wav)),
    ),
    Program(
        id="espeak-ng",
        name="eSpeak NG",
        voice="en-us",
        executables=("espeak-ng", "espeak"),
        arguments=lambda text, wav: ("-v", "en-us", "-b", "1", "-w", str(wav), "-f", str(text)),
    ),
)
"""The best first."""


def installed() -> tuple[Engine, ...]:
    """Return the engines of this machine, the best first."""
    found = [_hibari(), *map(_engine, PROGRAMS)]
    return tuple(engine for engine in found if engine is not None)


def worker(engine_id: str) -> tuple[str, ...]:
    """Return the command of an engine's worker. It does not look for modules where it runs."""
    return sys.executable, "-P", "-m", "app.sound.voice.worker", engine_id


def _hibari() -> Engine | None:
    try:
        release = version("hibari-tts")
    except PackageNotFoundError:
        return None
    if find_spec("hibari") is None or find_spec("onnxruntime") is None:
        return None
    return Engine(
        id=HIBARI,
        name="Heart",
        version=release,
        voice="heart",
        command=worker(HIBARI),
        like_clips=True,
        reads_phonemes=True,
    )


def _engine(program: Program) -> Engine | None:
    executable = program.executable()
    if executable is None:
        return None
    try:
        status = Path(executable).stat()
    except OSError:
        return None
    return Engine(
        id=program.id,
        name=program.name,
        # Asking the program for its version would take as long as a sentence.
        version=f"{status.st_size:x}-{status.st_mtime_ns:x}",
        voice=program.voice,
        command=worker(program.id),
    )
