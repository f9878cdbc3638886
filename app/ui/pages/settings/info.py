"""What the settings page says about this installation, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A place where the user's data is."""

    title: str
    path: str
    """What is opened."""
    shown: str
    """What is written: `~/…` for the home folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppInfo:
    version: str
    folders: tuple[Folder, ...]
    licences: str
    """The folder of licence texts."""
