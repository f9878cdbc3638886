"""How long engines stay, and how long they stay away."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from fake_engine import fake, lives, logged

from app.sound.voice.cache import SpokenCache
from app.sound.voice.clips import Clips
from app.sound.voice.stock import Stock
from app.sound.voice.texts import Spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.sound.voice.engines import Engine

PATIENCE_S = 20.0


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def stocked(tmp_path: Path) -> Iterator[Callable[..., Stock]]:
    """Make stocks without clips that are closed at the end."""
    made: list[Stock] = []

    def stocked(*engines: Engine, **more: Any) -> Stock:  # noqa: ANN401
        made.append(
            Stock(
                Clips(tmp_path / "clips"),
                engines,
                SpokenCache(tmp_path / "cache"),
                Spellings(None),
                asked="",
                changed=more.pop("changed", lambda: None),
                **more,
            )
        )
        return made[-1]

    yield stocked
    for stock in made:
        stock.close()


def pids(log: Path) -> list[int]:
    return [int(pid) for pid in logged(log, "pid")]


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_engine_with_nothing_to_do_is_ended_and_started_again_when_needed(
    stocked: Callable[..., Stock], log: Path
) -> None:
    stock = stocked(fake(log=log), idle_s=0.05)
    stock.prepare(["One."])
    assert stock.wait(PATIENCE_S)
    wait_for(lambda: not lives(pids(log)[0]))
    stock.prepare(["One.", "Two."])
    assert stock.wait(PATIENCE_S)
    assert stock.line(["One.", "Two."]) is not None
    assert len(pids(log)) == 2


def test_one_engine_stays_for_one_routine_after_another(
    stocked: Callable[..., Stock], log: Path
) -> None:
    stock = stocked(fake(log=log))
    for sentences in (["One."], ["Two."], ["Three."]):
        stock.prepare(sentences)
        assert stock.wait(PATIENCE_S)
    assert len(pids(log)) == 1


@pytest.mark.parametrize(("forgiven_s", "tries"), [(600.0, 1), (0.0, 2)])
def test_an_engine_that_hung_is_tried_again_only_after_a_while(
    stocked: Callable[..., Stock], log: Path, forgiven_s: float, tries: int
) -> None:
    stock = stocked(fake("hang", log=log, sentence_s=0.2), forgiven_s=forgiven_s)
    for _ in range(2):
        stock.prepare(["One."])
        assert stock.wait(PATIENCE_S)
        assert stock.standing().failure is not None
    assert len(logged(log, "text")) == tries


def test_nothing_is_waited_for_after_the_end(stocked: Callable[..., Stock], log: Path) -> None:
    stock = stocked(fake("hang", log=log, sentence_s=600.0))
    stock.prepare(["One."])
    wait_for(lambda: logged(log, "text"))
    waited: list[bool] = []
    thread = threading.Thread(target=lambda: waited.append(stock.wait(PATIENCE_S)))
    thread.start()
    stock.close()
    thread.join(PATIENCE_S)
    assert waited == [True]
    assert stock.pending() == 0


def test_the_first_sentences_are_made_first(stocked: Callable[..., Stock], log: Path) -> None:
    stock = stocked(fake(log=log))
    sentences = [f"Number {number}." for number in (4, 2, 9, 2, 1)]
    stock.prepare(sentences)
    assert stock.wait(PATIENCE_S)
    assert logged(log, "text") == list(dict.fromkeys(logged(log, "text")))
    assert len(logged(log, "text")) == 4
    assert logged(log, "text")[0] == "Number four."


def test_who_listens_is_let_go_of_at_the_end(stocked: Callable[..., Stock]) -> None:
    told: list[bool] = []
    stock = stocked(fake(), changed=lambda: told.append(True))
    stock.prepare(["One."])
    assert stock.wait(PATIENCE_S)
    stock.close()
    before = len(told)
    stock.ask_for("none")
    stock.prepare(["Two."])
    assert len(told) == before
