"""settings.toml: what people write into it is respected, and never lost."""

import os
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.errors import SettingsError
from app.domain.settings import FirstSide, Settings, ThemeChoice
from app.storage import settings_file
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
    assert [(p.line, p.id) for p in problems] == [(3, "unknown-key"), (5, "unknown-key")]
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


def test_a_folders_path_may_be_long_and_have_any_spaces(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    folder = f"/home/me/\u3000\u00a0{'wood blocks/' * 60}"
    save_settings(path, Settings(cue_set=folder))
    assert load_settings(path) == (Settings(cue_set=folder), [])


@pytest.mark.parametrize("value", ["a" * 4_097, "one\\ntwo", "\\u0085"])
def test_what_no_folder_can_be_called_is_refused(value: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f'cue_set = "{value}"\n')
    settings, (problem,) = load_settings(path)
    assert settings == Settings()
    assert "must be one line of at most 4096 characters" in problem.message


def test_a_bad_value_stays_in_the_file_until_that_setting_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("volume = 11  # loud\nbreath = 12\n")
    settings, _ = load_settings(path)
    save_settings(path, replace(settings, breath_ms=14_000))
    assert path.read_text() == "volume = 11  # loud\nbreath = 14\n"
    save_settings(path, replace(settings, volume=1.0, breath_ms=14_000))
    assert path.read_text() == "volume = 1.00  # loud\nbreath = 14\n"


def test_a_setting_that_is_taken_back_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("volume = 0.5\ngoal_cadence = 176\ntones = false\n")
    settings, _ = load_settings(path)
    save_settings(path, replace(settings, goal_cadence=None))
    assert path.read_text() == "volume = 0.5\ntones = false\n"


def test_what_was_edited_meanwhile_holds(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("volume = 0.5\n")
    before, _ = load_settings(path)
    path.write_text('volume = 0.25\ntheme = "dark"\n')
    save_settings(path, replace(before, goal_days=5), before=before)
    assert path.read_text() == 'volume = 0.25\ntheme = "dark"\ngoal_days = 5\n'


@pytest.mark.parametrize(
    "written",
    [
        'volume = 0.5  # don\'t wake "them"\n',
        "volume = 0.5\r\n",
        "\ufeffvolume = 0.5",
        "  volume=0.5#x\n",
        "'volume' = 0.5\n",
        'x = """\nvolume = 1\n"""\nvolume = 0.5\n',
        "x = '''\nvolume = 1'''\nvolume = 0.5\n",
        "x = [\n  'volume = 1', # ]\n  { a = '[' },\n]\nvolume = 0.5\n",
        'a.b = "volume = 1"\nvolume = 0.5\n',
        "volume = 0.5\n[other]\nvolume = 1\n",
    ],
)
def test_only_the_value_changes(tmp_path: Path, written: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(written.encode())
    settings, _ = load_settings(path)
    assert settings.volume == 0.5
    save_settings(path, replace(settings, volume=0.75))
    assert path.read_bytes().decode() == written.replace("0.5", "0.75")


def test_a_list_over_several_lines_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('pinned = [\n  "a",  # first\n  "b",\n]  # mine\nvolume = 0.5\n')
    settings, problems = load_settings(path)
    assert (settings.pinned, problems) == (("a", "b"), [])
    save_settings(path, replace(settings, pinned=("b",)))
    assert path.read_text() == 'pinned = ["b"]  # mine\nvolume = 0.5\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "goal_days = 5\n"),
        ("volume = 0.5", "volume = 0.5\ngoal_days = 5\n"),
        ("# mine\n", "# mine\ngoal_days = 5\n"),
        ("[t]\nx = 1\n", "goal_days = 5\n[t]\nx = 1\n"),
        ("volume = 0.5\n\n# about t\n[t]\n", "volume = 0.5\ngoal_days = 5\n\n# about t\n[t]\n"),
    ],
)
def test_a_new_key_stands_behind_the_others(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(before)
    settings, _ = load_settings(path)
    save_settings(path, replace(settings, goal_days=5))
    assert path.read_text() == after


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, Settings())
    assert not path.exists()


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


def test_a_folder_or_a_pipe_in_its_place_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "settings.toml"
    folder.mkdir()
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    for path in (folder, pipe):
        settings, (problem,) = load_settings(path)
        assert (settings, problem.id) == (Settings(), "not-a-file")
        with pytest.raises(SettingsError, match="must be a file"):
            save_settings(path, CHANGED)


def test_a_huge_file_is_said_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"#" * 300_000)
    _, (problem,) = load_settings(path)
    assert problem.id == "too-large"


def test_a_plain_file_is_read_without_the_parser_that_is_slow_to_import(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, CHANGED)
    program = (
        "import sys; from pathlib import Path; from app.storage.settings_file import load_settings;"
        " print(load_settings(Path(sys.argv[1]))[0].volume, 'tomllib' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    run = [sys.executable, "-c", program, str(path)]
    assert subprocess.check_output(run, cwd=root, text=True) == "0.25 False\n"


_keys = st.sampled_from(["volume", "theme", "tones", "pinned", "goal_days", "x", "'volume'", "a.b"])
_values = st.one_of(
    st.sampled_from(["true", "0.5", "-3", "1.", "01", "1e3", "+5", "1_0", "inf", "", "'t'", "{}"]),
    st.text(st.sampled_from("0123456789.-"), max_size=6),
    st.text(st.sampled_from('ab\\"# \t\x01\x7fé'), max_size=8).map(lambda text: f'"{text}"'),
    st.lists(st.sampled_from(['"a"', "'b'", "1", "#", "", " "]), max_size=4).map(
        lambda items: f"[{','.join(items)}]"
    ),
)
_spaces = st.sampled_from(["", " "])
_lines = st.one_of(
    st.builds(
        "{}{}={}{}{}".format,
        _spaces,
        _keys,
        _spaces,
        _values,
        st.sampled_from(["", " # c", "#\x01", " ", "\r"]),
    ),
    st.sampled_from(["", "# comment", "[table]", "nonsense", "\r"]),
)


@given(st.lists(_lines, max_size=5).map("\n".join))
def test_the_quick_way_of_reading_agrees_with_the_parser(text: str) -> None:
    quick = settings_file._plain_values(text)
    if quick is not None:
        assert quick == tomllib.loads(text)


@given(st.lists(_lines, max_size=6).map("\n".join))
def test_saving_into_any_valid_file_changes_nothing_else(text: str) -> None:
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)  # only valid files can be saved into
        raise
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_bytes(text.encode())
        settings, _ = load_settings(path)
        wanted = replace(settings, volume=0.125, goal_days=7, pinned=("p",))
        save_settings(path, wanted)
        after = tomllib.loads(path.read_bytes().decode())
        kept = replace(wanted, volume=load_settings(path)[0].volume)
        assert (load_settings(path)[0], kept.volume) == (kept, 0.12)
    ours = {"volume", "goal_days", "pinned"}
    assert {k: v for k, v in after.items() if k not in ours} == {
        k: v for k, v in before.items() if k not in ours
    }


@given(st.binary(max_size=200))
def test_whatever_stands_in_the_file_loading_never_fails(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_bytes(content)
        settings, _ = load_settings(path)
        assert isinstance(settings, Settings)
