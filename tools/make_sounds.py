"""Makes resources/sounds: the earcons, synthesised from the recipes below.

Each kind has an envelope, a register, a rhythm and a timbre of its own, so that it is known with
eyes shut. A left or right one is the same sound moved in place and in pitch: a fifth lies between
the two. Fundamentals stay between 300 and 1,500 Hz, which a laptop can play and a person lying
beside it hears.

    python tools/make_sounds.py [FOLDER]
"""

from __future__ import annotations

import math
import sys
import warnings
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.choices import Side
from app.domain.cues import TONE_MS, CueKind
from app.sound.earcons import ONE_PLACE, VARIANTS, file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydub import AudioSegment

FOLDER = Path(__file__).parents[1] / "resources" / "sounds"
RATE = 48_000
PEAK_DB = -3.0

Wave = list[float]
Partials = tuple[tuple[float, float], ...]
"""Multiples of the fundamental, each with its level."""

SEMITONE = 2 ** (1 / 12)
LOWER, HIGHER = SEMITONE**-3, SEMITONE**4
ASIDE = 0.85
"""The part of a sided sound's power that is on its own side."""

# Notes, in hertz.
A4, D5, E5, F5, G5, A5, B5 = 440.0, 587.33, 659.26, 698.46, 783.99, 880.0, 987.77
C5, C6 = 523.25, 1046.50

