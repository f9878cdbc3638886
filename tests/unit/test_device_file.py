"""What a sound check found is remembered for each device, and nonsense in the file means nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.storage.device_file import CheckedDevice, DeviceFile

if TYPE_CHECKING:
    from pathlib import Path

SPEAKER = "alsa_output.pci-0000_00_1f.3.analog-stereo"
HEADSET = "bluez_output.00_11_22_33_44_55.1"
GOOD = {"heard": True, "volume": 0.8, "preroll_ms": 600}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "devices.json"


def write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content))


def test_a_device_that_was_never_checked_is_unknown(path: Path) -> None:
    assert DeviceFile(path).known(SPEAKER) is None
    assert not path.parent.exists()


def test_each_device_is_remembered_for_itself_also_after_a_restart(path: Path) -> None:
    devices = DeviceFile(path)
    devices.remember(SPEAKER, heard=True, volume=0.7, preroll_ms=0)
    devices.remember(HEADSET, heard=False, volume=0.9, preroll_ms=2_000)
    for file in (devices, DeviceFile(path)):
        assert file.known(SPEAKER) == CheckedDevice(heard=True, volume=0.7, preroll_ms=0)
        assert file.known(HEADSET) == CheckedDevice(heard=False, volume=0.9, preroll_ms=2_000)


def test_the_last_check_holds(path: Path) -> None:
    DeviceFile(path).remember(SPEAKER, heard=False, volume=0.2, preroll_ms=300)
    DeviceFile(path).remember(SPEAKER, heard=True, volume=1, preroll_ms=600)
    assert DeviceFile(path).known(SPEAKER) == CheckedDevice(heard=True, volume=1.0, preroll_ms=600)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"devices": 3}', b'{"devices": null}', b"\xff\xfe", b"[" * 99_999],
)
def test_a_broken_file_is_put_aside_and_a_new_one_is_written(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    devices = DeviceFile(path)
    assert devices.known(SPEAKER) is None
    bad = path.with_name("devices.json.bad")
    assert bad.read_bytes() == content
    assert not path.exists()
    devices.remember(SPEAKER, **GOOD)
    assert DeviceFile(path).known(SPEAKER) == CheckedDevice(**GOOD)
    assert bad.read_bytes() == content


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        {**GOOD, "heard": 1},
        {**GOOD, "volume": 1.5},
        {**GOOD, "volume": True},
        {**GOOD, "volume": "0.5"},
        {**GOOD, "volume": float("nan")},
        {**GOOD, "preroll_ms": -1},
        {**GOOD, "preroll_ms": 2_001},
        {**GOOD, "preroll_ms": 0.5},
    ],
)
def test_one_wrong_entry_does_not_hide_the_others(path: Path, wrong: object) -> None:
    write(path, {"devices": {SPEAKER: wrong, HEADSET: GOOD}})
    devices = DeviceFile(path)
    assert devices.known(SPEAKER) is None
    assert devices.known(HEADSET) == CheckedDevice(**GOOD)
    assert path.exists()


def test_what_a_later_version_adds_does_no_harm(path: Path) -> None:
    write(path, {"devices": {SPEAKER: {**GOOD, "latency_ms": 120}}, "version": 2})
    assert DeviceFile(path).known(SPEAKER) == CheckedDevice(**GOOD)


@pytest.mark.parametrize(
    ("name", "value"), [("volume", 1.01), ("volume", -0.1), ("preroll_ms", -1)]
)
def test_a_number_out_of_its_range_is_our_own_mistake(path: Path, name: str, value: float) -> None:
    with pytest.raises(ValueError, match="must be from 0"):
        DeviceFile(path).remember(SPEAKER, **{**GOOD, name: value})


def test_no_device_is_nothing_to_remember(path: Path) -> None:
    DeviceFile(path).remember("", **GOOD)
    assert not path.exists()


def test_those_checked_longest_ago_are_forgotten_first(path: Path) -> None:
    devices = DeviceFile(path)
    for number in range(100):
        devices.remember(f"device {number}", **GOOD)
    devices.remember("device 0", **GOOD)
    devices.remember("device 100", **GOOD)
    assert devices.known("device 1") is None
    assert devices.known("device 0") is not None
    assert len(json.loads(path.read_bytes())["devices"]) == 100


def test_where_nothing_can_be_written_a_check_holds_until_the_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "devices.json"
    devices = DeviceFile(path)
    devices.remember(SPEAKER, **GOOD)
    assert devices.known(SPEAKER) == CheckedDevice(**GOOD)
    assert "not kept" in caplog.text
    assert DeviceFile(path).known(SPEAKER) is None
