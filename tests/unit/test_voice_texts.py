"""Sentences as an engine is given them, and the user's own pronunciations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sound.voice.texts import Spellings, sayable, written_out

if TYPE_CHECKING:
    from pathlib import Path

# Letters of any script, signs and pictures as people type them.
TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "0123456789xX/:.,-%&+#@~ ()[]'s\N{MULTIPLICATION SIGN}\N{EN DASH}\N{DEGREE SIGN}"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)
WORDS = st.lists(st.text("abcdefghijklmnopqrtuvwyz", min_size=2, max_size=8), min_size=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("90/90 hip switch.", "ninety ninety hip switch."),
        ("90-90 hip switch.", "ninety ninety hip switch."),
        ("3x10 squats.", "three sets of ten squats."),
        ("3x10s.", "three sets of ten seconds."),
        ("Squats x10.", "Squats ten times."),
        ("Plank 1:30.", "Plank one minute thirty."),
        ("Hold 10s.", "Hold ten seconds."),
        ("Hold 1 s.", "Hold one second."),
        ("Jog 2.5 km.", "Jog two point five kilometres."),
        ("Cat & cow.", "Cat and cow."),
        ("Lunge w/ reach.", "Lunge with reach."),
        ("Walk → run.", "Walk to run."),
        ("Set #2.", "Set number two."),
        ("At 60%.", "At sixty percent."),
        ("Turn 30°.", "Turn thirty degrees."),
        ("½ kneeling.", "half kneeling."),
        ("🔥 Burpees 🔥.", "Burpees."),
        ("Left/right.", "Left right."),
        ("Press,\n then\tlift.", "Press, then lift."),
    ],
)
def test_what_is_written_short_is_written_out(text: str, said: str) -> None:
    assert written_out(text) == said


@pytest.mark.parametrize("text", ["Supine hamstring stretch.", "Switch to left side.", "Done."])
def test_what_reads_well_stays_as_it_is(text: str) -> None:
    assert written_out(text) == text


@given(TEXTS)
def test_whatever_is_typed_becomes_one_line_without_pictures(text: str) -> None:
    said = written_out(text)
    assert said == " ".join(said.split())
    assert "🔥" not in said
    assert said.isprintable()


@given(WORDS)
def test_no_word_is_lost(words: list[str]) -> None:
    assert written_out(" ".join(words)) == " ".join(words)


@given(st.integers(1, 99), st.integers(1, 99))
def test_no_figures_are_left_of_sets_and_pairs(one: int, other: int) -> None:
    for text in (f"{one}x{other}.", f"{one}/{other} hold.", f"{one}-{other} s.", f"{one} min."):
        assert not any(letter.isdigit() for letter in written_out(text)), text


@pytest.mark.parametrize(
    ("text", "is_sayable"), [("Plank.", True), ("猫.", True), ("🔥.", False), ("...", False)]
)
def test_a_sentence_without_letters_or_figures_cannot_be_said(
    text: str, *, is_sayable: bool
) -> None:
    assert sayable(text) is is_sayable


def test_phonemes_are_for_the_engine_that_reads_them() -> None:
    text = "[Pec](/pɛk/) stretch 3x10."
    assert written_out(text, phonemes=True) == "[Pec](/pɛk/) stretch three sets of ten."
    assert written_out(text) == "Pec stretch three sets of ten."


def test_a_spelling_replaces_whole_words_in_any_case() -> None:
    words = {"psoas": "so-as", "IT band": "eye tee band"}
    assert written_out("PSOAS march, it  band.", words) == "so-as march, eye tee band."
    assert written_out("Psoasy.", words) == "Psoasy."


def test_a_spelling_may_say_how_figures_are_read() -> None:
    assert written_out("90/90 switch.", {"90/90": "nineties"}) == "nineties switch."


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4), TEXTS)
def test_any_spellings_do(words: dict[str, str], text: str) -> None:
    written_out(text, {word: said for word, said in words.items() if word.strip()})


def test_spellings_are_read_from_the_users_file_and_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "pronunciation.toml"
    spellings = Spellings(file)
    assert not spellings.refresh()
    assert spellings.words == {}
    file.write_text('Psoas = "so-as"\n"IT band" = "eye tee band"\n')
    assert spellings.refresh()
    assert spellings.words == {"Psoas": "so-as", "IT band": "eye tee band"}
    assert not spellings.refresh()
    file.write_text("")
    assert spellings.refresh()
    assert spellings.words == {}
    file.unlink()
    assert spellings.refresh()
    assert spellings.problem == ""


def test_a_broken_file_of_spellings_is_not_used_and_says_where(tmp_path: Path) -> None:
    file = tmp_path / "pronunciation.toml"
    file.write_text('Psoas = "so-as"\nnonsense\n')
    spellings = Spellings(file)
    spellings.refresh()
    assert spellings.words == {}
    assert spellings.problem.startswith("pronunciation.toml is not used:")
    assert "line 2" in spellings.problem


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a = " + b"[" * 5_000, b"#" * 300_000])
def test_a_file_that_is_no_such_file_is_not_used(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "pronunciation.toml"
    file.write_bytes(content)
    spellings = Spellings(file)
    spellings.refresh()
    assert spellings.words == {}
    assert spellings.problem


def test_one_wrong_spelling_does_not_hide_the_others(tmp_path: Path) -> None:
    file = tmp_path / "pronunciation.toml"
    file.write_text('Psoas = "so-as"\nReps = 3\n')
    spellings = Spellings(file)
    spellings.refresh()
    assert spellings.words == {"Psoas": "so-as"}
    assert '"Reps"' in spellings.problem