BELL: Partials = ((1, 1.0), (2.0, 0.35), (3.01, 0.22), (4.23, 0.08))
BRASS: Partials = ((1, 1.0), (2, 0.6), (3, 0.45), (4, 0.28), (5, 0.16), (6, 0.08))
FLUTE: Partials = ((1, 1.0), (2, 0.12), (3, 0.05))
MARIMBA: Partials = ((1, 1.0), (3.93, 0.25))
PURE: Partials = ((1, 1.0), (2, 0.06))
REED: Partials = ((1, 1.0), (3, 0.38), (5, 0.2), (7, 0.1))
THUMP: Partials = ((1, 1.0), (2, 0.8), (3, 0.35))
WOOD: Partials = ((1, 1.0), (2.57, 0.55), (4.35, 0.25))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one kind is made: `wave(pitch, variant)` at full scale, mono."""

    wave: Callable[[float, int], Wave]
    loudness: float
    """How loud its loudest tenth of a second is, in dB, see `loudness`."""
    sweep: bool = False
    """It travels to its side (or to and fro) instead of standing there."""


def frames(ms: float) -> int:
    return round(ms * RATE / 1000)


def tone(
    length_ms: float,
    pitch: float,
    partials: Partials,
    *,
    decay_ms: float,
    attack_ms: float = 2.0,
    glide: float = 1.0,
) -> Wave:
    """Return a struck tone: a short rise, then an exponential fall by 60 dB in `decay_ms`.

    Higher partials die away sooner, as they do in struck things. The pitch glides to
    `pitch * glide` over the length.
    """
    count, attack = frames(length_ms), frames(attack_ms)
    ratio = glide ** (1 / count)
    wave = [0.0] * count
    for multiple, level in partials:
        fall = 0.001 ** (multiple**0.5 / frames(decay_ms))
        step, phase, amplitude = math.tau * pitch * multiple / RATE, 0.0, level
        for at in range(count):
            rise = (at + 1) / attack if at < attack else 1.0
            wave[at] += rise * amplitude * math.sin(phase)
            phase += step
            step *= ratio
            amplitude *= fall
    return wave


def swell(
    length_ms: float, pitch: float, partials: Partials, *, glide: float, crest: float
) -> Wave:
    """Return a tone that comes and goes: loudest at the part `crest` of its length."""
    count = frames(length_ms)
    ratio = glide ** (1 / count)
    wave = [0.0] * count
    for multiple, level in partials:
        step, phase = math.tau * pitch * multiple / RATE, 0.0
        for at in range(count):
            part = at / count
            way = part / crest if part < crest else (1 - part) / (1 - crest)
            # Never from nothing: its beginning is an instant too.
            wave[at] += level * (0.06 + 0.94 * math.sin(way * math.pi / 2) ** 2) * math.sin(phase)
            phase += step
            step *= ratio
    return wave


def noise(length_ms: float, *, decay_ms: float, pitch: float, width: float) -> Wave:
    """Return a burst of noise around a pitch, the same one each time."""
    count, seed, before, earlier = frames(length_ms), 12_345, 0.0, 0.0
    fall, amplitude = 0.001 ** (1 / frames(decay_ms)), 1.0
    radius = math.exp(-math.pi * width / RATE)
    feedback, second = 2 * radius * math.cos(math.tau * pitch / RATE), radius * radius
    wave = []
    for at in range(count):
        rise = min(1.0, (at + 1) / 36)
        seed = (seed * 1_103_515_245 + 12_345) % 2**31
        value = feedback * before - second * earlier + (seed / 2**30 - 1) * amplitude * rise
        earlier, before = before, value
        amplitude *= fall
        wave.append(value)
    top = max(map(abs, wave))
    return [value / top for value in wave]


def together(length_ms: float, *parts: tuple[float, float, Wave]) -> Wave:
    """Mix parts, each (start in ms, level, wave), into one wave of that length."""
    wave = [0.0] * frames(length_ms)
    for start_ms, level, part in parts:
        start = frames(start_ms)
        for at, value in enumerate(part[: len(wave) - start], start):
            wave[at] += level * value
    return wave


def length(kind: CueKind) -> int:
    return TONE_MS[kind]


def get_ready(pitch: float, _variant: int) -> Wave:
    """Chime two notes, rising, and let them ring."""
    return together(
        length(CueKind.GET_READY),
        (0, 1.0, tone(900, E5 * pitch, BELL, decay_ms=800)),
        (260, 1.0, tone(640, B5 * pitch, BELL, decay_ms=900)),
    )


def count(pitch: float, variant: int) -> Wave:
    """Knock on wood; the last of the three is higher."""
    note = {3: G5, 2: G5 * SEMITONE, 1: B5}[variant] * pitch
    ms = length(CueKind.COUNT)
    return together(
        ms,
        (0, 1.0, tone(ms, note, WOOD, decay_ms=160, attack_ms=0.8)),
        (0, 0.25, noise(ms, decay_ms=16, pitch=note * 2.6, width=900)),
    )


def start(pitch: float, _variant: int) -> Wave:
    """Call: a short note, then a long one a fourth higher."""
    ms = length(CueKind.START)
    return together(
        ms,
        (0, 0.9, tone(120, G5 * pitch, BRASS, decay_ms=600, attack_ms=6)),
        (120, 1.0, tone(ms - 120, C6 * pitch, BRASS, decay_ms=1_500, attack_ms=6)),
    )


def half(pitch: float, _variant: int) -> Wave:
    """Strike the same soft note twice."""
    return together(
        length(CueKind.HALF),
        (0, 1.0, tone(200, A5 * pitch, PURE, decay_ms=240, attack_ms=4)),
        (180, 1.0, tone(240, A5 * pitch, PURE, decay_ms=300, attack_ms=4)),
    )


def switch(pitch: float, _variant: int) -> Wave:
    """Slide across, trembling; where it ends is the side to go to."""
    glide = {LOWER: 0.62, HIGHER: 1.62}.get(pitch, 1.3)
    slide = swell(length(CueKind.SWITCH), D5 * pitch / glide**0.5, REED, glide=glide, crest=0.7)
    return [
        value * (0.72 + 0.28 * math.cos(math.tau * 14 * at / RATE))
        for at, value in enumerate(slide)
    ]


def rest(pitch: float, _variant: int) -> Wave:
    """Fall slowly from one note to a lower one."""
    return together(
        length(CueKind.REST),
        (0, 0.9, tone(380, A5 * pitch * 0.75, FLUTE, decay_ms=1_400, attack_ms=18)),
        (360, 1.0, tone(440, A4 * pitch, FLUTE, decay_ms=1_300, attack_ms=18)),
    )


def step_done(pitch: float, _variant: int) -> Wave:
    """Thump, softly and low."""
    ms = length(CueKind.STEP_DONE)
    return together(
        ms,
        (0, 1.0, tone(ms, 430 * pitch, THUMP, decay_ms=560, attack_ms=4, glide=0.66)),
        (0, 0.25, noise(ms, decay_ms=40, pitch=600 * pitch, width=500)),
    )


def routine_done(pitch: float, _variant: int) -> Wave:
    """Come home in four notes that ring together."""
    ms = length(CueKind.ROUTINE_DONE)
    notes = enumerate((C5, E5, G5, C6))
    return together(
        ms,
        *(
            (170 * place, 0.8, tone(ms - 170 * place, note * pitch, BELL, decay_ms=2_000))
            for place, note in notes
        ),
    )


def tempo(pitch: float, variant: int) -> Wave:
    """Pluck: the way there rises, the hold stays, the way back falls, the pause is low."""
    note, glide = ((F5, 1.5), (1_150, 1.0), (1_180, 0.5), (A4, 1.0))[variant]
    ms = length(CueKind.TEMPO)
    return tone(ms, note * pitch, MARIMBA, decay_ms=190, attack_ms=3, glide=glide)


def beat(pitch: float, variant: int) -> Wave:
    """Click dryly, in two shades that take turns."""
    ms = length(CueKind.BEAT)
    note = (1_060, 1_380)[variant] * pitch
    return together(
        ms,
        (0, 0.7, noise(ms, decay_ms=22, pitch=note * 1.9, width=500)),
        (0, 0.6, tone(ms, note, PURE, decay_ms=34, attack_ms=1.0)),
    )


def breath_in(pitch: float, _variant: int) -> Wave:
    """Swell softly, rising."""
    ms = length(CueKind.BREATH_IN)
    return swell(ms, 330 * pitch, FLUTE, glide=1.6, crest=0.7)


def breath_out(pitch: float, _variant: int) -> Wave:
    """Swell softly, falling."""
    ms = length(CueKind.BREATH_OUT)
    return swell(ms, 528 * pitch, FLUTE, glide=1 / 1.6, crest=0.25)


SIGNAL, TICK, BEAT, BREATH = -17.5, -22.0, -26.0, -23.5

RECIPES: dict[CueKind, Recipe] = {
    CueKind.GET_READY: Recipe(get_ready, SIGNAL),
    CueKind.COUNT: Recipe(count, TICK),
    CueKind.START: Recipe(start, SIGNAL),
    CueKind.HALF: Recipe(half, SIGNAL),
    CueKind.SWITCH: Recipe(switch, SIGNAL, sweep=True),
    CueKind.REST: Recipe(rest, SIGNAL),
    CueKind.STEP_DONE: Recipe(step_done, SIGNAL),
    CueKind.ROUTINE_DONE: Recipe(routine_done, SIGNAL),
    CueKind.TEMPO: Recipe(tempo, TICK),
    CueKind.BEAT: Recipe(beat, BEAT),
    CueKind.BREATH_IN: Recipe(breath_in, BREATH),
    CueKind.BREATH_OUT: Recipe(breath_out, BREATH),
}


def high_pass(wave: Wave, hertz: float) -> Wave:
    corner = math.tau * hertz
    gain, feedback = 2 * RATE / (2 * RATE + corner), (2 * RATE - corner) / (2 * RATE + corner)
    before = y = 0.0
    out = []
    for x in wave:
        y = gain * (x - before) + feedback * y
        before = x
        out.append(y)
    return out


def loudness(wave: Wave) -> float:
    """Return the loudest 100 ms of a mono wave in dB, weighted as the ear weighs soft sounds.

    These are the corners of A-weighting that matter here; small loudspeakers lose the same. A
    shorter sound counts as if silence followed: the ear adds up over about as long.
    """
    heard = high_pass(high_pass(wave, 107.7), 737.9)
    window = frames(100)
    energy = best = 0.0
    for at, value in enumerate(heard):
        energy += value * value
        if at >= window:
            energy -= heard[at - window] ** 2
        best = max(best, energy)
    return 10 * math.log10(best / window)


def places(recipe: Recipe, side: Side | None, count: int) -> Iterator[float]:
    """Yield for each frame where the sound is, from 0 (left) to 1 (right): its power there."""
    target = {Side.LEFT: 1 - ASIDE, Side.RIGHT: ASIDE}.get(side or Side.BOTH, 0.5)
    if not recipe.sweep:
        for _ in range(count):
            yield target
        return
    for at in range(count):
        way = min(1.0, at / (0.6 * count))
        way = (1 - math.cos(way * math.pi)) / 2
        if side is None:
            yield 0.5 + (ASIDE - 0.5) * math.sin(math.tau * 2 * at / count)
        else:
            yield (1 - target) + (2 * target - 1) * way


def segment(recipe: Recipe, wave: Wave, side: Side | None) -> AudioSegment:
    """Return a wave as a segment: in its place, as loud as its kind is, faded out, 16 bit."""
    with warnings.catch_warnings():
        # pydub warns about a module that Python 3.13 drops and about ffmpeg, which is not needed.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415

    scale = 0.5 / max(map(abs, wave))
    stereo = array("i")
    for value, place in zip(wave, places(recipe, side, len(wave)), strict=True):
        full = value * scale * 2**31
        stereo.append(round(full * math.sqrt(1 - place)))
        stereo.append(round(full * math.sqrt(place)))
    made = AudioSegment(stereo.tobytes(), sample_width=4, frame_rate=RATE, channels=2)
    gain = recipe.loudness - (loudness(wave) + 20 * math.log10(scale))
    made = made.apply_gain(gain)
    if made.max_dBFS > PEAK_DB:
        raise ValueError(f"{recipe.wave.__name__} peaks at {made.max_dBFS:.1f} dBFS")
    fade_ms = min(100, len(made) // 6)
    return made.fade_out(fade_ms).set_sample_width(2)


def sounds(kind: CueKind) -> Iterator[tuple[str, AudioSegment]]:
    """Yield every sound of a kind with the name of its file."""
    recipe = RECIPES[kind]
    pitches: list[tuple[Side | None, float]] = [(None, 1.0)]
    if kind not in ONE_PLACE:
        pitches += [(Side.LEFT, LOWER), (Side.RIGHT, HIGHER)]
    for variant in VARIANTS.get(kind, (0,)):
        for side, pitch in pitches:
            wave = recipe.wave(pitch, variant)
            yield file_name(kind, variant, side), segment(recipe, wave, side)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    made = set()
    for kind in RECIPES:
        for name, sound in sounds(kind):
            sound.export(folder / name, format="wav").close()
            made.add(name)
            print(f"{name:28} {len(sound):5} ms  peak {sound.max_dBFS:6.1f} dBFS")
    for stale in {path.name for path in folder.glob("*.wav")} - made:
        (folder / stale).unlink()


if __name__ == "__main__":
    main()
