"""Types into a routine, to be killed: `python editing_program.py HOME SEED`.

Each change is one line on stdout: its number, which stands in the routine's summary, and how many
beats of its event loop there had been after it was made. So is each beat, as its number alone. Every
few changes something is wrong for a while.
"""

import os
import random
import sys
from pathlib import Path

from desk_cases import desk
from make import EXERCISES
from PySide6.QtCore import QCoreApplication, QTimer

from app.domain.choices import Choices
from app.ui.pages.editor.model import EditorModel

FILE = "law.toml"
BEAT_MS = 10


class Memory:
    """A clipboard that nobody else sees."""

    def __init__(self) -> None:
        self.kept = ""

    def text(self) -> str:
        return self.kept

    def set_text(self, text: str) -> None:
        self.kept = text


class Typist:
    def __init__(self, model: EditorModel, seed: int) -> None:
        self._model = model
        self._chance = random.Random(seed)
        self._number = 0
        self._beats = 0
        self._block = model.document.blocks[0].id

    def beat(self) -> None:
        self._beats += 1
        say(str(self._beats))
        QTimer.singleShot(BEAT_MS, self.beat)

    def type(self) -> None:
        """Make a change, and come back at a time that nobody knows."""
        self._number += 1
        self._model.set_head("Type", summary=str(self._number))
        if self._chance.random() < 0.2:
            rounds = self._chance.choice([0, 1, 2])
            self._model.set_block(self._block, "Change rounds", rounds=rounds)
        say(f"{self._number} {self._beats}")
        # At times long enough for a save, mostly not.
        QTimer.singleShot(self._chance.choice([1, 5, 20, 60, 120, 700]), self.type)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main(home: Path, seed: int) -> None:
    application = QCoreApplication([])
    bench = desk(home)
    opened = bench.open(str(home / "data" / "routines" / FILE))
    model = EditorModel(
        opened, bench, Memory(), exercises=lambda: EXERCISES, choices=Choices, parent=application
    )
    typist = Typist(model, seed)
    QTimer.singleShot(0, typist.type)
    QTimer.singleShot(0, typist.beat)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
