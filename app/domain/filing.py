"""What became of a file that was put somewhere: imported, deleted, brought back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trashed:
    """A file that was put in the trash, with what it takes to bring it back."""

    file: str
    """Where it stood."""
    place: str
    """Where it stands now; empty where the system does not say."""
    content: bytes
    """What is in it: it comes back even when the trash was emptied meanwhile."""
    note: str = ""
    """The trash's own file about it; empty where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A file that was put in its place."""

    file: str
    wanted: str
    """The name that it was to have; a taken one gets a number."""

    @property
    def is_renamed(self) -> bool:
        return self.name != self.wanted

    @property
    def name(self) -> str:
        """The file's name without its folder and `.toml`: a routine's id."""
        name = self.file.replace("\\", "/").rpartition("/")[2]
        return name.removesuffix(".toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A routine's id that another one has already."""

    id: str
    is_built_in: bool
    """The other one ships with the app: it cannot be replaced, only be hidden by one's own."""
    name: str
    """The name of the routine that comes."""
    free_id: str
    """The id that it could have instead."""
