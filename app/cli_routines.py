"""The commands `list` and `show`."""

import sys
from collections.abc import Iterable, Sequence

from app.cli import EXIT_FINE, EXIT_PROBLEM, print_json
from app.domain.catalogue import RoutineCard
from app.domain.choices import Side
from app.domain.choosing import choices_for
from app.domain.cues import Cue, plan
from app.domain.errors import RoutineError
from app.domain.expand import expand
from app.domain.routine import BreathsDose, Dose, OpenDose, RepsDose, TimeDose
from app.domain.settings import Settings
from app.domain.speech import Speech
from app.domain.timeline import Segment, Timeline
from app.storage.library import Library
from app.storage.paths import UserFolders, user_folders


def print_list(*, as_json: bool) -> int:
    """Print every routine; broken files are named on stderr and make the exit code 1."""
    folders = user_folders()
    settings = _settings(folders, quiet=as_json)
    library = Library(folders, choices=choices_for(settings))
    listing = library.indexed() or library.listing()
    if as_json:
        print_json([_card_json(card) for card in listing.cards])
    else:
        for line in _columns([_card_row(card) for card in listing.cards]):
            sys.stdout.write(line + "\n")
        for broken in listing.broken:
            for problem in broken.problems:
                sys.stderr.write(f"{problem}\n")
    return EXIT_PROBLEM if listing.broken else EXIT_FINE


def print_timeline(reference: str, *, with_cues: bool, with_optional: bool, as_json: bool) -> int:
    """Print a routine laid flat, with its cues where they are asked for."""
    folders = user_folders()
    settings = _settings(folders, quiet=as_json)
    choices = choices_for(settings, with_optional=with_optional)
    library = Library(folders, choices=choices)
    try:
        routine, _ = library.load(reference)
        timeline = expand(routine, library.exercises(), choices)
    except RoutineError as error:
        if not as_json:
            raise
        print_json({"error": str(error)})
        return EXIT_PROBLEM
    cues = planned(timeline, settings) if with_cues else None
    if as_json:
        print_json(_timeline_json(timeline, cues))
    else:
        _print_timeline(timeline, cues)
    return EXIT_FINE


def planned(timeline: Timeline, settings: Settings) -> tuple[Cue, ...]:
    """Return every cue of a timeline as the settings have it."""
    speech = Speech(counts=settings.spoken_counts, tempo=settings.spoken_tempo)
    return plan(timeline, beat_every=settings.beat_every, speech=speech if settings.voice else None)


def _settings(folders: UserFolders, *, quiet: bool) -> Settings:
    from app.storage.settings_file import load_settings  # noqa: PLC0415  (late)

    settings, problems = load_settings(folders.settings)
    if not quiet:
        for problem in problems:
            sys.stderr.write(f"{problem}\n")
    return settings


def _card_json(card: RoutineCard) -> dict[str, object]:
    made: dict[str, object] = {
        "id": card.id,
        "name": card.name,
        "when": card.when,
        "origin": card.origin,
        "duration_ms": card.duration_ms,
        "steps": card.steps,
        "equipment": list(card.equipment),
    }
    if card.hides_built_in:
        made["hides"] = "built-in"
    return made


def _card_row(card: RoutineCard) -> tuple[str, ...]:
    origin = f"{card.origin} (hides the built-in one)" if card.hides_built_in else card.origin
    return card.id, card.name, card.when, _clock(card.duration_ms), origin


def _timeline_json(timeline: Timeline, cues: Iterable[Cue] | None) -> dict[str, object]:
    made: dict[str, object] = {
        "id": timeline.routine_id,
        "name": timeline.routine_name,
        "duration_ms": timeline.duration_ms,
        "segments": [_segment_json(segment) for segment in timeline.segments],
    }
    if cues is not None:
        made["cues"] = [
            {
                "at_ms": cue.at_ms,
                "duration_ms": cue.duration_ms,
                "kind": cue.kind,
                "text": cue.text,
                "side": cue.side,
            }
            for cue in cues
        ]
    return made


def _segment_json(segment: Segment) -> dict[str, object]:
    return {
        "index": segment.index,
        "kind": segment.kind,
        "exercise": segment.exercise,
        "name": segment.name,
        "side": segment.side,
        "round": segment.round,
        "start_ms": segment.start_ms,
        "duration_ms": segment.duration_ms,
        "dose": _dose_json(segment.dose) if segment.is_work else None,
    }


def _dose_json(dose: Dose) -> dict[str, object]:
    match dose:
        case TimeDose(duration_ms=duration_ms):
            whole, rest = divmod(duration_ms, 1_000)
            return {"seconds": duration_ms / 1_000 if rest else whole}
        case RepsDose(reps=reps):
            return {"reps": reps}
        case BreathsDose(breaths=breaths):
            return {"breaths": breaths}
        case OpenDose():
            return {"open": True}


def _print_timeline(timeline: Timeline, cues: Iterable[Cue] | None) -> None:
    sys.stdout.write(
        f"{timeline.routine_name} ({timeline.routine_id}), "
        f"{_clock(timeline.duration_ms)}, {timeline.steps} steps\n"
    )
    rows = [
        (
            _clock(segment.start_ms),
            segment.kind.value,
            _clock(segment.duration_ms),
            _described(segment),
        )
        for segment in timeline.segments
    ]
    for line in _columns(rows):
        sys.stdout.write(line + "\n")
    if cues is not None:
        sys.stdout.write("\n")
        heard = [
            (f"{cue.at_ms / 1_000:.3f}", cue.kind.value, cue.side or "", cue.text or "")
            for cue in cues
        ]
        for line in _columns(heard):
            sys.stdout.write(line + "\n")


def _described(segment: Segment) -> str:
    parts = [segment.name]
    if segment.side is not Side.BOTH:
        parts.append(segment.side.value)
    if segment.rounds > 1:
        parts.append(f"round {segment.round} of {segment.rounds}")
    if segment.is_work:
        match segment.dose:
            case RepsDose(reps=reps):
                parts.append(f"{reps} reps")
            case BreathsDose(breaths=breaths):
                parts.append(f"{breaths} breaths")
            case OpenDose():
                parts.append("until done")
            case TimeDose():
                pass
    return ", ".join(parts)


def _clock(duration_ms: int) -> str:
    minutes, seconds = divmod(round(duration_ms / 1_000), 60)
    return f"{minutes}:{seconds:02}"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Line up rows of the same number of fields, the last one ragged."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(field.ljust(width) for field, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
