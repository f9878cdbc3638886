"""A program that plays what it is told on the real session sound and says what its clock shows.

    python sound_program.py FOLDER [--hold] [--largest-file BYTES]

Each line of its input is a command as a JSON list: `["play", cues, keyword arguments]`,
`["replace", cues]`, `["volume", 0.5]`, `["prepare"]`, `["pause"]`, `["ring_out"]` or `["stop"]`. A
cue is `[at_ms, kind, variant, side]`, the last two optional. It ends with its input. Each line of
its output is an event: `{"name", "mono_s", "now_ms", ...}`.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import logging
import os
import random
import resource
import sys
import threading
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, QTimer, Slot

from app.domain.choices import Side
from app.domain.cues import TONE_MS, Cue, CueKind
from app.sound.earcons import Earcons
from app.sound.session_sound import QtSessionSound

SOUNDS = Path(__file__).parents[2] / "resources/sounds"
LOOK_MS = 20
AT_ONCE_S = 0.002
MOST_LOOKS = 50


def cue(at_ms: int, kind: str, variant: int = 0, side: str | None = None) -> Cue:
    of = CueKind(kind)
    where = Side(side) if side else None
    return Cue(
        at_ms=at_ms, duration_ms=TONE_MS[of], kind=of, segment=0, variant=variant, side=where
    )


def hold_the_interpreter() -> None:
    """Keep every other Python thread from running, at random, for up to half a second."""
    usleep, chance = ctypes.PyDLL(None).usleep, random.Random(1)
    while True:
        time.sleep(chance.uniform(0.05, 0.6))
        usleep(int(chance.uniform(5_000, 500_000)))


class Program(QObject):
    """Does what it reads at once."""

    def __init__(self, app: QCoreApplication, folder: Path) -> None:
        super().__init__()
        self._app = app
        self._sound = QtSessionSound(Earcons(SOUNDS), folder, self)
        self._sound.set_listener(self._audible)
        self._sound.set_hole_listener(self._slept)
        self._input = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    @Slot()
    def _look(self) -> None:
        self._say("look")

    @Slot()
    def _read(self) -> None:
        data = os.read(sys.stdin.fileno(), 1 << 20)
        *lines, self._input = (self._input + data).split(b"\n")
        for line in lines:
            command, *arguments = json.loads(line)
            self._say(command)
            before_s = time.monotonic()
            self._do(command, arguments)
            self._say("done", took_ms=(time.monotonic() - before_s) * 1000)
        if not data:
            self._notifier.setEnabled(False)
            self._timer.stop()
            self._sound.close()
            self._say("end")
            self._app.quit()

    def _do(self, command: str, arguments: list[Any]) -> None:
        match command:
            case "play":
                cues, options = arguments
                lead_in = [cue(*one) for one in options.pop("lead_in", [])]
                self._sound.play([cue(*one) for one in cues], lead_in=lead_in, **options)
            case "replace":
                self._sound.replace([cue(*one) for one in arguments[0]])
            case "volume":
                self._sound.set_volume(arguments[0])
            case "prepare" | "pause" | "ring_out" | "stop":
                getattr(self._sound, command)()
            case _:
                raise ValueError(command)

    def _audible(self, audible: bool) -> None:  # noqa: FBT001  (the port's signature)
        self._say("audible" if audible else "silent")

    def _slept(self, at_ms: int) -> None:
        self._say("slept", at_ms=at_ms)

    def _say(self, name: str, **more: object) -> None:
        # Both clocks of an event are read at once, or read again: a stall may come in between.
        for _ in range(MOST_LOOKS):
            before_s = time.monotonic()
            now_ms = self._sound.now_ms()
            mono_s = time.monotonic()
            if mono_s - before_s < AT_ONCE_S:
                break
        event = {"name": name, "mono_s": mono_s, "now_ms": now_ms, **more}
        print(json.dumps(event), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hold", action="store_true")
    parser.add_argument("--largest-file", type=int)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO)
    if options.largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (options.largest_file, options.largest_file))
    app = QCoreApplication([])
    if options.hold:
        threading.Thread(target=hold_the_interpreter, daemon=True).start()
    program = Program(app, options.folder)
    code = app.exec()
    del program
    return code


if __name__ == "__main__":
    sys.exit(main())
