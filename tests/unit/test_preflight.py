"""What is said instead of a loader error or an abort."""

from __future__ import annotations

import pytest

from app.preflight import explain_import, explain_platform, no_display


def nothing(_library: str) -> bool:
    return False


def loader_error(library: str) -> ImportError:
    return ImportError(f"{library}: cannot open shared object file: No such file or directory")


@pytest.mark.parametrize("env", [{}, {"DISPLAY": ""}, {"DISPLAY": "", "WAYLAND_DISPLAY": ""}])
def test_no_display_is_one_sentence_that_says_how_to_get_one(env: dict[str, str]) -> None:
    sentence = no_display(env, "linux")
    assert sentence is not None
    assert sentence.startswith("Warmdown needs a display")
    assert "ssh -X" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "env",
    [
        {"DISPLAY": ":0"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"QT_QPA_PLATFORM": "offscreen"},
    ],
)
def test_a_display_or_a_chosen_platform_is_enough(env: dict[str, str]) -> None:
    assert no_display(env, "linux") is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_a_display(platform: str) -> None:
    assert no_display({}, platform) is None


def test_a_missing_library_is_named_with_its_package() -> None:
    sentence = explain_import(loader_error("libEGL.so.1"), nothing)
    assert sentence is not None
    assert "libEGL.so.1" in sentence
    assert sentence.endswith("sudo apt install libegl1")


def test_all_missing_packages_are_named_at_once() -> None:
    gone = {"libEGL.so.1", "libxcb-cursor.so.0", "libpulse.so.0"}
    sentence = explain_import(loader_error("libEGL.so.1"), gone.__contains__)
    assert sentence is not None
    assert sentence.endswith("sudo apt install libegl1 libpulse0 libxcb-cursor0")


def test_an_unknown_library_is_named_without_a_package() -> None:
    sentence = explain_import(loader_error("libfuture.so.7"), nothing)
    assert sentence is not None
    assert "libfuture.so.7" in sentence
    assert "apt" not in sentence


def test_an_old_system_is_told_from_a_missing_library() -> None:
    text = "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by ...)"
    sentence = explain_import(ImportError(text), nothing)
    assert sentence is not None
    assert "glibc 2.34" in sentence


def test_missing_pyside_is_told_with_the_command_that_installs_it() -> None:
    error = ModuleNotFoundError("No module named 'PySide6'", name="PySide6.QtWidgets")
    sentence = explain_import(error, nothing)
    assert sentence is not None
    assert "pip install PySide6-Essentials" in sentence


@pytest.mark.parametrize(
    "error",
    [
        ModuleNotFoundError("No module named 'app.ui.ring'", name="app.ui.ring"),
        ImportError("cannot import name 'Ring' from 'app.ui.widgets'"),
    ],
)
def test_a_mistake_of_ours_is_not_explained_away(error: ImportError) -> None:
    assert explain_import(error, nothing) is None


def test_a_display_that_does_not_answer_is_named() -> None:
    sentence = explain_platform({"DISPLAY": ":93"}, nothing)
    assert "':93'" in sentence
    assert "\n" not in sentence


def test_a_window_that_misses_a_library_names_it_rather_than_the_display() -> None:
    sentence = explain_platform({"DISPLAY": ":0"}, {"libxcb-cursor.so.0"}.__contains__)
    assert sentence.endswith("sudo apt install libxcb-cursor0")


def test_a_session_under_x_needs_no_wayland_library() -> None:
    wayland = {"libwayland-cursor.so.0", "libwayland-egl.so.1"}
    assert "apt" not in explain_platform({"DISPLAY": ":0"}, wayland.__contains__)
