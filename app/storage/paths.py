"""Knows where user data and bundled resources live."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Resource = Literal[
    "exercises.toml",
    "figures.toml",
    "fonts",
    "icons",
    "licenses",
    "routines",
    "sounds",
    "tips.toml",
    "tokens.toml",
]

HOME_VARIABLE = "WARMDOWN_HOME"


def bundled(kind: Resource) -> Path:
    """Return a file or folder that ships with the app, in a checkout and in an installed wheel."""
    package = Path(__file__).parents[1]
    installed = package / "_resources"
    return (installed if installed.is_dir() else package.parent / "resources") / kind


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFolders:
    """Where the user's files are kept. Nothing is created by looking at it."""

    home: Path | None
    """The folder that WARMDOWN_HOME names; None where the platform's own folders are used."""
    data: Path
    config: Path
    cache: Path
    logs: Path

    @property
    def routines(self) -> Path:
        return self.data / "routines"

    @property
    def exercises(self) -> Path:
        """The user's own exercises, laid over the shipped ones; the file may be missing."""
        return self.data / "exercises.toml"

    @property
    def history(self) -> Path:
        return self.data / "history.db"

    @property
    def settings(self) -> Path:
        return self.config / "settings.toml"


def user_folders() -> UserFolders:
    """Return the folders in use: DIR/data, config, cache, logs under WARMDOWN_HOME=DIR.

    Without the variable (or with an empty one) they are the platform's own. A relative DIR counts
    from the working directory.
    """
    named = os.environ.get(HOME_VARIABLE)
    if named:
        # Not resolve(): a symlink that the user named is shown as named.
        home = Path(os.path.abspath(Path(named).expanduser()))  # noqa: PTH100
        return UserFolders(
            home=home,
            data=home / "data",
            config=home / "config",
            cache=home / "cache",
            logs=home / "logs",
        )
    # Imported late: it costs more than all of this module.
    from platformdirs import PlatformDirs  # noqa: PLC0415

    platform = PlatformDirs("warmdown", appauthor=False)
    return UserFolders(
        home=None,
        data=platform.user_data_path,
        config=platform.user_config_path,
        cache=platform.user_cache_path,
        logs=platform.user_log_path,
    )
