"""Audio files: an independent decoder finds every sample at its place, and the chapters."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from decoded import decoded, offsets
from make import EXERCISES as SOME_EXERCISES
from make import block, hold, routine, step

from app.domain.choices import Choices
from app.domain.cues import plan
from app.domain.errors import ExportError
from app.domain.expand import expand
from app.domain.routine import BreathsDose, RepsDose, TimeDose
from app.interchange import id3
from app.interchange.audio_file import AudioFormat, format_of, missing, write_audio
from app.interchange.mp3_file import new_encoder
from app.interchange.mp3_stream import (
    ENCODER_DELAY,
    SAMPLES,
    FrameIndex,
    StreamError,
    crc_16,
    frame_bytes,
)
from app.interchange.ogg_file import checksum
from app.interchange.part_file import PartFile, TakenError
from app.interchange.track import RATE, Chapter, Track
from app.sound.earcons import Earcons
from app.sound.soundtrack import render
from app.storage.paths import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.cues import Cue

EARCONS = Earcons(bundled("sounds"))
FORMS = tuple(AudioFormat)
TITLE = "Rücken & Hüfte, “lang”"
NAMES = ("1. Walk", "2. Dehnung im Ausfallschritt, left", "3. Brücke")


@pytest.fixture(scope="module")
def cues() -> tuple[Cue, ...]:
    """A bit of everything that sounds: beats, breaths, tempo, half-way, sides, 3-2-1, the end."""
    made = routine(
        block(
            step("walk", dose=TimeDose(6_000), cadence=(150, 170)),
            step("wall-calf", dose=TimeDose(20_500)),
            step("bridge", dose=RepsDose(2)),
            hold(3, rest_ms=2_000),
            step(name="Breathe", dose=BreathsDose(2)),
        )
    )
    return plan(expand(made, SOME_EXERCISES, Choices()))


@pytest.fixture(scope="module")
def raw(cues: tuple[Cue, ...], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("raw") / "track.pcm"
    render(cues, path, EARCONS)
    return path.read_bytes()


def blocks(raw: bytes, size: int = RATE * 4) -> Iterator[bytes]:
    return (raw[at : at + size] for at in range(0, len(raw), size))


def track(raw: bytes, names: tuple[str, ...] = NAMES) -> Track:
    frames = len(raw) // 4
    places = [frames * number // len(names) for number in range(len(names))] + [frames]
    return Track(
        title=TITLE,
        frames=frames,
        chapters=tuple(
            Chapter(start=start, end=end, title=name)
            for name, (start, end) in zip(names, pairwise(places), strict=True)
        ),
    )


def write(path: Path, raw: bytes, *, kbps: int | None = None, made: Track | None = None) -> Path:
    form = format_of(path)
    assert form is not None
    with PartFile(path) as part:
        write_audio(part, form, blocks(raw), made or track(raw), kbps=kbps)
        part.keep()
    return path


def samples_of(raw: bytes) -> np.ndarray:
    return np.frombuffer(raw, "<i2").reshape(-1, 2)


# Sound


@pytest.mark.parametrize("form", [AudioFormat.WAV, AudioFormat.FLAC])
def test_wav_and_flac_hold_the_very_samples(form: AudioFormat, raw: bytes, tmp_path: Path) -> None:
    path = write(tmp_path / f"a.{form}", raw)
    assert np.array_equal(decoded(path), samples_of(raw))


@pytest.mark.parametrize("form", [AudioFormat.OGG, AudioFormat.MP3])
def test_ogg_and_mp3_hold_every_tone_within_a_frame_or_two(
    form: AudioFormat, raw: bytes, cues: tuple[Cue, ...], tmp_path: Path
) -> None:
    samples = decoded(write(tmp_path / f"a.{form}", raw))
    late = offsets(samples, cues, EARCONS)
    assert len(late) == len(cues) > 40
    assert max(map(abs, late)) <= 2
    assert len(samples) == len(raw) // 4


@pytest.mark.parametrize("kbps", [64, 128, 320])
def test_an_mp3_of_a_constant_bit_rate_is_as_exact(
    kbps: int, raw: bytes, cues: tuple[Cue, ...], tmp_path: Path
) -> None:
    path = write(tmp_path / "a.mp3", raw, kbps=kbps)
    samples = decoded(path)
    assert max(map(abs, offsets(samples, cues, EARCONS))) <= 2
    assert len(samples) == len(raw) // 4
    assert path.stat().st_size * 8 / (len(raw) / 4 / RATE) == pytest.approx(kbps * 1000, rel=0.02)


def test_without_its_first_frame_an_mp3_is_late_by_what_encoder_and_decoder_add(
    raw: bytes, cues: tuple[Cue, ...], tmp_path: Path
) -> None:
    data = write(tmp_path / "a.mp3", raw, kbps=128).read_bytes()
    begin = data.index(b"Info") - 36
    bare = data[begin + frame_bytes(data[begin : begin + 4]) :]
    samples, _ = soundfile.read(io.BytesIO(bare), dtype="int16")
    # The decoder here takes out what it adds itself only when it is told of the encoder's part.
    assert {ENCODER_DELAY + 529 - late for late in offsets(samples, cues[:20], EARCONS)} <= {
        -1,
        0,
        1,
    }


@pytest.mark.parametrize("length", [1, 575, 1_152, 48_000, 48_001])
@pytest.mark.parametrize("form", FORMS)
def test_any_length_comes_out_as_it_went_in(form: AudioFormat, length: int, tmp_path: Path) -> None:
    raw = np.arange(length * 2, dtype="<i2").tobytes()
    made = Track(title="Short", frames=length)
    path = write(tmp_path / f"a.{form}", raw, made=made)
    assert len(decoded(path)) == length


def test_silence_takes_next_to_no_room(tmp_path: Path) -> None:
    raw = bytes(60 * RATE * 4)
    for form, most in ((AudioFormat.FLAC, 80_000), (AudioFormat.OGG, 40_000)):
        assert write(tmp_path / f"a.{form}", raw).stat().st_size < most
    assert write(tmp_path / "a.mp3", raw).stat().st_size < 260_000  # 32 kbit/s is MP3's least


# Title and chapters


@pytest.mark.parametrize("form", FORMS)
def test_the_title_is_read_by_another_program(
    form: AudioFormat, raw: bytes, tmp_path: Path
) -> None:
    with soundfile.SoundFile(write(tmp_path / f"a.{form}", raw)) as file:
        assert file.copy_metadata() == {"title": TITLE, "artist": "Warmdown"}


def riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a RIFF file, those in lists too."""
    at = 12
    while at < len(data):
        name, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        content = data[at + 8 : at + 8 + length]
        yield name, content
        if name == b"LIST":
            yield from riff(b"RIFFxxxx" + content)
        at += 8 + length + length % 2


