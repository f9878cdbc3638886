"""The recorded sentences: what the manifest says, and what is really there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fake_engine import ONSET, tone

from app.domain.errors import SoundError
from app.sound.voice.clips import Clips

if TYPE_CHECKING:
    from pathlib import Path

VOICE = {
    "engine": "hibari",
    "engine_version": "0.2.1",
    "name": "Heart",
    "rate": 24_000,
    "mastering": 1,
}


def row(name: str, text: str, samples: int = 24_000, onset: int = ONSET) -> dict[str, Any]:
    return {"id": name, "text": text, "samples": samples, "onset": onset, "lufs": -16.0}


ROWS = [row("rest", "Rest."), row("left-side", "Left side.", 12_345)]


def ship(folder: Path, rows: list[dict[str, Any]], voice: Any = VOICE) -> Path:  # noqa: ANN401
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({"voice": voice, "clips": rows}))
    for one in rows:
        (folder / f"{one['id']}.opus").write_text("an Opus file")
    return folder


def test_a_clip_is_found_by_its_words_and_its_length_is_known_at_once(tmp_path: Path) -> None:
    clips = Clips(ship(tmp_path, ROWS))
    assert clips.length_ms("Rest.") == 1_000
    assert clips.length_ms("left  SIDE.") == 515  # 514.4, and never too short
    assert clips.length_ms("Left side") is None
    assert (clips.voice, len(clips), clips.damaged, clips.problem) == ("Heart", 2, 0, "")


def test_a_clip_is_decoded_to_as_many_samples_as_the_manifest_says(tmp_path: Path) -> None:
    exact = tone(24_000)
    for pcm in (exact, exact + bytes(800), exact[:-800]):
        clips = Clips(ship(tmp_path, ROWS), decode=lambda _path, pcm=pcm: pcm)
        clip = clips.find("Rest.")
        assert clip is not None
        spoken = clips.decoded(clip)
        assert (spoken.samples, spoken.onset) == (24_000, ONSET)
        assert spoken.pcm[:-800] == exact[:-800]


@pytest.mark.parametrize("samples", [0, 12_000, 30_000])
def test_a_file_that_holds_something_else_is_refused(tmp_path: Path, samples: int) -> None:
    clips = Clips(ship(tmp_path, ROWS), decode=lambda _path: bytes(2 * samples))
    clip = clips.find("Rest.")
    assert clip is not None
    with pytest.raises(SoundError, match=r"rest\.opus holds"):
        clips.decoded(clip)


def test_a_clip_whose_file_is_missing_or_empty_is_not_there(tmp_path: Path) -> None:
    ship(tmp_path, [*ROWS, row("done", "Done.")])
    (tmp_path / "rest.opus").unlink()
    (tmp_path / "done.opus").write_bytes(b"")
    clips = Clips(tmp_path)
    assert clips.find("Rest.") is clips.find("Done.") is None
    assert clips.find("Left side.") is not None
    assert clips.damaged == 2


def test_a_clip_that_turned_out_to_be_unusable_is_dropped_once(tmp_path: Path) -> None:
    clips = Clips(ship(tmp_path, ROWS))
    clip = clips.find("Rest.")
    assert clip is not None
    clips.drop(clip)
    clips.drop(clip)
    assert clips.find("Rest.") is None
    assert clips.damaged == 1


@pytest.mark.parametrize(
    "wrong",
    [
        row("../rest", "Rest."),
        row("", "Rest."),
        row("rest", " "),
        row("rest", "Rest.", samples=0),
        row("rest", "Rest.", onset=24_000),
        row("rest", "Rest.", onset=-1),
        {**row("rest", "Rest."), "samples": "many"},
        {"id": "rest"},
        [],
        None,
    ],
)
def test_a_wrong_row_does_not_hide_the_others(tmp_path: Path, wrong: Any) -> None:  # noqa: ANN401
    ship(tmp_path, ROWS[1:])
    manifest = {"voice": VOICE, "clips": [wrong, *ROWS[1:]]}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "rest.opus").write_text("an Opus file")
    clips = Clips(tmp_path)
    assert clips.find("Rest.") is None
    assert clips.find("Left side.") is not None
    assert clips.damaged == 1


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "{",
        "[]",
        "null",
        '{"voice": {}, "clips": []}',
        "[" * 100_000,
        json.dumps({"voice": VOICE, "clips": {}}),
        json.dumps({"voice": {**VOICE, "rate": 16_000}, "clips": []}),
        json.dumps({"voice": {**VOICE, "name": 5}, "clips": []}),
    ],
)
def test_a_broken_manifest_means_no_clips_and_says_so(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest)
    clips = Clips(tmp_path)
    assert len(clips) == 0
    assert clips.problem == "manifest.json is damaged."


def test_a_missing_manifest_is_named_too(tmp_path: Path) -> None:
    assert Clips(tmp_path).problem == "manifest.json is missing."
    assert Clips(tmp_path / "nowhere").problem == "manifest.json is missing."


def test_a_manifest_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").mkdir()
    assert Clips(tmp_path).problem == "manifest.json cannot be read: Is a directory."
