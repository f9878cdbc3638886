"""The kinds of value that measure time: lengths, the tempo of a repetition, cadence."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.routine import CadenceEnd, OpenDose, TimeDose
from app.storage.values import Fault, JsonSchema, Reader, listed, quoted, seconds_text, shown

_FORMS = '90, 7.5, "1:30", "90 s" or "2 min 30 s"'
_LONGEST_TEXT = 40
_CLOCK = re.compile(r"(?:([0-9]{1,2}):([0-5][0-9])|([0-9]{1,4})):([0-5][0-9])")
_UNITS = re.compile(r"(?:([0-9]{1,4}(?:\.[0-9])?) ?min)?(?: ?([0-9]{1,6}(?:\.[0-9])?) ?s)?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# What the two patterns above accept, as one pattern that every JSON Schema tool understands.
_SCHEMA_TEXT = (
    r"^\s*(([0-9]{1,2}:[0-5][0-9]|[0-9]{1,4}):[0-5][0-9]"
    r"|[0-9]{1,4}(\.[0-9])? ?min( ?[0-9]{1,6}(\.[0-9])? ?s)?"
    r"|[0-9]{1,6}(\.[0-9])? ?s)\s*$"
)


def _text_ms(value: str) -> int | Fault:
    """Read "1:30", "1:02:30", "90 s", "1.5 min" or "2 min 30 s" as milliseconds."""
    text = value.strip() if len(value) <= _LONGEST_TEXT else ""
    if clock := _CLOCK.fullmatch(text):
        hours, minutes_of_hour, minutes, seconds = (int(part or 0) for part in clock.groups())
        return (hours * 3_600 + (minutes_of_hour + minutes) * 60 + seconds) * 1_000
    units = _UNITS.fullmatch(text)
    if units and text:
        minutes_text, seconds_text_ = units.groups()
        return round(float(minutes_text or 0) * 60_000) + round(float(seconds_text_ or 0) * 1_000)
    if _NUMBER.fullmatch(text):
        return Fault("bad-duration", f'needs a unit, as in "{text} s", found {shown(value)}')
    return Fault("bad-duration", f"must be a length such as {_FORMS}, found {shown(value)}")


def _number_ms(value: float) -> int | Fault:
    """Read a finite number of seconds as milliseconds."""
    duration_ms = round(value * 1_000)
    if duration_ms % 100 or abs(value * 1_000 - duration_ms) > 1e-6:  # noqa: PLR2004  (float dust)
        return Fault("bad-duration", f"must have at most one decimal, found {shown(value)}")
    return duration_ms


@dataclass(frozen=True, slots=True)
class Seconds:
    """A length, in whole milliseconds inside."""

    least_ms: int
    most_ms: int
    make: Callable[[int], object] | None = None
    """Turns the milliseconds into what the domain wants."""
    also_true: bool = False
    """`true` stands for the usual length."""

    def reader(self) -> Reader:
        explain, make = self._explain, self.make
        least, most = -(-self.least_ms // 1_000), self.most_ms // 1_000
        if make is None:

            def read(value: object) -> object:
                if type(value) is int and least <= value <= most:
                    return value * 1_000
                return explain(value)

        else:
            # Doses repeat from step to step, and a frozen value can be shared.
            made: dict[int, object] = {}

            def read(value: object) -> object:
                if type(value) is int and least <= value <= most:
                    known = made.get(value)
                    if known is None:
                        known = made[value] = make(value * 1_000)
                    return known
                return explain(value)

        return read

    def _explain(self, value: object) -> object:  # noqa: PLR0911  (one line per kind of value)
        if value is True and self.also_true:
            return OpenDose()
        match value:
            case bool():
                return self._refused(value)
            case int() | float():
                # Also false for what is no number, infinite or huge.
                if not self.least_ms <= value * 1_000 <= self.most_ms:
                    return self._refused(value)
                duration_ms = _number_ms(value)
            case str():
                duration_ms = _text_ms(value)
            case _:
                return self._refused(value)
        if isinstance(duration_ms, Fault):
            return duration_ms
        if not self.least_ms <= duration_ms <= self.most_ms:
            return self._refused(value)
        return self.make(duration_ms) if self.make else duration_ms

    def _refused(self, value: object) -> Fault:
        return Fault("bad-duration", f"must be {self.describe}, found {shown(value)}")

    def write(self, value: Any) -> str:  # noqa: ANN401  (each kind has its own type)
        match value:
            case TimeDose(duration_ms=duration_ms):
                return seconds_text(duration_ms)
            case OpenDose() if value == OpenDose():
                return "true"
            case OpenDose(estimate_ms=duration_ms):
                return seconds_text(duration_ms)
            case _:
                return seconds_text(value)

    def spell(self, typed: object) -> str | None:
        """Return a typed value's own spelling where `write` would give another one."""
        if isinstance(typed, str):
            return quoted(typed)
        return str(typed) if self.also_true and type(typed) is int else None

    def schema(self) -> JsonSchema:
        options: list[JsonSchema] = [
            {
                "type": "number",
                "minimum": self.least_ms // 1_000,
                "maximum": self.most_ms // 1_000,
            },
            {"type": "string", "pattern": _SCHEMA_TEXT},
        ]
        if self.also_true:
            options.append({"const": True})
        return {"anyOf": options}

    @property
    def describe(self) -> str:
        true = "true, or " if self.also_true else ""
        return f"{true}{_length(self.least_ms)} to {_length(self.most_ms)}"


