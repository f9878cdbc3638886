"""Makes resources/sounds/voice: a clip for each sentence that the shipped routines and lists need.

Only sentences whose words, voice or mastering changed are rendered again; clips that nothing asks
for any more are removed. hibari gives the same samples within one environment only, so the clips
are part of the repository and are never compared with new ones.

    python tools/make_voice.py        (needs the extras "voice" and "ogg-flac")
"""

from __future__ import annotations

import json
import math
import re
import sys
import tomllib
from array import array
from dataclasses import dataclass
from importlib import metadata
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.choices import Choices, Side
from app.domain.exercise import Sides
from app.domain.expand import expand
from app.domain.phrases import dose_words, number_words, sentence, target_sentence
from app.domain.routine import BreathsDose, RepsDose, TimeDose
from app.domain.speech import Speech, needed
from app.sound.voice.mastering import MASTERING_VERSION, RATE, mastered
from app.sound.voice.texts import written_out
from app.storage.exercise_file import ExerciseReader
from app.storage.paths import bundled
from app.storage.routine_file import RoutineReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain.exercise import ExerciseLibrary
    from app.domain.routine import Routine

Table = dict[str, Any]

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources/sounds/voice"
LICENCE = ROOT / "resources/licenses/hibari-Apache-2.0.txt"
ATTRIBUTION = "Synthesised with hibari (Kokoro-82M, af_heart), Apache-2.0"
COMPRESSION = 0.9
"""libsndfile's scale for Opus: about 37 kbit/s, at which this voice loses nothing that is heard."""
ID_CHARACTERS = 90
FULL = 32_767


@dataclass(frozen=True, slots=True)
class Clip:
    """One sentence: as the planner says it, and as this voice is given it."""

    text: str
    spoken: str

    @property
    def id(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.text.replace("'", "").lower()).strip("-")


def phrases(folder: Path = FOLDER) -> Table:
    return tomllib.loads((folder / "phrases.toml").read_text("utf-8"))


def library() -> tuple[ExerciseLibrary, list[Routine]]:
    """Return the shipped exercises and routines; ValueError where one cannot be read."""
    exercises = ExerciseReader().read(bundled("exercises.toml")).exercises
    reader, routines = RoutineReader(exercises), []
    for path in sorted(bundled("routines").glob("*.toml")):
        read = reader.read(path)
        if read.routine is None:
            raise ValueError("\n".join(str(problem) for problem in read.problems))
        routines.append(read.routine)
    return exercises, routines


def from_routines(exercises: ExerciseLibrary, routines: list[Routine]) -> Iterator[str]:
    """Yield every sentence that a plan of a shipped routine may use, whatever is chosen."""
    speech = Speech(counts=True, tempo=True)
    sides = (Side.LEFT, Side.RIGHT)
    for routine in routines:
        for first, affected, optional in product(sides, (None, *sides), (False, True)):
            choices = Choices(first_side=first, affected=affected, with_optional=optional)
            yield from needed(expand(routine, exercises, choices), speech)


def from_names(table: Table, exercises: ExerciseLibrary, routines: list[Routine]) -> Iterator[str]:
    for exercise in exercises.values():
        forms = [*table["exercise"], *(table["side"] if exercise.sides is Sides.EACH else ())]
        yield from (form.format(name=exercise.spoken) for form in forms)
        if exercise.tempo is not None:
            yield from (f"{sentence(word)}." for word in exercise.tempo.labels if word)
    for routine in routines:
        yield from (form.format(name=routine.name) for form in table["routine"])


def from_numbers(table: dict[str, list[int]]) -> Iterator[str]:
    for number in table["counts"]:
        yield f"{sentence(number_words(number))}."
    for number in table["repetitions"]:
        yield f"{dose_words(RepsDose(number))}."
    for number in table["breaths"]:
        yield f"{dose_words(BreathsDose(number))}."
    for seconds in table["durations"]:
        yield f"{dose_words(TimeDose(seconds * 1_000))}."
    for number in table["cadences"]:
        yield target_sentence(number)


def clips() -> list[Clip]:
    """Return all that is to be said, each sentence once; ValueError where two share a name."""
    table = phrases()
    exercises, routines = library()
    texts: dict[str, None] = {}
    for group in table["sentences"].values():
        texts.update(dict.fromkeys(group))
    texts.update(dict.fromkeys(from_numbers(table["numbers"])))
    texts.update(dict.fromkeys(from_names(table["library"], exercises, routines)))
    texts.update(dict.fromkeys(from_routines(exercises, routines)))
    # As misaki and hibari read them.
    spellings = {word: f"[{word}](/{said}/)" for word, said in table["pronunciations"].items()}
    found: dict[str, Clip] = {}
    for text in texts:
        read = table["readings"].get(text) or written_out(text, spellings, phonemes=True)
        clip = Clip(text, read)
        if clip.id in found or len(clip.id) > ID_CHARACTERS:
            raise ValueError(f"{text!r} needs a name of its own, found {clip.id!r}")
        found[clip.id] = clip
    return [found[name] for name in sorted(found)]


