"""Sentences as PCM, and joined to the sound of a line."""

from __future__ import annotations

import math
from array import array

import pytest
from fake_engine import tone
from hypothesis import given
from hypothesis import strategies as st

from app.domain.speech import line_ms
from app.sound.pcm import FRAME_BYTES, frames
from app.sound.soundtrack import LONGEST_LEAD, Sound
from app.sound.voice.mastering import RATE
from app.sound.voice.spoken import Playable, Spoken, as_mono, playable
from app.sound.voice.spoken import joined as joined_playable

ONE = Spoken(tone(RATE), 240)
TWO = Spoken(tone(RATE // 2), 120)
PLAYABLE = [playable(spoken) for spoken in (ONE, TWO, Spoken(tone(777), 0))]


def joined(line: list[tuple[str, Spoken]]) -> Sound:
    return joined_playable([(text, playable(spoken)) for text, spoken in line])


def channels(pcm: bytes) -> tuple[array[int], array[int]]:
    samples = array("h", pcm)
    return samples[0::2], samples[1::2]


def sine(hz: float, rate: int, count: int, amplitude: float = 10_000) -> array[int]:
    return array(
        "h", [round(amplitude * math.sin(2 * math.pi * hz * at / rate)) for at in range(count)]
    )


def test_a_sentence_is_heard_in_the_centre_at_twice_as_many_frames() -> None:
    sound = joined([("Rest.", ONE)])
    left, right = channels(sound.pcm)
    assert left == right
    assert left[0::2] == array("h", ONE.pcm)
    assert sound.onset == 480


def test_sentences_have_a_breath_between_and_less_of_one_after_a_side() -> None:
    plain = joined([("Rest.", ONE), ("Left side.", TWO)])
    sided = joined([("Left side.", TWO), ("Rest.", ONE)])
    both = frames(1_500)
    assert len(plain.pcm) // FRAME_BYTES == both + frames(250)
    assert len(sided.pcm) // FRAME_BYTES == both + frames(150)
    gap = plain.pcm[frames(1_000) * FRAME_BYTES : frames(1_250) * FRAME_BYTES]
    assert not any(gap)
    assert sided.onset == 240


@given(st.lists(st.sampled_from(PLAYABLE), min_size=1, max_size=5))
def test_a_line_is_as_long_as_it_is_planned(parts: list[Playable]) -> None:
    line = [(f"Sentence {at}.", part) for at, part in enumerate(parts)]
    lengths = {text: part.length_ms for text, part in line}
    planned = line_ms([text for text, _ in line], lengths.get)
    assert planned is not None
    heard = len(joined_playable(line).pcm) // FRAME_BYTES
    assert frames(planned) - len(parts) * frames(1) <= heard <= frames(planned)


def test_a_long_silence_before_the_speech_is_cut_to_what_a_sound_may_have() -> None:
    late = Spoken(bytes(2 * RATE) + tone(RATE), RATE)
    sound = joined([("Rest.", late)])
    assert sound.onset == LONGEST_LEAD
    assert channels(sound.pcm)[0][LONGEST_LEAD::2] == array("h", tone(RATE))


@pytest.mark.parametrize("hz", [150, 1_000, 5_000, 9_000])
def test_no_whistle_is_added_above_the_band_of_speech(hz: int) -> None:
    speech = sine(hz, RATE, RATE)
    left, _ = channels(joined([("Rest.", Spoken(speech.tobytes(), 0))]).pcm)
    ideal = sine(hz, 2 * RATE, 2 * RATE)
    error = math.sqrt(
        sum((a - b) ** 2 for a, b in zip(left[100:-100], ideal[100:-100], strict=True)) / len(left)
    )
    assert error < 10_000 * 10 ** (-60 / 20)


def test_the_loudest_sentence_does_not_turn_over() -> None:
    loud = array("h", [32_767, 32_767, -32_768, -32_768] * 1_000)
    left, _ = channels(joined([("Rest.", Spoken(loud.tobytes(), 0))]).pcm)
    between = left[1::2]
    # Half-way between two full samples of one sign the wave goes beyond them, and is cut there.
    assert all(value > 30_000 for value in between[100:-100:4])
    assert all(value < -30_000 for value in between[102:-100:4])


def test_files_of_other_widths_and_two_channels_become_one_of_16_bit() -> None:
    speech = array("h", [0, 256, -256])
    assert as_mono(speech.tobytes(), channels=1, width=2) == speech.tobytes()
    assert as_mono(bytes([128, 129, 127]), channels=1, width=1) == speech.tobytes()
    double = array("h", [0, 0, 200, 312, -256, -256])
    assert as_mono(double.tobytes(), channels=2, width=2) == speech.tobytes()
    with pytest.raises(ValueError, match="6 channels"):
        as_mono(bytes(12), channels=6, width=2)


@pytest.mark.parametrize(("pcm", "onset"), [(b"", 0), (b"abc", 0), (b"abcd", 2), (b"abcd", -1)])
def test_a_sentence_cannot_be_nothing(pcm: bytes, onset: int) -> None:
    with pytest.raises(ValueError, match="a sentence"):
        Spoken(pcm, onset)
