"""Makes speech of any source alike: cleaned, trimmed, equally loud, at one rate.

Loudness is that of ITU-R BS.1770-4: K-weighted, in blocks of 400 ms that overlap by three quarters,
gated at -70 LUFS and then at 10 LU below what is left.
"""

import math
import warnings
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

with warnings.catch_warnings():
    # Python 3.13 drops the module; there the audioop-lts package stands in for it.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import audioop

MASTERING_VERSION = 1
"""Goes up with every change that makes the same speech come out differently."""

RATE = 24_000
"""Frames in a second of what comes out."""
TARGET_LUFS = -16.0
PEAK_DB = -1.5
LIMITING_DB = 5.0
"""The most that a peak is pressed down; what would need more stays softer."""
TRIM_DB = -45.0
"""Below the loudest `_LOUD_MS`: what is softer is silence."""
LEAD_MS = 10
"""Kept before the onset: as long for every source, filled with silence where it has less."""
TAIL_MS = (60, 120)
"""Kept after the last sound: at least, and at most where it rings on."""

_HIGH_PASS_HZ = 70.0
_SILENT_DB = -60.0
"""A source whose loudest `_LOUD_MS` is below this says nothing."""
_RING_DB = -60.0
_LOUD_MS = 20
_FADE_OUT_MS = 30
_ATTACK_MS, _RELEASE_MS = 2.0, 60.0
"""How long the limiter takes for `LIMITING_DB`, before a peak and after it."""
_CLOSE_LU = 0.05
_ROUNDS = 8
_STEP = RATE // 1000
"""Levels are looked at a millisecond at a time."""
_HALF_TAPS = 16
_PASS_BAND = 0.94
"""The part of the band that resampling keeps; the rest is the filter's slope."""
_LONGEST_BANK = 1_000
_FULL = 32_768.0

