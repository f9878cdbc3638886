"""settings.toml: what people write into it is respected, and never lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import SettingsError
from app.domain.settings import FirstSide, Settings, ThemeChoice
from app.storage.settings_file import load_settings, save_settings

CHANGED = Settings(
    get_ready_ms=12_500,
    first_side=FirstSide.TIGHTER,
    goal_cadence=176,
    volume=0.25,
    tones=False,
    theme=ThemeChoice.DARK,
    text_size=1.15,
    pinned=("desk-break", "mine"),
)


def test_a_missing_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == (Settings(), [])


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    save_settings(path, CHANGED)
    assert load_settings(path) == (CHANGED, [])


def test_only_what_differs_from_the_defaults_is_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, replace(Settings(), goal_days=5))
    assert path.read_text() == "goal_days = 5\n"


def test_comments_order_and_unknown_keys_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        '# mine\nvolume = 0.5  # for the garage\nsidechange = 3\ntheme = "light"\n[later]\nx = 1\n'
    )
    settings, problems = load_settings(path)
    assert [(p.line, p.id) for p in problems] == [(3, "unknown-key"), (5, "unknown-key")] or [
        (p.line, p.id) for p in problems
    ] == [(3, "unknown-key"), (None, "unknown-key")]
    assert "side_change" in problems[0].message
    save_settings(path, replace(settings, volume=0.75, goal_days=2))
    assert path.read_text() == (
        "# mine\nvolume = 0.75  # for the garage\nsidechange = 3\n"
        'theme = "light"\ngoal_days = 2\n[later]\nx = 1\n'
    )


@pytest.mark.parametrize(
    "line",
    [
        "volume = 2",
        "volume = true",
        'volume = "loud"',
        "get_ready = -1",
        "goal_days = 8",
        "goal_days = 2.5",
        'theme = "pink"',
        "tones = 1",
        "pinned = [1]",
        "text_size = 1.2",
        "volume = nan",
    ],
)
def test_a_bad_value_is_said_with_its_line_and_leaves_its_default(
    tmp_path: Path, line: str
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"breath = 12\n{line}\n")
    settings, (problem,) = load_settings(path)
    assert settings == Settings(breath_ms=12_000)
    assert (problem.line, problem.id) == (2, "bad-value")
    assert line.split(maxsplit=1)[0] in problem.message


@pytest.mark.parametrize("content", [b"volume = ", b"\xff\xfe", b"a = [" * 5_000])
def test_a_file_that_is_no_toml_is_said_and_never_overwritten(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    settings, problems = load_settings(path)
    assert (settings, len(problems)) == (Settings(), 1)
    with pytest.raises(SettingsError):
        save_settings(path, CHANGED)
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="settings"):
        save_settings(tmp_path / "file" / "settings.toml", CHANGED)


@given(st.binary(max_size=200))
def test_whatever_stands_in_the_file_loading_never_fails(content: bytes) -> None:
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_bytes(content)
        settings, _ = load_settings(path)
        assert isinstance(settings, Settings)