class Engine:
    """Renders sentences with the pinned voice."""

    def __init__(self, voice: Table) -> None:
        """Load it; RuntimeError says in one sentence what is missing."""
        pinned = f"hibari-tts=={voice['engine_version']}"
        try:
            import hibari  # noqa: PLC0415  (an extra; the texts alone need none)
            import soundfile  # noqa: PLC0415
        except ImportError as error:
            raise RuntimeError(
                f"rendering clips needs {pinned} and soundfile, and {error.name} is missing:"
                " pip install --editable '.[voice,ogg-flac]'"
            ) from error
        if hibari.__version__ != voice["engine_version"]:
            raise RuntimeError(
                f"rendering clips needs {pinned}, found {hibari.__version__}; clips of two"
                " versions would be two speakers"
            )
        self._voice = voice
        self._hibari = hibari.Hibari(voice=voice["voice"], threads=voice["threads"])
        self._soundfile = soundfile

    def make(self, clip: Clip, file: Path) -> Table:
        """Render a clip into `file` and return its row of the manifest."""
        audio = self._hibari(clip.spoken, seed=self._voice["seed"])
        samples = array("h", (max(-FULL, min(FULL, round(x * FULL))) for x in audio.tolist()))
        made = mastered(samples, RATE)
        if not made.frames:
            raise RuntimeError(f"the voice says nothing for {clip.text!r}")
        self._soundfile.write(
            file,
            [sample / 32_768 for sample in array("h", made.pcm)],
            RATE,
            format="OGG",
            subtype="OPUS",
            compression_level=COMPRESSION,
        )
        decoded, rate = self._soundfile.read(file, dtype="float32")
        if (len(decoded), rate) != (made.frames, RATE):
            raise RuntimeError(f"{file.name} has {len(decoded)} frames, not {made.frames}")
        row: Table = {
            "id": clip.id,
            "text": clip.text,
            "samples": made.frames,
            "onset": made.onset,
            "lufs": round(made.lufs, 2),
        }
        if clip.spoken != clip.text:
            row["spoken"] = clip.spoken
        peak_db = 20 * math.log10(abs(decoded).max())
        print(
            f"{clip.id:60} {made.frames / RATE:5.2f} s  {made.lufs:6.2f} LUFS"
            f"  limited {made.limited_db:4.1f} dB  peak {peak_db:5.2f} dBFS"
        )
        return row


def kept(folder: Path, voice: Table) -> dict[str, Table]:
    """Return the rows of clips that stand as they are, unless words or files changed, by id."""
    file = folder / "manifest.json"
    if not file.exists():
        return {}
    manifest = json.loads(file.read_text("utf-8"))
    return {row["id"]: row for row in manifest["clips"]} if manifest["voice"] == voice else {}


def manifest_text(voice: Table, rows: list[Table]) -> str:
    """Return the manifest with a line for each clip, so that a change shows what it changed."""
    lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{\n  "voice": {json.dumps(voice)},\n  "clips": [\n{lines}\n  ]\n}}\n'


def build(folder: Path, load: Callable[[Table], Engine] = Engine) -> int:
    """Bring a folder's clips and manifest up to date; return how many had to be rendered.

    The engine is loaded only where one has to.
    """
    pinned = phrases()["voice"]
    voice = {
        "engine": pinned["engine"],
        "engine_version": pinned["engine_version"],
        "name": pinned["name"],
        "rate": RATE,
        "mastering": MASTERING_VERSION,
    }
    known, rows, rendered = kept(folder, voice), [], 0
    engine: Engine | None = None
    for clip in clips():
        file = folder / f"{clip.id}.opus"
        row = known.get(clip.id)
        said = row and (row["text"], row.get("spoken", row["text"]))
        if row is None or said != (clip.text, clip.spoken) or not file.exists():
            engine = engine or load(pinned)
            row, rendered = engine.make(clip, file), rendered + 1
        rows.append(row)
    for stale in {path.stem for path in folder.glob("*.opus")} - {row["id"] for row in rows}:
        (folder / f"{stale}.opus").unlink()
    (folder / "manifest.json").write_text(manifest_text(voice, rows), "utf-8")
    size = sum(path.stat().st_size for path in folder.glob("*.opus"))
    seconds = sum(row["samples"] for row in rows) / RATE
    print(f"{len(rows)} clips, {rendered} of them new, {seconds:.0f} s, {size / 1e6:.2f} MB")
    return rendered


def licence() -> str:
    """Return the attribution, and what the engine's package says about its sources."""
    files = metadata.files("hibari-tts") or []
    texts = {path.name: path.read_text("utf-8") for path in files if "licenses" in path.parts}
    return f"{ATTRIBUTION}\n\n{texts['NOTICE'].strip()}\n\n{texts['LICENSE'].strip(chr(10))}\n"


def main() -> int:
    try:
        if build(FOLDER):
            LICENCE.write_text(licence(), "utf-8")
    except RuntimeError as error:
        print(f"make_voice: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
