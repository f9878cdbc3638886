"""A program that renders sentences with one engine: JSON lines in, JSON lines with PCM out.

    python -m app.sound.voice.worker ENGINE [FOLDER]

It says `{"ready": true}` once it has loaded, then answers each `{"id", "text"}` with one of
`{"id", "pcm", "onset"}` (base64, mastered), `{"id", "silent": why}` and `{"id", "failed": why}`.
It ends with its input, whatever it is doing. FOLDER is for its temporary files.
"""

import base64
import importlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import wave
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.sound.voice.engines import HIBARI, NO_WINDOW, PROGRAMS, Program
from app.sound.voice.mastering import RATE, mastered
from app.sound.voice.spoken import as_mono

_UNREADABLE = (ValueError, LookupError, TypeError, ArithmeticError, RuntimeError)
"""What an engine may raise for a text that it cannot read."""


class RenderError(Exception):
    """The engine did not do what it is there for."""


class Silence(Exception):  # noqa: N818  (no error: there is nothing to say)
    """The engine has nothing to say for a text."""


class Hibari:
    """Speaks with hibari, as the recorded clips do."""

    def __init__(self) -> None:
        # By name: it is an extra, and type checkers need not have it.
        self._speak = importlib.import_module("hibari").Hibari(voice="heart", threads=1)
        # The first sentence loads the dictionaries.
        self._speak("Ready.", seed=0)

    def render(self, text: str) -> tuple[bytes, int]:
        try:
            samples: Any = self._speak(text, seed=0)
        except _UNREADABLE as error:
            raise Silence(repr(error)) from error
        return (samples.clip(-1.0, 1.0) * 32_767).round().astype("<i2").tobytes(), RATE


class Command:
    """Speaks with a program of the machine, one process for each sentence."""

    def __init__(self, program: Program, folder: Path) -> None:
        executable = program.executable()
        if executable is None:
            raise RenderError(f"{program.executables[0]} is not installed")
        self._executable = executable
        self._program = program
        self._folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def render(self, text: str) -> tuple[bytes, int]:
        source, target = self._folder / "sentence.txt", self._folder / "sentence.wav"
        source.write_text(text + "\n", "utf-8")
        target.unlink(missing_ok=True)
        command = [self._executable, *self._program.arguments(source, target)]
        with self._lock:
            process = self._process = subprocess.Popen(  # noqa: S603  (one of our own commands)
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=NO_WINDOW,
            )
        code = process.wait()
        if code:
            raise RenderError(f"{self._executable} ended with {code}")
        return _read_wav(target)

    def kill(self) -> None:
        """End what runs, and let nothing more begin."""
        self._lock.acquire()
        if self._process is not None:
            self._process.kill()


def _read_wav(path: Path) -> tuple[bytes, int]:
    """Return mono 16 bit PCM and its rate."""
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate = file.getparams()[:3]
            pcm = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise RenderError(f"no WAV file: {error}") from error
    return as_mono(pcm, channels=channels, width=width), rate


def answer(number: int, text: str, render: Callable[[str], tuple[bytes, int]]) -> dict[str, Any]:
    """Render one sentence and return the line that says how it came out."""
    try:
        made = mastered(*render(text))
    except Silence as silence:
        return {"id": number, "silent": str(silence)}
    except (RenderError, OSError, ValueError) as error:
        return {"id": number, "failed": str(error)}
    if not made.pcm:
        return {"id": number, "silent": "no sound"}
    pcm = base64.b64encode(made.pcm).decode("ascii")
    return {"id": number, "pcm": pcm, "onset": made.onset}


class _Input:
    """Reads requests in a thread of its own, so that the end of them ends everything at once."""

    def __init__(self, ended: Callable[[], None]) -> None:
        self._requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._ended = ended
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> tuple[int, str]:
        request = json.loads(self._requests.get())
        return request["id"], request["text"]

    def _read(self) -> None:
        for line in sys.stdin.buffer:
            self._requests.put(line)
        self._ended()
        # Not sys.exit: the engine may be in the middle of a sentence, or hang.
        os._exit(0)


def main(arguments: list[str]) -> int:
    """Serve one engine until the input ends."""
    name = arguments[0]
    folder = Path(arguments[1] if len(arguments) > 1 else tempfile.mkdtemp(prefix="warmdown-"))
    # Engines print to where answers go; what they print goes to the errors instead.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    kills: list[Callable[[], None]] = []

    def ended() -> None:
        for kill in kills:
            kill()
        _remove(folder)

    requests = _Input(ended)

    def say(line: dict[str, Any]) -> None:
        output.write(json.dumps(line).encode("ascii") + b"\n")
        output.flush()

    render: Callable[[str], tuple[bytes, int]]
    if name == HIBARI:
        render = Hibari().render
    else:
        command = Command(next(one for one in PROGRAMS if one.id == name), folder)
        kills.append(command.kill)
        render = command.render
    say({"ready": True})
    while True:
        say(answer(*requests.next(), render))


def _remove(folder: Path) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
