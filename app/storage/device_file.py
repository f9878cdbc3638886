"""Keeps what the sound check found out about each output device, in devices.json."""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

PREROLL_MOST_MS = 2_000
_MOST_DEVICES = 100
"""More than anybody has; those checked longest ago go first."""
_ID_MAX = 1_000
_MOST_BYTES = 1024 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDevice:
    """What the last sound check of an output device found."""

    heard: bool
    """Whether all was heard from the mat."""
    volume: float
    """0.0 to 1.0, as it was set at the check."""
    preroll_ms: int
    """The silence that the device needs before a first sound, which it would swallow else."""

    def __post_init__(self) -> None:
        if not 0 <= self.volume <= 1:
            raise ValueError(f"a volume must be from 0 to 1, found {self.volume}")
        if not 0 <= self.preroll_ms <= PREROLL_MOST_MS:
            raise ValueError(
                f"a pre-roll must be from 0 to {PREROLL_MOST_MS} ms, found {self.preroll_ms}"
            )


class DeviceFile:
    """Remembers devices by the id that their system gives them. For one thread.

    A file that cannot be read as one is put aside, with `.bad` at the end of its name, and is as
    if it were missing. Where nothing can be written, devices are remembered until the end.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._devices: dict[str, CheckedDevice] | None = None

    def known(self, device_id: str) -> CheckedDevice | None:
        """Return what the last check of a device found; None where there was none."""
        return self._read().get(device_id)

    def remember(self, device_id: str, *, heard: bool, volume: float, preroll_ms: int) -> None:
        """Keep the outcome of a check. ValueError where a number is out of its range."""
        checked = CheckedDevice(heard=heard, volume=volume, preroll_ms=preroll_ms)
        if not device_id or len(device_id) > _ID_MAX:
            return
        devices = self._read()
        # Out and in again: the order is that of the checks.
        devices.pop(device_id, None)
        devices[device_id] = checked
        for oldest in list(devices)[:-_MOST_DEVICES]:
            del devices[oldest]
        self._write(devices)

    def _read(self) -> dict[str, CheckedDevice]:
        if self._devices is None:
            self._devices = self._found()
        return self._devices

    def _found(self) -> dict[str, CheckedDevice]:
        try:
            with self._path.open("rb") as file:
                content = file.read(_MOST_BYTES)
            entries = json.loads(content)["devices"].items()
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            self._put_aside(error)
            return {}
        return {
            device: checked
            for device, entry in entries
            if device and (checked := _checked(entry)) is not None
        }

    def _put_aside(self, error: Exception) -> None:
        _log.warning("What is known of sound outputs cannot be read from %s: %s", self._path, error)
        with suppress(OSError):
            self._path.replace(self._path.with_name(f"{self._path.name}.bad"))

    def _write(self, devices: Mapping[str, CheckedDevice]) -> None:
        from app.storage.atomic import write_atomically  # noqa: PLC0415  (only after a check)

        entries = {device: asdict(checked) for device, checked in devices.items()}
        content = json.dumps({"devices": entries}, indent=2).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, content)
        except OSError as error:
            _log.warning("The sound check is not kept in %s: %s", self._path, error)


def _checked(entry: object) -> CheckedDevice | None:
    """Return what an entry says; None where it is not what this program writes."""
    match entry:
        case {
            "heard": bool(heard),
            "volume": float() | int() as volume,
            "preroll_ms": int(preroll_ms),
        } if not isinstance(volume, bool) and not isinstance(preroll_ms, bool):
            with suppress(ValueError):
                return CheckedDevice(heard=heard, volume=float(volume), preroll_ms=preroll_ms)
    return None
