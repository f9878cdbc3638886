"""Lets a speech recogniser listen to the shipped clips and prints what it took for something else.

For whoever changes words or the voice; no part of the automatic checks. Needs the package
faster-whisper and a folder with a Whisper model that it can read.

    python tools/hear_voice.py MODEL_FOLDER [WORDS OF A CLIP ...]
"""

from __future__ import annotations

import json
import re
import sys
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.phrases import number_words
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "resources/sounds/voice"
SAME = {
    "center": "centre",
    "calfs": "calves",
    "jogg": "jog",
    "ok": "okay",
    "quadrant": "quad",
    "x": "times",
}
"""Spellings that sound the same."""


def words(text: str) -> list[str]:
    """Return what is heard of a text: words in lower case, numbers spelled out."""
    text = re.sub(r"\d{1,4}", lambda match: f" {number_words(int(match[0]))} ", text.lower())
    text = re.sub(r"[^a-z0-9' ]+", " ", text).replace("'", "")
    return [SAME.get(word, word) for word in text.split() if word != "and"]


def together(text: str) -> str:
    """Return a text without its spaces: "heelflicks" and "heel flicks" sound the same."""
    return "".join(words(text))


def wrong(meant: list[str], heard: list[str]) -> int:
    """Return how many words were changed, lost or added, as SequenceMatcher aligns them."""
    blocks = SequenceMatcher(None, meant, heard, autojunk=False).get_opcodes()
    return sum(max(a2 - a1, b2 - b1) for kind, a1, a2, b1, b2 in blocks if kind != "equal")


def clips(chosen: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield each clip's words as they are written, and its file."""
    exercises = ExerciseReader().read(bundled("exercises.toml")).exercises.values()
    respelled = {exercise.say: exercise.name for exercise in exercises if exercise.say}
    for row in json.loads((FOLDER / "manifest.json").read_text("utf-8"))["clips"]:
        text = row["text"]
        for say, name in respelled.items():
            text = text.replace(say, name)
        if not chosen or any(word.lower() in text.lower() for word in chosen):
            yield text, FOLDER / f"{row['id']}.opus"


def main() -> int:
    if len(sys.argv) < 2:  # noqa: PLR2004  (the program's own name is the first)
        print(__doc__, file=sys.stderr)
        return 2
    from faster_whisper import WhisperModel  # noqa: PLC0415  (only here, and slow)

    model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", local_files_only=True)
    total = errors = misheard = count = 0
    for text, file in clips(sys.argv[2:]):
        parts, _ = model.transcribe(
            str(file), language="en", beam_size=5, temperature=0, without_timestamps=True
        )
        heard = " ".join(part.text.strip() for part in parts)
        count, total = count + 1, total + len(words(text))
        if together(heard) != together(text):
            errors, misheard = errors + wrong(words(text), words(heard)), misheard + 1
            print(f"{text:60} {heard}", flush=True)
    print(f"{misheard} of {count} clips, {errors} of {total} words ({errors / max(1, total):.1%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
