"""Which voice speaks a routine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_engine import fake
from hypothesis import given
from hypothesis import strategies as st

from app.sound.voice.choosing import Choice, choose

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from app.sound.voice.engines import Engine

RECORDED = {"Rest.", "Plank.", "Done."}
HEART = fake(name="hibari", like_clips=True)
ESPEAK = fake(name="espeak-ng")
FLITE = fake(name="flite")
NAMES = st.sampled_from(["", "none", "clips", "hibari", "flite", "espeak-ng", "gone"])


def chosen(
    needed: Sequence[str],
    engines: Sequence[Engine],
    *,
    asked: str = "",
    silent: Mapping[str, Collection[str]] | None = None,
    clips: Collection[str] = RECORDED,
) -> Choice:
    return choose(
        asked,
        needed,
        has_clip=lambda sentence: sentence in clips,
        any_clips=bool(clips),
        engines=engines,
        silent=silent or {},
    )


def test_clips_speak_what_they_have_all_of() -> None:
    assert chosen(["Rest.", "Plank."], [HEART, ESPEAK]) == Choice(clips=True)


def test_the_speaker_of_the_clips_fills_in_what_they_lack() -> None:
    choice = chosen(["Rest.", "My move."], [HEART, FLITE, ESPEAK])
    assert choice == Choice(clips=True, engine=HEART)


def test_without_that_speaker_one_engine_speaks_all_of_it() -> None:
    assert chosen(["Rest.", "My move."], [FLITE, ESPEAK]) == Choice(engine=FLITE)


def test_without_any_engine_clips_speak_what_they_have() -> None:
    assert chosen(["Rest.", "My move."], []) == Choice(clips=True, unsaid=1)


def test_clips_that_have_nothing_of_it_do_not_speak() -> None:
    assert not chosen(["My move."], []).speaks
    assert not chosen([], [], clips=()).speaks


def test_an_engine_that_has_nothing_to_say_for_a_sentence_gives_way_for_all_of_it() -> None:
    silent = {"hibari": {"猫のポーズ."}}
    needed = ["Rest.", "猫のポーズ."]
    assert chosen(needed, [HEART, ESPEAK], silent=silent) == Choice(engine=ESPEAK)
    # What nobody can say is no reason to leave the best voice.
    silent["espeak-ng"] = {"猫のポーズ."}
    assert chosen(needed, [HEART, ESPEAK], silent=silent) == Choice(clips=True, unsaid=1)
    needed.append("My move.")
    choice = chosen(needed, [HEART, ESPEAK], silent=silent)
    assert choice == Choice(clips=True, engine=HEART, unsaid=1)


def test_the_users_choice_holds_whatever_it_lacks() -> None:
    assert chosen(["Rest."], [HEART, ESPEAK], asked="espeak-ng") == Choice(engine=ESPEAK)
    assert chosen(["Rest.", "My move."], [HEART], asked="clips") == Choice(clips=True, unsaid=1)
    assert chosen(["Rest."], [HEART], asked="hibari") == Choice(clips=True, engine=HEART)
    assert chosen(["Rest."], [HEART], asked="none") == Choice()


def test_a_choice_that_is_not_there_is_as_none() -> None:
    needed = ["Rest.", "My move."]
    assert chosen(needed, [FLITE], asked="gone") == chosen(needed, [FLITE])
    assert chosen(needed, [FLITE], asked="clips", clips=()) == Choice(engine=FLITE)


@given(
    asked=NAMES,
    needed=st.lists(st.sampled_from([*sorted(RECORDED), "My move.", "Yours."]), unique=True),
    engines=st.lists(st.sampled_from([HEART, FLITE, ESPEAK]), unique_by=lambda one: one.id),
    silent=st.dictionaries(NAMES, st.sets(st.sampled_from(["Rest.", "My move."]))),
)
def test_one_speaker_says_all_of_it(
    asked: str, needed: list[str], engines: list[Engine], silent: dict[str, set[str]]
) -> None:
    choice = chosen(needed, engines, asked=asked, silent=silent)
    if choice.engine is not None:
        assert choice.engine in engines
        assert choice.clips == choice.engine.like_clips
    assert 0 <= choice.unsaid <= len(needed)
    if asked == "" and engines and not silent:
        assert choice.unsaid == 0