def test_a_wav_has_cue_points_with_labels(raw: bytes, tmp_path: Path) -> None:
    data = write(tmp_path / "a.wav", raw).read_bytes()
    assert struct.unpack_from("<I", data, 4) == (len(data) - 8,)
    # As in the simplest files, the sound begins at byte 44.
    assert data[36:40] == b"data"
    assert data[44 : 44 + len(raw)] == raw
    chunks = list(riff(data))
    (cue,) = (content for name, content in chunks if name == b"cue ")
    points = list(struct.iter_unpack("<II4sIII", cue[4:]))
    starts = [chapter.start for chapter in track(raw).chapters]
    assert [(point[0], point[1], point[5]) for point in points] == [
        (number, start, start) for number, start in enumerate(starts, 1)
    ]
    labels = [content for name, content in chunks if name == b"labl"]
    assert [label[4:-1].decode() for label in labels] == list(NAMES)
    assert [struct.unpack_from("<I", label)[0] for label in labels] == [1, 2, 3]


def test_a_wav_too_long_for_its_sizes_is_refused(tmp_path: Path) -> None:
    made = Track(title="Long", frames=7 * 3_600 * RATE)
    with PartFile(tmp_path / "a.wav") as part, pytest.raises(ExportError, match="six hours"):
        write_audio(part, AudioFormat.WAV, [], made)
    assert list(tmp_path.iterdir()) == []


