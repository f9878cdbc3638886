"""Comments that silence advice, and `check --advice`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.cli import run
from app.domain.advice import Rule, Silence
from app.storage.advice_comments import silenced, silenced_in, silencing
from app.storage.library import Library
from app.storage.paths import user_folders
from app.storage.routine_comments import Comments
from app.storage.routine_file import RoutineReader
from app.storage.routine_writer import read_document, write_document

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
#:schema ./routine.schema.json
# advice: off length-differs
schema = 1
name = "Hips"
summary = "Twenty minutes."  # advice: off no-warm-up, nonsense

# Advice: OFF up-and-down
[[blocks]]
name = "Hold"
steps = [
  # the left one is the tight one
  # advice: off one-side-only (the left one is sore), short-hold
  { exercise = "towel-hamstring-stretch", seconds = 5, side = "left" },
  { exercise = "standing-quad-stretch", seconds = 5 },  # advice: off short-hold
  { exercise = "childs-pose", seconds = 30 },  # no advice: off short-hold
]
"""
SILENCED = {
    Silence(Rule.SUMMARY),
    Silence(Rule.NO_WARM_UP),
    Silence(Rule.ZIGZAG, 0),
    Silence(Rule.ONE_SIDE, 0, 0),
    Silence(Rule.SHORT_HOLD, 0, 0),
    Silence(Rule.SHORT_HOLD, 0, 1),
}


@pytest.fixture
def reader() -> RoutineReader:
    return RoutineReader(Library(user_folders()).exercises())


def test_a_comment_silences_rules_where_it_stands() -> None:
    assert silenced(TEXT) == SILENCED
    assert silenced(TEXT.replace("\n", "\r\n")) == SILENCED


def test_a_document_silences_what_its_text_does(reader: RoutineReader) -> None:
    document = read_document(TEXT, reader, routine_id="hips")
    assert silenced_in(document) == SILENCED
    assert silenced(write_document(document)) == SILENCED


def test_off_alone_means_every_rule_and_other_words_none() -> None:
    head = 'schema = 1\nname = "A"\n'
    assert silenced(f"# advice: off\n{head}") == {Silence(rule) for rule in Rule}
    assert silenced(f"# advice: off everything\n{head}") == set()
    assert silenced(f"# advice: offside\n{head}") == set()
    assert silenced(f'{head}note = "# advice: off"\n') == set()


def test_a_part_gets_one_comment_for_a_rule() -> None:
    before = Comments(("# the tight one",), "# beside", 40)
    once = silencing(before, Rule.ONE_SIDE)
    assert once == Comments(("# the tight one", "# advice: off one-side-only"), "# beside", 40)
    assert silencing(once, Rule.ONE_SIDE) == once


# check --advice


BAD = """\
schema = 1
name = "Bad"

[[blocks]]
name = "All"
steps = [
  { exercise = "march-on-the-spot", seconds = 60 },
  { exercise = "standing-quad-stretch", side = "left" },
  # advice: off one-side-only
  { exercise = "chair-hamstring-stretch", seconds = 5, side = "left" },
]
"""


@pytest.fixture
def bad(tmp_path: Path, warmdown_home: object) -> Path:  # noqa: ARG001  (its folders are used)
    path = tmp_path / "bad.toml"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_advice_is_printed_by_line_and_is_no_failure(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--advice", str(bad)]) == 0
    out, err = capsys.readouterr()
    assert out == "1 file, no problems, 2 remarks\n"
    first, second = err.splitlines()
    assert first.startswith(f"{bad}:8: advice: “Standing quad stretch” is done on the left side")
    assert first.endswith(" [one-side-only]")
    assert second.startswith(f"{bad}:10: advice: ")
    assert second.endswith(" [short-hold]")


def test_advice_is_in_the_json_with_severity_reason_and_source(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--advice", "--json", str(bad.parent)]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err == ""
    assert [(e["line"], e["severity"], e["id"]) for e in found] == [
        (8, "advice", "one-side-only"),
        (10, "advice", "short-hold"),
    ]
    assert all(entry["reason"] and entry["source"] and entry["message"] for entry in found)


def test_without_the_option_no_advice_is_given(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(bad)]) == 0
    assert capsys.readouterr() == ("1 file, no problems\n", "")


def test_a_file_with_a_problem_gets_no_advice_and_fails(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad.write_text(BAD.replace("seconds = 60", "second = 60"), encoding="utf-8")
    good = bad.with_name("good.toml")
    good.write_text(BAD, encoding="utf-8")
    assert run(["check", "--advice", "--json", str(bad.parent)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(entry["severity"], entry["line"]) for entry in found] == [
        ("error", 7),
        ("advice", 8),
        ("advice", 10),
    ]
