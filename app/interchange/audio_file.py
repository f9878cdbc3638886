"""Writes a rendered routine as an audio file: which formats there are and what each one needs."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, assert_never

from app.domain.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path

    from app.interchange.part_file import PartFile
    from app.interchange.track import Blocks, Track

KBPS: Final = (64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""Constant bit rates that an MP3 may have; in a lower one there is no room to describe it."""


class AudioFormat(StrEnum):
    """A kind of audio file; the value is the ending of its files."""

    WAV = "wav"
    FLAC = "flac"
    OGG = "ogg"
    MP3 = "mp3"


_NEEDS: Final = {
    AudioFormat.FLAC: ("soundfile", "ogg-flac"),
    AudioFormat.OGG: ("soundfile", "ogg-flac"),
    AudioFormat.MP3: ("lameenc", "mp3"),
}
"""The package that a format is encoded with, and the extra of ours that brings it."""


def format_of(path: Path) -> AudioFormat | None:
    """Return the format that a file's ending names, in any case; None for any other."""
    ending = path.suffix.removeprefix(".").lower()
    return next((form for form in AudioFormat if form.value == ending), None)


def missing(form: AudioFormat) -> str:
    """Return in one sentence what a format needs that is not installed here; else nothing."""
    if form not in _NEEDS:
        return ""
    package, extra = _NEEDS[form]
    if find_spec(package) is not None:
        return ""
    return _sentence(form, package, extra)


def write_audio(
    part: PartFile, form: AudioFormat, blocks: Blocks, track: Track, *, kbps: int | None = None
) -> None:
    """Encode `track.frames` frames into a file; `part.keep()` is left to the caller.

    `kbps` is the constant bit rate of an MP3; without it the rate follows the sound. ExportError
    says what is missing, and why the file cannot be written.
    """
    # Each is imported late: it brings its encoder.
    try:
        match form:
            case AudioFormat.WAV:
                from app.interchange.wav_file import write_wav  # noqa: PLC0415

                write_wav(part.file, blocks, track)
            case AudioFormat.FLAC:
                from app.interchange.flac_file import write_flac  # noqa: PLC0415

                write_flac(part.file, blocks, track)
            case AudioFormat.OGG:
                from app.interchange.ogg_file import write_ogg  # noqa: PLC0415

                write_ogg(part.file, blocks, track)
            case AudioFormat.MP3:
                from app.interchange.mp3_file import write_mp3  # noqa: PLC0415

                write_mp3(part.file, blocks, track, kbps=kbps)
            case _:
                assert_never(form)
    except ImportError as error:
        package, extra = _NEEDS[form]
        raise ExportError(_sentence(form, package, extra)) from error
    except OSError as error:
        raise part.failed(error) from error


def _sentence(form: AudioFormat, package: str, extra: str) -> str:
    return (
        f"{form.upper()} files need the package {package}: pip install 'warmdown[{extra}]' "
        "(WAV needs nothing)"
    )