def _length(duration_ms: int) -> str:
    if duration_ms > 600_000 and duration_ms % 60_000 == 0:  # noqa: PLR2004  (ten minutes)
        return f"{duration_ms // 60_000} min"
    return f"{seconds_text(duration_ms)} s"


_PHASES = 4


@dataclass(frozen=True, slots=True)
class TempoOf:
    """The four phases of one repetition, in milliseconds inside."""

    phase_most_ms: int
    least_ms: int
    """All four phases together."""
    most_ms: int

    def reader(self) -> Reader:
        read_phase = Seconds(0, self.phase_most_ms).reader()
        least_ms, most_ms = self.least_ms, self.most_ms

        def read(value: object) -> object:
            if type(value) is not list or len(value) != _PHASES:
                return Fault("bad-tempo", f"must be {self.describe}, found {_found(value)}")
            phases_ms: list[int] = []
            for index, phase in enumerate(map(read_phase, value)):
                if not isinstance(phase, int):
                    return Fault(
                        "bad-tempo",
                        f"needs 0 to {self.phase_most_ms // 1_000} s for each phase,"
                        f" found {shown(value[index])}",
                        index,
                    )
                phases_ms.append(phase)
            if not least_ms <= sum(phases_ms) <= most_ms:
                together = seconds_text(sum(phases_ms))
                return Fault("bad-tempo", f"must be {self.describe}, found {together} s together")
            return tuple(phases_ms)

        return read

    def write(self, value: Sequence[int]) -> str:
        return listed([seconds_text(phase) for phase in value])

    def schema(self) -> JsonSchema:
        return {
            "type": "array",
            "items": Seconds(0, self.phase_most_ms).schema(),
            "minItems": _PHASES,
            "maxItems": _PHASES,
        }

    @property
    def describe(self) -> str:
        return (
            f"four numbers of seconds, together {seconds_text(self.least_ms)}"
            f" to {seconds_text(self.most_ms)}"
        )


def _found(value: object) -> str:
    if not isinstance(value, list):
        return shown(value)
    return "1 number" if len(value) == 1 else f"{len(value)} numbers"


@dataclass(frozen=True, slots=True)
class CadenceOf:
    """From how many steps per minute to how many; "goal" is the user's own number."""

    least: int
    most: int

    def reader(self) -> Reader:
        least, most = self.least, self.most

        def read(value: object) -> object:
            if type(value) is not list or len(value) != 2:  # noqa: PLR2004  (from and to)
                return Fault("bad-cadence", f"must be {self.describe}, found {_found(value)}")
            for index, end in enumerate(value):
                if not (end == "goal" or (type(end) is int and least <= end <= most)):
                    return Fault(
                        "bad-cadence", f"must be {self.describe}, found {shown(end)}", index
                    )
            return tuple(value)

        return read

    def write(self, value: Sequence[CadenceEnd]) -> str:
        return listed([quoted(end) if isinstance(end, str) else str(end) for end in value])

    def schema(self) -> JsonSchema:
        end = {
            "anyOf": [
                {"type": "integer", "minimum": self.least, "maximum": self.most},
                {"const": "goal"},
            ]
        }
        return {"type": "array", "items": end, "minItems": 2, "maxItems": 2}

    @property
    def describe(self) -> str:
        return f'[from, to], each {self.least} to {self.most} steps a minute or "goal"'
