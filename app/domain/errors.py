"""Errors that a user can act on, and the located problems that files may have."""

from dataclasses import dataclass
from typing import Literal


class WarmdownError(Exception):
    """The world's fault, said in one sentence with place and remedy; shown as it is."""


class RoutineError(WarmdownError):
    """A routine or an exercise that cannot be used."""


class ChangedOutsideError(RoutineError):
    """A file that another program changed since it was read: nothing was written."""


class HistoryError(WarmdownError):
    """History that cannot be read or kept."""


class SettingsError(WarmdownError):
    """Settings that cannot be read or kept."""


class SoundError(WarmdownError):
    """Sound that cannot be made or played."""


class ExportError(WarmdownError):
    """A file for elsewhere that cannot be made."""


Severity = Literal["error", "advice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend in a file: where it stands and what is needed there."""

    file: str
    line: int | None
    """Counted from 1; None where no single line is at fault."""
    id: str
    """The rule's name, such as `unknown-key`; never changes once published."""
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"
