"""Says in a sentence which voice speaks and why, and what became of an engine that failed."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from app.domain.speech import VoiceInfo
from app.sound.voice.choosing import CLIPS, NONE, Choice
from app.sound.voice.clips import Clips
from app.sound.voice.engine_process import Fault
from app.sound.voice.engines import HIBARI, Engine
from app.sound.voice.stock import Failure, Standing


def info(standing: Standing, clips: Clips, *, spelling_problem: str) -> VoiceInfo:
    """Return what to tell of the voice in use."""
    choice = standing.choice
    trouble = " ".join(filter(None, (_failed(standing.failure, choice), spelling_problem)))
    parts = (_not_there(standing, clips), _why(standing, clips), _damage(clips, standing.asked))
    reason = " ".join(filter(None, parts))
    is_chosen = standing.asked in {NONE, CLIPS} and not _not_there(standing, clips)
    lack = reason if standing.needed and choice.unsaid and not is_chosen else ""
    voice, name = "", ""
    if choice.engine is not None:
        voice, name = choice.engine.id, choice.engine.name
    elif choice.clips:
        voice, name = CLIPS, recorded(clips)
    return VoiceInfo(id=voice, name=name, reason=reason, trouble=trouble, lack=lack)


def recorded(clips: Clips) -> str:
    return _tr("{voice} (recorded)").format(voice=clips.voice)


def found(clips: Clips, engines: tuple[Engine, ...]) -> tuple[VoiceInfo, ...]:
    """Return every voice that could speak here, the best first."""
    voices = []
    if len(clips):
        reason = _tr("Sentences that ship with Warmdown; others stay unsaid.")
        voices.append(VoiceInfo(id=CLIPS, name=recorded(clips), reason=reason))
    for engine in engines:
        if engine.like_clips and len(clips):
            reason = _tr("The recorded sentences, and hibari for all others.")
        elif engine.id == HIBARI:
            reason = _tr("hibari, on this machine.")
        else:
            reason = _tr("A voice of this machine, for all sentences.")
        voices.append(VoiceInfo(id=engine.id, name=engine.name, reason=reason))
    return tuple(voices)


def _why(standing: Standing, clips: Clips) -> str:
    choice = standing.choice
    if choice.engine is not None:
        return _why_engine(choice.engine, standing, clips)
    if choice.clips:
        return _why_clips(standing, clips)
    if standing.asked == NONE:
        return _tr("No voice: it is switched off.")
    if standing.engines:
        return _tr("No voice: none on this machine can say this.")
    return _tr(
        "No voice: there is none on this machine."
        " Install hibari-tts or espeak-ng to have sentences spoken."
    )


def _why_clips(standing: Standing, clips: Clips) -> str:
    unsaid = standing.choice.unsaid
    if not standing.needed:
        return _tr("{voice}, recorded clips that ship with Warmdown.").format(voice=clips.voice)
    if not unsaid:
        return _tr("{voice}, recorded clips: every sentence of this routine has one.").format(
            voice=clips.voice
        )
    if unsaid == 1:
        text = _tr(
            "{voice}, recorded clips: one sentence of this routine has none and is not said."
        )
    else:
        text = _tr(
            "{voice}, recorded clips: {count} sentences of this routine have none and are not said."
        )
    told = text.format(voice=clips.voice, count=unsaid)
    if standing.asked == CLIPS or standing.engines:
        return told
    return told + " " + _tr("Install hibari-tts or espeak-ng to hear all.")


def _why_engine(engine: Engine, standing: Standing, clips: Clips) -> str:
    name = engine.name
    if engine.like_clips and standing.choice.clips:
        if not standing.by_engine:
            return _tr("{voice}: recorded clips; every sentence of this routine has one.").format(
                voice=name
            )
        if standing.by_engine == 1:
            text = _tr("{voice}: recorded clips, and hibari for one sentence without a recording.")
        else:
            text = _tr(
                "{voice}: recorded clips, and hibari for {count} sentences without a recording."
            )
        return text.format(voice=name, count=standing.by_engine)
    if standing.asked == engine.id:
        return _tr("{voice}: chosen in the settings.").format(voice=name)
    if not len(clips):
        return _tr("{voice}: there are no recorded clips.").format(voice=name)
    hibari = next((one for one in standing.engines if one.like_clips), None)
    if hibari is None:
        text = _tr(
            "{voice}: this routine has sentences without a recording and hibari is not installed."
        )
    elif hibari.id in standing.silent:
        text = _tr("{voice}: this routine has sentences that hibari cannot say.")
    else:
        text = _tr(
            "{voice}: this routine has sentences without a recording and hibari does not work."
        )
    return text.format(voice=name)


def _not_there(standing: Standing, clips: Clips) -> str:
    """Say that the voice that was chosen is not there, where that is so."""
    asked = standing.asked
    there = {engine.id for engine in standing.engines}
    if asked in {"", NONE, CLIPS} or asked in there:
        missing = asked == CLIPS and not len(clips)
    else:
        missing = True
    if not missing:
        return ""
    return _tr("The voice {name}, chosen in the settings, is not on this machine.").format(
        name=asked
    )


def _damage(clips: Clips, asked: str) -> str:
    if asked == NONE:
        return ""
    if clips.problem:
        return _tr("There are no recorded clips: {problem}").format(problem=clips.problem)
    if clips.damaged == 1:
        return _tr("One recorded clip is missing or damaged.")
    if clips.damaged:
        return _tr("{count} recorded clips are missing or damaged.").format(count=clips.damaged)
    return ""


def _failed(failure: Failure | None, choice: Choice) -> str:
    """Say what happened to an engine and what speaks instead."""
    if failure is None:
        return ""
    match failure.fault:
        case Fault.HUNG:
            happened = _tr("The voice {name} stopped answering;")
        case Fault.MISSING:
            happened = _tr("The voice {name} cannot be started;")
        case Fault.NONSENSE:
            happened = _tr("The voice {name} gave no sound that can be used;")
        case Fault.CRASHED | Fault.CLOSED:
            happened = _tr("The voice {name} broke down;")
        case _:
            assert_never(failure.fault)
    if choice.engine is not None:
        instead = _tr("{other} speaks instead.").format(other=choice.engine.name)
    elif choice.clips:
        instead = _tr("recorded clips and tones go on.")
    else:
        instead = _tr("tones go on.")
    name = HIBARI if failure.engine.id == HIBARI else failure.engine.name
    return f"{happened.format(name=name)} {instead}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Voice", text)
