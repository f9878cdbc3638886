"""Builds what sounds, for the window and the command line alike: the tones and the voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.storage.paths import UserFolders, bundled

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.errors import Problem
    from app.domain.settings import Settings
    from app.sound.soundtrack import SoundSource
    from app.sound.voice.bank import VoiceBank


def _nothing() -> None:
    pass


def make_tones(
    settings: Settings, folders: UserFolders, look: Callable[[], object] = _nothing
) -> tuple[SoundSource, tuple[Problem, ...]]:
    """Return the tones that are set, and what is wrong with those of the user's own.

    Reading those takes a while, and a QCoreApplication where they are no plain WAV. `look` is
    called before each of them; what it raises ends the reading.
    """
    from app.sound.earcons import Earcons  # noqa: PLC0415  (late, as all that sounds)

    earcons = Earcons(bundled("sounds"))
    if not settings.cue_set:
        return earcons, ()
    from app.sound.cue_set import CueSet, cue_set_folder  # noqa: PLC0415

    folder = cue_set_folder(settings.cue_set, folders.data / "cue-sets")
    own = CueSet(folder, earcons, folders.cache / "cue-sets")
    own.load(look)
    return own, own.problems


def make_voice(settings: Settings, folders: UserFolders) -> VoiceBank:
    """Return the voice that is set; its `close` must be called before the end."""
    from app.sound.voice.bank import VoiceBank  # noqa: PLC0415

    return VoiceBank(
        bundled("sounds") / "voice",
        folders.cache / "voice",
        engine=settings.engine,
        pronunciation=folders.config / "pronunciation.toml",
    )
