"""The command `draft`: what it prints, and the routine that it makes."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from app import cli
from app.cli_draft import draft_file

if TYPE_CHECKING:
    from pathlib import Path

LIST = "Core:\nPlank 3 x 30 s rest 20\n12-15 back extensions\nGlute bridge 10 reps, hold 5 s\n3x/week\n"


@pytest.fixture
def pasted(tmp_path: Path) -> Path:
    path = tmp_path / "list.txt"
    path.write_text(LIST, encoding="utf-8")
    return path


def read_json(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    out, err = capsys.readouterr()
    assert err == ""
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_json_has_an_entry_for_each_line(pasted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["draft", str(pasted), "--json"]) == 0
    heading, plank, back, bridge, note = read_json(capsys)
    assert (heading["kind"], heading["name"], heading["dose"]) == ("heading", "Core", None)
    wanted = {
        "line": 2, "text": "Plank 3 x 30 s rest 20", "kind": "step", "understood": True,
        "exercise": "forearm-plank", "name": "Forearm plank", "sides": "both", "sets": 3,
        "dose": {"seconds": 30}, "dose_max": None, "rest_s": 20,
    }  # fmt: skip
    assert plank | wanted == plank
    assert (back["dose"], back["dose_max"]) == ({"reps": 12}, {"reps": 15})
    assert (bridge["dose"], bridge["hold_s"], bridge["tempo"]) == ({"reps": 10}, 5, [2, 5, 2, 0])
    assert (note["kind"], note["about"], note["sets"]) == ("note", "frequency", None)


def test_each_line_is_printed_beside_its_reading(
    pasted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["draft", str(pasted)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Forearm plank, 3 x 30 s, rest 20 s" in lines[1]
    assert (
        len({line.index(part) for line, part in zip(lines, ["heading", "Forearm"], strict=False)})
        == 1
    )


def test_what_is_not_sure_is_marked_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Squats 10x3\nPlank 30 s", encoding="utf-8")
    assert cli.run(["draft", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("? 1")
    assert "sets" in lines[1]
    assert lines[2].startswith("  2")
    assert "1 reading is not sure" in lines[-1]


def test_write_makes_the_routine(
    pasted: Path, warmdown_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["draft", str(pasted), "--write", "my-core"]) == 0
    assert "my-core.toml" in capsys.readouterr().out
    assert cli.run(["show", "my-core"]) == 0
    assert list(warmdown_home.rglob("my-core.toml"))


def test_write_never_takes_another_ones_place(
    pasted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["draft", str(pasted), "--write", "core-beginner"]) == 1
    assert "already" in capsys.readouterr().err


def test_write_guesses_nothing(
    tmp_path: Path, warmdown_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Plank 30 s\nSquats 10x3", encoding="utf-8")
    assert cli.run(["draft", str(path), "--write", "mine"]) == 1
    assert "line 2 is not sure" in capsys.readouterr().err
    assert not list(warmdown_home.rglob("mine.toml"))


def test_write_wants_a_legal_id(pasted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["draft", str(pasted), "--write", "../Mine"]) == 1
    assert "no id" in capsys.readouterr().err


def test_a_missing_file_is_a_problem_in_either_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["draft", "nowhere.txt"]) == 1
    assert "nowhere.txt" in capsys.readouterr().err
    assert cli.run(["draft", "nowhere.txt", "--json"]) == 1
    out, err = capsys.readouterr()
    assert "error" in json.loads(out)
    assert err == ""


def test_wrong_usage_is_told_apart() -> None:
    assert cli.run(["draft"]) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("Plank 3 × 30 s – café".encode(encoding))  # noqa: RUF001  (as people write)
    assert draft_file(str(path)) == "Plank 3 × 30 s – café"  # noqa: RUF001  (as people write)


def test_a_dash_reads_what_is_piped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Plank 30 s")))
    assert draft_file("-") == "Plank 30 s"


def test_a_list_that_is_too_large_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"a" * (256 * 1024 + 1))
    assert cli.run(["draft", str(path)]) == 1
    assert "256 KiB" in capsys.readouterr().err
