"""A voice engine that does as it is told, and what tests need to use it.

    python fake_engine.py BEHAVIOUR [--log FILE] [--gate FILE] [--child] FOLDER
    python fake_engine.py program BEHAVIOUR [--log FILE] -w|-o WAV -f TEXT ...

The first form speaks as the app's own workers do, the second stands in for a program of the
machine. Each sentence is a tone, longer the longer the text. BEHAVIOUR is `ok` or `hang`,
`hang-at-start`, `crash`, `crash-once`, `crash-at-start`, `garbage`, `flood`, `wrong-number`,
`no-pcm`, `failed`, `silent`, `silent-for=TEXT`. With a gate, sentences wait until that file exists.
"""

from __future__ import annotations

import argparse
import base64
import json
import math
import os
import subprocess
import sys
import time
import wave
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.sound.voice.engines import Engine

RATE = 24_000
ONSET = 240
_PROC = Path("/proc")


def samples(text: str) -> int:
    """Return how long a sentence is."""
    return 2_400 + 240 * len(text)


def tone(count: int) -> bytes:
    wave_ = (round(8_000 * math.sin(at / 10)) for at in range(count))
    return array("h", wave_).tobytes()


def fake(
    behaviour: str = "ok",
    *,
    name: str = "fake",
    log: Path | None = None,
    gate: Path | None = None,
    child: bool = False,
    like_clips: bool = False,
    sentence_s: float = 10.0,
    version: str = "1",
) -> Engine:
    """Return an engine that runs this program."""
    from app.sound.voice.engines import Engine  # noqa: PLC0415  (the program needs none of it)

    options = [*(("--log", str(log)) if log else ()), *(("--gate", str(gate)) if gate else ())]
    return Engine(
        id=name,
        name=name.capitalize(),
        version=version,
        voice="tone",
        command=(sys.executable, __file__, behaviour, *options, *(["--child"] if child else ())),
        like_clips=like_clips,
        start_s=10.0 if behaviour != "hang-at-start" else sentence_s,
        sentence_s=sentence_s,
    )


def program(path: Path, behaviour: str = "ok", *, log: Path) -> None:
    """Put an executable in place that stands in for an engine of the machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    command = f'"{sys.executable}" "{__file__}" program {behaviour} --log "{log}"'
    path.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    path.chmod(0o755)


def logged(log: Path, kind: str) -> list[str]:
    """Return what an engine noted: `start` its arguments, `pid`, or `text`."""
    if not log.exists():
        return []
    lines = [line.split(" ", 1) for line in log.read_text("utf-8").splitlines()]
    return [rest for what, rest in lines if what == kind]


def lives(pid: int) -> bool:
    """Whether a process is there and not just a name that nobody has asked after yet."""
    try:
        os.kill(pid, 0)
        state = (_PROC / str(pid) / "stat").read_bytes().rsplit(b")", 1)[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != b"Z"


class _Fake:
    def __init__(self, options: argparse.Namespace) -> None:
        self._behaviour: str = options.behaviour
        self._log: Path | None = options.log
        self._gate: Path | None = getattr(options, "gate", None)

    def note(self, kind: str, what: object) -> None:
        if self._log is not None:
            with self._log.open("a", encoding="utf-8") as file:
                file.write(f"{kind} {what}\n")

    def serve(self) -> None:
        if self._behaviour == "crash-at-start":
            os._exit(3)
        if self._behaviour == "hang-at-start":
            time.sleep(600)
        self._say({"ready": True})
        for line in sys.stdin:
            request = json.loads(line)
            self.note("text", request["text"])
            while self._gate is not None and not self._gate.exists():
                time.sleep(0.005)
            self._answer(request["id"], request["text"])

    def _answer(self, number: int, text: str) -> None:
        what, _, word = self._behaviour.partition("=")
        good = {
            "id": number,
            "pcm": base64.b64encode(tone(samples(text))).decode(),
            "onset": ONSET,
        }
        replies = {
            "wrong-number": {**good, "id": number + 7},
            "no-pcm": {**good, "pcm": "%%%"},
            "failed": {"id": number, "failed": "it broke"},
            "silent": {"id": number, "silent": "no sound"},
        }
        if what == "silent-for" and word in text:
            what = "silent"
        if what == "crash" or (what == "crash-once" and self._is_first()):
            os._exit(3)
        if what == "hang":
            time.sleep(600)
        while what in {"garbage", "flood"}:
            print("blah " * 1_000, flush=True)
            if what == "garbage":
                return
        self._say(replies.get(what, good))

    def _is_first(self) -> bool:
        return self._log is not None and len(logged(self._log, "pid")) == 1

    def write(self, text: Path, wav: Path) -> int:
        """Do what a program of the machine does; return its exit code."""
        said = text.read_text("utf-8").strip()
        self.note("text", said)
        match self._behaviour:
            case "hang":
                time.sleep(600)
            case "crash":
                return 3
            case "garbage":
                wav.write_bytes(b"RIFF what?")
                return 0
            case "silent":
                _write_wav(wav, bytes(2 * samples(said)))
            case "nothing":
                pass
            case _:
                _write_wav(wav, tone(samples(said)))
        return 0

    def _say(self, line: dict[str, Any]) -> None:
        print(json.dumps(line), flush=True)


def _write_wav(path: Path, pcm: bytes) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(pcm)


def main() -> int:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("behaviour")
    parser.add_argument("--log", type=Path)
    if sys.argv[1] == "program":
        options, rest = parser.parse_known_args(sys.argv[2:])
        one = _Fake(options)
        one.note("pid", os.getpid())
        wav = "-w" if "-w" in rest else "-o"
        return one.write(*(Path(rest[rest.index(flag) + 1]) for flag in ("-f", wav)))
    parser.add_argument("--gate", type=Path)
    parser.add_argument("--child", action="store_true")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    one = _Fake(options)
    one.note("pid", os.getpid())
    if options.child:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        one.note("pid", child.pid)
    one.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