def vorbis_comments(data: bytes) -> list[str]:
    (vendor,) = struct.unpack_from("<I", data)
    at = 4 + vendor
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    found = []
    for _ in range(count):
        (length,) = struct.unpack_from("<I", data, at)
        found.append(data[at + 4 : at + 4 + length].decode())
        at += 4 + length
    return found


EXPECTED_COMMENTS = [
    f"TITLE={TITLE}",
    "ARTIST=Warmdown",
    "CHAPTER001=00:00:00.000",
    "CHAPTER001NAME=1. Walk",
]


def test_a_flac_has_chapters_as_comments(raw: bytes, tmp_path: Path) -> None:
    data = write(tmp_path / "a.flac", raw).read_bytes()
    assert data[:4] == b"fLaC"
    at, kinds, found = 4, [], []
    while True:
        kind, length = data[at], int.from_bytes(data[at + 1 : at + 4], "big")
        kinds.append(kind & 0x7F)
        if kinds[-1] == 4:
            found = vorbis_comments(data[at + 4 : at + 4 + length])
        at += 4 + length
        if kind & 0x80:
            break
    assert kinds[0] == 0
    assert kinds.count(4) == 1
    assert found[:4] == EXPECTED_COMMENTS
    assert found[4].startswith("CHAPTER002=00:00:")
    assert found[-1] == "CHAPTER003NAME=3. Brücke"
    # A frame of sound follows, and the length and checksum at the beginning are filled in.
    assert data[at : at + 2] == b"\xff\xf8"
    assert int.from_bytes(data[21:26], "big") & 0xF_FFFF_FFFF == len(raw) // 4
    assert any(data[26:42])


def pages(data: bytes) -> Iterator[tuple[int, int, int, bytes, bytes]]:
    """Yield flags, position, number, lacing and body of each Ogg page, having checked it."""
    at = 0
    while at < len(data):
        mark, _, flags, position, _, number, crc, count = struct.unpack_from("<4sBBqIIIB", data, at)
        assert mark == b"OggS"
        lacing = data[at + 27 : at + 27 + count]
        end = at + 27 + count + sum(lacing)
        page = data[at : at + 22] + bytes(4) + data[at + 26 : end]
        assert crc == slow_checksum(page)
        yield flags, position, number, lacing, data[at + 27 + count : end]
        at = end


def slow_checksum(page: bytes) -> int:
    """Ogg's CRC, bit by bit, as its specification has it."""
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x8000_0000 else 0)) & 0xFFFF_FFFF
    return crc


def test_an_ogg_has_chapters_as_comments(raw: bytes, tmp_path: Path) -> None:
    short = raw[: 2 * RATE * 4]
    found = list(pages(write(tmp_path / "a.ogg", short, made=track(short)).read_bytes()))
    assert [number for _, _, number, _, _ in found] == list(range(len(found)))
    assert found[0][0] == 2
    assert found[-1][0] == 4
    assert found[-1][1] == len(short) // 4
    body = found[1][4]
    assert body[:7] == b"\x03vorbis"
    assert vorbis_comments(body[7:])[:4] == EXPECTED_COMMENTS


@pytest.mark.parametrize(("count", "header_pages"), [(400, 1), (1_500, 2)])
def test_hundreds_of_chapters_fit_into_every_format(
    count: int, header_pages: int, tmp_path: Path
) -> None:
    raw = bytes(count * 480 * 4)
    names = tuple(f"{number}. A step with a name of some length, left" for number in range(count))
    for form in FORMS:
        path = write(tmp_path / f"a.{form}", raw, made=track(raw, names))
        assert len(decoded(path)) == count * 480
    found = list(pages((tmp_path / "a.ogg").read_bytes()))
    assert [number for _, _, number, _, _ in found] == list(range(len(found)))
    # Every page of the headers but their first goes on with a packet of the one before.
    flags = [flags for flags, _, number, _, _ in found if 2 <= number <= header_pages]
    assert flags == [1] * (header_pages - 1)


def test_oggs_checksum_is_that_of_its_specification() -> None:
    data = bytes(range(256)) * 3
    for length in (0, 1, 27, 700):
        assert checksum(data[:length]) == slow_checksum(data[:length])