_Wave = list[float]
"""Mono samples from -1 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastered:
    """Speech as every clip has it: mono, 16 bit, `RATE`. Empty where nothing is said."""

    pcm: bytes
    onset: int
    """The frame at which the speech begins."""
    lufs: float
    """Loudness as it came out; minus infinity where nothing is said."""
    limited_db: float
    """How far the highest peak was pressed down."""

    @property
    def frames(self) -> int:
        return len(self.pcm) // 2


_NOTHING = Mastered(pcm=b"", onset=0, lufs=-math.inf, limited_db=0.0)


def mastered(mono: "bytes | bytearray | array[int]", rate: int) -> Mastered:
    """Return one sentence, mono 16 bit at `rate` frames a second, as all of them are to sound.

    The same samples give the same result. ValueError: `rate` is no rate.
    """
    if rate <= 0:
        raise ValueError(f"a rate must be more than 0, found {rate}")
    samples = array("h", bytes(mono)) if not isinstance(mono, array) else mono
    heard = _spoken(_high_passed(_resampled(samples, rate)))
    if not heard:
        return _NOTHING
    wave, limited_db = _levelled(heard)
    pcm = array("h", [round(value * (_FULL - 1)) for value in wave])
    return Mastered(
        pcm=pcm.tobytes(),
        onset=LEAD_MS * _STEP,
        lufs=loudness(wave, RATE),
        limited_db=limited_db,
    )


def loudness(wave: Sequence[float], rate: int) -> float:
    """Return the integrated loudness of mono samples from -1 to 1, in LUFS.

    A sound shorter than one block counts as a block of its own length: the standard measures
    programmes and leaves it out.
    """
    step = rate // 10
    energies = [sum(part) for part in _parts(_k_weighted_squares(wave, rate), step)]
    if len(wave) < 4 * step:
        powers = [sum(energies) / max(1, len(wave))]
    else:
        powers = [sum(energies[at : at + 4]) / (4 * step) for at in range(len(wave) // step - 3)]
    loud = [power for power in powers if _lufs(power) > -70.0]  # noqa: PLR2004  (the standard's)
    if not loud:
        return -math.inf
    gate = _lufs(sum(loud) / len(loud)) - 10.0
    kept = [power for power in loud if _lufs(power) > gate]
    return _lufs(sum(kept) / len(kept))


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power) if power > 0 else -math.inf


def _db(factor: float) -> float:
    return 20 * math.log10(factor)


def _factor(db: float) -> float:
    return math.pow(10, db / 20)


def _peak(wave: Sequence[float]) -> float:
    return max(abs(max(wave)), abs(min(wave)))


def _parts(wave: Sequence[float], length: int) -> Iterator[Sequence[float]]:
    for at in range(0, len(wave), length):
        yield wave[at : at + length]


def _resampled(samples: "array[int]", rate: int) -> _Wave:
    """Return 16 bit samples from -1 to 1 at `RATE`.

    Each place that a frame can have between two frames of the source has a filter of its own (a
    windowed sinc: linear interpolation would dull speech and add whistles); its products are summed
    a tap at a time, which is quicker than a frame at a time.
    """
    if rate == RATE:
        return [sample / _FULL for sample in samples]
    common = math.gcd(rate, RATE)
    up, down = RATE // common, rate // common
    if up > _LONGEST_BANK:  # no rate that an engine has
        made = array("h")
        made.frombytes(audioop.ratecv(samples.tobytes(), 2, 1, rate, RATE, None)[0])
        return [sample / _FULL for sample in made]
    cut = min(1.0, up / down) * _PASS_BAND
    half = math.ceil(_HALF_TAPS / cut)
    count = -(-len(samples) * up // down)
    # One bit of headroom: a sinc goes beyond the samples that it joins. Beyond its ends a source
    # stays where it is, so that a constant offset makes no step.
    ends = (samples[:1] * half, samples[-1:] * (half + down + 1))
    wide = array("i", [sample << 15 for sample in (*ends[0], *samples, *ends[1])])
    out = array("i", bytes(4 * count))
    for phase in range(min(up, count)):
        start, rest = divmod(phase * down, up)
        rows = -(-(count - phase) // up)
        summed = bytes(4 * rows)
        for tap, factor in enumerate(_sinc(half, cut, rest / up), start + 1):
            part = wide[tap : tap + (rows - 1) * down + 1 : down]
            summed = audioop.add(summed, audioop.mul(part.tobytes(), 4, factor), 4)
        out[phase::up] = array("i", summed)
    return [sample / (_FULL * 2**15) for sample in out]


def _sinc(half: int, cut: float, offset: float) -> Iterator[float]:
    """Yield the factors of the frames from `1 - half` to `half` for a place `offset` after one."""
    taps = []
    for at in range(1 - half, half + 1):
        x = at - offset
        turn = math.pi * x / half
        window = 0.42 + 0.5 * math.cos(turn) + 0.08 * math.cos(2 * turn)
        angle = math.pi * x * cut
        taps.append(window * (math.sin(angle) / angle if angle else 1.0))
    total = sum(taps)
    return (tap / total for tap in taps)


def _k_weighted_squares(wave: Sequence[float], rate: int) -> _Wave:
    """Return the squares of K-weighted samples.

    The standard gives its two filters' coefficients at 48 kHz; these are the analogue filters that
    they stand for, at any rate.
    """
    k = math.tan(math.pi * 1681.974450955533 / rate)
    q, high = 0.7071752369554196, _factor(3.999843853973347)
    band = high**0.4996667741545416
    scale = 1 + k / q + k * k
    b0, b1, b2 = (
        (high + band * k / q + k * k) / scale,
        2 * (k * k - high) / scale,
        (high - band * k / q + k * k) / scale,
    )
    a1, a2 = 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale
    k = math.tan(math.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    scale = 1 + k / q + k * k
    c1, c2 = 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale
    s1 = s2 = t1 = t2 = 0.0
    squares = []
    for x in wave:
        y = b0 * x + s1
        s1 = b1 * x - a1 * y + s2
        s2 = b2 * x - a2 * y
        z = y + t1
        t1 = -2.0 * y - c1 * z + t2
        t2 = y - c2 * z
        squares.append(z * z)
    return squares


def _high_passed(wave: Sequence[float]) -> _Wave:
    """Take away what is below speech: rumble, and a constant offset from the first sample on."""
    k = math.tan(math.pi * _HIGH_PASS_HZ / RATE)
    scale = 1 + math.sqrt(2) * k + k * k
    gain, a1, a2 = 1 / scale, 2 * (k * k - 1) / scale, (1 - math.sqrt(2) * k + k * k) / scale
    x1 = x2 = wave[0] if wave else 0.0
    y1 = y2 = 0.0
    out = []
    for x in wave:
        y = gain * (x - x1 - x1 + x2) - a1 * y1 - a2 * y2
        x2, x1, y2, y1 = x1, x, y1, y
        out.append(y)
    return out


def _spoken(wave: _Wave) -> _Wave:
    """Cut silence away, but for a lead and a tail; return nothing where all of it is silence."""
    levels = [sum(x * x for x in part) / _STEP for part in _parts(wave, _STEP)]
    loudest = max(
        (sum(levels[at : at + _LOUD_MS]) / _LOUD_MS for at in range(len(levels))), default=0.0
    )
    if loudest <= _factor(_SILENT_DB) ** 2:
        return []
    floor = loudest * _factor(TRIM_DB) ** 2
    loud = [at for at, level in enumerate(levels) if level > floor]
    first, last = loud[0], loud[-1]
    rings = loudest * _factor(_RING_DB) ** 2
    after = levels[last + 1 : last + 1 + TAIL_MS[1]]
    still = max((at + 1 for at, level in enumerate(after) if level > rings), default=0)
    begin, end = (first - LEAD_MS) * _STEP, (last + 1 + max(TAIL_MS[0], still)) * _STEP
    kept = wave[max(0, begin) : end]
    cut = [0.0] * max(0, -begin) + kept
    cut += [0.0] * (end - begin - len(cut))
    _fade(cut)
    return cut


def _fade(wave: _Wave) -> None:
    """Let a wave come from silence within its lead, and go to silence within its tail."""
    lead, tail = LEAD_MS * _STEP, _FADE_OUT_MS * _STEP
    for at in range(lead):
        wave[at] *= math.sin(math.pi / 2 * at / lead) ** 2
    for at in range(tail):
        wave[-1 - at] *= math.sin(math.pi / 2 * at / tail) ** 2


def _levelled(wave: _Wave) -> tuple[_Wave, float]:
    """Return a wave as loud as all are, and how far its highest peak was pressed down.

    Pressing peaks down costs loudness, so the gain is raised until the two agree, or until no more
    pressing is allowed.
    """
    top = _peak(wave)
    most_db = PEAK_DB + LIMITING_DB - _db(top)
    gain_db = min(most_db, TARGET_LUFS - loudness(wave, RATE))
    made = _limited(wave, _factor(gain_db))
    for _ in range(_ROUNDS):
        if gain_db + _db(top) <= PEAK_DB:
            break
        missing = TARGET_LUFS - loudness(made, RATE)
        if missing < _CLOSE_LU or gain_db >= most_db:
            break
        gain_db = min(most_db, gain_db + missing)
        made = _limited(wave, _factor(gain_db))
    return made, max(0.0, gain_db + _db(top) - PEAK_DB)


def _limited(wave: _Wave, gain: float) -> _Wave:
    """Return `wave * gain` with no peak above `PEAK_DB`.

    The gain goes down ahead of a peak and comes back after it, both at a steady rate in decibels.
    """
    ceiling = _factor(PEAK_DB)
    most = ceiling / gain
    if _peak(wave) <= most:
        return [x * gain for x in wave]
    down = _factor(LIMITING_DB / (_ATTACK_MS * _STEP))
    up = _factor(LIMITING_DB / (_RELEASE_MS * _STEP))
    factors = []
    now = gain
    for x in wave:
        now *= up
        now = min(now, gain)
        if now * x > ceiling or now * x < -ceiling:
            now = ceiling / abs(x)
        factors.append(now)
    for at in range(len(wave) - 1, -1, -1):
        now *= down
        if factors[at] < now:
            now = factors[at]
        else:
            factors[at] = now
    # Rounding must not lift a peak over the ceiling either.
    return [
        max(-ceiling, min(ceiling, x * factor)) for x, factor in zip(wave, factors, strict=True)
    ]
