"""What people write short is spelled out before a voice reads it; the rest stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.sound.voice.wording import without_phonemes, wording

MANIFEST = Path(__file__).parents[2] / "resources/sounds/voice/manifest.json"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("90/90 hip switch.", "ninety ninety hip switch."),
        ("3x10 calf raises", "three sets of ten calf raises"),
        ("1 x 8", "one set of eight"),
        ("2\N{MULTIPLICATION SIGN}30s plank", "two sets of thirty seconds plank"),
        ("3x8-10", "three sets of eight to ten"),
        ("10x", "ten times"),
        ("Plank, 1:30.", "Plank, one minute thirty."),
        ("0:45 hold", "forty-five seconds hold"),
        ("1:02:30", "one hour two minutes thirty"),
        ("10s", "ten seconds"),
        ("1 s", "one second"),
        ("10 sec hold.", "ten seconds hold."),
        ("2 min", "two minutes"),
        ("30-second hold", "thirty-second hold"),
        ("20-30s", "twenty to thirty seconds"),
        ("8-10 reps", "eight to ten reps"),
        ("8\N{EN DASH}10 reps", "eight to ten reps"),
        ("4-7-8 breath", "four seven eight breath"),
        ("5kg squat", "five kilograms squat"),
        ("1/2 kneel", "half kneel"),
        ("Effort 7/10.", "Effort seven out of ten."),
        ("L/R swap", "left and right swap"),
        ("hip/glute stretch", "hip glute stretch"),
        ("Squat & press + hold", "Squat and press plus hold"),
        ("Turn 90\N{DEGREE SIGN}.", "Turn ninety degrees."),
        ("**Plank**", "Plank"),
        ("Step 2.", "Step two."),
    ],
)
def test_what_is_written_short_is_spelled_out(written: str, said: str) -> None:
    assert wording(written) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Child's pose.",
        "Post-run holds, express.",
        "Take your time; press when done.",
        "C25K run, 5K and T-spine.",
        "1,000 steps in 2024, 2.5 of them well.",
        "Version 1.2.3",
        "[Pec](/p\N{MODIFIER LETTER VERTICAL LINE}\N{LATIN SMALL LETTER OPEN E}k/) sweep.",
        "Dehnung für den Hüftbeuger.",
    ],
)
def test_what_a_voice_reads_well_stays_as_it_is(text: str) -> None:
    assert wording(text) == text


def test_every_sentence_that_ships_stays_as_it_is() -> None:
    for clip in json.loads(MANIFEST.read_text("utf-8"))["clips"]:
        assert wording(clip["text"]) == clip["text"]


def test_phonemes_stay_while_what_is_around_them_is_spelled_out() -> None:
    assert wording("3x10 [10s](/t/) & [b](/c/) 10s") == (
        "three sets of ten [10s](/t/) and [b](/c/) ten seconds"
    )


def test_a_voice_without_phonemes_gets_the_word() -> None:
    assert without_phonemes("Next: [Pec](/pek/) sweep, [Pec](/x/).") == "Next: Pec sweep, Pec."
    assert without_phonemes("Foam roll (calves) [slow].") == "Foam roll (calves) [slow]."