def test_an_id3_tag_is_laid_out_as_its_specification_says() -> None:
    made = Track(
        title="Ä",
        frames=96_000,
        chapters=(
            Chapter(start=0, end=48_000, title="1. A"),
            Chapter(start=48_000, end=96_000, title="2. B"),
        ),
    )
    sub = b"TIT2" + bytes([0, 0, 0, 5]) + b"\0\0" + b"\x031. A"
    chapter = (
        b"chp1\0" + bytes.fromhex("00000000 000003e8 ffffffff ffffffff".replace(" ", "")) + sub
    )
    tag = id3.tag(made)
    assert tag[:6] == b"ID3\x04\0\0"
    size = tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9]
    assert size == len(tag) - 10
    assert tag[10:].startswith(b"TIT2" + bytes([0, 0, 0, 3]) + b"\0\0" + b"\x03\xc3\x84")
    assert b"TLEN" + bytes([0, 0, 0, 5]) + b"\0\0" + b"\x032000" in tag
    table = b"toc\0" + bytes([3, 2]) + b"chp1\0chp2\0"
    assert b"CTOC" + bytes([0, 0, 0, len(table)]) + b"\0\0" + table in tag
    assert b"CHAP" + bytes([0, 0, 0, len(chapter)]) + b"\0\0" + chapter in tag


def test_a_size_has_seven_bits_a_byte() -> None:
    assert id3.synchsafe(0x7F) == b"\0\0\0\x7f"
    assert id3.synchsafe(0x80) == b"\0\0\x01\0"
    assert id3.synchsafe(0xFFF_FFFF) == b"\x7f\x7f\x7f\x7f"


def test_more_chapters_than_a_table_holds_get_tables_of_their_own() -> None:
    chapters = tuple(Chapter(start=n, end=n + 1, title=f"{n}") for n in range(300))
    tag = id3.tag(Track(title="Many", frames=300, chapters=chapters))
    assert b"toc\0\x03\x02toc1\0toc2\0" in tag
    assert b"toc1\0\x01\xff" + b"chp1\0" in tag
    assert b"toc2\0\x01\x2d" + b"chp256\0" in tag
    assert tag.count(b"CHAP") == 300


# The MP3 stream


def stream(frames: int = 40) -> bytes:
    encoder = new_encoder(kbps=None)
    noise = np.random.default_rng(1).integers(-9_000, 9_000, (frames * SAMPLES, 2))
    return bytes(encoder.encode(noise.astype("<i2").tobytes())) + bytes(encoder.flush())


@pytest.mark.parametrize("size", [1, 3, 100, 417, 100_000])
def test_frames_are_found_however_the_stream_is_cut(size: int) -> None:
    data = stream()
    index = FrameIndex()
    for at in range(0, len(data), size):
        index.add(data[at : at + size])
    places = [*index.places, index.total]
    assert index.total == len(data)
    assert all(frame_bytes(data[a : a + 4]) == b - a for a, b in pairwise(places))
    assert len(index.places) >= 40


def test_what_is_no_stream_is_noticed() -> None:
    with pytest.raises(StreamError, match="52494646"):
        FrameIndex().add(b"RIFF")


def test_the_first_frame_of_an_mp3_says_what_the_encoder_added(raw: bytes, tmp_path: Path) -> None:
    data = write(tmp_path / "a.mp3", raw).read_bytes()
    at = data.index(b"Xing")
    flags, count, total = struct.unpack_from(">III", data, at + 4)
    assert flags == 15
    assert total == len(data) - (at - 36)
    lame = at + 120
    assert data[lame : lame + 4] == b"LAME"
    added = int.from_bytes(data[lame + 21 : lame + 24], "big")
    delay, padding = added >> 12, added & 0xFFF
    assert delay == ENCODER_DELAY
    assert count * SAMPLES == delay + len(raw) // 4 + padding
    assert padding >= 529  # or the end would be missing in a decoder that is late by as much
    assert struct.unpack_from(">H", data, lame + 34) == (crc_16(data[at - 36 : lame + 34]),)
    table = data[at + 16 : at + 116]
    assert list(table) == sorted(table)
    assert table[0] < 3
    assert table[99] > 250


def test_the_checksum_of_that_frame_is_the_usual_one() -> None:
    assert crc_16(b"123456789") == 0xBB3D


# Formats and files


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.mp3", AudioFormat.MP3),
        ("A.WAV", AudioFormat.WAV),
        ("a.b.Ogg", AudioFormat.OGG),
        ("a.mp4", None),
        ("mp3", None),
        (".mp3", None),
    ],
)
def test_the_ending_names_the_format(name: str, form: AudioFormat | None) -> None:
    assert format_of(Path(name)) is form


@pytest.mark.parametrize(
    ("form", "package", "extra"),
    [
        (AudioFormat.MP3, "lameenc", "mp3"),
        (AudioFormat.OGG, "soundfile", "ogg-flac"),
        (AudioFormat.FLAC, "soundfile", "ogg-flac"),
    ],
)
def test_a_missing_package_is_named_with_what_brings_it(
    form: AudioFormat,
    package: str,
    extra: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert missing(form) == ""
    monkeypatch.setitem(sys.modules, package, None)
    assert f"pip install 'warmdown[{extra}]'" in missing(form)
    assert missing(AudioFormat.WAV) == ""
    with PartFile(tmp_path / "a") as part, pytest.raises(ExportError, match=package):
        write_audio(part, form, [], Track(title="None", frames=0))
    assert list(tmp_path.iterdir()) == []


def test_a_file_appears_when_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with PartFile(path) as part:
        part.file.write(b"whole")
        assert not path.exists()
        part.keep()
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]
    umask = os.umask(0)
    os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask


def test_what_is_not_kept_leaves_no_trace(tmp_path: Path) -> None:
    def give_up() -> None:
        with PartFile(tmp_path / "a.wav") as part:
            part.file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"mine")
    with pytest.raises(TakenError, match=r"a\.wav is there already"):
        PartFile(path)
    with PartFile(path, replace=True) as part:
        part.file.write(b"new")
        assert path.read_bytes() == b"mine"
        part.keep()
    assert path.read_bytes() == b"new"


def test_a_file_that_comes_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with PartFile(path) as part:
        path.write_bytes(b"mine")
        with pytest.raises(TakenError):
            part.keep()
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "a.wav"
    link.symlink_to(elsewhere / "kept.wav")
    with PartFile(link) as part:
        part.file.write(b"whole")
        part.keep()
    assert link.is_symlink()
    assert (elsewhere / "kept.wav").read_bytes() == b"whole"


def test_what_stands_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder.wav").mkdir()
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "file").touch()
    for path, reason in (
        (tmp_path / "folder.wav", "it is a folder"),
        (tmp_path / "pipe.wav", "it is no regular file"),
        (tmp_path / "nowhere/a.wav", f"there is no folder {tmp_path / 'nowhere'}"),
        (tmp_path / "file/a.wav", "Not a directory"),
        (tmp_path / f"{'a' * 300}.wav", "File name too long"),
    ):
        with pytest.raises(ExportError) as caught:
            PartFile(path, replace=True)
        assert str(caught.value) == f"Cannot write {path}: {reason}"


NO_ROOM = """
import os, resource, sys
from pathlib import Path
from app.domain.errors import ExportError
from app.interchange.audio_file import format_of, write_audio
from app.interchange.part_file import PartFile
from app.interchange.track import Track
path, noise = Path(sys.argv[1]), os.urandom(192_000)
write = format_of(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    with PartFile(path) as part:
        blocks = (noise for _ in range(40))
        write_audio(part, write, blocks, Track(title="Noise", frames=40 * 48_000))
        part.keep()
except ExportError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
@pytest.mark.parametrize("form", FORMS)
def test_a_disk_without_room_is_said_and_nothing_is_left(form: AudioFormat, tmp_path: Path) -> None:
    path = tmp_path / f"a.{form}"
    ran = subprocess.run(
        [sys.executable, "-B", "-c", NO_ROOM, str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"Cannot write {path}: File too large\n"
    assert list(tmp_path.iterdir()) == []
